"""Hedges: words, scale, interval and what follows for factuality; likelihood and confidence never mixed."""

from __future__ import annotations

import pytest

from onrecord.coding.claims.certainty import certainty_of


def read(text: str, stance: str = "asserts", hedged: bool = False):  # type: ignore[no-untyped-def]
    return certainty_of(text, [(0, len(text))], stance, None, hedged)


@pytest.mark.parametrize(
    ("text", "stance", "words", "scale", "interval", "factuality"),
    [
        (
            "the order very likely came from the capital",
            "assesses",
            "very likely",
            "icd203",
            (0.8, 0.95),
            "PR+",
        ),
        ("a state was highly likely responsible", "assesses", "highly likely", "phia", (0.8, 0.9), "PR+"),
        ("it is very unlikely that talks resume", "assesses", "very unlikely", "icd203", (0.05, 0.2), "PR-"),
        (
            "a realistic possibility of a strike",
            "assesses",
            "realistic possibility",
            "phia",
            (0.4, 0.5),
            "PS+",
        ),
        ("the ship sank", "asserts", None, None, None, "CT+"),
        ("the bridge could collapse", "predicts", "could", None, None, "PS+"),
    ],
)
def test_likelihood(text, stance, words, scale, interval, factuality) -> None:  # type: ignore[no-untyped-def]
    found = read(text, stance)
    assert (text[slice(*found.words)] if found.words else None) == words
    likelihood = found.likelihood
    assert (likelihood.scale if likelihood else None) == scale
    assert ((likelihood.low, likelihood.high) if likelihood else None) == interval
    assert found.factuality == factuality
    assert found.confidence is None


@pytest.mark.parametrize(
    ("text", "from_", "to"),
    [
        ("with low to moderate confidence the leak was accidental", "low", "moderate"),
        ("high confidence that the network was entered", "high", None),
        ("medium confidence in the finding", "moderate", None),
    ],
)
def test_confidence_stays_in_words(text: str, from_: str, to: str | None) -> None:
    found = read(text, "assesses")
    assert (found.confidence.from_, found.confidence.to) == (from_, to)
    assert found.likelihood is None


@pytest.mark.parametrize(
    ("stance", "text", "factuality"),
    [
        ("denies", "the charge", "CT-"),
        ("demands", "to leave", "U"),
        ("declines", "whether a state was behind it", "CTu"),
        ("declines", "to comment", "U"),
    ],
)
def test_factuality_by_stance(stance: str, text: str, factuality: str) -> None:
    assert read(text, stance).factuality == factuality
