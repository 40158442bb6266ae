"""
What packs may change in each other.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.overrides import resolve
from kowhy.packs import pack_from_dict
from tests.cards import CHECKLISTS


def pack(name, *rules, disables=(), override=()):
    """
    A pack of *rules*, each completed to a plain venue for Learn.
    """
    whole = [
        {"for": ["learn"], "because": "it fits", "venue": {"name": f"place {rule['id']}"}} | rule for rule in rules
    ]
    head = {"id": name, "title": name.title(), "disables": list(disables)}
    return pack_from_dict({"pack": head, "rule": whole, "override": list(override)}, checklists=CHECKLISTS)


BASE = pack("base", {"id": "one", "priority": 3}, {"id": "two", "step": {"when": "x", "then": "y", "count": "z"}})


def resolved(*packs, allowed=("base", "a", "b")):
    return resolve([BASE, *packs], allowed=allowed, checklists=CHECKLISTS)


def told(found):
    return [(problem.code, problem.source, problem.given) for problem in found.problems]


def rule(found, id_):
    return next(rule for rule in found.rules if rule.id == id_)


class TestReplaces:
    def test_the_other_rule_goes(self):
        """
        A rule stands in the place of another, under its own id.
        """
        found = resolved(pack("a", {"id": "mine", "replaces": "one"}))

        assert [rule.id for rule in found.rules] == ["mine", "two"]
        assert found.problems == ()

    def test_two_for_one_rule(self):
        """
        Where two packs want to replace one rule the original stays, and both are named.
        """
        rivals = [pack(name, {"id": f"{name}.mine", "replaces": "one"}) for name in ("a", "b")]
        found = resolved(*rivals)

        assert [rule.id for rule in found.rules] == ["one", "two"]
        assert told(found) == [("rule.replaced-twice", "a and b", "'one'")]

    def test_unknown(self):
        """
        A rule that is not there cannot be replaced; the new one stays all the same.
        """
        found = resolved(pack("a", {"id": "mine", "replaces": "gone"}))

        assert [rule.id for rule in found.rules] == ["mine", "one", "two"]
        assert told(found) == [("rule.unknown", "a", "'gone'")]

    def test_chain(self):
        """
        A rule that replaces a replacement leaves only itself.
        """
        packs = [pack("a", {"id": "first", "replaces": "one"}), pack("b", {"id": "second", "replaces": "first"})]
        found = resolved(*packs)

        assert [rule.id for rule in found.rules] == ["second", "two"]
        assert found.problems == ()

    def test_rivals_one_of_which_is_replaced_itself(self):
        """
        Of two rivals both go, also where one has been replaced already.
        """
        rivals = [pack(name, {"id": f"{name}.mine", "replaces": "one"}) for name in ("a", "b")]
        found = resolved(*rivals, pack("c", {"id": "c.mine", "replaces": "a.mine"}), allowed=("base", "a", "b", "c"))

        assert [rule.id for rule in found.rules] == ["c.mine", "one", "two"]
        assert told(found) == [("rule.replaced-twice", "a and b", "'one'")]

    def test_ring(self):
        """
        Rules that replace each other all stay, whether there are two or three of them.
        """
        rings = (
            [pack("a", {"id": "x", "replaces": "y"}), pack("b", {"id": "y", "replaces": "x"})],
            [
                pack("a", {"id": "x", "replaces": "y"}, {"id": "z", "replaces": "x"}),
                pack("b", {"id": "y", "replaces": "z"}),
            ],
        )
        for ring in rings:
            found = resolved(*ring)
            ids = sorted(rule.id for one in ring for rule in one.rules)

            assert [rule.id for rule in found.rules] == sorted(["one", "two", *ids])
            assert {code for code, _, _ in told(found)} == {"rule.replaces-itself"}

    def test_beside_a_ring(self):
        """
        Rules that replace each other keep no other rule from being replaced.
        """
        ring = [
            pack("a", {"id": "x", "replaces": "y"}),
            pack("b", {"id": "y", "replaces": "x"}, {"id": "v", "replaces": "one"}),
        ]
        found = resolved(*ring, pack("c", {"id": "w", "replaces": "v"}), allowed=("base", "a", "b", "c"))

        assert [rule.id for rule in found.rules] == ["two", "w", "x", "y"]


class TestIds:
    def test_a_pack_without_leave_takes_no_id_from_one_with_leave(self):
        """
        Of two rules with one id that of a pack with leave stays, whatever the packs are called.
        """
        found = resolved(pack("aaa", {"id": "one", "priority": 99}), pack("zzz", {"id": "more"}))

        assert rule(found, "one").pack == "base"
        assert told(found) == [("rule.repeated", "aaa", "'one'")]
        assert rule(found, "more").pack == "zzz"


class TestDisables:
    def test_the_rule_goes(self):
        """
        A rule is turned off, twice if two packs wish so.
        """
        found = resolved(pack("a", disables=["one"]), pack("b", disables=["one"]))

        assert [rule.id for rule in found.rules] == ["two"]
        assert found.problems == ()

    def test_unknown(self):
        """
        A rule that is not there cannot be turned off.
        """
        assert told(resolved(pack("a", disables=["gone"]))) == [("rule.unknown", "a", "'gone'")]


class TestOverride:
    @pytest.mark.parametrize(
        ("change", "read"),
        [
            ({"priority": 40}, lambda rule: rule.priority == 40),
            ({"order": -2}, lambda rule: rule.order == -2),
            ({"because": "so"}, lambda rule: rule.because.source == "so"),
            ({"venue": {"name": "{topic} house"}}, lambda rule: rule.drafts[0].texts["name"].source == "{topic} house"),
            ({"venue": {"find": "x"}}, lambda rule: rule.drafts[0].texts["find"].source == "x"),
        ],
    )
    def test_one_text_or_number(self, change, read):
        """
        One text or number changes, all else stays.
        """
        found = resolved(pack("a", override=[{"rule": "one"} | change]))

        assert read(rule(found, "one"))
        assert rule(found, "one").id == "one"
        assert rule(found, "two") == rule(resolved(), "two")
        assert found.problems == ()

    def test_second_kind_of_recommendation(self):
        """
        The text is found by its kind, whichever place it has among the recommendations.
        """
        found = resolved(pack("a", override=[{"rule": "two", "step": {"count": "twice"}}]))

        assert rule(found, "two").drafts[1].texts["count"].source == "twice"
        assert rule(found, "two").drafts[1].texts["when"].source == "x"

    def test_two_changes_of_one_text(self):
        """
        Where two packs change one number the original stays, and what only one changes is changed.
        """
        one = pack("a", override=[{"rule": "one", "priority": 9, "order": 7}])
        other = pack("b", override=[{"rule": "one", "priority": 8}])
        found = resolved(one, other)

        assert (rule(found, "one").priority, rule(found, "one").order) == (3, 7)
        assert told(found) == [("override.twice", "a and b", "one priority")]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"rule": "gone", "priority": 1}, "rule.unknown"),
            ({"rule": "one", "because": "{fame}"}, "slot.unknown"),
            ({"rule": "one", "script": {"say": "hello"}}, "override.no-such-text"),
        ],
    )
    def test_what_cannot_be_done(self, change, code):
        """
        A change that cannot be made is told, and the rule stays as it was.
        """
        found = resolved(pack("a", override=[change]))

        assert [problem[0] for problem in told(found)] == [code]
        assert found.rules == resolved().rules


class TestTrust:
    def test_only_from_packs_that_are_allowed(self):
        """
        A pack that is merely installed adds rules and changes none.
        """
        guest = pack("a", {"id": "mine", "replaces": "one"}, disables=["two"], override=[{"rule": "one", "order": 1}])
        found = resolved(guest, allowed=["base"])

        assert [rule.id for rule in found.rules] == ["mine", "one", "two"]
        assert rule(found, "one") == rule(resolved(), "one")
        assert [problem[:2] for problem in told(found)] == [("pack.not-allowed", "a")]

    def test_an_id_used_twice(self):
        """
        Of two rules with one id that of the pack that comes first by name stays, and both packs are named.
        """
        found = resolved(pack("a", {"id": "one", "priority": 9}))

        assert rule(found, "one").pack == "a"
        assert told(found) == [("rule.repeated", "base", "'one'")]
        assert "a has it too" in found.problems[0].wanted


@given(order=st.permutations(["a", "b", "c"]))
def test_order_never_matters(order):
    """
    The packs in another order give the same rules and the same problems.
    """
    packs = {
        "a": pack("a", {"id": "mine", "replaces": "one"}, disables=["gone"]),
        "b": pack("b", {"id": "yours", "replaces": "one"}, override=[{"rule": "two", "order": 4}]),
        "c": pack("c", {"id": "two"}, override=[{"rule": "two", "order": 5}], disables=["mine"]),
    }
    allowed = ["a", "b", "c"]

    found = resolve([BASE, *(packs[name] for name in order)], allowed=allowed, checklists=CHECKLISTS)

    assert found == resolve([*packs.values(), BASE], allowed=allowed, checklists=CHECKLISTS)
