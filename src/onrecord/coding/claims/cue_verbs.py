"""The reporting verbs of ``cues/reporting.yaml``, and what a reported proposition is before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]


@dataclass(slots=True)
class Candidate:
    """One reported proposition before it becomes a claim; word indices throughout.

    ``plain`` is a stance beyond doubt; ``told``: the words around leave no doubt that it is told.
    """

    cue: int
    base: str
    stance: str
    content: list[WordSpan]
    holder: int | None = None
    holder_words: WordSpan | None = None
    addressee: int | None = None
    relay: list[int] = field(default_factory=list)
    cue_words: WordSpan | None = None
    negated: bool = False
    hedged: bool = False
    agentless: bool = False
    rule: str = ""
    place: str = ""
    conditional: bool = False
    condition: WordSpan | None = None
    plain: str | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """One entry of the lexicon."""

    base: str
    stance: str
    content: tuple[str, ...]
    addressee: tuple[str, ...]
    particle: tuple[str, ...]
    adjunct: str | None
    hedge: bool
    witness: bool


@lru_cache(maxsize=1)
def verbs() -> dict[str, Verb]:
    """The reporting verbs by their lemma."""
    return {
        base: Verb(
            base,
            raw["stance"],
            tuple(raw.get("content", ())),
            tuple(raw.get("addressee", ())),
            _many(raw.get("particle")),
            raw.get("adjunct"),
            bool(raw.get("hedge")),
            bool(raw.get("only_witness")),
        )
        for base, raw in load("reporting")["verbs"].items()
    }


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    return frozenset(verbs())


@lru_cache(maxsize=1)
def declining() -> frozenset[str]:
    """The verbs that decline when they are negated."""
    return frozenset(load("reporting")["declining"])


def entry(reading: Reading, word: int) -> Verb | None:
    """The lexicon entry of a word used as a verb."""
    base = verb_of(reading.lower(word), _lemmas())
    if base is not None:
        return verbs()[base]
    base = verb_of(reading.lower(word), declining())
    if base is not None and syntax.negated(reading, word):
        return Verb(base, "asserts", ("clause", "object", "infinitive", "on"), (), (), None, False, False)
    return None


def make(word: int, verb: Verb, holder: int | None, content: list[WordSpan]) -> Candidate:
    """A candidate as the lexicon has it."""
    return Candidate(
        cue=word,
        base=verb.base,
        stance=verb.stance,
        content=content,
        holder=holder,
        hedged=verb.hedge,
        rule="verb",
    )
