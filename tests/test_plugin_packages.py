"""
The two example packages as strangers get them: built, installed beside the wheel of kowhy, and at work.
"""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "examples" / "plugins"
NAMES = ("kowhy-chamber", "kowhy-ics")

PROFILE = {
    "dominant": "more_business",
    "whys": [
        {"why": "more_business", "industry": "commercial roofing", "geography": "Harrowmere and 10 km around"},
        {"why": "learn", "topic": "playing the church organ"},
    ],
}


def run(*command, cwd):
    """
    What a program prints; nothing of this checkout is on its path.
    """
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "KOWHY_DENY_PLUGINS")}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """
    A fresh environment with the three wheels, which sees the dependencies of this one, and asks no index.
    """
    folder = tmp_path_factory.mktemp("strangers")
    wheels = folder / "wheels"
    for source in (ROOT, *(PLUGINS / name for name in NAMES)):
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, source, cwd=folder)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder / "env")}))
    python = scripts / Path(sys.executable).name
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    # Behind its own packages, so that the wheel wins over a kowhy that is installed here.
    places = dict.fromkeys([*site.getsitepackages(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (own / "dependencies.pth").write_text("".join(f"{one}\n" for one in places), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index")
    run(*pip, *sorted(wheels.glob("*.whl")), cwd=folder)
    (folder / "me.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    shutil.copy(PLUGINS / "kowhy-ics" / "tests" / "evenings.ics", folder)
    (folder / "options.toml").write_text('[kowhy-ics]\nfiles = ["evenings.ics"]\nfrom = 2026-12-01\n', encoding="utf-8")
    return folder, scripts


class TestInstalled:
    def test_they_are_listed_with_package_version_and_state(self, place):
        """
        ``kowhy plugins`` names both, and kowhy itself comes from its wheel.
        """
        folder, scripts = place

        rows = [line.split() for line in run(scripts / "kowhy", "plugins", cwd=folder).splitlines()]
        home = run(scripts / "python", "-c", "import kowhy; print(kowhy.__file__)", cwd=folder)

        assert rows == [
            ["package", "version", "group", "name", "state"],
            ["kowhy-ics", "0.1.0", "kowhy.venues", "kowhy-ics", "loaded"],
            ["kowhy-chamber", "0.1.0", "kowhy.packs", "kowhy-chamber", "loaded"],
        ]
        assert Path(home.strip()).is_relative_to(folder)

    def test_both_stand_in_a_plan(self, place):
        """
        ``kowhy plan`` holds tables and words of the chamber, and an event of the calendar.
        """
        folder, scripts = place
        command = (scripts / "kowhy", "plan", "me.json", "--all", "--format", "json", "--options", "options.toml")

        plan = json.loads(run(*command, cwd=folder))

        assert plan["problems"] == []
        assert {"harrowmere.venues", "harrowmere.scripts", "kowhy-ics [kowhy.venues] kowhy-ics"} <= set(plan["packs"])
        made = {one["id"]: one for part in ("where", "say") for one in plan[part]}
        assert made["harrowmere.venue.builders"]["pack"] == "harrowmere.venues"
        assert "harrowmere.script.breakfast" in made
        event = made["kowhy-ics.organ@example.org"]
        assert event["text"].startswith("Tuesday 1 December 2026, 19:00 (Europe/London), Leeds Minster, Leeds.")

    def test_the_example_shows_what_each_added(self, place):
        """
        ``examples/with_plugins.py`` names both, with the table of the chamber and the evening of the calendar.
        """
        folder, scripts = place

        told = run(scripts / "python", "-W", "error", ROOT / "examples" / "with_plugins.py", cwd=folder)

        chamber, calendar = told.split("kowhy-ics: loaded\n")
        assert chamber.startswith("kowhy-chamber: loaded\n  where: The building trades table")
        assert "  say: To the steward of the chamber, before you sit down\n" in chamber
        assert calendar.startswith("  where: Organ evening for beginners\n    because: It speaks of what you name")
        assert calendar.endswith(" and 0 problems.\n")
        assert "not installed" not in told

    def test_a_fault_in_the_options_is_told_in_the_plan(self, place):
        """
        A calendar that is not there is a problem of the plan, and the chamber still has its say.
        """
        folder, scripts = place
        (folder / "wrong.toml").write_text('[kowhy-ics]\nfiles = "gone.ics"\nfrom = 2026-12-01\n', encoding="utf-8")
        command = (scripts / "kowhy", "plan", "me.json", "--all", "--format", "json", "--options", "wrong.toml")

        plan = json.loads(run(*command, cwd=folder))

        assert [(one["code"], one["source"]) for one in plan["problems"]] == [
            ("ics.file", "kowhy-ics [kowhy.venues] kowhy-ics gone.ics")
        ]
        assert any(one["pack"] == "harrowmere.venues" for one in plan["where"])

    def test_their_own_tests_pass(self, place):
        """
        The tests that each package brings pass against what is installed.
        """
        folder, scripts = place
        for name in NAMES:
            shutil.copytree(PLUGINS / name / "tests", folder / name, ignore=shutil.ignore_patterns("__pycache__"))

        flags = ("-q", "-p", "no:cacheprovider", "-W", "error", "--import-mode=importlib", "--rootdir", folder)
        told = run(scripts / "python", "-m", "pytest", *flags, *NAMES, cwd=folder)

        assert " passed" in told
        assert "failed" not in told
