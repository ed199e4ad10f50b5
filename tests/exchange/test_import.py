"""Rows of POLECAT, ICEWS and GDELT as coded documents; our own CSV comes back as it went out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.exchange import Picture, Report, export, read_rows, take
from onrecord.exchange.columns import POLECAT
from onrecord.exchange.importing.read import GDELT
from onrecord.exchange.tables import aside
from onrecord.ledger import Ledger
from onrecord.model.checks import problems
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def line(columns: tuple[str, ...], **told: str) -> str:
    """One tab-separated row; names have underscores for spaces."""
    given = {name.replace("_", " "): value for name, value in told.items()} | told
    assert set(columns) & set(given)
    return "\t".join(given.get(name, "") for name in columns)


def polecat_row(**told: str) -> str:
    columns = tuple(column.title for column in POLECAT)
    return "\t".join(columns) + "\n" + line(columns, **told)


def icews_row(**told: str) -> str:
    return "\t".join(ICEWS) + "\n" + line(ICEWS, **told)


def taken(kind: str, text: str, tmp_path: Path) -> tuple[list[CodedDocument], list[Problem], Report]:
    file = tmp_path / "rows.txt"
    file.write_bytes(text.encode("utf-8"))
    report = Report("import")
    found = list(read_rows(kind, file, report))
    good = [one for one in found if isinstance(one, CodedDocument)]
    assert not [fault for one in good for fault in problems(one)]
    return good, [one for one in found if isinstance(one, Problem)], report


def test_a_polecat_row_is_given_and_its_text_is_the_row(tmp_path: Path) -> None:
    row = polecat_row(
        Event_ID="20230105-1", Event_Date="2023-01-05", Event_Type="SANCTION", Event_Mode="expel",
        Contexts="diplomatic;made up", Actor_Name="Germany", Actor_Country="DEU", Actor_Sectors="GOV;DIP",
        Recipient_Name="None", Placename="Berlin", Country="DEU", Latitude="52.52", Longitude="13.41",
        GeoNames_ID="2950159", Source="Example Wire", Publication_Date="2023-01-06", Story_People="A; B",
    )  # fmt: skip
    (coded,), faults, report = taken("polecat", row + "\r\n", tmp_path)
    assert not faults
    document, event = coded.document, coded.events[0]
    assert coded.coded_by.kind == "import" and document.text == row.splitlines()[1]
    assert document.words(event.trigger) == "SANCTION" and event.evidence == []
    assert (document.outlet.name, document.outlet.basis) == ("Example Wire", "given")
    assert document.published is not None and document.published.basis == "given"
    assert (event.type, event.mode, event.contexts) == ("SANCTION", "expel", ["diplomatic"])
    assert event.time is not None and (event.time.edtf, event.time.basis) == ("2023-01-05", "given")
    assert event.place is not None and (event.place.latitude, event.place.geonames) == (52.52, 2950159)
    (actor,) = coded.actors
    assert (actor.code, actor.sector, actor.kind) == ("DEU", "GOV", "state") and event.recipients == []
    assert coded.inferred == ["a1.kind"] and document.external_id == "polecat:20230105-1"
    assert report.losses["the column Story People"].records == 1


CAMEO: list[tuple[str, tuple[str | None, str | None], str | None]] = [
    ("161", ("SANCTION", None), None),
    ("112", ("ACCUSE", None), None),
    ("016", (None, None), "denies"),
    ("16", (None, None), "denies"),
    ("011", (None, None), "declines"),
]


@pytest.mark.parametrize(("code", "event", "stance"), CAMEO)
def test_an_icews_row_is_an_event_or_a_statement(
    tmp_path: Path, code: str, event: tuple[str | None, str | None], stance: str | None
) -> None:
    text = icews_row(
        Event_ID="7", Event_Date="2021-04-18", Source_Sectors="Nonsense,Military", Target_Sectors="Moonshine",
        Source_Name="Foreign Affairs (Russia)", Source_Country="Russian Federation",
        Event_Text="as ICEWS says it", CAMEO_Code=code, Target_Name="Czech Republic", Target_Country="Czech Republic",
        Publisher="Example Wire",
    )  # fmt: skip
    (coded,), _, report = taken("icews", text, tmp_path)
    assert coded.actors[0].sector == "MIL"
    assert report.losses["sectors in words that are none of ours"].examples == ["7 Moonshine"]
    codes = {one.name: one.code for one in coded.actors}
    assert codes == {"Foreign Affairs (Russia)": "RUS", "Czech Republic": "CZE"}
    if stance is None:
        assert not coded.claims and coded.events[0].type == event[0]
        assert coded.document.words(coded.events[0].trigger) == "as ICEWS says it"
    else:
        assert not coded.events, "a denial makes no event by the denier"
        assert coded.claims[0].stance == stance and coded.claims[0].cue is not None


@pytest.mark.parametrize("version", sorted(GDELT))
def test_a_gdelt_row_is_read_by_the_number_of_its_cells(tmp_path: Path, version: int) -> None:
    text = line(
        GDELT[version], GLOBALEVENTID="410412347", SQLDATE="20210418", Actor1Name="RUSSIA", Actor1CountryCode="RUS",
        Actor1Type1Code="GOV", Actor2Name="NATO", Actor2KnownGroupCode="NAT", EventCode="0231",
        ActionGeo_FullName="Prague, Praha, Czech Republic", ActionGeo_CountryCode="EZ", ActionGeo_Lat="50.08",
        ActionGeo_Long="14.47", NumMentions="10", DATEADDED="20210419", SOURCEURL="https://example.org/news/1",
    )  # fmt: skip
    (coded,), faults, report = taken("gdelt", text, tmp_path)
    assert not faults and coded.document.url == "https://example.org/news/1"
    assert (coded.document.outlet.name, coded.document.outlet.basis) == ("example.org", "inferred")
    assert coded.document.published is None, "GDELT says when it added a row, not when it was published"
    assert coded.document.retrieved == "2021-04-19"
    assert [one.code for one in coded.actors] == ["RUS", "NATO"]
    record: Any = coded.events[0] if coded.events else coded.claims[0]
    assert record.time is not None and record.time.edtf == "2021-04-18"
    assert report.losses["the column NumMentions"].records == 1
    assert report.losses["the column ActionGeo_CountryCode"].records == 1


FAULTS = [
    ("polecat", polecat_row(Event_ID="1", Event_Type="NONSENSE"), "bad-row"),
    ("polecat", polecat_row(Event_ID="1", Event_Type="AID") + "\tone cell too many", "bad-row"),
    ("icews", icews_row(Event_ID="1", CAMEO_Code="999"), "bad-row"),
    ("gdelt", "1\t2\t3", "bad-row"),
]


@pytest.mark.parametrize(("kind", "text", "code"), FAULTS)
def test_a_bad_row_is_a_problem_with_its_line_and_the_others_are_read(
    tmp_path: Path, kind: str, text: str, code: str
) -> None:
    good, faults, _ = taken(kind, text, tmp_path)
    assert not good and [one.code for one in faults] == [code]
    assert faults[0].where.endswith(":1" if kind == "gdelt" else ":2")


def test_a_line_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "rows.txt"
    row = line(GDELT[58], GLOBALEVENTID="1", EventCode="010")
    file.write_bytes(b"\xff\n" + row.encode())
    found = list(read_rows("gdelt", file, Report("import")))
    assert isinstance(found[0], Problem) and found[0].code == "bad-encoding"
    assert isinstance(found[1], CodedDocument)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [("acled", "", "unknown-import"), ("polecat", "a\tb\n", "bad-columns"), ("icews", "", "bad-columns")],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, kind: str, text: str, code: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        taken(kind, text, tmp_path)
    assert caught.value.problem.code == code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError) as caught:
        list(read_rows("gdelt", tmp_path / "none", Report("import")))
    assert caught.value.problem.code == "not-found"


def outline(picture: Picture) -> list[tuple[object, ...]]:
    """What a CSV must bring back of every event."""
    return sorted(
        (
            row.type, row.mode or "", row.contexts, row.status, row.standing, row.done, row.attempt, row.background,
            row.cameo or "", tuple(sorted(one.code or one.name for one in row.actors)),
            tuple(sorted(one.code or one.name for one in row.recipients)), row.when.edtf if row.when else "",
            tuple(sorted({voice.holder.name if voice.holder else "?" for voice in row.voices}))
            if row.standing != "asserted" else (),
            row.place or "",
        )
        for row in picture.events
    )  # fmt: skip


def test_our_csv_comes_back_with_nothing_promoted_to_a_deed(picture: Picture, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    export(picture, "csv", out)
    report = Report("import")
    with Ledger.open(tmp_path / "again.sqlite") as ledger:
        for file in (out, aside(out)):
            for one in read_rows("polecat", file, report):
                assert isinstance(one, CodedDocument)
                ledger.record(one)
        assert ledger.verify().ok
        assert outline(take(ledger)) == outline(picture)
    assert report.losses["who else says what a report says itself"].records == 1
