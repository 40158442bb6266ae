"""
The conformance kit: what every author of a plugin runs, and what kowhy's own parts pass.

Strategies make profiles, scorecards and packs, the hard cases among them. One test class per kind of plugin holds the
laws; an author subclasses it, says what is to be tested, and lets pytest find it::

    from kowhy.testing import RecommenderConformance
    import kowhy_ics

    class TestIcs(RecommenderConformance):
        recommender = kowhy_ics
        part = "where"
        fits = {"whys": [{"why": "learn", "topic": "playing the church organ"}]}

The same run gives the same result: nothing is drawn at random, and nothing is kept between runs.
"""

from __future__ import annotations

from importlib.util import find_spec

from kowhy.errors import Fault, MissingExtraError

if find_spec("hypothesis") is None or find_spec("pytest") is None:
    raise MissingExtraError(
        [
            Fault(
                code="extra.missing",
                source="kowhy.testing",
                given="no hypothesis or no pytest",
                wanted="both: pip install 'kowhy[test]', or pip install hypothesis pytest",
            )
        ]
    )

from kowhy.testing.checklists import ChecklistConformance
from kowhy.testing.packs import PackConformance
from kowhy.testing.raters import RaterConformance
from kowhy.testing.recommenders import RecommenderConformance
from kowhy.testing.strategies import answers, packs, profiles, scorecards

__all__ = [
    "ChecklistConformance",
    "PackConformance",
    "RaterConformance",
    "RecommenderConformance",
    "answers",
    "packs",
    "profiles",
    "scorecards",
]
