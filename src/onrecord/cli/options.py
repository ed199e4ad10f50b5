"""Options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_LEDGER = "onrecord.sqlite"

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
    typer.Option("--since", metavar="DATE", help="Only what happened on or after this day (EDTF)."),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only what happened on or before this day (EDTF)."),
]
ActorOption = Annotated[
    str | None,
    typer.Option("--actor", metavar="CODE", help="Only what this actor takes part in, e.g. RUS or NATO."),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
AllOption = Annotated[
    bool,
    typer.Option("--all", help="Every row as it comes, in the order of recording; needs little memory."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="The state of things on this day (valid time)."),
]
KnownAtOption = Annotated[
    str | None,
    typer.Option("--known-at", metavar="TIME", help="Only what had been recorded by then (record time)."),
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Stop at the first problem.")]
InputsArgument = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Files or folders: text, HTML, JSONL …; - for standard input."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where to write; standard output if left out.")
]
