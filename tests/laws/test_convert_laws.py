"""
The laws of conversion: what was written is read again, and what is wrong is found where it is.
"""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable

import attrs
import jsonschema_rs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kowhy._frozen import FrozenMap
from kowhy.convert import Draft, profile_from_dict, profile_from_json, to_dict, to_json
from kowhy.errors import InvalidProfileError
from kowhy.schemas import load_schema, pointer
from kowhy.whys import COUNTRIES, WHYS, Profile
from tests.scored import checklist, item

#: Keys that no class has; one looks like a pointer, one like a number, one is not ASCII.
ADDED = ("added", "a/b~c", "0", "größe")

#: For each WHY a checklist with its first item as core, and with items that its class lacks.
CHECKLISTS = FrozenMap(
    (why, checklist(why, *(item(key, core=key == cls.item_keys()[0]) for key in (*cls.item_keys(), *ADDED))))
    for why, cls in WHYS.items()
)

#: Everything that JSON can carry and a terminal or a parser may stumble over.
ODD = ("\u2028", "\x00", "\x1b[31m", "\u202eright to left", "e\u0301", "🏳\ufe0f\u200d🌈", '"\\/', "[{", "\ufeff")
TEXTS = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
GIVEN = TEXTS.filter(str.strip)
BLANK = st.sampled_from(["", " ", "\t\n", "\u3000"])


@st.composite
def why_documents(draw, why):
    """
    One WHY with any of its items, and states that agree with them.
    """
    keys = (*WHYS[why].item_keys(), *ADDED)
    found = {"why": why}
    if draw(st.booleans()):
        found["statement"] = draw(TEXTS)
    given_keys = draw(st.sets(st.sampled_from(keys)))
    for key in draw(st.permutations(sorted(given_keys))):
        found[key] = draw(GIVEN | st.lists(GIVEN, min_size=2, max_size=3))
    rest = [key for key in keys[1:] if key not in given_keys]
    states = {key: draw(st.sampled_from(["declined", "not_applicable", None])) for key in rest}
    for name in ("declined", "not_applicable"):
        if chosen := [key for key, state in states.items() if state == name]:
            found[name] = draw(st.permutations(chosen))
    for name in ("private", "may_say"):
        if chosen := draw(st.lists(st.sampled_from(keys), unique=True)):
            found[name] = chosen
    return found


@st.composite
def documents(draw):
    """
    Profiles of one to six WHYs in canonical form, with their keys in any order.
    """
    whys = draw(st.lists(st.sampled_from(list(WHYS)), min_size=1, unique=True))
    found = {"format": "kowhy.profile/1", "whys": [draw(why_documents(why)) for why in whys]}
    if draw(st.booleans()):
        found["dominant"] = draw(st.sampled_from(whys))
    if draw(st.booleans()):
        found["name"] = draw(TEXTS)
    if draw(st.booleans()):
        found["country"] = draw(st.sampled_from(sorted(COUNTRIES)))
    if draw(st.booleans()):
        found["adult"] = True
    return found


def read(document):
    return profile_from_dict(document, checklists=CHECKLISTS)


PROFILES = documents().map(read)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(list(WHYS)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["why", "whys", "topic", "declined", "name", "country", "dominant"]) | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)

WRONG = st.sampled_from([5, 2.5, True, None, {}, {"text": "x"}, [["x"]]])


@attrs.frozen
class Edit:
    """
    One mistake.

    Attributes:
        code: Of the fault.

        place: Where it is.

        scope: The part of the document that it concerns.

        make: Makes the mistake in a document.

        mend: Leaves nothing of what it concerns, as a draft should.
    """

    code: str
    place: tuple
    scope: tuple
    make: Callable
    mend: Callable


def _put(*path, value):
    def change(document):
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = value

    return change


def _drop(*path):
    def change(document):
        for part in path[:-1]:
            document = document[part]
        del document[path[-1]]

    return change


def _nothing(document):
    """
    A draft is as if nobody had touched the document.
    """


def _drop_why(index):
    def change(document):
        gone = document["whys"].pop(index)
        if document.get("dominant") == gone["why"]:
            del document["dominant"]

    return change


@st.composite
def edits(draw, document):
    """
    Any one mistake that can be made in *document*.
    """
    kinds = {
        "top": ("name", "country", "adult", "dominant", "format"),
        "unknown": ("top", "why"),
        "tag": ("missing", "unknown", "wrong"),
        "item": ("wrong", "long", "half", "in a list"),
        "list": ("unknown", "wrong", "given", "core"),
        "repeated": ("",),
    }
    kind = draw(st.sampled_from(list(kinds)))
    how = draw(st.sampled_from(kinds[kind]))
    index = draw(st.integers(0, len(document["whys"]) - 1))
    return draw(_MAKERS[kind](document, how, index))


@st.composite
def _top(draw, document, key, _):
    codes = {"country": "country.unknown", "dominant": "dominant.absent", "format": "format.unknown"}
    absent = sorted({*WHYS, "nonsense"} - {why["why"] for why in document["whys"]})
    wrong = {"country": "XX", "dominant": draw(st.sampled_from(absent)), "format": "kowhy.profile/2"}
    if key in codes and draw(st.booleans()):
        return Edit(codes[key], (key,), (key,), _put(key, value=wrong[key]), lambda doc: doc.pop(key, None))
    value = draw(WRONG.filter(lambda value: value is not True))
    return Edit("type.wrong", (key,), (key,), _put(key, value=value), lambda doc: doc.pop(key, None))


@st.composite
def _unknown(draw, document, level, index):
    known = {"format", "name", "country", "adult", "dominant", "whys", "why", "statement", *ADDED}
    known |= {"declined", "not_applicable", "private", "may_say", *WHYS[document["whys"][index]["why"]].item_keys()}
    key = draw(st.text(max_size=6).filter(lambda key: key not in known))
    place = (key,) if level == "top" else ("whys", index, key)
    return Edit("key.unknown", place, place, _put(*place, value=draw(JSON)), _nothing)


@st.composite
def _tag(draw, _, how, index):
    where = ("whys", index)
    if how == "missing":
        return Edit("why.missing", where, where, _drop(*where, "why"), _drop_why(index))
    code, values = {
        "unknown": ("why.unknown", st.text(max_size=9).filter(lambda text: text not in WHYS)),
        "wrong": ("type.wrong", WRONG),
    }[how]
    place = (*where, "why")
    return Edit(code, place, where, _put(*place, value=draw(values)), _drop_why(index))


@st.composite
def _item(draw, document, how, index):
    key = draw(st.sampled_from([*WHYS[document["whys"][index]["why"]].item_keys(), *ADDED]))
    place = ("whys", index, key)
    if how == "in a list":
        texts = document["whys"][index].get(key, [])
        texts = [texts] if isinstance(texts, str) else texts
        spot = draw(st.integers(0, len(texts)))
        value = [*texts[:spot], draw(WRONG), *texts[spot:]]
        return Edit("type.wrong", (*place, spot), place, _put(*place, value=value), _nothing)
    code, values = {
        "wrong": ("type.wrong", WRONG.filter(lambda value: not isinstance(value, list))),
        "long": ("limit.answer", st.just("x" * 10_001)),
        "half": ("text.surrogate", st.sampled_from(["\ud800", "a\udfffb"])),
    }[how]
    return Edit(code, place, place, _put(*place, value=draw(values)), lambda doc: doc["whys"][index].pop(key, None))


@st.composite
def _list(draw, document, how, index):
    why = document["whys"][index]
    keys = (*WHYS[why["why"]].item_keys(), *ADDED)
    name = draw(st.sampled_from(["declined", "not_applicable", "private", "may_say"]))
    if how == "given":
        name = draw(st.sampled_from(["declined", "not_applicable"]))
        chosen = [key for key in keys if key in why]
        code = f"item.given-and-{name.replace('_', '-')}"
    elif how == "core":
        name, chosen, code = "declined", [key for key in keys[:1] if key not in why], "item.core-declined"
    elif how == "unknown":
        chosen, code = ["nonsense", "why", "statement", ""], "item.unknown"
    else:
        chosen, code = [5, None, ["topic"], {}], "type.wrong"
    assume(chosen)
    kept = why.get(name, [])
    spot = draw(st.integers(0, len(kept)))
    place = ("whys", index, name)
    value = [*kept[:spot], draw(st.sampled_from(chosen)), *kept[spot:]]
    # What an item may be depends on the answers of the WHY, so the mistake concerns all of it.
    return Edit(code, (*place, spot), place[:2], _put(*place, value=value), _nothing)


@st.composite
def _repeated(draw, document, _, index):
    again = {"why": document["whys"][index]["why"], "statement": draw(TEXTS)}
    place = ("whys", len(document["whys"]))
    return Edit("why.repeated", place, ("whys", index), lambda doc: doc["whys"].append(again), _nothing)


_MAKERS = {"top": _top, "unknown": _unknown, "tag": _tag, "item": _item, "list": _list, "repeated": _repeated}


def places(document):
    try:
        read(document)
    except InvalidProfileError as error:
        return [(fault.code, fault.pointer) for fault in error.faults]
    return []


def safe(place):
    """
    The pointer to *place*.
    """
    return pointer(place).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


#: Whole documents take long to make, and small ones already have every mistake.
SHORT = settings(max_examples=50)


class TestRoundTrip:
    @given(profile=PROFILES, indent=st.sampled_from([None, 0, 2]))
    def test_what_was_written_is_read_again(self, profile, indent):
        """
        Loading what was dumped gives the same profile, as text and as bytes.
        """
        text = to_json(profile, indent=indent)

        assert profile_from_json(text, checklists=CHECKLISTS) == profile
        assert profile_from_json(text.encode(), checklists=CHECKLISTS) == profile
        assert json.loads(text) == to_dict(profile)

    @given(document=documents())
    def test_same_as_from_the_constructors(self, document):
        """
        A profile that was read is in every way the one that the constructors make.
        """
        fields = {key: value for key, value in document.items() if key not in ("format", "whys")}
        whys = []
        for why in document["whys"]:
            own = {key: value for key, value in why.items() if key not in ("why", *ADDED)}
            extra = {key: value for key, value in why.items() if key in ADDED}
            whys.append(WHYS[why["why"]](**own, extra=extra))
        made, found = Profile(whys=whys, **fields), read(document)

        assert found == made
        assert hash(found) == hash(made)
        assert repr(found) == repr(made)
        assert pickle.loads(pickle.dumps(found)) == made
        assert [list(why.extra) for why in found.whys] == [list(why.extra) for why in made.whys]
        assert attrs.evolve(found, name="x") == attrs.evolve(made, name="x")

    @given(document=documents())
    def test_a_canonical_document_comes_back(self, document):
        """
        Dumping what was loaded gives the document again.
        """
        assert to_dict(read(document)) == document

    @SHORT
    @given(document=documents(), data=st.data())
    def test_dump_of_load_is_idempotent(self, document, data):
        """
        However a profile was written, its canonical form is written the same again, byte for byte.
        """
        for why in document["whys"]:
            free = [key for key in WHYS[why["why"]].item_keys() if key not in why]
            for key in data.draw(st.sets(st.sampled_from(free)) if free else st.just(())):
                why[key] = data.draw(BLANK | st.lists(BLANK, max_size=2))
            for key, value in why.items():
                if isinstance(value, str) and key not in ("why", "statement"):
                    why[key] = data.draw(st.sampled_from([value, [value], [value, " "]]))
        document = dict(data.draw(st.permutations(list(document.items()))))
        once = read(document)
        text = to_json(once)

        assert to_json(profile_from_json(text, checklists=CHECKLISTS)) == text
        assert profile_from_json(text, checklists=CHECKLISTS) == once


class TestAnything:
    @given(value=JSON)
    def test_any_json(self, value):
        """
        Any JSON, and what Python writes beside it, is a profile or has faults; a draft never raises.
        """
        text = json.dumps(value)
        draft = profile_from_json(text, draft=True)

        assert isinstance(draft, Draft)
        assert (draft.profile is None) <= bool(draft.faults)
        if draft.faults:
            with pytest.raises(InvalidProfileError) as caught:
                profile_from_json(text)
            assert caught.value.faults == draft.faults
        else:
            assert profile_from_json(text) == draft.profile

    @given(text=st.text() | st.binary())
    def test_any_text(self, text):
        """
        Any text and any bytes.
        """
        assert profile_from_json(text, draft=True).faults

    @SHORT
    @given(document=documents(), data=st.data())
    def test_any_cut(self, document, data):
        """
        A profile that ends too early is never half read.
        """
        text = json.dumps(document)
        cut = data.draw(st.integers(0, len(text) - 1))

        assert [fault.pointer for fault in profile_from_json(text[:cut], draft=True).faults] == [""]

    @SHORT
    @given(document=documents(), data=st.data())
    def test_anything_anywhere(self, document, data):
        """
        Any value in any place gives faults in that place, or in one that has to do with it, or none.
        """
        index = data.draw(st.integers(0, len(document["whys"]) - 1))
        why = document["whys"][index]
        place = data.draw(
            st.sampled_from([("whys",), ("whys", index), *(("whys", index, key) for key in why), ("dominant",)])
        )
        _put(*place, value=data.draw(JSON))(document)
        found = places(document)

        assert {pointer.split("/")[1] if pointer else "" for _, pointer in found} <= {"", "whys", "dominant"}


class TestMistakes:
    @SHORT
    @given(document=documents(), data=st.data())
    def test_one(self, document, data):
        """
        One mistake is reported once, with its code and exactly in its place.
        """
        edit = data.draw(edits(document))
        edit.make(document)

        assert places(document) == [(edit.code, safe(edit.place))]

    @SHORT
    @given(document=documents(), data=st.data())
    def test_two(self, document, data):
        """
        Two mistakes that have nothing to do with each other are both reported, and nothing else is.
        """
        first, second = data.draw(edits(document)), data.draw(edits(document))
        shorter, longer = sorted((first.scope, second.scope), key=len)
        assume(longer[: len(shorter)] != shorter)
        assume([first.code, second.code] != ["why.repeated", "why.repeated"])
        # Which WHYs there are, and so which may lead, cannot be told when one of them has no name.
        assume(shorter != ("dominant",) or len(longer) > 2)
        first.make(document)
        second.make(document)

        assert sorted(places(document)) == sorted((edit.code, safe(edit.place)) for edit in (first, second))

    @SHORT
    @given(document=documents(), data=st.data())
    def test_draft_keeps_the_rest(self, document, data):
        """
        A draft loses what the mistake concerns and nothing else.
        """
        mended = copy.deepcopy(document)
        edit = data.draw(edits(document))
        edit.make(document)
        edit.mend(mended)
        draft = profile_from_dict(document, checklists=CHECKLISTS, draft=True)

        assert draft.profile == (read(mended) if mended["whys"] else None)
        assert [(fault.code, fault.pointer) for fault in draft.faults] == [(edit.code, safe(edit.place))]


PROFILE = load_schema("profile")
SLOW, FAST = Draft202012Validator(PROFILE), jsonschema_rs.Draft202012Validator(PROFILE)

#: What no schema sees: it does not know what the answers of two places have to do with each other, and text is text.
UNSEEN = {
    "item.given-and-declined",
    "item.given-and-not-applicable",
    "item.declined-and-not-applicable",
    "item.core-declined",
    "text.surrogate",
}


class TestSchema:
    @SHORT
    @given(document=documents(), data=st.data())
    def test_same_verdict(self, document, data):
        """
        The schema of profiles refuses what is refused here, apart from what no schema sees, in both engines.
        """
        for why in document["whys"]:
            for key in ADDED:
                why.pop(key, None)
            for name in ("declined", "not_applicable", "private", "may_say"):
                why[name] = [key for key in why.get(name, []) if key not in ADDED]
        edit = data.draw(edits(document))
        if data.draw(st.booleans()):
            edit.make(document)
        faults = {fault.code for fault in profile_from_dict(document, draft=True).faults}
        verdict = not faults - UNSEEN

        assert SLOW.is_valid(document) is verdict
        if "text.surrogate" not in faults:
            # jsonschema-rs holds texts as UTF-8, so it cannot be asked about half a character.
            assert FAST.is_valid(document) is verdict

    @given(value=JSON)
    def test_same_verdict_on_anything(self, value):
        """
        The same for any JSON.
        """
        text = json.dumps(value, default=str)
        assume("NaN" not in text)
        assume("Infinity" not in text)
        faults = {fault.code for fault in profile_from_json(text, draft=True).faults}

        assert SLOW.is_valid(value) is (not faults - UNSEEN)
