"""
Everything that judging and advising needs, held as values in one object.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from kowhy import __version__, danger
from kowhy._frozen import FrozenMap
from kowhy.batch import AHEAD, CHUNK, Row, run
from kowhy.checklists import Checklist, load_checklists
from kowhy.compiled import ask_of
from kowhy.convert import Limits, profile_from_dict, profile_from_json
from kowhy.errors import Fault, PluginError, UnknownNameError, shown
from kowhy.explaining import Explanation, explain
from kowhy.matching import Matcher
from kowhy.overrides import Resolved, resolve
from kowhy.packs import own_packs
from kowhy.planning import make_plan
from kowhy.plans import Plan
from kowhy.plugins import Installed, Recommender, discover, named_checklists, named_rater
from kowhy.questions import Question, questions
from kowhy.rating.model import Ask, Rater, Rating
from kowhy.rating.rater import EnglishRater
from kowhy.receiving import Source as RecommenderSource
from kowhy.recommending import run_all, sources
from kowhy.rules import Pack
from kowhy.scorecards import Scorecard
from kowhy.scoring import score_profile
from kowhy.whys import Profile

if TYPE_CHECKING:
    from kowhy.ring.results import Review

Source = Profile | Mapping[str, Any] | str | bytes


def _checklists(value: Iterable[Checklist] | Mapping[str, Checklist] | str | None) -> FrozenMap[str, Checklist]:
    """
    The six of kowhy, with those given, or those of the plugin that is named, in place of those for the same WHY.
    """
    if isinstance(value, str):
        value = named_checklists(value, version=__version__)
    given = value.values() if isinstance(value, Mapping) else value or ()
    return FrozenMap(dict(load_checklists()) | {checklist.why: checklist for checklist in given})


def _packs(value: Iterable[Pack] | None) -> tuple[Pack, ...]:
    return own_packs() if value is None else tuple(sorted(value, key=lambda pack: pack.id))


def _rater(value: Rater | str | None) -> Rater:
    if value is None:
        return EnglishRater()
    if isinstance(value, str):
        return named_rater(value, version=__version__)
    return value


def _recommenders(value: Iterable[Recommender]) -> tuple[Recommender, ...]:
    return tuple(value)


def _options(value: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(value)


def _names(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Engine:
    """
    Scores profiles and makes plans; holds no state, so threads may share it.

    An engine made this way knows nothing of installed plugins; :meth:`with_plugins` makes one that does.

    Attributes:
        checklists: By WHY; one given here takes the place of kowhy's own for the same WHY. A text names an installed
            plugin of the group ``kowhy.checklists``.

        packs: Rule packs; ``None`` takes those of kowhy. To add one: ``Engine(packs=[*kowhy.own_packs(), mine])``. What
            they replace, disable or override in each other counts.

        recommenders: Objects with ``recommend(scorecard, *, options)``.

        rater: Rates how specific an answer is; a text names an installed plugin of the group ``kowhy.raters``.

        options: For plugins, by the plugin's name.

        allow: Ids of installed packs that may change rules of other packs.

        limits: How much a profile may hold.

        strict: Let :meth:`plan` raise what would otherwise stand in ``plan.problems``.

        installed: What installed plugins bring.

    Raises:
        UnknownNameError: No rater of that name is installed.

        PluginError: The rater of that name cannot be loaded, or, when strict, an installed plugin cannot.
    """

    checklists: FrozenMap[str, Checklist] = attrs.field(default=None, converter=_checklists)
    packs: tuple[Pack, ...] = attrs.field(default=None, converter=_packs)
    recommenders: tuple[Recommender, ...] = attrs.field(default=(), converter=_recommenders)
    rater: Rater = attrs.field(default=None, converter=_rater)
    options: FrozenMap[str, Any] = attrs.field(default=FrozenMap(), converter=_options)
    allow: tuple[str, ...] = attrs.field(default=(), converter=_names)
    limits: Limits = attrs.field(factory=Limits)
    strict: bool = False
    installed: Installed = attrs.field(default=Installed(), repr=False)
    _resolved: Resolved = attrs.field(init=False, repr=False, eq=False)
    _matcher: Matcher = attrs.field(init=False, repr=False, eq=False)
    _sources: tuple[RecommenderSource, ...] = attrs.field(init=False, repr=False, eq=False)
    _took_part: tuple[str, ...] = attrs.field(init=False, repr=False, eq=False)

    @_resolved.default
    def _resolve(self) -> Resolved:
        own = {pack.id: pack for pack in self.packs}
        guests = [pack for pack in self.installed.packs if pack.id not in own]
        made = resolve([*self.packs, *guests], allowed={*own, *self.allow}, checklists=self.checklists)
        wanted = "an id of its own; the pack passed to the engine has it and takes part"
        twice = tuple(
            Fault(code="pack.id-twice", source=pack.id, given=shown(pack.title), wanted=wanted)
            for pack in self.installed.packs
            if own.get(pack.id, pack) != pack
        )
        return attrs.evolve(made, problems=(*made.problems, *twice))

    @_matcher.default
    def _match(self) -> Matcher:
        return Matcher.of(self._resolved.rules)

    @_sources.default
    def _gather(self) -> tuple[RecommenderSource, ...]:
        return (*sources(self.recommenders), *self.installed.sources)

    @_took_part.default
    def _name_all(self) -> tuple[str, ...]:
        packs = dict.fromkeys([*(pack.id for pack in self.packs), *(pack.id for pack in self.installed.packs)])
        return (*packs, *(source.label for source in self._sources))

    def __attrs_post_init__(self) -> None:
        if self.strict and self.installed.faults:
            raise PluginError(self.installed.faults)

    @classmethod
    def with_plugins(cls, *, deny: Collection[str] = (), **fields: Any) -> Engine:
        """
        An engine in which installed packs and recommenders take part.

        Args:
            deny: Names of plugins or packages that are not even imported, besides those in the environment variable
                ``KOWHY_DENY_PLUGINS``.

            fields: As for the class.
        """
        checklists = _checklists(fields.get("checklists"))
        installed = discover(version=__version__, checklists=checklists, deny=deny)
        return cls(installed=installed, **fields)

    def with_weights(self, weights: Mapping[str, Mapping[str, int]]) -> Engine:
        """
        The same engine with other weights: by WHY, then by item; 0 turns an item off.

        Raises:
            UnknownNameError: There is no such WHY or item.
        """
        changed = []
        for why, table in weights.items():
            if why not in self.checklists:
                raise UnknownNameError(
                    [Fault(code="why.unknown", given=shown(why), wanted=f"one of {', '.join(self.checklists)}")]
                )
            changed.append(self.checklists[why].with_weights(table))
        return attrs.evolve(self, checklists=[*self.checklists.values(), *changed])

    def profile(self, source: Source) -> Profile:
        """
        *source* as a profile, whatever form it comes in.

        Raises:
            InvalidProfileError: With every fault at once.
        """
        if isinstance(source, Profile):
            return source
        if isinstance(source, str | bytes):
            return profile_from_json(source, checklists=self.checklists, limits=self.limits)
        return profile_from_dict(source, checklists=self.checklists, limits=self.limits)

    def rate(self, text: str, item: str | None = None) -> Rating:
        """
        How specific *text* is, as an answer to *item* (``"social_reasons.age"``) or by itself.

        Raises:
            UnknownNameError: There is no such item.
        """
        return self.rater.rate(text, ask=None if item is None else self._ask(item))

    def _ask(self, item: str) -> Ask:
        why, _, key = item.partition(".")
        if why not in self.checklists:
            known = ", ".join(f"{why}.…" for why in self.checklists)
            raise UnknownNameError([Fault(code="why.unknown", given=shown(item), wanted=f"one of {known}")])
        return ask_of(self.checklists[why].item(key), why=why)

    def score(self, source: Source) -> Scorecard:
        """
        How specific a profile is, item by item.
        """
        return score_profile(self.profile(source), checklists=self.checklists, rater=self.rater)

    def next_questions(self, source: Source, limit: int = 3) -> tuple[Question, ...]:
        """
        The questions whose answers would raise the score most.
        """
        return questions(self.score(source), checklists=self.checklists, limit=limit)

    def plan(self, source: Source, *, dismissed: Collection[str] = (), review: Review | None = None) -> Plan:
        """
        Where to go, what to say, with whom, and how.

        Args:
            source: A profile, as an object, a mapping or JSON text.

            dismissed: Ids of recommendations that stay away.

            review: What the person's log says; the steps that follow from it come first in ``how``.
        """
        profile = self.profile(source)
        found = danger.find(profile)
        card = score_profile(profile, checklists=self.checklists, rater=self.rater)
        if found is not None:
            return Plan(
                name=card.name,
                country=card.country,
                dominant=card.dominant,
                whys=tuple(card.whys),
                emergency=found,
                packs=tuple(pack.id for pack in self.packs),
            )
        more = run_all(self._sources, card, options=self.options)
        problems = (*self._resolved.problems, *self.installed.faults, *more.faults)
        if self.strict and problems:
            raise PluginError(problems)
        made = make_plan(
            card,
            self._matcher.match(card),
            checklists=self.checklists,
            dismissed=frozenset(dismissed),
            more=more.recommendations,
            problems=problems,
            packs=self._took_part,
        )
        if review is None:
            return made
        from kowhy.ring.steps import steps_for  # noqa: PLC0415  # a plan without a log needs none of it

        steps = [step for step in steps_for(review, made) if step.id not in dismissed]
        return attrs.evolve(made, how=(*steps, *made.how))

    def score_many(
        self, items: Iterable[Source], executor: Executor | None = None, chunksize: int = CHUNK, *, ahead: int = AHEAD
    ) -> Iterator[Row]:
        """
        The scores of many profiles, in order, lazily.

        Args:
            items: Profiles, mappings or JSON texts; a bad one becomes a row with faults.

            executor: Any :class:`concurrent.futures.Executor`; ``None`` does the work here.

            chunksize: Items sent to a worker at once.

            ahead: Chunks that are on their way at most; with twice as many as there are workers none of them waits.

        Raises:
            ValueError: *chunksize* or *ahead* is less than 1.
        """
        return run(self, items, executor=executor, chunksize=chunksize, ahead=ahead)

    def plan_many(
        self, items: Iterable[Source], executor: Executor | None = None, chunksize: int = CHUNK, *, ahead: int = AHEAD
    ) -> Iterator[Row]:
        """
        The scores and plans of many profiles, in order, lazily; as :meth:`score_many`.
        """
        return run(self, items, executor=executor, chunksize=chunksize, ahead=ahead, wanted="plan")

    def __getstate__(self) -> dict[str, Any]:
        # What follows from the rest is made anew at the other end, which is cheaper than sending it.
        return {field.name: getattr(self, field.name) for field in attrs.fields(Engine) if field.init}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]  # a frozen class has no other way to set itself up

    def explain(self, source: Source, rule: str) -> Explanation:
        """
        Why a rule stands in the plan of a profile, or why not: every condition, what was found, and what was wanted.

        Args:
            source: A profile, as an object, a mapping or JSON text.

            rule: Id of the rule.

        Raises:
            UnknownNameError: No rule with that id takes part; rules that look alike are named.
        """
        found = next((one for one in self._resolved.rules if one.id == rule), None)
        if found is None:
            near = get_close_matches(rule, [one.id for one in self._resolved.rules], n=3)
            wanted = f"the id of a rule{', such as ' if near else ''}{' or '.join(near)}"
            raise UnknownNameError([Fault(code="rule.unknown", given=shown(rule), wanted=wanted)])
        return explain(found, self.score(source), self.plan(source))


@cache
def default_engine() -> Engine:
    """
    The engine that the functions of the package use; installed plugins take part.
    """
    return Engine.with_plugins()


def refresh() -> None:
    """
    Look for installed plugins again; the functions of the package use what is found from now on.
    """
    default_engine.cache_clear()
