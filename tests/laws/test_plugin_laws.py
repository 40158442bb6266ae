"""
The laws of plugins: the order of installation changes nothing, and no fault of one changes what another makes.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kowhy import to_json
from kowhy.engine import Engine
from tests.installs import HEAD, PACK, Site, forget, module

PROFILES = (
    {"whys": [{"why": "learn", "topic": "playing the church organ", "place_format": "Leeds"}]},
    {
        "whys": [
            {"why": "learn", "topic": "welding", "private": ["topic"]},
            {"why": "solve_a_problem", "problem": "my brother's gambling debts"},
        ]
    },
)

#: Sound plugins: rows of group, name, module and what its function does.
GOOD = {
    "hall": ("kowhy.venues", 'return [Recommendation.of("hall", "where", name="the town hall")]'),
    "many": ("kowhy.venues", 'return [Recommendation.of(str(n), "where", name=f"hall {n}") for n in range(5)]'),
    "talk": ("kowhy.scripts", 'yield Recommendation.of("hi", "say", name="first words", say="Hello, may I sit here")'),
    "she": ("kowhy.people", 'return [Recommendation.of(w, "whom", name=f"a {w}") for w in scorecard.whys]'),
    "told": ("kowhy.people", 'yield Recommendation.of("x", "whom", name="x")\nyield Fault(code="told")'),
}

#: An object that answers everything with the end of the program.
ODD = f"""{HEAD}
class Odd:
    def __repr__(self): raise SystemExit
    __eq__ = __str__ = __hash__ = __iter__ = __repr__
"""

#: Plugins that are wrong, each in its own way: group, and its whole module.
BAD = {
    "gone": ("kowhy.venues", "import nothing_of_that_name"),
    "exit": ("kowhy.venues", "raise SystemExit"),
    "later": ("kowhy.scripts", f"kowhy_api = 99\n{module('return []')}"),
    "misfit": ("kowhy.people", "recommend = 5"),
    "fails": ("kowhy.venues", module("raise ValueError(scorecard)")),
    "late": ("kowhy.people", module('yield Recommendation.of("x", "whom", name="x")\nraise SystemExit')),
    "flood": ("kowhy.venues", module('return [Recommendation.of(str(n), "where", name="x") for n in range(10_000)]')),
    "junk": ("kowhy.scripts", module('return [Recommendation.of("x", "say", name="x", say="x"), 5]')),
    "changes": ("kowhy.venues", module('scorecard.whys["learn"] = None\nreturn []')),
    "clears": ("kowhy.venues", module('options["places"].append("x")\nreturn []')),
    "thief": ("kowhy.venues", module('return [Recommendation.of("hall.hall", "whom", name="x")]')),
    "hostile": ("kowhy.people", f"{ODD}\ndef recommend(scorecard, *, options): return [Odd()]"),
}

#: Packs, good and bad, by what stands in their file.
PACKS = {
    "fair": PACK.format(id="fair"),
    "market": PACK.format(id="market"),
    "broken": "[pack",
    "odd": PACK.format(id="odd").replace("because", 'when = { type = "planet" }\nbecause'),
    "greedy": PACK.format(id="greedy").replace("title", 'disables = ["fair.fair"]\ntitle'),
    "same": PACK.format(id="fair").replace("the fair fair", "another fair"),
}

#: What takes part without a problem.
SOUND = ({*GOOD, "fair", "market"}) - {"told"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """
    Each plugin as a package in a folder of its own.
    """
    root = tmp_path_factory.mktemp("sites")
    modules = {name: (group, module(body)) for name, (group, body) in GOOD.items()} | BAD
    for name, (group, source) in modules.items():
        Site(root / name).install(f"p-{name}", plugins=[(group, name, f"p_{name}")], files={f"p_{name}.py": source})
    for name, text in PACKS.items():
        files = {f"q_{name}/__init__.py": "", f"q_{name}/packs/x.toml": text}
        Site(root / name).install(f"q-{name}", plugins=[("kowhy.packs", name, f"q_{name}")], files=files)
    yield root
    forget(root)


def planned(root, names, profile):
    """
    The plan with the plugins *names*, installed in that order.
    """
    before = list(sys.path)
    sys.path[:0] = [str(root / name) for name in names]
    forget(root)
    try:
        engine = Engine.with_plugins(packs=(), options={"clears": {"places": []}})
        return engine.plan(profile)
    finally:
        sys.path[:] = before


def by_package(plan):
    """
    What each package makes, with its rank and texts.
    """
    found = {}
    for one in plan.recommendations:
        found.setdefault(one.pack, []).append(one)
    return found


NAMES = st.lists(st.sampled_from(sorted({*GOOD, *BAD, *PACKS})), unique=True, max_size=8)


class TestLaws:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(names=NAMES, profile=st.sampled_from(PROFILES), data=st.data())
    def test_the_order_of_installation_changes_nothing(self, sites, names, profile, data):
        """
        The same packages give the same plan, byte for byte, problems included.
        """
        other = data.draw(st.permutations(names))

        assert to_json(planned(sites, names, profile)) == to_json(planned(sites, other, profile))

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(names=NAMES, profile=st.sampled_from(PROFILES))
    def test_no_fault_of_a_plugin_changes_what_another_makes(self, sites, names, profile):
        """
        What the sound plugins make is the same whatever is installed beside them, and each fault names its own package.
        """
        sound = [name for name in names if name in SOUND]
        alone, together = (planned(sites, some, profile) for some in (sound, names))

        assert alone.problems == ()
        made = by_package(together)
        for package, recommendations in by_package(alone).items():
            assert made[package] == recommendations
        blamed = {problem.source.split(" ")[0].removeprefix("p-").removeprefix("q-") for problem in together.problems}
        assert blamed <= set(names) - SOUND

    def test_each_bad_plugin_is_told(self, sites):
        """
        With everything installed at once, every plugin that is wrong has a problem of its own, and no other has.
        """
        plan = planned(sites, [*GOOD, *BAD, *PACKS], PROFILES[0])

        blamed = {problem.source.split(" ")[0].removeprefix("p-").removeprefix("q-") for problem in plan.problems}
        assert blamed == {*BAD, "told", "broken", "odd", "greedy", "same"}
        assert {one.pack.split(" ")[0] for one in plan.recommendations} >= {
            "p-hall",
            "p-many",
            "p-talk",
            "p-she",
            "fair",
        }
