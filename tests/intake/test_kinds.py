"""Every kind of input: what is read from it, and that its spans lead back to the bytes."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.intake import decoded, read_path, rerender
from onrecord.intake.registry import KINDS
from onrecord.intake.types import Intake, Options
from onrecord.model.problems import Problem
from onrecord.model.records import Document
from tests.intake.cases import table

TEXT = "Norway expels two\n\nOSLO (Meridian Wire) - Norway told two attachés to leave, the ministry said."
BODY = "Norway told two attachés to leave, the ministry said."


def read(path: Path | str, options: Options | None = None) -> list[Document | Problem]:
    """All that is read; every rendition is made again from its snapshot and found the same."""
    found: list[Document | Problem] = []
    for item in read_path(path, options=options or Options()):
        if isinstance(item, Problem):
            found.append(item)
            continue
        document = item.document
        assert rerender(item.snapshot, document.snapshot) == document.text
        if document.snapshot.map:
            source = decoded(item.snapshot, document.snapshot)
            for start, there, length in document.snapshot.map:
                assert document.text[start : start + length] == source[there : there + length]
        found.append(document)
    return found


def only(path: Path | str, options: Options | None = None) -> Document:
    (document,) = read(path, options)
    assert isinstance(document, Document), document
    return document


def bodies(document: Document) -> list[str]:
    return [document.words(section.span) for section in document.sections if section.kind == "body"]


RECORD: dict[str, Any] = {
    "id": 7, "title": "Norway expels two", "published": "2022-03-09", "text": TEXT, "url": "https://mw.example/7",
    "outlet": "Meridian Wire", "authors": ["Anna Keller"], "language": "en", "supersedes": "6",
    "translation_of": "mw-no-7", "something": {"else": 1},
}  # fmt: skip


def check_record(document: Document) -> None:
    assert document.text == TEXT and bodies(document) == [BODY]
    assert (document.external_id, document.url, document.title) == (
        "7",
        "https://mw.example/7",
        "Norway expels two",
    )
    assert document.authors == ["Anna Keller"]
    assert (document.outlet.name, document.outlet.basis) == ("Meridian Wire", "given")
    assert document.published is not None and document.published.basis == "given"
    assert document.published.value == "2022-03-09"
    assert (document.supersedes, document.translation_of, document.language) == ("6", "mw-no-7", "en")


def test_jsonl_hands_every_field_through(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(
        json.dumps(RECORD) + "\n\n" + json.dumps(RECORD, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    first, second = read(path)
    assert isinstance(first, Document) and isinstance(second, Document)
    check_record(first)
    assert first.id == second.id, "escapes are the file's, not the document's"


@pytest.mark.parametrize("compression", ["gz", "zst"])
@pytest.mark.parametrize("suffix", ["jsonl", "txt", "html"])
def test_compressed_files(tmp_path: Path, compression: str, suffix: str) -> None:
    page = f"<html><body><article><h1>Norway expels two</h1><p>{BODY}</p></article></body></html>"
    data = {"jsonl": json.dumps(RECORD), "txt": TEXT, "html": page}[suffix].encode()
    path = tmp_path / f"file.{suffix}.{compression}"
    if compression == "gz":
        path.write_bytes(gzip.compress(data[:50]) + gzip.compress(data[50:]))
    else:
        zstandard = pytest.importorskip("zstandard")
        path.write_bytes(zstandard.compress(data))
    assert bodies(only(path)) == [BODY]


def test_a_json_file_of_one_object_or_an_array(tmp_path: Path) -> None:
    path = tmp_path / "reports.json"
    path.write_text(json.dumps(RECORD, indent=1), encoding="utf-8")
    check_record(only(path))
    path.write_text(json.dumps([RECORD, 3, {"text": ""}]), encoding="utf-8")
    document, number, empty = read(path)
    assert isinstance(document, Document)
    assert isinstance(number, Problem) and (number.code, number.where) == ("bad-json", f"{path}:2")
    assert isinstance(empty, Problem) and (empty.code, empty.where) == ("empty", f"{path}:3")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT, "text/plain"),
        (json.dumps(RECORD), "text/plain"),
        (f"<!DOCTYPE html><html><body><p>{BODY} It gave no reason for it.</p></body></html>", "text/html"),
        (f"<rss><channel><item><title>T one</title><description>{BODY}</description></item></channel></rss>",
         "application/rss+xml"),
    ],
)  # fmt: skip
def test_standard_input_is_known_by_its_content(
    monkeypatch: pytest.MonkeyPatch, data: str, kind: str
) -> None:
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(data.encode())))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", stdin)
    document = only("-")
    assert document.snapshot.media_type == kind
    assert BODY in document.text


def test_a_folder_is_read_in_order_and_hidden_files_are_left(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "deeper/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"File {name} says\n\n{BODY}", encoding="utf-8")
    (tmp_path / "deeper" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path)
    assert [item.title if isinstance(item, Document) else item.code for item in found] == [
        "File a.txt says", "File b.txt says", "not-found", "File deeper/c.txt says",
    ]  # fmt: skip


@pytest.mark.parametrize("case", table("feeds"), ids=lambda case: str(case["name"]))
def test_feeds(tmp_path: Path, case: dict[str, Any]) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(case["source"], encoding="utf-8")
    found = read(path)
    assert len(found) == len(case["items"])
    for document, item in zip(found, case["items"], strict=True):
        assert isinstance(document, Document), document
        assert document.text == item["text"]
        assert document.sections[0].kind == "title" and document.title == document.words(
            document.sections[0].span
        )
        assert (document.external_id, document.url) == (item.get("id"), item["url"])
        assert document.authors == item["authors"]
        assert (document.outlet.name, document.outlet.basis) == (item["outlet"], "read")
        assert (document.published.value if document.published else None) == item["published"]
        assert document.published is None or document.published.basis == "read"


def test_csv_and_tsv(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(
        'id,title,published,text,authors\n7,Norway expels two,2022-03-09,"'
        + TEXT
        + '",Anna Keller; John Roe\n8,,,,\n',
        encoding="utf-8-sig",
    )
    document, problem = read(path)
    assert isinstance(document, Document) and document.text == TEXT
    assert (document.external_id, document.authors) == ("7", ["Anna Keller", "John Roe"])
    assert isinstance(problem, Problem) and (problem.code, problem.where) == ("missing-field", f"{path}:5")
    tabs = tmp_path / "reports.tsv"
    tabs.write_bytes("id\ttext\n1\tNorway told two attachés of the embassy to leave.\n".encode("cp1252"))
    assert only(tabs).text == "Norway told two attachés of the embassy to leave."


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "reports.parquet"
    rows = [RECORD | {"id": str(number), "something": number} for number in range(600)] + [{"id": "x"}]
    parquet.write_table(arrow.Table.from_pylist(rows), path)
    found = read(path)
    assert len(found) == 601
    assert isinstance(found[0], Document) and found[0].authors == ["Anna Keller"]
    assert isinstance(found[600], Problem) and found[600].where == f"{path}:601"


def test_warc(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "crawl.warc.gz"
    page = f"<html><body><article><h1>Norway expels two</h1><p>{BODY}</p></article></body></html>"
    records = [
        (
            "https://mw.example/2022/03/09/norway",
            "text/html; charset=windows-1252",
            page.encode("cp1252"),
            b"200 OK",
        ),
        ("https://mw.example/logo.png", "image/png", b"\x89PNG", b"200 OK"),
        ("https://mw.example/gone", "text/html", b"<p>Gone</p>", b"404 Not Found"),
        ("https://mw.example/plain.txt", "text/plain", TEXT.encode(), b"200 OK"),
        (
            "https://mw.example/packed",
            "text/html",
            gzip.compress(page.encode()),
            b"200 OK\r\nContent-Encoding: gzip",
        ),
    ]
    path.write_bytes(b"".join(gzip.compress(response(*record)) for record in records))
    found = read(path)
    assert all(isinstance(item, Document) for item in found), found
    first, second, third = (item for item in found if isinstance(item, Document))
    assert (first.url, first.retrieved) == ("https://mw.example/2022/03/09/norway", "2022-03-10T06:00:00Z")
    assert first.snapshot.charset == "cp1252" and bodies(first) == [BODY]
    assert first.published is not None
    assert (first.published.value, first.published.basis) == ("2022-03-09", "inferred")
    assert second.text == TEXT
    assert bodies(third) == [BODY]


def response(url: str, media_type: str, payload: bytes, status: bytes) -> bytes:
    """One WARC response record."""
    http = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + media_type.encode() + b"\r\n\r\n" + payload
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-5678-1234-567812345678>\r\n"
        f"WARC-Date: 2022-03-10T06:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def pdf(*pages: str) -> bytes:
    """A small PDF with one line of text a row; a page without text has a rectangle only."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, page in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in page.splitlines())
        content = f"BT /F1 10 Tf 14 TL 50 750 Td {shown} ET" if page else "50 50 100 100 re f"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body = b"%PDF-1.4\n"
    for number, entry in enumerate(objects, start=1):
        body += f"{number} 0 obj\n{entry}\nendobj\n".encode()
    return body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def test_pdf_by_its_text_layer(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = tmp_path / "report.pdf"
    path.write_bytes(
        pdf("Norway expels two\n\nBy Anna Keller", "Norway told two members of the embassy to leave.")
    )
    document = only(path)
    assert bodies(document) == ["Norway told two members of the embassy to leave."]
    assert document.authors == ["Anna Keller"]
    assert (document.snapshot.map, document.snapshot.charset) == (None, None)
    assert (document.snapshot.extractor or "").startswith("onrecord-pdf/1+pypdfium2/")


@pytest.mark.parametrize(
    ("data", "code"), [(pdf(""), "no-text"), (b"%PDF-1.4\nnothing", "bad-file"), (pdf("a") * 1, None)]
)
def test_pdf_that_cannot_be_read(tmp_path: Path, data: bytes, code: str | None) -> None:
    pytest.importorskip("pypdfium2")
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    (found,) = read(path)
    assert (found.code if isinstance(found, Problem) else None) == code


MAIL = (
    "From: Anna Keller <ak@mw.example>\r\nSubject: Norway expels =?utf-8?q?two_attach=C3=A9s?=\r\n"
    "Date: Wed, 09 Mar 2022 18:15:00 -0500\r\nMessage-ID: <1@mw.example>\r\nMIME-Version: 1.0\r\n"
)


def test_mail(tmp_path: Path) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(
        MAIL.encode() + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"Norway told two attach=C3=A9s to leave, the ministry=\r\n said.\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--b--\r\n"
    )
    document = only(path)
    assert document.text.splitlines() == ["Norway expels two attachés", "", BODY]
    assert (document.title, document.authors) == ("Norway expels two attachés", ["Anna Keller"])
    assert document.published is not None
    assert (document.published.value, document.published.basis) == ("2022-03-09T18:15:00-05:00", "read")
    assert document.external_id == "<1@mw.example>"


def test_an_mbox_and_a_message_that_is_only_html(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    plain = f"{MAIL}Content-Type: text/plain; charset=utf-8\r\n\r\n{BODY}\r\n"
    html = f"{MAIL}Content-Type: text/html; charset=utf-8\r\n\r\n<p>{BODY}</p>\r\n"
    mark = "From ak@mw.example Wed Mar  9 18:15:00 2022\n"
    path.write_bytes(f"{mark}{plain}\n{mark}{html}".encode())
    found = [item.text for item in read(path) if isinstance(item, Document)]
    assert [text.strip().endswith(BODY) for text in found] == [True, True]


def test_the_docs_list_every_kind_and_suffix() -> None:
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind.name}` |" in page
        for suffix in kind.suffixes:
            assert f"`{suffix}`" in page


def test_intake_items_name_their_place(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    (item,) = read_path(path)
    assert isinstance(item, Intake) and item.where == f"{path}:1"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Russia expels 20 Czechs", "Russia expels 20 Czechs"),
        ("## “Hostile act”: Prague answers", "“Hostile act”: Prague answers"),
        ("#Vrbetice divides the two capitals", "#Vrbetice divides the two capitals"),
    ],
)
def test_the_mark_of_a_heading_stays_in_the_text_and_is_no_part_of_the_title(
    tmp_path: Path, line: str, title: str
) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        f"{line}\n\nMOSCOW, April 18, 2021 - Russia expelled twenty Czech diplomats on Sunday.\n", "utf-8"
    )
    [document] = read(path)
    assert isinstance(document, Document)
    assert document.title == title and document.text.startswith(line)
