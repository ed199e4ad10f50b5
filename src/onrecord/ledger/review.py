"""Review: decisions recorded by named people, the queue of what asks for one, and how often machine and
people agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from onrecord.ledger import decisions as d
from onrecord.ledger import events, log, missions, objections, propositions, tallies
from onrecord.ledger.decisions import Decision, Place
from onrecord.ledger.decompose import GROUPS
from onrecord.ledger.describe import describe
from onrecord.ledger.identity import entries
from onrecord.ledger.pages import find_record
from onrecord.ledger.statements import as_micros, canonical, micros
from onrecord.ledger.store import Store, add_touches
from onrecord.ledger.world import World
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument

LOW_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Something that asks for a person, the heaviest first: contested, unbalanced, unreconciled, low score."""

    kind: str
    id: str
    what: str
    why: str
    weight: float
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The machine's proposal and the person's decision side by side, with every decision on the record."""

    id: str
    kind: str
    proposed: dict[str, Any]
    decided: dict[str, Any] | None
    status: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as a list shows it: on what (``about``), what it says, and who has undone it, if anybody has."""

    at: str
    kind: str
    by: str
    about: str
    what: str
    reason: str
    undone_by: str | None
    id: str


def decide(
    store: Store,
    world: World,
    kind: str,
    by: str,
    reason: str,
    record: str | None = None,
    others: tuple[str, ...] = (),
    field: str | None = None,
    value: Any = None,
    target: str | None = None,
    recorded_at: str | datetime | None = None,
) -> Decision:
    """Put one decision on record, durably, unless it would mean nothing (see ``objections``).

    Raises OnrecordError ``no-name``, ``no-record``, ``bad-correction``, ``bad-span``, ``bad-reference``, ``no-effect``.
    """
    if not by.strip():
        raise OnrecordError("no-name", "a decision needs a named person", "Say who decides.")
    found = find_record(world, record) if record is not None else None
    beside = tuple(find_record(world, one) for one in others)
    if kind == "split" and found is not None:
        beside = beside or rest_of(world, found)
        objections.to_splitting(world, found, beside)
    elif kind == "merge" and found is not None:
        objections.to_merging(world, found, beside)
    elif kind == "correct" and found is not None and field is not None:
        objections.to_correcting(world, found, field, value)
    elif kind in ("confirm", "reject"):
        objections.to_settling(world, target or "")
    elif kind == "undo":
        objections.to_undoing(world, target or "")
    place = d.place_of(world, found) if found is not None else None
    placed: tuple[Place, ...] = tuple(d.place_of(world, one) for one in beside)
    given = recorded_at is not None
    moment = as_micros(recorded_at) if recorded_at is not None else micros(datetime.now(UTC))
    document = place.document if place else None
    told = [kind, by, reason, record, list(others), field, value, target, moment]
    decision = Decision(
        d.decision_id(document, told), kind, by, moment, reason, place, placed, field, value, target
    )
    words = None
    if place is not None and place.span is not None:
        words = world.docs[place.document].document.words(place.span)
    with store.writing(durable=True) as connection:
        number = log.append(
            connection,
            d.rows_of(decision, words),
            "decision",
            decision.id,
            document,
            "person",
            by,
            None,
            moment,
            given,
        )
        add_touches(connection, d.bearing(connection, decision), number)
    return decision


def added(world: World, document: str, group: str, fields: dict[str, Any], by: str) -> CodedDocument:
    """A person's coding of a document with one record more; what the record refers to comes along.

    ``group`` is a list of ``onrecord/1`` (``events``, ``claims`` …), ``fields`` its record without an id. Ids in
    it are record ids of this document. Raises OnrecordError ``no-record``, ``bad-record``.
    """
    if document not in world.docs or group not in GROUPS:
        what = (
            "no document has this id" if document not in world.docs else f"onrecord/1 has no list of {group}"
        )
        raise OnrecordError(
            "no-record", what, "Give the id of a document, and a list of the format.", document
        )
    doc = world.docs[document]
    mine = next((one.coded for one in doc.codings if one.author_kind == "person"), None)
    whole: dict[str, Any] = (
        mine.model_dump(by_alias=True) if mine else {"document": doc.document.model_dump(by_alias=True)}
    )
    whole["coded_by"] = {"kind": "person", "name": by, "at": datetime.now(UTC).isoformat()}
    known = {record["id"] for name in GROUPS for record in whole.get(name, ())}
    record = {**fields, "id": f"added-{len(known)}"}
    waiting = [record]
    while waiting:
        for identity in _ids(waiting.pop()):
            held = world.owner.get(identity)
            if identity not in known and held is not None and held[0] is doc:
                known.add(identity)
                other = held[2].model_dump(by_alias=True)
                whole.setdefault(_GROUP_OF[d.kind_of(held[2])], []).append(other)
                waiting.append(other)
    whole.setdefault(group, []).append(record)
    try:
        return CodedDocument.model_validate(whole)
    except ValueError as error:
        what = str(error).splitlines()[2].strip() if len(str(error).splitlines()) > 2 else str(error)
        raise OnrecordError("bad-record", what, "See `onrecord schema`.", document) from None


_GROUP_OF = {kind: group for group, (_, kind) in GROUPS.items()}


def _ids(value: Any) -> list[str]:
    """Every string in a record that may be an id."""
    if isinstance(value, dict):
        return [one for item in value.values() for one in _ids(item)]
    if isinstance(value, (list, tuple)):
        return [one for item in value for one in _ids(item)]
    return [value] if isinstance(value, str) else []


def rest_of(world: World, record: str) -> tuple[str, ...]:
    """The other reports of a record's entry, from which it may be split."""
    entry = entries(world).get(record)
    return tuple(one for one in entry.members if one != record) if entry else ()


def decided(world: World) -> list[DecisionRow]:
    """Every decision on record in the order of recording, undone ones and undoings included."""
    kept, _ = d.in_force(world.decisions)
    undone = {one.target: one.by for one in kept if one.kind == "undo" and one.target}
    return [
        DecisionRow(
            one.at, one.kind, one.by, one.place.record if one.place else one.target or "", _said(world, one),
            one.reason, undone.get(one.id), one.id,
        )
        for one in world.decisions
    ]  # fmt: skip


def _said(world: World, one: Decision) -> str:
    """What a decision says beyond its kind: of which record, which field, or which others."""
    held = world.owner.get(d.resolve(world, one.place) or "")
    told = [describe(world, held[2])] if held else []
    if one.field:
        told.append(f"{one.field} = {canonical(one.value)}")
    told += [
        f"with {place.record}" if one.kind == "merge" else f"from {place.record}" for place in one.others
    ]
    return "; ".join(told)


def side_by_side(world: World, record: str) -> ReviewRow:
    """What was proposed and what was decided on one record."""
    about = tuple(
        one for one in world.decisions if d.resolve(world, one.place) == record or _names(one, record)
    )
    held = world.owner.get(record) or world.retracted.get(record)
    if held is None:
        raise OnrecordError(
            "no-record", "no record has this id", "Lists show the ids of their records.", record
        )
    now = held[2]
    before = world.proposed.get(record, now)
    status = (
        "retracted"
        if record in world.retracted
        else "corrected"
        if record in world.proposed
        else ("accepted" if record in world.accepted else "undecided")
    )
    return ReviewRow(
        record,
        d.kind_of(now),
        _dump(before),
        _dump(now) if record in world.proposed else None,
        status,
        about,
    )


def _names(one: Decision, record: str) -> bool:
    return one.place is not None and one.place.record == record


def _dump(record: Any) -> dict[str, Any]:
    told: dict[str, Any] = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    return told


def queue(world: World) -> list[QueueRow]:
    """What asks for a person, by weight: its kind first, then how many documents rest on it."""
    found: list[QueueRow] = []
    for one in propositions.propositions(world, None).values():
        if one.status == "contested":
            found.append(_row("contested", one.id, one.label, one.history[-1].why, 4, one.documents))
    for mission in missions.rows(world, None):
        for check in mission.checks:
            if check.open:
                documents = tuple(doc for account in check.accounts for doc in account.documents)
                found.append(_row("unbalanced", check.id, mission.name, check.text, 3, documents))
    for tally in tallies.rows(world, decided=world.decided):
        for proposal in tally.proposals:
            if proposal.status == "proposed":
                why = "; ".join(proposal.units)
                found.append(_row("reconciliation", proposal.id, proposal.text, why, 2.5, ()))
    for row in events.rows(world):
        for conflict in row.conflicts:
            found.append(_row(f"{conflict.kind} conflict", row.id, row.type, conflict.what, 2, row.documents))
        if row.probability is not None and row.probability < LOW_SCORE and row.id not in world.accepted:
            what = describe(world, world.owner[row.id][2])
            found.append(
                _row("low score", row.id, what, f"probability {row.probability:g}", 1, row.documents)
            )
    return sorted(found, key=lambda r: (-r.weight, r.kind, r.id))


def _row(kind: str, identity: str, what: str, why: str, base: float, documents: tuple[str, ...]) -> QueueRow:
    readers = len(set(documents))
    return QueueRow(
        kind, identity, what, why, base + readers / (readers + 10), tuple(dict.fromkeys(documents))
    )


def agreement(world: World) -> dict[str, dict[str, float]]:
    """By kind of record: how many of the machine's records people accepted, corrected and retracted, and the share
    accepted of those decided on."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: {"accepted": 0, "corrected": 0, "retracted": 0})
    for name, ids in (
        ("accepted", set(world.accepted) - set(world.proposed)),
        ("corrected", set(world.proposed)),
        ("retracted", set(world.retracted)),
    ):
        for one in ids:
            held = world.owner.get(one) or world.retracted.get(one)
            if held is not None and held[1].author_kind == "model":
                counts[d.kind_of(held[2])][name] += 1
    for row in counts.values():
        row["agreement"] = round(row["accepted"] / sum(row.values()), 4)
    return dict(counts)
