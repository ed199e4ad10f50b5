"""What speaks against a decision: one that would change nothing, or mean nothing, is refused before it is written.

A ledger keeps whatever is put in it. A merge of a thing with itself, or an undoing of what no longer holds, would
stand in it for good, with a person's name, as if something had been decided.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from onrecord.ledger import decisions as d
from onrecord.ledger import tallies
from onrecord.ledger.compare import ordered
from onrecord.ledger.decisions import Decision
from onrecord.ledger.decompose import GROUPS
from onrecord.ledger.identity import cannot_links, entries
from onrecord.ledger.world import World
from onrecord.model.checks import REF_REMEDY, SPAN_REMEDY, references, spans
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument

DEEDS = ("event", "act")
_GROUP_OF = {kind: group for group, (_, kind) in GROUPS.items()}


def to_correcting(world: World, record: str, field: str, value: Any) -> None:
    """Raises OnrecordError ``bad-correction``, ``bad-span``, ``bad-reference``, ``no-effect``."""
    doc, coding, before = world.owner[record]
    if field.partition(".")[0] == "id":
        raise OnrecordError(
            "bad-correction",
            "the id of a record is made from the words it hangs on",
            "Retract the record, and add another by hand.",
            field,
        )
    after = d.corrected(before, field, value)
    if after == before:
        raise OnrecordError(
            "no-effect",
            f"{field} says that already",
            "Say that a record is right with: onrecord accept ID.",
            field,
        )
    length = len(doc.document.text)
    for _, span in spans({field: value}):
        if span[1] > length:
            raise OnrecordError(
                "bad-span", f"{field} ends at {span[1]}, the text at {length}", SPAN_REMEDY, field
            )
    for ref in _referred(coding.coded, after) - _referred(coding.coded, before):
        if ref not in world.owner or world.owner[ref][0] is not doc:
            raise OnrecordError(
                "bad-reference",
                f"{field} refers to {ref}, which its document does not have",
                REF_REMEDY,
                field,
            )


def _referred(coded: CodedDocument, record: Any) -> set[str]:
    """The ids that one record refers to."""
    alone = {group: [] for group in GROUPS} | {_GROUP_OF[d.kind_of(record)]: [record]}
    return {ref for _, ref in references(coded.model_copy(update=alone))}


def to_merging(world: World, record: str, others: tuple[str, ...]) -> None:
    """Raises OnrecordError ``no-effect`` for what is one thing, is of another kind, or was held to be apart."""
    kind = d.kind_of(world.owner[record][2])
    if kind not in (*DEEDS, "actor"):
        raise _void(
            f"no {kind}s are merged",
            "Merge reports of one event, or of one measure; or records of one actor.",
            record,
        )
    if not others:
        raise _void("no other record is named", "Name what it is one with: merge ID OTHER.", record)
    known = entries(world)
    apart = cannot_links(world) if kind in DEEDS else set()
    for other in others:
        told = d.kind_of(world.owner[other][2])
        if (told in DEEDS) != (kind in DEEDS) or (told == "actor") != (kind == "actor"):
            raise _void(
                f"one is an {kind}, the other a {told}", "Only records of one kind tell one thing.", other
            )
        if other == record or _deed(world, other) == _deed(world, record):
            raise _void("it is the same record", "Name two records: lists show their ids.", other)
        if kind in DEEDS:
            for pair in product(known[record].members, known[other].members):
                if ordered(*pair) in apart:
                    raise _kept_apart(world, ordered(*pair), other)


def _deed(world: World, record: str) -> str:
    """A measure that is coded with an event is told by it."""
    return getattr(world.owner[record][2], "event", None) or record


def _kept_apart(world: World, pair: tuple[str, str], where: str) -> OnrecordError:
    """The error for two reports that are not to be joined, with what to undo first."""
    kept, undone = d.in_force(world.decisions)
    for one in kept:
        ends = [d.resolve(world, place) for place in (one.place, *one.others)] if one.kind == "split" else []
        if ends and ends[0] in pair and any(end in pair for end in ends[1:]):
            return _void(f"{one.by} holds them to be two", f"Undo that first: onrecord undo {one.id}", where)
    for held in world.held:
        if held.id in undone and {d.resolve(world, held.first), d.resolve(world, held.second)} == set(pair):
            undo = next(one for one in kept if one.target == held.id)
            return _void(
                f"{undo.by} undid a merge of these two", f"Undo that first: onrecord undo {undo.id}", where
            )
    return _void("a report says that they are two", "Retract the link that says so first.", where)


def to_splitting(world: World, record: str, others: tuple[str, ...]) -> None:
    """Raises OnrecordError ``no-effect`` where there is no such report to be split off."""
    known = entries(world)
    entry = known.get(record)
    if entry is None or len(entry.members) == 1:
        raise _void(
            "it is told by one report, from which nothing can be split off",
            "Events with several reports can be split: `onrecord show ID --json` lists their members.",
            record,
        )
    for other in others:
        if known.get(other) is not entry:
            raise _void(
                "it is no report of this event", f"Its reports are: {', '.join(entry.members)}.", other
            )
        if other == record or _deed(world, other) == _deed(world, record):
            raise _void("it is the same report", "Name another of the reports of this event.", other)


def to_settling(world: World, proposal: str) -> None:
    """Raises OnrecordError ``no-record`` for a proposal that there is not."""
    proposed = [one.id for row in tallies.rows(world, decided=world.decided) for one in row.proposals]
    if proposal not in proposed:
        raise OnrecordError(
            "no-record",
            "no proposal has this id",
            f"`onrecord tallies` shows them: {', '.join(proposed)}."
            if proposed
            else "`onrecord tallies` shows none.",
            proposal,
        )


def to_undoing(world: World, decision: str) -> None:
    """Raises OnrecordError ``no-record`` for what is no decision, ``no-effect`` for one that cannot be undone."""
    found: Decision | None = next((one for one in world.decisions if one.id == decision), None)
    if found is None and all(one.id != decision for one in world.held):
        raise OnrecordError(
            "no-record",
            "no decision has this id",
            "A decision's id is printed when it is made; `onrecord decisions` lists them.",
            decision,
        )
    if found is not None and found.kind == "redact":
        raise _void(
            "a takedown cannot be undone: the text is gone",
            "Record the document again, if it may be.",
            decision,
        )
    kept, undone = d.in_force(world.decisions)
    if decision in undone:
        undo = next(one for one in kept if one.kind == "undo" and one.target == decision)
        raise _void(
            f"{undo.by} has undone it already", f"To have it again: onrecord undo {undo.id}", decision
        )


def _void(what: str, remedy: str, where: str) -> OnrecordError:
    return OnrecordError("no-effect", what, remedy, where)
