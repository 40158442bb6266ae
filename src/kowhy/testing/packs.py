"""
The laws of rule packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType

from kowhy.checklists import Checklist, load_checklists
from kowhy.engine import Engine
from kowhy.linting import Linted, lint
from kowhy.packs import own_packs
from kowhy.plans import Plan, Recommendation
from kowhy.rating.rater import EnglishRater
from kowhy.rules import Pack
from kowhy.testing.laws import fail, folder_of, for_all, gaps, texts_of, without_faults
from kowhy.testing.strategies import profiles
from kowhy.whys import Profile


class PackConformance:
    """
    What a plugin of the group ``kowhy.packs`` keeps.

    Attributes:
        package: The package whose folder ``packs`` holds the files.

        folder: The folder itself, where there is no package.

        checklists: By WHY, where the rules ask for items of other checklists.

        changes: Whether the packs change rules of others on purpose, with ``replaces``, ``disables`` or ``override``.
    """

    package: ModuleType | None = None
    folder: Traversable | Path | None = None
    checklists: Mapping[str, Checklist] = load_checklists()
    changes: bool = False

    @classmethod
    @cache
    def _files(cls) -> list[Path]:
        folder = folder_of(cls.package, cls.folder, "packs")
        return sorted(path for path in folder.glob("*.toml")) if folder.is_dir() else []

    @classmethod
    @cache
    def _linted(cls) -> Linted:
        return lint(cls._files(), checklists=cls.checklists, rater=EnglishRater())

    @classmethod
    @cache
    def _packs(cls) -> tuple[Pack, ...]:
        without_faults("A pack can be used.", cls._linted().faults)
        return cls._linted().packs

    @classmethod
    @cache
    def _engine(cls) -> Engine:
        mine = {pack.id for pack in cls._packs()}
        return Engine(
            checklists=cls.checklists, packs=[*(pack for pack in own_packs() if pack.id not in mine), *cls._packs()]
        )

    def _made(self, plan: Plan) -> list[Recommendation]:
        mine = {pack.id for pack in self._packs()}
        return [one for one in plan.recommendations if one.pack in mine]

    def test_there_is_a_pack(self) -> None:
        """
        The folder holds at least one file, and each holds at least one rule.
        """
        empty = [pack.id for pack in self._packs() if not (pack.rules or pack.disables or pack.overrides)]
        if not self._files() or empty:
            given = f"no rule in {', '.join(empty)}" if empty else "no file *.toml"
            fail("A package of packs brings rules.", given)

    def test_nothing_is_wrong_with_it(self) -> None:
        """
        ``kowhy check`` finds nothing: no fault of the schema, no unknown item, no rule that can never fire or speak.
        """
        without_faults("kowhy check finds nothing wrong.", self._linted().faults)

    def test_it_changes_nothing_unasked(self) -> None:
        """
        A pack adds rules; what it changes in others is said in the test class, for it waits until a person allows it.
        """
        changing = [
            pack.id
            for pack in self._packs()
            if pack.disables or pack.overrides or any(rule.replaces for rule in pack.rules)
        ]
        if changing and not self.changes:
            given = f"{', '.join(changing)} replaces, disables or overrides rules"
            fail("A pack changes other packs only on purpose: say changes = True.", given)

    def test_plans_have_no_problems(self) -> None:
        """
        For any profile the plan comes without a problem.
        """

        def law(profile: Profile) -> None:
            without_faults("A plan with the pack has no problems.", self._engine().plan(profile).problems)

        for_all(profiles(checklists=self._engine().checklists), law)

    def test_its_texts_have_no_gaps(self) -> None:
        """
        No text shows an open slot, a missing value or a doubled space.
        """

        def law(profile: Profile) -> None:
            answers = [text for why in profile.whys for item in why.item_keys() for text in why.answers(item)]
            answers += [text for why in profile.whys for texts in why.extra.values() for text in texts]
            for one in self._made(self._engine().plan(profile)):
                for name, text in texts_of(one):
                    # Live slots stand in brackets, and so does nothing else of a pack.
                    found = gaps(text, answers)
                    if found:
                        fail("A text reads as a person would say it.", f"{one.id} {name}: {text!r}", f"has {found}")

        for_all(profiles(checklists=self._engine().checklists), law)

    def test_what_is_shared_is_a_part_of_the_plan(self) -> None:
        """
        The shareable form holds nothing that the plan itself does not hold.
        """

        def law(profile: Profile) -> None:
            plan = self._engine().plan(profile)
            more = {one.id for one in self._made(plan.shareable())} - {one.id for one in self._made(plan)}
            if more:
                fail("Sharing a plan takes away and adds nothing.", f"added: {', '.join(sorted(more))}")

        for_all(profiles(checklists=self._engine().checklists), law)
