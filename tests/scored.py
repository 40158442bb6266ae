"""
Hand-made checklists, scripted raters and strategies for the tests of scoring.
"""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, Item, Rung
from kowhy.rating.model import Rating, Reason
from kowhy.scoring import score_profile
from kowhy.whys import WHYS, Profile

#: The usual ladder: vague 0.15, named 0.6 from 0.35, specific 1 from 0.6.
USUAL = (("vague", 15, 0.0, None), ("named", 60, 0.35, None), ("specific", 100, 0.6, None))

#: Ratings around every floor, and one that says that nothing could be told.
VALUES = (0.0, 0.1, 0.34, 0.35, 0.5, 0.6, 0.95, 1.0, None)


def ladder(*rungs):
    """
    Rungs from rows of name, credit, floor and schema.
    """
    levels = {"vague": 1, "named": 2, "specific": 3}
    return tuple(
        Rung(
            name=name,
            level=levels[name],
            credit=credit,
            specificity=floor,
            schema=None if schema is None else FrozenMap(schema),
        )
        for name, credit, floor, schema in rungs
    )


def item(key, **changes):
    """
    An item of weight 2 on the usual ladder.
    """
    defaults = {
        "title": key.replace("_", " ").capitalize(),
        "ask": f"What about {key}?",
        "weight": 2,
        "origin": "article",
        "kind": "industry",
        "shape": "noun",
        "rungs": ladder(*USUAL),
    }
    return Item(key=key, **(defaults | changes))


def checklist(why, *items, enough=3):
    """
    A checklist for *why* with just these items.
    """
    return Checklist(
        id=f"urn:test:{why}:1", why=why, title=why.replace("_", " ").capitalize(), enough=enough, items=items
    )


@attrs.frozen
class Script:
    """
    A rater that reads its ratings from a table; what stands in no table is rated by *other*.

    Attributes:
        table: By item and text, or by text alone: a value, or the code of why it is zeroed.

        other: The rating of everything else.
    """

    table: FrozenMap = attrs.field(factory=FrozenMap, converter=FrozenMap)
    other: float | None = 0.5

    def rate(self, text, *, ask=None):
        """
        The rating that the script holds.
        """
        value = self.table.get((ask and ask.item, text), self.table.get(text, self.other))
        if isinstance(value, str):
            return Rating(value=0.0, reasons=(Reason(code=value, words=(text,)),), zero=value)
        return Rating(value=value, reasons=(Reason(code="script", words=(text,), text=f"{value}"),))


def profile(why, *, declined=(), not_applicable=(), statement=None, **answers):
    """
    A profile with one WHY; items that its class lacks become ``extra``.
    """
    return Profile(
        whys=(one_why(why, declined=declined, not_applicable=not_applicable, statement=statement, **answers),)
    )


def one_why(why, **fields):
    """
    A WHY; items that its class lacks become ``extra``.
    """
    cls = WHYS[why]
    own = {field.name for field in attrs.fields(cls)}
    extra = {key: value for key, value in fields.items() if key not in own}
    return cls(extra=extra, **{key: value for key, value in fields.items() if key in own})


def _rows(schemas, *credits):
    names = ("vague", "named", "specific")
    floors = (0.0, 0.35, 0.6)
    return ladder(*(row for row in zip(names, credits, floors, schemas, strict=True) if row[1] is not None))


_ONE, _TWO, _THREE = {"minItems": 1}, {"minItems": 2}, {"minItems": 3}

#: Ladders with rungs left out, odd credits, and rungs that ask for several answers.
LADDERS = (
    ladder(*USUAL),
    _rows((None, None, None), 1, 59, 97),
    _rows((None, None, None), None, 60, 100),
    _rows((None, None, None), 15, None, 100),
    _rows((None, None, None), 70, None, 90),
    _rows((None, None, None), 15, 60, None),
    _rows((None, None, None), None, None, 100),
    _rows((None, None, None), None, None, 30),
    _rows((None, _ONE, _TWO), 15, 60, 100),
    _rows((None, _TWO, _ONE), 15, 60, 100),
    _rows((_TWO, _TWO, _THREE), 10, 50, 100),
    _rows((None, None, _THREE), None, 33, 66),
    _rows((None, None, _TWO), 15, None, 100),
    _rows((None, None, _TWO), None, None, 100),
)


@st.composite
def checklists(draw, why="social_reasons", *, top=False):
    """
    Checklists with many items, items that are off, sensitive ones, and any number that is enough.

    Args:
        why: The WHY; some items are such as its class lacks.

        top: Let the highest rung of each item earn all of its weight.
    """
    keys = (*WHYS[why].item_keys()[:7], "added_one", "added_two")
    made = []
    for key in draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)):
        rungs = draw(st.sampled_from(LADDERS))
        if top:
            rungs = (*rungs[:-1], attrs.evolve(rungs[-1], credit=100))
        made.append(
            item(
                key,
                weight=draw(st.integers(0, 9)),
                core=draw(st.booleans()),
                sensitive=draw(st.booleans()),
                rungs=rungs,
            )
        )
    return checklist(why, *made, enough=draw(st.integers(0, 4)))


#: Few enough to meet again in other items; some differ only in spelling.
POOL = ("roofing", "Roofing", "roofing.", " roofing ", "chess", "ＣＨＥＳＳ", "Leeds", "jazz", "n/a")

FRESH = ("a new one", "another new one", "a third new one")


@st.composite
def cases(draw, why="social_reasons", *, top=False):
    """
    A checklist, answers by item and a script: many shared texts, rated differently in each item.
    """
    made = draw(checklists(why, top=top))
    keys = [one.key for one in made.items]
    answers = draw(
        st.dictionaries(st.sampled_from(keys), st.lists(st.sampled_from(POOL), min_size=1, max_size=4).map(tuple))
    )
    ratings = st.one_of(st.sampled_from(VALUES), st.sampled_from(VALUES), st.just("junk"))
    table = {(key, text): draw(ratings) for key, texts in answers.items() for text in dict.fromkeys(texts)}
    return Case(made, FrozenMap(answers), FrozenMap(table))


@attrs.frozen
class Case:
    """
    One thing to score.
    """

    checklist: Checklist
    answers: FrozenMap
    table: FrozenMap

    def with_answers(self, **answers):
        """
        The same with other answers to some items.
        """
        return attrs.evolve(self, answers=FrozenMap(dict(self.answers) | answers))

    def rated(self, key, text, value):
        """
        The same with one more line in the script.
        """
        return attrs.evolve(self, table=FrozenMap(dict(self.table) | {(key, text): value}))

    def score(self, **fields):
        """
        What scoring makes of it: the score of its one WHY.
        """
        return self.card(**fields).whys[self.checklist.why]

    def card(self, **fields):
        """
        The whole scorecard.
        """
        given = {key: texts for key, texts in self.answers.items() if texts}
        one = profile(self.checklist.why, **(given | fields))
        return score_profile(one, checklists={self.checklist.why: self.checklist}, rater=Script(self.table))
