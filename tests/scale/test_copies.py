"""What is kept for copies to come is bounded in bytes, whatever the documents are; what a copy waits for stays."""

from __future__ import annotations

import pytest

from onrecord.intake.types import Raw
from onrecord.model.problems import Problem
from onrecord.scale.copies import ENTRY_BYTES, Copies
from onrecord.scale.stage import Outcome

FAULT = Problem(code="not-english", where="here", what="not English", remedy="…")
ITEM = Raw(b"", "text/html", "there")


def filled(copies: Copies, outcome: Outcome, count: int) -> list[bytes]:
    keys = [number.to_bytes(16, "big") for number in range(count)]
    for key in keys:
        assert not copies.seen(key)
        copies.keep(key, outcome)
    return keys


@pytest.mark.parametrize("outcome", [b'{"document":{}}\n', FAULT], ids=["short records", "problems"])
def test_many_small_results_are_forgotten_like_few_large_ones(outcome: Outcome) -> None:
    copies = Copies(limit=100 * ENTRY_BYTES)
    first, *_, last = filled(copies, outcome, 300)
    assert copies.seen(last)
    assert not copies.seen(first)


def test_what_a_copy_waits_for_is_kept_beyond_the_bound() -> None:
    copies = Copies(limit=10 * ENTRY_BYTES)
    (key,) = filled(copies, FAULT, 1)
    assert copies.seen(key)
    for number in range(100, 200):
        other = number.to_bytes(16, "big")
        copies.seen(other)
        copies.keep(other, FAULT)
    found = copies.again(key, ITEM)
    assert isinstance(found, Problem) and found.where == "there"
