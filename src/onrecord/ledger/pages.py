"""One record in full."""

from __future__ import annotations

from typing import Any

from onrecord.ledger import claims, describe, events, identity, measures
from onrecord.ledger.decisions import in_force, resolve
from onrecord.ledger.rows import Evidence, RecordPage
from onrecord.ledger.statements import iso
from onrecord.ledger.world import Doc, World
from onrecord.model.checks import spans
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Act, Claim, Event, Link


def find(world: World, wanted: str) -> str:
    """The record or document that ``wanted`` names or begins; for a record of an earlier coding the one that a later
    coding finds at its words. Raises OnrecordError ``no-record``, ``ambiguous-id``."""
    if wanted in world.owner or wanted in world.docs:
        return wanted
    if wanted in world.retracted:
        raise _retracted(world, wanted)
    former = world.former(wanted)
    if former is not None and (now := resolve(world, former)) is not None:
        return now
    begun = [one for one in (*world.owner, *world.docs) if one.startswith(wanted)] if len(wanted) > 3 else []
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise OnrecordError(
            "ambiguous-id", f"{len(begun)} records begin with it", "Give more of the id.", wanted
        )
    raise OnrecordError("no-record", "no record has this id", "Lists show the ids of their records.", wanted)


def find_record(world: World, wanted: str) -> str:
    """``find`` for what is asked of records alone. Raises OnrecordError ``no-record`` for a document too."""
    found = find(world, wanted)
    if found in world.docs:
        raise OnrecordError(
            "no-record",
            "this is a document, and no record in one",
            "`onrecord show ID` lists its records.",
            wanted,
        )
    return found


def _retracted(world: World, record: str) -> OnrecordError:
    """The error for a record that a person took out of the views, with what brings it back."""
    kept, _ = in_force(world.decisions)
    mine = [
        one for one in kept if one.kind == "retract" and one.place is not None and one.place.record == record
    ]
    if not mine:
        return OnrecordError(
            "no-record",
            "this record went with another that was retracted",
            "`onrecord decisions` lists what people decided.",
            record,
        )
    return OnrecordError(
        "no-record",
        f"{mine[-1].by} retracted this record",
        f"To have it again: onrecord undo {mine[-1].id}",
        record,
    )


def page(world: World, wanted: str) -> RecordPage:
    """The page of one record, or of a document."""
    found = find(world, wanted)
    if found in world.docs:
        return _document(world, world.docs[found])
    doc, coding, record = world.owner[found]
    dumped = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    claimed = [record.id] if isinstance(record, Claim) else getattr(record, "claims", [])
    return RecordPage(
        id=found,
        kind=describe.kind_of(record),
        row=_row(world, doc, record),
        record=dumped,
        evidence=_evidence(world, doc, dumped),
        voices=world.voices(claimed),
        related=_related(world, found),
        document=doc.id,
        author=f"{coding.author_kind}:{coding.author}",
        recorded=iso(coding.recorded),
        inferred=tuple(
            path[len(found) + 1 :] for path in coding.coded.inferred if path.startswith(f"{found}.")
        ),
    )


def _row(world: World, doc: Doc, record: Any) -> Any:
    if isinstance(record, Event):
        return events.row(world, identity.entries(world)[record.id], events.reports(world))
    if isinstance(record, Claim):
        return claims.row(world, record)
    if isinstance(record, Act):
        return measures.act_rows(world)[record.id]
    return None


def _evidence(world: World, doc: Doc, dumped: dict[str, Any]) -> tuple[Evidence, ...]:
    return world.evidence(doc, (span for _, span in spans(dumped)))


def _related(world: World, found: str) -> tuple[tuple[str, str, str], ...]:
    """(relation, id, description) of every record that refers to this one or that it refers to."""
    related: dict[tuple[str, str], str] = {}
    for other, (_, _, record) in world.owner.items():
        if isinstance(record, Link):
            ends = [world.resolve(end) for end in (record.from_, record.to)]
            if found in ends:
                there = ends[1] if ends[0] == found else ends[0]
                arrow = f"{record.kind} →" if ends[0] == found else f"← {record.kind}"
                if there in world.owner:
                    related[(arrow, there)] = describe.describe(world, world.owner[there][2])
        elif other != found and isinstance(record, Claim):
            if any((one if isinstance(one, str) else one.ref) == found for one in record.about):
                related[(f"claim that {record.stance} it", other)] = describe.describe(world, record)
        elif isinstance(record, Act) and record.event == found:
            related[("measure", other)] = describe.describe(world, record)
    mine = world.owner[found][2]
    if isinstance(mine, Claim):
        for about in mine.about:
            told = describe.target(world, about)
            related[("about" + (f" ({told.field})" if told.field else ""), told.id)] = told.label
    if isinstance(mine, Act) and mine.event in world.owner:
        related[("event", str(mine.event))] = describe.describe(world, world.owner[str(mine.event)][2])
    return tuple((relation, one, told) for (relation, one), told in related.items())


def _document(world: World, doc: Doc) -> RecordPage:
    """A document with the records coded from it."""
    told = doc.document.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"text"})
    coding = doc.codings[0]
    records = [(one, record) for one, (owner, _, record) in world.owner.items() if owner is doc]
    return RecordPage(
        id=doc.id,
        kind="document",
        row=None,
        record=told,
        evidence=(),
        voices=(),
        related=tuple(
            (describe.kind_of(record), one, describe.describe(world, record)) for one, record in records
        ),
        document=doc.id,
        author=f"{coding.author_kind}:{coding.author}",
        recorded=iso(doc.recorded),
        inferred=tuple(path for path in coding.coded.inferred if path.startswith("document")),
    )
