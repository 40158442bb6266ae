"""
A page as a test reads it.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kowhy.engine import Engine

PROFILES = Path(__file__).parents[2] / "examples" / "profiles"
ENGINE = Engine()

_VOID = {"link", "meta"}


def read(name):
    """
    An example profile as JSON.
    """
    return (PROFILES / f"{name}.json").read_text(encoding="utf-8")


class Page(HTMLParser):
    """
    The elements and the text of a page; a tag that does not close in its place is an error.

    Attributes:
        tags: All elements, each with its attributes, in their order.

        text: What the page says, without style and script.

        inside: The text of each element of a class, by class.

        raw: The contents of style and script.
    """

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.inside, self.raw = [], "", {}, {}
        self._open = []
        self.feed(source)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            classes = (dict(attrs).get("class") or "").split()
            self._open.append((tag, classes, len(self.text)))

    def handle_endtag(self, tag):
        opened, classes, start = self._open.pop()
        assert opened == tag, (opened, tag)
        for name in [tag, *classes]:
            self.inside.setdefault(name, []).append(self.text[start:])

    def handle_data(self, data):
        if self._open and self._open[-1][0] in {"style", "script"}:
            self.raw.setdefault(self._open[-1][0], []).append(data)
        else:
            self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    def names(self):
        """
        The names of all elements.
        """
        return [name for name, _ in self.tags]

    def attributes(self, name):
        """
        All values of an attribute.
        """
        return [attrs[name] for _, attrs in self.tags if name in attrs]
