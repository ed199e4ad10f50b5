"""Measures that the model's act head finds where no rule of the lexicon fires.

The head names the word and the kind of act; what it falls upon and who takes it are read from the tree as for the rules
of that kind, whose side of the mission the doer is on goes with the kind.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.coding.acts.lexicon import Rule, rules
from onrecord.coding.acts.rules import Match, match_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

# A rule's find this close by is the same telling: "ordered to leave", "declared persona non grata".
_BESIDE = 3
_FORMS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


def heard(reading: Reading, known: Collection[int]) -> list[Match]:
    """Matches at the words that the head is sure of and that stand apart from those `known`."""
    if not reading.acts.shape[1]:
        return []
    found: list[Match] = []
    telling = 1.0 - reading.acts[:, 0]
    for word in np.flatnonzero(telling >= reading.labels.threshold("act")).tolist():
        form = _FORMS.get(reading.pos(word))
        if form is None or any(abs(word - other) <= _BESIDE for other in known):
            continue
        kind = reading.labels.acts[1 + int(reading.acts[word, 1:].argmax())]
        bare = _bare(kind)
        match = match_at(reading, bare, word, form) or match_at(
            reading, replace(bare, on=("any",)), word, form
        )
        if match is not None:
            found.append(match)
    return found


@cache
def _bare(act: str) -> Rule:
    """What the rules of a kind share, without their words and conditions."""
    mine = [rule for rule in rules() if rule.act == act]
    sides = [rule.side for rule in mine]
    upon = dict.fromkeys(name for rule in mine for name in rule.on if name not in ("any", "none"))
    none: frozenset[str] = frozenset()
    return Rule(
        act=act,
        verbs=none,
        nouns=none,
        adjectives=none,
        on=tuple(upon) or ("any",),
        with_=(),
        without=(),
        any_of=(),
        infinitive=none,
        optional_infinitive=False,
        object=None,
        object_of=None,
        subject=(),
        negated=False,
        passive=False,
        future=False,
        own=False,
        own_sending=False,
        side=max(sides, key=sides.count),
        from_to=mine[0].from_to,
    )
