"""Who speaks of whom: the parties of a claim's holder and of its content.

Requires a candidate with its final content, the actor that holds it, and the resolver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding import syntax

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.draft import Draft

# what the code of a party rests on where no word tells whose it is: "the driver", "the seven" are as often the other's
_GUESSES = frozenset(("story", "region", "nobody"))
_ANYWHERE = frozenset(("COP", "MIL", "REB"))  # police, soldiers and rebels, too


@dataclass(frozen=True, slots=True)
class Sides:
    """Codes of the holder and of the parties that the content names, its subject first.

    ``speaker`` are the words that name the holder with his role, ``kind`` and ``sector`` those of his actor;
    ``people``: the subject are people of whom no word tells whose they are; ``thing``: it is something of that sort.
    """

    holder: str | None
    subject: str | None
    others: frozenset[str]
    speaker: str = ""
    kind: str | None = None
    sector: str | None = None
    anonymous: bool = False
    people: bool = False
    thing: bool = False


def guessed(draft: Draft, actor: str) -> bool:
    """The code of an actor rests on whose story it is, not on words: "the prime minister" of a text on one state."""
    return draft.why.get(f"{actor}.code") in ("story", "scene", "nobody")


def sides_of(draft: Draft, candidate: Candidate, holder: str | None) -> Sides:
    """The sides of one candidate."""
    reading = draft.reading
    codes: list[str] = []
    subject: str | None = None
    people = thing = False
    start, end = candidate.content[0]
    for word in range(start, end):
        if reading.pos(word) in ("PROPN", "ADJ", "NOUN") and reading.word(word)[:1].isupper():
            party = draft.resolver.resolve((word, word + 1))
            if party is not None and party.code is not None:
                codes.append(party.code)
    head = next((word for word in range(start, end) if not start <= reading.head(word) < end), None)
    if head is not None:
        noun = syntax.subject(reading, head)
        if noun is None:
            noun = syntax.subject(reading, head, passive=True)
        if noun is not None and start <= noun < end:
            party = draft.resolver.resolve(reading.phrase(noun))
            guess = party is not None and party.why in _GUESSES
            people = guess and party is not None and (party.anonymous or party.sector in _ANYWHERE)
            thing = guess and party is not None and not party.anonymous and party.kind == "group"
            subject = None if party is None or people else party.code
    if holder is None:
        return Sides(None, subject, frozenset(codes), people=people, thing=thing)
    actor = draft.actor(holder)
    speaker = " ".join(filter(None, (actor.name, actor.role)))
    return Sides(
        actor.code,
        subject,
        frozenset(codes),
        speaker,
        actor.kind,
        actor.sector,
        actor.anonymous,
        people,
        thing,
    )
