"""Event mentions of the reading -> event records: parties with direction, status, date, place, quantities.

Requires the reading's event mentions, the resolver and the temporal expressions. Gives events in the order
of the text, without claims (``holders`` adds them), duplicates inside the document merged (``merge``). The
event heads of the model are the only source: no event without a trigger. The rulings on parties and
background are those of the annotation guideline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.coding import refusals, undone
from onrecord.coding.contexts import contexts_of
from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate, merge
from onrecord.coding.places.place import Spots, locate, place_of
from onrecord.coding.quantities import quantities_of
from onrecord.coding.sides import Sides, is_mutual, is_symmetric, partners, sides_of, visited_here, visitors
from onrecord.coding.spans import arguments, members
from onrecord.model.records import Event, Request
from onrecord.reading.types import Argument, EventMention
from onrecord.vocabulary import cameo_for

# From this likelihood on an event is told as history (on held-out newswire the even odds miss too much of it).
HISTORY = 0.35
# What may yet happen is no background, however it is told.
_AHEAD = frozenset(("future", "hypothetical"))
# What a state does to others: who of its own is told of in the same breath is meant by the words, not by the deed.
_AGAINST_OTHERS = frozenset(("REJECT", "THREATEN"))
_OF_STATES = frozenset((None, "GOV", "MIL", "SPY", "COP"))
_READ = frozenset(("body", "update", "caption"))
_COMPLEMENTS = ("ccomp", "xcomp", "advcl", "acl", "csubj", "nmod", "obl", "obj")


def code(draft: Draft) -> None:
    """Append the document's events to the draft."""
    found = [candidate(draft, mention) for mention in _mentions(draft)]
    refusals.answer(draft, found)
    spots = locate(draft.reading) if found else {}
    for each in merge(draft, found):
        draft.events.append(_event(draft, each, spots))


def _mentions(draft: Draft) -> list[EventMention]:
    """The mentions to code: those of the body.

    A title repeats it, so it counts only where there is no body.
    """
    kinds = [draft.section_of(mention.trigger[0]) for mention in draft.reading.events]
    has_body = any(section.kind == "body" for section in draft.document.sections)
    kept = [
        mention
        for mention, kind in zip(draft.reading.events, kinds, strict=True)
        if kind in _READ or (kind in (None, "title") and not has_body)
    ]
    return sorted((_settled(draft, mention) for mention in kept), key=lambda mention: mention.trigger)


def _settled(draft: Draft, mention: EventMention) -> EventMention:
    """The mention with the status that plain words give it, where the head takes it for done."""
    if mention.status != "actual":
        return mention
    status = undone.status_of(draft.reading, mention.trigger[0])
    return mention if status is None else replace(mention, status=status)


def candidate(draft: Draft, mention: EventMention) -> Candidate:
    """One mention as an event of its own: parties resolved, dated, status and background decided."""
    mention = _as_meeting(draft, mention)
    sides = sides_of(draft.reading, mention)
    actors = _parties(draft, sides["actor"])
    recipients = _parties(draft, sides["recipient"])
    if is_symmetric(mention):
        actors, recipients = _met(draft, mention, sides, _union(actors, recipients)), []
    elif is_mutual(draft.reading, mention):
        actors = recipients = _union(actors, recipients)
    elif (here := visited_here(draft.reading, mention)) is not None:
        recipients = _host(draft, here, actors) or recipients
    recipients = [each for each in recipients if each not in actors or draft.actor(each).kind != "person"]
    if mention.type in _AGAINST_OTHERS:
        recipients = [each for each in recipients if not _same_state(draft, each, actors)]
    when = arguments(mention, "when")
    told_as_history = mention.background >= HISTORY
    time = draft.time_for(mention.trigger, when[0].span if when else None, mention.status, told_as_history)
    return Candidate(
        mentions=[mention],
        actors=actors,
        recipients=recipients,
        time=time,
        background=mention.status not in _AHEAD and draft.is_background(time, told_as_history),
        probability=mention.score,
    )


def _same_state(draft: Draft, one: str, actors: list[str]) -> bool:
    """Both are the state's own: "the ministry denied that officers of its army had been there" rejects no army."""
    code, sector = draft.code_of(one), draft.actor(one).sector
    return code is not None and any(
        draft.code_of(each) == code and {sector, draft.actor(each).sector} <= _OF_STATES for each in actors
    )


def _as_meeting(draft: Draft, mention: EventMention) -> EventMention:
    """A visit without a host whose visitors are of several parties is a meeting of theirs."""
    guests = visitors(mention)
    if len(guests) < 2:
        return mention
    codes = {draft.code_of(each) for guest in guests for each in draft.actors_for(guest.span)} - {None}
    if len(codes) < 2:
        return mention
    kept = (each for each in mention.arguments if each.role not in ("actor", "recipient") or each in guests)
    return replace(mention, mode=None, arguments=tuple(kept))


def _met(draft: Draft, mention: EventMention, sides: Sides, actors: list[str]) -> list[str]:
    """Those who meet; where they are all of one party, with the likeliest of another: nobody meets alone."""
    tied = draft.resolver.tied(mention.trigger)
    actors = _union([draft.actor_of(party, words) for party, words in tied], actors)
    codes = {draft.code_of(each) for each in actors}
    if mention.mode == "multilateral" or len(codes) != 1 or None in codes:
        return actors
    for other in partners(draft.reading, mention, [*sides["actor"], *sides["recipient"]]):
        found = draft.actors_for(other.span)
        if any(draft.code_of(each) not in (None, *codes) for each in found):
            return _union(actors, found)
    return actors


def _host(draft: Draft, here: int, visitors: list[str]) -> list[str]:
    """The state that the word "here" means to visitors."""
    party = draft.resolver.host({code for each in visitors if (code := draft.code_of(each)) is not None})
    return [draft.actor_of(party, (here, here + 1))] if party is not None else []


def _parties(draft: Draft, side: Iterable[Argument]) -> list[str]:
    """The actor ids of one side: each member of a coordination on its own, in the order of the text."""
    spans = (member for argument in side for member in members(draft.reading, argument.span))
    return _union([], (found for span in spans for found in draft.actors_for(span)))


def _union(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def _event(draft: Draft, found: Candidate, spots: Spots) -> Event:
    mention = found.clearest
    spans = [argument.span for argument in mention.arguments]
    place, guessed = place_of(draft, found, spots)
    contexts = _contexts(draft, found)
    event = Event(
        id=draft.new_id("event"),
        type=mention.type,
        mode=mention.mode,
        contexts=contexts,
        cameo=cameo_for(mention.type, mention.mode, contexts, mention.status),
        actors=found.actors,
        recipients=found.recipients,
        trigger=draft.span(mention.trigger),
        evidence=_evidence(draft, found),
        status=mention.status,
        background=found.background,
        time=found.time,
        place=place,
        quantities=quantities_of(draft, mention.trigger, spans),
        request=_request(draft, mention),
        probability=round(found.probability, 3),
    )
    draft.mentions[event.id] = found.mentions
    if guessed:
        draft.inferred.append(f"{event.id}.place")
    draft.note(event.id, "type", "event head")
    draft.note(event.id, "background", "date" if found.time and found.background else "background head")
    return event


def _contexts(draft: Draft, found: Candidate) -> list[str]:
    sentence = draft.reading.words(draft.sentence(found.clearest.trigger[0]))
    parties = (draft.actor(identifier) for identifier in (*found.actors, *found.recipients))
    return contexts_of(sentence, (party.sector for party in parties))


def _evidence(draft: Draft, found: Candidate) -> list[tuple[int, int]]:
    """The clause of each mention, widened to its sentence where a party stands outside it."""
    spans = (
        draft.evidence_for(mention.trigger, *(argument.span for argument in mention.arguments))
        for mention in found.mentions
    )
    return list(dict.fromkeys(spans))


def _request(draft: Draft, mention: EventMention) -> Request | None:
    """What a request asks for: the complement of its trigger."""
    if mention.type != "REQUEST":
        return None
    reading = draft.reading
    named = {argument.span for argument in mention.arguments}
    for relation in _COMPLEMENTS:
        for child in reading.children(mention.trigger[0]):
            words = reading.subtree(child)
            if reading.deprel(child).partition(":")[0] != relation or child < mention.trigger[1]:
                continue
            if not any(start <= child < end for start, end in named):
                return Request(content=draft.span(words))
    return Request()
