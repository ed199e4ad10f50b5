"""The lists as routes: one handler makes page, JSON twin and CSV; and what the OpenAPI document says of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.charts import make
from onrecord.ledger.rows import to_dict
from onrecord.web.listings import CHOICES, LISTINGS, Listing, rows_of, to_csv
from onrecord.web.query import FILTERS, LIMIT, MOST, TIMES, Asked, Slice, address, cut
from onrecord.web.render import kept, page, state_of, wants_json

PROBLEM = {
    "type": "about:blank#bad-date",
    "title": "'2021-13' is not an EDTF date of level 0 or 1",
    "status": 400,
    "code": "bad-date",
    "remedy": "Write a day 2021-10-07, a month 2021-10, a year 2021, or an interval 2021-06/2021-08.",
    "where": "",
}


def listing(name: str) -> Callable[[Request], Response]:
    """The handler of one list, for its page, ``.json`` and ``.csv``."""
    one = LISTINGS[name]

    def handler(request: Request) -> Response:
        return kept(request, lambda: _answer(request, one))

    handler.__name__ = f"list_{name}"
    handler.__doc__ = one.lead
    return handler


def _answer(request: Request, one: Listing) -> Response:
    state = state_of(request)
    asked = Asked.of(request.query_params, one.filters)
    rows = rows_of(state, one, asked)
    if request.url.path.endswith(".csv"):
        headers = {"content-disposition": f'attachment; filename="onrecord-{one.name}.csv"'}
        return Response(to_csv(one, rows), media_type="text/csv; charset=utf-8", headers=headers)
    part = cut(rows, asked, one.identify)
    if wants_json(request):
        return _twin(request, one, asked, part)
    return page(
        request,
        "list.html",
        asked,
        listing=one,
        part=part,
        chart=state.remember(
            ("timeline chart", str(request.url.query)),
            lambda: make.of_timeline(state.ask, asked.times, asked.filters, asked.of_page),
        )
        if one.name == "timeline" and not asked.cursor
        else None,
        choices={field: CHOICES[one.name, field] for field in one.filters if (one.name, field) in CHOICES},
        around={
            "next": _beside(request, part.next) if part.next else None,
            "back": _beside(request, part.back) if part.back else None,
        },
        others={suffix: _other(request, one.name, suffix) for suffix in ("json", "csv")},
    )


def _twin(request: Request, one: Listing, asked: Asked, part: Slice) -> Response:
    told = {
        "list": one.name,
        "as_of": asked.as_of,
        "known_at": asked.known_at,
        "filters": asked.filters,
        "total": part.total,
        "start": part.start,
        "cursor": part.next,
        "next": _beside(request, part.next) if part.next else None,
        "rows": [to_dict(row) for row in part.rows],
    }
    return Response(json.dumps(told, ensure_ascii=False, default=str), media_type="application/json")


def _beside(request: Request, cursor: str) -> str:
    return address(request.url.path, {**request.query_params, "cursor": cursor})


def _other(request: Request, name: str, suffix: str) -> str:
    told = {key: value for key, value in request.query_params.items() if key != "cursor"}
    return address(f"/{name}.{suffix}", told)


def parameters(
    names: tuple[str, ...], paged: bool = False, path: dict[str, str] | None = None
) -> dict[str, Any]:
    """What the OpenAPI document says of a route's parameters, with an example each."""
    told = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "example": example}
        for name, example in (path or {}).items()
    ]
    told += [_parameter(name, *{**FILTERS, **TIMES}[name]) for name in (*names, *TIMES)]
    if paged:
        told += [
            {"name": "limit", "in": "query", "description": f"Rows in one answer; at most {MOST}.",
             "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}},
            {"name": "cursor", "in": "query", "description": "Where to go on: `cursor` of the answer before.",
             "schema": {"type": "string"}},
            {"name": "order", "in": "query", "description": "By date.",
             "schema": {"type": "string", "enum": ["oldest", "newest"], "default": "oldest"}},
        ]  # fmt: skip
    return {"parameters": told}


def _parameter(name: str, what: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": what,
        "schema": {"type": "string"},
        "example": example,
    }


def responses(example: Any = None, media: str = "application/json") -> dict[int | str, dict[str, Any]]:
    """The answers of a route: what it gives, the browser's copy, and problems with code and remedy."""
    shown = {} if example is None else {"example": example}
    return {
        200: {"description": "What was asked for.", "content": {media: shown}},
        304: {"description": "The copy named in If-None-Match still holds."},
        400: {"description": "A problem, with its code and remedy.",
              "content": {"application/problem+json": {"example": PROBLEM}}},
        404: {"description": "Nothing on record has this id."},
    }  # fmt: skip


SEEN = ("The id of the newest decision that the asker has seen on it, or `none`.", "none")
REASON = ("Why; needed for all but accept, confirm and reject.", "read again")
BY = ("Who decides, where no token says it.", "Ida Holm")
# The fields of each form that writes: what they hold, with an example.
READ: dict[str, tuple[str, str]] = {
    "text": (
        "The report: title, byline, dateline, text.",
        "France expelled two Malian diplomats on Tuesday.",
    ),
    "outlet": ("The outlet, where the text does not say it.", "Valley News"),
    "published": ("The day it was published.", "2022-02-02"),
    "url": ("Its address, written down and never fetched.", "https://example.org/report"),
}
DECIDE: dict[str, tuple[str, str]] = {
    "decision": ("accept, correct, retract, merge, split or undo.", "correct"), "seen": SEEN,
    "reason": REASON, "by": BY, "field": ("correct: a field of the record, dotted inside another.", "time.edtf"),
    "value": ("correct: its right value, as JSON or plain words.", "2021-10-06"),
    "others": ("merge, split: ids of the other records.", "e1fe136f27f78.79485e7457"),
    "target": ("undo: the id of a decision.", "z0f9d0c2b7a31.5a0c"),
}  # fmt: skip
SETTLE: dict[str, tuple[str, str]] = {
    "decision": ("confirm, reject or undo.", "confirm"), "seen": SEEN, "reason": REASON, "by": BY,
    "target": ("The id of a proposal, or of a decision to undo.", "p0f9d0c2b7a31.5a0c"),
}  # fmt: skip
ADD: dict[str, tuple[str, str]] = {
    "kind": ("event, claim, act, mission, actor, expectation, forum or link.", "event"), "reason": REASON, "by": BY,
    "type": ("event: its type.", "CONSULT"), "trigger": ("event: exact words that name it.", "met"),
    "evidence": ("Exact words of the text that it stands on.", "the two ministers met"),
    "time.edtf": ("Its day.", "2021-10-05"),
}  # fmt: skip


def form_body(fields: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """What the OpenAPI document says of a form that writes."""
    told = {
        name: {"type": "string", "description": what, "example": one} for name, (what, one) in fields.items()
    }
    content = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": told}}}
    return {"requestBody": {"required": True, "content": content}}
