"""
Take apart what a recommender made, and put it together anew from plain values.

Nothing foreign stays in a plan: no object whose ``repr`` may fail, no text that changes when it is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault, shown
from kowhy.forms import fold
from kowhy.matching import Cause
from kowhy.plans import PARTS, Recommendation, Wording
from kowhy.scorecards import Scorecard
from kowhy.sentences import Sentence, Values, Voice

#: The longest text of a recommendation, and the longest of its short texts such as id and group, in characters.
LONGEST, LONGEST_NAME = 1_200, 200

#: What a recommender may give or take itself in all; a rule that serves the leading WHY well has about 100.
RANK = 100

#: The texts without which a recommendation cannot be read, and those that it may have besides.
TEXTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = FrozenMap(
    {
        "where": (("name",), ("text", "find", "because")),
        "say": (("name", "say"), ("moment", "because")),
        "whom": (("name",), ("text", "find", "because")),
        "how": (("when", "then"), ("count", "stop", "because")),
    }
)

#: The most entries of a rank, and the most words of a cause.
ENTRIES = 20


@attrs.frozen(kw_only=True)
class Source:
    """
    A recommender and what is known of it.

    Attributes:
        name: By which it is given options, and with which its ids begin.

        label: For faults.

        recommender: Has ``recommend(scorecard, *, options)``.

        part: The part of the plan that it may fill; ``None`` for any.

        package: The distribution that brings it; empty when the app passes it itself.
    """

    name: str
    label: str
    recommender: Any
    part: str | None = None
    package: str = ""


class RefusedError(Exception):
    """
    Something that a recommender made cannot be used.
    """

    def __init__(self, code: str, given: str, wanted: str) -> None:
        super().__init__(code, given, wanted)
        self.code, self.given, self.wanted = code, given, wanted


def refuse(code: str, given: str, wanted: str) -> NoReturn:
    """
    Give up on what a recommender made.

    Raises:
        RefusedError: Always.
    """
    raise RefusedError(code, given, wanted)


_ADDRESS = re.compile(r"0x[0-9A-Fa-f]{4,}")
# Up to the first slash there is none, so that there is one way to read a text and no going back.
_PLACE = re.compile(r" \([^()/\\]*[/\\][^()]*\)")


def told(value: object) -> str:
    """
    A short form of *value* for a fault, whatever its own ``repr`` or ``str`` does; the same in every process.
    """
    try:
        if isinstance(value, BaseException):
            # What an error says is the point of telling it, and where the file lies on this machine is not.
            text = _PLACE.sub("", " ".join(str(value)[:1_000].split()))
            text = f"{type(value).__name__}{': ' if text else ''}{text}"
        else:
            text = shown(value)
        text = _ADDRESS.sub("0x…", text).encode("utf-8", "backslashreplace").decode()
        return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # a repr is foreign code as well
        return f"{type(value).__name__}, which has no repr"


def holds(text: str, secrets: Iterable[tuple[str, ...]]) -> bool:
    """
    Whether *text* holds one of *secrets*, word by word.
    """
    words = f" {' '.join(fold(text))} "
    return any(f" {' '.join(secret)} " in words for secret in secrets)


@attrs.frozen(kw_only=True)
class Receiver:
    """
    Receives what one recommender made from one scorecard.

    Attributes:
        source: The recommender.

        card: The scorecard that it saw.

        secrets: Private answers as words, which it did not see.
    """

    source: Source
    card: Scorecard
    secrets: tuple[tuple[str, ...], ...]

    def text(self, value: object, what: str, *, most: int = LONGEST) -> str:
        """
        *value* as a plain text; *what* it is stands in the fault.
        """
        if not isinstance(value, str):
            refuse("plugin.junk", f"{what} {told(value)}", "a text")
        # A subclass may answer with other words each time it is asked.
        text = str.__str__(value)
        if len(text) > most:
            refuse("plugin.junk", f"{what} of {len(text)} characters", f"a text of at most {most} characters")
        if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
            refuse("plugin.junk", f"{what} {told(text)}", "a text that can be written in UTF-8")
        if self.secrets and holds(text, self.secrets):
            refuse("plugin.private", what, "no private answer in it")
        return text

    def number(self, value: object, what: str) -> int:
        """
        *value* as a plain number of moderate size.
        """
        if type(value) is not int:
            refuse("plugin.junk", f"{what} {told(value)}", "a whole number")
        return max(-1_000, min(value, 1_000))

    def refusal(self, code: str, given: str, wanted: str) -> Fault:
        """
        What went wrong with the recommender; a private answer that it quotes goes no further.
        """
        given = "…" if holds(given, self.secrets) else given
        return Fault(code=code, source=self.source.label, given=given, wanted=wanted)

    def fault(self, one: Fault) -> Fault:
        """
        A fault that the recommender reports itself, with its package as the source.
        """
        given, wanted = (self.text(value, "fault") for value in (one.given, one.wanted))
        code, pointer, source = (
            self.text(value, "fault", most=LONGEST_NAME) for value in (one.code, one.pointer, one.source)
        )
        source = " ".join(filter(None, (self.source.label, source)))
        return Fault(code=code or "plugin.reported", pointer=pointer, given=given, wanted=wanted, source=source)

    def recommendation(self, one: object) -> Recommendation:
        """
        *one* as it may stand in a plan.

        Raises:
            RefusedError: It may not.
        """
        if type(one) is not Recommendation:
            refuse("plugin.junk", type(one).__name__, "a kowhy.Recommendation")
        id_ = self.text(one.id, "id", most=LONGEST_NAME)
        if not id_.strip():
            refuse("plugin.junk", f"id {told(id_)}", "an id that can be read")
        if one.part not in PARTS or self.source.part not in (None, one.part):
            wanted = f"the part {self.source.part or ' or '.join(PARTS)}"
            refuse("plugin.junk", f"{told(id_)} with the part {told(one.part)}", wanted)
        part = next(known for known in PARTS if known == one.part)
        whys = tuple(self.why(why, id_) for why in one.whys) or (self.card.dominant or next(iter(self.card.whys)),)
        return Recommendation(
            id=id_ if id_.startswith(f"{self.source.name}.") else f"{self.source.name}.{id_}",
            part=part,
            whys=whys,
            causes=tuple(self.cause(cause, id_) for cause in one.causes) or (Cause(why=whys[0]),),
            rank=FrozenMap(self.rank(one.rank, id_)),
            pack=self.source.label,
            source=self.text(one.source, f"{id_} source"),
            homepage=self.text(one.homepage, f"{id_} homepage", most=LONGEST_NAME),
            confirmed=self.text(one.confirmed, f"{id_} confirmed", most=LONGEST_NAME),
            group=self.text(one.group, f"{id_} group", most=LONGEST_NAME),
            order=self.number(one.order, f"{id_} order"),
            wordings=FrozenMap(self.wordings(one.wordings, part, id_)),
        )

    def wordings(self, wordings: Mapping[str, Wording], part: str, id_: str) -> Iterator[tuple[str, Wording]]:
        """
        The texts that the part needs or knows, put into words.
        """
        needed, others = TEXTS[part]
        found: dict[str, str] = {}
        for name, wording in wordings.items():
            if name not in (*needed, *others):
                wanted = f"for the part {part} only {', '.join((*needed, *others))}"
                refuse("plugin.junk", f"{told(id_)} with a text {told(name)}", wanted)
            if type(wording) is not Wording:
                refuse("plugin.junk", f"{id_} {name} {told(wording)}", "a text, as Recommendation.of takes it")
            self.text(wording.sentence.source, f"{id_} {name}")
            # Put into words now: a wording that fails later would take the whole plan with it.
            text = wording.text()
            if text is not None:
                found[name] = self.text(text, f"{id_} {name}")
        missing = [name for name in needed if not found.get(name, "").strip()]
        if missing:
            wanted = f"a text {' and '.join(missing)}, as the part {part} needs"
            refuse("plugin.junk", f"{told(id_)} with {', '.join(found) or 'no text'}", wanted)
        for name, text in found.items():
            voice = Voice.FIND if name == "find" else Voice.READ
            yield name, Wording(Sentence(text, (text,)), Values(), voice, is_name=name == "name")

    def why(self, why: object, id_: str) -> str:
        """
        A WHY that the scorecard has.
        """
        known = next((one for one in self.card.whys if one == why), None)
        if known is None:
            wanted = f"WHYs of the scorecard: {', '.join(self.card.whys)}"
            refuse("plugin.junk", f"{told(id_)} for {told(why)}", wanted)
        return known

    def cause(self, cause: object, id_: str) -> Cause:
        """
        A cause whose item is given.
        """
        if type(cause) is not Cause:
            refuse("plugin.junk", f"{told(id_)} caused by {told(cause)}", "causes of the type Cause")
        why = self.why(cause.why, id_)
        if cause.item is None:
            return Cause(why=why)
        items = self.card.whys[why].items
        key = next((key for key in items if key == cause.item), None)
        if key is None or items[key].state.value != "given":
            given = ", ".join(key for key in items if items[key].state.value == "given")
            wanted = f"an item of {why} that is given: {given or 'none is'}"
            refuse("plugin.junk", f"{told(id_)} caused by {why}.{told(cause.item)}", wanted)
        words = tuple(self.text(word, f"{id_} words", most=LONGEST_NAME) for word in islice(cause.words, ENTRIES))
        if words and items[key].private:
            refuse("plugin.private", f"{told(id_)} with words for {why}.{key}", "no words of a private answer")
        return Cause(why=why, item=key, rung=items[key].rung, words=words)

    def rank(self, rank: Mapping[str, int], id_: str) -> Iterator[tuple[str, int]]:
        """
        The parts of a rank, held within bounds.
        """
        total = 0
        for name, part in islice(rank.items(), ENTRIES):
            what = f"{id_} rank"
            # The sum counts, so that many small parts weigh no more than one large one.
            new = max(-RANK, min(RANK, total + self.number(part, what)))
            yield self.text(name, what, most=LONGEST_NAME), new - total
            total = new
