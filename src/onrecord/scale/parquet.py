"""Coded documents in Parquet: the fields of ``onrecord/1`` as nested columns, a row a document, nothing lost.

The columns follow from the Pydantic models, so that ``docs/format.md`` says what stands in each. Parquet holds one
kind of value in a column: where the format takes two, the shorter one is a structure with a field left empty.
`lines` gives the JSON back, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import to_json

from onrecord.intake.problems import missing_extra
from onrecord.model.base import Record
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument, FieldRef, Reference

SUFFIX = ".parquet"
FORMAT = {b"format": b"onrecord/1"}
"""What the schema's own metadata says, by which a file is known again."""
DOCUMENTS, BYTES = 1000, 16 << 20
"""A row group ends at so many documents, or where their lines have so many bytes: they are held until then."""
_SCALARS = {str: "string", int: "int64", float: "float64", bool: "bool_"}
_SHORT: dict[type[Record], str] = {FieldRef: "ref", Reference: "id"}
"""Of a value that may be a plain id instead of a structure: the field of the structure that then holds it."""


def arrow() -> Any:
    """pyarrow with its Parquet module. Raises OnrecordError `missing-extra`."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing_extra("analytics", "Parquet") from error
    return pyarrow


def schema() -> Any:
    """The Arrow schema of a coded document. Raises OnrecordError `missing-extra`."""
    pa = arrow()
    return pa.schema(list(_struct(pa, CodedDocument)), metadata=FORMAT)


class Writer:
    """A file of coded documents that grows by row groups. Raises OnrecordError `missing-extra`."""

    def __init__(self, path: Path) -> None:
        self._pa = arrow()
        self._schema = schema()
        self._file = self._pa.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._held = 0

    def write(self, line: bytes) -> None:
        """Add one line of ``onrecord/1``."""
        self._rows.append(_changed(json.loads(line), _long))
        self._held += len(line)
        if len(self._rows) >= DOCUMENTS or self._held >= BYTES:
            self._flush()

    def close(self) -> None:
        """End the file; without this it cannot be read."""
        if self._rows:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        self._file.write_table(self._pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._held = [], 0


def lines(path: Path) -> Iterator[bytes]:
    """The documents of a file as lines of JSON, each the bytes that were given to `Writer.write`.

    Raises OnrecordError `missing-extra`, `not-found`, and `bad-record` where the file is another one's.
    """
    pa = arrow()
    try:
        with pa.parquet.ParquetFile(path) as file:
            if (file.schema_arrow.metadata or {}).get(b"format") != FORMAT[b"format"]:
                raise _other("its schema is not that of onrecord/1", path)
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    yield to_json(_changed(_known(row), _brief)) + b"\n"
    except pa.ArrowInvalid as error:
        raise _other(str(error).splitlines()[0], path) from error
    except OSError as error:
        raise OnrecordError(
            "not-found", error.strerror or str(error), "Give the path of a file that can be read.", str(path)
        ) from error


def _other(what: str, path: Path) -> OnrecordError:
    return OnrecordError(
        "bad-record",
        f"no Parquet file of coded documents: {what}",
        "Give files that `onrecord code` wrote; reports in Parquet are first coded.",
        str(path),
    )


def _struct(pa: Any, record: type[Record]) -> Iterator[Any]:
    for name, field in record.model_fields.items():
        yield pa.field(field.alias or name, _kind(pa, field.annotation))


def _kind(pa: Any, told: Any) -> Any:
    """The Arrow type of a field's annotation."""
    origin, inner = get_origin(told), [each for each in get_args(told) if each is not NoneType]
    if origin is Annotated:
        return _kind(pa, inner[0])
    if origin is Literal:
        return pa.string()
    if origin in (Union, UnionType):
        return _kind(pa, inner[-1])  # a plain id or a structure: the structure holds both
    if origin in (list, tuple):
        return pa.list_(_kind(pa, inner[0]))
    if isinstance(told, type) and issubclass(told, Record):
        return pa.struct(list(_struct(pa, told)))
    return getattr(pa, _SCALARS[told])()


def _changed(coded: dict[str, Any], change: Callable[[Any, str], Any]) -> dict[str, Any]:
    """A document with the values that are of two kinds changed, in place."""
    for claim in coded["claims"]:
        claim["about"] = [change(one, _SHORT[FieldRef]) for one in claim["about"]]
    for link in coded["links"]:
        for end in ("from", "to"):
            link[end] = change(link[end], _SHORT[Reference])
    return coded


def _long(value: Any, field: str) -> Any:
    return {field: value} if isinstance(value, str) else value


def _brief(value: Any, field: str) -> Any:
    return value[field] if len(value) == 1 else value


def _known(value: Any) -> Any:
    """A row without what is not known, which JSON leaves out."""
    if isinstance(value, dict):
        return {name: _known(inner) for name, inner in value.items() if inner is not None}
    return [_known(inner) for inner in value] if isinstance(value, list) else value
