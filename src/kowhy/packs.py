"""
Rule packs: files of rules, read and checked once into plain values.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from kowhy import dialect
from kowhy._frozen import FrozenMap
from kowhy.checklists import Checklist, load_checklists
from kowhy.errors import Fault, InvalidPackError, shown
from kowhy.forms import fold
from kowhy.offers import KINDS, PLAN_SLOTS, Draft
from kowhy.rules import PREFIX, RANK, Mention, Override, Pack, Rule
from kowhy.schemas import check
from kowhy.scorecards import RUNGS
from kowhy.sentences import Phrase, Sentence, SentenceError
from kowhy.whys import WHYS

__all__ = ["Pack", "load_pack", "own_packs", "own_tables", "pack_from_dict"]


def load_pack(path: str | Path, *, checklists: Mapping[str, Checklist] | None = None) -> Pack:
    """
    Read a rule pack from a TOML or JSON file.

    Raises:
        InvalidPackError: With every fault at once.

        OSError: The file cannot be read.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8")
        table = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InvalidPackError(
            [Fault(code="pack.syntax", given=str(error), wanted="a TOML or JSON text in UTF-8", source=path.name)]
        ) from None
    return pack_from_dict(table, source=path.name, checklists=checklists)


@cache
def own_packs() -> tuple[Pack, ...]:
    """
    The packs that come with kowhy, sorted by id.
    """
    # They are checked by the tests; checking them again at every start would cost more than all the rest.
    packs = [_Reader(checklists=load_checklists()).pack(table) for table in own_tables()]
    return tuple(sorted(packs, key=lambda pack: pack.id))


def own_tables() -> Iterator[dict[str, Any]]:
    """
    The packs that come with kowhy as they stand in their files.
    """
    room = files("kowhy").joinpath("catalogue", "packs")
    packs = (entry for entry in room.iterdir() if entry.name.endswith(".toml"))
    return (tomllib.loads(entry.read_text(encoding="utf-8")) for entry in packs)


def pack_from_dict(
    table: Mapping[str, Any], *, source: str = "", checklists: Mapping[str, Checklist] | None = None
) -> Pack:
    """
    Check and compile a rule pack.

    Raises:
        InvalidPackError: With every fault at once.
    """
    faults = [attrs.evolve(fault, source=source) for fault in check(table, "pack")]
    if faults:
        raise InvalidPackError(faults)
    reader = _Reader(checklists=load_checklists() if checklists is None else checklists)
    pack = reader.pack(table)
    if reader.faults:
        raise InvalidPackError(attrs.evolve(fault, source=source) for fault in reader.faults)
    return pack


@attrs.define
class _Reader:
    """
    Compiles one pack and gathers its faults on the way.
    """

    checklists: Mapping[str, Checklist]
    faults: list[Fault] = attrs.field(factory=list)
    words: Mapping[str, list[str]] = attrs.field(factory=dict)

    def pack(self, table: Mapping[str, Any]) -> Pack:
        head = table["pack"]
        self.words = table.get("words", {})
        for name, words in self.words.items():
            for index, word in enumerate(words):
                self.word(word, f"/words/{name}/{index}")
        phrases = FrozenMap(
            (name, self.phrase(entry, f"/phrase/{name}")) for name, entry in table.get("phrase", {}).items()
        )
        seen: dict[str, int] = {}
        rules = []
        for index, entry in enumerate(table.get("rule", ())):
            pointer = f"/rule/{index}"
            if seen.setdefault(entry["id"], index) != index:
                self.fault("rule.repeated", f"{pointer}/id", entry["id"], "an id of its own")
            rules.append(self.rule(entry, pointer, head["id"], phrases))
        return Pack(
            id=head["id"],
            title=head["title"],
            rules=tuple(rules),
            disables=tuple(head.get("disables", ())),
            overrides=tuple(
                self.override(entry, f"/override/{index}") for index, entry in enumerate(table.get("override", ()))
            ),
        )

    def fault(self, code: str, pointer: str, given: object, wanted: str) -> None:
        self.faults.append(Fault(code=code, pointer=pointer, given=shown(given), wanted=wanted))

    def sentence(self, text: str, pointer: str) -> Sentence:
        try:
            return Sentence.read(text)
        except SentenceError as error:
            self.fault("sentence.syntax", pointer, text, str(error))
            return Sentence(text, ())

    def phrase(self, entry: Mapping[str, Any], pointer: str) -> Phrase:
        wordings = FrozenMap(
            (shape, self.sentence(text, f"{pointer}/{shape}")) for shape, text in entry.items() if shape != "item"
        )
        for shape, wording in wordings.items():
            for slot in wording.slots:
                if slot.name != "it":
                    self.fault("slot.unknown", f"{pointer}/{shape}", slot.name, "{it}")
        return Phrase(item=entry["item"], wordings=wordings)

    def rule(self, entry: Mapping[str, Any], pointer: str, pack: str, phrases: FrozenMap[str, Phrase]) -> Rule:
        whys = tuple(WHYS) if "any" in entry["for"] else tuple(why for why in WHYS if why in entry["for"])
        together = tuple(entry.get("with", ()))
        needs: dict[str, int] = {}
        for key, rung in entry.get("needs", {}).items():
            needs[key] = RUNGS.index(rung)
            self.key(key, whys, together, f"{pointer}/needs/{key}")
        mentions = []
        for key, words in entry.get("mentions", {}).items():
            for one in key.split("|"):
                self.key(one, whys, together, f"{pointer}/mentions/{key}")
            mentions.append(self.mention(key, words, f"{pointer}/mentions/{key}"))
        unless = []
        for key, words in entry.get("unless", {}).items():
            for one in key.split("|"):
                self.key(one, whys, together, f"{pointer}/unless/{key}")
            unless.append(self.mention(key, words, f"{pointer}/unless/{key}"))
        for part in entry.get("rank", {}):
            if part in RANK:
                wanted = "a part of its own; kowhy works that one out"
                self.fault("rank.taken", f"{pointer}/rank/{part}", part, wanted)
        if "when" in entry:
            self.faults += dialect.faults(entry["when"], f"{pointer}/when")
        live = tuple(entry.get("live", ()))
        rule = Rule(
            id=entry["id"],
            whys=whys,
            together=together,
            needs=FrozenMap(needs),
            mentions=tuple(mentions),
            unless=tuple(unless),
            adult=entry.get("adult", False),
            countries=tuple(entry.get("country", ())),
            when=FrozenMap(entry["when"]) if "when" in entry else None,
            because=self.sentence(entry["because"], f"{pointer}/because").with_live(live),
            group=entry.get("group", ""),
            priority=entry.get("priority", 0),
            rank=FrozenMap(entry.get("rank", {})),
            order=entry.get("order", 0),
            source=entry.get("source", ""),
            homepage=entry.get("homepage", ""),
            confirmed=entry.get("confirmed", ""),
            live=live,
            drafts=tuple(self.drafts(entry, pointer, live)),
            pack=pack,
            phrases=phrases,
            replaces=entry.get("replaces", ""),
        )
        self.slots(rule, pointer)
        return rule

    def override(self, entry: Mapping[str, Any], pointer: str) -> Override:
        numbers = {key: entry[key] for key in ("priority", "order") if key in entry}
        texts = {"because": self.sentence(entry["because"], f"{pointer}/because")} if "because" in entry else {}
        for kind in KINDS:
            for name, text in entry.get(kind, {}).items():
                texts[f"{kind}.{name}"] = self.sentence(text, f"{pointer}/{kind}/{name}")
        return Override(rule=entry["rule"], numbers=FrozenMap(numbers), texts=FrozenMap(texts))

    def mention(self, key: str, words: Iterable[str], pointer: str) -> Mention:
        kept: list[str] = []
        for index, word in enumerate(words):
            if not word.startswith("@"):
                self.word(word, f"{pointer}/{index}")
                kept.append(word)
            elif word[1:] in self.words:
                kept += self.words[word[1:]]
            else:
                known = ", ".join(self.words) or "none is there"
                self.fault("words.unknown", f"{pointer}/{index}", word, f"@ and a list under words: {known}")
        return Mention.read(key, [word for word in kept if fold(word)])

    def word(self, word: str, pointer: str) -> None:
        """
        Check a word that answers may hold.
        """
        tokens = fold(word)
        if not tokens:
            self.fault("mention.empty", pointer, word, "a word of letters or digits")
        elif word.endswith("*") and len(tokens[-1]) < PREFIX:
            self.fault("mention.short-prefix", pointer, word, f"{PREFIX} letters or more before *")

    def drafts(self, entry: Mapping[str, Any], pointer: str, live: tuple[str, ...]) -> Iterator[Draft]:
        for kind, (_, names) in KINDS.items():
            found = entry.get(kind, ())
            for index, table in enumerate((found,) if isinstance(found, Mapping) else found):
                place = f"{pointer}/{kind}" if isinstance(found, Mapping) else f"{pointer}/{kind}/{index}"
                texts = {name: self.sentence(table[name], f"{place}/{name}") for name in names if name in table}
                yield Draft(kind=kind, texts=FrozenMap({name: text.with_live(live) for name, text in texts.items()}))

    def key(self, key: str, whys: tuple[str, ...], together: tuple[str, ...], pointer: str) -> None:
        why, _, item = key.rpartition(".")
        for one in (why,) if why else whys:
            if one not in self.checklists:
                self.fault("why.unknown", pointer, one, f"one of {', '.join(self.checklists)}")
                continue
            known = [entry.key for entry in self.checklists[one].items]
            if item not in known:
                self.fault("item.unknown", pointer, key, f"an item of {one}: {', '.join(known)}")
            elif why and why not in together and whys != (why,):
                self.fault("why.not-required", pointer, key, f"with = [{why!r}] beside it")

    def slots(self, rule: Rule, pointer: str) -> None:
        sentences = [("because", rule.because)]
        sentences += [(f"{draft.kind}/{name}", text) for draft in rule.drafts for name, text in draft.texts.items()]
        for place, sentence in sentences:
            for name in unknown_slots(sentence, rule, self.checklists):
                wanted = "an item, a phrase, or a name listed under live"
                self.fault("slot.unknown", f"{pointer}/{place}", name, wanted)


def unknown_slots(sentence: Sentence, rule: Rule, checklists: Mapping[str, Checklist]) -> Iterator[str]:
    """
    The slots of *sentence* that nothing can fill when it stands in *rule*.
    """
    for slot in sentence.slots:
        name = slot.name
        if name in rule.live or name in PLAN_SLOTS:
            continue
        if name in rule.phrases:
            name = rule.phrases[name].item
        why, _, item = name.rpartition(".")
        known = {
            entry.key for one in ((why,) if why else rule.whys) if one in checklists for entry in checklists[one].items
        }
        if item not in known:
            yield slot.name
