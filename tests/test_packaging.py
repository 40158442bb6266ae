"""
What a stranger gets: the wheel, built from the sdist, holds all that kowhy reads, however it is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

#: The files that the package reads beside its code, as they lie in the wheel.
DATA = {
    **{path: PurePosixPath("kowhy", path.relative_to(ROOT).as_posix()) for path in ROOT.glob("schemas/**/*.json")},
    **{
        path: PurePosixPath(path.relative_to(ROOT / "src").as_posix())
        for path in (ROOT / "src" / "kowhy").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    },
}

#: Loads everything that lies in files, and prints where the package is and the names of all schemas.
LOADS = """
import json, sys
sys.path[:0] = sys.argv[1:]
import kowhy
from kowhy.schemas import NAMES, checklist_names, load_schema
names = [*NAMES, *(f"checklists/{why}" for why in checklist_names())]
plan = kowhy.plan({"whys": [{"why": "more_business", "industry": "commercial roofing"}]})
print(json.dumps({
    "home": kowhy.__file__,
    "schemas": {name: load_schema(name)["$id"] for name in names},
    "checklists": list(kowhy.load_checklists()),
    "packs": [pack.id for pack in kowhy.own_packs()],
    "advice": len(plan.recommendations),
}))
"""


def run(*arguments, warnings="error"):
    """
    What a Python of its own prints; it sees the packages of this one.
    """
    done = subprocess.run(
        [sys.executable, "-W", warnings, *map(str, arguments)],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(*arguments):
    """
    Run a module of somebody else, whose own warnings are not ours.
    """
    return run("-m", *arguments, warnings="default")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """
    The wheel that is built from the sdist, without asking any index.
    """
    folder = tmp_path_factory.mktemp("dist")
    tool("build", "--no-isolation", "--outdir", folder, ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def inside(wheel):
    """
    The content of the wheel by path.
    """
    with zipfile.ZipFile(wheel) as archive:
        return {PurePosixPath(name): archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """
    A folder into which pip has installed the wheel, without its dependencies.
    """
    folder = tmp_path_factory.mktemp("installed")
    tool("pip", "install", "-q", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


class TestWheel:
    def test_it_holds_every_data_file_as_it_is(self, inside):
        """
        Schemas, rule packs, texts and tables of words reach the wheel byte for byte, and so does ``py.typed``.
        """
        assert {path for path in DATA.values() if path.suffix == ".json"} >= {PurePosixPath("kowhy/schemas/pack.json")}
        assert PurePosixPath("kowhy/py.typed") in DATA.values()
        assert {target: inside.get(target) for target in DATA.values()} == {
            target: source.read_bytes() for source, target in DATA.items()
        }

    def test_it_holds_nothing_else(self, inside):
        """
        Neither tests nor examples nor docs come along, only the package and what describes it.
        """
        code = {
            PurePosixPath(path.relative_to(ROOT / "src").as_posix()) for path in (ROOT / "src" / "kowhy").rglob("*.py")
        }
        own = {path for path in inside if not path.parts[0].endswith(".dist-info")}

        assert own == code | set(DATA.values())

    def test_it_names_no_place_of_the_machine_that_built_it(self, inside):
        """
        No file holds the path of the checkout or of somebody's home.
        """
        places = [str(ROOT).encode(), b"/home/", b"/root/", b"/Users/", b"/tmp/", b"file://"]
        found = [(str(path), place) for path, content in inside.items() for place in places if place in content]

        assert found == []

    def test_it_says_what_it_is(self, inside):
        """
        The command, the licence and the oldest Python stand in the metadata.
        """
        [folder] = {path.parts[0] for path in inside if path.parts[0].endswith(".dist-info")}
        metadata = inside[PurePosixPath(folder, "METADATA")].decode()

        assert inside[PurePosixPath(folder, "entry_points.txt")].decode() == (
            "[console_scripts]\nkowhy = kowhy.cli:main\n"
        )
        assert PurePosixPath(folder, "licenses", "LICENSE") in inside
        assert "\nLicense-Expression: MIT\n" in metadata
        assert "\nRequires-Python: >=3.11\n" in metadata


class TestInstalls:
    @pytest.mark.parametrize("way", ["zip", "installed", "checkout"])
    def test_everything_loads(self, way, wheel, installed):
        """
        From a zip on the path, from a plain install and from a checkout, all data is found, and a plan comes out.
        """
        place = {"zip": wheel, "installed": installed, "checkout": ROOT / "src"}[way]
        loaded = json.loads(run("-c", LOADS, place))

        files = sorted(ROOT.glob("schemas/**/*.json"))
        assert loaded["home"] == str(place / "kowhy" / "__init__.py")
        assert loaded["schemas"] == {
            path.relative_to(ROOT / "schemas").with_suffix("").as_posix(): json.loads(path.read_text("utf-8"))["$id"]
            for path in files
        }
        assert len(loaded["checklists"]) == 6
        assert len(loaded["packs"]) == len(list((ROOT / "src" / "kowhy" / "catalogue" / "packs").glob("*.toml")))
        assert loaded["advice"] > 0

    def test_an_editable_install_loads_everything(self, tmp_path):
        """
        An editable install reads the schemas of the checkout, so that a new one appears at once.
        """
        flags = ("-q", "--no-deps", "--no-index", "--no-build-isolation", "--target", tmp_path)
        tool("pip", "install", *flags, "--editable", ROOT)
        [link] = tmp_path.glob("*.pth")

        loaded = json.loads(run("-c", LOADS, *link.read_text(encoding="utf-8").split("\n")[:1]))
        assert loaded["home"] == str(ROOT / "src" / "kowhy" / "__init__.py")
        assert len(loaded["schemas"]) == len(list(ROOT.glob("schemas/**/*.json")))
