"""
The tables of words, and how a text is cut into units.
"""

from __future__ import annotations

from importlib.resources import files

import pytest

from kowhy.rating import words as w
from kowhy.rating.model import Ask
from kowhy.rating.noise import gibberish
from kowhy.rating.signals import signals
from kowhy.rating.tokens import echo_of, fold, known, read
from kowhy.tables import table
from tests.work.counting import counted


class TestTables:
    def test_the_tables_are_small_and_say_where_they_come_from(self):
        """
        At most 150 kB with the notice, which names the licences and sources.
        """
        data = files("kowhy.rating").joinpath("data")
        notice = data.joinpath("NOTICE.md").read_text(encoding="utf-8")

        assert sum(len(one.read_bytes()) for one in data.iterdir() if one.is_file()) <= 150_000
        assert all(name in notice for name in ("CC BY-SA 4.0", "wordfreq", "WordNet", "GeoNames"))

    def test_the_tables_load_fast(self):
        """
        Loading costs little: words that are alike are read in one go, so that there are a few steps for each word.
        """
        # The file of the roles is read once, by whoever needs it first.
        words = len(w.lexicon())
        w.lexicon.cache_clear()
        w._roles.cache_clear()

        with counted(most=3 * words):
            assert len(w.lexicon()) == words

    @pytest.mark.parametrize(
        ("word", "kind"),
        [
            ("welder", "P"),
            ("boiler", "O"),
            ("leeds", "L"),
            ("germany", "R"),
            ("dental", "K"),
            ("curiosity", "C"),
            ("fincher", "N"),
        ],
    )
    def test_words_denote_something(self, word, kind):
        """
        The table knows people, things, towns, countries, fields and ideas.
        """
        assert known(word)[2] == kind

    @pytest.mark.parametrize("word", ["farriers", "beekeeping", "actuaries", "luthier"])
    def test_rare_words_and_their_plurals_are_known(self, word):
        """
        The filter knows what is too rare for the table.
        """
        assert known(word) is not None

    def test_most_made_up_words_are_not_known(self):
        """
        The filter errs for one word in thirty-two or so.
        """
        made = [
            f"{a}{b}{c}"
            for a in ("blor", "vex", "drum", "quin", "spal")
            for b in ("ta", "ni", "gle", "mo", "pru")
            for c in ("ng", "lp", "xed", "dle")
        ]

        assert sum(w.rare(word) is not None for word in made) < 0.1 * len(made)

    def test_no_role_is_forgotten(self):
        """
        Every list of the catalogue has a role, and every role a list.
        """
        rows = table("rating")

        assert set(rows["words"]) == {*w._SAYS, "vague_verbs", "buzz_verbs"}
        assert set(rows["signals"]) == set(w._DOES)


class TestReading:
    def test_words_count_once_and_names_are_seen(self):
        """
        A repeated word is not read again; a capital inside a sentence shows a name, one at its start does not.
        """
        found = read("Bees, bees near Tartu. Honey")

        assert [(unit.key, unit.name) for unit in found.units] == [
            ("bees", False),
            ("near", False),
            ("tartu", True),
            ("honey", False),
        ]
        assert found.again == 1

    def test_the_question_is_read_past(self):
        """
        Runs of the question leave nothing behind; single words of it stay.
        """
        ask = Ask(
            why="x", item="y", kind="place", title="Geography", question="Where are they? Give a place and a distance."
        )

        found = read("Where are they? Give a place and a distance. Geography: a place in Tartu", echo_of(ask))

        assert [unit.key for unit in found.units if not unit.word[3] & w.FUNCTION] == ["place", "tartu"]
        assert found.echoed

    @pytest.mark.parametrize(
        ("given", "folded"), [("Łódź", "lodz"), ("CAFÉ", "cafe"), ("Straße", "strasse"), ("don’t", "don't")]
    )
    def test_folding_takes_marks_away(self, given, folded):
        """
        Letters with marks are read as those without.
        """
        assert fold(given) == folded

    @pytest.mark.parametrize("word", ["qwert", "zxcvb", "dfkgjh", "xkcd", "aeiouae", "lalalalala", "bcdfgh", "ssssss"])
    def test_noise_is_no_word(self, word):
        """
        Keys in a row, no vowels, a pile of consonants, one syllable again and again.
        """
        assert gibberish(word)

    @pytest.mark.parametrize("word", ["blorp", "kanban", "wrocklage", "np"])
    def test_odd_words_may_still_be_words(self, word):
        """
        A word that could be one gets the benefit of the doubt.
        """
        assert not gibberish(word)


class TestSignals:
    @pytest.mark.parametrize(
        ("text", "name", "words"),
        [
            ("within 40 km of Leeds", "distance", "40 km"),
            ("2 hours a week", "duration", "2 hours"),
            ("2 hours a week", "frequency", "a week"),
            ("twice a month", "frequency", "a month"),
            ("weekly", "frequency", "weekly"),
            ("28-38", "range", "28 38"),
            ("50 to 57", "range", "50 57"),
            ("over 65", "bounded", "over 65"),
            ("35+", "bounded", "35 +"),
            ("60 or older", "bounded", "60 older"),
            ("15 March", "date", "15 march"),
            ("March 15", "date", "march 15"),
            ("in May", "date", "may"),
            ("the 3rd", "date", "3rd"),
            ("until Easter", "deadline", "until easter"),
            ("at 7:30", "clock", "7:30"),
            ("6 am", "clock", "6 am"),
            ("Tuesdays", "day", "tuesdays"),
            ("this winter", "season", "winter"),
            ("from 2019", "year", "2019"),
            ("$90", "measure", "$ 90"),
            ("15k", "measure", "15 k"),
            ("40 bikes", "counted", "40 bikes"),
            ("two tables", "counted", "two tables"),
            ("no dogs", "exclusion", "no dogs"),
            ("the founder retired", "trigger", "retired"),
            ("zip 93720", "zip", "93720"),
            ("20 minutes by tram", "travel", "20 minutes"),
            ("UTC+2", "zone", "utc"),
            ("for a week", "duration", "a week"),
            ("in my forties", "range", "forties"),
            ("north side", "direction", "north"),
        ],
    )
    def test_signals_are_found(self, text, name, words):
        """
        Each signal with the words that make it.
        """
        found = signals(read(text).units, frozenset())

        assert words.replace("$ ", "") in [one.replace("$ ", "") for one in found.get(name, [])]

    @pytest.mark.parametrize("text", ["may I come", "not really good", "march on", "no, dogs"])
    def test_everyday_words_make_no_signal(self, text):
        """
        Words that look like dates, numbers or exclusions are none by themselves.
        """
        found = signals(read(text).units, frozenset())

        assert not {"date", "day", "exclusion", "counted"} & set(found)

    def test_words_of_the_title_make_no_signal(self):
        """
        What the title already says is no news.
        """
        assert "daypart" not in signals(read("evening").units, frozenset(["evening"]))
