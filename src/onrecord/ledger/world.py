"""One consistent picture of the ledger: the codings in force at a moment of record time, by document."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from onrecord.ledger.assemble import assemble
from onrecord.ledger.decisions import Decision, Place, anchor, apply, kind_of, overlapping, renamed
from onrecord.ledger.held import Held, places
from onrecord.ledger.keys import completed
from onrecord.ledger.rows import Evidence, Party, Voice, When
from onrecord.ledger.standing import standing
from onrecord.ledger.statements import DOCUMENT_KEY, as_micros, document_key
from onrecord.ledger.store import get_blob
from onrecord.ledger.tables import ATTEMPT, redaction, statement
from onrecord.ledger.texts import versions
from onrecord.model.dates import bounds
from onrecord.model.marking import rank, strictest
from onrecord.model.records import Act, Actor, Claim, CodedDocument, Document, Link, Time

PRECEDENCE = {"person": 0, "import": 1, "model": 2}
CACHED = 20_000
REDACTED = "█"
DAYS_KEPT = 3


@dataclass(slots=True)
class Coding:
    """One coding of one document, as assembled from its statements."""

    number: int
    id: str
    document: str
    author_kind: str
    author: str
    at: int
    recorded: int
    coded: CodedDocument
    local: dict[str, str]
    attempts: frozenset[str] = frozenset()


class Codings:
    """Assembled codings by entry number; an entry never changes, so neither does what is kept here."""

    def __init__(self) -> None:
        self.kept: OrderedDict[int, Coding] = OrderedDict()
        self.blank: set[int] = set()

    def get(self, connection: Connection, one: Row[Any]) -> Coding:
        found = self.kept.get(one.number)
        if found is None:
            told = connection.execute(_TOLD, {"first": one.first, "last": one.last})
            rows = [(subject, kind, name, value) for subject, kind, name, value in told]
            coded, local = assemble(rows, partial(rendition, connection))
            at = one.at if one.at is not None else one.recorded
            found = Coding(
                one.number, one.coding, one.document, one.author_kind, one.author, at, one.recorded, coded, local,
                _attempts(connection, coded),
            )  # fmt: skip
            self.kept[one.number] = found
            if coded.document.text[:1] == REDACTED:
                self.blank.add(one.number)
            if len(self.kept) > CACHED:
                self.kept.popitem(last=False)
        else:
            self.kept.move_to_end(one.number)
        return found

    def drop(self, documents: set[str]) -> None:
        """Let go of documents whose text was taken down, of those that print the same text, and of what had been taken
        down before, whose text may have been recorded again."""
        for number in self.blank:
            self.kept.pop(number, None)
        self.blank.clear()
        texts = (
            {one.coded.document.text for one in self.kept.values() if one.document in documents}
            if documents
            else ()
        )
        for number, one in list(self.kept.items()) if documents else ():
            if one.document in documents or one.coded.document.text in texts:
                del self.kept[number]


_TOLD = (
    select(statement.c.subject, statement.c.kind, statement.c.property, statement.c.value)
    .where(statement.c.seq.between(bindparam("first"), bindparam("last")))
    .order_by(statement.c.seq)
)


def _attempts(connection: Connection, coded: CodedDocument) -> frozenset[str]:
    """The events that the words of a text called attempts before it was taken down."""
    if not coded.document.text.startswith(REDACTED):
        return frozenset()
    begins = f"{ATTEMPT}e{document_key(coded.document.id)}."
    told = select(redaction.c.target).where(redaction.c.target.startswith(begins, autoescape=True))
    return frozenset(one.removeprefix(ATTEMPT) for one in connection.execute(told).scalars())


def rendition(connection: Connection, name: str, length: int) -> str:
    """The text that the spans of a coding index; blanked where it was taken down."""
    data = get_blob(connection, name)
    return REDACTED * length if data is None else data.decode("utf-8", "surrogatepass")


@dataclass(slots=True)
class Doc:
    """A document version with the codings of it in force, people's before imports before models.

    ``supersedes`` is the earlier version, as the document says or as ``texts.versions`` finds.
    """

    id: str
    document: Document
    codings: list[Coding]
    recorded: int
    supersedes: str | None = None
    superseded_by: str | None = None

    @property
    def outlet(self) -> str | None:
        return self.document.outlet.name

    @property
    def published(self) -> str | None:
        return self.document.published.value if self.document.published else None

    @property
    def day(self) -> date | None:
        """The day of publication as written, in its own zone."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None

    @property
    def told_on(self) -> When | None:
        """The day of publication as the date of what is told without one."""
        return When(self.day.isoformat(), self.day, self.day, None, None, "inherited") if self.day else None


@dataclass(frozen=True, slots=True)
class Made:
    """One coding of a document, or the same coding ``again``, with the moment it was recorded."""

    recorded: int
    at: int
    again: bool
    coding: Coding


@dataclass
class World:
    """Everything known at ``known_at``, for one neighbourhood of the ledger or for all of it.

    ``owner`` leads from a record's id to its document, its coding and the record; ``merged`` and ``split``
    are people's decisions on identity, ``pinned`` the machine's merges on record; ``withheld`` the documents
    marked stricter than ``allowed``, which are left out with all that is decided on them; ``cache`` holds what
    views have worked out, and goes with the world.
    """

    known_at: int | None
    docs: dict[str, Doc] = field(default_factory=dict)
    owner: dict[str, tuple[Doc, Coding, Any]] = field(default_factory=dict)
    locals: dict[str, dict[str, str]] = field(default_factory=dict)
    merged: list[tuple[str, str, str]] = field(default_factory=list)
    split: list[tuple[str, str]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    proposed: dict[str, Any] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    retracted: dict[str, tuple[Doc, Coding, Any]] = field(default_factory=dict)
    decided: dict[str, tuple[str, str]] = field(default_factory=dict)
    history: dict[str, list[Made]] = field(default_factory=dict)
    allowed: str | None = None
    withheld: dict[str, str] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    pinned: dict[tuple[str, str], Held] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    base: dict[str, tuple[Doc, Coding, Any]] = field(default_factory=dict)
    cache: dict[str, Any] = field(default_factory=dict)

    def add(self, document: str, history: list[Made]) -> None:
        """Put a document in, with the newest coding of each kind of author in force."""
        latest: dict[str, int] = {}
        for made in history:
            latest[made.coding.id] = max(made.at, latest.get(made.coding.id, made.at))
        newest: dict[str, Coding] = {}
        for coding in sorted((m.coding for m in history if not m.again), key=lambda c: (latest[c.id], c.id)):
            newest[coding.author_kind] = coding
        if not newest:
            return
        codings = sorted(newest.values(), key=lambda c: PRECEDENCE[c.author_kind])
        marking = (
            strictest(one for coding in codings if (one := coding.coded.document.marking))
            if self.allowed is not None
            else None
        )
        if marking is not None and rank(marking) > rank(self.allowed):
            self.withheld[document] = marking
            return
        doc = Doc(document, codings[0].coded.document, codings, min(m.recorded for m in history))
        self.docs[document] = doc
        self.history[document] = history
        names: dict[str, str] = {}
        for made in sorted(history, key=lambda m: m.at):
            names.update(made.coding.local)
        self.locals[document] = names
        taken: dict[str, list[tuple[tuple[int, int], str]]] = {}
        replaced: dict[str, str] = {}
        for coding in codings:
            mine: dict[str, list[tuple[tuple[int, int], str]]] = {}
            missions = completed(coding.coded)
            for record in coding.coded.records():
                if record.id in missions:
                    record = record.model_copy(update={"mission": missions[record.id]})
                kind, span = type(record).__name__, anchor(record)
                # What a person coded at some words stands in place of what a model made of them.
                instead = overlapping(span, taken.get(kind, ())) if span and kind != "Actor" else None
                if instead is not None:
                    replaced |= {record.id: instead} if record.id not in self.owner else {}
                    continue
                self.owner.setdefault(record.id, (doc, coding, record))
                if span and len(codings) > 1:
                    mine.setdefault(kind, []).append((span, record.id))
            for kind, spans in mine.items():
                taken.setdefault(kind, []).extend(spans)
        # What rests on a record that has been replaced rests on the one in its place, and not on nothing.
        for identity in self.records_in(document) if replaced else ():
            _, coding, record = self.owner[identity]
            self.owner[identity] = (doc, coding, renamed(record, replaced))
        self.replaced |= replaced

    def settle(self) -> World:
        """Tie versions of one story together and put decisions into force, once all documents are in."""
        earlier = versions(doc.document for doc in self.docs.values())
        for later in (one for one in self.docs if one in earlier):
            self.docs[later].supersedes = earlier[later]
            if earlier[later] in self.docs:
                self.docs[earlier[later]].superseded_by = later
        self.base = self.undecided()
        return self.decide()

    def undecided(self) -> dict[str, tuple[Doc, Coding, Any]]:
        """The records before decisions: apart only where a decision may change them."""
        changing = any(one.kind in ("correct", "retract") for one in self.decisions)
        return dict(self.owner) if changing else self.owner

    def decide(self) -> World:
        """Put decisions into force, but for those on what is withheld."""
        if self.withheld:
            self.decisions = [one for one in self.decisions if not self._closed(places([one], ()))]
            self.held = [one for one in self.held if not self._closed(places((), [one]))]
        apply(self)
        return self

    def _closed(self, about: Iterable[Place]) -> bool:
        return any(place.document in self.withheld for place in about)

    def keep(self, name: str, day: date | None, make: Callable[[], Any]) -> Any:
        """What a view has worked out for a day: of the whole record, and of the last few days asked for."""
        kept: dict[date | None, Any] = self.cache.setdefault(name, {})
        if day not in kept:
            for old in [one for one in kept if one is not None][: max(len(kept) - DAYS_KEPT, 0)]:
                kept.pop(old, None)
            kept[day] = make()
        return kept[day]

    def steps(self, documents: Iterable[str]) -> list[int]:
        """The moments at which something about these documents became known."""
        return sorted({made.recorded for one in documents for made in self.history.get(one, ())})

    def at(self, known_at: int, documents: Iterable[str] | None = None) -> World:
        """This world as it was known at an earlier moment, of some documents or of all."""
        then = World(known_at, allowed=self.allowed)
        for document in self.history if documents is None else self._in_order(documents):
            known = [made for made in self.history.get(document, ()) if made.recorded <= known_at]
            if known:
                then.add(document, known)
        then.decisions = [one for one in self.decisions if one.recorded <= known_at]
        then.held = [one for one in self.held if one.recorded <= known_at]
        return then.settle()

    def within(self, documents: Iterable[str]) -> World:
        """This world of some documents only, with all that is known of them."""
        wanted = set(documents)
        part = World(self.known_at, allowed=self.allowed, decisions=self.decisions)
        part.held = [one for one in self.held if {one.first.document, one.second.document} <= wanted]
        for document in self._in_order(wanted):
            part.add(document, self.history[document])
        return part.settle()

    def _in_order(self, documents: Iterable[str]) -> list[str]:
        found = [self.docs[one] for one in set(documents) if one in self.docs]
        return [doc.id for doc in sorted(found, key=lambda doc: (doc.recorded, doc.id))]

    def records(self, kind: type[Any]) -> Iterator[tuple[Doc, Coding, Any]]:
        """Every record of one kind in force, in the order of documents and of the text."""
        for doc, coding, record in self.owner.values():
            if isinstance(record, kind):
                yield doc, coding, record

    def records_in(self, document: str) -> Iterator[str]:
        """The ids of the records of one document that are in force."""
        doc = self.docs.get(document)
        for coding in doc.codings if doc else ():
            yield from (record.id for record in coding.coded.records() if record.id in self.owner)

    def former(self, identity: str) -> Place | None:
        """Where a record of an earlier coding, which is no longer in force, stood."""
        for document, history in self.history.items():
            if document_key(document) != identity[1 : DOCUMENT_KEY + 1]:
                continue
            for made in history:
                for record in made.coding.coded.records():
                    if record.id == identity:
                        return Place(identity, document, kind_of(record), anchor(record))
        return None

    def resolve(self, end: Any) -> str | None:
        """The record id that an end of a link names, in this document or another; None if it is not known."""
        if isinstance(end, str):
            return end
        if end.id in self.owner:
            return str(end.id)
        found = self.locals.get(end.document, {}).get(end.id, end.id)
        return self.replaced.get(found, found if found in self.owner else None)

    @cached_property
    def parties(self) -> dict[str, Party]:
        return {actor.id: party_of(actor) for _, _, actor in self.records(Actor)}

    @cached_property
    def acts_of(self) -> dict[str, list[Act]]:
        """Event id -> the measures it is coded with."""
        found: dict[str, list[Act]] = {}
        for _, _, act in self.records(Act):
            if act.event:
                found.setdefault(act.event, []).append(act)
        return found

    def party(self, identity: str | None) -> Party | None:
        return self.parties.get(identity) if identity else None

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        found = (self.owner.get(one) for one in ids)
        return [item[2] for item in found if item is not None and isinstance(item[2], Claim)]

    def ties(self, *kinds: str) -> Iterator[tuple[Doc, Link]]:
        """Links that are told as so: not as not so, and not on a denial alone."""
        found: dict[str, list[tuple[Doc, Link]]] | None = self.cache.get("ties")
        if found is None:
            found = self.cache["ties"] = {}
            for doc, _, link in self.records(Link):
                if link.polarity == "+" and standing(self.behind(link.claims), "actual") != "denied":
                    found.setdefault(link.kind, []).append((doc, link))
        for kind in kinds:
            yield from found.get(kind, ())

    def behind(self, ids: Iterable[str]) -> list[Claim]:
        """The claims that a record rests on, retracted ones too: to retract an accusation makes no deed of it."""
        found = (self.owner.get(one) or self.retracted.get(one) for one in ids)
        return [item[2] for item in found if item is not None and isinstance(item[2], Claim)]

    def voice(self, claim: Claim) -> Voice:
        doc = self.owner[claim.id][0]
        certainty = claim.certainty
        return Voice(
            claim=claim.id,
            holder=self.party(claim.holder),
            relay=tuple(self.parties[one] for one in claim.relay if one in self.parties),
            stance=claim.stance,
            cue=doc.document.words(claim.cue) if claim.cue else None,
            factuality=certainty.factuality if certainty else None,
            certainty=doc.document.words(certainty.words) if certainty and certainty.words else None,
            said=self.said(claim),
            document=doc.id,
        )

    def voices(self, ids: Iterable[str]) -> tuple[Voice, ...]:
        return tuple(self.voice(claim) for claim in self.claims(ids))

    def said(self, claim: Claim) -> When | None:
        """When a claim was made: its own time, else the day its document was published."""
        doc = self.owner[claim.id][0]
        if claim.time is not None:
            return when(claim.time, doc.document)
        return doc.told_on

    def evidence(self, doc: Doc, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        told: dict[tuple[int, int], Evidence] = {}
        for span in spans:
            words = doc.document.words(span)
            told.setdefault(span, Evidence(doc.id, span, words, doc.outlet, doc.published))
        return tuple(told.values())


def party_of(actor: Actor) -> Party:
    return Party(actor.id, actor.name, actor.kind, actor.code, actor.sector, actor.role, actor.anonymous)


def when(time: Time | None, document: Document) -> When | None:
    """A time with the days it covers and the words it was read from."""
    if time is None:
        return None
    interval = bounds(time.edtf)
    phrase = document.words(time.phrase) if time.phrase else None
    return When(
        time.edtf, interval.lower, interval.upper, phrase, time.anchor, time.basis, tuple(time.alternatives)
    )


def document_keys(documents: Iterable[str]) -> list[str]:
    """Keys that choose documents by their ids."""
    return [f"doc:{document_key(one)}" for one in documents]


def moment_of(known_at: str | None) -> int | None:
    """``known_at`` as microseconds; a bare day means its end."""
    return None if known_at is None else as_micros(known_at, end_of_day=True)
