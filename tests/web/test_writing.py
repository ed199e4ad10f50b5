"""What people put on record through the pages: a text, a file, decisions under a name, and none unseen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.model.records import CodedBy, CodedDocument
from onrecord.web import reading
from onrecord.web.adding import kinds, words_at
from onrecord.web.state import State
from tests.ledger.authoring import Written, load
from tests.web.conftest import Serve, form_token, shown_words

JSON = {"accept": "application/json"}
RECONCILED = Path(__file__).parent / "reconciled.yaml"


class PlainCoder:
    """Stands in for the coder where a test is of the way there and back, and not of what is read."""

    def code(self, item: Any) -> CodedDocument:
        return CodedDocument(coded_by=CodedBy(kind="model", name="plain"), document=item.document)


@pytest.fixture
def desk(serve: Serve, ledger_file: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(State, "coder", lambda _: PlainCoder())
    return serve(ledger_file)


def send(client: TestClient, address: str, data: dict[str, Any], **more: Any) -> Any:
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


def test_what_the_late_one_wanted_is_kept_and_can_be_sent_again(desk: TestClient) -> None:
    event = expulsion(desk)["id"]
    page = desk.get(f"/records/{event}").text
    mine = {"form_token": form_token(page), "seen": "none", "by": "Ada Berg", "reason": "looks wrong"}
    assert decide(desk, event, decision="accept").status_code == 303
    late = desk.post(f"/records/{event}/decide", data={**mine, "decision": "retract"}).text
    assert "Ada Berg" in late and "looks wrong" in late
    seen = re.search(r'name="seen" value="([^"]*)"', late)
    assert seen and seen[1] != "none"
    sent = desk.post(f"/records/{event}/decide", data={**mine, "seen": seen[1], "decision": "retract"})
    assert sent.status_code == 303
    assert [one["kind"] for one in desk.get("/review.json").json()["decisions"]] == ["accept", "retract"]


def test_a_decision_is_undone_from_the_queue_once(desk: TestClient) -> None:
    event = expulsion(desk)["id"]
    assert (
        decide(desk, event, decision="correct", field="mode", value="withdraw", reason="x").status_code == 303
    )
    target = desk.get("/review.json").json()["decisions"][0]["id"]
    told = {"decision": "undo", "target": target, "seen": "none", "by": "Ida Holm", "reason": "was right"}
    assert send(desk, "/review/decide", told).status_code == 303
    again = send(desk, "/review/decide", told, headers=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "record-changed")
    assert expulsion(desk)["mode"] == "expel"


def test_a_reconciliation_is_confirmed_and_then_not_rejected_unseen(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "tally.sqlite"
    with Ledger.open(path) as ledger:
        for one in load(RECONCILED):
            ledger.record(one.coded, recorded_at=one.recorded)
        (proposal,) = [one.id for row in ledger.tallies() for one in row.proposals]
    client = serve(path)
    assert proposal in client.get("/review").text
    told = {"target": proposal, "seen": "none", "by": "Ida Holm"}
    assert send(client, "/review/decide", {**told, "decision": "confirm"}).status_code == 303
    assert proposal not in {row["id"] for row in client.get("/review.json").json()["queue"]}
    late = send(client, "/review/decide", {**told, "decision": "reject"}, headers=JSON)
    assert (late.status_code, late.json()["code"]) == (409, "record-changed")
    wrong = send(client, "/review/decide", {**told, "target": "nothing", "decision": "confirm"}, headers=JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (404, "no-record")


def test_a_record_is_added_by_hand_on_exact_words(desk: TestClient, written: dict[str, Written]) -> None:
    document = written["brussels-1"].coded.document
    page = desk.get(f"/documents/{document.id}/add?kind=event").text
    actors = re.findall(r'<option value="(a[^"]+)">actor: ', page)
    assert len(actors) >= 2
    words = " ".join(document.text.split()[-4:])
    told = {"kind": "event", "type": "CONSULT", "mode": "visit", "actors": actors[:2], "time.edtf": "2021-10-05",
            "trigger": words.split()[0], "evidence": words,
            "by": "Ida Holm", "reason": "the coder missed it"}  # fmt: skip
    before = desk.get("/events.json").json()["total"]
    done = send(desk, f"/documents/{document.id}/add", told)
    assert done.status_code == 303
    made = desk.get(f"{done.headers['location']}.json").json()
    assert made["record"]["author"] == "person:Ida Holm"
    assert made["record"]["record"]["time"]["edtf"] == "2021-10-05"
    assert " ".join(made["record"]["row"]["evidence"][0]["words"].split()) == words.split()[0]
    assert desk.get("/events.json").json()["total"] == before + 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"evidence": "words that stand nowhere"}, "bad-span"),
        ({"evidence": ""}, "bad-parameter"),
        ({"type": "NOTHING"}, "bad-record"),
        ({"kind": "guess"}, "bad-parameter"),
        ({"reason": ""}, "bad-parameter"),
        ({"time.edtf": "someday"}, "bad-record"),
        ({"by": ""}, "no-name"),
    ],
)
def test_what_cannot_be_added_is_told(
    desk: TestClient, written: dict[str, Written], change: dict[str, str], code: str
) -> None:
    document = written["brussels-1"].coded.document
    word = document.text.split()[0]
    told = {"kind": "event", "type": "CONSULT", "trigger": word, "evidence": word, "by": "Ida", "reason": "x"}
    answer = send(desk, f"/documents/{document.id}/add", {**told, **change}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("text", "words", "near", "place"),
    [
        ("one two one two", "one two", "", (0, 7)),
        ("one two one two", "one two", "8-15", (8, 15)),
        ("one\n  two", "one two", "", (0, 9)),
        ("a (b) c", "(b)", "", (2, 5)),
    ],
)
def test_exact_words_are_found(text: str, words: str, near: str, place: tuple[int, int]) -> None:
    assert words_at(text, words, near) == place


def test_every_kind_has_a_form(desk: TestClient, written: dict[str, Written]) -> None:
    document = written["brussels-1"].coded.document.id
    for kind in kinds():
        page = desk.get(f"/documents/{document}/add?kind={kind}&span=0-5")
        assert page.status_code == 200, kind
        assert 'name="reason"' in page.text
