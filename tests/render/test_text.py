"""
Text and Markdown: what is seldom there is shown as well.
"""

from __future__ import annotations

import io

from rich.console import Console

from kowhy.cli import output
from kowhy.engine import Engine
from kowhy.errors import Fault
from kowhy.plans import Plan, Recommendation
from kowhy.render.lines import Look, Span, plain, plan_lines, score_lines
from kowhy.render.markdown import plan_markdown, score_markdown

ENGINE = Engine().with_weights({"learn": {"scope": 0}})
PROFILE = {"whys": [{"why": "learn", "topic": "three Satie pieces from memory"}]}
BARE = Recommendation.of("x", "say", text="Hello there")


def text(plan):
    return plain(plan_lines(plan, checklists=ENGINE.checklists, look=Look()))


def marked(plan):
    return plan_markdown(plan, checklists=ENGINE.checklists)


class TestPlan:
    def test_empty_parts(self):
        """
        A part without advice says so, and whoever is not named is not greeted.
        """
        for shown in (text(Plan(dominant="learn")), marked(Plan(dominant="learn"))):
            assert shown.count("Nothing fits yet") == 4
            assert "our plan: Learn" in shown

    def test_problems(self):
        """
        What went wrong stands at the end.
        """
        plan = Plan(dominant="learn", problems=(Fault(code="plugin.failed", source="hall"),))

        assert "hall: plugin.failed" in text(plan)
        assert "hall: plugin.failed" in marked(plan)

    def test_a_recommendation_without_a_name(self):
        """
        What has only words is shown by its words.
        """
        plan = Plan(dominant="learn", say=(BARE,))

        assert "  1. “Hello there”" in text(plan)
        assert "1. Hello there" in marked(plan)

    def test_a_recommendation_without_text(self):
        """
        What has only a name is shown by its name.
        """
        plan = Plan(dominant="learn", where=(Recommendation.of("x", "where", name="A hall"),))

        assert "  1. A hall" in text(plan)
        assert "1. **A hall**" in marked(plan)


class TestScore:
    def test_items_that_are_off_are_left_out(self):
        """
        An item of weight 0 has no row, and where nothing is left to ask nothing is asked.
        """
        card = ENGINE.score(PROFILE)

        shown = plain(score_lines(card, (), checklists=ENGINE.checklists, look=Look()))
        page = score_markdown(card, (), checklists=ENGINE.checklists)

        for whole in (shown, page):
            assert "Topic" in whole
            assert "Scope" not in whole
            assert "Sharpen next" not in whole

    def test_a_value_shows_itself(self):
        """
        Scorecards and plans know how they look in a notebook.
        """
        card, plan = ENGINE.score(PROFILE), ENGINE.plan(PROFILE)

        for value in (card, plan):
            assert value._repr_html_().startswith("<")
            assert value._repr_markdown_().startswith("#")


class TestTerminal:
    def test_styles(self, monkeypatch):
        """
        On a terminal lines have colours; with NO_COLOR they have none.
        """
        for no_color, coloured in (("", True), ("1", False)):
            out = io.StringIO()
            terminal = Console(file=out, force_terminal=True, color_system="standard", width=80)
            monkeypatch.setattr(output, "console", lambda terminal=terminal: terminal)
            monkeypatch.setattr(output.sys, "stdout", out)
            monkeypatch.setenv("NO_COLOR", no_color)

            output.show([(Span("Learn", "title"), Span(" ok", "good"))])

            assert ("\x1b[" in out.getvalue()) == coloured
            assert "Learn" in out.getvalue()
