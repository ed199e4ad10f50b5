"""Tables of sentences with what is to be coded: the cases that count, and those that are known not to work yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.model.records import CodedDocument

Case = dict[str, Any]
_FOLDER = Path(__file__).parent


def table(name: str) -> Any:
    """One table of this folder."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def counted(cases: list[Case]) -> list[Case]:
    """The cases that are held to a floor."""
    return [case for case in cases if "xfail" not in case]


def open_cases(cases: list[Case]) -> list[Any]:
    """The cases that do not work yet, each with its reason, as parameters of a test."""
    return [
        pytest.param(case, id=case["text"][:40], marks=pytest.mark.xfail(reason=case["xfail"]))
        for case in cases
        if "xfail" in case
    ]


def misses(cases: list[Case], right: Callable[[Case], bool]) -> list[str]:
    """The texts of the cases that are not coded right."""
    return [case["text"] for case in cases if not right(case)]


def named(document: CodedDocument, actor: str | None, wanted: str | None) -> bool:
    """Whether an actor is the one of these words, by his name or by a mention."""
    if actor is None or wanted is None:
        return actor is wanted
    found = next(each for each in document.actors if each.id == actor)
    names = [found.name, *(document.document.words(span) for span in found.mentions)]
    return any(wanted in name or name in wanted for name in names)


def spoken(document: CodedDocument, span: tuple[int, int], words: str) -> bool:
    """Whether a span has something of these words in it."""
    start = document.document.text.index(words)
    return span[0] < start + len(words) and start < span[1]
