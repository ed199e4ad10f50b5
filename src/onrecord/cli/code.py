"""``onrecord code``: documents in, coded documents out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Annotated

import typer

from onrecord.cli.options import InputsArgument, OutOption, StrictOption
from onrecord.cli.output import problem_line, progress, user_errors


def register(app: typer.Typer) -> None:
    app.command()(code)


def code(
    inputs: InputsArgument,
    out: OutOption = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Publication date of the inputs, if you know it."),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Outlet of the inputs.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Address of a single input.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="Kind of the inputs (text, html, jsonl …) where names mislead."
        ),
    ] = None,
    charset: Annotated[
        str | None,
        typer.Option("--charset", metavar="NAME", help="Character set of text and HTML, if you know it."),
    ] = None,
    actors: Annotated[
        Path | None,
        typer.Option("--actors", metavar="FILE", help="Your own names (CSV); they win over the tables."),
    ] = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0, max=1, help="Leave out events below this probability.")
    ] = 0.0,
    threads: Annotated[int, typer.Option("--threads", min=1, help="Threads of the reading model.")] = 2,
    strict: StrictOption = False,
) -> None:
    """Code reports into events, claims, acts, incidents and more: one onrecord/1 JSON object a line.

    A bad document is one JSON problem line on standard error, and the run goes on. Exit code 1 if any failed.
    """
    with user_errors():
        from onrecord.coding.coder import Coder
        from onrecord.intake import Options, read_path
        from onrecord.model.problems import Problem

        options = Options(kind=kind, charset=charset, published=published, outlet=outlet, url=url)
        coder = Coder(threads=threads, actors=actors, min_score=min_score)
        coded = failed = 0
        with writer(out) as target, progress("coding", None) as advance:
            items = chain.from_iterable(read_path(name, options=options) for name in inputs)
            for outcome in coder.code_all(items):
                if isinstance(outcome, Problem):
                    failed += 1
                    problem_line(outcome)
                    if strict:
                        break
                else:
                    coded += 1
                    target.write(outcome.to_json() + "\n")
                advance()
        print(f"read {coded + failed}, coded {coded}, failed {failed}", file=sys.stderr)
        if failed:
            raise typer.Exit(1)


@contextmanager
def writer(out: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if out is None:
        yield sys.stdout
        return
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as handle:
            yield handle
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(out)
