"""What is said of a mission's size apart from acts: so many in post, so many vacant, a ceiling told as fact.

Requires acts and the party resolver. Cap, filled and vacant posts are three numbers; none of them is read from
the words that tell an act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, unit_of
from onrecord.coding.acts.parties import Parties
from onrecord.coding.counts import Count, counts
from onrecord.model.records import Mission, MissionState

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_VACANT = frozenset(["vacant", "vacancies", "vacancy", "unfilled", "empty", "unoccupied"])
_FILLED = (
    "in post|in place|on the staff|serving|were filled|are filled|posts filled|accredited|work there|worked there|"
    "on post|stationed|present in|keeps|employs|has|had|numbers|remain|remained"
).split("|")
_CAP = (
    "ceiling of|cap of|limit of|maximum of|ceiling stood at|ceiling stands at|up to|entitled to|sanctioned strength|"
    "ceiling is|ceiling was|capped at|limited to"
).split("|")


def code(draft: Draft) -> None:
    """Put the sizes of missions on record."""
    parties = Parties(draft)
    reading = draft.reading
    for start, end in ((int(a), int(b)) for a, b in reading.sentences):
        if draft.section_at(int(reading.starts[start])) in ("title", "debris", "caption", "byline"):
            continue
        for count in counts(reading, start, end):
            if count.value is not None and not _in_act(draft, count):
                _state(draft, parties, count, (start, end))


def _in_act(draft: Draft, count: Count) -> bool:
    """The number belongs to an act's own clause."""
    offset = int(draft.reading.starts[count.words[0]])
    return any(
        start <= offset < end and count.value in (act.number, act.from_, act.to)
        for act in draft.acts
        for start, end in act.evidence
    )


def _state(draft: Draft, parties: Parties, count: Count, sentence: WordSpan) -> None:
    reading = draft.reading
    noun = _counted(reading, count)
    unit = unit_of(reading, noun) if noun is not None else None
    measure = _measure(reading, count, noun, sentence)
    if measure is None or (noun is not None and unit is None and "people" not in class_of(reading, noun)):
        return
    owner = parties.owner(noun) if noun is not None else None
    place = parties.place(noun) if noun is not None else None
    if owner is None:
        before = [act for act in draft.acts if act.evidence[0][0] <= int(reading.starts[count.words[0]])]
        sending = before[-1].mission.sending if before else None
        receiving = before[-1].mission.receiving if before else None
    else:
        sending, receiving = owner, place if place != owner else None
    if sending is None and receiving is None:
        return
    claims = [claim.id for claim in draft.claims_over(draft.span(count.words))]
    draft.missions.append(
        MissionState(
            id=draft.new_id("mission_state"),
            mission=Mission(sending=sending, receiving=receiving),
            measure=measure,
            value=count.value,
            unit=unit or ("posts" if measure != "filled" else "persons"),
            time=draft.time_for(count.words),
            claims=claims,
            evidence=[draft.span(draft.clause(count.words[0]))],
        )
    )


def _counted(reading: Reading, count: Count) -> int | None:
    """The noun that a number counts."""
    for word in range(*count.words):
        head = syntax.parent(reading, word)
        if reading.deprel(word) == "nummod" and head is not None:
            return head
    last = count.words[1] - 1
    return last if reading.pos(last) in ("NUM", "NOUN") else None


def _measure(reading: Reading, count: Count, noun: int | None, sentence: WordSpan) -> str | None:
    start, end = count.words[0], count.words[1]
    near = [reading.lower(at) for at in range(max(sentence[0], start - 6), min(sentence[1], end + 7))]
    text = " " + " ".join(near) + " "
    before = " " + " ".join(reading.lower(at) for at in range(max(sentence[0], start - 4), start)) + " "
    if set(near) & _VACANT and (
        noun is None or "post" in class_of(reading, noun) or reading.pos(noun) == "NUM"
    ):
        return "vacant"
    if any(f" {words} " in before for words in _CAP):
        return "cap"
    if noun is None:
        return None
    people = class_of(reading, noun) & {"people", "post"}
    mission = any(
        word in text
        for word in (" embassy ", " mission ", " delegation ", " post ", " accredited ", " consulate ")
    )
    if people and mission and any(f" {words} " in text for words in _FILLED):
        return "filled"
    return None
