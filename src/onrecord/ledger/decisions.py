"""People's decisions: accept, correct, merge, split, retract, confirm, reject, undo; each a statement with its author.

A decision hangs on what it decided about: the document, the kind of record and the span of its evidence. A later
coding of the document that finds the record at other words, or under another id, still has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from onrecord.ledger.statements import Statement, canonical, hash_words, iso, statement_id, subject_id
from onrecord.ledger.tables import entry, statement
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Act, Actor, Claim, Event, Expectation, Forum, Incident, Link, MissionState

if TYPE_CHECKING:
    from onrecord.ledger.world import World

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
        "place": _told(place),
        "others": [_told(one) for one in decision.others],
        "field": decision.field,
        "value": decision.value,
        "target": decision.target,
        "at": decision.at,
    }
    author = f"person:{decision.by}"
    hashed = hash_words(words) if words is not None else None
    start, end = span if span is not None and words is not None else (None, None)
    rows = []
    for name, value in (("decision", told), ("reason", decision.reason)):
        text = canonical(value)
        identity = statement_id(
            subject,
            name,
            text,
            document,
            start,
            end,
            hashed,
            None,
            None,
            None,
            None,
            None,
            None,
            author,
            subject,
            decision.target if decision.kind == "undo" else None,
        )
        rows.append(
            Statement(
                0,
                identity,
                subject,
                "decision",
                name,
                text,
                words if name == "decision" else None,
                document,
                start,
                end,
                hashed,
                None,
                None,
                None,
                None,
                None,
                None,
                decision.recorded,
                author,
                subject,
                decision.target if decision.kind == "undo" else None,
            )
        )
    return rows


def _told(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"record": place.record, "document": place.document, "kind": place.kind, "span": place.span}


def decision_id(document: str | None, told: object) -> str:
    return subject_id("z", document or "ledger", "decision", told)


def load(connection: Connection, known_at: int | None = None) -> list[Decision]:
    """Every decision on record, in the order of recording."""
    chosen = select(entry.c.first, entry.c.last, entry.c.author, entry.c.recorded).where(
        entry.c.kind == "decision"
    )
    if known_at is not None:
        chosen = chosen.where(entry.c.recorded <= known_at)
    found: list[Decision] = []
    for first, last, author, recorded in connection.execute(chosen.order_by(entry.c.number)).all():
        rows = connection.execute(
            select(statement.c.subject, statement.c.property, statement.c.value).where(
                statement.c.seq.between(first, last)
            )
        ).all()
        told = {name: json.loads(value) for _, name, value in rows}
        if "decision" not in told:
            continue
        said = told["decision"]
        found.append(
            Decision(
                rows[0][0],
                said["kind"],
                author,
                recorded,
                told.get("reason", ""),
                _placed(said["place"]),
                tuple(place for one in said["others"] if (place := _placed(one)) is not None),
                said["field"],
                said["value"],
                said["target"],
            )
        )
    return found


def _placed(told: dict[str, Any] | None) -> Place | None:
    if told is None:
        return None
    span = tuple(told["span"]) if told["span"] else None
    return Place(told["record"], told["document"], told["kind"], span)


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions that no later decision in force undoes; an undo may itself be undone."""
    undone: set[str] = set()
    kept: list[Decision] = []
    for one in reversed(list(decisions)):
        if one.id in undone:
            continue
        if one.kind == "undo" and one.target:
            undone.add(one.target)
        kept.append(one)
    return kept[::-1]


def apply(world: World) -> None:
    """Put the decisions in force into a world: its records, and what identity must and must not join."""
    for one in in_force(world.decisions):
        found = resolve(world, one.place)
        others = [other for place in one.others if (other := resolve(world, place)) is not None]
        if one.kind == "correct" and found is not None and one.field:
            doc, coding, record = world.owner[found]
            world.proposed.setdefault(found, record)
            world.owner[found] = (doc, coding, corrected(record, one.field, one.value))
        elif one.kind == "retract" and found is not None:
            world.retracted[found] = world.owner.pop(found)
        elif one.kind == "accept" and found is not None:
            world.accepted[found] = one.by
        elif one.kind == "merge" and found is not None:
            world.merged += [(found, other, f"merged by {one.by}: {one.reason}") for other in others]
        elif one.kind == "split" and found is not None:
            world.split += [(found, other) for other in others]
        elif one.kind in ("confirm", "reject") and one.target:
            world.decided[one.target] = ("confirmed" if one.kind == "confirm" else "rejected", one.by)


def resolve(world: World, place: Place | None) -> str | None:
    """The record that a decision is about now: by its id, else by its kind and the words it hangs on."""
    if place is None:
        return None
    if place.record in world.owner:
        return place.record
    if place.span is None:
        return None
    best: tuple[int, str] | None = None
    for identity, (doc, _, record) in world.owner.items():
        if doc.id != place.document or kind_of(record) != place.kind:
            continue
        span = anchor(record)
        shared = min(span[1], place.span[1]) - max(span[0], place.span[0]) if span else 0
        if shared > 0 and (best is None or (-shared, identity) < best):
            best = (-shared, identity)
    return best[1] if best else None


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
    except ValueError as error:
        raise _bad(field, str(error).splitlines()[0]) from None


def _bad(field: str, why: str) -> OnrecordError:
    return OnrecordError(
        "bad-correction", f"{field} cannot be set so: {why}", "See `onrecord schema`.", field
    )
