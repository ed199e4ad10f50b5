"""What the docs tell people to run over exports runs, with the libraries that it names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pytest

from onrecord import vocabulary
from onrecord.exchange import Picture, export
from onrecord.exchange.columns import COLUMNS
from onrecord.exchange.tables import aside
from onrecord.ledger.relations import dyads
from onrecord.ledger.rows import Party, When

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(page: str, words: str) -> str:
    (found,) = [one for one in BLOCK.findall((DOCS / page).read_text("utf-8")) if words in one]
    return str(found)


@pytest.fixture
def here(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the exports under the names that the docs use."""
    monkeypatch.chdir(tmp_path)
    for kind, name in (("csv", "events.csv"), ("parquet", "events.parquet"), ("jsonl", "all.jsonl")):
        export(picture, kind, Path(name))
    return tmp_path


RECIPES = [("exchange.md", 'read_csv("events.csv")'), ("scale.md", 'read_parquet("events.parquet")')]


@pytest.mark.parametrize(("page", "words"), RECIPES)
def test_dyads_by_month_in_pandas(here: Path, picture: Picture, page: str, words: str) -> None:
    told: dict[str, Any] = {}
    code = block(page, words).rstrip()
    head, sep, last = code.rpartition("\nnews.groupby")
    exec(f"{head}\ntable = news.groupby{last}" if sep else code, told)
    table = told["table"].reset_index()
    (counted,) = dyads(list(picture.events), vocabulary.score)
    (row,) = table.to_dict("records")
    assert (row["count"], round(row["mean"], 4)) == (counted.events, counted.mean)
    assert {counted.actor, counted.recipient, counted.month} <= {str(value) for value in row.values()}


def test_the_recipe_counts_organisations_and_lists_as_relations_do(
    picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    deed = next(one for one in picture.deeds if one.when and not one.background)
    alliance = Party("a1", "the alliance", "igo", "NATO")
    sides = [
        Party("a2", "one", "person", "RUS"),
        Party("a3", "two", "person", "RUS"),
        Party("a4", "three", "state", "BLR"),
    ]
    events = (
        replace(deed, id="e1", actors=(alliance,), recipients=tuple(sides)),
        replace(deed, id="e2", actors=(alliance,), recipients=tuple(sides[:1])),
        replace(deed, id="e3", when=When("2021", date(2021, 1, 1), date(2021, 12, 31))),
    )
    export(replace(picture, events=events), "csv", Path("events.csv"))
    told: dict[str, Any] = {}
    head, _, last = block("exchange.md", 'read_csv("events.csv")').rstrip().rpartition("\nnews.groupby")
    exec(f"{head}\ntable = news.groupby{last}", told)
    counted = {(one.actor, one.recipient, one.month): one.events for one in dyads(list(events))}
    assert told["table"]["count"].to_dict() == counted and len(counted) == 2


def by_pandas(path: Path) -> list[dict[str, Any]]:
    return list(pandas.read_csv(path).to_dict("records"))


def by_polars(path: Path) -> list[dict[str, Any]]:
    return polars.read_csv(path).rows(named=True)


def by_duckdb(path: Path) -> list[dict[str, Any]]:
    return list(duckdb.read_csv(str(path)).to_arrow_table().to_pylist())


@pytest.mark.parametrize("read", [by_pandas, by_polars, by_duckdb])
def test_the_csv_is_read_with_its_kinds_of_values(here: Path, picture: Picture, read: Any) -> None:
    for path, rows in ((here / "events.csv", picture.deeds), (aside(here / "events.csv"), picture.not_done)):
        found = read(path)
        assert list(found[0]) == [column.title for column in COLUMNS]
        assert [one["Event ID"] for one in found] == [row.id for row in rows]
    deed = next(one for one in read(here / "events.csv") if one["Event Type"] == "SANCTION")
    assert (deed["Intensity"], deed["Background"], deed["Reports"]) == (-5.5, False, 2)
    assert str(deed["Event Date"])[:10] == "2021-04-17"


def lines_by_pandas(path: Path) -> list[dict[str, Any]]:
    return list(pandas.read_json(path, lines=True, dtype=False).to_dict("records"))


def lines_by_duckdb(path: Path) -> list[dict[str, Any]]:
    return list(duckdb.read_json(str(path), sample_size=-1).to_arrow_table().to_pylist())


@pytest.mark.parametrize("read", [lines_by_pandas, lines_by_duckdb])
def test_the_json_lines_are_read_as_a_table(here: Path, read: Any) -> None:
    told = [json.loads(line) for line in (here / "all.jsonl").read_text("utf-8").splitlines()]
    found = read(here / "all.jsonl")
    assert [(one["record"], one["id"]) for one in found if one["record"] != "forum"] == [
        (one["record"], one["id"]) for one in told if one["record"] != "forum"
    ]  # a forum goes by its name
    assert len(found) == len(told)
    assert {one["type"] for one in found if one["record"] == "event" and one["done"]} == {
        "ACCUSE",
        "SANCTION",
    }
