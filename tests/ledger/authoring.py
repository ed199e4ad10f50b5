"""A compact way to write coded documents by hand: YAML in which a span is a quotation of the text.

One file is a list of documents. Records are maps from local id to fields; wherever the format has a span,
the file has the words themselves ("words@2" for their second occurrence), and a time may be written
"2021-10-06 | Wednesday" (EDTF, then the phrase). An end of a link in another document is "name:id". A copy
names the document it rewrites (`copy_of`), its outlet, the lead that it puts before the text and the words
that it changes; its records are those of the original, on its own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from onrecord.model.ids import document_id, sha256
from onrecord.model.records import CodedDocument

GROUPS = ("actors", "events", "claims", "acts", "missions", "incidents", "expectations", "forums", "links")
ONE = {"trigger", "cue", "condition", "span", "phrase", "words"}
MANY = {"evidence", "mentions", "content"}
TIMES = {"time", "window", "deadline", "decided", "act", "announced", "notified", "effective"}


@dataclass(frozen=True)
class Written:
    """A hand-coded document with the name it has in its file and the moment it became known."""

    name: str
    coded: CodedDocument
    recorded: str | None


def load(path: Path, only: set[str] | None = None) -> list[Written]:
    return compile_documents(yaml.safe_load(path.read_text("utf-8")), only)


def compile_documents(documents: list[dict[str, Any]], only: set[str] | None = None) -> list[Written]:
    originals = {one["document"]: one for one in documents}
    documents = [_copied(one, originals[one["copy_of"]]) if "copy_of" in one else one for one in documents]
    documents = [_returned(one) if one.get("crlf") else one for one in documents]
    ids = {one["document"]: _id(one) for one in documents}
    return [_compile(one, ids) for one in documents if only is None or one["document"] in only]


def _copied(copy: dict[str, Any], original: dict[str, Any]) -> dict[str, Any]:
    """The original with a copy's own outlet, lead and words, in its text and in every quotation of it."""
    changes = [pair for pair in copy.get("edits", []) if pair[0] != pair[1]]

    def edited(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: edited(item) for key, item in value.items()}
        if isinstance(value, list):
            return [edited(item) for item in value]
        if isinstance(value, str):
            for old, new in changes:
                value = value.replace(old, new)
        return value

    records = {group: edited(original.get(group, {})) for group in GROUPS}
    lead = copy.get("lead", "")
    text = (lead + "\n" if lead else "") + edited(original["text"])
    return {**original, **records, **copy, "text": text}


def _returned(value: Any) -> Any:
    """Every line end as carriage return and line feed."""
    if isinstance(value, dict):
        return {key: _returned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_returned(item) for item in value]
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def _id(one: dict[str, Any]) -> str:
    return document_id(sha256(one["text"].encode()), one["document"], one.get("outlet"))


def _compile(one: dict[str, Any], ids: dict[str, str]) -> Written:
    text = one["text"]
    head: dict[str, Any] = {
        "id": ids[one["document"]],
        "external_id": one["document"],
        "title": one.get("title"),
        "outlet": {"name": one.get("outlet"), "basis": one.get("basis", "read")},
        "snapshot": {"sha256": sha256(text.encode())},
        "text": text,
        "supersedes": ids.get(one.get("supersedes", "")),
        "translation_of": ids.get(one.get("translation_of", "")),
        "marking": one.get("marking"),
        "sections": [{"kind": kind, "span": _find(text, words)} for kind, words in one.get("sections", [])],
    }
    if "published" in one:
        head["published"] = {"value": str(one["published"]), "basis": "given"}
    whole: dict[str, Any] = {
        "coded_by": one.get("coded_by", {"kind": "person", "name": "desk", "at": "2021-12-01T00:00:00Z"}),
        "document": head,
        "inferred": one.get("inferred", []),
    }
    for group in GROUPS:
        whole[group] = [
            {"id": identity, **_fields(text, group, fields, ids)}
            for identity, fields in one.get(group, {}).items()
        ]
    return Written(one["document"], CodedDocument.model_validate(whole), one.get("recorded"))


def _fields(text: str, group: str, fields: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    done: dict[str, Any] = {}
    for name, value in fields.items():
        if group == "links" and name in ("from", "to") and ":" in value:
            document, identity = value.split(":")
            done[name] = {"document": ids[document], "id": identity}
        else:
            done[name] = _value(text, group, name, value, ids)
    return done


def _value(text: str, group: str, name: str, value: Any, ids: dict[str, str]) -> Any:
    if name in ONE and isinstance(value, str):
        return _find(text, value)
    if name in MANY:
        return _find(text, value) if isinstance(value, str) else [_find(text, words) for words in value]
    # "act" is a date among the dates of a measure, and the kind of measure elsewhere.
    if name in TIMES and isinstance(value, str) and not (name == "act" and value[0].isalpha()):
        edtf, _, phrase = (part.strip() for part in value.partition("|"))
        return {"edtf": edtf, "phrase": _find(text, phrase) if phrase else None}
    if isinstance(value, dict):
        return {key: _value(text, group, key, item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(text, group, "", item, ids) for item in value]
    return value


def _find(text: str, words: str) -> tuple[int, int]:
    words, _, which = words.partition("@")
    start = -1
    for _ in range(int(which or 1)):
        start = text.find(words, start + 1)
        assert start >= 0, f"{words!r} is not in the text {text[:60]!r}"
    return start, start + len(words)
