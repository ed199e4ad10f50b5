"""An event made of the words behind a cue, where the event heads hear nothing there.

Requires the acts and the words that a cue governs. "Sent him home over a speech", "two days after the treaty": words
state that something was done about a thing or after it, so the thing is on record as an event of the type that its noun
or verb means (``cues/happenings.yaml``). It has no parties, and it is told on the word of whoever tells of the tie. It
is on record only as the end of a link: where the words turn out to join nothing, nothing was made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.links.ends import Place
from onrecord.model.records import Act, Event, Forum, Incident
from onrecord.vocabulary import cameo_for

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]

_HARM = "ASSAULT"
_CARRYING = ("xcomp", "nsubj", "nsubj:pass", "obj", "ccomp", "conj")


@lru_cache(maxsize=1)
def _types() -> tuple[dict[str, str], dict[str, str]]:
    """The type that each noun, and each verb, means."""
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    harmful = load("incidents")
    for listed, words in ((nouns, harmful["nouns"]), (verbs, harmful["verbs"])):
        listed.update(dict.fromkeys((each for each in words if " " not in each), _HARM))
    for kind, words in load("happenings").items():
        nouns.update(dict.fromkeys(words["nouns"], kind))
        verbs.update(dict.fromkeys(words["verbs"], kind))
    return nouns, verbs


@lru_cache(maxsize=1)
def _lemmas() -> tuple[frozenset[str], frozenset[str]]:
    nouns, verbs = _types()
    return frozenset(nouns), frozenset(verbs)


def happening(draft: Draft, later: Place | None, top: int, region: Span) -> Place | None:
    """The event that is told at the head of what a cue governs, not yet on record; None where no word names one."""
    if later is None or not isinstance(later.record, (Act, Incident, Forum)):
        return None
    found = next((each for each in _heads(draft, top, region) if _type(draft, each) is not None), None)
    if found is None or syntax.negated(draft.reading, found):
        return None
    kind = _type(draft, found)
    trigger = draft.span((found, found + 1))
    evidence = (region[0], max(region[1], trigger[1]))
    event = Event(
        id=draft.new_id("event"),
        type=kind,
        cameo=cameo_for(kind or _HARM),
        trigger=trigger,
        evidence=[_trimmed(draft, evidence)],
        time=draft.time_for((found, found + 1)),
        claims=[claim.id for claim in draft.claims_over(trigger)],
    )
    event.background = draft.is_background(event.time, told_as_history=False)
    return Place(event.evidence[0], trigger[0], found, event)


def record(draft: Draft, place: Place, event: Event) -> None:
    """Put on record the event that a link ends in."""
    draft.events.append(event)
    draft.note(event.id, "type", f"cues/happenings.yaml: “{draft.reading.word(place.word)}”")


def _heads(draft: Draft, top: int, region: Span) -> Iterator[int]:
    """The head and the words that carry the clause on, the nearest to the head first.

    "Months of talks", "talks led nowhere", "he was caught receiving plans", "a crowd came in and tore the flag down".
    """
    reading = draft.reading
    seen = [top]
    for word in seen:
        if region[0] <= reading.start(word) < region[1]:
            yield word
        seen += syntax.obliques(reading, word, "of")
        if reading.pos(word) in ("VERB", "AUX", "ADJ"):
            seen += (each for name in _CARRYING for each in syntax.kids(reading, word, name))
            seen += syntax.obliques(reading, word, "for", "to", "on", "in")


def _type(draft: Draft, word: int) -> str | None:
    reading = draft.reading
    nouns, verbs = _lemmas()
    lower = reading.lower(word)
    if reading.pos(word) == "VERB":
        base = verb_of(lower, verbs)
        return _types()[1][base] if base is not None else None
    if reading.pos(word) != "NOUN":
        return None
    base = noun_of(lower, nouns)
    return _types()[0][base] if base is not None else None


def _trimmed(draft: Draft, span: Span) -> Span:
    text = draft.document.text[slice(*span)]
    start = span[0] + len(text) - len(text.lstrip())
    return start, start + len(text.strip(" ,;.\n"))
