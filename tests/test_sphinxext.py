"""
Directives for Sphinx, each tried in a throw-away project.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="the directives need Sphinx: pip install 'kowhy[docs]'")

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

import kowhy

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schemas"
PACKS = ROOT / "src" / "kowhy" / "catalogue" / "packs"

#: A pack in which every key stands once.
PACK = """
[pack]
id = "oakby"
title = "Oakby"
disables = ["learn.say.opening", "learn.venue.class"]

[words]
keys = ["organ*", "piano", "=choir", "sing", "harp", "viol", "flute", "==drums"]

[phrase.practice]
item = "topic"
noun = "I have begun with {it}."

[[override]]
rule = "learn.venue.workshop"
priority = 20
venue = { find = "Oakby workshop" }

[[rule]]
id = "oakby.table"
replaces = "learn.venue.library"
for = ["learn"]
with = ["pay_it_forward"]
needs = { topic = "named" }
mentions = { "topic|scope" = ["@keys"] }
unless = { level_now = ["==expert"] }
country = ["GB"]
adult = true
when = { required = ["country"] }
because = "You want to learn {topic}."
source = "A leaflet of the library"
homepage = "oakby.example"
confirmed = "2026-11"
[rule.venue]
name = "the *open* table of `Oakby` <b>library</b>"
text = "Sit down[ and ask about {topic|noun}]."
find = "Oakby library"
[rule.step]
when = "Tuesday comes"
then = "go to {place}"
count = "Twice."
stop = "After two evenings alone."
"""

BLANK = {"pack": {"id": "oakby.blank", "title": "Nothing yet"}}


@pytest.fixture
def project(tmp_path):
    """
    A folder for the sources of a project that has the extension and nothing else.
    """
    (tmp_path / "conf.py").write_text('extensions = ["kowhy.sphinxext"]\n', encoding="utf-8")
    return tmp_path


def build(project, page, builder="dummy"):
    """
    The page of *project* as a tree of nodes, the warnings, and the application.
    """
    (project / "index.rst").write_text(f"Page\n====\n\n{page}\n", encoding="utf-8")
    warnings = io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            project, project, project / "out", project / "trees", builder, status=None, warning=warnings, parallel=1
        )
        app.build()
    return app.env.get_doctree("index"), re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()), app


def seen(project, path):
    """
    *path* as a page of *project* names it.
    """
    return os.path.relpath(path, project)


def rows(table):
    """
    The cells of *table* as texts, without its head.
    """
    return [
        [entry.astext() for entry in row.findall(nodes.entry)]
        for row in next(table.findall(nodes.tbody)).findall(nodes.row)
    ]


def tables(tree):
    """
    The rows of each table.
    """
    return [rows(table) for table in tree.findall(nodes.table)]


def terms(tree):
    """
    What is said of each term, as paragraphs.
    """
    return {
        next(item.findall(nodes.term)).astext(): [one.astext() for one in item.findall(nodes.paragraph)]
        for item in tree.findall(nodes.definition_list_item)
    }


class TestChecklist:
    @pytest.mark.parametrize("why", kowhy.load_checklists())
    def test_it_shows_every_item_with_weight_and_question(self, project, why):
        """
        Each of kowhy's own checklists becomes a table whose rows are its items.
        """
        tree, warnings, _ = build(project, f".. kowhy-checklist:: {seen(project, SCHEMAS)}/checklists/{why}.json")
        checklist = kowhy.load_checklists()[why]

        assert warnings == ""
        assert [(row[0], row[1].split(",")[0], row[3]) for row in tables(tree)[0]] == [
            (item.key, str(item.weight), item.ask) for item in checklist.items
        ]

    def test_what_items_add_at_most_is_what_the_score_adds(self, project):
        """
        The core items and the best open ones, as many as suffice, come to 100 by the figures of the table.
        """
        tree, _, _ = build(
            project, f".. kowhy-checklist:: {seen(project, SCHEMAS)}/checklists/learn.json\n   :compact:"
        )
        checklist = kowhy.load_checklists()["learn"]
        most = {row[0]: float(row[2]) for row in tables(tree)[0]}
        others = sorted(most[item.key] for item in checklist.items if not item.core and not item.sensitive)

        best = [most[item.key] for item in checklist.items if item.core] + others[-checklist.enough :]
        assert sum(best) == pytest.approx(100, abs=0.05)

    def test_marks_stand_beside_the_weight(self, project):
        """
        Core and private items are told apart, and so are those that are turned off.
        """
        document = json.loads((SCHEMAS / "checklists" / "more_business.json").read_bytes())
        document["properties"]["offer"]["x-kowhy-weight"] = 0
        (project / "mine.json").write_text(json.dumps(document), encoding="utf-8")

        tree, _, _ = build(project, ".. kowhy-checklist:: mine.json\n   :compact:")

        weights = {row[0]: row[1] for row in tables(tree)[0]}
        assert weights["business_type"].endswith(", core")
        assert weights["demographic"].endswith(", private")
        assert weights["offer"] == "off"

    def test_each_item_is_described_with_its_examples(self, project):
        """
        Below the table stands what an item means, what says little and what says it all.
        """
        tree, _, _ = build(project, f".. kowhy-checklist:: {seen(project, SCHEMAS)}/checklists/learn.json")
        item = kowhy.load_checklists()["learn"].item("learn_kind")

        assert terms(tree)[f"learn_kind {item.title}"] == [
            item.description,
            "Choices: market, craft, subject, trade",
            f"Says little: {'; '.join(item.vague)}",
            f"Says it all: {'; '.join(item.specific)}",
            "Origin: article",
        ]

    def test_compact_leaves_only_the_table(self, project):
        """
        Who wants a table gets no more.
        """
        tree, _, _ = build(
            project, f".. kowhy-checklist:: {seen(project, SCHEMAS)}/checklists/learn.json\n   :compact:"
        )

        assert len(tables(tree)) == 1
        assert terms(tree) == {}

    def test_an_unusual_ladder_is_told_with_its_item(self, project):
        """
        The ladder that most items share stands once, and another one with its item, in words.
        """
        document = json.loads((SCHEMAS / "checklists" / "learn.json").read_bytes())
        item = {key: part for key, part in document["properties"]["scope"].items() if key != "description"}
        del item["x-kowhy-examples"]
        item["x-kowhy-rungs"] = {
            "named": {"credit": 0.5, "specificity": 0.3, "schema": {"minItems": 3}},
            "specific": {"credit": 1.0, "specificity": 0.7, "schema": {"contains": {"minLength": 9}}},
        }
        document["properties"]["scope"] = item
        (project / "mine.json").write_text(json.dumps(document), encoding="utf-8")

        tree, warnings, _ = build(project, ".. kowhy-checklist:: mine.json")

        assert warnings == ""
        unusual = (
            "What each rung earns: named 50 % from a rating of 0.30 with 3 answers or more, "
            'specific 100 % from a rating of 0.70 with answers that satisfy {"contains": {"minLength": 9}}'
        )
        assert terms(tree)["scope Scope"] == ["Origin: derived", unusual]
        assert "unless an item says otherwise: vague 15 %, named 60 % from a rating of 0.35" in tree.astext()

    def test_items_can_be_linked_to(self, project):
        """
        The address of an item is its WHY and its key; shown twice on a page, the first has it.
        """
        line = f".. kowhy-checklist:: {seen(project, SCHEMAS)}/checklists/learn.json\n\n"
        _, warnings, _ = build(project, line + line, builder="html")
        page = (project / "out" / "index.html").read_text(encoding="utf-8")

        assert warnings == ""
        assert page.count('id="learn-level-now"') == 1


class TestPack:
    def test_it_says_all_of_a_rule(self, project):
        """
        Conditions, texts, reason, source and what it replaces are there, and nothing is read as markup.
        """
        (project / "pack.toml").write_text(PACK, encoding="utf-8")
        tree, warnings, _ = build(project, ".. kowhy-pack:: pack.toml")

        assert warnings == ""
        [conditions, *said] = terms(tree)["oakby.table"]
        assert conditions == (
            "for learn; with pay_it_forward; in GB; for adults only; needs topic (named); hears in topic | scope: "
            "organ*, piano, =choir, sing, harp, viol, flute, ==drums; not with level_now: ==expert; and the scorecard "
            "satisfies a schema"
        )
        assert said == [
            "In the place of learn.venue.library.",
            "Where: the *open* table of `Oakby` <b>library</b>",
            "What to do: Sit down[ and ask about {topic|noun}].",
            "Search for: Oakby library",
            "How: Tuesday comes",
            "Then: go to {place}",
            "How often: Twice.",
            "Stop rule: After two evenings alone.",
            "Why: You want to learn {topic}.",
            "Source: A leaflet of the library; oakby.example, seen 2026-11",
        ]
        assert [one.astext() for one in tree.findall(nodes.literal)].count("{topic|noun}") == 1

    def test_it_says_what_it_changes_in_others(self, project):
        """
        Rules that are turned off or changed stand before the rules of its own.
        """
        (project / "pack.toml").write_text(PACK, encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-pack:: pack.toml")

        assert [one.astext() for one in tree.findall(nodes.paragraph)][:3] == [
            "oakby: 1 rules, 1 venues, 0 scripts, 0 people, 1 steps.",
            "Turns off: learn.say.opening, learn.venue.class",
            "Changes priority, venue.find of learn.venue.workshop.",
        ]

    def test_compact_is_one_row_a_rule(self, project):
        """
        A table names what is recommended, and cuts long lists of words.
        """
        (project / "pack.toml").write_text(PACK, encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-pack:: pack.toml\n   :compact:")

        [[[what, when]]] = tables(tree)
        assert "sing, harp, viol, and 2 more; not with" in when
        assert what.split("\n\n") == [
            "Where: the *open* table of `Oakby` <b>library</b>; How: go to {place} (oakby.example, seen 2026-11)",
            "oakby.table",
        ]

    def test_a_pack_without_rules_is_no_empty_table(self, project):
        """
        A pack may only change others, or nothing yet.
        """
        (project / "blank.json").write_text(json.dumps(BLANK), encoding="utf-8")
        tree, warnings, _ = build(project, ".. kowhy-pack:: blank.json\n   :compact:")

        assert (tables(tree), warnings) == ([], "")

    def test_a_rule_for_everybody_says_no_more_than_that(self, project):
        """
        Without conditions and source there is nothing to tell but for whom it is, and why.
        """
        pack = '[pack]\nid = "a"\ntitle = "A"\n[[rule]]\nid = "a.b"\nfor = ["learn"]\nbecause = "B."\n'
        (project / "pack.toml").write_text(f'{pack}venue = {{ name = "c" }}\n', encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-pack:: pack.toml\n\n.. kowhy-pack:: pack.toml\n   :compact:")

        assert terms(tree) == {"a.b": ["for learn", "Where: c", "Why: B."]}
        assert tables(tree) == [[["Where: c\n\na.b", "for learn"]]]

    def test_own_checklists_make_own_items_known(self, project):
        """
        Rules may name items that only the checklists of the plugin have.
        """
        document = json.loads((SCHEMAS / "checklists" / "learn.json").read_bytes())
        document["properties"]["budget"] = document["properties"]["scope"] | {"title": "Budget"}
        (project / "mine.json").write_text(json.dumps(document), encoding="utf-8")
        pack = '[pack]\nid = "a"\ntitle = "A"\n[[rule]]\nid = "a.b"\nfor = ["learn"]\nneeds = { budget = "named" }\n'
        (project / "pack.toml").write_text(f'{pack}because = "B."\nvenue = {{ name = "c" }}\n', encoding="utf-8")

        _, without, _ = build(project, ".. kowhy-pack:: pack.toml")
        tree, with_it, _ = build(project, ".. kowhy-pack:: pack.toml\n   :checklists: mine.json")

        assert "item.unknown" in without
        assert with_it == ""
        assert terms(tree)["a.b"][0] == "for learn; needs budget (named)"

    def test_every_pack_of_kowhy_has_a_page(self):
        """
        No pack of the catalogue is left out of the reference.
        """
        pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference" / "packs").glob("*.md")]
        shown = re.findall(r"\{kowhy-pack\} \S*/(\w+\.toml)", "\n".join(pages))

        assert sorted(shown) == sorted(path.name for path in PACKS.glob("*.toml"))


class TestScorecard:
    def test_its_points_add_up(self, project):
        """
        The last row is the sum of those above, in points and in hundredths of the score.
        """
        profile = ROOT / "examples" / "profiles" / "roofing_referrals.json"
        tree, warnings, _ = build(project, f".. kowhy-scorecard:: {seen(project, profile)}")
        score = kowhy.score(json.loads(profile.read_bytes())).whys["more_business"]
        [*items, total] = tables(tree)[0]

        assert warnings == ""
        assert sum(int(row[4]) for row in items) == int(total[4]) == score.points
        assert sum(float(row[5]) for row in items) == pytest.approx(score.score, abs=0.05)
        assert [row[2] for row in items] == [item.rung for item in score.items.values()]

    def test_private_and_declined_answers_are_not_shown(self, project):
        """
        What is private stays so on a page, and what was declined is called that.
        """
        profile = """
            [[whys]]
            why = "learn"
            topic = "playing the organ"
            scope = "hymns with pedals in Ghent"
            private = ["scope"]
            declined = ["purpose"]
            not_applicable = ["teacher_kind"]
        """
        (project / "me.toml").write_text(profile, encoding="utf-8")
        tree, warnings, _ = build(project, ".. kowhy-scorecard:: me.toml")

        said = {row[0]: row[1] for row in tables(tree)[0]}
        assert warnings == ""
        assert (said["Scope"], said["Purpose"]) == ("(private)", "declined")
        assert "no use here" in said.values()
        assert "hymns" not in tree.astext()

    def test_a_stored_scorecard_is_shown_as_it_is(self, project):
        """
        A scorecard in its JSON form is not scored again, and needs no answers at all.
        """
        card = kowhy.to_dict(kowhy.score({"whys": [{"why": "learn", "topic": "more clients"}]}))
        card["whys"]["learn"]["score"] = 12.5
        (project / "card.json").write_text(json.dumps(card), encoding="utf-8")
        tree, warnings, _ = build(project, ".. kowhy-scorecard:: card.json")

        assert warnings == ""
        assert "Learn: 12.5 of 100" in tree.astext()

    def test_the_leading_why_and_the_findings_are_told(self, project):
        """
        Of several WHYs the one that leads is marked, and what is worth knowing stands below.
        """
        profile = {
            "dominant": "learn",
            "whys": [{"why": "learn"}, {"why": "pay_it_forward", "service": "mending bikes"}],
        }
        (project / "me.json").write_text(json.dumps(profile), encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-scorecard:: me.json")
        findings = [item.astext() for item in tree.findall(nodes.list_item)]

        assert [one.astext() for one in tree.findall(nodes.rubric)] == [
            "Learn: 0.0 of 100, leads",
            next(one.astext() for one in tree.findall(nodes.rubric) if "Pay it forward" in one.astext()),
            "Worth knowing",
        ]
        assert findings == [finding.text for finding in kowhy.score(profile).findings]

    def test_a_sound_profile_has_no_findings(self, project):
        """
        Nothing worth knowing is no heading.
        """
        profile = {"whys": [{"why": "learn", "topic": "playing three Satie pieces from memory"}]}
        (project / "me.json").write_text(json.dumps(profile), encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-scorecard:: me.json")

        assert "Worth knowing" not in tree.astext()

    def test_own_checklists_score(self, project):
        """
        A plugin shows what its own checklist makes of a profile.
        """
        document = json.loads((SCHEMAS / "checklists" / "learn.json").read_bytes())
        document["title"] = "Learn to sail"
        (project / "mine.json").write_text(json.dumps(document), encoding="utf-8")
        (project / "me.json").write_text('{"whys": [{"why": "learn"}]}', encoding="utf-8")

        tree, _, _ = build(project, ".. kowhy-scorecard:: me.json\n   :checklists: mine.json")

        assert "Learn to sail: 0.0 of 100" in tree.astext()


class TestSchema:
    @pytest.mark.parametrize("name", ["profile", "scorecard", "plan", "checklist", "pack"])
    def test_every_key_stands_in_its_page(self, project, name):
        """
        Whatever the top of a schema names is a row, with what it means.
        """
        schema = json.loads((SCHEMAS / f"{name}.json").read_bytes())
        tree, warnings, _ = build(project, f".. kowhy-schema:: {seen(project, SCHEMAS)}/{name}.json")
        meanings = {row[0].removesuffix(" (required)"): row[2] for row in tables(tree)[0]}

        assert warnings == ""
        assert {key: meanings[key] for key in schema["properties"]} == {
            key: part.get("description", "") for key, part in schema["properties"].items()
        }

    def test_values_are_told_in_a_few_words(self, project):
        """
        Every way of a schema to say what a value may be is put plainly.
        """
        schema = {
            "$id": "urn:a",
            "description": "A.",
            "required": ["const"],
            "properties": {
                "const": {"const": 1},
                "few": {"enum": ["a", None]},
                "many": {"enum": list("abcdefgh")},
                "any": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/b"}, {"type": "string"}]},
                "list": {"type": "array", "items": {"type": "integer"}},
                "table": {"type": "object", "additionalProperties": {"type": "array"}},
                "inside": {"type": "object", "properties": {"key": {"type": ["boolean", "null"]}}},
                "free": {},
            },
            "$defs": {"b": {"title": "B.", "type": "number"}, "helper": {"type": "object"}},
        }
        (project / "a.json").write_text(json.dumps(schema), encoding="utf-8")
        tree, _, _ = build(project, ".. kowhy-schema:: a.json")

        assert [row[:2] for row in tables(tree)[0]] == [
            ["const (required)", "1"],
            ["few", '"a" or null'],
            ["many", 'one of 8 values, "a" to "h"'],
            ["any", "string or b"],
            ["list", "list of integer"],
            ["table", "table of array"],
            ["inside", "object"],
            ["inside.key", "boolean or null"],
            ["free", ""],
        ]
        assert [one.astext() for one in tree.findall(nodes.rubric)] == ["b"]
        assert tree.astext().endswith("B.\n\nnumber")


class TestFaults:
    @pytest.mark.parametrize(
        ("directive", "name", "content", "told"),
        [
            ("kowhy-checklist", "no.json", None, "no.json: No such file or directory"),
            ("kowhy-checklist", "a.json", "{", "a.json: checklist.syntax"),
            ("kowhy-pack", "a.toml", '[pack]\nid = "a"\n', "a.toml#/pack: key.missing"),
            ("kowhy-scorecard", "a.json", "nothing", "a.json: document.syntax"),
            ("kowhy-scorecard", "a.json", '{"whys": [{"why": "lern"}]}', "/whys/0/why: why.unknown"),
            ("kowhy-scorecard", "a.json", '{"format": "kowhy.scorecard/1"}', "key.missing"),
            ("kowhy-scorecard", "a.json", "[]", "document"),
        ],
    )
    def test_what_is_wrong_is_a_warning_at_its_line(self, project, directive, name, content, told):
        """
        A bad file fails a build with ``-W`` and says where; the rest of the page is there.
        """
        if content is not None:
            (project / name).write_text(content, encoding="utf-8")
        tree, warnings, _ = build(project, f"Before.\n\n.. {directive}:: {name}\n\nAfter.")

        assert f"{project / 'index.rst'}:6: WARNING: " in warnings
        assert told in warnings
        assert tree.astext().endswith("Before.\n\nAfter.")

    def test_every_fault_is_told(self, project):
        """
        Two mistakes are two warnings.
        """
        (project / "a.json").write_text('{"country": "UK", "whys": [{"why": "learn", "topik": "x"}]}', encoding="utf-8")
        _, warnings, _ = build(project, ".. kowhy-scorecard:: a.json")

        assert warnings.count("WARNING") == 2

    def test_a_page_is_built_anew_when_its_file_changes(self, project):
        """
        Whoever edits a checklist need not touch the page.
        """
        (project / "a.json").write_text('{"whys": [{"why": "learn"}]}', encoding="utf-8")
        build(project, ".. kowhy-scorecard:: a.json")
        (project / "a.json").write_text('{"whys": [{"why": "pay_it_forward"}]}', encoding="utf-8")
        os.utime(project / "a.json", ns=(2**62, 2**62))

        with docutils_namespace():
            app = Sphinx(project, project, project / "out", project / "trees", "dummy", status=None, warning=None)
            app.build()
        assert "Pay it forward: 0.0 of 100" in app.env.get_doctree("index").astext()
