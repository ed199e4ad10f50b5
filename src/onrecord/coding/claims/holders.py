"""On whose word an event is told: the claim that carries it, or one made where the words name a holder.

Requires events and claims. Gives ``event.claims`` and, where no claim covers an event whose mention names a
source, a claim of its own. What is told inside an accusation, a denial or a question is never on the document's own
word. An event without a claim is what the document itself asserts.
"""

from __future__ import annotations

from onrecord.coding.cues import load
from onrecord.coding.draft import Draft
from onrecord.coding.inflect import noun_of
from onrecord.coding.spans import arguments, head_of, overlap
from onrecord.model.records import Claim, Event
from onrecord.reading.types import EventMention, WordSpan

_LETTERS = frozenset(load("reporting")["letters"])
_BESIDE = 20  # code points between who speaks and the verb of saying
# What stands inside these claims is not asserted by whoever reports them.
DISPUTED = frozenset(("accuses", "denies", "questions"))


def code(draft: Draft) -> None:
    """Give every event the claims on whose word it is told."""
    for event in draft.events:
        mention = draft.mentions[event.id][0]
        sources = [
            argument.span for each in draft.mentions[event.id] for argument in arguments(each, "source")
        ]
        for source in sources:
            claim = _covering(draft, event, source) or _make(draft, event, mention, source)
            if claim is not None:
                _attach(draft, event, claim, "source head of the event")
        for claim in draft.claims_over(event.trigger):
            if claim.stance in DISPUTED and claim.holder not in event.actors:
                _attach(draft, event, claim, f"told inside what somebody {claim.stance}")


def _attach(draft: Draft, event: Event, claim: Claim, why: str) -> None:
    if claim.id not in event.claims:
        event.claims.append(claim.id)
        draft.note(event.id, "claims", why)
    if event.id not in claim.about:
        claim.about.append(event.id)


def _covering(draft: Draft, event: Event, source: WordSpan) -> Claim | None:
    """The claim of this holder that covers the event's words.

    Else the holder's claim in the same sentence.
    """
    holder = draft.actor_for(source)
    covering = [claim for claim in draft.claims_over(event.trigger) if claim.holder is not None]
    written = noun_of(draft.reading.lower(head_of(draft.reading, source)), _LETTERS) is not None
    for claim in covering:
        if claim.holder == holder or _names(draft, claim, source) or written:
            return claim  # "the note says" is the word of whoever wrote the note
    told = draft.span(source)
    for claim in covering:  # "the same source said": nobody else speaks there, by whatever name he goes
        if claim.cue is not None and min(abs(claim.cue[0] - told[1]), abs(told[0] - claim.cue[1])) <= _BESIDE:
            return claim
    start, end = draft.span(draft.sentence(source[0]))
    for claim in draft.claims:
        near = claim.content[0][0] < end and start < claim.content[-1][1]
        if near and claim.holder is not None and (claim.holder == holder or _names(draft, claim, source)):
            return claim
    return None


def _names(draft: Draft, claim: Claim, source: WordSpan) -> bool:
    span = draft.span(source)
    actors = [identifier for identifier in (claim.holder, *claim.relay) if identifier is not None]
    return any(
        overlap(mention, span) for identifier in actors for mention in draft.actor(identifier).mentions
    )


def _make(draft: Draft, event: Event, mention: EventMention, source: WordSpan) -> Claim | None:
    holder = draft.actor_for(source)
    if holder is None:
        return None
    claim = Claim(
        id=draft.new_id("claim"),
        holder=holder,
        content=[draft.evidence_for(mention.trigger)],
        stance="accuses" if event.type == "ACCUSE" else "asserts",
        probability=event.probability,
    )
    draft.claims.append(claim)
    return claim
