"""What is kept between processes: found again, made anew when a source changes, and done without where it cannot be."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from onrecord.vocabulary import kept as module
from onrecord.vocabulary.kept import kept, place, write


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "onrecord"


class Maker:
    """Counts how often it has to make its table."""

    def __init__(self, table: object) -> None:
        self.table, self.times = table, 0

    def __call__(self) -> object:
        self.times += 1
        return self.table


def test_made_once_for_the_same_sources() -> None:
    make = Maker({("new", "york"): [("New York", "USA", 1.5, True, None)]})
    assert kept("names", [b"a", b"b"], make) == kept("names", [b"a", b"b"], make) == make.table
    assert make.times == 1


@pytest.mark.parametrize("sources", [[b"a", b"c"], [b"ab"], [b"", b"ab"], [b"a", b"b", b""]])
def test_another_source_makes_it_anew(sources: list[bytes]) -> None:
    make = Maker(["old"])
    kept("names", [b"a", b"b"], make)
    kept("names", sources, make)
    assert make.times == 2


@pytest.mark.parametrize("damage", [b"", b"\x00", b"no table"])
def test_a_damaged_file_is_made_anew(damage: bytes) -> None:
    make = Maker({"a": 1})
    kept("names", [b"a"], make)
    place("names", [b"a"]).write_bytes(damage)
    assert kept("names", [b"a"], make) == {"a": 1}
    assert kept("names", [b"a"], make) == {"a": 1}
    assert make.times == 2


def test_what_marshal_does_not_know_is_made_each_time(cache: Path) -> None:
    make = Maker({"day": date(2021, 10, 6)})
    assert kept("days", [b"a"], make) == kept("days", [b"a"], make) == make.table
    assert make.times == 2
    assert not cache.exists()


def test_where_nothing_can_be_written_it_is_made_each_time(cache: Path) -> None:
    cache.write_bytes(b"a file where the folder should be")
    make = Maker([1])
    assert kept("names", [b"a"], make) == kept("names", [b"a"], make) == [1]
    assert make.times == 2


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    monkeypatch.setattr(module.Path, "home", no_home)
    make = Maker([1])
    assert kept("names", [b"a"], make) == kept("names", [b"a"], make) == [1]
    assert make.times == 2


def test_old_files_of_a_name_go_and_others_stay(cache: Path) -> None:
    old, young, other = (place(*each) for each in (("names", [b"1"]), ("names", [b"2"]), ("places", [b"1"])))
    for path in (old, young, other):
        assert write(path, b"x")
    for path in (old, other):
        os.utime(path, (0, 0))
    assert write(place("names", [b"3"]), b"x")
    assert sorted(cache.iterdir()) == sorted((young, other, place("names", [b"3"])))
