"""The parties that a text names, and where: every telling of one party counts for all of them.

An annotator marks one telling of each party of an event, mostly the nearest. Another one in the window ("Tehran" beside
"the Iranian president") is no error of the model, so that no role is trained on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onrecord.coding.parties import names
from onrecord.coding.parties.introductions import Introductions
from onrecord.coding.parties.story import Story
from training.examples import Document

SIDES = (("actors", "actor"), ("recipients", "recipient"))
# An argument starts where its phrase does.
_OPENERS = frozenset(
    "the a an this that these those both all some several many his her its their two three four five six seven "
    "eight nine ten dozens former top senior".split()
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Words [start, end) of a document that stand for a party with this code."""

    start: int
    end: int
    code: str


def tellings(document: Document, record: dict[str, Any], published: str | None) -> list[Telling]:
    """The names of the text with the words before them that belong to their phrase, and the annotated arguments."""
    day = date.fromisoformat(published[:10]) if published else None
    story = Story(document.text, day, names.index(None))
    phrases = Introductions(story)
    spans = []
    for mention in story.mentions:
        if mention.name.code:
            first = min(mention.start, phrases.phrase_start(mention.end - 1))
            while first and story.lower[first - 1] in _OPENERS:
                first -= 1
            spans.append((story.starts[first], story.ends[mention.end - 1], mention.name.code))
    for event in record["events"]:
        for side, _ in SIDES:
            spans += [(item["start"], item["start"] + 1, item["code"]) for item in _known(event[side])]
    found = ((document.span(start, end), code) for start, end, code in spans)
    return [Telling(*words, code) for words, code in found if words]


def others(event: dict[str, Any], told: Sequence[Telling]) -> list[tuple[str, int]]:
    """(role, word) for the words that tell a party of the event, its arguments among them."""
    return [
        (role, word)
        for side, role in SIDES
        for code in {item["code"] for item in _known(event[side])}
        for telling in told
        if telling.code == code
        for word in range(telling.start, telling.end)
    ]


def _known(side: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The members of a side that stand in the text and have a code."""
    return [item for item in side if item.get("start") is not None and item.get("code") not in (None, "UNK")]
