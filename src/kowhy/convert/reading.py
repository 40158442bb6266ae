"""
Profiles from JSON texts and mappings: whole, or with every fault; or, for half-typed forms, what is sound of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, overload

import attrs

from kowhy.checklists import Checklist
from kowhy.convert.checking import Check
from kowhy.convert.document import Limits, parse
from kowhy.convert.forms import build
from kowhy.convert.quick import read
from kowhy.errors import Fault, InvalidProfileError
from kowhy.whys import Profile

_LIMITS = Limits()


@attrs.frozen(kw_only=True)
class Draft:
    """
    What could be read of a profile that may not be finished.

    Attributes:
        profile: What is sound of it; ``None`` while no WHY is.

        faults: Everything that is not.
    """

    profile: Profile | None
    faults: tuple[Fault, ...] = ()


@overload
def profile_from_json(
    text: str | bytes,
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: Literal[False] = False,
) -> Profile: ...
@overload
def profile_from_json(
    text: str | bytes,
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: Literal[True],
) -> Draft: ...
@overload
def profile_from_json(
    text: str | bytes,
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: bool,
) -> Profile | Draft: ...
def profile_from_json(
    text: str | bytes,
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: bool = False,
) -> Profile | Draft:
    """
    The profile in a JSON text.

    Args:
        text: JSON, in UTF-8 when it comes as bytes; a byte order mark is dropped.

        checklists: By WHY; items that they ask for beside those of the classes are legal. Without them only the
            items of the classes are.

        limits: How much is read.

        draft: Give back what is sound, with the faults as data, instead of raising.

    Raises:
        InvalidProfileError: With every fault at once.
    """
    quick = read(text, checklists=checklists, limits=limits)
    if quick is not None:
        return Draft(profile=quick) if draft else quick
    try:
        document = parse(text, limits=limits)
    except InvalidProfileError as error:
        if draft:
            return Draft(profile=None, faults=error.faults)
        raise
    return _read(document, checklists=checklists, limits=limits, draft=draft)


@overload
def profile_from_dict(
    mapping: Mapping[str, Any],
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: Literal[False] = False,
) -> Profile: ...
@overload
def profile_from_dict(
    mapping: Mapping[str, Any],
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: Literal[True],
) -> Draft: ...
@overload
def profile_from_dict(
    mapping: Mapping[str, Any],
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: bool,
) -> Profile | Draft: ...
def profile_from_dict(
    mapping: Mapping[str, Any],
    *,
    checklists: Mapping[str, Checklist] | None = None,
    limits: Limits = _LIMITS,
    draft: bool = False,
) -> Profile | Draft:
    """
    The profile in a mapping, such as JSON or TOML gives it.

    Args:
        mapping: In the form of the JSON.

        checklists: By WHY; items that they ask for beside those of the classes are legal. Without them only the
            items of the classes are.

        limits: How much is read; those of a text do not apply.

        draft: Give back what is sound, with the faults as data, instead of raising.

    Raises:
        InvalidProfileError: With every fault at once.
    """
    return _read(mapping, checklists=checklists, limits=limits, draft=draft)


def _read(
    document: object, *, checklists: Mapping[str, Checklist] | None, limits: Limits, draft: bool
) -> Profile | Draft:
    check = Check(limits=limits, checklists=checklists)
    sound = check.profile(document)
    try:
        profile = build(sound)
    except InvalidProfileError as error:
        profile = None
        for fault in error.faults:
            # Which WHYs there are, and so which may lead, is not known when one could not be read.
            if not (check.is_partial and fault.code in ("whys.empty", "dominant.absent")):
                check.faults.append(fault)
            if fault.code != "whys.empty":
                sound.pop(fault.pointer.removeprefix("/"), None)
        if draft and sound["whys"]:
            profile = build(sound)
    if draft:
        return Draft(profile=profile, faults=tuple(check.faults))
    if check.faults or profile is None:
        raise InvalidProfileError(check.faults)
    return profile
