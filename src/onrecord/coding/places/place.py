"""Where: the place of an event by attachment, as fine as the gazetteer can tell, at least its country.

A place named in the event's clause counts; a visit takes place at its host; what one state does within itself takes
place there (an inference, and listed as one). Anything else is left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate
from onrecord.coding.places.gazetteer import fold, gazetteer
from onrecord.coding.places.toponyms import Spot, Toponyms, state_of
from onrecord.model.records import Place
from onrecord.reading.types import ENTITY_KINDS, Reading, WordSpan
from onrecord.vocabulary import country_of, places

_LOC, _PER = ENTITY_KINDS.index("LOC"), ENTITY_KINDS.index("PER")
_WHERE = frozenset(("in", "at", "near", "outside", "inside", "across", "around", "throughout"))
_NAMING = frozenset(("PROPN", "ADJ"))
_LONGEST = 3
# From so many people a town's name inside that of a body is the town's.
_KNOWN = 30_000
# Words before a place that name a part of it, and the last words of what stands in one.
_BEFORE_NAMES = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest upper "
    "lower downtown suburban greater inner city town village county state of the".split()
)
_FACILITIES = frozenset(
    "center centre school elementary academy college university hall fair fairgrounds park parks jail prison hospital "
    "airport library museum church courthouse district police department area region valley".split()
)
_NO_NAMES = (
    _BEFORE_NAMES
    | _FACILITIES
    | frozenset(
        "january february march april may june july august september october november december monday tuesday "
        "wednesday thursday friday saturday sunday human union metro american street road avenue".split()
    )
)
# What one state does within itself takes place there; where it praises, accuses, promises or meets is left open.
_AT_HOME = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "REJECT", "REQUEST", "CONCEDE"))

Spots = Mapping[WordSpan, Spot]


def locate(reading: Reading) -> dict[WordSpan, Spot]:
    """The place names of a reading that could be put somewhere, resolved together."""
    words = named_places(reading)
    names = [(written(reading, each), reading.span(*each)[0]) for each in words]
    spots = Toponyms(gazetteer(), country_of_place).locate(names)
    return {each: spot for each, spot in zip(words, spots, strict=True) if spot is not None}


def country_of_place(name: str) -> str | None:
    """The country of a country's name or adjective, or of a region that the tables of names know (Darfur)."""
    return country_of(name) or _regions().get(fold(name))


@cache
def _regions() -> Mapping[str, str]:
    named = {fold(each.name): each.code for each in places() if each.kind == "region" and each.code}
    return {name: code for name, code in named.items() if not gazetteer().lookup(name)}


def written(reading: Reading, words: WordSpan) -> str:
    """A name as it stands, with the full stop of an abbreviated state ("Fla.")."""
    name, end = reading.words(words), words[1]
    stop = end < len(reading) and reading.word(end) == "." and reading.start(end) == reading.end(end - 1)
    return f"{name}." if stop and state_of(f"{name}.") else name


def named_places(reading: Reading) -> list[WordSpan]:
    """The names of places in the order of the text.

    Entities of kind LOC, the names and adjectives of countries wherever they stand, known places inside the names of
    organisations ("Walker County police"), and those that "in" or the like puts somewhere, whatever they were read as.
    """
    found = [_fitted(reading, int(start), int(end)) for start, end, kind in reading.entities if kind == _LOC]
    taken = {word for start, end in found for word in range(start, end)}
    word = 0
    while word < len(reading):
        end = 0 if word in taken else _named_at(reading, word, taken)
        if end:
            found.append((word, end))
        word = max(end, word + 1)
    return sorted(found + _again(reading, found))


def _again(reading: Reading, found: Sequence[WordSpan]) -> list[WordSpan]:
    """The one-word names read as a person or as nothing that are those of places in the same document."""
    taken = {word for start, end in found for word in range(start, end)}
    once = {
        reading.word(start) for start, end in found if end - start == 1 and _is_place(reading.word(start))
    }
    people = {
        int(w)
        for start, end, kind in reading.entities
        if kind == _PER and end - start > 1
        for w in (start, end - 1)
    }
    surnames = {reading.word(word) for word in people}
    return [
        (word, word + 1)
        for word in range(len(reading))
        if word not in taken
        and reading.word(word) in once
        and reading.word(word) not in surnames
        and reading.pos(word) == "PROPN"
        and reading.entity_at(word) in (None, "PER")
    ]


def _fitted(reading: Reading, start: int, end: int) -> WordSpan:
    """A LOC name as it is where it is known; else with the word before it ("United [States]"), or cut to the known
    place in it ("Northeast [Georgia]", "[Glen Carbon] Elementary")."""
    if _is_place(written(reading, (start, end))):
        return start, end
    if start and reading.word(start - 1)[:1].isupper() and _is_place(reading.words((start - 1, end))):
        return start - 1, end
    first = start
    while first + 1 < end and reading.lower(first) in _BEFORE_NAMES:
        first += 1
        if _is_place(written(reading, (first, end))):
            return first, end
    if reading.lower(end - 1) in _FACILITIES:
        for last in range(end - 1, start, -1):
            if _is_place(reading.words((start, last))):
                return start, last
    return start, end


def _named_at(reading: Reading, start: int, taken: set[int]) -> int:
    """The end of the longest known place name that starts at a word outside LOC names; 0 where none does."""
    if not reading.word(start)[:1].isupper():
        return 0
    for end in range(min(start + _LONGEST, len(reading)), start, -1):
        words = range(start, end)
        if any(word in taken or reading.pos(word) not in _NAMING for word in words):
            continue
        name = written(reading, (start, end))
        if country_of(name) or state_of(name):
            return end
        if name.casefold() in _NO_NAMES:
            continue
        if all(reading.entity_at(word) == "ORG" for word in words) and _is_known(name):
            return end
        alone = start == 0 or reading.entity_at(start - 1) != "PER" or reading.entity_at(start) != "PER"
        ends = end == len(reading) or reading.entity_at(end) is None
        if alone and ends and _is_put(reading, start, end) and gazetteer().lookup(name):
            return end
    return 0


def _is_put(reading: Reading, start: int, end: int) -> bool:
    """Whether "in", "at" or "near" stands right before a name, as before no person or body."""
    if (
        start == 0
        or reading.lower(start - 1) not in _WHERE
        or any(reading.pos(w) != "PROPN" for w in range(start, end))
    ):
        return False
    return all(reading.entity_at(word) in (None, "PER") for word in range(start, end))


def _is_place(name: str) -> bool:
    return bool(country_of_place(name) or state_of(name) or gazetteer().lookup(name))


@lru_cache(maxsize=1 << 14)
def _is_known(name: str) -> bool:
    several = " " in name
    return any(
        each.kind in ("region", "county") or several or each.population >= _KNOWN
        for each in gazetteer().lookup(name)
    )


def place_of(draft: Draft, found: Candidate, spots: Spots) -> tuple[Place | None, bool]:
    """The place of an event, None where the text leaves it open; and whether it is inferred."""
    stated = _stated(draft, found, spots)
    if stated is not None:
        return stated, False
    mention = found.clearest
    sides = {draft.code_of(identifier) for identifier in (*found.actors, *found.recipients)}
    code = next(iter(sides)) if len(sides) == 1 and mention.type in _AT_HOME else None
    if mention.mode == "visit" and found.recipients:
        code = draft.code_of(found.recipients[0])
    country = gazetteer().country(code) if code is not None and len(code) == 3 else None
    if country is None:
        return None, False
    return Place(name=country.name, country=country.country, geonames=country.geonames), True


def _stated(draft: Draft, found: Candidate, spots: Spots) -> Place | None:
    """The nearest place that "in", "at" or the like ties to the clause of the event word."""
    reading, trigger = draft.reading, found.clearest.trigger[0]
    first, last = draft.clause(trigger)
    near = [
        (abs(end - 1 - trigger), (start, end))
        for start, end in spots
        if first <= start and end <= last and _is_where(reading, end - 1)
    ]
    if not near:
        return None
    words = min(near)[1]
    spot = spots[words]
    return Place(
        name=reading.words(words),
        country=spot.country,
        latitude=spot.latitude,
        longitude=spot.longitude,
        geonames=spot.geonames,
    )


def _is_where(reading: Reading, head: int) -> bool:
    return any(
        reading.deprel(child) == "case" and reading.lower(child) in _WHERE for child in reading.children(head)
    )
