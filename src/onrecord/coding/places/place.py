"""Where: the place of an event by attachment, as fine as the gazetteer can tell, at least its country.

A place named in the event's clause counts; a visit takes place at its host; a deed of force inside one state
takes place there (an inference, and listed as one). Anything else is left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate
from onrecord.coding.places.gazetteer import gazetteer
from onrecord.coding.places.toponyms import Spot, Toponyms
from onrecord.model.records import Place
from onrecord.reading.types import ENTITY_KINDS, Reading, WordSpan
from onrecord.vocabulary import country_of

_LOC = ENTITY_KINDS.index("LOC")
_WHERE = frozenset(("in", "at", "near", "outside", "inside", "across", "around", "throughout"))
_NAMING = frozenset(("PROPN", "ADJ"))
_LONGEST = 3
# From so many people a town's name is known beyond its region.
_KNOWN = 100_000
_ON_THE_GROUND = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE"))

Spots = Mapping[WordSpan, Spot]


def locate(reading: Reading) -> dict[WordSpan, Spot]:
    """The place names of a reading that could be put somewhere, resolved together."""
    words = named_places(reading)
    names = [(reading.words(each), reading.span(*each)[0]) for each in words]
    spots = Toponyms(gazetteer(), country_of).locate(names)
    return {each: spot for each, spot in zip(words, spots, strict=True) if spot is not None}


def named_places(reading: Reading) -> list[WordSpan]:
    """The names of places in the order of the text.

    Entities of kind LOC, the names and adjectives of countries wherever they stand, and well-known places inside the
    names of organisations ("the University of Ohio").
    """
    found = [(int(start), int(end)) for start, end, kind in reading.entities if kind == _LOC]
    taken = {word for start, end in found for word in range(start, end)}
    word = 0
    while word < len(reading):
        end = 0 if word in taken else _known(reading, word, taken)
        if end:
            found.append((word, end))
        word = max(end, word + 1)
    return sorted(found)


def _known(reading: Reading, start: int, taken: set[int]) -> int:
    """The end of the longest known place name that starts at a word outside LOC names; 0 where none does."""
    for end in range(min(start + _LONGEST, len(reading)), start, -1):
        words = range(start, end)
        if any(word in taken or reading.pos(word) not in _NAMING for word in words):
            continue
        name = reading.words((start, end))
        if not name[:1].isupper():
            return 0
        if country_of(name):
            return end
        if all(reading.entity_at(word) == "ORG" for word in words) and _is_known(name):
            return end
    return 0


@lru_cache(maxsize=1 << 14)
def _is_known(name: str) -> bool:
    return any(each.kind == "region" or each.population >= _KNOWN for each in gazetteer().lookup(name))


def place_of(draft: Draft, found: Candidate, spots: Spots) -> tuple[Place | None, bool]:
    """The place of an event, None where the text leaves it open; and whether it is inferred."""
    stated = _stated(draft, found, spots)
    if stated is not None:
        return stated, False
    mention = found.clearest
    host = draft.actor(found.recipients[0]) if found.recipients else None
    if host is None or host.code is None or len(host.code) != 3:
        return None, False
    codes = {draft.code_of(identifier) for identifier in (*found.actors, *found.recipients)}
    if mention.mode == "visit" or (mention.type in _ON_THE_GROUND and len(codes) == 1):
        country = gazetteer().country(host.code)
        if country is not None:
            return Place(name=country.name, country=host.code, geonames=country.geonames), True
    return None, False


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
