"""
What a profile must not be used for.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kowhy import guards
from kowhy.guards import protected_trait, states_minor


class TestProtectedTrait:
    @pytest.mark.parametrize(
        ("text", "trait"),
        [
            ("only young people", "age"),
            ("a young and dynamic team", "age"),
            ("nobody over 40", "age"),
            ("no one older than 50", "age"),
            ("under 30s only", "age"),
            ("no women", "sex"),
            ("remote; no more women please", "sex"),
            ("men only", "sex"),
            ("a male boss", "sex"),
            ("the boss must be male", "sex"),
            ("Christian colleagues only", "religion"),
            ("Christians only", "religion"),
            ("not with Muslims", "religion"),
            ("ＮＯ ＪＥＷＳ", "religion"),
            ("white colleagues", "ethnic origin"),
            ("no foreigners on the team", "ethnic origin"),
            ("without disabled people", "disability"),
            ("no pregnant colleagues", "pregnancy"),
            ("straight people only", "sexual orientation"),
            ("no gay managers", "sexual orientation"),
            ("no mothers", "family status"),
            ("women-owned firms only", "sex"),
            ("an employer that only hires white men", "sex"),
            ("I don't want to work with old people", "age"),
        ],
    )
    def test_a_trait_asked_of_the_people_is_found(self, text, trait):
        """
        Who picks colleagues or employers by a protected trait is noticed, in whatever order it is said.
        """
        assert protected_trait(text) == trait

    @pytest.mark.parametrize(
        "text",
        [
            "paediatric nurse",
            "women's health clinic",
            "men’s shed co-ordinator",
            "youth worker",
            "disability services",
            "help for young people who leave care",
            "work only with older people in a care home",
            "teaching children with autism, no lectures",
            "coach of a women's football team",
            "a network for women in engineering",
            "lead for inclusion and diversity",
            "chaplain in a Christian hospice",
            "an employer that is LGBT-friendly",
            "introduction from my old boss",
            "the Asian team of a bank",
            "series-B firms of 50-150 people",
            "only firms with over 50 staff",
            "no more than 2 days a week in Leeds",
            "no calls after 18:00",
            "lead of 4-6 people, 80 percent",
            "five years as an operations manager",
            "nobody over there has heard of it",
            "under way",
            "",
        ],
    )
    def test_whom_the_work_serves_is_no_such_trait(self, text):
        """
        Work for people of any kind passes, and so do plain conditions of work.
        """
        assert protected_trait(text) is None

    def test_long_texts_are_read_to_the_end(self):
        """
        A trait late in a text that is too long to be remembered is found as well.
        """
        assert protected_trait("quiet office, " * 100 + "men only") == "sex"

    def test_all_telling_words_are_found_by_the_first_look(self):
        """
        It knows no letters but those of ASCII.
        """
        assert all(guards._pieces(word.decode()) == [word] for word in guards._telling())

    @given(
        words=st.lists(
            st.sampled_from(
                "no one women men over under 40 40s colleagues must be only team harbour but where , . Women’s "
                "CHRISTIAN ｍｅｎ a women's émen men_only \ud83c".split()
            ),
            max_size=9,
        )
    )
    def test_the_first_look_changes_nothing(self, *, words):
        """
        A text without a telling word is passed over at once; looked at closely, it would hold no trait either.
        """
        text = " ".join(words)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(guards, "_telling", lambda: frozenset(guards._pieces(guards._flat(text))))
            closely = protected_trait(text)

        assert protected_trait(text) == closely


class TestStatesMinor:
    @pytest.mark.parametrize(
        "answer",
        ["16", "16-18", "I am 17", "under 18", "teenagers", "sixteen", "１７", "14 to 99", "between 15 and 20"],
    )
    def test_an_age_below_18_is_noticed(self, answer):
        """
        A number, a word or a phrase for an age below 18 is enough.
        """
        assert states_minor([answer])

    @pytest.mark.parametrize(
        "answer",
        [
            "28-38",
            "18+",
            "60 and over",
            "within 5 years of 45",
            "45, give or take 5",
            "10 years older or younger",
            "40, 10 years either way",
            "born in 1985",
            "adults",
            "young at heart",
            "",
        ],
    )
    def test_adults_and_distances_in_years_pass(self, answer):
        """
        A distance in years is no age.
        """
        assert not states_minor([answer])

    def test_one_answer_of_several_is_enough(self):
        """
        Every answer is looked at.
        """
        assert states_minor(["30-40", "17"])
