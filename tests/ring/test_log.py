"""
The log as plain values: what a round may be, and what it never shows.
"""

from __future__ import annotations

import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given

from kowhy.errors import InvalidRingError
from kowhy.ring import Contact, Result, Ring, Round, Stage, Track
from tests.ring.rounds import SECRETS, made, rounds

DAY = dt.date(2026, 3, 2)
SAM = Contact(id="p1", label="Sam")


def codes(call):
    with pytest.raises(InvalidRingError) as caught:
        call()
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


class TestRound:
    def test_names_become_members(self):
        """
        Tracks, stages and results may be given by name.
        """
        one = Round(date=DAY, track="place", person=SAM, stage="met", result="landed")

        assert (one.track, one.stage, one.result) == (Track.PLACE, Stage.MET, Result.LANDED)
        assert all(type(value) is not str for value in (one.track, one.stage, one.result))

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"date": "2026-03-02"}, [("type.wrong", "/date")]),
            ({"date": dt.datetime(2026, 3, 2, tzinfo=dt.UTC)}, [("type.wrong", "/date")]),
            ({"track": "places"}, [("type.wrong", "/track")]),
            (
                {"track": None, "result": "won", "stage": "friend"},
                [("type.wrong", f"/{k}") for k in ("track", "stage", "result")],
            ),
            ({"person": "p1"}, [("type.wrong", "/with")]),
            ({"due": "soon"}, [("type.wrong", "/due")]),
            ({"kept": 1}, [("type.wrong", "/kept")]),
            ({"note": None}, [("type.wrong", "/note")]),
            ({"id": "r" * 201}, [("value.too-large", "/id")]),
            ({"note": "n" * 10_001}, [("value.too-large", "/note")]),
            ({"stage": "met"}, [("round.nobody", "/stage")]),
            ({"promise": "a list"}, [("round.nobody", "/promise")]),
            ({"kept": True}, [("round.nobody", "/kept")]),
            ({"due": DAY}, [("round.no-promise", "/due")]),
            ({"person": SAM, "promise": "x", "due": dt.date(2026, 3, 1)}, [("round.due-before", "/due")]),
            ({"person": SAM, "stage": "landed", "result": "nothing"}, [("round.contradiction", "/result")]),
        ],
    )
    def test_what_does_not_go(self, fields, expected):
        """
        Wrong values, and values that do not go together, are told with the place.
        """
        assert codes(lambda: Round(**{"date": DAY, "track": "place"} | fields)) == expected

    @given(one=rounds())
    def test_a_repr_holds_nothing_private(self, one):
        """
        Neither labels nor notes, promises or targets come out in a repr.
        """
        assert not any(secret in repr(one) for secret in SECRETS)

    @given(one=rounds())
    def test_is_a_value(self, one):
        """
        Rounds pickle, compare and hash by what they hold.
        """
        again = pickle.loads(pickle.dumps(one))

        assert again == one
        assert hash(again) == hash(one)
        assert attrs.evolve(one, id="other") != one


class TestContact:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"id": ""}, [("value.too-small", "/id")]),
            ({"id": "  "}, [("value.too-small", "/id")]),
            ({"id": 7, "label": None}, [("type.wrong", "/id"), ("type.wrong", "/label")]),
            ({"id": "p" * 201}, [("value.too-large", "/id")]),
            ({"id": "p", "label": "\udcff"}, [("text.surrogate", "/label")]),
        ],
    )
    def test_needs_an_id(self, fields, expected):
        """
        Somebody without an id, or with one that is no text, is refused.
        """
        assert codes(lambda: Contact(**fields)) == expected


class TestRing:
    def test_ids_clash(self):
        """
        Each further round with an id is told, with the first that has it.
        """
        log = [made(3, id="a"), made(2), made(2, id="a"), made(1), made(1, id="a")]

        with pytest.raises(InvalidRingError) as caught:
            Ring(rounds=log)

        assert [(fault.pointer, fault.given) for fault in caught.value.faults] == [
            ("/rounds/2/id", "the id of /rounds/0"),
            ("/rounds/4/id", "the id of /rounds/0"),
        ]

    def test_only_rounds(self):
        """
        Anything else among the rounds is a mistake in the program.
        """
        with pytest.raises(TypeError, match="got a dict among the rounds; wanted a Round"):
            Ring(rounds=[{"date": "2026-03-02"}])
