"""STIX 2.1, read back by the stix2 library: rivals survive, words stay words, a denial is no deed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import stix2

from onrecord.exchange import Picture, export
from onrecord.exchange.stix_words import CREATOR, EXTENSION, TLP_IDS, confidence
from onrecord.model.records import Certainty


@pytest.fixture(scope="module")
def bundle(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp("stix") / "bundle.json"
    export(picture, "stix", out)
    return stix2.parse(out.read_text("utf-8"), allow_custom=False)


def of(bundle: Any, kind: str) -> list[Any]:
    return [one for one in bundle.objects if one.type == kind]


def ours(item: Any) -> dict[str, Any]:
    found: dict[str, Any] = item.extensions[EXTENSION]
    return found


def test_rival_attributions_stand_side_by_side_each_with_its_own_confidence(bundle: Any) -> None:
    names = {one.id: one.name for one in of(bundle, "identity")}
    incident = of(bundle, "incident")[0]
    told = {
        names[one.target_ref]: (
            ours(one).get("confidence"),
            ours(one).get("likelihood"),
            one.get("confidence"),
        )
        for one in of(bundle, "relationship")
        if one.relationship_type == "attributed-to" and one.source_ref == incident.id
    }
    assert set(told) == {"Russia", "an arms dealer", "the dealer's rivals"}
    assert told["Russia"] == ({"scale": "icd203", "from": "moderate"}, None, None)
    graded, likely, number = told["an arms dealer"]
    assert graded == {"scale": "icd203", "from": "low", "to": "moderate"} and number is None
    assert likely == {"scale": "icd203", "term": "very likely", "low": 0.8, "high": 0.95}
    assert told["the dealer's rivals"][2] == 70, "Admiralty credibility 2 has a number in STIX's appendix A"


WORDS = [
    ({"confidence": {"scale": "icd203", "from": "high"}}, None),
    ({"confidence": {"scale": "stix", "from": "High"}}, 85),
    ({"confidence": {"scale": "stix", "from": "Low", "to": "Med"}}, None),
    ({"likelihood": {"scale": "icd203", "term": "very likely", "low": 0.8, "high": 0.95}}, None),
    ({"likelihood": {"scale": "phia", "term": "realistic possibility", "low": 0.4, "high": 0.5}}, None),
    ({"admiralty": {"source": "A", "information": "6"}}, None),
    ({"admiralty": {"source": "F", "information": "1"}}, 90),
    (
        {"confidence": {"scale": "icd203", "from": "low"}, "admiralty": {"source": "A", "information": "1"}},
        None,
    ),
    ({}, None),
]


@pytest.mark.parametrize(("certainty", "number"), WORDS)
def test_words_become_a_number_only_where_stix_gives_one(
    certainty: dict[str, Any], number: int | None
) -> None:
    assert confidence(Certainty.model_validate(certainty)) == number


def test_a_denial_is_an_opinion_on_the_attribution_that_it_denies(bundle: Any) -> None:
    names = {one.id: one.name for one in of(bundle, "identity")}
    blamed = {one.id: names[one.target_ref] for one in of(bundle, "relationship")}
    denials = [one for one in of(bundle, "opinion") if "onrecord:denies" in one.labels]
    assert len(denials) == 1 and denials[0].opinion == "disagree" and denials[0].authors == ["Russia"]
    assert {blamed[one] for one in denials[0].object_refs if one in blamed} == {"Russia"}
    assert "any role in the blast" in denials[0].explanation


def test_no_accusation_plan_or_attempt_is_told_as_a_deed(bundle: Any, picture: Picture) -> None:
    notes = [one for one in of(bundle, "note") if ours(one)["record"] == "event"]
    assert len(notes) == len(picture.events)
    deeds = {one.abstract for one in notes if "onrecord:deed" in one.labels}
    assert len(deeds) == len(picture.deeds)
    assert not any("ASSAULT" in one or "did not" in one for one in deeds)
    for note in notes:
        assert ours(note)["done"] is ("onrecord:deed" in note.labels)


def test_a_mission_is_an_identity_with_its_four_numbers_apart(bundle: Any) -> None:
    mission = next(one for one in of(bundle, "identity") if "onrecord:mission" in one.get("labels", []))
    told = ours(mission)
    assert (told["sending"], told["receiving"]) == ("RUS", "CZE") and "cap" not in told
    assert told["filled"]["value"] == 18 and told["removed"][0]["value"] == 18
    assert told["removed"][0]["unit"] == "diplomats"


def test_the_extension_is_defined_and_its_schema_fits_every_object(bundle: Any) -> None:
    import jsonschema

    definition = next(one for one in of(bundle, "extension-definition") if one.id == EXTENSION)
    schema = json.loads(definition.schema)
    for one in json.loads(bundle.serialize())["objects"]:
        if EXTENSION in one.get("extensions", {}):
            jsonschema.validate(one["extensions"][EXTENSION], schema)
    assert definition.created_by_ref == CREATOR


def test_every_reference_leads_to_an_object_of_the_bundle(bundle: Any) -> None:
    plain = json.loads(bundle.serialize())["objects"]
    known = {one["id"] for one in plain}
    for one in plain:
        for name, value in one.items():
            if name.endswith("_ref") or name.endswith("_refs"):
                assert set([value] if isinstance(value, str) else value) <= known, (one["id"], name)


def test_markings_are_tlp_2_and_cover_what_comes_from_a_marked_document(
    bundle: Any, picture: Picture
) -> None:
    amber = TLP_IDS["TLP:AMBER"]
    marked = next(one for one in of(bundle, "marking-definition"))
    assert marked.id == amber and marked.name == "TLP:AMBER"
    assert all(amber in one.object_marking_refs for one in of(bundle, "relationship"))


def test_what_a_later_report_joins_is_modified_by_it(bundle: Any) -> None:
    note = next(one for one in of(bundle, "note") if "SANCTION:expel" in one.abstract and ours(one)["done"])
    assert (note.created.isoformat(), note.modified.isoformat()) == (
        "2021-04-18T10:00:00+00:00",
        "2021-04-19T10:00:00+00:00",
    )


def test_a_second_export_has_the_same_bytes(picture: Picture, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    export(picture, "stix", first)
    export(picture, "stix", second)
    assert first.read_bytes() == second.read_bytes()
