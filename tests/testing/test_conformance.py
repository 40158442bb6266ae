"""
What ships with kowhy passes the kit that authors of plugins run.
"""

from __future__ import annotations

from importlib.resources import files

from kowhy._frozen import FrozenMap
from kowhy.matching import Cause
from kowhy.plans import Recommendation
from kowhy.rating import EnglishRater
from kowhy.schemas import schema_root
from kowhy.testing import ChecklistConformance, PackConformance, RaterConformance, RecommenderConformance


class TestOwnPacks(PackConformance):
    folder = files("kowhy").joinpath("catalogue", "packs")


class TestOwnChecklists(ChecklistConformance):
    folder = schema_root().joinpath("checklists")


class TestEnglishRater(RaterConformance):
    make = EnglishRater
    ladders = (
        ("more_business.industry", "everyone", "construction", "commercial roofing"),
        ("social_reasons.geography", "nearby", "within 10 km of Leeds"),
        ("learn.topic", "something new", "music", "playing the church organ"),
        ("", "things", "a bakery in Ghent that supplies hotels"),
    )


class Library:
    """
    A recommender as an app may pass it: it reads what it is given and says why.
    """

    def recommend(self, scorecard, *, options):
        for why in scorecard.whys:
            for key, item in scorecard.whys[why].items.items():
                if item.rung == "specific" and item.answers:
                    yield Recommendation(
                        id=f"{why}.{key}",
                        part="where",
                        whys=(why,),
                        causes=(Cause(why=why, item=key),),
                        rank=FrozenMap({"fit": item.level}),
                        wordings=Recommendation.of(
                            "x", "where", name=options.get("name", "the library"), because="They know about it."
                        ).wordings,
                    )


class TestLibrary(RecommenderConformance):
    recommender = Library()
    part = "where"
    options = FrozenMap({"name": "the city library"})
    fits = FrozenMap({"whys": [{"why": "learn", "topic": "playing the church organ"}]})
