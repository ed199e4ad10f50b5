"""Into which state a word puts a forum: the verbs and phrases of ``cues/forums.yaml``.

Requires the reading. The phrases of two words are a verb with its particle, or with the noun that it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.forums.names import words
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading


@dataclass(frozen=True, slots=True)
class Told:
    """A word that puts a forum into a state; ``again``: it had stopped before; ``meant``: "was to meet"."""

    word: int
    state: str
    part: str | None = None
    again: bool = False
    meant: bool = False


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    return {
        state: frozenset(each for each in verbs if " " not in each)
        for state, verbs in words()["states"].items()
    }


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[str, str]]]:
    """Verb -> the particles, or nouns after "on", that make up a state with it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for state, verbs in words()["states"].items():
        for each in verbs:
            if " " in each:
                found.setdefault(each.split()[0], []).append((each.split()[-1], state))
    return found


def kind_of_verb(reading: Reading, verb: int) -> str | None:
    """The state into which a word puts a forum."""
    lower = reading.lower(verb)
    if reading.pos(verb) == "ADJ" and lower == "open":
        return None
    base = verb_of(lower, frozenset(_phrases()))
    if base is not None:
        near = after(reading, verb) + [
            reading.lower(each) for each in syntax.kids(reading, verb, "compound:prt", "obl", "advmod")
        ]
        if base == "put":
            near += after(reading, verb, 12)  # "put its dialogue with Iran on ice"
        for particle, state in _phrases()[base]:
            if particle in near:
                return state
    if lower == "found" or (lower == "hold" and verb and reading.lower(verb - 1) == "on"):
        return None  # "the council found" that something was so; "is on hold"
    return next((state for state, verbs in _verbs().items() if verb_of(lower, verbs)), None)


def after(reading: Reading, verb: int, reach: int = 3) -> list[str]:
    """The words right behind a verb."""
    return [reading.lower(at) for at in range(verb + 1, min(verb + 1 + reach, len(reading)))]


def end_of_sentence(reading: Reading, word: int) -> int:
    """Where the sentence of a word ends; a word behind the last one stands in the last sentence."""
    return reading.sentence(min(word, len(reading) - 1))[1]
