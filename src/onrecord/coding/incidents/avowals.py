"""Words by which somebody owns up to a deed or disowns it, and that no claim stands for.

Requires the reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.incidents.charges import made
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

CLAIM = frozenset(("claim", "boast", "admit", "avow"))
TAKE = frozenset(("take", "assume", "accept"))
CREDIT = frozenset(("responsibility", "credit", "blame", "authorship"))
_BACK = 16  # words before a verb in which its relative pronoun stands


def affirmed(reading: Reading, verb: int, verbs: frozenset[str]) -> tuple[int, int] | None:
    """The subject and the object of one of the verbs, where it is active and not denied."""
    if not verb_of(reading.lower(verb), verbs) or syntax.is_passive(reading, verb):
        return None
    holder, thing = syntax.subject(reading, verb), syntax.obj(reading, verb)
    return None if holder is None or thing is None or syntax.negated(reading, verb) else (holder, thing)


def owned(draft: Draft, verb: int) -> Claim | None:
    """ "Claimed responsibility for the blast", "boasted of the operation": the words of whoever did it."""
    reading = draft.reading
    if (ends := affirmed(reading, verb, TAKE)) is not None and reading.lower(ends[1]) in CREDIT:
        taken = syntax.obliques(reading, ends[1], "for") + syntax.obliques(reading, verb, "for")
        if any(noun_of(reading.lower(each), lists()["nouns"]) for each in taken):
            return made(draft, ends[0], (verb, verb + 1), reading.phrase(ends[1]), "asserts")
        return None
    base = verb_of(reading.lower(verb), CLAIM)
    if base == "claim" and syntax.is_passive(reading, verb):  # "the blast was claimed by Islamic Jihad"
        thing = syntax.patient(reading, verb)
        by = next(iter(syntax.obliques(reading, verb, "by")), None)
        if thing is None or by is None or noun_of(reading.lower(thing), lists()["nouns"]) is None:
            return None
        return made(draft, by, (verb, verb + 1), reading.phrase(thing), "asserts")
    holder = syntax.subject(reading, verb)
    if base is None or holder is None or syntax.negated(reading, verb) or syntax.is_passive(reading, verb):
        return None
    thing = syntax.obj(reading, verb)
    if base == "boast":
        thing = next(iter(syntax.obliques(reading, verb, "of", "about")), None)
    if thing is None:
        return None
    lower = reading.lower(thing)
    if lower not in ("responsibility", "credit", "operation") and noun_of(lower, lists()["nouns"]) is None:
        return None
    return made(draft, holder, (verb, verb + 1), reading.phrase(thing), "asserts")


def disowned(draft: Draft, verb: int) -> Claim | None:
    """ "The authorities have disowned the act", "the ambassador laughs it off", "ridiculed the idea"."""
    reading = draft.reading
    scorns = verb_of(reading.lower(verb), lists()["scorning"]) is not None
    if not scorns and not verb_of(reading.lower(verb), lists()["denying"]):
        return None
    holder, thing = syntax.subject(reading, verb), syntax.obj(reading, verb)
    if holder is None or syntax.negated(reading, verb) or syntax.is_passive(reading, verb):
        return None
    if thing is None:
        thing = relative(reading, verb, holder)
    if thing is None:  # "laughed it off", hung anywhere
        thing = next((at for at in range(verb + 1, verb + 3) if reading.lower(at) in ("it", "this")), None)
    if thing is None:
        return None
    lower = reading.lower(thing)
    if lower not in lists()["answers"] | lists()["disowned"] and lower not in ("it", "this", "that", "which"):
        return None
    return made(draft, holder, (verb, verb + 1), reading.phrase(thing), "denies")


def relative(reading: Reading, verb: int, holder: int) -> int | None:
    """ "The poisoning, which London laid to Moscow and Moscow disowned": what the relative word stands for."""
    first = reading.sentence(verb)[0]
    if not holder < verb <= holder + 2:
        return None
    return next(
        (
            at
            for at in range(holder - 1, max(first, holder - _BACK), -1)
            if reading.lower(at) in ("which", "whom")
        ),
        None,
    )
