"""Further measures that one verb tells of things in a row: "closed the embassy and two consulates", "threw out 48 from
the embassy and 12 from the mission to the UN".

Requires a measure found. Gives one more for each further thing that is of another mission or of another kind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.lexicon import CLOSED, CLOSING, SENT_AWAY, Rule, rules
from onrecord.coding.acts.rules import Match
from onrecord.coding.counts import count_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_REACH = 8


def joined(reading: Reading, match: Match) -> list[Match]:
    """The further measures of one match, the match itself left out."""
    if match.target is None:
        return []
    if match.rule.act in CLOSING:
        return _other_premises(reading, match, match.target)
    if match.rule.act in SENT_AWAY:
        return _other_missions(reading, match)
    return []


def _other_premises(reading: Reading, match: Match, target: int) -> list[Match]:
    """Consulates beside an embassy, an office beside a consulate."""
    found = []
    _, last = syntax.sentence(reading, target)
    beside = {*syntax.conjuncts(reading, target), *syntax.kids(reading, match.word, "obj")}
    for at in range(target + 1, min(last, target + _REACH)):
        if reading.lower(at) == "and" and at + 1 < last:
            beside.update(range(at + 1, min(last, at + 4)))
    own = class_of(reading, target)
    for word in sorted(beside - {target}):
        if reading.pos(word) not in ("NOUN", "PROPN") or reading.deprel(word) in ("compound", "nmod:poss"):
            continue
        for kind, act in CLOSED.items():
            if kind in class_of(reading, word) and kind not in own and (rule := _rule(act)) is not None:
                found.append(replace(match, rule=rule, target=word))
    return found


def _rule(act: str) -> Rule | None:
    """The plain rule of a kind of closing."""
    return next((rule for rule in rules() if rule.act == act and "close" in rule.verbs), None)


def _other_missions(reading: Reading, match: Match) -> list[Match]:
    """ "And 12 from its mission to": so many more of another mission."""
    found = []
    _, last = syntax.sentence(reading, match.word)
    for word in range(match.word + 1, last):
        if reading.lower(word) != "and" or word + 2 >= last:
            continue
        count = count_at(reading, word + 1, last)
        if count is None or not count.value:
            continue
        at = count.words[1]
        while at < last and reading.lower(at) in ("more", "others", "people", "diplomats", "members"):
            at += 1
        if at + 1 >= last or reading.lower(at) not in ("from", "of", "at"):
            continue
        if reading.lower(at + 1) in ("his", "her"):
            continue  # "the ambassador and six members of his embassy" are of one mission
        for place in range(at + 1, min(last, at + 6)):
            if class_of(reading, place) & {"mission", "consulate"}:
                found.append(replace(match, target=place, count=count))
                break
    return found
