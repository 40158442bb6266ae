"""
The laws of checklists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from kowhy.checklists import Checklist, load_checklists
from kowhy.linting import Linted, lint
from kowhy.rating.model import Rater
from kowhy.rating.rater import EnglishRater
from kowhy.scoring import score_profile
from kowhy.testing.laws import fail, folder_of, for_all, without_faults
from kowhy.testing.strategies import profiles
from kowhy.whys import WHYS, Profile


class ChecklistConformance:
    """
    What a plugin of the group ``kowhy.checklists`` keeps.

    Attributes:
        package: The package whose folder ``checklists`` holds the files.

        folder: The folder itself, where there is no package.

        rater: Rates the examples; the rater for English unless given.

        drops: Items of kowhy that it leaves out on purpose, as ``"why.item"``; rules that need them stay silent.
    """

    package: ModuleType | None = None
    folder: Traversable | Path | None = None
    rater: Rater = EnglishRater()
    drops: tuple[str, ...] = ()

    @classmethod
    @cache
    def _linted(cls) -> Linted:
        folder = folder_of(cls.package, cls.folder, "checklists")
        paths = sorted(path for path in folder.glob("*.json")) if folder.is_dir() else []
        return lint(paths, checklists=load_checklists(), rater=cls.rater)

    @classmethod
    @cache
    def _checklists(cls) -> Mapping[str, Checklist]:
        without_faults("A checklist can be used.", cls._linted().faults)
        return {checklist.why: checklist for checklist in cls._linted().checklists}

    def test_there_is_a_checklist(self) -> None:
        """
        The folder holds at least one checklist.
        """
        if not self._checklists():
            fail("A package of checklists brings one.", "no file *.json")

    def test_nothing_is_wrong_with_it(self) -> None:
        """
        ``kowhy check`` finds nothing: no fault of the schema, and no example that shows the opposite.
        """
        without_faults("kowhy check finds nothing wrong.", self._linted().faults)

    def test_it_keeps_what_rules_ask_for(self) -> None:
        """
        The items of kowhy's checklist for the same WHY are there, or left out on purpose.
        """
        for why, checklist in self._checklists().items():
            lost = {item.key for item in load_checklists()[why].items} - {item.key for item in checklist.items}
            unsaid = sorted(key for key in lost if f"{why}.{key}" not in self.drops)
            if unsaid:
                places = ", ".join(f"{why}.{key}" for key in unsaid)
                fail("A checklist keeps the items that rules ask for, or says drops = (…).", f"lost: {places}")

    def test_its_examples_lead_to_a_good_score(self) -> None:
        """
        A profile that answers everything as the specific examples do reaches the upper half.
        """
        for why, checklist in self._checklists().items():
            own = WHYS[why].item_keys()
            best = {item.key: item.specific[:1] for item in checklist.items if item.specific}
            fields: dict[str, Any] = {key: texts for key, texts in best.items() if key in own}
            fields["extra"] = {key: texts for key, texts in best.items() if key not in own}
            made = WHYS[why](**fields)
            score = score_profile(Profile(whys=made), checklists=self._checklists(), rater=self.rater).whys[why].score
            if score < _GOOD:
                given = f"{why}: {score} of 100"
                fail(f"Specific answers to everything earn at least {_GOOD} points.", given)

    def test_declining_costs_nothing(self) -> None:
        """
        Scores stay within bounds, and declining what was not answered never changes one.
        """

        def law(profile: Profile) -> None:
            card = score_profile(profile, checklists=self._checklists(), rater=self.rater)
            declined = score_profile(self._declining(profile), checklists=self._checklists(), rater=self.rater)
            for why, score in card.whys.items():
                if not 0 <= score.score <= 100:
                    fail("A score stands between 0 and 100.", f"{why}: {score.score}")
                if declined.whys[why].score != score.score:
                    seen = f"{why}: {score.score}, declining {declined.whys[why].score}"
                    fail("Declining costs nothing.", seen)

        for_all(profiles(checklists=self._checklists(), whys=tuple(self._checklists())), law)

    def _declining(self, profile: Profile) -> Profile:
        whys = []
        for why in profile.whys:
            open_items = [
                item.key
                for item in self._checklists()[why.why].items
                if not item.core and not why.answers(item.key) and item.key not in why.not_applicable
            ]
            whys.append(attrs.evolve(why, declined=open_items))
        return attrs.evolve(profile, whys=whys)


#: What specific answers to everything have to earn.
_GOOD = 50
