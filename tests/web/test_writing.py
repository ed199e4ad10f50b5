"""What people put on record through the pages: a text, a file, decisions under a name, and none unseen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.model.records import CodedBy, CodedDocument
from onrecord.web import reading
from onrecord.web.state import State
from tests.web.conftest import Serve, form_token, shown_words

JSON = {"accept": "application/json"}


class PlainCoder:
    """Stands in for the coder where a test is of the way there and back, and not of what is read."""

    def code(self, item: Any) -> CodedDocument:
        return CodedDocument(coded_by=CodedBy(kind="model", name="plain"), document=item.document)


@pytest.fixture
def desk(serve: Serve, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(State, "coder", lambda _: PlainCoder())
    return serve(ledger_file)


def send(client: TestClient, address: str, data: dict[str, str], **more: Any) -> Any:
    token = form_token(client.get("/").text)
    return client.post(address, data={"form_token": token, **data}, **more)


def test_a_pasted_text_goes_on_record_with_what_the_person_says_of_it(desk: TestClient) -> None:
    text = "Minister calls ambassador in\r\n\r\nThe minister called the ambassador in on Monday."
    done = send(
        desk,
        "/read",
        {"text": text, "outlet": "Valley News", "published": "2022-02-01", "url": "http://x.example/a"},
    )
    assert done.status_code == 303
    document = desk.get(f"{done.headers['location']}.json").json()
    assert document["text"] == text.replace("\r\n", "\n")
    assert document["record"]["outlet"] == {"name": "Valley News", "basis": "given"}
    assert document["record"]["published"]["value"] == "2022-02-01"
    assert document["record"]["url"] == "http://x.example/a"
    again = send(
        desk, "/read", {"text": text, "outlet": "Valley News", "url": "http://x.example/a"}, headers=JSON
    )
    assert again.status_code == 201


def test_files_are_read_by_their_kind(desk: TestClient) -> None:
    lines = "".join(
        f'{{"text": "The envoy number {n} left the city on Friday, she said."}}\n' for n in range(3)
    )
    many = send(desk, "/read", {}, files={"file": ("reports.jsonl", lines.encode())})
    assert many.status_code == 200
    assert shown_words(many.text).count("0 events, 0 claims, 0 measures") == 3
    bad = send(desk, "/read", {}, files={"file": ("../../x.txt", b"\0\1\2\3" * 50)}, headers=JSON)
    assert bad.status_code == 400
    assert bad.json()[0]["code"] == "binary"
    assert "/tmp" not in bad.text


@pytest.mark.parametrize(
    ("data", "code"),
    [({"text": "  \n "}, "empty"), ({"text": "A text on a day.", "published": "someday"}, "bad-date")],
)
def test_what_cannot_be_read_is_told_with_a_remedy(desk: TestClient, data: dict[str, str], code: str) -> None:
    answer = send(desk, "/read", data, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_an_upload_has_so_many_documents_at_most(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_DOCUMENTS", 2)
    lines = "".join(
        f'{{"text": "The envoy number {n} left the city on Friday, she said."}}\n' for n in range(4)
    )
    told = send(desk, "/read", {}, files={"file": ("reports.jsonl", lines.encode())}, headers=JSON).json()
    assert [one.get("code") for one in told] == [None, None, "too-large"]


def test_the_shipped_coder_reads_a_pasted_text(serve: Serve, tmp_path: Path) -> None:
    from onrecord.reading.reader import Reader

    try:
        Reader()
    except Exception as error:
        pytest.skip(f"the reading model is not here: {error}")
    client = serve(tmp_path / "fresh.sqlite")
    assert "Nothing yet" in shown_words(client.get("/").text)
    done = send(
        client,
        "/read",
        {"text": "France expelled two Malian diplomats on Tuesday.", "published": "2022-02-02"},
    )
    assert done.status_code == 303
    assert client.get("/events.json").json()["total"] >= 1


def decide(client: TestClient, record: str, **data: str) -> Any:
    page = client.get(f"/records/{record}").text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    told = {"form_token": form_token(page), "seen": seen[1], "by": "Ida Holm", **data}
    return client.post(
        f"/records/{record}/decide", data=told, headers={"accept": data.pop("accept", "text/html")}
    )


def expulsion(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/events.json?type=SANCTION:expel&actor=NATO").json()["rows"][0]
    return found


def test_a_correction_is_seen_kept_beside_the_proposal_and_undone(desk: TestClient) -> None:
    event = expulsion(desk)["id"]
    done = decide(desk, event, decision="correct", field="mode", value="withdraw", reason="read again")
    assert done.status_code == 303 and done.headers["location"] == f"/records/{event}#review"
    assert "HttpOnly" in done.headers["set-cookie"]
    shown = shown_words(desk.get(f"/records/{event}").text)
    assert "Sanction: withdraw" in shown
    assert "Ida Holm : correct mode = withdraw, “read again”" in shown
    assert "mode expel withdraw" in shown, "the machine's proposal stands beside the decision"
    target = desk.get("/review.json").json()["decisions"][0]["id"]
    undone = decide(desk, event, decision="undo", target=target, reason="was right")
    assert undone.status_code == 303
    assert "Sanction: expel" in shown_words(desk.get(f"/records/{event}").text)
    assert len(desk.get("/review.json").json()["decisions"]) == 2


def test_two_people_on_one_record_lose_nothing(desk: TestClient) -> None:
    event = expulsion(desk)["id"]
    page = desk.get(f"/records/{event}").text
    mine = {"form_token": form_token(page), "seen": "none", "by": "Ada Berg", "reason": "looks wrong"}
    assert decide(desk, event, decision="accept").status_code == 303
    late = desk.post(
        f"/records/{event}/decide", data={**mine, "decision": "retract"}, headers={"accept": "text/html"}
    )
    assert late.status_code == 409
    assert "Ida Holm decided “accept”" in shown_words(late.text)
    assert expulsion(desk)["id"] == event, "nothing was retracted"
    assert [one["kind"] for one in desk.get("/review.json").json()["decisions"]] == ["accept"]


def test_a_retracted_record_leaves_the_lists_and_comes_back(desk: TestClient) -> None:
    event = expulsion(desk)["id"]
    assert decide(desk, event, decision="retract", reason="not an event").status_code == 303
    assert event not in {row["id"] for row in desk.get("/events.json").json()["rows"]}
    page = desk.get(f"/records/{event}")
    assert "Taken out of the views" in shown_words(page.text)
    target = desk.get("/review.json").json()["decisions"][0]["id"]
    assert decide(desk, event, decision="undo", target=target, reason="it is").status_code == 303
    assert event in {row["id"] for row in desk.get("/events.json").json()["rows"]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"decision": "accept", "by": ""}, "no-name"),
        ({"decision": "retract"}, "bad-parameter"),
        ({"decision": "correct", "reason": "x", "field": "", "value": "1"}, "bad-parameter"),
        ({"decision": "correct", "reason": "x", "field": "nonsense", "value": "1"}, "bad-correction"),
        ({"decision": "correct", "reason": "x", "field": "status", "value": "sideways"}, "bad-correction"),
        ({"decision": "guess", "reason": "x"}, "bad-parameter"),
        ({"decision": "merge", "reason": "x"}, "bad-parameter"),
        ({"decision": "undo", "reason": "x", "target": "nothing"}, "no-record"),
    ],
)
def test_decisions_that_cannot_be_are_refused(desk: TestClient, data: dict[str, str], code: str) -> None:
    answer = decide(desk, expulsion(desk)["id"], accept="application/json", **data)
    assert (answer.status_code, answer.json()["code"]) in ((400, code), (404, code))
    assert desk.get("/review.json").json()["decisions"] == []


def test_events_are_merged_and_split(desk: TestClient) -> None:
    rows = [row["id"] for row in desk.get("/events.json").json()["rows"]]
    one, other = expulsion(desk)["id"], next(row for row in rows if row != expulsion(desk)["id"])
    assert decide(desk, one, decision="merge", others=other, reason="the same").status_code == 303
    assert desk.get("/events.json").json()["total"] == len(rows) - 1
    assert decide(desk, one, decision="split", others=other, reason="not the same").status_code == 303
    assert desk.get("/events.json").json()["total"] == len(rows)
