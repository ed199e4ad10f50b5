"""What is odd about a document that is read all the same is said: a misnamed field, a day that no calendar has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.intake import read_path
from onrecord.intake.notices import ALIKE, meant
from onrecord.intake.problems import CODES
from onrecord.intake.types import Intake
from onrecord.model.problems import Problem

TEXT = "Norway told two attachés to leave, the ministry said."


def only(path: Path) -> Intake | Problem:
    (made,) = read_path(path)
    return made


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("date", "published"), ("Date", "published"), ("pubDate", "published"), ("publised", "published"),
        ("published_at", "published"), ("content", "text"), ("body", "text"), ("Text", "text"), ("link", "url"),
        ("URL", "url"), ("headline", "title"), ("source", "outlet"), ("author", "authors"), ("_id", "id"),
        ("lang", "language"), ("section", None), ("tags", None), ("country", None), ("image", None), ("n", None),
    ],
)  # fmt: skip
def test_a_name_that_looks_like_a_field_is_known_for_it(name: str, field: str | None) -> None:
    assert meant(name) == field


def test_every_field_of_the_docs_has_names_that_others_give_it() -> None:
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    told = page[page.index("| field | holds |") : page.index("## The text and its way back")]
    assert {name for name in ALIKE if f"`{name}`" not in told} == set()
    assert all(meant(name) is None for name in ALIKE)


@pytest.mark.parametrize(
    ("marking", "kept", "odd"),
    [
        ("TLP:AMBER", "TLP:AMBER", 0),
        (" tlp:white ", "TLP:CLEAR", 0),
        ("SECRET", "SECRET", 1),
        (None, None, 0),
    ],
)
def test_a_marking_that_is_none_of_tlp_is_kept_with_a_notice(
    tmp_path: Path, marking: str | None, kept: str | None, odd: int
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": TEXT, "marking": marking}) + "\n", encoding="utf-8")
    made = only(path)
    assert isinstance(made, Intake) and made.document.marking == kept
    assert [notice.code for notice in made.notices] == ["unknown-marking"] * odd


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "2021-10-07"}, ["`date` is not read; `published` is"]),
        ({"link": "https://x.example/a", "Outlet": "Post"}, ["`link`", "`Outlet`"]),
        ({"date": "2021-10-07", "published": "2021-10-07"}, []),
        ({"date": None, "link": ""}, []),
        ({"section": "World", "n": 3}, []),
        ({"retrieved": "2021-13-45"}, ["retrieved '2021-13-45'"]),
    ],
)
def test_a_record_with_a_misnamed_field_is_read_with_a_notice(
    tmp_path: Path, fields: dict[str, object], told: list[str]
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": TEXT, **fields}) + "\n", encoding="utf-8")
    made = only(path)
    assert isinstance(made, Intake) and made.document.retrieved is None
    assert len(made.notices) == len(told)
    for notice, words in zip(made.notices, told, strict=True):
        assert (
            words in notice.what
            and notice.where == f"{path}:1"
            and notice.remedy == CODES[notice.code].remedy
        )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("in.jsonl", '{"content": "a report", "title": "x"}\n'),
        ("in.json", '[{"Body": "a report"}]'),
        ("in.csv", "id,article\n1,a report\n"),
    ],
)
def test_a_record_whose_text_has_another_name_is_told_so(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    made = only(path)
    assert isinstance(made, Problem) and made.code == "missing-field" and "looks meant" in made.what


def test_columns_of_a_table_are_looked_at_as_fields_are(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"text": TEXT, "date": "2021-10-07", "section": "World"}] * 2
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "in.parquet")
    (tmp_path / "in.csv").write_text(f'text,date\n"{TEXT}",2021-10-07\n', encoding="utf-8")
    for name, many in (("in.parquet", 2), ("in.csv", 1)):
        found = list(read_path(tmp_path / name))
        assert len(found) == many and isinstance(found[0], Intake)
        assert ["`date`" in notice.what for notice in found[0].notices] == [True]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("on 31 February 2021", "31 February 2021"),
        ("on February 30", "February 30"),
        ("on 30th of February", "30th of February"),
        ("on 29 February 2021", "29 February 2021"),
        ("on 29 February 2020", None),
        ("on 29 February", None),
        ("on Sept. 31, 2021", "Sept. 31, 2021"),
        ("on 31 August 2021", None),
        ("on 45 March 2021", "45 March 2021"),
        ("the other 45 May follow", None),
        ("on 2021-13-45", "2021-13-45"),
        ("on 2021-12-31", None),
        ("under file 2021-13-45-7", None),
        ("at https://x.example/2021-13-45", None),
    ],
)
def test_a_day_that_no_calendar_has_is_told(tmp_path: Path, words: str, told: str | None) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"Norway told two attachés to leave {words}, the ministry said.", encoding="utf-8")
    made = only(path)
    assert isinstance(made, Intake)
    assert [notice.what for notice in made.notices] == (
        [f"“{told}” is no day of the calendar"] if told else []
    )


def test_the_run_tells_a_notice_once_a_file_and_fails_nothing(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = [{"text": f"{TEXT} It names {number}.", "date": "2021-10-07"} for number in range(3)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["code", str(path)])
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 3
    notice, summary = result.stderr.splitlines()
    assert json.loads(notice)["notice"] is True and json.loads(notice)["where"] == f"{path}:1"
    assert summary == "read 3, coded 3, failed 0; 1 notice"
