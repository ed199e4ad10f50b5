"""What can be asked of a ledger: views as pure functions of (ledger, as of, known at)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from onrecord.ledger import actors as actor_views
from onrecord.ledger import chains as chain_views
from onrecord.ledger import claims as claim_views
from onrecord.ledger import events as event_views
from onrecord.ledger import expectations as expectation_views
from onrecord.ledger import forums as forum_views
from onrecord.ledger import incidents as incident_views
from onrecord.ledger import links as link_views
from onrecord.ledger import missions as mission_views
from onrecord.ledger import propositions as proposition_views
from onrecord.ledger import tallies as tally_views
from onrecord.ledger import timeline as timeline_views
from onrecord.ledger.actors import ActorRow
from onrecord.ledger.brief import Brief, check, of_mission
from onrecord.ledger.building import build, taken_down
from onrecord.ledger.chains import ChainRow
from onrecord.ledger.choices import party_codes
from onrecord.ledger.expectations import ExpectationRow
from onrecord.ledger.follow import follow, keep
from onrecord.ledger.forums import ForumRow
from onrecord.ledger.frames import Rows
from onrecord.ledger.held import places
from onrecord.ledger.incidents import IncidentRow
from onrecord.ledger.keys import around, months_of
from onrecord.ledger.links import LinkRow
from onrecord.ledger.log import head
from onrecord.ledger.pages import find, page
from onrecord.ledger.part import Kept
from onrecord.ledger.propositions import PropositionRow
from onrecord.ledger.relations import DyadMonth, Scale, dyads
from onrecord.ledger.rows import ClaimRow, Deeds, EventRow, Party, RecordPage, TimelineRow
from onrecord.ledger.search import Hit, search
from onrecord.ledger.statements import DOCUMENT_KEY, document_key
from onrecord.ledger.store import Store, get_blob
from onrecord.ledger.stream import Streams
from onrecord.ledger.tallies import TallyRow
from onrecord.ledger.verify import Verification, verify
from onrecord.ledger.windows import counts, first_months
from onrecord.ledger.windows import day_of as _day
from onrecord.ledger.world import Codings, World, moment_of
from onrecord.model.marking import limit
from onrecord.model.problems import OnrecordError

RECORD_ID = re.compile(rf"[a-z]([0-9a-f]{{{DOCUMENT_KEY}}})\.[0-9a-f]+")

WORLDS = 4


class Views(Streams):
    """Every list takes ``as_of`` (a day of valid time; EDTF), ``known_at`` (a moment of record time; ISO
    8601, a bare day is its end), ``since``/``until`` (EDTF, whole days), ``actor`` (a code, or words of a
    name) and ``limit``.
    """

    def __init__(self, store: Store, allowed: str | None = None) -> None:
        self.store = store
        self.allowed = limit(allowed) if allowed is not None else None
        self._codings = Codings()
        self._kept: dict[int | None, Kept] = {}
        self._heeded = 0

    def world(self, known_at: str | None = None, keys: list[str] | None = None) -> World:
        """The codings in force at ``known_at``, of the documents that touch ``keys`` or of the whole ledger; the
        latter is kept until an entry is added."""
        with self.store.reading() as connection:
            if keys is not None:
                return self._world(connection, known_at, keys)
            self._heed(connection)
            moment = moment_of(known_at)
            number = head(connection)[0]
            found = self._kept.pop(moment, None)
            if found is None:
                found = keep(connection, self._codings, number, moment, self.allowed)
            elif found.number != number:
                found = follow(found, connection, self._codings, number, self.allowed)
            while len(self._kept) >= WORLDS:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[moment] = found
        return found.world

    def _world(
        self, connection: Connection, known_at: str | None, keys: Iterable[str] | None = None
    ) -> World:
        self._heed(connection)
        return build(connection, self._codings, moment_of(known_at), keys, self.allowed)

    def _heed(self, connection: Connection) -> None:
        """Read no text from memory that has been taken down since."""
        number = head(connection)[0]
        if number != self._heeded:
            self._codings.drop(taken_down(connection, self._heeded))
            self._heeded = number

    def near(self, keys: Iterable[str], known_at: str | None = None) -> World:
        """The documents that touch ``keys`` and every one that may tell a deed they tell.

        A page made from this neighbourhood says what a page made from the whole ledger says.
        """
        with self.store.reading() as connection:
            wanted = set(keys)
            first = self._world(connection, known_at, wanted)
            codings = [made.coding.coded for history in first.history.values() for made in history]
            tied = {f"doc:{document_key(place.document)}" for place in places(first.decisions, first.held)}
            return self._world(connection, known_at, wanted | around(codings) | tied)

    def _worlds(
        self, known_at: str | None, since: date | None, until: date | None, limit: int | None
    ) -> Iterator[tuple[World, date | None]]:
        """The world of a window of days; for the first rows of a list without end, worlds of more and more months,
        each with the day up to which it is complete; the whole one last. It alone where it is in memory already."""
        with self.store.reading() as connection:
            whole = self._kept.get(moment_of(known_at))
        if whole is not None:
            yield self.world(known_at), None
            return
        keys = months_of(since, until) if since is not None and until is not None else None
        if keys is not None:
            yield self.near(keys, known_at), None
            return
        if limit is not None:
            with self.store.reading() as connection:
                parts = list(first_months(connection, since, until, limit))
            for months, end in parts:
                yield self.near(months, known_at), end
        yield self.world(known_at), None

    def events(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Rows[EventRow]:
        """Events by date, one row each from all its reports; ``after`` goes on behind a row of this id.

        ``actor`` and ``recipient`` choose the doer and the one done to. Rows that rest on accusations or
        denials say so in ``standing`` and ``label``, and are never ``done``.
        """
        first, last, day = _day(since), _day(until, end=True), _day(as_of, end=True)
        all_of = all(one is None for one in (actor, recipient, type, first, last, day))
        wanted = event_views.chosen(actor, recipient, type, first, last, day)
        found: list[EventRow] = []
        behind = self._place(after, known_at) if after is not None else (date.min, date.min, "")
        start = max(first or date.min, behind[0]) if after is not None else first
        for world, end in self._worlds(known_at, start, last, limit):
            told = [one for one in event_views.rows(world) if event_views.order(one.when, one.id) > behind]
            if end is not None:
                told = [one for one in told if event_views.order(one.when, one.id)[0] <= end]
            found = told if all_of else [one for one in told if wanted(one)]
            if limit is not None and len(found) >= limit:
                break
        return Rows(found[:limit])

    def _place(self, event: str, known_at: str | None) -> tuple[date, date, str]:
        known = RECORD_ID.fullmatch(event)
        world = self.near([f"doc:{known[1]}"], known_at) if known else self.world(known_at)
        row = next((one for one in event_views.rows(world) if event in (one.id, *one.members)), None)
        if row is None:
            raise OnrecordError(
                "no-record", "no event has this id", "Give the id of the last row seen.", event
            )
        return event_views.order(row.when, row.id)

    def deeds(
        self,
        actor: str,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Deeds:
        """What did ``actor`` do? What was done, and apart from it accusations, attempts, denials and
        plans."""
        found = self.events(as_of=as_of, known_at=known_at, since=since, until=until, actor=actor)
        world, day = self.world(known_at), _day(as_of, end=True)
        told = incident_views.against(world, incident_views.rows(world, day), actor)
        return replace(event_views.deeds(found, actor), attributions=tuple(told))

    def claims(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        stance: str | None = None,
        limit: int | None = None,
    ) -> Rows[ClaimRow]:
        """Claims by the day they were made; ``actor`` is the holder."""
        first, last, day = _day(since), _day(until, end=True), _day(as_of, end=True)
        found = claim_views.rows(self.world(known_at), day)
        if any(one is not None for one in (actor, stance, first, last, day)):
            wanted = claim_views.chosen(actor, stance, first, last, day)
            found = [one for one in found if wanted(one)]
        return Rows(found[:limit])

    def missions(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        mission: str | None = None,
        limit: int | None = None,
    ) -> Rows[mission_views.MissionRow]:
        """Missions on the day ``as_of``; ``mission`` is one by its id (``RUS>NATO``), ``actor`` any of
        their parties, ``since``/``until`` when something was done or said about them."""
        first, last, day = _day(since), _day(until, end=True), _day(as_of, end=True)
        found: list[mission_views.MissionRow] = []
        for world, only in self._of_missions(known_at, mission, limit):
            for one in mission_views.rows(world, day, only):
                told = first is None and last is None
                if (actor is None or mission_views.concerns(one, actor)) and (
                    told or any(event_views.within(act.day, first, last) for act in one.acts)
                ):
                    found.append(one)
            if limit is not None and len(found) >= limit:
                break
        return Rows(found[:limit])

    def _of_missions(
        self, known_at: str | None, mission: str | None, limit: int | None
    ) -> Iterator[tuple[World, str | None]]:
        """The worlds that a list of missions is made from: one by one where only the first are wanted."""
        if mission is None and limit is None:
            yield self.world(known_at), None
            return
        if mission is not None:
            names = [mission]
        else:
            with self.store.reading() as connection:
                names = [key.removeprefix("mission:") for key, _ in counts(connection, "mission:")]
        for one in sorted(names):
            yield self.world(known_at, [f"mission:{one}"]), one

    def timeline(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        limit: int | None = None,
    ) -> Rows[TimelineRow]:
        """Everything dated, by date; ``actor`` is anybody with a part in it."""
        first, last, day = _day(since), _day(until, end=True), _day(as_of, end=True)
        world = self.world(known_at)
        found = world.keep(
            "timeline_rows",
            day,
            lambda: timeline_views.rows(world, event_views.rows(world), claim_views.rows(world, day)),
        )
        if actor is not None:
            matches = event_views.matcher(actor)
            known: dict[str, list[Party | None]] = world.keep("timeline_parties", None, dict)
            for one in found:
                if one.id not in known:
                    known[one.id] = timeline_views.parties_of(world, one.id)
            found = [one for one in found if any(map(matches, known[one.id]))]
        if first or last or day:
            found = [
                o for o in found if event_views.within(o.when, first, last) and event_views.begun(o.when, day)
            ]
        return Rows(found[:limit])

    def propositions(
        self, *, as_of: str | None = None, known_at: str | None = None, status: str | None = None
    ) -> Rows[PropositionRow]:
        """What claims are about, with the stands taken on it and how that stood on ``as_of``."""
        world = self.world(known_at)
        found = proposition_views.propositions(world, _day(as_of, end=True)).values()
        chosen = (one for one in found if status is None or one.status == status)
        return Rows([replace(one, about=proposition_views.about_of(world, one.id)) for one in chosen])

    def links(
        self,
        record: str | None = None,
        *,
        kind: str | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> Rows[LinkRow]:
        """Ties between records; ``record`` is either end (any report of it)."""
        world = self.world(known_at)
        found = link_views.rows(world, _day(as_of, end=True))
        if record is not None:
            end = link_views.home(world, find(world, record))
            found = [one for one in found if end in (one.source, one.target)]
        return Rows([one for one in found if kind is None or one.kind == kind])

    def expectations(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        actor: str | None = None,
        status: str | None = None,
    ) -> Rows[ExpectationRow]:
        """Threats, promises and predictions, and what became of them by ``as_of``."""
        found = expectation_views.rows(self.world(known_at), _day(as_of, end=True))
        if actor is not None:
            codes = party_codes(actor)
            found = [one for one in found if (one.actor or "").casefold() in codes]
        return Rows([one for one in found if status is None or one.status == status])

    def dyads(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        scale: Scale | None = None,
    ) -> Rows[DyadMonth]:
        """The series of every directed pair by month: news events that were done, counted and scored by ``scale``
        ((type, mode) -> PLOVER intensity; the vocabulary has one); ``actor`` and ``recipient`` choose by code or name
        what a pair is called by."""
        found = dyads(self.events(as_of=as_of, known_at=known_at, since=since, until=until), scale)
        for one, side in ((actor, "actor"), (recipient, "recipient")):
            if one is not None:
                codes = party_codes(one)
                found = [row for row in found if getattr(row, side).casefold() in codes]
        return Rows(found)

    def incidents(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        actor: str | None = None,
        status: str | None = None,
    ) -> Rows[IncidentRow]:
        """Incidents with every attribution and denial made by ``as_of``; ``actor`` is who is said, or denies, to be
        behind them."""
        found = incident_views.rows(self.world(known_at), _day(as_of, end=True))
        if actor is not None:
            found = [one for one in found if incident_views.concerns(one, actor)]
        return Rows([one for one in found if status is None or one.status == status])

    def forums(self, *, as_of: str | None = None, known_at: str | None = None) -> Rows[ForumRow]:
        """Forums with their states by ``as_of``, and what was true when said and has been overtaken."""
        return Rows(forum_views.rows(self.world(known_at), _day(as_of, end=True)))

    def actors(self, *, known_at: str | None = None, kind: str | None = None) -> Rows[ActorRow]:
        """Actors across documents, with every way they are mentioned."""
        return Rows(
            [one for one in actor_views.rows(self.world(known_at)) if kind is None or one.kind == kind]
        )

    def chains(self, *, known_at: str | None = None) -> Rows[ChainRow]:
        """Sourcing chains with what was lost at each step."""
        return Rows(chain_views.rows(self.world(known_at)))

    def tallies(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        until: str | None = None,
        mission: str | None = None,
    ) -> Rows[TallyRow]:
        """How many were sent away from each mission, by unit: headline, listed, recomputed, proposals.

        Raises OnrecordError ``no-record`` for a ``mission`` that is not on record.
        """
        first, last, day = _day(since), _day(until, end=True), _day(as_of, end=True)
        world = self.world(known_at)
        if mission is not None and not mission_views.rows(world, None, mission):
            raise mission_views.missing(mission)
        found = tally_views.rows(world, day, first, last, world.decided)
        return Rows([one for one in found if mission is None or one.mission == mission])

    def brief(
        self,
        mission: str,
        *,
        since: str | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
        allowed: str = "TLP:GREEN",
    ) -> Brief:
        """A brief on one mission (``RUS>NATO``), every sentence with its spans.

        Raises OnrecordError ``no-record``, and ``marked`` where a document is marked stricter than ``allowed``.
        """
        day = _day(as_of, end=True)
        found = mission_views.rows(self.world(known_at, [f"mission:{mission}"]), day, mission)
        world = self.near([f"mission:{mission}"], known_at)
        if not found:
            raise mission_views.missing(mission)
        rows = [one for one in event_views.rows(world) if event_views.begun(one.when, day)]
        return of_mission(world, found[0], rows, _day(since), allowed)

    def verify_brief(self, markdown: str) -> list[str]:
        """What in a brief does not stand against the stored texts; empty where all of it does."""
        with self.store.reading() as connection:
            return check(markdown, lambda name: get_blob(connection, name))

    def search(self, query: str, *, limit: int = 20) -> Rows[Hit]:
        """Documents and claims that hold all the words, the best first."""
        with self.store.reading() as connection:
            self._heed(connection)
        return Rows(search(self.store, self._codings, query, limit, self.allowed))

    def withheld(self, *, known_at: str | None = None) -> dict[str, str]:
        """Documents that are left out because they are marked stricter than ``allowed``, with their markings."""
        return dict(self.world(known_at).withheld)

    def show(self, identity: str, *, as_of: str | None = None, known_at: str | None = None) -> RecordPage:
        """One record by its id, by the beginning of it if only one record begins so, or by the id of a
        document.

        Raises OnrecordError ``no-record``, ``ambiguous-id``.
        """
        known = RECORD_ID.fullmatch(identity)
        key = known[1] if known else document_key(identity) if identity.startswith("sha256:") else None
        return page(self.world(known_at) if key is None else self.near([f"doc:{key}"], known_at), identity)

    def verify(self, documents: list[str] | None = None) -> Verification:
        """Re-read every span against its snapshot; see ``Verification.faults``."""
        with self.store.reading() as connection:
            return verify(connection, frozenset(documents) if documents is not None else None)
