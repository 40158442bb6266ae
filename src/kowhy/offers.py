"""
What rules offer: the texts of a recommendation, before and after their slots are filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from kowhy._frozen import FrozenMap
from kowhy.sentences import Sentence, Slot, Values, Voice, speak, speak_name
from kowhy.sentences.english import bare, words
from kowhy.sentences.template import LONGEST, WORDINGS

#: The kinds of recommendation, with the part of the plan that each belongs to, and the texts that each has.
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = FrozenMap(
    {
        "venue": ("where", ("name", "text", "find")),
        "script": ("say", ("name", "moment", "say")),
        "person": ("whom", ("name", "text", "find")),
        "step": ("how", ("when", "then", "count", "stop")),
    }
)

#: The texts of a recommendation as one reads them.
TEXTS = ("name", "moment", "text", "find", "because", "count", "stop")

#: The slots of steps that name what the plan recommends first, with the part in which that stands.
FIRST_OF = {"place": "where", "person": "whom"}

#: Slots that planning fills, beside items, phrases and live names.
PLAN_SLOTS = frozenset({"name", *FIRST_OF})


@attrs.frozen(kw_only=True)
class Draft:
    """
    A recommendation before its slots are filled.

    Attributes:
        kind: ``"venue"``, ``"script"``, ``"person"`` or ``"step"``.

        texts: By name of the text.

        read: The slots without which there is no recommendation, of what is read.

        said: The same of what is said aloud.
    """

    kind: str
    texts: FrozenMap[str, Sentence]
    read: frozenset[Slot] = attrs.field(init=False, eq=False, repr=False)
    said: frozenset[Slot] = attrs.field(init=False, eq=False, repr=False)

    @read.default
    def _find_read(self) -> frozenset[Slot]:
        return frozenset().union(*(self.texts[name].needed for name in ("name", "when", "then") if name in self.texts))

    @said.default
    def _find_said(self) -> frozenset[Slot]:
        return self.texts["say"].needed if "say" in self.texts else frozenset()


_VOICES = {"say": Voice.SAY, "find": Voice.FIND}


#: A text with its name, who reads it, and whether it is a name itself.
Text = tuple[str, Sentence, Voice, bool]


@attrs.frozen(eq=False)
class Offer:
    """
    A draft as a rule recommends it.

    Attributes:
        id: Of the recommendation.

        draft: What it says.

        because: The reason of the rule.

        part: The part of the plan that it belongs to.

        read: The slots without which it cannot be read, with those of its reason.

        said: The slots without which it cannot be said aloud.
    """

    id: str
    draft: Draft
    because: Sentence = attrs.field(repr=False)
    part: str = attrs.field(init=False, repr=False)
    read: frozenset[Slot] = attrs.field(init=False, repr=False)
    said: frozenset[Slot] = attrs.field(init=False, repr=False)

    @part.default
    def _find_part(self) -> str:
        return KINDS[self.draft.kind][0]

    @read.default
    def _find_read(self) -> frozenset[Slot]:
        # What steps need may be a place or a person, which only a whole plan has.
        return self.draft.read | self.because.needed if self.part != "how" else frozenset()

    @said.default
    def _find_said(self) -> frozenset[Slot]:
        return self.draft.said

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """
        Its texts and its reason.
        """
        every = (*self.draft.texts.items(), ("because", self.because))
        return tuple((name, text, _VOICES.get(name, Voice.READ), name == "name") for name, text in every)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """
        All slots of its texts and its reason, each once.
        """
        return tuple(dict.fromkeys(slot for _, text, _, _ in self.texts for slot in text.slots))

    @cached_property
    def names_first(self) -> bool:
        """
        Whether it is a step that may name what the plan recommends first.
        """
        return self.part == "how" and any(slot.name in FIRST_OF for slot in self.slots)

    @cached_property
    def open(self) -> tuple[Text, ...]:
        """
        The texts that have slots; of a step both halves, if one of them has.
        """
        found = {name for name, text, *_ in self.texts if text.slots}
        halves = {"when", "then"}
        return tuple(text for text in self.texts if text[0] in (found | halves if found & halves else found))

    @cached_property
    def shown(self) -> dict[str, str]:
        """
        Its texts as one reads them; for those in :attr:`open` something else stands there.
        """
        return shown(
            {
                name: "…" if text.slots else (speak_name if is_name else speak)(text, Values(), voice)
                for name, text, voice, is_name in self.texts
            }
        )

    @cached_property
    def _asks(self) -> tuple[tuple[Slot, Voice], ...]:
        """
        What the words of its open texts follow from.
        """
        return tuple((slot, voice) for _, text, voice, _ in self.open for slot in text.slots)

    @cached_property
    def _known(self) -> dict[tuple[str | None, ...], dict[str, str]]:
        """
        How it was said before; no field, so that it does not show.
        """
        return {}

    def worded(self, values: Values) -> Mapping[str, str]:
        """
        Its texts as one reads them, with their slots filled from *values*.
        """
        if not self.open:
            return self.shown
        words = values.fill(self._asks)
        found = self._known.get(words)
        if found is None:
            said = {
                name: (speak_name if is_name else speak)(text, values, voice)
                for name, text, voice, is_name in self.open
            }
            found = shown(said, self.shown)
            if sum([len(word) for word in words if word]) <= LONGEST:
                if len(self._known) >= WORDINGS:
                    self._known.clear()
                self._known[words] = found
        return found


def shown(said: Mapping[str, str | None], among: dict[str, str] | None = None) -> dict[str, str]:
    """
    The texts of a recommendation as one reads them, by the names in :data:`TEXTS` and in their order.

    Args:
        said: Its texts in words.

        among: How all of them were shown, if *said* are only some.
    """
    if among is None:
        present = {_SHOWN_AS.get(name, name) for name in said}
        found = {name: "" for name in TEXTS if name in present}
    else:
        found = among.copy()
    for name, text in said.items():
        if name == "name":
            found[name] = as_title(text or "")
        elif name == "say":
            found["text"] = text or ""
        elif name == "then" and "say" not in said:
            found["text"] = as_step(said.get("when") or "", text or "")
        elif name in found and not (name == "text" and _SHOWN_AS.keys() & said.keys()):
            found[name] = text or ""
    return found if all(found.values()) else {name: text for name, text in found.items() if text}


#: What one says, and what to do when, are what matters of a script and a step.
_SHOWN_AS = {"say": "text", "when": "text", "then": "text"}


def as_title(text: str) -> str:
    """
    *text* as a title.
    """
    return text[:1].upper() + text[1:]


def as_step(when: str, then: str) -> str:
    """
    The two halves of a step as one sentence.
    """
    return f"When {_inside(when.rstrip('.'))}, then {_inside(then)}"


def _inside(text: str) -> str:
    first = bare(text.split(" ", 1)[0])
    return text if first in words("proper") else f"{text[:1].lower()}{text[1:]}"
