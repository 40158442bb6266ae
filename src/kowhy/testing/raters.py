"""
The laws of raters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from hypothesis import strategies as st

from kowhy.checklists import load_checklists
from kowhy.compiled import ask_of
from kowhy.rating.model import Ask, Rater, Rating, Reason
from kowhy.receiving import told
from kowhy.testing.laws import fail, for_all
from kowhy.testing.strategies import ODD


def _asks() -> Iterator[Ask | None]:
    yield None
    for why, checklist in load_checklists().items():
        for item in checklist.items:
            yield ask_of(item, why=why)


#: Answers that are rare but come: odd ones, none, a character that does not print, and half a character.
RARE = (*ODD, "", "\x00", "\ud800")

#: Answers from the examples of kowhy, rare ones, and any text at all.
TEXTS = st.one_of(
    st.sampled_from(
        [text for one in load_checklists().values() for item in one.items for text in (*item.specific, *item.vague)]
    ),
    st.sampled_from(RARE),
    st.text(max_size=40),
)
ASKS = st.sampled_from(list(_asks()))


class RaterConformance:
    """
    What a plugin of the group ``kowhy.raters`` keeps.

    Attributes:
        make: What the entry point names: a class or function that makes a rater.

        ladders: Rows of an item (``"social_reasons.age"``, or ``""`` for none) and answers to it, the vaguest first and
            the most specific last, in the language of the rater.
    """

    make: ClassVar[Callable[[], Rater]]
    ladders: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def _rater(self) -> Rater:
        made: object = type(self).make()
        if not isinstance(made, Rater):
            fail("make() makes a rater.", f"given: {type(made).__name__} without rate(text, *, ask)")
        return made

    def test_it_makes_a_rater(self) -> None:
        """
        The entry point makes an object with ``rate(text, *, ask)``.
        """
        self._rater()

    def test_it_rates_anything(self) -> None:
        """
        Any text has a rating from 0 to 1, or none; a zeroed one is 0 and says why.
        """
        rater = self._rater()

        def law(case: tuple[str, Ask | None]) -> None:
            text, ask = case
            try:
                rating: object = rater.rate(text, ask=ask)
            except Exception as error:  # noqa: BLE001  # a rater is foreign code, and any exception breaks the law
                fail("A rater rates any text.", f"text: {text!r}", f"raised: {told(error)}")
            if not isinstance(rating, Rating):
                fail("A rater answers with a Rating.", f"text: {text!r}", f"given: {told(rating)}")
            value = rating.value
            if value is not None and not (isinstance(value, int | float) and 0 <= value <= 1):
                fail("A value stands between 0 and 1, or is None.", f"text: {text!r}", f"given: {told(value)}")
            if rating.zero is not None and value != 0:
                fail("What is zeroed has the value 0.", f"text: {text!r}", f"given: {rating.zero}, {value}")
            if not all(isinstance(reason, Reason) for reason in rating.reasons):
                fail("Reasons are of the type Reason.", f"text: {text!r}", f"given: {told(rating.reasons)}")

        for text in RARE:
            law((text, None))
        for_all(st.tuples(TEXTS, ASKS), law)

    def test_it_says_the_same_again(self) -> None:
        """
        The same text and ask have the same rating, also from another rater of the same make.
        """
        first, second = self._rater(), self._rater()

        def law(case: tuple[str, Ask | None]) -> None:
            text, ask = case
            ratings = [rater.rate(text, ask=ask) for rater in (first, first, second)]
            if any(rating != ratings[0] for rating in ratings):
                values = ", ".join(str(rating.value) for rating in ratings)
                fail("The same text has the same rating.", f"text: {text!r}", f"given: {values}")

        for_all(st.tuples(TEXTS, ASKS), law)

    def test_nothing_earns_nothing(self) -> None:
        """
        An empty text, and one of spaces, is worth nothing or not rated.
        """
        for text in ("", " ", "\n\t"):
            value = self._rater().rate(text).value
            if value:
                fail("An empty answer earns nothing.", f"text: {text!r}", f"given: {value}")

    def test_saying_it_twice_earns_no_more(self) -> None:
        """
        Repeating an answer does not make it more specific.
        """
        rater = self._rater()

        def law(case: tuple[str, Ask | None]) -> None:
            text, ask = case
            once, twice = (rater.rate(said, ask=ask).value for said in (text, f"{text} {text}"))
            if once is not None and twice is not None and twice > once + _LITTLE:
                fail("Repeating an answer earns no more.", f"text: {text!r}", f"once {once}, twice {twice}")

        for_all(st.tuples(TEXTS, ASKS), law)

    def test_specific_answers_earn_more(self) -> None:
        """
        In each of the ladders an answer earns more than the one before it.
        """
        if not self.ladders:
            fail("A rater shows what it can tell apart.", "wanted: ladders, rows of an item and its answers")
        rater, checklists = self._rater(), load_checklists()
        for place, *texts in self.ladders:
            why, _, key = place.partition(".")
            ask = ask_of(checklists[why].item(key), why=why) if place else None
            values = [rater.rate(text, ask=ask).value for text in texts]
            for (one, low), (other, high) in zip(
                zip(texts, values, strict=True), list(zip(texts, values, strict=True))[1:], strict=False
            ):
                if low is None or high is None or low >= high:
                    seen = f"{one!r} has {low}, {other!r} has {high}"
                    fail(f"A more specific answer to {place or 'nothing in particular'} earns more.", seen)


#: What rounding may add.
_LITTLE = 0.01
