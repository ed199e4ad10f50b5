"""What is said of things to come under a neutral cue: a threat, a promise, a forecast, or a measure announced.

Requires a candidate, the parties of holder and content, and whose doing the content tells. An own adverse measure is
threatened, a friendly one promised; what an official makes hang on a condition and hits another is threatened whoever
is its subject ("if a second train is hit, the ambassador goes home"); a paper, an onlooker or a source of nobody's
foresees.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.cues import Phrases, load

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides

ONLOOKERS = re.compile(
    r"\b(?:analysts?|experts?|observers?|professors?|researchers?|historians?|scholars?|academics?|commentators?|"
    r"columnists?|lawyers?|news(?:paper)?s?|papers?|dail(?:y|ies)|readers?|former|retired|opposition|students?|"
    r"think tanks?|broadcaster|station|magazine|editors?|journalists?|"
    r"traders?|bankers?|residents?|neighbours?|watchers?)\b",
    re.I,
)
_WILL = re.compile(
    r"\b(?:will|would|shall|'ll|’ll|going to|won't|won’t|wo n't)\b(?!\s+have\b)|\b(?:is|are|was|were) to (?:be )?\w+"
)
_MAY = re.compile(r"\b(?:may|might|could)\b(?! not\b)(?!\s+have\b)")
_NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|neither|nor|without|cannot)\b|n['’]t\b")
_NO_MORE = re.compile(
    r"\b(?:no|not a|not one|not any|nobody|no one|none)\b.{0,60}\b(?:let|allowed|admitted|received|permitted|gets?|"
    r"accepted|granted|issued|stamped|set foot|more|further|longer)\b"
)
_FIRST = re.compile(r"^\W*(?:we|i|our)\b", re.I)
_GONE = re.compile(
    r"\b(?:goes|go|leaves?|ends?|lapses?|closes?|can (?:expect|start|begin|forget|look|pack)|follows?)\b"
)


@lru_cache(maxsize=1)
def lists() -> dict[str, Phrases]:
    """The word lists of ``cues/stance.yaml`` that tell what is in store."""
    found = load("stance")
    return {name: Phrases(found[name]) for name in ("adverse", "friendly", "requital", "doing", "nothing")}


def official(sides: Sides) -> bool:
    """Somebody who speaks for a state or organisation that can act, and no onlooker."""
    return sides.holder is not None and ONLOOKERS.search(sides.speaker) is None


def adverse(text: str) -> bool:
    """The words hold out something that hurts, and nothing friendly first."""
    hit = lists()["adverse"].search(text) or lists()["requital"].search(text) or _NO_MORE.search(text.lower())
    kind = lists()["friendly"].search(text)
    return hit is not None and (kind is None or hit.start() < kind.start())


def ahead(candidate: Candidate, sides: Sides, text: str, main: str, own: bool | None) -> str | None:
    """The stance of what is to come; None where the content tells of nothing to come."""
    will, may = _WILL.search(main), _MAY.search(main)
    if will is None and may is None and not (candidate.conditional and _GONE.search(main)):
        return None
    hurts, speaks = adverse(text), official(sides)
    if not speaks and _FIRST.match(text) is None:
        if hurts and own and sides.subject == sides.holder is not None:
            return "threatens"
        return "predicts"
    negated = _NEGATION.search(main) is not None and _NO_MORE.search(main) is None
    if hurts and own is not False and not negated and (own or candidate.conditional):
        return "threatens"
    if candidate.conditional and hurts and not negated and not (sides.anonymous and own is False):
        return "threatens"
    if candidate.conditional and will is None and may is None:
        return "asserts"
    if may is not None and will is None:
        return "predicts"
    return None


def warned(candidate: Candidate, sides: Sides, text: str, own: bool | None) -> str:
    """A warning is a threat where who speaks for a side gives it, and a forecast where an onlooker does."""
    if own or adverse(text) or candidate.conditional:
        return "threatens" if own or official(sides) or sides.holder is not None else "predicts"
    if not official(sides):
        return "predicts"
    return "predicts" if own is False and sides.anonymous else "threatens"


def pledged(text: str, stance: str) -> str:
    """A promise to hurt is a threat."""
    return "threatens" if adverse(text) else stance
