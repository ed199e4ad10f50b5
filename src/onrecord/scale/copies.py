"""Copies of one text in a run: coded once, and given again under each copy's own document.

What is coded of a document follows from its text, its sections and the day of its publication alone (a test
of `tests/scale` holds the coder to that). Two documents that share these, as wire copies in two papers do,
share everything but the record's `document`, which is put in the place of the other's.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import OrderedDict
from dataclasses import dataclass

from onrecord.intake.types import Intake, Raw
from onrecord.model.problems import Problem
from onrecord.scale.stage import Outcome, place

KEPT_BYTES = 128 * 1024 * 1024
"""Bound on what is kept for copies to come, results compressed: some 50,000 reports of 450 words."""
ENTRY_BYTES = 512
"""What an entry takes beside its result: key, table, objects. Counted so that many short ones are bounded too."""
_MEMBER = b'"document":'


@dataclass(slots=True)
class _Kept:
    """The result under one key: nothing yet, a compressed line, or a problem; and how many copies wait for it."""

    result: bytes | Problem | None = None
    waiting: int = 0

    @property
    def size(self) -> int:
        if isinstance(self.result, Problem):
            return 2 * ENTRY_BYTES  # a page that is no article is as common as one that is
        return ENTRY_BYTES + len(self.result or b"")


class Copies:
    """What a run has coded lately, by what decides its coding.

    A document is met in the order of the input (`seen`), and results come in the same order (`keep`), so
    that a copy's original is always there when its turn comes (`again`).
    """

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._bytes = 0
        self._limit = limit

    def seen(self, key: bytes) -> bool:
        """True where a document with this key came before; the caller then asks `again` for its result."""
        kept = self._kept.get(key)
        if kept is None:
            self._kept[key] = _Kept()
            return False
        kept.waiting += 1
        self._kept.move_to_end(key)
        return True

    def keep(self, key: bytes, outcome: Outcome) -> None:
        """The result of the document that `seen` was first asked about with this key."""
        kept = self._kept[key]
        kept.result = zlib.compress(outcome, 1) if isinstance(outcome, bytes) else outcome
        self._bytes += kept.size
        self._forget()

    def again(self, key: bytes, item: Intake | Raw) -> Outcome:
        """The result for a copy: the same line with the copy's own document, or the same problem in its place."""
        kept = self._kept[key]
        kept.waiting -= 1
        if isinstance(kept.result, Problem):
            return kept.result.model_copy(update={"where": place(item)})
        assert kept.result is not None, "a copy came before its original"
        line = zlib.decompress(kept.result)
        return _with_document(line, item) if isinstance(item, Intake) else line

    def _forget(self) -> None:
        """Drop the oldest results beyond the limit, but none that a copy waits for."""
        for key in list(self._kept) if self._bytes > self._limit else ():
            kept = self._kept[key]
            if kept.result is not None and not kept.waiting:
                self._bytes -= kept.size
                del self._kept[key]
            if self._bytes <= self._limit * 0.9:
                break


def key_of(item: Intake | Raw) -> bytes:
    """What decides the coding of an item, hashed: 16 bytes.

    Of a finished document that is its text, sections and day; of bytes whose text is not known yet, the
    bytes with all that is said of them.
    """
    total = hashlib.blake2b(digest_size=16)
    if isinstance(item, Intake):
        document = item.document
        day = document.published.value[:10] if document.published else None
        parts = [(section.kind, *section.span) for section in document.sections]
        told = json.dumps([day, parts])
        data = document.text.encode("utf-8", "surrogatepass")
    else:
        told, data = repr((item.media_type, item.charset, item.given)), item.snapshot
    total.update(len(told).to_bytes(8, "big"))
    total.update(told.encode("utf-8", "surrogatepass"))
    total.update(data)
    return total.digest()


def _with_document(line: bytes, item: Intake) -> bytes:
    """A coded line with another document in the place of its own."""
    text = line.decode("utf-8")
    start = text.index(_MEMBER.decode()) + len(_MEMBER)
    _, end = json.JSONDecoder().raw_decode(text, start)
    other = item.document.model_dump_json(by_alias=True, exclude_none=True)
    return (text[:start] + other + text[end:]).encode("utf-8")
