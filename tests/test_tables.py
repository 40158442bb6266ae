"""
Small tables of data, and the memory for short texts.
"""

from __future__ import annotations

from importlib.resources import files

import pytest

from kowhy.guards import protected_trait
from kowhy.tables import LENGTH, remembers, table
from kowhy.texts import texts


class TestTable:
    @pytest.mark.parametrize("name", ["bands", "checks", "guards"])
    def test_it_is_read_once(self, name):
        """
        The same table comes again.
        """
        assert table(name) is table(name)

    def test_words_of_the_guard_are_single_and_folded(self):
        """
        A word with a capital, a space or a hyphen would never be met.
        """
        data = table("guards")["protected"]
        words = [word for key, value in data.items() if key != "trait" for word in value]
        words += [word for trait in data["trait"] for key in ("adjectives", "groups") for word in trait[key]]

        assert [word for word in words if not word.replace("'", "").isalpha() or word != word.casefold()] == []

    def test_words_that_are_weak_are_adjectives(self):
        """
        A weak word that is no trait would have no effect.
        """
        data = table("guards")["protected"]

        assert set(data["weak"]) <= {word for trait in data["trait"] for word in trait["adjectives"]}


class TestTexts:
    def test_every_code_in_the_modules_has_a_text(self):
        """
        Codes of findings and reasons stand in the modules; their texts stand in one file, and none is left over.
        """
        modules = ("answers", "scoring", "findings", "checks")
        source = "".join(files("kowhy").joinpath(f"{name}.py").read_text(encoding="utf-8") for name in modules)

        assert [code for code in texts("scoring") if f'"{code}"' not in source] == []


class TestRemembers:
    def test_short_texts_only(self):
        """
        A short text is worked on once, a long one each time.
        """
        calls = []

        @remembers
        def rule(text):
            calls.append(text)
            return len(text)

        short, long = "x" * LENGTH, "x" * (LENGTH + 1)

        assert [rule(text) for text in (short, short, long, long)] == [LENGTH, LENGTH, LENGTH + 1, LENGTH + 1]
        assert calls == [short, long, long]

    def test_the_name_stays(self):
        """
        What is remembered keeps its name and its docstring.
        """
        assert (protected_trait.__name__, bool(protected_trait.__doc__)) == ("protected_trait", True)
