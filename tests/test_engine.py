"""
The engine: what it holds, what it takes, and how a review, plugins and the command share it.
"""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kowhy
from kowhy.engine import Engine
from kowhy.errors import InvalidProfileError, PluginError, UnknownNameError
from kowhy.packs import own_packs, pack_from_dict
from kowhy.plans import Recommendation

EXAMPLES = Path(__file__).parents[1] / "examples"
PIANO = {"whys": [{"why": "learn", "topic": "three Satie pieces from memory"}]}
ENGINE = Engine()


class Library:
    """
    A recommender that knows one place.
    """

    name = "library"

    def recommend(self, scorecard, *, options):
        """
        The music shelf, with what the options say.
        """
        return [Recommendation.of("shelf", "where", name="the music shelf", text=options.get("text", "borrow"))]


class Broken:
    """
    A recommender that fails.
    """

    name = "broken"

    def recommend(self, scorecard, *, options):
        """
        An exception.
        """
        raise RuntimeError


def pack(**rule):
    whole = {"id": "mine.one", "for": ["learn"], "because": "b", "venue": {"name": "my own hall"}} | rule
    return pack_from_dict({"pack": {"id": "mine", "title": "Mine"}, "rule": [whole]})


class TestSources:
    def test_every_form_of_a_profile(self):
        """
        A mapping, a text, bytes and an object score alike.
        """
        text = json.dumps(PIANO)
        forms = [PIANO, text, text.encode(), kowhy.profile_from_dict(PIANO)]

        assert len({ENGINE.score(form) for form in forms}) == 1

    def test_a_bad_one(self):
        """
        What is no profile is refused by every call.
        """
        for call in (ENGINE.score, ENGINE.plan, ENGINE.next_questions, ENGINE.profile):
            with pytest.raises(InvalidProfileError):
                call({"whys": []})

    def test_limits_are_the_engine_s(self):
        """
        An app may take less than kowhy would.
        """
        small = Engine(limits=kowhy.Limits(answer=5))

        with pytest.raises(InvalidProfileError, match=r"limit\.answer"):
            small.score(PIANO)

    @pytest.mark.parametrize("item", ["learn.fame", "fame.topic", "learn", ""])
    def test_an_item_that_is_none(self, item):
        """
        An unknown item is named beside what is known.
        """
        with pytest.raises(UnknownNameError) as caught:
            ENGINE.rate("piano", item)

        assert caught.value.faults[0].wanted


class TestWeights:
    def test_other_weights(self):
        """
        Weights change without a copy of the checklist; the engine they came from stays as it is.
        """
        before = ENGINE.score(PIANO).whys["learn"]
        after = ENGINE.with_weights({"learn": {"scope": 0}}).score(PIANO).whys["learn"]

        assert (before.full, after.full) == (1100, 1000)
        assert ENGINE.score(PIANO).whys["learn"] == before

    def test_unknown(self):
        """
        A WHY or an item that is not there is named.
        """
        for weights in ({"fame": {}}, {"learn": {"fame": 1}}):
            with pytest.raises(UnknownNameError, match="'fame'"):
                ENGINE.with_weights(weights)


class TestPacks:
    def test_a_pack_of_one_s_own(self):
        """
        A pack that is passed takes part beside kowhy's, and may change them.
        """
        engine = Engine(packs=[*own_packs(), pack(priority=500, replaces="learn.venue.class")])
        found = engine.plan(PIANO)

        assert found.where[0].name == "My own hall"
        assert "mine" in found.packs
        assert "learn.venue.class" not in [one.id for one in found.where]

    def test_what_goes_wrong_is_told(self):
        """
        What a pack cannot do stands in the plan, and raises when the engine is strict.
        """
        packs = [*own_packs(), pack(replaces="gone")]

        assert [fault.code for fault in Engine(packs=packs).plan(PIANO).problems] == ["rule.unknown"]
        with pytest.raises(PluginError, match=r"rule\.unknown"):
            Engine(packs=packs, strict=True).plan(PIANO)


class TestRecommenders:
    def test_takes_part_with_its_options(self):
        """
        A recommender adds to the plan, and hears its own options only.
        """
        engine = Engine(recommenders=[Library()], options={"library": {"text": "ask"}, "other": {}})
        found = engine.plan(PIANO)

        (mine,) = [one for one in found.where if one.pack == "library"]
        assert (mine.id, mine.text) == ("library.shelf", "Ask.")
        assert "library" in found.packs

    def test_one_that_fails_costs_only_its_part(self):
        """
        The plan is otherwise the one without it.
        """
        good, both = (Engine(recommenders=made).plan(PIANO) for made in ([Library()], [Library(), Broken()]))

        assert both.where == good.where
        assert [fault.code for fault in both.problems] == ["plugin.failed"]


class TestReview:
    def test_steps_of_a_review_come_first(self):
        """
        What the log says goes before the steps of the rules, and dismissed steps stay away.
        """
        ring = (EXAMPLES / "rings" / "gone_cold.json").read_text(encoding="utf-8")
        source = (EXAMPLES / "profiles" / "new_in_glasgow.json").read_text(encoding="utf-8")
        plain = kowhy.plan(source)
        review = kowhy.review(ring, plan=plain, today=dt.date(2026, 6, 1))

        found = kowhy.plan(source, review=review)
        added = [step for step in found.how if step not in plain.how]

        assert added
        assert found.how == (*added, *plain.how)
        assert [one.part for one in added] == ["how"] * len(added)
        fewer = kowhy.plan(source, review=review, dismissed=[added[0].id])
        assert fewer.how == found.how[1:]


class TestShared:
    def test_threads_may_share_one(self):
        """
        Many threads get what one gets.
        """
        sources = [path.read_text(encoding="utf-8") for path in sorted((EXAMPLES / "profiles").glob("*.json"))]
        alone = [ENGINE.plan(source).head(3) for source in sources]

        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda source: Engine.plan(ENGINE, source).head(3), sources))

        assert together == alone

    def test_the_functions_of_the_package_use_one_engine(self):
        """
        They say what the default engine says.
        """
        assert kowhy.score(PIANO) == ENGINE.score(PIANO)
        assert kowhy.next_questions(PIANO, limit=2) == ENGINE.next_questions(PIANO, limit=2)
        assert kowhy.rate("piano", "learn.topic") == ENGINE.rate("piano", "learn.topic")
        assert kowhy.plan(PIANO).where == ENGINE.plan(PIANO).where


def test_named_checklists_stand_in(monkeypatch):
    """
    A text names the plugin whose checklists judge.
    """
    learn = kowhy.load_checklists()["learn"].with_weights({"scope": 0})
    monkeypatch.setattr("kowhy.engine.named_checklists", lambda name, **_: (learn,) if name == "mine" else ())

    assert Engine(checklists="mine").score(PIANO).whys["learn"].full == 1000


def test_explanations_have_a_json_form():
    """
    What became of a rule is data as well.
    """
    found = kowhy.to_dict(ENGINE.explain(PIANO, "learn.venue.class"))

    assert json.loads(json.dumps(found)) == found
    assert found["state"] in ("fired", "near", "not_fired")
