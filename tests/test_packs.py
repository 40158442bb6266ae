"""
Reading packs: what a schema cannot say is checked as well, and every fault is told with its place.
"""

from __future__ import annotations

import json

import pytest

from kowhy.errors import InvalidPackError
from kowhy.packs import load_pack, pack_from_dict
from tests.cards import CHECKLISTS

LEARN = {"learn": CHECKLISTS["learn"]}


def table(*rules, **top):
    whole = [{"id": f"r{n}", "for": ["learn"], "because": "b", "venue": {"name": "x"}} | r for n, r in enumerate(rules)]
    return {"pack": {"id": "p", "title": "P"}, "rule": whole} | top


def faults(whole, **options):
    with pytest.raises(InvalidPackError) as caught:
        pack_from_dict(whole, source="mine.toml", **options)
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


class TestFaults:
    @pytest.mark.parametrize(
        ("whole", "code", "where"),
        [
            (table({}, {"id": "r0"}), "rule.repeated", "/rule/1/id"),
            (table({}, phrase={"x": {"item": "topic", "noun": "{that}"}}), "slot.unknown", "/phrase/x/noun"),
            (table({"rank": {"needs": 3}}), "rank.taken", "/rule/0/rank/needs"),
            (table({"mentions": {"topic": ["--"]}}), "mention.empty", "/rule/0/mentions/topic/0"),
            (table({"mentions": {"topic": ["ab*"]}}), "mention.short-prefix", "/rule/0/mentions/topic/0"),
            (table({}, words={"x": ["sofa ab*"]}), "mention.short-prefix", "/words/x/0"),
            (
                table({"needs": {"learn.topic": "named"}, "for": ["any"]}),
                "why.not-required",
                "/rule/0/needs/learn.topic",
            ),
            (table({"homepage": "example.org"}), "schema.dependentRequired", "/rule/0"),
            (table({"because": "a ] b"}), "sentence.syntax", "/rule/0/because"),
            (table({"because": "a } b"}), "sentence.syntax", "/rule/0/because"),
        ],
    )
    def test_each(self, whole, code, where):
        """
        Each has its code and place.
        """
        assert (code, where) in faults(whole)

    def test_a_why_without_a_checklist(self):
        """
        A pack is checked against the checklists that it will meet.
        """
        found = faults(table({"for": ["land_a_job"], "needs": {"industry": "named"}}), checklists=LEARN)

        assert ("why.unknown", "/rule/0/needs/industry") in found

    @pytest.mark.parametrize("name", ["mine.toml", "mine.json"])
    @pytest.mark.parametrize("data", [b"[", b"\xff\xfe", b"[" * 100_000])
    def test_no_pack_at_all(self, tmp_path, name, data):
        """
        A file that is neither TOML nor JSON is refused with its name.
        """
        file = tmp_path / name
        file.write_bytes(data)

        with pytest.raises(InvalidPackError) as caught:
            load_pack(file)

        assert [(fault.code, fault.source) for fault in caught.value.faults] == [("pack.syntax", name)]

    def test_toml_and_json_are_one(self, tmp_path):
        """
        The same keys in both forms make the same pack.
        """
        one, other = tmp_path / "mine.json", tmp_path / "mine.toml"
        one.write_text(json.dumps(table({"rank": {"tie": 4}})), encoding="utf-8")
        other.write_text(
            '[pack]\nid = "p"\ntitle = "P"\n[[rule]]\nid = "r0"\nfor = ["learn"]\nbecause = "b"\n'
            'rank = { tie = 4 }\n[rule.venue]\nname = "x"\n',
            encoding="utf-8",
        )

        assert load_pack(one) == load_pack(other)
        assert load_pack(one).rules[0].rank == {"tie": 4}
