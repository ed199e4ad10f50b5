"""Measures that the reading model hears where no rule of the lexicon fires: "was shown the door", "pulled its people".

Requires the reading with its act head, and what the rules found. A word is taken from the head's threshold on; whom the
measure hits and who takes it is read from the tree as for any other, with nothing asked of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.lexicon import Rule, rules
from onrecord.coding.acts.rules import Match, match_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_SENT_AWAY = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation"))
_TRACKED = frozenset(("people", "mission", "consulate", "office"))
_NEAR = 6  # words between two that tell one measure: "were declared", "persona non grata"


def heard(reading: Reading, found: Sequence[Match]) -> list[Match]:
    """The measures beside those ``found``, in the order of the words; one a word."""
    if not reading.acts.size:
        return []
    threshold = reading.labels.threshold("act")
    told = [(match.rule.act, match.word) for match in found]
    more: list[Match] = []
    for word in np.flatnonzero(reading.acts.max(axis=1) >= threshold).tolist():
        act = reading.labels.acts[int(reading.acts[word].argmax())]
        if any(_alike(act, other) and abs(word - at) <= _NEAR for other, at in told):
            continue
        told.append((act, word))
        more.append(_match(reading, act, word))
    return more


def _alike(act: str, other: str) -> bool:
    return act == other or {act, other} <= _SENT_AWAY


def _match(reading: Reading, act: str, word: int) -> Match:
    rule = open_rule(act)
    kind = "noun" if reading.pos(word) in ("NOUN", "PROPN") else "verb"
    match = match_at(reading, rule, word, kind) or _by_tree(reading, rule, word)
    doer = match.doer
    if act in _SENT_AWAY and match.target is None and _is_member(reading, doer):
        return replace(match, target=doer, doer=None)  # "the consul has until Friday": it is he who is hit
    return match


def _by_tree(reading: Reading, rule: Rule, word: int) -> Match:
    """Who does what to whom as the tree of the nearest verb has it, where the words fit no rule of the kind."""
    verbs = [word, *(head for head, _ in syntax.governors(reading, word))]
    verb = next((each for each in verbs if reading.pos(each) == "VERB"), None)
    if verb is None:
        return Match(rule, word, None, None)
    doer, target = syntax.agent(reading, verb), syntax.patient(reading, verb)
    if target is not None and not _is_hit(reading, target):
        hit = [each for each in syntax.kids(reading, verb, "obl") if _is_hit(reading, each)]
        target = hit[0] if hit else None
    return Match(rule, word, target, None if doer == target else doer)


def _is_hit(reading: Reading, word: int) -> bool:
    """People, a mission or a person, on whom a measure may fall."""
    return bool(class_of(reading, word) & _TRACKED) or reading.entity_at(word) == "PER"


def _is_member(reading: Reading, word: int | None) -> bool:
    """A member of a mission and nobody who takes measures."""
    return word is not None and "people" in class_of(reading, word)


@cache
def open_rule(act: str) -> Rule:
    """A rule of the kind that asks for no words: on all that its rules bear upon, by the side of the first."""
    own = [rule for rule in rules() if rule.act == act]
    none: frozenset[str] = frozenset()
    return replace(
        next((rule for rule in own if rule.verbs), own[0]),
        verbs=none, nouns=none, adjectives=none, infinitive=none,
        on=tuple(dict.fromkeys(each for rule in own for each in rule.on if each != "none")),
        with_=(), without=(), any_of=(), subject=(), object=None, object_of=None, status=None,
        negated=False, passive=False, future=False, optional_infinitive=False, any_infinitive=False,
    )  # fmt: skip
