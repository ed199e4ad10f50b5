"""Who does the harmful deed that a claim tells of, or has others do it.

Requires the resolver. Where somebody is accused, it is a deed too to plan, pay or order what does harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.incidents.mentions import is_harmful, lists
from onrecord.coding.incidents.suspects import parties
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

_OWNING = ("amod", "nmod:poss", "compound")
_SUFFERED = frozenset("die perish vanish disappear drown suffocate burn explode burst sink".split())


def by_deed(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """Who does the harmful deed that the content tells of."""
    reading = draft.reading
    for span in claim.content:
        for word in range(*reading.words_in(span)):
            if reading.pos(word) != "VERB" or not (
                is_harmful(reading, word) or (claim.stance == "accuses" and _commits(reading, word))
            ):
                continue
            doer = _doer(reading, word)
            if doer is not None and noun_of(reading.lower(doer), lists()["missiles"]) is not None:
                owners = [
                    each for each in syntax.kids(reading, doer, *_OWNING) if reading.word(each)[:1].isupper()
                ]
                if found := parties(draft, claim, owners):
                    return found  # "Russian missiles had crossed into Poland"
            if doer is None or noun_of(reading.lower(doer), lists()["nouns"] | lists()["mishaps"]):
                continue
            found = parties(draft, claim, syntax.conjuncts(reading, doer))
            if found:
                return found
    return ()


def _doer(reading: Reading, verb: int) -> int | None:
    """Who does a deed: whoever was sent home "for poisoning" him; nobody where people merely died or vanished."""
    if verb_of(reading.lower(verb), _SUFFERED) and syntax.patient(reading, verb) is None:
        return None
    deed, head = verb, syntax.parent(reading, verb)
    if head is not None and reading.deprel(verb) == "xcomp":  # "for plotting to kill him"
        deed, head = head, syntax.parent(reading, head)
    if head is not None and syntax.marker(reading, deed) == "for" and reading.pos(head) in ("VERB", "NOUN"):
        return syntax.patient(reading, head) if reading.pos(head) == "VERB" else head
    if (
        reading.deprel(verb) == "acl"
        and not reading.lower(verb).endswith("ing")
        and syntax.obj(reading, verb) is None
    ):
        return next(iter(syntax.obliques(reading, verb, "by")), None)  # "a clerk shot in the park"
    return syntax.agent(reading, verb)


def _commits(reading: Reading, verb: int) -> bool:
    """ "Had indulged in espionage", "planned it", "paid the gunmen": a harmful noun makes the deed."""
    if verb_of(reading.lower(verb), lists()["committing"]) is None:
        return False
    thing = syntax.obj(reading, verb)
    things = syntax.obliques(reading, verb, "in", "for") + ([thing] if thing is not None else [])
    deeds = lists()["nouns"] | lists()["takers"] | lists()["assailants"]
    return any(noun_of(reading.lower(each), deeds) is not None for each in things)


def sends_doers(reading: Reading, claim: Claim) -> bool:
    """ "Of having hired the mob", "of paying the gunmen": of those who did what was told before."""
    doers = lists()["assailants"] | lists()["takers"]
    return any(
        reading.pos(word) == "VERB"
        and verb_of(reading.lower(word), lists()["committing"]) is not None
        and any(noun_of(reading.lower(each), doers) for each in syntax.kids(reading, word, "obj"))
        for span in claim.content
        for word in range(*reading.words_in(span))
    )


def harms(reading: Reading, verb: int) -> bool:
    """A verb does harm, or plots a deed that does: "for conspiring to murder a clerk"."""
    return is_harmful(reading, verb) or any(
        reading.pos(each) == "VERB" and is_harmful(reading, each)
        for each in syntax.kids(reading, verb, "xcomp")
    )
