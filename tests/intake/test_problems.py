"""Bad and hostile input: a problem with its code, its place and a remedy, and the run goes on."""

from __future__ import annotations

import ast
import gzip
import io
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import read_path, rerender
from onrecord.intake.build import build
from onrecord.intake.problems import CODES, table
from onrecord.intake.types import Intake, Limits, Options, Raw
from onrecord.model.problems import OnrecordError, Problem
from tests.intake.cases import problem_code

ROOT = Path(__file__).parents[2]
GOOD = json.dumps({"text": "Norway told two attachés to leave, the ministry said."})
SMALL = Options(limits=Limits(document_bytes=2_000, line_bytes=1_000, lines=500, pages=2, depth=20))


def problems(path: Path | str, options: Options = SMALL) -> list[Problem]:
    return [item for item in read_path(path, options=options) if isinstance(item, Problem)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "bad-json"),
        (b"[1]", "bad-json"),
        (b'"text"', "bad-json"),
        (b"\xff\xfe", "bad-encoding"),
        (b'{"title": "x"}', "missing-field"),
        (b'{"text": 3}', "bad-field"),
        (b'{"text": ["a"]}', "bad-field"),
        (b'{"text": ""}', "empty"),
        (b'{"text": " \\n\\u00a0 "}', "empty"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"text": "half \\ud800 of a pair"}', "bad-encoding"),
        (b'{"text": "ok then", "title": "\\udfff"}', "bad-encoding"),
        (b'{"text": "ok then", "published": "soon"}', "bad-date"),
        (b'{"text": "ok then", "published": "2021-02-30"}', "bad-date"),
        (b'{"text": "ok then", "published": 20210307}', "bad-date"),
        (b'{"text": "ok then", "url": 3}', "bad-field"),
        (b'{"text": "ok then", "authors": [1]}', "bad-field"),
        (b'{"text": "ok then", "language": "fr"}', "not-english"),
        (b'{"text": ' + b"[" * 21 + b"]" * 21 + b"}", "too-deep"),
        (b'{"text": "' + b"x" * 1_000 + b'"}', "too-large"),
        (b'{"n": ' + b"9" * 900 + b', "x": "' + b'"}', "missing-field"),
    ],
)
def test_bad_lines_are_named_and_the_next_line_is_read(tmp_path: Path, line: bytes, code: str) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(line + b"\n" + GOOD.encode() + b"\n")
    bad, good = read_path(path, options=SMALL)
    assert isinstance(bad, Problem) and isinstance(good, Intake)
    assert (bad.code, bad.where, good.where) == (code, f"{path}:1", f"{path}:2")
    assert bad.what and bad.remedy == CODES[code].remedy


def test_an_endless_line_is_passed_over_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    with path.open("wb") as handle:
        handle.write(b'{"text": "')
        for _ in range(12):
            handle.write(b"x" * (1 << 20))
        handle.write(b'"}\n' + GOOD.encode())
    bad, good = read_path(path)
    assert isinstance(bad, Problem) and bad.code == "too-large" and "line_bytes" in bad.what
    assert isinstance(good, Intake) and good.where.endswith(":2")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t\n", "empty"),
        ("nul.txt", b"some\0text", "binary"),
        ("picture.bin", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 20, "binary"),
        ("controls.txt", b"\x01\x02\x03\x04\x05\x06" * 50, "binary"),
        ("large.txt", b"x" * 2_001, "too-large"),
        ("lines.txt", b"A\n" * 501, "too-large"),
        ("large.html", b"<p>x</p>" * 300, "too-large"),
        ("cut.txt.gz", gzip.compress(b"Norway told two to leave. " * 50)[:40], "bad-file"),
        ("bomb.txt.gz", gzip.compress(b"x" * 10_000_000), "too-large"),
        ("none.rss", b"<rss><channel><title>x</title></channel></rss>", "bad-feed"),
        ("deep.html", b"<div>" * 21 + b"text", "too-deep"),
        ("bad.json", b"{", "bad-json"),
        ("number.json", b"3", "bad-json"),
        ("bad.csv", b"id,title\n1,x\n", "missing-field"),
        ("quote.csv", b'text\n"x"y"\n', "bad-file"),
        ("bad.parquet", b"PAR1 nothing", "bad-file"),
        ("bad.warc", b"", "empty"),
        ("none.eml", b"Subject: x\r\nContent-Type: image/png\r\n\r\nxx", "no-text"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    (found,) = problems(path)
    assert found.code == code
    assert found.where.startswith(str(path))
    if code in ("too-large", "too-deep"):
        assert any(f"{field}" in found.what for field in Limits.__slots__), "the limit is named"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    (found,) = problems(tmp_path / "nothing.txt")
    assert (found.code, found.where) == ("not-found", str(tmp_path / "nothing.txt"))
    (found,) = problems(tmp_path)
    assert found.code == "empty"


def test_mail_nested_without_end() -> None:
    message = b""
    for number in range(30):
        message += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    assert problem_code(message + b"\r\ntext", "message/rfc822", SMALL) == "too-deep"


def test_options_that_cannot_be_right(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError) as caught:
        read_path(tmp_path, options=Options(published="soon"))
    assert caught.value.problem.code == "bad-date"
    path = tmp_path / "a.txt"
    path.write_text("text", encoding="utf-8")
    (found,) = problems(path, Options(kind="klingon"))
    assert found.code == "unknown-kind"


@pytest.mark.parametrize(
    ("module", "name", "extra"),
    [
        ("zstandard", "a.txt.zst", "zstd"),
        ("fastwarc.warc", "a.warc", "warc"),
        ("pypdfium2", "a.pdf", "pdf"),
        ("pyarrow", "a.parquet", "analytics"),
    ],
)
def test_a_missing_library_names_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / name
    path.write_bytes({"zstd": b"\x28\xb5\x2f\xfd...."}.get(extra, b"something"))
    (found,) = problems(path)
    assert found.code == "missing-extra" and f"onrecord[{extra}]" in found.what


PIECES = st.sampled_from(
    (
        b"<item>", b"</item>", b"<title>", b"<description>", b"<![CDATA[", b"]]>", b"&lt;p&gt;", 
        b"<p>text of a page</p>",
        b"Subject: x\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b", b"\r\n\r\n", b"=?utf-8?q?=ff?=",
        b"Content-Type: text/html; charset=nosuch\r\n", b"Date: never\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80",
        b"%PDF-1.4\n", b"1 0 obj\n<<", b"<html>", b"<script type='application/ld+json'>{\"@graph\": [[", b"</script>",
        b"<meta property='article:published_time' content='x'>",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "text/html",
        "application/rss+xml",
        "application/atom+xml",
        "message/rfc822",
        "application/pdf",
    ],
)
@given(data=st.lists(PIECES | st.binary(max_size=12), max_size=25).map(b"".join))
@settings(max_examples=60, deadline=None)
def test_any_bytes_become_a_document_or_a_problem(media_type: str, data: bytes) -> None:
    made = build(Raw(data, media_type, "case"), Options(language="en"))
    if isinstance(made, Problem):
        assert made.code in CODES and made.where == "case" and made.what
    else:
        assert rerender(data, made.document.snapshot) == made.document.text


def test_input_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        read_bytes = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            piece = (GOOD.encode() + b"\n") * (len(buffer) // (len(GOOD.encode()) + 1) or 1)
            buffer[: len(piece)] = piece
            self.read_bytes += len(piece)
            return len(piece)

    raw = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw)))
    found = list(itertools.islice(read_path("-"), 50))
    assert [item.where for item in found] == [f"-:{number}" for number in range(1, 51)]
    assert raw.read_bytes < 100_000


def test_every_code_in_the_source_is_in_the_table_and_the_docs() -> None:
    used = set()
    for path in (ROOT / "src" / "onrecord" / "intake").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("error", "problem", "notice")
                and node.args
            ):
                used |= codes_in(node.args[0])
    assert used | {"missing-extra"} == set(CODES), "a code that is not used, or not in the table"
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert table() in page, "docs/problems.md does not hold the table that intake.problems.table() makes"


def codes_in(node: ast.expr) -> set[Any]:
    """The string constants that an expression may be."""
    return {
        child.value
        for child in ast.walk(node)
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and child.value in CODES
    } or {ast.unparse(node)} - {"code"}
