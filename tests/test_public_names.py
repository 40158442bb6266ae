"""
What the package offers by name, and what merely importing it costs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import kowhy

ROOT = Path(__file__).parents[1]

#: Each costs more to import than the facts together.
HEAVY = ("cattrs", "click", "importlib.metadata", "jsonschema", "referencing", "rich")


def documented():
    """
    What the reference documents with a directive of its own.
    """
    pages = (ROOT / "docs" / "reference").glob("*.md")
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    return re.findall(r"^\.\. auto[a-z]+:: (\S+)$", text, re.MULTILINE)


class TestNames:
    def test_the_names_are_sorted_and_listed_once(self):
        """
        A name is found in ``__all__`` by looking where the alphabet puts it.
        """
        assert kowhy.__all__ == sorted(set(kowhy.__all__))

    @pytest.mark.parametrize("name", kowhy.__all__)
    def test_each_name_can_be_imported(self, name):
        """
        Each public name leads to the object of that name.
        """
        assert getattr(kowhy, name).__name__ == name

    @pytest.mark.parametrize("name", kowhy.__all__)
    def test_each_name_is_visible_before_it_is_used(self, name, monkeypatch):
        """
        Completion in a shell offers a public name although it is imported only when it is first used.
        """
        monkeypatch.delitem(vars(kowhy), name, raising=False)

        assert name in dir(kowhy)

    def test_an_unknown_name_is_an_attribute_error(self):
        """
        A misspelt name is reported as with any other module.
        """
        with pytest.raises(AttributeError, match="module 'kowhy' has no attribute 'socre'"):
            kowhy.socre  # noqa: B018  # looking it up is the test


def python(code):
    """
    What *code* prints, in a Python of its own that has imported nothing of kowhy yet.
    """
    path = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); "
    done = subprocess.run([sys.executable, "-c", path + code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class TestCost:
    def test_import_alone_loads_nothing_heavy(self):
        """
        An app that only has kowhy among its imports pays nothing for it.
        """
        code = "before = set(sys.modules); import kowhy; print(*sorted(set(sys.modules) - before))"
        loaded = python(code).split()

        assert "kowhy" in loaded
        assert [name for name in loaded if name in (*HEAVY, "attrs", "tomllib")] == []

    def test_the_facts_load_without_the_libraries_that_check_and_convert(self):
        """
        Whoever only makes profiles from Python needs neither jsonschema nor cattrs, for example in a browser.
        """
        code = "before = set(sys.modules); from kowhy import Profile; print(*sorted(set(sys.modules) - before))"
        loaded = python(code).split()

        assert "kowhy.whys" in loaded
        assert [name for name in loaded if name in HEAVY] == []


class TestReference:
    def test_each_name_stands_in_the_reference(self):
        """
        Whatever can be imported from kowhy can be looked up, once.
        """
        names = [name for name in documented() if name.count(".") == 1]

        assert sorted(names) == [f"kowhy.{name}" for name in kowhy.__all__]
