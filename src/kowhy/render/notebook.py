"""
How a scorecard and a plan show themselves in a notebook, which is often handed on: without anything private.
"""

from __future__ import annotations

from kowhy.checklists import load_checklists
from kowhy.plans import Plan
from kowhy.questions import questions
from kowhy.render.html import to_fragment
from kowhy.render.markdown import plan_markdown, score_markdown
from kowhy.render.page.judging import fitting
from kowhy.render.sharing import shareable
from kowhy.scorecards import Scorecard

#: As many recommendations of a part, and as many questions, as a glance takes in.
SHOWN = 3


def html_of(x: Scorecard | Plan) -> str:
    """
    As HTML, with the picture of the score.
    """
    return to_fragment(x)


def markdown_of(x: Scorecard | Plan) -> str:
    """
    As Markdown, for where no HTML is shown.
    """
    if isinstance(x, Plan):
        return plan_markdown(x.shareable().head(SHOWN), checklists=load_checklists())
    known = fitting(x, load_checklists())
    card = shareable(x)
    return score_markdown(card, questions(card, checklists=known, limit=SHOWN), checklists=known)
