"""Statements back into a coded document: the inverse of ``decompose``, with record ids in place of local
ones."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from onrecord.ledger.decompose import FLATTENED, GROUPS, ORDERED
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


Told = tuple[str, str, str, str]
"""(subject, kind, property, value) of a statement."""


def assemble(rows: Sequence[Told], text: Callable[[str, int], str]) -> tuple[CodedDocument, dict[str, str]]:
    """The coded document that ``rows`` (one coding, in order) say, and local id -> record id.

    ``text`` gives the rendition by its SHA-256 and length, which is all that statements hold of it. Raises
    pydantic's ValidationError where the rows do not make one, which happens only to a ledger tampered with.
    """
    records: dict[str, dict[str, Any]] = {}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    document: dict[str, Any] = {}
    coded_by: dict[str, Any] = {}
    local: dict[str, str] = {}
    inferred: list[str] = []
    values = json.loads("[" + ",".join([row[3] for row in rows]) + "]")
    for (subject, kind, name, _), value in zip(rows, values, strict=True):
        if kind == "document":
            if name == "coded_by":
                coded_by.update(value)
            elif name == "coded_at":
                coded_by["at"] = max(value, coded_by.get("at", value))
            elif name == "text":
                document["text"] = text(value["sha256"], value["length"])
            else:
                _put(document, name, value)
        elif kind == "inferred":
            # A path of the document itself has no record before it.
            path = subject if value == "*" else f"{subject}.{value}"
            inferred.append(value if subject.startswith("d") else path)
        else:
            record = records.get(subject)
            if record is None:
                record = records[subject] = {"id": subject}
                groups[_GROUP_OF[kind]].append(record)
            if name == "local":
                local[value] = subject
            else:
                _put(record, name, value)
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
