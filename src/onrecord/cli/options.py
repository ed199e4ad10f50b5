"""Options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import user_errors

DEFAULT_LEDGER = "onrecord.sqlite"


def _day(ctx: typer.Context, param: typer.CallbackParam, told: str | None) -> str | None:
    """An option that is a day: a mistake in it is told with the option's name, before a ledger is opened."""
    if told is not None and not ctx.resilient_parsing:
        with user_errors():
            from onrecord.ledger.windows import in_order
            from onrecord.model.dates import parse
            from onrecord.model.problems import OnrecordError

            name = param.opts[0]
            try:
                parse(told)
            except OnrecordError as error:
                raise error.at(name) from None
            if param.name == "since":
                in_order(told, ctx.params.get("until"), name)
            elif param.name == "until":
                in_order(ctx.params.get("since"), told, name)
    return told


def _moment(ctx: typer.Context, param: typer.CallbackParam, told: str | None) -> str | None:
    """An option that is a moment of record time, checked likewise."""
    if told is not None and not ctx.resilient_parsing:
        with user_errors():
            from onrecord.ledger.statements import as_micros
            from onrecord.model.problems import OnrecordError

            try:
                as_micros(told, end_of_day=True)
            except OnrecordError as error:
                raise error.at(param.opts[0]) from None
    return told


LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="ONRECORD_LEDGER",
        help="The ledger: a SQLite file or a postgresql:// URL.",
        show_default=True,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", callback=_day, help="Only what happened on or after this day (EDTF)."
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="DATE", callback=_day, help="Only what happened on or before this day (EDTF)."
    ),
]
ActorOption = Annotated[
    str | None,
    typer.Option(
        "--actor", metavar="NAME", help="Only what this party has a part in: a code (RUS) or words of a name."
    ),
]
RecipientOption = Annotated[
    str | None, typer.Option("--recipient", metavar="NAME", help="Only what was done to this party.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
ShortOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="At most so many rows; without it, all.")
]
AllOption = Annotated[
    bool,
    typer.Option("--all", help="Every row as it comes, in the order of recording; needs little memory."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", callback=_day, help="The state of things on this day (valid time)."
    ),
]
KnownAtOption = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="TIME",
        callback=_moment,
        help="Only what had been recorded by then (record time).",
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Stop at the first problem.")]
InputsArgument = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Files or folders: text, HTML, JSONL …; - for standard input."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where to write; standard output if left out.")
]
