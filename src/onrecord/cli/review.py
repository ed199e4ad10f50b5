"""A person's decisions: each has a name and a reason, is kept as a statement, and can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.lists import ask
from onrecord.cli.options import DEFAULT_LEDGER, JsonOption, KnownAtOption, LedgerOption, LimitOption
from onrecord.cli.output import user_errors

if TYPE_CHECKING:
    from onrecord.ledger.decisions import Decision

ByOption = Annotated[
    str, typer.Option("--by", envvar="ONRECORD_NAME", help="Your name; it stands with the decision.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]
RecordArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the record.")]
OthersArgument = Annotated[list[str], typer.Argument(metavar="OTHER...", help="Ids of the other records.")]


def register(app: typer.Typer) -> None:
    for command in (queue, decisions, accept, correct, retract, merge, split, confirm, reject, undo, redact):
        app.command(rich_help_panel="Decide, under your name")(command)


def queue(
    ledger: LedgerOption = DEFAULT_LEDGER, as_json: JsonOption = False, limit: LimitOption = 20
) -> None:
    """List what asks for a person: contested, unbalanced, unreconciled, of low score; the heaviest first."""
    columns: list[tuple[str, Any]] = [
        ("kind", lambda r: r.kind), ("what", lambda r: r.what), ("why", lambda r: r.why), ("id", lambda r: r.id)
    ]  # fmt: skip
    ask(ledger, lambda opened: opened.queue(limit=limit), columns, as_json, limit)


def decisions(
    ledger: LedgerOption = DEFAULT_LEDGER, as_json: JsonOption = False, known_at: KnownAtOption = None
) -> None:
    """List what people decided, in the order of recording, with the ids by which each can be undone."""
    columns: list[tuple[str, Any]] = [
        ("at", lambda r: r.at[:16]), ("decision", lambda r: r.kind), ("by", lambda r: r.by),
        ("about", lambda r: r.about), ("what", lambda r: r.what), ("reason", lambda r: r.reason),
        ("undone by", lambda r: r.undone_by), ("id", lambda r: r.id),
    ]  # fmt: skip
    ask(ledger, lambda opened: opened.decided(known_at=known_at), columns, as_json)


def accept(
    record: RecordArgument, by: ByOption, reason: ReasonOption = "", ledger: LedgerOption = DEFAULT_LEDGER
) -> None:
    """Accept a record as it is."""
    _decide(ledger, "accept", record, by=by, reason=reason)


def correct(
    record: RecordArgument,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="A field of the record, e.g. status or dates.act.")
    ],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="Its right value, as JSON or as plain words.")
    ],
    by: ByOption,
    reason: ReasonOption,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Correct one field of a record."""
    try:
        told = json.loads(value)
    except ValueError:
        told = value
    _decide(ledger, "correct", record, field, told, by=by, reason=reason)


def retract(
    record: RecordArgument, by: ByOption, reason: ReasonOption, ledger: LedgerOption = DEFAULT_LEDGER
) -> None:
    """Retract a record: it leaves the views and stays in the log."""
    _decide(ledger, "retract", record, by=by, reason=reason)


def merge(
    record: RecordArgument,
    others: OthersArgument,
    by: ByOption,
    reason: ReasonOption,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Say that several records tell one thing."""
    _decide(ledger, "merge", record, *others, by=by, reason=reason)


def split(
    record: RecordArgument,
    others: OthersArgument,
    by: ByOption,
    reason: ReasonOption,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Say that records which were taken for one thing are several."""
    _decide(ledger, "split", record, *others, by=by, reason=reason)


def confirm(
    proposal: Annotated[str, typer.Argument(metavar="ID", help="Id of a proposal, as tallies shows it.")],
    by: ByOption,
    reason: ReasonOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Confirm a proposal to reconcile two numbers."""
    _decide(ledger, "confirm", proposal, by=by, reason=reason)


def reject(
    proposal: Annotated[str, typer.Argument(metavar="ID", help="Id of a proposal, as tallies shows it.")],
    by: ByOption,
    reason: ReasonOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Reject a proposal to reconcile two numbers."""
    _decide(ledger, "reject", proposal, by=by, reason=reason)


def undo(
    decision: Annotated[str, typer.Argument(metavar="ID", help="Id of a decision.")],
    by: ByOption,
    reason: ReasonOption,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Undo a decision; both stay in the log."""
    _decide(ledger, "undo", decision, by=by, reason=reason)


def redact(
    by: ByOption,
    reason: ReasonOption,
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT...", help="Ids of documents.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="A name that goes with the text; with no DOCUMENT, in every document that has it.",
        ),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Take texts, and with them a person's name, out of the store; their hashes and this decision stay."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            done = opened.redact(*(documents or ()), by=by, reason=reason, name=name)
        for decision in done:
            _told(decision)
        if not done:
            print("nothing taken down: give documents, or a name that is on record")


def _decide(ledger: str, kind: str, *words: Any, by: str, reason: str) -> None:
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            _told(getattr(opened, kind)(*words, by=by, reason=reason))


def _told(decision: Decision) -> None:
    print(f"{decision.kind} by {decision.by}, decision {decision.id}")
