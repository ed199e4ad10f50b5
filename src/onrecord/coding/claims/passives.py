"""Reported words whose verb stands in the passive: "was told by the ministry that", "is said to", "it was reported".

Requires the reading. Gives candidates, with nobody as the holder where the words name none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims.contents import clauses_below, contents_of, cut, infinitives, prepositional
from onrecord.coding.claims.cue_verbs import Candidate, Verb, make
from onrecord.coding.claims.declining import asked
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_TELLING = frozenset(("tell", "inform", "notify", "warn", "assure", "ask"))
_OFFICES = frozenset(("ministry", "department", "office", "presidency", "headquarters"))
_TOLD = frozenset(("told", "informed", "warned"))
_INTO = frozenset(("to", "at", "into"))
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday noon midnight tomorrow today tonight dawn then now "
    "january february march april may june july august september october november december".split()
)


def passive(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    """ "X was accused of …" (holder the "by" phrase, or nobody), "X is said to …", "is reported to have …"."""
    if verb.base == "ask" and (_summoner(reading, word) is None or not infinitives(reading, word)):
        return asked(reading, word)
    holder = syntax.agent(reading, word)
    if holder is not None and reading.lower(holder) in _TIMES:
        holder = None  # "told to be out by Sunday"
    if holder is None and verb.base in _TELLING:
        holder = _summoner(reading, word) or received_at(reading, word)
    agentless = load("reporting")["agentless"]
    patient = syntax.patient(reading, word)
    if holder is None and verb.base not in agentless:
        if verb.stance in ("denies", "confirms", "declines"):
            return _passive_in(reading, word, verb, patient)
        if verb.addressee == ("object",) or verb.base in ("tell", "inform", "assure", "warn", "notify"):
            contents = contents_of(reading, word, verb)[1]
            made = [make(word, verb, None, [content]) for content in contents]
            for each in made:
                each.addressee, each.agentless = patient, True
            return made if verb.base != "tell" or not infinitives(reading, word) else []
        return []
    contents = (
        prepositional(reading, word, "of")
        or prepositional(reading, word, "with")
        or infinitives(reading, word)
    )
    if not contents:
        contents = clauses_below(reading, word)
    if (
        not contents
        and verb.base in ("accuse", "blame", "charge")
        and (found := prepositional(reading, word, "for"))
    ):
        contents = found
    if verb.base in _TELLING and holder is not None:
        told = {match.word for match in matches(reading)}
        contents = contents or _behind_that(reading, word, holder)
        contents = [each for each in contents if not told & set(range(*each))]  # the measure is the telling
        made = [make(word, verb, holder, [each]) for each in contents]
        for candidate in made:
            candidate.addressee, candidate.rule = patient, "passive"
        return made
    if not contents and holder is not None and patient is not None:
        contents = [cut(reading, reading.phrase(patient))]
    stance = verb.stance if holder is not None else agentless.get(verb.base, verb.stance)
    made = []
    for content in contents:
        span = content
        if (
            verb.base not in ("accuse", "charge", "blame", "reproach")
            and patient is not None
            and content[0] > word
        ):
            start = reading.phrase(patient)[0]
            span = (start, content[1]) if start < word else content
        candidate = make(word, verb, holder, [span])
        candidate.stance, candidate.agentless, candidate.rule = stance, holder is None, "passive"
        candidate.hedged = verb.hedge or holder is None
        made.append(candidate)
    return made


def _behind_that(reading: Reading, word: int, holder: int) -> list[WordSpan]:
    """ "Was told by the ministry that the lease had ended", wherever the tree hangs the clause."""
    _, last = syntax.sentence(reading, word)
    that = holder > word and reading.lower(holder + 1) == "that"
    return [cut(reading, (holder + 1, last))] if that else []


def _summoner(reading: Reading, word: int) -> int | None:
    """ "Was called in by the ministry and told that", "was summoned to the ministry and informed"."""
    head = syntax.parent(reading, word)
    if head is None or reading.deprel(word) != "conj" or not syntax.is_passive(reading, head):
        return None
    doer = syntax.agent(reading, head)
    if doer is not None:
        return doer if reading.lower(doer) not in _TIMES else None
    places = syntax.obliques(reading, head, "to", "at")
    return next((each for each in places if noun_of(reading.lower(each), _OFFICES) is not None), None)


def received_at(reading: Reading, word: int) -> int | None:
    """ "Called to the foreign ministry, he was told that", "went to the ministry to be told": the house tells him."""
    if reading.lower(word) not in _TOLD or not syntax.is_passive(reading, word):
        return None
    number = reading.sentence_of(word)
    for first, last in reversed(reading.sentence_spans[max(0, number - 1) : number + 1]):
        if "\n" in reading.text[reading.end(last - 1) : reading.start(word)]:
            return None
        for at in range(min(word, last) - 1, first, -1):
            private = reading.lower(at) == "office" and reading.lower(at - 1) != "foreign"  # a lawyer's
            if noun_of(reading.lower(at), _OFFICES) is not None and syntax.case(reading, at) in _INTO:
                return None if private else at
    return None


def _passive_in(reading: Reading, word: int, verb: Verb, patient: int | None) -> list[Candidate]:
    """ "That explanation is rejected in Athens": the place stands for the holder."""
    for child in syntax.obliques(reading, word, "in"):
        if reading.word(child)[:1].isupper() and patient is not None:
            return [make(word, verb, child, [cut(reading, reading.phrase(patient))])]
    return []


def house(reading: Reading, word: int) -> int | None:
    """ "It was underlined in the ministry that": the house stands for who speaks in it."""
    for child in syntax.obliques(reading, word, "in", "at"):
        if noun_of(reading.lower(child), _OFFICES) is not None or reading.entity_at(child) == "ORG":
            return child
    return None


def impersonal(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    """ "It is believed that …", "it was reported that …": nobody is named."""
    contents = clauses_below(reading, word)
    made = []
    for content in contents:
        candidate = make(word, verb, None, [content])
        candidate.holder = house(reading, word)
        candidate.agentless = candidate.hedged = candidate.holder is None
        candidate.rule = "impersonal"
        made.append(candidate)
    return made
