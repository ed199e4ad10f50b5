"""A record added by hand: a person names its kind, its fields and the exact words that it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord import vocabulary
from onrecord.ledger.describe import describe, kind_of
from onrecord.ledger.world import Doc
from onrecord.model.problems import OnrecordError
from onrecord.web.documents import find_document, target_of
from onrecord.web.query import Asked, bad
from onrecord.web.records import near_document
from onrecord.web.render import page, state_of, twin, wants_json
from onrecord.web.review import named
from onrecord.web.security import check_write
from onrecord.web.signing import name_cookie

MEASURES = ("cap", "filled", "vacant")
STATUSES = ("actual", "future", "hypothetical", "negated")
ACTORS = ("person", "state", "organ", "igo", "mission", "unit", "group", "party", "outlet", "place")
STATES = (
    "established", "suspended", "partly_suspended", "met", "invited", "refused", "resumed", "closed",
)  # fmt: skip
TIES = (
    "response_to", "caused_by", "linked_to", "after", "part_of", "same_as", "supersedes", "disputes",
    "fulfils", "cites",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. ``path`` is where its value goes in the record; ``kind`` how it is asked for:

    choice, text, number, day, words (exact ones of the text), actor, actors, claim, or record (any of the document).
    """

    path: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False


WORDS = Field("evidence", "Exact words it stands on", "words", required=True)
MISSION = (
    Field("mission.sending", "Sent by (code)", required=True),
    Field("mission.receiving", "Sent to (code)", required=True),
)


@cache
def kinds() -> dict[str, tuple[str, tuple[Field, ...]]]:
    """What can be added: kind -> (list of onrecord/1, fields)."""
    return {
        "event": ("events", (
            Field("type", "Type", "choice", tuple(vocabulary.types()), True), Field("mode", "Mode"),
            Field("status", "Status", "choice", STATUSES), Field("actors", "Who", "actors"),
            Field("recipients", "To whom", "actors"), Field("time.edtf", "Day", "day"),
            Field("trigger", "The word or words that name it", "words", required=True), WORDS,
            Field("claims", "On whose word (the report's own if none)", "claim"),
        )),
        "claim": ("claims", (
            Field("holder", "Who says it", "actor"),
            Field("stance", "Stance", "choice", tuple(vocabulary.stances()), True),
            Field("content", "Exact words of what is said", "words", required=True),
            Field("cue", "The word that says so (denied, told …)", "words"),
            Field("about", "About", "record"), Field("time.edtf", "Said on", "day"),
        )),
        "act": ("acts", (
            Field("act", "Measure", "choice", tuple(vocabulary.acts()), True), *MISSION,
            Field("number", "Number", "number"), Field("unit", "Unit"), Field("from", "Ceiling before", "number"),
            Field("to", "Ceiling after", "number"), Field("dates.act.edtf", "Day", "day"), WORDS,
            Field("claims", "On whose word (the report's own if none)", "claim"),
        )),
        "mission": ("missions", (
            *MISSION, Field("measure", "Which number", "choice", MEASURES, True),
            Field("value", "Number", "number", required=True), Field("unit", "Unit"),
            Field("time.edtf", "As of", "day"), WORDS,
        )),
        "actor": ("actors", (
            Field("name", "Name", required=True), Field("kind", "Kind", "choice", ACTORS, True),
            Field("code", "Code"), Field("role", "Role"),
            Field("mentions", "Words that name it", "words", required=True),
        )),
        "expectation": ("expectations", (
            Field("claim", "The threat, promise or prediction", "claim"), Field("actor", "Expected of", "actor"),
            Field("target", "Towards", "actor"),
            Field("deed.type", "Type of deed", "choice", tuple(vocabulary.types())),
            Field("deadline.edtf", "Due", "day"), WORDS,
        )),
        "forum": ("forums", (
            Field("name", "Forum", required=True), Field("state", "State", "choice", STATES, True),
            Field("time.edtf", "Day", "day"), WORDS,
        )),
        "link": ("links", (
            Field("from", "This", "record", required=True), Field("kind", "Tie", "choice", TIES, True),
            Field("to", "To that", "record", required=True), WORDS,
        )),
    }  # fmt: skip


LISTS = frozenset({"evidence", "content", "mentions", "claims", "about"})


def form(request: Request, identity: str) -> Response:
    """The form for one kind of record; ``span`` fills in the words that it points at."""
    state, asked = state_of(request), Asked.of(request.query_params)
    _, doc = find_document(state, identity, asked)
    kind = request.query_params.get("kind", "event")
    if kind not in kinds():
        raise bad("kind", f"none of {', '.join(kinds())}")
    target = target_of(request.query_params.get("span"), len(doc.document.text))
    world = near_document(state, doc.id, asked)
    choices: dict[str, list[tuple[str, str]]] = {"actor": [], "claim": [], "record": []}
    for one, (owner, _, record) in world.owner.items():
        if owner is doc:
            name = kind_of(record)
            told = (one, f"{name}: {describe(world, record)}"[:100])
            if name in choices:
                choices[name].append(told)
            if name != "actor":
                choices["record"].append(told)
    return page(
        request, "add.html", asked, doc=doc, kind=kind, kinds=tuple(kinds()), fields=kinds()[kind][1],
        choices=choices, words=doc.document.words(target) if target else "", span=request.query_params.get("span", ""),
    )  # fmt: skip


async def add(request: Request, identity: str) -> Response:
    """Put the record on record as coded by the person, and accepted by them."""
    state = state_of(request)
    async with request.form(max_files=0, max_fields=60) as sent:
        told = {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
        who = check_write(request, state, told.get("form_token"))
        _, doc = await run_in_threadpool(find_document, state, identity, Asked())
        kind = told.get("kind", "")
        if kind not in kinds():
            raise bad("kind", f"none of {', '.join(kinds())}")
        group, fields = kinds()[kind]
        record = build(fields, sent, doc)
    by = named(who, told)
    if not told.get("reason"):
        raise bad("reason", "a record added by hand needs a reason")

    def put() -> str:
        with state.lock:
            return state.ledger.add(doc.id, group, record, by=by, reason=told["reason"])

    made = await run_in_threadpool(put)
    if wants_json(request):
        return twin({"id": made}, 201)
    response = RedirectResponse(f"/records/{made}", 303)
    if not who.signed:
        response.headers.append("set-cookie", name_cookie(by))
    return response


def build(fields: tuple[Field, ...], sent: FormData, doc: Doc) -> dict[str, Any]:
    """The record that a form tells, its words as spans. Raises OnrecordError ``bad-parameter``, ``bad-span``."""
    record: dict[str, Any] = {}
    for field in fields:
        given = [one.strip() for one in sent.getlist(field.path) if isinstance(one, str) and one.strip()]
        if not given:
            if field.required:
                raise bad(field.path, f"“{field.label}” is needed")
            continue
        value = _value(field, given, str(sent.get("span", "")), doc)
        inside = record
        *path, last = field.path.split(".")
        for name in path:
            inside = inside.setdefault(name, {})
        inside[last] = value
        if last == "edtf":
            inside["basis"] = "given"
    return record


def _value(field: Field, given: list[str], near: str, doc: Doc) -> Any:
    if field.kind == "actors":
        return given
    if field.kind == "number":
        try:
            return float(given[0])
        except ValueError:
            raise bad(field.path, "not a number") from None
    value: Any = given[0]
    if field.kind == "words":
        value = list(words_at(doc.document.text, given[0], near))
    return [value] if field.path in LISTS else value


def words_at(text: str, words: str, near: str = "") -> tuple[int, int]:
    """Where exact words stand in a text, white space aside: at ``near`` (START-END) or closest to it, else first.

    Raises OnrecordError ``bad-span`` where the text does not have them.
    """
    pattern = r"\s+".join(re.escape(one) for one in words.split())
    places = [match.span() for match in re.finditer(pattern, text)]
    if not places:
        raise OnrecordError(
            "bad-span",
            "the text does not have these words",
            "Copy them from the text, letter by letter.",
            words[:80],
        )
    start = int(near.partition("-")[0]) if re.fullmatch(r"\d{1,9}-\d{1,9}", near, re.ASCII) else 0
    return min(places, key=lambda span: abs(span[0] - start))
