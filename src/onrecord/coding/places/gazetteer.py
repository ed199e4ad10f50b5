"""The gazetteer: a packed extract of GeoNames (CC BY 4.0), looked up by name.

The extract is sorted by folded name and searched by halving; no dictionary is built. It is unpacked once and kept
(`onrecord.vocabulary.kept`), so that the next process maps the file and reads the pages that it touches.
"""

from __future__ import annotations

import gzip
import mmap
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.vocabulary.kept import place, source, write


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
    """Looks names up in an unpacked extract: a line a place, sorted, each with its line break."""

    def __init__(self, lines: bytes | mmap.mmap) -> None:
        self._lines = lines
        self._at = lru_cache(maxsize=1 << 14)(self._found)  # the same few names fill the news

    def lookup(self, name: str) -> list[Entry]:
        """The places of a name, most populous first; none where it is not known."""
        return list(self._at(fold(name).encode()))

    def country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 alpha-3 code."""
        found = self._at(f"={code.lower()}".encode())
        return found[0] if found else None

    def _found(self, key: bytes) -> tuple[Entry, ...]:
        lines, size, found = self._lines, len(self._lines), list[Entry]()
        low, high = 0, size if key else 0
        while low < high:  # the first line whose folded name, its first cell, is not before the key
            start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = lines.find(b"\n", start) + 1
            if lines[start : lines.find(b"\t", start)] < key:
                low = end
            else:
                high = start
        while key and lines[low : low + len(key) + 1] == key + b"\t":
            end = lines.find(b"\n", low)
            found.append(_entry(lines[low:end]))
            low = end + 1
        return tuple(found)


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
    packed = source("data/geonames/places.tsv.gz")
    path = place("gazetteer", [packed[-8:]])  # its check sum and length
    if not path.is_file() and not write(path, unpacked := gzip.decompress(packed)):
        return Gazetteer(unpacked)
    with path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
