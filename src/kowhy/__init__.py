"""
Turn a vague wish to network into a clear purpose, a score of how specific it is, and an action plan.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kowhy.api import next_questions, plan, rate, score
    from kowhy.checklists import Checklist, load_checklists
    from kowhy.convert import Draft, Limits, profile_from_dict, profile_from_json, to_dict, to_json
    from kowhy.engine import Engine
    from kowhy.errors import (
        Fault,
        InvalidChecklistError,
        InvalidFrameError,
        InvalidOptionsError,
        InvalidPackError,
        InvalidProfileError,
        InvalidRingError,
        KowhyError,
        MissingExtraError,
        PluginError,
        UnknownNameError,
    )
    from kowhy.explaining import Explanation
    from kowhy.form_schemas import form_schema
    from kowhy.packs import load_pack, own_packs
    from kowhy.plans import NearMiss, Plan, Recommendation
    from kowhy.questions import Question
    from kowhy.rating.model import Rater, Rating, Reason
    from kowhy.render.html import to_html
    from kowhy.ring import (
        Chance,
        Change,
        Contact,
        Odds,
        Progress,
        Promise,
        Relationship,
        Result,
        Review,
        Ring,
        Round,
        Stage,
        Suggestion,
        Track,
        TrackReview,
        Week,
        compare,
        odds,
        review,
        ring_from_dict,
        ring_from_json,
        ring_to_dict,
        ring_to_json,
        rounds_from_csv,
        rounds_from_ics,
        steps_for,
        to_ics,
    )
    from kowhy.rules import Pack
    from kowhy.scorecards import Finding, Scorecard
    from kowhy.whys import (
        LandAJob,
        Learn,
        MoreBusiness,
        PayItForward,
        Profile,
        SocialReasons,
        SolveAProblem,
        State,
    )

__version__ = "0.1.0"

_HOMES = {
    "api": ("next_questions", "plan", "rate", "score"),
    "checklists": ("Checklist", "load_checklists"),
    "convert": ("Draft", "Limits", "profile_from_dict", "profile_from_json", "to_dict", "to_json"),
    "engine": ("Engine",),
    "errors": (
        "Fault",
        "InvalidChecklistError",
        "InvalidFrameError",
        "InvalidOptionsError",
        "InvalidPackError",
        "InvalidProfileError",
        "InvalidRingError",
        "KowhyError",
        "MissingExtraError",
        "PluginError",
        "UnknownNameError",
    ),
    "explaining": ("Explanation",),
    "form_schemas": ("form_schema",),
    "packs": ("load_pack", "own_packs"),
    "plans": ("NearMiss", "Plan", "Recommendation"),
    "questions": ("Question",),
    "rating.model": ("Rater", "Rating", "Reason"),
    "render.html": ("to_html",),
    "ring": (
        "Chance",
        "Change",
        "Contact",
        "Odds",
        "Progress",
        "Promise",
        "Relationship",
        "Result",
        "Review",
        "Ring",
        "Round",
        "Stage",
        "Suggestion",
        "Track",
        "TrackReview",
        "Week",
        "compare",
        "odds",
        "review",
        "ring_from_dict",
        "ring_from_json",
        "ring_to_dict",
        "ring_to_json",
        "rounds_from_csv",
        "rounds_from_ics",
        "steps_for",
        "to_ics",
    ),
    "rules": ("Pack",),
    "scorecards": ("Finding", "Scorecard"),
    "whys": (
        "LandAJob",
        "Learn",
        "MoreBusiness",
        "PayItForward",
        "Profile",
        "SocialReasons",
        "SolveAProblem",
        "State",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # the names are strings, listed by home
    "Chance",
    "Change",
    "Checklist",
    "Contact",
    "Draft",
    "Engine",
    "Explanation",
    "Fault",
    "Finding",
    "InvalidChecklistError",
    "InvalidFrameError",
    "InvalidOptionsError",
    "InvalidPackError",
    "InvalidProfileError",
    "InvalidRingError",
    "KowhyError",
    "LandAJob",
    "Learn",
    "Limits",
    "MissingExtraError",
    "MoreBusiness",
    "NearMiss",
    "Odds",
    "Pack",
    "PayItForward",
    "Plan",
    "PluginError",
    "Profile",
    "Progress",
    "Promise",
    "Question",
    "Rater",
    "Rating",
    "Reason",
    "Recommendation",
    "Relationship",
    "Result",
    "Review",
    "Ring",
    "Round",
    "Scorecard",
    "SocialReasons",
    "SolveAProblem",
    "Stage",
    "State",
    "Suggestion",
    "Track",
    "TrackReview",
    "UnknownNameError",
    "Week",
    "compare",
    "form_schema",
    "load_checklists",
    "load_pack",
    "next_questions",
    "odds",
    "own_packs",
    "plan",
    "profile_from_dict",
    "profile_from_json",
    "rate",
    "review",
    "ring_from_dict",
    "ring_from_json",
    "ring_to_dict",
    "ring_to_json",
    "rounds_from_csv",
    "rounds_from_ics",
    "score",
    "steps_for",
    "to_dict",
    "to_html",
    "to_ics",
    "to_json",
]


def __getattr__(name: str) -> object:
    # Names are imported when first used: jsonschema, cattrs and the catalogue cost several times the rest.
    if name in _HOME:
        value: object = getattr(import_module(f"kowhy.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
