"""
Which plugins are installed: found, sorted and denied without importing any.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import attrs

from kowhy.errors import Fault, shown
from kowhy.receiving import told

#: Entry-point groups of recommenders, with the part of the plan that each may fill.
RECOMMENDERS: Mapping[str, str] = {"kowhy.venues": "where", "kowhy.scripts": "say", "kowhy.people": "whom"}

#: All entry-point groups, in the order in which they are listed.
GROUPS = (*RECOMMENDERS, "kowhy.packs", "kowhy.checklists", "kowhy.raters")

#: Names of plugins or packages that stay out, with commas between them; ``*`` is all of them.
DENY_VARIABLE = "KOWHY_DENY_PLUGINS"


@attrs.frozen(kw_only=True, order=True)
class Plugin:
    """
    An entry point, not yet imported.

    Attributes:
        group: Entry-point group.

        name: Its name there.

        package: The distribution that brings it, with *version*.

        version: Of the package.

        value: Module and object, as ``"module:object"``.
    """

    group: str
    name: str
    package: str
    version: str = ""
    value: str
    entry_point: Any = attrs.field(default=None, repr=False, eq=False, order=False)

    @property
    def label(self) -> str:
        """
        Package, group and name in one text, for faults.
        """
        return f"{self.package} [{self.group}] {self.name}" if self.group else self.package


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What became of one plugin.

    Attributes:
        plugin: Which; without group and name where not even the list of a package's plugins could be read.

        state: ``"loaded"``, ``"available"`` (takes part only when named), ``"denied"`` or ``"failed"``.

        faults: Why it failed.
    """

    plugin: Plugin
    state: str
    faults: tuple[Fault, ...] = ()

    @property
    def fault(self) -> Fault | None:
        """
        The first fault, if any.
        """
        return next(iter(self.faults), None)


def find(groups: Collection[str] = GROUPS) -> tuple[tuple[Plugin, ...], tuple[Outcome, ...]]:
    """
    The plugins that are installed, each once, without importing any.

    Returns:
        The plugins, and what was wrong with packages whose list of entry points cannot be read.
    """
    from importlib.metadata import distribution, distributions  # noqa: PLC0415  # reads the whole environment

    found: dict[Plugin, None] = {}
    failed = []
    seen = set()
    for dist in distributions():
        try:
            entries = [entry for entry in dist.entry_points if entry.group in groups]
            if not entries:
                continue
            name, version = dist.metadata["Name"], dist.version
            # A package that lies in two places of the path is imported from the first.
            is_first = distribution(name).locate_file("") == dist.locate_file("")
            if not is_first or _normal(name) in seen:
                continue
            seen.add(_normal(name))
            for entry in entries:
                plugin = Plugin(
                    group=entry.group,
                    name=entry.name,
                    package=name,
                    version=version,
                    value=entry.value,
                    entry_point=entry,
                )
                found[plugin] = None
        except Exception as error:  # noqa: BLE001  # one package that is half removed must not hide the others
            failed.append(_unreadable(dist, error))
    return tuple(found), tuple(failed)


_NAMELESS = "a package without a name"


def _unreadable(dist: Any, error: Exception) -> Outcome:
    try:
        name, version = str(dist.metadata["Name"] or _NAMELESS), str(dist.version or "")
    except Exception:  # noqa: BLE001  # what is broken may be broken altogether
        name, version = _NAMELESS, ""
    plugin = Plugin(group="", name="", package=name, version=version, value="")
    wanted = "a name, a version and a list of entry points that can be read"
    return Outcome(
        plugin=plugin,
        state="failed",
        faults=(Fault(code="plugin.metadata", source=name, given=told(error), wanted=wanted),),
    )


def sort(plugins: Iterable[Plugin]) -> tuple[tuple[Plugin, ...], tuple[Outcome, ...]]:
    """
    *plugins* in an order that does not depend on how they were installed, and those that share a name.

    Recommenders of one package may share a name, since they fill several parts of a plan with the same options.

    Returns:
        The plugins, each name once, and an outcome for each further package with the same name.
    """
    order = {group: number for number, group in enumerate(GROUPS)}
    kept: dict[tuple[str, str], Plugin] = {}
    owners: dict[tuple[str, str], Plugin] = {}
    twice = []
    for plugin in sorted(plugins, key=lambda one: (order.get(one.group, len(order)), one)):
        family = "" if plugin.group in RECOMMENDERS else plugin.group
        owner = owners.setdefault((family, plugin.name), plugin)
        if owner.package == plugin.package and (plugin.group, plugin.name) not in kept:
            kept[plugin.group, plugin.name] = plugin
            continue
        wanted = f"a name of its own; {owner.label} has it too and takes part"
        fault = Fault(code="plugin.name-twice", source=plugin.label, given=shown(plugin.name), wanted=wanted)
        twice.append(Outcome(plugin=plugin, state="failed", faults=(fault,)))
    return tuple(kept.values()), tuple(twice)


def denied(names: Collection[str] = ()) -> frozenset[str]:
    """
    The names that stay out: *names* and those of the environment variable ``KOWHY_DENY_PLUGINS``.
    """
    names = (names,) if isinstance(names, str) else names
    told_by_variable = re.split(r"[,\s]+", os.environ.get(DENY_VARIABLE, ""))
    return frozenset(map(_normal, filter(None, (*names, *told_by_variable))))


def is_denied(plugin: Plugin, names: Collection[str]) -> bool:
    """
    Whether *plugin* stays out, by its own name or by that of its package, among *names* as :func:`denied` returns them.
    """
    return not {"*", _normal(plugin.name), _normal(plugin.package)}.isdisjoint(names)


def _normal(name: str) -> str:
    """
    *name* as packages are compared: ``Kowhy_ICS`` is ``kowhy-ics``.
    """
    return re.sub(r"[-_.]+", "-", name).casefold()
