"""The first page: what is on record, what is new, contested, unbalanced and open; and the search."""

from __future__ import annotations

from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ledger.choices import INCIDENT_STATUSES
from onrecord.web.listings import documents
from onrecord.web.query import Asked
from onrecord.web.render import kept, page, state_of, twin, wants_json
from onrecord.web.state import State

SHOWN = 8


def home(request: Request) -> Response:
    """What is on record at the two times."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params)
        found = state.remember(("overview", str(asked.times)), lambda: overview(state, asked))
        return twin(found) if wants_json(request) else page(request, "home.html", asked, **found)

    return kept(request, make)


def overview(state: State, asked: Asked) -> dict[str, Any]:
    """The rows of the first page, each list with how many there are in all."""
    docs = documents(state, asked)
    events = state.ask("events", **asked.times)
    done = (row for row in reversed(events) if row.done and not row.background and row.when is not None)
    checks = [
        {"mission": row.id, "name": row.name, "check": check}
        for row in state.ask("missions", **asked.times)
        for check in row.checks
        if check.open
    ]
    contested = state.ask("propositions", status="contested", **asked.times)
    waiting = state.ask("expectations", status="open", **asked.times)
    claims = state.ask("claims", **asked.times)
    incidents = state.ask("incidents", **asked.times)
    return {
        "counts": {
            "documents": len(docs),
            "events": len(events),
            "incidents": len(incidents),
            "claims": len(claims),
            "missions": len(state.ask("missions", **asked.times)),
            "actors": len(state.ask("actors", **{k: v for k, v in asked.times.items() if k == "known_at"})),
        },
        "newest": list(islice(done, SHOWN)),
        "incidents": sorted(incidents, key=lambda row: INCIDENT_STATUSES.index(row.status))[:SHOWN],
        "contested": contested[:SHOWN],
        "contested_total": len(contested),
        "unbalanced": checks[:SHOWN],
        "unbalanced_total": len(checks),
        "open": waiting[::-1][:SHOWN],
        "open_total": len(waiting),
        "documents": docs[::-1][:SHOWN],
        "withheld": len(state.world(asked.known_at).withheld),
        "allowed": state.settings.allowed,
    }


def search(request: Request) -> Response:
    """Documents and claims that hold all the words, and actors of that name."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params)
        query = " ".join(request.query_params.get("q", "").split())
        hits: list[Any] = []
        actors: list[Any] = []
        known = state.world(asked.known_at)
        if query:
            hits = [one for one in state.ask("search", query, limit=100) if one.document in known.docs]
            hits = [one for one in hits if one.record is None or one.record in known.owner]
            names = {k: v for k, v in asked.times.items() if k == "known_at"}
            wanted = query.casefold()
            actors = [
                row
                for row in state.ask("actors", **names)
                if wanted in row.name.casefold() or wanted == (row.code or "").casefold()
            ]
        if wants_json(request):
            return twin({"query": query, "hits": hits, "actors": actors})
        shown = hits[:50]
        voices = {
            one.record: known.voice(known.owner[one.record][2]) for one in shown if one.record is not None
        }
        return page(request, "search.html", asked, query=query, hits=shown, voices=voices, actors=actors[:20])

    return kept(request, make)
