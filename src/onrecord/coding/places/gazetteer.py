"""The gazetteer: a packed extract of GeoNames (CC BY 4.0), looked up by name.

The extract is sorted by folded name. It is unpacked once, on the first look-up, into one block of bytes
that is searched by halving; no dictionary is built.
"""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a kind: country, capital, town, region or county.

    A country has no point; a region of the first order lies at the mean point of its towns, a county (US) at
    its state's.

    ``country`` is an ISO 3166-1 alpha-3 code, ``region`` a name; ``geonames`` is None where the source has
    no id.
    """

    name: str
    country: str
    region: str
    kind: str
    latitude: float | None
    longitude: float | None
    population: int
    geonames: int | None


def fold(name: str) -> str:
    """A name without case, accents, hyphens and full stops: what is compared."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for sign in "-.,’'`":
        kept = kept.replace(sign, " " if sign == "-" else "")
    words = kept.split()
    if words and words[0] == "st":
        words[0] = "saint"
    return " ".join(words)


class Gazetteer:
    """Looks names up in a packed extract."""

    def __init__(self, packed: bytes) -> None:
        self._lines = gzip.decompress(packed).splitlines()

    def lookup(self, name: str) -> list[Entry]:
        """The places of a name, most populous first; none where it is not known."""
        return self._at(fold(name).encode())

    def country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-3 code."""
        found = self._at(f"={code.lower()}".encode())
        return found[0] if found else None

    def _at(self, key: bytes) -> list[Entry]:
        found: list[Entry] = []
        place = bisect_left(self._lines, key, key=_key)
        while key and place < len(self._lines) and _key(self._lines[place]) == key:
            found.append(_entry(self._lines[place]))
            place += 1
        return found


def _key(line: bytes) -> bytes:
    """The folded name, the first cell of a line."""
    return line.partition(b"\t")[0]


def _entry(line: bytes) -> Entry:
    _, name, country, region, kind, latitude, longitude, population, identity = line.decode().split("\t")
    return Entry(
        name,
        country,
        region,
        kind,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        int(population),
        int(identity) if identity else None,
    )


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer(files("onrecord.vocabulary").joinpath("data/geonames/places.tsv.gz").read_bytes())
