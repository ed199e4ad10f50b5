"""The lists: for each its filters, its view and its columns. Page, JSON twin and CSV are made from the same rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from onrecord.charts import wording as w
from onrecord.ledger import choices
from onrecord.ledger.origins import kin
from onrecord.web.query import Asked
from onrecord.web.state import State

Column = tuple[str, Callable[[Any], Any]]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One version of one report on record. ``family`` is the first document of those that print one text."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    recorded: str
    supersedes: str | None
    superseded_by: str | None
    family: str
    records: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. ``fetch`` gives all rows that fit, oldest first; ``identify`` a row's own name in cursors."""

    name: str
    title: str
    lead: str
    filters: tuple[str, ...]
    columns: tuple[Column, ...]
    fetch: Callable[[State, Asked], list[Any]]
    identify: Callable[[Any], str]
    dated: bool = True


def _view(name: str, *known: str) -> Callable[[State, Asked], list[Any]]:
    """Ask the view of this name with every filter; ``known`` are those that it does not take, kept for here."""

    def fetch(state: State, asked: Asked) -> list[Any]:
        told = {key: value for key, value in asked.filters.items() if key not in known}
        if "as_of" not in known:
            told["as_of"] = asked.as_of or ""
        told["known_at"] = asked.known_at or ""
        return list(state.ask(name, **{key: value for key, value in told.items() if value}))

    return fetch


def _claims(state: State, asked: Asked) -> list[Any]:
    rows = _view("claims", "status")(state, asked)
    return [row for row in rows if asked.filters.get("status") in (None, row.status)]


def _actors(state: State, asked: Asked) -> list[Any]:
    rows = _view("actors", "as_of", "actor")(state, asked)
    wanted = asked.filters.get("actor", "").casefold()
    return [row for row in rows if wanted in row.name.casefold() or wanted == (row.code or "").casefold()]


def documents(state: State, asked: Asked) -> list[DocumentRow]:
    """Every document known at a moment, by the day it was published."""
    return list(state.remember(("documents", asked.known_at), lambda: _documents(state, asked)))


def _documents(state: State, asked: Asked) -> list[DocumentRow]:
    world = state.world(asked.known_at)
    families = kin(world)
    # A document is one object in a world; counting those is what the interpreter does fastest.
    counts = Counter(map(id, map(itemgetter(0), world.owner.values())))
    from onrecord.ledger.statements import iso

    rows = [
        DocumentRow(
            doc.id,
            doc.document.title,
            doc.outlet,
            doc.published,
            iso(doc.recorded),
            doc.supersedes if doc.supersedes in world.docs else None,
            doc.superseded_by,
            families[doc.id] if families[doc.id] in world.docs else doc.id,
            counts[id(doc)],
        )
        for doc in world.docs.values()
    ]
    return sorted(rows, key=lambda row: (row.published or "9999", row.id))


def _identity(row: Any) -> str:
    return str(row.id)


_ID: Column = ("id", _identity)

LISTINGS: dict[str, Listing] = {
    one.name: one
    for one in (
        Listing(
            "events", "Events",
            "What happened, one row from all its reports. What rests on accusations, plans or denials says so.",
            ("actor", "recipient", "type", "since", "until"),
            (
                ("date", lambda r: r.when), ("type", lambda r: r.type), ("mode", lambda r: r.mode),
                ("actors", lambda r: w.codes(r.actors)), ("recipients", lambda r: w.codes(r.recipients)),
                ("standing", lambda r: r.label), ("background", lambda r: r.background),
                ("place", lambda r: r.place), ("said by", lambda r: w.voices(r.voices)),
                ("reports", lambda r: len(r.documents)), ("origins", lambda r: len(r.origins)),
                ("words", lambda r: r.evidence[0].words if r.evidence else None), _ID,
            ),
            _view("events"), _identity,
        ),
        Listing(
            "incidents", "Incidents",
            "What was suffered, apart from who is said to be behind it: every accusation and denial with its holder, "
            "how sure it is, and its date. No winner is picked.",
            ("actor", "status"),
            (
                ("date", lambda r: r.when), ("incident", lambda r: r.name), ("status", lambda r: r.status),
                ("attributions", lambda r: [w.attribution_line(one) for one in r.attributions]),
                ("reports", lambda r: len(r.documents)),
                ("words", lambda r: r.evidence[0].words if r.evidence else None), _ID,
            ),
            _view("incidents"), _identity,
        ),
        Listing(
            "claims", "Claims", "Who says what, on whose word, how sure, and what has become of it.",
            ("actor", "stance", "status", "since", "until"),
            (
                ("date", lambda r: r.said), ("holder", lambda r: w.party_name(r.holder)),
                ("stance", lambda r: r.stance), ("content", lambda r: " … ".join(r.content)),
                ("certainty", lambda r: r.certainty), ("factuality", lambda r: r.factuality),
                ("through", lambda r: [p.name for p in r.relay]), ("outlet", lambda r: r.outlet),
                ("status", lambda r: r.status), ("because", lambda r: r.because),
                ("reports", lambda r: len(r.documents)), _ID,
            ),
            _claims, _identity,
        ),
        Listing(
            "missions", "Missions",
            "The register: ceiling, posts filled, posts vacant, people removed; four numbers, each with its source.",
            ("actor", "since", "until"),
            (
                ("mission", lambda r: r.name), ("sending", lambda r: r.sending),
                ("receiving", lambda r: r.receiving), ("host", lambda r: r.host), ("cap", lambda r: r.cap),
                ("cap to come", lambda r: r.cap_to_come), ("filled", lambda r: r.filled),
                ("vacant", lambda r: r.vacant), ("removed", lambda r: r.removed),
                ("measures", lambda r: len(r.acts)), ("balance", lambda r: [c.text for c in r.checks]), _ID,
            ),
            _view("missions"), _identity, dated=False,
        ),
        Listing(
            "timeline", "Timeline", "Everything dated, by date: events, measures, claims, forums, sizes of missions.",
            ("actor", "kind", "since", "until"),
            (
                ("date", lambda r: r.when), ("kind", lambda r: r.kind), ("what", lambda r: r.what),
                ("standing", lambda r: r.label), ("reports", lambda r: len(r.documents)),
                ("words", lambda r: r.evidence[0].words if r.evidence else None), _ID,
            ),
            lambda state, asked: [
                row for row in _view("timeline", "kind")(state, asked)
                if asked.filters.get("kind") in (None, row.kind)
            ],
            _identity,
        ),
        Listing(
            "disputes", "What claims are about",
            "Each matter that somebody took a stand on, with who is for it and who against.",
            ("status",),
            (
                ("matter", lambda r: r.label), ("about", lambda r: r.about), ("status", lambda r: r.status),
                ("for", lambda r: [w.party_name(p.holder) for p in r.positions if p.sign > 0]),
                ("against", lambda r: [w.party_name(p.holder) for p in r.positions if p.sign < 0]),
                ("since", lambda r: r.history[-1].since if r.history else None), _ID,
            ),
            _view("propositions"), _identity, dated=False,
        ),
        Listing(
            "expectations", "Expectations", "Threats, promises and predictions, and what became of them.",
            ("actor", "status"),
            (
                ("said", lambda r: r.said), ("by", lambda r: w.party_name(r.voice.holder) if r.voice else None),
                ("actor", lambda r: r.actor), ("target", lambda r: r.target), ("act", lambda r: r.act),
                ("type", lambda r: r.type), ("number", lambda r: r.number), ("deadline", lambda r: r.deadline),
                ("status", lambda r: r.status), ("why", lambda r: r.why), _ID,
            ),
            _view("expectations"), _identity,
        ),
        Listing(
            "actors", "Actors", "Persons, bodies and states, each with every way it is mentioned.",
            ("actor", "kind"),
            (
                ("name", lambda r: r.name), ("kind", lambda r: r.kind), ("code", lambda r: r.code),
                ("roles", lambda r: r.roles), ("events", lambda r: r.events),
                ("claims", lambda r: len(r.speech_acts)), ("mentions", lambda r: len(r.mentions)),
                ("documents", lambda r: len(r.documents)), _ID,
            ),
            _actors, _identity, dated=False,
        ),
        Listing(
            "links", "Ties", "What answers what, what is said to be the reason; “after” implies no cause.",
            ("kind",),
            (
                ("kind", lambda r: r.kind), ("from", lambda r: r.source_label), ("to", lambda r: r.target_label),
                ("polarity", lambda r: r.polarity), ("basis", lambda r: r.basis), ("status", lambda r: r.status),
                ("lag in days", lambda r: r.lag_days), ("symmetry", lambda r: r.symmetry), _ID,
            ),
            _view("links"), _identity, dated=False,
        ),
        Listing(
            "forums", "Forums", "Councils and talks: their newest state, and when they last met.",
            (),
            (
                ("forum", lambda r: r.name), ("state", lambda r: r.state), ("last met", lambda r: r.last_met),
                ("states", lambda r: [f"{s.state} {w.plain(s.when)}".strip() for s in r.states]),
            ),
            _view("forums"), lambda r: str(r.name), dated=False,
        ),
        Listing(
            "documents", "Documents", "The reports that the record stands on, in their versions.",
            (),
            (
                ("published", lambda r: (r.published or "")[:10]), ("title", lambda r: r.title),
                ("outlet", lambda r: r.outlet), ("records", lambda r: r.records),
                ("recorded", lambda r: r.recorded), ("supersedes", lambda r: r.supersedes),
                ("superseded by", lambda r: r.superseded_by), _ID,
            ),
            documents, _identity,
        ),
    )
}  # fmt: skip

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("claims", "stance"): choices.STANCES,
    ("claims", "status"): choices.CLAIM_STATUSES,
    ("disputes", "status"): choices.PROPOSITION_STATUSES,
    ("expectations", "status"): choices.EXPECTATION_STATUSES,
    ("incidents", "status"): choices.INCIDENT_STATUSES,
    ("timeline", "kind"): choices.TIMELINE_KINDS,
    ("actors", "kind"): choices.ACTOR_KINDS,
    ("links", "kind"): choices.LINK_KINDS,
}


def rows_of(state: State, listing: Listing, asked: Asked) -> list[Any]:
    """All rows of a list that fit, in the order asked for; what has no date stands last either way."""
    for name, told in asked.filters.items():
        if name == "type":
            choices.event_type(name, told)
        elif (listing.name, name) in CHOICES:
            choices.one_of(name, told, CHOICES[listing.name, name])
    rows = listing.fetch(state, asked)
    if not asked.newest:
        return rows
    if not listing.dated:
        return rows[::-1]
    first = listing.columns[0][1]
    undated = [row for row in rows if not first(row)]
    return [row for row in reversed(rows) if first(row)] + undated


def to_csv(listing: Listing, rows: list[Any]) -> str:
    """The rows as a table. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([name for name, _ in listing.columns])
    for row in rows:
        writer.writerow([_harmless(w.plain(value(row))) for _, value in listing.columns])
    return target.getvalue()


def _harmless(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
