"""
The grammar of an answer: noun phrase, verb phrase, clause, place, time, or something doubtful.
"""

from __future__ import annotations

from enum import StrEnum

from kowhy.sentences.english import bare, is_role, words


class Shape(StrEnum):
    """
    What kind of phrase a text is.
    """

    NOUN = "noun"
    GERUND = "gerund"
    VERB = "verb"
    PAST = "past"
    CLAUSE = "clause"
    THIRD = "third"
    PLACE = "place"
    TIME = "time"
    ODD = "odd"


#: Longest answer, in words, that is woven into a sentence; a longer one is quoted.
LONGEST = 14

_MARKS = frozenset('<>{}[]|\\@#*_`~^=;:?!\n\r\t"“”')
# After these a first word in -ed is a verb ("moved to bigger premises"); before a noun it describes ("retired
# teachers").
_AFTER_PAST = frozenset("to into out up over from off down with".split())
_OPENS_CLAUSE = frozenset(
    "is are was were has have had will would can cannot can't keeps falls refuses needs wants".split()
)


def shape_of(text: str, expected: str = "noun") -> Shape:
    """
    The shape of *text*, given what its item usually holds.

    Args:
        text: One answer.

        expected: The ``x-kowhy-shape`` of its item; it settles what English leaves open, such as "design work".

    Returns:
        :attr:`Shape.ODD` for everything that would not read well inside a sentence.
    """
    body = text.strip().rstrip(".,")
    tokens = body.split()
    if not tokens or len(tokens) > LONGEST or _is_odd(body):
        return Shape.ODD
    first = bare(tokens[0]).replace("’", "'")
    if tokens[0].isupper() and len(first) > 1:
        # "IT" and "US" are not "it" and "us".
        return Shape(expected) if expected in ("place", "time") else Shape.NOUN
    if first in words("first_person"):
        return Shape.CLAUSE
    if expected in ("place", "time"):
        return Shape(expected)
    if first == "to" and len(tokens) > 1:
        return Shape.VERB
    if first in words("third_person") - {"people", "someone", "somebody", "everyone", "who"} or _is_finite(tokens):
        # Without an article, "roof is old" would not read well after "when".
        return Shape.THIRD if first in words("third_person") | words("determiners") else Shape.ODD
    if first in ("just", "recently", "already") and len(tokens) > 1:
        first = bare(tokens[1])
        return Shape.PAST if _is_past(first) else Shape.ODD
    if _is_past(first) and len(tokens) > 1 and _opens_object(bare(tokens[1])):
        return Shape.PAST
    if _is_gerund(first) and len(tokens) > 1:
        # "Reading circle" and "driving lessons" name a thing.
        return Shape.NOUN if bare(tokens[1]) in words("compound_heads") else Shape.GERUND
    # "Test automation engineer" is somebody, though "test" may be a verb.
    if expected == "noun" and is_role(text) and bare(tokens[1] if len(tokens) > 1 else "") not in words("determiners"):
        return Shape.NOUN
    if _opens_verb_phrase(tokens, first, expected):
        return Shape.VERB
    if first in words("place_prepositions") | words("time_openers") or first in ("no", "not", "only", "if", "when"):
        return Shape.ODD
    return Shape.NOUN


def _is_odd(body: str) -> bool:
    for index, char in enumerate(body):
        # The colon of "7:30" belongs to a time.
        is_time = char == ":" and body[index - 1 : index].isdigit() and body[index + 1 : index + 2].isdigit()
        if not char.isprintable() or (char in _MARKS and not is_time):
            return True
    # A full stop inside ends a sentence unless it belongs to a number or an abbreviation.
    return any(
        token.endswith(".") and len(bare(token)) > 3 and index < len(body.split()) - 1
        for index, token in enumerate(body.split())
    )


def _is_finite(tokens: list[str]) -> bool:
    """
    Whether a subject and its verb stand among the first words, outside a clause with "who".
    """
    for token in tokens[1:7]:
        word = bare(token)
        if word in ("who", "that", "which", "whose", "where", "when"):
            return False
        if word in _OPENS_CLAUSE:
            return True
    return False


def _is_past(word: str) -> bool:
    return word in words("past") or (word.endswith("ed") and len(word) > 4)


def _opens_object(word: str) -> bool:
    return word in _AFTER_PAST | words("determiners") or word[:1].isdigit()


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and len(word) > 4 and word not in words("not_gerunds")


def _opens_verb_phrase(tokens: list[str], first: str, expected: str) -> bool:
    # "fine-tune a model" opens with a verb as "tune a model" does.
    first = first.rsplit("-", 1)[-1]
    if first not in words("verbs") and first not in words("verbs_or_nouns"):
        return first.endswith(("ise", "ize", "ify")) and len(first) > 5 and len(tokens) > 1
    if len(tokens) == 1:
        return expected == "verb"
    if expected == "verb":
        # "Volunteer driver" and "book club for prisoners" name a thing even where a verb is asked for.
        return not (first in words("verbs_or_nouns") and bare(tokens[1]) in words("compound_heads"))
    second = bare(tokens[1])
    before_object = (
        second in words("determiners")
        or second[:1].isdigit()
        or second in ("them", "it", "people", "from", "into", "up")
    )
    if first in words("verbs_or_nouns"):
        return before_object
    return True
