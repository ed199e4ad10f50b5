"""Statements back into a coded document: the inverse of ``decompose``, with record ids in place of local
ones."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from onrecord.ledger.decompose import FLATTENED, GROUPS, ORDERED
from onrecord.ledger.statements import Statement
from onrecord.model.records import CodedDocument

_LISTS = frozenset(
    {
        "contexts",
        "actors",
        "recipients",
        "evidence",
        "quantities",
        "claims",
        "content",
        "about",
        "mentions",
        "breakdown",
        "attributions",
        "authors",
        "sections",
    }
)
_GROUP_OF = {kind: group for group, (_, kind) in GROUPS.items()}


def assemble(rows: Iterable[Statement], text: str) -> tuple[CodedDocument, dict[str, str]]:
    """The coded document that ``rows`` (one coding, in order) say, and local id -> record id.

    ``text`` is the rendition, which statements hold by its hash only. Raises pydantic's ValidationError
    where the rows do not make one, which happens only to a ledger that was tampered with.
    """
    records: dict[str, dict[str, Any]] = {}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    document: dict[str, Any] = {"text": text}
    coded_by: dict[str, Any] = {}
    local: dict[str, str] = {}
    inferred: list[str] = []
    for row in rows:
        value = json.loads(row.value)
        if row.kind == "document":
            if row.property == "coded_by":
                coded_by.update(value)
            elif row.property == "coded_at":
                coded_by["at"] = max(value, coded_by.get("at", value))
            elif row.property != "text":
                _put(document, row.property, value)
        elif row.kind == "inferred":
            # A path of the document itself has no record before it.
            of_document = row.subject.startswith("d")
            path = row.subject if value == "*" else f"{row.subject}.{value}"
            inferred.append(value if of_document else path)
        else:
            record = records.get(row.subject)
            if record is None:
                record = records[row.subject] = {"id": row.subject}
                groups[_GROUP_OF[row.kind]].append(record)
            if row.property == "local":
                local[value] = row.subject
            else:
                _put(record, row.property, value)
    whole = {"coded_by": coded_by, "document": document, "inferred": inferred, **groups}
    return CodedDocument.model_validate(whole), local


def _put(record: dict[str, Any], name: str, value: Any) -> None:
    head, _, tail = name.partition(".")
    if tail and head in FLATTENED:
        record.setdefault(head, {})[tail] = value
    elif name in _LISTS and name not in ORDERED:
        record.setdefault(name, []).append(value)
    else:
        record[name] = value
