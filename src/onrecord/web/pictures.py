"""Pages that draw: relations of two parties, the map of claims, the network, the map; each with its table."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.charts import make
from onrecord.charts.network import ties
from onrecord.charts.svg import Chart
from onrecord.ledger.choices import one_of
from onrecord.model.problems import OnrecordError
from onrecord.web.listings import CHOICES
from onrecord.web.query import Asked, bad
from onrecord.web.render import kept, page, state_of, twin, wants_json

WINDOW = ("since", "until")
MATTERS = 8


def shown(chart: Chart) -> dict[str, Any]:
    """A chart as JSON: its words and its table, with the addresses of what stands in it."""
    rows = [
        {name: {"words": cell.words, "page": cell.path} if cell.path else cell.words
         for name, cell in zip(chart.columns, row, strict=True)}
        for row in chart.table
    ]  # fmt: skip
    return {"chart": chart.name, "title": chart.title, "told": chart.told, "note": chart.note, "rows": rows}


def relations(request: Request) -> Response:
    """Every pair of parties that did something to each other, the most events first."""

    def answer() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params, WINDOW)
        pairs: dict[tuple[str, str], list[int]] = {}
        for (actor, recipient), (number, _) in ties(
            make.dyads(state.ask, asked.times, asked.filters)
        ).items():
            one, other = sorted((actor, recipient))
            pairs.setdefault((one, other), [0, 0])[0 if actor == one else 1] += number
        ranked = sorted(pairs.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
        rows = [
            {"one": one, "other": other, "there": there, "back": back}
            for (one, other), (there, back) in ranked
            if one != other
        ]
        if wants_json(request):
            return twin({"relations": rows})
        return page(request, "relations.html", asked, rows=rows[:500], total=len(rows))

    return kept(request, answer)


def relation(request: Request, identity: str) -> Response:
    """Two parties (``RUS~NATO``): score and counts by month both ways, and what answered what after how long."""

    def answer() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params, WINDOW)
        one, _, other = identity.removesuffix(".json").partition("~")
        if not one or not other:
            raise OnrecordError(
                "no-record", "a relation is of two parties", "Write it as /relations/RUS~NATO.", identity
            )
        months, lags = state.remember(
            ("relation", one, other, str(request.url.query)),
            lambda: make.of_relation(state.ask, one, other, asked.times, asked.filters, asked.of_page),
        )
        if wants_json(request):
            return twin({"months": shown(months), "answers": shown(lags)})
        return page(request, "relation.html", asked, one=one, other=other, months=months, lags=lags)

    return kept(request, answer)


def claims_map(request: Request) -> Response:
    """Who says and who denies, matter by matter, the contested ones first."""

    def answer() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params, ("status", "actor"))
        one_of("status", asked.filters.get("status"), CHOICES["disputes", "status"])
        rows = make.matters(state.ask, asked.times, asked.filters.get("status"), asked.filters.get("actor"))
        only = request.query_params.get("matter")
        chosen = [row for row in rows if row.id == only] if only else rows[_start(request) :][:MATTERS]
        charts = [make.of_matter(state.ask, row, asked.times, asked.of_page) for row in chosen]
        if wants_json(request):
            return twin({"total": len(rows), "matters": [shown(one) for one in charts]})
        start = _start(request)
        return page(
            request, "claims-map.html", asked, charts=charts, total=len(rows), start=start,
            more=start + MATTERS if not only and start + MATTERS < len(rows) else None,
            statuses=CHOICES["disputes", "status"],
        )  # fmt: skip

    return kept(request, answer)


def _start(request: Request) -> int:
    told = request.query_params.get("start", "0")
    if not (told.isascii() and told.isdigit() and len(told) < 7):
        raise bad("start", "not a whole number")
    return int(told)


def network(request: Request) -> Response:
    """Who did what to whom, as a network."""

    def answer() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params, WINDOW)
        chart = state.remember(
            ("network", str(request.url.query)),
            lambda: make.of_network(state.ask, asked.times, asked.filters, asked.of_page),
        )
        if wants_json(request):
            return twin(shown(chart))
        lead = "Parties that did something to each other: news events that were done."
        return page(request, "picture.html", asked, chart=chart, lead=lead, filters=WINDOW)

    return kept(request, answer)


def map_(request: Request) -> Response:
    """Where events were."""

    def answer() -> Response:
        filters = ("actor", "type", *WINDOW)
        state, asked = state_of(request), Asked.of(request.query_params, filters)
        whole = request.query_params.get("whole") == "yes"
        chart = state.remember(
            ("map", str(request.url.query)),
            lambda: make.of_map(state.ask, asked.times, asked.filters, whole, asked.of_page),
        )
        if wants_json(request):
            return twin(shown(chart))
        lead = "Where the events on record were, as far as reports say it."
        return page(request, "picture.html", asked, chart=chart, lead=lead, filters=filters, whole=whole)

    return kept(request, answer)
