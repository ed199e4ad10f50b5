"""Review: a named person decides on a record or a proposal; nobody overwrites another unseen.

Every decision is one call of the ledger's desk; here is only who decides, and whether they saw what was decided.
"""

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
from onrecord.web.query import Asked, bad
from onrecord.web.render import page, state_of, twin, wants_json
from onrecord.web.security import Person, check_write
from onrecord.web.signing import name_cookie
from onrecord.web.state import State

KINDS = ("accept", "correct", "retract", "merge", "split", "undo")
SETTLED = ("confirm", "reject", "undo")
CHANGED = "record-changed"


async def decide(request: Request, identity: str) -> Response:
    """Put one decision on a record on record, if nobody has decided on it since the page was made."""
    return await _take(request, identity, f"/records/{identity}#review", KINDS)


async def settle(request: Request) -> Response:
    """Confirm or reject a proposal, or undo any decision, if it still stands as the page has shown it."""
    return await _take(request, None, "/review", SETTLED)


async def _take(request: Request, identity: str | None, back: str, kinds: tuple[str, ...]) -> Response:
    state = state_of(request)
    async with request.form(max_files=0, max_fields=20) as form:
        told = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    who = check_write(request, state, told.get("form_token"))
    told["by"] = named(who, told)
    if told.get("decision") not in kinds:
        raise bad("decision", f"none of {', '.join(kinds)}")
    try:
        decision = await run_in_threadpool(_put, state, identity, told)
    except OnrecordError as error:
        if error.problem.code != CHANGED or wants_json(request):
            raise
        return _conflict(request, state, identity, told, error)
    if wants_json(request):
        review = state.ask("review", identity) if identity else None
        return twin({"decision": decision, "review": review}, 201)
    response = RedirectResponse(back, 303)
    if not who.signed:
        response.headers.append("set-cookie", name_cookie(told["by"]))
    return response


def named(who: Person, told: dict[str, str]) -> str:
    """Under which name something is put on record: the signed one, else the one given here or before."""
    name = who.name if who.signed else told.get("by") or who.name
    if not name:
        raise OnrecordError("no-name", "a decision needs a named person", "Say who decides.", "by")
    return name


def _put(state: State, identity: str | None, told: dict[str, str]) -> Decision:
    with state.lock:
        state.head()
        if identity is not None:
            seen, last = _seen(state, identity)
        else:
            seen, last = seen_of(state.ask("decisions"), told.get("target", ""))
        if told.get("seen", "") != seen:
            what = (
                f"{last.by} decided “{last.kind}” at {last.at[:16]}" if last else "a decision was taken back"
            )
            raise OnrecordError(
                CHANGED,
                f"somebody decided on this record since your page was made: {what}",
                "Nothing of yours was lost or recorded: look at what was decided, then decide anew.",
                identity or told.get("target", ""),
            )
        return _decide(state, identity, told)


def _conflict(
    request: Request, state: State, identity: str | None, told: dict[str, str], error: OnrecordError
) -> Response:
    """What the other person decided, and what this one wanted to, ready to be sent again."""
    if identity is not None:
        found = past(state, state.ask("review", identity))
        decisions, seen = found.decisions, found.seen
    else:
        every = state.ask("decisions")
        seen, _ = seen_of(every, told.get("target", ""))
        decisions = tuple(one for one in every if told.get("target") in (one.id, one.target))
    wanted = {name: value for name, value in told.items() if name not in ("form_token", "seen") and value}
    return page(
        request, "conflict.html", Asked(), 409,
        problem=error.problem, decisions=decisions, seen=seen, wanted=wanted, identity=identity,
    )  # fmt: skip


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
    return Past(tuple(found), undone(found), found[-1].id if found else "none")


def undone(decisions: list[Decision]) -> frozenset[str]:
    """The decisions that no longer hold."""
    gone: set[str] = set()
    for one in reversed(decisions):
        if one.kind == "undo" and one.id not in gone and one.target:
            gone.add(one.target)
    return frozenset(gone)


def seen_of(decisions: list[Decision], target: str) -> tuple[str, Decision | None]:
    """The newest decision on a proposal or on another decision, as a form has to have shown it."""
    found = [one for one in decisions if one.target == target]
    return (found[-1].id, found[-1]) if found else ("none", None)


def _seen(state: State, identity: str) -> tuple[str, Decision | None]:
    known = past(state, state.ask("review", identity))
    return known.seen, known.decisions[-1] if known.decisions else None


def _decide(state: State, identity: str | None, told: dict[str, str]) -> Decision:
    ledger, by, reason, kind = state.ledger, told["by"], told.get("reason", ""), told["decision"]
    target = told.get("target", "")
    if kind in ("confirm", "reject"):
        if target not in {one.id for row in state.ask("tallies") for one in row.proposals}:
            raise OnrecordError("no-record", "no proposal has this id", "/review lists them.", target)
        return (ledger.confirm if kind == "confirm" else ledger.reject)(target, by=by, reason=reason)
    if kind != "accept" and not reason:
        raise bad("reason", "a decision other than accept needs a reason")
    if kind == "undo":
        return ledger.undo(target, by=by, reason=reason)
    assert identity is not None  # the kinds of `settle` are dealt with above
    if kind == "accept":
        return ledger.accept(identity, by=by, reason=reason)
    if kind == "correct":
        field = told.get("field", "")
        if not field:
            raise bad("field", "no field is named")
        return ledger.correct(identity, field, _value(told.get("value", "")), by=by, reason=reason)
    if kind == "retract":
        return ledger.retract(identity, by=by, reason=reason)
    others = tuple(told.get("others", "").replace(",", " ").split())
    if kind == "merge" and not others:
        raise bad("others", "no other record is named")
    return (ledger.merge if kind == "merge" else ledger.split)(identity, *others, by=by, reason=reason)


def _value(told: str) -> Any:
    """What was typed: a number, true, false, null or a list as JSON, else the words themselves."""
    try:
        return json.loads(told)
    except ValueError:
        return told


def queue(request: Request) -> Response:
    """What asks for a person's decision, the heaviest first, and what was decided."""
    state, asked = state_of(request), Asked.of(request.query_params)
    known = {"known_at": asked.known_at} if asked.known_at else {}
    rows = state.ask("queue", **known)
    decisions = state.ask("decisions", **known)
    agreement = state.ask("agreement", **known)
    if wants_json(request):
        return twin({"queue": rows, "decisions": decisions, "agreement": agreement})
    targets = {one.target for one in decisions} | {row.id for row in rows}
    return page(
        request, "review.html", asked,
        queue=rows[:200], total=len(rows), known=state.world(asked.known_at).owner.keys(),
        decisions=decisions[::-1][:100], undone=undone(decisions), agreement=agreement,
        seen={one: seen_of(decisions, one)[0] for one in targets if one}
        | {one.id: seen_of(decisions, one.id)[0] for one in decisions[-100:]},
    )  # fmt: skip
