"""
What several WHYs share.
"""

from __future__ import annotations

import pytest

from kowhy.overlap import content_words, find_overlap, stem
from kowhy.scorecards import Overlap


def shared(**answers):
    """
    The overlap of open answers, one item a WHY, or of (private, text) pairs.
    """
    return find_overlap(
        {
            why: [(key, private, content_words([text])) for key, (private, text) in items.items()]
            for why, items in answers.items()
        }
    )


OPEN, PRIVATE = False, True


class TestFindOverlap:
    def test_words_that_stand_in_both(self):
        """
        Capitals, a plural and a possessive make no other word.
        """
        found = shared(
            more_business={"industry": (OPEN, "Independent RESTAURANTS"), "niche": (OPEN, "menus")},
            pay_it_forward={"cause": (OPEN, "the restaurant’s fundraiser")},
        )

        assert found == (
            Overlap(
                whys=("more_business", "pay_it_forward"),
                items=("more_business.industry", "pay_it_forward.cause"),
                words=("restaurant",),
            ),
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("a good company in the area", "good work for a company"),
            ("2 hours a week for 12 weeks", "2 hours, 12 weeks"),
            ("within 40 km of Leeds", "within 40 km of York"),
            ("Bucks County", "Mercer County"),
            ("IT", "it"),
            ("bus lines", "business"),
            ("", ""),
        ],
    )
    def test_small_vague_and_counting_words_are_not_shared(self, one, other):
        """
        Grammar, vague words, amounts and generic words for places say nothing about overlap.
        """
        assert shared(learn={"topic": (OPEN, one)}, social_reasons={"geography": (OPEN, other)}) == ()

    def test_private_answers_stay_apart(self):
        """
        What touches a private answer is an overlap of its own, so that the other one may be shown.
        """
        found = shared(
            learn={"topic": (OPEN, "piano"), "purpose": (OPEN, "dementia")},
            solve_a_problem={"problem": (PRIVATE, "dementia and the piano"), "tried": (OPEN, "piano tunes")},
        )

        assert [(one.items, one.words) for one in found] == [
            (("learn.topic", "solve_a_problem.tried"), ("piano",)),
            (("learn.purpose", "solve_a_problem.problem"), ("dementia",)),
        ]

    def test_every_pair_is_looked_at(self):
        """
        Three WHYs make three pairs, in the order of the article.
        """
        found = shared(
            land_a_job={"industry": (OPEN, "wind")},
            learn={"topic": (OPEN, "wind")},
            pay_it_forward={"cause": (OPEN, "wind")},
        )

        assert [one.whys for one in found] == [
            ("land_a_job", "learn"),
            ("land_a_job", "pay_it_forward"),
            ("learn", "pay_it_forward"),
        ]

    def test_one_spelling_is_shown(self):
        """
        Of several spellings in one item or in both, the first by alphabet.
        """
        (found,) = shared(learn={"topic": (OPEN, "farms, a farm")}, social_reasons={"athletic": (OPEN, "farms")})

        assert found.words == ("farm",)


class TestStem:
    @pytest.mark.parametrize(
        ("word", "root"),
        [
            ("restaurants", "restaurant"),
            ("charities", "charity"),
            ("churches", "church"),
            ("boxes", "box"),
            ("glass", "glass"),
            ("campus", "campus"),
            ("tennis", "tennis"),
            ("bus", "bus"),
            ("ties", "tie"),
        ],
    )
    def test_without_the_s_of_a_plural(self, word, root):
        """
        Words that end in s by nature keep it.
        """
        assert stem(word) == root


class TestContentWords:
    def test_each_word_once_as_it_is_written(self):
        """
        By its form without a plural s, the first spelling by alphabet.
        """
        assert content_words(["The Farms, a farm", "FARMS in Kent"]) == {"farm": "farm", "kent": "kent"}
