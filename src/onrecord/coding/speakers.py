"""Who speaks: holders and relays as actors, and a person announced before being named.

Requires the resolver. "A government official" in the lead who turns out further down to be the deputy minister
with the same thing to say is one person: the anonymous holder takes the named one's actor.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Actor, Claim

WordSpan = tuple[int, int]

_OFFICIAL = re.compile(
    r"\b(?:officials?|diplomats?|ministers?|spokes(?:man|woman|person)|ambassadors?|envoys?)\b", re.I
)
_LAWMAKER = re.compile(
    r"\b(?:lawmakers?|legislators?|senators?|deput(?:y|ies)|parliamentarians?|MPs?|members? of parliament)\b",
    re.I,
)
_OFFICIAL_ROLE = re.compile(
    r"\b(?:minister|spokes|ambassador|secretary|envoy|official|representative|diplomat)", re.I
)
_LAWMAKER_ROLE = re.compile(
    r"\b(?:chair|committee|parliament|duma|senat|lawmaker|legislat|congress|speaker|deputy speaker)", re.I
)
_STEM = 5


def phrase_of(draft: Draft, head: int) -> WordSpan:
    """The words of a speaker: the noun phrase without clauses."""
    reading = draft.reading
    start, end = reading.phrase(head)
    first, last = draft.sentence(head)
    return max(start, first), min(end, last)


def actor_of(draft: Draft, head: int | None) -> str | None:
    """The actor for the noun at ``head``; a pronoun that nobody can be found for is nobody."""
    if head is None:
        return None
    head = syntax.relative_head(draft.reading, head) or head
    return draft.actor_for(phrase_of(draft, head))


def name_later(draft: Draft) -> None:
    """Give claims of an announced person to the person named further down."""
    for claim in draft.claims:
        if claim.holder is None or not claim.content:
            continue
        actor = draft.actor(claim.holder)
        if not _announced(actor):
            continue
        named = _named_later(draft, claim, actor)
        if named is not None:
            draft.note(claim.id, "holder", f"“{actor.name}” is the {named.role or 'person'} named later")
            claim.holder = named.id


def _announced(actor: Actor) -> bool:
    """An indefinite singular person: "a government official", "a senior lawmaker"."""
    return (
        re.match(r"(?:an?|one) ", actor.name, re.I) is not None
        and len(actor.mentions) <= 2
        and (_OFFICIAL.search(actor.name) is not None or _LAWMAKER.search(actor.name) is not None)
    )


def _named_later(draft: Draft, claim: Claim, actor: Actor) -> Actor | None:
    role = _LAWMAKER_ROLE if _LAWMAKER.search(actor.name) else _OFFICIAL_ROLE
    here = claim.content[0][0]
    found: list[Actor] = []
    for other in draft.claims:
        if (
            other is claim
            or other.holder in (None, claim.holder)
            or not other.content
            or other.content[0][0] < here
        ):
            continue
        person = draft.actor(other.holder)  # type: ignore[arg-type]
        if person.kind != "person" or person.anonymous or person in found:
            continue
        if actor.code is not None and person.code != actor.code:
            continue
        if role.search(person.role or person.name) and _alike(draft, claim, other):
            found.append(person)
    return found[0] if len(found) == 1 else None


def _alike(draft: Draft, one: Claim, two: Claim) -> bool:
    """Both claims do the same, or share a word stem that carries meaning."""
    if one.stance == two.stance and one.stance != "asserts":
        return True
    return bool(_stems(draft, one) & _stems(draft, two))


def _stems(draft: Draft, claim: Claim) -> set[str]:
    text = " ".join(draft.document.words(span) for span in claim.content).lower()
    return {word[:_STEM].removeprefix("in") for word in re.findall(r"[a-z]{6,}", text)}
