"""The tables of names made from other people's data: what is changed on the way, and that shipped is what is made."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from training import names


def table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    terms = [
        ("CAN", "Elizabeth II", "Wikidata"), ("GBR", "Elizabeth II", "Wikidata"), ("KOS", "Anote Tong", "CountryInfo"),
        ("KOS", "Albin Kurti", "Wikidata"), ("NOR", "Erna Solberg", "Wikidata"), ("JEY", "Tony Blair", "CountryInfo"),
    ]  # fmt: skip
    table(
        tmp_path / "leaders.csv",
        names.LEADERS,
        [{"state_code": code, "name": name, "basis": basis} for code, name, basis in terms],
    )
    table(tmp_path / "groups.csv", names.GROUPS, [{"code": "ESPREB", "name": "ETA", "country": "ESP"}])
    return tmp_path


def test_what_is_changed_on_the_way(sources: Path) -> None:
    made = names.tables(sources)
    rows = [line.split(",")[:2] for line in made["share_alike/leaders.csv"].splitlines()[1:]]
    assert rows == [["GBR", "Elizabeth II"], ["XKX", "Albin Kurti"], ["NOR", "Erna Solberg"]]
    assert made["petrarch/groups.csv"] == "code,name,aliases,country\nESPREB,ETA,,ESP\n"


def test_check_writes_nothing_and_fails_where_a_table_differs(sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert names.main(["--tables", str(sources), "--out", str(out), "--check"]) == 1
    assert not out.exists()
    assert names.main(["--tables", str(sources), "--out", str(out)]) == 0
    assert names.main(["--tables", str(sources), "--out", str(out), "--check"]) == 0


def test_another_header_is_refused(sources: Path) -> None:
    (sources / "groups.csv").write_text("name,code\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        names.tables(sources)


def test_the_shipped_leaders_are_a_fixed_point() -> None:
    """What is shipped went through the same rules: once more through them it stays as it is."""
    shipped = Path(str(files("onrecord.vocabulary"))) / "data" / "share_alike" / "leaders.csv"
    rows = names.read(shipped, names.LEADERS)
    assert names.written(names.leaders(rows), names.LEADERS) == shipped.read_text(encoding="utf-8")
