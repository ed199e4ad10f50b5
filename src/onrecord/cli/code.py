"""``onrecord code``: documents in, coded documents out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import InputsArgument, OutOption, StrictOption
from onrecord.cli.output import counted, problem_line, progress, user_errors

if TYPE_CHECKING:
    from onrecord.intake import Raw
    from onrecord.model.problems import Problem
    from onrecord.scale.formats import Sink
    from onrecord.scale.stage import Outcome


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
    model: Annotated[
        str,
        typer.Option(
            "--model", metavar="NAME", help="default; open (from open data alone); or the folder of your own."
        ),
    ] = "default",
    min_score: Annotated[
        float | None,
        typer.Option(
            "--min-score",
            min=0,
            max=1,
            help="Events from this probability on; the model's own choice if left out.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes; as many as cores if left out, 1 for small inputs."),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option("--threads", min=1, help="Threads of the reading model in a worker: 2 in one, else 1."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="DIR", help="A folder of shards; the same command goes on with a stopped run."
        ),
    ] = None,
    shard: Annotated[
        int, typer.Option("--shard", min=1, help="With --into: documents read for one file.")
    ] = 1000,
    written: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="NAME", help="jsonl or parquet; if left out, parquet where --out ends so."
        ),
    ] = None,
    executor: Annotated[
        str, typer.Option("--executor", metavar="NAME", help="processes, or ray for a cluster (extra scale).")
    ] = "processes",
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="With --executor ray: the cluster to join."),
    ] = None,
    strict: StrictOption = False,
) -> None:
    """Code reports into events, claims, acts, incidents and more: one onrecord/1 JSON object a line, or Parquet.

    A bad document is one JSON problem line on standard error, and the run goes on. Exit code 1 if any failed.
    What is odd about a document that is read all the same is a line with `"notice": true`.
    The results are the same bytes whatever --workers, --threads and --executor are.
    """
    with user_errors():
        from onrecord.intake import Options, read_raw
        from onrecord.model.problems import Problem
        from onrecord.scale import Run, Settings
        from onrecord.scale import code as code_all
        from onrecord.scale.formats import chosen

        if into is not None and out is not None:
            raise typer.BadParameter("--out writes one file and --into a folder: give one of them")
        if out is not None and out.is_dir():
            raise typer.BadParameter("--out is one file: give --into for a folder")
        if address is not None and executor != "ray":
            raise typer.BadParameter("--address is that of a Ray cluster: give --executor ray as well")
        options = Options(kind=kind, charset=charset, published=published, outlet=outlet, url=url)
        settings = Settings(options, model, actors, min_score, threads)
        noticed = Noticed()

        def coding(items: Iterable[Raw | Problem]) -> Generator[Outcome, None, None]:
            return code_all(
                noticed.told(items), settings, workers=workers, executor=executor, address=address
            )

        written = chosen(written, out)
        run = Run(into, inputs, settings, shard, written) if into is not None else None
        counts = Counter(run.counts if run else ())
        if run and run.shards:
            print(f"{counted(len(run.shards), 'shard is', 'shards are')} there already", file=sys.stderr)
        source = chain.from_iterable(read_raw(name, options=options) for name in inputs)
        with (
            closing(run.fill(coding) if run else coding(source)) as outcomes,
            nullcontext() if run else writer(out, written) as target,
            progress("coding", None) as advance,
        ):
            for outcome in outcomes:
                failed = isinstance(outcome, Problem)
                counts.update(("read", "failed" if failed else "coded"))
                if isinstance(outcome, Problem):
                    problem_line(outcome)
                    if strict:
                        break
                elif target is not None:
                    target.write(outcome)
                advance()
        print(
            f"read {counts['read']}, coded {counts['coded']}, failed {counts['failed']}{noticed}",
            file=sys.stderr,
        )
        if counts["failed"]:
            raise typer.Exit(1)


class Noticed:
    """The notices of a run, each told once for a file, and how many those were."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()

    def told(self, items: Iterable[Raw | Problem]) -> Iterator[Raw | Problem]:
        """The same items; what is odd about one is told as it passes."""
        for item in items:
            for notice in getattr(item, "notices", ()):
                key = notice.where.rpartition(":")[0] or notice.where, notice.what
                if key not in self._known:
                    self._known.add(key)
                    problem_line(notice)
            yield item

    def __str__(self) -> str:
        return f"; {counted(len(self._known), 'notice')}" if self._known else ""


@contextmanager
def writer(out: Path | None, written: str) -> Iterator[Sink]:
    """Standard output, or a file that appears under its name only when it is whole.

    A device or a pipe is written as it is: nothing may take its place.
    """
    from onrecord.scale.formats import sink

    special = out is None or (out.exists() and not out.is_file())
    if special and written == "parquet":
        from onrecord.model.problems import OnrecordError

        raise OnrecordError("needs-out", "Parquet is no text to print", "Give --out FILE.", str(out or "-"))
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if special:
        with out.open("wb") as handle:
            yield handle
        return
    partial_out = out.with_name(f".{out.name}.part")  # hidden, so that a folder of inputs does not hold it
    try:
        with closing(sink(partial_out, written)) as target:
            yield target
    except BaseException:
        partial_out.unlink(missing_ok=True)
        raise
    partial_out.replace(out)
