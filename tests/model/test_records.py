"""The interchange format: what is written by hand is read, and what is wrong is named with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import checks
from onrecord.model.ids import digest, document_id, sha256
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument
from onrecord.model.schema import schema_json
from tests.samples import by_hand

ROOT = Path(__file__).parents[2]


def test_a_document_written_by_hand_is_read_whole_and_written_back_the_same() -> None:
    coded = checks.load(json.dumps(by_hand()), "hand.jsonl:1")
    again = checks.load(coded.to_json(), "again")
    assert again == coded
    assert coded.acts[1].from_ == 20 and '"from":20' in coded.to_json()
    assert coded.document.words((91, 96)) == "eight"


def test_the_committed_schema_is_the_models_own_and_accepts_what_they_accept() -> None:
    committed = (ROOT / "docs" / "onrecord-1.schema.json").read_text(encoding="utf-8")
    assert committed == schema_json(), "regenerate with: onrecord schema > docs/onrecord-1.schema.json"
    jsonschema.validate(by_hand(), json.loads(committed))


def _set(path: str, value: object) -> Any:
    def change(document: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        place: Any = document
        for part in parents:
            place = place[int(part)] if part.isdigit() else place[part]
        place[int(last) if last.isdigit() else last] = value

    return change


FAULTS = [
    ("a misspelt field", _set("events.0.trigers", [0, 1]), "bad-record", "events.0.trigers"),
    ("a span that runs backwards", _set("events.0.trigger", [9, 3]), "bad-record", "events.0.trigger"),
    ("a span past the end", _set("claims.0.content", [[14, 999]]), "bad-span", "claims.0.content.0"),
    ("a type that PLOVER does not have", _set("events.0.type", "STATEMENT"), "bad-record", "events.0.type"),
    ("a stance that is not one of the eleven", _set("claims.0.stance", "hints"), "bad-record", "stance"),
    ("a date that is not EDTF", _set("events.0.time.edtf", "6 October"), "bad-record", "time"),
    ("an actor who is not there", _set("events.0.actors", ["a7"]), "bad-reference", "a7"),
    ("two records of one id", _set("acts.1.id", "m1"), "bad-reference", "m1"),
    ("a claim about nothing", _set("claims.0.about", ["m9"]), "bad-reference", "m9"),
    ("another format", _set("format", "onrecord/9"), "bad-record", "format"),
]


@pytest.mark.parametrize(("change", "code", "named"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_is_named_with_its_code_and_its_place(change: Any, code: str, named: str) -> None:
    document = by_hand()
    change(document)
    with pytest.raises(OnrecordError) as caught:
        checks.load(json.dumps(document), "hand.jsonl:3")
    problem = caught.value.problem
    assert (problem.code, problem.where) == (code, "hand.jsonl:3")
    assert named in problem.what and problem.remedy


def test_what_is_no_json_is_a_problem_of_its_own() -> None:
    with pytest.raises(OnrecordError) as caught:
        checks.load("{not json", "x:1")
    assert caught.value.problem.code == "bad-json"


def test_two_outlets_with_the_same_words_are_two_documents() -> None:
    same = sha256(b"words")
    assert document_id(same, None, "Meridian Wire") != document_id(same, None, "Harbour Post")
    assert document_id(same, None, "Meridian Wire") == document_id(same, None, "Meridian Wire")


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_digests(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_every_field_of_the_format_has_a_home() -> None:
    """The names that the published format gives its records; readers hang on each of them."""
    assert set(CodedDocument.model_fields) == {
        "format", "coded_by", "document", "actors", "events", "claims", "acts", "missions", "incidents",
        "expectations", "forums", "links", "inferred",
    }  # fmt: skip
