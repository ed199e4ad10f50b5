"""Pages of one record each: what it says, on whose word, the exact words, what it is tied to, what was decided."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.charts import make as charts
from onrecord.charts.wording import codes, day, event_name, plain
from onrecord.ledger.rows import RecordPage
from onrecord.ledger.world import document_keys
from onrecord.model.problems import OnrecordError
from onrecord.web.query import Asked
from onrecord.web.render import kept, page, state_of, twin, wants_json
from onrecord.web.review import past
from onrecord.web.state import State

ALIKE = 30

# Fields that a person may want to set, by kind; any other field can be named in the form as well.
FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "mode", "status", "background", "time.edtf", "cameo"),
    "claim": ("stance", "quoted", "time.edtf", "certainty.factuality"),
    "act": ("act", "number", "unit", "from", "to", "dates.act.edtf", "dates.effective.edtf"),
    "actor": ("name", "kind", "code", "sector", "role", "anonymous"),
    "mission": ("measure", "value", "unit", "scope", "time.edtf"),
    "incident": ("name",),
    "forum": ("name", "state", "part", "time.edtf"),
    "expectation": ("number", "form", "deadline.edtf"),
    "link": ("kind", "polarity", "basis"),
}


# Kinds of which a view has one row for all records that are of one thing.
VIEWS = {"expectation": "expectations", "actor": "actors", "link": "links", "incident": "incidents"}


def record(request: Request, identity: str) -> Response:
    """One record by its id, or by the beginning of it where only one record begins so."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params)
        identity_ = _plain(identity)
        try:
            found = _show(state, identity_, asked)
        except OnrecordError:
            gone = state.world(asked.known_at).retracted.get(identity_)
            if gone is None:
                raise
            review = state.ask("review", identity_, **_known(asked))
            if wants_json(request):
                return twin({"id": identity_, "retracted": True, "review": review})
            return page(
                request,
                "records/retracted.html",
                asked,
                id=identity_,
                review=review,
                past=past(state, review, asked.known_at),
            )
        if found.kind == "document":
            raise OnrecordError(
                "no-record", "this is the id of a document", f"See /documents/{found.id}.", identity_
            )
        values = {"record": found, **_beside(state, found, asked)}
        if wants_json(request):
            return twin(values)
        review = state.ask("review", found.id, **_known(asked))
        return page(
            request,
            "records/record.html",
            asked,
            review=review,
            past=past(state, review, asked.known_at),
            fields=[(name, _now(found.record, name)) for name in FIELDS.get(found.kind, ())],
            alike=_alike(state, found),
            **values,
        )

    return kept(request, make)


def _now(record: dict[str, Any], field: str) -> str:
    """What a field, dotted where it is inside another, holds now."""
    value: Any = record
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return plain(value) or "not told"


def _alike(state: State, found: RecordPage) -> list[tuple[str, str]]:
    """Events that this one may be the same as: of its type, the nearest days first."""
    row = found.row
    if found.kind != "event" or row is None:
        return []
    days = row.when.lower if row.when else None

    def far(other: Any) -> int:
        there = other.when.lower if other.when else None
        return abs((there - days).days) if there and days else 10**6

    others = [one for one in state.ask("events", type=row.type) if one.id != row.id]
    return [
        (one.id, f"{day(one.when)} {event_name(one.type, one.mode)}: {', '.join(codes(one.actors)) or '?'} → "
                 f"{', '.join(codes(one.recipients)) or '?'}")
        for one in sorted(others, key=far)[:ALIKE]
    ]  # fmt: skip


def _plain(identity: str) -> str:
    return identity.removesuffix(".json")


def _known(asked: Asked) -> dict[str, str]:
    return {"known_at": asked.known_at} if asked.known_at else {}


def _show(state: State, identity: str, asked: Asked) -> RecordPage:
    found: RecordPage = state.ask("show", identity, **asked.times)
    return found


def _beside(state: State, found: RecordPage, asked: Asked) -> dict[str, Any]:
    """What the views say of this record beside its own page: rows that it is a report of, stands, ties."""
    values: dict[str, Any] = {"wider": None, "stands": [], "ties": [], "deeds": None, "said": []}
    if found.kind in ("event", "claim", "act", "link"):
        members = set(getattr(found.row, "members", ())) | {found.id}
        values["stands"] = [
            row
            for row in state.ask("propositions", **asked.times)
            if row.id in members or any(p.claim in members or p.record in members for p in row.positions)
        ]
        values["ties"] = [] if found.kind == "claim" else state.ask("links", found.id, **asked.times)
    if found.kind in VIEWS:
        times = _known(asked) if found.kind == "actor" else asked.times
        view = VIEWS[found.kind]
        values["wider"] = next((row for row in state.ask(view, **times) if found.id in row.members), None)
    if found.kind == "forum":
        forums = state.ask("forums", **asked.times)
        values["wider"] = next((row for row in forums if found.id in {s.id for s in row.states}), None)
    if found.kind == "actor" and values["wider"] is not None:
        row = values["wider"]
        name = row.code if row.code and row.kind in ("state", "igo") else row.name
        values["deeds"] = state.ask("deeds", name, **asked.times)
        values["known_as"] = name
        values["incidents"] = state.ask("incidents", actor=name, **asked.times)
        spoken = set(row.speech_acts)
        values["said"] = [one for one in state.ask("claims", **asked.times) if spoken & set(one.members)]
    return values


def mission(request: Request, identity: str) -> Response:
    """One mission: its numbers on the day, the chart of them over time, its measures, whether they balance."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params, ("since", "until"))
        window = (asked.filters.get("since"), asked.filters.get("until"))
        row, steps = charts.steps_of(state.ask, _plain(identity), asked.times, *window)
        if wants_json(request):
            return twin({"mission": row, "steps": [{"day": s.day, **s.levels} for s in steps]})
        chart = charts.of_steps(row, steps, asked.times, *window, href=asked.of_page)
        return page(request, "mission.html", asked, row=row, chart=chart)

    return kept(request, make)


def near_document(state: State, document: str, asked: Asked) -> Any:
    """The world around one document."""
    return state.ask("near", tuple(document_keys([document])), **_known(asked))
