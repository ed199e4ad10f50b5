"""E-mail: a message in a file, or the messages of an mbox; its subject, then its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from onrecord.intake import charset
from onrecord.intake.html.walk import walk
from onrecord.intake.problems import error, problem
from onrecord.intake.renditions import Rendition
from onrecord.intake.sections import Region
from onrecord.intake.source import Source
from onrecord.intake.types import Given, Limits, Options, Raw
from onrecord.model.problems import Problem

VERSION = "onrecord-mail/1"
_FROM = re.compile(rb"^From \S+.*\d{4}\s*$")


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """One document for each message; sender and date are read from its head."""
    if not _FROM.match(source.head().partition(b"\n")[0]):
        yield _raw(source.read(options.limits.document_bytes), source.name)
        return
    limit = options.limits.document_bytes
    lines: list[bytes] = []
    number = size = 0
    for line in _lines(source):
        if _FROM.match(line) and (not lines or not lines[-1].strip()):
            yield from _message(lines, size, number, source.name, limit)
            lines, size, number = [], 0, number + 1
            continue
        size += len(line)
        if size <= limit:
            lines.append(line)
    yield from _message(lines, size, number, source.name, limit)


def _lines(source: Source) -> Iterator[bytes]:
    while line := source.stream.readline(1 << 20):
        yield line


def _message(lines: list[bytes], size: int, number: int, name: str, limit: int) -> Iterator[Raw | Problem]:
    where = f"{name}:{number}"
    if size > limit:
        yield problem("too-large", where, f"a message of {size} bytes; the limit document_bytes is {limit}")
    elif lines:
        yield _raw(b"".join(lines), where)


def _raw(snapshot: bytes, where: str) -> Raw:
    message = _parse(snapshot)
    name, address = parseaddr(_header(message, "From") or "")
    given = Given(
        external_id=_header(message, "Message-ID"),
        title=_header(message, "Subject"),
        authors=[name or address] if name or address else [],
        published=_header(message, "Date"),
        published_basis="read",
    )
    return Raw(snapshot, "message/rfc822", where, None, given)


def render(snapshot: bytes, limits: Limits) -> Rendition:
    """Subject and text of a message; an HTML part only where there is no plain one; attachments are left.

    Raises ``too-deep`` and ``no-text``.
    """
    message = _parse(snapshot)
    subject = _header(message, "Subject") or ""
    plain, html = [], []
    for depth, part in _parts(message, 0, limits.depth):
        if depth and part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain.append(_text(part))
        elif kind == "text/html":
            html.append(walk(_text(part), limits.depth).text)
    body = "\n\n".join(text for text in plain or html if text.strip())
    if not body:
        raise error("no-text", "the message has no text part")
    text = f"{subject}\n\n{body}" if subject else body
    regions: list[Region] = [(0, len(subject), "title")] if subject else []
    return Rendition(text, None, VERSION, regions=regions)


def _parse(snapshot: bytes) -> EmailMessage:
    try:
        return message_from_bytes(snapshot, policy=policy.default)
    except (MessageError, ValueError, RecursionError) as fault:
        raise error("bad-file", f"not a readable message: {fault}") from fault


def _parts(part: EmailMessage, depth: int, limit: int) -> Iterator[tuple[int, EmailMessage]]:
    if depth > limit:
        raise error("too-deep", f"parts nested deeper than depth = {limit}")
    if part.is_multipart():
        for child in part.iter_parts():
            if isinstance(child, EmailMessage):
                yield from _parts(child, depth + 1, limit)
    else:
        yield depth, part


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = charset.decode(data, part.get_content_charset()).text if data.strip() else ""
    return text.replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str | None:
    """A header on one line; a broken one counts as missing."""
    try:
        value = message.get(name)
    except (MessageError, ValueError, IndexError, AttributeError):
        return None
    return " ".join(str(value).split()).encode("utf-8", "replace").decode("utf-8") or None if value else None
