"""Geo: toponyms found in raw text and where they are put, by ``score_geo.py``.

Found are the place names of the reading (entities of kind LOC) that the gazetteer or the country table knows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import common
from benchmarks.common import Row
from benchmarks.events import flat


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Found and exact F1; id, near, country, any: of all gold toponyms with a point, and of those found."""
    script = common.scorer(scorers, "score_geo.py")
    path = common.find(data, "lgl.jsonl")
    wanted = common.rows(gold or path)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        right = common.write_rows(place / "gold.jsonl", wanted)
        mine = common.write_rows(place / "placed.jsonl", _placed(common.rows(path)))
        found, _ = common.run(script, right, mine, "--json")
    return flat(found)


def _placed(documents: list[Row]) -> Iterator[Row]:
    from onrecord.coding.places.gazetteer import gazetteer
    from onrecord.coding.places.place import locate
    from onrecord.reading import Reader

    reader, names = Reader(), gazetteer()
    readings = reader.read_all((row["text"], None) for row in documents)
    for row, reading in zip(documents, readings, strict=True):
        toponyms = []
        for words, spot in locate(reading).items():
            start, end = reading.span(*words)
            country = names.country(spot.country)
            toponyms.append(
                {
                    "start": start,
                    "end": end,
                    "lat": spot.latitude,
                    "lon": spot.longitude,
                    "geonameid": spot.geonames,
                    "country": country.name if country else spot.country,
                }
            )
        yield {"id": row["id"], "toponyms": toponyms}
