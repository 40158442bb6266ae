"""
The command, as a person uses it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from kowhy.checklists import load_checklists
from kowhy.cli import main
from kowhy.cli.app import COMMANDS, command
from kowhy.cli.files import write_atomically
from kowhy.cli.interview import Interview
from kowhy.engine import Engine
from kowhy.errors import Fault
from kowhy.installed import Outcome, Plugin
from kowhy.plugins import Installed
from kowhy.whys import WHYS, Learn, Profile

PROFILES = Path(__file__).parents[1] / "examples" / "profiles"
RICH = str(PROFILES / "roofing_referrals.json")


def run(*arguments, typed=None):
    return CliRunner().invoke(command, arguments, input=typed)


def shell(*arguments, **options):
    """
    The command in a process of its own.
    """
    return subprocess.run(
        [sys.executable, "-c", "from kowhy.cli import main; main()", *arguments],
        capture_output=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": str(Path(__file__).parents[1] / "src"), "PYTHONIOENCODING": "utf-8"}
        | options.pop("env", {}),
        **options,
    )


class TestNew:
    @pytest.mark.parametrize("why", WHYS)
    def test_template_is_a_profile(self, why):
        """
        The template loads as it stands, and holds every item with its question.
        """
        done = run("new", why)
        table = tomllib.loads(done.stdout)

        assert done.exit_code == 0
        assert set(WHYS[why].item_keys()) < set(table["whys"][0])
        assert run("score", "-", typed=done.stdout).exit_code == 0

    def test_several_whys_have_a_leader(self):
        """
        With several WHYs the first leads.
        """
        assert tomllib.loads(run("new", "learn", "land_a_job").stdout)["dominant"] == "learn"

    def test_unknown_why(self):
        """
        An unknown WHY is named with those that are known.
        """
        done = run("new", "fame")

        assert done.exit_code == 2
        assert "'fame'" in done.stderr
        assert "solve_a_problem" in done.stderr


class TestShow:
    def test_items_questions_examples(self):
        """
        Every item is shown with its question and examples.
        """
        done = run("show", "learn")

        assert done.exit_code == 0
        for key in WHYS["learn"].item_keys():
            assert f"({key}, weight" in done.stdout

    def test_unknown_why(self):
        """
        An unknown WHY ends with code 2.
        """
        assert run("show", "x").exit_code == 2


class TestScore:
    def test_text(self):
        """
        The text shows the score, every item and what to sharpen next.
        """
        done = run("score", RICH)

        assert done.exit_code == 0
        assert "of 100" in done.stdout
        assert "Sharpen next" in done.stdout
        assert "\x1b" not in done.stdout

    def test_markdown_and_json(self):
        """
        The same in Markdown, and in the published JSON form.
        """
        assert run("score", RICH, "--format", "markdown").stdout.startswith("## ")
        assert json.loads(run("score", RICH, "--format", "json").stdout)["format"] == "kowhy.scorecard/1"

    def test_standard_input(self):
        """
        A dash reads standard input.
        """
        done = run("score", "-", typed=Path(RICH).read_text("utf-8"))

        assert done.exit_code == 0


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("", "json.empty"),
            ("{", "json.syntax"),
            ('{"whys": [{"why": "fame"}]}', "/whys/0/why"),
            ('{"whys": [{"why": "learn", "topic": 5}]}', "/whys/0/topic"),
            ('{"whys": []}', "whys.empty"),
            ("whys = [", "toml.syntax"),
            ('[[whys]]\nwhy = "learn"\ntopic = 5', "/whys/0/topic"),
        ],
    )
    def test_one_line_per_fault(self, text, word):
        """
        Bad input ends with code 2, a line for each fault and no traceback.
        """
        for name in ("score", "plan"):
            done = run(name, "-", typed=text)

            assert done.exit_code == 2
            assert done.stdout == ""
            assert word in done.stderr
            assert "Traceback" not in done.stderr

    def test_missing_file_and_folder(self, tmp_path):
        """
        A file that cannot be read is named.
        """
        assert "no-such-file" in run("plan", "no-such-file.json").stderr
        assert run("plan", str(tmp_path)).exit_code == 2

    def test_toml_that_is_not_text(self, tmp_path):
        """
        A TOML file must be UTF-8 and not too large.
        """
        bad = tmp_path / "bad.toml"
        bad.write_bytes(b"\xff\xfe")
        assert "toml.encoding" in run("score", str(bad)).stderr
        bad.write_bytes(b"#" * 2_000_000)
        assert "toml.too-large" in run("score", str(bad)).stderr

    def test_control_characters_never_reach_the_terminal(self, tmp_path):
        """
        An escape sequence in a profile is shown, not sent.
        """
        profile = {"whys": [{"why": "learn", "topic": "piano\x1b[31m\x07\u202e for weddings"}], "name": "A\x1b[2J"}
        file = tmp_path / "evil.json"
        file.write_text(json.dumps(profile), encoding="utf-8")
        for arguments in (("score",), ("plan", "--all"), ("plan", "--format", "markdown")):
            done = run(arguments[0], str(file), *arguments[1:])

            assert done.exit_code == 0
            assert not {"\x1b", "\x07", "\u202e"} & set(done.stdout)


class TestPlan:
    def test_three_a_part(self):
        """
        The plan shows three recommendations a part, or all.
        """
        short = json.loads(run("plan", RICH, "--format", "json").stdout)
        full = json.loads(run("plan", RICH, "--format", "json", "--all").stdout)

        for part in ("where", "say", "whom", "how"):
            assert len(short[part]) == 3
            assert len(full[part]) > 3

    def test_dismissed(self):
        """
        A dismissed recommendation stays away.
        """
        first = json.loads(run("plan", RICH, "--format", "json").stdout)["where"][0]["id"]
        second = json.loads(run("plan", RICH, "--format", "json", "--dismiss", first).stdout)

        assert first not in [one["id"] for one in second["where"]]

    def test_text_and_markdown(self):
        """
        All four parts have their headings.
        """
        text, markdown = run("plan", RICH).stdout, run("plan", RICH, "--format", "markdown").stdout

        for title in ("Where to go", "What to say", "With whom", "How"):
            assert title.upper() in text
            assert f"## {title}" in markdown

    def test_shareable(self, tmp_path):
        """
        The shareable plan holds no private text.
        """
        problem = {
            "why": "solve_a_problem",
            "problem": "mother falls at night since March",
            "help_kind": "a night carer",
        }
        file = tmp_path / "p.json"
        file.write_text(json.dumps({"whys": [problem]}), encoding="utf-8")

        assert "falls at night" not in run("plan", str(file), "--share", "--all").stdout

    def test_emergency(self, tmp_path):
        """
        Danger to life gives a pointer to help and no plan.
        """
        problem = {"why": "solve_a_problem", "problem": "I want to kill myself", "help_kind": "someone to talk to"}
        file = tmp_path / "p.json"
        file.write_text(json.dumps({"country": "US", "whys": [problem]}), encoding="utf-8")
        text, markdown = run("plan", str(file)).stdout, run("plan", str(file), "--format", "markdown").stdout
        table = json.loads(run("plan", str(file), "--format", "json").stdout)

        assert "911" in text
        assert "911" in markdown
        assert "WHERE TO GO" not in text
        assert table["where"] == []
        assert table["emergency"]["text"]

    def test_reader_of_the_pipe_may_leave(self):
        """
        A closed pipe is no fault.
        """
        code = "from kowhy.cli import main; main()"
        with subprocess.Popen(
            [sys.executable, "-c", code, "plan", RICH, "--all"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        ) as process:
            process.stdout.close()
            errors = process.stderr.read()

        assert errors == b""


class TestRate:
    def test_value_and_reasons(self):
        """
        An answer is rated with reasons, alone and for an item.
        """
        assert "of 1:" in run("rate", "within 40 km of Leeds", "--item", "more_business.geography").stdout
        assert run("rate", "stuff").exit_code == 0
        assert "not rated" in run("rate", "что угодно").stdout
        assert "missing" in run("rate", "asdfgh").stdout

    def test_unknown_item(self):
        """
        An unknown item is named.
        """
        assert run("rate", "x", "--item", "learn.fame").exit_code == 2
        assert run("rate", "x", "--item", "fame").exit_code == 2


class TestAsk:
    def test_new_profile(self, tmp_path):
        """
        The interview begins with the WHYs, takes answers, and saves.
        """
        file = tmp_path / "me.json"
        typed = "9\n3 1\nplay three Satie pieces from memory\n\nx\n<\n<\n<\n<\nq\n"
        done = run("ask", str(file), typed=typed)

        assert done.exit_code == 0
        assert "Please type numbers" in done.stdout
        assert "nothing to go back to" in done.stdout
        assert json.loads(file.read_text("utf-8"))["dominant"] == "learn"

    def test_answer_is_saved_and_raises_the_score(self, tmp_path):
        """
        After each answer the file holds it, so a stop at any time loses nothing.
        """
        file = tmp_path / "me.json"
        done = run("ask", str(file), typed="3\nplay three Satie pieces from memory\n")

        assert done.exit_code == 0
        assert "→" in done.stdout
        assert json.loads(file.read_text("utf-8"))["whys"][0]["topic"] == "play three Satie pieces from memory"

    def test_core_item_cannot_be_declined(self, tmp_path):
        """
        A core item may be skipped, and the reason is said.
        """
        done = run("ask", str(tmp_path / "me.json"), typed="3\nx\nq\n")

        assert "not declined" in done.stdout

    def test_declined_items_are_saved(self, tmp_path):
        """
        A declined item stays declined.
        """
        file = tmp_path / "me.json"
        run("ask", str(file), typed="3\n\nx\nq\n")

        assert len(json.loads(file.read_text("utf-8"))["whys"][0]["declined"]) == 1

    def test_vague_answer_is_told_and_asked_once_more(self, tmp_path):
        """
        A vague answer is taken, with a word on what would be better.
        """
        done = run("ask", str(tmp_path / "me.json"), typed="3\nstuff\nstuff\nq\n")

        assert "could mean many things" in done.stdout
        assert done.stdout.count("For example") >= 1

    def test_everything_skipped(self, tmp_path):
        """
        When nothing is left to ask, the interview ends by itself.
        """
        done = run("ask", str(tmp_path / "me.json"), typed="3\n" + "\n" * 40)

        assert "Nothing left to ask" in done.stdout

    def test_existing_file_goes_on(self, tmp_path):
        """
        An existing profile is continued; a TOML file is left alone and JSON is written beside it.
        """
        file = tmp_path / "me.toml"
        file.write_text(run("new", "learn").stdout, encoding="utf-8")
        before = file.read_text("utf-8")
        done = run("ask", str(file), typed="play three Satie pieces from memory\nq\n")

        assert done.exit_code == 0
        assert file.read_text("utf-8") == before
        assert "Satie" in (tmp_path / "me.json").read_text("utf-8")

    def test_bad_file_is_left_as_it_is(self, tmp_path):
        """
        A file that is no profile is neither used nor overwritten.
        """
        file = tmp_path / "me.json"
        file.write_text("{", encoding="utf-8")

        assert run("ask", str(file)).exit_code == 2
        assert file.read_text("utf-8") == "{"


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_help_of_all_says_what_the_help_of_each_says(self, name):
        """
        The list of commands needs none of them, and still repeats the first line of each.
        """
        own = command.get_command(None, name).help.split("\n\n")[0]

        assert COMMANDS[name][1] == " ".join(own.split())
        assert name in run("--help").stdout

    def test_unknown(self):
        """
        A command that is none of them is named.
        """
        assert "No such command 'plann'" in run("plann").stderr


class TestMain:
    def test_help_and_version(self):
        """
        The command says what it is.
        """
        assert b"Turn a vague wish" in shell("--help").stdout
        assert b"0.1.0" in shell("--version").stdout

    def test_without_the_extra(self, tmp_path):
        """
        Without click the command says what to install.
        """
        (tmp_path / "click.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
        path = f"{tmp_path}{os.pathsep}{Path(__file__).parents[1] / 'src'}"
        done = shell("--help", env={"PYTHONPATH": path})

        assert done.returncode == 2
        assert b"kowhy[cli]" in done.stderr

    def test_ascii_terminal(self):
        """
        Where the terminal knows only ASCII, bars are made of ASCII and nothing breaks.
        """
        done = shell("score", RICH, env={"PYTHONIOENCODING": "ascii"})

        assert done.returncode == 0
        assert b"#" in done.stdout


def pack_file(tmp_path, **rule):
    """
    A pack of one rule for Learn, in a file.
    """
    whole = {"id": "mine.one", "for": ["learn"], "because": "b", "venue": {"name": "a place"}} | rule
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"pack": {"id": "mine", "title": "Mine"}, "rule": [whole]}), encoding="utf-8")
    return str(file)


class TestCheck:
    def test_fine(self, tmp_path):
        """
        Sound files are counted.
        """
        done = run("check", pack_file(tmp_path))

        assert done.exit_code == 0
        assert "1 file(s), 1 rule(s)" in done.stdout

    def test_a_line_for_each_fault(self, tmp_path):
        """
        What is wrong ends with code 2, a line each, with file and place.
        """
        done = run("check", pack_file(tmp_path, because="", priority="high"))

        assert done.exit_code == 2
        assert done.stderr.count("mine.json#/rule/0/") == 2

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ({}, "it fires"),
            ({"needs": {"scope": "named"}}, "it nearly fires; it lacks learn.scope"),
            ({"mentions": {"topic": ["cello"]}}, "it does not fire"),
            ({"needs": {"topic": "vague"}, "because": "{scope} it is"}, "answer to learn.scope that can be said"),
        ],
    )
    def test_what_becomes_of_a_rule(self, tmp_path, rule, said):
        """
        A rule is explained for a profile, condition by condition.
        """
        profile = tmp_path / "me.json"
        profile.write_text('{"whys": [{"why": "learn", "topic": "three Satie pieces"}]}', encoding="utf-8")

        done = run("check", pack_file(tmp_path, **rule), "--rule", "mine.one", str(profile))

        assert said in done.stdout
        assert "for: wanted learn; found learn" in done.stdout


class TestWhyInThePlan:
    def test_why(self):
        """
        The plan says of any rule why it is there or not.
        """
        assert "it fires" in run("plan", RICH, "--why", "business.venue.chamber").stdout
        assert "rule.unknown" in run("plan", RICH, "--why", "business.venue.chambre").stderr

    def test_ranks(self):
        """
        On request each recommendation shows the sum that placed it.
        """
        shown = run("plan", RICH, "--ranks").stdout

        assert shown.count("Rank ") == 12
        assert "serves the WHY that leads 45" in " ".join(shown.split())

    @pytest.mark.parametrize(
        ("text", "code"), [("x = [", "options.syntax"), ("x = 1", "options.no-table"), ("[x]\ny = 1", None)]
    )
    def test_options(self, tmp_path, text, code):
        """
        Options for plugins are tables, by the plugin's name.
        """
        file = tmp_path / "options.toml"
        file.write_text(text, encoding="utf-8")

        done = run("plan", RICH, "--options", str(file), "--strict")

        assert done.exit_code == (2 if code else 0)
        assert (code or "") in done.stderr


class TestReport:
    def test_a_page_of_the_score_and_of_the_plan(self):
        """
        Both come as one page that stands by itself.
        """
        for name in ("score", "plan"):
            page = run(name, RICH, "--format", "html").stdout

            assert page.lower().startswith("<!doctype html>")
            assert "Content-Security-Policy" in page

    def test_a_page_to_hand_on(self, tmp_path):
        """
        The shared page holds nothing private.
        """
        problem = {
            "why": "solve_a_problem",
            "problem": "mother falls at night since March",
            "help_kind": "a night carer",
        }
        file = tmp_path / "p.json"
        file.write_text(json.dumps({"whys": [problem]}), encoding="utf-8")

        assert "falls at night" in run("plan", str(file), "--format", "html").stdout
        assert "falls at night" not in run("plan", str(file), "--format", "html", "--share").stdout


class TestInProcess:
    def test_main(self, monkeypatch, capsys):
        """
        The entry point runs the command, and says what to install where click is missing.
        """
        monkeypatch.setattr(sys, "argv", ["kowhy", "--version"])
        with pytest.raises(SystemExit) as done:
            main()
        assert done.value.code == 0
        assert "0.1.0" in capsys.readouterr().out

        monkeypatch.setitem(sys.modules, "click", None)
        with pytest.raises(SystemExit) as done:
            main()
        assert done.value.code == 2
        assert "kowhy[cli]" in capsys.readouterr().err

    def test_all_commands_are_listed(self):
        """
        Whoever completes words finds every command.
        """
        assert command.list_commands(None) == list(COMMANDS)

    def test_an_error_that_is_ours_alone(self, monkeypatch):
        """
        A fault in kowhy itself is not dressed up as bad input.
        """
        monkeypatch.setattr("kowhy.cli.commands.template", lambda *_, **__: 1 / 0)

        assert isinstance(run("new", "learn").exception, ZeroDivisionError)

    def test_a_file_that_cannot_be_written(self, tmp_path):
        """
        What cannot be put in place leaves nothing behind.
        """
        (tmp_path / "me.json").mkdir()

        with pytest.raises(OSError, match="me"):
            write_atomically(tmp_path / "me.json", "text")

        assert [path.name for path in tmp_path.iterdir()] == ["me.json"]

    def test_an_item_that_another_checklist_adds(self):
        """
        The interview asks for it and keeps its answer beside the others.
        """
        learn = load_checklists()["learn"]
        mood = attrs.evolve(learn.item("topic"), key="mood")
        engine = Engine(checklists=[attrs.evolve(learn, items=(mood,))])
        interview = Interview(engine, Profile(whys=Learn()))

        interview.answer(interview.question(), "calm evenings at the piano")

        assert interview.profile.whys[0].extra["mood"] == ("calm evenings at the piano",)

    def test_no_plugins(self, monkeypatch):
        """
        Where none is installed, one sentence says so.
        """
        monkeypatch.setattr("kowhy.cli.authoring.Engine.with_plugins", Engine)

        assert run("plugins").stdout == "No plugins are installed.\n"

    def test_plugins(self, monkeypatch):
        """
        Installed plugins are listed with what became of each.
        """
        plugin = Plugin(group="kowhy.venues", name="hall", package="halls", version="1.0", value="halls:x")
        fault = Fault(code="plugin.import", source="halls", given="x", wanted="y")
        outcomes = (Outcome(plugin=plugin, state="failed", faults=(fault,)),)
        monkeypatch.setattr(
            "kowhy.cli.authoring.Engine.with_plugins", lambda: Engine(installed=Installed(outcomes=outcomes))
        )

        rows = run("plugins").stdout.splitlines()

        assert rows[0].split() == ["package", "version", "group", "name", "state"]
        assert rows[1].split()[:5] == ["halls", "1.0", "kowhy.venues", "hall", "failed"]
        assert "plugin.import" in rows[1]
