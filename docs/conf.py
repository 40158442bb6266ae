"""
How the documentation is built: offline, with every warning an error.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.ext.intersphinx import missing_reference

import kowhy
from kowhy.whys import BaseWhy

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent

project = "kowhy"
author = "the kowhy maintainers"
project_copyright = f"2026, {author}"
version = release = kowhy.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.intersphinx",
    "sphinx_copybutton",
    "kowhy.sphinxext",
]
exclude_patterns = ["_build", "_inventories", "form/node_modules"]
html_theme = "furo"
html_title = f"kowhy {release}"

# The form of the playground is built by npm and not kept in the repository: nobody can review half a megabyte of other
# people's code in one line, and it would be stale after every change of a question. The documentation must build
# without npm as well, so it takes the form where there is one, and says how to make it where there is none.
if (HERE / "form" / "dist").is_dir():
    html_extra_path = ["form/dist"]
    tags.add("form")  # noqa: F821  # Sphinx puts it here

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True

# What kowhy's signatures name from other projects. The builds must work offline, so the few names are listed here and
# compiled into an inventory; the links lead to the real sites.
SITES = {"python": "https://docs.python.org/3"}


def inventory(name: str) -> str:
    """
    Compile ``_inventories/<name>.txt`` and return where it lies, as intersphinx wants it.
    """
    lines = (HERE / "_inventories" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    body = "".join(f"{line}\n" for line in lines if line and not line.startswith("#"))
    head = f"# Sphinx inventory version 2\n# Project: {name}\n# Version: \n# The rest is compressed with zlib.\n"
    target = HERE / "_build" / "inventories" / f"{name}.inv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(head.encode() + zlib.compress(body.encode()))
    return target.relative_to(HERE).as_posix()


intersphinx_mapping = {name: (site, inventory(name)) for name, site in SITES.items()}

# Inner parts that an attribute holds and nobody is meant to touch, and the type variables of a mapping.
nitpick_ignore = [
    ("py:class", "kowhy.receiving.Source"),
    ("py:class", "kowhy.rules.Override"),
    ("py:class", "kowhy.rules.Rule"),
    ("py:class", "kowhy.plans.Wording"),
    ("py:class", "kowhy.convert.forms.HasForm"),
    # What attrs makes anew, because of a cached property, keeps the names of its hints as they are written.
    ("py:class", "Rule"),
    ("py:class", "View"),
    ("py:class", "Gate"),
    # What a module imports for type checkers only keeps them as well.
    ("py:class", "Source"),
    ("py:class", "kowhy.frames.F"),
    ("py:class", "kowhy.ring.comparing.T"),
    ("py:class", "K"),
    ("py:class", "V"),
]

#: Mappings that cannot change promise to be mappings; an executor has its home where nobody looks.
ELSEWHERE = {
    "kowhy._frozen.FrozenMap": "collections.abc.Mapping",
    "concurrent.futures._base.Executor": "concurrent.futures.Executor",
}


def resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, text: TextElement) -> Element | None:
    """
    Lead ``kowhy.plans.Plan`` to ``kowhy.Plan``: signatures name the module, the reference names what is public.
    """
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if target.startswith("kowhy.") and name in kowhy.__all__ and target != f"kowhy.{name}":
        domain = env.get_domain("py")
        return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"kowhy.{name}", node, text)
    if target in ELSEWHERE:
        node["reftarget"] = ELSEWHERE[target]
        return missing_reference(app, env, node, text)
    return None


def signature(app: Sphinx, what: str, name: str, thing: Any, *parts: Any) -> tuple[str | None, str | None]:  # noqa: ARG001  # as Sphinx calls it
    """
    Show items without their types, which are all the same, and three dots for what attrs makes anew for each object.
    """
    _, given, returns = parts
    if what == "class" and issubclass(thing, BaseWhy) and thing is not BaseWhy:
        items = ", ".join(f"{key}=()" for key in thing.item_keys())
        given = f"(*, {items}, statement=None, declined=(), not_applicable=(), private=(), may_say=(), extra={{}})"
    return (given.replace("NOTHING", "...") if given else given), returns


def docstring(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:  # noqa: ARG001, PLR0917  # as Sphinx calls it
    """
    Add to each WHY what its checklist asks for.

    For properties, keep napoleon from reading the words before a colon as a type, for ours are annotated: it looks at
    the first line only, so that becomes an empty comment.
    """
    if what == "property":
        lines[:0] = ["..", ""]
    if what == "class" and issubclass(thing, BaseWhy) and thing is not BaseWhy:
        checklist = kowhy.load_checklists()[thing.why]
        for item in checklist.items:
            marks = "".join(f", {mark}" for mark in ("core", "sensitive") if getattr(item, mark))
            lines += [f"``{item.key}`` (weight {item.weight}{marks})", f"    {item.ask}", ""]


def setup(app: Sphinx) -> None:
    """
    Connect the helpers above.
    """
    app.connect("autodoc-process-docstring", docstring, priority=400)
    app.connect("missing-reference", resolve, priority=400)
    app.connect("autodoc-process-signature", signature)
