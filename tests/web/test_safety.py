"""Hostile text stays text, headers forbid what pages do not need, and nobody writes who may not."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from onrecord.web import users
from onrecord.web.listings import LISTINGS
from tests.ledger.authoring import Written
from tests.web.conftest import Serve, form_token

TEMPLATES = Path(__file__).parents[2] / "src" / "onrecord" / "web" / "templates"
ALLOWED = {"script": 1, "img": 0, "iframe": 0, "object": 0, "style": 0, "base": 0, "embed": 0}


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, and attributes that can run something."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.dangerous: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        for name, value in attrs:
            runs = name.startswith("on") or name == "style"
            leads = name in ("href", "src", "action") and not re.match(r"[/#]", value or "/")
            if runs or leads:
                self.dangerous.append(f"<{tag} {name}={value!r}>")


def addresses(pages: TestClient) -> list[str]:
    found = [
        "/",
        "/review",
        "/api",
        "/network",
        "/map",
        "/relations",
        "/claims-map",
        "/relations/RUS~NATO",
        "/search?q=expelled",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    found += [f"/{name}" for name in LISTINGS]
    found += [f"/{name}?actor=%22%3E%3Cscript%3Ealert(1)%3C/script%3E" for name in LISTINGS]
    for document in pages.get("/documents.json").json()["rows"]:
        told = pages.get(f"/documents/{document['id']}.json").json()
        found.append(f"/documents/{document['id']}")
        found += [f"/records/{identity}" for _, identity, _ in told["related"]]
    found += ["/missions/%3Ci%3EX%3C/i%3E%3Ea/b%3Fc%23d", "/records/%3Cscript%3Ealert(1)%3C%2Fscript%3E"]
    return found


def test_hostile_text_is_text_on_every_page(pages: TestClient, written: dict[str, Written]) -> None:
    hostile = written["hostile"]
    seen = 0
    for address in addresses(pages):
        answer = pages.get(address, headers={"accept": "text/html"})
        assert answer.status_code in (200, 404), address
        reader = Reader()
        reader.feed(answer.text)
        assert not reader.dangerous, address
        for tag, most in ALLOWED.items():
            assert reader.counts.get(tag, 0) <= most, f"{address} has <{tag}>"
        if address.endswith(hostile.coded.document.id):
            assert "{{ 7*7 }}" in answer.text, "text is no template"
        seen += "&lt;script&gt;" in answer.text
    assert seen > 10, "the hostile record must have been on these pages"


def test_headers_on_every_answer(pages: TestClient) -> None:
    for address in ("/", "/events.json", "/nowhere", "/static/style.css", "/events?as_of=x"):
        headers = pages.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_templates_never_mark_text_as_safe() -> None:
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source.replace(" ", ""), path.name
        assert "style=" not in source and "autoescape" not in source, path.name


def test_csv_cells_are_no_formulas(pages: TestClient) -> None:
    table = pages.get("/actors.csv").text
    assert "\n\"'=HYPERLINK(" in table.replace("\r\n", "\n")


def test_other_hosts_are_not_answered_on_loopback(serve: Serve, ledger_file: Path) -> None:
    client = serve(ledger_file)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8420"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8420"}).status_code == 200


@pytest.mark.parametrize("people", [[], ["Ida Holm"]])
def test_away_from_loopback_nobody_writes_without_a_token(
    serve: Serve, ledger_file: Path, people: list[str]
) -> None:
    let_in(ledger_file, *people)
    client = serve(ledger_file, "http://desk.example", loopback=False)
    home = client.get("/")
    assert home.status_code == 200
    assert "Paste a report" not in home.text
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Bearer "}):
        refused = client.post("/read", data={"text": "x"}, headers={"accept": "application/json", **headers})
        assert (refused.status_code, refused.json()["code"]) == (403, "needs-token")


def let_in(ledger: Path, *names: str) -> list[str]:
    """Users of a ledger, by name; their tokens."""
    with Ledger.open(ledger) as opened:
        return [users.add(opened.store, name) for name in names]


def signed_in(client: TestClient, token: str) -> Any:
    page = client.get("/sign-in").text
    return client.post("/sign-in", data={"form_token": form_token(page), "token": token})


@pytest.mark.parametrize("loopback", [True, False])
def test_signing_in_opens_the_forms_until_the_user_is_removed(
    serve: Serve, ledger_file: Path, loopback: bool
) -> None:
    (token,) = let_in(ledger_file, "Zoë Holm")
    client = serve(ledger_file, *([] if loopback else ["http://desk.example"]), loopback=loopback)
    assert "Paste a report" not in client.get("/").text
    assert signed_in(client, "guess").status_code == 403
    right = signed_in(client, token)
    assert right.status_code == 303
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and token not in cookie
    home = client.get("/").text
    assert "Paste a report" in home and "Zoë Holm" in home
    with Ledger.open(ledger_file) as opened:
        users.remove(opened.store, "Zoë Holm")
        users.add(opened.store, "Another")
    assert "Paste a report" not in client.get("/").text


def test_a_user_decides_under_their_own_name_only(serve: Serve, ledger_file: Path) -> None:
    (token,) = let_in(ledger_file, "Zoë Holm")
    client = serve(ledger_file, "http://desk.example", loopback=False)
    event = client.get("/events.json").json()["rows"][0]["id"]
    told = {"decision": "accept", "seen": "none", "by": "Somebody Else"}
    done = client.post(
        f"/records/{event}/decide",
        data=told,
        headers={"authorization": f"Bearer {token}", "accept": "application/json"},
    )
    assert done.status_code == 201
    assert done.json()["decision"]["by"] == "Zoë Holm"


def test_a_private_record_is_read_by_its_users_alone(serve: Serve, ledger_file: Path) -> None:
    (token,) = let_in(ledger_file, "Zoë Holm")
    client = serve(ledger_file, "http://desk.example", loopback=False, private=True)
    for address in ("/", "/events.csv", "/openapi.json", "/review.json"):
        assert client.get(address, headers={"accept": "*/*"}).status_code == 401
        assert client.get(address, headers={"accept": "text/html"}).headers["location"] == "/sign-in"
    assert client.get("/events.json", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert signed_in(client, token).status_code == 303
    assert client.get("/events.csv").status_code == 200


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "/a\nb"])
def test_signing_in_leads_to_no_other_server(serve: Serve, ledger_file: Path, back: str) -> None:
    client = serve(ledger_file)
    token = form_token(client.get("/sign-in").text)
    told = client.post("/sign-in", data={"form_token": token, "name": "Ida", "back": back})
    assert (told.status_code, told.headers["location"]) == (303, "/")


def test_tokens_are_kept_as_hashes(ledger_file: Path) -> None:
    tokens = let_in(ledger_file, "Ida Holm", "Ada Berg")
    kept = ledger_file.read_bytes() + Path(f"{ledger_file}-wal").read_bytes() if (
        Path(f"{ledger_file}-wal").exists()) else ledger_file.read_bytes()  # fmt: skip
    assert all(token.encode() not in kept for token in tokens)
    with Ledger.open(ledger_file) as opened:
        known = users.users(opened.store)
        assert [one.name for one in known] == ["Ada Berg", "Ida Holm"]
        held = users.holder(known, tokens[0])
        assert held is not None and held.name == "Ida Holm"
        assert users.holder(known, tokens[0] + "x") is None
        for name in ("ida holm", " ", "x" * 81, "a\x07b"):
            with pytest.raises(OnrecordError, match="bad-user"):
                users.add(opened.store, name)
        with pytest.raises(OnrecordError, match="no-user"):
            users.remove(opened.store, "Nobody")


def test_forms_of_other_sites_are_refused(serve: Serve, ledger_file: Path) -> None:
    client = serve(ledger_file)
    token = form_token(client.get("/").text)
    json_ = {"accept": "application/json"}
    for data, headers in (
        ({"text": "x"}, {}),
        ({"text": "x", "form_token": "0" * 64}, {}),
        ({"text": "x", "form_token": token}, {"origin": "http://evil.example"}),
        ({"text": "x", "form_token": token}, {"origin": "null"}),
    ):
        refused = client.post("/read", data=data, headers=json_ | headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "forged-form")
    client.cookies.clear()
    assert client.post("/read", data={"text": "x", "form_token": token}, headers=json_).status_code == 403


def test_too_much_is_refused_before_it_is_kept(serve: Serve, ledger_file: Path) -> None:
    client = serve(ledger_file, upload_bytes=5000)
    token = form_token(client.get("/").text)
    told = client.post("/read", data={"form_token": token, "text": "long " * 2000})
    assert told.status_code == 413

    def stream() -> object:
        for _ in range(20):
            yield b"x" * 1000

    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    chunked = client.post("/read", content=stream(), headers=headers)  # type: ignore[arg-type]
    assert chunked.status_code == 413


def test_static_files_stay_in_their_folder(pages: TestClient) -> None:
    for address in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
        assert pages.get(address).status_code == 404
