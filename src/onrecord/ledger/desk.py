"""What people do at a ledger: decisions, the queue, and what was decided on a record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onrecord.ledger import redact as redaction
from onrecord.ledger import review
from onrecord.ledger.decisions import Decision
from onrecord.ledger.held import Held
from onrecord.ledger.pages import find_record
from onrecord.ledger.review import DecisionRow, QueueRow, ReviewRow
from onrecord.ledger.settle import Settled, settle
from onrecord.ledger.views import Views


class Desk(Views):
    """Every decision names a person and a reason, is a statement, and can be undone. ``at`` is for archives.

    One that would mean nothing raises OnrecordError ``no-effect`` (see ``objections``), one on what is not on record
    ``no-record``; neither leaves a trace.
    """

    def accept(self, record: str, *, by: str, reason: str = "", at: str | datetime | None = None) -> Decision:
        """Hold a record to be right."""
        return review.decide(self.store, self.world(), "accept", by, reason, record, recorded_at=at)

    def correct(
        self, record: str, field: str, value: Any, *, by: str, reason: str, at: str | datetime | None = None
    ) -> Decision:
        """Set one field of a record; a field inside another is dotted (``time.edtf``)."""
        world = self.world()
        return review.decide(
            self.store, world, "correct", by, reason, record, field=field, value=value, recorded_at=at
        )

    def retract(self, record: str, *, by: str, reason: str, at: str | datetime | None = None) -> Decision:
        """Take a record out of the views."""
        return review.decide(self.store, self.world(), "retract", by, reason, record, recorded_at=at)

    def merge(
        self, record: str, *others: str, by: str, reason: str, at: str | datetime | None = None
    ) -> Decision:
        """Hold reports to be of one event."""
        return review.decide(self.store, self.world(), "merge", by, reason, record, others, recorded_at=at)

    def split(
        self, record: str, *others: str, by: str, reason: str, at: str | datetime | None = None
    ) -> Decision:
        """Hold a report to be of another event than ``others``, or than all the other reports of its event."""
        return review.decide(self.store, self.world(), "split", by, reason, record, others, recorded_at=at)

    def confirm(
        self, proposal: str, *, by: str, reason: str = "", at: str | datetime | None = None
    ) -> Decision:
        """Confirm a proposed reconciliation."""
        return review.decide(self.store, self.world(), "confirm", by, reason, target=proposal, recorded_at=at)

    def reject(
        self, proposal: str, *, by: str, reason: str = "", at: str | datetime | None = None
    ) -> Decision:
        """Reject a proposed reconciliation."""
        return review.decide(self.store, self.world(), "reject", by, reason, target=proposal, recorded_at=at)

    def undo(self, decision: str, *, by: str, reason: str, at: str | datetime | None = None) -> Decision:
        """Undo a decision, an undo included; both stay on record."""
        return review.decide(self.store, self.world(), "undo", by, reason, target=decision, recorded_at=at)

    def settle(self, *, at: str | datetime | None = None) -> Settled:
        """Put on record which reports the machine holds to be of one event, and retract what it no longer holds.

        Each such merge has its probability, its reasons and an id, by which it can be undone.
        """
        return settle(self.store, Views(self.store).near, at)  # whatever this reader may see

    def merges(self, *, known_at: str | None = None) -> list[Held]:
        """Every merge that the machine put on record, retracted and undone ones included."""
        return self.world(known_at).held

    def redact(
        self, *documents: str, by: str, reason: str, name: str | None = None, at: str | datetime | None = None
    ) -> list[Decision]:
        """Take the text of documents down; with ``name``, that name, in every document that has it.

        Hashes, spans and the decision stay; there is no undo.
        """
        wanted = list(documents)
        if name is not None and not wanted:
            with self.store.reading() as connection:
                wanted = redaction.naming(connection, name)
        return redaction.redact(self.store, wanted, by, reason, name, at)

    def decisions(self, *, known_at: str | None = None) -> list[Decision]:
        """Every decision on record, undone ones included."""
        return self.world(known_at).decisions

    def decided(self, *, known_at: str | None = None) -> list[DecisionRow]:
        """The same as rows of a list: on what, what it says, and whether it was undone."""
        return review.decided(self.world(known_at))

    def review(self, record: str, *, known_at: str | None = None) -> ReviewRow:
        """The machine's proposal and the person's decision on one record, side by side."""
        world = self.world(known_at)
        wanted = record if record in world.retracted else find_record(world, record)
        return review.side_by_side(world, wanted)

    def queue(self, *, known_at: str | None = None, limit: int | None = None) -> list[QueueRow]:
        """What asks for a person's decision, the heaviest first."""
        return review.queue(self.world(known_at))[:limit]

    def agreement(self, *, known_at: str | None = None) -> dict[str, dict[str, float]]:
        """How often people accepted, corrected and retracted the machine's records, by kind."""
        return review.agreement(self.world(known_at))
