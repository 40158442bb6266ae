"""
The document around the parts: one file that asks nobody for anything.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kowhy.render.page.marks import Child, Markup, join, raw, tag

#: A small drawing for the tab, in the page itself, so that no browser asks for one.
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%230e6b64' d='M2 2h12v3H2zM2 7h8v3H2zM2 12h5v2H2z'/%3E%3C/svg%3E"
)


@cache
def own_file(name: str) -> str:
    """
    The text of a file that lies beside this module.
    """
    return files("kowhy").joinpath("render", "page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def policy(style: str, script: str) -> str:
    """
    The content security policy: nothing from anywhere, and of what stands in the page only this style and this script.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def document(title: str, *body: Child) -> str:
    """
    A whole page.

    Args:
        title: For the tab.

        body: What stands in it.
    """
    style = own_file("report.css") + own_file("page.css")
    script = own_file("report.js")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex"),
        tag("link", rel="icon", href=_ICON),
        tag("title", title),
        raw("style", style),
    )
    page = tag("html", head, tag("body", *body, raw("script", script)), lang="en")
    # All in ASCII: a terminal of any encoding may write the page to a file, and the hashes of the policy still hold.
    return f"<!doctype html>\n{page}\n".encode("ascii", "xmlcharrefreplace").decode()


def fragment(*body: Child) -> Markup:
    """
    The same for a place in another page, such as a notebook: without script, its style touching nothing else.
    """
    return join(raw("style", own_file("report.css")), tag("div", *body, class_="kowhy kw-fragment"))
