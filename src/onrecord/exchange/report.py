"""What an export says of itself: what it wrote, what its format cannot hold, and what it kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

EXAMPLES = 5


@dataclass(slots=True)
class Loss:
    """One thing that a format cannot hold, with the number of records it is lost of and a few of their ids."""

    what: str
    records: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """The report of one export. ``written`` counts what stands in it by kind; ``notes`` are facts on its files."""

    kind: str
    written: dict[str, int] = field(default_factory=dict)
    losses: dict[str, Loss] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str, number: int = 1) -> None:
        self.written[kind] = self.written.get(kind, 0) + number

    def lost(self, what: str, records: Iterable[str]) -> None:
        """Say that ``what`` of these records does not stand in the export; nothing where there is no record."""
        for record in records:
            loss = self.losses.setdefault(what, Loss(what))
            loss.records += 1
            if len(loss.examples) < EXAMPLES:
                loss.examples.append(record)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "written": self.written,
            "cannot_hold": [
                {"what": one.what, "records": one.records, "examples": one.examples}
                for one in self.losses.values()
            ],
            "notes": self.notes,
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def lines(self) -> Iterator[str]:
        """The report for a person, a line for each thing."""
        told = ", ".join(f"{number} {kind}" for kind, number in self.written.items()) or "nothing"
        yield f"{self.kind}: {told} written"
        for one in self.losses.values():
            yield f"  does not hold {one.what} ({one.records})"
        for note in self.notes:
            yield f"  {note}"
