"""The event table: POLECAT's forty documented columns in their order, then ours.

Sources: the header of POLECAT's weekly files (Halterman et al. 2023, Harvard Dataverse AJGYVU); PLOVER 2.0 for
type, mode, intensity and quad code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from onrecord import vocabulary
from onrecord._version import __version__
from onrecord.exchange.picture import Picture
from onrecord.exchange.report import Report
from onrecord.ledger.rows import Amount, EventRow, Party

LIST = "; "
PIECES = " | "
MISSING = "None"


class Column(NamedTuple):
    """One column: its title, its kind (text, number, whole, yes, day), what it means and how it is made."""

    title: str
    kind: str
    meaning: str
    value: Callable[[Picture, EventRow], Any]

    @property
    def name(self) -> str:
        """The title as Parquet and SQL have it: small letters and underscores."""
        return re.sub(r"\W+", "_", self.title.lower())


def _joined(values: Iterable[str | None], by: str = LIST) -> str | None:
    return by.join(value for value in values if value) or None


def _aligned(values: Iterable[str | None]) -> str | None:
    """A list whose places match the names beside it: POLECAT's word for a missing value fills the gaps."""
    listed = list(values)
    return LIST.join(value or MISSING for value in listed) if any(listed) else None


def _country(party: Party) -> str | None:
    return party.code if party.code in vocabulary.states() else None


def _holders(row: EventRow) -> list[Party | None]:
    """Everybody on whose word an event stands, once by name."""
    found = {voice.holder.name if voice.holder else None: voice.holder for voice in row.voices}
    return list(found.values())


def _amount(one: Amount) -> str:
    rough = "~" if one.approximate else ""
    if one.value is not None:
        return f"{rough}{one.value:g} {one.unit}"
    return f"{rough}{one.low or 0:g}..{'' if one.high is None else f'{one.high:g}'} {one.unit}"


def _score(row: EventRow) -> float:
    return vocabulary.score(row.type, row.mode)


def _day(row: EventRow) -> Any:
    """The day of the event where it is one day; a longer interval is no day."""
    single = row.when is not None and row.when.lower is not None and row.when.lower == row.when.upper
    return row.when.lower if single and row.when else None


def _place(name: str) -> Callable[[Picture, EventRow], Any]:
    def value(picture: Picture, row: EventRow) -> Any:
        event = picture.event(row)
        return getattr(event.place, name) if event is not None and event.place is not None else None

    return value


def _published(picture: Picture, row: EventRow) -> str | None:
    return next((one.published for one in row.evidence if one.published), None)


def _goldstein(picture: Picture, row: EventRow) -> float | None:
    known = vocabulary.cameo_codes()
    return known[row.cameo].goldstein if row.cameo and row.cameo in known else None


def _none(picture: Picture, row: EventRow) -> None:
    return None


def _party_columns(label: str, parties: Callable[[EventRow], tuple[Party, ...]]) -> list[Column]:
    """POLECAT's eight columns of one side."""

    def each(get: Callable[[Party], str | None]) -> Callable[[Picture, EventRow], Any]:
        return lambda picture, row: _aligned(get(one) for one in parties(row))

    return [
        Column(f"{label} Name", "text", "names", each(lambda one: one.name)),
        Column(f"{label} Country", "text", "ISO 3166-1 alpha-3 where it is a state's", each(_country)),
        Column(f"{label} COW", "text", "not held", _none),
        Column(
            f"Primary {label} Sector",
            "text",
            "sector of the first",
            lambda picture, row: next((one.sector for one in parties(row) if one.sector), None),
        ),
        Column(f"{label} Sectors", "text", "sectors", each(lambda one: one.sector)),
        Column(f"{label} Title", "text", "roles", each(lambda one: one.role)),
        Column(f"{label} Name Raw", "text", "names as the text has them", each(lambda one: one.name)),
        Column(f"Wikipedia {label} ID", "text", "not held; see Wikidata", _none),
    ]


POLECAT: tuple[Column, ...] = (
    Column("Event ID", "text", "the id that `onrecord show` takes", lambda picture, row: row.id),
    Column("Event Date", "day", "the day, where it is known to the day", lambda picture, row: _day(row)),
    Column("Event Type", "text", "PLOVER type", lambda picture, row: row.type),
    Column("Event Mode", "text", "PLOVER mode", lambda picture, row: row.mode),
    Column(
        "Intensity", "number", "PLOVER's score of type and mode, -10 to 10", lambda picture, row: _score(row)
    ),
    Column("Quad Code", "whole", "PLOVER quad class", lambda picture, row: vocabulary.type(row.type).quad),
    Column("Contexts", "text", "PLOVER contexts", lambda picture, row: _joined(row.contexts)),
    *_party_columns("Actor", lambda row: row.actors),
    *_party_columns("Recipient", lambda row: row.recipients),
    Column("Placename", "text", "place", lambda picture, row: row.place),
    Column("City", "text", "not held", _none),
    Column("District", "text", "not held", _none),
    Column("Province", "text", "not held", _none),
    Column("Country", "text", "ISO 3166-1 alpha-3 of the place", lambda picture, row: row.country),
    Column("Latitude", "number", "degrees", _place("latitude")),
    Column("Longitude", "number", "degrees", _place("longitude")),
    Column("GeoNames ID", "whole", "GeoNames", _place("geonames")),
    Column("Raw Placename", "text", "place as the text has it", lambda picture, row: row.place),
    Column("Feature Type", "text", "not held", _none),
    Column(
        "Source", "text", "outlets", lambda p, row: _joined(dict.fromkeys(e.outlet for e in row.evidence))
    ),
    Column("Publication Date", "text", "of the first report, ISO 8601", _published),
    Column("Story People", "text", "not held", _none),
    Column("Story Organizations", "text", "not held", _none),
    Column("Story Locations", "text", "not held", _none),
    Column("Language", "text", "of the text", lambda picture, row: "en"),
    Column("Version", "text", "what wrote this file", lambda picture, row: f"onrecord {__version__}"),
)

OURS: tuple[Column, ...] = (
    Column("Done", "yes", "a deed on record", lambda picture, row: row.done),
    Column("Label", "text", "the words for what the row is", lambda picture, row: row.label),
    Column("Status", "text", "actual, future, hypothetical, negated", lambda picture, row: row.status),
    Column(
        "Standing",
        "text",
        "asserted, attributed, assessed, accused, denied",
        lambda picture, row: row.standing,
    ),
    Column("Attempt", "yes", "its own words call it an attempt", lambda picture, row: row.attempt),
    Column("Background", "yes", "told as history, not as news", lambda picture, row: row.background),
    Column(
        "Holder",
        "text",
        "on whose word; ? where nobody is named",
        lambda picture, row: _joined(v.name if v else "?" for v in _holders(row)),
    ),
    Column(
        "Holder Code",
        "text",
        "codes of the holders",
        lambda picture, row: _aligned(v.code if v else None for v in _holders(row)),
    ),
    Column(
        "Relay",
        "text",
        "through whom, from the holder outwards",
        lambda picture, row: _joined(dict.fromkeys(one.name for v in row.voices for one in v.relay)),
    ),
    Column(
        "Stance",
        "text",
        "stances of the claims",
        lambda p, row: _joined(dict.fromkeys(v.stance for v in row.voices)),
    ),
    Column(
        "Certainty Words",
        "text",
        "the hedges, verbatim",
        lambda picture, row: _joined(dict.fromkeys(v.certainty for v in row.voices)),
    ),
    Column(
        "Event EDTF", "text", "the date as EDTF", lambda picture, row: row.when.edtf if row.when else None
    ),
    Column("Event Date From", "day", "first day", lambda picture, row: row.when.lower if row.when else None),
    Column("Event Date To", "day", "last day", lambda picture, row: row.when.upper if row.when else None),
    Column("Date Words", "text", "the phrase", lambda picture, row: row.when.phrase if row.when else None),
    Column("CAMEO Code", "text", "CAMEO 1.1b3", lambda picture, row: row.cameo),
    Column("Goldstein", "number", "Goldstein's weight of the CAMEO code", _goldstein),
    Column(
        "Actor Code", "text", "country, IGO or group", lambda p, row: _aligned(one.code for one in row.actors)
    ),
    Column(
        "Recipient Code",
        "text",
        "country, IGO or group",
        lambda p, row: _aligned(one.code for one in row.recipients),
    ),
    Column(
        "Actor Wikidata", "text", "Wikidata", lambda p, row: _aligned(p.wikidata(one) for one in row.actors)
    ),
    Column(
        "Recipient Wikidata",
        "text",
        "Wikidata",
        lambda p, row: _aligned(p.wikidata(one) for one in row.recipients),
    ),
    Column(
        "Quantities", "text", "numbers with their units", lambda p, row: _joined(map(_amount, row.quantities))
    ),
    Column(
        "Evidence Words",
        "text",
        "verbatim, in the order of the spans",
        lambda p, row: _joined((one.words for one in row.evidence), PIECES),
    ),
    Column(
        "Evidence Span",
        "text",
        "start-end in code points, end excluded",
        lambda picture, row: _joined((f"{one.span[0]}-{one.span[1]}" for one in row.evidence), PIECES),
    ),
    Column(
        "Evidence Document",
        "text",
        "the document of each span",
        lambda p, row: _joined((one.document for one in row.evidence), PIECES),
    ),
    Column("Reports", "whole", "documents that report it", lambda picture, row: len(row.documents)),
    Column("Origins", "whole", "independent origins", lambda picture, row: len(row.origins)),
    Column(
        "Conflicts",
        "text",
        "where reports differ",
        lambda p, row: _joined((f"{c.field}: {c.what}" for c in row.conflicts), PIECES),
    ),
    Column("Probability", "number", "the coder's own confidence", lambda picture, row: row.probability),
    Column(
        "Marking",
        "text",
        "strictest TLP of the documents",
        lambda picture, row: picture.marking(row.documents),
    ),
    Column(
        "Coded By",
        "text",
        "kind and name of the coders",
        lambda picture, row: picture.coded_by(row.documents),
    ),
    Column("Recorded", "text", "first recorded, ISO 8601", lambda picture, row: row.recorded),
)

COLUMNS = POLECAT + OURS


def values(picture: Picture, row: EventRow) -> list[Any]:
    """The cells of one event, in the order of ``COLUMNS``."""
    return [column.value(picture, row) for column in COLUMNS]


def tell_losses(picture: Picture, report: Report) -> None:
    """What one row an event cannot hold, in the report."""
    report.lost("a day for events dated to a longer interval (Event EDTF has it)", (
        one.id for one in picture.events if one.when is not None and _day(one) is None
    ))  # fmt: skip
    report.lost(
        "a date for events that the texts do not date", (o.id for o in picture.events if o.when is None)
    )
    report.lost("actors' COW numbers and Wikipedia titles: they are not on record", (
        one.id for one in picture.events if one.actors or one.recipients
    ))  # fmt: skip
    report.lost(
        "which unit belongs to which measure", (one.id for one in picture.events if len(one.acts) > 1)
    )
    report.lost("claims that no event rests on", _loose_claims(picture))
    report.lost("missions with their ceilings", (one.id for one in picture.missions))
    report.lost("rival attributions of incidents", (one.id for one in picture.incidents if one.attributions))
    report.lost("links between records", (one.id for one in picture.links))
    report.lost("expectations", (one.id for one in picture.expectations))
    report.lost("states of forums", (one.name for one in picture.forums))


def _loose_claims(picture: Picture) -> list[str]:
    used = {voice.claim for row in picture.events for voice in row.voices}
    return [one.id for one in picture.claims if not used.intersection(one.members)]
