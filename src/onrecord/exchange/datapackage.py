"""A snapshot for analysis: Parquet files by year with a Frictionless data package that describes them.

Source: https://specs.frictionlessdata.io/data-package/. Deeds and what is no deed are two tables, so that a query
over ``deeds`` never counts an accusation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from onrecord import vocabulary
from onrecord._version import __version__
from onrecord.exchange.columns import COLUMNS
from onrecord.exchange.picture import Picture
from onrecord.exchange.report import Report
from onrecord.exchange.tables import event_table, pyarrow, unwritable
from onrecord.ledger.missions import Level
from onrecord.ledger.relations import dyads
from onrecord.ledger.rows import When, to_dict
from onrecord.model.problems import OnrecordError

FILE = "datapackage.json"
UNDATED = "undated"
PAIRS = [(name, "ascending") for name in ("actor_code", "recipient_code", "event_date_from", "event_id")]
"""The order of events in a file: what is asked of a pair, or counted by pairs, then stands together."""
ROW_GROUP = 122_880
"""Rows of a row group: what a thread of DuckDB takes at once, and passes over where the pair is another."""
TYPES = {"text": "string", "number": "number", "whole": "integer", "yes": "boolean", "day": "date"}


class Field(NamedTuple):
    name: str
    kind: str
    meaning: str


CLAIMS = (
    Field("id", "text", "the id that `onrecord show` takes"),
    Field("holder", "text", "on whose word; empty: nobody named"),
    Field("holder_code", "text", "country, IGO or group"),
    Field("relay", "text", "through whom, JSON list"),
    Field("addressee", "text", "to whom"),
    Field("stance", "text", "asserts, denies, accuses …"),
    Field("content", "text", "verbatim, JSON list"),
    Field("quoted", "yes", "in quotation marks"),
    Field("factuality", "text", "CT+ … U"),
    Field("certainty", "text", "the hedge, verbatim"),
    Field("likelihood", "text", "term on its scale"),
    Field("confidence", "text", "words on their scale"),
    Field("admiralty", "text", "source and information"),
    Field("said", "text", "EDTF"),
    Field("said_from", "day", "first day"),
    Field("said_to", "day", "last day"),
    Field("about", "text", "ids of what it is about, JSON list"),
    Field("status", "text", "open, confirmed, disputed, superseded"),
    Field("evidence", "text", "document, span and words, JSON list"),
    Field("documents", "text", "JSON list"),
    Field("origins", "whole", "independent origins"),
    Field("marking", "text", "strictest TLP"),
    Field("recorded", "text", "ISO 8601"),
)
LEVELS = (
    Field("mission", "text", "RUS>NATO"),
    Field("name", "text", "name"),
    Field("sending", "text", "code"),
    Field("receiving", "text", "code"),
    Field("host", "text", "code"),
    Field("measure", "text", "cap, cap to come, filled, vacant, removed"),
    Field("value", "number", "the number"),
    Field("low", "number", "at least"),
    Field("high", "number", "at most"),
    Field("unit", "text", "what is counted"),
    Field("scope", "text", "of what"),
    Field("since", "text", "EDTF"),
    Field("since_from", "day", "first day"),
    Field("since_to", "day", "last day"),
    Field("basis", "text", "stated, or the act that set it"),
    Field("holders", "text", "on whose word, JSON list"),
    Field("record", "text", "id"),
    Field("evidence", "text", "JSON list"),
)
ATTRIBUTIONS = (
    Field("incident", "text", "id"),
    Field("name", "text", "name"),
    Field("event", "text", "id of its event"),
    Field("to", "text", "who is said to be behind it"),
    Field("to_code", "text", "code"),
    Field("verdict", "text", "attributed, denied, disputed"),
    Field("holder", "text", "on whose word"),
    Field("holder_code", "text", "code"),
    Field("stance", "text", "of the claim"),
    Field("likelihood", "text", "term"),
    Field("confidence", "text", "words"),
    Field("said", "text", "EDTF"),
    Field("status", "text", "unattributed, attributed, contested"),
    Field("document", "text", "id"),
    Field("evidence", "text", "JSON list"),
)
DOCUMENTS = (
    Field("id", "text", "id"),
    Field("external_id", "text", "the caller's own"),
    Field("title", "text", "title"),
    Field("outlet", "text", "outlet"),
    Field("published", "text", "ISO 8601"),
    Field("url", "text", "address"),
    Field("marking", "text", "TLP"),
    Field("coded_by", "text", "kind and name"),
    Field("recorded", "text", "ISO 8601"),
)
DYADS = (
    Field("actor", "text", "code, or name where there is none"),
    Field("recipient", "text", "code, or name where there is none"),
    Field("month", "text", "YYYY-MM"),
    Field("events", "whole", "deeds that are news"),
    Field("mean_intensity", "number", "mean of PLOVER's scores"),
    Field("lowest_intensity", "number", "lowest of PLOVER's scores"),
    Field("counts", "text", "events by type, JSON object"),
    Field("ids", "text", "the events, JSON list"),
)
EVENTS = tuple(Field(column.name, column.kind, column.meaning) for column in COLUMNS)
TABLES: dict[str, tuple[tuple[Field, ...], str]] = {
    "deeds": (EVENTS, "events that were done, on a document's or a named voice's word"),
    "not_done": (EVENTS, "accusations, denials, assessments, attempts, plans, what did not happen"),
    "claims": (CLAIMS, "who said what, and how sure"),
    "mission_levels": (LEVELS, "cap, filled, vacant and removed of every mission; each is another number"),
    "attributions": (ATTRIBUTIONS, "who is said to be behind an incident, one row a voice"),
    "documents": (DOCUMENTS, "the reports"),
    "dyads": (DYADS, "deeds that are news by directed pair and month, as `onrecord relations` counts them"),
}


def snapshot(picture: Picture, folder: Path) -> Report:
    """Write the picture under ``folder``, which is made or must be a snapshot already (its tables are replaced).

    Raises OnrecordError ``not-a-snapshot``, ``not-writable``, ``missing-extra``.
    """
    pyarrow()
    report = Report("snapshot")
    if folder.exists() and not (folder / FILE).exists() and any(folder.iterdir()):
        raise OnrecordError(
            "not-a-snapshot",
            "the folder holds something else",
            "Give a new folder, or one of a snapshot.",
            str(folder),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        resources = [_table(picture, folder, name, report) for name in TABLES]
        described = {
            "name": "onrecord-snapshot", "profile": "data-package", "version": __version__,
            "title": "A snapshot of an onrecord ledger", "resources": resources,
        }  # fmt: skip
        (folder / FILE).write_text(
            json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        _losses(picture, report)
        (folder / "snapshot.report.json").write_text(report.to_json(), encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error
    return report


def _table(picture: Picture, folder: Path, name: str, report: Report) -> dict[str, Any]:
    """One table, split by year where it has days; its description as a resource of the package."""
    pa, parquet = pyarrow(), pyarrow("parquet")
    fields, meaning = TABLES[name]
    if name in ("deeds", "not_done"):
        rows = picture.deeds if name == "deeds" else picture.not_done
        table, years = event_table(picture, rows), [_year(row.when) for row in rows]
    else:
        lines, years = ROWS[name](picture)
        kinds = {
            "text": pa.string(),
            "number": pa.float64(),
            "whole": pa.int64(),
            "yes": pa.bool_(),
            "day": pa.date32(),
        }
        table = pa.Table.from_pylist(
            lines, schema=pa.schema([(field.name, kinds[field.kind]) for field in fields])
        )
    where = folder / name
    for old in sorted(where.glob("**/*.parquet")) if where.exists() else ():
        old.unlink()
    paths = []
    for year in sorted(set(years)) or [UNDATED]:
        # An empty table still has a file: a query over it finds its columns.
        chosen = table.filter(pa.array([one == year for one in years], type=pa.bool_())) if years else table
        path = where / f"year={year}" / "part-0.parquet" if years else where / "part-0.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        if fields is EVENTS:
            chosen = chosen.sort_by(PAIRS)
        parquet.write_table(chosen, path, compression="zstd", row_group_size=ROW_GROUP)
        paths.append(path.relative_to(folder).as_posix())
    report.count(name, table.num_rows)
    return {
        "name": name.replace("_", "-"), "title": name, "description": meaning, "path": paths, "format": "parquet",
        "mediatype": "application/vnd.apache.parquet", "rows": table.num_rows,
        "schema": {
            "fields": [{"name": one.name, "type": TYPES[one.kind], "description": one.meaning} for one in fields]
        },
    }  # fmt: skip


def _claims(picture: Picture) -> tuple[list[dict[str, Any]], list[str]]:
    lines = [
        {
            "id": row.id, "holder": row.holder.name if row.holder else None,
            "holder_code": row.holder.code if row.holder else None, "relay": _json([one.name for one in row.relay]),
            "addressee": row.addressee.name if row.addressee else None, "stance": row.stance,
            "content": _json(row.content), "quoted": row.quoted, "factuality": row.factuality,
            "certainty": row.certainty, "likelihood": row.likelihood, "confidence": row.confidence,
            "admiralty": row.admiralty, "said": row.said.edtf if row.said else None,
            "said_from": row.said.lower if row.said else None, "said_to": row.said.upper if row.said else None,
            "about": _json([one.id for one in row.about]), "status": row.status, "evidence": _json(row.evidence),
            "documents": _json(row.documents), "origins": len(row.origins),
            "marking": picture.marking(row.documents), "recorded": row.recorded,
        }
        for row in picture.claims
    ]  # fmt: skip
    return lines, [_year(row.said) for row in picture.claims]


def _levels(picture: Picture) -> tuple[list[dict[str, Any]], list[str]]:
    lines = []
    for row in picture.missions:
        told: list[tuple[str, Level | None]] = [
            ("cap", row.cap), ("cap to come", row.cap_to_come), ("filled", row.filled), ("vacant", row.vacant),
            *(("removed", one) for one in row.removed),
        ]  # fmt: skip
        for measure, level in told:
            if level is not None:
                since = level.since
                lines.append({
                    "mission": row.id, "name": row.name, "sending": row.sending, "receiving": row.receiving,
                    "host": row.host, "measure": measure, "value": level.value, "low": level.low,
                    "high": level.high, "unit": level.unit, "scope": level.scope,
                    "since": since.edtf if since else None, "since_from": since.lower if since else None,
                    "since_to": since.upper if since else None, "basis": level.basis,
                    "holders": _json([one.holder.name if one.holder else None for one in level.voices]),
                    "record": level.record, "evidence": _json(level.evidence),
                })  # fmt: skip
    return lines, []


def _attributions(picture: Picture) -> tuple[list[dict[str, Any]], list[str]]:
    lines = []
    for row in picture.incidents:
        for one in row.attributions:
            holder = one.voice.holder if one.voice else None
            lines.append({
                "incident": row.id, "name": row.name, "event": row.event, "to": one.to.name if one.to else None,
                "to_code": one.to.code if one.to else None, "verdict": one.verdict,
                "holder": holder.name if holder else None, "holder_code": holder.code if holder else None,
                "stance": one.voice.stance if one.voice else None, "likelihood": one.likelihood,
                "confidence": one.confidence, "said": one.said.edtf if one.said else None, "status": row.status,
                "document": one.document, "evidence": _json(one.evidence),
            })  # fmt: skip
    return lines, []


def _documents(picture: Picture) -> tuple[list[dict[str, Any]], list[str]]:
    lines = [
        {
            "id": doc.id, "external_id": doc.document.external_id, "title": doc.document.title, "outlet": doc.outlet,
            "published": doc.published, "url": doc.document.url, "marking": doc.document.marking,
            "coded_by": picture.coded_by([doc.id]), "recorded": picture.recorded(doc.id),
        }
        for doc in picture.docs
    ]  # fmt: skip
    return lines, []


def _dyads(picture: Picture) -> tuple[list[dict[str, Any]], list[str]]:
    lines = [
        {
            "actor": one.actor, "recipient": one.recipient, "month": one.month, "events": one.events,
            "mean_intensity": one.mean, "lowest_intensity": one.lowest,
            "counts": json.dumps(one.counts), "ids": _json(one.ids),
        }
        for one in dyads(list(picture.events), vocabulary.score)
    ]  # fmt: skip
    return lines, []


ROWS: dict[str, Callable[[Picture], tuple[list[dict[str, Any]], list[str]]]] = {
    "claims": _claims, "mission_levels": _levels, "attributions": _attributions,  "documents": _documents,
    "dyads": _dyads,
}  # fmt: skip


def _losses(picture: Picture, report: Report) -> None:
    report.lost("links between records", (one.id for one in picture.links))
    report.lost("states of forums", (one.name for one in picture.forums))
    report.lost("expectations", (one.id for one in picture.expectations))
    report.lost(
        "balances of missions and dates of their measures", (one.id for one in picture.missions if one.acts)
    )
    report.lost("texts of documents", (one.id for one in picture.docs))


def _year(moment: When | None) -> str:
    """The year that an interval lies in, or begins in; what has no beginning is undated."""
    return f"{moment.lower.year:04d}" if moment is not None and moment.lower is not None else UNDATED


def _json(rows: Iterable[Any]) -> str:
    return json.dumps([to_dict(one) for one in rows], ensure_ascii=False)
