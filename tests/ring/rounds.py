"""
Logs for tests: strategies that make the hard cases, and short ways to write a round.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from kowhy.ring import Contact, Result, Round, Stage, Track

TODAY = dt.date(2026, 3, 28)

#: Texts that nobody would write by chance; tests look for them where they must not be.
SECRETS = ("Zsófia Öztürk", "<b>Quincy</b>", "LABEL-7f3a")


def day(text):
    return dt.date.fromisoformat(text)


def ago(days):
    return TODAY - dt.timedelta(days=days)


def made(date, track="person", person=None, **fields):
    """
    A round in one line; *date* is a text or so many days ago.
    """
    when = ago(date) if isinstance(date, int) else day(date)
    contact = Contact(id=person, label=fields.pop("label", "")) if person else None
    return Round(date=when, track=track, person=contact, **fields)


def contacts():
    return st.builds(Contact, id=st.sampled_from(["p1", "p2", "p3", "ü/~"]), label=st.sampled_from(["", *SECRETS]))


@st.composite
def rounds(draw, until=TODAY):
    """
    One sound round; many share a day, a person or a recommendation.
    """
    person = draw(st.none() | contacts())
    stage = draw(st.none() | st.sampled_from(Stage)) if person else None
    dates = st.dates(until - dt.timedelta(days=30), until) | st.dates(max_value=until)
    date = draw(dates)
    promise = draw(st.sampled_from(["", "", SECRETS[2]])) if person else ""
    results = [Result.OPEN, Result.LANDED] if stage is Stage.LANDED else list(Result)
    return Round(
        date=date,
        track=draw(st.sampled_from(Track)),
        recommendation=draw(st.none() | st.sampled_from(["a", "b", "x"])),
        target=draw(st.none() | st.sampled_from(["learn", "land_a_job.industry", SECRETS[0], ""])),
        person=person,
        stage=stage,
        result=draw(st.sampled_from(results)),
        note=draw(st.sampled_from(["", SECRETS[1]])),
        promise=promise,
        due=draw(st.none() | st.dates(min_value=date)) if promise else None,
        kept=draw(st.booleans()) if person else False,
    )


def logs(max_size=12):
    return st.lists(rounds(), max_size=max_size)
