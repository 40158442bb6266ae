"""
What fills the slots of a sentence, and how it is worded for the voice that speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property, lru_cache

import attrs

from kowhy._frozen import FrozenMap
from kowhy.sentences import english, places
from kowhy.sentences.shapes import Shape, shape_of
from kowhy.sentences.template import UNKNOWN, Sentence, Slot
from kowhy.tables import LENGTH, REMEMBERED

#: How many answers of one item a sentence names at most; more would not be said aloud.
NAMED_AT_ONCE = 3

#: Longest word that may stand in capitals, as abbreviations do; what is longer was only typed so.
LONGEST_SHORT = 5

#: Longest search phrase made from one answer, in words; search engines lose the point of longer ones.
SEARCH_WORDS = 6

#: How many slots and phrases an answer remembers its words for.
WORDINGS = 256


class Voice(StrEnum):
    """
    Who reads the sentence.
    """

    SAY = "say"  # said aloud by the person: first person stays, private answers never appear
    READ = "read"  # read by the person: "my" becomes "your"
    FIND = "find"  # typed into a search


# To look one up in its class takes long.
_SAY, _READ, _FIND = Voice


@attrs.frozen(kw_only=True)
class Value:
    """
    The answers to one item that are good enough to be used in a sentence.

    Attributes:
        texts: The answers.

        shape: The grammar that the checklist expects.

        kind: The kind of answer that the checklist expects.

        private: They must stay with the person.

        foreign: They are not in the language of the sentence, so they are only quoted.
    """

    texts: tuple[str, ...] = attrs.field(repr=False)
    shape: str
    kind: str
    private: bool = False
    foreign: bool = False

    # Many sentences of many plans use the same answers. What is kept for them is no field, so that it neither travels
    # nor shows.

    @cached_property
    def _shapes(self) -> dict[str, Shape]:
        return {}

    @cached_property
    def _worded(self) -> tuple[Worded, Worded, Worded]:
        """
        The words for a slot or a phrase: said, read, and typed into a search.
        """
        return {}, {}, {}

    @classmethod
    def of(cls, texts: tuple[str, ...], *, shape: str, kind: str, private: bool, foreign: bool) -> Value:
        """
        The value with these; the same object as before, with all that it was worded as, if the texts are short.
        """
        length = len(texts[0]) if len(texts) == 1 else sum(map(len, texts))
        return (_remembered if length <= LENGTH else _value)(texts, shape, kind, private, foreign)

    def worded(self, slot: Slot, phrase: Phrase | None, voice: Voice) -> str | None:
        """
        The answers as they stand in a slot, or in the phrase that the slot names; ``None`` if they do not fit.
        """
        said, read, typed = self._worded
        known = said if voice is _SAY else read if voice is _READ else typed
        key = phrase.key if phrase else slot.source
        found = known.get(key, UNKNOWN)
        if found is UNKNOWN:
            found = _words(self, slot, phrase, voice)
            # Another thread may clear it as well, so what is given back is never looked up again.
            if len(known) >= WORDINGS:
                known.clear()
            known[key] = found
        return found  # type: ignore[return-value]  # it is not the mark

    def shape_of(self, text: str) -> Shape:
        """
        The shape of one of the answers.
        """
        shape = self._shapes.get(text)
        if shape is None:
            shape = self._shapes[text] = Shape.ODD if self.foreign else shape_of(text, self.shape)
        return shape


#: The words for the source of a slot, or for the key of a phrase.
Worded = dict[object, str | None]


def _value(texts: tuple[str, ...], shape: str, kind: str, private: bool, foreign: bool) -> Value:  # noqa: FBT001  # what is remembered takes its arguments as they come
    return Value(texts=texts, shape=shape, kind=kind, private=private, foreign=foreign)


_remembered = lru_cache(maxsize=REMEMBERED)(_value)


@attrs.frozen(kw_only=True)
class Phrase:
    """
    One thought in a wording for each shape of the answer; ``{it}`` is the answer.

    Attributes:
        item: The item that supplies the answer, as ``"item"`` or ``"why.item"``.

        wordings: By shape; ``"quote"`` serves all shapes without a wording of their own.
    """

    item: str
    wordings: FrozenMap[str, Sentence]
    #: Tells it from a phrase of the same name in another pack.
    key: object = attrs.field(factory=object, init=False, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Values:
    """
    Everything that slots can be filled from.

    Attributes:
        values: By item (``"geography"``) and by WHY and item (``"learn.topic"``).

        phrases: The pack's phrases by name.

        plain: Ready words, such as the person's name.

        own: Names of ready words that hold something private.
    """

    values: FrozenMap[str, Value] = FrozenMap()
    phrases: FrozenMap[str, Phrase] = FrozenMap()
    plain: FrozenMap[str, str] = FrozenMap()
    own: frozenset[str] = frozenset()

    @cached_property
    def _public(self) -> Values | None:
        """
        The same without private answers, or nothing where that is the same.
        """
        # What holds itself would stay in memory until somebody clears up.
        if not self.own and not any(value.private for value in self.values.values()):
            return None
        kept = ((name, value) for name, value in self.values.items() if not value.private)
        plain = ((name, text) for name, text in self.plain.items() if name not in self.own)
        return attrs.evolve(self, values=FrozenMap(kept), plain=FrozenMap(plain), own=frozenset())

    def words(self, slots: tuple[Slot, ...], voice: Voice) -> tuple[str | None, ...]:
        """
        For each of *slots* its words, or ``None``.
        """
        if len(slots) == 1:
            return (_fill(self, voice, slots[0]),)
        return tuple([_fill(self, voice, slot) for slot in slots])

    def fill(self, asks: tuple[tuple[Slot, Voice], ...]) -> tuple[str | None, ...]:
        """
        For each of some slots, with the voice that speaks, its words, or ``None``.
        """
        return tuple([_fill(self, voice, slot) for slot, voice in asks])

    def can_fill(self, slots: frozenset[Slot], voice: Voice) -> bool:
        """
        Whether there are words for all *slots*.
        """
        return all(_can_fill(self, voice, slot) for slot in slots)

    def with_plain(self, plain: Mapping[str, str], *, own: frozenset[str]) -> Values:
        """
        The same with more ready words, of which *own* hold something private.
        """
        whole = FrozenMap.holding({**self.plain, **plain})
        return Values(values=self.values, phrases=self.phrases, plain=whole, own=self.own | own)

    def public(self) -> Values:
        """
        The same without private answers.
        """
        return self._public or self


def speak(sentence: Sentence, values: Values, voice: Voice) -> str | None:
    """
    *sentence* in words, or ``None`` when a needed slot cannot be filled.
    """
    words = values.words(sentence.slots, voice) if sentence.slots else ()
    return sentence.worded(words, _as_search if voice is _FIND else english.finish)


def _as_search(text: str) -> str | None:
    return " ".join(text.split()) or None


def speak_name(sentence: Sentence, values: Values, voice: Voice = _READ) -> str | None:
    """
    *sentence* as a name: without a full stop, ready to stand inside another sentence.
    """
    return sentence.worded(values.words(sentence.slots, voice) if sentence.slots else (), _as_name)


def _as_name(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def can_speak(sentence: Sentence, values: Values, voice: Voice) -> bool:
    """
    Whether :func:`speak` finds words, told without looking for them.
    """
    return values.can_fill(sentence.needed, voice)


def _can_fill(values: Values, voice: Voice, slot: Slot) -> bool:
    if slot.name in values.plain:
        return True
    phrase = values.phrases.get(slot.name)
    value = values.values.get(phrase.item if phrase else slot.name)
    if value is None or (value.private and voice is _SAY):
        return False
    suits = voice is not _FIND and suits_all(slot, phrase)
    return suits or value.worded(slot, phrase, voice) is not None


def suits_all(slot: Slot, phrase: Phrase | None) -> bool:
    """
    Whether every answer can stand in *slot*, or in the phrase that it names, where it is said or read.
    """
    return "quote" in phrase.wordings if phrase else _CHOOSY.isdisjoint(slot.words)


#: The small words that not every answer suits.
_CHOOSY = frozenset({"in", "place", "noun", "verb", "gerund"})


def _fill(values: Values, voice: Voice, slot: Slot) -> str | None:
    text = values.plain.get(slot.name)
    if text is not None:
        return f"in {text}" if "in" in slot.words else text
    phrase = values.phrases.get(slot.name)
    value = values.values.get(phrase.item if phrase else slot.name)
    if value is None or (value.private and voice is _SAY):
        return None
    return value.worded(slot, phrase, voice)


def _words(value: Value, slot: Slot, phrase: Phrase | None, voice: Voice) -> str | None:
    if phrase is not None:
        return _phrase(phrase, value, voice)
    return _find(value, slot) if voice is _FIND else _inside(value, slot, voice)


def _phrase(phrase: Phrase, value: Value, voice: Voice) -> str | None:
    shapes = {value.shape_of(text) for text in value.texts}
    shape = value.shape_of(value.texts[0])
    texts = _together(value.texts) if len(shapes) == 1 and shape in (Shape.NOUN, Shape.PLACE) else value.texts[:1]
    wording = phrase.wordings.get(shape)
    if shape is Shape.NOUN and english.is_role(value.texts[0]):
        wording = phrase.wordings.get("role", wording)
        texts = texts if wording is phrase.wordings.get(shape) else value.texts[:1]
    quoted = wording is None
    if wording is None:
        wording = phrase.wordings.get("quote")
    if wording is None:
        return None
    it = english.join([_worded(text, shape, value, voice, quoted=quoted) for text in texts])

    return wording.render(
        [it if quoted or not slot.words else _small(texts, slot.words, value, voice) for slot in wording.slots]
    )


def _together(texts: tuple[str, ...]) -> tuple[str, ...]:
    """
    The answers that one sentence names: a list of answers that are lists themselves could not be followed by ear.
    """
    found = texts[:NAMED_AT_ONCE]
    return texts[:1] if any("," in text or " and " in text for text in found) else found


def _worded(text: str, shape: Shape, value: Value, voice: Voice, *, quoted: bool) -> str:
    if quoted:
        return _quote(text)
    text = text.strip()
    # The full stop of "e.V." is part of the name.
    text = text.rstrip(",;:!") if "." in text[-4:-1] else text.rstrip(".,;:!")
    if text.isupper() and max(map(len, text.split())) > LONGEST_SHORT:
        text = text.lower()
    if shape is Shape.VERB and text[:3].casefold() == "to ":
        text = text[3:]
    if value.kind == "place":
        text = english.title_place(text)
    elif value.kind != "organisations":
        text = english.lower_first(text, phrase=shape in (Shape.VERB, Shape.PAST, Shape.GERUND))
    return english.to_you(text) if voice is _READ else text


def _quote(text: str) -> str:
    # Quotation marks inside would end the quotation too early, and line breaks would end the line.
    inner = " ".join(text.replace("“", "‘").replace("”", "’").replace('"', "’").split()).rstrip(".,;")
    inner = "".join(char if char.isprintable() else " " for char in inner)
    return f"“{inner}”"


_FITS = {
    "noun": (Shape.NOUN, Shape.GERUND),
    "verb": (Shape.VERB,),
    "gerund": (Shape.GERUND, Shape.NOUN),
    "clause": (Shape.CLAUSE,),
    "place": (Shape.PLACE,),
    "time": (Shape.TIME,),
}


def _inside(value: Value, slot: Slot, voice: Voice) -> str | None:
    if "in" in slot.words or "place" in slot.words:
        place = _place(value, slot)
        return english.to_you(place) if place and voice is _READ else place
    expected = next((word for word in slot.words if word in ("noun", "verb", "gerund")), None)
    texts = value.texts[:1] if "first" in slot.words or value.shape == "time" else _together(value.texts)
    if expected is not None:
        texts = tuple(text for text in texts if value.shape_of(text) in _FITS[expected][:1])
        if not texts:
            return None
    return _small(texts, slot.words, value, voice)


def _small(texts: tuple[str, ...], small: tuple[str, ...], value: Value, voice: Voice) -> str:
    out = []
    for text in texts:
        shape = value.shape_of(text)
        asked = {"noun", "verb", "gerund"} & set(small)
        if "quote" in small or (not asked and shape not in _FITS.get(value.shape, (Shape.NOUN,))):
            out.append(_quote(text))
            continue
        worded = _worded(text, shape, value, voice, quoted=False)
        if shape is Shape.NOUN:
            worded = english.short(worded) if "short" in small else worded
            worded = english.a(worded) if "a" in small else english.plural(worded) if "plural" in small else worded
        elif shape is Shape.GERUND and "short" in small:
            worded = worded.split(",", 1)[0]
        out.append(worded)
    return english.join(out, "or" if "or" in small else "and")


def _place(value: Value, slot: Slot) -> str | None:
    make = places.phrase if "in" in slot.words else places.name
    found = [text for text in map(make, value.texts[:NAMED_AT_ONCE]) if text]
    if not found or "first" in slot.words:
        return found[0] if found else None
    if "in" in slot.words and all(text.startswith("in ") for text in found):
        return f"in {english.join([text[3:] for text in found])}"
    return english.join(found, "or" if "or" in slot.words else "and")


def _find(value: Value, slot: Slot) -> str | None:
    text = value.texts[0]
    if value.kind == "place":
        return places.name(text)
    if "place" in slot.words:
        return places.mentioned(text)
    for mark in (",", ";", " - ", " (", ":"):
        text = text.split(mark, 1)[0]
    first, stop, _ = text.partition(". ")
    # "St. Joseph" goes on after its full stop.
    text = first if stop and len(first.rsplit(" ", 1)[-1]) > 3 else text
    tokens = [token.strip("\"'“”‘’()[]<>") for token in text.strip().rstrip(".!?").split()]
    while tokens and english.bare(tokens[0]) in english.words("determiners") | {"i", "to", "we", "and"}:
        tokens = tokens[1:]
    tokens = [token for token in tokens if token and token.isprintable()]
    if not tokens:
        return None
    if len(tokens) > SEARCH_WORDS:
        # A long answer is searched for by its beginning, up to the word that opens what is only added.
        short = english.short(" ".join(tokens)).split()
        tokens = short if 1 < len(short) <= SEARCH_WORDS else tokens[:SEARCH_WORDS]
    phrase = " ".join(tokens)
    return english.plural(phrase) if "plural" in slot.words else phrase
