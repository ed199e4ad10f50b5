"""The shipped model on data that may be shipped: below these floors something has been broken.

The first sentences of UD EWT test and GUM test, and of CrossNER politics test: samples, so that the figures of
``docs/model.md`` differ by a point or so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading.labels import DATA
from onrecord.reading.session import Session

pytest.importorskip("torch", reason="the measures are those of the training package")

FLOORS = Path(__file__).parent / "floors"


def sentences(name: str) -> list[dict[str, Any]]:
    with (FLOORS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def model() -> Session:
    return Session(DATA)


@pytest.mark.parametrize(
    ("treebank", "floors"),
    [
        ("ewt", {"upos": 95.0, "feats": 95.5, "uas": 87.0, "las": 84.0, "sentence starts": 88.0}),
        ("gum", {"upos": 96.0, "feats": 96.0, "uas": 88.0, "las": 85.0, "sentence starts": 93.0}),
    ],
)
def test_trees_and_tags_keep_their_floors(model: Session, treebank: str, floors: dict[str, float]) -> None:
    from training.evaluate import treebank as measure

    figures = measure(model, sentences(treebank))
    assert {name: value for name, value in floors.items() if figures[name] < value} == {}, figures


def test_names_keep_their_floor(model: Session) -> None:
    from training.evaluate import entities

    figures = entities(model, sentences("crossner"), ("PER", "ORG", "LOC"))
    assert figures["all"] >= 80.0, figures
