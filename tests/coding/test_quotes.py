"""Quotation marks: curly and straight, over paragraphs, never closed."""

from __future__ import annotations

import pytest

from onrecord.coding.claims.quotes import inside, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “It is done.” Then he left.", ["It is done."]),
        ('"We wait," she said. "Not for long."', ["We wait,", "Not for long."]),
        ("“The first part.\n\n“The second part,” he said.", ["The first part.", "The second part,"]),
        ("“Nobody closes this one.\n\nAnother paragraph.", ["Nobody closes this one."]),
        ("The ministers' cars and Russia's envoy.", []),
        ('A 5" pipe and a 6" pipe.', []),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[slice(*each.span)] for each in quotations(text)] == expected


def test_a_paragraph_continues_the_quotation_before() -> None:
    found = quotations("“The first part.\n\n“The second part,” he said.")
    assert [(each.closed, each.continues) for each in found] == [(False, False), (True, True)]


def test_inside_asks_for_most_of_the_span() -> None:
    text = "He spoke of “a plot”, no more."
    found = quotations(text)
    assert inside(found[0].span, found)
    assert not inside((0, len(text)), found)
