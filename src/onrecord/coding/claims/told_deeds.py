"""What somebody tells of another's wants and thoughts, as that one's doing: "he said that Oslo wants talks".

Requires a candidate that reports and one inside what it reports. Tells where nobody but the outer speaker speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

PRONOUNS = frozenset(("it", "he", "she", "they", "we", "i"))
_DEEDS = frozenset(load("reporting")["told_as_deeds"])
_EVIDENCE = frozenset(load("reporting")["evidence"])
_SAYERS = frozenset(load("reporting")["sayers"])
_OUTLETS = frozenset(load("reporting")["outlets"])
_PRESS_VERBS = frozenset(("report", "write"))


def told_as_deed(reading: Reading, outer: Candidate, inner: Candidate) -> bool:
    """Nobody else speaks in "he said that Iran reserved the right", "that Oslo wants talks", "that evidence suggested":
    what others want, ask for or think is told there as their doing, on his word."""
    if outer.stance != "asserts" or outer.negated or inner.rule != "verb":
        return False
    if inner.holder is None or outer.holder is None:
        return False
    if not any(a <= inner.cue < b for a, b in outer.content) or _in_the_press(reading, outer):
        return False
    own = inner.base in _DEEDS and reading.lower(inner.holder) not in PRONOUNS
    if inner.base == "demand" and reading.lower(inner.content[0][0] - 1) == "that":
        own = False  # "Vienna has demanded that he be called back, the ministry disclosed": its very words
    own = own or inner.base == "reserve" or noun_of(reading.lower(inner.holder), _EVIDENCE) is not None
    own = own or (inner.base == "show" and not _can_speak(reading, inner.holder))
    return own and any(a <= inner.cue < b and a <= inner.holder < b for a, b in outer.content)


def _in_the_press(reading: Reading, outer: Candidate) -> bool:
    """ "Some in the ministry, Dnevnik writes, want talks": a paper tells what others want on their word."""
    assert outer.holder is not None
    if noun_of(reading.lower(outer.holder), _OUTLETS) is not None:
        return True
    return (
        outer.base in _PRESS_VERBS
        and reading.entity_at(outer.holder) == "ORG"
        and reading.pos(outer.holder) == "PROPN"
    )


def _can_speak(reading: Reading, word: int) -> bool:
    """A name, a pronoun, or a noun of people, bodies and papers; "the timing showed that" is nobody's word."""
    return (
        reading.pos(word) in ("PROPN", "PRON") or noun_of(reading.lower(word), _SAYERS | _OUTLETS) is not None
    )
