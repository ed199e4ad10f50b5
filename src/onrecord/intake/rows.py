"""A record with fields, as a line of JSONL or a row of a table, made into a raw document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onrecord.intake import calendar, notices
from onrecord.intake.problems import error
from onrecord.intake.types import Given, Raw
from onrecord.model.problems import OnrecordError

FIELDS = tuple(notices.ALIKE)
_NOTHING: tuple[object, ...] = (None, "", [])


def raw(record: Mapping[str, Any], where: str) -> Raw:
    """The record's ``text`` is the snapshot, in UTF-8; its other known fields are given, unknown ones are
    left, with a notice where they look like one that is known.

    Raises ``missing-field``, ``bad-field`` and ``bad-encoding``.
    """
    text = record.get("text")
    if text is None:
        raise missing_text("field", record, where)
    if not isinstance(text, str):
        raise error("bad-field", f"`text` is {_kind(text)}, not a string", where)
    try:
        snapshot = text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise error(
            "bad-encoding", f"`text` holds half of a surrogate pair at {fault.start}", where
        ) from fault
    filled = [name for name, value in record.items() if value not in _NOTHING]
    told = notices.of_fields(filled, filled, where)
    retrieved = _string(record, "retrieved", where)
    if retrieved is not None and calendar.given(retrieved) is None:
        what = f"retrieved {retrieved!r} is not a calendar date; it is left out"
        told.append(notices.notice("bad-date", where, what))
        retrieved = None
    given = Given(
        external_id=_string(record, "id", where),
        url=_string(record, "url", where),
        title=_string(record, "title", where),
        authors=_authors(record.get("authors"), where),
        published=_string(record, "published", where),
        outlet=_string(record, "outlet", where),
        retrieved=retrieved,
        language=_string(record, "language", where),
        supersedes=_string(record, "supersedes", where),
        translation_of=_string(record, "translation_of", where),
        marking=_string(record, "marking", where),
    )
    return Raw(snapshot, "text/plain", where, "utf-8", given, told)


def missing_text(what: str, names: Iterable[str], where: str) -> OnrecordError:
    """The error for a record, or a table, that has no ``text``; it names what looks like it."""
    like = [name for name, field in notices.misnamed(names, ()).items() if field == "text"]
    told = f"; `{like[0]}` looks meant" if like else ""
    return error("missing-field", f"no {what} `text`{told}", where)


def _string(record: Mapping[str, Any], name: str, where: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise error("bad-date" if name == "published" else "bad-field", f"`{name}` is {_kind(value)}", where)
    return _whole(value, name, where)


def _authors(value: Any, where: str) -> list[str]:
    """A list of names, or one string of them parted by semicolons."""
    if value is None or value == "":
        return []
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not all(isinstance(name, str) for name in names):
        raise error("bad-field", f"`authors` is {_kind(value)}, not names", where)
    return [_whole(name.strip(), "authors", where) for name in names if name.strip()]


def _whole(value: str, name: str, where: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise error(
            "bad-encoding", f"`{name}` holds half of a surrogate pair at {fault.start}", where
        ) from fault
    return value


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")
