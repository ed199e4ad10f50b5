"""The atomic record: one statement, and the one function that says what its id covers."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from onrecord.model.problems import OnrecordError

DOCUMENT_KEY = 12
SUBJECT_TAIL = 10


class Statement(NamedTuple):
    """One row of the ledger, in the order of its columns.

    ``value`` is canonical JSON; ``words`` the original words where this statement owns its span;
    ``words_hash`` the hash of the words at ``document[span_start:span_end]``; ``recorded`` microseconds
    since 1970 in UTC; ``valid_from`` and ``valid_to`` whole days, both included, None for an open end.
    """

    seq: int
    id: str
    subject: str
    kind: str
    property: str
    value: str
    words: str | None
    document: str | None
    span_start: int | None
    span_end: int | None
    words_hash: str | None
    holder: str | None
    relay: str | None
    polarity: str | None
    certainty: str | None
    valid_from: str | None
    valid_to: str | None
    recorded: int
    author: str
    coding: str
    retracts: str | None


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, characters as they are."""
    return _dumps(value)


def hash_words(words: str) -> str:
    """128 bits of the SHA-256 of the exact words, in hex."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def document_key(document: str) -> str:
    """A short stable key of a document id; record ids begin with it, so that an id leads to its document."""
    return hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:DOCUMENT_KEY]


def statement_id(
    subject: str,
    property: str,
    value: str,
    document: str | None,
    span_start: int | None,
    span_end: int | None,
    words_hash: str | None,
    holder: str | None,
    relay: str | None,
    polarity: str | None,
    certainty: str | None,
    valid_from: str | None,
    valid_to: str | None,
    author: str,
    coding: str,
    retracts: str | None,
) -> str:
    """What a statement's id covers: everything that is said, where, on whose word and by which author.

    It leaves out only when the ledger learned it (``recorded``, ``seq``), ``kind``, which the subject
    implies, and ``words``, which ``words_hash`` stands for. The first twelve characters are the key of the
    document, so that the statements of one document lie together in the index; the other 28 are 112 bits of
    SHA-256.
    """
    covered = _dumps(
        [
            subject,
            property,
            value,
            document,
            span_start,
            span_end,
            words_hash,
            holder,
            relay,
            polarity,
            certainty,
            valid_from,
            valid_to,
            author,
            coding,
            retracts,
        ]
    )
    return (
        subject[1 : DOCUMENT_KEY + 1]
        + hashlib.sha256(covered.encode("utf-8", "surrogatepass")).hexdigest()[:28]
    )


def row_id(row: Statement) -> str:
    """The id that a stored row should have."""
    return statement_id(
        row.subject,
        row.property,
        row.value,
        row.document,
        row.span_start,
        row.span_end,
        row.words_hash,
        row.holder,
        row.relay,
        row.polarity,
        row.certainty,
        row.valid_from,
        row.valid_to,
        row.author,
        row.coding,
        row.retracts,
    )


def subject_id(letter: str, document: str, *parts: object) -> str:
    """``letter`` + document key + ``.`` + digest of ``parts``: the same record of a document has the same id.

    A re-coding that finds an event at the same words gives it the same id, so decisions stay with it.
    """
    tail = hashlib.sha256(_dumps([document, *parts]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{letter}{document_key(document)}.{tail[:SUBJECT_TAIL]}"


def micros(moment: datetime) -> int:
    """Microseconds since 1970 of an aware datetime."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


def moment(micro: int) -> datetime:
    """The aware UTC datetime of microseconds since 1970."""
    return datetime.fromtimestamp(micro // 1_000_000, UTC).replace(microsecond=micro % 1_000_000)


def iso(micro: int) -> str:
    """``2021-10-07T08:30:00Z``, with a fraction only where there is one."""
    return moment(micro).isoformat().replace("+00:00", "Z")


def as_micros(value: str | datetime, end_of_day: bool = False) -> int:
    """A moment given as ISO 8601 (a bare day is its first or last moment, no zone is UTC) or datetime.

    Raises OnrecordError ``bad-time``.
    """
    if isinstance(value, str):
        try:
            parsed = datetime.fromisoformat(value)
        except ValueError:
            raise OnrecordError(
                "bad-time", f"{value!r} is not an ISO 8601 time", "Write 2021-10-07 or 2021-10-07T09:00:00Z."
            ) from None
        if end_of_day and len(value) == 10:
            parsed = parsed.replace(hour=23, minute=59, second=59, microsecond=999_999)
        value = parsed
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    try:
        return micros(value)
    except OverflowError:  # its zone takes it out of the calendar
        raise OnrecordError("bad-time", f"{value} lies outside the calendar", "Write it in UTC.") from None
