"""Whom a claim puts an incident down to, or clears: the frames in which blame is laid.

Requires claims and the resolver. Blame is laid by the cue ("blames Moscow for"), by a doer in the content ("Armenian
forces had shelled"), or by words of involvement ("was behind it", "the work of", "a Russian hand"). Whoever holds the
claim is never among those whom it accuses, except where somebody owns up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.sides import guessed
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.inflect import verb_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_BLAMING = frozenset(("accuse", "blame", "charge", "fault", "implicate", "suspect", "incriminate"))
_LAYING = frozenset(("lay", "pin", "put", "place"))
_UNLIKELY = frozenset(("PR-", "PS-", "CT-"))
_NOBODY = frozenset(("place", "outlet"))
_GUESSED = frozenset(("story", "scene", "nobody"))  # a code that rests on whose story it is, not on words
_ANAPHORS = frozenset(
    "charge charges accusation accusations allegation allegations claim claims report reports story suggestion version "
    "explanation verdict theory notion idea finding findings conclusion conclusions suspicion suspicions".split()
)
_POINTERS = frozenset(("this", "that", "it", "them", "so", "these", "those"))
_SHORT = 60
_ATTRIBUTING = frozenset(("accuses", "asserts", "assesses", "confirms"))


@dataclass(frozen=True, slots=True)
class Blame:
    """Actors with one verdict: attributed, denied or disputed.

    ``pointing``: the claim speaks of an incident by its own words.
    """

    actors: tuple[str, ...]
    verdict: str
    pointing: bool


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            r"\b(?:"
            + "|".join(re.escape(word) for word in sorted(lists()[name], key=len, reverse=True))
            + r")\b",
            re.I,
        )
        for name in ("blame_before", "blame_after", "involvement")
    }


def blame_of(draft: Draft, claim: Claim) -> Blame | None:
    """Whom a claim blames or clears; None where it does neither."""
    if not claim.content:
        return None
    text = " ".join(draft.document.words(span) for span in claim.content)
    if claim.stance == "denies":
        return _denial(draft, claim, text)
    if claim.stance in _ATTRIBUTING:
        accused, pointing = _accused(draft, claim, text)
        if not accused:
            return None
        factuality = claim.certainty.factuality if claim.certainty is not None else "CT+"
        doubted = factuality in _UNLIKELY or _negative(draft, claim)
        return Blame(accused, "disputed" if doubted else "attributed", pointing)
    if claim.stance == "questions":
        accused, pointing = _accused(draft, claim, text)
        return Blame(accused, "disputed", pointing) if accused else None
    return None


def _denial(draft: Draft, claim: Claim, text: str) -> Blame | None:
    """Whom a denial clears: whom its content names as the doer, else the holder's own side."""
    named = _doers(draft, claim) or _by_words(draft, claim)
    involved = _patterns()["involvement"].search(text) is not None
    blaming = _patterns()["blame_before"].search(text) or _patterns()["blame_after"].search(text)
    if named:
        return Blame(named[:1], "denied", True)
    if claim.holder is None:
        return None
    anaphoric = is_answer(draft, claim)
    return Blame((claim.holder,), "denied", involved or blaming is not None) if (
        involved or blaming or anaphoric or _tells(draft, claim)
    ) else None  # fmt: skip


def is_answer(draft: Draft, claim: Claim) -> bool:
    """A denial that points back to what somebody else said: "the charge", "this"."""
    text = " ".join(draft.document.words(span) for span in claim.content).lower()
    words = set(re.findall(r"[a-z]+", text))
    return len(text) < _SHORT and (bool(_ANAPHORS & words) or (len(words) < 3 and bool(_POINTERS & words)))


def _tells(draft: Draft, claim: Claim) -> bool:
    """The content itself tells of a harmful deed: "its forces had shelled the port", "having poisoned them"."""
    reading = draft.reading
    heads = (head_of(reading, reading.words_in(span)) for span in claim.content)
    return any(
        reading.pos(word) == "VERB" and verb_of(reading.lower(word), lists()["verbs"]) is not None
        for word in heads
    )


def names(draft: Draft, claim: Claim, code: str) -> bool:
    """A claim's own words name a party of a code, in its content or beside its cue."""
    reading = draft.reading
    spans = [*claim.content, *([claim.cue] if claim.cue is not None else [])]
    for span in spans:
        for word in range(*reading.words_in(span)):
            if reading.word(word)[:1].isupper() and reading.pos(word) in ("PROPN", "ADJ", "NOUN"):
                party = draft.resolver.resolve((word, word + 1))
                if party is not None and party.code == code and party.why not in _GUESSED:
                    return True
    return False


def _accused(draft: Draft, claim: Claim, text: str) -> tuple[tuple[str, ...], bool]:
    """The accused, and whether the claim lays blame by its own words."""
    by_cue = _by_cue(draft, claim)
    if by_cue is not None:
        return by_cue, _of_nothing_else(draft, claim)
    by_words = _by_words(draft, claim)
    if by_words:
        return by_words, True
    return _doers(draft, claim), False


def _of_nothing_else(draft: Draft, claim: Claim) -> bool:
    """ "Blamed Moscow", "accused Tehran of it": the wrong is not told with the cue, so that it stands before."""
    reading = draft.reading
    assert claim.cue is not None
    cues = range(*reading.words_in(claim.cue))
    if any(verb_of(reading.lower(word), frozenset(("accuse", "charge"))) for word in cues):
        return is_answer(draft, claim)
    return True


def _by_cue(draft: Draft, claim: Claim) -> tuple[str, ...] | None:
    """ "Blames X for", "accuses X of", "X is suspected of", "blames it on X"; None where the cue is none of these."""
    reading = draft.reading
    if claim.cue is None:
        return None
    first, last = reading.words_in(claim.cue)
    cue = next(
        (word for word in range(first, last) if verb_of(reading.lower(word), _BLAMING | _LAYING)), None
    )
    if cue is None:
        return None
    if verb_of(reading.lower(cue), _LAYING):
        return _actors(draft, claim, syntax.obliques(reading, cue, "on", "at")) or None
    if syntax.is_passive(reading, cue):
        patient = syntax.patient(reading, cue)
        return _actors(draft, claim, [patient] if patient is not None else [])
    onto = syntax.obliques(reading, cue, "on")
    target = syntax.obj(reading, cue)
    heads = onto or (syntax.conjuncts(reading, target) if target is not None else [])
    named = [each for head in heads for each in syntax.conjuncts(reading, head)]
    found = _actors(draft, claim, named)
    if found or target is None:
        return found
    start, end = reading.subtree(target)
    stop = next((word for word in range(target, end) if reading.lower(word) in ("of", "for", "with")), end)
    return _first_party(draft, claim, range(start, stop))


def _by_words(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """ "X was behind it", "the work of X", "a Russian hand"."""
    reading, text = draft.reading, draft.document.text
    for span in claim.content:
        words = reading.words_in(span)
        match = _patterns()["blame_after"].search(text, *span)
        if match is not None:
            after = reading.words_in((match.end(), span[1]))
            found = _first_party(draft, claim, range(*after))
            if found:
                return found
        match = _patterns()["blame_before"].search(text, *span)
        if match is not None:
            at = reading.words_in(match.span())[0]
            found = _first_party(draft, claim, range(reading.words_in(claim.content[0])[0], at))
            if found:
                return found
        owners = [
            child
            for word in range(*words)
            if reading.lower(word) in lists()["blame_owner"]
            for child in reading.children(word)
            if reading.deprel(child) in ("nmod:poss", "amod", "compound")
            and reading.word(child)[:1].isupper()
        ]
        found = _actors(draft, claim, owners)
        if found:
            return found
    return ()


def _first_party(draft: Draft, claim: Claim, words: range) -> tuple[str, ...]:
    reading = draft.reading
    for word in words:
        if reading.pos(word) not in ("PROPN", "NOUN", "ADJ") or not reading.word(word)[:1].isupper():
            continue
        found = _actors(draft, claim, [word])
        if found:
            return found
    return ()


def _doers(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """Who does the harmful deed that the content tells of."""
    reading = draft.reading
    for span in claim.content:
        for word in range(*reading.words_in(span)):
            if reading.pos(word) != "VERB" or not _harmful(reading, word):
                continue
            doer = syntax.agent(reading, word)
            if doer is None:
                continue
            found = _actors(draft, claim, syntax.conjuncts(reading, doer))
            if found:
                return found
    return ()


def _harmful(reading: Reading, word: int) -> bool:
    if verb_of(reading.lower(word), lists()["verbs"]) is not None:
        return True
    return any(
        each.trigger[0] <= word < each.trigger[1] and each.type == "ASSAULT" for each in reading.events
    )


def _actors(draft: Draft, claim: Claim, heads: list[int]) -> tuple[str, ...]:
    """The actors of nouns that may have done something, the claim's own holder left out."""
    own = None if claim.holder is None or guessed(draft, claim.holder) else draft.code_of(claim.holder)
    found: list[str] = []
    for head in heads:
        party = draft.resolver.resolve(draft.reading.phrase(head))
        if party is None or party.code is None or party.kind in _NOBODY or party.code == own:
            continue
        if party.why in _GUESSED:
            continue
        actor = draft.actor_of(party, draft.reading.phrase(head))
        if all(draft.code_of(other) != party.code for other in found):
            found.append(actor)
    return tuple(found)


def _negative(draft: Draft, claim: Claim) -> bool:
    """The content says that it was not so: "no evidence that", "not the work of", "unlikely"."""
    reading = draft.reading
    words = reading.words_in(claim.content[0])
    head = head_of(reading, words) if words[0] < words[1] else words[0]
    first = [reading.lower(word) for word in range(words[0], min(words[0] + 6, words[1]))]
    return syntax.negated(reading, head) or any(word in ("no", "unlikely", "not", "never") for word in first)
