"""
Several packs become one set of rules: what they replace, turn off or change in each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import attrs

from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist
from kowhy.errors import Fault, shown
from kowhy.packs import unknown_slots
from kowhy.rules import Override, Pack, Rule


@attrs.frozen(kw_only=True)
class Resolved:
    """
    The rules that count.

    Attributes:
        rules: Sorted by id, each id once.

        problems: What could not be done, and why; the rules concerned stay as they were.
    """

    rules: tuple[Rule, ...]
    problems: tuple[Fault, ...] = ()


def resolve(packs: Iterable[Pack], *, allowed: Collection[str], checklists: Mapping[str, Checklist]) -> Resolved:
    """
    Put *packs* together; in which order they come makes no difference.

    Args:
        packs: All packs that take part.

        allowed: Ids of the packs whose ``replaces``, ``disables`` and overrides count.

        checklists: By WHY, for the slots of new texts.
    """
    made = _Resolving(checklists)
    # Those that may change others come first: taking the id of a rule must not be a way to change it without leave.
    packs = sorted(packs, key=lambda pack: (pack.id not in allowed, pack.id))
    made.gather(packs)
    for pack in packs:
        changes = pack.disables or pack.overrides or any(rule.replaces for rule in pack.rules)
        if changes and pack.id not in allowed:
            wanted = "the pack passed to the engine, or allowed by name"
            made.problem("pack.not-allowed", pack.id, "changes to other packs' rules", wanted)
    trusted = [pack for pack in packs if pack.id in allowed]
    made.override(trusted)
    made.replace(trusted)
    made.disable(trusted)
    return Resolved(rules=tuple(rule for _, rule in sorted(made.rules.items())), problems=tuple(made.problems))


@attrs.define
class _Resolving:
    """
    The rules on the way, by id.
    """

    checklists: Mapping[str, Checklist]
    rules: dict[str, Rule] = attrs.field(factory=dict)
    problems: list[Fault] = attrs.field(factory=list)
    seen: frozenset[str] = frozenset()

    def problem(self, code: str, source: str, given: str, wanted: str) -> None:
        self.problems.append(Fault(code=code, source=source, given=given, wanted=wanted))

    def gather(self, packs: Iterable[Pack]) -> None:
        for pack in packs:
            for rule in pack.rules:
                first = self.rules.setdefault(rule.id, rule)
                if first is not rule:
                    wanted = f"an id of its own; {first.pack} has it too, and its rule stays"
                    self.problem("rule.repeated", pack.id, shown(rule.id), wanted)
        self.seen = frozenset(self.rules)

    def unknown(self, id_: str, pack: str) -> None:
        self.problem("rule.unknown", pack, shown(id_), "the id of a rule that takes part")

    def known(self, id_: str, pack: str) -> bool:
        if id_ not in self.seen:
            self.unknown(id_, pack)
        return id_ in self.seen

    def replace(self, packs: Iterable[Pack]) -> None:
        rivals: dict[str, list[Rule]] = {}
        for pack in packs:
            for rule in pack.rules:
                if rule.replaces and self.rules[rule.id] is rule and self.known(rule.replaces, pack.id):
                    rivals.setdefault(rule.replaces, []).append(rule)
        for id_, rules in sorted(rivals.items()):
            names = " and ".join(rule.pack for rule in rules)
            if _in_a_ring(id_, rivals):
                self.problem("rule.replaces-itself", names, shown(id_), "a rule that it does not replace in turn")
            elif len(rules) > 1:
                wanted = "one rule in its place; the original stays"
                self.problem("rule.replaced-twice", names, shown(id_), wanted)
                for rule in rules:
                    self.rules.pop(rule.id, None)
            else:
                self.rules.pop(id_, None)

    def disable(self, packs: Iterable[Pack]) -> None:
        for pack in packs:
            for id_ in pack.disables:
                if id_ in self.seen:
                    # What another pack replaced or turned off as well is gone already, as wished.
                    self.rules.pop(id_, None)
                else:
                    self.unknown(id_, pack.id)

    def override(self, packs: Iterable[Pack]) -> None:
        """
        Change single texts and numbers; where two packs change the same one, the original stays.
        """
        wished: dict[tuple[str, str], list[tuple[str, Override]]] = {}
        for pack in packs:
            for override in pack.overrides:
                if self.known(override.rule, pack.id):
                    for place in (*override.numbers, *override.texts):
                        wished.setdefault((override.rule, place), []).append((pack.id, override))
        for (id_, place), wishes in sorted(wished.items(), key=lambda pair: pair[0]):
            if len(wishes) > 1:
                names = " and ".join(pack for pack, _ in wishes)
                self.problem("override.twice", names, f"{id_} {place}", "one change; the original stays")
            else:
                by, override = wishes[0]
                self.rules[id_] = self.changed(self.rules[id_], place, override, by)

    def changed(self, rule: Rule, place: str, override: Override, pack: str) -> Rule:
        if place == "priority":
            return attrs.evolve(rule, priority=override.numbers[place])
        if place == "order":
            return attrs.evolve(rule, order=override.numbers[place])
        text = override.texts[place]
        unknown = next(unknown_slots(text, rule, self.checklists), None)
        if unknown is not None:
            wanted = f"a slot that {rule.id} can fill"
            self.problem("slot.unknown", pack, shown(unknown), wanted)
            return rule
        text = text.with_live(rule.live)
        if place == "because":
            return attrs.evolve(rule, because=text)
        kind, name = place.split(".")
        for index, draft in enumerate(rule.drafts):
            if draft.kind == kind:
                new = attrs.evolve(draft, texts=FrozenMap({**draft.texts, name: text}))
                return attrs.evolve(rule, drafts=(*rule.drafts[:index], new, *rule.drafts[index + 1 :]))
        self.problem("override.no-such-text", pack, f"{rule.id} {place}", f"a text that {rule.id} has")
        return rule


def _in_a_ring(id_: str, rivals: Mapping[str, list[Rule]]) -> bool:
    """
    Whether the rule *id_* is replaced by one that it replaces itself, at once or over others.
    """
    # Each rule replaces one at the most, so whatever leads back to a rule that was seen leads back to this one.
    ahead = [rule.id for rule in rivals[id_]]
    while ahead:
        one = ahead.pop()
        if one == id_:
            return True
        ahead += [rule.id for rule in rivals.get(one, ())]
    return False
