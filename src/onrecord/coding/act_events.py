"""The event on which an act hangs: the one that the event coder found at the same words, or one made for it.

Requires ``draft.events``. Gives an event of the act's PLOVER type and mode with the parties of the mission as
actor and recipient, whose status and background are the act's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.cues import load
from onrecord.model.records import Event

if TYPE_CHECKING:
    from onrecord.coding.act_parties import Party
    from onrecord.coding.act_rules import Match
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

_SENDERS = frozenset(("suspend_own_mission", "recall"))


def event_for(draft: Draft, match: Match, party: Party, status: str, clause: WordSpan) -> Event:
    """Find or make the event of an act; one that the event coder found takes the act's status."""
    kind, mode = load("acts")["events"][match.rule.act]
    trigger = draft.span((match.word, match.word + 1))
    known = _at(draft, kind, trigger) or _told_in_body(draft, match, party, kind, status)
    if known is not None:
        known.mode = known.mode or mode
        known.status = status  # type: ignore[assignment]
        return known
    words = (match.word, match.word + 1)
    background = _background(draft, trigger)
    time = draft.time_for(words, None, status, background)
    event = Event(
        id=draft.new_id("event"),
        type=kind,
        mode=mode,
        contexts=["diplomatic"],
        actors=_actor(draft, match, party, doer=True),
        recipients=_actor(draft, match, party, doer=False),
        trigger=trigger,
        evidence=[draft.span(clause)],
        status=status,
        background=draft.is_background(time, background),
        time=time,
        claims=[claim.id for claim in draft.claims_over(trigger)],
    )
    draft.events.append(event)
    draft.note(event.id, "type", f"made for the act {match.rule.act}")
    return event


def _at(draft: Draft, kind: str, trigger: tuple[int, int]) -> Event | None:
    """The event of this type at these words."""
    for event in draft.events:
        if event.type == kind and event.trigger[0] < trigger[1] and trigger[0] < event.trigger[1]:
            return event
    return None


def _told_in_body(draft: Draft, match: Match, party: Party, kind: str, status: str) -> Event | None:
    """The event of the body that a measure told in the title repeats: its type, status and parties."""
    if draft.section_at(int(draft.reading.starts[match.word])) != "title":
        return None
    sides = [party.sending, party.receiving]
    doer, target = sides if match.rule.act in _SENDERS else sides[::-1]
    for event in draft.events:
        told = [{draft.code_of(each) for each in side} for side in (event.actors, event.recipients)]
        if (event.type, event.status) == (kind, status) and doer in told[0] and target in told[1]:
            return event
    return None


def _background(draft: Draft, trigger: tuple[int, int]) -> bool:
    """What the model says of the mention whose words these are, of any type."""
    for mention in draft.reading.events:
        span = draft.span(mention.trigger)
        if span[0] < trigger[1] and trigger[0] < span[1]:
            return mention.background >= 0.5
    return False


def _actor(draft: Draft, match: Match, party: Party, doer: bool) -> list[str]:
    sender = match.rule.act in _SENDERS
    code = party.sending if sender == doer else party.receiving
    if doer and match.doer is not None:
        found = draft.actor_for(draft.reading.phrase(match.doer))
        if found is not None and (code is None or draft.code_of(found) == code):
            return [found]
    return [actor.id for actor in draft.actors if actor.code == code and actor.kind in ("state", "igo")][:1]
