"""
Running recommenders: what they are given, what may come back, and what it costs when something else does.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import attrs
import pytest

from kowhy import Engine, Fault, KowhyError, PluginError, Recommendation, to_json
from kowhy._frozen import FrozenMap
from kowhy.matching import Cause
from kowhy.plans import Wording
from kowhy.receiving import LONGEST, RANK, Source, told
from kowhy.recommending import MOST, run, run_all, sources
from kowhy.sentences import Sentence, Values, Voice
from kowhy.whys import State
from tests.cards import card, item

PRIVATE = "my brother's gambling debts"

#: A profile with a private answer, which stands in an answer that is not private as well.
CARD = card(
    dominant="learn",
    name="Dana",
    learn={
        "topic": item("church organ"),
        "scope": item(f"a course for {PRIVATE}, no less"),
        "level_now": item(state=State.DECLINED),
    },
    solve_a_problem={"problem": item(PRIVATE, private=True), "whose": item("Jo", private=True)},
)


@attrs.frozen
class Says:
    """
    A recommender that does what it is told, and keeps what it was given.
    """

    make: Callable
    name: str = "hall"
    kept: list = attrs.field(factory=list)

    def recommend(self, scorecard, *, options):
        self.kept.append((scorecard, options))
        return self.make()


def source(make, name="hall", part=None, package=""):
    return Source(name=name, label=f"{name} label", recommender=Says(make), part=part, package=package)


def made(*results, **fields):
    """
    What becomes of *results* of a recommender.
    """
    return run(source(lambda: list(results), **fields), CARD, options={})


def hall(id_="one", part="where", **changes):
    """
    A sound recommendation with *changes*.
    """
    texts = {"name": "the town hall"}
    texts = {"say": texts | {"say": "Hello"}, "how": {"when": "you come in", "then": "say hello"}}.get(part, texts)
    return attrs.evolve(Recommendation.of(id_, part, **texts), **changes)


class TestSound:
    @pytest.mark.parametrize("part", ["where", "say", "whom", "how"])
    def test_each_part_can_be_filled(self, part):
        """
        A sound recommendation for any part comes through, under the name of its recommender.
        """
        found = made(hall(part=part))

        assert [(one.id, one.part, one.pack) for one in found.recommendations] == [("hall.one", part, "hall label")]
        assert found.faults == ()

    def test_an_id_that_has_the_name_already_keeps_it(self):
        """
        Ids do not grow when a recommender writes its own name in front.
        """
        assert made(hall("hall.one")).recommendations[0].id == "hall.one"

    def test_texts_become_prose(self):
        """
        Sentences end with a full stop and begin with a capital; names and searches do not.
        """
        texts = {
            "name": "the hall.",
            "text": "go in.  sit down",
            "because": "they play there",
            "find": " hall \n organ ",
        }

        [one] = made(Recommendation.of("x", "where", **texts)).recommendations

        assert (one.name, one.text, one.because, one.find) == (
            "The hall",
            "Go in. Sit down.",
            "They play there.",
            "hall organ",
        )

    def test_everything_else_is_kept(self):
        """
        WHYs, causes, source, homepage, group and order come through.
        """
        given = hall(
            whys=("solve_a_problem", "learn"),
            causes=(Cause(why="learn", item="topic", words=("organ",)), Cause(why="solve_a_problem")),
            source="Ask the caretaker",
            homepage="hall.example",
            confirmed="2026-11",
            group="halls",
            order=3,
            rank={"fit": 7, "tie": -2},
        )

        [one] = made(given).recommendations

        assert one.whys == ("solve_a_problem", "learn")
        organ = Cause(why="learn", item="topic", rung="specific", words=("organ",))
        assert one.causes == (organ, Cause(why="solve_a_problem"))
        assert (one.source, one.homepage, one.confirmed) == ("Ask the caretaker", "hall.example", "2026-11")
        assert (one.group, one.order, dict(one.rank), one.total) == ("halls", 3, {"fit": 7, "tie": -2}, 5)

    def test_without_whys_it_serves_the_leading_one(self):
        """
        The leading WHY, or the first one where none leads, is the cause of last resort.
        """
        assert made(hall()).recommendations[0].whys == ("learn",)
        assert made(hall()).recommendations[0].causes == (Cause(why="learn"),)
        nobody_leads = card(dominant=None, learn={}, land_a_job={})
        found = run(source(lambda: [hall()]), nobody_leads, options={})
        assert found.recommendations[0].whys == ("land_a_job",)

    @pytest.mark.parametrize(
        ("rank", "kept"),
        [
            ({"fit": 10**9}, {"fit": RANK}),
            ({"fit": -(10**9)}, {"fit": -RANK}),
            ({"a": 60, "b": 60, "c": -10}, {"a": 60, "b": 40, "c": -10}),
            ({f"p{number}": 90 for number in range(15)}, {"p0": 90, "p1": 10} | {f"p{n}": 0 for n in range(2, 15)}),
        ],
    )
    def test_nobody_ranks_above_all_others_by_saying_so(self, rank, kept):
        """
        The sum of the parts of a rank stays within bounds, however many parts there are.
        """
        assert dict(made(hall(rank=rank)).recommendations[0].rank) == kept

    def test_a_fault_among_recommendations_costs_none_of_them(self):
        """
        A recommender says what went wrong on the way, and the rest still counts.
        """
        report = Fault(code="ics.broken", pointer="/files/1", given="no calendar", wanted="a calendar", source="b.ics")

        found = made(hall("a"), report, hall("b"))

        assert [one.id for one in found.recommendations] == ["hall.a", "hall.b"]
        assert found.faults == (attrs.evolve(report, source="hall label b.ics"),)

    def test_faults_that_it_raises_are_told_as_they_are(self):
        """
        A recommender may give up with an error of kowhy that carries its own faults.
        """
        error = KowhyError([Fault(code="", given="x"), Fault(code="other", given="y")])

        found = run(source(lambda: _raise(error)), CARD, options={})

        assert [(one.code, one.source, one.given) for one in found.faults] == [
            ("plugin.reported", "hall label", "x"),
            ("other", "hall label", "y"),
        ]


class Loud(str):
    """
    A text that is never the same twice.
    """

    __slots__ = ()
    turns = 0

    def __str__(self):
        Loud.turns += 1
        return "x" * Loud.turns

    __repr__ = __str__


class Silent:
    """
    An object of which nothing can be learnt.
    """

    def __repr__(self):
        raise SystemExit

    __str__ = __getattr__ = __eq__ = __hash__ = __repr__


class Sub(Recommendation):
    """
    A recommendation that may answer anything.
    """


def _raise(error):
    raise error


def lazily(*results, error=None):
    """
    A generator that fails after its results.
    """
    yield from results
    if error is not None:
        raise error


def endless():
    number = 0
    while True:
        number += 1
        yield hall(f"n{number}")


def stubborn():
    """
    A generator that does not end when it is told to.
    """
    try:
        yield from endless()
    finally:
        _raise(ValueError("not yet"))


def forever():
    return forever()


async def coroutine():
    return [hall()]


ANY_RECOMMENDATION = "an iterable of kowhy.Recommendation"

#: What a recommender returns or does, and the code, the given and the wanted of the one fault that comes of it.
BROKEN = {
    "exception": (
        lambda: _raise(ValueError("no luck")),
        "failed",
        "ValueError: no luck",
        "recommendations, and no exc",
    ),
    "exit": (lambda: _raise(SystemExit(2)), "failed", "SystemExit: 2", "recommendations, and no exception"),
    "generator exit": (lambda: _raise(GeneratorExit()), "failed", "GeneratorExit", "recommendations"),
    "error without words": (lambda: _raise(OSError()), "failed", "OSError", "recommendations, and no exception"),
    "error that shows an address": (lambda: _raise(ValueError(object())), "failed", "<object object at 0x…>", "rec"),
    "kowhy error without faults": (lambda: _raise(KowhyError([])), "failed", "KowhyError", "recommendations"),
    "kowhy error with junk": (lambda: _raise(KowhyError([5])), "failed", "KowhyError: 5", "recommendations"),
    "recursion": (forever, "failed", "RecursionError", "recommendations"),
    "late exception": (lambda: lazily(hall(), error=ValueError("late")), "failed", "ValueError: late", "rec"),
    "nothing": (lambda: None, "junk", "NoneType", ANY_RECOMMENDATION),
    "number": (lambda: 5, "junk", "int", ANY_RECOMMENDATION),
    "text": (lambda: "the town hall", "junk", "str", ANY_RECOMMENDATION),
    "mapping": (lambda: {"id": "x"}, "junk", "dict", ANY_RECOMMENDATION),
    "coroutine": (coroutine, "junk", "coroutine", ANY_RECOMMENDATION),
    "silent object": (Silent, "junk", "Silent", ANY_RECOMMENDATION),
    "ten thousand": (lambda: [hall(str(n)) for n in range(10_000)], "flood", f"more than {MOST}", f"at most {MOST}"),
    "no end": (endless, "flood", f"more than {MOST}", f"at most {MOST}"),
    "no end and no obedience": (stubborn, "failed", "ValueError: not yet", "recommendations"),
    "junk among good": (lambda: [hall(), 5], "junk", "int", "a kowhy.Recommendation"),
    "silent junk": (lambda: [Silent()], "junk", "Silent", "a kowhy.Recommendation"),
    "subclass": (lambda: [Sub(id="x", part="where")], "junk", "Sub", "a kowhy.Recommendation"),
    "id twice": (lambda: [hall(), hall("hall.one")], "id-twice", "'hall.one'", "each id once"),
    "no id": (lambda: [hall(" ")], "junk", "id ' '", "an id that can be read"),
    "id of another type": (lambda: [hall(5)], "junk", "id 5", "a text"),
    "silent id": (lambda: [hall(Silent())], "junk", "id Silent, which has no repr", "a text"),
    "long id": (lambda: [hall("x" * 201)], "junk", "id of 201 characters", "a text of at most 200 characters"),
    "no part": (
        lambda: [hall(part="who")],
        "junk",
        "'one' with the part 'who'",
        "the part where or say or whom or how",
    ),
    "no text": (lambda: [attrs.evolve(hall(), wordings={})], "junk", "'one' with no text", "a text name, as the part"),
    "text of another part": (
        lambda: [Recommendation.of("one", "where", name="x", say="y")],
        "junk",
        "'one' with a text 'say'",
        "for the part where only name, text, find, because",
    ),
    "script without words": (
        lambda: [Recommendation.of("one", "say", name="x")],
        "junk",
        "'one' with name",
        "a text say, as the part say needs",
    ),
    "text that is none": (lambda: [Recommendation.of("one", "where", name=5)], "junk", "one name 5", "a text"),
    "wording that is none": (lambda: [hall(wordings={"name": "x"})], "junk", "one name 'x'", "a text, as Rec"),
    "half a character": (
        lambda: [Recommendation.of("one", "where", name="\ud800")],
        "junk",
        r"one name '\ud800'",
        "a text that can be written in UTF-8",
    ),
    "another why": (
        lambda: [hall(whys=("fame",))],
        "junk",
        "'one' for 'fame'",
        "WHYs of the scorecard: learn, solve_a_problem",
    ),
    "why that is absent": (lambda: [hall(whys=("land_a_job",))], "junk", "'one' for 'land_a_job'", "WHYs of the"),
    "cause that is none": (lambda: [hall(causes=("learn",))], "junk", "'one' caused by 'learn'", "causes of the type"),
    "text with an empty slot": (
        lambda: [hall(wordings={"name": Wording(Sentence.read("{topic}"), Values(), Voice.READ)})],
        "junk",
        "'one' with no text",
        "a text name",
    ),
    "cause that is not there": (
        lambda: [hall(causes=(Cause(why="learn", item="fame"),))],
        "junk",
        "'one' caused by learn.'fame'",
        "an item of learn that is given: topic, scope",
    ),
    "cause that is not given": (
        lambda: [hall(causes=(Cause(why="learn", item="level_now"),))],
        "junk",
        "'one' caused by learn.'level_now'",
        "an item of learn that is given",
    ),
    "words that are none": (
        lambda: [hall(causes=(Cause(why="learn", item="topic", words=(5,)),))],
        "junk",
        "one words 5",
        "a text",
    ),
    "rank of halves": (lambda: [hall(rank={"fit": 0.5})], "junk", "one rank 0.5", "a whole number"),
    "rank of truths": (lambda: [hall(rank={"fit": True})], "junk", "one rank True", "a whole number"),
    "rank without names": (lambda: [hall(rank={5: 5})], "junk", "one rank 5", "a text"),
    "order of another type": (lambda: [hall(order="first")], "junk", "one order 'first'", "a whole number"),
    "group of another type": (lambda: [hall(group=None)], "junk", "one group None", "a text"),
    "homepage of another type": (lambda: [hall(homepage=b"x")], "junk", "one homepage b'x'", "a text"),
    "junk for a fault": (lambda: [Fault(code=5)], "junk", "fault 5", "a text"),
    "private words for a cause": (
        lambda: [hall(causes=(Cause(why="solve_a_problem", item="whose", words=("Jo",)),))],
        "private",
        "'one' with words for solve_a_problem.whose",
        "no words of a private answer",
    ),
    "private text in a name": (
        lambda: [Recommendation.of("one", "where", name=f"a circle for {PRIVATE.upper()}")],
        "private",
        "one name",
        "no private answer in it",
    ),
    "private text in an exception": (lambda: _raise(ValueError(PRIVATE)), "failed", "…", "recommendations"),
}


class TestBroken:
    @pytest.mark.parametrize("case", BROKEN)
    def test_it_costs_its_own_part_and_is_told_exactly(self, case):
        """
        Whatever a recommender does, nothing of it stays but one fault that says what was given and what was wanted.
        """
        does, code, given, wanted = BROKEN[case]

        found = run(source(does), CARD, options={})

        assert found.recommendations == ()
        assert [(fault.code, fault.source) for fault in found.faults] == [(f"plugin.{code}", "hall label")]
        assert given in found.faults[0].given
        assert found.faults[0].wanted.startswith(wanted)

    @pytest.mark.parametrize("case", BROKEN)
    def test_the_neighbour_notices_nothing(self, case):
        """
        The plan with a broken recommender is that without it, but for the problem.
        """
        does = BROKEN[case][0]
        good = source(lambda: [hall(part="whom")], name="good")
        bad = source(does)

        found = run_all([bad, good], CARD, options={})

        assert found.recommendations == run_all([good], CARD, options={}).recommendations
        assert {fault.source for fault in found.faults} == {"hall label"}

    def test_the_plan_still_comes(self):
        """
        The plan of an engine holds what the good recommender says, and the fault of the bad one.
        """
        good = Says(lambda: [hall(part="whom")], "good")
        bad = Says(lambda: [5], "bad")
        plan = Engine(packs=(), recommenders=[bad, good]).plan({"whys": [{"why": "learn", "topic": "church organ"}]})

        written = json.loads(to_json(plan))

        assert [one["id"] for one in written["whom"]] == ["good.one"]
        assert [one["code"] for one in written["problems"]] == ["plugin.junk"]
        assert written["packs"] == ["bad", "good"]

    def test_a_text_as_long_as_may_be(self):
        """
        A text of the greatest length comes through, and one that is longer does not.
        """
        texts = [
            Wording(FixedSentence("y" * length), FrozenMap(), None, is_name=True) for length in (LONGEST, LONGEST + 1)
        ]
        fits, too_long = (made(hall(wordings={"name": text})) for text in texts)

        assert fits.faults == ()
        assert too_long.faults[0].given == f"one name of {LONGEST + 1} characters"

    def test_a_text_that_changes_is_read_once(self):
        """
        What stands in a plan is a plain text, so it is the same whenever it is read.
        """
        loud = Loud("the hall")
        [one] = made(Recommendation.of(loud, "where", name=loud), name="Loud").recommendations

        assert type(one.id) is str
        assert (one.id, one.name) == ("Loud.the hall", "The hall")
        assert type(one.wordings["name"].sentence.source) is str

    def test_strict_raises(self):
        """
        A strict engine raises what would otherwise stand in the plan.
        """
        bad = Says(lambda: 5, "bad")

        with pytest.raises(PluginError) as caught:
            Engine(packs=(), recommenders=[bad], strict=True).plan({"whys": [{"why": "learn"}]})
        assert [fault.code for fault in caught.value.faults] == ["plugin.junk"]

    def test_control_c_is_still_control_c(self):
        """
        What the person at the keyboard wants is no fault of a plugin.
        """
        with pytest.raises(KeyboardInterrupt):
            run(source(lambda: _raise(KeyboardInterrupt())), CARD, options={})

    def test_control_c_in_a_repr(self):
        """
        The same holds while a fault is put into words.
        """

        class Slow:
            def __repr__(self):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            told(Slow())

    def test_the_part_of_its_group_is_the_only_one(self):
        """
        A plugin of venues fills no other part.
        """
        assert made(hall(part="say"), part="where").faults[0].wanted == "the part where"

    def test_what_is_told_is_short(self):
        """
        A fault does not grow with what it tells of.
        """
        assert len(told(ValueError("x" * 10_000))) == 200
        assert told(ValueError("no (file /home/somebody/x.py, line 3)")) == "ValueError: no"


@attrs.frozen
class FixedSentence:
    """
    A sentence that is worded as one text, without the limit that sentences have.
    """

    text: str
    source: str = "y"
    slots: tuple[str, ...] = ()

    def worded(self, words, finish):
        return self.text


class TestPrivacy:
    def seen(self, **fields):
        spy = source(list)
        run(spy, CARD, **({"options": {}} | fields))
        return spy.recommender.kept[0]

    def test_private_texts_are_withheld(self):
        """
        Neither a private answer nor an answer that quotes it reaches a recommender.
        """
        scorecard, _ = self.seen()

        assert "gambling" not in to_json(scorecard)
        assert scorecard.whys["learn"].items["topic"].answers == ("church organ",)
        assert scorecard.whys["learn"].items["scope"].answers == ()
        assert scorecard.whys["learn"].items["scope"].rung == "specific"
        assert scorecard.whys["solve_a_problem"].items["problem"].rung == "specific"

    def test_findings_and_overlap_go_with_it(self):
        """
        What would quote the answer goes as well, and what concerns other items stays.
        """
        profile = {
            "whys": [
                {"why": "learn", "topic": "Polish for my aunt Zofia", "scope": "Polish grammar"},
                {"why": "solve_a_problem", "problem": "my aunt Zofia", "help_kind": "Polish translator"},
            ]
        }
        spy = source(list)

        run(spy, Engine(packs=()).score(profile), options={})

        [(seen, _)] = spy.recommender.kept
        assert "zofia" not in to_json(seen).casefold()
        assert seen.whys["learn"].items["scope"].answers == ("Polish grammar",)
        assert not any(place == "learn.topic" for shared in seen.overlap for place in shared.items)

    def test_what_it_is_given_cannot_be_changed(self):
        """
        Neither the scorecard nor the options take a change, and the options are a copy.
        """
        mine = {"files": ["a.ics"], "deep": {"x": [1]}}
        scorecard, options = self.seen(options=mine)

        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            scorecard.name = "Somebody"
        with pytest.raises(TypeError):
            scorecard.whys["learn"] = None
        with pytest.raises(TypeError):
            options["x"] = 1
        assert options == {"files": ("a.ics",), "deep": {"x": (1,)}}
        mine["files"].append("b.ics")
        assert options["files"] == ("a.ics",)

    def test_a_private_word_may_stand_in_a_text_by_chance(self):
        """
        A private answer of one word is no reason to refuse a text that holds the same word.
        """
        assert made(Recommendation.of("one", "where", name="Jo and the others")).faults == ()

    def test_nothing_private_in_the_shareable_form(self):
        """
        A recommendation that names a private item as its cause loses it when the plan is shared.
        """
        cause = Cause(why="solve_a_problem", item="problem")
        spy = Says(lambda: [hall(causes=(cause,))], "spy")
        profile = {"whys": [{"why": "solve_a_problem", "problem": PRIVATE, "geography": "Leeds"}]}

        plan = Engine(packs=(), recommenders=[spy]).plan(profile)

        assert [one.causes[0].item for one in plan.where] == ["problem"]
        assert [one.causes[0].item for one in plan.shareable().where] == [None]


class TestSeveral:
    def test_names(self):
        """
        An object goes by its name, its own or its type's, and a hostile one by its type.
        """
        named = Says(list, "good")

        found = sources([Silent(), named, Sub, Sound()])

        assert [one.name for one in found] == ["Silent", "Sound", "Sub", "good"]

    def test_two_of_one_name_do_not_mix(self):
        """
        Of two recommenders with one name the first takes part, and the fault names it.
        """
        found = run_all([source(lambda: [hall()])] * 2, CARD, options={})

        assert [one.id for one in found.recommendations] == ["hall.one"]

        one, other = (source(lambda: [hall()]) for _ in range(2))
        found = run_all([one, other], CARD, options={})

        assert [one.id for one in found.recommendations] == ["hall.one"]
        assert [str(fault) for fault in found.faults] == [
            "hall label: plugin.name-twice; got 'hall'; wanted a name of its own; hall label has it too and takes part"
        ]

    def test_parts_of_one_package(self):
        """
        Two parts of one package share a name and options, and an id counts once.
        """
        venue, person = (
            source(lambda part=part: [hall("x", part)], part=part, package="p") for part in ("where", "whom")
        )

        found = run_all([venue, person], CARD, options={"hall": {"n": 1}})

        assert [one.recommender.kept[0][1] for one in (venue, person)] == [{"n": 1}] * 2
        assert [(one.id, one.part) for one in found.recommendations] == [("hall.x", "where")]
        assert [(fault.code, fault.given) for fault in found.faults] == [("plugin.id-twice", "'hall.x'")]

    def test_options_that_are_no_table(self):
        """
        A recommender whose options are no table is not run.
        """
        found = run_all([source(lambda: [hall()])], CARD, options={"hall": 5})

        assert found.recommendations == ()
        assert [(fault.code, fault.given, fault.wanted) for fault in found.faults] == [
            ("plugin.options", "5", "a table of options")
        ]


class Sound:
    """
    A recommender without a name of its own.
    """

    def recommend(self, scorecard, *, options):
        return []
