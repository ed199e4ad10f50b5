"""On whose word somebody tells a thing: "with reference to an expert", "on the strength of talks with two officials".

Requires a candidate with its speaker. Gives it the one whose word it rests on as the holder, and the speaker as relay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.claims.according import head_after, reads
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_RECORDS = frozenset(load("reporting")["records"])
_SAYERS = frozenset(load("reporting")["sayers"])
_GROUNDS: dict[str, tuple[tuple[str, ...], ...]] = {
    first: tuple(tuple(each.split()) for each in load("reporting")["grounds"] if each.split()[0] == first)
    for first in {each.split()[0] for each in load("reporting")["grounds"]}
}
_LOOSE: tuple[str, ...] = tuple(load("reporting")["loose_grounds"])
_NEAR = 14  # words between the phrase and the verb of saying


def on_the_word_of(reading: Reading, candidate: Candidate, sentence: WordSpan) -> None:
    """ "The portal asserted, with reference to an expert, that …": the expert holds it, the portal relays."""
    first, last = sentence
    if candidate.holder is None or candidate.relay or reading.pos(candidate.holder) == "PRON":
        return
    for word in range(first, last - 3):
        phrases = _GROUNDS.get(reading.lower(word))
        if phrases is None:
            continue
        stop = next((word + len(each) for each in phrases if reads(reading, word, each)), None)
        if stop is None or abs(word - candidate.cue) > _NEAR:
            continue
        if any(a <= word < b for a, b in candidate.content):
            continue
        source = head_after(reading, stop)
        if source is None or source >= last or noun_of(reading.lower(source), _RECORDS) is not None:
            return
        loose = any(reading.lower(word) == each.split()[0] for each in _LOOSE if " " not in each) or any(
            reads(reading, word, tuple(each.split())) for each in _LOOSE
        )
        if not loose or reading.pos(source) == "PROPN" or noun_of(reading.lower(source), _SAYERS) is not None:
            candidate.relay.append(candidate.holder)
            candidate.holder, candidate.holder_words = source, None
        return
