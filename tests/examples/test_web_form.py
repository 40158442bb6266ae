"""
The form in FastAPI: what it shows, what it answers while somebody types, and what it says to bad input.
"""

from __future__ import annotations

from html import escape

import attrs
import pytest

from kowhy.checklists import load_checklists
from kowhy.engine import Engine
from tests.examples.running import needs

needs("fastapi", "httpx2")

from fastapi.testclient import TestClient  # noqa: E402  # only where it is installed

from examples import web_form  # noqa: E402  # the same

client = TestClient(web_form.app)


class TestPage:
    @pytest.mark.parametrize("why", load_checklists())
    def test_it_is_made_from_the_checklist(self, monkeypatch, why):
        """
        Each item of a WHY has its question, its help, an example and its choices, in the order of the checklist.
        """
        monkeypatch.setattr(web_form, "WHY", why)
        wanted = []
        for item in load_checklists()[why].items:
            ask, example, words = map(escape, (item.ask, item.specific[0], item.description))
            wanted += [f'<label for="{item.key}">{ask}</label>', f'placeholder="{example}"', words]
            wanted += [f"<option>{choice}" for choice in item.choices]

        answer = client.get("/")

        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        places = [answer.text.find(text) for text in wanted]
        assert -1 not in places
        assert places == sorted(places)

    def test_it_says_what_is_private(self):
        """
        Only the help of sensitive items says that their answers are kept out of what others see.
        """
        sensitive = {item.key for item in load_checklists()["social_reasons"].items if item.sensitive}

        helps = client.get("/").text.split('<small id="')[1:]

        assert {text.split("-help", 1)[0] for text in helps if "Private: " in text.split("</small>")[0]} == sensitive

    def test_a_checklist_cannot_break_it(self, monkeypatch):
        """
        Whatever stands in a checklist comes out as text.
        """
        nasty = '"><script>alert(1)</script>'
        own = load_checklists()["social_reasons"]
        item = attrs.evolve(own.items[0], ask=nasty, description=nasty, specific=(nasty,), choices={nasty: ("x",)})
        engine = Engine(checklists=[attrs.evolve(own, title=nasty, items=(item, *own.items[1:]))])
        monkeypatch.setattr(web_form, "engine", engine)

        page = client.get("/").text

        assert nasty not in page
        assert page.count("<script>") == 1
        assert page.count(escape(nasty)) == 6


class TestScore:
    def test_it_rises_as_the_answer_gets_specific(self):
        """
        Typed further and further, an answer climbs from vague to specific, and the score with it.
        """
        typed = ("people", "friends", "two friends for trail runs on Sundays")

        found = [client.post("/score", json={"seeking": text}).json() for text in typed]

        assert [one["rungs"]["seeking"] for one in found] == ["vague", "named", "specific"]
        scores = [one["score"] for one in found]
        assert scores == sorted(set(scores))

    def test_empty_fields_are_no_answers(self):
        """
        A form in which nothing has been typed has no score yet, and is told what to begin with.
        """
        empty = dict.fromkeys((item.key for item in load_checklists()["social_reasons"].items), "")
        first = load_checklists()["social_reasons"].item("common_interests").ask

        answer = client.post("/score", json=empty)

        assert answer.json() == {"score": 0.0, "rungs": {}, "next": first}

    def test_nothing_is_left_to_ask(self, monkeypatch):
        """
        Where all is answered as well as can be, it says so.
        """
        off = {item.key: 0 for item in load_checklists()["social_reasons"].items if item.key != "seeking"}
        monkeypatch.setattr(web_form, "engine", Engine().with_weights({"social_reasons": off}))

        answer = client.post("/score", json={"seeking": "two friends for trail runs on Sundays"})

        assert answer.json()["next"] == "Nothing left to ask."
        assert answer.json()["score"] == 100

    def test_the_form_alone_says_which_why_it_is_about(self):
        """
        A request that names another WHY is judged by the one of the form.
        """
        answer = client.post("/score", json={"why": "learn", "seeking": "friends"})

        assert answer.json()["rungs"] == {"seeking": "named"}


class TestBadInput:
    def test_every_fault_is_told_with_its_field(self):
        """
        Unknown fields and overlong answers are refused together, each with its place and with what would work.
        """
        answer = client.post("/score", json={"seekin": "friends", "rhythm": "x" * 10_001})

        assert answer.status_code == 422
        assert answer.json()["detail"] == [
            {"type": "key.unknown", "loc": ["body", "seekin"], "msg": "wanted seeking"},
            {"type": "limit.answer", "loc": ["body", "rhythm"], "msg": "wanted at most 10000 characters"},
        ]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"seeking": 5}', b'{"seeking": null}'])
    def test_what_is_no_form_has_the_same_shape(self, body):
        """
        What FastAPI refuses by itself has the same keys, so that the page needs one way to show both.
        """
        answer = client.post("/score", content=body, headers={"Content-Type": "application/json"})

        assert answer.status_code == 422
        assert all({"type", "loc", "msg"} <= set(one) for one in answer.json()["detail"])
