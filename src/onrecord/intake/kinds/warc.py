"""WARC archives: every HTTP response that is a page or plain text is a document."""

from __future__ import annotations

from collections.abc import Iterator

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
    limit = options.limits.document_bytes
    try:
        for record in ArchiveIterator(source.stream, record_types=WarcRecordType.response, parse_http=True):
            if not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
                continue
            media_type = (record.http_content_type or "text/html").lower()
            if media_type not in _TYPES:
                continue
            url = record.headers.get("WARC-Target-URI")
            where = f"{source.name}:{url or record.record_id}"
            payload = record.reader.read(limit + 1)
            if len(payload) > limit:
                yield problem(
                    "too-large", where, f"a payload of more than {limit} bytes, the limit document_bytes"
                )
                continue
            declared = record.http_charset
            given = Given(url=url, retrieved=record.headers.get("WARC-Date"))
            yield Raw(payload, media_type, where, charset.known(declared) if declared else None, given)
    except (RuntimeError, ValueError, OSError) as fault:
        raise error("bad-file", f"not a readable WARC: {fault}", source.name) from fault
