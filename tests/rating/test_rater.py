"""
The rater for English: what it is, what it answers, and what it refuses.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from kowhy.checklists import load_checklists
from kowhy.compiled import ask_of
from kowhy.errors import KowhyError
from kowhy.rating import Ask, EnglishRater, NotTextError, Rater, Rating
from kowhy.rating import rater as insides
from kowhy.rating.rater import calibrated

RATER = EnglishRater()
ASKS = {f"{why}.{item.key}": ask_of(item, why=why) for why, one in load_checklists().items() for item in one.items}


def rated(text: str, item: str | None = None) -> Rating:
    """
    The rating of *text*, as an answer to *item* if one is given.
    """
    return RATER.rate(text, ask=ASKS[item] if item else None)


class TestIdentity:
    def test_raters_are_alike(self):
        """
        Two raters are equal, hash alike and survive pickling, so an engine that holds one compares equal to another.
        """
        copy = pickle.loads(pickle.dumps(RATER))

        assert copy == RATER == EnglishRater()
        assert hash(copy) == hash(RATER)

    def test_a_rater_is_one_by_protocol_and_can_be_watched(self):
        """
        It keeps the protocol, and may be referred to weakly.
        """
        mine = EnglishRater()

        assert isinstance(mine, Rater)
        assert weakref.ref(mine)() is mine

    def test_same_in_any_process(self):
        """
        Another process with another hash seed gives the same ratings.
        """
        texts = [
            "commercial roofing",
            "Rolls-Royce and Leonardo, anything really",
            "within 40 km of Leeds, Tuesdays 7 pm",
        ]
        program = (
            "import json,sys; from kowhy.rating import EnglishRater as R; "
            "print(json.dumps([repr(R().rate(t)) for t in json.loads(sys.argv[1])]))"
        )
        there = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-c", program, json.dumps(texts)],
                    env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
                    capture_output=True,
                    check=True,
                    text=True,
                ).stdout
            )
            for seed in ("1", "2")
        ]

        assert there[0] == there[1] == [repr(RATER.rate(text)) for text in texts]

    def test_threads_share_one_rater(self):
        """
        Many threads at once get what one gets alone.
        """
        texts = [f"{number} beehives near Tartu" for number in range(200)]
        alone = [EnglishRater().rate(text, ask=ASKS["learn.topic"]) for text in texts]

        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda text: RATER.rate(text, ask=ASKS["learn.topic"]), texts))

        assert together == alone

    def test_reasons_are_found_when_they_are_read(self, monkeypatch):
        """
        A value alone costs no reasons; they are found once, and the same as if they had always been there.
        """
        made = []
        reasons = insides.reasons
        monkeypatch.setattr(insides, "reasons", lambda *args, **named: made.append(1) or reasons(*args, **named))
        found = rated("eleven beehives near Tartu", "learn.topic")

        assert (found.value, made) == (rated("eleven beehives near Tartu", "learn.topic").value, [])
        assert found.reasons == found.reasons
        assert made == [1]
        assert pickle.loads(pickle.dumps(found)) == found

    def test_the_memory_is_bounded(self):
        """
        Only so many ratings are remembered, and no long text at all.
        """
        for number in range(insides.REMEMBERED + 10):
            RATER.rate(f"{number} goats")
        long = "goat " * insides.LENGTH

        before = insides._remembered.cache_info()
        RATER.rate(long)

        assert before.currsize == insides.REMEMBERED
        assert insides._remembered.cache_info() == before

    def test_importing_the_names_reads_no_words(self):
        """
        Who only needs the classes does not pay for the tables.
        """
        program = "import sys; from kowhy.rating import Ask, Rating; print('kowhy.rating.words' in sys.modules)"

        out = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        )

        assert out.stdout.strip() == "False"


class TestInput:
    @pytest.mark.parametrize("given", [None, b"bees", 7, ["bees"]])
    def test_only_texts_are_rated(self, given):
        """
        Anything else is refused with what was given and what would work.
        """
        with pytest.raises(NotTextError) as caught:
            RATER.rate(given)

        assert isinstance(caught.value, KowhyError | TypeError)
        assert caught.value.faults[0].code == "rating.type"
        assert caught.value.faults[0].wanted == "a text"

    @pytest.mark.parametrize(
        "text",
        [
            "bees " * 2_000_000,
            "b" * 10_000_000,
            "1" * 10_000_000,
            "a@" * 5_000_000,
            "<" * 10_000_000,
            "<a" * 5_000_000,
            "{[" * 5_000_000,
            "&" * 10_000_000,
            "\u0301" * 10_000_000,
            "1." * 5_000_000,
            "a'" * 5_000_000,
            "\u200f" * 1_000_000,
            " " * 10_000_000,
        ],
        ids=lambda text: repr(text[:6]),
    )
    def test_ten_million_characters_are_no_trouble(self, text):
        """
        A huge text is answered in the time that reading its beginning takes.
        """
        assert RATER.rate(text).value is not None

    @pytest.mark.parametrize(
        "text",
        [
            "\x00\x01\x1b[31m",
            "\u0301\u0302",
            "\u200f\u200e",
            "😀😀",
            "\ud800",
            "",
            "   ",
            "…",
            "\U000e0041",
            "①②③",
            "ﬁ",
            "\n\t",
        ],
    )
    def test_odd_characters_say_nothing_and_break_nothing(self, text):
        """
        Control characters, marks without letters, direction marks and emoji are an empty answer or a weak one.
        """
        found = RATER.rate(text)

        assert found.value is None or found.value < 0.35

    def test_a_cut_text_says_so(self):
        """
        When only the beginning was read, a reason tells.
        """
        codes = [one.code for one in RATER.rate("beekeeping in Tartu " + "and so on " * 1000).reasons]

        assert "read.part" in codes

    def test_an_unknown_kind_is_judged_like_any_answer(self):
        """
        A checklist of a plugin may bring a kind that this rater does not know.
        """
        ask = Ask(why="sail", item="boat", kind="vessel", title="Boat", question="Which boat do you sail?")

        assert RATER.rate("a wooden folkboat from 1962", ask=ask).value > RATER.rate("a nice one", ask=ask).value


class TestRungs:
    @pytest.mark.parametrize(
        ("item", "text", "rung"),
        [
            # place
            ("social_reasons.geography", "Sopot", "specific"),
            ("social_reasons.geography", "within 40 km of Leeds", "specific"),
            ("more_business.geography", "Bucks County, PA", "specific"),
            ("more_business.geography", "leeds", "specific"),
            ("land_a_job.geography", "Germany", "named"),
            ("social_reasons.geography", "near the harbour", "specific"),
            ("social_reasons.geography", "somewhere nice", "vague"),
            ("more_business.geography", "farrier", "vague"),
            ("more_business.geography", "every Tuesday", "vague"),
            # age
            ("social_reasons.age", "50 to 57", "specific"),
            ("social_reasons.age", "60 or older", "specific"),
            ("social_reasons.age", "thirties", "specific"),
            ("social_reasons.age", "40", "named"),
            ("social_reasons.age", "adults", "vague"),
            # profession
            ("land_a_job.profession", "farrier", "specific"),
            ("land_a_job.profession", "welder", "specific"),
            ("more_business.profession", "practice manager", "specific"),
            ("more_business.profession", "owner", "named"),
            ("more_business.profession", "decision makers", "vague"),
            ("land_a_job.profession", "Leeds", "vague"),
            # industry
            ("land_a_job.industry", "insurance", "named"),
            ("land_a_job.industry", "public health", "named"),
            ("land_a_job.industry", "perhaps insurance or something", "vague"),
            ("land_a_job.job_type", "insurance", "vague"),
            ("more_business.industry", "commercial roofing", "specific"),
            ("land_a_job.industry", "wind energy", "named"),
            ("more_business.industry", "IT", "vague"),
            ("more_business.industry", "50 to 57", "missing"),
            # organisations
            ("land_a_job.target_companies", "Rolls-Royce and Leonardo", "specific"),
            ("land_a_job.target_companies", "the big ones", "vague"),
            # time and date
            ("social_reasons.rhythm", "every Tuesday 19-22", "specific"),
            ("pay_it_forward.commitment", "2 hours every other Thursday until June", "specific"),
            ("pay_it_forward.commitment", "when I can", "vague"),
            ("solve_a_problem.urgency", "Friday noon", "specific"),
            ("land_a_job.start_by", "asap", "vague"),
            # choice
            ("learn.learn_kind", "trade", "named"),
            ("learn.learn_kind", "a trade: beekeeping", "specific"),
            ("social_reasons.seeking", "friends", "named"),
            ("social_reasons.seeking", "two or three friends for weekends", "specific"),
            # the rest
            ("more_business.business_type", "more clients", "vague"),
            ("more_business.business_type", "kitchen refits between 15k and 40k", "specific"),
            ("more_business.demographic", "anyone", "vague"),
            ("more_business.demographic", "retired nurses", "specific"),
            ("more_business.target_number", "3 new retained clients by 30 June", "specific"),
            ("land_a_job.level_terms", "no night shifts", "specific"),
            ("solve_a_problem.help_kind", "any help", "vague"),
            ("solve_a_problem.problem", "damp in the back bedroom since November", "specific"),
        ],
    )
    def test_each_kind_has_its_own_measure(self, item, text, rung):
        """
        What is specific depends on what was asked.
        """
        assert rated(text, item).rung == rung

    @pytest.mark.parametrize("item", ASKS)
    def test_examples_of_the_checklists_are_in_order(self, item):
        """
        Every specific example rates above every vague one.
        """
        why, key = item.split(".")
        one = load_checklists()[why].item(key)

        assert min(rated(text, item).value for text in one.specific) > max(
            rated(text, item).value for text in one.vague
        )

    def test_without_a_question_the_text_is_rated_alone(self):
        """
        A text alone climbs the same ladder.
        """
        assert rated("good people").rung == "vague"
        assert rated("craft breweries that buy canning lines").rung == "specific"


class TestZero:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "zero.empty"),
            ("...", "zero.empty"),
            ("asdf qwer", "zero.placeholder"),
            ("fjdksla ghtyru woeiqp", "zero.gibberish"),
            ("dfgkjh dkfjgh", "zero.gibberish"),
            ("n/a", "zero.refusal"),
            ("tbd", "zero.refusal"),
            ("I don't know", "zero.refusal"),
            ("not sure yet", "zero.refusal"),
            ("lorem ipsum dolor", "zero.placeholder"),
            ("[your answer here]", "zero.placeholder"),
            ("<p></p>", "zero.placeholder"),
            ("John Doe", "zero.placeholder"),
            ("see my website", "zero.pointer"),
            ("https://example.org/profile", "zero.pointer"),
            ("me@example.org", "zero.pointer"),
            ("A1 B2 C3", "zero.code"),
            ("12345", "zero.numbers"),
            ("dentist dentist dentist dentist dentist", "zero.repeated"),
            ("What are you looking for?", "zero.question"),
            ("Tell us about yourself", "zero.question"),
        ],
    )
    def test_what_says_nothing_says_why(self, text, code):
        """
        Such an answer is worth nothing, with a stable code and a plain text.
        """
        found = rated(text)

        assert (found.value, found.zero, found.rung) == (0.0, code, "missing")
        assert found.reasons[0].code == code
        assert found.reasons[0].text

    @pytest.mark.parametrize("item", ["more_business.geography", "learn.topic", "social_reasons.age"])
    def test_the_question_is_no_answer(self, item):
        """
        Title and question repeated are an echo or a question back.
        """
        ask = ASKS[item]

        assert rated(ask.question, item).zero in ("zero.echo", "zero.question")
        assert rated(ask.title, item).value < 0.35


class TestLanguages:
    @pytest.mark.parametrize(
        "text",
        [
            "busco gente interesante para hacer cosas juntos",
            "ich suche nette Leute in meiner Nähe",
            "je cherche des gens sympas pour sortir",
            "cerco persone simpatiche con cui uscire",
            "procuro pessoas interessantes para conversar",
            "ik zoek leuke mensen in de buurt",
            "szukam ciekawych ludzi w moim mieście",
            "grupa spacerowa w sobote rano",
            "me gustaria practicar ingles conversando",
            "trener personalny szuka klientów",
            "bis zum 12. Dezember",
            "ищу интересных людей",
            "想认识新朋友",
            "أبحث عن عملاء جدد",
            "מחפש אנשים מעניינים",
        ],
    )
    def test_other_languages_are_not_rated(self, text):
        """
        No number is better than a wrong one; the reason says why.
        """
        found = rated(text)

        assert (found.value, found.rated, found.rung, found.zero) == (None, False, None, None)
        assert found.reasons[0].code == "not-rated.language"

    @pytest.mark.parametrize(
        "text",
        [
            "Rio de Janeiro, Zona Sul",
            "Frankfurt am Main or Mainz",
            "Médecins Sans Frontières in Goma",
            "Los Angeles, Echo Park",
            "Casa de la Cultura, Quito",
            "cafe au lait and croissants on Sundays",
            "pastel de nata bakers in Lisbon",
            "kubernetes terraform ansible grafana admins",
        ],
    )
    def test_foreign_names_are_english_enough(self, text):
        """
        Names do not make a text foreign.
        """
        assert rated(text, "social_reasons.geography").rated


class TestReasons:
    def test_what_counted_comes_first_in_a_good_answer(self):
        """
        The words that narrow it down, then the signals.
        """
        codes = [one.code for one in rated("within 40 km of Leeds", "more_business.geography").reasons]

        assert codes == ["words.said", "signal.distance"]

    def test_what_is_missing_comes_first_in_a_vague_one(self):
        """
        A vague answer is told what it lacks, with its own words.
        """
        found = rated("someone nice, whatever works", "more_business.geography").reasons

        assert found[0].code == "kind.place"
        assert ("someone", "whatever") in [one.words for one in found if one.code == "words.hedge"]

    @pytest.mark.parametrize(
        ("text", "item", "code"),
        [
            ("innovative synergies", "more_business.niche", "words.buzz"),
            ("more clients obelisk tarragon", "more_business.business_type", "words.loose"),
            ("people", "learn.learn_kind", "kind.choice"),
            ("no care home before spring", "solve_a_problem.limits", "signal.exclusion"),
            ("up to 900 euros", "solve_a_problem.limits", "signal.measure"),
            ("15 March", "land_a_job.start_by", "signal.date"),
            ("their bookkeeper is leaving", "more_business.dynamic", "signal.trigger"),
            ("I", "learn.topic", "words.none"),
        ],
    )
    def test_reasons_have_codes_an_app_can_count_on(self, text, item, code):
        """
        Each reason has its code and a sentence that ends.
        """
        found = {one.code: one.text for one in rated(text, item).reasons}

        assert code in found
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in found.values())


class TestCorners:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("obelisk anyone", ("obelisk",)),
            ("obelisk tarragon quixotic", ("obelisk", "tarragon", "quixotic")),
            ("more clients, obelisk, tarragon, quixotic", ("obelisk", "tarragon", "quixotic")),
            ("growth, zeppelin marzipan quokka", ("zeppelin", "marzipan", "quokka")),
        ],
    )
    def test_stuffed_words_count_next_to_nothing(self, text, words):
        """
        Words that hang in the air are named, and the answer stays vague.
        """
        found = rated(text, "more_business.business_type")

        assert [one.words for one in found.reasons if one.code == "words.loose"] == [words]
        assert found.rung == "vague"

    @pytest.mark.parametrize(
        ("text", "item"),
        [
            ("kubernetes argocd istio admins", "more_business.profession"),
            ("outpatient dialysis clinics", "land_a_job.industry"),
        ],
    )
    def test_terms_of_a_trade_are_not_stuffing(self, text, item):
        """
        Words of which nobody knows any, and rare ones that name a class, may all belong together.
        """
        found = rated(text, item)

        assert "words.loose" not in [one.code for one in found.reasons]
        assert found.rung == "specific"

    @pytest.mark.parametrize("text", ["luminaries and trailblazers", "visionary changemakers", "geniuses"])
    def test_admired_people_are_nobody(self, text):
        """
        Praise does not say whom one means.
        """
        assert rated(text).rung in ("missing", "vague")

    def test_a_long_and_rich_text_reaches_the_top(self):
        """
        Nothing is worth more than one.
        """
        nouns = "welder farrier boiler beekeeper luthier dairy harbour kiln plumber bakery roofer quarry".split()

        assert 0.9 < rated(" and ".join(nouns) + " of Tartu, Leeds, Ghent and Sopot since 1998").value <= 1

    @pytest.mark.parametrize(
        ("text", "rung"),
        [
            ("covid19 wards of rural hospitals", "specific"),
            ("9f8a7c6d5e", "missing"),
            ("kx4471zb", "missing"),
            ("see my website about goats", "missing"),
            ("6G", "vague"),
            ("the ludzi szukam ciekawych moim", "vague"),
        ],
    )
    def test_codes_and_pointers(self, text, rung):
        """
        A code may name something; without a word beside it, it tells a reader nothing.
        """
        found = rated(text)

        assert found.rung in (rung, None)

    def test_a_few_foreign_letters_do_not_make_a_text_foreign(self):
        """
        One word in another script among English ones is left out.
        """
        assert rated("borscht and вареники for the whole choir").rung in ("named", "specific")

    def test_one_telling_word_among_unknown_ones_is_enough(self):
        """
        Without any English word, one everyday foreign word settles it.
        """
        assert rated("szukam ciekawych ludzi tutaj").value is None


class TestPinned:
    def test_ratings_stay_as_they_are(self):
        """
        A table of ratings that changes only on purpose.
        """
        table = {
            ("Sopot", "social_reasons.geography"): 0.7322,
            ("farrier", "land_a_job.profession"): 0.8756,
            ("28-38", "social_reasons.age"): 0.8538,
            ("offshore wind", "land_a_job.industry"): 0.3034,
            ("fix bikes for children", "pay_it_forward.service"): 0.8103,
            ("a good job", "land_a_job.job_type"): 0.0,
        }

        assert {case: rated(*case).value for case in table} == table


def test_corners():
    """
    Answers that hardly anybody gives: each is rated, or said not to be, and none breaks anything.
    """
    rater = EnglishRater()
    subject = Ask(why="learn", item="topic", kind="subject")
    other = Ask(why="learn", item="topic", kind="no such kind")

    place = Ask(why="learn", item="where", kind="place", title="5 things")

    assert calibrated(1e9) == 1.0
    assert rater.rate("krankenpfleger blitzableiter schornsteinfeger nicht").value is None
    assert rater.rate("roof ﾞ").value == rater.rate("roof").value
    assert rater.rate("why?", ask=place).zero == "zero.question"
    assert rater.rate("nein nein nein nein").value != 1
    assert rater.rate("3 4 5 6 7 beams", ask=place).value < 0.35
    assert rater.rate("why?", ask=subject).value == 0
    assert rater.rate("how come?", ask=subject).zero is not None or rater.rate("how come?", ask=subject).value == 0
    assert rater.rate("tiling in Łódź and 東京").value is None or rater.rate("tiling in Łódź and 東京").rated
    assert rater.rate("10 20 30 40 Uhr").rated
    assert rater.rate("more clients obelisk").value < 0.35
    assert rater.rate("12abcde roof").value == 0
    assert rater.rate("6g 6g").value == rater.rate("6g").value
    assert rater.rate("more clients", ask=other).value < 0.35
    assert rater.rate("welding 3 to 7 beams, from 1984 to 2019, 90210", ask=subject).value > 0.35
