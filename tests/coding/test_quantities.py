"""Quantities: numbers with their units, by a table of texts; and those that stand with an event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.coding.quantities import find, quantities_of
from onrecord.model.records import Quantity
from onrecord.vocabulary.load import tree
from tests.coding.readings import draft, reading

CASES = yaml.safe_load(Path(__file__).with_name("quantities.yaml").read_text(encoding="utf-8"))


def row(text: str, quantity: Quantity) -> str:
    """A quantity as the table writes it."""
    assert quantity.span is not None
    numbers = [
        "~" if number is None else f"{number:g}" for number in (quantity.value, quantity.low, quantity.high)
    ]
    numbers = [f"{float(number):.0f}" if "e" in number else number for number in numbers]
    words = text[quantity.span[0] : quantity.span[1]]
    return " | ".join([words, *numbers, quantity.unit, "yes" if quantity.approximate else "no"])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_quantities(case: dict[str, Any]) -> None:
    assert [row(case["text"], each) for each in find(case["text"])] == case["found"]


def test_spans_count_from_the_start_of_the_text() -> None:
    text = "Before. Three tanks came. After: two jets."
    assert [row(text, each) for each in find(text, 8, 25)] == ["Three | 3 | ~ | ~ | tanks | no"]


# Attackers killed two men , and the police said that 30 officers came .
SENTENCE = (
    "Attackers|NOUN|2:nsubj killed|VERB|0:root two|NUM|4:nummod men|NOUN|2:obj ,|PUNCT|8:punct and|CCONJ|8:cc "
    "police|NOUN|8:nsubj said|VERB|2:conj that|SCONJ|12:mark 30|NUM|11:nummod officers|NOUN|12:nsubj "
    "came|VERB|8:ccomp .|PUNCT|2:punct"
)


def test_an_event_has_the_quantities_of_its_clause_and_parties() -> None:
    read = reading([SENTENCE])
    made = draft(read)
    assert [row(read.text, each) for each in quantities_of(made, (11, 12))] == [
        "30 | 30 | ~ | ~ | police | no"
    ]
    killed = quantities_of(made, (1, 2), [(2, 4)])
    assert "two | 2 | ~ | ~ | killed | no" in [row(read.text, each) for each in killed]


def test_people_take_the_fate_of_the_event_word() -> None:
    read = reading(
        [
            "Three|NUM|2:nummod men|NOUN|0:root whom|PRON|5:obj they|PRON|5:nsubj "
            "killed|VERB|2:acl:relcl .|PUNCT|2:punct"
        ]
    )
    found = quantities_of(draft(read), (4, 5), [(0, 2)])
    assert [row(read.text, each) for each in found] == ["Three | 3 | ~ | ~ | killed | no"]


def test_the_units_are_complete() -> None:
    data = tree("ontology/units.yaml")
    for group in ("units", "fates"):
        for name, entry in data[group].items():
            assert set(entry) == {"meaning", "example", "words"} and entry["words"].split(), name
