"""Delimited files as raw records with the place of every cell, so that a span can point into the row itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from onrecord.model.problems import OnrecordError, Problem

MOST_LINES = 1000
EMPTY = frozenset({"", "None", "NA", "NULL", "---"})


@dataclass(frozen=True, slots=True)
class Row:
    """One record: ``raw`` as it stands in the file, each cell's value, and its span in ``raw``."""

    where: str
    raw: str
    cells: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A record with its columns by name."""

    row: Row
    places: dict[str, int]

    def __getitem__(self, column: str) -> str | None:
        """The value of a column; None where there is no such column or it says that nothing is known."""
        place = self.places.get(column)
        value = self.row.cells[place].strip() if place is not None else ""
        return None if value in EMPTY else value

    def span(self, *columns: str) -> tuple[int, int]:
        """The words of the first of these columns that has any; the whole row if none does."""
        for column in columns:
            if self[column] is not None:
                start, end = self.row.spans[self.places[column]]
                return start, end
        return 0, len(self.row.raw)

    def number(self, column: str) -> float | None:
        try:
            return float(self[column] or "")
        except ValueError:
            return None


def rows(path: Path, delimiter: str, quoted: bool) -> Iterator[Row | Problem]:
    """The records of a file. A line that is not UTF-8, or a quotation that never ends, is a problem in its turn.

    Raises OnrecordError ``not-found``.
    """
    try:
        handle = path.open("rb")
    except OSError as error:
        raise OnrecordError(
            "not-found", error.strerror or str(error), "Give the path of a file that can be read.", str(path)
        ) from error
    with handle:
        held, begun = "", 0
        for number, line in enumerate(handle, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                yield Problem(
                    code="bad-encoding", where=f"{path}:{number}", what="the line is not UTF-8",
                    remedy="Convert the file to UTF-8.",
                )  # fmt: skip
                held = ""
                continue
            begun = begun if held else number
            held += text
            if quoted and held.count('"') % 2:
                if number - begun < MOST_LINES:
                    continue
                yield _bad(f"{path}:{begun}", "a quotation that begins here does not end")
                held = ""
                continue
            raw = held.rstrip("\r\n")
            held = ""
            if raw:
                yield _split(f"{path}:{begun}", raw, delimiter, quoted)
        if held:
            yield _bad(f"{path}:{begun}", "a quotation that begins here does not end")


def _bad(where: str, what: str) -> Problem:
    return Problem(code="bad-row", where=where, what=what, remedy="Repair the row; the others are read.")


def _split(where: str, raw: str, delimiter: str, quoted: bool) -> Row:
    if not quoted:
        plain = tuple(raw.split(delimiter))
        ends = list(accumulate(map(len, plain), lambda end, length: end + length + len(delimiter)))
        return Row(where, raw, plain, tuple((end - len(c), end) for c, end in zip(plain, ends, strict=True)))
    cells: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    while True:
        if raw.startswith('"', start):
            end = start + 1
            while end < len(raw) and (raw[end] != '"' or raw.startswith('""', end)):
                end += 2 if raw.startswith('""', end) else 1
            cells.append(raw[start + 1 : end].replace('""', '"'))
            spans.append((start + 1, end))
            stop = raw.find(delimiter, end)
        else:
            stop = raw.find(delimiter, start)
            end = len(raw) if stop < 0 else stop
            cells.append(raw[start:end])
            spans.append((start, end))
        if stop < 0:
            return Row(where, raw, tuple(cells), tuple(spans))
        start = stop + len(delimiter)


def by_header(path: Path, needed: tuple[str, ...]) -> Iterator[Named | Problem]:
    """Records of a file whose first line names its columns: tabs without quoting, or commas with it.

    A row with another number of cells is a problem. Raises OnrecordError ``not-found``, ``bad-columns``.
    """
    first = next(iter(rows(path, "\t", False)), None)
    if first is None or isinstance(first, Problem):
        raise OnrecordError(
            "bad-columns", "the file has no heading", "Give the file with its first line.", str(path)
        )
    tabs = "\t" in first.raw
    places: dict[str, int] = {}
    for one in rows(path, "\t" if tabs else ",", quoted=not tabs):
        if isinstance(one, Problem):
            yield one
        elif not places:
            places = {name.strip(): number for number, name in enumerate(one.cells)}
            missing = [name for name in needed if name not in places]
            if missing:
                what = f"the heading lacks {', '.join(missing)}"
                raise OnrecordError(
                    "bad-columns", what, "See docs/exchange.md for the columns of each format.", str(path)
                )
        elif len(one.cells) != len(places):
            yield _bad(one.where, f"{len(one.cells)} cells under a heading of {len(places)}")
        else:
            yield Named(one, places)


def by_position(path: Path, layouts: dict[int, tuple[str, ...]]) -> Iterator[Named | Problem]:
    """Records of a tab-separated file without a heading; the number of cells says which layout a row has."""
    known = {count: {name: number for number, name in enumerate(names)} for count, names in layouts.items()}
    for one in rows(path, "\t", False):
        if isinstance(one, Problem):
            yield one
        elif (places := known.get(len(one.cells))) is None:
            expected = " or ".join(str(count) for count in known)
            yield _bad(one.where, f"{len(one.cells)} cells; a row has {expected}")
        else:
            yield Named(one, places)
