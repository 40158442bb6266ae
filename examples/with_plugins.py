"""
Two plugins in one plan, and what each of them added: an event from a calendar, and the tables of a chamber of commerce.
"""

from __future__ import annotations

from pathlib import Path

from kowhy import Engine

PLUGINS = Path(__file__).parent / "plugins"
PROFILE = {
    "name": "Dana (fictional)",
    "dominant": "more_business",
    "whys": [
        {"why": "more_business", "industry": "commercial roofing", "geography": "Harrowmere and 10 km around"},
        {"why": "learn", "topic": "playing the church organ"},
    ],
}
# A plugin has no clock and no folder of its own: it is told which calendar to read, and from which day on.
OPTIONS = {"kowhy-ics": {"files": [str(PLUGINS / "kowhy-ics" / "tests" / "evenings.ics")], "from": "2026-12-01"}}

engine = Engine.with_plugins(options=OPTIONS)
plan = engine.plan(PROFILE)
states = {outcome.plugin.package: outcome.state for outcome in engine.installed.outcomes}

for name in ("kowhy-chamber", "kowhy-ics"):
    print(f"{name}: {states.get(name, 'not installed')}")
    if name not in states:
        print(f'  python -m pip install "{PLUGINS / name}"')
    without = Engine.with_plugins(options=OPTIONS, deny=[name]).plan(PROFILE)
    others = {one.id for one in without.recommendations}
    for one in plan.recommendations:
        if one.id not in others:
            print(f"  {one.part}: {one.name}\n    because: {one.because}")

# What goes wrong in a plugin costs its own part only, and is told here.
print(f"The plan has {len(plan.recommendations)} recommendations and {len(plan.problems)} problems.")
for problem in plan.problems:
    print(f"  {problem}")
