"""WARC archives: every HTTP response that is a page or plain text is a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.intake import charset
from onrecord.intake.problems import error, missing_extra, problem
from onrecord.intake.source import Source
from onrecord.intake.types import Given, Options, Raw
from onrecord.model.problems import Problem

_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """A document for every successful response of a type that is read; others are passed over.

    The snapshot is the payload with its transfer and content encoding undone; the address and the time of
    retrieval are the record's.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as fault:
        raise missing_extra("warc", "WARC") from fault
    responses = ArchiveIterator(
        source.stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
    )
    try:
        for record in responses:
            if not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
                continue
            media_type = (record.http_content_type or "text/html").lower()
            if media_type in _TYPES:
                yield _document(record, media_type, source.name, options.limits.document_bytes)
    except (RuntimeError, ValueError, OSError) as fault:
        raise error("bad-file", f"not a readable WARC: {fault}", source.name) from fault


def _document(record: Any, media_type: str, name: str, limit: int) -> Raw | Problem:
    """One response; a payload that is damaged or too large is a problem of its own."""
    url = record.headers.get("WARC-Target-URI")
    where = f"{name}:{url or record.record_id}"
    try:
        payload = record.reader.read(limit + 1)
    except (RuntimeError, ValueError, OSError) as fault:
        return problem("bad-file", where, f"the payload cannot be decoded: {fault}")
    if len(payload) > limit:
        return problem("too-large", where, f"a payload of more than {limit} bytes, the limit document_bytes")
    declared = record.http_charset
    given = Given(url=url, retrieved=record.headers.get("WARC-Date"))
    return Raw(payload, media_type, where, charset.known(declared) if declared else None, given)
