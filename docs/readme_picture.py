"""
Draw the picture of the README: what somebody says, and what kowhy makes of it.

    python docs/readme_picture.py    # writes docs/readme-picture.svg

Everything in it comes from an example profile and from what kowhy says of it; a test compares the file with what is
drawn now.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape
from pathlib import Path

import attrs

import kowhy
from kowhy.render.safe import inner_quotes

HERE = Path(__file__).resolve().parent
PROFILE = HERE.parent / "examples" / "profiles" / "roofing_referrals.json"
PICTURE = HERE / "readme-picture.svg"

WIDTH, EDGE, GAP = 1000, 24, 20
#: What stands on the left is narrower than what comes of it.
LEFT = 372
#: Letters in a line of so many pixels: a picture cannot measure the font that it will be read in.
WIDE = 7.7

STYLE = """
svg { --paper: #faf8f3; --card: #fff; --ink: #23292f; --soft: #59626a; --line: #e2ddd1; --accent: #0e6b64;
  --track: #e6e1d6 }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14181b; --card: #1c2226; --ink: #e9e6df; --soft: #a9b1b6; --line: #333b40; --accent: #6cc7bb;
    --track: #39424a }
}
text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink) }
.head { font-size: 17px; font-weight: 650 } .soft { fill: var(--soft) } .part { font-weight: 650; fill: var(--accent) }
.paper { fill: var(--paper) } .card { fill: var(--card); stroke: var(--line) }
.track { fill: var(--track) } .bar { fill: var(--accent) }
"""


@attrs.define
class Card:
    """
    A card that grows downwards as lines are put on it.
    """

    x: int
    width: int
    y: int = EDGE
    shapes: list[str] = attrs.field(factory=list)

    def say(self, text: str, style: str = "", *, most: int = 4, step: int = 20) -> None:
        """
        Put *text* on the card, in at most so many lines; the rest is left out, and one sees that.
        """
        width = int((self.width - 40) / (9.3 if style == "head" else WIDE))
        for line in textwrap.wrap(text, width, max_lines=most, placeholder=" …", break_on_hyphens=False):
            self.y += step
            mark = f' class="{style}"' if style else ""
            self.shapes.append(f'<text x="{self.x + 20}" y="{self.y}"{mark}>{escape(line)}</text>')

    def bar(self, share: float) -> None:
        """
        Draw how much of a whole there is.
        """
        whole = self.width - 40
        self.y += 10
        for style, width in (("track", whole), ("bar", round(whole * share))):
            self.shapes.append(
                f'<rect class="{style}" x="{self.x + 20}" y="{self.y}" width="{width}" height="8" rx="4"/>'
            )
        self.y += 8

    def drawn(self, height: int) -> str:
        """
        The card, so high.
        """
        edge = f'x="{self.x}" y="{EDGE}" width="{self.width}" height="{height}" rx="12"'
        return "\n".join([f'<rect class="card" {edge}/>', *self.shapes])


def picture() -> str:
    """
    The picture as the text of an SVG file.
    """
    profile = kowhy.profile_from_json(PROFILE.read_bytes())
    left, right = Card(EDGE, LEFT), Card(EDGE + LEFT + GAP, WIDTH - 2 * EDGE - LEFT - GAP)
    fill_in(left, profile)
    fill_out(right, profile)
    bottom = max(left.y, right.y) + 20
    height = bottom + EDGE
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{escape(f'What {profile.name} says, and the score and the plan that come of it')}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
            left.drawn(bottom - EDGE),
            right.drawn(bottom - EDGE),
            "</svg>",
            "",
        ]
    )


def fill_in(card: Card, profile: kowhy.Profile) -> None:
    """
    What the person says.
    """
    checklist = kowhy.load_checklists()[profile.whys[0].why]
    card.y += 16
    card.say(f"What {profile.name} says", "head")
    card.y += 4
    for item in checklist.items:
        answers = profile.whys[0].answers(item.key)
        if answers and item.weight:
            card.y += 6
            card.say(item.title, "soft")
            card.say("; ".join(answers), most=2)


def fill_out(card: Card, profile: kowhy.Profile) -> None:
    """
    What kowhy says.
    """
    scores, plan = kowhy.score(profile), kowhy.plan(profile).head(3)
    titles = {why: checklist.title for why, checklist in kowhy.load_checklists().items()}
    card.y += 16
    card.say("How specific it is", "head")
    for why, score in scores.whys.items():
        card.y += 8
        card.say(f"{titles[why]}: {score.score:.0f} of 100")
        card.bar(score.score / 100)
    question = kowhy.next_questions(profile)[0]
    card.y += 8
    card.say(f"Sharpen next: {question.text} (+{question.gain:g})", "soft")
    card.y += 18
    card.say("The plan", "head")
    for part, texts in parts(plan):
        card.y += 10
        card.say(part, "part")
        for text, most in texts:
            card.say(text, most=most)


def parts(plan: kowhy.Plan) -> Iterable[tuple[str, list[tuple[str, int]]]]:
    """
    One piece of advice of each part.
    """
    where, say, whom, how = plan.where[0], plan.say[-1], plan.whom[0], plan.how[1]
    return [
        ("Where to go", [(where.name, 1), (where.text, 3)]),
        ("What to say", [(f"“{inner_quotes(say.text)}”", 4)]),
        ("With whom", [(whom.name, 2), (whom.text, 3)]),
        ("How", [(how.text, 3), (f"Stop rule: {how.stop}", 2)]),
    ]


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    print(PICTURE)
