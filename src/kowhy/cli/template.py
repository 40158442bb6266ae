"""
A profile to fill in, with the questions as comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kowhy.checklists import Checklist, Item
from kowhy.texts import texts


def template(whys: Sequence[str], *, checklists: Mapping[str, Checklist]) -> str:
    """
    A commented profile in TOML for *whys*; as it stands it is a valid profile without answers.
    """
    words = texts("cli")
    out = [words["template.head"].strip(), 'format = "kowhy.profile/1"', ""]
    out += [words["template.name"], '# name = ""', words["template.country"], '# country = "US"']
    if "social_reasons" in whys:
        out += [words["template.adult"], "# adult = true"]
    if len(whys) > 1:
        out += [words["template.dominant"], f'dominant = "{whys[0]}"']
    for why in whys:
        checklist = checklists[why]
        out += ["", f"# --- {checklist.title} " + "-" * (90 - len(checklist.title)), "[[whys]]", f'why = "{why}"']
        out += [words["template.statement"], '# statement = ""', ""]
        for item in checklist.items:
            out += [*_item(item), ""]
        out += ["declined = []", "not_applicable = []", "private = []", "may_say = []"]
    return "\n".join(out) + "\n"


def _item(item: Item) -> Iterator[str]:
    words = texts("cli")
    marks = [words[f"template.{mark}"] for mark in ("core", "sensitive") if getattr(item, mark)]
    yield f"# {item.ask}" + (f" ({'; '.join(marks)})" if marks else "")
    for example in item.specific[:1]:
        yield f"# {words['template.example'].format(example=example)}"
    yield f'{item.key} = ""'
