"""Texts coded with the shipped model, once each; tests that need the model are skipped where it is not there."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import onrecord.reading
from onrecord.coding.coder import Coder
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import CodedDocument, Document, Published, Section, Snapshot
from onrecord.reading import Reader

_MODEL = Path(onrecord.reading.__file__).parent / "data" / "model.onnx"
needs_model = pytest.mark.skipif(not _MODEL.is_file(), reason="the reading model is not there")


@lru_cache(maxsize=1)
def _tools() -> tuple[Coder, Reader]:
    return Coder(), Reader()


@lru_cache(maxsize=512)
def coded(text: str, day: str = "2021-10-06") -> CodedDocument:
    """A bare text, all of it body, of a given day."""
    digest = sha256(text.encode())
    document = Document(
        id=document_id(digest, None, None),
        published=Published(value=day, basis="given"),
        snapshot=Snapshot(sha256=digest),
        text=text,
        sections=[Section(kind="body", span=(0, len(text)))],
    )
    coder, reader = _tools()
    return coder.code_reading(document, reader.read(text))
