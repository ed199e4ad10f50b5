"""People's decisions: accept, correct, merge, split, retract, confirm, reject, undo; each a statement with its author.

A decision hangs on what it decided about: the document, the kind of record and the span of its evidence. A later
coding of the document that finds the record at other words, or under another id, still has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import Connection, or_, select

from onrecord.ledger.keys import EVERYWHERE, about
from onrecord.ledger.statements import (
    DOCUMENT_KEY,
    Statement,
    canonical,
    hash_words,
    iso,
    statement_id,
    subject_id,
)
from onrecord.ledger.tables import entry, of_kind, statement, touch
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Act, Actor, Claim, Event, Expectation, Forum, Incident, Link, MissionState

if TYPE_CHECKING:
    from onrecord.ledger.world import World

KEYS_AT_ONCE = 500
KINDS = ("accept", "correct", "merge", "split", "retract", "confirm", "reject", "undo")
_NAMES: dict[type, str] = {
    Event: "event",
    Claim: "claim",
    Act: "act",
    MissionState: "mission",
    Incident: "incident",
    Forum: "forum",
    Link: "link",
    Actor: "actor",
    Expectation: "expectation",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a decision hangs on: a record by its document, kind and evidence span."""

    record: str
    document: str
    kind: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``field`` and ``value`` are a correction's; ``others`` what was merged or split off.

    ``target`` is the id of a decision for ``undo``, of a proposal for ``confirm`` and ``reject``.
    """

    id: str
    kind: str
    by: str
    recorded: int
    reason: str
    place: Place | None
    others: tuple[Place, ...]
    field: str | None
    value: Any
    target: str | None

    @property
    def at(self) -> str:
        return iso(self.recorded)


def kind_of(record: object) -> str:
    """The name of a record's kind."""
    return _NAMES[type(record)]


def anchor(record: Any) -> tuple[int, int] | None:
    """The span a record hangs on: trigger, cue, first evidence, content or mention."""
    for name in ("trigger", "cue"):
        if getattr(record, name, None):
            return tuple(getattr(record, name))
    for name in ("evidence", "content", "mentions"):
        if getattr(record, name, None):
            return tuple(getattr(record, name)[0])
    return None


def place_of(world: World, record: str) -> Place:
    """What a decision about a record will hang on."""
    doc, _, found = world.owner[record]
    return Place(record, doc.id, kind_of(found), anchor(found))


def rows_of(decision: Decision, words: str | None) -> list[Statement]:
    """The statements of a decision: what was decided, and why."""
    place = decision.place
    document = place.document if place else None
    subject = decision.id
    span = place.span if place else None
    told = {
        "kind": decision.kind,
        "place": told_of(place),
        "others": [told_of(one) for one in decision.others],
        "field": decision.field,
        "value": decision.value,
        "target": decision.target,
        "at": decision.at,
    }
    target = decision.target if decision.kind == "undo" else None
    author = f"person:{decision.by}"
    return [
        row_of(
            subject, "decision", "decision", told, document, author, decision.recorded, target, span, words
        ),
        row_of(
            subject, "decision", "reason", decision.reason, document, author, decision.recorded, target, span
        ),
    ]


def row_of(
    subject: str,
    kind: str,
    property: str,
    value: Any,
    document: str | None,
    author: str,
    recorded: int,
    retracts: str | None = None,
    span: tuple[int, int] | None = None,
    words: str | None = None,
) -> Statement:
    """A statement that is no part of a coding: of a decision, or of a merge. Its span counts only with its words."""
    text = canonical(value)
    hashed = hash_words(words) if words is not None else None
    start, end = span if span is not None and words is not None else (None, None)
    voice = (None, None, None, None, None, None)
    said = (subject, property, text, document, start, end, hashed, *voice, author, subject, retracts)
    return Statement(
        0, statement_id(*said), subject, kind, property, text, words, document, start, end, hashed, *voice,
        recorded, author, subject, retracts,
    )  # fmt: skip


def told_of(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"record": place.record, "document": place.document, "kind": place.kind, "span": place.span}


def decision_id(document: str | None, told: object) -> str:
    return subject_id("z", document or "ledger", "decision", told)


def load(
    connection: Connection, known_at: int | None = None, documents: list[str] | None = None
) -> list[Decision]:
    """Every decision on record, or those that bear on documents (by their keys), in the order of recording."""
    found: list[Decision] = []
    for group in entries_of(connection, "decision", known_at, documents):
        rows = list(group)
        said = {row.property: json.loads(row.value) for row in rows}
        if "decision" in said:
            found.append(_decision(rows[0], said["decision"], said.get("reason", "")))
    return found


def entries_of(
    connection: Connection, kind: str, known_at: int | None = None, documents: list[str] | None = None
) -> Iterator[Iterator[Any]]:
    """The statements of each entry of a kind, with the entry's author and time, in the order of recording."""
    chosen = (
        select(
            entry.c.number, entry.c.author, entry.c.recorded, statement.c.subject, statement.c.property,
            statement.c.value, statement.c.retracts,
        )
        .join(statement, statement.c.seq.between(entry.c.first, entry.c.last))
        .where(entry.c.kind == kind)
        .order_by(statement.c.seq)
    )  # fmt: skip
    if known_at is not None:
        chosen = chosen.where(entry.c.recorded <= known_at)
    if documents is not None:
        numbers: set[int] = set()
        for start in range(0, len(documents), KEYS_AT_ONCE):
            keys = [f"about:{one}" for one in documents[start : start + KEYS_AT_ONCE]]
            bearing = select(touch.c.number).where(touch.c.key.in_([*keys, EVERYWHERE]))
            numbers.update(connection.execute(bearing).scalars())
        wanted = sorted(numbers)
        for start in range(0, len(wanted), KEYS_AT_ONCE):
            part = chosen.where(entry.c.number.in_(wanted[start : start + KEYS_AT_ONCE]))
            yield from (group for _, group in groupby(connection.execute(part), key=lambda row: row.number))
        return
    yield from (group for _, group in groupby(connection.execute(chosen), key=lambda row: row.number))


def _decision(row: Any, said: dict[str, Any], reason: str) -> Decision:
    return Decision(
        row.subject,
        said["kind"],
        row.author,
        row.recorded,
        reason,
        placed(said["place"]),
        tuple(place for one in said["others"] if (place := placed(one)) is not None),
        said["field"],
        said["value"],
        said["target"],
    )


def bearing(connection: Connection, decision: Decision) -> list[str]:
    """The index keys of a decision: the documents it bears on; an undo bears on what it undoes."""
    places = [place for place in (decision.place, *decision.others) if place is not None]
    if places:
        return [about(place.document) for place in places]
    if decision.kind == "undo" and decision.target:
        target = decision.target
        own = of_kind("decision") & (entry.c.coding == target)
        merge = of_kind("merges") & (entry.c.document_key == target[1 : DOCUMENT_KEY + 1])
        keys = (
            select(touch.c.key)
            .distinct()
            .join(entry, entry.c.number == touch.c.number)
            .where(or_(own, merge), touch.c.key.startswith("about:", autoescape=True))
        )
        return sorted(connection.execute(keys).scalars()) or [EVERYWHERE]
    return [EVERYWHERE]


def placed(told: dict[str, Any] | None) -> Place | None:
    if told is None:
        return None
    span = tuple(told["span"]) if told["span"] else None
    return Place(told["record"], told["document"], told["kind"], span)


def in_force(decisions: Iterable[Decision]) -> tuple[list[Decision], set[str]]:
    """Decisions that no later decision in force undoes, an undo may itself be undone; and the ids of what is undone."""
    undone: set[str] = set()
    kept: list[Decision] = []
    for one in reversed(list(decisions)):
        if one.id in undone:
            continue
        if one.kind == "undo" and one.target:
            undone.add(one.target)
        kept.append(one)
    return kept[::-1], undone


def apply(world: World) -> None:
    """Put the decisions in force into a world: its records, and what identity must and must not join."""
    kept, undone = in_force(world.decisions)
    for one in kept:
        found = resolve(world, one.place)
        others = [other for place in one.others if (other := resolve(world, place)) is not None]
        if one.kind == "correct" and found is not None and one.field:
            doc, coding, record = world.owner[found]
            world.proposed.setdefault(found, record)
            world.owner[found] = (doc, coding, corrected(record, one.field, one.value))
        elif one.kind == "retract" and found is not None:
            for gone in (found, *_of(world, found)):
                world.retracted[gone] = world.owner.pop(gone)
        elif one.kind == "accept" and found is not None:
            world.accepted[found] = one.by
        elif one.kind == "merge" and found is not None:
            world.merged += [(found, other, f"merged by {one.by}: {one.reason}") for other in others]
        elif one.kind == "split" and found is not None:
            world.split += [(found, other) for other in others]
        elif one.kind in ("confirm", "reject") and one.target:
            world.decided[one.target] = ("confirmed" if one.kind == "confirm" else "rejected", one.by)
    for held in world.held:  # a merge of the machine's that a person undid is not made again
        ends = resolve(world, held.first), resolve(world, held.second)
        if ends[0] is None or ends[1] is None:
            continue
        pair = ordered_pair(ends[0], ends[1])
        if held.id in undone:
            world.split.append(pair)
        elif held.in_force(world.known_at):
            world.pinned[pair] = held


def _of(world: World, identity: str) -> list[str]:
    """What goes with a record that is retracted: the measures of an event, the expectation of a threat, its ties."""
    document = world.owner[identity][0].id
    found = []
    for other in world.records_in(document):
        record = world.owner[other][2]
        if identity in (
            (record.event,)
            if isinstance(record, Act)
            else (record.claim,)
            if isinstance(record, Expectation)
            else (record.from_, record.to)
            if isinstance(record, Link)
            else ()
        ):
            found.append(other)
    return found


def resolve(world: World, place: Place | None) -> str | None:
    """The record that a decision is about now: by its id, else by its kind and the words it hangs on."""
    if place is None:
        return None
    if place.record in world.owner:
        return place.record
    if place.span is None:
        return None
    best: tuple[int, str] | None = None
    for identity in world.records_in(place.document):
        record = world.owner[identity][2]
        if kind_of(record) != place.kind:
            continue
        span = anchor(record)
        shared = min(span[1], place.span[1]) - max(span[0], place.span[0]) if span else 0
        if shared > 0 and (best is None or (-shared, identity) < best):
            best = (-shared, identity)
    return best[1] if best else None


def ordered_pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def corrected(record: Any, field: str, value: Any) -> Any:
    """A copy of a record with one field, dotted where it is inside another, set to a new value.

    Raises OnrecordError ``bad-correction`` where the record has no such field or the value does not fit it.
    """
    told = record.model_dump(by_alias=True)
    inside = told
    *path, last = field.split(".")
    for name in path:
        inside = (
            inside.setdefault(name, {}) if isinstance(inside, dict) and inside.get(name) is not None else {}
        )
        if not inside and name not in told:
            raise _bad(field, "no such field")
    inside[last] = value
    if path:
        outer = told
        for name in path[:-1]:
            outer = outer[name]
        outer[path[-1]] = inside
    try:
        return type(record).model_validate(told)
    except ValidationError as error:
        fault = error.errors()[0]
        if fault["type"] != "extra_forbidden":
            raise _bad(field, fault["msg"]) from None
        raise _bad(field, f"no such field; there are {', '.join(sorted(set(told) - {last}))}") from None


def overlapping(span: tuple[int, int], taken: Iterable[tuple[tuple[int, int], str]]) -> str | None:
    """The record that shares most words with a span, if any does."""
    shared = [(min(span[1], other[1]) - max(span[0], other[0]), identity) for other, identity in taken]
    most, identity = max(shared, default=(0, ""))
    return identity if most > 0 else None


def renamed(record: Any, names: dict[str, str]) -> Any:
    """A record in which ids are those of ``names`` instead."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(item) for key, item in value.items()}
        if isinstance(value, list):
            return [told(item) for item in value]
        return names.get(value, value) if isinstance(value, str) else value

    before = record.model_dump(by_alias=True)
    after = told(before)
    return record if after == before else type(record).model_validate(after)


def _bad(field: str, why: str) -> OnrecordError:
    return OnrecordError(
        "bad-correction", f"{field} cannot be set so: {why}", "See `onrecord schema`.", field
    )
