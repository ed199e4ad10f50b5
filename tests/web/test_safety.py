"""Hostile text stays text, headers forbid what pages do not need, and nobody writes who may not."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

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
    found = ["/", "/review", "/api", "/search?q=expelled", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"]
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


@pytest.mark.parametrize("token", [None, "a long secret"])
def test_away_from_loopback_nobody_writes_without_the_token(
    serve: Serve, ledger_file: Path, token: str | None
) -> None:
    client = serve(ledger_file, "http://desk.example", loopback=False, token=token)
    home = client.get("/")
    assert home.status_code == 200
    assert "Paste a report" not in home.text
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Bearer "}):
        refused = client.post("/read", data={"text": "x"}, headers={"accept": "application/json", **headers})
        assert (refused.status_code, refused.json()["code"]) == (403, "needs-token")


def test_signing_in_opens_the_forms(serve: Serve, ledger_file: Path) -> None:
    client = serve(ledger_file, "http://desk.example", loopback=False, token="a long secret")
    page = client.get("/sign-in").text
    wrong = client.post("/sign-in", data={"form_token": form_token(page), "token": "guess"})
    assert wrong.status_code == 403
    right = client.post("/sign-in", data={"form_token": form_token(page), "token": "a long secret"})
    assert right.status_code == 303
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "a long secret" not in cookie
    assert "Paste a report" in client.get("/").text


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
