"""The channel that words came by: "through its embassy", "by way of an aide", "in a letter read out by the clerk".

Requires the reading and a candidate with its speaker. Gives who handed the words on, as a word; whether that is
somebody who can speak is asked by ``speakers``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, reads
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_THROUGH = {
    "through": (("through",),),
    "via": (("via",),),
    "by": (("by", "way", "of"), ("by", "means", "of")),
}
_WRITINGS = frozenset(load("reporting")["writings"])
_HANDING_ON = frozenset(load("reporting")["handing_on"])
_SAYERS = frozenset((*load("reporting")["sayers"], *load("reporting")["outlets"])) - {"channel"}
_ENDS = frozenset(("PUNCT", "CCONJ", "VERB", "AUX", "SCONJ"))
_LEAKING = frozenset(("leak",))
_POSTING = frozenset(("post", "publish", "release", "issue"))
_CARRIERS = frozenset(("in", "on", "over"))
_NEAR = 8  # words between what was written and who hands it on
_BEFORE = 14  # words between a channel and the verb of saying


def channel(reading: Reading, candidate: Candidate, sentence: WordSpan) -> list[int]:
    """Who hands on what a candidate's speaker says; empty where nobody is named."""
    found = _through(reading, candidate, sentence)
    if found is None:
        found = _handed_on(reading, candidate, sentence)
    return [] if found is None or found == candidate.holder else [found]


def _through(reading: Reading, candidate: Candidate, sentence: WordSpan) -> int | None:
    """ "Through an aide", "by way of its mission", beside the verb of saying and outside of what is said."""
    first, last = sentence
    for word in range(max(first, candidate.cue - _BEFORE), min(last - 1, candidate.cue + _NEAR)):
        known = _THROUGH.get(reading.lower(word))
        if known is None:
            continue
        phrase = next((each for each in known if reads(reading, word, each)), None)
        if phrase is None or any(a <= word < b for a, b in candidate.content):
            continue
        head = head_after(reading, word + len(phrase))
        if (
            head is not None
            and head < last
            and not any(reading.pos(at) in _ENDS for at in range(word + len(phrase), head))
            and _somebody(reading, head)
            and _beside(reading, head, candidate)
        ):
            return head
    return None


def _beside(reading: Reading, noun: int, candidate: Candidate) -> bool:
    """The phrase hangs on the verb of saying or its speaker, or on "speaking", and on no clause of its own."""
    for head, relation in syntax.governors(reading, noun):
        if head in (candidate.cue, candidate.holder):
            return True
        if head == syntax.parent(reading, candidate.cue) and _same_doer(reading, candidate.cue):
            return True
        if relation.startswith(("acl", "ccomp", "conj")):
            return False
        if relation == "advcl" and reading.lower(head) != "speaking":
            return False
    return False


def _same_doer(reading: Reading, cue: int) -> bool:
    """ "Voiced concern through an aide and recalled that …": the second verb has no speaker of its own."""
    return reading.deprel(cue) == "conj" and not syntax.kids(reading, cue, "nsubj")


def _somebody(reading: Reading, head: int) -> bool:
    """No channel are times, places and means: a person or body stands there, named or with an article or owner."""
    if reading.pos(head) == "PROPN":
        return reading.entity_at(head) in ("PER", "ORG")
    named = any(reading.deprel(child) in ("det", "nmod:poss") for child in reading.children(head))
    named = named or noun_of(reading.lower(head), _SAYERS) is not None  # no "diplomatic channels"
    return reading.pos(head) == "NOUN" and named  # "by way of answer" is nobody


def _handed_on(reading: Reading, candidate: Candidate, sentence: WordSpan) -> int | None:
    """ "In a telegram, printed by a weekly, he wrote", "said in remarks carried by the agency": they hand it on."""
    first, last = sentence
    for word in range(first + 1, last - 2):
        if verb_of(reading.lower(word), _LEAKING) is not None and reading.lower(word + 1) in ("to", "by"):
            head = head_after(reading, word + 2)  # "finds in its report, leaked to the Tribune, that …"
            if head is not None and head < last and not _inside(candidate, word) and _somebody(reading, head):
                return head
    for word in range(candidate.cue + 1, min(last - 3, candidate.cue + _NEAR)):
        said = noun_of(reading.lower(word), _WRITINGS) is not None and not _inside(candidate, word)
        posted = (
            verb_of(reading.lower(word + 1), _POSTING) is not None
        )  # "a statement posted on the net": his own
        by = reading.lower(word + 2)
        if said and _participle(reading, word, word + 2) and ((by in _CARRIERS and not posted) or by == "by"):
            head = head_after(reading, word + 3)
            return head if head is not None and head < last and head != candidate.holder else None
    for word in range(first, candidate.cue):
        if noun_of(reading.lower(word), _WRITINGS) is None or reading.pos(word) != "NOUN":
            continue
        for at in range(word + 1, min(word + 1 + _NEAR, candidate.cue - 1)):
            if reading.lower(at) in ("by", "over") and _participle(reading, word, at):
                head = head_after(reading, at + 1)
                return (
                    head if head is not None and head < candidate.cue and head != candidate.holder else None
                )
            if reading.word(at) in ";:" or reading.deprel(at).startswith("nsubj"):
                break
    return None


def _inside(candidate: Candidate, word: int) -> bool:
    return any(start <= word < end for start, end in candidate.content)


def _participle(reading: Reading, start: int, end: int) -> bool:
    return any(verb_of(reading.lower(at), _HANDING_ON) is not None for at in range(start + 1, end))
