"""How a charge, or a word of scorn for one, that no claim stands for becomes a claim, and which claim stands for it.

Requires the reading and the resolver. The claim has no id until an incident takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onrecord.coding import syntax
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import overlap
from onrecord.model.records import Certainty, Claim

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

TERMING = frozenset("call term label brand dub style declare pronounce".split())
_POINTERS = frozenset(("it", "this", "that", "all", "them", "these"))
_PALE = frozenset(("asserts", "assesses"))  # stances that say less than the charge does
_NEAR = 7


def termed(draft: Draft, verb: int) -> Claim | None:
    """ "Terms this fantasy", "called the charge a fabrication": what was said before is given a name of scorn."""
    reading = draft.reading
    if not verb_of(reading.lower(verb), TERMING) or syntax.negated(reading, verb):
        return None
    holder = syntax.subject(reading, verb)
    last = reading.sentence(verb)[1]
    near = range(verb + 1, min(last, verb + _NEAR))
    scorn = next((at for at in near if reading.lower(at) in lists()["dismissive"]), None)
    if holder is None or scorn is None:
        return None
    if not any(
        reading.lower(at) in _POINTERS or noun_of(reading.lower(at), lists()["answers"]) is not None
        for at in range(verb + 1, scorn)
    ):
        return None
    return made(draft, holder, (verb, verb + 1), (verb + 1, scorn + 1), "denies")


def _told(draft: Draft, cue: tuple[int, int], content: tuple[int, int]) -> Claim | None:
    """The claim on record that the same verb reports over the same words."""
    for claim in draft.claims:
        if claim.cue is None or not overlap(claim.cue, cue):
            continue
        if any(overlap(span, content) for span in claim.content):
            return claim
    return None


def made(
    draft: Draft,
    holder: int,
    cue: WordSpan,
    content: WordSpan,
    stance: Literal["accuses", "asserts", "denies", "confirms", "questions"] = "accuses",
) -> Claim | None:
    holder_id = draft.actor_for(draft.reading.phrase(syntax.relative_head(draft.reading, holder) or holder))
    if holder_id is None or content[0] >= content[1]:
        return None
    told = _told(draft, draft.span(cue), draft.span(content))
    if told is not None:
        if told.stance in _PALE:
            told.stance = stance
        return told
    return Claim(
        id="",
        holder=holder_id,
        cue=draft.span(cue),
        content=[draft.span(content)],
        stance=stance,
        certainty=Certainty(factuality="CT-" if stance == "denies" else "CT+"),
    )
