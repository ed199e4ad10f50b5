"""Pages say what is on record, in the two times, and their twins say the same."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.web.listings import LISTINGS
from tests.ledger.authoring import Written, compile_documents
from tests.web.conftest import Serve, row_ids, shown_words

MISSION = "/missions/RUS%3ENATO"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/",
            [
                "What is on record",
                "3 documents",
                "Contested",
                "spying",
                "Leonid Slutsky",
                "Read and put on record",
            ],
        ),
        ("/events", ["Sanction: expel", "NATO", "accusation", "2021-10-06", "Harbour Post"]),
        ("/events?type=SANCTION:expel&actor=NATO", ["1–1 of 1", "withdrew"]),
        ("/claims?stance=denies", ["Russian minister", "the eight were spying", "1–1 of 1"]),
        ("/missions", ["Russian mission to NATO", "RUS at NATO, in BEL", "balanced"]),
        ("/timeline?since=2021-10-06", ["mission", "filled 18 persons", "claim"]),
        ("/timeline?kind=forum", ["Joint council: suspended"]),
        ("/disputes?status=contested", ["spying", "NATO official", "Russian minister"]),
        ("/expectations", ["Leonid Slutsky", "Moscow would answer", "open"]),
        ("/actors?actor=slutsky", ["Leonid Slutsky", "lawmaker", "1–1 of 1"]),
        ("/forums", ["Joint council", "suspended"]),
        ("/documents", ["Council trims the Russian office", "superseded by", "changed"]),
        ("/review", ["What asks for a person", "contested"]),
        ("/api", ["/events", "cursor", "problem+json"]),
        ("/relations", ["NATO and RUS", "First to second"]),
        (
            "/relations/NATO~RUS",
            ["NATO to RUS: 2 events", "By month", "The same as a table", "ACCUSE 1, SANCTION 1"],
        ),
        ("/claims-map", ["spying: contested", "denies it", "Russian minister"]),
        ("/claims-map?status=resolved", ["No claim takes a stand"]),
        ("/network", ["NATO to RUS: 2", "Who did what to whom"]),
        ("/map", ["Where events were"]),
        ("/search?q=accreditation", ["Texts and claims", "Harbour Post"]),
        ("/search?q=spying", ["Russian minister denies", "the eight were spying"]),
        ("/search?q=slutsky", ["Actors", "Leonid Slutsky"]),
        ("/search?q=", ["Write words in the field above"]),
        ("/events?actor=FRA", ["Nothing on record fits", "Take the filters and times off"]),
    ],
)
def test_pages_show_the_words(pages: TestClient, address: str, words: list[str]) -> None:
    answer = pages.get(address)
    assert answer.status_code == 200
    shown = shown_words(answer.text)
    assert not [one for one in words if one not in shown]


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("query", ["", "as_of=2021-10-06", "known_at=2021-10-06", "order=newest", "limit=2"])
def test_twins_hold_the_rows_of_the_page(pages: TestClient, name: str, query: str) -> None:
    page = pages.get(f"/{name}?{query}")
    twin = pages.get(f"/{name}.json?{query}").json()
    by_header = pages.get(f"/{name}?{query}", headers={"accept": "application/json"}).json()
    named = [row.get("id") or row["name"] for row in twin["rows"]]
    assert row_ids(page.text) == named
    assert by_header["rows"] == twin["rows"]
    table = list(csv.reader(io.StringIO(pages.get(f"/{name}.csv?{query}").text)))
    assert table[0] == [heading for heading, _ in LISTINGS[name].columns]
    assert len(table) - 1 == twin["total"], "CSV has the whole list, also where the page has a part"


def test_the_ceiling_moves_with_as_of(pages: TestClient) -> None:
    for day, ceiling in (("2021-10-03", 20), ("2021-11-05", 10)):
        row = pages.get(f"{MISSION}.json?as_of={day}").json()["mission"]
        assert row["cap"]["value"] == ceiling
        assert f"Ceiling {ceiling} posts" in shown_words(pages.get(f"{MISSION}?as_of={day}").text)
    listed = pages.get("/missions.json?as_of=2021-10-20&actor=NATO").json()["rows"][0]
    assert (listed["cap"]["value"], listed["cap_to_come"]["value"]) == (20, 10)


def test_known_at_shows_what_was_on_record_then(pages: TestClient) -> None:
    before, after = (
        {row["status"] for row in pages.get(f"/disputes.json?known_at={day}").json()["rows"]}
        for day in ("2021-10-06", "2021-10-07")
    )
    assert "contested" not in before
    assert "contested" in after
    assert pages.get("/documents.json?known_at=2021-10-06").json()["total"] == 1
    assert "Nothing yet, as known at 2020-01-01" in shown_words(pages.get("/?known_at=2020-01-01").text)


def test_the_two_times_go_with_every_link(pages: TestClient) -> None:
    page = pages.get("/events?as_of=2021-10-07&known_at=2021-10-08").text
    assert 'href="/claims?as_of=2021-10-07&amp;known_at=2021-10-08"' in page
    assert "You see the record" in page
    assert '<input type="hidden" name="actor" value="NATO">' in pages.get("/events?actor=NATO").text


def test_an_accusation_is_never_shown_as_done(pages: TestClient) -> None:
    rows = {row["id"]: row for row in pages.get("/events.json").json()["rows"]}
    accused = next(row for row in rows.values() if row["standing"] == "accused")
    page = pages.get(f"/records/{accused['id']}")
    assert "This is not on record as done: it is accusation" in shown_words(page.text)
    russia = next(row for row in pages.get("/actors.json?actor=RUS").json()["rows"] if row["kind"] == "state")
    shown = shown_words(pages.get(f"/records/{russia['id']}").text)
    assert "Did 0 Nothing on record." in shown
    assert "Is accused of" in shown


def test_record_pages_lead_to_their_words(pages: TestClient, written: dict[str, Written]) -> None:
    event = pages.get("/events.json?type=SANCTION:expel&actor=NATO").json()["rows"][0]
    page = pages.get(f"/records/{event['id']}")
    document = written["brussels-1"].coded.document
    start = document.text.index("NATO withdrew the accreditation of eight members")
    end = start + len("NATO withdrew the accreditation of eight members")
    link = f"/documents/{document.id}?span={start}-{end}"
    assert f'href="{link}#span"' in page.text
    landed = pages.get(link).text
    assert 'id="span"' in landed
    assert "The link points at" in landed
    lit = unescape("".join(re.findall(r'class="(?:[^"]* )?target"[^>]*>([^<]*)<', landed)))
    assert lit == document.text[start:end]


def test_a_document_shows_its_whole_text_and_what_is_debris(
    pages: TestClient, written: dict[str, Written]
) -> None:
    document = written["brussels-1"].coded.document
    page = pages.get(f"/documents/{document.id}")
    shown = shown_words(page.text)
    flat = shown.replace(" ", "")
    assert "".join(document.text.split()) in flat
    assert 'class="block b-debris"' in page.text
    for layer in ("event", "claim", "act", "date", "actor"):
        assert f"k-{layer}" in page.text
    assert "A later version supersedes this one" in shown
    assert f"/documents/{document.id}.json" in page.text
    assert pages.get(f"/documents/{document.id}.json").json()["text"] == document.text


def test_versions_are_compared_word_by_word(pages: TestClient, written: dict[str, Written]) -> None:
    later = written["brussels-2"].coded.document
    changes = pages.get(f"/documents/{later.id}/changes.json").json()["changes"]
    assert "".join(one["text"] for one in changes if one["kind"] != "gone") == later.text
    earlier = "".join(one["text"] for one in changes if one["kind"] != "new")
    assert earlier == written["brussels-1"].coded.document.text
    page = pages.get(f"/documents/{later.id}/changes")
    assert "A minister denied" in re.sub(r"<[^>]*>", "", page.text)
    assert "<ins>" in page.text and "<del>" in page.text
    other = written["hostile"].coded.document.id
    assert pages.get(f"/documents/{other}/changes").status_code == 404
    named = pages.get(f"/documents/{other}/changes.json?from={later.id}").json()
    assert (named["earlier"], named["later"]) == (later.id, other)


def test_the_mission_chart_has_its_words_and_its_table(pages: TestClient) -> None:
    page = pages.get(MISSION).text
    assert 'class="chart chart-mission"' in page
    assert "Ceiling: 20 from 2018-03-27, 10 from 2021-11-01. In post: 18 from 2021-10-06." in shown_words(
        page
    )
    steps = pages.get(f"{MISSION}.json").json()["steps"]
    assert [(one["day"], one["cap"]["value"]) for one in steps if "cap" in one] == [
        ("2018-03-27", 20), ("2021-10-06", 20), ("2021-11-01", 10),
    ]  # fmt: skip
    for step in steps:
        assert step["day"] in shown_words(page)
    window = pages.get(f"{MISSION}?since=2021-11&until=2021-12").text
    assert "Ceiling: 20 from 2021-10-06, 10 from 2021-11-01" in shown_words(window)


def test_every_link_of_every_page_leads_somewhere(pages: TestClient) -> None:
    waiting, seen = ["/"], set()
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        seen.add(address)
        answer = pages.get(address)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            for link in map(unescape, re.findall(r'href="(/[^"#]*)', answer.text)):
                if link not in seen and link not in waiting:
                    waiting.append(link)
    assert len(seen) > 60


def test_old_addresses_lead_to_the_record(pages: TestClient) -> None:
    identity = pages.get("/claims.json").json()["rows"][0]["id"]
    assert pages.get(f"/claims/{identity}?as_of=2021-10-09").url.path == f"/records/{identity}"
    assert pages.get(f"/records/{identity[:9]}").status_code in (200, 400)


def test_pictures_and_their_twins_say_the_same(pages: TestClient) -> None:
    for address in ("/network", "/map", "/relations/RUS~NATO", "/claims-map", "/relations"):
        twin = pages.get(f"{address}.json").json()
        charts = (
            twin.get("matters") or [one for one in (twin.get("months"), twin.get("answers")) if one] or [twin]
        )
        page = shown_words(pages.get(address).text)
        for one in charts:
            for row in one.get("rows", []):
                for cell in row.values():
                    words = cell["words"] if isinstance(cell, dict) else cell
                    assert " ".join(words.split())[:40] in page, address


def test_a_relation_of_nobody_is_told(pages: TestClient) -> None:
    for address in ("/relations/FRA~DEU.json", "/relations/FRA.json", "/relations/~.json"):
        assert pages.get(address).json()["code"] == "no-record"
    assert pages.get("/claims-map.json?start=x").json()["code"] == "bad-parameter"


def test_several_drawings_of_a_page_have_ids_of_their_own(pages: TestClient) -> None:
    for address in ("/claims-map", "/relations/NATO~RUS", MISSION, "/timeline"):
        ids = re.findall(r' id="([^"]*)"', pages.get(address).text)
        assert len(ids) == len(set(ids)), address


def test_no_page_shows_what_is_marked_stricter_than_allowed(
    serve: Serve, tmp_path: Path, written: dict[str, Written]
) -> None:
    path = tmp_path / "marked.sqlite"
    closed, *others = [one.coded.model_copy(deep=True) for one in written.values()]
    closed.document.marking = "TLP:RED"
    with Ledger.open(path) as ledger:
        for coded in (closed, *others):
            ledger.record(coded)
        [*records] = [
            one for one, (doc, _, _) in ledger.world().owner.items() if doc.id == closed.document.id
        ]
    limited, whole = serve(path, allowed="TLP:GREEN"), serve(path)
    # One report of the record has a marking that is none of TLP's, which counts as stricter than any.
    assert "2 documents marked stricter than TLP:GREEN are left out" in limited.get("/").text
    assert closed.document.id in whole.get("/documents.json?limit=500").text
    for address in (
        "/documents",
        "/events",
        "/claims",
        "/timeline",
        "/search?q=the",
        "/missions",
        "/claims-map",
    ):
        assert closed.document.id not in limited.get(address).text, address
    assert limited.get(f"/documents/{closed.document.id}").status_code == 404
    assert {limited.get(f"/records/{one}").status_code for one in records} == {404}


def test_versions_that_only_their_texts_tell_have_their_changes(serve: Serve, tmp_path: Path) -> None:
    text = "NATO withdrew the accreditation of eight members of the mission, and lowered its ceiling to ten posts."
    first = {
        "document": "a",
        "outlet": "Courier",
        "title": "Eight sent home",
        "published": "2021-10-06",
        "text": text,
    }
    second = {
        **first,
        "document": "b",
        "published": "2021-10-07",
        "text": f"(Update: nobody would say why.)\n{text}",
    }
    path = tmp_path / "versions.sqlite"
    one, other = (made.coded for made in compile_documents([first, second]))
    with Ledger.open(path) as ledger:
        for coded in (one, other):
            ledger.record(coded)
    client = serve(path)
    page = client.get(f"/documents/{other.document.id}").text
    assert f"/documents/{one.document.id}" in page
    assert "Update" in client.get(f"/documents/{other.document.id}/changes").text
    assert client.get(f"/documents/{one.document.id}/changes").status_code == 404
    later = client.get(f"/documents/{one.document.id}").text
    for link in re.findall(r'href="(/documents/[^"]*changes[^"]*)"', later):
        assert client.get(unescape(link)).status_code == 200, link


TWO = {
    "document": "two",
    "outlet": "First Wire",
    "published": "2021-10-06",
    "text": "NATO withdrew passes and cut posts, an official said. Moscow will answer, it said.",
    "actors": {
        "a1": {"name": "NATO", "kind": "igo", "code": "NATO", "mentions": ["NATO"]},
        "a2": {"name": "Moscow", "kind": "state", "code": "RUS", "mentions": ["Moscow"]},
    },
    "events": {
        "e1": {
            "type": "SANCTION", "mode": "expel", "actors": ["a1"], "trigger": "withdrew", "time": "2021-10-06",
            "claims": ["c1"],
        },
        "e2": {
            "type": "SANCTION", "mode": "discontinue", "actors": ["a1"], "recipients": ["a2"], "trigger": "cut",
            "time": "2021-10-06", "claims": ["c1"],
        },
        "e3": {"type": "SANCTION", "actors": ["a2"], "recipients": ["a1"], "trigger": "answer", "time": "2021-10-08"},
    },
    "acts": {
        "m1": {"act": "withdraw_accreditation", "event": "e1", "mission": {"sending": "RUS", "receiving": "NATO"}}
    },
    "claims": {
        "c1": {"content": ["NATO withdrew passes and cut posts"], "stance": "asserts", "about": ["e1", "e2"]},
        "c2": {"holder": "a2", "content": ["Moscow will answer"], "stance": "threatens"},
    },
    "expectations": {"x1": {"claim": "c2", "actor": "a2", "target": "a1", "deed": {"type": "SANCTION"}}},
}  # fmt: skip


@pytest.fixture
def two(serve: Serve, tmp_path: Path) -> TestClient:
    with Ledger.open(tmp_path / "two.sqlite") as ledger:
        for one in compile_documents([TWO]):
            ledger.record(one.coded)
    return serve(tmp_path / "two.sqlite")


def test_two_matters_of_one_claim_are_told_apart(two: TestClient) -> None:
    assert sorted(row["about"] for row in two.get("/disputes.json").json()["rows"]) == [
        "NATO → RUS: SANCTION:discontinue",
        "NATO → –: SANCTION:expel",
    ]
    assert "SANCTION:discontinue" in shown_words(two.get("/disputes").text)


def test_a_party_that_only_a_mission_names_is_told_and_leads_nowhere(two: TestClient) -> None:
    [row] = [one for one in two.get("/events.json").json()["rows"] if one.get("mode") == "expel"]
    assert [one["code"] for one in row["recipients"]] == ["RUS"]
    for address in ("/", "/events", f"/records/{row['id']}"):
        assert 'href="/records/"' not in two.get(address).text, address


def test_what_met_an_expectation_is_a_link(two: TestClient) -> None:
    [row] = two.get("/expectations.json").json()["rows"]
    assert row["status"] == "fulfilled"
    assert f'<a href="/records/{row["by"][0]}">this deed</a>' in two.get("/expectations").text
