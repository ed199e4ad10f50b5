"""Incidents apart from who is said to be behind them: rival attributions, each with holder, certainty and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import events
from onrecord.ledger.identity import entries
from onrecord.ledger.propositions import incident_key
from onrecord.ledger.rows import Evidence, Party, Voice, When
from onrecord.ledger.standing import side
from onrecord.ledger.world import World
from onrecord.model.records import Certainty, Claim, Event, Incident


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """One party said to be, denied to be or disputed to be behind an incident, on one voice.

    ``certainty`` are the exact words of how sure it is; with ``confidence``, which is in the analyst's own words on
    their scale, it belongs to this attribution only. ``record`` is the incident that it was coded with.
    """

    incident: str
    to: Party | None
    verdict: str
    voice: Voice | None
    likelihood: str | None
    confidence: str | None
    said: When | None
    evidence: tuple[Evidence, ...]
    document: str
    record: str
    certainty: str | None

    @property
    def label(self) -> str:
        """The words a list shows for what this row is; never a deed."""
        if self.verdict != "attributed":
            return "denial" if self.verdict == "denied" else "disputed"
        if self.voice is not None and self.voice.stance == "assesses":
            return "assessment"
        named = self.voice is None or self.voice.holder is not None
        return "accusation" if named else "accusation (holder unknown)"


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident with every attribution; ``status`` is ``unattributed``, ``attributed`` or ``contested``.

    ``members`` are the records that tell it.
    """

    id: str
    name: str
    event: str | None
    when: When | None
    status: str
    attributions: tuple[AttributionRow, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    members: tuple[str, ...]


def rows(world: World, as_of: date | None = None) -> list[IncidentRow]:
    """Every incident of the world, by date; attributions made by ``as_of``."""
    groups: dict[str, list[Incident]] = defaultdict(list)
    for _, _, incident in world.records(Incident):
        groups[incident_key(world, incident)].append(incident)
    whens = {member: row.when for row in events.rows(world) for member in row.members}
    entry_of = {member: row.id for row in events.rows(world) for member in row.members}
    found = []
    for members in groups.values():
        members.sort(key=lambda i: (world.owner[i.id][0].recorded, i.id))
        first = members[0]
        told = [one for incident in members for one in _attributions(world, incident)]
        told += _accusations(world, members, {one.voice.claim for one in told if one.voice})
        told += _denials(world, members, {one.voice.claim for one in told if one.voice})
        told = [one for one in told if events.begun(one.said, as_of)]
        event = next((i.event for i in members if i.event), None)
        found.append(
            IncidentRow(
                first.id,
                first.name,
                entry_of.get(event or ""),
                whens.get(event or ""),
                _status(told),
                tuple(told),
                tuple(e for i in members for e in world.evidence(world.owner[i.id][0], i.evidence)),
                tuple(dict.fromkeys(world.owner[i.id][0].id for i in members)),
                tuple(i.id for i in members),
            )
        )
    return sorted(found, key=lambda r: events.order(r.when, r.id))


def _status(told: list[AttributionRow]) -> str:
    """Contested where somebody denies it, or where two parties are each said to be behind it."""
    attributed = {
        (one.to.code or one.to.name) if one.to else "?" for one in told if one.verdict == "attributed"
    }
    against = any(one.verdict in ("denied", "disputed") for one in told)
    if (attributed and against) or len(attributed) > 1:
        return "contested"
    return "attributed" if attributed else "unattributed"


def _attributions(world: World, incident: Incident) -> Iterator[AttributionRow]:
    for one in incident.attributions:
        claim = next(iter(world.claims([one.claim] if one.claim else [])), None)
        yield _row(world, incident, one.to, one.verdict, claim, one.certainty)


def _accusations(world: World, members: list[Incident], seen: set[str]) -> Iterator[AttributionRow]:
    """Whom a claim makes the doer of an incident's event, where no attribution was coded with that claim."""
    for incident in members:
        home = world.owner.get(incident.event or "")
        if home is not None and isinstance(home[2], Event):
            for claim in world.claims(home[2].claims):
                if side(claim) > 0 and claim.id not in seen:
                    seen.add(claim.id)
                    for actor in home[2].actors:
                        yield _row(world, incident, actor, "attributed", claim, None)


def _denials(world: World, members: list[Incident], seen: set[str]) -> Iterator[AttributionRow]:
    """A denial about an incident or its event, in whichever document, beside the attributions that it denies."""
    known = entries(world)
    for incident in members:
        for one in (
            {incident.id, *known[incident.event].members} if incident.event in known else {incident.id}
        ):
            for claim in _against(world).get(one, ()):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield _row(world, incident, claim.holder, "denied", claim, None)


def _against(world: World) -> dict[str, list[Claim]]:
    """Incident or event -> the claims that deny it."""
    cached = world.cache.get("incident_denials")
    if cached is None:
        cached = defaultdict(list)
        for _, _, claim in world.records(Claim):
            for item in claim.about if side(claim) < 0 else ():
                cached[item if isinstance(item, str) else item.ref].append(claim)
        world.cache["incident_denials"] = cached
    found: dict[str, list[Claim]] = cached
    return found


def _row(
    world: World, incident: Incident, to: str | None, verdict: str, claim: Claim | None, own: Certainty | None
) -> AttributionRow:
    doc = world.owner[claim.id if claim else incident.id][0]
    certainty = own or (claim.certainty if claim else None)
    confidence = certainty.confidence if certainty else None
    graded = f"{confidence.from_} to {confidence.to}" if confidence and confidence.to else None
    spans = claim.content if claim else incident.evidence
    return AttributionRow(
        incident.name,
        world.party(to),
        verdict,
        world.voice(claim) if claim else None,
        certainty.likelihood.term if certainty and certainty.likelihood else None,
        graded or (confidence.from_ if confidence else None),
        world.said(claim) if claim else None,
        world.evidence(doc, spans),
        doc.id,
        incident.id,
        doc.document.words(certainty.words) if certainty and certainty.words else None,
    )


def concerns(row: IncidentRow, actor: str) -> bool:
    """Whether an actor is said to be behind an incident, or denies a part in it."""
    return any(map(events.matcher(actor), (one.to for one in row.attributions)))


def against(world: World, found: list[IncidentRow], actor: str) -> list[AttributionRow]:
    """What an actor is said to be behind, in incidents whose event is not already told as an accusation of it."""
    matches = events.matcher(actor)
    told = []
    for row in found:
        done_by = _actors(world, row.event)
        if not any(map(matches, done_by)):
            told += [one for one in row.attributions if one.verdict == "attributed" and matches(one.to)]
    return told


def _actors(world: World, event: str | None) -> list[Party | None]:
    record = world.owner[event][2] if event in world.owner else None
    return [world.party(one) for one in record.actors] if isinstance(record, Event) else []
