"""Stances that the words make plain, whatever the weights of the stance model say.

Requires the measures that the rules find, and the parties of holder and content. An own answer to come is a threat; an
own adverse measure held out on a condition is one; a statement that nothing was received counters what was announced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import future, matches

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides
    from onrecord.coding.draft import Draft

_SAYING = frozenset(("asserts", "threatens", "promises"))
_OWN = frozenset(("recall", "suspend_own_mission"))
_ONLOOKERS = re.compile(
    r"\b(?:analysts?|experts?|observers?|professors?|researchers?|historians?|scholars?|academics?|commentators?|"
    r"lawyers?|news(?:paper)?s?|papers?|dailys?|readers?|former|retired|opposition|students?|think tanks?)\b",
    re.I,
)
_PAPERS = (
    r"(?:communication|notification|notice|note|letter|request|document|message|word|paper|explanation)s?"
)
_NOT_RECEIVED = re.compile(
    rf"\b(?:nothing|no (?:[\w-]+ ){{0,3}}{_PAPERS})\b.{{0,40}}"
    r"\b(?:received|reached|arrived|delivered|handed over|come in)\b|"
    rf"\b(?:received|got|seen) (?:nothing|no (?:[\w-]+ ){{0,3}}{_PAPERS})\b|"
    r"\byet to (?:receive|be (?:notified|informed|told))\b|"
    r"\bnot (?:yet )?(?:been (?:notified|informed|told)|received)\b",
    re.I,
)


def plain_stance(draft: Draft, candidate: Candidate, sides: Sides) -> str | None:
    """The stance that needs no weighing; None where there is none such."""
    if candidate.rule == "declined" or candidate.negated or candidate.stance not in _SAYING:
        return None
    reading = draft.reading
    text = " ".join(syntax.text_of(reading, span) for span in candidate.content)
    if candidate.stance == "asserts" and _NOT_RECEIVED.search(text):
        return "denies"
    if _ONLOOKERS.search(sides.speaker):
        return None
    told = [match for match in matches(reading) if any(a <= match.word < b for a, b in candidate.content)]
    if any(_held_out(draft, match, candidate, sides) for match in told):
        return "threatens"
    return None


def _held_out(draft: Draft, match: Match, candidate: Candidate, sides: Sides) -> bool:
    """The measure is one to come, of the holder's own side, and hits another."""
    if match.doer is not None and not _is_own(draft, match.doer, sides):
        return False
    if syntax.negated(draft.reading, match.word):
        return False
    if match.rule.act == "announce_intent":
        return True
    adverse = match.rule.act not in _OWN and match.rule.status is None
    return adverse and candidate.conditional and future(draft.reading, match.word)


def _is_own(draft: Draft, doer: int, sides: Sides) -> bool:
    if draft.reading.pos(doer) == "PRON" or sides.holder is None:
        return True
    party = draft.resolver.resolve(draft.reading.phrase(doer))
    return party is None or party.code is None or party.code == sides.holder
