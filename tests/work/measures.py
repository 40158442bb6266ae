"""
What is measured, and how much of it: each way through kowhy with one thing doubled and doubled again.

    python -m tests.work.measures        # prints, as JSON, the counts of each

A process of its own, since kowhy is read with counters in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.work import counting

ROOT = Path(__file__).parents[2]

#: Doubled twice.
TURNS = (1, 2, 4)

#: What is done, step by step: a quadratic step must not hide behind a larger linear one.
Work = dict[str, Callable[[], object]]

#: By name: how many there are at first, and the work for so many of them.
MEASURES: dict[str, tuple[int, Callable[[int], Work]]] = {}


def measure(least: int) -> Callable[[Callable[[int], Work]], Callable[[int], Work]]:
    """
    The function under this is measured, from *least* things on; what it does before it gives the work is free.
    """

    def take(function: Callable[[int], Work]) -> Callable[[int], Work]:
        MEASURES[function.__name__] = (least, function)
        return function

    return take


_fresh = count()


def words(number: int) -> str:
    """
    So many words that no other text has, among common ones.
    """
    return " ".join(
        _word() if place % 4 == 1 else "dental practices near Leeds".split()[place % 4] for place in range(number)
    )


def _word() -> str:
    number, letters = next(_fresh), ""
    while number:
        number, letter = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[letter] + "aeiou"[letter % 5]
    return f"mo{letters}n"


def answers(number: int) -> list[str]:
    """
    So many different answers of four words.
    """
    return [words(4) for _ in range(number)]


def run() -> dict[str, dict[str, list[int]]]:
    """
    The counts of each step of each measure, once for each turn.
    """
    found = {}
    for name, (least, function) in MEASURES.items():
        # What is read or made ready when it is first used belongs to no count.
        counts(function(least))
        turns = [counts(function(least * turn)) for turn in TURNS]
        found[name] = {step: [turn[step] for turn in turns] for step in turns[0]}
    return found


def counts(work: Work) -> dict[str, int]:
    found = {}
    for name, step in work.items():
        with counting.counted() as done:
            step()
        found[name] = done()
    return found


if __name__ == "__main__":
    counting.install()

import attrs  # noqa: E402  # what follows is read with counters in it, if asked for

import kowhy  # noqa: E402  # as above
from kowhy import danger  # noqa: E402  # as above
from kowhy.batch import Row  # noqa: E402  # as above
from kowhy.checklists import Checklist, checklist_from_dict  # noqa: E402  # as above
from kowhy.convert import Limits  # noqa: E402  # as above
from kowhy.engine import Engine  # noqa: E402  # as above
from kowhy.linting import lint  # noqa: E402  # as above
from kowhy.packs import pack_from_dict  # noqa: E402  # as above
from kowhy.questions import questions  # noqa: E402  # as above
from kowhy.rating.rater import EnglishRater  # noqa: E402  # as above
from kowhy.render.lines import Look, plain, plan_lines, score_lines  # noqa: E402  # as above
from kowhy.render.markdown import plan_markdown, score_markdown  # noqa: E402  # as above
from kowhy.sentences import english, places, shapes  # noqa: E402  # as above
from kowhy.whys import WHYS  # noqa: E402  # as above

WIDE = Limits(text=1 << 26, answers=1 << 20, answer=1 << 24)
ENGINE = Engine(limits=WIDE)
LEAN = attrs.evolve(ENGINE, packs=())

#: One rule of each part, which says the answer in each way there is.
FEW: dict[str, Any] = {
    "pack": {"id": "test.few", "title": "Few"},
    "rule": [
        {"id": "few.venue", "venue": {"name": "A club for {topic}", "find": "{topic} club"}},
        {"id": "few.script", "script": {"name": "A wish", "say": "I would like to learn {topic|or}."}},
        {"id": "few.person", "person": {"name": "Someone who knows {topic|and}"}},
        {"id": "few.step", "step": {"when": "you hear of {topic}", "then": "ask about it[ and {scope}]"}},
    ],
}
for each in FEW["rule"]:
    each |= {"for": ["learn"], "needs": {"topic": "vague"}, "because": "You want to learn {topic}."}
SMALL = attrs.evolve(LEAN, packs=[pack_from_dict(FEW)])


def learn(topic: str | list[str], **more: object) -> str:
    return json.dumps({"whys": [{"why": "learn", "topic": topic, "scope": "three Satie pieces"} | more]})


def shown(engine: Engine | Callable[[], Engine], source: str) -> Work:
    """
    All that can be made of a profile: every part of it read, and all of it shown.
    """
    made: dict[str, Any] = {}
    look = Look(width=72)

    def keep(name: str, step: Callable[[], object]) -> Callable[[], object]:
        return lambda: made.update({name: step()})

    return {
        "engine": keep("engine", lambda: engine if isinstance(engine, Engine) else engine()),
        "profile": keep("profile", lambda: made["engine"].profile(source)),
        "danger": lambda: danger.find(made["profile"]),
        "bare scores": lambda: list(made["engine"].score_many([made["profile"]])),
        "card": keep("card", lambda: made["engine"].score(made["profile"])),
        "findings": lambda: (made["card"].findings, made["card"].overlap, hash(made["card"])),
        "questions": keep("asked", lambda: questions(made["card"], checklists=made["engine"].checklists)),
        "plan": keep("plan", lambda: made["engine"].plan(made["profile"])),
        "head": lambda: made["plan"].head(3),
        "shareable": keep("public", lambda: made["plan"].shareable()),  # noqa: PLW0108  # there is no plan yet
        "card as JSON": lambda: kowhy.to_json(made["card"]),
        "plan as JSON": lambda: (kowhy.to_json(made["plan"]), kowhy.to_json(made["public"])),
        "HTML": lambda: kowhy.to_html(made["plan"], scorecard=made["card"]),
        "text": lambda: (
            plain(plan_lines(made["plan"], checklists=made["engine"].checklists, look=look)),
            plain(score_lines(made["card"], made["asked"], checklists=made["engine"].checklists, look=look)),
        ),
        "Markdown": lambda: (
            plan_markdown(made["plan"], checklists=made["engine"].checklists),
            score_markdown(made["card"], made["asked"], checklists=made["engine"].checklists),
        ),
    }


# Answers


@measure(200)
def answers_read(number: int) -> Work:
    text = learn(answers(number))
    return {"all": lambda: LEAN.profile(text)}


@measure(200)
def answers_with_faults(number: int) -> Work:
    text = json.dumps({"whys": [{"why": "learn", "topic": [5] * number}]})

    def work() -> None:
        (row,) = LEAN.score_many([text])
        assert len(row.faults) == number

    return {"all": work}


@measure(100)
def answers_scored(number: int) -> Work:
    text = learn(answers(number))
    return {"all": lambda: list(LEAN.score_many([text]))}


@measure(50)
def answers_shown(number: int) -> Work:
    text = learn(answers(number))
    return shown(SMALL, text)


@measure(50)
def answers_pasted(number: int) -> Work:
    same = answers(number)
    text = learn(same, scope=same)
    return shown(LEAN, text)


@measure(50)
def answers_private(number: int) -> Work:
    text = learn(answers(number), private=["topic"])
    return shown(SMALL, text)


# Items of a checklist, of which each has an answer


def longer(why: str, number: int) -> Checklist:
    """
    The checklist of *why* with so many items more.
    """
    document = json.loads((ROOT / "schemas" / "checklists" / f"{why}.json").read_text(encoding="utf-8"))
    example = {
        "title": "More",
        "description": "One thing more.",
        "$ref": "#/$defs/answers",
        "x-kowhy-weight": 2,
        "x-kowhy-core": False,
        "x-kowhy-sensitive": False,
        "x-kowhy-origin": "added",
        "x-kowhy-kind": "subject",
        "x-kowhy-shape": "noun",
        "x-kowhy-ask": "What else?",
        "x-kowhy-examples": {"vague": ["music"], "specific": ["three Satie pieces"]},
        "x-kowhy-rungs": document["properties"][next(iter(document["properties"]))]["x-kowhy-rungs"],
    }
    document["properties"] |= {f"more_{place}": example | {"title": f"More {place}"} for place in range(number)}
    return checklist_from_dict(document | {"$id": f"urn:kowhy:checklist:{why}:9"})


def more(number: int) -> dict[str, str]:
    return {f"more_{place}": words(4) for place in range(number)}


@measure(20)
def items_loaded(number: int) -> Work:
    return {"all": lambda: longer("learn", number)}


@measure(20)
def items_read_and_scored(number: int) -> Work:
    engine = attrs.evolve(LEAN, checklists=[longer("learn", number)])
    text = learn("music", **more(number))
    return {"all": lambda: list(engine.score_many([text]))}


@measure(20)
def items_shown(number: int) -> Work:
    engine = attrs.evolve(SMALL, checklists=[longer("learn", number)])
    text = learn("music", **more(number))
    return shown(engine, text)


@measure(20)
def items_without_answers(number: int) -> Work:
    engine = attrs.evolve(LEAN, checklists=[longer("learn", number)])
    text = learn(words(4), declined=[f"more_{place}" for place in range(number)])
    return shown(engine, text)


@measure(20)
def items_with_one_text(number: int) -> Work:
    engine = attrs.evolve(LEAN, checklists=[longer("learn", number)])
    text = learn("music", **dict.fromkeys(more(number), words(4)))
    return shown(engine, text)


@measure(20)
def items_unknown(number: int) -> Work:
    text = learn("music", **{f"unknown_item_{place}": words(4) for place in range(60 + number)})
    return {"all": lambda: list(LEAN.score_many([text]))}


# WHYs: each with as many items and answers


@measure(1)
def whys_shown(number: int) -> Work:
    some = list(WHYS)[:number]
    engine = attrs.evolve(LEAN, checklists=[longer(why, 50) for why in some])
    text = json.dumps({"whys": [{"why": why} | more(50) for why in some]})
    return shown(engine, text)


@measure(1)
def whys_that_share_their_words(number: int) -> Work:
    some = list(WHYS)[:number]
    engine = attrs.evolve(LEAN, checklists=[longer(why, 50) for why in some])
    same = more(50)
    text = json.dumps({"whys": [{"why": why} | same for why in some]})
    return shown(engine, text)


@measure(200)
def whys_repeated(number: int) -> Work:
    text = json.dumps({"whys": [{"why": "learn"}] * number})
    return {"all": lambda: list(LEAN.score_many([text]))}


@measure(200)
def whys_unknown(number: int) -> Work:
    text = json.dumps({"whys": [{"why": f"earn {place}"} for place in range(60 + number)]})
    return {"all": lambda: list(LEAN.score_many([text]))}


# Rules


def rule(place: int, **changes: object) -> dict[str, object]:
    made = {
        "id": f"venue.work-{place}",
        "for": ["learn"],
        "needs": {"topic": "vague"},
        "because": "People who know {topic} meet there.",
        "group": f"group-{place // 3}",
        "venue": {"name": f"Club {place} for {{topic}}", "find": "{topic} club"},
    }
    return {key: value for key, value in (made | changes).items() if value is not None}


def pack(rules: list[dict[str, object]], id: str = "test.work", **more: object) -> dict[str, object]:  # noqa: A002
    return {"pack": {"id": id, "title": "Work"}, "rule": rules} | more


@measure(100)
def rules_loaded(number: int) -> Work:
    table = pack([rule(place) for place in range(number)])
    return {"all": lambda: Engine(packs=[pack_from_dict(table)])}


@measure(25)
def rules_in_a_plan(number: int) -> Work:
    engine = Engine(packs=[pack_from_dict(pack([rule(place) for place in range(number)]))])
    return shown(engine, learn(words(4)))


@measure(150)
def rules_planned(number: int) -> Work:
    engine = Engine(packs=[pack_from_dict(pack([rule(place) for place in range(number)]))])
    profile = engine.profile(learn(words(4)))
    return {
        "plan": lambda: engine.plan(profile),
        "explain": lambda: engine.explain(profile, "venue.work-1"),
    }


@measure(30)
def rules_of_one_group(number: int) -> Work:
    engine = Engine(packs=[pack_from_dict(pack([rule(place, group="one") for place in range(number)]))])
    return shown(engine, learn(words(4)))


@measure(25)
def rules_that_miss_one_item(number: int) -> Work:
    rules = [rule(place, needs={"topic": "vague", "time_plan": "named"}) for place in range(number)]
    engine = Engine(packs=[pack_from_dict(pack(rules))])
    return shown(engine, learn(words(4)))


@measure(25)
def rules_with_words(number: int) -> Work:
    rules = [rule(place, mentions={"topic": [f"club{_word()}", "organ"]}) for place in range(number)]
    return shown(lambda: Engine(packs=[pack_from_dict(pack(rules))]), learn("the church organ"))


@measure(100)
def rules_with_conditions(number: int) -> Work:
    when = {"required": ["whys"], "properties": {"country": {"const": "US"}}}
    engine = Engine(packs=[pack_from_dict(pack([rule(place, when=when) for place in range(number)]))])
    return shown(engine, learn(words(4)))


@measure(100)
def rules_that_replace_others(number: int) -> Work:
    old = pack_from_dict(pack([rule(place) for place in range(number)]))
    new = [rule(place, id=f"venue.new-{place}", replaces=f"venue.work-{place}") for place in range(number)]
    pair = [old, pack_from_dict(pack(new, "test.more"))]
    return {"all": lambda: Engine(packs=pair)}


@measure(100)
def rules_that_are_changed(number: int) -> Work:
    old = pack_from_dict(pack([rule(place) for place in range(number)]))
    change = [{"rule": f"venue.work-{place}", "priority": 1} for place in range(number)]
    pair = [old, pack_from_dict(pack([rule(0, id="venue.other")], "test.more", override=change))]
    return {"all": lambda: Engine(packs=pair)}


@measure(10)
def rules_looked_over(number: int) -> Work:
    table = pack([rule(place) for place in range(number)])

    def work() -> None:
        with TemporaryDirectory() as room:
            path = Path(room, "work.json")
            path.write_text(json.dumps(table), encoding="utf-8")
            lint([path], checklists=ENGINE.checklists, rater=EnglishRater())

    return {"all": work}


@measure(100)
def words_of_a_rule(number: int) -> Work:
    table = pack([rule(0, mentions={"topic": [f"club{_word()}" for _ in range(number)]})])
    return shown(lambda: Engine(packs=[pack_from_dict(table)]), learn("the church organ"))


@measure(20)
def slots_of_a_rule(number: int) -> Work:
    table = pack([rule(0, because="[{scope}, ]{topic} " * number)])
    return shown(lambda: Engine(packs=[pack_from_dict(table)]), learn("the church organ"))


# Lines


@measure(50)
def profiles_of_a_run(number: int) -> Work:
    lines = [learn(words(4)) for _ in range(number)]

    def work() -> None:
        rows: list[Row] = list(LEAN.score_many(lines))
        assert len(rows) == number

    return {"all": work}


# Length of a text

TEXTS: dict[str, Callable[[int], str]] = {
    "words": lambda number: words(number // 6),
    "one_word": lambda number: "a" * number,
    "one_number": lambda number: "1" * number,
    "numbers": lambda number: "1.1," * (number // 4),
    "numbers_and_letters": lambda number: "1a" * (number // 2),
    "blanks": lambda number: f"a{' ' * number}b",
    "stops": lambda number: "." * number,
    "sentences": lambda number: "a. " * (number // 3),
    "sentences_in_quotes": lambda number: "a.”" * (number // 3),
    "marks": lambda number: "?,;.! :" * (number // 7),
    "commas": lambda number: "a, b" * (number // 4),
    "apostrophes": lambda number: "o'" * (number // 2),
    "quotes": lambda number: '\\"' * (number // 2),
    "round": lambda number: " (/" * (number // 3),
    "braces": lambda number: "{[<" * (number // 3),
    "tags": lambda number: "<b" * (number // 2),
    "ands": lambda number: "&a" * (number // 2),
    "refusals": lambda number: "n/a " * (number // 4),
    "negations": lambda number: "not no " * (number // 7),
    "lines": lambda number: "a\n" * (number // 2),
    "capitals": lambda number: "AB " * (number // 3),
    "accents": lambda number: "e\u0301" * (number // 2),
    "other_script": lambda number: "的" * number,
    "emoji": lambda number: "🎹" * number,
    "echo": lambda number: "What exactly do you want to know? " * (number // 34),
    "fillers": lambda number: "very really " * (number // 12),
    "danger_begun": lambda number: "i want to " * (number // 10),
    "danger": lambda number: "i want to kill myself in the game " * (number // 34),
    "ages": lambda number: "i am 17 years " * (number // 14),
    "hyphens": lambda number: "a-" * (number // 2),
}


def _of_length(make: Callable[[int], str]) -> Callable[[int], Work]:
    def of(number: int) -> Work:
        text = make(number)
        source = learn(text, statement=text)

        return {"rate": lambda: SMALL.rate(text)} | shown(SMALL, source)

    return of


#: Those that keep the search for danger busy are long enough sooner.
SHORTER = {"negations", "danger_begun"}

MEASURES |= {f"text_{name}": (300 if name in SHORTER else 500, _of_length(make)) for name, make in TEXTS.items()}

#: What makes prose of an answer or of a whole sentence. Junk never gets there, so they are asked by themselves.
SPOKEN = (
    english.finish,
    english.short,
    english.is_role,
    english.is_plural,
    english.a,
    english.plural,
    english.lower_first,
    english.title_place,
    english.to_you,
    places.phrase,
    places.name,
    places.mentioned,
    shapes.shape_of,
)


def _spoken(make: Callable[[int], str]) -> Callable[[int], Work]:
    def of(number: int) -> Work:
        text = words(4) + make(number)
        return {function.__name__: partial(function, text) for function in SPOKEN}

    return of


MEASURES |= {f"spoken_{name}": (400, _spoken(make)) for name, make in TEXTS.items()}


@measure(500)
def text_with_keys_twice(number: int) -> Work:
    twice = ", ".join(['"topic": "a: b"'] * number)
    text = f'{{"whys": [{{"why": "learn", {twice}}}]}}'
    return {"all": lambda: list(LEAN.score_many([text]))}


@measure(2_000)
def text_with_levels(number: int) -> Work:
    text = "[" * number
    return {"all": lambda: list(attrs.evolve(LEAN, limits=Limits(text=1 << 26, depth=1 << 20)).score_many([text]))}


@measure(500)
def text_with_brackets_in_answers(number: int) -> Work:
    text = learn('[{"' * number)
    return {"all": lambda: list(LEAN.score_many([text]))}


@measure(2_000)
def text_that_breaks_off(number: int) -> Work:
    text = learn("a\\" * number)[:-20]
    return {"all": lambda: list(LEAN.score_many([text]))}


if __name__ == "__main__":
    print(json.dumps(run()))  # noqa: T201  # that is what it is for
