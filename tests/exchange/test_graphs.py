"""FollowTheMoney, GraphML and PROV-JSON, each read back by the library that its users use."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import networkx
import prov.model
import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.statement.serialize import read_statements

from onrecord.exchange import Picture, export, take
from onrecord.ledger import Ledger
from tests.ledger.authoring import compile_documents


@pytest.fixture(scope="module")
def entities(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> list[EntityProxy]:
    out = tmp_path_factory.mktemp("ftm") / "entities.json"
    export(picture, "ftm", out)
    found = [EntityProxy.from_dict(json.loads(line)) for line in out.read_text("utf-8").splitlines()]
    for entity in found:
        assert model.get(entity.schema.name) is not None
        assert not entity.schema.validate(entity.to_dict()), entity.caption
    return found


def names(entities: list[EntityProxy], ids: list[str]) -> set[str]:
    return {one.caption for one in entities if one.id in ids}


def test_ftm_involves_people_in_deeds_only(entities: list[EntityProxy], picture: Picture) -> None:
    events = [one for one in entities if one.schema.name == "Event"]
    deeds = [one for one in events if one.get("organizer")]
    assert len(deeds) == len(picture.deeds)
    expulsion = next(one for one in deeds if one.first("startDate") == "2021-04-17")
    assert names(entities, expulsion.get("organizer")) == {"Czech Republic"}
    assert names(entities, expulsion.get("involved")) == {"Russia"}
    incident = next(one for one in events if "incident" in one.get("keywords"))
    assert not incident.get("organizer") and not incident.get("involved")


def test_ftm_keeps_rivals_and_denials_as_notes_with_their_words(entities: list[EntityProxy]) -> None:
    notes = [one for one in entities if one.schema.name == "Note"]
    attributions = {one.caption: one.get("notes") for one in notes if "attribution" in one.get("keywords")}
    assert len(attributions) == 4
    assert any(
        "arms dealer" in caption and "low to moderate" in " ".join(told)
        for caption, told in attributions.items()
    )
    denial = next(one for one in notes if {"claim", "denies"} <= set(one.get("keywords")))
    assert denial.get("description") == ["any role in the blast"]
    assert "Russia" in names(entities, denial.get("entity"))


def test_ftm_references_lead_to_entities(entities: list[EntityProxy]) -> None:
    known = {one.id for one in entities}
    for entity in entities:
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert value in known, (entity.caption, prop.name)


def test_ftm_statements_keep_the_document_that_each_value_comes_from(
    picture: Picture, tmp_path: Path
) -> None:
    out = tmp_path / "statements.csv"
    export(picture, "ftm-statements", out)
    statements = list(read_statements(io.BytesIO(out.read_bytes()), "csv"))
    assert {one.origin for one in statements} - {None} == set(picture.world.docs)
    named = [one for one in statements if one.prop == "name" and one.value == "Russia"]
    assert {one.origin for one in named} == set(picture.world.docs), (
        "two documents, two statements of one name"
    )
    assert {one.first_seen for one in named} == {"2021-04-18T10:00:00Z", "2021-04-19T10:00:00Z"}


@pytest.fixture(scope="module")
def graph(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp("graph") / "graph.graphml"
    export(picture, "graphml", out)
    return networkx.read_graphml(out, force_multigraph=True)


def test_graphml_says_did_of_deeds_only(graph: Any, picture: Picture) -> None:
    did = {
        target
        for _, target, told in graph.edges(data=True)
        if told["relation"].startswith("did") and "not" not in told["relation"]
    }
    assert did == {one.id for one in picture.deeds}
    relations = {
        told["relation"]
        for source, _, told in graph.edges(data=True)
        if source == "actor:RUS" and "relation" in told
    }
    assert {"accused_of", "attempted", "plans_as_claimed", "denies"} <= relations and "did" not in relations


def test_graphml_keeps_rivals_with_their_words_and_any_character(graph: Any, picture: Picture) -> None:
    rivals = {
        target: told.get("confidence") for source, target, told in graph.edges(data=True)
        if told["relation"] == "attributed_to" and source == picture.incidents[0].id
    }  # fmt: skip
    assert sorted(map(str, rivals.values())) == ["None", "low to moderate", "moderate"]
    titles = [told["label"] for _, told in graph.nodes(data=True) if told.get("kind") == "document"]
    assert "Prague names unit; depot blast disputed" in titles


def test_graphml_takes_any_text(tmp_path: Path) -> None:
    text = 'a < b & "c" \x0b\x00 \ufffe naïve 𝔘'
    document = {"document": "odd", "text": f"Russia said {text} and left.", "outlet": text}
    document["actors"] = {"a1": {"name": text, "kind": "group", "mentions": ["Russia"]}}
    document["claims"] = {"c1": {"holder": "a1", "cue": "said", "content": [text], "stance": "asserts"}}
    with Ledger.open(tmp_path / "odd.sqlite") as ledger:
        ledger.record(compile_documents([document])[0].coded)
        export(take(ledger), "graphml", tmp_path / "odd.graphml")
    labels = {told["label"] for _, told in networkx.read_graphml(tmp_path / "odd.graphml").nodes(data=True)}
    assert 'a < b & "c" �� � naïve 𝔘' in labels


def test_prov_is_read_by_prov_and_leads_from_relay_to_holder(picture: Picture, tmp_path: Path) -> None:
    out = tmp_path / "record.json"
    export(picture, "prov", out)
    found = prov.model.ProvDocument.deserialize(str(out), format="json")
    assert len(list(found.get_records(prov.model.ProvEntity))) > len(picture.claims)
    ties = list(found.get_records(prov.model.ProvDerivation))
    kinds = {str(kind.localpart) for one in ties for kind in one.get_asserted_types()}
    assert kinds == {"Revision", "PrimarySource"}
    claim = next(one for one in picture.claims if one.relay)
    told = {str(one.args[0]): str(one.args[1]) for one in ties if f"{claim.id}" in str(one.args[0])}
    assert told[f"onr:{claim.id}.relay0"] == f"onr:{claim.id}.said"
    agents = {str(one.args[0]): str(one.args[1]) for one in found.get_records(prov.model.ProvAttribution)}
    who = {
        str(one.identifier): next(iter(one.get_attribute("prov:label")))
        for one in found.get_records(prov.model.ProvAgent)
    }
    assert who[agents[f"onr:{claim.id}.relay0"]] == "Meridian Wire"
    assert who[agents[f"onr:{claim.id}.said"]] == "former officer"


def test_prov_calls_only_deeds_events(picture: Picture, tmp_path: Path) -> None:
    out = tmp_path / "record.json"
    export(picture, "prov", out)
    entities = json.loads(out.read_text("utf-8"))["entity"]
    events = {name for name, told in entities.items() if told.get("prov:type") == "onr:Event"}
    assert events == {f"onr:{one.id}" for one in picture.deeds}
