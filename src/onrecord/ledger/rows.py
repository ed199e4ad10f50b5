"""What views return: typed rows that carry ids, documents, words with their spans, and on whose word they
stand."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words with their place: ``span`` is ``[start, end)`` in code points of the document's
    rendition."""

    document: str
    span: tuple[int, int]
    words: str
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as a document names it."""

    id: str
    name: str
    kind: str
    code: str | None = None
    sector: str | None = None
    role: str | None = None
    anonymous: bool = False

    def __str__(self) -> str:
        return self.code if self.code and self.kind in ("state", "igo") else self.name


@dataclass(frozen=True, slots=True)
class When:
    """An EDTF interval with its days, the phrase it was read from and the day that was resolved against."""

    edtf: str
    lower: date | None
    upper: date | None
    phrase: str | None = None
    anchor: str | None = None
    basis: str = "explicit"
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word: a claim's holder (None where nobody is named) with the relay from the holder
    outwards."""

    claim: str
    holder: Party | None
    relay: tuple[Party, ...]
    stance: str
    cue: str | None
    factuality: str | None
    certainty: str | None
    said: When | None
    document: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; ``low`` and ``high`` bound what is not exact."""

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports that differ in one field of one entry, each value with the documents that give it."""

    kind: str
    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]
    what: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin with the documents whose reports go back to it, and the first of them."""

    key: str
    label: str
    documents: tuple[str, ...]
    first: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two reports are held to be of one event. ``id`` is its own where it is on record, to undo it by."""

    first: str
    second: str
    probability: float
    reasons: tuple[str, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, from however many reports.

    ``standing`` says on what it rests: ``asserted`` (a document's own word), ``attributed`` (on the word of
    ``voices``), ``assessed`` (only assessments), ``accused`` (only accusations) or ``denied`` (only
    denials). Only ``asserted`` and ``attributed`` events of status ``actual`` that are no mere attempts are ``done``.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: str
    standing: str
    attempt: bool
    background: bool
    when: When | None
    place: str | None
    country: str | None
    quantities: tuple[Amount, ...]
    acts: tuple[str, ...]
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    origins: tuple[Origin, ...]
    conflicts: tuple[Conflict, ...]
    probability: float | None
    members: tuple[str, ...]
    merges: tuple[Merge, ...]
    recorded: str

    @property
    def done(self) -> bool:
        return self.status == "actual" and self.standing in ("asserted", "attributed") and not self.attempt

    @property
    def label(self) -> str:
        """The words a list shows for what this row is."""
        told = {
            "future": "planned",
            "hypothetical": "hypothetical",
            "negated": "did not happen",
            "actual": "event",
        }
        if self.standing == "accused":
            named = any(voice.holder for voice in self.voices)
            return ("accusation of an attempt" if self.attempt else "accusation") + (
                "" if named else " (holder unknown)"
            )
        if self.standing in ("denied", "assessed"):
            return "assessment" if self.standing == "assessed" else "denied"
        if self.attempt and self.status == "actual":
            return "attempt"
        return told[self.status] if self.standing == "asserted" else f"{told[self.status]}, as claimed"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What somebody did, kept apart from what he is said to have done, to have tried, to plan or not to
    have done."""

    actor: str
    done: tuple[EventRow, ...]
    accusations: tuple[EventRow, ...]
    attempts: tuple[EventRow, ...]
    denied: tuple[EventRow, ...]
    negated: tuple[EventRow, ...]
    planned: tuple[EventRow, ...]
    hypothetical: tuple[EventRow, ...]
    attributions: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a claim is about: a record, or one field of it."""

    id: str
    kind: str
    field: str | None
    label: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. ``status``: ``open``, ``confirmed``, ``disputed`` or ``superseded``, with what makes it
    so."""

    id: str
    holder: Party | None
    relay: tuple[Party, ...]
    addressee: Party | None
    stance: str
    cue: str | None
    content: tuple[str, ...]
    quoted: bool
    condition: str | None
    factuality: str | None
    certainty: str | None
    likelihood: str | None
    confidence: str | None
    admiralty: str | None
    said: When | None
    about: tuple[Target, ...]
    status: str
    because: tuple[str, ...]
    propositions: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    outlet: str | None
    origins: tuple[Origin, ...]
    members: tuple[str, ...]
    recorded: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One dated thing: an event, a measure, a claim, a forum's state or a statement of a mission's size."""

    when: When | None
    kind: str
    id: str
    what: str
    label: str
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record in full: its kind, the row of its view, its statements, and what it is tied to."""

    id: str
    kind: str
    row: Any
    record: dict[str, Any]
    evidence: tuple[Evidence, ...]
    voices: tuple[Voice, ...]
    related: tuple[tuple[str, str, str], ...]
    document: str
    author: str
    recorded: str
    inferred: tuple[str, ...]


def to_dict(row: Any) -> Any:
    """A row as plain JSON values: properties such as ``label`` included, dates as ISO 8601, empty things
    left out."""
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        told = {field.name: to_dict(getattr(row, field.name)) for field in dataclasses.fields(row)}
        for name, item in vars(type(row)).items():
            if isinstance(item, property):
                told[name] = to_dict(getattr(row, name))
        return {key: value for key, value in told.items() if value not in (None, [], {}) or value is False}
    if isinstance(row, dict):
        return {str(key): to_dict(value) for key, value in row.items()}
    if isinstance(row, (list, tuple)):
        return [to_dict(item) for item in row]
    if isinstance(row, date):
        return row.isoformat()
    return row
