"""
What is wrong with a document that should be a profile, and what of it is sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeGuard

import attrs

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, load_checklists
from kowhy.convert.document import Limits, Literal, Repeating
from kowhy.convert.names import Where, kind, nearest, one_of, pointer
from kowhy.errors import Fault, shown
from kowhy.whys import WHYS, BaseWhy, texts

#: The form that is read and written.
FORMAT = "kowhy.profile/1"

#: The keys of a profile in its canonical order.
PROFILE_KEYS = ("format", "name", "country", "adult", "dominant", "whys")

#: The lists of item names in a WHY, in its canonical order; in the first two an item may stand in one at most.
STATES = ("declined", "not_applicable")
LISTS = (*STATES, "private", "may_say")

#: Keys of a WHY that no item may have.
RESERVED = frozenset({"why", *(field.name for field in attrs.fields(BaseWhy))})

#: So many unknown names get a suggestion; seeking one takes a hundred times as long as reporting the fault.
SUGGESTED = 50


_LISTS = (list, tuple)


@cache
def _ordered(why: str) -> tuple[str, ...]:
    return WHYS[why].item_keys()


@cache
def _own(why: str) -> frozenset[str]:
    return frozenset(_ordered(why))


@attrs.define
class Check:
    """
    One reading of one document.

    Attributes:
        limits: How much is read.

        checklists: Whose items are legal beside those of the classes, by WHY; ``None`` for no others.

        faults: What was found to be wrong so far.

        is_partial: Whether something of the WHYs was lost, so that nobody can tell which there are.
    """

    limits: Limits
    checklists: Mapping[str, Checklist] | None
    faults: list[Fault] = attrs.field(factory=list)
    is_partial: bool = False
    _suggested: int = 0

    def profile(self, document: object) -> dict[str, Any]:
        """
        What is sound of *document*: the fields of a profile, and of its WHYs, with the values that the classes hold.

        Whether the fields of a profile go together, and whether there is such a country, only the class knows.
        """
        sound: dict[str, Any] = {"whys": []}
        if not self._is_object(document, (), PROFILE_KEYS):
            self.is_partial = True
            return sound
        for key, value in document.items():
            if key == "whys":
                sound[key] = self._whys(value)
            elif key == "adult":
                if isinstance(value, bool):
                    sound[key] = value
                else:
                    self._wrong((key,), value, "true or false")
            elif key in ("name", "country", "dominant"):
                if self._is_text(value, (key,)):
                    sound[key] = value
            elif key == "format":
                self._format(value)
            else:
                self._unknown_key((), key, value, PROFILE_KEYS)
        if "whys" not in document:
            self.is_partial = True
            self._add("whys.missing", (), "no key 'whys'", f"whys: a list with at least one of {', '.join(WHYS)}")
        return sound

    def _format(self, value: object) -> None:
        if value == FORMAT or not self._is_text(value, ("format",)):
            return
        family, _, version = value.partition("/")
        is_newer = family == FORMAT.partition("/")[0] and version.isdecimal() and version.lstrip("0") > "1"
        wanted = f"{FORMAT}, the newest form that this version of kowhy reads" if is_newer else FORMAT
        self._add("format.unknown", ("format",), shown(value), wanted)

    def _whys(self, value: object) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        if not self._is_list(value, ("whys",), "a list of WHYs"):
            self.is_partial = True
            return []
        for index, entry in enumerate(value):
            where = ("whys", index)
            sound = self._why(entry, where)
            if sound is None:
                self.is_partial = True
            elif sound["why"] in found:
                self._add("why.repeated", where, sound["why"], "each WHY once")
            else:
                found[sound["why"]] = sound
        return list(found.values())

    def _why(self, entry: object, where: Where) -> dict[str, Any] | None:
        # Asking a dict whether it is a mapping takes longer than all the rest.
        if type(entry) is not dict and not isinstance(entry, Mapping):
            self._wrong(where, entry, "an object with a key 'why'")
            return None
        # The tag comes first: without it nobody can say which keys are right.
        why = entry.get("why")
        if not isinstance(why, str) or why not in WHYS:
            self._bad_tag(entry, where)
            return None
        is_odd = isinstance(entry, Repeating) or len(entry) > self.limits.answers
        if is_odd and not self._is_object(entry, where, self._keys(why)):
            return None
        return self._content(entry, where, why)

    def _content(self, entry: Mapping[Any, object], where: Where, why: str) -> dict[str, Any]:
        sound: dict[str, Any] = {"why": why}
        lists: dict[str, object] = {}
        own, most = _own(why), self.limits.answer
        for key, value in entry.items():
            if key not in own:
                self._other(key, value, where, sound, lists)
            elif type(value) is str and value.isascii() and len(value) <= most:
                # Most answers are one short text in plain letters; they need no further look.
                if value and not value.isspace():
                    sound[key] = (value,)
            elif answers := self._answers(value, (*where, key)):
                sound[key] = answers
        if lists:
            self._lists(sound, lists, where)
        if "extra" in sound:
            sound["extra"] = FrozenMap(sorted(sound["extra"].items()))
        return sound

    def _other(self, key: Any, value: object, where: Where, sound: dict[str, Any], lists: dict[str, object]) -> None:
        """
        A key that is no item of the class.
        """
        why = sound["why"]
        if key in LISTS:
            lists[key] = value
        elif key == "statement":
            if self._is_text(value, (*where, key)):
                sound[key] = value
        elif key == "why":
            return
        elif key not in self._items(why):
            self._unknown_key(where, key, value, self._keys(why))
        elif answers := self._answers(value, (*where, key)):
            sound.setdefault("extra", {})[key] = answers

    def _bad_tag(self, entry: Mapping[Any, object], where: Where) -> None:
        known = tuple(WHYS)
        why = entry.get("why")
        if isinstance(entry, Repeating):
            self._repeated(entry, where)
        if "why" not in entry:
            self._add("why.missing", where, "no key 'why'", f"why: {one_of(known)}")
        elif not isinstance(why, str):
            self._wrong((*where, "why"), why, one_of(known))
        else:
            near = self._nearest(why, known)
            wanted = f"{near} (known: {', '.join(known)})" if near else one_of(known)
            self._add("why.unknown", (*where, "why"), shown(why), wanted)
        for key, value in entry.items():
            if key != "why":
                self._odd(value, (*where, key))

    def _keys(self, why: str) -> tuple[str, ...]:
        """
        Every key that may stand in a WHY, in canonical order.
        """
        return ("why", "statement", *self._items(why), *LISTS)

    def _items(self, why: str) -> tuple[str, ...]:
        own = _ordered(why)
        if self.checklists is None or why not in self.checklists:
            return own
        added = (item.key for item in self.checklists[why].items)
        return (*own, *(key for key in added if key not in own and key not in RESERVED))

    def _answers(self, value: object, where: Where) -> tuple[str, ...]:
        """
        The sound answers among those given; a blank one counts as not given.
        """
        if isinstance(value, str):
            return texts(value) if self._is_text(value, where) else ()
        if not self._is_list(value, where, "a text or a list of texts"):
            return ()
        return texts([text for index, text in enumerate(value) if self._is_text(text, (*where, index))])

    def _lists(self, sound: dict[str, Any], lists: Mapping[str, object], where: Where) -> None:
        """
        The lists of item names, and whether they agree with each other and with the answers.
        """
        why = sound["why"]
        items = self._items(why)
        state = dict.fromkeys((*sound, *sound.get("extra", ())), "given")
        for name in sorted(lists, key=LISTS.index):
            value = lists[name]
            if not self._is_list(value, (*where, name), "a list of items"):
                continue
            kept = []
            for index, key in enumerate(value):
                place = (*where, name, index)
                if not isinstance(key, str):
                    self._wrong(place, key, "the name of an item")
                elif key not in items:
                    self._add("item.unknown", place, shown(key), self._nearest(key, items) or one_of(items))
                elif name in STATES and (other := state.setdefault(key, name)) != name:
                    code = f"item.{other}-and-{name}".replace("_", "-")
                    self._add(code, place, shown(key), f"only one of {other}, {name}")
                elif name == "declined" and key in self._core(why):
                    wanted = "an item that is not core; a core item can be left out"
                    self._add("item.core-declined", place, shown(key), wanted)
                else:
                    kept.append(key)
            sound[name] = tuple(kept)

    def _core(self, why: str) -> frozenset[str]:
        checklists = load_checklists() if self.checklists is None else self.checklists
        if why not in checklists:
            return frozenset()
        return frozenset(item.key for item in checklists[why].items if item.core)

    def _is_text(self, value: object, where: Where) -> TypeGuard[str]:
        if not isinstance(value, str):
            self._wrong(where, value, "a text")
            return False
        if len(value) > self.limits.answer:
            given, wanted = f"{len(value)} characters", f"at most {self.limits.answer} characters"
            self._add("limit.answer", where, given, wanted)
            return False
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError as error:
                given = f"half of a surrogate pair, U+{ord(value[error.start]):04X}, as character {error.start + 1}"
                self._add("text.surrogate", where, given, "whole characters")
                return False
        return True

    def _is_list(self, value: object, where: Where, wanted: str) -> TypeGuard[Sequence[object]]:
        if not isinstance(value, _LISTS):
            self._wrong(where, value, wanted)
            return False
        return self._is_short(value, where, "limit.answers")

    def _is_object(self, value: object, where: Where, known: Sequence[str]) -> TypeGuard[Mapping[Any, object]]:
        if type(value) is not dict and not isinstance(value, Mapping):
            self._wrong(where, value, f"an object with keys out of {', '.join(known)}")
            return False
        if isinstance(value, Repeating):
            self._repeated(value, where)
        return self._is_short(value, where, "limit.keys")

    def _is_short(self, value: Sequence[object] | Mapping[Any, object], where: Where, code: str) -> bool:
        if len(value) <= self.limits.answers:
            return True
        self._add(code, where, f"{len(value)} entries", f"at most {self.limits.answers} entries")
        return False

    def _wrong(self, where: Where, value: object, wanted: str) -> None:
        if value is None:
            wanted += "; or leave it out"
        if not (isinstance(value, Literal) and value.is_constant):
            self._add("type.wrong", where, kind(value), wanted)
        self._odd(value, where)

    def _unknown_key(self, where: Where, key: object, value: object, known: Sequence[str]) -> None:
        if not isinstance(key, str):
            self._add("key.unknown", where, f"{kind(key)} as a key", one_of(known))
            return
        self._add("key.unknown", (*where, key), shown(key), self._nearest(key, known) or one_of(known))
        self._odd(value, (*where, key))

    def _odd(self, value: object, where: Where) -> None:
        """
        Report what JSON does not have in a part of the document that is not looked at otherwise.
        """
        for place, part in _walk(value, where):
            if isinstance(part, Repeating):
                self._repeated(part, place)
            elif isinstance(part, Literal) and part.is_constant:
                self._add("json.constant", place, part.text, "a value that JSON has")

    def _repeated(self, value: Repeating, where: Where) -> None:
        for key in value.repeated:
            self._add("json.duplicate-key", (*where, key), shown(key), "each key once")

    def _nearest(self, name: str, known: Sequence[str]) -> str | None:
        self._suggested += 1
        return nearest(name, known) if self._suggested <= SUGGESTED else None

    def _add(self, code: str, where: Where, given: str, wanted: str) -> None:
        self.faults.append(Fault(code=code, pointer=pointer(where), given=given, wanted=wanted))


def _walk(value: object, where: Where) -> Iterator[tuple[Where, object]]:
    todo: list[tuple[Where, object]] = [(where, value)]
    # A mapping made in Python may hold itself.
    seen: set[int] = set()
    while todo:
        place, part = todo.pop()
        yield place, part
        if not isinstance(part, dict | list) or id(part) in seen:
            continue
        seen.add(id(part))
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        todo += [((*place, key), one) for key, one in reversed(list(pairs))]
