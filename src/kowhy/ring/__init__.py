"""
Stay busy in the ring: the log of rounds, its review, the odds, and what changed.
"""

from kowhy.ring.calendar import to_ics
from kowhy.ring.chances import Chance, Odds, odds
from kowhy.ring.comparing import Change, Progress, compare
from kowhy.ring.csv_reading import rounds_from_csv
from kowhy.ring.ics_reading import rounds_from_ics
from kowhy.ring.log import Contact, Result, Ring, Round, Stage, Track
from kowhy.ring.reading import ring_from_dict, ring_from_json, ring_to_dict, ring_to_json
from kowhy.ring.relationships import Promise, Relationship
from kowhy.ring.results import Review, TrackReview, Week
from kowhy.ring.reviewing import review
from kowhy.ring.steps import steps_for
from kowhy.ring.suggestions import Suggestion

__all__ = [
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
]
