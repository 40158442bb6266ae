"""
The part of JSON Schema that packs and checklists may use: what is refused, and that nothing in it can do harm.
"""

from __future__ import annotations

import json
import socket
from functools import cache

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kowhy.checklists import checklist_from_dict
from kowhy.convert import profile_from_dict, profile_from_json
from kowhy.dialect import DEEPEST, DRAFT, LARGEST, faults
from kowhy.engine import Engine
from kowhy.errors import InvalidChecklistError, InvalidPackError, InvalidProfileError
from kowhy.packs import pack_from_dict
from kowhy.schemas import load_schema
from tests.work.counting import counted, stepped


def short(value):
    """
    A name for a test.
    """
    try:
        return str(value)[:40] or "whole"
    except (RecursionError, ValueError):
        return "deep"


def places(schema):
    """
    Code and place of each fault.
    """
    return [(fault.code, fault.pointer) for fault in faults(schema)]


def nested(depth, inner=None):
    """
    A schema in a schema in a schema.
    """
    schema = {} if inner is None else inner
    for _ in range(depth):
        schema = {"not": schema}
    return schema


def doubling(count, times=2):
    """
    Few schemas that each refer to the next several times: short to write, endless to check.
    """
    defs = {f"d{number}": {"allOf": [{"$ref": f"#/$defs/d{number + 1}"}] * times} for number in range(count)}
    return {"$defs": defs | {f"d{count}": {"type": "object"}}, "$ref": "#/$defs/d0"}


def chain(count):
    """
    Schemas that each refer to the next.
    """
    defs = {f"d{number}": {"$ref": f"#/$defs/d{number + 1}"} for number in range(count)}
    return {"$defs": defs | {f"d{count}": True}, "$ref": "#/$defs/d0"}


def parts(schema):
    """
    How many values a schema is made of, as it is written.
    """
    found, todo = 0, [schema]
    while todo:
        part = todo.pop()
        found += 1
        todo += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return found


#: The most steps for each part of a schema, and for telling what is wrong with it.
EACH, TOLD = 40, 2_000


class TestSound:
    @pytest.mark.parametrize(
        "schema",
        [
            True,
            False,
            {},
            {"$schema": DRAFT, "title": "t", "description": "d", "$comment": "c"},
            {"properties": {"whys": {"required": ["learn"]}, "pattern": {"const": "a name like any other"}}},
            {"$defs": {"low": {"maximum": 40}}, "properties": {"score": {"$ref": "#/$defs/low"}}},
            {"enum": [1, 2.5, "x", None, True]},
            {"type": ["array", "null"], "items": {"minLength": 1}, "prefixItems": [{}], "contains": True},
            {"dependentRequired": {"a": ["b"]}, "propertyNames": {"maxLength": 20}},
            nested(DEEPEST - 1),
            chain(DEEPEST - 2),
            {"enum": list(range(LARGEST - 1))},
        ],
        ids=short,
    )
    def test_passes(self, schema):
        """
        What the dialect has is let through, and an engine calls it a JSON Schema.
        """
        assert faults(schema) == ()
        Draft202012Validator.check_schema(schema)


#: What is refused, and where.
REFUSED = [
    ({"pattern": "^a"}, "dialect.keyword", "/pattern"),
    ({"patternProperties": {"^a": {}}}, "dialect.keyword", "/patternProperties"),
    ({"multipleOf": 0.1}, "dialect.keyword", "/multipleOf"),
    ({"format": "regex"}, "dialect.keyword", "/format"),
    ({"uniqueItems": True}, "dialect.keyword", "/uniqueItems"),
    ({"unevaluatedProperties": False}, "dialect.keyword", "/unevaluatedProperties"),
    ({"$id": "https://example.org/schema"}, "dialect.keyword", "/$id"),
    ({"$anchor": "here"}, "dialect.keyword", "/$anchor"),
    ({"$dynamicRef": "#here"}, "dialect.keyword", "/$dynamicRef"),
    ({"tpye": "object"}, "dialect.keyword", "/tpye"),
    ({5: {}}, "dialect.keyword", "/5"),
    ({"not": {"$schema": DRAFT}}, "dialect.keyword", "/not/$schema"),
    ({"not": {"$defs": {}}}, "dialect.keyword", "/not/$defs"),
    ({"properties": {"a/b": {"items": {"pattern": "x"}}}}, "dialect.keyword", "/properties/a~1b/items/pattern"),
    ({"anyOf": [{}, {"multipleOf": 2}]}, "dialect.keyword", "/anyOf/1/multipleOf"),
    ({"$ref": "https://example.org/schema"}, "dialect.reference", "/$ref"),
    ({"$ref": "file:///etc/hostname"}, "dialect.reference", "/$ref"),
    ({"$ref": "other.json"}, "dialect.reference", "/$ref"),
    ({"$ref": "#"}, "dialect.reference", "/$ref"),
    ({"$ref": "#/$defs/"}, "dialect.reference", "/$ref"),
    ({"$ref": "#/$defs/a"}, "dialect.reference", "/$ref"),
    ({"$ref": "#/$defs/a/b", "$defs": {"a": {}}}, "dialect.reference", "/$ref"),
    ({"$ref": "#/$defs/%61", "$defs": {"a": {}}}, "dialect.reference", "/$ref"),
    ({"$ref": "#/properties/a", "properties": {"a": {}}}, "dialect.reference", "/$ref"),
    ({"$ref": 5}, "dialect.reference", "/$ref"),
    ({"$ref": "#/$defs/a", "$defs": 5}, "dialect.type", "/$defs"),
    ({"$schema": "http://json-schema.org/draft-07/schema#"}, "dialect.type", "/$schema"),
    ({"$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}}, "dialect.recursive", "/$defs/a/not/$ref"),
    ({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}, "dialect.recursive", "/$defs/b/$ref"),
    ({"$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}, "dialect.recursive", "/$defs/a/allOf/0/$ref"),
    ({"$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/a"}}}}}, "dialect.recursive", "/$defs/a/properties/b/$ref"),
    (nested(DEEPEST + 1), "dialect.depth", "/not" * (DEEPEST + 1)),
    (nested(100_000), "dialect.depth", "/not" * (DEEPEST + 1)),
    (chain(DEEPEST), "dialect.depth", ""),
    (chain(5_000), "dialect.depth", ""),
    (doubling(12), "dialect.size", ""),
    ({"enum": list(range(LARGEST))}, "dialect.size", ""),
    ({"allOf": [True] * LARGEST}, "dialect.size", ""),
    (None, "dialect.type", ""),
    ({"not": [{}]}, "dialect.type", "/not"),
    ({"allOf": []}, "dialect.type", "/allOf"),
    ({"properties": []}, "dialect.type", "/properties"),
    ({"properties": {5: {}}}, "dialect.type", "/properties"),
    ({"minLength": -1}, "dialect.type", "/minLength"),
    ({"minItems": 1.0}, "dialect.type", "/minItems"),
    ({"minItems": True}, "dialect.type", "/minItems"),
    ({"maximum": "5"}, "dialect.type", "/maximum"),
    ({"maximum": float("nan")}, "dialect.type", "/maximum"),
    ({"maximum": float("inf")}, "dialect.type", "/maximum"),
    ({"maximum": 10**400}, "dialect.type", "/maximum"),
    ({"required": "a"}, "dialect.type", "/required"),
    ({"required": ["a", "a"]}, "dialect.type", "/required"),
    ({"dependentRequired": []}, "dialect.type", "/dependentRequired"),
    ({"dependentRequired": {"a": "b"}}, "dialect.type", "/dependentRequired/a"),
    ({"type": "text"}, "dialect.type", "/type"),
    ({"type": []}, "dialect.type", "/type"),
    ({"type": ["null", "null"]}, "dialect.type", "/type"),
    ({"type": [{}]}, "dialect.type", "/type"),
    ({"const": [1]}, "dialect.type", "/const"),
    ({"const": "\ud800"}, "dialect.type", "/const"),
    ({"enum": []}, "dialect.type", "/enum"),
    ({"enum": ["x", {}]}, "dialect.type", "/enum/1"),
    ({"title": 5}, "dialect.type", "/title"),
]


class TestRefused:
    @pytest.mark.parametrize(
        ("schema", "code", "place"), REFUSED, ids=[f"{number} {short(row[0])}" for number, row in enumerate(REFUSED)]
    )
    def test_code_and_place(self, schema, code, place):
        """
        What is outside of the dialect is one fault, with its code and place, and found by going over it once.
        """
        with counted(most=EACH * parts(schema) + TOLD):
            faults(schema)

        assert places(schema) == [(code, place)]

    def test_all_at_once_below_where_it_stands(self):
        """
        Every fault is reported, with the place of the schema before its own.
        """
        found = faults({"pattern": "a", "items": {"multipleOf": 2}}, "/rule/3/when")

        assert [fault.pointer for fault in found] == ["/rule/3/when/pattern", "/rule/3/when/items/multipleOf"]
        assert "minLength" in found[0].wanted
        assert found[0].given == "'pattern'"

    def test_a_huge_size_can_be_told(self):
        """
        A number with thousands of digits is not written out.
        """
        (fault,) = faults(doubling(14, times=50))

        assert fault.given == "far too many schemas and values"


TEXTS = st.sampled_from(["", "a", "ab", "é", "🎹", "b", "e\u0301", "\x00", "1"])
NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([0.0, -0.0, 1.0, 0.5, 2.5, -1.5, 1e-300, 2**53, -(2**53), 0.1 + 0.2, 9007199254740991]),
    st.floats(-1e6, 1e6, allow_nan=False),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
NAMES = st.sampled_from(["a", "b", "é", ""])
INSTANCES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)
COUNTS = st.integers(0, 4)
TYPES = st.sampled_from(["array", "boolean", "integer", "null", "number", "object", "string"])


def _schemas(inner, refs):
    parts = {
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
        "const": SCALARS,
        "enum": st.lists(SCALARS, min_size=1, max_size=4),
        "required": st.lists(NAMES, max_size=3, unique=True),
        "dependentRequired": st.dictionaries(NAMES, st.lists(NAMES, max_size=2, unique=True), max_size=2),
        "properties": st.dictionaries(NAMES, inner, max_size=3),
    }
    parts |= dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBERS)
    parts |= dict.fromkeys(
        (f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Contains", "Properties")), COUNTS
    )
    parts |= dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), st.lists(inner, min_size=1, max_size=3))
    parts |= dict.fromkeys(
        ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"), inner
    )
    parts |= dict.fromkeys(("title", "description", "$comment"), TEXTS)
    if refs:
        parts["$ref"] = st.sampled_from([f"#/$defs/{name}" for name in refs])
    chosen = st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True)
    return chosen.flatmap(lambda keys: st.fixed_dictionaries({key: parts[key] for key in keys}))


@st.composite
def schemas(draw):
    """
    Schemas of the dialect, with definitions that refer to earlier ones.
    """
    defs = {}
    for name in ("x", "y")[: draw(st.integers(0, 2))]:
        known = tuple(defs)
        defs[name] = draw(st.recursive(st.booleans(), lambda inner, known=known: _schemas(inner, known), max_leaves=4))
    known = tuple(defs)
    schema = draw(st.recursive(st.booleans(), lambda inner: _schemas(inner, known), max_leaves=6))
    return {"$schema": DRAFT, "$defs": defs, **schema} if isinstance(schema, dict) else schema


class TestEngines:
    @settings(max_examples=400)
    @given(schema=schemas(), instances=st.lists(INSTANCES, min_size=1, max_size=6))
    def test_two_engines_agree(self, schema, instances):
        """
        python-jsonschema and jsonschema-rs give the same verdict on every schema of the dialect, for all types of JSON.
        """
        assert faults(schema) == ()
        Draft202012Validator.check_schema(schema)
        slow, fast = Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)

        for instance in instances:
            assert slow.is_valid(instance) is fast.is_valid(instance)

    def test_the_strategy_uses_every_keyword(self):
        """
        No keyword of the dialect is left out of the comparison.
        """
        found = set()

        @settings(max_examples=300, database=None, derandomize=True)
        @given(schema=schemas())
        def look(schema):
            found.update(keywords(schema))

        look()

        (fault,) = faults({"pattern": ""})
        assert found == set(fault.wanted.removeprefix("one of ").split(", "))


def keywords(schema):
    """
    Every key at any depth, apart from names of properties and definitions.
    """
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, part in schema.items():
        if key in ("properties", "$defs"):
            inner = part.values()
        elif isinstance(part, list):
            inner = part
        else:
            inner = [] if key == "dependentRequired" else [part]
        found.update(*map(keywords, inner))
    return found


@pytest.fixture
def no_network(monkeypatch):
    """
    Whoever opens a connection, or looks up an address, is caught.
    """
    tried = []

    def refuse(*args, **_):
        tried.append(args)
        msg = "the network is out of bounds"
        raise OSError(msg)

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


AWAY = "http://localhost:9/schema"

#: Schemas that reach out, run in circles, or look for long.
HOSTILE = [
    {"$ref": AWAY},
    {"$ref": "file:///etc/hostname"},
    {"$id": AWAY, "$ref": "other"},
    {"$schema": AWAY},
    {"$dynamicRef": AWAY},
    {"allOf": [{"properties": {"whys": {"$ref": AWAY}}}]},
    {"$ref": "#"},
    {"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"},
    {"properties": {"name": {"pattern": "(a+)+$"}}},
    {"propertyNames": {"pattern": "(a|a)*$"}},
    {"patternProperties": {"(a+)+$": {}}},
    {"multipleOf": 1e-308},
    doubling(40),
    nested(3_000),
    {"format": "regex"},
]


def pack(when):
    """
    A pack with one rule and its condition.
    """
    rule = {"id": "a.b", "for": ["learn"], "because": "So.", "when": when, "person": {"name": "a teacher"}}
    return {"pack": {"id": "test.pack", "title": "Test"}, "rule": [rule]}


def changed(**changes):
    """
    The checklist for learning with something else in it.
    """
    document = json.loads(json.dumps(load_schema("checklists/learn")))
    document.update(changes)
    return document


def with_rung(schema):
    """
    The checklist for learning with another condition of a rung.
    """
    document = changed()
    document["properties"]["topic"]["x-kowhy-rungs"]["specific"]["schema"] = schema
    return document


@cache
def sound(read):
    """
    How many steps it takes to read a pack or a checklist in which nothing is wrong.
    """
    document = pack({}) if read is pack_from_dict else changed()
    # What is made ready when it is first used belongs to no count.
    read(document)
    with counted() as done:
        read(document)
    return done()


class TestNothingHappens:
    @pytest.mark.parametrize("schema", HOSTILE, ids=short)
    def test_in_a_pack(self, schema, no_network):
        """
        A condition that could do harm is refused when its pack is read.
        """
        most = sound(pack_from_dict) + EACH * parts(schema) + TOLD
        with pytest.raises(InvalidPackError) as caught, counted(most=most):
            pack_from_dict(pack(schema))

        assert all(fault.pointer.startswith("/rule/0/when") for fault in caught.value.faults)
        assert no_network == []

    @pytest.mark.parametrize("schema", HOSTILE, ids=short)
    @pytest.mark.parametrize(
        "put", [with_rung, lambda schema: with_rung({"contains": schema})], ids=("rung", "contains")
    )
    def test_in_a_rung(self, schema, put, no_network):
        """
        So is one in a checklist.
        """
        most = sound(checklist_from_dict) + EACH * parts(schema) + TOLD
        with pytest.raises(InvalidChecklistError), counted(most=most):
            checklist_from_dict(put(schema))

        assert no_network == []

    @pytest.mark.parametrize(
        "change",
        [
            {"$schema": AWAY},
            {"$ref": AWAY},
            {"allOf": [{"$ref": AWAY}]},
            {"$dynamicRef": AWAY},
            {"$vocabulary": {AWAY: True}},
            {"$defs": {"answers": {"$ref": AWAY}}},
            {"properties": {"topic": {"$ref": AWAY}}},
            {"pattern": "(a+)+$"},
        ],
        ids=str,
    )
    def test_in_a_checklist(self, change, no_network):
        """
        No field of a checklist takes a reference to somewhere else.
        """
        with pytest.raises(InvalidChecklistError):
            checklist_from_dict(changed(**change))

        assert no_network == []

    def test_an_identifier_is_a_name(self, no_network):
        """
        The identifier of a checklist may look like an address; nobody goes there.
        """
        made = checklist_from_dict(changed(**{"$id": AWAY}))

        card = Engine(checklists=[made], packs=()).score({"whys": [{"why": "learn", "topic": "the piano"}]})

        assert card.whys["learn"].checklist == AWAY
        assert no_network == []

    @pytest.mark.parametrize("schema", HOSTILE, ids=short)
    def test_in_a_profile(self, schema, no_network):
        """
        In a profile a schema is a value like any other, and the wrong one.
        """
        for document in ({"whys": [{"why": "learn", "topic": schema}]}, schema | {"whys": [{"why": "learn"}]}):
            with pytest.raises(InvalidProfileError):
                profile_from_dict(document)

        assert no_network == []

    @pytest.mark.parametrize("part", ["a", "1,a"])
    def test_a_text_that_patterns_hang_on(self, part, no_network):
        """
        What makes a pattern try for ever is scored like any other text.
        """
        engine = Engine(packs=())

        def score(text):
            document = {"whys": [{"why": "learn", "topic": text, "$ref": AWAY}]}
            engine.score(profile_from_json(json.dumps(document), draft=True).profile)

        text = "dental practices near Leeds " + part * (9_000 // len(part)) + "!"
        with stepped(text[-2_000:]):
            # What is made ready when it is first used belongs to no count.
            score(text[:1_000])
            with counted(most=7 * len(text)):
                score(text)

        assert no_network == []
