"""What a claim's stance makes of the thing it is about, and on what a record rests by its claims."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.records import Claim

AFFIRM = frozenset({"asserts", "confirms", "accuses", "assesses"})
AHEAD = frozenset({"threatens", "promises", "predicts", "demands"})
AGAINST = frozenset({"CT-", "PR-", "PS-"})
"""Degrees of factuality by which a speaker says that a thing is not so."""
RANK = {"asserted": 0, "attributed": 1, "assessed": 2, "accused": 3, "denied": 4}
STATED = ("asserted", "attributed")
_BY_STANCE = {"assesses": "assessed", "accuses": "accused", "denies": "denied"}


def side(claim: Claim) -> int:
    """1 for a claim that affirms, -1 for one that denies, by its stance or its certainty; 0 for one that does neither:
    a threat, a promise, a prediction, a demand, a question, a silence."""
    if claim.stance == "denies":
        return -1
    if claim.stance not in AFFIRM:
        return 0
    return -1 if claim.certainty is not None and claim.certainty.factuality in AGAINST else 1


def standing(claims: Sequence[Claim], status: str) -> str:
    """On what a record of this status rests: its document's own word, or the strongest of its claims.

    Of what is told as negated, the certainty of a claim says the same once more.
    """
    kinds = [
        "denied" if side(one) < 0 and status != "negated" else _BY_STANCE.get(one.stance, "attributed")
        for one in claims
    ]
    return min(kinds, key=RANK.__getitem__, default="asserted")


def status(claims: Sequence[Claim], told: str) -> str:
    """What a record is by its claims: what is only threatened, promised, predicted or demanded is to come, and what is
    only asked about is hypothetical, though its coder calls it actual."""
    stances = {one.stance for one in claims}
    if told != "actual" or not stances or stances & {*AFFIRM, "denies"}:
        return told
    return "future" if stances & AHEAD else "hypothetical"
