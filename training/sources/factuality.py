"""UW and UDS-IH2: how surely an event is presented as real, as a degree and as a set of possible statuses."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from onrecord.reading.windows import WordPieces
from training.examples import PAD, Example, layout
from training.tasks.factuality import DEGREE_SHIFT

ACTUAL, FUTURE, HYPOTHETICAL, NEGATED = 1, 2, 4, 8
Degrees = dict[str, list[tuple[int, float]]]

_LATER = re.compile(r"(?i)^(?:will|'ll|shall|to|would|going|plan\w*|may|might|could|should|can)$")
_NOT = re.compile(r"(?i)^(?:not|n't|no|never|nobody|none|nothing|neither|nor|without|denied?|fail(?:s|ed)?)$")
_SPACE = re.compile(r"\s+")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}


def key(words: Sequence[str]) -> str:
    """Letters of a sentence without white space: the same for both tokenisations of it."""
    return _SPACE.sub("", "".join(_BRACKETS.get(word, word) for word in words))


def by_text(records: list[dict[str, Any]]) -> Degrees:
    """Sentence -> (letter offset of the event word without white space, score)."""
    found: Degrees = defaultdict(list)
    for record in records:
        words = record["text"].split(" ")
        index = len(record["text"][: record["event_span"][0]].split(" ")) - 1
        found[key(words)].append((len(key(words[:index])), float(record["score"])))
    return dict(found)


def statuses(words: Sequence[str], index: int, score: float) -> int:
    """The statuses that a degree of factuality leaves open, as bits.

    A high degree covers what happened and what surely will; a low one what did not and what was merely
    imagined. A negation or an auxiliary of the future among the six words before narrows it.
    """
    before = words[max(0, index - 6) : index]
    later = any(_LATER.match(word) for word in before[-4:])
    denied = any(_NOT.match(word) for word in before)
    if score >= 1.5:
        return ACTUAL | FUTURE if later else ACTUAL
    if score <= -1.0:
        return NEGATED if denied and not later else HYPOTHETICAL | FUTURE | NEGATED
    return FUTURE | HYPOTHETICAL


def label(words: Sequence[str], degrees: Degrees) -> tuple[list[int], list[int]]:
    """Status sets and shifted degrees of a sentence's words, PAD where no event stands."""
    sets, grades = [PAD] * len(words), [PAD] * len(words)
    found = degrees.get(key(words))
    if not found:
        return sets, grades
    offsets, position = {}, 0
    for index, word in enumerate(words):
        offsets[position] = index
        position += len(key([word]))
    for offset, score in found:
        place = offsets.get(offset)
        if place is not None:
            sets[place] = statuses(words, place, score)
            grades[place] = round(score * 100) + DEGREE_SHIFT
    return sets, grades


def packings(records: list[dict[str, Any]], pieces: WordPieces) -> list[list[Example]]:
    """UW: sentences with all their events, several unrelated ones to a window."""
    degrees = by_text(records)
    sentences = [text.split(" ") for text in dict.fromkeys(record["text"] for record in records)]
    rng = random.Random(13)
    result = []
    for group in (6, 3):
        order = rng.sample(sentences, len(sentences))
        made = []
        for begin in range(0, len(order), group):
            window = [
                [_BRACKETS.get(word, word) for word in words][:90] for words in order[begin : begin + group]
            ]
            one = layout(pieces, window)
            if len(one.ids) > 500:
                continue
            both = [label(words, degrees) for words in order[begin : begin + group]]
            one.labels["status"] = np.array([value for sets, _ in both for value in sets[:90]], np.int32)
            one.labels["factuality"] = np.array(
                [value for _, grade in both for value in grade[:90]], np.int32
            )
            made.append(one)
        result.append(made)
    return result
