"""
Linting: what is wrong with packs and checklists, and what can never work.
"""

from __future__ import annotations

import json

import pytest

from kowhy.checklists import load_checklists
from kowhy.linting import lint
from kowhy.packs import own_packs, own_tables
from kowhy.rating import EnglishRater
from kowhy.schemas import load_schema

CHECKLISTS = load_checklists()


def linted(tmp_path, **files):
    """
    The faults in *files*, by name without the ending; texts are TOML, everything else is JSON.
    """
    paths = []
    for name, content in files.items():
        is_text = isinstance(content, str)
        path = tmp_path / f"{name}{'.toml' if is_text else '.json'}"
        path.write_text(content if is_text else json.dumps(content), encoding="utf-8")
        paths.append(path)
    return lint(paths, checklists=CHECKLISTS, rater=EnglishRater())


def pack(*rules, **top):
    whole = [
        {"id": f"my.{number}", "for": ["learn"], "because": "b", "venue": {"name": "a place"}} | rule
        for number, rule in enumerate(rules)
    ]
    return {"pack": {"id": "mine", "title": "Mine"}, "rule": whole} | top


def codes(found):
    return [(fault.code, fault.pointer) for fault in found.faults]


class TestPacks:
    def test_own_packs_are_clean(self, tmp_path):
        """
        What ships passes its own lint.
        """
        tables = {table["pack"]["id"].replace(".", "_"): table for table in own_tables()}

        found = linted(tmp_path, **tables)

        assert found.faults == ()
        assert {made.id for made in found.packs} == {made.id for made in own_packs()}

    @pytest.mark.parametrize(
        ("rule", "code", "where"),
        [
            ({"needs": {"fame": "named"}}, "item.unknown", "/rule/0/needs/fame"),
            ({"because": "{fame}"}, "slot.unknown", "/rule/0/because"),
            ({"because": "open [bracket"}, "sentence.syntax", "/rule/0/because"),
            ({"mentions": {"topic": ["a*"]}}, "mention.short-prefix", "/rule/0/mentions/topic/0"),
            ({"country": ["UK"]}, "country.unknown", "/rule/0/country"),
            ({"when": {"type": "planet"}}, "dialect.type", "/rule/0/when/type"),
            ({"when": {"allOf": [{"$ref": "http://localhost/x"}]}}, "dialect.reference", "/rule/0/when/allOf/0/$ref"),
            ({"when": {"not": {"pattern": "(a+)+$"}}}, "dialect.keyword", "/rule/0/when/not/pattern"),
            ({"replaces": "fame"}, "rule.unknown", ""),
            ({"for": ["fame"]}, "value.unknown", "/rule/0/for/0"),
            ({"id": "learn.venue.fame", "priority": "high"}, "type.wrong", "/rule/0/priority"),
            ({"venue": {"name": "{time_plan|verb}"}}, "sentence.never-renders", "/rule/0/venue"),
            ({"id": own_packs()[0].rules[0].id}, "rule.repeated", "/rule/0/id"),
        ],
    )
    def test_what_is_wrong(self, tmp_path, rule, code, where):
        """
        Each fault is found with its place and file.
        """
        found = linted(tmp_path, mine=pack(rule))

        assert (code, where) in codes(found)
        assert {fault.source for fault in found.faults} == {"mine.json"}

    def test_a_sound_schema(self, tmp_path):
        """
        A rule with a schema of its own is not judged by what other rules need.
        """
        found = linted(tmp_path, mine=pack({"when": {"properties": {"dominant": {"const": "learn"}}}}))

        assert found.faults == ()

    def test_phrase_without_a_wording(self, tmp_path):
        """
        A phrase that no shape of its item fits, and that has no quotation, can never be spoken.
        """
        phrase = {"when": {"item": "time_plan", "verb": "to {it}"}}

        found = linted(tmp_path, mine=pack({"venue": {"name": "a place {when}"}}, phrase=phrase))

        assert codes(found) == [("sentence.never-renders", "/rule/0/venue")]

    def test_rule_that_never_fires(self, tmp_path):
        """
        An item whose ladder ends below the wanted rung keeps a rule silent for ever.
        """
        checklist = load_schema("checklists/learn")
        checklist["properties"]["topic"]["x-kowhy-rungs"].pop("specific")

        found = linted(tmp_path, learn=checklist, mine=pack({"needs": {"topic": "specific"}}))

        assert ("rule.never-fires", "/rule/0") in codes(found)

    def test_rule_that_is_always_outranked(self, tmp_path):
        """
        Two rules that fire whenever it does and rank higher fill its group; a narrower one may still win.
        """
        rules = [
            {"group": "g", "priority": 100},
            {"group": "g", "priority": 90},
            {"group": "g", "needs": {"topic": "named"}},
            {"group": "g", "needs": {"topic": "named", "scope": "named"}, "priority": 80},
            {"group": "other", "needs": {"topic": "named"}},
        ]

        found = linted(tmp_path, mine=pack(*rules))

        assert codes(found) == [("rule.shadowed", "/rule/2")]
        assert "my.0 and my.1" in found.faults[0].wanted

    def test_ids_twice_over_files(self, tmp_path):
        """
        An id that two of the files use is told for the second.
        """
        other = pack({}) | {"pack": {"id": "other", "title": "Other"}}

        found = linted(tmp_path, mine=pack({}), other=other)

        assert [(fault.code, fault.source) for fault in found.faults] == [("rule.repeated", "other.json")]

    def test_files_of_one_name(self, tmp_path):
        """
        Two files with one name in two folders are two files all the same.
        """
        paths = [tmp_path / folder / "mine.json" for folder in ("a", "b")]
        for path in paths:
            path.parent.mkdir()
            path.write_text(json.dumps(pack({})), encoding="utf-8")

        found = lint(paths, checklists=CHECKLISTS, rater=EnglishRater())

        assert codes(found) == [("pack.id-twice", "/pack/id"), ("rule.repeated", "/rule/0/id")]

    @pytest.mark.parametrize(
        ("change", "code", "given"),
        [
            ({"pack": {"id": "mine", "title": "Mine", "disables": ["fame"]}}, "rule.unknown", "'fame'"),
            ({"override": [{"rule": "fame", "priority": 1}]}, "rule.unknown", "'fame'"),
            ({"override": [{"rule": "my.0", "script": {"say": "x"}}]}, "override.no-such-text", "my.0 script.say"),
            ({"override": [{"rule": "my.0", "because": "{fame}"}]}, "slot.unknown", "'fame'"),
        ],
    )
    def test_changes_in_vain(self, tmp_path, change, code, given):
        """
        What a pack changes in other rules has to be there, among the files or in kowhy.
        """
        found = linted(tmp_path, mine=pack({}) | change)

        assert [(fault.code, fault.source, fault.given) for fault in found.faults] == [(code, "mine.json", given)]

    def test_two_files_that_change_one_text(self, tmp_path):
        """
        Two files that want different things are both named.
        """
        files = {
            name: {
                "pack": {"id": f"p.{name}", "title": "P"},
                "override": [{"rule": own_packs()[0].rules[0].id, "order": 1}],
            }
            for name in ("one", "two")
        }

        found = linted(tmp_path, **files)

        assert [(fault.code, fault.source) for fault in found.faults] == [("override.twice", "one.json and two.json")]

    def test_toml_with_faults_of_every_file(self, tmp_path):
        """
        One bad file does not hide another.
        """
        found = linted(tmp_path, one="[pack", two='[pack]\nid = "x"\n', three={"x": 1})

        assert [fault.source for fault in found.faults][:1] == ["one.toml"]
        assert {fault.source for fault in found.faults} == {"one.toml", "two.toml", "three.json"}


class TestChecklists:
    def test_clean(self, tmp_path):
        """
        A sound checklist is read, and stands for the rules beside it.
        """
        checklist = load_schema("checklists/learn")
        checklist["properties"]["teacher_city"] = checklist["properties"]["scope"] | {"x-kowhy-examples": {}}

        found = linted(tmp_path, learn=checklist, mine=pack({"needs": {"teacher_city": "named"}}))

        assert found.faults == ()
        assert [made.why for made in found.checklists] == ["learn"]

    def test_two_for_one_why(self, tmp_path):
        """
        Of two checklists for one WHY the second is told, for it would not be used.
        """
        found = linted(tmp_path, one=load_schema("checklists/learn"), two=load_schema("checklists/learn"))

        assert [(fault.code, fault.source) for fault in found.faults] == [("checklist.twice", "two.json")]

    def test_examples_that_show_the_opposite(self, tmp_path):
        """
        A specific example has to be rated above the vague ones.
        """
        checklist = load_schema("checklists/learn")
        checklist["properties"]["topic"]["x-kowhy-examples"] = {
            "vague": ["play three Satie pieces from memory"],
            "specific": ["music"],
        }

        found = linted(tmp_path, learn=checklist)

        place = "/properties/topic/x-kowhy-examples/specific/0"
        assert codes(found) == [("example.not-more-specific", place)]
        assert "'music'" in found.faults[0].given
