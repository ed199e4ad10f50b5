"""``export`` hands results on, ``import`` takes event data of others, ``snapshot`` and ``sql`` are for analysis."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import (
    DEFAULT_LEDGER,
    ActorOption,
    AsOfOption,
    JsonOption,
    KnownAtOption,
    LedgerOption,
    OutOption,
    SinceOption,
    StrictOption,
    UntilOption,
)
from onrecord.cli.output import cell, problem_line, rows, to_json, user_errors

MarkingOption = Annotated[
    str,
    typer.Option("--marking", metavar="TLP", help="Leave out documents that are marked stricter than this."),
]
KIND_HELP = "csv, jsonl, parquet, stix, ftm, ftm-statements, graphml, prov, or site."
SOURCE_HELP = "polecat (and our own CSV), icews or gdelt."


def register(app: typer.Typer) -> None:
    app.command()(export)
    app.command("import")(import_rows)
    app.command()(snapshot)
    app.command()(sql)


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KIND_HELP)],
    where: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write, as --out; a folder for site.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    out: OutOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    marking: MarkingOption = "TLP:GREEN",
) -> None:
    """Hand the record on as event data, STIX, FollowTheMoney, a graph or PROV; what does not fit is reported."""
    with user_errors():
        from onrecord.exchange import KINDS, take
        from onrecord.exchange import export as write
        from onrecord.ledger import Ledger
        from onrecord.model.problems import OnrecordError

        out = out or where
        if kind == "site":
            for name, told in (("--since", since), ("--until", until), ("--actor", actor)):
                if told is not None:
                    raise OnrecordError(
                        "bad-option",
                        f"a site is of the whole record, which {name} does not limit",
                        "Leave it out; --as-of, --known-at and --marking limit a site.",
                        name,
                    )
            _site(ledger, out, as_of, known_at, marking)
            return
        if kind not in KINDS:
            raise OnrecordError(
                "unknown-export",
                f"no export is called {kind!r}",
                f"Use one of: {', '.join((*KINDS, 'site'))}.",
                "KIND",
            )
        with Ledger.open(ledger, create=False, allowed=marking) as opened:
            picture = take(opened, as_of=as_of, known_at=known_at, since=since, until=until, actor=actor)
            closed = opened.withheld(known_at=known_at)
        for line in write(picture, kind, out).lines():
            print(line, file=sys.stderr)
        _withheld(closed, marking)


def _withheld(left_out: dict[str, str], allowed: str) -> None:
    if left_out:
        print(f"left out: {len(left_out)} documents marked stricter than {allowed}", file=sys.stderr)


def _site(ledger: str, out: Path | None, as_of: str | None, known_at: str | None, marking: str) -> None:
    """The record as static pages."""
    from onrecord.ledger import Ledger
    from onrecord.model.problems import OnrecordError
    from onrecord.web import needed, site

    if out is None:
        raise OnrecordError(
            "needs-out", "a site is a folder of pages", "Name it: onrecord export site DIR", "site"
        )
    needed("export site")
    with Ledger.open(ledger, create=False, allowed=marking) as opened:
        closed = opened.withheld(known_at=known_at)
    made = site.write(ledger, out, as_of, known_at, marking)
    for line in made.problems:
        print(f"onrecord: not written: {line}", file=sys.stderr)
    print(
        f"site: {made.pages} pages and {made.tables} tables; begin at {out / 'index.html'}", file=sys.stderr
    )
    _withheld(closed, marking)


def import_rows(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=SOURCE_HELP)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The rows, as their project publishes them.")],
    out: OutOption = None,
    strict: StrictOption = False,
) -> None:
    """Turn event-data rows into coded documents (JSON lines for `onrecord record`): given, without evidence."""
    with user_errors():
        from onrecord.exchange import Report, read_rows
        from onrecord.exchange.tables import unwritable
        from onrecord.model.problems import Problem

        report = Report(f"import {kind}")
        found = read_rows(kind, file, report)
        failed = False
        try:
            handle = sys.stdout if out is None else out.open("w", encoding="utf-8")
        except OSError as error:
            raise unwritable(out or Path("-"), error) from error
        try:
            for one in found:
                if isinstance(one, Problem):
                    failed = True
                    problem_line(one)
                    if strict:
                        break
                else:
                    handle.write(one.to_json() + "\n")
        finally:
            if out is not None:
                handle.close()
        if out is not None:
            out.with_name(out.name + ".report.json").write_text(report.to_json(), encoding="utf-8")
        for line in report.lines():
            print(line, file=sys.stderr)
        if failed:
            raise typer.Exit(1)


def snapshot(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or one of an earlier snapshot.")
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    marking: MarkingOption = "TLP:GREEN",
) -> None:
    """Write Parquet tables of the record for analysis, with a data package that describes them."""
    with user_errors():
        from onrecord.exchange import snapshot as write
        from onrecord.exchange import take
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False, allowed=marking) as opened:
            picture = take(opened, as_of=as_of, known_at=known_at)
            closed = opened.withheld(known_at=known_at)
        for line in write(picture, folder).lines():
            print(line, file=sys.stderr)
        _withheld(closed, marking)


def sql(
    question: Annotated[
        str, typer.Argument(metavar="SELECT", help="One SELECT over the tables of a snapshot.")
    ],
    snapshot: Annotated[Path, typer.Option("--snapshot", metavar="DIR", help="The snapshot to ask.")] = Path(
        "snapshot"
    ),
    json: JsonOption = False,
) -> None:
    """Ask a snapshot in SQL, read-only: deeds, not_done, claims, mission_levels, attributions, documents, dyads."""
    with user_errors():
        from onrecord.exchange import query

        answer = query(snapshot, question)
        if json:
            for row in answer.rows:
                print(to_json(dict(zip(answer.columns, row, strict=True))))
        else:
            rows([[cell(value) for value in row] for row in answer.rows], answer.columns, "no rows")
