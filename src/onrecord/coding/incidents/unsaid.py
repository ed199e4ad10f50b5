"""Whom a charge means that tells of a deed and names nobody: whose the deed is said to be, or the story's other side.

Requires clusters and the resolver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.sides import guessed
from onrecord.coding.incidents.blame import Blame
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.incidents.suspects import counterpart
from onrecord.coding.inflect import noun_of
from onrecord.vocabulary.actors import states

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.coding.incidents.kindred import Cluster
    from onrecord.coding.incidents.mentions import Mention
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

_BY_WHAT = frozenset(
    "missile air drone rocket artillery military naval army bombing hacking border - cyber".split()
)


def by_whose(draft: Draft, claim: Claim, found: list[Cluster]) -> Blame | None:
    """ "An Iranian missile attack", "he was tortured in his cell": a charge without a word of who did it."""
    if claim.stance != "accuses" or claim.holder is None:
        return None
    for cluster in found:
        if any(covers(draft, claim, each) for each in cluster.mentions):
            actor = _owner(draft, claim, cluster) or _other_side(draft, claim, cluster)
            if actor is not None:
                return Blame((actor,), "attributed", True)
    return None


def _owner(draft: Draft, claim: Claim, cluster: Cluster) -> str | None:
    """ "An Iranian missile attack": the state whose adjective stands with the deed itself."""
    reading = draft.reading
    for mention in cluster.mentions:
        for child in () if mention.verb else syntax.kids(reading, mention.word, "amod"):
            party = draft.resolver.resolve((child, child + 1))
            if (
                party is not None
                and party.code in states()
                and party.code != draft.code_of(claim.holder)
                and all(reading.lower(at) in _BY_WHAT for at in range(child + 1, mention.word))
            ):
                return draft.actor_of(party, (child, child + 1))
    return None


def _other_side(draft: Draft, claim: Claim, cluster: Cluster) -> str | None:
    """ "He was tortured in his cell": of a story's two states the one that does not accuse."""
    own = draft.code_of(claim.holder)
    if claim.holder is None or own not in states() or guessed(draft, claim.holder):
        return None
    party = counterpart(draft, own)
    reading = draft.reading
    told = any(
        each.verb and covers(draft, claim, each) and _is_untold(reading, syntax.agent(reading, each.word))
        for each in cluster.mentions
    )
    return draft.actor_of(party) if party is not None and told else None


def _is_untold(reading: Reading, doer: int | None) -> bool:
    """Nobody is told to have done it, or people whom only the story can tell: "the police broke down the doors"."""
    if doer is None:
        return True
    return reading.pos(doer) == "PRON" or noun_of(reading.lower(doer), lists()["officials"]) is not None


def covers(draft: Draft, claim: Claim, mention: Mention) -> bool:
    """The words of a claim tell of an incident by a mention of it."""
    offset = draft.reading.start(mention.word)
    return any(start <= offset < end for start, end in claim.content)
