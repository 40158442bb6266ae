"""
Whether an event fits what a person is after: shared words, and whether the place is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from kowhy import Scorecard
from kowhy.forms import fold
from kowhy_ics.calendars import Event

#: Items that say what somebody is after, by WHY, and items that say where.
SUBJECTS = {
    "more_business": ("industry", "profession", "niche", "market_segment", "business_type"),
    "land_a_job": ("industry", "profession", "job_type", "target_companies"),
    "learn": ("topic", "scope"),
    "social_reasons": ("common_interests", "athletic"),
    "pay_it_forward": ("service", "cause", "beneficiary"),
    "solve_a_problem": ("problem", "help_kind"),
}
PLACES = ("geography", "place_format")

#: Words that stand in every announcement, or in any answer, and so tell nothing.
EMPTY = frozenset(
    "about after also among another because before between class classes club commercial course courses each "
    "evening event events everybody everyone find first free from getting good great group groups have help into "
    "join learn learning like local make making meet meeting meetings members more most near network networking "
    "only open other others over people person place playing regular regularly service services small some "
    "somebody somewhere than that their them then they thing things this time training under very want week "
    "weekly weeks welcome when where which while whom with without work working workshop would year years your".split()
)

#: What one shared word, each further one, and the right place are worth in the rank.
WORD, FURTHER, PLACE = 50, 10, 25

#: The lowest level of an answer that may choose an event: a vague one fits everything.
NAMED = 2


@dataclass(frozen=True, kw_only=True)
class Fit:
    """
    An event, and why it fits.

    Attributes:
        event: The event.

        why: Id of the WHY that it serves.

        item: Key of the item whose answer it meets.

        words: The words of the answer that it mentions.

        is_near: Whether it is where the person wants to be.
    """

    event: Event
    why: str
    item: str
    words: tuple[str, ...]
    is_near: bool

    @property
    def rank(self) -> int:
        """
        How well it fits, as the sum of the parts of its rank.
        """
        return sum(self.parts.values())

    @property
    def parts(self) -> dict[str, int]:
        """
        The parts of the rank.
        """
        return {"fit": WORD + FURTHER * min(len(self.words) - 1, 3), "place": PLACE if self.is_near else 0}


def fits(event: Event, scorecard: Scorecard) -> Fit | None:
    """
    The best reason why *event* fits, if there is one; that of the leading WHY where two are as good.
    """
    heard = frozenset(fold(event.text))
    heard_place = frozenset(fold(f"{event.place} {event.title}"))
    order = sorted(scorecard.whys, key=lambda why: why != scorecard.dominant)
    best: Fit | None = None
    for why in order:
        is_near = any(
            _shared(text, heard_place, shortest=3) for key in PLACES for text in _answers(scorecard, why, key)
        )
        for item in SUBJECTS[why]:
            for text in _answers(scorecard, why, item):
                words = _shared(text, heard, shortest=4)
                fit = Fit(event=event, why=why, item=item, words=words, is_near=is_near)
                if words and (best is None or fit.rank > best.rank):
                    best = fit
    return best


def _answers(scorecard: Scorecard, why: str, item: str) -> tuple[str, ...]:
    found = scorecard.whys[why].items.get(item)
    if found is None or found.private:
        return ()
    return tuple(text for text, level in zip(found.answers, found.levels, strict=False) if level >= NAMED)


def _shared(text: str, heard: frozenset[str], *, shortest: int) -> tuple[str, ...]:
    """
    The words of *text* that are *heard*, in any of their forms.
    """
    known = frozenset(map(_stem, heard))
    words = dict.fromkeys(word for word in fold(text) if len(word) >= shortest and word not in EMPTY)
    return tuple(word for word in words if _stem(word) in known)


def _stem(word: str) -> str:
    """
    What the forms of a word share: ``roofing`` and ``roofers`` meet in ``roof``.
    """
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= SHORTEST), "")
    return word.removesuffix(ending)


#: Endings that make no other subject, the longest first, and how much of a word has to be left.
ENDINGS, SHORTEST = ("ings", "ing", "ers", "er", "ed", "es", "s", "e"), 4
