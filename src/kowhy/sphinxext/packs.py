"""
A rule pack as a page shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docutils import nodes

from kowhy.offers import KINDS, Draft
from kowhy.rules import Mention, Pack, Rule
from kowhy.scorecards import RUNGS
from kowhy.sphinxext.parts import Cell, code, definitions, labelled, paragraph, sentence, table, text
from kowhy.texts import texts

#: Words that a rule listens for which stand in a compact table, before it says how many more there are.
SHOWN = 6


def pack_nodes(pack: Pack, *, compact: bool) -> Iterator[nodes.Node]:
    """
    Every rule in full, or a table when compact.
    """
    words = texts("sphinx")
    kinds = Counter(draft.kind for rule in pack.rules for draft in rule.drafts)
    counts = {f"{kind}s": kinds[kind] for kind in KINDS}
    yield paragraph(*text(words["pack.about"].format(id=pack.id, rules=len(pack.rules), **counts)))
    yield from _changes(pack)
    if not pack.rules:
        return
    if compact:
        yield table(words["pack.head"], map(_row, pack.rules), widths=(50, 50))
    else:
        yield definitions(([code(rule.id)], _rule(rule)) for rule in pack.rules)


def _row(rule: Rule) -> Sequence[Cell]:
    return [paragraph(*_names(rule)), paragraph(code(rule.id))], _conditions(rule, SHOWN)


def _changes(pack: Pack) -> Iterator[nodes.Node]:
    words = texts("sphinx")
    if pack.disables:
        yield labelled(words["pack.disables"], text(", ".join(pack.disables)))
    for one in pack.overrides:
        keys = ", ".join([*one.numbers, *one.texts])
        yield paragraph(*text(words["pack.override"].format(keys=keys, rule=one.rule)))


def _conditions(rule: Rule, most: int | None) -> list[nodes.Node]:
    words = texts("sphinx")
    said = [f"{words['pack.for']} {', '.join(rule.whys)}"]
    said += [f"{words['pack.with']} {', '.join(rule.together)}"] if rule.together else []
    said += [f"{words['pack.country']} {', '.join(rule.countries)}"] if rule.countries else []
    said += [words["pack.adult"]] if rule.adult else []
    if rule.needs:
        needs = [words["pack.needs-rung"].format(item=key, rung=RUNGS[level]) for key, level in rule.needs.items()]
        said.append(f"{words['pack.needs']} {', '.join(needs)}")
    said += [_heard("mentions", one, most) for one in rule.mentions]
    said += [_heard("unless", one, most) for one in rule.unless]
    said += [words["pack.when"]] if rule.when is not None else []
    return text("; ".join(said))


def _heard(kind: str, mention: Mention, most: int | None) -> str:
    words = texts("sphinx")
    kept = list(mention.source[:most])
    rest = len(mention.source) - len(kept)
    kept += [words["pack.more"].format(count=rest)] if rest else []
    return f"{words[f'pack.{kind}'].format(item=' | '.join(mention.keys))} {', '.join(kept)}"


def _names(rule: Rule) -> Iterator[nodes.Node]:
    words = texts("sphinx")
    for index, draft in enumerate(rule.drafts):
        if index:
            yield nodes.Text("; ")
        yield nodes.emphasis("", words[f"pack.{draft.kind}"])
        yield nodes.Text(": ")
        yield from sentence(draft.texts["name" if "name" in draft.texts else "then"].source)
    if rule.homepage:
        said = words["pack.homepage"].format(homepage=rule.homepage, confirmed=rule.confirmed)
        yield nodes.Text(f" ({said})")


def _texts(draft: Draft) -> Iterator[nodes.Node]:
    """
    What is recommended, with a word before each text that is not the first.
    """
    words = texts("sphinx")
    kind = words[f"pack.{draft.kind}"]
    for index, (name, found) in enumerate(draft.texts.items()):
        yield labelled(words[f"pack.text.{name}"] if index else f"{kind}:", sentence(found.source))


def _rule(rule: Rule) -> Iterator[nodes.Node]:
    words = texts("sphinx")
    yield paragraph(*_conditions(rule, None))
    if rule.replaces:
        yield paragraph(*text(words["pack.replaces"].format(rule=rule.replaces)))
    for draft in rule.drafts:
        yield from _texts(draft)
    yield labelled(words["pack.because"], sentence(rule.because.source))
    where = [rule.source] if rule.source else []
    if rule.homepage:
        where.append(words["pack.homepage"].format(homepage=rule.homepage, confirmed=rule.confirmed))
    if where:
        yield labelled(words["pack.source"], text("; ".join(where)))
