"""Where: the place of an event by attachment, at least its country.

A place named in the event's clause counts; a visit takes place at its host; a deed of force inside one
state takes place there (an inference, listed as one). Anything else is left open.
"""

from __future__ import annotations

from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate
from onrecord.model.records import Place

_LOC = 2
_WHERE = frozenset(("in", "at", "near", "outside", "inside", "across", "around"))
_ON_THE_GROUND = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE"))


def place_of(draft: Draft, found: Candidate) -> Place | None:
    """The place of an event, or None where the text leaves it open."""
    stated = _stated(draft, found)
    if stated is not None:
        return stated
    mention = found.clearest
    codes = {draft.code_of(identifier) for identifier in (*found.actors, *found.recipients)}
    if mention.type == "CONSULT" and mention.mode == "visit" and found.recipients:
        return _of_state(draft, found.recipients[0])
    if mention.type in _ON_THE_GROUND and len(codes) == 1 and found.recipients:
        return _of_state(draft, found.recipients[0])
    return None


def _stated(draft: Draft, found: Candidate) -> Place | None:
    """A place name that "in", "at" or the like ties to the event word or to its clause."""
    reading = draft.reading
    trigger = found.clearest.trigger
    first, last = draft.clause(trigger[0])
    best: tuple[int, Place] | None = None
    for begin, end, kind in reading.entities:
        if kind != _LOC or not (first <= begin and end <= last):
            continue
        head = int(end) - 1
        if not any(
            reading.deprel(child) == "case" and reading.lower(child) in _WHERE
            for child in reading.children(head)
        ):
            continue
        party = draft.resolver.resolve((int(begin), int(end)))
        place = Place(
            name=draft.document.words(draft.span((int(begin), int(end)))),
            country=party.code if party else None,
        )
        distance = abs(head - trigger[0])
        if best is None or distance < best[0]:
            best = distance, place
    return best[1] if best else None


def _of_state(draft: Draft, identifier: str) -> Place | None:
    actor = draft.actor(identifier)
    if actor.code is None or len(actor.code) != 3:
        return None
    return Place(name=actor.name, country=actor.code)
