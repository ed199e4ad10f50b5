"""Ultimatums without the word: a measure held out unless something is done by a day.

Requires a measure and the temporal expressions. "Unless the order is withdrawn by Wednesday, two consuls will be sent
home" sets a term and names the price.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import Rule, rules
from onrecord.coding.acts.rules import future, matches

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft

_OR_ELSE = re.compile(
    r"\b(?:unless|failing (?:which|this|that|these|compliance)|or else|if not|should (?:it|they) fail|on pain of"
    r"|otherwise"
    r"|if\b[^.;]{0,50}\b(?:not|n[’']t|fails? to|failed to)"
    r"|(?:must|have|has|had)\b[^.;]{0,80}, or|or (?:see|face|lose))\b",
    re.I,
)
_AT_ONCE = re.compile(
    r"\bor (?:see|face|lose)\b|\bon pain of\b", re.I
)  # the price follows without an auxiliary
_BY = re.compile(r"\b(?:by|before|until|till|within|inside)\s+(?:[\w’'-]+\s+){0,4}$", re.I)
_LEAD = 40  # characters before a date in which its preposition stands
_OWN = frozenset(("recall", "suspend_own_mission", "summon", "ultimatum", "announce_intent"))


@lru_cache(maxsize=1)
def ultimatum() -> Rule:
    """The plain rule of an ultimatum."""
    return next(rule for rule in rules() if rule.act == "ultimatum" and rule.verbs)


def threatened_by_term(draft: Draft, match: Match) -> int | None:
    """The word ("unless") by which the sentence holds the measure out for the case that something is not done by a day
    that it names; None where it does not."""
    if match.rule.act in _OWN or match.rule.status is not None:
        return None
    first, last = syntax.sentence(draft.reading, match.word)
    start, end = draft.span((first, last))
    text = draft.document.text
    or_else = _OR_ELSE.search(text, start, end)
    if or_else is None:
        return None
    if not future(draft.reading, match.word) and _AT_ONCE.search(text, or_else.start(), end) is None:
        return None
    if any(first <= other.word < last and other.rule.act == "ultimatum" for other in matches(draft.reading)):
        return None
    for timex in draft.timexes:
        here = start <= timex.span[0] < end and timex.type in ("DATE", "TIME", "DURATION")
        before = text[max(start, timex.span[0] - _LEAD) : timex.span[0]]
        if here and (timex.direction in ("by", "until") or _BY.search(before) is not None):
            return draft.reading.words_in(or_else.span())[0]
    return None
