"""What a request asks for: filters, the two times, a place in a list; empty fields count as left out."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from onrecord.ledger.statements import as_micros
from onrecord.ledger.windows import in_order
from onrecord.model.dates import parse
from onrecord.model.problems import OnrecordError

LIMIT, MOST = 50, 500
LONGEST = 400

# What each filter chooses, for forms, the OpenAPI document and the page on the API alike.
FILTERS: dict[str, tuple[str, str]] = {
    "since": ("Only what happened on or after this day (EDTF).", "2021-10"),
    "until": ("Only what happened on or before this day (EDTF).", "2021-12"),
    "actor": ("A code, or words of a name.", "RUS"),
    "recipient": ("Only what was done to this party.", "NATO"),
    "type": ("PLOVER type, or TYPE:mode.", "SANCTION:expel"),
    "stance": ("How the holder stands to it.", "denies"),
    "status": ("Only what stands so.", "contested"),
    "kind": ("Only this kind.", "person"),
}
TIMES: dict[str, tuple[str, str]] = {
    "as_of": ("The state of things on this day (valid time, EDTF).", "2021-10-03"),
    "known_at": ("Only what had been recorded by then (record time, ISO 8601).", "2021-10-07"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's parameters, checked. Raises OnrecordError ``bad-date``, ``bad-parameter``."""

    as_of: str | None = None
    known_at: str | None = None
    filters: dict[str, str] = field(default_factory=dict)
    newest: bool = False
    limit: int = LIMIT
    cursor: str | None = None

    @classmethod
    def of(cls, params: Mapping[str, str], filters: tuple[str, ...] = (), newest: bool = False) -> Asked:
        told = {name: value.strip() for name, value in params.items() if value.strip()}
        for name, value in told.items():
            if len(value) > LONGEST or "\0" in value:
                raise bad(name, f"longer than {LONGEST} characters, or not text")
        for name in ("as_of", "since", "until"):
            if name in told and (name == "as_of" or name in filters):
                try:
                    parse(told[name])
                except OnrecordError as error:
                    raise error.at(name) from None
        if "since" in filters and "until" in filters:
            in_order(told.get("since"), told.get("until"), "since")
        if "known_at" in told:
            try:
                as_micros(told["known_at"], end_of_day=True)
            except OverflowError:  # a zone that leads out of the calendar at its ends
                raise bad("known_at", "outside of the years 1 to 9999") from None
        order = told.get("order")
        if order not in (None, "oldest", "newest"):
            raise bad("order", "neither oldest nor newest")
        return cls(
            told.get("as_of"),
            told.get("known_at"),
            {name: told[name] for name in filters if name in told},
            newest if order is None else order == "newest",
            _limit(told.get("limit")),
            told.get("cursor"),
        )

    @property
    def times(self) -> dict[str, str]:
        """The two times as they are handed on from page to page."""
        told = {"as_of": self.as_of, "known_at": self.known_at}
        return {name: value for name, value in told.items() if value}

    def url(self, path: str, **more: Any) -> str:
        """An address in the same two times."""
        return address(path, {**self.times, **more})

    def of_page(self, told: str) -> str:
        """An address, written as such with a query and a fragment of its own, in the same two times."""
        there, mark, fragment = told.partition("#")
        there, _, query = there.partition("?")
        more = urlencode({**self.times, **dict(parse_qsl(query))})
        return there + (f"?{more}" if more else "") + mark + fragment


def address(path: str, params: Mapping[str, Any]) -> str:
    """A path with its parameters, what is None or empty left out."""
    told = {name: str(value) for name, value in params.items() if value not in (None, "")}
    return quote(path, safe="/:") + ("?" + urlencode(told) if told else "")


def bad(name: str, what: str) -> OnrecordError:
    return OnrecordError("bad-parameter", what, "The page /api lists the parameters with examples.", name)


def _limit(told: str | None) -> int:
    if told is None:
        return LIMIT
    if not (told.isascii() and told.isdigit() and int(told[:9]) > 0 and len(told) < 9):
        raise bad("limit", "not a whole number from 1 on")
    return min(int(told), MOST)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list: its rows, how many there are in all, and the cursors of what comes before and after."""

    rows: list[Any]
    total: int
    start: int
    next: str | None
    back: str | None


def cut(rows: list[Any], asked: Asked, identify: Any) -> Slice:
    """The rows from the cursor on. A cursor names the row it stands before, so that new rows do not shift it."""
    start = 0
    if asked.cursor:
        offset, identity = _read(asked.cursor)
        here = [place for place, row in enumerate(rows) if identify(row) == identity]
        start = min(here, key=lambda place: abs(place - offset)) if here else min(offset, len(rows))
    end = min(start + asked.limit, len(rows))
    before = max(start - asked.limit, 0)
    return Slice(
        rows[start:end],
        len(rows),
        start,
        _write(end, identify(rows[end])) if end < len(rows) else None,
        _write(before, identify(rows[before])) if start > 0 else None,
    )


def _write(offset: int, identity: str) -> str:
    told = json.dumps([offset, identity], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        offset, identity = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        if isinstance(offset, int) and isinstance(identity, str) and offset >= 0:
            return offset, identity
    except (ValueError, TypeError, binascii.Error):
        pass
    raise bad("cursor", "not a cursor that this server gave")
