"""
Other ways to run the same rules: JSON Schema, and public rule engines where they are installed.

Each takes all rules and the profiles at the start, so that everything that can be prepared is prepared, and then says
which rules fire on one profile. Cheap conditions come first, since all of them stop at the first that fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any, Protocol

import attrs
from making import heard

from kowhy.convert import to_dict
from kowhy.forms import fold
from kowhy.matching import View, evaluate
from kowhy.rules import Mention, Rule
from kowhy.scorecards import Scorecard


class Contender(Protocol):
    """
    Something that finds the rules that fire.
    """

    def fired(self, number: int) -> set[str]:
        """
        Ids of the rules that fire on the profile of that *number*.
        """
        ...


@attrs.frozen
class Facts:
    """
    A profile as the peers see it, made before the clock runs.

    Attributes:
        card: As kowhy sees it.

        words: For each item, the words of the rules that its answers meet.

        levels: For each item its level.
    """

    card: Scorecard
    words: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, int]

    @classmethod
    def of(cls, rules: tuple[Rule, ...], card: Scorecard) -> Facts:
        levels = {f"{why}.{key}": item.level for why, score in card.whys.items() for key, item in score.items.items()}
        return cls(card, heard(rules, card), levels)


@attrs.frozen
class Branch:
    """
    One rule for one of its WHYs, with all places written out.
    """

    rule: Rule
    why: str

    @property
    def whys(self) -> tuple[str, ...]:
        return (self.why, *self.rule.together)

    def place(self, key: str) -> str:
        return key if "." in key else f"{self.why}.{key}"


def branches(rules: tuple[Rule, ...]) -> Iterator[Branch]:
    for rule in rules:
        for why in rule.whys:
            yield Branch(rule, why)


class Linear:
    """
    kowhy's own check of one rule, for all rules.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        self.rules = rules
        self.cards = [one.card for one in facts]

    def fired(self, number: int) -> set[str]:
        card = self.cards[number]
        view = View(card)
        return {
            rule.id for rule in self.rules for why in rule.whys if why in card.whys and evaluate(rule, view, why).fired
        }


def schema(rule: Rule, *, texts: bool = False) -> dict[str, Any]:
    """
    *rule* as a JSON Schema over the scorecard's JSON form.

    Its words are looked for in the answers (*texts*), or among those that were heard, which stand beside them.
    """

    def said(mention: Mention) -> dict[str, Any]:
        return {"contains": {"pattern": _pattern(mention)} if texts else {"enum": list(mention.source)}}

    where = "answers" if texts else "words"
    found: dict[str, Any] = {}
    if rule.countries:
        found["country"] = {"enum": list(rule.countries)}
    if rule.adult:
        found["adult"] = {"const": True}
    tries = []
    for why in rule.whys:
        branch = Branch(rule, why)
        items: dict[str, dict[str, Any]] = {}
        for key, level in rule.needs.items():
            items.setdefault(branch.place(key), {})["level"] = {"minimum": level}
        for mention in rule.mentions:
            items.setdefault(branch.place(mention.key), {})[where] = said(mention)
        for mention in rule.unless:
            words = items.setdefault(branch.place(mention.key), {}).setdefault(where, {})
            words["not"] = said(mention)
        whys: dict[str, Any] = {}
        for place, wanted in items.items():
            whose, _, key = place.partition(".")
            whys.setdefault(whose, {})[key] = {"properties": wanted}
        properties = {whose: {"properties": {"items": {"properties": keys}}} for whose, keys in whys.items()}
        tries.append({"required": list(branch.whys), "properties": properties})
    found["whys"] = tries[0] if len(tries) == 1 else {"anyOf": tries}
    return {"required": ["country"] if rule.countries else [], "properties": found}


def _form(facts: Facts) -> dict[str, Any]:
    form = to_dict(facts.card)
    for why, score in form["whys"].items():
        for key, item in score["items"].items():
            item["words"] = list(facts.words[f"{why}.{key}"])
    return form


class JsonSchema:
    """
    python-jsonschema, a validator for each rule.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        from jsonschema import Draft202012Validator

        self.rules = [(rule.id, Draft202012Validator(schema(rule))) for rule in rules]
        self.forms = [_form(one) for one in facts]

    def fired(self, number: int) -> set[str]:
        form = self.forms[number]
        return {id_ for id_, validator in self.rules if validator.is_valid(form)}


class JsonSchemaTexts:
    """
    python-jsonschema over the answers themselves: each mention is a pattern that looks for its words.

    The patterns are compiled beforehand, for python-jsonschema itself would compile most of them anew each time; and
    the answers are folded beforehand, so that a pattern need not know of case and accents.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        from jsonschema import Draft202012Validator, ValidationError
        from jsonschema.validators import extend

        compiled: dict[str, re.Pattern[str]] = {}

        def pattern(_: Any, wanted: str, text: Any, __: Any) -> Iterator[ValidationError]:
            if not compiled[wanted].search(text):
                yield ValidationError(wanted)

        checked = extend(Draft202012Validator, {"pattern": pattern})
        self.rules = []
        for rule in rules:
            for mention in (*rule.mentions, *rule.unless):
                compiled.setdefault(_pattern(mention), re.compile(_pattern(mention)))
            self.rules.append((rule.id, checked(schema(rule, texts=True))))
        self.forms = []
        for one in facts:
            form = to_dict(one.card)
            for score in form["whys"].values():
                for item in score["items"].values():
                    item["answers"] = [" ".join(fold(text)) for text in item["answers"]]
            self.forms.append(form)

    def fired(self, number: int) -> set[str]:
        form = self.forms[number]
        return {id_ for id_, validator in self.rules if validator.is_valid(form)}


def _pattern(mention: Mention) -> str:
    either = [*sorted(mention.single), *(f"{prefix}[^ ]*" for prefix in mention.prefixes)]
    either += [" ".join(f"(?:{'|'.join(sorted(known))})" for known in run) for run in mention.runs]
    return f"(?:^| )(?:{'|'.join(either)})(?: |$)"


class JsonSchemaRs:
    """
    jsonschema-rs, a validator for each rule.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        import jsonschema_rs

        self.rules = [(rule.id, jsonschema_rs.Draft202012Validator(schema(rule))) for rule in rules]
        self.forms = [_form(one) for one in facts]

    def fired(self, number: int) -> set[str]:
        form = self.forms[number]
        return {id_ for id_, validator in self.rules if validator.is_valid(form)}


class Cel:
    """
    The Common Expression Language in Rust, an expression for each rule and WHY.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        import cel

        self.rules = [(branch.rule.id, cel.compile(self.expression(branch))) for branch in branches(rules)]
        every = {key: 0 for one in facts for key in one.levels}
        self.contexts = [
            cel.Context(
                variables={
                    "whys": dict.fromkeys(one.card.whys, True),
                    "country": one.card.country or "",
                    "adult": one.card.adult,
                    "level": {**every, **one.levels},
                    "said": {f"{place}:{word}": True for place, words in one.words.items() for word in words},
                }
            )
            for one in facts
        ]

    @staticmethod
    def expression(branch: Branch) -> str:
        rule = branch.rule
        parts = [f"'{why}' in whys" for why in branch.whys]
        if rule.countries:
            parts.append(f"country in {list(rule.countries)}")
        if rule.adult:
            parts.append("adult")
        parts += [f"level['{branch.place(key)}'] >= {level}" for key, level in rule.needs.items()]
        for mentions, sign in ((rule.mentions, ""), (rule.unless, "!")):
            for mention in mentions:
                place = branch.place(mention.key)
                either = " || ".join(f"{json.dumps(f'{place}:{word}')} in said" for word in mention.source)
                parts.append(f"{sign}({either})")
        return " && ".join(parts)

    def fired(self, number: int) -> set[str]:
        context = self.contexts[number]
        return {id_ for id_, program in self.rules if program.execute(context)}


class Zen:
    """
    A decision table of the GoRules engine that collects all rows that hold.
    """

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        import zen

        inputs = [
            {"id": "whys", "name": "whys"},
            {"id": "country", "name": "country", "field": "country"},
            {"id": "adult", "name": "adult", "field": "adult"},
            {"id": "needs", "name": "needs"},
            {"id": "words", "name": "words"},
        ]
        table = {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "rule", "field": "rule", "name": "rule", "type": "expression"}],
            "rules": [self.row(number, branch) for number, branch in enumerate(branches(rules))],
        }
        place = {"x": 0, "y": 0}
        model = {
            "contentType": "application/vnd.gorules.decision",
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in", "position": place},
                {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": table},
                {"id": "out", "type": "outputNode", "name": "out", "position": place},
            ],
            "edges": [
                {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
                {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
            ],
        }
        self.decision = zen.ZenEngine().create_decision(json.dumps(model))
        every = {_flat(key): 0 for one in facts for key in one.levels}
        self.inputs = [
            {
                "whys": list(one.card.whys),
                "country": one.card.country or "",
                "adult": one.card.adult,
                "level": {**every, **{_flat(key): level for key, level in one.levels.items()}},
                "said": [f"{place}:{word}" for place, words in one.words.items() for word in words],
            }
            for one in facts
        ]

    @staticmethod
    def row(number: int, branch: Branch) -> dict[str, str]:
        rule = branch.rule
        words = []
        for mentions, sign in ((rule.mentions, ""), (rule.unless, "not ")):
            for mention in mentions:
                place = branch.place(mention.key)
                either = " or ".join(f"{json.dumps(f'{place}:{word}')} in said" for word in mention.source)
                words.append(f"{sign}({either})")
        needs = [f"level.{_flat(branch.place(key))} >= {level}" for key, level in rule.needs.items()]
        return {
            "_id": str(number),
            "whys": " and ".join(f"'{why}' in whys" for why in branch.whys),
            "country": ", ".join(f"'{one}'" for one in rule.countries),
            "adult": "true" if rule.adult else "",
            "needs": " and ".join(needs),
            "words": " and ".join(words),
            "rule": f"'{rule.id}'",
        }

    def fired(self, number: int) -> set[str]:
        result = self.decision.evaluate(self.inputs[number])["result"]
        return {row["rule"] for row in result or ()}


def _flat(key: str) -> str:
    return key.replace(".", "__")


class Durable:
    """
    durable_rules: its net holds at most 511 different tests below one node, so the rules are cut into rulesets.

    A profile is one fact, posted to the rulesets of its WHYs and taken back; each word it says is a property of it,
    because properties are what the engine's net finds fastest.
    """

    TESTS = 400

    def __init__(self, rules: tuple[Rule, ...], facts: tuple[Facts, ...]) -> None:
        from durable.engine import Host, MessageNotHandledException

        self.nothing = MessageNotHandledException
        self.hits: set[str] = set()
        self.host = Host()
        self.sets: dict[str, list[str]] = {}
        by_why: dict[str, list[Branch]] = {}
        for branch in branches(rules):
            by_why.setdefault(branch.why, []).append(branch)
        made: dict[str, dict[str, Any]] = {}
        for why, found in by_why.items():
            tests: set[str] = set()
            table: dict[str, Any] = {}
            for branch in found:
                first, condition = self.condition(branch)
                if not table or len(tests | first) > self.TESTS:
                    tests, table = set(), {}
                    name = f"{why}{len(made)}"
                    made[name] = table
                    self.sets.setdefault(why, []).append(name)
                tests |= first
                table[branch.rule.id] = {"all": [{"m": condition}], "run": self.action(branch.rule.id)}
        self.host.set_rulesets(made)
        self.facts = [
            {
                "id": str(number),
                "country": one.card.country or "",
                "adult": int(one.card.adult),
                **{f"why:{why}": 1 for why in one.card.whys},
                **{f"level:{place}": level for place, level in one.levels.items()},
                **{f"{place}:{word}": 1 for place, words in one.words.items() for word in words},
            }
            for number, one in enumerate(facts)
        ]
        self.whys = [tuple(one.card.whys) for one in facts]

    def action(self, id_: str) -> Any:
        return lambda _: self.hits.add(id_)

    @staticmethod
    def condition(branch: Branch) -> tuple[set[str], dict[str, Any]]:
        rule = branch.rule
        tests: list[dict[str, Any]] = []
        first: set[str] = set()
        for mention in rule.mentions:
            names = [f"{branch.place(mention.key)}:{word}" for word in mention.source]
            first = first or set(names)
            tests.append({"$or": [{name: 1} for name in names]})
        for key, level in rule.needs.items():
            first = first or {f"{branch.place(key)}>{level}"}
            tests.append({"$gte": {f"level:{branch.place(key)}": level}})
        if rule.countries:
            first = first or set(rule.countries)
            tests.append({"$or": [{"country": one} for one in rule.countries]})
        if rule.adult:
            first = first or {"adult"}
            tests.append({"adult": 1})
        tests += [{f"why:{why}": 1} for why in branch.whys[1:]]
        for mention in rule.unless:
            tests += [{"$nex": {f"{branch.place(mention.key)}:{word}": 1}} for word in mention.source]
        first = first or {"why"}
        return first, {"$and": tests or [{f"why:{branch.why}": 1}]}

    def fired(self, number: int) -> set[str]:
        self.hits.clear()
        fact = self.facts[number]
        for why in self.whys[number]:
            for name in self.sets.get(why, ()):
                try:
                    self.host.assert_fact(name, fact)
                except self.nothing:
                    continue
                self.host.retract_fact(name, fact)
        return set(self.hits)


#: By package: the name that people know, and what runs it.
PEERS: Mapping[str, tuple[str, type[Any]]] = {
    "jsonschema-rs": ("jsonschema-rs", JsonSchemaRs),
    "common-expression-language": ("CEL in Rust", Cel),
    "zen-engine": ("GoRules zen", Zen),
    "durable-rules": ("durable_rules", Durable),
}


def installed(package: str) -> str | None:
    """
    The version of *package*, or ``None`` where it is absent.
    """
    try:
        return version(package)
    except ModuleNotFoundError:
        return None
