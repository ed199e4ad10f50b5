"""From one row of event data to one coded document, whose text is the row.

An event needs words that it was read from, and of these data no text is at hand: so the document is the row as it
stands in its file, the trigger is the cell that names the event, and ``evidence`` stays empty. Everything is
``given``: nothing was read, and the coder says ``import``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from onrecord import vocabulary
from onrecord._version import __version__
from onrecord.exchange.importing.delimited import Named
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import (
    Actor,
    Claim,
    CodedBy,
    CodedDocument,
    Document,
    Event,
    Outlet,
    Place,
    Published,
    Snapshot,
    Time,
)

STANCES = {"accused": "accuses", "denied": "denies", "assessed": "assesses", "attributed": "asserts"}


@dataclass(slots=True)
class PartyGiven:
    """An actor as a row gives it; ``kind`` is worked out from code and sector where the row has none."""

    name: str
    code: str | None = None
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None
    span: tuple[int, int] | None = None


@dataclass(slots=True)
class Given:
    """What one row gives, in our words. ``type`` None with a ``stance``: a statement that PLOVER has no event for."""

    source: str
    identity: str
    cell: tuple[int, int]
    type: str | None = None
    mode: str | None = None
    contexts: list[str] = field(default_factory=list)
    cameo: str | None = None
    actors: list[PartyGiven] = field(default_factory=list)
    recipients: list[PartyGiven] = field(default_factory=list)
    edtf: str | None = None
    place: Place | None = None
    outlet: str | None = None
    outlet_basis: str = "given"
    published: str | None = None
    url: str | None = None
    retrieved: str | None = None
    status: str = "actual"
    background: bool = False
    standing: str = "asserted"
    holders: list[PartyGiven | None] = field(default_factory=list)
    stance: str | None = None
    marking: str | None = None


def coded(row: Named, given: Given) -> CodedDocument:
    """The document of one row."""
    text = row.row.raw
    external = f"{given.source}:{given.identity}"
    snapshot = Snapshot(sha256=sha256(text.encode("utf-8")))
    document = Document(
        id=document_id(snapshot.sha256, external, given.outlet),
        external_id=external,
        url=given.url,
        retrieved=given.retrieved,
        outlet=Outlet(name=given.outlet, basis="inferred" if given.outlet_basis == "inferred" else "given"),
        published=Published(value=given.published, basis="given") if given.published else None,
        marking=given.marking,
        snapshot=snapshot,
        text=text,
    )
    people = _People()
    actors, recipients = people.ids(given.actors), people.ids(given.recipients)
    time = Time(edtf=given.edtf, basis="given") if given.edtf else None
    claims: list[Claim] = []
    events: list[Event] = []
    if given.type is not None:
        stance = STANCES.get(given.standing)
        holders = given.holders or [None]
        for number, holder in enumerate(holders if stance else ()):
            told = {"id": f"c{number + 1}", "holder": people.id(holder), "stance": stance, "about": ["e1"]}
            claims.append(Claim.model_validate({**told, "cue": row.span("Standing", "Event Type")}))
        events.append(
            Event.model_validate(
                {
                    "id": "e1", "type": given.type, "mode": given.mode, "contexts": given.contexts,
                    "cameo": given.cameo, "actors": actors, "recipients": recipients, "trigger": given.cell,
                    "status": given.status, "background": given.background, "time": time, "place": given.place,
                    "claims": [one.id for one in claims],
                }
            )
        )  # fmt: skip
    else:
        addressee = recipients[0] if recipients else None
        for number, holder_id in enumerate(actors or [None]):
            told = {
                "id": f"c{number + 1}",
                "holder": holder_id,
                "stance": given.stance,
                "addressee": addressee,
            }
            claims.append(Claim.model_validate({**told, "cue": given.cell, "time": time}))
    return CodedDocument(
        coded_by=CodedBy(kind="import", name=f"{given.source}, imported by onrecord {__version__}"),
        document=document,
        actors=people.actors,
        events=events,
        claims=claims,
        inferred=[f"{one.id}.kind" for one in people.actors],
    )


class _People:
    """The actors of one row; one who stands on both sides is one."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._known: dict[tuple[str, str | None, str | None], str] = {}

    def ids(self, parties: Iterable[PartyGiven]) -> list[str]:
        return [self._id(one) for one in parties]

    def id(self, party: PartyGiven | None) -> str | None:
        return None if party is None else self._id(party)

    def _id(self, party: PartyGiven) -> str:
        key = (party.name, party.code, party.sector)
        if key not in self._known:
            self._known[key] = f"a{len(self.actors) + 1}"
            self.actors.append(
                Actor.model_validate(
                    {
                        "id": self._known[key], "name": party.name, "kind": kind_of(party), "code": party.code,
                        "sector": party.sector, "role": party.role, "wikidata": party.wikidata,
                        "mentions": [party.span] if party.span else [],
                    }
                )
            )  # fmt: skip
        return self._known[key]


def kind_of(party: PartyGiven) -> str:
    """A state by its name, an organisation by its code, an organ by its sector; whatever else is a group."""
    if party.code and vocabulary.country_of(party.name) == party.code:
        return "state"
    if party.role:
        return "person"
    if party.code and party.code not in vocabulary.states() and _is_igo(party.code):
        return "igo"
    return "organ" if party.sector in ("GOV", "MIL", "LEG", "JUD", "SPY", "COP", "DIP") else "group"


@cache
def _is_igo(code: str) -> bool:
    return any(one.actor == code and one.sector == "IGO" for one in vocabulary.organisations().values())


def code_of(country: str | None) -> str | None:
    """A country as three letters or a name -> its code; None where we know none."""
    if not country:
        return None
    return country if country in vocabulary.states() else vocabulary.country_of(country)


def sector_of(*codes: str | None) -> str | None:
    """The first of these that is a sector of the vocabulary."""
    return next((code for code in codes if code and code in vocabulary.sectors()), None)
