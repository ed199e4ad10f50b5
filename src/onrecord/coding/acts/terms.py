"""Ultimatums without the word: something is to be done by a day, or else.

Requires the temporal expressions. "Unless the order is withdrawn by Wednesday, two consuls will be sent home" sets a
term and names a measure for the price; "Belgrade must let them back in by Friday, or the question goes to New York"
sets one whose price is no measure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import Rule, rules
from onrecord.coding.acts.rules import Match, future, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

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
_WITHIN = ("within ", "by ", "before ", "until ", "inside ")
_LEAD = 40  # characters before a date in which its preposition stands
_CUES = frozenset(("unless", "failing", "else", "if", "otherwise", "should", "pain", "or"))
_TO_COME = frozenset(
    ("will", "would", "must", "shall", "may", "might", "could", "has", "have", "can", "is", "are")
)
_SAID_TO = frozenset(("unless", "failing", "else", "if", "otherwise", "pain", "must", "should"))
_MAYBE = frozenset(("may", "might", "could", "can"))
_OWN = frozenset(("recall", "suspend_own_mission", "summon", "ultimatum", "announce_intent"))


@lru_cache(maxsize=1)
def ultimatum() -> Rule:
    """The plain rule of an ultimatum."""
    return next(rule for rule in rules() if rule.act == "ultimatum" and rule.verbs)


def with_terms(draft: Draft, measures: list[Match]) -> tuple[list[Match], list[Match]]:
    """The measures, and the terms whose price is none of them. An announcement that is but the price of a term is no
    measure beside it: "will review the mission's size unless the visas are granted by May"."""
    reading = draft.reading
    terms = list(_terms_set(draft, [each for each in measures if each.rule.act != "announce_intent"]))
    priced = {reading.sentence_of(term.word) for term in terms}
    kept = [
        each
        for each in measures
        if each.rule.act != "announce_intent" or reading.sentence_of(each.word) not in priced
    ]
    return kept, terms


def _terms_set(draft: Draft, measures: list[Match]) -> Iterator[Match]:
    """Every term that a sentence sets with an "or else" that is no measure, in the order of the words."""
    reading = draft.reading
    told = {reading.sentence_of(match.word) for match in measures}
    for number, (first, last) in enumerate(reading.sentence_spans):
        words = {reading.lower(at) for at in range(first, last)}
        if number in told or words.isdisjoint(_CUES):
            continue
        start, end = draft.span((first, last))
        or_else = _OR_ELSE.search(draft.document.text, start, end)
        if or_else is None or not _has_term(draft, start, end):
            continue
        word = reading.words_in(or_else.span())[0]
        held_out = not words.isdisjoint(_TO_COME) and not words.isdisjoint(_SAID_TO)
        if held_out:
            yield Match(ultimatum(), word, None, None)


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
    if not _held_out(draft.reading, match.word) and _AT_ONCE.search(text, or_else.start(), end) is None:
        return None
    if any(first <= other.word < last and other.rule.act == "ultimatum" for other in matches(draft.reading)):
        return None
    return draft.reading.words_in(or_else.span())[0] if _has_term(draft, start, end) else None


def _held_out(reading: Reading, word: int) -> bool:
    """The measure is still to come, or may: "could have its office shut", "voted for a complete rupture"."""
    if reading.pos(word) == "NOUN" or future(reading, word):
        return True
    above = syntax.parent(reading, word)
    return above is not None and not _MAYBE.isdisjoint(syntax.auxiliaries(reading, above))


def _has_term(draft: Draft, start: int, end: int) -> bool:
    """A day by which, or a length of time within which, stands between two offsets."""
    text = draft.document.text
    for timex in draft.timexes:
        here = start <= timex.span[0] < end and timex.type in ("DATE", "TIME", "DURATION")
        before = text[max(start, timex.span[0] - _LEAD) : timex.span[0]]
        within = text[timex.span[0] : timex.span[1]].lower().startswith(_WITHIN)
        if here and (within or timex.direction in ("by", "until") or _BY.search(before) is not None):
            return True
    return False
