"""What is said of a mission's size apart from acts: so many in post, so many vacant, a ceiling told as fact.

Requires acts and the party resolver. Cap, filled and vacant posts are three numbers; none of them is read from
the words that tell an act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, is_premises, unit_of
from onrecord.coding.acts.parties import Parties
from onrecord.coding.counts import Count, counts
from onrecord.coding.cues import load
from onrecord.model.records import Mission, MissionState

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]
Sides = tuple[str | None, str | None]

_REACH = 7  # words around a number that say what it measures
_GOES_ON = 2  # sentences over which "its posts" are those of the mission told of before


def code(draft: Draft) -> None:
    """Put the sizes of missions on record."""
    parties = Parties(draft)
    reading = draft.reading
    told: tuple[int, Sides] | None = None
    for number, (start, end) in enumerate(reading.sentence_spans):
        if draft.section_of(start) in ("title", "debris", "caption", "byline"):
            continue
        here = _mission_told(parties, reading, (start, end))
        if here[0] is not None:
            told = number, here
        elif told is not None and number - told[0] <= _GOES_ON and _speaks_of_it(reading, (start, end)):
            here = told[1]
        if here[0] is None:
            continue
        for count in counts(reading, start, end):
            if count.value is not None and not _in_act(draft, count):
                _state(draft, parties, count, (start, end), here)


def _mission_told(parties: Parties, reading: Reading, sentence: WordSpan) -> Sides:
    """Whose mission a sentence speaks of, and where it is."""
    owner: str | None = None
    place: str | None = None
    for word in range(*sentence):
        if is_premises(reading, word):
            owner = owner or parties.owner(word) or parties.possessor(word)
            place = place or parties.place(word)
    return owner, place if place != owner else None


def _speaks_of_it(reading: Reading, sentence: WordSpan) -> bool:
    """Posts, staff or "its" without a mission of their own."""
    return any(
        reading.lower(word) in ("its", "it", "their") or class_of(reading, word) & {"post", "mission"}
        for word in range(*sentence)
    )


def _in_act(draft: Draft, count: Count) -> bool:
    """The number belongs to an act's own clause."""
    offset = draft.reading.start(count.words[0])
    return any(
        start <= offset < end and count.value in (act.number, act.from_, act.to)
        for act in draft.acts
        for start, end in act.evidence
    )


def _state(draft: Draft, parties: Parties, count: Count, sentence: WordSpan, mission: Sides) -> None:
    reading = draft.reading
    noun = _counted(reading, count, sentence[1])
    unit = unit_of(reading, noun) if noun is not None else None
    measure = _measure(reading, count, noun, sentence)
    if measure is None or (noun is not None and unit is None and "people" not in class_of(reading, noun)):
        return
    own = parties.owner(noun) if noun is not None else None
    sending = own or mission[0]
    claims = [claim.id for claim in draft.claims_over(draft.span(count.words))]
    draft.missions.append(
        MissionState(
            id=draft.new_id("mission_state"),
            mission=Mission(sending=sending, receiving=mission[1] if mission[1] != sending else None),
            measure=measure,
            value=count.value,
            unit=unit or ("posts" if measure != "filled" else "persons"),
            time=draft.time_for(count.words),
            claims=claims,
            evidence=[draft.span(draft.clause(count.words[0]))],
        )
    )


def _counted(reading: Reading, count: Count, end: int) -> int | None:
    """The noun that a number counts: by the tree, else the next of a unit right after it."""
    for word in range(*count.words):
        head = syntax.parent(reading, word)
        if reading.deprel(word) == "nummod" and head is not None and unit_of(reading, head):
            return head
    for word in range(count.words[1], min(end, count.words[1] + 3)):
        if unit_of(reading, word):
            return word
    return next((word for word in range(*count.words) if reading.pos(word) == "NUM"), None)


def _measure(reading: Reading, count: Count, noun: int | None, sentence: WordSpan) -> str | None:
    """What a number measures, by the words around it: those of vacancy before those of a cap before those of people
    in post."""
    start, end = count.words
    first, last = max(sentence[0], start - _REACH), min(sentence[1], end + _REACH)
    words = load("acts")["sizes"]
    text = _text(reading, first, last)
    before = _text(reading, first, start)
    posts = noun is not None and (unit_of(reading, noun) == "posts" or reading.pos(noun) == "NUM")
    vacancy = noun is not None and reading.lower(noun).startswith("vacanc")
    if vacancy or (
        posts and any(f" {word} " in _near(reading, end, sentence[1]) for word in words["vacant"])
    ):
        return "vacant"
    if posts and any(f" {word} " in before.split(";")[-1] for word in words["vacant"]):
        return "vacant"
    if any(f" {phrase} " in before for phrase in words["cap"]):
        return "cap"
    if noun is None:
        return None
    if "people" in class_of(reading, noun) or posts:
        return "filled" if any(f" {phrase} " in text for phrase in words["filled"]) else None
    return None


def _near(reading: Reading, start: int, end: int) -> str:
    """The text up to the next comma, semicolon or number."""
    stop = start
    while stop < end and reading.lower(stop) not in (",", ";") and stop - start < _REACH + 3:
        stop += 1
    return _text(reading, start, stop)


def _text(reading: Reading, start: int, end: int) -> str:
    return " " + " ".join(reading.lower(at) for at in range(start, end)) + " "
