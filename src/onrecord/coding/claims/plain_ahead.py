"""What is plainly to come, in words that need no weighing: refused, spared, held out, asked under a term, foreseen.

Requires a candidate, the parties of holder and content, and the measures told. Who will not comply or says that an
apology is out of the question declines; who will not break with another, or lets nobody be harmed, promises. "A fitting
answer" and what follows "otherwise" are threatened, what somebody "has until noon" to do is demanded, and an event that
is called likely is foreseen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.stance import own_subject
from onrecord.coding.claims.stance_ahead import ONLOOKERS, adverse, official
from onrecord.coding.cues import Phrases, load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

_STANCE = load("stance")
_WITHSTANDING, _SPARING = frozenset(_STANCE["withstanding"]), frozenset(_STANCE["sparing"])
_CARING = frozenset(_STANCE["caring"])
_REQUITALS, _STEPS = frozenset(_STANCE["requitals"]), frozenset(_STANCE["requital_steps"])
_REQUITING, _FAILING = frozenset(_STANCE["requiting"]), tuple(_STANCE["failing"])
_WILL = frozenset(("will", "would", "shall", "'ll", "’ll", "wo"))
_NOBODY = frozenset(("nobody", "none", "no", "neither"))
_HOLDING_OUT = frozenset("promise pledge vow announce speak talk signal hint indicate swear prepare".split())
_NAMING = frozenset("speak talk".split())
_FORETELLING = frozenset("predict forecast foresee prophesy anticipate foretell".split())
_OPINIONS = frozenset("think believe reckon judge say estimate guess".split())
_EFFECTS = frozenset(_STANCE["effects"])
_UNHEEDED = frozenset(("unless", "not", "n't", "n’t", "until", "failing", "no"))
_FAILING_TO = frozenset(("refuse", "fail", "decline", "persist", "reject"))
_SOURCES = re.compile(r"\b(?:sources?|aides?|advis[eo]rs?|persons?|people|insiders?|circles?)\b", re.I)
_VOICES = re.compile(
    r"\b(?:diplomats?|officials?|members?|lawmakers?|parliamentarians?|senators?|radio|stations?|officers?|envoys?|ambassadors?)\b",
    re.I,
)
_MAY = frozenset(("may", "might", "could"))
_ACCOUNTING = frozenset("explain reflect account stem indicate betray signify".split())
_PERMITTED = frozenset("stay remain return keep come go continue travel read see talk speak live".split())
_SOON = re.compile(r"\ba (?:matter|question) of (?:hours|days|weeks|months|time)\b", re.I)
_ABLE = frozenset(("can", "could", "may", "might", "must", "should"))
_NO_DEMAND = frozenset(
    "leave go pack quit depart get be vacate clear cross sail move board expect bear face suffer".split()
)
_SPELL = r"(?:an?|\w+|\w+ more) (?:hours?|days?|weeks?|fortnight|months?)"
_OUGHT = frozenset(("should", "ought"))
_NO_DUTY = frozenset("have take know be come mean seem surprise expect begin".split())
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}})"
_FROM_A_DAY = re.compile(rf"\b(?:from|as of|as from|with effect from) (?:the )?{_DAY}")
_AND_DONE = re.compile(r"\band (?:has|have) (?:already )?\w+(?:ed|n|t)\b")
_TERM = re.compile(
    rf"^(?:(?:[^,;]{{0,60}} )?(?:has|have|had) (?:{_SPELL}|until|till)|until)\b.{{0,30}}?\bto (\w+)", re.I
)
_WISHED = re.compile(r"\bwould like (?:to see\b|(?!to\b)[^,;]{2,60}? to \w+)", re.I)
_LIKELY = r"(?:un)?(?:likely|probable|improbable)"
_FORESEEN = re.compile(
    rf"^(?!it\b|this\b|that\b).*\b(?:is|are|was|were|seem(?:s|ed)?|look(?:s|ed)?) (?:\w+ )?{_LIKELY}\W*$|"
    r"\b(?:is|are|was|were) (?:\w+ly )?expected to (?!have\b)",
    re.I,
)


@lru_cache(maxsize=1)
def _forms() -> dict[str, Phrases]:
    return {
        name: Phrases(_STANCE[name])
        for name in ("withstanding_forms", "sparing_forms", "closed", "welcoming_forms", "suing")
    }


def plainly_ahead(reading: Reading, candidate: Candidate, sides: Sides, text: str) -> str | None:
    """The stance of what is plainly to come; None where the words leave it open."""
    root = head_of(reading, candidate.content[0])
    if (held := _held_out(reading, candidate, sides, root)) is not None:
        return held
    if candidate.stance == "predicts" and candidate.base in _FORETELLING:
        return "predicts"
    if candidate.base == "warn" and _effect(reading, candidate, sides, root):
        return "predicts"
    if _refused_else(reading, candidate, sides, root):
        return "threatens"
    if candidate.stance == "promises":
        return None
    if candidate.base == "tell" and candidate.stance == "asserts" and _ordered(reading, candidate, root):
        return "demands"
    if candidate.base in _OPINIONS and _SOON.search(text):
        return "predicts"
    if candidate.stance != "asserts":
        return None
    if _FORESEEN.search(text):
        return "predicts"
    if _WISHED.search(text):
        return "demands"
    if _MAY & set(syntax.auxiliaries(reading, root)) and verb_of(reading.lower(root), _ACCOUNTING):
        return "assesses"  # "the visit might explain the haste"
    if _thought_possible(reading, candidate, sides, root):
        return "predicts"
    if not candidate.conditional and _settled(reading, root, text):
        return "asserts"
    if _forms()["closed"].search(text):
        return "declines"
    if official(sides) and _forms()["welcoming_forms"].search(text):
        return "promises"
    own = own_subject(reading, candidate, sides) or _his_government(reading, candidate, sides)
    auxiliaries = set(syntax.auxiliaries(reading, root))
    if auxiliaries & _WILL:
        return _willed(reading, candidate, sides, root, text, own)
    asks = own is not True and ONLOOKERS.search(sides.speaker) is None
    return _asked(reading, candidate, sides, root, text, auxiliaries) if asks else None


def _settled(reading: Reading, root: int, text: str) -> bool:
    """ "Latvia too would reduce its embassy from Feb. 24": a measure whose day is fixed is announced."""
    measured = any(match.word == root for match in matches(reading))
    return (
        measured
        and bool(_WILL & set(syntax.auxiliaries(reading, root)))
        and (_FROM_A_DAY.search(text) is not None or _AND_DONE.search(text) is not None)
    )


def _thought_possible(reading: Reading, candidate: Candidate, sides: Sides, root: int) -> bool:
    """ "The envoy could be asked to leave", said a diplomat: what somebody who decides nothing holds possible."""
    auxiliaries = set(syntax.auxiliaries(reading, root))
    if not auxiliaries & _MAY or "have" in auxiliaries:
        return False
    if candidate.conditional and not (syntax.is_passive(reading, root) and _adverse_verb(reading, root)):
        return False
    if syntax.negated(reading, root) or verb_of(reading.lower(root), _PERMITTED) is not None:
        return False
    return any(each.search(sides.speaker) for each in (ONLOOKERS, _SOURCES, _VOICES))


def _adverse_verb(reading: Reading, root: int) -> bool:
    """ "May be expelled", "might be turned back"."""
    return "adverse_deed" in classes_of(reading.lemma(root)) or any(
        match.word == root for match in matches(reading)
    )


def _ordered(reading: Reading, candidate: Candidate, root: int) -> bool:
    """ "Told Serbia to have the policemen freed": a bare verb behind "to"."""
    start = candidate.content[0][0]
    bare = reading.pos(root) in ("VERB", "AUX") and reading.lower(root) == reading.lemma(root)
    return bare and "to" in (reading.lower(start), reading.lower(start - 1))


def _effect(reading: Reading, candidate: Candidate, sides: Sides, root: int) -> bool:
    """ "Warned that the step would isolate Israel further": what follows of itself, and nobody does."""
    if verb_of(reading.lower(root), _EFFECTS) is None or candidate.conditional:
        return False
    ahead = (_WILL | _ABLE) & set(syntax.auxiliaries(reading, root))
    return bool(ahead) and (sides.subject is None or sides.thing or sides.subject != sides.holder)


def _refused_else(reading: Reading, candidate: Candidate, sides: Sides, root: int) -> bool:
    """ "Unless the passes are restored, Belarus will leave the dialogue": what an own side does if it is not heeded."""
    if candidate.condition is None or candidate.stance not in ("asserts", "promises"):
        return False
    if not official(sides) or _SOURCES.search(sides.speaker) or "have" in syntax.auxiliaries(reading, root):
        return False
    start, end = candidate.condition
    unheeded = any(
        reading.lower(at) in _UNHEEDED or verb_of(reading.lower(at), _FAILING_TO) is not None
        for at in range(start, end)
    )
    if not unheeded or not _WILL & set(syntax.auxiliaries(reading, root)):
        return False
    own = own_subject(reading, candidate, sides)
    negated = syntax.negated(reading, root) or _nobody(reading, candidate.content[0][0], root)
    if (
        negated and own is None
    ):  # "relations will not return to normal unless …", "neither will reopen until …"
        return "adverse_deed" not in classes_of(reading.lemma(root))
    kind = "adverse_deed" if negated else "friendly_deed"
    return kind not in classes_of(reading.lemma(root)) and bool(own)


def _willed(
    reading: Reading, candidate: Candidate, sides: Sides, root: int, text: str, own: bool | None
) -> str | None:
    """What will or will not be done."""
    nobody = _nobody(reading, candidate.content[0][0], root)
    if syntax.negated(reading, root) or nobody:
        base = reading.lower(root)
        refused = verb_of(base, _WITHSTANDING) is not None and not syntax.is_passive(reading, root)
        if own and (refused or _forms()["withstanding_forms"].search(text)):
            return "declines"
        spared = verb_of(base, _SPARING) is not None or _forms()["sparing_forms"].search(text)
        if spared and official(sides) and (own or nobody):
            return "promises"
        return None
    if (
        official(sides)
        and syntax.is_passive(reading, root)
        and verb_of(reading.lower(root), _CARING) is not None
    ):
        return "promises"
    if own and official(sides) and _forms()["suing"].search(text):
        return "threatens"
    start = candidate.content[0][0]
    first, _ = syntax.sentence(reading, start)
    leads = (*range(first, min(first + 3, start)), *range(max(first, start - 2), min(start + 2, root)))
    opening = " ".join(map(reading.lower, leads))
    kind = "friendly_deed" in classes_of(reading.lemma(root)) and not adverse(text)
    if official(sides) and not kind and any(form in opening for form in _FAILING):
        return "threatens"
    return None


def _his_government(reading: Reading, candidate: Candidate, sides: Sides) -> bool | None:
    """ "It will not send anyone home", said by an official: his own side is meant."""
    start = candidate.content[0][0]
    meant = reading.lower(start) == "it" and reading.deprel(start) == "nsubj" and sides.kind == "person"
    return True if meant and official(sides) and reading.pos(reading.head(start)) == "VERB" else None


def _nobody(reading: Reading, first: int, root: int) -> bool:
    """ "Nobody would be harmed", "no diplomat will be expelled"."""
    return reading.lower(first) in _NOBODY and first < root


def _held_out(reading: Reading, candidate: Candidate, sides: Sides, root: int) -> str | None:
    """ "Announced a painful answer", "could expect consequences": an answer named and not told."""
    if candidate.base == "expect":
        if not _ABLE & set(syntax.auxiliaries(reading, candidate.cue)):
            return None
    elif candidate.base not in _HOLDING_OUT:
        return None
    if reading.pos(root) != "NOUN" or not official(sides):
        return None
    lower = reading.lower(root)
    start, _ = candidate.content[0]
    near = {reading.lower(at) for at in range(start, root)}
    if near & _NOBODY:
        return None
    named = noun_of(lower, _REQUITALS) is not None
    adjective = bool(near & _REQUITING)
    if (named and (adjective or candidate.base not in _NAMING)) or (noun_of(lower, _STEPS) and adjective):
        return "threatens"
    return None


def _asked(
    reading: Reading, candidate: Candidate, sides: Sides, root: int, text: str, auxiliaries: set[str]
) -> str | None:
    """ "Has until noon to name them", "must stop": what is asked, where no measure is told by it."""
    start, end = candidate.content[0]
    term = _TERM.search(text)
    if term is not None:
        return None if verb_of(term.group(1).lower(), _NO_DEMAND) is not None else "demands"
    if any(start <= match.word < end for match in matches(reading)):
        return None
    if auxiliaries & _OUGHT and official(sides) and "should have" not in text and candidate.base != "agree":
        duty = reading.pos(root) == "VERB" and verb_of(reading.lower(root), _NO_DUTY) is None
        return "demands" if duty else None
    must = "must" in auxiliaries and "have" not in auxiliaries
    if must and verb_of(reading.lower(root), _NO_DEMAND) is None:
        return "demands"
    return None
