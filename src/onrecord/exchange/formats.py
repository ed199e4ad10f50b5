"""One way out for every format: its writer, the file that it needs, and the report beside it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, NamedTuple

from onrecord.exchange.picture import Picture
from onrecord.exchange.report import Report
from onrecord.exchange.tables import aside, unwritable, write_csv, write_jsonl, write_parquet
from onrecord.model.problems import OnrecordError


class Kind(NamedTuple):
    """A format: what it is for, and the module and function that write it as text (none: special ones)."""

    meaning: str
    module: str
    function: str = "write"


KINDS: dict[str, Kind] = {
    "csv": Kind("event data: POLECAT's columns and ours", "tables", "write_csv"),
    "jsonl": Kind("every row of every view, one JSON object a line", "tables", "write_jsonl"),
    "parquet": Kind("the event table with typed columns (extra [analytics])", "tables", "write_parquet"),
    "stix": Kind("a STIX 2.1 bundle (extra [stix])", "stix"),
    "ftm": Kind("FollowTheMoney entities (extra [ftm])", "ftm"),
    "ftm-statements": Kind("FollowTheMoney statements as CSV (extra [ftm])", "ftm", "write_statements"),
    "graphml": Kind("a graph for Gephi, yEd, igraph, networkx", "graphml"),
    "prov": Kind("PROV-JSON: where every statement comes from", "prov"),
}


def export(picture: Picture, kind: str, out: Path | None) -> Report:
    """Write a picture as ``kind`` to ``out`` (standard output if None), and say what did not fit.

    With ``out`` the report is also written beside it, ``OUT.report.json``. Raises OnrecordError
    ``unknown-export``, ``needs-out``, ``not-writable``, ``missing-extra``.
    """
    if kind not in KINDS:
        raise OnrecordError(
            "unknown-export", f"no export is called {kind!r}", f"Use one of: {', '.join(KINDS)}.", kind
        )
    report = Report(kind)
    if kind == "parquet":
        if out is None:
            raise OnrecordError("needs-out", "Parquet is no text to print", "Give --out FILE.", kind)
        with _writing(out):
            write_parquet(picture, out, report)
        report.notes.append(f"deeds are in {out.name}; what is no deed is in {aside(out).name}")
    elif kind == "csv":
        if out is None:
            write_csv(picture, sys.stdout, None, report)
        else:
            with _text(out) as first, _text(aside(out)) as second:
                write_csv(picture, first, second, report)
            report.notes.append(f"deeds are in {out.name}; what is no deed is in {aside(out).name}")
    else:
        writer = _writer(KINDS[kind])
        with contextlib.nullcontext(sys.stdout) if out is None else _text(out) as handle:
            writer(picture, handle, report)
    if out is not None:
        with _writing(out):
            out.with_name(out.name + ".report.json").write_text(report.to_json(), encoding="utf-8")
    return report


def _writer(kind: Kind) -> Callable[[Picture, IO[str], Report], None]:
    if kind.module == "tables":
        return write_jsonl
    writer: Callable[[Picture, IO[str], Report], None] = getattr(
        import_module(f"onrecord.exchange.{kind.module}"), kind.function
    )
    return writer


@contextlib.contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """The file to write to; one that the writer has left empty for want of an extra is taken away."""
    with _writing(path), path.open("w", encoding="utf-8", newline="") as handle:
        try:
            yield handle
        except OnrecordError:
            path.unlink()
            raise


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """An operating system error at this path as a user's mistake."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error
