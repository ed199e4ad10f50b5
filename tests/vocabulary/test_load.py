"""The loader: a wrong file fails where it is read, with its entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from onrecord.vocabulary import load
from onrecord.vocabulary.load import VocabularyError


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    score: float | None
    also: tuple[str, ...] = field(default=())


class Line(NamedTuple):
    name: str
    from_: str


def test_build_makes_entries() -> None:
    entry = load.build(Entry, {"id": "a", "score": 2, "also": ["b", "c"]}, "file, a")
    assert entry == Entry("a", 2.0, ("b", "c"))
    assert load.build(Entry, {"id": "a", "score": None}, "file, a").score is None


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ({"id": "a"}, "field 'score' is missing"),
        ({"id": "", "score": 1}, "field 'id' is blank"),
        ({"id": "a", "score": 1, "colour": "red"}, r"unknown fields \['colour'\]"),
        ({"id": 7, "score": 1}, "expected str, found 7"),
        ({"id": "a", "score": 1, "also": "b"}, "expected a list, found 'b'"),
    ],
)
def test_build_refuses(raw: dict[str, Any], fault: str) -> None:
    with pytest.raises(VocabularyError, match=f"acts.yaml, a.*{fault}"):
        load.build(Entry, raw, "acts.yaml, a")


def test_table_checks_header_and_width(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"good": "name,from\nx,1999\n", "header": "name,to\n", "width": "name,from\nx\n", "empty": ""}
    monkeypatch.setattr(load, "_read", texts.__getitem__)
    assert load.table("good", Line) == [Line("x", "1999")]
    for path, fault in (("header", "header is"), ("width", "line 2: 1 cells"), ("empty", "header is")):
        with pytest.raises(VocabularyError, match=fault):
            load.table(path, Line)


def test_a_yaml_file_must_be_a_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_read", lambda path: "- a\n- b\n")
    with pytest.raises(VocabularyError, match=r"list\.yaml: expected a mapping, found list"):
        load.tree("list.yaml")


def test_an_id_may_not_stand_twice() -> None:
    with pytest.raises(VocabularyError, match="'a' stands twice"):
        load.keyed([Entry("a", 1.0), Entry("a", 2.0)], "id", "acts.yaml")
