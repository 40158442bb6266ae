"""
The little English grammar that sentences need: articles, plurals, lists, capitals, and whose voice it is.

Everything here is a rule of thumb for short answers; what it cannot do well, the caller puts in quotation marks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """
    A closed list of words from ``words.toml``.
    """
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("kowhy.sentences").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split("=") for pair in _lists()["irregular"].split())


#: Words that end the head of a noun phrase: in "director of a haulier" the head is "director".
_AFTER_HEAD = frozenset(
    "of in at for from with without who whom whose that which to on by near within under over between into around "
    "inside outside about across against during behind and or aged before after until since as per via than such a an "
    "the this next last each every starting based so if when where because".split()
)


def bare(word: str) -> str:
    """
    *word* in lower case without the punctuation around it.
    """
    return word.strip(".,;:!?\"'()“”‘’").casefold()


def head(text: str) -> int:
    """
    Index of the word that carries number and article in the noun phrase *text*.
    """
    tokens = text.split()
    for index, token in enumerate(tokens):
        if index and (bare(token) in _AFTER_HEAD or tokens[index - 1].endswith((",", ";", ":"))):
            # "partner retiring within a year": a participle between noun and preposition is not the head.
            word = bare(tokens[index - 1])
            participle = word.endswith("ing") and word not in words("uncountable") | words("countable_ing")
            return index - 2 if participle and index > 1 else index - 1
    return max(len(tokens) - 1, 0)


def short(text: str) -> str:
    """
    The noun phrase *text* up to its head: "head chef who also holds the budget" becomes "head chef".
    """
    return " ".join(text.split()[: head(text) + 1]).rstrip(",;:")


def is_role(text: str) -> bool:
    """
    Whether the noun phrase *text* names one person by what they do: "kitchen planner", "physiotherapist".
    """
    tokens = text.split()
    if not tokens or is_plural(text):
        return False
    word = bare(tokens[head(text)])
    return word in words("roles") or (word.endswith(_OF_ROLES) and word not in words("not_roles"))


_OF_ROLES = ("er", "or", "ist", "ian", "eer", "man", "woman", "person")


def is_plural(text: str) -> bool:
    """
    Whether the noun phrase *text* stands for several, or for something one cannot count.
    """
    tokens = text.split()
    if not tokens:
        return False
    word = bare(tokens[head(text)])
    if word in words("plurals") or word in words("uncountable"):
        return True
    if word.endswith("ing") and word not in words("countable_ing"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def a(text: str) -> str:
    """
    *text* with "a" or "an" before it, where English wants one.
    """
    tokens = text.split()
    if not tokens or is_plural(text):
        return text
    first = bare(tokens[0])
    if first in words("determiners") | words("no_article") or first[:1].isdigit() or first.endswith("'s"):
        return text
    return f"{'an' if _sounds_like_vowel(tokens[0]) else 'a'} {text}"


def _sounds_like_vowel(token: str) -> bool:
    word = bare(token)
    stem = word.split("-")[0]
    if word in words("an_before") or stem in words("an_before"):
        return True
    if word in words("a_before") or stem in words("a_before"):
        return False
    letters = token.strip("(“\"'").split("-")[0]
    if letters.isupper() and 1 < len(letters.rstrip("+")) <= 5:
        return letters[0] in "AEFHILMNORSX"
    return word[:1] in tuple("aeiouáéíóúäëïöüåæøàèìòùâêîôû")


def plural(text: str) -> str:
    """
    *text* as a noun phrase for several: "practice manager" becomes "practice managers".
    """
    tokens = text.split()
    if not tokens or is_plural(text):
        return text
    if bare(tokens[0]) in words("articles") and len(tokens) > 1:
        tokens = tokens[1:]
    index = head(" ".join(tokens))
    word = tokens[index]
    tail = word[len(word.rstrip(".,;:!?")) :]
    tokens[index] = _plural_word(word.rstrip(".,;:!?")) + tail
    _agree(tokens, index + 1)
    return " ".join(tokens)


def _agree(tokens: list[str], at: int) -> None:
    """
    Let the verb after "who" follow its noun: "chefs who also hold the budget".
    """
    if at >= len(tokens) or bare(tokens[at]) not in ("who", "that", "which"):
        return
    for index in range(at + 1, min(at + 3, len(tokens))):
        verb = tokens[index]
        if verb in _SINGULAR_VERBS:
            tokens[index] = _SINGULAR_VERBS[verb]
            return
        if verb.endswith("s") and not verb.endswith(("ss", "us")) and verb not in ("always", "sometimes"):
            ending = next((end for end in ("sses", "shes", "ches", "xes", "zes") if verb.endswith(end)), "")
            tokens[index] = verb[:-3] + "y" if verb.endswith("ies") else verb[: -2 if ending else -1]
            return


_SINGULAR_VERBS = {"is": "are", "has": "have", "was": "were", "does": "do", "goes": "go", "teaches": "teach"}


def _plural_word(word: str) -> str:
    low = word.casefold()
    for one, many in _irregular().items():
        if low == one or (low.endswith(one) and len(one) > 2 and one in ("man", "woman", "person", "child", "wife")):
            return word[: len(word) - len(one)] + many
    if word.isupper() and len(word) > 1:
        return f"{word}s"
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}s"


def join(texts: Sequence[str], word: str = "and") -> str:
    """
    *texts* as a list in prose: "one", "one and two", "one, two and three".
    """
    if len(texts) < 2:
        return "".join(texts)
    # A comma inside a part would blur where it ends.
    comma = "; " if any("," in text for text in texts) else ", "
    return f"{comma.join(texts[:-1])}{';' if comma == '; ' else ''} {word} {texts[-1]}"


def lower_first(text: str, *, phrase: bool = False) -> str:
    """
    *text* as it stands inside a sentence: a capital that only marked its beginning goes.

    Args:
        text: A phrase as it was typed.

        phrase: *text* opens with a verb, which is no name whatever follows it.
    """
    tokens = text.split()
    if not tokens:
        return text
    word = tokens[0]
    if not word[:1].isupper() or word[1:] != word[1:].lower() or len(word) == 1:
        return text if text[:2] != "A " else f"a{text[1:]}"
    if bare(word).split("'")[0] in words("proper") or any(map(str.isdigit, word)):
        return text
    if not phrase and any(token[:1].isupper() for token in tokens[1:]):
        return text
    return text[:1].lower() + text[1:]


def title_place(text: str) -> str:
    """
    A place that was typed in small letters, as a name: "bucks county" becomes "Bucks County".
    """
    if text != text.lower():
        return text
    tokens = text.split()
    named = [token for token in tokens if bare(token) not in words("generic_places") and token[:1].isalpha()]
    small = words("determiners") | words("place_prepositions") | words("placeless") | words("time_openers")
    if not named or len(tokens) > 4 or any(bare(token) in small or token[:1].isdigit() for token in tokens):
        return text
    return " ".join(
        token if bare(token) in {"of", "the", "on", "upon", "and"} else token[:1].upper() + token[1:]
        for token in tokens
    )


_TO_YOU = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "ourselves": "yourselves",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
}
_AFTER_I = {"am": "are", "was": "were"}


def to_you(text: str) -> str:
    """
    *text*, said by a person of themselves, as one says it to that person: "my own tickets" becomes "your own tickets".
    """
    out: list[str] = []
    after_i = False
    for token in text.split(" "):
        core = token.strip('.,;:!?"()“”')
        low = core.casefold().replace("’", "'")
        # "US" is a country and "I" a letter of the alphabet only where it stands in capitals with others.
        new = _TO_YOU.get(low) if core != "US" else None
        if after_i and low in _AFTER_I:
            new = _AFTER_I[low]
        after_i = low == "i"
        out.append(token.replace(core, new, 1) if new else token)
    return " ".join(out)


_ENDS = ".!?…"

#: What dropped parts and answers with marks of their own leave behind, and what print has instead.
_SLIPS = (
    *((f" {mark}", mark) for mark in ",.;:!?"),
    *((f"{first}{second}", second) for first in ",;:" for second in ",;:.!?"),
    *((f"{mark}{stop}", mark) for mark in "?!…" for stop in ".,"),
    ("..", "."),
    (".,", ","),
    *((f"{mark}{close}.", f"{mark}{close}") for mark in ".?!…" for close in '”")'),
)


def finish(text: str) -> str:
    """
    *text* as prose: capitals after full stops, one full stop at the end, no doubled marks or gaps.
    """
    text = " ".join(text.split()).lstrip(" ,.;:").replace("...", "…")
    while _SLIP.search(text):
        for bad, good in _SLIPS:
            text = text.replace(bad, good)
    text = _capitals(text.rstrip(" ,;:"))
    if text and text[-1] not in _ENDS and not (text[-1] in '”")' and text[-2:-1] in tuple(_ENDS)):
        text += "."
    return text


#: Any of them: most texts have none, and are then looked at once.
_SLIP = re.compile("|".join(re.escape(bad) for bad, _ in _SLIPS))

#: Where a sentence may end.
_STOP = re.compile("[.!?](?=[ ”]|$)")

#: What a sentence may open with: a letter or a digit, or the bracket of words that stay as they are.
_OPENING = re.compile(r"[^\W_]|[\[<]")

#: How far back from a full stop the beginning of an abbreviation is sought, with quotes and brackets before it.
_LONGEST_ABBREVIATION = 12

_ABBREVIATIONS = frozenset("e.g. i.e. etc. vs. st. no. dr. mr. mrs. ms. approx. min. max. p.m. a.m. u.s. u.k.".split())


def _capitals(text: str) -> str:
    starts = [0]
    for stop in _STOP.finditer(text):
        end = stop.end()
        word = text[max(0, end - _LONGEST_ABBREVIATION) : end].rsplit(" ", 1)[-1].lstrip('“("').casefold()
        if word not in _ABBREVIATIONS:
            starts.append(end)
    parts: list[str] = []
    done = 0
    for start in starts:
        # Two full stops in a row have one opening.
        if start < done:
            continue
        opening = _OPENING.search(text, start)
        if opening is None:
            break
        parts += (text[done : opening.start()], opening[0].upper())
        done = opening.end()
    return "".join((*parts, text[done:]))
