"""A snapshot is read by DuckDB and pyarrow, described for Frictionless, and cannot be used to leave it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.dataset
import pyarrow.parquet
import pytest

from onrecord import vocabulary
from onrecord.exchange import Picture, query, snapshot, take
from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import compile_documents


@pytest.fixture(scope="module")
def folder(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("snapshot") / "made's"
    snapshot(picture, where)
    return where


ANSWERS = [
    ("SELECT event_type FROM deeds ORDER BY 1", [("ACCUSE",), ("SANCTION",)]),
    ("SELECT count(*) FROM not_done", [(5,)]),
    ("SELECT count(*) FROM deeds WHERE NOT done", [(0,)]),
    ("SELECT holder, content FROM claims WHERE stance = 'denies'", [("Russia", '["any role in the blast"]')]),
    (
        "SELECT \"to\", confidence FROM attributions WHERE verdict = 'attributed' ORDER BY 1",
        [("Russia", "moderate"), ("an arms dealer", "low to moderate"), ("the dealer's rivals", None)],
    ),
    (
        "SELECT measure, value, unit FROM mission_levels ORDER BY 1",
        [("filled", 18.0, "diplomats"), ("removed", 18.0, "diplomats")],
    ),
    ("SELECT actor, recipient, month, events FROM dyads", [("CZE", "RUS", "2021-04", 2)]),
    ("SELECT count(*) FROM documents WHERE marking = 'TLP:AMBER'", [(1,)]),
]


@pytest.mark.parametrize(("sql", "rows"), ANSWERS, ids=[sql for sql, _ in ANSWERS])
def test_a_question_is_answered(folder: Path, sql: str, rows: list[tuple[object, ...]]) -> None:
    assert list(query(folder, sql).rows) == rows


FORBIDDEN = [
    "ATTACH 'x.sqlite' AS x (TYPE sqlite)",
    "CREATE TABLE t (a INTEGER)",
    "COPY (SELECT 1) TO 'x.csv'",
    "INSTALL sqlite",
    "SET enable_external_access = true",
    "SELECT 1; SELECT 2",
    "SELECT * FROM read_csv('{outside}')",
    "SELECT * FROM read_text('{outside}')",
    "SELECT * FROM '{outside}'",
    "SELECT no_such_column FROM deeds",
    "",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_nothing_is_written_and_nothing_outside_is_read(folder: Path, tmp_path: Path, sql: str) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(OnrecordError) as caught:
        query(folder, sql.format(outside=outside))
    assert caught.value.problem.code == "bad-sql"
    assert list(tmp_path.iterdir()) == [outside]


def test_the_package_describes_the_files_that_are_there(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    listed = {path for one in package["resources"] for path in one["path"]}
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    for one in package["resources"]:
        table = pyarrow.dataset.dataset([folder / path for path in one["path"]]).to_table()
        assert table.num_rows == one["rows"]
        assert [field["name"] for field in one["schema"]["fields"]] == table.column_names


def test_events_are_split_by_year_and_a_new_snapshot_takes_the_place_of_the_old(
    picture: Picture, tmp_path: Path
) -> None:
    where = tmp_path / "snapshot"
    snapshot(picture, where)
    first = {path: path.read_bytes() for path in where.rglob("*.parquet")}
    assert where / "not_done" / "year=2014" / "part-0.parquet" in first
    snapshot(picture, where)
    assert {path: path.read_bytes() for path in where.rglob("*.parquet")} == first


def test_a_folder_of_something_else_is_left_alone(picture: Picture, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(OnrecordError) as caught:
        snapshot(picture, tmp_path)
    assert caught.value.problem.code == "not-a-snapshot"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize(
    "told", [None, "{", '{"resources": [{"title": "deeds", "path": ["../../x.parquet"]}]}']
)
def test_no_snapshot_and_a_forged_one_are_named(tmp_path: Path, told: str | None) -> None:
    if told is not None:
        (tmp_path / "datapackage.json").write_text(told, encoding="utf-8")
    with pytest.raises(OnrecordError) as caught:
        query(tmp_path, "SELECT 1")
    assert caught.value.problem.code == "no-snapshot"


def test_dyads_are_what_relations_counts(folder: Path, ledger: Ledger) -> None:
    answer = query(folder, "SELECT actor, recipient, month, events, mean_intensity FROM dyads ORDER BY ALL")
    counted = ledger.dyads(scale=vocabulary.score)
    assert list(answer.rows) == [(o.actor, o.recipient, o.month, o.events, o.mean) for o in counted]


def test_an_empty_record_makes_a_snapshot_that_answers(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.sqlite") as ledger:
        snapshot(take(ledger), tmp_path / "snapshot")
    assert query(tmp_path / "snapshot", "SELECT count(*) FROM deeds, dyads").rows == ((0,),)


NAMES = ("Vietnam", "Algeria", "Kenya")
CODES = ("VNM", "DZA", "KEN")


def test_events_stand_by_pair_in_their_file(tmp_path: Path) -> None:
    text = "".join(f"{name} expelled envoys of {NAMES[0]} in March.\n" for name in NAMES)
    told = {
        "document": "three",
        "text": text,
        "actors": {
            f"a{place}": {"name": name, "kind": "state", "code": CODES[place], "mentions": [name]}
            for place, name in enumerate(NAMES)
        },
        "events": {
            f"e{place}": {
                "type": "SANCTION", "mode": "expel", "actors": [f"a{place}"], "recipients": ["a0"],
                "trigger": f"{name} expelled", "time": "2021-03-02",
            }
            for place, name in enumerate(NAMES)
        },
    }  # fmt: skip
    with Ledger.open(tmp_path / "three.sqlite") as ledger:
        ledger.record(compile_documents([told])[0].coded)
        snapshot(take(ledger), tmp_path / "snapshot")
    (path,) = (tmp_path / "snapshot" / "deeds").rglob("*.parquet")
    assert pyarrow.parquet.read_table(path).column("actor_code").to_pylist() == ["DZA", "KEN", "VNM"]
