"""``record`` puts coded documents on record; ``verify`` reads every span of them again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import DEFAULT_LEDGER, LedgerOption, StrictOption
from onrecord.cli.output import problem_line, progress, user_errors

if TYPE_CHECKING:
    from onrecord.model.records import CodedDocument


_CODE_FIRST = "Code a report before it is recorded: `onrecord code REPORT --out coded.jsonl`."


def register(app: typer.Typer) -> None:
    app.command()(record)
    app.command()(verify)


def record(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="onrecord/1 as JSON lines or Parquet; - for standard input."),
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    recorded_at: Annotated[
        str | None,
        typer.Option(
            "--recorded-at", metavar="TIME", help="Time of recording, for archives; marked as given."
        ),
    ] = None,
    strict: StrictOption = False,
) -> None:
    """Put coded documents on record, coded by machine or by hand. Doing it again changes nothing."""
    with user_errors():
        from onrecord.ledger import Ledger
        from onrecord.model.problems import Problem

        counts = {"recorded": 0, "already there": 0, "failed": 0}
        with Ledger.open(ledger) as opened, progress("recording", None) as advance:
            documents = _documents(files, strict, counts)
            for result in opened.record_many(documents, recorded_at):
                if isinstance(result, Problem):
                    counts["failed"] += 1
                    problem_line(result)
                    if strict:
                        break
                else:
                    counts["recorded" if result.new else "already there"] += 1
                advance()
        print(", ".join(f"{name} {number}" for name, number in counts.items()), file=sys.stderr)
        if counts["failed"]:
            raise typer.Exit(1)


def _documents(
    files: list[str], strict: bool, counts: dict[str, int]
) -> Iterator[tuple[CodedDocument, None]]:
    """Every coded document of the files, problems told on the way."""
    from onrecord.model.checks import load
    from onrecord.model.problems import OnrecordError

    for name in files:
        first = True
        for number, line in enumerate(_lines(name), 1):
            if not line.strip():
                continue
            try:
                if first and not line.lstrip().startswith(b"{"):
                    raise OnrecordError("not-coded", "this is no coded document", _CODE_FIRST, name)
                first = False
                coded = load(line, f"{name}:{number}")
            except OnrecordError as error:
                counts["failed"] += 1
                problem_line(error.problem)
                if strict:
                    return
                if first:
                    break
                continue
            yield coded, None


def _lines(name: str) -> Iterator[bytes]:
    from onrecord.scale.formats import lines

    return iter(sys.stdin.buffer) if name == "-" else lines(Path(name))


def verify(
    ledger: LedgerOption = DEFAULT_LEDGER,
    log: Annotated[bool, typer.Option("--log", help="Check the commit chain as well.")] = False,
    head: Annotated[
        Path | None,
        typer.Option("--head", metavar="FILE", help="A head of the chain that was kept elsewhere."),
    ] = None,
    export_head: Annotated[
        Path | None,
        typer.Option("--export-head", metavar="FILE", help="Write the chain's head, to keep elsewhere."),
    ] = None,
) -> None:
    """Read every span again against its snapshot, offline; any altered character fails, with its place."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            result = opened.verify()
            tampered = []
            if log or head is not None:
                kept = json.loads(head.read_text(encoding="utf-8")) if head is not None else None
                tampered = opened.verify_log(kept)
            if export_head is not None:
                export_head.write_text(json.dumps(opened.head()) + "\n", encoding="utf-8")
        for fault in result.faults:
            place = f" [{fault.span[0]}, {fault.span[1]})" if fault.span else ""
            print(f"FAILED {fault.document}{place}: {fault.reason}")
        for one in tampered:
            print(f"FAILED {one}")
        redacted = f", {len(result.redacted)} redacted" if result.redacted else ""
        verdict = "verified" if result.ok and not tampered else "NOT verified"
        print(f"{verdict}: {result.spans} spans in {result.documents} documents{redacted}")
        if tampered or not result.ok:
            raise typer.Exit(1)
