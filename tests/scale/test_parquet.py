"""Coded documents in Parquet: nothing is lost, and the tools that people use read them."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.parquet
import pytest
from typer.testing import CliRunner, Result

from onrecord.cli.app import app
from onrecord.model.checks import load
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument
from onrecord.scale import Run, Settings, code, formats, identify, parquet
from tests.scale.reports import record, write

TEXT = "Norland \U0001d518 expelled two envoys.\u2028 “Absurd”, said the naïve minister of Sudland."
SHA = "0" * 64
BARE: dict[str, Any] = {
    "coded_by": {"kind": "person", "name": "M. Duarte"},
    "document": {"id": "sha256:a", "snapshot": {"sha256": SHA}, "text": TEXT},
}
FULL: dict[str, Any] = {
    "coded_by": {"kind": "model", "name": "onrecord", "at": "2021-10-07T10:00:00Z"},
    "document": {
        **BARE["document"], "authors": ["A", "B"], "outlet": {"name": None, "basis": "read"},
        "published": {"value": "2021-10-07", "basis": "given", "span": [0, 7]}, "marking": "TLP:GREEN",
        "snapshot": {"sha256": SHA, "charset": None, "map": [[0, 0, 7], [8, 10, 2]], "data": "AAAA"},
        "sections": [{"kind": "body", "span": [0, 30]}],
    },
    "actors": [{"id": "a1", "name": "Norland", "kind": "state", "mentions": [[0, 7]]}],
    "events": [{
        "id": "e1", "type": "SANCTION", "mode": "expel", "actors": ["a1"], "trigger": [10, 18], "evidence": [[0, 30]],
        "time": {"edtf": "2021-10-06/2021-10-07", "alternatives": ["2021-10"]}, "request": {}, "claims": ["c1"],
        "place": {"name": "Norland", "latitude": 0.1, "longitude": -1e-07, "geonames": 2950159},
        "quantities": [{"unit": "envoys", "value": 2}], "probability": 0.123,
    }],
    "claims": [{
        "id": "c1", "stance": "denies", "content": [[31, 37]], "about": ["e1", {"ref": "m1", "field": "dates.act"}],
        "certainty": {"confidence": {"scale": "icd203", "from": "low", "to": "moderate"}},
    }],
    "acts": [{"id": "m1", "act": "set_ceiling", "mission": {}, "from": 20, "to": 10.5, "dates": {}}],
    "missions": [{"id": "s1", "mission": {"sending": "NOR"}, "measure": "cap", "value": 0}],
    "incidents": [{"id": "i1", "name": "blast", "attributions": [{"to": "a1", "verdict": "denied"}]}],
    "expectations": [{"id": "x1", "deed": {}}],
    "forums": [{"id": "f1", "name": "council", "state": "met"}],
    "links": [
        {"id": "l1", "kind": "after", "from": "e1", "to": {"document": "sha256:b", "id": "e9"}},
        {"id": "l2", "kind": "part_of", "from": {"document": "sha256:b", "id": "e9"}, "to": "i1"},
    ],
    "inferred": ["e1.time"],
}  # fmt: skip


def line(told: dict[str, Any], **document: Any) -> bytes:
    coded = CodedDocument.model_validate({**told, "document": {**told["document"], **document}})
    return coded.to_json().encode("utf-8") + b"\n"


def put(path: Path, lines: list[bytes]) -> Path:
    writer = parquet.Writer(path)
    for one in lines:
        writer.write(one)
    writer.close()
    return path


CASES: list[tuple[str, list[bytes]]] = [
    ("nothing", []),
    ("bare", [line(BARE)]),
    ("every kind of record", [line(FULL)]),
    ("many", [line(FULL if number % 3 else BARE, id=f"sha256:{number}") for number in range(7)]),
]


@pytest.mark.parametrize("lines", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_the_json_comes_back_byte_for_byte(
    lines: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "DOCUMENTS", 3)
    path = put(tmp_path / "coded.parquet", lines)
    assert list(formats.lines(path)) == lines
    assert pyarrow.parquet.ParquetFile(path).num_row_groups == -(-len(lines) // 3)


def test_a_row_group_ends_where_its_lines_are_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BYTES", len(line(FULL)) + 1)
    path = put(tmp_path / "coded.parquet", [line(FULL)] * 4)
    assert pyarrow.parquet.ParquetFile(path).num_row_groups == 2


def told_by_pyarrow(path: Path) -> list[Any]:
    (row,) = pyarrow.parquet.read_table(path).to_pylist()
    event, act = row["events"][0], row["acts"][0]
    return [
        row["document"]["text"],
        event["type"],
        event["trigger"],
        act["to"],
        row["links"][0]["to"]["document"],
    ]


def told_by_duckdb(path: Path) -> list[Any]:
    found = duckdb.execute(
        "SELECT document.text, e.type, e.trigger, acts[1].to, links[1].to.document "
        "FROM (SELECT *, unnest(events) AS e FROM read_parquet($1))",
        [str(path)],
    ).fetchall()
    return list(found[0])


def told_by_polars(path: Path) -> list[Any]:
    (row,) = polars.read_parquet(path).rows(named=True)
    event = polars.read_parquet(path).select("events").explode("events").unnest("events").rows(named=True)[0]
    return [
        row["document"]["text"], event["type"], event["trigger"], row["acts"][0]["to"],
        row["links"][0]["to"]["document"],
    ]  # fmt: skip


@pytest.mark.parametrize("told", [told_by_pyarrow, told_by_duckdb, told_by_polars])
def test_others_read_the_fields_as_columns(told: Any, tmp_path: Path) -> None:
    path = put(tmp_path / "coded.parquet", [line(FULL)])
    assert told(path) == [TEXT, "SANCTION", [10, 18], 10.5, "sha256:b"]


def test_the_columns_are_the_fields_of_the_format() -> None:
    assert parquet.schema().names == list(CodedDocument.model_fields)
    event = parquet.schema().field("events").type.value_type
    assert (
        str(event.field("probability").type) == "double"
        and str(event.field("trigger").type) == "list<item: int64>"
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    records = [record(number) for number in range(40)]
    records[20] = {"id": "broken"}
    return str(write(tmp_path_factory.mktemp("in") / "in.jsonl", records))


@pytest.fixture(scope="module")
def coded(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as JSON lines."""
    out = tmp_path_factory.mktemp("coded") / "coded.jsonl"
    assert run("code", source, "--out", str(out), "--workers", "1").exit_code == 1
    return out


def test_the_ending_of_out_names_the_format_and_workers_change_no_byte(
    source: str, coded: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.parquet", tmp_path / "two"
    assert "read 40, coded 39" in run("code", source, "--out", str(one), "--workers", "1").stderr
    assert run("code", source, "--out", str(two), "--format", "parquet", "--workers", "2").exit_code == 1
    assert list(formats.lines(one)) == coded.read_bytes().splitlines(keepends=True)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.parquet", "two"]


def test_shards_go_on_after_a_stop_with_the_same_bytes(source: str, coded: Path, tmp_path: Path) -> None:
    settings = Settings()
    again, whole = tmp_path / "again", tmp_path / "whole"
    stopped = Run(again, [source], settings, 15, "parquet").fill(partial(code, settings=settings, size=4))
    for _ in range(20):
        next(stopped)
    stopped.close()
    assert (again / "part-00000.parquet").exists() and not (again / "part-00001.parquet").exists()
    words = ("code", source, "--shard", "15", "--format", "parquet", "--workers", "1", "--into")
    assert "1 shard is there already" in run(*words, str(again)).stderr
    run(*words, str(whole))
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in whole.iterdir()
    }
    parts = sorted(whole.glob("part-?????.parquet"))
    assert [one for path in parts for one in formats.lines(path)] == coded.read_bytes().splitlines(True)
    assert json.loads((whole / "manifest.json").read_text())["files"] == "parquet"
    refused = run("code", source, "--shard", "15", "--workers", "1", "--into", str(whole))
    assert "another value of files" in refused.stderr


def test_parquet_is_recorded_and_identified_as_json_lines_are(coded: Path, tmp_path: Path) -> None:
    lines = coded.read_bytes().splitlines(keepends=True)
    path = put(tmp_path / "coded.parquet", lines)
    ledger = str(tmp_path / "ledger.sqlite")
    assert run("record", str(path), "--ledger", ledger).exit_code == 0
    assert "already there 39" in run("record", str(coded), "--ledger", ledger).stderr
    assert identify([path]) == identify([coded])
    assert all(load(one, "there") for one in formats.lines(path))


def codes(result: Result) -> list[str]:
    return [json.loads(each)["code"] for each in result.stderr.splitlines() if each.startswith("{")]


def test_mistakes_are_named(source: str, tmp_path: Path) -> None:
    assert codes(run("code", source, "--format", "parquet")) == ["needs-out"]
    assert codes(run("code", source, "--format", "xml", "--into", str(tmp_path / "new"))) == [
        "unknown-format"
    ]
    assert not (tmp_path / "new").exists()
    assert run("code", source, "--out", str(tmp_path)).exit_code == 2
    duckdb.sql("SELECT 'a report' AS text").write_parquet(str(tmp_path / "reports.parquet"))
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    for name, expected in (("reports", "bad-record"), ("torn", "bad-record"), ("absent", "not-found")):
        ledger = str(tmp_path / "ledger.sqlite")
        assert codes(run("record", str(tmp_path / f"{name}.parquet"), "--ledger", ledger)) == [expected]


@pytest.mark.parametrize("where", [("--out", "coded.parquet"), ("--into", "coded", "--format", "parquet")])
def test_without_pyarrow_nothing_is_begun(
    where: tuple[str, ...], source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.chdir(tmp_path)
    result = run("code", source, *where)
    (told,) = [Problem.model_validate_json(each) for each in result.stderr.splitlines()]
    assert told.code == "missing-extra" and "[analytics]" in told.what
    assert not list(tmp_path.iterdir())
    with pytest.raises(OnrecordError):
        list(formats.lines(Path("coded.parquet")))
