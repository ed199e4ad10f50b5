"""The working state of one document while it is being coded: what is known so far, and the growing records.

Every stage is a function ``code(draft) -> None`` that reads the draft and appends records of
``onrecord.model.records`` to its lists. Spans come in two kinds, told apart by name: ``words`` is a
``WordSpan`` ``[a, b)`` of word indices of the reading, ``span`` is ``[start, end)`` in code points of the
text. Records hold code point spans only.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from onrecord.coding.time.written import written_on
from onrecord.model import dates
from onrecord.model.records import (
    Act,
    Actor,
    Claim,
    Document,
    Event,
    Expectation,
    Forum,
    Incident,
    Link,
    MissionState,
    Time,
)

if TYPE_CHECKING:
    from onrecord.coding.parties.resolver import Party, PartyResolver
    from onrecord.coding.time.timex import Timex
    from onrecord.reading.types import EventMention, Reading, WordSpan

Span = tuple[int, int]
RecordKind = Literal[
    "actor", "event", "claim", "act", "mission_state", "incident", "expectation", "forum", "link"
]  # fmt: skip

_PREFIX: dict[RecordKind, str] = {
    "actor": "a",
    "event": "e",
    "claim": "c",
    "act": "m",
    "mission_state": "s",
    "incident": "i",
    "expectation": "x",
    "forum": "f",
    "link": "l",
}

# An event told more than this many days after it took place is background.
NEWS_DAYS = 7

# Sections that tell nothing of their own: they repeat the text, or stand around it.
UNTOLD = frozenset(("title", "byline", "caption", "debris"))

# A word with one of these relations heads a clause of its own.
_CLAUSE_HEADS = frozenset(
    ("root", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj", "csubj:pass")
)
_EDGES = frozenset(("PUNCT", "CCONJ", "SCONJ"))


@dataclass(slots=True)
class Draft:
    """One document on its way to a ``CodedDocument``.

    ``mentions`` keeps the event mentions of the reading that stand behind each event, the clearest first;
    ``why`` says which rule, head or table gave a field, by ``"ID.FIELD"``; ``inferred`` lists fields that no
    span states. ``day`` is the day on which the document was written, against which relative dates are resolved;
    None where it is not known.
    """

    document: Document
    reading: Reading
    timexes: tuple[Timex, ...]
    resolver: PartyResolver
    actors: list[Actor] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    missions: list[MissionState] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    forums: list[Forum] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    mentions: dict[str, list[EventMention]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _actor_ids: dict[object, str] = field(default_factory=dict)
    _actor_index: dict[str, Actor] = field(default_factory=dict)
    _resolved: dict[WordSpan, str | None] = field(default_factory=dict)
    _sections: list[str | None] | None = None
    day: date | None = field(init=False)

    def __post_init__(self) -> None:
        self.day = written_on(self.document)

    # ids and notes

    def new_id(self, kind: RecordKind) -> str:
        """The next free id of a kind of record: ``e1``, ``e2`` … in the order of asking."""
        prefix = _PREFIX[kind]
        number = self._counts.get(prefix, 0) + 1
        self._counts[prefix] = number
        return f"{prefix}{number}"

    def note(self, record: str, name: str, why: str) -> None:
        """Keep beside the records what a field of one rests on: the rule, the head or the table."""
        self.why[f"{record}.{name}"] = why

    # words and text

    def span(self, words: WordSpan) -> Span:
        """Code points of a word span."""
        return self.reading.span(*words)

    def section_at(self, offset: int) -> str | None:
        """Kind of the section that holds a code point: title, body, update …; None between sections."""
        for section in self.document.sections:
            if section.span[0] <= offset < section.span[1]:
                return section.kind
        return None

    def section_of(self, word: int) -> str | None:
        """Kind of the section in which a word begins; None between sections."""
        if self._sections is None:
            starts: list[int] = self.reading.starts.tolist()
            self._sections = [None] * len(starts)
            for section in reversed(self.document.sections):  # where two hold a word, the first counts
                start, end = (bisect_left(starts, edge) for edge in section.span)
                self._sections[start:end] = [section.kind] * (end - start)
        return self._sections[word]

    def sentence(self, word: int) -> WordSpan:
        """The words of the sentence in which a word stands."""
        return self.reading.sentence(word)

    def clause(self, word: int) -> WordSpan:
        """The clause in which a word stands: everything below the nearest word that heads a clause.

        Punctuation and conjunctions at either end are left out.
        """
        reading, head = self.reading, word
        first, last = self.sentence(word)
        while (parent := reading.head(head)) >= 0 and not self._heads_clause(head):
            if not first <= parent < last:
                break
            head = parent
        start, end = reading.subtree(head)
        start, end = max(start, first), min(end, last)
        if not start <= word < end:
            start, end = first, last
        while start < word and reading.pos(start) in _EDGES:
            start += 1
        while end - 1 > word and reading.pos(end - 1) == "PUNCT":
            end -= 1
        return start, end

    def evidence_for(self, words: WordSpan, *others: WordSpan) -> Span:
        """The clause around ``words``, or the sentence where ``others`` of it stand outside the clause."""
        start, end = self.clause(words[0])
        first, last = self.sentence(words[0])
        inside = [other for other in (words, *others) if first <= other[0] and other[1] <= last]
        if any(other[0] < start or end < other[1] for other in inside):
            start, end = first, last
        return self.reading.span(start, end)

    def _heads_clause(self, word: int) -> bool:
        relation = self.reading.deprel(word)
        return relation in _CLAUSE_HEADS or (relation == "conj" and self.reading.pos(word) in ("VERB", "AUX"))

    # parties

    def actor_for(self, words: WordSpan) -> str | None:
        """The actor whom a noun phrase, name or pronoun stands for: its id, with this mention put on record.

        Mentions that the resolver holds to be one party become one actor. None where the words name nobody
        that can be told (an unresolved pronoun).
        """
        if words not in self._resolved:
            party = self.resolver.resolve(words)
            self._resolved[words] = self.actor_of(party, words) if party else None
        return self._resolved[words]

    def actors_for(self, words: WordSpan) -> list[str]:
        """The actors of a phrase that may stand for several: both of "French and Dutch voters", "the two sides"."""
        parties = self.resolver.resolve_all(words)
        if len(parties) > 1:
            return [self.actor_of(party, words) for party in parties]
        found = self.actor_for(words)
        return [] if found is None else [found]

    def actor_of(self, party: Party, words: WordSpan | None = None) -> str:
        """The actor of a resolved party; ``words`` are added to its mentions."""
        known = self._actor_ids.get(party.key)
        if known is None:
            known = self.new_id("actor")
            actor = Actor(
                id=known,
                name=party.name,
                kind=party.kind,
                code=party.code,
                sector=party.sector,
                role=party.role,
                anonymous=party.anonymous,
                wikidata=party.wikidata,
            )
            self._actor_ids[party.key] = known
            self._actor_index[known] = actor
            self.actors.append(actor)
            self.note(known, "code", party.why)
        if words is not None:
            self._mention(self._actor_index[known], self.span(words))
        return known

    def actor(self, identifier: str) -> Actor:
        """The actor record of an id."""
        return self._actor_index[identifier]

    def code_of(self, identifier: str | None) -> str | None:
        """The code of an actor id: a state, an organisation or a group; None where it has none."""
        return self._actor_index[identifier].code if identifier else None

    @staticmethod
    def _mention(actor: Actor, span: Span) -> None:
        if span not in actor.mentions:
            actor.mentions.append(span)
            actor.mentions.sort()

    # events and claims by their words

    def time_for(
        self,
        trigger: WordSpan,
        when: WordSpan | None = None,
        status: str = "actual",
        background: bool = False,
    ) -> Time | None:
        """When the deed told at ``trigger`` took or takes place; ``when``: the words that date it."""
        from onrecord.coding.time.when import date_event

        return date_event(self, trigger, when, status, background)

    def is_background(self, time: Time | None, told_as_history: bool) -> bool:
        """More than seven days old, or told as history; what is dated within the week, or ahead, is news."""
        if time is None or self.day is None or time.basis not in ("explicit", "relative", "inherited"):
            return told_as_history
        days = dates.parse(time.edtf)
        oldest_news = self.day - timedelta(days=NEWS_DAYS)
        if days.upper is not None and days.upper < oldest_news:
            return True
        if days.lower is not None and oldest_news <= days.lower:
            return False
        return told_as_history

    def event_at(self, words: WordSpan) -> Event | None:
        """The event of which a mention's trigger shares a word with ``words``."""
        for event in self.events:
            for mention in self.mentions.get(event.id, ()):
                if mention.trigger[0] < words[1] and words[0] < mention.trigger[1]:
                    return event
        return None

    def events_in(self, words: WordSpan) -> list[Event]:
        """The events with a mention whose trigger stands wholly inside ``words``."""
        return [
            event
            for event in self.events
            if any(
                words[0] <= mention.trigger[0] and mention.trigger[1] <= words[1]
                for mention in self.mentions.get(event.id, ())
            )
        ]

    def claims_over(self, span: Span) -> list[Claim]:
        """The claims whose content covers a code point span."""
        return [
            claim
            for claim in self.claims
            if any(start <= span[0] and span[1] <= end for start, end in claim.content)
        ]
