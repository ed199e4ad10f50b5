"""CSV, JSONL and Parquet, read back by the tools of their users; and the choice of what is exported."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from onrecord.exchange import Picture, export, take
from onrecord.exchange.columns import COLUMNS, POLECAT
from onrecord.exchange.tables import aside
from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError

# The heading of POLECAT's weekly files.
HEADING = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,"
    "Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def files(picture: Picture, tmp_path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    out = tmp_path / "events.csv"
    export(picture, "csv", out)
    return read(out), read(aside(out))


def test_the_first_forty_columns_are_polecats() -> None:
    assert ",".join(column.title for column in POLECAT) == HEADING
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


def test_a_deed_has_its_standing_its_holder_and_its_words(
    files: tuple[list[dict[str, str]], list[dict[str, str]]], picture: Picture
) -> None:
    row = next(one for one in files[0] if one["Event Type"] == "SANCTION")
    told = {
        "Event Date": "2021-04-17", "Event Mode": "expel", "Intensity": "-5.5", "Quad Code": "4",
        "Contexts": "diplomatic; intelligence", "Actor Country": "CZE", "Recipient Country": "RUS",
        "Placename": "Prague", "Latitude": "50.088", "GeoNames ID": "3067696", "Status": "actual",
        "Standing": "asserted", "Background": "false", "Holder": "Czech Republic", "Quantities": "18 diplomats",
        "CAMEO Code": "161", "Reports": "2", "Marking": "TLP:AMBER",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told
    spans, documents = row["Evidence Span"].split(" | "), row["Evidence Document"].split(" | ")
    words = row["Evidence Words"].split(" | ")
    for span, document, quoted in zip(spans, documents, words, strict=True):
        start, end = map(int, span.split("-"))
        assert picture.world.docs[document].document.text[start:end] == quoted


def test_what_is_no_deed_is_never_among_the_deeds(
    files: tuple[list[dict[str, str]], list[dict[str, str]]],
) -> None:
    deeds, others = files
    assert sorted(row["Event Type"] for row in deeds) == ["ACCUSE", "SANCTION"]
    assert {row["Label"] for row in others} == {
        "accusation", "attempt", "planned, as claimed", "hypothetical", "did not happen"
    }  # fmt: skip
    assert {row["Done"] for row in deeds} == {"true"} and {row["Done"] for row in others} == {"false"}


def test_a_long_interval_is_no_day(files: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
    row = next(one for one in files[1] if one["Label"] == "accusation")
    assert (row["Event Date"], row["Event EDTF"]) == ("", "2014")
    assert (row["Event Date From"], row["Event Date To"]) == ("2014-01-01", "2014-12-31")


def test_parquet_is_typed_and_says_what_csv_says(picture: Picture, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    export(picture, "parquet", out)
    deeds, others = parquet.read_table(out), parquet.read_table(aside(out))
    assert deeds.num_rows == len(picture.deeds) and others.num_rows == len(picture.not_done)
    assert str(deeds.schema.field("event_date").type) == "date32[day]"
    assert deeds.column("event_id").to_pylist() == [one.id for one in picture.deeds]
    assert set(deeds.column("done").to_pylist()) == {True}


def test_jsonl_has_every_row_of_every_view(picture: Picture, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    report = export(picture, "jsonl", out)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    counts: dict[str, int] = {}
    for line in lines:
        counts[f"{line['record']}s"] = counts.get(f"{line['record']}s", 0) + 1
    assert counts == report.written
    assert all(
        line["done"] is (line["id"] in {one.id for one in picture.deeds})
        for line in lines
        if line["record"] == "event"
    )


@pytest.mark.parametrize(
    ("chosen", "types"),
    [
        ({"actor": "GBR"}, []),
        ({"actor": "NATO"}, ["CONSULT"]),
        ({"until": "2015"}, ["ASSAULT"]),
        ({"since": "2021-04-17", "until": "2021-04-17"}, ["SANCTION"]),
        ({"known_at": "2021-04-17"}, []),
        ({"as_of": "2021-04-17", "since": "2021", "until": "2022"}, ["SANCTION"]),
    ],
)
def test_a_part_of_the_record_is_exported(ledger: Ledger, chosen: dict[str, Any], types: list[str]) -> None:
    assert [one.type for one in take(ledger, **chosen).events] == types


def test_the_report_names_what_does_not_fit_and_stands_beside_the_file(
    picture: Picture, tmp_path: Path
) -> None:
    out = tmp_path / "events.csv"
    report = export(picture, "csv", out)
    told = json.loads((tmp_path / "events.csv.report.json").read_text("utf-8"))
    assert told == report.to_dict()
    lost = {one["what"]: one["records"] for one in told["cannot_hold"]}
    assert lost["missions with their ceilings"] == 1 and lost["rival attributions of incidents"] == 1
    assert lost["links between records"] == 1 and lost["expectations"] == 1


def test_standard_output_has_deeds_only_and_says_so(
    picture: Picture, capsys: pytest.CaptureFixture[str]
) -> None:
    report = export(picture, "csv", None)
    assert len(list(csv.DictReader(capsys.readouterr().out.splitlines()))) == len(picture.deeds)
    kept = next(loss for what, loss in report.losses.items() if what.startswith("events that are no deeds"))
    assert kept.records == len(picture.not_done)


@pytest.mark.parametrize(
    ("kind", "out", "code"),
    [
        ("xml", None, "unknown-export"),
        ("parquet", None, "needs-out"),
        ("csv", "no/such/folder.csv", "not-writable"),
    ],
)
def test_a_mistake_is_named(picture: Picture, tmp_path: Path, kind: str, out: str | None, code: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        export(picture, kind, tmp_path / out if out else None)
    assert caught.value.problem.code == code
