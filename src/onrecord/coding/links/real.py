"""Whether what the words join hangs together: what did not happen follows nothing, and no word answers a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.acts.lexicon import SENT_AWAY
from onrecord.coding.links.ends import Place, Record
from onrecord.model.records import Act, Claim, Event, Incident

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.coding.links.cues import Cue
    from onrecord.coding.links.ends import Ends

Span = tuple[int, int]

_UNREAL = re.compile(r"\b(?:would (?:\w+ )?have|whether)\b", re.I)
_DOING = re.compile(r"\s+(?:not\s+)?(?:having|\w{2,}ing)\s")  # "recalled him for urging"
_CLOSE = 120
# Whoever is accused with a measure is accused; that it was taken for this the words do not state.
_CHARGED = ("accusing", "alleging", "alleging that", "charging that")
_WORDS = ("ACCUSE", "THREATEN", "REJECT")
_DEEDS = ("SANCTION", "COERCE", "ASSAULT")


def holds(draft: Draft, ends: Ends, cue: Cue, pair: tuple[Place, Place], span: Span, words: Span) -> bool:
    """What did not happen follows nothing; an answer may be held out."""
    text, (later, earlier) = draft.document.text, pair
    said = text[slice(*words)]
    if isinstance(later.record, Claim) or _of_no_measure(cue, later.record, earlier.record):
        return False
    if said.lower() in _CHARGED:
        return False
    if said.lower() == "for" and not (
        isinstance(later.record, Act)
        and (later.record.act in SENT_AWAY or _DOING.match(text, words[1]))
        and (_charges(earlier, words) or _DOING.match(text, words[1]))
    ):
        return False
    if said == "when" and not isinstance(later.record, Act):
        return False
    status = ends.status(later.record)
    if status == "hypothetical" and cue.kind == "response_to":
        return _UNREAL.search(text, *span) is None
    return status not in ("hypothetical", "negated")


def _of_no_measure(cue: Cue, later: Record, earlier: Record) -> bool:
    """What is no measure answers nothing but a measure or an incident, by a deed and not by words, and is caused by
    none of what is said or done about it; "a day later" joins deeds, and somebody's coming home is no sequel. No
    incident is told as the sequel of a plain event."""
    if not isinstance(later, Event):
        return cue.kind == "after" and isinstance(later, Incident) and isinstance(earlier, Event)
    if cue.kind == "response_to":
        return later.type in _WORDS or isinstance(earlier, (Event, Claim))
    if cue.kind == "after" and cue.place in ("back", "prior"):
        return later.type not in _DEEDS or (isinstance(earlier, Event) and earlier.type not in _DEEDS)
    if cue.kind == "after":
        return later.type == "RETREAT"
    return cue.kind == "caused_by" and isinstance(earlier, (Act, Claim))


def _charges(earlier: Place, words: Span) -> bool:
    """What stands behind a "for" is a charge."""
    record = earlier.record
    charge = isinstance(record, Incident) or (isinstance(record, Event) and record.type == "ACCUSE")
    charge = charge or (isinstance(record, Claim) and record.stance in ("accuses", "asserts", "assesses"))
    return charge and earlier.at - words[1] < _CLOSE
