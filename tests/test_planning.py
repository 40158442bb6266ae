"""
From what fired to a plan.
"""

from __future__ import annotations

import gc
import pickle
import weakref

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy import filed, planning
from kowhy._frozen import FrozenMap
from kowhy.matching import Matcher
from kowhy.packs import pack_from_dict
from kowhy.planning import make_plan
from kowhy.plans import PARTS, Recommendation
from kowhy.sentences import Sentence
from kowhy.whys import State
from tests.cards import CHECKLISTS, card, item


def pack(*rules, phrase=None):
    """
    A pack of *rules*, each completed to a plain venue for Learn.
    """
    done = []
    for index, table in enumerate(rules):
        whole = {"id": f"r{index}", "for": ["learn"], "because": "it fits"} | table
        if not {"venue", "script", "person", "step"} & set(whole):
            whole["venue"] = {"name": f"place {whole['id']}"}
        done.append(whole)
    table = {"pack": {"id": "p", "title": "P"}, "rule": done}
    if phrase:
        table["phrase"] = phrase
    return pack_from_dict(table, checklists=CHECKLISTS)


def plan(scorecard, *rules, phrase=None, **options):
    made = pack(*rules, phrase=phrase)
    return make_plan(scorecard, Matcher.of(made.rules).match(scorecard), checklists=CHECKLISTS, **options)


class TestTexts:
    def test_answers_stand_in_the_texts(self):
        """
        A recommendation names the person's own details and says why it fits.
        """
        found = plan(
            card(learn={"topic": item("Jazz piano")}),
            {
                "needs": {"topic": "named"},
                "because": "people play {topic} there",
                "venue": {"name": "a jam session for {topic}", "text": "go early", "find": "{topic} jam"},
            },
        ).where[0]

        assert found.name == "A jam session for jazz piano"
        assert found.text == "Go early."
        assert found.because == "People play jazz piano there."
        assert found.find == "Jazz piano jam"

    def test_vague_answers_do_not(self):
        """
        A vague answer never reaches a sentence; the part in brackets goes without it.
        """
        found = plan(
            card(learn={"topic": item("music", level=1)}), {"venue": {"name": "an evening class[ for {topic}]"}}
        ).where[0]

        assert found.name == "An evening class"

    def test_script_and_step(self):
        """
        A script is what one says; a step is when and then, and may name the first place.
        """
        found = plan(
            card(name="Dana", learn={}),
            {"venue": {"name": "the library"}},
            {"script": {"name": "Hello", "moment": "you meet", "say": "hello[, I'm {name}]"}},
            {"step": {"when": "Monday comes", "then": "go to {place}", "count": "once", "stop": "stop after two"}},
        )

        assert (found.say[0].text, found.say[0].moment) == ("Hello, I'm Dana.", "You meet.")
        assert found.how[0].text == "When Monday comes, then go to the library."
        assert (found.how[0].count, found.how[0].stop) == ("Once.", "Stop after two.")

    def test_step_that_needs_a_place_is_dropped_without_one(self):
        """
        A step never speaks of a place that the plan does not have.
        """
        found = plan(card(learn={}), {"step": {"when": "Monday comes", "then": "go to {place}"}})

        assert found.how == ()

    def test_foreign_answers_are_quoted(self):
        """
        An answer that was not rated is only quoted.
        """
        found = plan(
            card(learn={"topic": item("Klavier spielen", level=2, rated=False)}),
            {"needs": {"topic": "named"}, "venue": {"name": "a class for {topic}"}},
        )

        assert found.where[0].name == "A class for “Klavier spielen”"

    def test_second_recommendation_of_a_rule_has_its_own_id(self):
        """
        Several recommendations of one rule are told apart by number.
        """
        found = plan(
            card(learn={}), {"id": "x", "venue": [{"name": "one"}, {"name": "two"}], "person": {"name": "three"}}
        )

        assert [one.id for one in found.recommendations] == ["x.1", "x.2", "x.3"]


class TestPrivate:
    RULES = (
        {"id": "say", "script": {"name": "Say", "moment": "now", "say": "I have {problem}"}},
        {"id": "say-less", "script": {"name": "Less", "moment": "now", "say": "I need help[ with {problem}]"}},
        {"id": "by-need", "needs": {"problem": "named"}, "venue": {"name": "a clinic", "find": "{problem} clinic"}},
        {"id": "by-word", "mentions": {"problem": ["debt"]}, "venue": {"name": "a debt adviser"}},
        {"id": "by-name", "needs": {"problem": "named"}, "person": {"name": "someone who knows {problem}"}},
    )

    @staticmethod
    def make(**problem):
        rules = [table | {"for": ["solve_a_problem"]} for table in TestPrivate.RULES]
        return plan(card(solve_a_problem=problem), *rules)

    def test_private_texts_are_read_but_never_said(self):
        """
        A private answer may select a place and a search, but no script holds it.
        """
        found = self.make(problem=item("credit card debt", private=True))

        assert [one.id for one in found.say] == ["say-less"]
        assert found.say[0].text == "I need help."
        assert {one.id for one in found.where} == {"by-need", "by-word"}
        assert "credit card debt" in next(one for one in found.where if one.id == "by-need").find.lower()
        assert "debt" in found.whom[0].name

    def test_shareable_plan_holds_nothing_private(self):
        """
        The shareable form has neither the private text nor what only private words called for.
        """
        found = self.make(problem=item("credit card debt", private=True)).shareable()

        assert [one.id for one in found.where] == ["by-need"]
        assert found.whom == ()
        assert "debt" not in str(found._to_dict_()).lower()

    def test_a_step_never_shares_the_name_of_a_private_place(self):
        """
        A step names the first place; where that place must not be shared, neither is its name.
        """
        rules = [
            {
                "for": ["solve_a_problem"],
                "mentions": {"problem": ["bereave*"]},
                "venue": {"name": "a group for the bereaved"},
            },
            {"for": ["solve_a_problem"], "step": {"when": "Monday comes", "then": "go [to {place}|there]"}},
            {"for": ["solve_a_problem"], "step": {"when": "Friday comes", "then": "ring {place}"}},
            {"for": ["solve_a_problem"], "step": {"when": "you think of {problem}", "then": "rest"}},
        ]
        found = plan(card(solve_a_problem={"problem": item("bereavement", private=True)}), *rules)

        assert [one.text for one in found.how] == [
            "When Monday comes, then go to a group for the bereaved.",
            "When Friday comes, then ring a group for the bereaved.",
            "When you think of bereavement, then rest.",
        ]
        assert [one.text for one in found.shareable().how] == ["When Monday comes, then go there."]

    def test_a_step_names_the_place_of_its_own_why(self):
        """
        With two WHYs each step names the first place of its own one.
        """
        rules = [{"for": [why], "venue": {"name": f"a place for {why}"}} for why in ("land_a_job", "learn")] + [
            {"for": ["learn"], "step": {"when": "Monday comes", "then": "go to {place}"}}
        ]
        found = plan(card(dominant="land_a_job", land_a_job={}, learn={}), *rules)

        assert found.how[0].text == "When Monday comes, then go to a place for learn."

    def test_steps_of_two_packs_name_the_same_place(self):
        """
        What a plan recommends first is the same for the steps of every pack.
        """
        step = {"id": "step", "step": {"when": "Monday comes", "then": "go to {place}"}}
        rules = [
            *pack(
                {"id": "hall", "venue": {"name": "the hall"}}, step, phrase={"p": {"item": "topic", "noun": "{it}"}}
            ).rules,
            *pack(step | {"id": "other"}, phrase={"q": {"item": "topic", "noun": "{it}"}}).rules,
        ]
        scorecard = card(learn={})
        found = make_plan(scorecard, Matcher.of(rules).match(scorecard), checklists=CHECKLISTS)

        assert [one.text for one in found.how] == ["When Monday comes, then go to the hall."] * 2

    def test_same_text_elsewhere_is_private_too(self):
        """
        A text that is private in one item is not said from another.
        """
        rule = {
            "for": ["solve_a_problem"],
            "script": {"name": "Say", "moment": "now", "say": "I tried[ {tried}| several things]"},
        }
        found = plan(card(solve_a_problem={"problem": item("Debt", private=True), "tried": item("debt ")}), rule)

        assert found.say[0].text == "I tried several things."

    @given(st.text(min_size=6, max_size=30).filter(lambda text: text.strip() == text and text.isprintable()))
    def test_law_9(self, secret):
        """
        Whatever the private text is, it stands in no script and in nothing shareable.
        """
        secret = f"secret{secret}"
        found = self.make(problem=item(secret, private=True))

        assert all(secret.casefold() not in one.text.casefold() for one in found.say)
        assert secret.casefold() not in str(found.shareable()._to_dict_()).casefold()
        assert secret.casefold() not in repr(found).casefold()


class TestRank:
    def test_order_is_by_rank_then_id(self):
        """
        The sum of the named parts decides, then the id.
        """
        found = plan(
            card(learn={"topic": item("x")}),
            {"id": "b"},
            {"id": "a"},
            {"id": "needs", "needs": {"topic": "named"}},
            {"id": "first", "priority": 100},
        ).where

        assert [one.id for one in found] == ["first", "needs", "a", "b"]
        assert found[1].rank == {
            "needs": 8,
            "mentions": 0,
            "specificity": 9,
            "dominant": 45,
            "together": 0,
            "priority": 0,
            "several": 0,
        }
        assert found[1].total == 62

    def test_dominant_why_leads(self):
        """
        What serves the dominant WHY comes before what serves another.
        """
        found = plan(
            card(dominant="pay_it_forward", learn={}, pay_it_forward={}),
            {"id": "a"},
            {"id": "z", "for": ["pay_it_forward"]},
        )

        assert [one.id for one in found.where] == ["z", "a"]

    def test_second_why_changes_the_plan(self):
        """
        A rule that joins both WHYs comes before what either gets alone.
        """
        joined = {
            "id": "both",
            "with": ["pay_it_forward"],
            "venue": {"name": "a fundraiser for {pay_it_forward.cause}"},
        }
        alone = plan(card(learn={}), {"id": "a"}, joined)
        both = plan(card(learn={}, pay_it_forward={"cause": item("the food bank")}), {"id": "a"}, joined)

        assert [one.id for one in alone.where] == ["a"]
        assert [one.name for one in both.where] == ["A fundraiser for the food bank", "Place a"]
        assert both.where[0].whys == ("learn", "pay_it_forward")

    def test_open_dominance_interleaves(self):
        """
        With no leading WHY the plan takes one of each in turn.
        """
        rules = [{"id": f"{why[0]}{n}", "for": [why]} for why in ("learn", "pay_it_forward") for n in (1, 2)]
        found = plan(card(dominant=None, learn={}, pay_it_forward={}), *rules)

        assert [one.id for one in found.where] == ["l1", "p1", "l2", "p2"]

    def test_two_of_a_group(self):
        """
        The same advice does not fill the plan.
        """
        found = plan(card(learn={}), *({"id": f"g{n}", "group": "g"} for n in range(4)), {"id": "x"})

        assert [one.id for one in found.where] == ["g0", "g1", "x"]

    def test_rule_that_serves_both(self):
        """
        A rule that fires for two WHYs is one recommendation that serves both.
        """
        found = plan(card(learn={}, land_a_job={}), {"for": ["any"]}).where

        assert [(one.whys, one.rank["several"]) for one in found] == [(("land_a_job", "learn"), 5)]

    def test_dismissed_stay_away(self):
        """
        A dismissed id is neither recommended nor a near miss.
        """
        rules = ({"id": "a"}, {"id": "b", "needs": {"topic": "named"}})
        found = plan(card(learn={}), *rules, dismissed={"a", "b"})

        assert found.where == ()
        assert found.near_misses == ()


class TestNearMisses:
    def test_names_question_and_gain(self):
        """
        A near miss says what it would be, which answer it lacks and what that is worth.
        """
        found = plan(
            card(learn={"scope": item(gain=2.0)}),
            {"id": "small", "needs": {"scope": "named"}},
            {"id": "large", "needs": {"topic": "named"}, "venue": {"name": "a class for {topic|plural}"}},
        ).near_misses

        assert [(one.rule, one.item, one.gain) for one in found] == [("large", "topic", 5.0), ("small", "scope", 2.0)]
        assert found[0].name == "A class for [topic]"
        assert found[0].ask == "Which topic?"

    def test_empty_slot_makes_a_near_miss(self):
        """
        A rule that fires but whose name lacks an answer is near.
        """
        found = plan(card(learn={}), {"id": "x", "venue": {"name": "a class for {topic}"}})

        assert found.where == ()
        assert [(one.rule, one.item) for one in found.near_misses] == [("x", "topic")]

    def test_what_was_heard_may_lack_another_answer(self):
        """
        A rule that waits for a word in one of two items is near as well, when its name lacks an answer.
        """
        found = plan(
            card(learn={"topic": item("Jazz piano")}),
            {"id": "x", "mentions": {"scope|topic": ["piano"]}, "venue": {"name": "a piano teacher for {purpose}"}},
        )

        assert found.where == ()
        assert [(one.rule, one.item) for one in found.near_misses] == [("x", "purpose")]

    def test_a_word_that_does_not_fit_is_no_answer(self):
        """
        An item that has an answer which its slot cannot take is neither named nor asked for again.
        """
        rule = {"id": "x", "venue": {"name": "a place to {topic|verb}"}}

        assert plan(card(learn={"topic": item("learn to weld")}), rule).where[0].name == "A place to learn to weld"
        found = plan(card(learn={"topic": item("Jazz piano")}), rule)
        assert (found.where, found.near_misses) == ((), ())

    def test_one_answer_must_be_enough(self):
        """
        A name that lacks two answers is not near.
        """
        found = plan(card(learn={}), {"venue": {"name": "a class for {topic} and {scope}"}})

        assert (found.where, found.near_misses) == ((), ())

    def test_an_item_that_the_scorecard_lacks_is_not_asked_for(self):
        """
        A rule may need an item that the checklist of this scorecard does not have; nobody can be asked for it.
        """
        whole = card(learn={})
        learn = whole.whys["learn"]
        items = {key: score for key, score in learn.items.items() if key != "scope"}
        less = attrs.evolve(whole, whys=FrozenMap({"learn": attrs.evolve(learn, items=FrozenMap(items))}))

        assert [miss.item for miss in plan(whole, {"needs": {"scope": "named"}}).near_misses] == ["scope"]
        assert plan(less, {"needs": {"scope": "named"}}).near_misses == ()

    def test_declined_item_is_not_asked_for(self):
        """
        Nobody is asked again for what they declined.
        """
        found = plan(
            card(learn={"topic": item(state=State.DECLINED)}),
            {"needs": {"topic": "named"}},
            {"venue": {"name": "a class for {topic}"}},
        )

        assert found.near_misses == ()

    def test_sharpen_names_the_largest_gain(self):
        """
        A recommendation names the answer that would make it fit better.
        """
        found = plan(
            card(learn={"topic": item("x", gain=1.0)}),
            {"needs": {"topic": "named"}, "venue": {"name": "a class for {topic}[ about {scope}]"}},
        ).where[0]

        assert (found.sharpen.item, found.sharpen.gain, found.sharpen.ask) == ("scope", 5.0, "Which scope?")


class TestPlan:
    def test_head(self):
        """
        The head holds the best of each part, scripts in the order of use.
        """
        scripts = [
            {"id": f"s{n}", "order": -n, "priority": -n, "script": {"name": "n", "moment": "m", "say": f"say {n}"}}
            for n in range(4)
        ]
        found = plan(card(learn={}), *scripts).head(3)

        assert [one.id for one in found.say] == ["s2", "s1", "s0"]

    def test_every_recommendation_has_causes_and_items_that_are_given(self):
        """
        Law 8: there is a cause, and every item it names is given.
        """
        scorecard = card(learn={"topic": item("piano")}, land_a_job={"industry": item("wind")})
        found = plan(scorecard, {}, {"needs": {"topic": "named"}}, {"for": ["any"], "mentions": {}})

        for one in found.recommendations:
            assert one.causes
            for cause in one.causes:
                assert cause.item is None or scorecard.whys[cause.why].items[cause.item].state is State.GIVEN

    def test_nothing_is_put_into_words_before_it_is_read(self, monkeypatch):
        """
        A plan that nobody reads costs no sentence, and a step that names a place no more than that name.
        """
        said = []
        render = Sentence.render
        monkeypatch.setattr(Sentence, "render", lambda self, words: said.append(self.source) or render(self, words))
        venues = [
            {"venue": {"name": f"a club for {{topic}} {number}", "text": "go to {topic}", "find": "{topic} club"}}
            for number in range(5)
        ]
        step = {"step": {"when": "Monday comes", "then": "go to {place}"}}
        found = plan(card(learn={"topic": item("Jazz piano")}), *venues, step)

        assert said == []
        assert found.where[1].name == "A club for jazz piano 1"
        assert said == ["a club for {topic} 1"]
        assert len(found.how) == 1
        assert said[1:] == ["a club for {topic} 0"]

    def test_the_head_makes_no_more_than_it_shows(self, monkeypatch):
        """
        Of many recommendations only those that are shown are made, each from what is known of its rule.
        """
        made = []
        piece = planning._Piece
        monkeypatch.setattr(planning, "_Piece", lambda *known: made.append(known) or piece(*known))
        found = plan(card(learn={}), *({"id": f"v{number}"} for number in range(20)))

        assert made == []
        assert [one.id for one in found.head(3).where] == ["v0", "v1", "v10"]
        assert len(made) == 3
        assert len(found.where) == 20

    def test_what_fires_together_is_ranked_once(self, monkeypatch):
        """
        Rules that ask for the same are ranked once for each sum of levels, however many plans there are.
        """
        ranked = []
        offered = filed.offered
        monkeypatch.setattr(filed, "offered", lambda hits, lead: ranked.append(hits[0][1]) or offered(hits, lead))
        matcher = Matcher.of(pack(*({"id": f"v{number}", "needs": {"topic": "vague"}} for number in range(5))).rules)
        for level in (2, 3, 2, 3):
            whole = card(learn={"topic": item("Jazz piano", level=level)})
            assert len(make_plan(whole, matcher.match(whole), checklists=CHECKLISTS).where) == 5

        assert ranked == [2] * 5 + [3] * 5

    def test_a_plan_leaves_nothing_to_the_collector(self):
        """
        A plan, what it is made from and its pieces are gone as soon as nobody holds them.
        """
        venue = {"needs": {"topic": "named"}, "venue": {"name": "a class for {topic}", "find": "{topic} class"}}
        step = {"step": {"when": "Monday comes", "then": "go to {place}"}}
        near = {"needs": {"scope": "named"}}
        gc.disable()
        try:
            found = plan(card(learn={"topic": item("piano", private=True)}), venue, {}, step, near)
            pieces = [found, found._later[1], found.head(2), found.where[0], found.how[0], found.shareable()]
            assert [len(one._to_dict_()["where"]) for one in (pieces[2], pieces[-1])] == [2, 1]
            left = [weakref.ref(one) for one in pieces]
            del found, pieces

            assert [one() for one in left] == [None] * 6
        finally:
            gc.enable()

    def test_plans_pickle_and_compare(self):
        """
        A plan is a value.
        """
        found = plan(card(learn={"topic": item("piano")}), {"needs": {"topic": "named"}}, {})

        assert pickle.loads(pickle.dumps(found)) == found
        assert found == plan(card(learn={"topic": item("piano")}), {"needs": {"topic": "named"}}, {})

    def test_recommendations_of_plugins_take_part(self):
        """
        A finished recommendation stands beside those of the rules.
        """
        mine = Recommendation.of("mine", "where", name="the pier", because="it is there")
        found = plan(card(learn={}), {"id": "a"}, more=[mine])

        assert {one.name for one in found.where} == {"The pier", "Place a"}

    def test_steps_of_plugins_take_part(self):
        """
        A step that comes in words stands beside those of the rules.
        """
        mine = Recommendation.of("mine", "how", when="it rains", then="stay in")
        found = plan(card(learn={}), {"step": {"when": "Monday comes", "then": "go out"}}, more=[mine])

        assert {one.text for one in found.how} == {"When it rains, then stay in", "When Monday comes, then go out."}

    def test_steps_name_the_place_of_a_plugin(self):
        """
        A step names what comes first, also if a plugin brought it, and whoever has secrets shares it as well.
        """
        mine = Recommendation.of("mine", "where", name="the pier")
        found = plan(
            card(learn={"topic": item("Jazz piano", private=True)}),
            {"step": {"when": "Monday comes", "then": "go to {place}"}},
            more=[mine],
        )

        assert [one.text for one in found.how] == ["When Monday comes, then go to the pier."]
        assert [one.text for one in found.shareable().how] == ["When Monday comes, then go to the pier."]

    def test_steps_name_the_same_place(self):
        """
        Two steps of one WHY name one place, whatever else they leave to the speaker.
        """
        found = plan(
            card(learn={}),
            {"venue": {"name": "the library"}},
            {"step": {"when": "Monday comes", "then": "go to {place}"}},
            {"live": ["their_name"], "step": {"when": "you meet {their_name}", "then": "speak of {place}"}},
        )

        assert [one.text for one in found.how] == [
            "When Monday comes, then go to the library.",
            "When you meet [their name], then speak of the library.",
        ]

    def test_parts(self):
        """
        A plan has the four parts, and its dictionary names them.
        """
        table = plan(card(name="Dana", country="US", learn={}), {})._to_dict_()

        assert set(PARTS) <= set(table)
        assert (table["format"], table["name"], table["country"], table["dominant"]) == (
            "kowhy.plan/1",
            "Dana",
            "US",
            "learn",
        )


@pytest.mark.parametrize("part", PARTS)
def test_empty_part(part):
    """
    Without rules a part is empty, and that is no fault.
    """
    assert getattr(plan(card(learn={})), part) == ()
