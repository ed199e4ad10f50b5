"""What goes in comes out: the text is the decoded snapshot, whatever is in it."""

from __future__ import annotations

import base64
import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.intake import charset, rerender
from onrecord.intake.build import build
from onrecord.intake.types import Intake, Options, Raw
from onrecord.model.ids import sha256
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import Document

ENGLISH = Options(language="en")
SAMPLE = "Norway expels two\r\n\r\nRene\u0301 said\u00a0\u201cno\u201d \u2013 twice.\r\n\u2028\ufb01n.\n"


def read(data: bytes, media_type: str = "text/plain", charset_name: str | None = None) -> Document:
    made = build(Raw(data, media_type, "case", charset_name), ENGLISH)
    assert isinstance(made, Intake), made
    assert made.snapshot == data
    assert made.document.snapshot.sha256 == sha256(data)
    return made.document


@given(st.text(max_size=400))
@example(SAMPLE)
@example("\ufeffBOM first")
@example("one\x0btwo\x0cthree\x85four")
@settings(max_examples=400, deadline=None)
def test_any_text_survives_as_it_is(text: str) -> None:
    data = text.encode("utf-8")
    made = build(Raw(data, "text/plain", "case"), ENGLISH)
    if isinstance(made, Problem):
        assert made.code in ("empty", "binary"), made
        assert not text.strip("\ufeff").strip() or any(char < " " for char in text)
        return
    document = made.document
    assert document.text == data.decode(document.snapshot.charset or "")
    assert document.text.removeprefix("\ufeff") == text.removeprefix("\ufeff")
    assert rerender(data, document.snapshot) == document.text
    for section in document.sections:
        assert document.words(section.span).strip()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SAMPLE.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + SAMPLE.encode("utf-8"), "utf-8-sig"),
        (SAMPLE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"), "utf-16"),
        (
            "He said \u201cno\u201d \u2013 in a caf\u00e9 in Troms\u00f8, it was reported.".encode("cp1252"),
            "cp1252",
        ),
    ],
)
def test_charsets_that_show_themselves(data: bytes, name: str) -> None:
    document = read(data)
    assert document.snapshot.charset == name
    assert document.text == data.decode(name)


def test_a_declared_charset_is_taken_where_the_bytes_are_not_utf8() -> None:
    data = "The embassy (посольство) was closed, and the consulate (консульство) with it.".encode("koi8-r")
    assert read(data, charset_name="koi8-r").text == data.decode("koi8-r")
    assert read("caf\u00e9".encode(), charset_name="koi8-r").snapshot.charset == "utf-8", (
        "UTF-8 proves itself"
    )


def test_an_undeclared_eight_bit_charset_is_detected() -> None:
    text = "Посольство сообщило, что двое сотрудников покинут страну в течение недели. " * 5
    assert charset.decode(text.encode("cp1251")).text == text


def test_utf8_with_a_few_broken_bytes_stays_utf8_and_can_be_rendered_again() -> None:
    data = ("\u201cNo,\u201d he said. " * 20).encode() + b"\xe2\x80"
    document = read(data)
    assert document.text.endswith(" \ufffd") and document.text.startswith("\u201cNo,\u201d")
    assert document.snapshot.extractor == "onrecord-text/1+replace"
    assert rerender(data, document.snapshot) == document.text
    assert base64.b64decode(document.snapshot.data or "") == data, "the text does not give these bytes back"


def test_the_caller_names_the_charset() -> None:
    data = "Troms\u00f8 \u2013 the end".encode("cp1252")
    made = build(Raw(data, "text/plain", "case"), Options(charset="windows-1252", language="en"))
    assert isinstance(made, Intake) and made.document.text == "Troms\u00f8 \u2013 the end"
    for name, code in (
        ("utf-8", "bad-encoding"),
        ("klingon", "unknown-charset"),
        ("base64", "unknown-charset"),
    ):
        wrong = build(Raw(data, "text/plain", "case"), Options(charset=name))
        assert isinstance(wrong, Problem) and wrong.code == code


def test_the_record_carries_the_bytes_only_where_the_text_does_not_give_them_back() -> None:
    assert read(SAMPLE.encode()).snapshot.data is None
    page = (
        b"<html><body><p>Norway told two attach&eacute;s of the embassy to leave at once.</p></body></html>"
    )
    document = read(page, "text/html")
    assert base64.b64decode(document.snapshot.data or "") == page


def test_rerendering_refuses_an_extractor_that_is_not_here() -> None:
    page = b"<html><body><p>Norway told two attaches of the embassy to leave the country.</p></body></html>"
    meta = read(page, "text/html").snapshot
    assert rerender(page, meta) == "Norway told two attaches of the embassy to leave the country."
    meta.extractor = "onrecord-html/0"
    with pytest.raises(OnrecordError) as caught:
        rerender(page, meta)
    assert caught.value.problem.code == "unknown-extractor"
