"""
An answer for every rule: why it stands in a plan, or why not.
"""

from __future__ import annotations

import pytest

from kowhy import Engine, UnknownNameError
from kowhy.packs import pack_from_dict

#: One rule for each thing that may become of it.
PACK = {
    "pack": {"id": "p", "title": "P"},
    "rule": [
        {
            "id": "fires",
            "for": ["learn", "land_a_job"],
            "needs": {"learn.topic": "named"},
            "mentions": {"learn.topic": ["organ"]},
            "unless": {"learn.topic": ["drum"]},
            "with": ["learn"],
            "because": "b",
            "venue": {"name": "the {learn.topic} room"},
            "step": {"when": "you come in", "then": "say hello"},
        },
        {
            "id": "near",
            "for": ["learn"],
            "needs": {"scope": "named"},
            "because": "b",
            "venue": {"name": "near {scope}"},
        },
        {
            "id": "closed",
            "for": ["learn"],
            "needs": {"level_now": "named"},
            "because": "b",
            "venue": {"name": "closed"},
        },
        {
            "id": "twice",
            "for": ["learn"],
            "needs": {"scope": "named", "purpose": "named"},
            "because": "b",
            "venue": {"name": "twice"},
        },
        {"id": "slot", "for": ["learn"], "because": "b", "venue": {"name": "the {teacher_kind} room"}},
        {"id": "words", "for": ["learn"], "group": "w", "because": "b", "venue": {"name": "{topic|verb}"}},
        {"id": "lost", "for": ["learn"], "because": "b", "step": {"when": "you meet {person}", "then": "say hello"}},
        {"id": "absent", "for": ["social_reasons"], "because": "b", "venue": {"name": "absent"}},
        {
            "id": "abroad",
            "for": ["learn"],
            "country": ["GB"],
            "adult": True,
            "when": {"required": ["name"]},
            "because": "b",
            "venue": {"name": "abroad"},
        },
        {"id": "g1", "for": ["learn"], "group": "g", "priority": 9, "because": "b", "venue": {"name": "one"}},
        {"id": "g2", "for": ["learn"], "group": "g", "priority": 8, "because": "b", "venue": {"name": "two"}},
        {"id": "g3", "for": ["learn"], "group": "g", "priority": 7, "because": "b", "venue": {"name": "three"}},
    ],
}
ENGINE = Engine(packs=[pack_from_dict(PACK)])
PROFILE = {
    "country": "US",
    "dominant": "learn",
    "whys": [
        {"why": "learn", "topic": "playing the church organ", "declined": ["level_now"]},
        {"why": "land_a_job", "job_type": "organist"},
    ],
}


def explained(rule):
    return ENGINE.explain(PROFILE, rule)


class TestStates:
    @pytest.mark.parametrize(
        ("rule", "state", "shown", "held_back", "lacks"),
        [
            ("fires", "fired", ("fires.1", "fires.2"), "", None),
            ("near", "near", (), "", "learn.scope"),
            ("closed", "not_fired", (), "", None),
            ("twice", "not_fired", (), "", None),
            ("slot", "fired", (), "slot", "learn.teacher_kind"),
            ("words", "fired", (), "words", None),
            ("lost", "fired", (), "words", None),
            ("absent", "not_fired", (), "", None),
            ("abroad", "not_fired", (), "", None),
            ("g1", "fired", ("g1",), "", None),
            ("g3", "fired", (), "group", None),
        ],
    )
    def test_what_became_of_a_rule(self, rule, state, shown, held_back, lacks):
        """
        Fired, nearly fired or not; and what keeps a rule that fired out of the plan.
        """
        found = explained(rule)

        assert (found.state, found.shown, found.held_back, found.lacks) == (state, shown, held_back, lacks)
        assert (found.rule, found.pack) == (rule, "p")

    def test_danger_holds_everything_back(self):
        """
        Where the plan says where help is and nothing else, a rule that fired is held back for that reason.
        """
        profile = {"whys": [{"why": "learn", "topic": "church organ", "purpose": "I want to kill myself"}]}
        assert ENGINE.plan(profile).emergency is not None

        found = ENGINE.explain(profile, "g1")

        assert (found.state, found.shown, found.held_back) == ("fired", (), "emergency")

    def test_unknown_rule(self):
        """
        A rule that nobody knows is an error that names those that look alike.
        """
        with pytest.raises(UnknownNameError) as caught:
            explained("fire")
        assert "fires" in caught.value.faults[0].wanted


class TestConditions:
    def test_each_condition_with_what_was_found_and_wanted(self):
        """
        Every condition stands there, those that hold and those that do not.
        """
        [tried] = explained("abroad").tries

        assert [(one.kind, one.wanted, one.found, one.holds) for one in tried.conditions] == [
            ("for", "learn", "land_a_job, learn", True),
            ("country", "GB", "US", False),
            ("adult", "adult", "not stated", False),
            ("when", "the rule's schema", "not so", False),
        ]

    def test_the_leading_why_first_and_absent_ones_last(self):
        """
        A rule is tried for each of its WHYs, in the order in which they lead.
        """
        assert [tried.why for tried in explained("fires").tries] == ["learn", "land_a_job"]
        assert [(tried.why, tried.fired) for tried in explained("absent").tries] == [("social_reasons", False)]

    @pytest.mark.parametrize(
        ("rule", "key", "wanted", "found"),
        [
            ("closed", "learn.level_now", "named", "declined"),
            ("near", "learn.scope", "named", "missing"),
            ("twice", "learn.purpose", "named", "missing"),
        ],
    )
    def test_needs(self, rule, key, wanted, found):
        """
        A need tells the rung that was wanted, and the rung or the state that was found.
        """
        [tried] = explained(rule).tries
        [need] = [one for one in tried.conditions if one.key == key]

        assert (need.kind, need.wanted, need.found, need.holds) == ("needs", wanted, found, False)


class TestForm:
    def test_json(self):
        """
        An explanation is plain data as well.
        """
        written = explained("fires")._to_dict_()

        assert {key: written[key] for key in ("rule", "pack", "state", "shown", "held_back", "lacks")} == {
            "rule": "fires",
            "pack": "p",
            "state": "fired",
            "shown": ["fires.1", "fires.2"],
            "held_back": "",
            "lacks": None,
        }
        first = written["tries"][0]
        assert (first["why"], first["fired"]) == ("learn", True)
        assert {"kind": "mentions", "key": "learn.topic", "wanted": "organ", "found": "organ", "holds": True} in first[
            "conditions"
        ]
        assert [one["kind"] for one in first["conditions"]] == ["for", "with", "needs", "mentions", "unless"]

    def test_a_repr_holds_no_private_words(self):
        """
        What a rule found in a private answer is for the person only, and not for a log.
        """
        rule = {"id": "r", "for": ["solve_a_problem"], "mentions": {"problem": ["gambling"]}, "because": "b"}
        table = {"pack": {"id": "p", "title": "P"}, "rule": [rule | {"venue": {"name": "a room"}}]}
        profile = {"whys": [{"why": "solve_a_problem", "problem": "my brother's gambling debts"}]}

        found = Engine(packs=[pack_from_dict(table)]).explain(profile, "r")

        assert found.state == "fired"
        assert "gambling" not in repr(found)
