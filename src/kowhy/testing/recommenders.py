"""
The laws of recommenders.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from typing import Any

import attrs

from kowhy import __version__
from kowhy._frozen import FrozenMap
from kowhy.checklists import load_checklists
from kowhy.convert import profile_from_dict
from kowhy.installed import RECOMMENDERS
from kowhy.plans import Recommendation
from kowhy.plugins import Loaded, Plugin, check
from kowhy.rating.rater import EnglishRater
from kowhy.receiving import Source
from kowhy.recommending import Made, run
from kowhy.scorecards import Scorecard
from kowhy.scoring import score_profile
from kowhy.testing.laws import fail, for_all, gaps, texts_of, without_faults
from kowhy.testing.strategies import scorecards


class RecommenderConformance:
    """
    What a plugin of the groups ``kowhy.venues``, ``kowhy.scripts`` and ``kowhy.people`` keeps.

    Attributes:
        recommender: The object or module under test.

        part: The part of the plan that its group fills: ``"where"``, ``"say"`` or ``"whom"``; ``None`` for any, where
            an app passes it to an engine itself.

        options: Its options, as the engine is given them.

        fits: A profile, as a mapping, for which it has something to recommend.
    """

    recommender: Any = None
    part: str | None = None
    options: Mapping[str, Any] = FrozenMap()
    fits: Mapping[str, Any] = FrozenMap()

    def _run(self, card: Scorecard, *, options: Mapping[str, Any] | None = None) -> Made:
        source = Source(name="it", label="it", recommender=type(self).recommender, part=self.part)
        return run(source, card, options=self.options if options is None else options)

    def _fitting(self) -> Scorecard:
        checklists = load_checklists()
        profile = profile_from_dict(self.fits, checklists=checklists)
        return score_profile(profile, checklists=checklists, rater=EnglishRater())

    def test_it_keeps_the_contract(self) -> None:
        """
        It has ``recommend(scorecard, *, options)``, for a contract and a version of kowhy that are there.
        """
        group = next((group for group, part in RECOMMENDERS.items() if part == self.part), next(iter(RECOMMENDERS)))
        plugin = Plugin(group=group, name="it", package="it", value="it")
        fault = check(Loaded(plugin=plugin, object=type(self).recommender), version=__version__)
        without_faults("A recommender keeps the contract of its group.", [fault] if fault else [])

    def test_it_never_fails(self) -> None:
        """
        For any scorecard there are sound recommendations or none, and no exception, junk, flood or private text.
        """

        def law(card: Scorecard) -> None:
            faults = [fault for fault in self._run(card).faults if fault.code.startswith("plugin.")]
            without_faults("A recommender copes with any scorecard.", faults)

        for_all(scorecards(), law)

    def test_it_works_without_options(self) -> None:
        """
        Without options it recommends nothing, or says with a fault of its own what it needs; it does not fail.
        """

        def law(card: Scorecard) -> None:
            faults = [fault for fault in self._run(card, options={}).faults if fault.code.startswith("plugin.")]
            without_faults("A recommender does not fail where no options are given.", faults)

        for_all(scorecards(), law)

    def test_it_says_the_same_again(self) -> None:
        """
        The same scorecard and options give the same recommendations: no clock, no chance, no memory.
        """

        def law(card: Scorecard) -> None:
            first, second = (_plain(self._run(card)) for _ in range(2))
            if first != second:
                differing = next(
                    (pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), (first, second)
                )
                fail("A recommender gives the same for the same.", f"first: {differing[0]}", f"then: {differing[1]}")

        for_all(scorecards(), law)

    def test_it_prints_nothing(self) -> None:
        """
        What it has to say stands in recommendations and faults, for the output belongs to the app.
        """

        def law(card: Scorecard) -> None:
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                self._run(card)
            if out.getvalue():
                fail("A recommender prints nothing.", f"printed: {out.getvalue()[:200]!r}")

        for_all(scorecards(), law)

    def test_it_recommends_something(self) -> None:
        """
        There is a profile for which it has something to recommend.
        """
        if not self._run(self._fitting()).recommendations:
            fail(
                "A recommender recommends something to the profile in fits.",
                f"fits: {dict(self.fits)}",
                *self._run(self._fitting()).faults,
            )

    def test_it_says_why(self) -> None:
        """
        Each recommendation gives its reason, for a plan can say of every line why it is there.
        """

        def law(card: Scorecard) -> None:
            silent = [one.id for one in self._run(card).recommendations if not one.because]
            if silent:
                fail("Each recommendation has a text because.", f"without one: {', '.join(silent)}")

        law(self._fitting())
        for_all(scorecards(), law)

    def test_its_texts_have_no_gaps(self) -> None:
        """
        No text shows an open slot, a missing value or a doubled space.
        """

        def law(card: Scorecard) -> None:
            answers = [text for score in card.whys.values() for item in score.items.values() for text in item.answers]
            answers.append(card.name or "")
            for one in self._run(card).recommendations:
                for name, text in texts_of(one):
                    found = gaps(text, answers)
                    if found:
                        fail("A text reads as a person would say it.", f"{one.id} {name}: {text!r}", f"has {found}")

        law(self._fitting())
        for_all(scorecards(), law)

    def test_its_ids_do_not_depend_on_the_person(self) -> None:
        """
        An id stays when the person's name changes, so that what was dismissed stays away, and it tells nobody's name.
        """
        card = self._fitting()
        first, second = (
            [one.id for one in self._run(attrs.evolve(card, name=name)).recommendations] for name in ("Ada", "Grace")
        )
        if first != second:
            fail("Ids do not depend on the person's name.", f"for Ada: {first}", f"for Grace: {second}")


def _plain(made: Made) -> list[Any]:
    return [*map(_written, made.recommendations), *(attrs.asdict(fault) for fault in made.faults)]


def _written(one: Recommendation) -> Any:
    return one._to_dict_()
