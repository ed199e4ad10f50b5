"""The tables of this folder, and documents made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from onrecord.intake.build import build
from onrecord.intake.types import Given, Intake, Options, Raw
from onrecord.model.problems import Problem
from onrecord.model.records import Document

HERE = Path(__file__).parent


def table(name: str) -> Any:
    """A YAML table of this folder."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def document(text: str, options: Options | None = None, **given: Any) -> Document:
    """The document that plain text becomes; fails where it becomes a problem."""
    made = build(Raw(text.encode(), "text/plain", "case", None, Given(**given)), options or Options())
    assert isinstance(made, Intake), made
    return made.document


def problem_code(raw: bytes, media_type: str = "text/plain", options: Options | None = None) -> str:
    """The code of the problem that the bytes become; fails where they become a document."""
    made = build(Raw(raw, media_type, "case"), options or Options())
    assert isinstance(made, Problem), made
    return made.code
