"""
A sentence with slots: read once, rendered from values.

Slots are plain: ``{item}``, ``{item|a}``; ``[…]`` is dropped whole when a slot inside it cannot be filled, and
``[…|…]`` takes the first part that can be. There are no expressions, so a value can never become anything but text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import attrs

from kowhy.tables import LENGTH

#: The small words after a bar and what they do.
SMALL_WORDS = {
    "a": "with a or an before it",
    "and": "several, joined by and",
    "or": "several, joined by or",
    "first": "only the first",
    "in": "a place with its preposition",
    "place": "only the name of the place",
    "plural": "as a plural",
    "noun": "only if it is a noun phrase",
    "verb": "only if it is a verb phrase",
    "gerund": "only if it is a phrase with -ing",
    "quote": "in quotation marks",
    "short": "a noun phrase without what follows its head",
}

#: Longest text that a sentence may become, in characters; the rest is cut.
CAP = 1_200


class SentenceError(ValueError):
    """
    A sentence whose brackets or slots cannot be read.
    """


@attrs.frozen
class Slot:
    """
    A place for a value.

    Attributes:
        name: What fills it.

        words: The small words behind its name.

        source: Both, as they stand between the braces.
    """

    name: str
    words: tuple[str, ...] = ()
    source: str = attrs.field(init=False, eq=False, repr=False)

    @source.default
    def _join(self) -> str:
        return "|".join((self.name, *self.words))

    def __hash__(self) -> int:
        return hash(self.source)

    def __reduce__(self) -> tuple[Callable[[str, tuple[str, ...]], Slot], tuple[str, tuple[str, ...]]]:
        return slot, (self.name, self.words)


@lru_cache(maxsize=4096)
def slot(name: str, words: tuple[str, ...] = ()) -> Slot:
    """
    The slot of that name and those small words: mostly the same object, so that sets of slots are soon compared.
    """
    return Slot(name, words)


@attrs.frozen
class Optional:
    """
    A part that is dropped when one of its slots stays empty; of several, the first that can be filled.
    """

    choices: tuple[tuple[str | Slot | Optional, ...], ...]


Part = str | Slot | Optional

#: A text, the place of a slot among all slots, or the choices of a part that may be dropped.
Place = str | int | tuple[tuple["Place", ...], ...]

#: What no memory holds; ``None`` would say that there are no words.
UNKNOWN = object()

#: How many wordings a sentence remembers, as other answers change most of its words stay, and of how many characters:
#: it holds more than one answer.
WORDINGS, LONGEST = 32, 2 * LENGTH


@attrs.frozen
class Sentence:
    """
    A text with slots, read.

    Attributes:
        source: The text as it was written.

        parts: What it is made of.

        slots: All slots, each once.

        needed: Those outside ``[…]``, without which there is no text.
    """

    source: str
    parts: tuple[Part, ...] = attrs.field(eq=False, repr=False)
    slots: tuple[Slot, ...] = attrs.field(init=False, eq=False, repr=False)
    needed: frozenset[Slot] = attrs.field(init=False, eq=False, repr=False)

    @slots.default
    def _find_slots(self) -> tuple[Slot, ...]:
        return tuple(dict.fromkeys(_slots(self.parts)))

    @needed.default
    def _find_needed(self) -> frozenset[Slot]:
        return frozenset(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def _known(self) -> dict[tuple[object, ...], str | None]:
        """
        How it was worded before; no field, so that it neither travels nor shows.
        """
        return {}

    @cached_property
    def _places(self) -> tuple[Place, ...]:
        """
        The parts with, for each slot, its place among the slots.
        """
        return _placed(self.parts, {slot: place for place, slot in enumerate(self.slots)})

    @classmethod
    def read(cls, source: str) -> Sentence:
        """
        Read *source*.

        Raises:
            SentenceError: A bracket is not closed, a slot has no name, or a small word is unknown.
        """
        parts, _ = _read(source, 0, depth=0)
        return cls(source, parts)

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, tuple[Part, ...]]]:
        # What follows from these is made anew at the other end, so that what was worded before does not show.
        return type(self), (self.source, self.parts)

    def with_live(self, names: Collection[str]) -> Sentence:
        """
        The same with the slots of these names in brackets: what the speaker fills in on the spot is always there.
        """
        if not any(one.name in names for one in self.slots):
            return self
        return attrs.evolve(self, parts=_with_live(self.parts, names))

    def render(self, words: Sequence[str | None]) -> str | None:
        """
        The text, or ``None`` when a needed slot stays empty.

        Args:
            words: For each of the slots its words, or ``None``.
        """
        text = _render(self._places, words)
        return text if text is None or len(text) <= CAP else f"{text[: CAP - 1]}…"

    def worded(self, words: tuple[str | None, ...], finish: Callable[[str], str | None]) -> str | None:
        """
        What *finish* makes of the text, or ``None`` when a needed slot stays empty.

        Args:
            words: For each of the slots its words, or ``None``.

            finish: Makes of the same text always the same.
        """
        key = (finish, *words)
        known = self._known.get(key, UNKNOWN)
        if known is not UNKNOWN:
            return known  # type: ignore[return-value]  # it is not the mark
        text = self.render(words)
        found = None if text is None else finish(text)
        if sum([len(word) for word in words if word]) <= LONGEST:
            if len(self._known) >= WORDINGS:
                self._known.clear()
            self._known[key] = found
        return found


#: The characters that mean something.
_MARKS = re.compile(r"[{}\[\]|]")


def _read(source: str, at: int, *, depth: int) -> tuple[tuple[Part, ...], int]:
    parts: list[Part] = []
    while at < len(source):
        mark = _MARKS.search(source, at)
        end = mark.start() if mark else len(source)
        if mark and source[end] == "|" and not depth:
            # Outside brackets a bar is only a bar.
            end += 1
        if end > at:
            if parts and isinstance(parts[-1], str):
                parts[-1] += source[at:end]
            else:
                parts.append(source[at:end])
            at = end
            continue
        if source[at] == "{":
            one, at = _read_slot(source, at)
            parts.append(one)
        elif source[at] == "[":
            part, at = _read_optional(source, at, depth=depth)
            parts.append(part)
        elif source[at] == "}":
            msg = f"'}}' without '{{' at character {at + 1}"
            raise SentenceError(msg)
        elif depth:
            break
        else:
            msg = f"']' without '[' at character {at + 1}"
            raise SentenceError(msg)
    return tuple(parts), at


def _read_optional(source: str, at: int, *, depth: int) -> tuple[Optional, int]:
    if depth > 2:
        msg = f"brackets deeper than three at character {at + 1}"
        raise SentenceError(msg)
    choices: list[tuple[Part, ...]] = []
    end = at
    while not choices or source[end : end + 1] == "|":
        inner, end = _read(source, end + 1, depth=depth + 1)
        choices.append(inner)
    if end >= len(source):
        msg = f"'[' at character {at + 1} is not closed"
        raise SentenceError(msg)
    return Optional(tuple(choices)), end + 1


def _read_slot(source: str, at: int) -> tuple[Slot, int]:
    end = source.find("}", at)
    if end < 0:
        msg = f"'{{' at character {at + 1} is not closed"
        raise SentenceError(msg)
    name, *small = source[at + 1 : end].split("|")
    if not name or not all(part.isidentifier() for part in name.split(".")) or name.count(".") > 1:
        msg = f"slot {source[at : end + 1]!r} has no plain name"
        raise SentenceError(msg)
    for word in small:
        if word not in SMALL_WORDS:
            msg = f"slot {source[at : end + 1]!r}: unknown word {word!r}; known: {', '.join(SMALL_WORDS)}"
            raise SentenceError(msg)
    return slot(name, tuple(small)), end + 1


def _with_live(parts: tuple[Part, ...], names: Collection[str]) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Optional):
            found.append(Optional(tuple(_with_live(choice, names) for choice in part.choices)))
        elif isinstance(part, Slot) and part.name in names:
            found.append(f"[{part.name.replace('_', ' ')}]")
        else:
            found.append(part)
    return tuple(found)


def _slots(parts: tuple[Part, ...]) -> Iterator[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Optional):
            for choice in part.choices:
                yield from _slots(choice)


def _placed(parts: tuple[Part, ...], places: Mapping[Slot, int]) -> tuple[Place, ...]:
    return tuple(
        places[part]
        if isinstance(part, Slot)
        else tuple(_placed(choice, places) for choice in part.choices)
        if isinstance(part, Optional)
        else part
        for part in parts
    )


def _render(parts: tuple[Place, ...], words: Sequence[str | None]) -> str | None:
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, int):
            text = words[part]
            if text is None:
                return None
            out.append(text)
        else:
            found = (_render(choice, words) for choice in part)
            out.append(next((text for text in found if text is not None), ""))
    return "".join(out)
