"""CSV and TSV with a header: one row, one document; columns are named as the fields of JSONL."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from onrecord.intake import charset, rows
from onrecord.intake.problems import error
from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """A document or a problem for every row, with the number of the line on which it ends."""
    declared = options.charset or _charset(source.head())
    stream = io.TextIOWrapper(source.stream, encoding=declared, errors="strict", newline="")
    csv.field_size_limit(options.limits.document_bytes)
    lines = csv.DictReader(stream, delimiter="\t" if source.suffix == ".tsv" else ",", strict=True)
    try:
        if "text" not in (lines.fieldnames or ()):
            raise rows.missing_text("column", lines.fieldnames or (), f"{source.name}:1")
        for row in lines:
            where = f"{source.name}:{lines.line_num}"
            try:
                yield rows.raw({name: value for name, value in row.items() if name and value}, where)
            except OnrecordError as fault:
                yield fault.problem
    except csv.Error as fault:
        code = "too-large" if "field larger" in str(fault) else "bad-file"
        raise error(
            code, f"not CSV as its header says: {fault}", f"{source.name}:{lines.line_num}"
        ) from fault
    except UnicodeDecodeError as fault:
        raise error("bad-encoding", f"not {declared}: {fault.reason}", source.name) from fault
    finally:
        stream.detach()


def _charset(head: bytes) -> str:
    """UTF-8 unless the first bytes are not; a character cut at the end of them proves nothing."""
    try:
        head[: max(head.rfind(b"\n"), 0)].decode("utf-8")
    except UnicodeDecodeError:
        return charset.decode(head).charset
    return "utf-8-sig"
