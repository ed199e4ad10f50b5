"""Reports for the tests, in our own words, as records of JSONL; and coders that fail on purpose."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord.coding.coder import Coder
from onrecord.intake.rows import raw
from onrecord.intake.types import Intake, Raw
from onrecord.model.problems import Problem
from onrecord.model.records import CodedDocument
from onrecord.scale.stage import Settings

STATES = ("Norland", "France", "Poland", "Russia", "Estonia", "Japan", "Brazil", "Kenya", "Chile", "Ghana")
POISON = "poison"
"""A word at which the coder of `Dying` ends its process, and that of `Failing` raises."""


def text(number: int) -> str:
    one, other = STATES[number % len(STATES)], STATES[(number * 3 + 1) % len(STATES)]
    return (
        f"{one} expels {number + 2} diplomats\n\n"
        f"{one} expelled {number + 2} diplomats of {other} on Monday. {other} denied that they were spies.\n"
    )


def record(number: int, **fields: Any) -> dict[str, Any]:
    told = {"id": f"r{number}", "text": text(number), "published": "2021-10-07", "language": "en"}
    return {**told, **fields}


def raws(records: Iterable[dict[str, Any]]) -> Iterator[Raw | Problem]:
    """Raw documents; a record without a text is the problem that intake makes of it."""
    for number, fields in enumerate(records, 1):
        if "text" in fields:
            yield raw(fields, f"in:{number}")
        else:
            yield Problem(code="missing-field", where=f"in:{number}", what="no field `text`", remedy="…")


def write(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(fields) + "\n" for fields in records), encoding="utf-8")
    return path


class _Poisoned(Coder):
    def code_reading(self, document: Any, reading: Any) -> CodedDocument:
        if POISON in document.text:
            self.swallow()
        return super().code_reading(document, reading)

    def swallow(self) -> None:
        raise ZeroDivisionError("division by poison")


class _Mortal(_Poisoned):
    def swallow(self) -> None:
        os._exit(7)


@dataclass(frozen=True, slots=True)
class Failing(Settings):
    """Settings whose coder raises at a poisoned text."""

    def coder(self, threads: int = 1) -> Coder:
        return _Poisoned()


@dataclass(frozen=True, slots=True)
class Dying(Settings):
    """Settings whose coder ends its process at a poisoned text."""

    def coder(self, threads: int = 1) -> Coder:
        return _Mortal()


@dataclass(frozen=True, slots=True)
class Unborn(Settings):
    """Settings that cannot be had where the workers are, as where onrecord is not installed.

    ``left``: a folder with a file for each of the workers that are still to fail.
    """

    left: Path | None = None

    def __reduce__(self) -> Any:
        return _unborn, (self.left,)


def _unborn(left: Path) -> Settings:
    for file in left.iterdir():
        file.unlink()
        import_module("no_such_module")
    return Settings()


def alone(items: Sequence[Raw | Problem]) -> list[bytes | Problem]:
    """What each item gives by itself."""
    from onrecord.intake.build import build
    from onrecord.intake.types import Options

    coder = Coder()
    found: list[bytes | Problem] = []
    for item in items:
        ready = build(item, Options()) if isinstance(item, Raw) else item
        found.append(coder.code(ready).to_json().encode() + b"\n" if isinstance(ready, Intake) else ready)
    return found
