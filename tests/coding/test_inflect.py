"""Forms of listed verbs and nouns, and of no others."""

from __future__ import annotations

import pytest

from onrecord.coding.inflect import noun_of, verb_of

VERBS = frozenset(("sever", "expel", "deny", "withdraw", "downgrade", "strip", "say"))
NOUNS = frozenset(("tie", "embassy", "diplomat", "attaché"))


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("severed", "sever"),
        ("expelled", "expel"),
        ("denies", "deny"),
        ("withdrew", "withdraw"),
        ("downgrading", "downgrade"),
        ("stripped", "strip"),
        ("said", "say"),
        ("severe", None),
        ("striped", None),
    ],
)
def test_verbs(word: str, verb: str | None) -> None:
    assert verb_of(word, VERBS) == verb


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("ties", "tie"),
        ("embassies", "embassy"),
        ("diplomats", "diplomat"),
        ("attachés", "attaché"),
        ("tied", None),
    ],
)
def test_nouns(word: str, noun: str | None) -> None:
    assert noun_of(word, NOUNS) == noun
