"""
The facts: six WHYs as classes, and the profile that holds them.

The six purposes, their order and the items marked *article* in the checklists come from Michael Goldberg's article
"Your Networking WHY!".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

import attrs

from kowhy._frozen import FrozenMap
from kowhy.errors import Fault, InvalidProfileError, UnknownNameError, shown


class State(StrEnum):
    """
    What a profile says about one item.
    """

    GIVEN = "given"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


Answers = tuple[str, ...]


#: What a field for texts takes: one text, several, or nothing.
Texts = str | Sequence[str] | None


def texts(value: Texts) -> Answers:
    """
    One text or several become a tuple of texts; blank ones count as not given.
    """
    if value is None:
        return ()
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, tuple | list):
        return value  # type: ignore[return-value]  # BaseWhy tells all that is wrong at once
    return tuple(text for text in value if not isinstance(text, str) or text.strip())


def _extra(value: Mapping[str, Texts]) -> FrozenMap[str, Answers]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        return value  # type: ignore[return-value]  # as above
    return FrozenMap((key, found) for key, given in sorted(value.items()) if (found := texts(given)))


#: What marks a field as an item. That an item is sensitive stands in its checklist as well; it is repeated here so
#: that a ``repr`` needs no checklist.
ITEM = {"kowhy.item": True, "kowhy.sensitive": False}
SENSITIVE = {"kowhy.item": True, "kowhy.sensitive": True}


#: The items of each class, gathered when they are first asked for.
_KEYS: dict[type[object], tuple[str, ...]] = {}


@attrs.frozen(kw_only=True, repr=False)
class BaseWhy:
    """
    What all six WHYs share.

    Every item takes a text or a list of texts and holds a tuple of texts.

    Attributes:
        statement: The WHY in one line; only the *crisp* check looks at it.

        declined: Items that the person does not want to answer; this never costs anything.

        not_applicable: Items that make no sense for the person.

        private: Items whose answers are never said, shared or logged.

        may_say: Sensitive items that scripts may say all the same.

        extra: Answers to items that another checklist adds.

    Raises:
        InvalidProfileError: An answer is not a text, or an item is in two states at once.
    """

    why: ClassVar[str] = ""

    statement: str | None = None
    declined: Answers = attrs.field(default=(), converter=texts)
    not_applicable: Answers = attrs.field(default=(), converter=texts)
    private: Answers = attrs.field(default=(), converter=texts)
    may_say: Answers = attrs.field(default=(), converter=texts)
    extra: FrozenMap[str, Answers] = attrs.field(default=FrozenMap(), converter=_extra)

    def __attrs_post_init__(self) -> None:
        faults = list(self._type_faults()) or list(self._state_faults())
        if faults:
            raise InvalidProfileError(faults)

    def _type_faults(self) -> Iterator[Fault]:
        if self.statement is not None and not isinstance(self.statement, str):
            yield Fault(code="type.wrong", pointer="/statement", given=shown(self.statement), wanted="a text")
        for field in attrs.fields(type(self)):
            if field.converter is texts and not _are_texts(value := getattr(self, field.name)):
                wanted = "a text or a list of texts"
                yield Fault(code="type.wrong", pointer=f"/{field.name}", given=shown(value), wanted=wanted)
        if not isinstance(self.extra, FrozenMap):
            wanted = "a mapping of item to texts"
            yield Fault(code="type.wrong", pointer="/extra", given=shown(self.extra), wanted=wanted)
            return
        for key, value in self.extra.items():
            if not _are_texts(value):
                wanted = "a text or a list of texts"
                yield Fault(code="type.wrong", pointer=f"/extra/{key}", given=shown(value), wanted=wanted)

    def _state_faults(self) -> Iterator[Fault]:
        own = set(self.item_keys())
        for key in self.extra:
            if key in own or key in _RESERVED:
                wanted = "a key the class lacks"
                yield Fault(code="key.clash", pointer=f"/extra/{key}", given=shown(key), wanted=wanted)
        seen: dict[str, str] = {key: "given" for key in (*own, *self.extra) if self.answers(key)}
        for state in ("declined", "not_applicable"):
            for key in getattr(self, state):
                other = seen.setdefault(key, state)
                if other != state:
                    code = f"item.{other.replace('_', '-')}-and-{state.replace('_', '-')}"
                    wanted = f"only one of {other}, {state}"
                    yield Fault(code=code, pointer=f"/{state}", given=shown(key), wanted=wanted)

    @classmethod
    def item_keys(cls) -> tuple[str, ...]:
        """
        The items of this class, in the order of its checklist.
        """
        keys = _KEYS.get(cls)
        if keys is None:
            fields = attrs.fields(cls)
            keys = _KEYS[cls] = tuple(field.name for field in fields if field.metadata.get("kowhy.item"))
        return keys

    def answers(self, key: str) -> Answers:
        """
        The answers to item *key*; empty when there is none.
        """
        if key in self.extra:
            return self.extra[key]
        if key in type(self).item_keys():
            texts: Answers = getattr(self, key)
            return texts
        return ()

    def state(self, key: str) -> State:
        """
        What the profile says about item *key*.
        """
        if self.answers(key):
            return State.GIVEN
        if key in self.declined:
            return State.DECLINED
        if key in self.not_applicable:
            return State.NOT_APPLICABLE
        return State.UNKNOWN

    def is_private(self, key: str, *, sensitive: bool) -> bool:
        """
        Whether answers to item *key* must stay with the person.

        Args:
            key: Of the item.

            sensitive: Whether the checklist calls the item sensitive.
        """
        return key in self.private or (sensitive and key not in self.may_say)

    def __repr__(self) -> str:
        # A repr ends up in logs, so it holds no private text; items of other checklists are held back as well.
        shown_items = []
        for field in attrs.fields(type(self)):
            if field.metadata.get("kowhy.item"):
                texts = getattr(self, field.name)
                private = self.is_private(field.name, sensitive=field.metadata["kowhy.sensitive"])
                if texts:
                    shown_items.append(f"{field.name}={'<private>' if private else repr(texts)}")
        if self.extra:
            shown_items.append(f"extra=<{', '.join(self.extra)}>")
        return f"{type(self).__name__}({', '.join(shown_items)})"


def _are_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


_RESERVED = frozenset({"why", "statement", "declined", "not_applicable", "private", "may_say", "extra"})


@attrs.frozen(kw_only=True, repr=False)
class MoreBusiness(BaseWhy):
    """
    More business: clients, orders, referrals.
    """

    why: ClassVar[str] = "more_business"

    business_type: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    industry: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    profession: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    market_segment: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    niche: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    dynamic: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    demographic: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    geography: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    offer: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    referral_meaning: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    target_number: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


@attrs.frozen(kw_only=True, repr=False)
class LandAJob(BaseWhy):
    """
    Land a job.
    """

    why: ClassVar[str] = "land_a_job"

    job_type: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    industry: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    profession: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    market_segment: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    company_culture: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    mission: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    geography: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    target_companies: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    level_terms: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    proof: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    start_by: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


@attrs.frozen(kw_only=True, repr=False)
class Learn(BaseWhy):
    """
    Learn: a market, a craft, a subject or a trade.
    """

    why: ClassVar[str] = "learn"

    learn_kind: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    topic: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    scope: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    level_now: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    level_target: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    purpose: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    teacher_kind: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    place_format: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    time_plan: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


@attrs.frozen(kw_only=True, repr=False)
class SocialReasons(BaseWhy):
    """
    Social reasons: friends, a romantic partner, or both.
    """

    why: ClassVar[str] = "social_reasons"

    seeking: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    common_interests: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    similar_backgrounds: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    aligned_goals: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    sense_of_humor: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    athletic: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    fitness_oriented: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    parent_status: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    profession: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    age: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    demographic: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    geography: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    rhythm: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


@attrs.frozen(kw_only=True, repr=False)
class PayItForward(BaseWhy):
    """
    Pay it forward: a service given simply to help others.
    """

    why: ClassVar[str] = "pay_it_forward"

    service: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    beneficiary: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    cause: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    bring: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    commitment: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    geography: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    no_strings: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    result: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


@attrs.frozen(kw_only=True, repr=False)
class SolveAProblem(BaseWhy):
    """
    Solve a specific problem, often on behalf of somebody else.
    """

    why: ClassVar[str] = "solve_a_problem"

    problem: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    whose: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    situation: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    tried: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    help_kind: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    limits: Answers = attrs.field(default=(), converter=texts, metadata=SENSITIVE)
    geography: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    urgency: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    share_limit: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)
    done_when: Answers = attrs.field(default=(), converter=texts, metadata=ITEM)


Why = MoreBusiness | LandAJob | Learn | SocialReasons | PayItForward | SolveAProblem

#: The closed set of six, by id, in the order of the article.
WHYS: Mapping[str, type[Why]] = FrozenMap(
    (cls.why, cls) for cls in (MoreBusiness, LandAJob, Learn, SocialReasons, PayItForward, SolveAProblem)
)


def why_class(why: str) -> type[Why]:
    """
    The class of the WHY with id *why*.

    Raises:
        UnknownNameError: There is no such WHY.
    """
    try:
        return WHYS[why]
    except (KeyError, TypeError):
        raise UnknownNameError(
            [Fault(code="why.unknown", given=shown(why), wanted=f"one of {', '.join(WHYS)}")]
        ) from None


def _whys(value: Why | Iterable[Why]) -> tuple[Why, ...]:
    if isinstance(value, BaseWhy):
        return (value,)
    return tuple(value)


@attrs.frozen(kw_only=True, repr=False)
class Profile:
    """
    What one person is after: one or several WHYs, each with details.

    Attributes:
        whys: At least one WHY, each kind at most once.

        dominant: Id of the WHY that leads; ``None`` lets the scores propose one.

        name: Of the person, for greetings and scripts.

        country: ISO 3166-1 alpha-2 code, in capitals; some rule packs apply to one country only.

        adult: Romance plays a part only where this is true.

    Raises:
        InvalidProfileError: With every fault at once.
    """

    whys: tuple[Why, ...] = attrs.field(converter=_whys)
    dominant: str | None = None
    name: str | None = None
    country: str | None = None
    adult: bool = False

    def __attrs_post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InvalidProfileError(faults)

    def _faults(self) -> Iterable[Fault]:
        if not self.whys:
            yield Fault(code="whys.empty", pointer="/whys", given="[]", wanted=f"at least one of {', '.join(WHYS)}")
        seen: set[str] = set()
        for index, why in enumerate(self.whys):
            if type(why) not in WHYS.values():
                yield Fault(
                    code="type.wrong", pointer=f"/whys/{index}", given=shown(why), wanted="an object of a WHY class"
                )
            elif why.why in seen:
                yield Fault(code="why.repeated", pointer=f"/whys/{index}", given=why.why, wanted="each WHY once")
            else:
                seen.add(why.why)
        if self.dominant is not None and self.dominant not in seen:
            yield Fault(
                code="dominant.absent",
                pointer="/dominant",
                given=shown(self.dominant),
                wanted=f"one of the profile's WHYs: {', '.join(sorted(seen, key=list(WHYS).index))}",
            )
        for key in ("name", "country"):
            value = getattr(self, key)
            if value is not None and not isinstance(value, str):
                yield Fault(code="type.wrong", pointer=f"/{key}", given=shown(value), wanted="a text")
        if isinstance(self.country, str) and self.country not in COUNTRIES:
            near = {"UK": "GB", "EN": "GB", "EL": "GR"}.get(self.country.upper(), self.country.upper())
            example = near if near in COUNTRIES else "DE or GB"
            yield Fault(
                code="country.unknown",
                pointer="/country",
                given=shown(self.country),
                wanted=f"an ISO 3166-1 alpha-2 code in capitals such as {example}",
            )
        if not isinstance(self.adult, bool):
            yield Fault(code="type.wrong", pointer="/adult", given=shown(self.adult), wanted="true or false")

    def why(self, why: str) -> Why | None:
        """
        The WHY with id *why*, if the profile holds it.
        """
        return next((one for one in self.whys if one.why == why), None)

    def __repr__(self) -> str:
        return f"Profile(whys={self.whys!r}, dominant={self.dominant!r})"


#: Officially assigned codes of ISO 3166-1 alpha-2.
COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
