"""
The steps of a plan that follow from a review: what to do this week, at which pace, and when to change the plan.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import InvalidRingError
from kowhy.matching import Cause
from kowhy.plans import Plan, Recommendation, Wording, plain
from kowhy.ring.pace import pace_faults
from kowhy.ring.results import Review
from kowhy.ring.suggestions import counted
from kowhy.sentences import Sentence, Values, Voice
from kowhy.tables import table
from kowhy.texts import texts

#: More steps than these are a list that nobody follows.
STEPS = 3

#: More people than these are not written to in one quiet quarter of an hour.
_PEOPLE = 3


def steps_for(review: Review, plan: Plan, *, pace: int | None = None) -> tuple[Recommendation, ...]:
    """
    Steps for ``plan.how``, the most urgent first, each as a sentence of when and then.

    They name nobody and repeat nothing that is private, so they may stand in a plan that is handed on.

    Args:
        review: What the log says.

        plan: The plan that they join; one that speaks of danger gets none.

        pace: Rounds a week that the person chose; ``None`` takes that of the review.

    Raises:
        InvalidRingError: The pace makes no sense.
    """
    faults = [*pace_faults(pace)]
    if faults:
        raise InvalidRingError(faults)
    if plan.emergency is not None:
        return ()
    steps = [*_steps(review, pace)][:STEPS]
    causes = tuple(Cause(why=why) for why in plan.whys[:1])
    return tuple(
        attrs.evolve(
            step,
            whys=plan.whys,
            causes=causes,
            rank=FrozenMap({"review": len(steps) - index}),
            order=index - len(steps),
        )
        for index, step in enumerate(steps)
    )


def _steps(review: Review, pace: int | None) -> Iterator[Recommendation]:
    """
    All that apply; the one with the pace always does.
    """
    rules = table("ring")
    soon, late = rules["relationship"]["soon_days"], rules["relationship"]["dormant_days"]
    due = [one for one in review.promises if -soon <= one.days < late]
    weeks = counted(review.recent_weeks, "week")
    lately = sum(track.recent for track in review.tracks.values())
    if due:
        yield _step("promise", promises=counted(len(due), "promise"))
    if review.dry_run >= rules["fit"]["change"]:
        yield _step("change", rounds=counted(review.dry_run, "round"))
    yield _paced(review, pace)
    if review.cold:
        people = counted(min(len(review.cold), _PEOPLE), "person")
        yield _step("cold", people=people, relationships=counted(len(review.cold), "relationship"))
    if lately >= rules["fit"]["least"]:
        if review.planned and review.recent_right < rules["fit"]["share"] * lately:
            yield _step("fit", right=f"{review.recent_right:,}", rounds=counted(lately, "round"))
        for name, track in review.tracks.items():
            if not track.recent:
                yield _step("balance", then=f"step.balance.{name}", weeks=weeks)
                break


def _paced(review: Review, pace: int | None) -> Recommendation:
    """
    How many rounds this week, whose choice that is, and after how many the plan should change.
    """
    words = texts("ring")
    aim = review.chosen_pace if pace is None else pace
    is_default = pace is None and review.is_default_pace
    because = words[f"step.pace.because.{'default' if is_default else 'chosen'}"]
    if review.rounds and review.pace < aim:
        because = words["step.pace.because.slower"].format(pace=per_week(review.pace), choice=because)
    left = table("ring")["fit"]["change"] - review.dry_run
    stop = words["step.pace.stop"]
    if left > 0:
        rounds = counted(left, "more" if review.dry_run else "round")
        stop = f"{stop} {words['step.continue.stop'].format(rounds=rounds)}"
    return _step("pace", because=because, stop=stop, rounds=counted(aim, "round"))


def per_week(pace: float) -> str:
    """
    A pace in words, such as "3 rounds" or "1.5 rounds".
    """
    if pace == int(pace):
        return counted(int(pace), "round")
    return texts("ring")["many.round"].format(number=f"{pace:,.1f}")


def _step(code: str, *, then: str = "", because: str = "", stop: str = "", **numbers: str) -> Recommendation:
    """
    One step in the words of ``step.<code>``.

    Args:
        code: Of the step.

        then: Code of other words for what to do.

        because: Finished words for the reason.

        stop: Finished words for when to stop.

        numbers: What the words count.
    """
    words = texts("ring")
    codes = {name: f"step.{code}.{name}" for name in ("name", "when", "then", "count", "because", "stop")}
    if then:
        codes["then"] = then
    said = {name: words[found].format_map(numbers) for name, found in codes.items() if found in words}
    said |= {name: text for name, text in (("because", because), ("stop", stop)) if text}
    wordings = FrozenMap(
        (name, plain(text) if name in ("name", "count") else _sentence(text)) for name, text in said.items()
    )
    return Recommendation(id=f"ring.step.{code}", part="how", wordings=wordings)


def _sentence(text: str) -> Wording:
    # A finished text is spoken as a name, and a name has no full stop.
    return Wording(Sentence(text, (text,)), Values(), Voice.READ)
