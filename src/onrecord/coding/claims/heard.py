"""A reported proposition on its way to a claim."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.claims.vectors import Vector

WordSpan = tuple[int, int]


@dataclass(slots=True)
class Heard:
    """A candidate on its way to a claim: who holds it, who had the floor before, and what its stance is judged by.

    ``vector`` is what the encoder made of its words (``vectors``); ``names`` are the codes of the
    other parties that its content names.
    """

    candidate: Candidate
    holder: str | None
    condition: WordSpan | None
    spoken: tuple[tuple[int, str], ...]
    quoted: bool
    features: frozenset[str]
    ruled: str
    vector: Vector
    names: frozenset[str] = frozenset()
