"""
Articles, plurals, lists, capitals and voices.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy.sentences import english


class TestA:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("practice manager", "a practice manager"),
            ("actuary", "an actuary"),
            ("hour of advice", "an hour of advice"),
            ("user researcher", "a user researcher"),
            ("university lecturer", "a university lecturer"),
            ("MRI technician", "an MRI technician"),
            ("NHS trust", "an NHS trust"),
            ("UX designer", "a UX designer"),
            ("European sales lead", "a European sales lead"),
            ("one-day course", "a one-day course"),
            ("8-week course", "8-week course"),
            ("the head chef", "the head chef"),
            ("my sister's wedding", "my sister's wedding"),
            ("practice managers", "practice managers"),
            ("people who fix bikes", "people who fix bikes"),
            ("commercial roofing", "commercial roofing"),
            ("meeting with the owner", "a meeting with the owner"),
            ("partner retiring within a year", "a partner retiring within a year"),
            ("head chef who also holds the budget", "a head chef who also holds the budget"),
            ("", ""),
        ],
    )
    def test_article(self, text, expected):
        """
        The article is the one that is said, and is left out where English has none.
        """
        assert english.a(text) == expected


class TestPlural:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("practice manager", "practice managers"),
            ("actuary", "actuaries"),
            ("a facility manager", "facility managers"),
            ("operations director of a haulier", "operations directors of a haulier"),
            ("head chef who also holds the budget", "head chefs who also hold the budget"),
            ("nurse who is on nights", "nurses who are on nights"),
            ("tutor who always carries chalk", "tutors who always carry chalk"),
            ("owner that has a boat", "owners that have a boat"),
            ("boss who dresses well", "bosses who dress well"),
            ("salesperson", "salespeople"),
            ("midwife", "midwives"),
            ("foreman", "foremen"),
            ("church", "churches"),
            ("CTO", "CTOs"),
            ("toy maker", "toy makers"),
            ("boy", "boys"),
            ("fleets of 20-60 trucks", "fleets of 20-60 trucks"),
            ("staff", "staff"),
            ("", ""),
        ],
    )
    def test_plural(self, text, expected):
        """
        The head of the phrase takes the plural, and the verb after "who" follows it.
        """
        assert english.plural(text) == expected


class TestJoin:
    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            ([], ""),
            (["one"], "one"),
            (["one", "two"], "one and two"),
            (["one", "two", "three"], "one, two and three"),
            (["Leeds, north", "York", "Hull"], "Leeds, north; York; and Hull"),
        ],
    )
    def test_list(self, texts, expected):
        """
        Several texts read as a list in prose; commas inside move the list to semicolons.
        """
        assert english.join(texts) == expected

    def test_or(self):
        """
        The joining word is the caller's.
        """
        assert english.join(["tea", "coffee"], "or") == "tea or coffee"


class TestLowerFirst:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Commercial roofing", "commercial roofing"),
            ("A shop owner", "a shop owner"),
            ("Monday mornings", "Monday mornings"),
            ("German lessons", "German lessons"),
            ("I train agents", "I train agents"),
            ("NHS wards", "NHS wards"),
            ("Board of Trade", "Board of Trade"),
            ("iPhone repairs", "iPhone repairs"),
            ("", ""),
        ],
    )
    def test_capital(self, text, expected):
        """
        Only a capital that marks a beginning goes.
        """
        assert english.lower_first(text) == expected


class TestTitlePlace:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("leeds", "Leeds"),
            ("bucks county", "Bucks County"),
            ("stoke on trent", "stoke on trent"),
            ("isle of wight", "Isle of Wight"),
            ("the north side", "the north side"),
            ("city centre", "city centre"),
            ("my street", "my street"),
            ("Leeds and york", "Leeds and york"),
            ("within 5 miles of leeds or so", "within 5 miles of leeds or so"),
        ],
    )
    def test_name(self, text, expected):
        """
        A name in small letters gets capitals; a description keeps its small letters.
        """
        assert english.title_place(text) == expected


class TestToYou:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("play at my sister's wedding", "play at your sister's wedding"),
            ("I was a nurse and I am tired", "you were a nurse and you are tired"),
            ("our own crew, and us", "your own crew, and you"),
            ("clinics in the US", "clinics in the US"),
            ("I’m alone", "you're alone"),
        ],
    )
    def test_voice(self, text, expected):
        """
        What a person says of themselves is turned to that person.
        """
        assert english.to_you(text) == expected


class TestFinish:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("hello  there .", "Hello there."),
            ("one. two? three", "One. Two? Three."),
            ("that is e.g. a nurse", "That is e.g. a nurse."),
            ("he said “stop.”.", "He said “stop.”"),
            ("really?.", "Really?"),
            ("well,.", "Well."),
            ("wait...", "Wait…"),
            ("call [their name] today", "Call [their name] today."),
            ("about 3.5 hours", "About 3.5 hours."),
            ("“stop.” then go", "“Stop.” Then go."),
            ("(a note)", "(A note)."),
            ("(a note.)", "(A note.)"),
        ],
    )
    def test_prose(self, text, expected):
        """
        Capitals, full stops and spaces come out as in print.
        """
        assert english.finish(text) == expected

    @given(st.text(alphabet="ab .,?!“”()[]I1", max_size=40))
    def test_finished_twice_is_finished_once(self, text):
        """
        A finished sentence stays as it is.
        """
        once = english.finish(text)

        assert english.finish(once) == once

    @given(st.text(max_size=60))
    def test_marks_are_never_doubled(self, text):
        """
        No two full stops or commas follow each other, whatever a value ended with.
        """
        finished = english.finish(text)

        assert ".." not in finished
        assert ",," not in finished
        assert "  " not in finished


class TestOdds:
    def test_nothing_is_nothing(self):
        """
        An empty text has no number and no article.
        """
        assert not english.is_plural("")
        assert english.a("") == english.plural("") == english.lower_first("") == ""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("chef who can also bake", "chefs who can also bake"),
            ("chef who studies wine", "chefs who study wine"),
            ("nurse who is on call", "nurses who are on call"),
        ],
    )
    def test_the_verb_follows_its_noun(self, text, expected):
        """
        A verb that needs no change is left alone.
        """
        assert english.plural(text) == expected
