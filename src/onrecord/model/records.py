"""The coded document, ``onrecord/1``: its one definition. The JSON Schema in ``docs`` is generated from here.

Spans are ``[start, end)`` in Unicode code points of ``document.text``. Ids (``a1``, ``e1``, ``c1`` …) are local
to the document. A field that is not known is null or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, field_validator

from onrecord.model.base import (
    ActKind,
    ActorKind,
    Basis,
    EventType,
    Factuality,
    ForumState,
    LinkKind,
    Record,
    SectionKind,
    Span,
    Stance,
    Status,
    TimeBasis,
)
from onrecord.model.dates import parse as parse_edtf
from onrecord.model.problems import OnrecordError


class CodedBy(Record):
    """Who made these records: a model with its version, a person, or an import."""

    kind: Literal["model", "person", "import"]
    name: str
    at: str | None = None


class Outlet(Record):
    name: str | None = None
    basis: Basis = "inferred"


class Published(Record):
    """Publication time as ISO 8601 (a day or a time with zone), how it is known, and where it stands."""

    value: str
    basis: Basis
    span: Span | None = None


class Snapshot(Record):
    """The untouched bytes a document was read from.

    ``map`` pairs runs of the rendition with the decoded snapshot, in code points; ``extractor`` names what made a
    rendition that is not the snapshot itself; ``data`` (base64) carries the bytes where the text does not.
    """

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    media_type: str = "text/plain"
    charset: str | None = "utf-8"
    map: list[tuple[int, int, int]] | None = None
    extractor: str | None = None
    data: str | None = None


class Section(Record):
    kind: SectionKind
    span: Span


class Document(Record):
    """One version of one report, with the rendition that every span indexes."""

    id: str
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: list[str] = []
    retrieved: str | None = None
    outlet: Outlet = Outlet()
    published: Published | None = None
    language: str = "en"
    supersedes: str | None = None
    translation_of: str | None = None
    marking: str | None = None
    snapshot: Snapshot
    text: str
    sections: list[Section] = []

    def words(self, span: tuple[int, int]) -> str:
        """The exact words at ``span``."""
        return self.text[span[0] : span[1]]


class Time(Record):
    """When: an EDTF interval, the phrase it was read from, and the day it was resolved against."""

    edtf: str
    phrase: Span | None = None
    anchor: str | None = None
    basis: TimeBasis = "explicit"
    alternatives: list[str] = []

    @field_validator("edtf")
    @classmethod
    def _is_edtf(cls, value: str) -> str:
        try:
            parse_edtf(value)
        except OnrecordError as error:
            raise ValueError(error.problem.what) from error
        return value


class Actor(Record):
    id: str
    name: str
    kind: ActorKind
    code: str | None = None
    sector: str | None = None
    role: str | None = None
    anonymous: bool = False
    wikidata: str | None = None
    mentions: list[Span] = []


class Place(Record):
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


class Quantity(Record):
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    approximate: bool = False
    span: Span | None = None


class Request(Record):
    """What a REQUEST event asks for, and the window it asks about."""

    content: Span | None = None
    window: Time | None = None


class Event(Record):
    """Who did what to whom: PLOVER type and mode, with its status, its date and the claims it rests on.

    ``claims`` empty means that the document itself asserts it. ``probability`` is the coder's own confidence.
    """

    id: str
    type: EventType
    mode: str | None = None
    contexts: list[str] = []
    cameo: str | None = None
    actors: list[str] = []
    recipients: list[str] = []
    trigger: Span
    evidence: list[Span] = []
    status: Status = "actual"
    background: bool = False
    time: Time | None = None
    place: Place | None = None
    quantities: list[Quantity] = []
    request: Request | None = None
    claims: list[str] = []
    probability: float | None = Field(default=None, ge=0, le=1)


class Likelihood(Record):
    scale: Literal["icd203", "phia", "stix", "none"]
    term: str
    low: float | None = None
    high: float | None = None


class Confidence(Record):
    """Analytic confidence, in words on a scale; it is never turned into a number."""

    scale: str = "icd203"
    from_: str = Field(alias="from")
    to: str | None = None


class Admiralty(Record):
    source: Literal["A", "B", "C", "D", "E", "F"]
    information: Literal["1", "2", "3", "4", "5", "6"]


class Certainty(Record):
    factuality: Factuality = "U"
    words: Span | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    admiralty: Admiralty | None = None


class FieldRef(Record):
    """One field of a record, e.g. ``{"ref": "m1", "field": "dates.notified"}``."""

    ref: str
    field: str


class Claim(Record):
    """What somebody is said to hold: ``holder`` null where nobody is named; ``relay`` from the holder outwards."""

    id: str
    holder: str | None = None
    relay: list[str] = []
    addressee: str | None = None
    cue: Span | None = None
    content: list[Span] = []
    quoted: bool = False
    stance: Stance
    condition: Span | None = None
    certainty: Certainty | None = None
    time: Time | None = None
    about: list[str | FieldRef] = []
    probability: float | None = Field(default=None, ge=0, le=1)


class Mission(Record):
    """A mission by its parties: the state that sends, the one that receives, the host where that is a third."""

    sending: str | None = None
    receiving: str | None = None
    host: str | None = None
    name: str | None = None


class Breakdown(Record):
    unit: str
    value: float


class ActDates(Record):
    decided: Time | None = None
    act: Time | None = None
    announced: Time | None = None
    notified: Time | None = None
    effective: Time | None = None
    deadline: Time | None = None


class Act(Record):
    """A measure on a mission or on people in it. ``from`` and ``to`` are ceilings; ``number`` is what was removed."""

    id: str
    act: ActKind
    event: str | None = None
    mission: Mission
    unit: str | None = None
    number: float | None = None
    low: float | None = None
    high: float | None = None
    breakdown: list[Breakdown] = []
    from_: float | None = Field(default=None, alias="from")
    to: float | None = None
    approximate: bool = False
    dates: ActDates = ActDates()
    ground: str | None = None
    evidence: list[Span] = []
    claims: list[str] = []


class MissionState(Record):
    """What is said of a mission's size apart from acts: so many in post, so many vacant, a ceiling told as fact."""

    id: str
    mission: Mission
    measure: Literal["cap", "filled", "vacant"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    scope: str | None = None
    time: Time | None = None
    claims: list[str] = []
    evidence: list[Span] = []


class Attribution(Record):
    """Who is said to be behind an incident, on which claim, and how sure."""

    to: str
    verdict: Literal["attributed", "denied", "disputed"]
    claim: str | None = None
    certainty: Certainty | None = None


class Incident(Record):
    id: str
    name: str
    event: str | None = None
    evidence: list[Span] = []
    attributions: list[Attribution] = []


class Deed(Record):
    act: str | None = None
    type: str | None = None


class Expectation(Record):
    """A threat, promise, prediction or ultimatum, made into something that can be awaited."""

    id: str
    claim: str | None = None
    actor: str | None = None
    target: str | None = None
    deed: Deed = Deed()
    number: float | None = None
    condition: Span | None = None
    deadline: Time | None = None
    form: str | None = None
    evidence: list[Span] = []


class Forum(Record):
    id: str
    name: str
    state: ForumState
    part: str | None = None
    time: Time | None = None
    evidence: list[Span] = []


class Reference(Record):
    """A record of another document."""

    document: str
    id: str


class Link(Record):
    """Two records and what the words say joins them. ``after`` implies no cause."""

    id: str
    kind: LinkKind
    from_: str | Reference = Field(alias="from")
    to: str | Reference
    polarity: Literal["+", "-"] = "+"
    basis: Literal["stated", "inferred"] = "stated"
    claims: list[str] = []
    evidence: list[Span] = []


class CodedDocument(Record):
    """One document version with everything coded from it: what ``code`` writes and ``record`` takes."""

    format: Literal["onrecord/1"] = "onrecord/1"
    coded_by: CodedBy
    document: Document
    actors: list[Actor] = []
    events: list[Event] = []
    claims: list[Claim] = []
    acts: list[Act] = []
    missions: list[MissionState] = []
    incidents: list[Incident] = []
    expectations: list[Expectation] = []
    forums: list[Forum] = []
    links: list[Link] = []
    inferred: list[str] = []

    def groups(self) -> Iterator[list[Any]]:
        """The records kind by kind, actors first."""
        yield from (self.actors, self.events, self.claims, self.acts, self.missions)
        yield from (self.incidents, self.expectations, self.forums, self.links)

    def records(self) -> Iterator[Any]:
        """Every record, actors first."""
        for group in self.groups():
            yield from group

    def to_json(self) -> str:
        """One line of JSON; nulls and empty lists stay out."""
        return self.model_dump_json(by_alias=True, exclude_defaults=False, exclude_none=True)

    def to_dict(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
