"""
Places in answers: as a phrase inside a sentence, and as the name one searches by.
"""

from __future__ import annotations

from itertools import dropwhile

from kowhy.sentences.english import bare, title_place, words

_UNITS = frozenset("km kilometres kilometers k mi mile miles minutes mins min hour hours h stops stop blocks m".split())
_DISTANCE = frozenset("within under up to less than about around roughly max maximum not more".split())
_LINKS = frozenset("of from around to near".split())
_KEEP = frozenset("the of on upon and de la le el da do dos das van von am im".split())


def phrase(text: str) -> str | None:
    """
    A place as it follows a verb: "in Lyon", "within 40 km of Leeds", "online"; ``None`` if it is not plainly a place.
    """
    part = _first_part(text)
    tokens = part.split()
    if not tokens:
        return None
    first = bare(tokens[0])
    if part.casefold() in ("walking distance", "cycling distance"):
        return f"within {part.lower()}"
    if first in words("placeless"):
        # "An evening remotely" is not English, and "by phone" is no place.
        return "online" if first in ("online", "virtual", "virtually") else None
    if first in words("place_prepositions"):
        named = name(text)
        if named and part == part.lower() and part.endswith(named.lower()):
            part = part[: len(part) - len(named)] + named
        return part[:1].lower() + part[1:]
    if first in _DISTANCE or first[:1].isdigit():
        named = name(text)
        return f"around {named}" if named and any(bare(token) in _UNITS for token in tokens) else None
    if tokens[-1].casefold() == "side" and len(tokens) == 2:
        return f"on the {part[:1].lower()}{part[1:]}"
    part = title_place(part)
    if first in words("determiners") or any(char.isupper() for char in part):
        return f"in {part}"
    return f"in the {part}" if all(bare(token) in words("generic_places") for token in tokens) else f"in {part}"


def name(text: str) -> str | None:
    """
    The name of the place in *text*, as one types it into a search: "within 40 km of Leeds" gives "Leeds".
    """
    part = _first_part(text)
    tokens = part.split()
    is_measured = False
    for index, token in enumerate(tokens[:-1]):
        if is_measured and bare(token) in _LINKS:
            tokens = tokens[index + 1 :]
            break
        is_measured = is_measured or bare(token) in _UNITS or token[:1].isdigit()
    leads = words("place_prepositions") | {"greater"}
    tokens = list(dropwhile(lambda token: bare(token) in leads, tokens))
    if not tokens or bare(tokens[0]) in words("placeless") | words("possessives") or tokens[0][:1].isdigit():
        return None
    if tokens and bare(tokens[0]) == "the":
        tokens = tokens[1:]
    if all(bare(token) in words("generic_places") or bare(token) in ("walking", "distance") for token in tokens):
        return None
    return title_place(" ".join(tokens)) or None


def mentioned(text: str) -> str | None:
    """
    The name of a place inside an answer about something else: "evenings in Graz, with a piano" gives "Graz".
    """
    found = None
    for part in text.replace(";", ",").split(","):
        tokens = part.split()
        # Where the capitals that begin at a word end; from the last word on, so that none is looked at twice.
        end = len(tokens)
        for index in range(len(tokens) - 1, 0, -1):
            if not tokens[index][:1].isupper():
                end = index
            elif bare(tokens[index - 1]) in ("in", "near", "around", "at"):
                found = " ".join(tokens[index:end])
                break
    return found.rstrip(".") if found is not None else None


#: What only limits a place: "Leeds or phone" is Leeds.
_LIMITS = (
    " but ",
    " + ",
    " und ",
    *(f" {join} {way}" for join in ("or", "and") for way in ("remote", "online", "phone", "by ", "video")),
    *(f" by {way}" for way in ("bike", "bus", "tram", "train", "car", "foot", "phone")),
)


def _first_part(text: str) -> str:
    """
    *text* up to what only limits it: "Lyon, under 45 minutes by tram" is Lyon; "Mercer County, New Jersey" stays whole.
    """
    whole = text.strip().rstrip(".")
    for mark in (";", " - ", " – ", " — ", " (", "/"):
        whole = whole.split(mark, 1)[0].strip()
    parts = [part.strip() for part in whole.split(",")]
    kept = parts[:1]
    for part in parts[1:3]:
        tokens = part.split()
        capitals = all(token[:1].isupper() or bare(token) in _KEEP for token in tokens)
        if not tokens or len(tokens) > 3 or not capitals or bare(tokens[0]) in words("proper"):
            break
        kept.append(part)
    # "Ohio and two days a week", "Leeds but not the centre": what follows the link is a limit.
    first = kept[0]
    for link in _LIMITS:
        first = first.split(link, 1)[0]
    return ", ".join([first.strip(), *kept[1:]])
