"""
Checklists: the six that ship, how they are read, and what is refused.
"""

from __future__ import annotations

import copy
import json

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from kowhy.checklists import checklist_from_dict, load_checklist, load_checklists
from kowhy.compiled import ask_of
from kowhy.errors import InvalidChecklistError, UnknownNameError
from kowhy.rating import EnglishRater
from kowhy.schemas import check, load_schema
from kowhy.whys import WHYS

CHECKLISTS = load_checklists()
EVERY = [(why, item) for why, checklist in CHECKLISTS.items() for item in checklist.items]

#: The words of the article, as keys.
ARTICLE = {
    "more_business": "business_type industry profession market_segment niche dynamic demographic geography",
    "land_a_job": ("job_type industry profession market_segment company_culture mission geography target_companies"),
    "learn": "learn_kind topic",
    "social_reasons": (
        "seeking common_interests similar_backgrounds aligned_goals sense_of_humor athletic fitness_oriented "
        "parent_status profession age demographic geography"
    ),
    "pay_it_forward": "service cause no_strings",
    "solve_a_problem": "problem whose",
}


def document(why="learn", **changes):
    """
    A checklist as JSON, with *changes* to its item ``topic``.
    """
    whole = load_schema(f"checklists/{why}")
    whole["properties"]["topic"] |= changes
    return whole


def faults(whole):
    with pytest.raises(InvalidChecklistError) as caught:
        checklist_from_dict(whole, source="mine.json")
    return {(fault.code, fault.pointer): fault for fault in caught.value.faults}


class TestOwn:
    @pytest.mark.parametrize("why", WHYS)
    def test_satisfies_its_schema_in_both_engines(self, why):
        """
        Each satisfies the checklist schema; reading skips the check, so it is made here.
        """
        whole = load_schema(f"checklists/{why}")

        assert check(whole, "checklist") == ()
        assert jsonschema_rs.validator_for(load_schema("checklist")).is_valid(whole)
        assert checklist_from_dict(whole) == CHECKLISTS[why]

    @pytest.mark.parametrize("why", WHYS)
    def test_items_are_those_of_the_class_in_their_order(self, why):
        """
        The class and its checklist never differ, neither in what is sensitive.
        """
        items = CHECKLISTS[why].items
        own = {field.name: field.metadata for field in WHYS[why].__attrs_attrs__}

        assert tuple(item.key for item in items) == WHYS[why].item_keys()
        assert all(own[item.key]["kowhy.sensitive"] == item.sensitive for item in items)

    @pytest.mark.parametrize("why", WHYS)
    def test_origin(self, why):
        """
        All that the article names is marked so, and all else tells where it comes from.
        """
        marked = [item.key for item in CHECKLISTS[why].items if item.origin == "article"]

        assert marked == ARTICLE[why].split()
        assert all(item.origin.startswith(("article", "derived")) for item in CHECKLISTS[why].items)

    def test_the_worked_example_of_the_design(self):
        """
        A core item of 3 and the six best of the open ones (2, 2, 2, 2, 2, 1) make 1,400 points.
        """
        whole = CHECKLISTS["more_business"]
        weights = sorted((item.weight for item in whole.items if not item.core and not item.sensitive), reverse=True)

        assert [item.key for item in whole.items if item.core] == ["business_type"]
        assert 100 * (3 + sum(weights[: whole.enough])) == 1400

    @pytest.mark.parametrize(("why", "item"), EVERY, ids=lambda part: getattr(part, "key", part))
    def test_asks_in_words_with_examples(self, why, item):
        """
        Every item has a question, a description and three examples of each kind.
        """
        assert item.ask.endswith(("?", "."))
        assert item.description.endswith(".")
        assert len(item.vague) == len(item.specific) == 3

    @pytest.mark.parametrize(("why", "item"), EVERY, ids=lambda part: getattr(part, "key", part))
    def test_every_specific_example_outranks_every_vague_one(self, why, item):
        """
        The examples show what they claim to show: a specific one is rated so, a vague one never.
        """
        rater, ask = EnglishRater(), ask_of(item, why=why)
        vague = [rater.rate(text, ask=ask).value for text in item.vague]
        specific = [rater.rate(text, ask=ask).value for text in item.specific]

        assert min(specific) > max(vague), (vague, specific)
        assert min(specific) >= item.rungs[-1].specificity, specific
        assert max(vague) < item.rungs[1].specificity, vague

    @pytest.mark.parametrize("why", WHYS)
    def test_describes_the_why_of_a_profile(self, why):
        """
        A checklist is a schema of a WHY in a profile, in both engines.
        """
        whole = load_schema(f"checklists/{why}")
        key = CHECKLISTS[why].items[0].key
        for value, good in (("a text", True), (["one", "two"], True), (5, False), ([5], False)):
            instance = {"why": why, key: value}

            assert Draft202012Validator(whole).is_valid(instance) == good
            assert jsonschema_rs.validator_for(whole).is_valid(instance) == good


class TestRead:
    def test_from_a_file(self, tmp_path):
        """
        A checklist is read from a JSON file; a rung may be left out and ask for several answers.
        """
        rungs = {"specific": {"credit": 1, "specificity": 0.5, "schema": {"minItems": 2}}}
        file = tmp_path / "mine.json"
        file.write_text(json.dumps(document(**{"x-kowhy-rungs": rungs})), encoding="utf-8")

        (rung,) = load_checklist(file).item("topic").rungs

        assert (rung.name, rung.level, rung.credit, rung.specificity) == ("specific", 3, 100, 0.5)
        assert rung.schema == {"minItems": 2}

    @pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 50_000])
    def test_no_json(self, tmp_path, data):
        """
        A file that holds no JSON is refused with its name.
        """
        file = tmp_path / "mine.json"
        file.write_bytes(data)

        with pytest.raises(InvalidChecklistError) as caught:
            load_checklist(file)

        assert [(fault.code, fault.source) for fault in caught.value.faults] == [("checklist.syntax", "mine.json")]

    @pytest.mark.parametrize(
        ("changes", "code", "where"),
        [
            ({"x-kowhy-weight": 10}, "value.too-large", "x-kowhy-weight"),
            ({"x-kowhy-weight": "heavy"}, "type.wrong", "x-kowhy-weight"),
            ({"x-kowhy-kind": "colour"}, "value.unknown", "x-kowhy-kind"),
            ({"x-kowhy-kind": "choice"}, "key.missing", ""),
            ({"x-kowhy-wieght": 1}, "key.unknown", "x-kowhy-wieght"),
            ({"pattern": "(a+)+$"}, "key.unknown", "pattern"),
            ({"$ref": "https://example.org/x.json"}, "value.unknown", "$ref"),
            ({"x-kowhy-rungs": {"great": {"credit": 1}}}, "key.unknown", "x-kowhy-rungs/great"),
            (
                {"x-kowhy-rungs": {"named": {"credit": 1, "schema": {"not": {}}}}},
                "key.unknown",
                "x-kowhy-rungs/named/schema/not",
            ),
            (
                {"x-kowhy-rungs": {"vague": {"credit": 0.6}, "named": {"credit": 0.6, "specificity": 0.3}}},
                "rung.credit-falls",
                "x-kowhy-rungs/named/credit",
            ),
            (
                {"x-kowhy-rungs": {"vague": {"credit": 0.1, "specificity": 0.4}, "named": {"credit": 0.6}}},
                "rung.specificity-falls",
                "x-kowhy-rungs/named/specificity",
            ),
            ({"x-kowhy-rungs": {"named": {"credit": 0.333}}}, "rung.credit-too-fine", "x-kowhy-rungs/named/credit"),
        ],
    )
    def test_what_is_refused(self, changes, code, where):
        """
        A checklist outside its language is refused with the place.
        """
        found = faults(document(**changes))

        assert (code, f"/properties/topic/{where}".rstrip("/")) in found
        assert all(fault.source == "mine.json" for fault in found.values())

    @pytest.mark.parametrize("key", ["why", "declined", "extra", "two words", "3rd"])
    def test_names_that_no_item_may_have(self, key):
        """
        An added item needs a plain name that a profile does not use otherwise.
        """
        whole = document()
        whole["properties"][key] = copy.deepcopy(whole["properties"]["topic"])

        assert ("item.name", f"/properties/{key}") in faults(whole)

    def test_two_faults_at_once(self):
        """
        All faults are told at once.
        """
        whole = document(**{"x-kowhy-weight": -1})
        del whole["title"]

        assert {code for code, _ in faults(whole)} == {"value.too-small", "key.missing"}


class TestWeights:
    def test_other_weights(self):
        """
        A weight is changed without copying the checklist; 0 turns an item off, the original stays.
        """
        changed = CHECKLISTS["learn"].with_weights({"scope": 0, "purpose": 9})

        assert [changed.item(key).weight for key in ("topic", "scope", "purpose")] == [3, 0, 9]
        assert CHECKLISTS["learn"].item("scope").weight == 2

    def test_unknown_item(self):
        """
        An item that is not there is named beside those that are.
        """
        with pytest.raises(UnknownNameError) as caught:
            CHECKLISTS["learn"].with_weights({"fame": 1})

        assert "'fame'" in str(caught.value)
        assert "time_plan" in str(caught.value)

    @pytest.mark.parametrize("weight", [-1, 10, 1.5, True, "2", None])
    def test_weights_are_whole_numbers_from_0_to_9(self, weight):
        """
        Everything else is refused.
        """
        with pytest.raises(InvalidChecklistError) as caught:
            CHECKLISTS["learn"].with_weights({"scope": weight})

        assert caught.value.faults[0].pointer == "/scope"
