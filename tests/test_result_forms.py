"""
The published forms: profiles, scorecards and plans satisfy their schemas, in two engines, and wrong ones do not.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path

import attrs
import jsonschema_rs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from kowhy._frozen import FrozenMap
from kowhy.checklists import load_checklists
from kowhy.convert import Limits, profile_from_json, to_dict, to_json
from kowhy.engine import Engine
from kowhy.errors import Fault
from kowhy.plans import NearMiss, Plan, Recommendation, Sharpen, plain
from kowhy.rating.model import Reason
from kowhy.schemas import load_schema
from kowhy.scorecards import Dominance, Finding, ItemScore, Overlap, Scorecard, WhyScore
from kowhy.whys import COUNTRIES, WHYS, State
from tests.scored import cases

ROOM = Path(__file__).parents[1] / "examples" / "profiles"
GOOD = sorted(ROOM.glob("*.json"))
HARD = [path for path in sorted((ROOM / "hard").glob("*.json")) if path.stem not in ("unknown_why", "typo_keys")]
FORMS = ("profile", "scorecard", "plan")
SCHEMAS = {name: load_schema(name) for name in FORMS}
ENGINES = {
    name: (Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)) for name, schema in SCHEMAS.items()
}
ENGINE = Engine()


@cache
def profile(name):
    return profile_from_json((ROOM / f"{name}.json").read_text(encoding="utf-8"))


def verdicts(document, name):
    """
    What both engines say.
    """
    return [engine.is_valid(document) for engine in ENGINES[name]]


def item_score(**changes):
    fields = {
        "state": State.GIVEN,
        "answers": ("commercial roofing",),
        "levels": (3,),
        "rung": "specific",
        "level": 3,
        "credit": 1.0,
        "weight": 2,
        "core": False,
        "private": False,
        "points": 200,
        "gain": 0.0,
        "gain_to": None,
        "reasons": (Reason(code="signal.niche", words=("roofing",), text="A niche."),),
    }
    return ItemScore(**(fields | changes))


def card(**changes):
    """
    A scorecard in which every field says something.
    """
    score = WhyScore(
        checklist="urn:kowhy:checklist:more_business:1",
        score=37.14,
        points=520,
        full=1400,
        judged=1.0,
        band="category",
        clear=False,
        crisp=None,
        clean=True,
        items=FrozenMap({"industry": item_score()}),
    )
    fields = {
        "country": "US",
        "dominant": "more_business",
        "dominance": Dominance(how="explicit"),
        "whys": FrozenMap({"more_business": score}),
        "overlap": (Overlap(whys=("more_business", "learn"), items=("learn.topic",), words=("roof",)),),
        "findings": (Finding(code="clear.core-missing", why="more_business", item="offer", text="Missing."),),
    }
    return Scorecard(**(fields | changes))


def plan(**changes):
    """
    A plan with one of everything.
    """
    base = ENGINE.plan(profile("roofing_referrals"))
    where = attrs.evolve(base.where[0], sharpen=Sharpen(why="learn", item="topic", ask="Which?", gain=4.5))
    fields = {
        "where": (where, Recommendation.of("x.y", "where", name="a fair", find="fair in Leeds", because="They meet.")),
        "near_misses": (
            NearMiss(
                rule="r", part="say", why="learn", item="topic", ask="Which?", gain=4.5, wording=plain("a short talk")
            ),
        ),
        "problems": (Fault(code="plugin.import", source="package 1.0", given="ImportError()"),),
    }
    return attrs.evolve(base, **(fields | changes))


class TestScorecard:
    def test_form(self):
        """
        The form of a scorecard, key by key.
        """
        assert to_json(card()) == json.dumps(
            {
                "format": "kowhy.scorecard/1",
                "country": "US",
                "adult": False,
                "dominant": "more_business",
                "dominance": {"how": "explicit", "candidates": []},
                "whys": {
                    "more_business": {
                        "checklist": "urn:kowhy:checklist:more_business:1",
                        "score": 37.14,
                        "points": 520,
                        "full": 1400,
                        "judged": 1.0,
                        "band": "category",
                        "clear": False,
                        "crisp": None,
                        "clean": True,
                        "items": {
                            "industry": {
                                "state": "given",
                                "answers": ["commercial roofing"],
                                "levels": [3],
                                "rung": "specific",
                                "level": 3,
                                "rated": True,
                                "credit": 1.0,
                                "weight": 2,
                                "core": False,
                                "private": False,
                                "points": 200,
                                "gain": 0.0,
                                "gain_to": None,
                                "reasons": [{"code": "signal.niche", "words": ["roofing"], "text": "A niche."}],
                            }
                        },
                    }
                },
                "overlap": [{"whys": ["more_business", "learn"], "items": ["learn.topic"], "words": ["roof"]}],
                "findings": [
                    {"code": "clear.core-missing", "why": "more_business", "item": "offer", "text": "Missing."}
                ],
            }
        )

    def test_name_only_when_given(self):
        """
        A name stands in the form only when there is one, and a country is null when there is none.
        """
        assert list(to_dict(card(name="Dana")))[:2] == ["format", "name"]
        assert to_dict(card(country=None))["country"] is None

    def test_plain_values(self):
        """
        The form is made of what JSON has, so a schema can be applied to it without a detour.
        """
        found = to_dict(card())

        assert json.loads(json.dumps(found)) == found
        assert type(found["whys"]["more_business"]["items"]["industry"]["state"]) is str

    def test_hand_made(self):
        """
        The scorecard of this file satisfies the schema.
        """
        assert verdicts(to_dict(card(name="Dana")), "scorecard") == [True, True]

    @given(case=cases())
    def test_any_checklist(self, case):
        """
        So do scorecards from any checklist and any rating.
        """
        assert verdicts(to_dict(case.card()), "scorecard") == [True, True]


@pytest.mark.parametrize("path", [*GOOD, *HARD], ids=lambda path: path.stem)
class TestExamples:
    def test_profile(self, path):
        """
        An example satisfies the schema of profiles.
        """
        assert verdicts(json.loads(path.read_text(encoding="utf-8")), "profile") == [True, True]

    def test_scorecard(self, path):
        """
        Its scorecard satisfies the schema of scorecards, with and without private texts.
        """
        found = ENGINE.score(profile_from_json(path.read_bytes()))

        assert verdicts(to_dict(found), "scorecard") == [True, True]
        assert verdicts(to_dict(found.without_private()), "scorecard") == [True, True]
        assert json.loads(to_json(found)) == to_dict(found)

    def test_plan(self, path):
        """
        Its plan satisfies the schema of plans, whole, cut short and in the form to hand on.
        """
        found = ENGINE.plan(profile_from_json(path.read_bytes()))

        for one in (found, found.head(3), found.shareable()):
            assert verdicts(to_dict(one), "plan") == [True, True]
            assert json.loads(to_json(one)) == to_dict(one)


class TestPlan:
    def test_hand_made(self):
        """
        A plan with everything that a plan can hold satisfies the schema.
        """
        found = to_dict(plan())

        assert found["where"][0]["sharpen"]
        assert verdicts(found, "plan") == [True, True]
        assert verdicts(to_dict(Plan()), "plan") == [True, True]

    def test_emergency(self):
        """
        So does one that shows help instead of advice.
        """
        found = to_dict(ENGINE.plan((ROOM / "hard" / "danger_to_life.json").read_bytes()))

        assert found["emergency"]["numbers"]
        assert verdicts(found, "plan") == [True, True]


GONE = object()

#: The form, the place in it, and what stands there instead.
WRONG = [
    ("profile", ("format",), "kowhy.profile/2"),
    ("profile", ("whys",), GONE),
    ("profile", ("whys",), []),
    ("profile", ("whys",), {}),
    ("profile", ("whys", 0, "why"), "solve_problem"),
    ("profile", ("whys", 0, "why"), GONE),
    ("profile", ("whys", 0, "problm"), "x"),
    ("profile", ("whys", 0, "topic"), "an item of another WHY"),
    ("profile", ("whys", 0, "problem"), 5),
    ("profile", ("whys", 0, "problem"), None),
    ("profile", ("whys", 0, "problem"), ["a", 5]),
    ("profile", ("whys", 0, "problem"), {"text": "x"}),
    ("profile", ("whys", 0, "problem"), "x" * 10_001),
    ("profile", ("whys", 0, "problem"), ["x"] * 1_001),
    ("profile", ("whys", 0, "statement"), ["x"]),
    ("profile", ("whys", 0, "declined"), "whose"),
    ("profile", ("whys", 0, "declined"), ["topic"]),
    ("profile", ("whys", 0, "private"), ["statement"]),
    ("profile", ("whys", 0, "extra"), {}),
    ("profile", ("whys", 1), {"why": "solve_a_problem"}),
    ("profile", ("dominant",), "learn"),
    ("profile", ("dominant",), "nonsense"),
    ("profile", ("dominant",), None),
    ("profile", ("country",), "UK"),
    ("profile", ("country",), "us"),
    ("profile", ("adult",), 1),
    ("profile", ("adult",), "true"),
    ("profile", ("name",), 5),
    ("profile", ("nmae",), "x"),
    ("scorecard", ("format",), "kowhy.scorecard/2"),
    ("scorecard", ("country",), "UK"),
    ("scorecard", ("country",), GONE),
    ("scorecard", ("name",), None),
    ("scorecard", ("adult",), None),
    ("scorecard", ("dominant",), "fame"),
    ("scorecard", ("dominance",), "explicit"),
    ("scorecard", ("dominance", "how"), "guessed"),
    ("scorecard", ("dominance", "candidates"), GONE),
    ("scorecard", ("dominance", "candidates"), ["fame"]),
    ("scorecard", ("whys",), {}),
    ("scorecard", ("whys",), []),
    ("scorecard", ("whys", "fame"), {}),
    ("scorecard", ("whys", "more_business", "checklist"), None),
    ("scorecard", ("whys", "more_business", "score"), 100.01),
    ("scorecard", ("whys", "more_business", "score"), "37"),
    ("scorecard", ("whys", "more_business", "points"), 5.5),
    ("scorecard", ("whys", "more_business", "full"), -1),
    ("scorecard", ("whys", "more_business", "judged"), 1.1),
    ("scorecard", ("whys", "more_business", "band"), 3),
    ("scorecard", ("whys", "more_business", "clear"), None),
    ("scorecard", ("whys", "more_business", "crisp"), "yes"),
    ("scorecard", ("whys", "more_business", "clean"), GONE),
    ("scorecard", ("whys", "more_business", "items"), []),
    ("scorecard", ("whys", "more_business", "items", "industry", "state"), "maybe"),
    ("scorecard", ("whys", "more_business", "items", "industry", "answers"), "commercial roofing"),
    ("scorecard", ("whys", "more_business", "items", "industry", "levels"), [4]),
    ("scorecard", ("whys", "more_business", "items", "industry", "rung"), "top"),
    ("scorecard", ("whys", "more_business", "items", "industry", "level"), 4),
    ("scorecard", ("whys", "more_business", "items", "industry", "rated"), None),
    ("scorecard", ("whys", "more_business", "items", "industry", "credit"), 100),
    ("scorecard", ("whys", "more_business", "items", "industry", "weight"), 10),
    ("scorecard", ("whys", "more_business", "items", "industry", "core"), GONE),
    ("scorecard", ("whys", "more_business", "items", "industry", "private"), 0),
    ("scorecard", ("whys", "more_business", "items", "industry", "points"), -1),
    ("scorecard", ("whys", "more_business", "items", "industry", "gain"), -0.1),
    ("scorecard", ("whys", "more_business", "items", "industry", "gain_to"), "vague"),
    ("scorecard", ("whys", "more_business", "items", "industry", "reasons", 0, "words"), "roofing"),
    ("scorecard", ("overlap", 0, "whys"), ["learn"]),
    ("scorecard", ("overlap", 0, "items"), GONE),
    ("scorecard", ("findings", 0, "code"), ""),
    ("scorecard", ("findings", 0, "why"), "fame"),
    ("scorecard", ("findings", 0, "item"), 5),
    ("plan", ("format",), "kowhy.plan/2"),
    ("plan", ("country",), None),
    ("plan", ("name",), 5),
    ("plan", ("dominant",), GONE),
    ("plan", ("whys",), ["fame"]),
    ("plan", ("whys",), ["learn", "learn"]),
    ("plan", ("emergency",), None),
    ("plan", ("emergency",), {"code": "x", "text": "x", "numbers": [{"label": "x", "number": 112, "country": "FR"}]}),
    ("plan", ("where",), GONE),
    ("plan", ("where", 0, "id"), ""),
    ("plan", ("where", 0, "part"), "say"),
    ("plan", ("where", 0, "whys"), ["fame"]),
    ("plan", ("where", 0, "name"), None),
    ("plan", ("where", 0, "causes"), GONE),
    ("plan", ("where", 0, "causes", 0, "why"), "fame"),
    ("plan", ("where", 0, "causes", 0, "rung"), "top"),
    ("plan", ("where", 0, "rank", "total"), "9"),
    ("plan", ("where", 0, "rank", "parts"), {"needs": 0.5}),
    ("plan", ("where", 0, "sharpen", "gain"), -1),
    ("plan", ("near_misses", 0, "part"), "who"),
    ("plan", ("near_misses", 0, "gain"), "4.5"),
    ("plan", ("problems", 0, "code"), GONE),
    ("plan", ("packs",), [5]),
]


class TestWrong:
    @pytest.mark.parametrize(
        ("form", "place", "value"),
        WRONG,
        ids=[f"{index}-{form}-{'-'.join(map(str, place))}" for index, (form, place, _) in enumerate(WRONG)],
    )
    def test_both_engines_refuse(self, form, place, value):
        """
        One wrong value in a sound document, and both engines refuse it.
        """
        sound = {
            "profile": to_dict(profile("deposit_kept_private")),
            "scorecard": to_dict(card()),
            "plan": to_dict(plan()),
        }[form]
        wrong = copy.deepcopy(sound)
        inner = wrong
        for part in place[:-1]:
            inner = inner[part]
        if value is GONE:
            del inner[place[-1]]
        elif isinstance(inner, list) and place[-1] == len(inner):
            inner.append(value)
        else:
            inner[place[-1]] = value

        assert verdicts(sound, form) == [True, True]
        assert verdicts(wrong, form) == [False, False]


class TestSchemas:
    @pytest.mark.parametrize("why", WHYS)
    def test_items_of_profiles(self, why):
        """
        Each WHY has its items in order, with the title and the question of its checklist.
        """
        described = SCHEMAS["profile"]["$defs"][why]["properties"]
        items = {item.key: item for item in load_checklists()[why].items}
        keys = WHYS[why].item_keys()

        assert list(described) == ["why", "statement", *keys, "declined", "not_applicable", "private", "may_say"]
        assert SCHEMAS["profile"]["$defs"][f"{why}_item"]["enum"] == list(keys)
        assert {key: (described[key]["title"], described[key]["description"]) for key in keys} == {
            key: (items[key].title, items[key].ask) for key in keys
        }

    def test_limits_and_countries(self):
        """
        The schema of profiles has the limits and the countries of the package.
        """
        one, several = SCHEMAS["profile"]["$defs"]["answers"]["anyOf"]

        assert one["maxLength"] == several["items"]["maxLength"] == Limits().answer
        assert several["maxItems"] == Limits().answers
        assert SCHEMAS["profile"]["properties"]["country"]["enum"] == sorted(COUNTRIES)

    @pytest.mark.parametrize(
        ("cls", "place"),
        [
            (Scorecard, ()),
            (Dominance, ("properties", "dominance")),
            (WhyScore, ("$defs", "why")),
            (ItemScore, ("$defs", "item")),
            (Reason, ("$defs", "reason")),
            (Overlap, ("$defs", "overlap")),
            (Finding, ("$defs", "finding")),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_every_field_of_a_scorecard(self, cls, place):
        """
        Every field of the classes is described and required, apart from the name.
        """
        described = SCHEMAS["scorecard"]
        for part in place:
            described = described[part]
        fields = {field.name for field in attrs.fields(cls)} | ({"format"} if cls is Scorecard else set())

        assert set(described["properties"]) == fields
        assert set(described["required"]) == fields - {"name"}

    @pytest.mark.parametrize("form", ["scorecard", "plan"])
    def test_fields_may_be_added(self, form):
        """
        A reader with this schema takes documents of a later version with more fields.
        """
        document = to_dict({"scorecard": card, "plan": plan}[form]())

        assert verdicts(document | {"later": 1}, form) == [True, True]
        assert "may be added" in SCHEMAS[form]["description"]
