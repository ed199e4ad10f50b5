"""Pages from templates, every value escaped; their twins as JSON and CSV; answers that a browser may keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord._version import __version__
from onrecord.charts import wording
from onrecord.charts.svg import Chart, style
from onrecord.ledger.rows import Evidence, to_dict
from onrecord.ledger.world import Doc
from onrecord.model.problems import Problem
from onrecord.web.query import FILTERS, Asked, address
from onrecord.web.security import FORM_COOKIE, Person, form_cookie, form_token_of, person, set_cookie
from onrecord.web.state import State

STATUS = {
    "no-record": 404, "no-page": 404, "no-ledger": 404, "needs-token": 403, "forged-form": 403, "too-large": 413,
    "record-changed": 409, "ledger-busy": 503, "wrong-method": 405, "server-fault": 500,
}  # fmt: skip


@cache
def environment() -> Environment:
    """The templates; whatever goes into them is escaped."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        w=wording, href=_href, evidence_href=_evidence_href, page_href=_page_href, drawn=_drawn,
        version=__version__, style=_stamp, hints=FILTERS,
    )  # fmt: skip
    return made


@pass_context
def _href(context: Context, path: str, **params: Any) -> str:
    """An address in the page's two times."""
    asked: Asked = context["asked"]
    return asked.url(path, **params)


@pass_context
def _evidence_href(context: Context, evidence: Evidence) -> str:
    """Where exact words stand: the document's page at their place."""
    start, end = evidence.span
    return _href(context, f"/documents/{evidence.document}", span=f"{start}-{end}") + "#span"


@pass_context
def _page_href(context: Context, path: str) -> str:
    """The address that a chart names, in the page's two times."""
    asked: Asked = context["asked"]
    return asked.of_page(path)


def _drawn(chart: Chart, number: object = "") -> Markup:
    """A drawing, which escapes whatever goes into it; its ids with a number where a page has several."""
    told = chart.svg
    for one in (f'="{chart.name}-title', f'="{chart.name}-told', f" {chart.name}-told"):
        told = told.replace(one, one.replace(chart.name, f"{chart.name}{number}"))
    return Markup(told)


def chart_style() -> Response:
    """The style sheet of the drawings, which belongs to them and not to the pages."""
    return Response(style(), media_type="text/css; charset=utf-8")


@cache
def _stamp(name: str) -> str:
    """A static file's address, which changes with its content."""
    folder = resources.files("onrecord.web") / "static"
    data = style().encode() if name == "chart.css" else (folder / name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(data).hexdigest()[:12]}"


def state_of(request: Request) -> State:
    found: State = request.app.state.onrecord
    return found


def wants_json(request: Request) -> bool:
    """Whether the answer is for a program: its address ends in .json, or it accepts JSON and no page."""
    if request.url.path.endswith(".json") or request.url.path.startswith("/api/"):
        return True
    accept = request.headers.get("accept", "")
    return "json" in accept and "text/html" not in accept


def page(request: Request, template: str, asked: Asked, status: int = 200, **values: Any) -> Response:
    """A page. The browser gets its cookie for forms with it."""
    state = state_of(request)
    cookie = form_cookie(request)
    documents = _Documents(state, asked)
    kept = {
        name: value
        for name, value in request.query_params.items()
        if name not in ("as_of", "known_at", "cursor")
    }
    told = environment().get_template(template).render(
        asked=asked,
        kept=kept,
        twin_path=address(f"{request.url.path}.json", dict(request.query_params)),
        path=request.url.path,
        static=state.settings.static,
        person=Person(None, False, False) if state.settings.static else person(request, state),
        loopback=state.settings.loopback,
        form_token=form_token_of(state.settings, cookie),
        context_of=documents.context_of,
        name_of=documents.name_of,
        upload_mib=f"{state.settings.upload_bytes / 1024 / 1024:g}",
        **values,
    )  # fmt: skip
    response = Response(told, status, media_type="text/html; charset=utf-8")
    if request.cookies.get(FORM_COOKIE) != cookie:
        response.headers.append("set-cookie", set_cookie(FORM_COOKIE, cookie))
    return response


class _Documents:
    """The documents that a page quotes or names, as they stand at its moment; asked for once, and only where needed."""

    def __init__(self, state: State, asked: Asked) -> None:
        self._state, self._known_at = state, asked.known_at
        self._known: dict[str, Doc] | None = None

    def _get(self, identity: str) -> Doc | None:
        if self._known is None:
            self._known = self._state.world(self._known_at).docs
        return self._known.get(identity)

    def context_of(self, evidence: Evidence, most: int = 220) -> wording.Quoted:
        """Exact words among those around them."""
        doc = self._get(evidence.document)
        return wording.quoted(doc.document.text if doc else "", evidence.span, evidence.words, most)

    def name_of(self, identity: str) -> tuple[str, str]:
        """A document by its title, with outlet and day; by the beginning of its id where it has none."""
        doc = self._get(identity)
        if doc is None:
            return identity[:15], ""
        told = ", ".join(part for part in (doc.outlet, (doc.published or "")[:10]) if part)
        return wording.one_line(doc.document.title or identity[:15], 90), told


def twin(content: Any, status: int = 200) -> Response:
    """JSON of rows or of anything that is made of them."""
    told = json.dumps(to_dict(content), ensure_ascii=False, default=_plain)
    return Response(told, status, media_type="application/json")


def kept(request: Request, make: Callable[[], Response]) -> Response:
    """The answer, or that the browser's copy still is the answer."""
    tag = etag(request)
    if tag in (one.strip() for one in request.headers.get("if-none-match", "").split(",")):
        response = Response(status_code=304)
    else:
        response = make()
    response.headers["etag"] = tag
    response.headers["cache-control"] = "private, no-cache"
    response.headers["vary"] = "Accept, Cookie"
    return response


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, Problem) else str(value)


def problem(request: Request, told: Problem) -> Response:
    """A problem: as a page for people, as problem+json (RFC 9457) with code and remedy for programs."""
    status = STATUS.get(told.code, 400)
    if not wants_json(request) and not request.url.path.endswith(".csv"):
        return page(request, "problem.html", Asked(), status, problem=told)
    body = {
        "type": f"about:blank#{told.code}",
        "title": told.what,
        "status": status,
        "code": told.code,
        "detail": str(told),
        "remedy": told.remedy,
        "where": told.where,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def etag(request: Request) -> str:
    """A tag that stays as long as the same question has the same answer: head, version, question, asker."""
    state = state_of(request)
    asker = [request.headers.get(name, "") for name in ("accept", "cookie", "authorization")]
    known = hashlib.sha256("\n".join(one.digest for one in state.users()).encode()).hexdigest()
    told = "\n".join([state.head(), __version__, _templates(), known, str(request.url), *asker])
    return 'W/"' + hashlib.sha256(told.encode() + state.settings.secret).hexdigest()[:32] + '"'


@cache
def _templates() -> str:
    """A hash over the templates, so that a page kept from an older build is asked for again."""
    folder = resources.files("onrecord.web") / "templates"
    names = sorted(environment().list_templates())
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()
