"""
Which rules fire, which nearly do, and what is said of the others.
"""

from __future__ import annotations

import pickle

import pytest

from kowhy import index, rules
from kowhy.errors import InvalidPackError
from kowhy.forms import fold
from kowhy.matching import Matcher, View, evaluate, leading
from kowhy.packs import pack_from_dict
from kowhy.rules import Mention
from kowhy.whys import State
from tests.cards import CHECKLISTS, card, item


def rule(**keys):
    """
    One rule with *keys* over a plain one.
    """
    table = {"id": "r", "for": ["learn"], "because": "b", "venue": {"name": "a place"}} | keys
    pack = pack_from_dict({"pack": {"id": "p", "title": "P"}, "rule": [table]}, checklists=CHECKLISTS)
    return pack.rules[0]


def outcome(made, scorecard, why="learn"):
    return evaluate(made, View(scorecard), why)


class TestEvaluate:
    @pytest.mark.parametrize(
        ("keys", "items", "fired"),
        [
            ({}, {}, True),
            ({"needs": {"topic": "named"}}, {"topic": item("x", level=2)}, True),
            ({"needs": {"topic": "specific"}}, {"topic": item("x", level=2)}, False),
            ({"needs": {"topic": "named"}}, {}, False),
            ({"mentions": {"topic": ["piano"]}}, {"topic": item("two pianos")}, True),
            ({"mentions": {"topic": ["piano"]}}, {"topic": item("pianola")}, False),
            ({"mentions": {"topic": ["pian*"]}}, {"topic": item("pianola")}, True),
            ({"mentions": {"topic": ["=sing"]}}, {"topic": item("singing")}, False),
            ({"mentions": {"topic": ["play piano"]}}, {"topic": item("playing pianos")}, True),
            ({"mentions": {"topic": ["play piano"]}}, {"topic": item("play the piano")}, False),
            ({"mentions": {"topic": ["=a partner"]}}, {"topic": item("find a partner")}, True),
            ({"mentions": {"topic": ["=a partner"]}}, {"topic": item("a running partner")}, False),
            ({"mentions": {"topic": ["sofa surf*"]}}, {"topic": item("a sofa surfer")}, True),
            ({"mentions": {"topic": ["sofa surf*"]}}, {"topic": item("a sofa, surfaces")}, True),
            ({"mentions": {"topic": ["sofa surf*"]}}, {"topic": item("a sofa for surfers")}, False),
            ({"mentions": {"topic": ["==spanish"]}}, {"topic": item("Spanish")}, True),
            ({"mentions": {"topic": ["==spanish"]}}, {"topic": item("Spanish guitar")}, False),
            ({"mentions": {"topic": ["==the cello"]}}, {"topic": item("jazz", "The cello.")}, True),
            ({"mentions": {"topic|scope": ["piano"]}}, {"scope": item("left hand, piano")}, True),
            ({"mentions": {"topic|scope": ["piano"]}}, {"purpose": item("piano")}, False),
            ({"unless": {"topic|scope": ["guitar"]}}, {"scope": item("no guitars")}, False),
            ({"unless": {"topic": ["guitar"]}}, {"topic": item("Spanish")}, True),
            ({"unless": {"topic": ["guitar"]}}, {"topic": item("Spanish", "guitars")}, False),
            ({"unless": {"topic": ["guitar"]}}, {}, True),
            ({"mentions": {"topic": ["x"], "scope": ["y"]}}, {"topic": item("x")}, False),
            ({"adult": True}, {}, False),
            ({"country": ["US"]}, {}, False),
            ({"with": ["land_a_job"]}, {}, False),
            ({"when": {"properties": {"dominant": {"const": "learn"}}}}, {}, True),
            ({"when": {"properties": {"dominant": {"const": "land_a_job"}}}}, {}, False),
        ],
    )
    def test_conditions(self, keys, items, fired):
        """
        A rule fires when all of its conditions hold, and only then.
        """
        assert outcome(rule(**keys), card(learn=items)).fired is fired

    def test_adult_country_and_second_why(self):
        """
        What is asked of the profile as a whole is read from the scorecard.
        """
        made = rule(adult=True, country=["US"], **{"with": ["land_a_job"]})

        assert outcome(made, card(learn={}, land_a_job={}, adult=True, country="US")).fired

    def test_item_of_another_why(self):
        """
        A rule that joins two WHYs may need an item of the other.
        """
        made = rule(needs={"land_a_job.industry": "named"}, **{"with": ["land_a_job"]})

        assert outcome(made, card(learn={}, land_a_job={"industry": item("wind")})).fired
        assert not outcome(made, card(learn={}, land_a_job={})).fired
        assert not outcome(made, card(learn={})).fired

    def test_zeroed_answers_are_not_heard(self):
        """
        An answer that says nothing makes no rule fire.
        """
        made = rule(mentions={"topic": ["piano"]})

        assert not outcome(made, card(learn={"topic": item("piano piano piano", level=0)})).fired

    def test_causes(self):
        """
        The causes are the items of needs and mentions with the words that met, or the WHY itself.
        """
        made = rule(needs={"topic": "named"}, mentions={"topic": ["piano"], "scope": ["jazz"]})
        found = self.causes(made, card(learn={"topic": item("piano"), "scope": item("jazz")}))

        assert [(cause.item, cause.rung, cause.words) for cause in found] == [
            ("topic", "specific", ("piano",)),
            ("scope", None, ("jazz",)),
        ]
        assert [cause.item for cause in self.causes(rule(), card(learn={}))] == [None]

    @staticmethod
    def causes(made, scorecard):
        found = Matcher.of([made]).match(scorecard)
        return found.causes(*found.hits)

    @pytest.mark.parametrize(
        ("items", "lacks"),
        [
            ({"topic": item("x")}, "learn.scope"),
            ({}, None),
            ({"topic": item("x"), "scope": item("x")}, None),
            ({"topic": item("x"), "scope": item(state=State.DECLINED)}, None),
            ({"topic": item("x"), "scope": item(state=State.NOT_APPLICABLE)}, None),
        ],
    )
    def test_near_miss(self, items, lacks):
        """
        A near miss lacks exactly one needed item, and not one that was declined.
        """
        assert outcome(rule(needs={"topic": "named", "scope": "named"}), card(learn=items)).lacks == lacks

    def test_missing_mention_is_no_near_miss(self):
        """
        Nobody can be asked to mention a word.
        """
        assert outcome(rule(mentions={"topic": ["piano"]}), card(learn={})).lacks is None

    def test_what_was_found_and_wanted(self):
        """
        A condition that fails says what was found and what was wanted.
        """
        made = rule(needs={"topic": "named"}, country=["US", "CA"])
        failed = [one for one in outcome(made, card(learn={})).conditions if not one.holds]

        assert [(one.kind, one.key, one.found, one.wanted) for one in failed] == [
            ("country", "", "none given", "US or CA"),
            ("needs", "learn.topic", "missing", "named"),
        ]


class TestWords:
    def test_a_shared_list(self):
        """
        A list of words is written once and stands for itself wherever rules name it.
        """
        table = {
            "id": "r",
            "for": ["learn"],
            "because": "b",
            "venue": {"name": "x"},
            "mentions": {"topic": ["@music", "dance"]},
        }
        whole = {"pack": {"id": "p", "title": "P"}, "words": {"music": ["piano", "cello"]}, "rule": [table]}
        made = pack_from_dict(whole, checklists=CHECKLISTS).rules[0]

        assert made.mentions[0].source == ("piano", "cello", "dance")
        assert outcome(made, card(learn={"topic": item("two cellos")})).fired

    def test_an_unknown_list(self):
        """
        A list that is not there is named beside those that are.
        """
        table = {"id": "r", "for": ["learn"], "because": "b", "venue": {"name": "x"}, "unless": {"topic": ["@musik"]}}
        whole = {"pack": {"id": "p", "title": "P"}, "words": {"music": ["piano"]}, "rule": [table]}
        with pytest.raises(InvalidPackError) as caught:
            pack_from_dict(whole, checklists=CHECKLISTS)

        (fault,) = caught.value.faults
        assert (fault.code, fault.pointer, fault.given) == ("words.unknown", "/rule/0/unless/topic/0", "'@musik'")
        assert "music" in fault.wanted


class TestMemory:
    def test_long_answers_and_many_of_them(self, monkeypatch):
        """
        What is too long to be remembered, or comes after the memory was full, is heard all the same.
        """
        monkeypatch.setattr(index, "REMEMBERED", 2)
        made = rule(mentions={"topic": ["piano"]})
        matcher = Matcher.of([made])
        texts = [f"piano number {number}" for number in range(rules.ANSWERS + 2)]
        texts += ["so " * rules.WORDS + "piano"] * 2 + ["so " * rules.WORDS, texts[0]]

        searched = []
        search = Mention._find
        monkeypatch.setattr(Mention, "_find", lambda self, tokens: searched.append(tokens) or search(self, tokens))
        listened = []
        listen = index._Words._heard
        monkeypatch.setattr(index._Words, "_heard", lambda self, said: listened.append(said) or listen(self, said))

        for text in (texts[0], *texts):
            found = matcher.match(card(learn={"topic": item(text)}))
            causes = [cause for hit in found.hits for cause in found.causes(hit)]

            assert [cause.words for cause in causes] == [("piano",)] * ("piano" in text)
        # The second time it was remembered, and in the end no longer; what is long never was.
        assert [searched.count(fold(text)) for text in (texts[0], texts[1], texts[-3])] == [2, 1, 2]
        assert [listened.count((fold(text),)) for text in (texts[0], texts[1], texts[-3])] == [2, 1, 2]

    def test_matches_compare_by_what_they_found(self):
        """
        Two matches are equal when the same rules fired and nearly fired; nothing else is equal to one.
        """
        made = Matcher.of([rule()])
        first, second = made.match(card(learn={})), made.match(card(learn={}))

        assert (first, hash(first)) == (second, hash(second))
        assert first != made.match(card(land_a_job={}))
        assert first != "a match"


class TestMatcher:
    def test_leading_why_comes_first(self):
        """
        A rule for several WHYs is tried for the leading one first.
        """
        made = rule(**{"for": ["any"]})
        found = Matcher.of([made]).match(card(dominant="land_a_job", learn={}, land_a_job={}))

        assert [[one.why for one in outcomes] for outcomes in found.fired] == [["land_a_job", "learn"]]

    def test_order_of_rules_never_matters(self):
        """
        The same rules in another order give the same match.
        """
        rules = [rule(id=name, needs={"topic": "named"}) for name in ("b", "a", "c")]
        scorecard = card(learn={"topic": item("x")})

        assert Matcher.of(rules).match(scorecard) == Matcher.of(reversed(rules)).match(scorecard)

    def test_what_nearly_fires_is_worked_out_when_read(self):
        """
        A rule that lacks an item is no near miss when its own schema fails too, and never counts as fired.
        """
        failing = {"properties": {"dominant": {"const": "land_a_job"}}}
        rules = [
            rule(id=name, needs={"topic": "named"}, **more) for name, more in (("a", {}), ("b", {"when": failing}))
        ]
        found = Matcher.of(rules).match(card(learn={}))

        assert found.fired == ()
        assert [one.rule.id for one in found.near] == ["a"]

    def test_travels(self):
        """
        A matcher and a match can be sent to another process, read before or not.
        """
        matcher = Matcher.of([rule(needs={"topic": "named"}), rule(id="s")])
        scorecard = card(learn={})
        before = matcher.match(scorecard)
        fresh = pickle.loads(pickle.dumps(before))

        assert pickle.loads(pickle.dumps(matcher)).match(scorecard) == before
        assert (fresh.fired, fresh.near) == (before.fired, before.near)
        assert len({*before.near, *fresh.near}) == 1
        assert before.near[0] != before.near[0].rule

    def test_one_near_miss_a_rule(self):
        """
        A rule that nearly fires for several WHYs is named once.
        """
        made = rule(needs={"geography": "named"}, **{"for": ["land_a_job", "pay_it_forward"]})
        found = Matcher.of([made]).match(card(land_a_job={}, pay_it_forward={}))

        assert [one.lacks for one in found.near] == ["land_a_job.geography"]

    def test_leading(self):
        """
        With no dominant WHY the candidates lead.
        """
        open_card = card(dominant=None, learn={}, land_a_job={})

        assert leading(open_card) == ("land_a_job", "learn")
