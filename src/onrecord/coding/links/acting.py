"""Clauses that say that somebody acted, and leave to what was told before what he did.

"Cairo acted in response to the speech", "the council was reacting to the raid", "she announced the step a day after
the vote": the later end of the link is the measure that this party is told to have taken.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Verbs that say alone that somebody acted, those that say it of a measure, and what measures are called."""
    listed = load("links")["acting"]
    return frozenset(listed["alone"]), frozenset(listed["with"]), frozenset(listed["measure"])


def actor(draft: Draft, cued: WordSpan, top: int, answering: bool) -> tuple[str | None] | None:
    """The code of who is said to have acted, in a tuple; None where the clause of a cue says nothing like it.

    ``top`` is the head of what the cue governs. A cue of answering may be the verb itself ("was reacting to").
    """
    reading = draft.reading
    verbs = [word for word in range(*cued) if answering and reading.pos(word) == "VERB"]
    governing = reading.head(top)
    while governing in range(*cued):  # "presents it as an answer to": the noun of the cue stands between
        governing = reading.head(governing)
    if not verbs and governing >= 0 and _acts(draft, governing):
        verbs = [governing]
    if not verbs:
        return None
    who = syntax.subject(reading, verbs[0])
    if who is None:
        return None
    party = draft.resolver.resolve(reading.phrase(who))
    return (party.code if party is not None else None,)


def _acts(draft: Draft, verb: int) -> bool:
    reading = draft.reading
    if reading.pos(verb) != "VERB" or syntax.negated(reading, verb):
        return False
    alone, having, measures = _words()
    said = reading.lower(verb)
    found = syntax.obj(reading, verb)
    if found is None:
        return verb_of(said, alone) is not None
    if verb_of(said, having) is None:
        return False
    return reading.lower(found) in ("it", "this") or noun_of(reading.lower(found), measures) is not None
