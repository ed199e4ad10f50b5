"""What intake takes and gives: options with their limits, raw documents, and finished ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from onrecord.model.problems import Notice
from onrecord.model.records import Document

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on hostile or mistaken input. An error that comes from one names it.

    ``document_bytes``: one snapshot, after decompression. ``line_bytes``: one line of JSONL. ``lines``: one
    text. ``pages``: one PDF. ``depth``: nested JSON values, HTML elements, mail parts.
    """

    document_bytes: int = 10 * MIB
    line_bytes: int = 10 * MIB
    lines: int = 100_000
    pages: int = 2_000
    depth: int = 500


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says about the input; what is said here counts as *given*.

    ``kind``: the kind of input where suffix and content mislead. ``charset``: of text and HTML. The others
    are metadata of every document that is read; a record's own field goes before them.
    """

    kind: str | None = None
    charset: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    marking: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Given:
    """Metadata that came with a document from outside its text.

    ``published_basis`` is *given* for the caller's word and *read* for what a carrier (feed, mail) states.
    """

    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    published_basis: Literal["given", "read"] = "given"
    outlet: str | None = None
    outlet_basis: Literal["given", "read"] = "given"
    retrieved: str | None = None
    language: str | None = None
    supersedes: str | None = None
    translation_of: str | None = None
    marking: str | None = None


@dataclass(slots=True)
class Raw:
    """One document as it came: untouched bytes, what they are, where they stood, what was said of them.

    ``notices`` say what is odd about it; it is read all the same.
    """

    snapshot: bytes
    media_type: str
    where: str
    charset: str | None = None
    given: Given = field(default_factory=Given)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Intake:
    """A document ready to be read, its snapshot's bytes, and its place (``FILE`` or ``FILE:LINE``)."""

    document: Document
    snapshot: bytes
    where: str = ""
    notices: tuple[Notice, ...] = ()
