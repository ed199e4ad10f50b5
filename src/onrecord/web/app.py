"""The application: every route, every answer to a mistake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import resources
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from onrecord._version import __version__
from onrecord.model.problems import OnrecordError, Problem
from onrecord.web import adding, documents, home, pictures, reading, records, review, signing
from onrecord.web.api import ADD, DECIDE, READ, SETTLE, form_body, listing, parameters, responses
from onrecord.web.listings import LISTINGS
from onrecord.web.query import FILTERS, TIMES, Asked
from onrecord.web.render import chart_style, page, problem
from onrecord.web.security import HEADERS, Guard
from onrecord.web.state import Settings, State

READS = ["GET", "HEAD"]
DESCRIPTION = (
    "Who did what to whom, when, on whose word: the record's lists and records as JSON. Every address is that of a "
    "page with `.json` after it; every list has `.csv` as well."
)


def create_app(settings: Settings) -> FastAPI:
    """The pages and the API over one ledger. Raises OnrecordError where the ledger does not open."""
    state = State(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        state.close()

    app = FastAPI(
        title="onrecord", version=__version__, description=DESCRIPTION, lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/openapi.json",
    )  # fmt: skip
    app.state.onrecord = state
    app.add_middleware(Guard, settings=settings)
    app.add_exception_handler(OnrecordError, _mistake)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(Exception, _fault)
    app.add_api_route("/static/chart.css", chart_style, include_in_schema=False)
    app.mount(
        "/static", StaticFiles(directory=str(resources.files("onrecord.web") / "static")), name="static"
    )
    _lists(app)
    _writing(app)
    _records(app)
    app.openapi = partial(_described, app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: where the framework and we describe one parameter, ours stands, with its example."""
    told = FastAPI.openapi(app)
    for operations in told["paths"].values():
        for operation in operations.values():
            if "parameters" in operation:
                each = {(one["name"], one["in"]): one for one in operation["parameters"]}
                operation["parameters"] = list(each.values())
    return told


def _lists(app: FastAPI) -> None:
    for name, one in LISTINGS.items():
        handler = listing(name)
        extra = parameters(one.filters, paged=True)
        app.add_api_route(f"/{name}", handler, methods=READS, include_in_schema=False)
        example = {"list": name, "total": 1, "start": 0, "cursor": None, "next": None, "rows": [{"id": "…"}]}
        for suffix, media in (("json", "application/json"), ("csv", "text/csv")):
            app.add_api_route(
                f"/{name}.{suffix}", handler, methods=["GET"], summary=f"{one.title} ({suffix.upper()})",
                operation_id=f"{name}_{suffix}", tags=["lists"], openapi_extra=extra,
                responses=responses(example if suffix == "json" else None, media), response_class=Response,
            )  # fmt: skip


def _records(app: FastAPI) -> None:
    ids = {"identity": "e1fe136f27f78.79485e7457"}
    pages: list[tuple[str, Any, str, dict[str, str], tuple[str, ...]]] = [
        ("/documents/{identity}/changes", documents.changes, "What changed from the version before", ids, ()),
        ("/documents/{identity}", documents.document, "One document with its records", ids, ()),
        ("/missions/{identity:path}", records.mission, "One mission, with its numbers over time",
         {"identity": "RUS>NATO"}, ("since", "until")),
        ("/records/{identity}", records.record, "One record", ids, ()),
        ("/relations/{identity:path}", pictures.relation, "Two parties: score and counts by month, and answers",
         {"identity": "RUS~NATO"}, pictures.WINDOW),
        ("/relations", pictures.relations, "Pairs of parties, by the events between them", {}, pictures.WINDOW),
        ("/claims-map", pictures.claims_map, "Who says and who denies, matter by matter", {}, ("status", "actor")),
        ("/network", pictures.network, "Who did what to whom", {}, pictures.WINDOW),
        ("/map", pictures.map_, "Where events were", {}, ("actor", "type", *pictures.WINDOW)),
        ("/search", home.search, "Documents, claims and actors that hold all the words", {}, ()),
    ]  # fmt: skip
    for path, handler, summary, example, filters in pages:
        extra = parameters(filters, path=example)
        if path.endswith("/changes"):
            extra["parameters"].append(
                {"name": "from", "in": "query", "schema": {"type": "string"}, "example": "sha256:da2bc10f"}
            )
        if path == "/search":
            extra["parameters"].append(
                {"name": "q", "in": "query", "schema": {"type": "string"}, "example": "denied"}
            )
        app.add_api_route(
            f"{path}.json", handler, methods=["GET"], summary=summary, tags=["records"],
            operation_id=f"{handler.__name__.strip('_')}_json", openapi_extra=extra, responses=responses(),
            response_class=Response,
        )  # fmt: skip
        app.add_api_route(path, handler, methods=READS, include_in_schema=False)
    for name in ("events", "claims", "actors", "links", "expectations"):
        app.add_api_route(f"/{name}/{{identity}}", _to_record, methods=READS, include_in_schema=False)
    app.add_api_route("/index.json", home.home, methods=["GET"], summary="What is on record", tags=["lists"],
                      operation_id="index_json", openapi_extra=parameters(()), responses=responses(),
                      response_class=Response)  # fmt: skip
    app.add_api_route("/", home.home, methods=READS, include_in_schema=False)
    app.add_api_route("/review", review.queue, methods=READS, include_in_schema=False)
    app.add_api_route("/review.json", review.queue, methods=["GET"], summary="What asks for a person's decision",
                      tags=["review"], openapi_extra=parameters(()), responses=responses(),
                      response_class=Response)  # fmt: skip
    app.add_api_route("/api", _about_api, methods=READS, include_in_schema=False)


def _of_one(example: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"parameters": parameters((), path={"identity": example})["parameters"][:1], **body}


def _writing(app: FastAPI) -> None:
    app.add_api_route("/read", reading.read, methods=["POST"], summary="Code a text or a file and put it on record",
                      openapi_extra=form_body(READ),
                      tags=["writing"], responses=responses(), response_class=Response)  # fmt: skip
    app.add_api_route("/records/{identity}/decide", review.decide, methods=["POST"], tags=["writing"],
                      summary="Accept, correct, retract, merge, split or undo, by a named person",
                      openapi_extra=_of_one("e1fe136f27f78.79485e7457", form_body(DECIDE)),
                      responses=responses(), response_class=Response)  # fmt: skip
    app.add_api_route("/review/decide", review.settle, methods=["POST"], tags=["writing"],
                      summary="Confirm or reject a proposal, or undo a decision, by a named person",
                      openapi_extra=form_body(SETTLE),
                      responses=responses(), response_class=Response)  # fmt: skip
    app.add_api_route("/documents/{identity}/add", adding.form, methods=READS, include_in_schema=False)
    app.add_api_route("/documents/{identity}/add", adding.add, methods=["POST"], tags=["writing"],
                      summary="Add a record by hand to a document, by a named person",
                      openapi_extra=_of_one("sha256:da2bc10f", form_body(ADD)),
                      responses=responses(), response_class=Response)  # fmt: skip
    app.add_api_route("/sign-in", signing.sign_in_page, methods=READS, include_in_schema=False)
    app.add_api_route("/sign-in", signing.sign_in, methods=["POST"], include_in_schema=False)


def _to_record(request: Request, identity: str) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(Asked().url(f"/records/{identity}") + query, 308)


def _about_api(request: Request) -> Response:
    """The API for people: addresses, parameters, examples."""
    return page(
        request, "api.html", Asked.of(request.query_params), listings=LISTINGS, hints={**FILTERS, **TIMES}
    )


def _mistake(request: Request, error: Exception) -> Response:
    assert isinstance(error, OnrecordError)
    return problem(request, error.problem)


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {
        404: ("no-page", "there is no such page"),
        405: ("wrong-method", "this address does not take that"),
    }
    code, what = codes.get(error.status_code, ("bad-request", str(error.detail)))
    remedy = "Begin at the first page; /api lists the addresses."
    return problem(request, Problem(code=code, where=request.url.path, what=what, remedy=remedy))


def _fault(request: Request, error: Exception) -> Response:
    """A fault of ours: no inside of the server is told; the server's own log has it."""
    told = Problem(
        code="server-fault",
        where=request.url.path,
        what="the server met a fault of its own",
        remedy="Try again; if it stays, report it with the address and the server's log.",
    )
    response = problem(request, told)
    response.headers.update(HEADERS)  # this answer is made outside of the guard that sets them
    return response
