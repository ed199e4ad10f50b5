"""Where the records of a document are told, and which of them stands nearest by the tree.

An end of a link is a record; its place is the word that tells it. A record that is told at several places has several.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.coding.acts.lexicon import OWN
from onrecord.model.records import Act, Claim, Event, Forum, Incident

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]
WordSpan = tuple[int, int]
Record = Act | Claim | Event | Forum | Incident


@dataclass(frozen=True, slots=True)
class Place:
    """A record that may be an end: its words, the character and the word at which it is told."""

    span: Span
    at: int
    word: int
    record: Record


class Ends:
    """Every record of a draft that may be an end, by its places in the order of the text."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._reading = draft.reading
        self._events = {event.id: event for event in draft.events}
        self.all = sorted(self._found(), key=lambda each: each.at)

    def add(self, place: Place) -> None:
        """Take in a record that was made of the words of a link."""
        insort(self.all, place, key=lambda each: each.at)

    def _found(self) -> Iterable[Place]:
        draft = self._draft
        covered: set[str] = set()
        for act in draft.acts:
            trigger = self._events[act.event].trigger if act.event in self._events else None
            covered.add(act.event or "")
            for span in act.evidence:
                inside = trigger is not None and span[0] <= trigger[0] < span[1]
                yield self._place(span, trigger[0] if inside and trigger else None, act)
        text = draft.document.text
        for incident in draft.incidents:
            for span in incident.evidence:
                at = text.find(incident.name, *span)
                named = (at, at + len(incident.name)) if at >= 0 else span
                yield self._place(named, None, incident)
        for forum in draft.forums:
            yield self._place(forum.evidence[0], None, forum)
        for event in draft.events:
            if event.id not in covered:
                span = event.evidence[0] if event.evidence else event.trigger
                yield self._place(span, event.trigger[0], event)
        for claim in draft.claims:
            if claim.content:
                yield self._place(claim.content[0], None, claim)

    def _place(self, span: Span, at: int | None, record: Record) -> Place:
        reading = self._reading
        if at is not None:
            return Place(span, at, min(reading.words_in((at, at + 1))[0], len(reading) - 1), record)
        words = reading.words_in(span)
        tops = [word for word in range(*words) if not words[0] <= reading.head(word) < words[1]]
        top = next((word for word in tops if reading.pos(word) != "PUNCT"), words[0])
        return Place(span, reading.start(min(top, len(reading) - 1)), min(top, len(reading) - 1), record)

    @cached_property
    def titles(self) -> list[Span]:
        """What is no running text."""
        kinds = ("title", "debris", "byline", "caption")
        return [section.span for section in self._draft.document.sections if section.kind in kinds]

    def within(self, span: Span) -> list[Place]:
        """The places inside a span."""
        return [each for each in self.all if span[0] <= each.at < span[1]]

    def nearest(self, found: list[Place], word: int) -> Place | None:
        """The place nearest to a word by the tree: in the closest clause around it, and there closest to its head;
        deeds before what is said."""
        chain = {word: 0}
        above = word
        while (above := self._reading.head(above)) >= 0 and above not in chain:
            chain[above] = len(chain)
        return min(
            found,
            key=lambda each: (
                isinstance(each.record, Claim),
                isinstance(each.record, Forum),
                *self._steps(each.word, chain),
                abs(each.word - word),
            ),
            default=None,
        )

    def _steps(self, word: int, chain: dict[int, int]) -> tuple[int, int]:
        steps = 0
        while word not in chain:
            word = self._reading.head(word)
            steps += 1
            if word < 0 or steps > 60:
                return (len(chain) + 1, steps)
        return (chain[word], steps)

    def status(self, record: Record) -> str:
        """Whether the deed is told as done."""
        if isinstance(record, Act):
            event = self._events.get(record.event or "")
            return event.status if event else "actual"
        return record.status if isinstance(record, Event) else "actual"

    def background(self, record: Record) -> bool:
        """Whether the deed is told as history."""
        event = self._events.get(record.event or "") if isinstance(record, Act) else record
        return isinstance(event, Event) and event.background

    def sides(self, record: Record) -> tuple[str | None, str | None]:
        """The codes of who did it and of whom it hit; for a claim, of who speaks and to whom."""
        draft = self._draft
        if isinstance(record, Act):
            mission = record.mission
            sides = (mission.sending, mission.receiving)
            event = self._events.get(record.event or "")
            doer = draft.code_of(event.actors[0]) if event and event.actors else None
            if record.act in OWN or (
                doer == mission.sending and doer is not None and doer != mission.receiving
            ):
                return sides
            return (mission.receiving, mission.sending)
        if isinstance(record, Event):
            doer = draft.code_of(record.actors[0]) if record.actors else None
            hit = draft.code_of(record.recipients[0]) if record.recipients else None
            return (doer, hit)
        if isinstance(record, Claim):
            return (draft.code_of(record.holder), draft.code_of(record.addressee))
        return (None, None)
