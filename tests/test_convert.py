"""
JSON in and out: what is read, what is refused and where, and what is written.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
from types import MappingProxyType

import pytest

from kowhy._frozen import FrozenMap
from kowhy.convert import (
    Draft,
    Limits,
    document,
    profile_from_dict,
    profile_from_json,
    quick,
    reading,
    to_dict,
    to_json,
)
from kowhy.errors import Fault, InvalidProfileError
from kowhy.whys import WHYS, Learn, MoreBusiness, Profile, SocialReasons, State
from tests.scored import checklist, item
from tests.work.counting import counted, reread, stepped

#: A checklist with a core item, one that its class lacks, and three whose keys mean something else already.
LEARN = checklist(
    "learn",
    item("topic", core=True),
    item("scope"),
    item("instrument"),
    item("statement"),
    item("declined"),
    item("extra"),
)
CHECKLISTS = {"learn": LEARN}


def faults(source, **options):
    """
    What is wrong with a JSON text or a mapping.
    """
    read = profile_from_json if isinstance(source, str | bytes) else profile_from_dict
    with pytest.raises(InvalidProfileError) as caught:
        read(source, **options)
    return caught.value.faults


def places(source, **options):
    """
    Code and place of each fault.
    """
    return [(fault.code, fault.pointer) for fault in faults(source, **options)]


def counted_places(text, *, most):
    """
    The same for a JSON text, where what looks at the text takes no more steps than *most*, also within C.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read", reread(quick).read)
        patch.setattr(reading, "parse", reread(document).parse)
        with counted(most=most):
            return places(text)


def learn(**fields):
    """
    A document with one WHY.
    """
    return {"whys": [{"why": "learn", **fields}]}


class TestRead:
    def test_everything(self):
        """
        All that a profile may hold arrives in the class.
        """
        text = """
            {"format": "kowhy.profile/1", "name": "Zoë", "country": "FR", "adult": true, "dominant": "learn",
             "whys": [{"why": "social_reasons", "seeking": ["friends", "a partner"]},
                      {"why": "learn", "statement": "I learn to play", "topic": "Satie", "declined": ["scope"],
                       "not_applicable": ["purpose"], "private": ["level_now"], "may_say": ["topic"]}]}
        """
        expected = Profile(
            name="Zoë",
            country="FR",
            adult=True,
            dominant="learn",
            whys=(
                SocialReasons(seeking=("friends", "a partner")),
                Learn(
                    statement="I learn to play",
                    topic="Satie",
                    declined=("scope",),
                    not_applicable=("purpose",),
                    private=("level_now",),
                    may_say=("topic",),
                ),
            ),
        )

        assert profile_from_json(text, checklists={}) == expected

    @pytest.mark.parametrize("why", WHYS)
    def test_every_item_of_every_why(self, why):
        """
        A WHY takes an answer to each of its items.
        """
        answers = {key: f"about {key}" for key in WHYS[why].item_keys()}
        profile = profile_from_dict({"whys": [{"why": why, **answers}]})

        assert {key: profile.whys[0].answers(key) for key in answers} == {
            key: (answer,) for key, answer in answers.items()
        }

    @pytest.mark.parametrize(
        "source",
        [
            '{"whys": [{"why": "learn", "topic": "café"}]}',
            '{"whys": [{"why": "learn", "topic": "caf\\u00e9"}]}',
            '\ufeff{"whys": [{"why": "learn", "topic": "café"}]}',
            '{"whys": [{"why": "learn", "topic": "café"}]}'.encode(),
            '{"whys": [{"why": "learn", "topic": "café"}]}'.encode("utf-8-sig"),
            bytearray('{"whys": [{"why": "learn", "topic": "café"}]}'.encode()),
        ],
        ids=("plain", "escaped", "mark", "bytes", "bytes and mark", "bytearray"),
    )
    def test_text_and_bytes(self, source):
        """
        Text, escapes, UTF-8 and a byte order mark all lead to the same profile.
        """
        assert profile_from_json(source) == Profile(whys=Learn(topic="café"))

    @pytest.mark.parametrize("blank", ["", "  \n", [], ["", "\t"]])
    def test_blank_is_not_given(self, blank):
        """
        A field of a form that was left empty is no answer, and may be declined.
        """
        why = profile_from_dict(learn(topic=blank, scope=["", "chords"], declined=["topic"]), checklists={}).whys[0]

        assert why.state("topic") is State.DECLINED
        assert why.scope == ("chords",)

    def test_any_mapping(self):
        """
        Other mappings and tuples are as good as dicts and lists.
        """
        why = MappingProxyType({"why": "learn", "topic": ("a", "b")})

        assert profile_from_dict(FrozenMap({"whys": (why,)})) == Profile(whys=Learn(topic=("a", "b")))

    def test_astral_characters(self):
        """
        A pair of surrogate escapes is one character.
        """
        assert profile_from_json('{"whys": [{"why": "learn", "topic": "\\ud83c\\udfb9"}]}').whys[0].topic == ("🎹",)

    def test_items_of_a_checklist(self):
        """
        An item that only the checklist has goes into ``extra`` and may stand in the lists of items.
        """
        profile = profile_from_dict(learn(instrument=["piano"], private=["instrument"]), checklists=CHECKLISTS)

        assert profile == Profile(whys=Learn(extra={"instrument": "piano"}, private="instrument"))
        assert profile_from_dict(learn(declined=["instrument"]), checklists=CHECKLISTS).whys[0].declined

    def test_reserved_keys_stay_what_they_are(self):
        """
        A checklist cannot take over a key that means something else.
        """
        assert profile_from_dict(learn(statement="I learn"), checklists=CHECKLISTS).whys[0].statement == "I learn"
        assert places(learn(extra="x"), checklists=CHECKLISTS) == [("key.unknown", "/whys/0/extra")]


class TestText:
    @pytest.mark.parametrize(
        ("text", "code", "given"),
        [
            ("", "json.empty", "nothing"),
            (b"", "json.empty", "nothing"),
            (" \n\t", "json.empty", "nothing"),
            (b"\xef\xbb\xbf", "json.empty", "nothing"),
            ("{", "json.syntax", "line 1, column 2"),
            ('{\n "whys": [}', "json.syntax", "line 2, column 11"),
            ('{"whys": []} x', "json.syntax", "extra data at line 1, column 14"),
            ('{"whys": "\n"}', "json.syntax", "line 1, column 11"),
            ("{'whys': []}", "json.syntax", "line 1, column 2"),
            (b'{"name": "\xff"}', "json.encoding", "byte 0xff at offset 10"),
            (b'{"name": "\xed\xa0\x80"}', "json.encoding", "offset 10"),
            ("{}".encode("utf-16"), "json.encoding", "UTF-16"),
            ("{}".encode("utf-16-le"), "json.encoding", "UTF-16"),
            ("{}".encode("utf-16-be"), "json.encoding", "UTF-16"),
            ("{}".encode("utf-32"), "json.encoding", "UTF-32"),
            ("{}".encode("utf-32-le"), "json.encoding", "UTF-32"),
            ("{}".encode("utf-32-be"), "json.encoding", "UTF-32"),
            ("[" * 65, "limit.depth", "level 65 at line 1, column 65"),
            ("[" * 20_000, "limit.depth", "level 65"),
            ("[" * 10_000 + "]" * 10_000, "limit.depth", "level 65"),
            ('{"a":\n' * 20_000, "limit.depth", "level 65 at line 65, column 1"),
            ("5", "type.wrong", "a number"),
            ("[]", "type.wrong", "a list"),
            ("null", "type.wrong", "null"),
            ("true", "type.wrong", "true or false"),
            ('"whys"', "type.wrong", "a text"),
            ("NaN", "json.constant", "NaN"),
            ("-Infinity", "json.constant", "-Infinity"),
            (5, "type.wrong", "a value of type int"),
        ],
        ids=lambda value: f"{ascii(value)[:30]} {ascii(value)[-10:]}",
    )
    def test_refused_as_a_whole(self, text, code, given):
        """
        What cannot be read at all is one fault that says what and where.
        """
        with pytest.raises(InvalidProfileError) as caught:
            profile_from_json(text)

        (fault,) = caught.value.faults
        assert (fault.code, fault.pointer) == (code, "")
        assert given in fault.given
        assert profile_from_json(text, draft=True) == Draft(profile=None, faults=(fault,))

    def test_brackets_within_texts_are_no_levels(self):
        """
        Only lists and objects count as levels, not what stands in a text, whatever its quotes look like.
        """
        topic = '[{"\\' * 40

        assert profile_from_json(json.dumps(learn(topic=topic))).whys[0].topic == (topic,)

    def test_many_objects_side_by_side_are_not_deep(self):
        """
        A long list is no deep one.
        """
        assert places(json.dumps(learn(topic=[[]] * 70))) == [
            ("type.wrong", f"/whys/0/topic/{index}") for index in range(70)
        ]

    def test_limit_of_the_caller_cannot_break_the_parser(self):
        """
        Whoever allows any depth gets a fault where the parser gives up.
        """
        assert places("[" * 200_000, limits=Limits(depth=1_000_000)) == [("limit.depth", "")]

    @pytest.mark.parametrize(
        ("text", "looks"),
        [
            pytest.param("x" * 50_000_000, 0, id="text"),
            pytest.param(b"x" * 50_000_000, 0, id="bytes"),
            # Encoded once, to see how many bytes it has; two bytes come out for each letter.
            pytest.param("é" * 600_000, 3, id="accents"),
        ],
    )
    def test_too_large(self, text, looks):
        """
        A text of 50 MB is refused before anything looks into it; what counts is its size in bytes.
        """
        found = counted_places(text, most=looks * len(text) + 500)

        assert found == [("limit.text", "")]

    def test_large_enough(self):
        """
        A text just within the limit is read.
        """
        text = json.dumps(learn(topic="é"), ensure_ascii=False)
        size = len(text.encode())

        assert profile_from_json(text, limits=Limits(text=size))
        assert places(text, limits=Limits(text=size - 1)) == [("limit.text", "")]
        assert places(text.encode(), limits=Limits(text=size - 1)) == [("limit.text", "")]

    def test_numbers_are_not_computed(self):
        """
        A number of any length is a number and no text.
        """
        assert places('{"whys": [{"why": "learn", "topic": %s}]}' % ("9" * 900_000)) == [
            ("type.wrong", "/whys/0/topic")
        ]

    def test_escapes_without_end_are_read_in_one_go(self):
        """
        Open quotes and backslashes do not make the scan for levels slow.
        """

        def texts(number):
            return "[" * 65 + '"' + '\\"' * number, "[" * 60 + '"[' + '\\"[' * number

        for text in texts(5_000):
            with stepped(text):
                counted_places(text, most=10 * len(text))
        found = [places(text) for text in texts(300_000)]

        assert found == [[("limit.depth", "")], [("json.syntax", "")]]


BAD_JSON = [
    # What stands in the document, and each fault with its place.
    ({}, [("whys.missing", "")]),
    ({"whys": []}, [("whys.empty", "/whys")]),
    ({"whys": {}}, [("type.wrong", "/whys")]),
    ({"whys": "learn"}, [("type.wrong", "/whys")]),
    ({"whys": None}, [("type.wrong", "/whys")]),
    ({"whys": ["learn", None]}, [("type.wrong", "/whys/0"), ("type.wrong", "/whys/1")]),
    ({"whys": [{}]}, [("why.missing", "/whys/0")]),
    ({"whys": [{"topic": "x"}]}, [("why.missing", "/whys/0")]),
    ({"whys": [{"why": "lern"}]}, [("why.unknown", "/whys/0/why")]),
    ({"whys": [{"why": "lern", "nonsense": 5}]}, [("why.unknown", "/whys/0/why")]),
    ({"whys": [{"why": ["learn"]}]}, [("type.wrong", "/whys/0/why")]),
    ({"whys": [{"why": "learn"}, {"why": "learn"}]}, [("why.repeated", "/whys/1")]),
    (
        {"whys": [{"why": "learn"}, {"why": "learn", "topic": 1}]},
        [("type.wrong", "/whys/1/topic"), ("why.repeated", "/whys/1")],
    ),
    ({"whys": [{"why": "learn"}], "dominant": "land_a_job"}, [("dominant.absent", "/dominant")]),
    ({"whys": [{"why": "learn"}], "dominant": "nonsense"}, [("dominant.absent", "/dominant")]),
    ({"whys": [{"why": "lern"}], "dominant": "learn"}, [("why.unknown", "/whys/0/why")]),
    ({"whys": [{"why": "learn"}], "dominant": 1}, [("type.wrong", "/dominant")]),
    ({"whys": [{"why": "learn"}], "country": "us"}, [("country.unknown", "/country")]),
    ({"whys": [], "country": "UK"}, [("whys.empty", "/whys"), ("country.unknown", "/country")]),
    ({"whys": 1, "country": "UK"}, [("type.wrong", "/whys"), ("country.unknown", "/country")]),
    ({"whys": [{"why": "learn"}], "name": None}, [("type.wrong", "/name")]),
    ({"whys": [{"why": "learn"}], "name": "x" * 10_001}, [("limit.answer", "/name")]),
    ({"whys": [{"why": "learn"}], "adult": 1}, [("type.wrong", "/adult")]),
    ({"whys": [{"why": "learn"}], "adult": "true"}, [("type.wrong", "/adult")]),
    ({"whys": [{"why": "learn"}], "format": "kowhy.profile/2"}, [("format.unknown", "/format")]),
    ({"whys": [{"why": "learn"}], "format": "kowhy.plan/1"}, [("format.unknown", "/format")]),
    ({"whys": [{"why": "learn"}], "format": 1}, [("type.wrong", "/format")]),
    ({"whys": [{"why": "learn"}], "nmae": "x"}, [("key.unknown", "/nmae")]),
    ({"whys": [{"why": "learn"}], "a/b~c": "x"}, [("key.unknown", "/a~1b~0c")]),
    (learn(instrument="piano"), [("key.unknown", "/whys/0/instrument")]),
    (learn(extra={"instrument": "piano"}), [("key.unknown", "/whys/0/extra")]),
    (learn(topic=5), [("type.wrong", "/whys/0/topic")]),
    (learn(topic=True), [("type.wrong", "/whys/0/topic")]),
    (learn(topic=None), [("type.wrong", "/whys/0/topic")]),
    (learn(topic={"text": "x"}), [("type.wrong", "/whys/0/topic")]),
    (learn(topic=["a", 5, ["b"], None]), [("type.wrong", f"/whys/0/topic/{index}") for index in (1, 2, 3)]),
    (learn(topic="x" * 10_001), [("limit.answer", "/whys/0/topic")]),
    (learn(topic=["a", "x" * 10_001]), [("limit.answer", "/whys/0/topic/1")]),
    (learn(topic=["a"] * 1_001), [("limit.answers", "/whys/0/topic")]),
    (learn(**{f"k{index}": "x" for index in range(1_001)}), [("limit.keys", "/whys/0")]),
    ({"whys": [1] * 1_001}, [("limit.answers", "/whys")]),
    ({f"k{index}": "x" for index in range(1_001)}, [("limit.keys", "")]),
    (learn(topic="a\ud83cb"), [("text.surrogate", "/whys/0/topic")]),
    (learn(topic=["é", "\udfb9"]), [("text.surrogate", "/whys/0/topic/1")]),
    (learn(statement=["x"]), [("type.wrong", "/whys/0/statement")]),
    (learn(declined="scope"), [("type.wrong", "/whys/0/declined")]),
    (learn(declined=[5]), [("type.wrong", "/whys/0/declined/0")]),
    (learn(declined=["scope", "nonsense"]), [("item.unknown", "/whys/0/declined/1")]),
    (learn(private=["statement"]), [("item.unknown", "/whys/0/private/0")]),
    (learn(may_say=["scope"] * 1_001), [("limit.answers", "/whys/0/may_say")]),
    (learn(scope="x", declined=["scope"]), [("item.given-and-declined", "/whys/0/declined/0")]),
    (learn(scope=["x"], not_applicable=["scope"]), [("item.given-and-not-applicable", "/whys/0/not_applicable/0")]),
    (
        learn(not_applicable=["scope"], declined=["scope"]),
        [("item.declined-and-not-applicable", "/whys/0/not_applicable/0")],
    ),
    (
        {"name": 1, "whys": [{"why": "learn", "topic": 2, "tpoic": 3, "declined": [4]}, 5], "country": "XX"},
        [
            ("type.wrong", "/name"),
            ("type.wrong", "/whys/0/topic"),
            ("key.unknown", "/whys/0/tpoic"),
            ("type.wrong", "/whys/0/declined/0"),
            ("type.wrong", "/whys/1"),
            ("country.unknown", "/country"),
        ],
    ),
]

#: The same with what only Python has.
BAD = [
    *BAD_JSON,
    ({"whys": [{"why": "learn"}], 5: "x"}, [("key.unknown", "")]),
    (learn(topic=b"x"), [("type.wrong", "/whys/0/topic")]),
    (learn(topic={"x"}), [("type.wrong", "/whys/0/topic")]),
    (learn(time_plan=dt.date(2026, 5, 1)), [("type.wrong", "/whys/0/time_plan")]),
]


class TestFaults:
    @pytest.mark.parametrize(("document", "expected"), BAD)
    def test_code_and_place(self, document, expected):
        """
        Each fault is reported once, with its code and the place where it is, and nothing else is.
        """
        assert places(document) == expected

    @pytest.mark.parametrize(("document", "expected"), BAD_JSON)
    def test_same_in_a_text(self, document, expected):
        """
        A text gets the faults of what stands in it.
        """
        assert places(json.dumps(document)) == expected

    @pytest.mark.parametrize(
        ("document", "wanted"),
        [
            (learn(tpoic="x"), "topic"),
            (learn(level="x"), "level_now"),
            (learn(Topic="x"), "topic"),
            (learn(**{"time plan": "x"}), "time_plan"),
            (learn(declinde=[]), "declined"),
            ({"whys": [{"why": "more_business", "buisness_type": "x"}]}, "business_type"),
            ({"whys": [{"why": "more_business", "geografy": "x"}]}, "geography"),
            ({"whys": [{"why": "more_business", "referral": "x"}]}, "referral_meaning"),
            ({"whys": [{"why": "learn"}], "nmae": "x"}, "name"),
            ({"whys": [{"why": "learn"}], "dominnat": "x"}, "dominant"),
            (learn(declined=["scop"]), "scope"),
        ],
    )
    def test_nearest_name(self, document, wanted):
        """
        A misspelt name gets the one that was meant, and nothing else to read.
        """
        assert [fault.wanted for fault in faults(document)] == [wanted]

    @pytest.mark.parametrize("why", ["More Business", "more-business", "business", "MORE_BUSINESS", "more_busines"])
    def test_nearest_why(self, why):
        """
        A WHY is recognised by one of its words too, and all six are listed.
        """
        (fault,) = faults({"whys": [{"why": why}]})

        assert fault.wanted == f"more_business (known: {', '.join(WHYS)})"
        assert fault.given == repr(why)

    @pytest.mark.parametrize("name", ["fame", "x", "", "q" * 10_000, "\ud83c"], ids=ascii)
    def test_nothing_near(self, name):
        """
        Where nothing is near, all known names are listed; the fault stays short and can be printed.
        """
        why, key = faults({"whys": [{"why": name}, {"why": "learn", name: "x"}]})

        assert why.wanted == f"one of {', '.join(WHYS)}"
        assert key.wanted.startswith("one of why, statement, learn_kind, topic")
        assert len(why.given) <= 60
        assert str(key).encode()

    def test_pointer_can_always_be_written(self):
        """
        Half of a surrogate pair in a key is replaced in the pointer, so that the fault can be encoded.
        """
        assert places(learn(**{"a\ud83cé🎹/~": "x"})) == [("key.unknown", "/whys/0/a\ufffdé🎹~1~0")]

    def test_very_long_name(self):
        """
        No suggestion is sought for a name that is far too long to be a typing error.
        """
        # What is made ready when it is first used belongs to no count.
        places(learn(q="x"))
        with counted(most=1_000):
            found = places(learn() | {"q" * 5_000_000: "x"})

        assert found == [("key.unknown", "/" + "q" * 5_000_000)]

    def test_many_unknown_keys(self):
        """
        Suggestions are sought for the first of very many unknown names only.
        """
        found = faults(learn(**{f"topic{index}": "x" for index in range(900)}))

        assert [fault.wanted for fault in found[:50]] == ["topic"] * 50
        assert found[50].wanted.startswith("one of ")
        assert len(found) == 900

    @pytest.mark.parametrize(
        ("value", "given"),
        [
            (45, "a number"),
            (4.5, "a number"),
            (False, "true or false"),
            ({"years": "forty-five"}, "an object"),
            ([["forty-five"]], "a list"),
            (dt.date(1981, 5, 1), "a value of type date"),
        ],
    )
    def test_private_values_are_not_repeated(self, value, given):
        """
        A fault says what kind of value stands in an item, never the value.
        """
        (fault,) = faults({"whys": [{"why": "social_reasons", "age": value}]})

        assert fault.given == given

    def test_newer_format(self):
        """
        A document from a newer version is told apart from one of another kind.
        """
        (newer,) = faults(learn() | {"format": "kowhy.profile/10"})
        (other,) = faults(learn() | {"format": "kowhy.scorecard/2"})
        (older,) = faults(learn() | {"format": "kowhy.profile/0"})
        (strange,) = faults(learn() | {"format": "kowhy.profile/next"})

        assert newer.given == "'kowhy.profile/10'"
        assert newer.wanted == "kowhy.profile/1, the newest form that this version of kowhy reads"
        assert other.wanted == older.wanted == strange.wanted == "kowhy.profile/1"

    def test_null(self):
        """
        Whoever writes null is told to leave the key out.
        """
        assert faults(learn(topic=None))[0].wanted == "a text or a list of texts; or leave it out"

    def test_country_hint(self):
        """
        What the class finds keeps its own hint.
        """
        assert faults(learn() | {"country": "UK"})[0].wanted.endswith("such as GB")

    def test_core_item_declined(self):
        """
        A core item of the checklist in use cannot be declined; without one, kowhy's own checklist decides.
        """
        expected = [("item.core-declined", "/whys/0/declined/1")]

        assert places(learn(declined=["scope", "topic"]), checklists=CHECKLISTS) == expected
        assert places(learn(declined=["scope", "topic"])) == expected
        assert profile_from_dict(learn(declined=["topic"]), checklists={}).whys[0].declined == ("topic",)

    def test_core_item_given_and_declined(self):
        """
        One entry in a list is one fault.
        """
        assert places(learn(topic="x", declined=["topic"])) == [("item.given-and-declined", "/whys/0/declined/0")]

    def test_extra_item_given_and_declined(self):
        """
        Items of a checklist have states like any others.
        """
        assert places(learn(instrument="x", declined=["instrument"]), checklists=CHECKLISTS) == [
            ("item.given-and-declined", "/whys/0/declined/0")
        ]
        assert places(learn(instrument=5), checklists=CHECKLISTS) == [("type.wrong", "/whys/0/instrument")]

    def test_mapping_that_holds_itself(self):
        """
        A mapping that can only come from Python is refused like any other.
        """
        loop = {}
        loop["loop"] = [loop]

        assert places(learn(topic=loop) | {"loop": loop}) == [
            ("type.wrong", "/whys/0/topic"),
            ("key.unknown", "/loop"),
        ]

    def test_pickle_and_comparison(self):
        """
        The error travels between processes and compares by its faults.
        """
        with pytest.raises(InvalidProfileError) as caught:
            profile_from_dict(learn(topic=5))
        copy = pickle.loads(pickle.dumps(caught.value))

        assert type(copy) is InvalidProfileError
        assert copy.faults == caught.value.faults
        assert copy.faults == (
            Fault(code="type.wrong", pointer="/whys/0/topic", given="a number", wanted="a text or a list of texts"),
        )

    def test_no_cause_is_shown(self):
        """
        The error of the parser is noise and not shown with ours.
        """
        with pytest.raises(InvalidProfileError) as caught:
            profile_from_json("{")

        assert caught.value.__suppress_context__


class TestBeyondJson:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"name": "a", "name": "b", "whys": [{"why": "learn"}]}', [("json.duplicate-key", "/name")]),
            ('{"whys": [{"why": "learn", "topic": "a", "topic": "a"}]}', [("json.duplicate-key", "/whys/0/topic")]),
            (
                '{"whys": [{"why": "learn", "a/b": "a", "a/b": "a", "a/b": "a"}]}',
                [("json.duplicate-key", "/whys/0/a~1b"), ("key.unknown", "/whys/0/a~1b")],
            ),
            (
                '{"whys": [{"why": "learn", "why": "lern", "topic": NaN}]}',
                [
                    ("json.duplicate-key", "/whys/0/why"),
                    ("why.unknown", "/whys/0/why"),
                    ("json.constant", "/whys/0/topic"),
                ],
            ),
            ('{"whys": [{"why": "learn", "topic": NaN}]}', [("json.constant", "/whys/0/topic")]),
            ('{"whys": [{"why": "learn", "topic": ["a", -Infinity]}]}', [("json.constant", "/whys/0/topic/1")]),
            ('{"whys": [{"why": Infinity, "topic": "x"}]}', [("json.constant", "/whys/0/why")]),
            ('{"whys": [NaN]}', [("json.constant", "/whys/0")]),
            ('{"adult": NaN, "whys": [{"why": "learn"}]}', [("json.constant", "/adult")]),
            (
                '{"x": [{"y": [NaN, {"z": 1, "z": 2}]}], "whys": [{"why": "learn"}]}',
                [("key.unknown", "/x"), ("json.constant", "/x/0/y/0"), ("json.duplicate-key", "/x/0/y/1/z")],
            ),
            (
                '{"whys": [{"why": "learn", "topic": {"a": 1, "a": NaN}}]}',
                [
                    ("type.wrong", "/whys/0/topic"),
                    ("json.duplicate-key", "/whys/0/topic/a"),
                    ("json.constant", "/whys/0/topic/a"),
                ],
            ),
        ],
    )
    def test_found_wherever_it_is(self, text, expected):
        """
        Keys that stand twice and constants that JSON lacks are found at any depth.
        """
        assert places(text) == expected


class TestDraft:
    def test_sound_profile(self):
        """
        A finished profile is a draft without faults.
        """
        assert profile_from_dict(learn(topic="x"), draft=True) == Draft(profile=Profile(whys=Learn(topic="x")))

    def test_bad_parts_are_dropped_alone(self):
        """
        What is wrong goes, what stands beside it stays.
        """
        draft = profile_from_dict(
            {
                "name": "Zoë",
                "country": "UK",
                "adult": "yes",
                "dominant": "lern",
                "whys": [
                    {"why": "lern", "topic": "x"},
                    {
                        "why": "learn",
                        "topic": ["Satie", 5],
                        "scope": 6,
                        "tpoic": "x",
                        "purpose": "for weddings",
                        "statement": 7,
                        "declined": ["purpose", "level_now", "nonsense"],
                        "private": "topic",
                    },
                    {"why": "learn", "scope": "y"},
                    {"why": "more_business", "industry": "roofing"},
                ],
            },
            draft=True,
        )

        assert draft.profile == Profile(
            name="Zoë",
            whys=(
                Learn(topic="Satie", purpose="for weddings", declined=("level_now",)),
                MoreBusiness(industry="roofing"),
            ),
        )
        assert [(fault.code, fault.pointer) for fault in draft.faults] == [
            ("type.wrong", "/adult"),
            ("why.unknown", "/whys/0/why"),
            ("type.wrong", "/whys/1/topic/1"),
            ("type.wrong", "/whys/1/scope"),
            ("key.unknown", "/whys/1/tpoic"),
            ("type.wrong", "/whys/1/statement"),
            ("item.given-and-declined", "/whys/1/declined/0"),
            ("item.unknown", "/whys/1/declined/2"),
            ("type.wrong", "/whys/1/private"),
            ("why.repeated", "/whys/2"),
            ("country.unknown", "/country"),
        ]

    @pytest.mark.parametrize(
        "document", [{}, {"whys": []}, {"whys": [5]}, {"whys": 5}, 5, {"whys": [], "country": "x"}]
    )
    def test_nothing_sound(self, document):
        """
        Without a sound WHY there is no profile, only what is wrong.
        """
        draft = profile_from_dict(document, draft=True)

        assert draft.profile is None
        assert draft.faults == faults(document)

    def test_key_that_stands_twice(self):
        """
        Of a key that stands twice the last value counts, as in most readers of JSON.
        """
        draft = profile_from_json('{"whys": [{"why": "learn", "topic": "a", "topic": "b"}]}', draft=True)

        assert draft.profile == Profile(whys=Learn(topic="b"))
        assert [fault.code for fault in draft.faults] == ["json.duplicate-key"]


class TestWrite:
    def test_canonical_order(self):
        """
        Format first, then what describes the person, then the WHYs; in a WHY the items, then the lists.
        """
        why = Learn(
            extra={"z": "1", "a": ["2", "3"]},
            may_say="topic",
            private="topic",
            declined=("scope", "purpose"),
            time_plan="daily",
            topic="Satie",
            statement="I learn",
        )
        profile = Profile(whys=(why, MoreBusiness()), dominant="learn", adult=True, country="FR", name="Zoë")

        person = '"name": "Zoë", "country": "FR", "adult": true, "dominant": "learn"'
        items = '"statement": "I learn", "topic": "Satie", "time_plan": "daily", "a": ["2", "3"], "z": "1"'
        lists = '"declined": ["scope", "purpose"], "private": ["topic"], "may_say": ["topic"]'
        whys = f'{{"why": "learn", {items}, {lists}}}, {{"why": "more_business"}}'

        assert to_json(profile) == f'{{"format": "kowhy.profile/1", {person}, "whys": [{whys}]}}'

    def test_what_is_not_there_is_left_out(self):
        """
        An empty profile is short; a text that is there but empty stays.
        """
        assert to_dict(Profile(whys=Learn())) == {"format": "kowhy.profile/1", "whys": [{"why": "learn"}]}
        assert to_dict(Profile(name="", whys=Learn(statement=""))) == {
            "format": "kowhy.profile/1",
            "name": "",
            "whys": [{"why": "learn", "statement": ""}],
        }

    def test_indent(self):
        """
        The text can be laid out for people; it ends without a line break.
        """
        assert to_json(Profile(whys=Learn()), indent=1) == (
            '{\n "format": "kowhy.profile/1",\n "whys": [\n  {\n   "why": "learn"\n  }\n ]\n}'
        )

    def test_result_is_the_callers(self):
        """
        Whoever changes what they got changes no profile.
        """
        profile = Profile(whys=Learn(topic=("a", "b"), extra={"x": ("1", "2")}))
        to_dict(profile)["whys"][0]["topic"].append("c")

        assert to_dict(profile)["whys"][0]["topic"] == ["a", "b"]

    @pytest.mark.parametrize("value", [None, {}, Learn(), Draft(profile=None)])
    def test_nothing_else_is_written(self, value):
        """
        Only profiles, scorecards and plans have a published form.
        """
        with pytest.raises(TypeError, match="wanted a Profile, a Scorecard, a Plan or another"):
            to_dict(value)
