"""
Form schemas: made from any checklist, sound for every generator of forms, and what they collect is a WHY of a profile.
"""

from __future__ import annotations

import attrs
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft6Validator, Draft7Validator, Draft202012Validator

from kowhy import form_schema, load_checklists, profile_from_dict, rate
from kowhy.checklists import checklist_from_dict
from kowhy.schemas import check, load_schema
from kowhy.testing.strategies import answers
from kowhy.whys import WHYS

every_why = pytest.mark.parametrize("why", WHYS)


def schema_of(why):
    return form_schema(load_checklists()[why])


@st.composite
def weighted(draw):
    """
    A checklist of kowhy with other weights, some of them 0.
    """
    checklist = load_checklists()[draw(st.sampled_from(list(WHYS)))]
    keys = [item.key for item in checklist.items]
    return checklist.with_weights(draw(st.dictionaries(st.sampled_from(keys), st.integers(0, 9))))


@st.composite
def filled(draw):
    """
    A WHY, and what somebody may have typed into its form.
    """
    why = draw(st.sampled_from(list(WHYS)))
    items = draw(st.lists(st.sampled_from(load_checklists()[why].items), unique=True))
    return why, {item.key: draw(st.one_of(st.text(), answers(item))) for item in items}


class TestItems:
    @every_why
    def test_each_item_has_title_question_and_examples(self, why):
        """
        The keywords that forms read hold what the checklist says in words of its own, in its order.
        """
        items = load_schema(f"checklists/{why}")["properties"]
        found = schema_of(why)["properties"]

        assert list(found) == list(items)
        assert [(one["title"], one["description"], one["examples"]) for one in found.values()] == [
            (item["title"], item["x-kowhy-ask"], item["x-kowhy-examples"]["specific"]) for item in items.values()
        ]
        assert {one["type"] for one in found.values()} == {"string"}

    @every_why
    def test_the_whole_has_the_name_of_the_why(self, why):
        """
        Title and description of the form are those of the checklist, whose id stands in a comment.
        """
        checklist, found = load_checklists()[why], schema_of(why)

        assert (found["title"], found["description"]) == (checklist.title, checklist.description)
        assert checklist.id in found["$comment"]

    @every_why
    def test_marks_stay(self, why):
        """
        What is core or sensitive is still marked, so that a form can say so.
        """
        found = schema_of(why)["properties"]

        for item in load_checklists()[why].items:
            assert found[item.key].get("x-kowhy-core", False) == item.core
            assert found[item.key].get("x-kowhy-sensitive", False) == item.sensitive

    def test_choices_can_be_picked(self):
        """
        An item with choices offers them by name.
        """
        picked = schema_of("learn")["properties"]["learn_kind"]["anyOf"][0]["enum"]

        assert picked == ["market", "craft", "subject", "trade"]

    def test_only_items_with_choices_have_them(self):
        """
        All other items are plain texts.
        """
        found = {f"{why}.{key}" for why in WHYS for key, one in schema_of(why)["properties"].items() if "anyOf" in one}

        assert found == {"learn.learn_kind", "social_reasons.seeking", "social_reasons.parent_status"}

    def test_a_choice_may_be_told_more_closely(self):
        """
        A bare choice is rated lower than one with more words, so the form takes both, and both are texts of a profile.
        """
        validator = Draft202012Validator(schema_of("learn"))

        for answer in ("craft", "a craft: playing the piano"):
            assert validator.is_valid({"learn_kind": answer})
        assert rate("craft", "learn.learn_kind").rung == "named"
        assert rate("a craft: playing the piano", "learn.learn_kind").rung == "specific"

    def test_a_checklist_without_examples_and_descriptions(self):
        """
        What a checklist does not say, its form leaves out.
        """
        document = load_schema("checklists/learn")
        del document["description"]
        for item in document["properties"].values():
            item.pop("x-kowhy-examples")
        found = form_schema(checklist_from_dict(document))

        assert "description" not in found
        assert all("examples" not in one for one in found["properties"].values())
        assert all("examples" not in option for option in found["properties"]["learn_kind"]["anyOf"])

    def test_own_items_stand_among_the_others(self):
        """
        The checklist of a plugin gets its form the same way.
        """
        checklist = load_checklists()["learn"]
        own = attrs.evolve(checklist.items[1], key="instrument", title="Instrument")
        found = form_schema(attrs.evolve(checklist, items=(*checklist.items, own)))

        assert list(found["properties"])[-1] == "instrument"
        assert found["properties"]["instrument"]["title"] == "Instrument"

    def test_each_call_gives_a_mapping_of_its_own(self):
        """
        Whoever changes a form schema changes nobody else's.
        """
        schema_of("learn")["properties"]["learn_kind"]["examples"].clear()

        assert schema_of("learn")["properties"]["learn_kind"]["examples"]


class TestLaws:
    @given(checklist=weighted())
    def test_it_is_a_sound_schema_in_every_draft(self, checklist):
        """
        It satisfies the meta-schemas from draft 6 on, and leads nowhere else.
        """
        schema = form_schema(checklist)

        for validator in (Draft6Validator, Draft7Validator, Draft202012Validator):
            validator.check_schema(schema)
        jsonschema_rs.meta.validate(schema)
        assert "$schema" not in schema
        assert "$ref" not in str(schema)

    @given(checklist=weighted())
    def test_items_that_are_off_are_not_asked(self, checklist):
        """
        The form asks for the items that have a weight, and requires none.
        """
        schema = form_schema(checklist)

        assert list(schema["properties"]) == [item.key for item in checklist.items if item.weight]
        assert "required" not in schema
        assert Draft202012Validator(schema).is_valid({})

    @given(form=filled())
    def test_what_is_typed_is_a_why_of_a_profile(self, form):
        """
        Whatever is typed satisfies the form schema and, with the WHY's id, is an entry of a profile that kowhy reads.
        """
        why, typed = form
        profile = {"whys": [{"why": why} | typed]}

        assert Draft202012Validator(schema_of(why)).is_valid(typed)
        assert check(profile, "profile") == ()
        assert profile_from_dict(profile).whys[0].why == why

    @given(form=filled(), key=st.text())
    def test_it_refuses_what_a_profile_refuses(self, form, key):
        """
        A key that is no item, and an answer that is no text, are faults in both.
        """
        why, typed = form
        validator = Draft202012Validator(schema_of(why))
        keys = WHYS[why].item_keys()

        assert validator.is_valid(typed | {key: "x"}) == (key in keys)
        assert not validator.is_valid(typed | {keys[0]: 5})
        assert check({"whys": [{"why": why} | typed | {keys[0]: 5}]}, "profile")
