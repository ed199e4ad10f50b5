"""Pages: visible text with a map back to the source, the article told from its menus, hostile markup."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.intake import decoded, read_path, rerender, to_source
from onrecord.intake.html.tokens import attributes, tokens
from onrecord.intake.html.walk import Page, walk
from onrecord.intake.mapped import compose
from onrecord.intake.types import Intake, Options
from onrecord.model.ids import sha256
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Document
from tests.intake.cases import problem_code

PAGE = Path(__file__).parent / "pages" / "newspaper.html"
# Pieces of markup, whole and broken, and text that looks like it.
MARKUP = st.lists(
    st.sampled_from(
        (
            "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<a href='x'>", "</a>", "<pre>",
            "</pre>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", '<p class="byline">',
            "<li>", "</li>", "<td>", "<img src=x>", "<", ">", "&", "&amp;", "&eacute;", "&#8217;",
            "&#x20;", "&nbsp;", "&copy", "&nosuch;", "&#99999999;", "&#0;", "</", "<?", '"', "'", "=",
            "<a", "<title>", "</title>", "<head>", "</head>", "<body>", "<html>", "</html>", "<svg>",
            "</svg>", " ", "\n", "\t", "\r\n", "\xa0", "word", "two words", "caf\u00e9",
        )
    )
    | st.text(max_size=8),
    max_size=60,
).map("".join)  # fmt: skip


def check_map(page: Page, source: str) -> None:
    """Runs rise and are the same on both sides; what stands between two was made from what is between."""
    text_end = source_end = 0
    for text_start, source_start, length in (*page.runs, (len(page.text), len(source), 0)):
        assert text_start >= text_end and source_start >= source_end
        assert page.text[text_start : text_start + length] == source[source_start : source_start + length]
        rest = unescape(source[source_end:source_start])
        for char in "".join(page.text[text_end:text_start].split()):
            before, found, rest = rest.partition(char)
            assert found, f"{char!r} is not in what is left of the source: {before!r}"
        text_end, source_end = text_start + length, source_start + length


@given(MARKUP)
@example("a<b")
@example("<p>one &amp; two</p><p>three")
@example("x &lt;p&gt; <pre> a\n  b &amp; </pre> c")
@settings(max_examples=600, deadline=None)
def test_every_mapped_run_is_the_source_and_every_gap_comes_from_it(source: str) -> None:
    page = walk(source)
    check_map(page, source)
    position = 0
    for block in page.blocks:
        assert position <= block.start < block.end <= len(page.text)
        assert not page.text[position : block.start].strip()
        position = block.end
    assert walk(source).text == page.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one\n  two</p>\n<p>three</p>", "one two\n\nthree"),
        ("<p>one <b>two</b>, <i> three </i>four</p>", "one two, three four"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        (
            "<p>a&nbsp;b&#8217;s &quot;c&quot; &amp;d &copy e &nosuch; f</p>",
            'a\xa0b\u2019s "c" &d \xa9 e &nosuch; f',
        ),
        ("<p>5 < 6 and <7</p>", "5 < 6 and <7"),
        ("<p>kept</p><script>if (a < b) { '</p>' }</script><style>p{}</style><p>too</p>", "kept\n\ntoo"),
        ("<p title='a > b' data-x=\"</p>\">one</p>", "one"),
        ("<!-- <p>no</p> --><p>yes</p><!-- never closed <p>no</p>", "yes"),
        ("<p>yes</p><a href='never closed", "yes"),
        ("<pre>one\n  two &lt;</pre>three", "one\n  two <\n\nthree"),
        ("<head><title>T</title><meta name=x><body>kept", "kept"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>one<td>two</table>", "one\n\ntwo"),
        ("<P CLASS=x>Upper</P>", "Upper"),
        ("<p>\u200bzero\u00adwidth &shy;and soft&#8203;ness</p>", "zerowidth and softness"),
        ("<p><a name=x>An anchor</a> is no link</p>", "An anchor is no link"),
    ],
)
def test_visible_text(source: str, text: str) -> None:
    page = walk(source)
    assert page.text == text
    check_map(page, source)


def test_attributes() -> None:
    assert attributes(" a='1 > 2' B=\"&amp;\" c=d e f=g/h a=again") == {
        "a": "1 > 2", "b": "&", "c": "d", "e": "", "f": "g/h",
    }  # fmt: skip


def test_runs_through_two_steps() -> None:
    assert compose([(0, 2, 5), (10, 8, 2)], [(0, 100, 4), (4, 200, 6)]) == [
        (0, 102, 2), (2, 200, 3), (10, 204, 2),
    ]  # fmt: skip


def newspaper() -> tuple[Document, bytes]:
    (made,) = read_path(PAGE)
    assert isinstance(made, Intake), made
    return made.document, made.snapshot


def test_an_article_told_from_its_page() -> None:
    document, _ = newspaper()
    found = [(section.kind, document.words(section.span)[:36]) for section in document.sections]
    assert found == [
        ("debris", "Home"),
        ("debris", "World"),
        ("debris", "Sport"),
        ("title", "Alliance trims mission & sends envoy"),
        ("body", "Six members of the mission lose thei"),
        ("byline", "By Maria Lindqvist March 9, 2022"),
        ("debris", "Share Tweet"),
        ("caption", "The alliance’s headquarters in the r"),
        ("body", "The alliance confirmed on Tuesday th"),
        ("body", "A deputy minister called the step a "),
        ("debris", "Advertisement"),
        ("debris", "Related"),
        ("debris", "Five questions about attachés"),
        ("debris", "Sweden weighs the same step"),
        ("body", "The statement gave no reason for the"),
        ("body", "Officials had asked member states fo"),
        ("update", "Correction: An earlier version of th"),
        ("debris", "© 2022 Harbour Post. All rights rese"),
        ("debris", "Privacy"),
    ]
    assert document.title == "Alliance trims mission & sends envoys home"
    assert document.authors == ["Maria Lindqvist"]
    assert (document.outlet.name, document.outlet.basis) == ("Harbour Post", "read")
    assert document.published is not None
    assert (document.published.value, document.published.basis) == ("2022-03-09T18:15:00-05:00", "read")
    assert document.url == "https://harbourpost.example/world/alliance-trims-mission"


def test_words_of_a_page_lead_back_to_its_bytes() -> None:
    document, snapshot = newspaper()
    source = decoded(snapshot, document.snapshot)
    start = document.text.index("that six envoys")
    span = (start, start + len("that six envoys\xa0must go, and that the mission’s ceiling falls from 20"))
    begin, end = to_source(document.snapshot.map or [], span)
    assert source[begin:end] == (
        "that six envoys&nbsp;must go, and that the mission&#8217;s ceiling\n\tfalls from&#x20;20"
    )
    for section in document.sections:
        begin, end = to_source(document.snapshot.map or [], section.span)
        assert walk(source[begin:end]).text == document.words(section.span)


def test_the_same_page_renders_the_same_text() -> None:
    """A change of this hash is a change of the extractor: give `walk.VERSION` a new number."""
    document, snapshot = newspaper()
    assert document.snapshot.extractor == "onrecord-html/1"
    assert rerender(snapshot, document.snapshot) == document.text
    digest = sha256(document.text.encode())
    assert digest == "c48334f9a030191f09c94de169262776646e278cf161e3ad23a504793fae342a"


def test_a_page_without_an_article_is_a_problem() -> None:
    links = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(40))
    assert (
        problem_code(f"<html><body><nav><ul>{links}</ul></nav></body></html>".encode(), "text/html")
        == "no-text"
    )


def test_a_page_in_another_language_is_a_problem() -> None:
    body = "<h1>Zwei gehen</h1><p>Zwei Attachés: Ausweisung binnen Wochenfrist.</p>"
    page = f'<html lang="de"><body>{body}</body></html>'
    assert problem_code(page.encode(), "text/html") == "not-english"


def test_a_charset_that_the_page_declares(tmp_path: Path) -> None:
    body = "<p>Посольство (the embassy) was told on Friday that two of its people must leave the country.</p>"
    path = tmp_path / "page.html"
    path.write_bytes(
        f'<html><head><meta charset="windows-1251"></head><body>{body}</body></html>'.encode("cp1251")
    )
    (made,) = read_path(path, options=Options(language="en"))
    assert isinstance(made, Intake)
    assert made.document.snapshot.charset == "cp1251" and made.document.text.startswith("Посольство")


def test_nesting_has_a_limit_that_is_named() -> None:
    deep = "<div>" * 501 + "text"
    with pytest.raises(OnrecordError) as caught:
        walk(deep)
    assert caught.value.problem.code == "too-deep" and "500" in caught.value.problem.what
    assert walk("<div>" * 500 + "text").text == "text"
    assert walk("<b>" * 5000 + "text").text == "text", "what does not nest a block costs nothing"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<a b='",
        '<a b="',
        "<!--",
        "<![CDATA[",
        "</",
        "&",
        "&#",
        "<p",
        "<script>",
        "<a =",
        "</div>",
        "<x a=' b=\"",
    ],
)
def test_hostile_markup_is_read_once_through(piece: str) -> None:
    """Each token moves forward, for any repetition of what is never closed."""
    source = piece * 20_000
    for xml in (False, True):
        position = 0
        for token in tokens(source, xml=xml):
            assert position <= token.start <= token.end <= len(source)
            position = token.end
    check_map(walk(source), source)
