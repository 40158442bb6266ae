"""
What a notebook shows of a scorecard and of a plan.
"""

from __future__ import annotations

import attrs
import pytest

from kowhy._frozen import FrozenMap
from kowhy.render.html import to_fragment
from kowhy.render.markdown import plan_markdown
from kowhy.render.notebook import html_of, markdown_of
from tests.cards import card, item
from tests.render.pages import ENGINE, read


class TestHtml:
    def test_is_the_part_for_another_page(self):
        """
        A scorecard and a plan show themselves as they would in another page.
        """
        found, plan = ENGINE.score(read("roofing_referrals")), ENGINE.plan(read("roofing_referrals"))

        assert html_of(found) == to_fragment(found)
        assert html_of(plan) == to_fragment(plan)


class TestMarkdown:
    def test_of_a_scorecard(self):
        """
        The table is there, and the three questions that add most.
        """
        found = ENGINE.score(read("thin_more_clients"))
        said = markdown_of(found)

        assert "## More business: 7.5 of 100" in said
        assert [line[:3] for line in said.splitlines() if line[:1].isdigit()] == ["1. ", "2. ", "3. "]

    def test_of_a_plan(self):
        """
        It is the plan for sharing, three recommendations a part.
        """
        plan = ENGINE.plan(read("roofing_referrals"))

        assert markdown_of(plan) == plan_markdown(plan.shareable().head(3), checklists=ENGINE.checklists)

    def test_of_a_scorecard_that_knows_other_items(self):
        """
        Items that nobody has told it about are left out, and nothing fails.
        """
        found = card(learn={})
        items = FrozenMap({"bow_grip": item("overhand"), "topic": item("cello")})
        other = attrs.evolve(found, whys=FrozenMap({"learn": attrs.evolve(found.whys["learn"], items=items)}))
        said = markdown_of(other)

        assert "cello" in said
        assert "overhand" not in said

    @pytest.mark.parametrize("show", [html_of, markdown_of])
    def test_nothing_private(self, show):
        """
        A notebook is often handed on, so no private answer stands in it.
        """
        found = ENGINE.score(read("deposit_kept_private"))
        secrets = [text for one in found.whys["solve_a_problem"].items.values() if one.private for text in one.answers]

        assert secrets
        assert not [text for text in secrets if text in show(found)]
