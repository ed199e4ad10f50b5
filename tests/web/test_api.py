"""The API: cursors, tags, problems with a remedy, and an OpenAPI document that names what is there."""

from __future__ import annotations

import json
import random
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from onrecord.web.listings import LISTINGS


def test_cursors_go_through_a_list_once(pages: TestClient) -> None:
    whole = pages.get("/timeline.json?limit=500").json()
    address, seen = "/timeline.json?limit=4", []
    while address:
        part = pages.get(address).json()
        assert len(part["rows"]) <= 4
        seen += [row["id"] for row in part["rows"]]
        address = part["next"]
    assert seen == [row["id"] for row in whole["rows"]]
    newest = pages.get("/events.json?order=newest").json()["rows"]
    days = [row["when"]["edtf"] for row in newest if "when" in row]
    assert days == sorted(days, reverse=True)


def test_pages_have_the_parts_before_and_after(pages: TestClient) -> None:
    first = pages.get("/events?limit=2").text
    assert 'rel="next"' in first and 'rel="prev"' not in first
    cursor = pages.get("/events.json?limit=2").json()["cursor"]
    second = pages.get(f"/events?limit=2&cursor={cursor}").text
    assert 'rel="prev"' in second
    assert "3–4 of" in second


def test_tags_hold_until_something_new_is_on_record(pages: TestClient) -> None:
    first = pages.get("/events.json")
    again = pages.get("/events.json", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = pages.get("/events.json?actor=NATO", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    page = pages.get("/events", headers={"accept": "text/html"})
    assert page.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/events.json?as_of=2021-13", 400, "bad-date"),
        ("/events.json?since=yesterday", 400, "bad-date"),
        ("/events.json?known_at=noon", 400, "bad-time"),
        ("/events.json?type=NONSENSE", 400, "unknown-value"),
        ("/claims.json?stance=nonsense", 400, "unknown-value"),
        ("/disputes.json?status=nonsense", 400, "unknown-value"),
        ("/timeline.json?kind=nonsense", 400, "unknown-value"),
        ("/claims-map.json?status=nonsense", 400, "unknown-value"),
        ("/events.json?limit=0", 400, "bad-parameter"),
        ("/events.json?limit=-3", 400, "bad-parameter"),
        ("/events.json?order=random", 400, "bad-parameter"),
        ("/events.json?cursor=nonsense", 400, "bad-parameter"),
        ("/records/e000000000000.0000000000.json", 404, "no-record"),
        ("/records/nothing.json", 404, "no-record"),
        ("/documents/sha256:00.json", 404, "no-record"),
        ("/missions/XXX%3EYYY.json", 404, "no-record"),
        ("/nowhere.json", 404, "no-page"),
    ],
)
def test_mistakes_are_problems_with_a_remedy(pages: TestClient, address: str, status: int, code: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["code"] == code
    assert body["remedy"]
    for_people = pages.get(address.replace(".json", ""), headers={"accept": "text/html"})
    assert for_people.status_code == status
    assert code in for_people.text and "That did not work" in for_people.text


def test_the_openapi_document_names_every_list_with_its_filters(pages: TestClient) -> None:
    told = pages.get("/openapi.json").json()
    for name, one in LISTINGS.items():
        get = told["paths"][f"/{name}.json"]["get"]
        assert {one["name"] for one in get["parameters"]} == {
            *one.filters,
            "as_of",
            "known_at",
            "limit",
            "cursor",
            "order",
        }
        assert f"/{name}.csv" in told["paths"]
    assert {"/records/{identity}.json", "/documents/{identity}.json", "/search.json", "/read"} <= set(
        told["paths"]
    )
    shown = json.dumps(told["paths"]["/events.json"])
    assert "SANCTION:expel" in shown and "problem+json" in shown


PIECES = [
    "", "RUS", "2021-10", "2021-99", "9999-12-31", "0001-01-01", "..", "/", "2021/2020", "-1", "0", "9" * 20,
    "²", "NaN", "null", "'", '"', "<script>", "%00", "\x00", "\ud7ff", "𝔘", "a" * 900, "SANCTION:", ":expel", "*",
    "NEAR(", "AND OR NOT", "[]", "W10", "WzAsICJ4Il0", "0-1", "5-2", "99999-999999", "2021-10-07T25:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "open", "event", "newest", "../../etc/passwd", "{{7*7}}",
]  # fmt: skip
NAMES = [
    "as_of", "known_at", "since", "until", "actor", "recipient", "type", "stance", "status", "kind", "limit",
    "cursor", "order", "q", "span", "show",
]  # fmt: skip


def test_no_query_breaks_the_server(pages: TestClient, written: dict[str, object]) -> None:
    choose = random.Random(7)
    document = pages.get("/documents.json").json()["rows"][0]["id"]
    record = pages.get("/events.json").json()["rows"][0]["id"]
    paths = ["/", "/search", "/review", "/index.json", f"/documents/{document}", f"/records/{record}"]
    paths += [
        "/missions/RUS%3ENATO",
        *(f"/{name}{suffix}" for name in LISTINGS for suffix in ("", ".json", ".csv")),
    ]
    for _ in range(400):
        chosen = choose.sample(NAMES, choose.randint(1, 3))
        query = "&".join(f"{name}={quote(choose.choice(PIECES), safe='%')}" for name in chosen)
        address = f"{choose.choice(paths)}?{query}"
        assert pages.get(address).status_code in (200, 400, 404), address
    for path in PIECES:
        for place in ("/records/", "/documents/", "/missions/", "/events/", "/"):
            address = place + quote(path[:200], safe="")
            assert pages.get(address).status_code in (200, 400, 404), address


def test_every_parameter_alone_with_every_piece(pages: TestClient) -> None:
    for name in NAMES:
        for piece in PIECES:
            for path in ("/timeline.json", "/search.json"):
                address = f"{path}?{name}={quote(piece, safe='%')}"
                assert pages.get(address).status_code in (200, 400), address
