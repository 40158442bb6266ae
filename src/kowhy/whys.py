"""
The facts: six WHYs as classes, and the profile that holds them.

The six purposes, their order and the items marked *article* in the checklists come from Michael Goldberg's article
"Your Networking WHY!".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def _texts(value: object, field: attrs.Attribute[Answers]) -> Answers:
    """
    One text or several become a tuple of texts; blank ones count as not given.
    """
    if value is None:
        return ()
    texts = (value,) if isinstance(value, str) else value
    if not isinstance(texts, tuple | list) or not all(isinstance(text, str) for text in texts):
        raise InvalidProfileError(
            [Fault(code="type.wrong", pointer=f"/{field.name}", given=shown(value), wanted="a text or a list of texts")]
        )
    return tuple(text for text in texts if text.strip())


def _extra(value: object, field: attrs.Attribute[FrozenMap[str, Answers]]) -> FrozenMap[str, Answers]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InvalidProfileError(
            [Fault(code="type.wrong", pointer=f"/{field.name}", given=shown(value), wanted="a mapping of item to texts")]
        )
    pairs = ((key, _texts(texts, field)) for key, texts in value.items())
    return FrozenMap((key, texts) for key, texts in sorted(pairs) if texts)


_TEXTS = attrs.Converter(_texts, takes_field=True)  # type: ignore[call-overload]  # the stubs know no generic field


def item(*, sensitive: bool = False) -> Answers:
    """
    A field that holds the answers to one item of a checklist.

    Args:
        sensitive: Answers are private unless the WHY's ``may_say`` names the item. The checklist says the same; it is
            repeated here so that a ``repr`` needs no checklist.
    """
    field: Answers = attrs.field(
        default=(), converter=_TEXTS, metadata={"kowhy.item": True, "kowhy.sensitive": sensitive}
    )
    return field


def names() -> Answers:
    """
    A field that holds names of items.
    """
    field: Answers = attrs.field(default=(), converter=_TEXTS)
    return field


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
    declined: Answers = names()
    not_applicable: Answers = names()
    private: Answers = names()
    may_say: Answers = names()
    extra: FrozenMap[str, Answers] = attrs.field(
        factory=FrozenMap,
        converter=attrs.Converter(_extra, takes_field=True),  # type: ignore[call-overload]  # as above
    )

    def __attrs_post_init__(self) -> None:
        if self.statement is not None and not isinstance(self.statement, str):
            raise InvalidProfileError(
                [Fault(code="type.wrong", pointer="/statement", given=shown(self.statement), wanted="a text")]
            )
        faults = []
        own = set(self.item_keys())
        for key in self.extra:
            if key in own or key in _RESERVED:
                faults.append(
                    Fault(code="key.clash", pointer=f"/extra/{key}", given=shown(key), wanted="a key the class lacks")
                )
        seen: dict[str, str] = {key: "given" for key in (*own, *self.extra) if self.answers(key)}
        for state in ("declined", "not_applicable"):
            for key in getattr(self, state):
                other = seen.setdefault(key, state)
                if other != state:
                    code = f"item.{other.replace('_', '-')}-and-{state.replace('_', '-')}"
                    faults.append(
                        Fault(code=code, pointer=f"/{state}", given=shown(key), wanted=f"only one of {other}, {state}")
                    )
        if faults:
            raise InvalidProfileError(faults)

    @classmethod
    def item_keys(cls) -> tuple[str, ...]:
        """
        The items of this class, in the order of its checklist.
        """
        return tuple(field.name for field in attrs.fields(cls) if field.metadata.get("kowhy.item"))

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


_RESERVED = frozenset({"why", "statement", "declined", "not_applicable", "private", "may_say", "extra"})


@attrs.frozen(kw_only=True, repr=False)
class MoreBusiness(BaseWhy):
    """
    More business: clients, orders, referrals.
    """

    why: ClassVar[str] = "more_business"

    business_type: Answers = item()
    industry: Answers = item()
    profession: Answers = item()
    market_segment: Answers = item()
    niche: Answers = item()
    dynamic: Answers = item()
    demographic: Answers = item(sensitive=True)
    geography: Answers = item()
    offer: Answers = item()
    referral_meaning: Answers = item()
    target_number: Answers = item()


@attrs.frozen(kw_only=True, repr=False)
class LandAJob(BaseWhy):
    """
    Land a job.
    """

    why: ClassVar[str] = "land_a_job"

    job_type: Answers = item()
    industry: Answers = item()
    profession: Answers = item()
    market_segment: Answers = item()
    company_culture: Answers = item()
    mission: Answers = item()
    geography: Answers = item()
    target_companies: Answers = item()
    level_terms: Answers = item()
    proof: Answers = item()
    start_by: Answers = item()


@attrs.frozen(kw_only=True, repr=False)
class Learn(BaseWhy):
    """
    Learn: a market, a craft, a subject or a trade.
    """

    why: ClassVar[str] = "learn"

    learn_kind: Answers = item()
    topic: Answers = item()
    scope: Answers = item()
    level_now: Answers = item()
    level_target: Answers = item()
    purpose: Answers = item()
    teacher_kind: Answers = item()
    place_format: Answers = item()
    time_plan: Answers = item()


@attrs.frozen(kw_only=True, repr=False)
class SocialReasons(BaseWhy):
    """
    Social reasons: friends, a romantic partner, or both.
    """

    why: ClassVar[str] = "social_reasons"

    seeking: Answers = item(sensitive=True)
    common_interests: Answers = item()
    similar_backgrounds: Answers = item(sensitive=True)
    aligned_goals: Answers = item()
    sense_of_humor: Answers = item()
    athletic: Answers = item()
    fitness_oriented: Answers = item(sensitive=True)
    parent_status: Answers = item(sensitive=True)
    profession: Answers = item()
    age: Answers = item(sensitive=True)
    demographic: Answers = item(sensitive=True)
    geography: Answers = item()
    rhythm: Answers = item()


@attrs.frozen(kw_only=True, repr=False)
class PayItForward(BaseWhy):
    """
    Pay it forward: a service given simply to help others.
    """

    why: ClassVar[str] = "pay_it_forward"

    service: Answers = item()
    beneficiary: Answers = item()
    cause: Answers = item()
    bring: Answers = item()
    commitment: Answers = item()
    geography: Answers = item()
    no_strings: Answers = item()
    result: Answers = item()


@attrs.frozen(kw_only=True, repr=False)
class SolveAProblem(BaseWhy):
    """
    Solve a specific problem, often on behalf of somebody else.
    """

    why: ClassVar[str] = "solve_a_problem"

    problem: Answers = item(sensitive=True)
    whose: Answers = item(sensitive=True)
    situation: Answers = item(sensitive=True)
    tried: Answers = item()
    help_kind: Answers = item()
    limits: Answers = item(sensitive=True)
    geography: Answers = item()
    urgency: Answers = item()
    share_limit: Answers = item()
    done_when: Answers = item()


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
            hint = f" such as {near}" if near in COUNTRIES else ""
            yield Fault(
                code="country.unknown",
                pointer="/country",
                given=shown(self.country),
                wanted=f"an ISO 3166-1 alpha-2 code in capitals{hint}",
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
