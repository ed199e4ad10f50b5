"""Parquet: one row, one document; columns are named as the fields of JSONL."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake import notices, rows
from onrecord.intake.problems import error, missing_extra
from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem

_ROWS = 256


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """A document or a problem for every row, with its number; only the columns that are known are read."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as fault:
        raise missing_extra("analytics", "Parquet") from fault
    if source.path is None:
        raise error(
            "bad-file", "Parquet is read from its end, so it cannot come from standard input", source.name
        )
    try:
        with parquet.ParquetFile(source.path, memory_map=False) as table:
            there = table.schema_arrow.names
            names = [name for name in rows.FIELDS if name in there]
            if "text" not in names:
                raise rows.missing_text("column", there, source.name)
            told = notices.of_fields(there, names, source.name)
            number = 0
            for batch in table.iter_batches(batch_size=_ROWS, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        read = rows.raw(row, f"{source.name}:{number}")
                        read.notices += told
                        told = []
                        yield read
                    except OnrecordError as fault:
                        yield fault.problem
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError) as fault:
        raise error("bad-file", f"not a readable Parquet file: {fault}", source.name) from fault
