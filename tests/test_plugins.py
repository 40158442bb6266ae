"""
Plugins as packages: which are found, which take part, and what becomes of those that do not fit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kowhy import plugins
from kowhy._frozen import FrozenMap
from kowhy.checklists import load_checklists
from kowhy.engine import Engine, default_engine
from kowhy.errors import PluginError, UnknownNameError
from kowhy.plugins import Recommender, discover, find, named, named_checklists, named_rater
from kowhy.schemas import load_schema
from tests.installs import HEAD, PACK, Site, forget, module

ROOT = Path(__file__).parents[1]
VERSION = "0.2.0"
PROFILE = {"whys": [{"why": "learn", "topic": "playing the church organ"}]}
VENUE = 'return [Recommendation.of("hall", "where", name="the town hall")]'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """
    An empty folder for packages, on the path; the denied names of the environment are cleared.
    """
    monkeypatch.delenv("KOWHY_DENY_PLUGINS", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Site(tmp_path)
    forget(tmp_path)


def look(**fields):
    return discover(version=VERSION, checklists=load_checklists(), **fields)


def states(installed):
    return [(one.plugin.package, one.plugin.group, one.plugin.name, one.state) for one in installed.outcomes]


def where(engine):
    return [one.id for one in engine.plan(PROFILE).where]


class TestFinding:
    def test_a_recommender_takes_part(self, site):
        """
        An installed recommender needs no more than its entry point to stand in a plan.
        """
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": module(VENUE)})
        engine = Engine.with_plugins(packs=())

        plan = engine.plan(PROFILE)

        assert [(one.id, one.name, one.pack) for one in plan.where] == [
            ("hall.hall", "The town hall", "one-hall [kowhy.venues] hall")
        ]
        assert plan.problems == ()
        assert plan.packs == ("one-hall [kowhy.venues] hall",)
        assert engine.installed.outcomes[0].plugin.version == "1.0"

    def test_an_object_serves_as_well_as_a_module(self, site):
        """
        An entry point may name an object with a method.
        """
        head = f'{HEAD}\nclass Hall:\n    kowhy_api = 1\n    kowhy_min = "0.1"\n'
        source = f"{head}    def recommend(self, scorecard, *, options):\n        {VENUE}\nhall = Hall()\n"
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall:hall")], files={"one_hall.py": source})

        assert where(Engine.with_plugins(packs=())) == ["hall.hall"]
        assert isinstance(sys.modules["one_hall"].hall, Recommender)

    def test_a_pack_takes_part(self, site):
        """
        All packs in the folder of an installed package add their rules.
        """
        files = {f"fairs/packs/{name}.toml": PACK.format(id=f"fairs.{name}") for name in ("b", "a")}
        site.install("fairs", plugins=[("kowhy.packs", "fairs", "fairs")], files={"fairs/__init__.py": "", **files})

        engine = Engine.with_plugins(packs=())

        assert where(engine) == ["fairs.a.fair", "fairs.b.fair"]
        assert engine.plan(PROFILE).packs == ("fairs.a", "fairs.b")

    def test_checklists_and_raters_wait_until_they_are_named(self, site):
        """
        Installing a package with a checklist or a rater imports nothing and changes no score.
        """
        before = Engine().score(PROFILE)
        site.install(
            "judges",
            plugins=[("kowhy.checklists", "mine", "judges"), ("kowhy.raters", "mine", "judges:Rater")],
            files={"judges/__init__.py": "raise SystemExit"},
        )

        engine = Engine.with_plugins()

        assert states(engine.installed) == [
            ("judges", "kowhy.checklists", "mine", "available"),
            ("judges", "kowhy.raters", "mine", "available"),
        ]
        assert engine.score(PROFILE) == before
        assert engine.plan(PROFILE).problems == ()

    def test_nothing_is_imported_by_looking(self, site):
        """
        Finding reads metadata only.
        """
        site.install("loud", plugins=[("kowhy.venues", "loud", "loud")], files={"loud.py": "raise SystemExit"})

        found, failed = find()

        assert [(one.package, one.version, one.value) for one in found] == [("loud", "1.0", "loud")]
        assert failed == ()
        assert "loud" not in sys.modules

    def test_importing_kowhy_looks_for_nothing(self):
        """
        Discovery waits until an engine with plugins is asked for.
        """
        code = (
            "import sys; import kowhy; kowhy.Engine; import kowhy.plugins; print('importlib.metadata' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}"],
            capture_output=True,
            text=True,
            check=True,
        )

        assert done.stdout == "False\n"

    def test_a_package_that_lies_in_two_places_counts_once(self, site, tmp_path, monkeypatch):
        """
        The copy that Python imports is the one that counts; the other is no rival.
        """
        for name, version in (("later", "1.0"), ("sooner", "2.0")):
            other = Site(tmp_path / name)
            other.install(
                "One_Hall" if name == "later" else "one-hall",
                version,
                plugins=[("kowhy.venues", "hall", "one_hall")],
                files={"one_hall.py": module(VENUE)},
            )
            monkeypatch.syspath_prepend(str(other.folder))

        installed = look()

        assert states(installed) == [("one-hall", "kowhy.venues", "hall", "loaded")]
        assert installed.outcomes[0].plugin.version == "2.0"
        assert installed.faults == ()

    @pytest.mark.parametrize("listed", ["no section = x\n", "[kowhy.venues]\nno value\n", "[kowhy.venues\n= x\n"])
    def test_a_package_whose_list_cannot_be_read_hides_no_other(self, site, listed):
        """
        A damaged list of entry points costs its own package only, and is told where it matters.
        """
        site.install("damaged", metadata=listed)
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": module(VENUE)})

        installed = look()

        assert [source.name for source in installed.sources] == ["hall"]
        assert {one.plugin.package for one in installed.outcomes if one.state == "failed"} <= {"damaged"}

    def test_what_cannot_be_read_is_told(self, site):
        """
        The package, if it has a name, stands in the fault; it is no plugin that one could name.
        """
        site.install("damaged", metadata="[kowhy.venues]\nno value\n")
        site.install("nameless", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": module(VENUE)})
        (site.folder / "nameless-1.0.dist-info" / "METADATA").unlink()

        found, failed = find()

        assert found == ()
        assert {one.plugin.label for one in failed} == {"damaged", "a package without a name"}
        assert [(one.state, one.fault.code) for one in failed] == [("failed", "plugin.metadata")] * 2

    def test_a_package_that_is_broken_altogether(self, monkeypatch):
        """
        Where not even the name can be read, that is said.
        """

        class Broken:
            def __getattr__(self, name):
                raise OSError(name)

        monkeypatch.setattr("importlib.metadata.distributions", lambda: [Broken()])

        _, [failed] = find()

        assert (failed.plugin.label, failed.fault.given) == ("a package without a name", "OSError: entry_points")


class TestNames:
    def test_a_name_used_twice_names_both_packages(self, site):
        """
        Of two packages with one name the first in the alphabet takes part, whichever was installed first.
        """
        for package in ("zeta", "alpha"):
            site.install(
                package,
                plugins=[("kowhy.venues", "hall", package)],
                files={f"{package}.py": module(VENUE.replace("the town hall", package))},
            )

        installed = look()

        assert states(installed) == [
            ("alpha", "kowhy.venues", "hall", "loaded"),
            ("zeta", "kowhy.venues", "hall", "failed"),
        ]
        assert [str(fault) for fault in installed.faults] == [
            (
                "zeta [kowhy.venues] hall: plugin.name-twice; got 'hall'; wanted a name of its own; "
                "alpha [kowhy.venues] hall has it too and takes part"
            )
        ]

    def test_a_denied_package_takes_no_name_from_another(self, site):
        """
        Denying one of two packages with the same name lets the other take part, without a fault.
        """
        for package in ("zeta", "alpha"):
            site.install(package, plugins=[("kowhy.venues", "hall", package)], files={f"{package}.py": module(VENUE)})

        installed = look(deny={"alpha"})

        assert states(installed) == [
            ("alpha", "kowhy.venues", "hall", "denied"),
            ("zeta", "kowhy.venues", "hall", "loaded"),
        ]
        assert installed.faults == ()

    def test_one_package_may_fill_several_parts_under_one_name(self, site):
        """
        Venues and people of one package share a name and options; another package's people do not get in between.
        """
        people = "import sys\n" + module('return [Recommendation.of("she", "whom", name="somebody")]')
        rows = [("kowhy.venues", "hall", "one_hall"), ("kowhy.people", "hall", "one_people")]
        site.install("one-hall", plugins=rows, files={"one_hall.py": module(VENUE), "one_people.py": people})
        site.install("late", plugins=[("kowhy.people", "hall", "late")], files={"late.py": people})

        installed = look()

        assert [(source.name, source.part, source.package) for source in installed.sources] == [
            ("hall", "where", "one-hall"),
            ("hall", "whom", "one-hall"),
        ]
        assert [fault.source for fault in installed.faults] == ["late [kowhy.people] hall"]

    def test_two_packages_with_a_pack_of_one_id(self, site):
        """
        A pack's id stands for one pack only, so that allowing it by name lets nobody else in.
        """
        for package in ("alpha", "zeta"):
            site.install(
                package,
                plugins=[("kowhy.packs", package, package)],
                files={f"{package}/__init__.py": "", f"{package}/packs/x.toml": PACK.format(id="fair")},
            )

        installed = look()

        assert [pack.id for pack in installed.packs] == ["fair"]
        assert [(fault.code, fault.source, fault.given) for fault in installed.faults] == [
            ("plugin.pack-twice", "zeta [kowhy.packs] zeta", "'fair'")
        ]
        assert "alpha [kowhy.packs] alpha" in installed.faults[0].wanted


class TestDenying:
    @pytest.mark.parametrize("name", ["hall", "one-hall", "One_Hall", "*"])
    @pytest.mark.parametrize("way", ["argument", "variable"])
    def test_it_acts_before_anything_is_imported(self, site, monkeypatch, name, way):
        """
        A denied plugin, by its own name or its package's, is never imported.
        """
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": module(VENUE)})
        if way == "variable":
            monkeypatch.setenv("KOWHY_DENY_PLUGINS", f"other, {name}")

        engine = Engine.with_plugins(packs=(), deny={name} if way == "argument" else ())

        assert "one_hall" not in sys.modules
        assert states(engine.installed) == [("one-hall", "kowhy.venues", "hall", "denied")]
        assert engine.plan(PROFILE).where == ()
        assert engine.plan(PROFILE).problems == ()

    def test_one_name_needs_no_set(self, site):
        """
        A text denies the plugin of that name, not those whose names are its letters.
        """
        site.install("one-hall", plugins=[("kowhy.venues", "l", "one_hall")], files={"one_hall.py": module(VENUE)})

        assert look(deny="hall").outcomes[0].state == "loaded"
        assert look(deny="one-hall").outcomes[0].state == "denied"


GOOD = {"one_hall.py": module(VENUE)}

#: A module in a row, what is wrong with it, what the fault says was given, and what was wanted.
MISFITS = {
    "not there": ("", "one_hall:gone", "plugin.import", "AttributeError: module 'one_hall' has no attribute 'gone'"),
    "no module": ("", "gone_hall", "plugin.import", "ModuleNotFoundError: No module named 'gone_hall'"),
    "syntax": ("def (", "one_hall", "plugin.import", "SyntaxError: invalid syntax"),
    "exit": ("raise SystemExit(3)", "one_hall", "plugin.import", "SystemExit: 3"),
    "generator exit": ("raise GeneratorExit", "one_hall", "plugin.import", "GeneratorExit"),
    "silent error": (
        "class E(Exception):\n    def __str__(self): raise ValueError\n    __repr__ = __str__\nraise E",
        "one_hall",
        "plugin.import",
        "E, which has no repr",
    ),
    "no recommend": ("x = 1", "one_hall", "plugin.misfit", "one_hall without recommend"),
    "not callable": ("recommend = 1", "one_hall", "plugin.misfit", "one_hall without recommend"),
    "no options": (
        "def recommend(scorecard): return []",
        "one_hall",
        "plugin.misfit",
        "one_hall with recommend(scorecard)",
    ),
    "class": (
        "class Hall:\n    def recommend(self, scorecard, *, options): return []",
        "one_hall:Hall",
        "plugin.misfit",
        "Hall with recommend(self, scorecard, *, options)",
    ),
    "async": (
        "async def recommend(scorecard, *, options): return []",
        "one_hall",
        "plugin.misfit",
        "one_hall with an async recommend",
    ),
    "later api": ("kowhy_api = 2\n" + module(VENUE), "one_hall", "plugin.api", "2"),
    "api of another type": ("kowhy_api = True\n" + module(VENUE), "one_hall", "plugin.api", "True"),
    "later kowhy": ('kowhy_min = "0.10"\n' + module(VENUE), "one_hall", "plugin.kowhy-too-old", "'0.10'"),
    "least kowhy in words": ('kowhy_min = "new"\n' + module(VENUE), "one_hall", "plugin.kowhy-min", "'new'"),
    "hostile object": (
        "class Hall:\n    def __getattr__(self, name): raise RuntimeError(name)\nhall = Hall()",
        "one_hall:hall",
        "plugin.misfit",
        "RuntimeError: kowhy_api",
    ),
    "anything goes": (
        "class Hall:\n    def __getattr__(self, name): return self\nhall = Hall()",
        "one_hall:hall",
        "plugin.api",
        "<one_hall.Hall object at 0x…>",
    ),
}


class TestMisfits:
    @pytest.mark.parametrize("case", MISFITS)
    def test_it_costs_its_own_part_and_is_told_exactly(self, site, case):
        """
        Package, group, name, what was given and what was wanted stand in the fault, and the neighbour is not touched.
        """
        source, value, code, given = MISFITS[case]
        site.install("aaa", plugins=[("kowhy.venues", "bad", value)], files={"one_hall.py": source})
        site.install("zzz", plugins=[("kowhy.venues", "good", "good_hall")], files={"good_hall.py": module(VENUE)})

        plan = Engine.with_plugins(packs=()).plan(PROFILE)

        assert [one.id for one in plan.where] == ["good.hall"]
        assert [(fault.source, fault.code) for fault in plan.problems] == [("aaa [kowhy.venues] bad", code)]
        assert plan.problems[0].given.startswith(given)
        assert plan.problems[0].wanted

    def test_faults_name_no_place_on_this_machine(self, site):
        """
        A fault is the same wherever the package lies.
        """
        source = "from one_help import gone"
        files = {"one_hall.py": source, "one_help.py": ""}
        site.install("aaa", plugins=[("kowhy.venues", "bad", "one_hall")], files=files)

        assert look().faults[0].given == "ImportError: cannot import name 'gone' from 'one_help'"

    @pytest.mark.parametrize("least", ["0", "0.2", "0.2.0", "0.2.0.0", "0.1.99", "0.2.dev7"])
    def test_a_kowhy_that_is_new_enough(self, site, least):
        """
        Zeros at the end of a version make no difference.
        """
        source = f"kowhy_min = {least!r}\n{module(VENUE)}"
        site.install("aaa", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": source})

        assert look().faults == ()

    def test_strict_raises(self, site):
        """
        A strict engine is not made where a plugin does not fit.
        """
        site.install("aaa", plugins=[("kowhy.venues", "bad", "gone_hall")])

        with pytest.raises(PluginError) as caught:
            Engine.with_plugins(packs=(), strict=True)
        assert [fault.code for fault in caught.value.faults] == ["plugin.import"]

    def test_an_outcome_knows_its_first_fault(self, site):
        """
        A table of plugins has room for one reason each.
        """
        site.install("aaa", plugins=[("kowhy.venues", "bad", "gone_hall")])
        site.install("bbb", plugins=[("kowhy.venues", "good", "one_hall")], files={"one_hall.py": module(VENUE)})

        assert [one.fault and one.fault.code for one in look().outcomes] == ["plugin.import", None]

    def test_control_c_is_still_control_c(self, site):
        """
        What the person at the keyboard wants is no fault of a plugin.
        """
        site.install(
            "aaa", plugins=[("kowhy.venues", "x", "one_hall")], files={"one_hall.py": "raise KeyboardInterrupt"}
        )

        with pytest.raises(KeyboardInterrupt):
            look()

    def test_control_c_while_looking(self, site):
        """
        The same holds while an imported object is looked at.
        """
        source = "class Hall:\n    def __getattr__(self, name): raise KeyboardInterrupt\nhall = Hall()"
        site.install("aaa", plugins=[("kowhy.venues", "x", "one_hall:hall")], files={"one_hall.py": source})

        with pytest.raises(KeyboardInterrupt):
            look()

    def test_a_recommender_whose_signature_nobody_knows(self, site):
        """
        Something that does not tell its parameters is given the benefit of the doubt.
        """
        source = "class Hall:\n    recommend = type\nhall = Hall()"
        site.install("aaa", plugins=[("kowhy.venues", "hall", "one_hall:hall")], files={"one_hall.py": source})

        assert look().faults == ()


#: The files of a package, and the code of each fault with the end of its source.
BAD_PACKS = {
    "no folder": ({}, [("plugin.files", "fairs")]),
    "empty folder": ({"packs/readme.txt": ""}, [("plugin.files", "fairs")]),
    "no toml": ({"packs/x.toml": "[pack"}, [("pack.syntax", "x.toml")]),
    "no pack": ({"packs/x.toml": "a = 1"}, [("key.unknown", "x.toml"), ("key.missing", "x.toml")]),
    "two faults in two files": (
        {"packs/x.toml": PACK.format(id="x").replace("learn", "fame"), "packs/y.toml": "[pack"},
        [("value.unknown", "x.toml"), ("pack.syntax", "y.toml")],
    ),
    "too deep": ({"packs/x.toml": f"a = {'[' * 5000}"}, [("pack.syntax", "x.toml")]),
    "when that is no schema": (
        {"packs/x.toml": PACK.format(id="x").replace("because", 'when = { type = "planet" }\nbecause')},
        [("dialect.type", "x.toml")],
    ),
    "when that leads outside": (
        {"packs/x.toml": PACK.format(id="x").replace("because", 'when = { "$ref" = "http://localhost/x" }\nbecause')},
        [("dialect.reference", "x.toml")],
    ),
    "when that may never end": (
        {
            "packs/x.toml": PACK.format(id="x").replace(
                "because", 'when = { allOf = [{ properties = { name = { pattern = "(a+)+$" } } }] }\nbecause'
            )
        },
        [("dialect.keyword", "x.toml")],
    ),
}


class TestPacks:
    @pytest.mark.parametrize("case", BAD_PACKS)
    def test_a_bad_pack_costs_its_own_package(self, site, case):
        """
        Every fault of every file is told, and no file of the package takes part.
        """
        files, wanted = BAD_PACKS[case]
        good = {"packs/a.toml": PACK.format(id="good")} if any(name.endswith(".toml") for name in files) else {}
        content = {f"fairs/{name}": text for name, text in {"__init__.py": "", **files, **good}.items()}
        site.install("fairs", plugins=[("kowhy.packs", "fairs", "fairs")], files=content)
        site.install(
            "other",
            plugins=[("kowhy.packs", "other", "other")],
            files={"other/__init__.py": "", "other/packs/x.toml": PACK.format(id="other")},
        )

        plan = Engine.with_plugins(packs=()).plan(PROFILE)

        assert [one.id for one in plan.where] == ["other.fair"]
        assert {(fault.code, fault.source.rpartition(" ")[2]) for fault in plan.problems} == set(wanted)
        assert all(fault.source.startswith("fairs [kowhy.packs] fairs") for fault in plan.problems)

    def test_a_module_is_no_package(self, site):
        """
        Packs lie in a folder, so the entry point has to name a package.
        """
        site.install("fairs", plugins=[("kowhy.packs", "fairs", "fair")], files={"fair.py": ""})

        assert [(fault.code, fault.wanted) for fault in look().faults] == [
            ("plugin.misfit", "a package whose folder packs holds *.toml")
        ]

    def test_an_installed_pack_cannot_take_the_id_of_another_rule(self, site):
        """
        Without leave, a rule with the id of a rule of kowhy stays out, whatever its pack is called.
        """
        rule = next(one for one in Engine().packs if one.id == "kowhy.learn").rules[0]
        text = PACK.format(id="aaa").replace('id = "aaa.fair"', f'id = "{rule.id}"')
        site.install(
            "aaa", plugins=[("kowhy.packs", "aaa", "aaa")], files={"aaa/__init__.py": "", "aaa/packs/x.toml": text}
        )

        plan = Engine.with_plugins().plan(PROFILE)

        assert [(fault.code, fault.source) for fault in plan.problems] == [("rule.repeated", "aaa")]
        assert "kowhy.learn has it too" in plan.problems[0].wanted
        assert not any(one.pack == "aaa" for one in plan.recommendations)

    def test_changes_of_an_installed_pack_wait_until_it_is_allowed(self, site):
        """
        An installed pack turns off a rule of kowhy only where the engine allows the pack by name.
        """
        rule = next(one.id for one in Engine().plan(PROFILE).where)
        text = PACK.format(id="aaa").replace("title", f'disables = ["{rule}"]\ntitle')
        site.install(
            "aaa", plugins=[("kowhy.packs", "aaa", "aaa")], files={"aaa/__init__.py": "", "aaa/packs/x.toml": text}
        )

        wary, trusting = Engine.with_plugins(), Engine.with_plugins(allow=["aaa"])

        assert rule in where(wary)
        assert [fault.code for fault in wary.plan(PROFILE).problems] == ["pack.not-allowed"]
        assert rule not in where(trusting)
        assert trusting.plan(PROFILE).problems == ()


RATER = """
from kowhy import Rating
class Flat:
    def rate(self, text, *, ask=None):
        return Rating(value=0.5)
"""


class TestNamed:
    def test_a_rater(self, site):
        """
        A rater takes part when it is named.
        """
        site.install("flat", plugins=[("kowhy.raters", "flat", "flat:Flat")], files={"flat.py": RATER})

        assert named_rater("flat", version=VERSION).rate("x").value == 0.5
        assert Engine(rater="flat", packs=()).rate("a bakery in Ghent").value == 0.5

    @pytest.mark.parametrize(
        ("source", "value", "given"),
        [
            ("def make(): return 5", "flat:make", "an object of the type int without rate"),
            ("def make(): raise SystemExit", "flat:make", "SystemExit"),
            ("def make(x): pass", "flat:make", "TypeError: make() missing 1 required positional argument: 'x'"),
            ("make = 5", "flat:make", "int"),
        ],
    )
    def test_a_factory_that_makes_no_rater(self, site, source, value, given):
        """
        What was made instead stands in the fault.
        """
        site.install("flat", plugins=[("kowhy.raters", "flat", value)], files={"flat.py": source})

        with pytest.raises(PluginError) as caught:
            named_rater("flat", version=VERSION)
        assert [(fault.code, fault.source, fault.given) for fault in caught.value.faults] == [
            ("plugin.misfit", "flat [kowhy.raters] flat", given)
        ]

    def test_control_c_in_a_factory(self, site):
        """
        Control-C ends the program also while a rater is made.
        """
        source = "def make(): raise KeyboardInterrupt"
        site.install("flat", plugins=[("kowhy.raters", "flat", "flat:make")], files={"flat.py": source})

        with pytest.raises(KeyboardInterrupt):
            named_rater("flat", version=VERSION)

    def test_unknown(self, site):
        """
        The names that would work are told.
        """
        site.install("flat", plugins=[("kowhy.raters", "flat", "flat:Flat")], files={"flat.py": RATER})

        with pytest.raises(UnknownNameError) as caught:
            named("kowhy.raters", "flt", version=VERSION)
        assert caught.value.faults[0].wanted == "one of flat"

    def test_denied(self, site, monkeypatch):
        """
        A denied plugin cannot be named either, and that is said.
        """
        site.install("flat", plugins=[("kowhy.raters", "flat", "flat:Flat")], files={"flat.py": RATER})
        monkeypatch.setenv("KOWHY_DENY_PLUGINS", "flat")

        with pytest.raises(UnknownNameError) as caught:
            named("kowhy.raters", "flat", version=VERSION)
        assert caught.value.faults[0].given == "'flat', which is denied"
        assert caught.value.faults[0].wanted == "an installed package with the group kowhy.raters"

    def test_import_error(self, site):
        """
        A rater that cannot be imported raises, since it was asked for.
        """
        site.install("flat", plugins=[("kowhy.raters", "flat", "gone_flat")])

        with pytest.raises(PluginError) as caught:
            named("kowhy.raters", "flat", version=VERSION)
        assert caught.value.faults[0].code == "plugin.import"

    def test_checklists(self, site):
        """
        The checklists of a package take part when they are named, and judge in the place of kowhy's own.
        """
        schema = load_schema("checklists/learn")
        schema["$id"] = "urn:example:checklist:learn:1"
        site.install(
            "lists",
            plugins=[("kowhy.checklists", "lists", "lists")],
            files={"lists/__init__.py": "", "lists/checklists/learn.json": json.dumps(schema)},
        )

        [made] = named_checklists("lists", version=VERSION)

        assert made.id == "urn:example:checklist:learn:1"
        card = Engine(checklists=[made], packs=()).score(PROFILE)
        assert card.whys["learn"].checklist == "urn:example:checklist:learn:1"

    def test_checklists_with_faults(self, site):
        """
        Every fault of every file is told, a second checklist for one WHY among them.
        """
        schema = json.dumps(load_schema("checklists/learn"))
        files = {"a.json": schema, "b.json": schema, "c.json": "{", "d.json": "{}", "e.txt": ""}
        site.install(
            "lists",
            plugins=[("kowhy.checklists", "lists", "lists")],
            files={"lists/__init__.py": "", **{f"lists/checklists/{name}": text for name, text in files.items()}},
        )

        with pytest.raises(PluginError) as caught:
            named_checklists("lists", version=VERSION)
        found = {(fault.code, fault.source.rpartition(" ")[2]) for fault in caught.value.faults}
        assert found >= {("checklist.twice", "b.json"), ("checklist.syntax", "c.json"), ("key.missing", "d.json")}
        assert {fault.source.rpartition(" ")[2] for fault in caught.value.faults} == {"b.json", "c.json", "d.json"}


class TestRefresh:
    def test_nothing_is_kept_for_ever(self, site):
        """
        A package that is installed while the program runs takes part after a refresh.
        """
        plugins.refresh()
        before = default_engine().installed.outcomes
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files=GOOD)

        unaware = default_engine().installed.outcomes
        plugins.refresh()
        try:
            after = default_engine().installed.outcomes
        finally:
            plugins.refresh()

        assert before == unaware == ()
        assert [one.plugin.name for one in after] == ["hall"]

    def test_where_no_engine_was_ever_made(self, monkeypatch):
        """
        Refreshing without an engine does nothing, and imports none.
        """
        monkeypatch.delitem(sys.modules, "kowhy.engine")

        plugins.refresh()

        assert "kowhy.engine" not in sys.modules

    def test_a_failure_is_not_kept(self, site):
        """
        A package that was mended loads at the next look.
        """
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": "x = 1 / 0"})
        assert look().faults[0].code == "plugin.import"

        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files=GOOD)

        assert look().faults == ()


class TestOptions:
    def test_they_reach_the_plugin_of_their_name(self, site):
        """
        A plugin is given the options under its name and no others, and cannot change them.
        """
        body = 'return [Recommendation.of(repr(dict(options)), "where", name="x")]'
        site.install("one-hall", plugins=[("kowhy.venues", "hall", "one_hall")], files={"one_hall.py": module(body)})

        engine = Engine.with_plugins(packs=(), options={"hall": {"places": ["a", "b"]}, "other": {"x": 1}})

        assert where(engine) == ["hall.{'places': ('a', 'b')}"]
        assert engine.options["hall"] == FrozenMap({"places": ["a", "b"]})
