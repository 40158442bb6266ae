"""
The same checklists evaluated by JSON Schema engines, with everything prepared beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kowhy.checklists import Checklist, load_checklists
from kowhy.compiled import compiled
from kowhy.ladder import hundredths
from kowhy.rating.model import Rater
from kowhy.whys import Profile

Validity = Callable[[Any], bool]


class BySchema:
    """
    A validator for each rung of each item; it sees the ratings of the answers, which are known.

    Blank items are passed over and the highest rung is tried first, which is kind to the engine. Adding up is that of
    kowhy. It knows nothing of pasted texts and of answers that cannot be rated, so it is asked for profiles without.
    """

    def __init__(self, prepare: Callable[[Mapping[str, Any]], Validity], rater: Rater) -> None:
        self.checklists = load_checklists()
        self.rungs = {why: _rungs(checklist, prepare) for why, checklist in self.checklists.items()}
        # Whoever asks an engine keeps the ratings as well.
        self.value = lru_cache(maxsize=None)(lambda text, ask: rater.rate(text, ask=ask).value)

    def scores(self, profile: Profile) -> dict[str, float]:
        found = {}
        for why in profile.whys:
            ready = compiled(self.checklists[why.why])
            credits = [0] * len(ready.asked)
            for place, (asked, rungs) in enumerate(zip(ready.asked, self.rungs[why.why], strict=True)):
                answers = asked.answers(why)
                if answers:
                    values = [self.value(answer, asked.ask) for answer in answers]
                    credits[place] = next((credit for credit, holds in rungs if holds(values)), 0)
            tally = ready.frame.tally(credits)
            found[why.why] = hundredths(tally.total, ready.frame.full) / 100
        return found


def _rungs(checklist: Checklist, prepare: Callable[[Mapping[str, Any]], Validity]) -> list[list[tuple[int, Validity]]]:
    found = []
    for item in checklist.items:
        rungs = []
        for rung in sorted(item.rungs, key=lambda rung: -rung.level):
            schema = {"type": "array", "minItems": 1, "contains": {"type": "number", "minimum": rung.specificity}}
            if rung.schema and "minItems" in rung.schema:
                schema["minContains"] = rung.schema["minItems"]
            rungs.append((rung.credit, prepare(schema)))
        found.append(rungs)
    return found


def python_jsonschema(schema: Mapping[str, Any]) -> Validity:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema).is_valid


def jsonschema_in_rust(schema: Mapping[str, Any]) -> Validity:
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(schema).is_valid
