"""From a raw document to a finished one: rendition, sections, language, date, outlet, id."""

from __future__ import annotations

import base64
import re

from onrecord.intake import calendar, language, notices
from onrecord.intake.lines import BREAK
from onrecord.intake.outlet import outlet
from onrecord.intake.problems import error
from onrecord.intake.published import published
from onrecord.intake.renditions import Rendition, render
from onrecord.intake.sections import Layout, divide
from onrecord.intake.types import Given, Intake, Options, Raw
from onrecord.model import marking
from onrecord.model.ids import document_id, sha256
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import Document, Outlet, Published, Section, Snapshot

_READ = frozenset(("title", "update", "body", "caption"))


def build(raw: Raw, options: Options) -> Intake | Problem:
    """The finished document, or the problem that stands in its place."""
    try:
        return _build(raw, options)
    except OnrecordError as fault:
        return fault.at(raw.where).problem


def _build(raw: Raw, options: Options) -> Intake:
    limit = options.limits.document_bytes
    if len(raw.snapshot) > limit:
        raise error("too-large", f"{len(raw.snapshot)} bytes; the limit document_bytes is {limit}")
    if not raw.snapshot.strip():
        raise error("empty", "no characters but white space")
    given = _with_options(raw.given, options)
    stated = _given_date(given)
    certain = options.charset is not None and raw.media_type.startswith("text/")
    rendition = render(
        raw.snapshot, raw.media_type, options.charset if certain else raw.charset, certain, options.limits
    )
    text = rendition.text
    if not text.strip():
        raise error("empty" if rendition.extractor is None else "no-text", "no characters but white space")
    lines = len(BREAK.findall(text))
    if lines > options.limits.lines:
        raise error(
            "too-large", f"{lines} line breaks in one text; the limit lines is {options.limits.lines}"
        )
    layout = divide(text, given.title or rendition.title, rendition.regions)
    tongue = _english(text, layout, given, rendition)
    url = given.url or rendition.url
    source = outlet(layout, _given_outlet(given), url, rendition.site)
    digest = sha256(raw.snapshot)
    document = Document(
        id=document_id(digest, url or given.external_id, source.name),
        external_id=given.external_id,
        url=url,
        title=_title(text, layout, given, rendition),
        authors=given.authors or rendition.authors or layout.authors,
        retrieved=given.retrieved,
        outlet=source,
        published=published(layout, text, stated, url, rendition.published),
        language=tongue,
        supersedes=given.supersedes,
        translation_of=given.translation_of,
        marking=marking.told(given.marking),
        snapshot=_snapshot(raw, rendition, digest),
        text=text,
        sections=[Section(kind=kind, span=(start, end)) for start, end, kind in layout.sections],
    )
    odd = notices.of_marking(given.marking, raw.where)
    return Intake(document, raw.snapshot, raw.where, (*raw.notices, *odd))


def _with_options(given: Given, options: Options) -> Given:
    """What came with the record, filled up with what the caller says of all of them."""
    given.url = given.url or options.url
    if not given.outlet and options.outlet:
        given.outlet, given.outlet_basis = options.outlet, "given"
    if options.published and (not given.published or given.published_basis == "read"):
        given.published, given.published_basis = options.published, "given"
    given.language = given.language or options.language
    given.marking = given.marking or options.marking
    return given


def _given_date(given: Given) -> Published | None:
    if not given.published:
        return None
    value = calendar.given(given.published)
    if value is None:
        if given.published_basis == "read":  # a carrier's broken header is no statement of the caller
            return None
        raise error("bad-date", f"published {given.published!r} is not a calendar date")
    return Published(value=value, basis=given.published_basis)


def _given_outlet(given: Given) -> Outlet | None:
    return Outlet(name=given.outlet, basis=given.outlet_basis) if given.outlet else None


def _english(text: str, layout: Layout, given: Given, rendition: Rendition) -> str:
    """The language code of an English text, else a problem. The caller's word goes before ours."""
    if given.language:
        code = given.language.lower().replace("_", "-")
        if code.split("-")[0] not in ("en", "eng", "english"):
            raise error("not-english", f"the language is given as {given.language}")
        return "en"
    read = (text[start:end] for start, end, kind in layout.sections if kind in _READ)
    verdict = language.judge("\n".join(read) or text)
    if verdict.english is None and rendition.language not in (None, "en"):
        raise error("not-english", f"the page says that its language is {rendition.language}")
    if verdict.english is False:
        raise error("not-english", f"it looks like {verdict.guess or 'another language'}")
    return "en"


_HEADING = re.compile(r"^#{1,6} (?=\w|\W\w)")
"""The mark of a heading in Markdown; it stays in the text, and is no part of the title."""


def _title(text: str, layout: Layout, given: Given, rendition: Rendition) -> str | None:
    if given.title:
        return given.title
    if layout.title is not None:
        return _HEADING.sub("", " ".join(text[slice(*layout.title)].split()))
    return rendition.title


def _snapshot(raw: Raw, rendition: Rendition, digest: str) -> Snapshot:
    """The bytes travel in the record where the text, encoded again, would not give them back."""
    whole = (
        rendition.extractor is None and rendition.charset is not None and _encodes_to(rendition, raw.snapshot)
    )
    return Snapshot(
        sha256=digest,
        media_type=raw.media_type,
        charset=rendition.charset,
        map=rendition.runs,
        extractor=rendition.extractor,
        data=None if whole else base64.b64encode(raw.snapshot).decode("ascii"),
    )


def _encodes_to(rendition: Rendition, snapshot: bytes) -> bool:
    try:
        return rendition.text.encode(rendition.charset or "utf-8") == snapshot
    except UnicodeEncodeError:
        return False


def blocks(document: Document) -> list[tuple[int, int]]:
    """What is to be read of a document, in order: the spans of title, update notes, body paragraphs and
    captions.

    Bylines, datelines and debris are never read. A document without sections, as a person may write one, is
    divided by the rules for plain text.
    """
    if document.sections:
        parts = [(*section.span, section.kind) for section in document.sections]
    else:
        parts = divide(document.text, document.title).sections
    return sorted((start, end) for start, end, kind in parts if kind in _READ)
