"""
Crisp and clean: checks of wording.
"""

from __future__ import annotations

import pytest

from kowhy.checks import contradicts, crisp_faults, crisp_limit, lists_everything, word_count


class TestCrisp:
    @pytest.mark.parametrize(
        ("statement", "codes"),
        [
            ("I get restaurant owners paid within a week after storm damage", []),
            ("one " * 17, []),
            ("one " * 18, ["crisp.too-long"]),
            ("I repair church organs – in the north-west, for parishes – and I train two people every single year", []),
            ("I repair organs\nand harmoniums", ["crisp.several-lines"]),
            ("I offer innovative IT for dentists", ["crisp.waffle"]),
            ("I help firms with stuff like that", ["crisp.waffle"]),
            ("We make win-win deals", ["crisp.waffle"]),
            ("I rewire dynamos", []),
            ("One two\n" + "basically " * 17, ["crisp.several-lines", "crisp.too-long", "crisp.waffle"]),
        ],
    )
    def test_faults_of_a_statement(self, statement, codes):
        """
        One line of at most 17 words without waffle is crisp; every fault has a code.
        """
        assert crisp_faults(statement) == tuple(codes)

    def test_the_limit_is_data(self):
        """
        The author of the article teaches 17 words or fewer.
        """
        assert crisp_limit() == 17

    @pytest.mark.parametrize(("text", "count"), [("", 0), ("a - b", 2), ("two  words", 2), ("3 of 5!", 3), ("…", 0)])
    def test_only_what_can_be_said_is_a_word(self, text, count):
        """
        Dashes and dots between spaces are no words.
        """
        assert word_count(text) == count


class TestContradicts:
    @pytest.mark.parametrize(
        "answers",
        [
            ["remote, on site daily"],
            ["remote", "on-site every day"],
            ["urgent", "no rush"],
            ["friends only; a partner would be nice as well"],
            ["no strings attached, in exchange for referrals"],
            ["Online only.", "In person only."],
        ],
    )
    def test_two_wishes_that_rule_each_other_out(self, answers):
        """
        Both wishes in one item contradict, in one answer or in two.
        """
        assert contradicts(answers)

    @pytest.mark.parametrize(
        "answers",
        [
            [],
            ["remote"],
            ["remote", "fully remote"],
            ["remote or on site daily"],
            ["remote, not on site daily"],
            ["from full time only to part time"],
            ["not urgent, whenever it suits"],
            ["no strings attached"],
            ["remotely operated, office based"],
            ["both: friends first, a partner if it comes"],
            ["on site", "every day"],
            ["remote", "on site", "daily"],
        ],
    )
    def test_choices_refusals_and_single_wishes(self, answers):
        """
        A choice, a refusal, or parts of a phrase in two answers contradict nothing.
        """
        assert not contradicts(answers)


class TestListsEverything:
    @pytest.mark.parametrize(
        ("answer", "kind", "found"),
        [
            ("chess, jazz, hiking, sailing, pottery, baking", "activity", True),
            ("chess or jazz or hiking or sailing / pottery and baking", "activity", True),
            ("a\nb\nc\nd\ne\nf", "industry", True),
            ("chess, jazz, hiking, sailing, pottery", "activity", False),
            ("Orsted, Vattenfall, RWE, Siemens Gamesa, Equinor, Vestas", "organisations", False),
            ("mother, 84, falls at night, lives alone, 3 falls since March, refuses help", "situation", False),
            ("1,800, 2,500, 3,600", "industry", False),
            ("a shop in Leeds that sells old maps, prints, books, coins, stamps, pens", "industry", False),
            (",,,,,,,,", "industry", False),
        ],
    )
    def test_more_than_five_alternatives(self, answer, kind, found):
        """
        Six short alternatives in one answer are a list of everything, except where a list is what is wanted.
        """
        assert lists_everything(answer, kind) is found
