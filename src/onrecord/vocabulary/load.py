"""Read the data files of the vocabulary and check them while reading.

YAML entries become frozen dataclasses through `build`, which refuses missing, unknown and blank fields; CSV
tables become named tuples through `table`, which refuses another header or a row of another width. A file
that is wrong therefore fails where it is read, with its name and entry, and never later as an odd result.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from onrecord.vocabulary.kept import kept, source

T = TypeVar("T")
Row = TypeVar("Row", bound=NamedTuple)
_HINTS: dict[type[Any], dict[str, Any]] = {}


class VocabularyError(ValueError):
    """A data file is not what the loader expects; the message names file, entry and fault."""


class UnknownTermError(LookupError):
    """A code, id or term that the vocabulary does not have; the message names what there is."""


@cache
def tree(path: str) -> dict[str, Any]:
    """The YAML file `path` (relative to the data folder) as a mapping; shared, so never to be changed."""
    found = parsed(path, _read(path))
    if not isinstance(found, dict):
        raise VocabularyError(f"{path}: expected a mapping, found {type(found).__name__}")
    return found


def parsed(name: str, text: str) -> Any:
    """The YAML text of a file of some name as plain values; never to be changed."""

    def parse() -> Any:
        import yaml

        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    return kept(name.replace("/", "-").removesuffix(".yaml"), [text.encode("utf-8")], parse)


def table(path: str, row: type[Row]) -> list[Row]:
    """The CSV file `path` as a list of `row`, a named tuple whose fields are the header, in order.

    Fields that are Python keywords carry a trailing underscore (`from_` reads the column `from`).
    """
    reader = csv.reader(_read(path).splitlines(keepends=True))
    header = tuple(name.rstrip("_") for name in row._fields)
    found = tuple(next(reader, ()))
    if found != header:
        raise VocabularyError(f"{path}: header is {found}, expected {header}")
    width = len(header)
    rows: list[Row] = []
    make = row._make
    for cells in reader:
        if len(cells) != width:
            raise VocabularyError(f"{path}, line {reader.line_num}: {len(cells)} cells, expected {width}")
        rows.append(make(cells))
    return rows


def build(kind: type[T], raw: Mapping[str, Any], where: str) -> T:
    """The dataclass `kind` from the mapping `raw`; fields without a default must be there, not blank."""
    hints = _hints(kind)
    unknown = set(raw) - set(hints)
    if unknown:
        raise VocabularyError(f"{where}: unknown fields {sorted(unknown)}")
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if field.name not in raw:
            if required:
                raise VocabularyError(f"{where}: field {field.name!r} is missing")
            continue
        value = _convert(raw[field.name], hints[field.name], f"{where}, {field.name}")
        if required and value == "":
            raise VocabularyError(f"{where}: field {field.name!r} is blank")
        values[field.name] = value
    return kind(**values)


def keyed(entries: Iterable[T], key: str, where: str) -> dict[str, T]:
    """The entries by the attribute `key`, refusing one that stands twice."""
    found: dict[str, T] = {}
    for entry in entries:
        name = str(getattr(entry, key))
        if name in found:
            raise VocabularyError(f"{where}: {name!r} stands twice")
        found[name] = entry
    return found


def pick(entries: Mapping[str, T], name: str, what: str) -> T:
    """`entries[name]`, or an UnknownTermError that says what was looked for and what there is."""
    try:
        return entries[name]
    except KeyError:
        some = ", ".join(list(entries)[:20])
        raise UnknownTermError(
            f"no {what} {name!r}; there are {some}{' …' if len(entries) > 20 else ''}"
        ) from None


def names(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists names with `|` between them."""
    return tuple(part for part in cell.split("|") if part) if cell else ()


def _read(path: str) -> str:
    return source(f"data/{path}").decode("utf-8")


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]


def _convert(value: Any, hint: Any, where: str) -> Any:
    """`value` as the annotation `hint` wants it: text, numbers, optional values, tuples; else as it is."""
    arguments = get_args(hint)
    if value is None and type(None) in arguments:
        return None
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise VocabularyError(f"{where}: expected a list, found {value!r}")
        return tuple(_convert(item, arguments[0], where) for item in value)
    plain = next((a for a in arguments if a is not type(None)), hint) if type(None) in arguments else hint
    if plain is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if plain in (str, int, bool) and (
        not isinstance(value, plain) or (plain is int and isinstance(value, bool))
    ):
        raise VocabularyError(f"{where}: expected {plain.__name__}, found {value!r}")
    return value
