"""
The facts: six WHYs, what they hold, and what they refuse.
"""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy._frozen import FrozenMap
from kowhy.errors import InvalidProfileError, UnknownNameError
from kowhy.whys import COUNTRIES, WHYS, LandAJob, Learn, MoreBusiness, Profile, SocialReasons, State, why_class


def faults(make, *arguments, **fields):
    with pytest.raises(InvalidProfileError) as caught:
        make(*arguments, **fields)
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


class TestWhys:
    def test_six_in_the_order_of_the_article(self):
        """
        There are exactly six, each under its id.
        """
        assert list(WHYS) == [
            "more_business",
            "land_a_job",
            "learn",
            "social_reasons",
            "pay_it_forward",
            "solve_a_problem",
        ]
        assert all(cls.why == why for why, cls in WHYS.items())

    def test_by_name(self):
        """
        An unknown one is named beside those that are known.
        """
        assert why_class("learn") is Learn
        with pytest.raises(UnknownNameError, match="pay_it_forward"):
            why_class("fame")

    @pytest.mark.parametrize(
        ("given", "held"),
        [
            ("piano", ("piano",)),
            (["piano", "cello"], ("piano", "cello")),
            (("piano",), ("piano",)),
            (None, ()),
            ("", ()),
            (["", "  ", "piano"], ("piano",)),
        ],
    )
    def test_answers_become_texts(self, given, held):
        """
        One text or several are held as a tuple; blank ones count as not given.
        """
        assert Learn(topic=given).topic == held

    def test_every_wrong_type_at_once(self):
        """
        What is no text is told with its place, all of it at once.
        """
        found = faults(Learn, topic=5, scope=["a", 6], declined={"x"}, statement=7, extra={"mood": 8})

        assert found == [
            ("type.wrong", "/statement"),
            ("type.wrong", "/declined"),
            ("type.wrong", "/topic"),
            ("type.wrong", "/scope"),
            ("type.wrong", "/extra/mood"),
        ]
        assert faults(Learn, extra=[("mood", "x")]) == [("type.wrong", "/extra")]
        assert faults(Learn, extra={5: "x"}) == [("type.wrong", "/extra")]

    def test_frozen(self):
        """
        A WHY never changes; a changed one is another.
        """
        why = Learn(topic="piano")

        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            why.topic = ("cello",)
        assert attrs.evolve(why, topic="cello") != why


class TestStates:
    def test_each_state(self):
        """
        An item is given, declined, not applicable, or nothing is known of it.
        """
        why = Learn(topic="piano", declined="scope", not_applicable=["purpose"], extra={"mood": "calm"})

        assert [why.state(key) for key in ("topic", "mood", "scope", "purpose", "level_now")] == [
            State.GIVEN,
            State.GIVEN,
            State.DECLINED,
            State.NOT_APPLICABLE,
            State.UNKNOWN,
        ]
        assert why.answers("level_now") == why.answers("nothing of the kind") == ()

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"topic": "x", "declined": "topic"}, "item.given-and-declined"),
            ({"topic": "x", "not_applicable": "topic"}, "item.given-and-not-applicable"),
            ({"declined": "topic", "not_applicable": "topic"}, "item.declined-and-not-applicable"),
            ({"extra": {"mood": "x"}, "declined": "mood"}, "item.given-and-declined"),
        ],
    )
    def test_two_states_at_once(self, fields, code):
        """
        No item is in two states.
        """
        assert code in [found for found, _ in faults(Learn, **fields)]

    @pytest.mark.parametrize("key", ["topic", "why", "declined", "statement"])
    def test_extra_items_have_names_of_their_own(self, key):
        """
        An added item cannot take the place of a known one.
        """
        assert faults(Learn, extra={key: "x"}) == [("key.clash", f"/extra/{key}")]

    def test_private(self):
        """
        Sensitive items are private unless they may be said; others are when the person says so.
        """
        why = SocialReasons(age="40-50", seeking="friends", private="geography", may_say="seeking")

        assert why.is_private("age", sensitive=True)
        assert not why.is_private("seeking", sensitive=True)
        assert why.is_private("geography", sensitive=False)
        assert not why.is_private("rhythm", sensitive=False)

    def test_repr_holds_nothing_private(self):
        """
        What ends up in a log tells no secret.
        """
        why = SocialReasons(age="40-50", rhythm="every Tuesday", geography="Leeds", private="geography")
        shown = repr(Profile(whys=why, name="Ana"))

        assert "every Tuesday" in shown
        assert not {"40-50", "Leeds", "Ana"} & {part for part in ("40-50", "Leeds", "Ana") if part in shown}


class TestProfile:
    def test_one_why_or_several(self):
        """
        A single WHY needs no list.
        """
        assert Profile(whys=Learn()).whys == (Learn(),)
        assert Profile(whys=[Learn(), LandAJob()]).why("land_a_job") == LandAJob()
        assert Profile(whys=Learn()).why("land_a_job") is None

    def test_everything_wrong_at_once(self):
        """
        All faults come together, each with its place.
        """
        found = faults(
            Profile, whys=[Learn(), "x", Learn()], dominant="more_business", name=5, country="UK", adult="yes"
        )

        assert found == [
            ("type.wrong", "/whys/1"),
            ("why.repeated", "/whys/2"),
            ("dominant.absent", "/dominant"),
            ("type.wrong", "/name"),
            ("country.unknown", "/country"),
            ("type.wrong", "/adult"),
        ]
        assert faults(Profile, whys=()) == [("whys.empty", "/whys")]

    @pytest.mark.parametrize(("given", "hint"), [("UK", "GB"), ("us", "US"), ("Narnia", "DE or GB")])
    def test_country_with_a_hint(self, given, hint):
        """
        A country that is no code gets the code that was probably meant, or a few to see what one looks like.
        """
        with pytest.raises(InvalidProfileError) as caught:
            Profile(whys=Learn(), country=given)

        assert caught.value.faults[0].wanted.endswith(f"in capitals such as {hint}")

    def test_countries(self):
        """
        All 249 officially assigned codes are known.
        """
        assert len(COUNTRIES) == 249
        assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)

    @given(name=st.none() | st.text(), topic=st.text(), adult=st.booleans())
    def test_pickles_and_hashes(self, name, topic, adult):
        """
        Equal profiles are equal everywhere.
        """
        one, other = (
            Profile(whys=MoreBusiness(niche=topic, extra=FrozenMap({"mood": topic})), name=name, adult=adult)
            for _ in range(2)
        )

        assert one == other == pickle.loads(pickle.dumps(one))
        assert hash(one) == hash(other)
