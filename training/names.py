"""Rebuild the tables of names that come from other people's data: leaders (CC BY-SA 4.0) and armed groups (MIT).

``python -m training.names --tables FOLDER [--out FOLDER] [--check]``

FOLDER holds ``leaders.csv`` and ``groups.csv`` as the data folder's ``vocabulary`` has them: leaders from
openeventdata/CountryInfo (``CountryInfo.120116.txt``, CC BY-SA) and from Wikidata (CC0), groups from the Petrarch2
dictionary ``Phoenix.MilNonState.actors.txt`` (676801c, MIT). What is changed on the way stands in this module and
nowhere else. ``--check`` writes nothing and fails where the shipped tables are not what would be written.

The step before, from those sources to the two tables, is not part of this repository, and Wikidata is not asked here:
a newer table in the same columns is taken as it is. ``organisations.csv`` and everything in ``data/names`` were
written or completed by hand and are rebuilt from nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path("src/onrecord/vocabulary/data")
LEADERS = ("state_code", "name", "role", "from", "to", "title", "in_office_when_last_seen", "aliases", "wikidata",
           "basis")  # fmt: skip
GROUPS = ("code", "name", "aliases", "country")

Row = dict[str, str]

# The source's code for Kosovo; its CountryInfo rows belong to Kiribati, where they stand too.
_KOSOVO, _OURS = "KOS", "XKX"
# Heads of state of several states at once: the name alone means the first of them.
_SHARED = {"Elizabeth II": "GBR", "Queen Elizabeth II": "GBR", "Charles III": "GBR", "Emmanuel Macron": "FRA"}
# A head of government who is none of that state's.
_DROPPED = frozenset({("JEY", "Tony Blair")})
_RENAMED = {"Foreign Minister Abdullah": "Abdullah Abdullah"}


def leaders(rows: Iterable[Row]) -> Iterator[Row]:
    """The terms that we ship, in the order of the source."""
    for row in rows:
        if _SHARED.get(row["name"], row["state_code"]) != row["state_code"]:
            continue
        if (row["state_code"], row["name"]) in _DROPPED:
            continue
        row = row | {"name": _RENAMED.get(row["name"], row["name"])}
        if row["state_code"] != _KOSOVO:
            yield row
        elif row["basis"] == "Wikidata":
            yield row | {"state_code": _OURS}


def groups(rows: Iterable[Row]) -> Iterator[Row]:
    """The groups as they are; nothing is changed."""
    yield from rows


def read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a table. Raises ``ValueError`` where its header is another."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"{path}: the columns are {reader.fieldnames}, not {', '.join(columns)}")
        return list(reader)


def written(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    """The table as text, byte for byte as it is shipped."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def tables(folder: Path) -> dict[str, str]:
    """The files by their path in the vocabulary's data, made from the tables of a folder."""
    return {
        "share_alike/leaders.csv": written(leaders(read(folder / "leaders.csv", LEADERS)), LEADERS),
        "petrarch/groups.csv": written(groups(read(folder / "groups.csv", GROUPS)), GROUPS),
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the tables, or compare them; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="the folder of the source tables")
    parser.add_argument("--out", type=Path, default=DATA, help="the data folder of the vocabulary")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a table differs")
    options = parser.parse_args(arguments)
    differing = 0
    for name, text in tables(options.tables).items():
        path = options.out / name
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        if not options.check and not same:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        differing += not same
        print(f"{path}: {text.count(chr(10)) - 1} rows, {'as shipped' if same else 'different'}")
    return int(options.check and differing > 0)


if __name__ == "__main__":
    sys.exit(main())
