"""
The schemas: found wherever the package is, sound in two engines, and clear about what is wrong.
"""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kowhy import schemas
from kowhy.errors import Fault, UnknownNameError
from kowhy.schemas import NAMES, check, checklist_names, load_schema, pointer
from kowhy.whys import WHYS

EVERY = (*NAMES, *(f"checklists/{why}" for why in WHYS))

PACK = {"pack": {"id": "p", "title": "P"}}
RULE = {"id": "r", "for": ["learn"], "because": "b", "venue": {"name": "a place"}}


def pack(**changes):
    return PACK | {"rule": [RULE | changes]}


def keywords(value):
    """
    Every key that stands anywhere in a schema.
    """
    if isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from keywords(part)
    elif isinstance(value, list):
        for part in value:
            yield from keywords(part)


class TestFiles:
    @pytest.mark.parametrize("name", EVERY)
    def test_is_a_sound_schema_in_both_engines(self, name):
        """
        Each file satisfies the meta-schema of JSON Schema.
        """
        schema = load_schema(name)

        Draft202012Validator.check_schema(schema)
        jsonschema_rs.meta.validate(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    @pytest.mark.parametrize("name", EVERY)
    def test_has_a_version_and_a_meaning(self, name):
        """
        The id is a URN that ends in a version, and title and description say what it is for.
        """
        schema = load_schema(name)
        *front, version = schema["$id"].split(":")

        assert front[:2] == ["urn", "kowhy"]
        assert version.isdecimal()
        assert schema["title"]
        assert schema["description"]

    @pytest.mark.parametrize("name", EVERY)
    def test_nothing_to_fetch_and_nothing_to_hang_on(self, name):
        """
        No reference leaves the file but for the language itself, and there is no regular expression.
        """
        schema = load_schema(name)
        text = json.dumps(schema)

        assert {"pattern", "patternProperties", "multipleOf"}.isdisjoint(keywords(schema))
        assert text.count("http") == text.count("https://json-schema.org/draft/2020-12/schema")

    def test_one_checklist_for_each_why(self):
        """
        The six WHYs have one each.
        """
        assert set(checklist_names()) == set(WHYS)

    @pytest.mark.parametrize("name", ["fame", "checklists/fame", "../pyproject", ""])
    def test_unknown_name(self, name):
        """
        A name that is none of them is refused before anything is opened.
        """
        with pytest.raises(UnknownNameError) as caught:
            load_schema(name)

        assert caught.value.faults[0].given == repr(name)
        assert "profile" in caught.value.faults[0].wanted


class TestCheck:
    def test_sound(self):
        """
        A sound document has no faults.
        """
        assert check(pack(), "pack") == ()

    @pytest.mark.parametrize(
        ("document", "where", "code", "wanted"),
        [
            (5, "", "type.wrong", "a table"),
            ({}, "", "key.missing", "the key 'pack'"),
            ({"pack": {"id": "p"}}, "/pack", "key.missing", "the key 'title'"),
            ({"pack": {"id": "p", "titel": "P", "title": "P"}}, "/pack/titel", "key.unknown", "'title', perhaps"),
            (
                {"pack": {"id": "p", "zz": "P", "title": "P"}},
                "/pack/zz",
                "key.unknown",
                "description, disables, id, title",
            ),
            (pack(because=""), "/rule/0/because", "value.too-small", "characters: at least 1"),
            (pack(because=7), "/rule/0/because", "type.wrong", "a text"),
            (pack(priority=2.5), "/rule/0/priority", "type.wrong", "a whole number"),
            (pack(priority=5000), "/rule/0/priority", "value.too-large", "at most 1000"),
            (pack(adult="yes"), "/rule/0/adult", "type.wrong", "true or false"),
            (pack(needs={"topic": "namely"}), "/rule/0/needs/topic", "value.unknown", "one of vague, named, specific"),
            (pack(needs={"a/b~": 1}), "/rule/0/needs/a~1b~0", "value.unknown", "one of vague, named, specific"),
            (pack(country=["USA"]), "/rule/0/country/0", "value.too-large", "characters: at most 2"),
            (pack(mentions={"topic": []}), "/rule/0/mentions/topic", "value.too-small", "entries: at least 1"),
            (pack(venue=3), "/rule/0/venue", "type.wrong", "a table or a list"),
            (pack(venue={"nam": "x"}), "/rule/0/venue/nam", "key.unknown", "'name', perhaps"),
            (pack(venue=[{"name": ""}]), "/rule/0/venue/0/name", "value.too-small", "characters: at least 1"),
            (pack(**{"for": ["fame"]}), "/rule/0/for/0", "value.unknown", "solve_a_problem or 'any'"),
            (
                PACK | {"rule": [{"id": "r", "for": ["any"], "because": "b"}]},
                "/rule/0",
                "key.missing",
                "one of the keys venue, script, person, step",
            ),
            (PACK | {"phrase": {"x": {"item": "topic"}}}, "/phrase/x", "value.too-small", "keys: at least 2"),
        ],
    )
    def test_where_what_and_what_would_work(self, document, where, code, wanted):
        """
        Each fault names the place, what was found, and what would work.
        """
        faults = check(document, "pack")

        found = [fault for fault in faults if (fault.pointer, fault.code) == (where, code)]
        assert len(found) == 1, faults
        assert found[0].wanted.endswith(wanted)
        assert found[0].given

    def test_all_at_once_in_order(self):
        """
        Everything wrong is told at once, sorted by place.
        """
        faults = check(pack(because="", priority="x", needs={"topic": "x"}, live=3), "pack")

        places = [fault.pointer for fault in faults]
        assert places == sorted(places)
        assert len(places) == 4

    def test_other_keywords_are_told_by_name(self):
        """
        A keyword without words of its own is named.
        """
        document = load_schema("checklists/learn") | {"$id": 5}

        assert Fault(code="type.wrong", pointer="/$id", given="5", wanted="a text") in check(document, "checklist")

    @given(
        document=st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just(RULE), st.just(PACK)),
            lambda part: st.one_of(
                st.lists(part, max_size=3),
                st.dictionaries(st.sampled_from(["pack", "rule", "id", "title", "venue", "x"]), part, max_size=4),
            ),
            max_leaves=12,
        )
    )
    def test_two_engines_agree(self, document):
        """
        A document has faults just where a second engine refuses it.
        """
        assert (check(document, "pack") == ()) == jsonschema_rs.validator_for(load_schema("pack")).is_valid(document)


def test_pointer():
    """
    Names are escaped as RFC 6901 asks for.
    """
    assert pointer(["a/b", "m~n", 0, ""]) == "/a~1b/m~0n/0/"
    assert pointer([]) == ""


class TestRoot:
    def test_inside_an_installed_package(self, monkeypatch, tmp_path):
        """
        What is packaged comes first.
        """
        (tmp_path / "schemas").mkdir()
        monkeypatch.setattr(schemas, "files", lambda _: tmp_path)

        assert schemas.schema_root() == tmp_path / "schemas"

    def test_nowhere(self, monkeypatch, tmp_path):
        """
        A broken installation says where it looked.
        """
        monkeypatch.setattr(schemas, "files", lambda _: tmp_path)
        monkeypatch.setattr(schemas, "__file__", str(tmp_path / "a" / "b" / "c.py"))

        with pytest.raises(FileNotFoundError, match="no schemas in"):
            schemas.schema_root()
