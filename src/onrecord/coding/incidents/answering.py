"""Answers to a charge that name no party: another cause ("a faulty cable"), or a flat no from the accused.

Requires claims and what was charged before. Whoever says that it was lightning, a private quarrel or nobody takes the
charge off whom it was laid to: a denial from his own side, a doubt from everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.claims.sides import guessed
from onrecord.coding.incidents.blame import Blame, is_answer, names
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of
from onrecord.vocabulary.actors import states

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.coding.incidents.kindred import Cluster
    from onrecord.model.records import Claim

_TELLING = frozenset(("asserts", "assesses", "accuses", "confirms", "denies"))
_DENIALS = frozenset(("denies",))
_FAR = 1  # paragraphs between a charge and its answer


def answer_of(draft: Draft, claim: Claim, last: Cluster) -> Blame | None:
    """What a claim that lays no blame does to the charge told last; None where it is no answer to it."""
    accused = [actor for _, actor, verdict in last.blamed if verdict == "attributed"]
    if not accused or claim.holder is None or not claim.content or not _soon(draft, claim, last):
        return None
    code = draft.code_of(claim.holder)
    mine = next((actor for actor in accused if speaks_for(draft, claim.holder, actor)), None)
    mine = mine or next((actor for actor in accused if draft.code_of(actor) == code), None)
    cleared = {draft.code_of(actor) for _, actor, verdict in last.blamed if verdict != "attributed"}
    if draft.code_of(mine or accused[-1]) in cleared:
        return None
    if claim.stance in _TELLING and _other_cause(draft, claim):
        if mine is not None:
            return Blame((mine,), "denied", True)
        return Blame((accused[-1],), "disputed", True)
    if claim.stance not in _DENIALS or guessed(draft, claim.holder):
        return None
    if mine is None:  # "France does not share that view"
        return Blame((accused[-1],), "disputed", True) if is_answer(draft, claim) else None
    if _of_a_measure(draft, claim):
        return None
    return Blame((mine,), "denied", True)


def speaks_for(draft: Draft, holder: str, accused: str) -> bool:
    """Who answers is told by the own name of whoever was accused and is no state: "Hamas", "the head of the MAK"."""
    if draft.code_of(accused) in states():
        return False
    reading, actor = draft.reading, draft.actor(holder)
    told = set(actor.name.split())
    for mention in actor.mentions:
        start, end = reading.words_in(mention)
        if start < end:
            head = head_of(reading, (start, end))
            while reading.deprel(head).startswith(("appos", "flat")):
                head = reading.head(head)
            told.update(reading.word(at) for at in range(*reading.phrase(head)))
    return any(word[:1].isupper() and word in told for word in draft.actor(accused).name.split())


def _soon(draft: Draft, claim: Claim, last: Cluster) -> bool:
    """The claim comes after the charge, in its paragraph or the next."""
    here = claim.content[0][0]
    charges = [each.content[0][0] for each, _, _ in last.blamed if each.content]
    start = max((offset for offset in charges if offset < here), default=None)
    return start is not None and draft.document.text[start:here].count("\n\n") <= _FAR


def _other_cause(draft: Draft, claim: Claim) -> bool:
    """The content gives a cause that is nobody's deed, and names no party that might have done it."""
    reading = draft.reading
    for span in claim.content:
        words = reading.words_in(span)
        if words[0] >= words[1]:
            continue
        head = head_of(reading, words)
        for word in range(*words):
            if noun_of(reading.lower(word), lists()["causes"]) is None:
                continue
            if word == head or reading.head(word) == head or _gives(draft, word):
                return not _names_a_party(draft, claim)
    return False


def _gives(draft: Draft, cause: int) -> bool:
    """ "Was to blame", "died of", "put down to": the cause stands where causes are given."""
    reading = draft.reading
    first = reading.sentence(cause)[0]
    around = {reading.lower(at) for at in range(max(first, cause - 6), min(cause + 6, len(reading)))}
    return bool(around & {"blame", "cause", "caused", "because", "through", "due", "reasons"})


def _names_a_party(draft: Draft, claim: Claim) -> bool:
    codes = {draft.code_of(actor.id) for actor in draft.actors if actor.kind == "state"}
    return any(
        names(draft, claim, code)
        for code in codes
        if code is not None and code != draft.code_of(claim.holder)
    )


def _of_a_measure(draft: Draft, claim: Claim) -> bool:
    """What is denied is a measure that the document tells of, and no charge."""
    reading = draft.reading
    begin, stop = claim.content[0]
    if any(begin <= act.evidence[0][0] < stop for act in draft.acts if act.evidence):
        return True
    return any(
        verb_of(reading.lower(word), lists()["elsewhere"]) is not None
        or noun_of(reading.lower(word), lists()["elsewhere"]) is not None
        for word in range(*reading.words_in((begin, stop)))
    )
