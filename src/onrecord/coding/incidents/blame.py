"""Whom a claim puts an incident down to, or clears, and with which verdict.

Requires claims and the resolver. Blame is laid by the cue ("blames Moscow for"), by words of involvement ("was behind
it", "the work of"), by saying who it was, or by a doer in the content ("Armenian forces had shelled"). A denial clears
whom it names, else its holder; a doubt, or a denial by somebody who only knows of nothing, is a dispute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.incidents.accused import (
    by_act,
    by_identity,
    by_words,
    patterns,
)
from onrecord.coding.incidents.cued import by_cue
from onrecord.coding.incidents.deeds import by_deed, sends_doers
from onrecord.coding.incidents.mentions import is_harmful, lists
from onrecord.coding.incidents.suspects import GUESSED, as_group
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim

_UNLIKELY = frozenset(("PR-", "PS-", "CT-"))
_SHORT = 60
# "he took no part in the storming", "it had had nothing to do with it"
_NO_PART = re.compile(
    r"\b(?:he|she|it|they|we|I|its|his|their|our)\b.*\b(?:no (?:part|hand|role)\b|nothing to do with\b|not involved\b)"
)
_THE = frozenset(("the", "this", "that", "these", "those"))
_ATTRIBUTING = frozenset(("accuses", "asserts", "assesses", "confirms"))
_OWNING = frozenset(("claim", "boast", "admit", "avow", "take", "assume", "accept"))
_ADMITTING = frozenset(("admit", "acknowledge", "concede", "confess", "own"))
_GROUPS = frozenset(("group", "party"))


@dataclass(frozen=True, slots=True)
class Blame:
    """Actors with one verdict: attributed, denied or disputed.

    ``pointing``: the claim speaks of an incident by its own words.
    """

    actors: tuple[str, ...]
    verdict: str
    pointing: bool


def blame_of(draft: Draft, claim: Claim) -> Blame | None:
    """Whom a claim blames or clears; None where it does neither."""
    if not claim.content:
        return None
    text = " ".join(draft.document.words(span) for span in claim.content)
    if claim.stance == "denies" or _dismisses(draft, claim, text) or _never_admitted(draft, claim):
        return _denial(draft, claim, text)
    if claim.stance in ("asserts", "confirms", "accuses") and _owns_up(draft, claim):
        assert claim.holder is not None
        return Blame((as_group(draft, claim.holder),), "attributed", True)
    if claim.stance in _ATTRIBUTING or claim.stance == "questions":
        accused, pointing = _accused(draft, claim)
        if not accused and claim.stance == "questions" and claim.holder is not None and _by_own(draft, claim):
            return Blame((claim.holder,), "disputed", True)
        if not accused:
            return None
        factuality = claim.certainty.factuality if claim.certainty is not None else "CT+"
        doubted = claim.stance == "questions" or factuality in _UNLIKELY or _negative(draft, claim)
        doubted = doubted or "false-flag" in text or "false flag" in text
        if _unaccused(draft, claim):
            return Blame(accused, "denied", True)
        return Blame(accused, "disputed" if doubted else "attributed", pointing)
    return None


def _owns_up(draft: Draft, claim: Claim) -> bool:
    """The holder says that it was he: "claimed responsibility", "its forces had sent ten drones"."""
    reading = draft.reading
    if claim.holder is None or claim.cue is None:
        return False
    start, end = reading.words_in(claim.content[0])
    cues = [reading.lower(word) for word in range(*reading.words_in(claim.cue))]
    if any(verb_of(each, _OWNING) for each in cues) and end > start:
        head = reading.lower(head_of(reading, (start, end)))
        return (
            head in ("responsibility", "credit", "operation", "deed")
            or noun_of(head, lists()["nouns"]) is not None
        )
    for word in range(start, end) if claim.stance != "accuses" else ():
        if reading.pos(word) == "VERB" and is_harmful(reading, word) and not syntax.negated(reading, word):
            doer = syntax.agent(reading, word)
            if doer is None or not start <= doer < end:
                return False
            owner = next(iter(syntax.kids(reading, doer, "nmod:poss")), doer)
            armed = noun_of(reading.lower(doer), lists()["officials"] | lists()["missiles"]) is not None
            own = reading.lower(owner) in ("its", "our", "we", "his", "their")
            return own and (
                draft.actor(claim.holder).kind in _GROUPS
                or (
                    armed
                    and syntax.obj(reading, word) is not None
                    and draft.code_of(claim.holder) is not None
                )
            )
    return False


def _by_own(draft: Draft, claim: Claim) -> bool:
    """ "Doubts that the shells were fired by its army": a deed of the holder's own people."""
    reading = draft.reading
    for span in claim.content:
        for word in range(*reading.words_in(span)):
            if reading.pos(word) != "VERB" or not is_harmful(reading, word):
                continue
            doer = syntax.agent(reading, word)
            if doer is not None and any(
                reading.lower(each) in ("its", "their", "his", "our")
                for each in syntax.kids(reading, doer, "nmod:poss")
            ):
                return True
    return False


def _unaccused(draft: Draft, claim: Claim) -> bool:
    """ "It does not accuse Cameroon"."""
    reading = draft.reading
    if claim.cue is None or claim.stance != "accuses":
        return False
    return any(
        reading.pos(word) == "VERB" and syntax.negated(reading, word, own=True)
        for word in range(*reading.words_in(claim.cue))
    )


def _dismisses(draft: Draft, claim: Claim, text: str) -> bool:
    """ "Called that absurd", "rejected any involvement and said …": a denial under another cue."""
    reading = draft.reading
    start, end = reading.words_in(claim.content[0])
    if end > start and verb_of(reading.lower(start), lists()["denying"]):
        return True
    if claim.stance == "asserts" and claim.cue is not None and claim.cue[0] >= claim.content[-1][1]:
        cue = reading.words_in(claim.cue)[1] - 1  # "the Guards did it, which the Guards deny"
        return verb_of(reading.lower(cue), lists()["denying"]) is not None
    if claim.stance == "asserts" and _NO_PART.search(text) is not None:
        return True
    if claim.stance not in ("asserts", "assesses") or len(text) > _SHORT:
        return False
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words & lists()["dismissive"]) and not words & {"not", "decision", "step", "move", "measure"}


def _never_admitted(draft: Draft, claim: Claim) -> bool:
    """ "Has never admitted that his army crossed the border"."""
    reading = draft.reading
    return claim.cue is not None and any(
        verb_of(reading.lower(word), _ADMITTING) is not None and syntax.negated(reading, word)
        for word in range(*reading.words_in(claim.cue))
    )


def _denial(draft: Draft, claim: Claim, text: str) -> Blame | None:
    """Whom a denial clears: whom its content names as the doer, else the holder's own side."""
    named = (
        by_deed(draft, claim)
        or by_words(draft, claim)
        or by_words(draft, claim.model_copy(update={"holder": None}))
    )
    unaware = any(each in text.lower() for each in lists()["unaware"])
    if named:
        own = claim.holder is not None and draft.code_of(claim.holder) in {
            draft.code_of(each) for each in named
        }
        if own:  # "his people had lit no fire", "none of its members went in"
            named = (claim.holder,) if claim.holder is not None and len(named) == 1 else named
        return Blame(named, "disputed" if unaware and not own else "denied", True)
    involved = patterns()["involvement"].search(text) is not None
    blaming = patterns()["blame_before"].search(text) or patterns()["blame_after"].search(text)
    if claim.holder is None:
        return None
    if draft.code_of(claim.holder) is None and draft.actor(claim.holder).kind != "person":
        return None
    if _of_incident(draft, claim):
        return Blame((claim.holder,), "denied", True)
    if not (
        involved
        or blaming
        or is_answer(draft, claim)
        or _tells(draft, claim)
        or _dismisses(draft, claim, text)
    ):
        return None
    return Blame((claim.holder,), "denied", involved or blaming is not None)


def _of_incident(draft: Draft, claim: Claim) -> bool:
    """ "Disclaimed the attack", "denied the bombing": what is denied is the incident itself."""
    reading = draft.reading
    words = reading.words_in(claim.content[0])
    cues = () if claim.cue is None else range(*reading.words_in(claim.cue))
    if words[0] >= words[1] or not any(verb_of(reading.lower(each), lists()["denying"]) for each in cues):
        return False
    head = head_of(reading, words)
    if reading.lower(words[0]) == "there":  # "denies that there was any kidnapping"
        head = next((at for at in range(*words) if reading.pos(at) == "NOUN"), head)
    return reading.pos(head) == "NOUN" and noun_of(reading.lower(head), lists()["nouns"]) is not None


def is_answer(draft: Draft, claim: Claim) -> bool:
    """A denial that points back to what somebody else said: "the charge", "this", "everything"."""
    text = " ".join(draft.document.words(span) for span in claim.content).lower()
    words = set(re.findall(r"[a-z]+", text))
    if len(text) >= _SHORT:
        start, end = draft.reading.words_in(claim.content[0])
        opening = [draft.reading.lower(word) for word in range(start, min(start + 2, end))]
        return start < end and (
            draft.reading.lower(head_of(draft.reading, (start, end))) in lists()["answers"]
            or (opening[0] in _THE and opening[-1] in lists()["answers"])  # "the accusation and, moreover, …"
        )
    return (
        bool(lists()["answers"] & words)
        or (len(words) < 4 and bool(lists()["pointers"] & words))
        or bool(lists()["dismissive"] & words)
    )


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
                if party is not None and party.code == code and party.why not in GUESSED:
                    return True
    return False


def _accused(draft: Draft, claim: Claim) -> tuple[tuple[str, ...], bool]:
    """The accused, and whether the claim lays blame by its own words."""
    cued = by_cue(draft, claim)
    if cued is not None:
        return cued, _of_nothing_else(draft, claim)
    found = by_words(draft, claim)
    if found:
        return found, True
    found = by_identity(draft, claim) or by_act(draft, claim)
    if found:
        return found, True
    return by_deed(draft, claim), False


def _of_nothing_else(draft: Draft, claim: Claim) -> bool:
    """ "Blamed Moscow", "accused Tehran of it": the wrong is not told with the cue, so that it stands before."""
    reading = draft.reading
    assert claim.cue is not None
    cues = range(*reading.words_in(claim.cue))
    if any(verb_of(reading.lower(word), frozenset(("accuse", "charge"))) for word in cues):
        return is_answer(draft, claim) or sends_doers(draft.reading, claim)
    return True


def names_only(draft: Draft, claim: Claim) -> bool:
    """ "Accuses the president personally", "accused Tehran": the content tells of no wrong."""
    reading = draft.reading
    return all(
        reading.pos(word) not in ("VERB", "AUX", "ADP", "SCONJ")
        and noun_of(reading.lower(word), lists()["nouns"]) is None
        for span in claim.content
        for word in range(*reading.words_in(span))
    )


def _negative(draft: Draft, claim: Claim) -> bool:
    """The content says that it was not so: "no evidence that", "not the work of", "unlikely"."""
    reading = draft.reading
    words = reading.words_in(claim.content[0])
    head = head_of(reading, words) if words[0] < words[1] else words[0]
    first = [reading.lower(word) for word in range(words[0], min(words[0] + 6, words[1]))]
    if any(reading.lower(word) in ("without", "else") for word in range(*words)):
        return False  # "could not have got in without consent of the regime", "the army and no one else"
    return syntax.negated(reading, head) or any(word in ("no", "unlikely", "not", "never") for word in first)
