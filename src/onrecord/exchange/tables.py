"""CSV, JSONL and Parquet: deeds in the file that is asked for, everything else in one beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO, Any

from onrecord.exchange.columns import COLUMNS, tell_losses, values
from onrecord.exchange.picture import Picture
from onrecord.exchange.report import Report
from onrecord.intake.problems import missing_extra
from onrecord.ledger.rows import EventRow, to_dict
from onrecord.model.problems import OnrecordError


def aside(out: Path) -> Path:
    """Where rows that are no deeds go: ``events.csv`` -> ``events.not-done.csv``."""
    return out.with_name(f"{out.stem}.not-done{out.suffix}")


def write_csv(picture: Picture, out: IO[str], beside: IO[str] | None, report: Report) -> None:
    """Deeds to ``out``; accusations, denials, plans and the like to ``beside``, with the same columns."""
    tell_losses(picture, report)
    _csv(picture, picture.deeds, out)
    report.count("deeds", len(picture.deeds))
    if beside is None:
        report.lost("events that are no deeds (accusations, denials, plans …): give --out for a second file", (
            one.id for one in picture.not_done
        ))  # fmt: skip
    else:
        _csv(picture, picture.not_done, beside)
        report.count("not done", len(picture.not_done))


def _csv(picture: Picture, rows: Iterable[EventRow], out: IO[str]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.title for column in COLUMNS])
    for row in rows:
        writer.writerow([_cell(value) for value in values(picture, row)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        value.isoformat()
        if isinstance(value, date)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def write_jsonl(picture: Picture, out: IO[str], report: Report) -> None:
    """Every row of every view, one JSON object a line; ``record`` says its kind, ``done`` what an event is."""
    for kind, rows in (
        ("event", picture.events), ("claim", picture.claims), ("mission", picture.missions),
        ("incident", picture.incidents), ("link", picture.links), ("forum", picture.forums),
        ("expectation", picture.expectations),
    ):  # fmt: skip
        for row in rows:
            out.write(json.dumps({"record": kind, **to_dict(row)}, ensure_ascii=False, default=str) + "\n")
        report.count(f"{kind}s", len(rows))
    for doc in picture.docs:
        told = doc.document.model_dump(
            mode="json", exclude={"text", "sections", "snapshot"}, exclude_none=True
        )
        line = {"record": "document", "recorded": picture.recorded(doc.id), **told}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    report.count("documents", len(picture.docs))
    report.lost("texts and snapshots of documents; the ledger keeps them", (doc.id for doc in picture.docs))


def write_parquet(picture: Picture, out: Path, report: Report) -> None:
    """The event table as two Parquet files with typed columns."""
    parquet = pyarrow("parquet")
    tell_losses(picture, report)
    for path, rows, kind in ((out, picture.deeds, "deeds"), (aside(out), picture.not_done, "not done")):
        parquet.write_table(event_table(picture, rows), path, compression="zstd")
        report.count(kind, len(rows))


def event_table(picture: Picture, rows: Iterable[EventRow]) -> Any:
    """A pyarrow Table of events; names are the titles of the CSV in small letters with underscores."""
    pa = pyarrow()
    kinds = {
        "text": pa.string(),
        "number": pa.float64(),
        "whole": pa.int64(),
        "yes": pa.bool_(),
        "day": pa.date32(),
    }
    schema = pa.schema([pa.field(column.name, kinds[column.kind]) for column in COLUMNS])
    cells = [values(picture, row) for row in rows]
    arrays = [
        pa.array([line[number] for line in cells], type=schema.field(number).type)
        for number in range(len(COLUMNS))
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def pyarrow(module: str = "") -> Any:
    """pyarrow or one of its modules. Raises OnrecordError ``missing-extra``."""
    from importlib import import_module

    try:
        return import_module(f"pyarrow.{module}" if module else "pyarrow")
    except ImportError as error:
        raise missing_extra("analytics", "Parquet") from error


def unwritable(path: Path, error: OSError) -> OnrecordError:
    return OnrecordError(
        "not-writable",
        error.strerror or str(error),
        "Give a path in a folder that can be written.",
        str(path),
    )
