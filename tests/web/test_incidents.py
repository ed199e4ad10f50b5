"""Incidents as pages: rival accusations and denials side by side, each a link to its words, none of them a deed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from tests.ledger.authoring import compile_documents
from tests.web.conftest import Serve, shown_words

BLAST = "a blast destroyed the depot in 2014"
PRAGUE = "Unit 77 of Russia's military intelligence caused it"
ANALYST = "careless storage by the owner was likely the cause"
MOSCOW = "Moscow denied any part in the blast"
REPORTS: list[dict[str, Any]] = [
    {
        "document": "accused",
        "outlet": "Harbour Post",
        "title": "Prague names a unit",
        "published": "2021-04-17",
        "recorded": "2021-04-17T12:00:00Z",
        "text": f"Prague said {PRAGUE} when {BLAST}.\nAn analyst said with moderate confidence that {ANALYST}.",
        "actors": {
            "a1": {"name": "Prague", "kind": "state", "code": "CZE", "mentions": ["Prague"]},
            "a2": {"name": "Unit 77", "kind": "unit", "code": "RUS", "mentions": ["Unit 77"]},
            "a3": {"name": "an analyst", "kind": "person", "anonymous": True, "mentions": ["An analyst"]},
            "a4": {"name": "the owner", "kind": "group", "mentions": ["the owner"]},
        },
        "claims": {
            "c1": {"holder": "a1", "cue": "said", "content": [PRAGUE], "stance": "accuses", "about": ["i1"]},
            "c2": {"holder": "a3", "cue": "said@2", "content": [ANALYST], "stance": "assesses", "about": ["i1"]},
        },
        "incidents": {
            "i1": {
                "name": "depot blast", "evidence": [BLAST],
                "attributions": [
                    {"to": "a2", "verdict": "attributed", "claim": "c1"},
                    {
                        "to": "a4", "verdict": "attributed", "claim": "c2",
                        "certainty": {
                            "factuality": "PR+", "words": "with moderate confidence",
                            "confidence": {"scale": "icd203", "from": "moderate"},
                        },
                    },
                ],
            }
        },
    },
    {
        "document": "denied",
        "outlet": "Quay Gazette",
        "title": "Moscow answers",
        "published": "2021-04-18",
        "recorded": "2021-04-18T12:00:00Z",
        "text": f"{MOSCOW}. Riga said Russia was behind an outage.",
        "actors": {
            "a1": {"name": "Russia", "kind": "state", "code": "RUS", "mentions": ["Moscow", "Russia"]},
            "a2": {"name": "Riga", "kind": "state", "code": "LVA", "mentions": ["Riga"]},
        },
        "events": {
            "e1": {
                "type": "COERCE", "actors": ["a1"], "trigger": "outage", "evidence": ["an outage"],
                "claims": ["c2"], "time": "2021-04-16",
            }
        },
        "claims": {
            "c1": {"holder": "a1", "cue": "denied", "content": ["any part in the blast"], "stance": "denies",
                   "about": ["i1"]},
            "c2": {"holder": "a2", "cue": "said", "content": ["Russia was behind an outage"], "stance": "accuses",
                   "about": ["e1"]},
        },
        "incidents": {
            "i1": {"name": "depot blast", "evidence": [MOSCOW], "attributions": []},
            "i2": {"name": "outage", "event": "e1", "evidence": ["an outage"], "attributions": []},
        },
    },
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.sqlite"
    with Ledger.open(path) as opened:
        for one in compile_documents(REPORTS):
            opened.record(one.coded, recorded_at=one.recorded)
    return path


@pytest.fixture
def client(ledger: Path, serve: Serve) -> TestClient:
    return serve(ledger)


def rows(client: TestClient, query: str = "") -> dict[str, Any]:
    return {row["name"]: row for row in client.get(f"/incidents.json?{query}").json()["rows"]}


def told(row: dict[str, Any]) -> list[tuple[str, str, str | None, str | None]]:
    """Each attribution: its label, whom it names, its exact words of certainty, its confidence."""
    return [
        (one["label"], one["to"]["name"], one.get("certainty"), one.get("confidence"))
        for one in row["attributions"]
    ]


def test_rivals_stand_side_by_side_each_with_its_own_certainty(client: TestClient) -> None:
    blast = rows(client)["depot blast"]
    assert blast["status"] == "contested" and len(blast["members"]) == 2
    assert told(blast) == [
        ("accusation", "Unit 77", None, None),
        ("assessment", "the owner", "with moderate confidence", "moderate"),
        ("denial", "Russia", None, None),
    ]
    for address in ("/incidents", f"/records/{blast['id']}", f"/records/{blast['members'][-1]}", "/"):
        shown = shown_words(client.get(address).text)
        for words in (
            "accusation Unit 77 (RUS) , on the word of Prague (CZE) , 2021-04-17",
            "assessment the owner , on the word of an analyst, unnamed , “with moderate confidence”, 2021-04-17",
            "denial Russia , 2021-04-18",
        ):
            assert words in shown, (address, words)


def test_every_attribution_leads_to_its_words(client: TestClient) -> None:
    blast = rows(client)["depot blast"]
    page = client.get(f"/records/{blast['id']}").text
    for one in blast["attributions"]:
        (evidence,) = one["evidence"]
        start, end = evidence["span"]
        assert f"/documents/{evidence['document']}?span={start}-{end}#span" in page
        assert f"/records/{one['voice']['claim']}" in page
    assert "Quay Gazette, 2021-04-18" in shown_words(page), "a report is named, not numbered"


def test_an_accusing_event_of_an_incident_says_who_is_accused(client: TestClient) -> None:
    assert told(rows(client)["outage"]) == [("accusation", "Russia", None, None)]
    assert rows(client)["outage"]["status"] == "attributed"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["outage", "depot blast"]),
        ("status=contested", ["depot blast"]),
        ("actor=RUS", ["outage", "depot blast"]),
        ("actor=owner", ["depot blast"]),
        ("actor=CZE", []),
        ("known_at=2021-04-17", ["depot blast"]),
        ("known_at=2021-04-17&status=contested", ["depot blast"]),
        ("as_of=2021-04-17&status=unattributed", ["outage"]),
    ],
)
def test_filters_choose_incidents(client: TestClient, query: str, names: list[str]) -> None:
    assert list(rows(client, query)) == names


def test_the_two_times_hold_for_an_attribution(client: TestClient) -> None:
    labels = [label for label, *_ in told(rows(client, "as_of=2021-04-17")["depot blast"])]
    assert labels == ["accusation", "assessment"], "the denial came a day later"


def test_what_an_actor_did_is_answered_with_accusations_that_say_so(client: TestClient) -> None:
    for name, address in (("Unit 77", "?actor=77"), ("Russia", "?actor=RUS&kind=state")):
        actor = client.get(f"/actors.json{address}").json()["rows"][0]
        assert actor["name"] == name
        shown = shown_words(client.get(f"/records/{actor['id']}").text)
        assert "Did 0 Nothing on record." in shown
        assert "depot blast" in shown and "accusation" in shown and "not on record as done" in shown
    assert "/incidents?actor=RUS" in client.get(f"/records/{actor['id']}").text


def test_an_unknown_status_is_a_mistake_with_a_remedy(client: TestClient) -> None:
    answer = client.get("/incidents.json?status=solved")
    assert answer.status_code == 400 and answer.json()["code"] == "unknown-value"
    assert "contested" in answer.json()["remedy"]
