"""
Packs and checklists that lie as files in an installed package.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import ModuleType

from kowhy.checklists import Checklist, checklist_from_dict
from kowhy.errors import Fault, KowhyError, shown
from kowhy.packs import pack_from_dict
from kowhy.receiving import told
from kowhy.rules import Pack


def read_packs(
    package: ModuleType, *, label: str, checklists: Mapping[str, Checklist]
) -> tuple[tuple[Pack, ...], tuple[Fault, ...]]:
    """
    The files ``packs/*.toml`` of a package as packs, all of them or none.

    Args:
        package: Where they lie.

        label: Of the plugin, for faults.

        checklists: By WHY, for the rules.

    Returns:
        The packs, or none and every fault.
    """
    packs: list[Pack] = []
    faults: list[Fault] = []
    for name, text in _texts(package, "packs", ".toml", label, faults):
        source = f"{label} {name}"
        try:
            packs.append(pack_from_dict(tomllib.loads(text), source=source, checklists=checklists))
        except KowhyError as error:
            faults += error.faults
        except (ValueError, TypeError, RecursionError) as error:
            faults.append(Fault(code="pack.syntax", source=source, given=told(error), wanted="a pack in TOML"))
    return (() if faults else tuple(packs)), tuple(faults)


def read_checklists(package: ModuleType, *, label: str) -> tuple[tuple[Checklist, ...], tuple[Fault, ...]]:
    """
    The files ``checklists/*.json`` of a package as checklists, all of them or none.

    Args:
        package: Where they lie.

        label: Of the plugin, for faults.

    Returns:
        The checklists in the order of their files, or none and every fault.
    """
    made: dict[str, Checklist] = {}
    faults: list[Fault] = []
    for name, text in _texts(package, "checklists", ".json", label, faults):
        source = f"{label} {name}"
        try:
            checklist = checklist_from_dict(json.loads(text), source=source)
        except KowhyError as error:
            faults += error.faults
        except (ValueError, TypeError, RecursionError) as error:
            faults.append(Fault(code="checklist.syntax", source=source, given=told(error), wanted="a text in JSON"))
        else:
            first = made.setdefault(checklist.why, checklist)
            if first is not checklist:
                wanted = f"one checklist for {checklist.why}; {first.id} is there already"
                faults.append(Fault(code="checklist.twice", source=source, given=shown(checklist.id), wanted=wanted))
    return (() if faults else tuple(made.values())), tuple(faults)


def _texts(package: ModuleType, folder: str, ending: str, label: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    """
    The files of a package by name; what is wrong goes into *faults*.
    """
    wanted = f"a folder {folder} with *{ending}"
    try:
        room = files(package).joinpath(folder)
        names = sorted(entry.name for entry in room.iterdir() if entry.name.endswith(ending))
        found = [(name, room.joinpath(name).read_bytes().decode("utf-8-sig")) for name in names]
    except Exception as error:  # noqa: BLE001  # how a package is read is up to its own loader
        faults.append(Fault(code="plugin.files", source=label, given=told(error), wanted=wanted))
        return
    if not found:
        faults.append(Fault(code="plugin.files", source=label, given="no such file", wanted=wanted))
    yield from found
