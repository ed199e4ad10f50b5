"""The event on which an act hangs: the one that the event coder found at the same words, or one made for it.

Requires ``draft.events``. Gives an event of the act's PLOVER type and mode with the parties of the mission as
actor and recipient, whose status and background are the act's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts.lexicon import CLOSING, OWN, SPOKEN
from onrecord.coding.cues import load
from onrecord.model.records import Event
from onrecord.vocabulary import cameo_for

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

_CONTEXTS = ("diplomatic",)


def event_for(draft: Draft, match: Match, party: Party, status: str, clause: WordSpan) -> Event:
    """Find or make the event of an act; one that the event coder found takes what the act says of it.

    An act is a narrower term than an event type: where it is named, it settles type, mode, status and sides. An item of
    a list whose verb was said for another (``clause`` is without it) is an event of its own, told by its own words.
    """
    kind, mode = load("acts")["events"][match.rule.act]
    verb = draft.span((match.word, match.word + 1))
    item = match.rule.act not in SPOKEN and not clause[0] <= match.word < clause[1]
    trigger = draft.span(clause) if item else verb
    known = _at(draft, trigger) or _told_in_body(draft, match, party, (kind, mode), status)
    if known is not None:
        known.type, known.mode = kind, mode
        known.status = status  # type: ignore[assignment]
        known.contexts = [*dict.fromkeys((*known.contexts, *_CONTEXTS))]
        known.cameo = cameo_for(kind, mode, known.contexts, status)
        _settle_sides(draft, match, party, known, clause)
        draft.note(known.id, "type", f"settled by the act {match.rule.act}")
        return known
    words = (match.word, match.word + 1)
    background = _background(draft, verb)
    time = draft.time_for(words, None, status, background)
    event = Event(
        id=draft.new_id("event"),
        type=kind,
        mode=mode,
        contexts=[*_CONTEXTS],
        cameo=cameo_for(kind, mode, _CONTEXTS, status),
        actors=_actor(draft, match, party, clause, doer=True),
        recipients=_actor(draft, match, party, clause, doer=False),
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


def _at(draft: Draft, trigger: tuple[int, int]) -> Event | None:
    """The event that is told at these words."""
    for event in draft.events:
        if event.trigger[0] < trigger[1] and trigger[0] < event.trigger[1]:
            return event
    return None


def _by_sender(match: Match, party: Party) -> bool:
    """Whether the measure is the sending state's: always, or because the words name it as the doer."""
    return match.rule.act in OWN or (match.rule.act in CLOSING and party.own)


def _settle_sides(draft: Draft, match: Match, party: Party, event: Event, clause: WordSpan) -> None:
    """Put the parties of the mission on their sides where the event has others, or nobody; beside those of the measures
    that hang on it already."""
    shared = any(act.event == event.id for act in draft.acts)
    sides = [party.sending, party.receiving]
    doer, target = sides if _by_sender(match, party) else sides[::-1]
    for name, code, acts in (("actors", doer, True), ("recipients", target, False)):
        told = getattr(event, name)
        if code is not None and code not in {draft.code_of(one) for one in told}:
            own = _actor(draft, match, party, clause, doer=acts)
            setattr(event, name, [*told, *own] if shared else own or told)


def _told_in_body(
    draft: Draft, match: Match, party: Party, kind: tuple[str, str], status: str
) -> Event | None:
    """The event of the body that a measure told in the title repeats: its type, mode, status and parties."""
    if draft.section_of(match.word) != "title":
        return None
    sides = [party.sending, party.receiving]
    doer, target = sides if _by_sender(match, party) else sides[::-1]
    for event in draft.events:
        told = [{draft.code_of(each) for each in side} for side in (event.actors, event.recipients)]
        if event.status != status or event.type != kind[0] or event.mode not in (None, kind[1]):
            continue
        if doer in told[0] and target in told[1]:
            return event
    return None


def _background(draft: Draft, trigger: tuple[int, int]) -> bool:
    """What the model says of the mention whose words these are, of any type."""
    for mention in draft.reading.events:
        span = draft.span(mention.trigger)
        if span[0] < trigger[1] and trigger[0] < span[1]:
            return mention.background >= 0.5
    return False


def _actor(draft: Draft, match: Match, party: Party, clause: WordSpan, doer: bool) -> list[str]:
    sender = _by_sender(match, party)
    code = party.sending if sender == doer else party.receiving
    if doer and match.doer is not None:
        found = draft.actor_for(draft.reading.phrase(match.doer))
        if found is not None and (code is None or draft.code_of(found) == code):
            return [found]
    of_code = [actor for actor in draft.actors if code is not None and actor.code == code]
    named = [actor for actor in of_code if actor.kind in ("state", "igo")]
    if of_code or code is None:
        return [actor.id for actor in (named or of_code)[:1]]
    for word in range(*clause):  # a state that nobody was asked about before: the item of a list
        for words in ((word, word + 1), draft.reading.phrase(word)):
            told = draft.resolver.resolve(words)
            if told is not None and told.code == code and (made := draft.actor_for(words)) is not None:
                return [made]
    return []
