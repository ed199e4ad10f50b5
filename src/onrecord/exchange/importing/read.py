"""POLECAT, ICEWS and GDELT rows, each read by its documented columns.

Sources: POLECAT weekly data (Harvard Dataverse AJGYVU); ICEWS coded event data (Dataverse 28075); GDELT event
codebooks 1.0 (58 columns) and 2.0 (61 columns).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args
from urllib.parse import urlsplit

from onrecord import vocabulary
from onrecord.exchange.columns import LIST, MISSING
from onrecord.exchange.importing.build import STANCES, Given, PartyGiven, code_of, coded, sector_of
from onrecord.exchange.importing.delimited import Named, by_header, by_position
from onrecord.exchange.report import Report
from onrecord.model.base import Status
from onrecord.model.dates import parse
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument, Place


class Source(NamedTuple):
    """One project's data: how its file is opened and how a row is taken; ``unused`` names columns left behind."""

    meaning: str
    open: Callable[[Path], Iterator[Named | Problem]]
    take: Callable[[Named], Given]
    unused: tuple[str, ...]


def read_rows(source: str, path: Path, report: Report) -> Iterator[CodedDocument | Problem]:
    """Every row of a file as a coded document, or as the problem that it is.

    Raises OnrecordError ``unknown-import``, ``not-found``, ``bad-columns``.
    """
    if source not in SOURCES:
        raise OnrecordError(
            "unknown-import", f"no import is called {source!r}", f"Use one of: {', '.join(SOURCES)}.", source
        )
    how = SOURCES[source]
    for row in how.open(path):
        if isinstance(row, Problem):
            report.count("problems")
            yield row
            continue
        try:
            given = how.take(row)
        except _BadRowError as error:
            report.count("problems")
            yield Problem(
                code="bad-row",
                where=row.row.where,
                what=str(error),
                remedy="Repair the row; the others are read.",
            )
            continue
        for column in how.unused:
            if row[column] is not None:
                report.lost(f"the column {column}", [given.identity])
        _tell(row, given, report)
        report.count("documents")
        report.count("events" if given.type else "claims")
        yield coded(row, given)


class _BadRowError(Exception):
    """A row that gives no event."""


def _tell(row: Named, given: Given, report: Report) -> None:
    """Values that the vocabulary does not know, and so stay in the row only."""
    if given.mode is None and row["Event Mode"] is not None:
        report.lost("modes that PLOVER 2.0 does not have", [f"{given.identity} {row['Event Mode']}"])
    for party in (*given.actors, *given.recipients):
        if party.code is None:
            report.lost(
                "a code for actors whose country or group we do not know", [f"{given.identity} {party.name}"]
            )
    for people, side in ((given.actors, "Source"), (given.recipients, "Target")):
        if row[f"{side} Sectors"] is not None and not any(one.sector for one in people):
            report.lost(
                "sectors in words that are none of ours", [f"{given.identity} {row[f'{side} Sectors']}"]
            )
    if given.standing == "asserted" and row["Holder"] is not None:
        report.lost("who else says what a report says itself", [given.identity])
    if given.edtf is None:
        report.lost("a date for rows without a calendar date", [given.identity])


def _polecat(row: Named) -> Given:
    name = row["Event Type"] or ""
    if name.upper() not in vocabulary.types():
        raise _BadRowError(f"{name!r} is no PLOVER event type")
    type_ = name.upper()
    mode = row["Event Mode"]
    known = vocabulary.type(type_).modes
    status, standing = row["Status"] or "actual", row["Standing"] or "asserted"
    if status not in get_args(Status):
        raise _BadRowError(f"{status!r} is no status")
    if standing != "asserted" and standing not in STANCES:
        raise _BadRowError(f"{standing!r} is no standing")
    return Given(
        source="polecat",
        identity=row["Event ID"] or row.row.where,
        # The ledger reads from the trigger's words that something was an attempt: the label says so.
        cell=row.span("Label" if row["Attempt"] == "true" else "Event Type", "Event Type"),
        type=type_,
        mode=mode.lower() if mode and mode.lower() in known else None,
        contexts=[one for one in re.split(r"\s*;\s*", row["Contexts"] or "") if one in vocabulary.contexts()],
        cameo=row["CAMEO Code"],
        actors=_listed(row, "Actor"),
        recipients=_listed(row, "Recipient"),
        edtf=_edtf(row["Event EDTF"] or row["Event Date"]),
        place=_place(row["Placename"], row["Country"], row, "Latitude", "Longitude", row["GeoNames ID"]),
        outlet=row["Source"],
        published=_moment(row["Publication Date"]),
        status=status,
        background=row["Background"] == "true",
        standing=standing,
        holders=_holders(row),
        marking=row["Marking"],
    )


def _listed(row: Named, side: str) -> list[PartyGiven]:
    """The actors of one side: lists of one length are taken apart, others are one actor."""
    names = _list(row[f"{side} Name"])
    columns = [f"{side} Code", f"{side} Country", f"{side} Sectors", f"{side} Title", f"{side} Wikidata"]
    codes, countries, sectors, titles, wikidata = (_fitted(row[name], len(names)) for name in columns)
    span = row.span(f"{side} Name") if names else None
    return [
        PartyGiven(
            name, codes[n] or code_of(countries[n]), sector_of(*re.split(r"\s*;\s*", sectors[n] or "")),
            titles[n], wikidata[n], span,
        )
        for n, name in enumerate(names)
        if name
    ]  # fmt: skip


def _holders(row: Named) -> list[PartyGiven | None]:
    names = _list(row["Holder"])
    codes = _fitted(row["Holder Code"], len(names))
    return [
        None if name in (None, "?") else PartyGiven(name, codes[n], span=row.span("Holder"))
        for n, name in enumerate(names)
    ]


def _list(value: str | None) -> list[str | None]:
    return [] if value is None else [None if one == MISSING else one for one in value.split(LIST)]


def _fitted(value: str | None, length: int) -> list[str | None]:
    """A list beside ``length`` names; one value for one name may itself hold semicolons (sectors do)."""
    if length == 1:
        return [value]
    found = _list(value)
    return found if len(found) == length else [None] * length


def _icews(row: Named) -> Given:
    code = _cameo(row["CAMEO Code"])
    parties = [
        [
            PartyGiven(
                name,
                code_of(row[f"{side} Country"]),
                _icews_sector(row[f"{side} Sectors"]),
                span=row.span(f"{side} Name"),
            )
        ]
        if (name := row[f"{side} Name"])
        else []
        for side in ("Source", "Target")
    ]
    given = Given(
        source="icews", identity=row["Event ID"] or row.row.where, cell=row.span("Event Text", "CAMEO Code"),
        actors=parties[0], recipients=parties[1], edtf=_edtf(row["Event Date"]), outlet=row["Publisher"],
        place=_place(
            row["City"] or row["District"] or row["Province"] or row["Country"], row["Country"], row,
            "Latitude", "Longitude", None,
        ),
    )  # fmt: skip
    return _typed(given, code)


def _icews_sector(value: str | None) -> str | None:
    """ICEWS writes sectors in words; the first whose words the vocabulary labels so."""
    labels = _sector_labels()
    return next((labels[w] for w in re.split(r"\s*,\s*", (value or "").casefold()) if w in labels), None)


# ICEWS's own words where they are not our labels.
ICEWS_SECTORS = {
    "executive": "GOV", "executive office": "GOV", "cabinet": "GOV", "foreign ministry": "GOV", "military": "MIL",
    "judicial": "JUD", "legislative / parliamentary": "LEG", "parties": "PTY",
    "international government organization": "IGO",
}  # fmt: skip


@cache
def _sector_labels() -> dict[str, str]:
    return {one.label.casefold(): code for code, one in vocabulary.sectors().items()} | ICEWS_SECTORS


def _gdelt(row: Named) -> Given:
    code = _cameo(row["EventCode"])
    day = row["SQLDATE"] or ""
    added = row["DATEADDED"] or ""
    url = row["SOURCEURL"]
    given = Given(
        source="gdelt", identity=row["GLOBALEVENTID"] or row.row.where, cell=row.span("EventCode"),
        actors=_gdelt_party(row, 1), recipients=_gdelt_party(row, 2),
        edtf=_edtf(f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else None),
        place=_place(row["ActionGeo_FullName"], None, row, "ActionGeo_Lat", "ActionGeo_Long", None),
        url=url, outlet=urlsplit(url).hostname if url else None, outlet_basis="inferred",
        retrieved=f"{added[:4]}-{added[4:6]}-{added[6:8]}" if len(added) in (8, 14) and added.isdigit() else None,
    )  # fmt: skip
    return _typed(given, code)


def _gdelt_party(row: Named, number: int) -> list[PartyGiven]:
    side = f"Actor{number}"
    name = row[f"{side}Name"]
    if name is None:
        return []
    code = code_of(row[f"{side}CountryCode"]) or _groups().get(row[f"{side}KnownGroupCode"] or "")
    sector = sector_of(*(row[f"{side}Type{n}Code"] for n in (1, 2, 3)))
    return [PartyGiven(name, code, sector, span=row.span(f"{side}Name"))]


@cache
def _groups() -> dict[str, str]:
    """The three letters by which GDELT knows an organisation, the last of its CAMEO code -> ours."""
    found: dict[str, str] = {}
    for one in vocabulary.organisations().values():
        if one.cameo:
            found.setdefault(one.cameo[-3:], one.actor)
    return found


def _typed(given: Given, code: str) -> Given:
    """The PLOVER type of a CAMEO code; where PLOVER dropped it (01x, 02x) the row is a statement of its actor."""
    found = vocabulary.cameo(code)
    given.cameo = code
    given.type, given.mode, given.contexts = found.type, found.mode, list(found.contexts)
    if found.type is None:
        given.stance = {"016": "denies", "011": "declines", "012": "assesses", "013": "predicts"}.get(code)
        given.stance = given.stance or ("demands" if found.root == "02" else "asserts")
    return given


def _cameo(value: str | None) -> str:
    """A CAMEO code with its leading zero, which spreadsheets eat.

    Both projects write roots with three digits (160), so two digits are a code that has lost its zero.
    """
    given = value or ""
    for code in (f"0{given}", given) if len(given) == 2 else (given, f"0{given}"):
        if code in vocabulary.cameo_codes():
            return code
    raise _BadRowError(f"{value!r} is no CAMEO code")


def _edtf(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parse(value)
    except OnrecordError:
        return None
    return value


def _moment(value: str | None) -> str | None:
    from datetime import datetime

    try:
        datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return value


def _place(
    name: str | None, country: str | None, row: Named, lat: str, long: str, geonames: str | None
) -> Place | None:
    if name is None:
        return None
    return Place(
        name=name, country=code_of(country), latitude=row.number(lat), longitude=row.number(long),
        geonames=int(float(geonames)) if geonames and geonames.replace(".0", "").isdigit() else None,
    )  # fmt: skip


def _geo(prefix: str, second: bool) -> list[str]:
    names = [
        "Type",
        "FullName",
        "CountryCode",
        "ADM1Code",
        *(["ADM2Code"] if second else []),
        "Lat",
        "Long",
        "FeatureID",
    ]
    return [f"{prefix}Geo_{name}" for name in names]


def _gdelt_columns(second: bool) -> tuple[str, ...]:
    """The columns of GDELT 1.0, or of 2.0, which has ADM2 codes."""
    actor = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
             "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor1{name}" for name in actor), *(f"Actor2{name}" for name in actor),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *_geo("Actor1", second), *_geo("Actor2", second), *_geo("Action", second), "DATEADDED", "SOURCEURL",
    )  # fmt: skip


GDELT = {58: _gdelt_columns(False), 61: _gdelt_columns(True)}
SOURCES: dict[str, Source] = {
    "polecat": Source(
        "POLECAT, and our own CSV",
        lambda path: by_header(path, ("Event ID", "Event Type", "Event Date", "Actor Name", "Recipient Name")),
        _polecat,
        ("Actor COW", "Recipient COW", "Wikipedia Actor ID", "Wikipedia Recipient ID", "City", "District", "Province",
         "Feature Type", "Story People", "Story Organizations", "Story Locations", "Relay", "Certainty Words",
         "Quantities", "Evidence Words", "Conflicts"),
    ),
    "icews": Source(
        "ICEWS coded event data",
        lambda path: by_header(path, ("Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code")),
        _icews,
        ("Story ID", "Sentence Number"),
    ),
    "gdelt": Source(
        "GDELT events, 1.0 and 2.0",
        lambda path: by_position(path, GDELT),
        _gdelt,
        ("NumMentions", "NumSources", "NumArticles", "AvgTone", "IsRootEvent", "ActionGeo_CountryCode",
         "ActionGeo_ADM1Code", "Actor1EthnicCode", "Actor1Religion1Code", "Actor2EthnicCode", "Actor2Religion1Code"),
    ),
}  # fmt: skip
