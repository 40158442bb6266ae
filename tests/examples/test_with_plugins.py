"""
The example with two plugins where neither is installed; tests/test_plugin_packages.py runs it where both are.
"""

from __future__ import annotations

import importlib.metadata
import runpy

from tests.examples.running import EXAMPLES


class TestWithout:
    def test_it_says_how_to_install_them(self, monkeypatch, capsys):
        """
        There is a plan all the same, and a line to paste for each plugin.
        """
        monkeypatch.setattr(importlib.metadata, "distributions", tuple)

        plan = runpy.run_path(str(EXAMPLES / "with_plugins.py"))["plan"]

        assert plan.where
        assert capsys.readouterr().out.splitlines() == [
            "kowhy-chamber: not installed",
            f'  python -m pip install "{EXAMPLES / "plugins" / "kowhy-chamber"}"',
            "kowhy-ics: not installed",
            f'  python -m pip install "{EXAMPLES / "plugins" / "kowhy-ics"}"',
            f"The plan has {len(plan.recommendations)} recommendations and 0 problems.",
        ]
