"""How the commands speak: tables on a terminal, tab-separated when piped, problems on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.model.problems import Problem


def problem_line(problem: Problem) -> None:
    """One problem on stderr: a JSON line, so that a script can read it, and a person as well."""
    print(problem.model_dump_json(), file=sys.stderr, flush=True)


def rows(lines: Sequence[Sequence[str]], headings: Sequence[str], empty: str) -> None:
    """Print lines of cells: a terminal gets a table that wraps, a pipe tab-separated lines with a heading.

    ``empty`` says what to do when there is nothing, on stderr, so that a pipe stays clean.
    """
    if not lines:
        print(empty, file=sys.stderr)
    elif sys.stdout.isatty():
        table(headings, lines)
    else:
        print("\t".join(headings))
        for one in lines:
            print(line(one))


def line(cells: Sequence[str]) -> str:
    """Cells as one tab-separated line."""
    return "\t".join(value.replace("\t", " ").replace("\n", " ") for value in cells)


def table(headings: Sequence[str], lines: Sequence[Sequence[str]], title: str | None = None) -> None:
    """A table for people, as wide as the terminal (or 110 columns where there is none)."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for heading in headings:
        grid.add_column(heading, overflow="fold", no_wrap=heading in ("id", "date", "event", "measure"))
    for line in lines:
        grid.add_row(*(escape(value) for value in line))
    console().print(grid)


def console() -> Any:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 110, highlight=False)


def cell(value: Any) -> str:
    """A value as a person reads it: nothing for none, commas in lists, whole numbers without a point."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(item) for item in value) or "-"
    return str(value)


def counted(number: int, one: str, many: str | None = None) -> str:
    """So many of a thing: `1 row`, `2 rows`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def to_json(item: Any) -> str:
    """One line of JSON."""
    return json.dumps(item, ensure_ascii=False, default=str)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Any]:
    """A progress bar on stderr while a person watches; nothing where stderr is a file or a pipe."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    layout = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*layout, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def user_errors() -> Iterator[None]:
    """A user's mistake ends the command with its problem line and exit code 1, a closed pipe in silence."""
    from onrecord.model.problems import OnrecordError, Problem

    try:
        yield
    except OnrecordError as error:
        problem_line(error.problem)
        raise typer.Exit(1) from error
    except BrokenPipeError:
        # the reader went away (`| head`): nobody is left to tell, and Python must not try at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except OSError as error:
        what = error.strerror or str(error)
        problem_line(
            Problem(
                code="file-error",
                where=str(error.filename or ""),
                what=what,
                remedy="Check the path, its permissions and the space left.",
            )
        )
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        print("interrupted; run the same command again to go on", file=sys.stderr)
        raise typer.Exit(130) from None
