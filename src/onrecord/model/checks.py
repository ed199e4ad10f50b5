"""What Pydantic cannot say about one coded document: spans inside the text, references that resolve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument, FieldRef

SPAN_REMEDY = "Spans are [start, end) in code points of document.text; write them from the text as stored."
REF_REMEDY = "Give every id that is referred to a record of its own in the same document."


def load(line: str | bytes, where: str) -> CodedDocument:
    """One ``onrecord/1`` JSON object, parsed and checked.

    Raises ``OnrecordError`` (``bad-json``, ``bad-record``, ``bad-span``, ``bad-reference``) with its place.
    """
    try:
        coded = CodedDocument.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise OnrecordError(
                "bad-json", f"not a JSON object: {first['msg']}", "One JSON object a line, UTF-8.", where
            ) from error
        place = ".".join(str(part) for part in first["loc"])
        raise OnrecordError(
            "bad-record",
            f"{place or 'document'}: {first['msg']} ({error.error_count()} fault(s) in all)",
            "See `onrecord schema` for the fields of onrecord/1.",
            where,
        ) from error
    for problem in problems(coded, where):
        raise OnrecordError.of(problem)
    return coded


def problems(coded: CodedDocument, where: str = "") -> Iterator[Problem]:
    """Every span outside the text and every reference without a record, in the order of the document."""
    where = where or coded.document.id
    length = len(coded.document.text)
    for path, span in spans(coded.model_dump(by_alias=True)):
        if span[1] > length:
            what = f"{path} ends at {span[1]}, the text at {length}"
            yield Problem(code="bad-span", where=where, what=what, remedy=SPAN_REMEDY)
    known: set[str] = set()
    for group in coded.groups():
        for record in group:
            if record.id in known:
                yield Problem(
                    code="bad-reference",
                    where=where,
                    what=f"two records are called {record.id}",
                    remedy=REF_REMEDY,
                )
            known.add(record.id)
    for owner, ref in references(coded):
        if ref not in known:
            what = f"{owner} refers to {ref}, which is not there"
            yield Problem(code="bad-reference", where=where, what=what, remedy=REF_REMEDY)


def spans(value: Any, path: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """Every ``[start, end)`` in a dumped record with its path, e.g. ``events.0.evidence.1``.

    The offset map of a snapshot is not a span and is passed over.
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "map":
                yield from spans(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)):
        if len(value) == 2 and all(type(part) is int for part in value):
            yield path, (value[0], value[1])
        else:
            for number, item in enumerate(value):
                yield from spans(item, f"{path}.{number}")


def references(coded: CodedDocument) -> Iterator[tuple[str, str]]:
    """Every reference from a record to another of its document, as (the record's id, the id it names)."""
    for event in coded.events:
        for ref in (*event.actors, *event.recipients, *event.claims):
            yield event.id, ref
    for claim in coded.claims:
        about = (item.ref if isinstance(item, FieldRef) else item for item in claim.about)
        for party in (claim.holder, *claim.relay, claim.addressee, *about):
            if party is not None:
                yield claim.id, party
    for act in coded.acts:
        for needed in (act.event, *act.claims):
            if needed is not None:
                yield act.id, needed
    for state in coded.missions:
        for ref in state.claims:
            yield state.id, ref
    for incident in coded.incidents:
        if incident.event is not None:
            yield incident.id, incident.event
        for attribution in incident.attributions:
            for named in (attribution.to, attribution.claim):
                if named is not None:
                    yield incident.id, named
    for expectation in coded.expectations:
        for end in (expectation.claim, expectation.actor, expectation.target):
            if end is not None:
                yield expectation.id, end
    for link in coded.links:
        for side in (link.from_, link.to):
            if isinstance(side, str):
                yield link.id, side
        for ref in link.claims:
            yield link.id, ref
