"""
The kit fails well: each plugin that is broken on purpose breaks a law, in words that say what to mend.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import sys
import types
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kowhy.testing
from kowhy import MissingExtraError, Rating, Recommendation
from kowhy.checklists import Checklist, checklist_from_dict
from kowhy.engine import Engine
from kowhy.packs import pack_from_dict
from kowhy.rating import Ask, EnglishRater
from kowhy.schemas import load_schema
from kowhy.scorecards import Scorecard
from kowhy.testing import (
    ChecklistConformance,
    PackConformance,
    RaterConformance,
    RecommenderConformance,
    answers,
    packs,
    profiles,
    scorecards,
)
from kowhy.testing.laws import KIT, LONGEST, fail, for_all
from kowhy.whys import Profile
from tests.installs import PACK

COUNT = itertools.count()
FITS = {"whys": [{"why": "learn", "topic": "playing the church organ"}]}


def hall(id_="hall", name="the town hall", because="They play there."):
    texts = {"name": name, "because": because}
    return Recommendation.of(id_, "where", **{key: text for key, text in texts.items() if text})


@attrs.frozen
class Made:
    """
    A recommender from a function.
    """

    make: Callable

    def recommend(self, scorecard, *, options):
        return self.make(scorecard, options)


def with_card(make):
    return Made(lambda *given: make(given[0]))


def with_options(make):
    return Made(lambda *given: make(given[1]))


def always(make):
    return Made(lambda *_: make())


class Narrow:
    """
    A recommender that takes no options.
    """

    def recommend(self, scorecard):
        return [hall()]


def shouts():
    print("looking")  # noqa: T201  # this is what is wrong with it
    return [hall()]


def dice():
    return [hall(name=f"hall {random.random()}")]  # noqa: S311  # and this with the next


#: Law, what a recommender does, and the words of the failure.
RECOMMENDERS = {
    "wrong signature": (
        "test_it_keeps_the_contract",
        Narrow(),
        "it [kowhy.venues] it: plugin.misfit; got Narrow with recommend(scorecard); wanted an object or module",
    ),
    "fails on some scorecards": (
        "test_it_never_fails",
        with_card(lambda card: [hall(name=card.whys["learn"].items["topic"].answers[0])]),
        "A recommender copes with any scorecard.\n  it: plugin.failed; got KeyError: 'learn'",
    ),
    "returns nothing": (
        "test_it_never_fails",
        always(lambda: None),
        "plugin.junk; got NoneType; wanted an iterable of kowhy.Recommendation",
    ),
    "floods": (
        "test_it_never_fails",
        always(lambda: (hall(str(number)) for number in itertools.count())),
        "plugin.flood; got more than 100; wanted at most 100",
    ),
    "fills another part": (
        "test_it_never_fails",
        always(lambda: [Recommendation.of("x", "say", name="x", say="x")]),
        "plugin.junk; got 'x' with the part 'say'; wanted the part where",
    ),
    "changes what it is given": (
        "test_it_never_fails",
        with_options(lambda options: options.update(seen=True) or []),
        "AttributeError: 'FrozenMap' object has no attribute 'update'",
    ),
    "needs options": (
        "test_it_works_without_options",
        with_options(lambda options: [hall(options["place"])]),
        "A recommender does not fail where no options are given.\n  it: plugin.failed; got KeyError: 'place'",
    ),
    "counts": (
        "test_it_says_the_same_again",
        always(lambda: [hall(f"hall-{next(COUNT)}")]),
        "A recommender gives the same for the same.\n  first: {'id': 'it.hall-",
    ),
    "throws dice": (
        "test_it_says_the_same_again",
        always(dice),
        "A recommender gives the same for the same.",
    ),
    "prints": ("test_it_prints_nothing", always(shouts), "A recommender prints nothing.\n  printed: 'looking"),
    "recommends nothing": (
        "test_it_recommends_something",
        always(list),
        "A recommender recommends something to the profile in fits.\n  fits: {'whys'",
    ),
    "gives no reason": (
        "test_it_says_why",
        always(lambda: [hall(because="")]),
        "Each recommendation has a text because.\n  without one: it.hall",
    ),
    "leaves a slot open": (
        "test_its_texts_have_no_gaps",
        always(lambda: [hall(name="the {place} hall")]),
        "A text reads as a person would say it.\n  it.hall name: 'The {place} hall'\n  has ('{', '}')",
    ),
    "says None": (
        "test_its_texts_have_no_gaps",
        with_card(lambda card: [hall(because=f"It is in {card.country}.")]),
        "it.hall because: 'It is in None.'\n  has ('None',)",
    ),
    "tells the name": (
        "test_its_ids_do_not_depend_on_the_person",
        with_card(lambda card: [hall(f"for-{card.name}")]),
        "Ids do not depend on the person's name.\n  for Ada: ['it.for-Ada']\n  for Grace: ['it.for-Grace']",
    ),
}


def failure(kit, law, **fields):
    """
    The words with which a law fails for a plugin.
    """
    case = type("TestIt", (kit,), fields)()
    with pytest.raises(AssertionError) as caught:
        getattr(case, law)()
    return str(caught.value)


def laws(kit):
    return [name for name in vars(kit) if name.startswith("test_")]


class TestRecommenders:
    @pytest.mark.parametrize("case", RECOMMENDERS)
    def test_the_law_says_what_is_wrong(self, case):
        """
        A broken recommender breaks the law that it should, in words that say what to mend.
        """
        law, made, words = RECOMMENDERS[case]

        assert words in failure(RecommenderConformance, law, recommender=made, part="where", fits=FITS)

    def test_each_law_can_be_broken(self):
        """
        The table above leaves out no law.
        """
        assert {law for law, _, _ in RECOMMENDERS.values()} == set(laws(RecommenderConformance))


GOOD_PACK = PACK.format(id="p")

#: Law, the files of a pack, and the words of the failure.
PACKS = {
    "nothing there": ("test_there_is_a_pack", {}, "A package of packs brings rules.\n  no file *.toml"),
    "nothing in it": (
        "test_there_is_a_pack",
        {"x.toml": '[pack]\nid = "p"\ntitle = "P"\n'},
        "A package of packs brings rules.\n  no rule in p",
    ),
    "no toml": (
        "test_nothing_is_wrong_with_it",
        {"x.toml": "[pack"},
        "kowhy check finds nothing wrong.\n  x.toml: file.syntax; got",
    ),
    "unknown item": (
        "test_nothing_is_wrong_with_it",
        {"x.toml": GOOD_PACK.replace("because", 'needs = { fame = "named" }\nbecause')},
        "x.toml#/rule/0/needs/fame: item.unknown; got 'fame'; wanted an item of learn: learn_kind, topic",
    ),
    "never spoken": (
        "test_nothing_is_wrong_with_it",
        {"x.toml": GOOD_PACK.replace("the p fair", "{time_plan|verb}")},
        "x.toml#/rule/0/venue: sentence.never-renders; got 'p.fair'; wanted texts whose slots some answer can fill",
    ),
    "an id of kowhy": (
        "test_nothing_is_wrong_with_it",
        {"x.toml": GOOD_PACK.replace("p.fair", Engine().packs[0].rules[0].id)},
        "wanted an id that kowhy's own packs has not; to take its place, write replaces",
    ),
    "changes others unasked": (
        "test_it_changes_nothing_unasked",
        {"x.toml": GOOD_PACK.replace("title", f'disables = ["{Engine().packs[0].rules[0].id}"]\ntitle')},
        "A pack changes other packs only on purpose: say changes = True.\n  p replaces, disables or overrides rules",
    ),
    "gaps": (
        "test_its_texts_have_no_gaps",
        {"x.toml": GOOD_PACK.replace("the p fair", "the fair ()")},
        "A text reads as a person would say it.\n  p.fair name: 'The fair ()'\n  has ('()',)",
    ),
}


class TestPacks:
    @pytest.mark.parametrize("case", PACKS)
    def test_the_law_says_what_is_wrong(self, tmp_path, case):
        """
        A broken pack breaks the law that it should, in words that say what to mend.
        """
        law, content, words = PACKS[case]
        for name, text in content.items():
            (tmp_path / name).write_text(text, encoding="utf-8")

        assert words in failure(PackConformance, law, folder=tmp_path)

    def test_a_pack_that_cannot_be_used_fails_each_law(self, tmp_path):
        """
        No law passes by looking at nothing.
        """
        (tmp_path / "x.toml").write_text("[pack", encoding="utf-8")

        for law in laws(PackConformance):
            assert "x.toml: file.syntax" in failure(PackConformance, law, folder=tmp_path)

    def test_a_plan_with_problems_is_told(self, tmp_path, monkeypatch):
        """
        A problem that shows only in a plan breaks the law of plans.
        """
        (tmp_path / "x.toml").write_text(GOOD_PACK, encoding="utf-8")
        (tmp_path / "y.toml").write_text(GOOD_PACK.replace('id = "p"', 'id = "q"'), encoding="utf-8")
        # Only the checks of the files would notice, so they are made to look away.
        monkeypatch.setattr("kowhy.linting._ids_twice", lambda _: [])

        words = failure(PackConformance, "test_plans_have_no_problems", folder=tmp_path)

        assert words.startswith("A plan with the pack has no problems.\n  q: rule.repeated; got 'p.fair'")

    def test_sharing_that_adds_is_told(self, tmp_path, monkeypatch):
        """
        A shared plan that holds more than the plan breaks the law of sharing.
        """
        (tmp_path / "x.toml").write_text(GOOD_PACK, encoding="utf-8")
        more = Recommendation.of("new", "where", name="x")
        monkeypatch.setattr(
            "kowhy.plans.Plan.shareable",
            lambda plan: attrs.evolve(plan, where=(*plan.where, attrs.evolve(more, pack="p"))),
        )

        words = failure(PackConformance, "test_what_is_shared_is_a_part_of_the_plan", folder=tmp_path)

        assert words.startswith("Sharing a plan takes away and adds nothing.\n  added: new\n  for: ")

    def test_without_a_folder(self):
        """
        A test class that does not say what it tests is told so.
        """
        words = failure(PackConformance, "test_there_is_a_pack")

        assert words == "The test class says what it tests.\n  wanted: package = the package with the folder packs"

    def test_a_package_without_the_folder(self):
        """
        A package in which the folder is missing brings no rules.
        """
        package = sys.modules["kowhy.sentences"]

        assert "no file *.toml" in failure(PackConformance, "test_there_is_a_pack", package=package)


def learn(**changes):
    """
    The checklist for Learn with changes in its items; an item that becomes ``None`` goes.
    """
    schema = load_schema("checklists/learn")
    for key, change in changes.items():
        if change is None:
            del schema["properties"][key]
        else:
            schema["properties"][key] = schema["properties"].get(key, {}) | change
    return json.dumps(schema)


VAGUE = {"vague": ["playing the church organ"], "specific": ["something new"]}

#: Law, the text of a checklist or nothing, and the words of the failure.
CHECKLISTS = {
    "nothing there": ("test_there_is_a_checklist", None, "A package of checklists brings one.\n  no file *.json"),
    "no json": ("test_nothing_is_wrong_with_it", "{", "kowhy check finds nothing wrong.\n  x.json: file.syntax"),
    "no weight": (
        "test_nothing_is_wrong_with_it",
        learn(topic={"x-kowhy-weight": "heavy"}),
        "x.json#/properties/topic/x-kowhy-weight: type.wrong; got 'heavy'",
    ),
    "examples the wrong way round": (
        "test_nothing_is_wrong_with_it",
        learn(topic={"x-kowhy-examples": VAGUE}),
        "example.not-more-specific; got 'something new'",
    ),
    "items lost": (
        "test_it_keeps_what_rules_ask_for",
        learn(scope=None, purpose=None),
        "A checklist keeps the items that rules ask for, or says drops = (…).\n  lost: learn.purpose, learn.scope",
    ),
    "no good score": (
        "test_its_examples_lead_to_a_good_score",
        learn(**{key: {"x-kowhy-examples": {}} for key in load_schema("checklists/learn")["properties"]}),
        "Specific answers to everything earn at least 50 points.\n  learn: 0.0 of 100",
    ),
}


class TestChecklists:
    @pytest.mark.parametrize("case", CHECKLISTS)
    def test_the_law_says_what_is_wrong(self, tmp_path, case):
        """
        A broken checklist breaks the law that it should, in words that say what to mend.
        """
        law, text, words = CHECKLISTS[case]
        if text is not None:
            (tmp_path / "x.json").write_text(text, encoding="utf-8")

        assert words in failure(ChecklistConformance, law, folder=tmp_path)

    def test_what_is_left_out_on_purpose(self, tmp_path):
        """
        An item that the author drops knowingly is no failure.
        """
        (tmp_path / "x.json").write_text(learn(scope=None), encoding="utf-8")

        law = "test_it_keeps_what_rules_ask_for"
        kit = type("TestIt", (ChecklistConformance,), {"folder": tmp_path, "drops": ("learn.scope",)})

        assert "lost: learn.scope" in failure(ChecklistConformance, law, folder=tmp_path)
        assert getattr(kit(), law)() is None

    @pytest.mark.parametrize(
        ("shift", "words"),
        [
            (lambda _: 101.0, "A score stands between 0 and 100.\n  learn: 101.0"),
            (lambda profile: 50.0 - len(profile.whys[0].declined), "Declining costs nothing.\n  learn: 5"),
        ],
    )
    def test_scores_that_break_the_laws_of_scoring(self, tmp_path, monkeypatch, shift, words):
        """
        A score out of bounds, or one that declining lowers, is told.
        """
        (tmp_path / "x.json").write_text(learn(), encoding="utf-8")
        monkeypatch.setattr(
            "kowhy.testing.checklists.score_profile",
            lambda profile, **_: types.SimpleNamespace(whys={"learn": types.SimpleNamespace(score=shift(profile))}),
        )

        assert failure(ChecklistConformance, "test_declining_costs_nothing", folder=tmp_path).startswith(words)


@attrs.frozen
class Rates:
    """
    A rater from a function.
    """

    make: Callable

    def rate(self, text, *, ask=None):
        return self.make(text)


def rater(make):
    """
    What makes a rater that rates with the function *make*.
    """
    return staticmethod(lambda: Rates(make))


def stumbles(text):
    return Rating(value=text.encode()[0] / 255 if text else 0.0)


#: Law, what makes a rater, and the words of the failure.
RATERS = {
    "no rater": (
        "test_it_makes_a_rater",
        staticmethod(dict),
        "make() makes a rater.\n  given: dict without rate(text, *, ask)",
    ),
    "stumbles": ("test_it_rates_anything", rater(stumbles), "A rater rates any text.\n  text: "),
    "gives a number": ("test_it_rates_anything", rater(len), "A rater answers with a Rating.\n  text: '"),
    "gives too much": (
        "test_it_rates_anything",
        rater(lambda _: Rating(value=1.5)),
        "A value stands between 0 and 1, or is None.",
    ),
    "zeroes but pays": (
        "test_it_rates_anything",
        rater(lambda _: Rating(value=0.5, zero="junk")),
        "What is zeroed has the value 0.",
    ),
    "gives texts for reasons": (
        "test_it_rates_anything",
        rater(lambda _: Rating(value=0.5, reasons=("why not",))),
        "Reasons are of the type Reason.",
    ),
    "remembers": (
        "test_it_says_the_same_again",
        rater(lambda _: Rating(value=next(COUNT) % 7 / 7)),
        "The same text has the same rating.",
    ),
    "pays for nothing": (
        "test_nothing_earns_nothing",
        rater(lambda _: Rating(value=0.5)),
        "An empty answer earns nothing.\n  text: ''\n  given: 0.5",
    ),
    "pays for length": (
        "test_saying_it_twice_earns_no_more",
        rater(lambda text: Rating(value=min(1.0, len(text) / 100))),
        "Repeating an answer earns no more.",
    ),
    "tells nothing apart": (
        "test_specific_answers_earn_more",
        rater(lambda _: Rating(value=0.5)),
        "A more specific answer to learn.topic earns more.\n  'music' has 0.5, 'playing the church organ' has 0.5",
    ),
}


class TestRaters:
    @pytest.mark.parametrize("case", RATERS)
    def test_the_law_says_what_is_wrong(self, case):
        """
        A broken rater breaks the law that it should, in words that say what to mend.
        """
        law, make, words = RATERS[case]
        ladders = (("learn.topic", "music", "playing the church organ"),)

        assert words in failure(RaterConformance, law, make=make, ladders=ladders)

    def test_each_law_can_be_broken(self):
        """
        The table above leaves out no law.
        """
        assert {law for law, _, _ in RATERS.values()} == set(laws(RaterConformance))

    def test_without_ladders(self):
        """
        A rater that shows nothing that it can tell apart is not believed.
        """
        words = failure(RaterConformance, "test_specific_answers_earn_more", make=EnglishRater)

        assert words.startswith("A rater shows what it can tell apart.\n  wanted: ladders")


class TestStrategies:
    @KIT
    @given(made=packs())
    def test_packs_are_sound(self, made):
        """
        Each pack that the kit makes can be used, and so is as an author would write it.
        """
        assert len(pack_from_dict(made).rules) == len(made["rule"])

    @KIT
    @given(profile=profiles(whys=("learn", "social_reasons")), card=scorecards(whys=("learn",)))
    def test_profiles_hold_what_was_asked_for(self, profile, card):
        """
        Only the WHYs that were asked for stand in profiles and scorecards.
        """
        assert isinstance(profile, Profile)
        assert {why.why for why in profile.whys} <= {"learn", "social_reasons"}
        assert isinstance(card, Scorecard)
        assert set(card.whys) == {"learn"}

    @KIT
    @given(text=answers())
    def test_answers_to_nothing_in_particular(self, text):
        """
        Answers are texts, also where no item asks for them.
        """
        assert isinstance(text, str)


class TestWords:
    def test_a_long_case_is_cut(self):
        """
        A failure stays readable, however long the answer is.
        """
        with pytest.raises(AssertionError) as caught:
            for_all(st.just("x" * 3 * LONGEST), lambda _: fail("A law."))
        assert str(caught.value).startswith("A law.\n  for: 'x")
        assert len(str(caught.value)) < LONGEST + 50

    def test_a_text_and_its_question(self):
        """
        A rating that breaks a law is shown with the item that was asked for.
        """
        ask = Ask(why="learn", item="topic", kind="topic")

        with pytest.raises(AssertionError) as caught:
            for_all(st.tuples(st.just("music"), st.just(ask)), lambda _: fail("A law."))
        assert str(caught.value) == "A law.\n  for: 'music' as an answer to learn.topic"

    def test_an_item_of_a_checklist(self, tmp_path):
        """
        What a profile says under items of another checklist is shown as well.
        """
        (tmp_path / "x.json").write_text(learn(instrument=json.loads(learn())["properties"]["topic"]), encoding="utf-8")
        made = checklist_from_dict(json.loads((tmp_path / "x.json").read_text(encoding="utf-8")))
        values = profiles(checklists={"learn": made}, whys=("learn",)).filter(lambda one: one.whys[0].extra)

        with pytest.raises(AssertionError, match="'instrument': "):
            for_all(values, lambda _: fail("A law."))


class TestImport:
    @pytest.mark.parametrize("missing", ["hypothesis", "pytest"])
    def test_it_says_what_to_install(self, monkeypatch, missing):
        """
        Where a package that the kit needs is missing, the error says what to install.
        """
        found = importlib.util.find_spec
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == missing else found(name))

        with pytest.raises(MissingExtraError, match=r"pip install 'kowhy\[test\]'"):
            importlib.reload(kowhy.testing)

    def test_a_checklist_with_items_of_its_own(self):
        """
        Profiles answer the items that another checklist adds.
        """
        schema = json.loads(learn())
        schema["properties"]["instrument"] = schema["properties"]["topic"]
        made: Checklist = checklist_from_dict(schema)
        seen = []

        @KIT
        @given(profile=profiles(checklists={"learn": made}, whys=("learn",)))
        def look(profile):
            seen.append(bool(profile.whys[0].answers("instrument")))

        look()
        assert {True, False} == set(seen)
