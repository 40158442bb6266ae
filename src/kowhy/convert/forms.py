"""
The classes and their JSON forms, by cattrs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import attrs

from kowhy._frozen import FrozenMap
from kowhy.convert.checking import FORMAT, LISTS, PROFILE_KEYS
from kowhy.plans import Plan
from kowhy.scorecards import Scorecard
from kowhy.whys import COUNTRIES, WHYS, Answers, Learn, Profile, State, Why

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T", bound=attrs.AttrsInstance)

SCORECARD_FORMAT = "kowhy.scorecard/1"


@runtime_checkable
class HasForm(Protocol):
    """
    A result that knows its own JSON form, such as a ring, a review or an explanation.
    """

    def _to_dict_(self) -> dict[str, Any]: ...


def to_dict(value: Profile | Scorecard | Plan | HasForm) -> dict[str, Any]:
    """
    The canonical form of *value* in dicts, lists, texts and numbers, as JSON has them.

    Args:
        value: A profile, a scorecard, a plan, an explanation, or what the ring has: a log, a review, progress.

    Raises:
        TypeError: It has no such form.
    """
    if isinstance(value, Profile | Scorecard | Plan):
        found: dict[str, Any] = _converter().unstructure(value)
        return found
    if not isinstance(value, type) and isinstance(value, HasForm):
        return value._to_dict_()
    # Callers without a type checker may pass anything.
    msg = f"got a {type(value).__name__}; wanted a Profile, a Scorecard, a Plan or another result of kowhy"
    raise TypeError(msg)


def to_json(value: Profile | Scorecard | Plan | HasForm, *, indent: int | None = None) -> str:
    """
    The canonical form of *value* as JSON text, without a line break at its end.

    Args:
        value: What to write.

        indent: Spaces for each level; ``None`` puts everything on one line.

    Raises:
        TypeError: It has no such form.
    """
    return json.dumps(to_dict(value), ensure_ascii=False, allow_nan=False, indent=indent)


def build(sound: dict[str, Any]) -> Profile:
    """
    The profile with the fields in *sound*, which must have been checked.

    Raises:
        InvalidProfileError: The fields do not go together, or there is no such country.
    """
    profile: Profile = _structure()(sound, Profile)
    return profile


@cache
def _structure() -> Callable[[dict[str, Any], type[Profile]], Profile]:
    return _converter().get_structure_hook(Profile)


@cache
def _converter() -> Converter:
    # cattrs costs more to import than the rest of this package, and a command that prints its help needs none of it.
    from cattrs import Converter  # noqa: PLC0415
    from cattrs.gen import make_dict_unstructure_fn, override  # noqa: PLC0415

    made = Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list, FrozenMap: dict})
    for cls in WHYS.values():
        made.register_structure_hook(cls, _reader(cls, cls()))
        made.register_unstructure_hook(cls, _why_writer(cls, made))
    made.register_structure_hook(Profile, _profile_reader(made))
    plain = make_dict_unstructure_fn(
        Profile,
        made,
        _cattrs_omit_if_default=True,
        whys=override(unstruct_hook=lambda whys: [made.unstructure(why) for why in whys]),
    )

    def profile(value: Profile) -> dict[str, Any]:
        found = plain(value) | {"format": FORMAT}
        return {key: found[key] for key in PROFILE_KEYS if key in found}

    made.register_unstructure_hook(Profile, profile)
    made.register_unstructure_hook(State, lambda state: state.value)
    card = make_dict_unstructure_fn(Scorecard, made, name=override(omit=True))

    def scorecard(value: Scorecard) -> dict[str, Any]:
        name = {} if value.name is None else {"name": value.name}
        return {"format": SCORECARD_FORMAT} | name | card(value)

    made.register_unstructure_hook(Scorecard, scorecard)

    def plan(value: Plan) -> dict[str, Any]:
        found = value._to_dict_()
        if value.emergency is not None:
            # attrs keeps tuples, and to a schema in Python a tuple is no list.
            found["emergency"] = made.unstructure(value.emergency)
        return found

    made.register_unstructure_hook(Plan, plan)
    return made


def _reader(cls: type[T], empty: T) -> Callable[[dict[str, Any], object], T]:
    """
    Puts checked values in place as pickle does it.

    The constructor would check them once more at several times the price. A law holds the two ways together.
    """
    defaults = {field.name: getattr(empty, field.name) for field in attrs.fields(cls)}

    def read(sound: dict[str, Any], _: object) -> T:
        made: Any = cls.__new__(cls)
        made.__setstate__(defaults | sound)
        found: T = made
        return found

    return read


def _profile_reader(made: Converter) -> Callable[[dict[str, Any], object], Profile]:
    whys = {why: made.get_structure_hook(cls) for why, cls in WHYS.items()}
    quick = _reader(Profile, Profile(whys=Learn()))

    def read(sound: dict[str, Any], _: object) -> Profile:
        found = sound | {"whys": tuple([whys[one["why"]](one, None) for one in sound["whys"]])}
        leads, country = sound.get("dominant"), sound.get("country")
        if (
            found["whys"]
            and (country is None or country in COUNTRIES)
            and (leads is None or any(one["why"] == leads for one in sound["whys"]))
        ):
            return quick(found, None)
        # What is wrong, the class says by itself.
        return Profile(**found)

    return read


def _why_writer(cls: type[Why], made: Converter) -> Callable[[Why], dict[str, Any]]:
    from cattrs.gen import make_dict_unstructure_fn, override  # noqa: PLC0415  # as above

    drop = override(omit=True)
    items, lists = cls.item_keys(), LISTS
    head: dict[str, Any] = dict.fromkeys((*lists, "extra"), drop) | dict.fromkeys(
        items, override(unstruct_hook=_answers)
    )
    tail: dict[str, Any] = dict.fromkeys((*items, "extra", "statement"), drop) | dict.fromkeys(
        lists, override(unstruct_hook=list)
    )
    # Items stand before the lists of their names, but the class has its fields the other way round.
    write_head = make_dict_unstructure_fn(cls, made, _cattrs_omit_if_default=True, **head)
    write_tail = make_dict_unstructure_fn(cls, made, _cattrs_omit_if_default=True, **tail)

    def write(value: Why) -> dict[str, Any]:
        extra = {key: _answers(texts) for key, texts in value.extra.items()}
        return {"why": cls.why} | write_head(value) | extra | write_tail(value)

    return write


def _answers(texts: Answers) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)
