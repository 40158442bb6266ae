"""
Directives for Sphinx that show a checklist, a rule pack, a scorecard or a schema from its own file.

Add ``"kowhy.sphinxext"`` to ``extensions`` in ``conf.py``. All that a file holds becomes plain text: nothing in it is
read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from kowhy import __version__
from kowhy.checklists import Checklist, load_checklist, load_checklists
from kowhy.errors import KowhyError
from kowhy.packs import load_pack
from kowhy.sphinxext.checklists import checklist_nodes
from kowhy.sphinxext.packs import pack_nodes
from kowhy.sphinxext.schemas import schema_nodes
from kowhy.sphinxext.scorecards import read_scorecard, scorecard_nodes

_log = logging.getLogger(__name__)

Options = dict[str, Callable[[str], Any]]


class FileDirective(SphinxDirective):
    """
    A directive that shows a file; what is wrong with the file is a warning at the line of the directive.
    """

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """
        What the file becomes; nothing when it cannot be read.
        """
        try:
            return list(self.show(self.file(self.arguments[0])))
        except KowhyError as error:
            for fault in error.faults:
                self._warn(str(fault))
        except OSError as error:
            self._warn(f"{self.arguments[0]}: {error.strerror}")
        return []

    def _warn(self, message: str) -> None:
        _log.warning("%s", message, location=self.get_location(), type="kowhy", subtype=self.name)

    def file(self, name: str) -> Path:
        """
        The file *name*, beside the page or, with a slash before it, in the folder of the sources.
        """
        relative, absolute = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        return Path(absolute)

    def checklists(self) -> dict[str, Checklist]:
        """
        Those of kowhy, with those that the option names in their places.
        """
        named = [load_checklist(self.file(name)) for name in self.options.get("checklists", "").split()]
        return dict(load_checklists()) | {checklist.why: checklist for checklist in named}

    @property
    def compact(self) -> bool:
        """
        Whether a table is enough.
        """
        return "compact" in self.options

    if TYPE_CHECKING:

        def show(self, path: Path) -> Iterable[nodes.Node]:
            """
            What the file becomes; each directive says how.
            """


class ChecklistDirective(FileDirective):
    """
    ``kowhy-checklist``: the items of a checklist with weights, questions, examples and ladders.
    """

    option_spec: ClassVar[Options] = {"compact": directives.flag}

    def show(self, path: Path) -> Iterable[nodes.Node]:
        """
        A table of all items, and unless compact a description of each.
        """
        return checklist_nodes(load_checklist(path), compact=self.compact, anchor=self.anchor)

    def anchor(self, name: str, node: nodes.Element) -> None:
        """
        Let the address of the page, with *name* behind it, lead to *node*; where a name is taken, the first has it.
        """
        wanted = nodes.make_id(name)
        if wanted not in self.state.document.ids:
            node["ids"].append(wanted)
            self.state.document.ids[wanted] = node


class PackDirective(FileDirective):
    """
    ``kowhy-pack``: the rules of a pack, what each needs and what it recommends.
    """

    option_spec: ClassVar[Options] = {"compact": directives.flag, "checklists": directives.unchanged_required}

    def show(self, path: Path) -> Iterable[nodes.Node]:
        """
        Every rule in full, or a table when compact.
        """
        return pack_nodes(load_pack(path, checklists=self.checklists()), compact=self.compact)


class ScorecardDirective(FileDirective):
    """
    ``kowhy-scorecard``: the score of a profile, or a scorecard in its JSON form, item by item.
    """

    option_spec: ClassVar[Options] = {"checklists": directives.unchanged_required}

    def show(self, path: Path) -> Iterable[nodes.Node]:
        """
        For each WHY a table whose points add up, and what is worth knowing.
        """
        checklists = self.checklists()
        return scorecard_nodes(read_scorecard(path, checklists=checklists), checklists=checklists)


class SchemaDirective(FileDirective):
    """
    ``kowhy-schema``: the keys of a schema of kowhy, what each holds and what it means.
    """

    def show(self, path: Path) -> Iterable[nodes.Node]:
        """
        Tables of the keys.
        """
        return schema_nodes(json.loads(path.read_bytes()))


def setup(app: Sphinx) -> dict[str, Any]:
    """
    Called by Sphinx.
    """
    app.add_directive("kowhy-checklist", ChecklistDirective)
    app.add_directive("kowhy-pack", PackDirective)
    app.add_directive("kowhy-scorecard", ScorecardDirective)
    app.add_directive("kowhy-schema", SchemaDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
