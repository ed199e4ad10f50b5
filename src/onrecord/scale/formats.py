"""The formats that coded documents are written in and read from: JSON lines, or Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from onrecord.model.problems import OnrecordError
from onrecord.scale import parquet

FORMATS = ("jsonl", "parquet")


class Sink(Protocol):
    """A file that takes lines of ``onrecord/1`` and is whole when it is closed."""

    def write(self, line: bytes, /) -> object: ...

    def close(self) -> object: ...


def chosen(name: str | None, out: Path | None = None) -> str:
    """The format that is asked for, or the one that the ending of ``out`` names; JSON lines otherwise.

    Raises OnrecordError `unknown-format`, and `missing-extra` where Parquet cannot be written.
    """
    if name is None:
        name = "parquet" if out is not None and out.suffix == parquet.SUFFIX else "jsonl"
    if name not in FORMATS:
        raise OnrecordError(
            "unknown-format",
            f"no format is called {name!r}",
            f"Use one of: {', '.join(FORMATS)}.",
            "--format",
        )
    if name == "parquet":
        parquet.arrow()
    return name


def sink(path: Path, name: str) -> Sink:
    """A new file in a format."""
    return parquet.Writer(path) if name == "parquet" else path.open("wb")


def lines(path: Path) -> Iterator[bytes]:
    """The lines of ``onrecord/1`` in a file; its ending says whether it is Parquet.

    Raises OnrecordError `not-found`; of a Parquet file also `missing-extra` and `bad-record`.
    """
    if path.suffix == parquet.SUFFIX:
        yield from parquet.lines(path)
        return
    try:
        with path.open("rb") as handle:
            yield from handle
    except OSError as error:
        raise OnrecordError(
            "not-found", error.strerror or str(error), "Give the path of a file that can be read.", str(path)
        ) from error
