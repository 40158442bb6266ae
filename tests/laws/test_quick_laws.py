"""
The law of the two ways of reading: the short way says nothing that the careful way would not say.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.convert import Limits, profile_from_dict, profile_from_json, quick
from kowhy.convert.document import parse
from kowhy.errors import InvalidProfileError
from kowhy.whys import WHYS, Learn, Profile
from tests.scored import checklist, item

LIMITS = Limits()

#: For each WHY a checklist with its first item as core, and with two items that its class lacks.
CHECKLISTS = FrozenMap(
    (why, checklist(why, *(item(key, core=key == cls.item_keys()[0]) for key in (*cls.item_keys(), "added", "more"))))
    for why, cls in WHYS.items()
)

EXAMPLES = Path(__file__).parents[2] / "examples" / "profiles"


def quickly(text, *, limits=LIMITS, checklists=CHECKLISTS):
    """
    What the short way says.
    """
    return quick.read(text, checklists=checklists, limits=limits)


def carefully(text, *, limits=LIMITS, checklists=CHECKLISTS):
    """
    What the careful way says: a profile, or the faults.
    """
    try:
        return profile_from_dict(parse(text, limits=limits), checklists=checklists, limits=limits)
    except InvalidProfileError as error:
        return error.faults


KEYS = {why: (*cls.item_keys()[:3], "added") for why, cls in WHYS.items()}

#: Texts with what gives a count of colons or a look at letters trouble.
TEXTS = st.sampled_from(
    ["x", "a: b", ":::", '":"', "\\", "\\u003a", "é", "🎹", "\u2028", "18:30", '{"a":1}', "", " ", "\u3000"]
)
ODD = st.sampled_from([None, 5, 1.5, True, {}, [], ["x", 5], "\ud83c", ["\ud83c"], {"a": "b"}, "x" * 10_001])
ANSWERS = st.one_of(TEXTS, TEXTS, TEXTS, st.lists(TEXTS, max_size=3))


@st.composite
def entries(draw):
    """
    WHYs that are mostly sound; lists of items may clash with answers or name what is not there.
    """
    why = draw(st.sampled_from(list(WHYS)))
    found = {"why": why, **draw(st.dictionaries(st.sampled_from(KEYS[why]), ANSWERS, max_size=4))}
    found |= draw(st.fixed_dictionaries({}, optional={"statement": TEXTS}))
    lists = st.lists(st.sampled_from([*KEYS[why], *WHYS[why].item_keys()[3:5], "more"]), max_size=2)
    found |= draw(
        st.fixed_dictionaries({}, optional=dict.fromkeys(("declined", "not_applicable", "private", "may_say"), lists))
    )
    return found


@st.composite
def documents(draw):
    """
    Documents of which about half are sound, with their keys in any order.
    """
    whys = draw(st.lists(entries(), min_size=1, max_size=3))
    found = {"whys": whys}
    optional = {
        "format": st.sampled_from(["kowhy.profile/1", "kowhy.profile/1", "kowhy.profile/2"]),
        "name": TEXTS,
        "country": st.sampled_from(["FR", "US", "UK"]),
        "adult": st.booleans(),
        "dominant": st.sampled_from([whys[0]["why"], whys[-1]["why"], "learn"]),
    }
    found |= draw(st.fixed_dictionaries({}, optional=optional))
    if draw(st.integers(0, 3)) == 0:
        part = draw(st.sampled_from([found, *whys]))
        key = draw(st.sampled_from([*part, "nonsense", "why", "added", "topic", "name"]))
        part[key] = draw(ODD)
    return dict(draw(st.permutations(list(found.items()))))


@st.composite
def texts(draw):
    """
    Documents as texts in any usual writing, some with a key that stands twice.
    """
    text = json.dumps(
        draw(documents()),
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, None, 1])),
        separators=draw(st.sampled_from([(",", ":"), (", ", ": "), (" , ", " :\n")])),
    )
    if draw(st.integers(0, 3)) == 0:
        place = draw(st.sampled_from([at for at, sign in enumerate(text) if sign == "{"]))
        again = draw(st.sampled_from(['"why"', '"topic"', '"n\\u0061me"', '"whys"', '"a:b"', '"seeking"']))
        value = draw(st.sampled_from(['"x"', '"learn"', "[]", '":"', "NaN", "1"]))
        text = f"{text[: place + 1]}{again}: {value},{text[place + 1 :]}"
    return (
        draw(st.sampled_from(["", "", " ", "\n", "\ufeff"])) + text + draw(st.sampled_from(["", "", "\n", " x", "}"]))
    )


class TestLaw:
    @settings(max_examples=500)
    @given(text=texts())
    def test_the_short_way_says_what_the_careful_way_says(self, text):
        """
        Where the short way has a profile, the careful way has no fault and the same profile.
        """
        found = quickly(text)

        if found is not None:
            expected = carefully(text)
            assert found == expected
            assert (hash(found), repr(found)) == (hash(expected), repr(expected))
            assert [list(why.extra) for why in found.whys] == [list(why.extra) for why in expected.whys]

    @given(text=texts())
    def test_both_together_are_the_careful_way(self, text):
        """
        Whoever reads a text or its bytes gets what the careful way says, whichever way was taken.
        """
        expected = carefully(text)
        try:
            found = profile_from_json(text, checklists=CHECKLISTS)
        except InvalidProfileError as error:
            found = error.faults

        assert found == expected
        if not any("\ud800" <= sign <= "\udfff" for sign in text) and isinstance(expected, Profile):
            assert profile_from_json(text.encode(), checklists=CHECKLISTS) == expected
            assert profile_from_json(text, checklists=CHECKLISTS, draft=True).profile == expected


class TestShortWay:
    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
    def test_the_examples_take_it(self, path):
        """
        What people usually write is read in one go, as text and as bytes.
        """
        text = path.read_text("utf-8")

        assert quickly(text, checklists=None) == carefully(text, checklists=None)
        assert quickly(path.read_bytes(), checklists=None) == carefully(text, checklists=None)

    @pytest.mark.parametrize(
        "text",
        [
            '{"whys": [{"why": "learn", "topic": "18:30 :: \\"a\\": b"}]}',
            '{"whys": [{"why": "learn", "topic": "say \\"a\\":b"}]}',
            '{"whys": [{"why": "learn", "topic": ["a:b", "c"], "added": "d:e"}], "adult": true, "name": "x:y"}',
            '{"whys": [{"why": "learn", "topic": "caf\\u00e9", "private": ["topic"], "may_say": ["added"]}]}',
            ' \n{"whys": [{"why": "learn", "declined": ["scope"], "not_applicable": ["added"]}]}\n',
            '{"whys": [{"why": "learn", "topic": [], "scope": "", "declined": ["scope"], "statement": ""}]}',
            '{"whys": [{"why": "learn", "added": ["", "a"], "more": " ", "declined": ["more"]}]}',
        ],
    )
    def test_so_does_what_is_sound_and_rare(self, text):
        """
        Colons in texts, escapes, lists of items, added items and blank answers are no reason to go the long way.
        """
        assert quickly(text) == carefully(text)

    @pytest.mark.parametrize(
        "text",
        [
            '{"whys": [{"why": "learn", "topic": "a", "topic": "a"}]}',
            *[
                f'{{"whys": [{{"why": "learn", "topic": "a", "topic"{gap}: "b:c"}}]}}'
                for gap in (" ", "\t", "\n", "\r")
            ],
            '{"whys": [{"why": "learn", "topic": "a:b", "topic": "\\u003a\\u003a"}]}',
            '{"whys": [{"why": "learn", "t\\u006fpic": "a", "topic": "b"}]}',
            '{"name": "a", "name": "b", "whys": [{"why": "learn"}]}',
            '{"whys": [{"why": "learn", "topic": "\\ud83c"}]}',
            '{"whys": [{"why": "learn", "topic": "\ud83c"}]}',
            '{"whys": [{"why": "learn", "topic": NaN}]}',
            '{"whys": [{"why": "learn", "declined": ["learn_kind"]}]}',
            '{"whys": [{"why": "learn", "declined": ["scope", "scope"]}]}',
            '{"whys": [{"why": "learn", "declined": ["scope"], "scope": "x"}]}',
            '{"whys": [{"why": "learn", "declined": ["added"], "added": "x"}]}',
            '{"whys": [{"why": "learn", "declined": ["nonsense"]}]}',
            '{"whys": [{"why": "learn", "declined": "scope"}]}',
            '{"whys": [{"why": "learn", "topic": ["x", 5]}]}',
            '{"whys": [{"why": "learn", "topic": {}}]}',
            '{"whys": [{"why": "learn", "statement": 5}]}',
            '{"whys": [{"why": "learn", "nonsense": "x"}]}',
            '{"whys": [{"why": "lern"}]}',
            '{"whys": [{"why": "learn"}], "name": 5}',
            '{"whys": [{"why": "learn"}], "adult": 1}',
            '{"whys": [{"why": "learn"}], "country": "UK"}',
            '{"whys": [{"why": "learn"}], "format": "kowhy.profile/2"}',
            '{"whys": [{"why": "learn"}]} x',
            '{"whys": [{"why": "learn"}, {"why": "learn"}]}',
            '{"whys": [{"why": "learn"}], "adult": null}',
            '{"whys": [{"why": "learn"}], "dominant": "land_a_job"}',
            '{"whys": []}',
            '{"whys": [[]]}',
            '{"whys": {}}',
            "[]",
            "{",
            "",
            "[" * 5_000,
            b"\xff",
            bytearray(b'{"whys": [{"why": "learn"}]}'),
            5,
        ],
        ids=lambda text: ascii(text)[:60],
    )
    def test_everything_else_does_not(self, text):
        """
        A key that stands twice, half of a pair, and whatever is no sound profile is left to the careful way.
        """
        assert quickly(text) is None

    @pytest.mark.parametrize(
        "limits", [Limits(text=100), Limits(answer=30), Limits(answers=2)], ids=("text", "answer", "answers")
    )
    def test_nothing_beyond_a_limit(self, limits):
        """
        Whatever may be over a limit is left to the careful way.
        """
        text = '{"whys": [{"why": "learn", "topic": ["a", "b", "c"]}]}'

        assert quickly(text) == Profile(whys=Learn(topic=["a", "b", "c"]))
        assert quickly(text, limits=limits) is None

    def test_the_usual_checklists_decide_what_is_core(self):
        """
        Without checklists a core item of kowhy's own cannot be declined; without one for the WHY every item can.
        """
        text = '{"whys": [{"why": "learn", "declined": ["topic"]}]}'

        assert quickly(text, checklists=None) is None
        assert quickly(text, checklists={}) == Profile(whys=Learn(declined=["topic"]))
