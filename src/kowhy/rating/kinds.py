"""
What each kind of item counts: the frozen weights of the rater for answers.

A weight says how much of a word's information, or of a signal, makes an answer of that kind usable. The sum becomes a
value by one curve for all kinds, so that a rung means the same everywhere: :data:`HALF` is where an answer is worth
one half.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

#: The sum at which an answer is worth one half.
HALF = 1.5
#: The most that an answer can sum up to when nothing in it is of the kind that was asked for: named at best.
UNFIT_MOST = 1.2


@attrs.frozen(kw_only=True, eq=False)
class Kind:
    """
    How one kind of answer is judged.

    Attributes:
        words: Weight of a word's information, by the letter of its kind.

        signals: Weight of a signal; the second of a sort counts half.

        fits: Letters and signals that show that the answer is of this kind at all.

        unfit: What all the rest is worth when nothing shows that.

        vague: What words that are vague anywhere else are worth here.

        bonuses: What is added once for a trait: a town, a country, a person by trade, a setting,
        a way to meet from afar.,

        name: Added when something is written like a name; *several* when there are more of them.

        first: Added for a capital at the start, where nothing else is a name.

        link: Added for a joining word between two words that say something, at most twice.

        manager: Added for a rank with what it is a rank of.

        person: Added for people with what tells them apart.

        choice: Added when one of the choices is named; *clause* when more than one is.

        place: Whether a place is wanted.
    """

    words: Mapping[str, float]
    signals: Mapping[str, float]
    fits: frozenset[str] = frozenset()
    unfit: float = 1.0
    vague: float = 0.0
    bonuses: tuple[tuple[str, float], ...] = ()
    name: float = 0.0
    several: float = 0.0
    first: float = 0.0
    link: float = 0.0
    manager: float = 0.0
    person: float = 0.0
    choice: float = 0.0
    clause: float = 0.0
    place: bool = False


#: Words count in full, unless a kind says otherwise.
_WORDS = dict.fromkeys("NLRPOGWAKBVCMTJQDU", 1.0)
_SIGNALS = {
    "counted": 0.5,  # a number of something
    "measure": 0.6,  # a number with a unit or a price
    "duration": 0.6,  # a number of hours, weeks, years
    "distance": 0.5,
    "frequency": 0.4,  # every Tuesday, twice a month
    "range": 0.5,  # from … to
    "bounded": 0.3,  # over 60, at least 3
    "date": 0.6,
    "deadline": 0.3,  # before, until, since something
    "day": 0.5,
    "clock": 0.5,
    "year": 0.3,
    "daypart": 0.3,
    "rhythm": 0.2,
    "exclusion": 0.4,  # what it is not
    "trigger": 0.3,  # what has just changed
    "name": 0.3,  # written like a name
    "link": 0.2,  # a joining word between two words that say something
}


def _kind(
    words: float = 1.0,
    *,
    fits: str = "",
    unfit: float = 1.0,
    vague: float = 0.0,
    signals: float = 1.0,
    **changes: float,
) -> Kind:
    """
    The usual weights times *words* and *signals*, then *changes*.
    """
    letters = {letter: weight * words for letter, weight in _WORDS.items()}
    others = {name: weight * signals for name, weight in _SIGNALS.items()}
    for name, weight in changes.items():
        (letters if len(name) == 1 else others)[name] = weight
    bonuses = tuple((sign, others.pop(bonus)) for sign, bonus in _BONUSES if bonus in others)
    traits = {name: others.pop(name, 0.0) for name in _TRAITS}
    return Kind(
        words=letters,
        signals={name: weight for name, weight in others.items() if weight},
        fits=frozenset(fits.split()),
        unfit=unfit,
        vague=vague,
        bonuses=bonuses,
        place="L" in dict(bonuses),
        **traits,
    )


#: What shows a trait, and the name of its bonus.
_BONUSES = (("L", "town"), ("R", "country"), ("P", "trade"), ("setting", "setting"), ("remote", "remote"))
_TRAITS = ("name", "several", "first", "link", "manager", "person", "choice", "clause")


KINDS: Mapping[str, Kind] = (
    {
        # Without an item, short answers are judged like longer texts; see ``alone``.
        "": _kind(),
        # A town settles it, a country does not; a distance or a way to get there sharpens it.
        "place": _kind(
            0.35, signals=0.0, fits="N L R U W name distance travel zip zone direction setting remote", unfit=0.5,
            N=0.9, L=0.8, U=1.0, R=0.8, B=0.7, W=0.8, O=0.45, G=0.45, town=0.8, country=0.45, name=0.5,
            distance=1.0, travel=0.6, zip=1.6,
            zone=1.5, direction=0.7, counted=0.3, day=0.4, daypart=0.4, clock=0.5, duration=0.2, link=0.1,
            setting=0.8, remote=0.5,
        ),
        # Only years count, and a range says most.
        "age": _kind(
            0.1, signals=0.0, fits="range bounded number", unfit=0.5, range=1.9, bounded=1.2, number=1.15,
            duration=0.3,
        ),
        # A number of hours or weeks, a day, a time of day, and how often.
        "time": _kind(
            0.25, signals=0.0, fits="duration day clock counted date range daypart frequency travel season",
            unfit=0.5, duration=1.2, day=1.6,
            clock=1.0, daypart=0.9, rhythm=0.3, frequency=1.3, counted=0.8, date=1.3, range=0.7, season=0.7,
            measure=0.4, number=0.2,
            bounded=0.3, deadline=0.6,
        ),
        # A day or a month, or the event by which it must be.
        "date": _kind(
            0.5, signals=0.0, fits="date day duration clock season year number trigger counted deadline",
            unfit=0.5, date=1.9, day=1.9,
            clock=0.6, duration=1.9, season=0.9, year=0.8, counted=0.4, trigger=0.3, daypart=0.3, deadline=0.9,
            number=0.2, frequency=0.3,
        ),
        # What people do for a living; where they do it and for whom only sharpens it.
        "profession": _kind(
            0.75, fits="P U head", unfit=0.6, P=1.2, Q=0.8, L=0.1, R=0.1, N=0.4, U=0.9, day=0.2, counted=0.4,
            name=0.1, trade=0.8,
            manager=1.5,
        ),
        # Names, best several.
        "organisations": _kind(
            0.8, N=1.1, B=1.0, U=1.0, L=0.8, name=0.7, several=0.5, date=0.2, number=0.0, first=0.9,
        ),
        # A trade, not a place; what they make, move or care for.
        "industry": _kind(
            1.0, L=0.2, R=0.1, N=0.5, day=0.0, date=0.0, clock=0.0, duration=0.0, counted=0.2, year=0.0, name=0.1,
        ),
        # Size, price, ownership: numbers count most.
        "segment": _kind(
            0.9, range=1.3, counted=1.0, measure=0.9, bounded=0.8, L=0.2, N=0.5, exclusion=0.7, vague=0.1,
        ),
        # Who they are: trade, stage of life, background, age.
        "people": _kind(
            1.0, P=1.15, range=0.9, bounded=0.7, R=1.0, L=0.5, N=0.6, vague=0.1, trigger=0.5, person=0.4,
        ),
        # A result with a number, a date or a condition.
        "goal": _kind(
            0.9, L=0.3, N=0.5, date=1.0, day=0.7, counted=1.1, measure=0.9, duration=0.8, frequency=0.6, vague=0.2,
            exclusion=0.5, trigger=0.2,
            season=0.6, deadline=0.5,
        ),
        # Pay, hours, limits, what is ruled out.
        "terms": _kind(
            0.9, L=0.4, N=0.5, measure=1.2, duration=1.2, counted=0.9, exclusion=0.9, day=0.8, clock=0.7,
            range=0.8, date=0.7, vague=0.25,
            bounded=0.5, number=0.4, frequency=0.5,
        ),
        # A closed choice: the chosen word settles half, the rest is what limits it.
        "choice": _kind(
            0.7, unfit=0.6, L=0.2, N=0.4, choice=1.25, counted=0.5, day=0.6, daypart=0.4, vague=0.15,
            exclusion=0.5, clause=0.5,
        ),
        "activity": _kind(1.0, C=0.85, L=0.2, N=0.5, R=0.3, day=0.5),
        "subject": _kind(1.0, L=0.2, N=0.5, R=0.4),
        # What has just changed.
        "event": _kind(0.9, L=0.2, N=0.4, trigger=0.7, duration=0.7, date=0.6, vague=0.15),
        # Plain words with a fact in them.
        "situation": _kind(
            0.95, L=0.2, N=0.5, duration=0.8, date=0.8, counted=0.7, trigger=0.4, vague=0.2, deadline=0.6,
        ),
        "trait": _kind(1.0, C=0.7, J=0.8, L=0.2, N=0.9, vague=0.15, exclusion=0.7),
        "statement": _kind(0.9, L=0.2, N=0.5, vague=0.2),
    }
)  # fmt: skip
