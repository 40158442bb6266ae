"""
Plugins: find, sort, load and check what other packages bring.

Only :func:`load` imports foreign code, so a name that is denied is never imported.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from inspect import Parameter, Signature, isasyncgenfunction, iscoroutinefunction, signature
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

import attrs

from kowhy.checklists import Checklist
from kowhy.errors import Fault, PluginError, UnknownNameError, shown
from kowhy.installed import GROUPS, RECOMMENDERS, Outcome, Plugin, denied, find, is_denied, sort
from kowhy.packaged import read_checklists, read_packs
from kowhy.plans import Recommendation
from kowhy.rating.model import Rater
from kowhy.receiving import Source, told
from kowhy.rules import Pack
from kowhy.scorecards import Scorecard

__all__ = [
    "API_VERSIONS",
    "GROUPS",
    "RECOMMENDERS",
    "Installed",
    "Loaded",
    "Outcome",
    "Plugin",
    "Recommender",
    "check",
    "discover",
    "find",
    "load",
    "named",
    "named_checklists",
    "named_rater",
    "refresh",
    "sort",
]

#: Versions of the contract between kowhy and plugins that this kowhy knows.
API_VERSIONS = (1,)


@runtime_checkable
class Recommender(Protocol):
    """
    What an entry point of the groups ``kowhy.venues``, ``kowhy.scripts`` and ``kowhy.people`` names.

    A module with a function ``recommend`` serves as well as an object with a method. It may say which contract it was
    written for (``kowhy_api = 1``) and which kowhy it needs at least (``kowhy_min = "0.1.0"``).
    """

    def recommend(self, scorecard: Scorecard, *, options: Mapping[str, Any]) -> Iterable[Recommendation | Fault]:
        """
        Recommend what fits *scorecard*, which holds no private texts.

        A fault among the recommendations stands in ``plan.problems`` and costs none of them.

        Args:
            scorecard: The judgement; it is read-only.

            options: What the engine was given for this plugin, by the plugin's name; read-only, with tuples for lists,
                and empty when nothing was given.
        """
        ...


@attrs.frozen(kw_only=True)
class Loaded:
    """
    A plugin that was imported and keeps the contract.
    """

    plugin: Plugin
    object: Any


def load(plugin: Plugin) -> Loaded | Fault:
    """
    Import *plugin*; a failure is a result, not an exception.
    """
    try:
        found: object = plugin.entry_point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin may even call sys.exit, and that must cost no plan
        wanted = f"that {plugin.value} can be imported"
        return Fault(code="plugin.import", source=plugin.label, given=told(error), wanted=wanted)
    return Loaded(plugin=plugin, object=found)


def check(loaded: Loaded, *, version: str) -> Fault | None:
    """
    Whether what was imported keeps the contract of its group.

    Args:
        loaded: The plugin.

        version: Of kowhy.
    """
    try:
        return _check(loaded.plugin, loaded.object, version)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # looking at a foreign object runs foreign code
        wanted, _ = _CONTRACTS[loaded.plugin.group]
        return Fault(code="plugin.misfit", source=loaded.plugin.label, given=told(error), wanted=wanted)


def _check(plugin: Plugin, found: object, version: str) -> Fault | None:
    api = getattr(found, "kowhy_api", API_VERSIONS[-1])
    if type(api) is not int or api not in API_VERSIONS:
        wanted = f"kowhy_api {' or '.join(map(str, API_VERSIONS))}"
        return Fault(code="plugin.api", source=plugin.label, given=told(api), wanted=wanted)
    least = getattr(found, "kowhy_min", "0")
    if type(least) is not str or not least[:1].isdecimal():
        wanted = f"kowhy_min as a version such as {version!r}"
        return Fault(code="plugin.kowhy-min", source=plugin.label, given=told(least), wanted=wanted)
    if _numbers(least) > _numbers(version):
        wanted = f"kowhy_min of at most {version}, which is the kowhy that runs"
        return Fault(code="plugin.kowhy-too-old", source=plugin.label, given=shown(least), wanted=wanted)
    wanted, misfit = _CONTRACTS[plugin.group]
    given = misfit(found)
    return Fault(code="plugin.misfit", source=plugin.label, given=given, wanted=wanted) if given else None


def _numbers(version: str) -> tuple[int, ...]:
    """
    The leading numbers of a version without zeros at the end: enough to compare releases.
    """
    found = []
    for part in version.split("."):
        digits = re.match(r"[0-9]+", part)
        if digits is None:
            break
        found.append(int(digits.group()[:9]))
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _no_recommender(found: object) -> str:
    """
    What is given instead of a recommender; empty if it is one.
    """
    recommend = getattr(found, "recommend", None)
    name = found.__name__ if isinstance(found, ModuleType | type) else type(found).__name__
    if not callable(recommend):
        return f"{name} without recommend"
    if iscoroutinefunction(recommend) or isasyncgenfunction(recommend):
        return f"{name} with an async recommend"
    try:
        asked = signature(recommend)
    except ValueError:
        # Something written in C may not tell.
        return ""
    try:
        asked.bind(None, options={})
    except TypeError:
        plain = [parameter.replace(annotation=Parameter.empty) for parameter in asked.parameters.values()]
        return f"{name} with recommend{Signature(plain)}"
    return ""


def _no_package(found: object) -> str:
    return "" if isinstance(found, ModuleType) and hasattr(found, "__path__") else type(found).__name__


def _not_callable(found: object) -> str:
    return "" if callable(found) else type(found).__name__


_CONTRACTS = {
    **dict.fromkeys(RECOMMENDERS, ("an object or module with recommend(scorecard, *, options)", _no_recommender)),
    "kowhy.packs": ("a package whose folder packs holds *.toml", _no_package),
    "kowhy.checklists": ("a package whose folder checklists holds *.json", _no_package),
    "kowhy.raters": ("a class or function that makes an object with rate(text, *, ask)", _not_callable),
}


@attrs.frozen(kw_only=True)
class Installed:
    """
    What the installed plugins bring.

    Attributes:
        sources: Recommenders.

        packs: Rule packs; they add rules, and change those of other packs only where the engine allows it by name.

        outcomes: What became of each plugin.

        faults: All that went wrong.
    """

    sources: tuple[Source, ...] = ()
    packs: tuple[Pack, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    faults: tuple[Fault, ...] = ()


def discover(*, version: str, checklists: Mapping[str, Checklist], deny: Collection[str] = ()) -> Installed:
    """
    Find, sort, load and check everything that is installed.

    Recommenders and packs take part by themselves; checklists and raters are only listed, since they take part when
    they are named, so that installing a package never changes a score.

    Args:
        version: Of kowhy.

        checklists: By WHY, for the rules of packs.

        deny: Names of plugins or packages that are not imported.
    """
    found, outcomes = find()
    out = denied(deny)
    plugins, twice = sort(plugin for plugin in found if not is_denied(plugin, out))
    made = [Outcome(plugin=plugin, state="denied") for plugin in found if is_denied(plugin, out)]
    made += [*outcomes, *twice]
    sources: list[Source] = []
    packs: dict[str, tuple[Plugin, Pack]] = {}
    for plugin in plugins:
        if plugin.group not in RECOMMENDERS and plugin.group != "kowhy.packs":
            made.append(Outcome(plugin=plugin, state="available"))
            continue
        loaded = load(plugin)
        fault = loaded if isinstance(loaded, Fault) else check(loaded, version=version)
        faults: tuple[Fault, ...] = () if fault is None else (fault,)
        if isinstance(loaded, Loaded) and fault is None:
            if plugin.group in RECOMMENDERS:
                sources.append(_source(loaded))
            else:
                brought, faults = read_packs(loaded.object, label=plugin.label, checklists=checklists)
                faults += _ids_twice(brought, packs, plugin)
                if not faults:
                    packs |= {pack.id: (plugin, pack) for pack in brought}
        made.append(Outcome(plugin=plugin, state="failed" if faults else "loaded", faults=faults))
    order = {group: number for number, group in enumerate(GROUPS)}
    made.sort(key=lambda one: (order.get(one.plugin.group, -1), one.plugin))
    return Installed(
        sources=tuple(sources),
        packs=tuple(pack for _, pack in packs.values()),
        outcomes=tuple(made),
        faults=tuple(fault for outcome in made for fault in outcome.faults),
    )


def _source(loaded: Loaded) -> Source:
    plugin = loaded.plugin
    return Source(
        name=plugin.name,
        label=plugin.label,
        recommender=loaded.object,
        part=RECOMMENDERS[plugin.group],
        package=plugin.package,
    )


def _ids_twice(packs: Iterable[Pack], before: Mapping[str, tuple[Plugin, Pack]], plugin: Plugin) -> tuple[Fault, ...]:
    """
    Packs with an id that another package's pack has: an id that is allowed by name must stand for one of them.
    """
    return tuple(
        Fault(
            code="plugin.pack-twice",
            source=plugin.label,
            given=shown(pack.id),
            wanted=f"a pack with an id of its own; {before[pack.id][0].label} has it too and takes part",
        )
        for pack in packs
        if pack.id in before
    )


def named(group: str, name: str, *, version: str) -> Any:
    """
    The object of the plugin *name* in *group*, for plugins that take part only when named.

    Raises:
        UnknownNameError: No such plugin is installed, or it is denied.

        PluginError: It cannot be imported or does not keep its contract.
    """
    return _named(group, name, version).object


def _named(group: str, name: str, version: str) -> Loaded:
    found, _ = find((group,))
    out = denied()
    plugins, _ = sort(plugin for plugin in found if not is_denied(plugin, out))
    known = {plugin.name: plugin for plugin in plugins}
    if name not in known:
        wanted = f"one of {', '.join(known)}" if known else f"an installed package with the group {group}"
        given = f"{shown(name)}, which is denied" if any(plugin.name == name for plugin in found) else shown(name)
        raise UnknownNameError([Fault(code="plugin.unknown", source=group, given=given, wanted=wanted)])
    loaded = load(known[name])
    fault = loaded if isinstance(loaded, Fault) else check(loaded, version=version)
    if fault is not None:
        raise PluginError([fault])
    assert isinstance(loaded, Loaded)
    return loaded


def named_rater(name: str, *, version: str) -> Rater:
    """
    A new rater of the plugin *name* in the group ``kowhy.raters``.

    Raises:
        UnknownNameError: No such plugin is installed, or it is denied.

        PluginError: It cannot be imported, or what it makes is no rater.
    """
    loaded = _named("kowhy.raters", name, version)
    wanted, _ = _CONTRACTS["kowhy.raters"]
    try:
        made: object = loaded.object()
        if isinstance(made, Rater):
            return made
        given = f"an object of the type {type(made).__name__} without rate"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # whatever it raises, the caller is told in our words
        given = told(error)
    raise PluginError([Fault(code="plugin.misfit", source=loaded.plugin.label, given=given, wanted=wanted)])


def named_checklists(name: str, *, version: str) -> tuple[Checklist, ...]:
    """
    The checklists of the plugin *name* in the group ``kowhy.checklists``, in the order of their files.

    Raises:
        UnknownNameError: No such plugin is installed, or it is denied.

        PluginError: It cannot be imported, or one of its checklists is wrong; every fault at once.
    """
    loaded = _named("kowhy.checklists", name, version)
    made, faults = read_checklists(loaded.object, label=loaded.plugin.label)
    if faults:
        raise PluginError(faults)
    return made


def refresh() -> None:
    """
    Look for installed plugins again; the functions of the package use what is found from now on.

    Needed only where packages are installed while the program runs; engines that exist already stay as they are.
    """
    importlib.invalidate_caches()
    # The engine stands above this module, and where nobody has imported it there is nothing to forget.
    engine = sys.modules.get("kowhy.engine")
    if engine is not None:
        engine.refresh()
