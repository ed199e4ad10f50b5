"""Where records stand in a text: the text cut at every edge of a span, each piece with the records over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from onrecord.ledger.describe import describe, kind_of
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Act, Actor, Claim, Event, Incident, Link, MissionState, Time

# The layers of a document page, in the order of their toggles.
LAYERS = {
    "event": "events",
    "claim": "claims",
    "act": "measures and sizes of missions",
    "date": "dates",
    "actor": "actors",
    "other": "incidents, forums, expectations, ties",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of one record. ``layer`` is its toggle; a date is a mark of the record that it dates."""

    span: tuple[int, int]
    layer: str
    record: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same marks. ``first`` says that the target of a link begins here."""

    text: str
    start: int
    marks: tuple[Mark, ...]
    target: bool
    first: bool

    @property
    def layers(self) -> list[str]:
        return list(dict.fromkeys(mark.layer for mark in self.marks))

    @property
    def records(self) -> list[str]:
        return list(dict.fromkeys(mark.record for mark in self.marks))

    @property
    def lead(self) -> Mark | None:
        """The mark that a click follows: the shortest, which is the one that is most about these words."""
        return min(self.marks, key=lambda m: (m.span[1] - m.span[0], m.layer == "actor"), default=None)


@dataclass(frozen=True, slots=True)
class Block:
    """A section of a document: ``title``, ``body``, ``debris`` …, or ``between`` for words outside of all."""

    kind: str
    pieces: tuple[Piece, ...]


def marks(world: World, doc: Doc) -> list[Mark]:
    """Every mark in one document, in the order of the text."""
    found = [
        mark
        for owner, _, record in world.owner.values()
        if owner is doc
        for mark in _of(world, record)
        if 0 <= mark.span[0] < mark.span[1] <= len(doc.document.text)
    ]
    return sorted(dict.fromkeys(found), key=lambda m: (m.span, m.layer, m.record))


def _of(world: World, record: Any) -> Iterator[Mark]:
    label = describe(world, record)
    layer = _layer(record)
    for span in _spans(record):
        yield Mark((span[0], span[1]), layer, record.id, f"{kind_of(record)}: {label}")
    for time in _times(record):
        if time is not None and time.phrase is not None:
            yield Mark(
                (time.phrase[0], time.phrase[1]),
                "date",
                record.id,
                f"{time.edtf}, the date of {kind_of(record)}: {label}",
            )


def _layer(record: Any) -> str:
    if isinstance(record, Event):
        return "event"
    if isinstance(record, Claim):
        return "claim"
    if isinstance(record, (Act, MissionState)):
        return "act"
    return "actor" if isinstance(record, Actor) else "other"


def _spans(record: Any) -> Iterable[tuple[int, int]]:
    if isinstance(record, Event):
        return [record.trigger, *(one.span for one in record.quantities if one.span)]
    if isinstance(record, Claim):
        return [*([record.cue] if record.cue else []), *record.content]
    if isinstance(record, Actor):
        return record.mentions
    if isinstance(record, (Incident, Link)) or hasattr(record, "evidence"):
        return list(record.evidence)
    return []


def _times(record: Any) -> Iterable[Time | None]:
    if isinstance(record, Act):
        dates = record.dates
        return (dates.act, dates.announced, dates.notified, dates.decided, dates.effective, dates.deadline)
    return (getattr(record, "time", None), getattr(record, "deadline", None))


def blocks(doc: Doc, found: list[Mark], target: tuple[int, int] | None) -> list[Block]:
    """The whole text in blocks and pieces; joined, the pieces are the text without the white space between
    sections."""
    text = doc.document.text
    made: list[Block] = []
    at = 0
    for section in sorted(doc.document.sections, key=lambda one: one.span):
        start, end = max(section.span[0], at), min(section.span[1], len(text))
        if start > at and text[at:start].strip():
            made.append(_block("between", text, at, start, found, target))
        if end > start:
            made.append(_block(section.kind, text, start, end, found, target))
            at = end
    if text[at:].strip():
        made.append(_block("between" if made else "body", text, at, len(text), found, target))
    return _first_target(made)


def _block(
    kind: str, text: str, start: int, end: int, found: list[Mark], target: tuple[int, int] | None
) -> Block:
    inside = [mark for mark in found if mark.span[0] < end and mark.span[1] > start]
    edges = {start, end}
    for span in [*(mark.span for mark in inside), *([target] if target else [])]:
        edges.update(edge for edge in span if start < edge < end)
    cuts = sorted(edges)
    pieces = []
    for first, last in pairwise(cuts):
        over = tuple(mark for mark in inside if mark.span[0] <= first and mark.span[1] >= last)
        aimed = target is not None and target[0] <= first and target[1] >= last
        pieces.append(Piece(text[first:last], first, over, aimed, False))
    return Block(kind, tuple(pieces))


def _first_target(made: list[Block]) -> list[Block]:
    """Mark the piece where the target of the link begins: a page has one such place."""
    done = False
    out = []
    for block in made:
        pieces = []
        for piece in block.pieces:
            first = piece.target and not done
            done = done or first
            pieces.append(Piece(piece.text, piece.start, piece.marks, piece.target, first))
        out.append(Block(block.kind, tuple(pieces)))
    return out
