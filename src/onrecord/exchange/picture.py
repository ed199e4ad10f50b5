"""The part of a ledger that is handed on: rows of every view under one choice of days, record time and actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from onrecord.ledger import Ledger
from onrecord.ledger.events import matcher
from onrecord.ledger.expectations import ExpectationRow
from onrecord.ledger.forums import ForumRow
from onrecord.ledger.incidents import AttributionRow, IncidentRow
from onrecord.ledger.links import LinkRow
from onrecord.ledger.missions import MissionRow
from onrecord.ledger.rows import ClaimRow, EventRow, Party
from onrecord.ledger.statements import iso
from onrecord.ledger.world import Doc, World
from onrecord.model.marking import strictest
from onrecord.model.records import Actor, Certainty, Claim, Event, Incident


@dataclass(frozen=True, slots=True)
class Picture:
    """What an export is made from. Every row is one of the ledger's views; ``docs`` are the documents they cite."""

    world: World
    events: tuple[EventRow, ...]
    claims: tuple[ClaimRow, ...]
    missions: tuple[MissionRow, ...]
    incidents: tuple[IncidentRow, ...]
    links: tuple[LinkRow, ...]
    forums: tuple[ForumRow, ...]
    expectations: tuple[ExpectationRow, ...]
    docs: tuple[Doc, ...]

    @property
    def deeds(self) -> tuple[EventRow, ...]:
        return tuple(one for one in self.events if one.done)

    @property
    def not_done(self) -> tuple[EventRow, ...]:
        """Accusations, denials, assessments, attempts, plans and what did not happen: never deeds."""
        return tuple(one for one in self.events if not one.done)

    def event(self, row: EventRow) -> Event | None:
        """The coded event that a row is named after; None where only its measure is on record."""
        found = self.world.owner.get(row.id)
        return found[2] if found is not None and isinstance(found[2], Event) else None

    def wikidata(self, party: Party) -> str | None:
        found = self.world.owner.get(party.id)
        return found[2].wikidata if found is not None and isinstance(found[2], Actor) else None

    def certainty(self, claim: str | None) -> Certainty | None:
        """The certainty of a claim, with its scales."""
        found = self.world.owner.get(claim or "")
        return found[2].certainty if found is not None and isinstance(found[2], Claim) else None

    def certainty_of(self, one: AttributionRow) -> Certainty | None:
        """The certainty of one attribution: the one coded with it, else that of its claim."""
        claim = one.voice.claim if one.voice else None
        own = self._graded().get((one.document, one.to.id if one.to else None, claim))
        return own or self.certainty(claim)

    def _graded(self) -> dict[tuple[str, str | None, str | None], Certainty]:
        """Certainties coded with attributions, by document, party and claim; kept with the world."""
        if "exchange.graded" not in self.world.cache:
            self.world.cache["exchange.graded"] = {
                (doc.id, coded.to, coded.claim): coded.certainty
                for doc, _, incident in self.world.records(Incident)
                for coded in incident.attributions
                if coded.certainty is not None
            }
        found: dict[tuple[str, str | None, str | None], Certainty] = self.world.cache["exchange.graded"]
        return found

    def marking(self, documents: Iterable[str]) -> str | None:
        """The strictest marking of these documents; None where none is marked."""
        known = (self.world.docs[one].document.marking for one in documents if one in self.world.docs)
        return strictest(one for one in known if one)

    def coded_by(self, documents: Iterable[str]) -> str:
        """Who coded these documents, each with the kind of author it is."""
        docs = (self.world.docs[one] for one in documents if one in self.world.docs)
        names = dict.fromkeys(f"{c.author_kind}: {c.author}" for doc in docs for c in doc.codings)
        return "; ".join(names)

    def recorded(self, document: str) -> str:
        return iso(self.world.docs[document].recorded)


class _When(TypedDict):
    as_of: str | None
    known_at: str | None


class _Window(_When):
    since: str | None
    until: str | None


def take(
    ledger: Ledger,
    *,
    as_of: str | None = None,
    known_at: str | None = None,
    since: str | None = None,
    until: str | None = None,
    actor: str | None = None,
) -> Picture:
    """Read everything once. ``actor`` keeps what somebody has any part in: as doer, recipient, holder or party.

    ``since`` and ``until`` choose by the day of the event, the claim, the measure or the incident's event;
    links stay where one of their ends does. Raises OnrecordError ``bad-edtf``, ``bad-time``.
    """
    window = _Window(as_of=as_of, known_at=known_at, since=since, until=until)
    when = _When(as_of=as_of, known_at=known_at)
    events, claims = list(ledger.events(**window)), list(ledger.claims(**window))
    missions = list(ledger.missions(**window, actor=actor))
    incidents, links = list(ledger.incidents(**when)), list(ledger.links(**when))
    forums, expectations = list(ledger.forums(**when)), list(ledger.expectations(**when))
    chosen = since is not None or until is not None or actor is not None
    if actor is not None:
        matches = matcher(actor)
        events = [one for one in events if any(map(matches, (*one.actors, *one.recipients)))]
        claims = [one for one in claims if any(map(matches, (one.holder, *one.relay, one.addressee)))]
    if chosen:
        kept = {member for event in events for member in event.members}
        kept |= {member for claim in claims for member in claim.members}
        incidents = [
            one
            for one in incidents
            if one.event in kept
            or any(part.voice is not None and part.voice.claim in kept for part in one.attributions)
        ]
        kept |= {one.id for one in incidents}
        links = [one for one in links if one.source in kept or one.target in kept]
        expectations = [one for one in expectations if one.voice is not None and one.voice.claim in kept]
        # Forums have no parties and many days: a part of the record that is chosen otherwise leaves them out.
        forums = []
    world = ledger.world(known_at)
    told: list[tuple[str, ...]] = [
        *(one.documents for one in events), *(one.documents for one in claims),
        *(one.documents for one in missions), *(one.documents for one in incidents),
        *(one.documents for one in links),
    ]  # fmt: skip
    cited = {document for documents in told for document in documents}
    docs = tuple(doc for doc in world.docs.values() if not chosen or doc.id in cited)
    return Picture(
        world, tuple(events), tuple(claims), tuple(missions), tuple(incidents), tuple(links), tuple(forums),
        tuple(expectations), docs,
    )  # fmt: skip


def part_of(row: EventRow) -> str:
    """What an event's actor has to do with it, in a word that no reader takes for more than is on record."""
    if row.standing in ("accused", "denied", "assessed"):
        return {
            "accused": "accused_of",
            "denied": "denied_to_have_done",
            "assessed": "assessed_to_have_done",
        }[row.standing]
    if row.attempt and row.status == "actual":
        return "attempted"
    word = {"actual": "did", "future": "plans", "hypothetical": "may_do", "negated": "did_not_do"}[row.status]
    return word if row.standing == "asserted" else f"{word}_as_claimed"
