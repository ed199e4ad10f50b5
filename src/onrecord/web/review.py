"""Review: a named person accepts, corrects, retracts, merges, splits or undoes; nobody overwrites another unseen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger.decisions import Decision
from onrecord.ledger.review import ReviewRow
from onrecord.model.problems import OnrecordError
from onrecord.web.query import bad
from onrecord.web.render import state_of, twin, wants_json
from onrecord.web.security import NAME_COOKIE, check_write, set_cookie
from onrecord.web.state import State

KINDS = ("accept", "correct", "retract", "merge", "split", "undo")


async def decide(request: Request, identity: str) -> Response:
    """Put one decision on record, if nobody has decided on the record since the page was made."""
    state = state_of(request)
    async with request.form(max_files=0, max_fields=20) as form:
        told = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    check_write(request, state.settings, told.get("form_token"))
    decision = await run_in_threadpool(_put, state, identity, told)
    if wants_json(request):
        return twin({"decision": decision, "review": state.ask("review", identity)}, 201)
    response = RedirectResponse(f"/records/{identity}#review", 303)
    response.headers.append(
        "set-cookie", set_cookie(NAME_COOKIE, told["by"].encode("ascii", "ignore").decode()[:80])
    )
    return response


def _put(state: State, identity: str, told: dict[str, str]) -> Decision:
    with state.lock:
        state.head()
        _unchanged(state, identity, told.get("seen", ""))
        return _decide(state, identity, told)


@dataclass(frozen=True, slots=True)
class Past:
    """What was decided on a record, undoings included; ``undone`` are the decisions that no longer hold.

    ``seen`` is what a form says its page has shown: the newest of them.
    """

    decisions: tuple[Decision, ...]
    undone: frozenset[str]
    seen: str


def past(state: State, review: ReviewRow, known_at: str | None = None) -> Past:
    """The decisions on a record in their order."""
    ids = {one.id for one in review.decisions}
    found = []
    for one in state.ask("decisions", **({"known_at": known_at} if known_at else {})):
        if one.id in ids or (one.kind == "undo" and one.target in ids):
            ids.add(one.id)
            found.append(one)
    undone: set[str] = set()
    for one in reversed(found):
        if one.kind == "undo" and one.id not in undone and one.target:
            undone.add(one.target)
    return Past(tuple(found), frozenset(undone), found[-1].id if found else "none")


def _unchanged(state: State, identity: str, given: str) -> None:
    known = past(state, state.ask("review", identity))
    if given != known.seen:
        last = known.decisions[-1] if known.decisions else None
        told = f"{last.by} decided “{last.kind}” at {last.at[:16]}" if last else "a decision was taken back"
        raise OnrecordError(
            "record-changed",
            f"somebody decided on this record since your page was made: {told}",
            "Nothing of yours was lost or recorded: load the record again, look at it, and decide anew.",
            identity,
        )


def _decide(state: State, identity: str, told: dict[str, str]) -> Decision:
    ledger, by, reason = state.ledger, told.get("by", ""), told.get("reason", "")
    kind = told.get("decision", "")
    if not by:
        raise OnrecordError("no-name", "a decision needs a named person", "Say who decides.", identity)
    if kind == "accept":
        return ledger.accept(identity, by=by, reason=reason)
    if not reason:
        raise bad("reason", "a decision other than accept needs a reason")
    if kind == "correct":
        field = told.get("field", "")
        if not field:
            raise bad("field", "no field is named")
        return ledger.correct(identity, field, _value(told.get("value", "")), by=by, reason=reason)
    if kind == "retract":
        return ledger.retract(identity, by=by, reason=reason)
    if kind == "undo":
        target = told.get("target", "")
        if target not in {one.id for one in state.ask("decisions")}:
            raise OnrecordError(
                "no-record", "no decision has this id", "/review lists the decisions.", target
            )
        return ledger.undo(target, by=by, reason=reason)
    if kind in ("merge", "split"):
        others = tuple(told.get("others", "").replace(",", " ").split())
        if kind == "merge" and not others:
            raise bad("others", "no other record is named")
        return (ledger.merge if kind == "merge" else ledger.split)(identity, *others, by=by, reason=reason)
    raise bad("decision", f"none of {', '.join(KINDS)}")


def _value(told: str) -> Any:
    """What was typed: a number, true, false, null or a list as JSON, else the words themselves."""
    try:
        return json.loads(told)
    except ValueError:
        return told
