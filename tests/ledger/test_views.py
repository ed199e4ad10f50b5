"""Views are pure functions of the ledger: a page read from its neighbourhood says what the whole ledger says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.ledger import document, documents
from onrecord.ledger import Ledger, stream
from onrecord.ledger.pages import page
from onrecord.ledger.statements import hash_words
from onrecord.model.problems import OnrecordError
from tests.ledger.authoring import compile_documents, load

ACID = Path(__file__).parent / "acid"
Fresh = Callable[[], Ledger]


def everything(ledger: Ledger) -> None:
    """All acid tests' documents in one ledger."""
    for folder in sorted(ACID.iterdir()):
        for one in load(folder / "documents.yaml"):
            if folder.name != "01_forty_outlets" or one.name in (
                "copy-01",
                "copy-02",
                "copy-37",
                "sky",
                "seed",
            ):
                ledger.record(one.coded, recorded_at=one.recorded)


@pytest.fixture
def full(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path / "all.sqlite")
    everything(ledger)
    return ledger


ORDERLESS = (
    "events",
    "claims",
    "missions",
    "timeline",
    "propositions",
    "expectations",
    "links",
    "chains",
    "tallies",
)


def test_views_depend_on_what_was_recorded_when_and_not_on_the_order(tmp_path: Path) -> None:
    folders = ("03_threat", "04_arithmetic", "06_contradiction", "08_dates", "09_erosion")
    written = [one for folder in folders for one in load(ACID / folder / "documents.yaml")]
    ledgers = []
    for seed in range(2):
        ledger = Ledger.open(tmp_path / f"{seed}.sqlite")
        for one in sorted(written, key=lambda w: hash_words(f"{seed}{w.coded.document.id}")):
            ledger.record(one.coded, recorded_at=one.recorded)
        ledgers.append(ledger)
    first, second = ledgers
    assert first.content_hash() == second.content_hash() and first.head() != second.head()
    for view in ORDERLESS:
        for known_at in (None, "2021-10-08"):
            assert getattr(first, view)(known_at=known_at) == getattr(second, view)(known_at=known_at), view


def test_a_page_says_the_same_from_its_neighbourhood(full: Ledger) -> None:
    world = full.world()
    for identity in world.owner:
        whole, near = page(world, identity), full.show(identity)
        assert near.row == whole.row and near.evidence == whole.evidence, identity


def test_a_mission_and_a_window_say_the_same(full: Ledger) -> None:
    missions = {row.id: row for row in full.missions(as_of="2021-12-01")}
    for identity, row in missions.items():
        assert full.missions(as_of="2021-12-01", mission=identity) == [row]
    window = [
        row
        for row in full.events(since="2021-10")
        if row.when and row.when.lower and row.when.lower.year == 2021
    ]
    assert full.events(since="2021-10-01", until="2021-12-31") == window != []


def test_a_stream_has_every_row_of_the_list_once(full: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "AT_ONCE", 5)
    asked = ({}, {"as_of": "2021-10-07"}, {"actor": "RUS", "since": "2021-10"}, {"known_at": "2021-10-08"})
    for arguments in asked:
        for each, listed in ((full.each_event, full.events), (full.each_claim, full.claims)):
            found = list(each(**arguments))
            assert sorted(found, key=lambda row: row.id) == sorted(
                listed(**arguments), key=lambda row: row.id
            )


def test_a_list_goes_on_behind_a_row(full: Ledger) -> None:
    for arguments in ({}, {"actor": "RUS"}, {"until": "2021-10-06"}):
        whole, seen = full.events(**arguments), full.events(limit=4, **arguments)
        while more := full.events(after=seen[-1].id, limit=4, **arguments):
            seen += more
        assert seen == whole
    with pytest.raises(OnrecordError) as caught:
        full.events(after=full.claims()[0].id)
    assert caught.value.problem.code == "no-record"


def test_a_record_is_found_by_the_beginning_of_its_id(full: Ledger) -> None:
    identity = full.events()[0].id
    assert full.show(identity[:18]).id == identity
    for wanted, code in (("zzz", "no-record"), (identity[:6], "ambiguous-id")):
        with pytest.raises(OnrecordError) as caught:
            full.show(wanted)
        assert caught.value.problem.code in (code, "no-record")


def test_rows_lead_to_their_words(full: Ledger) -> None:
    world = full.world()
    for row in (*full.events(), *full.claims(), *full.timeline()):
        assert row.evidence, row.id
        for found in row.evidence:
            assert world.docs[found.document].document.text[slice(*found.span)] == found.words


FILTERS = [
    ("events", {"actor": "NATO", "limit": 2}, lambda row: any(p.code == "NATO" for p in row.actors)),
    ("events", {"recipient": "CZE"}, lambda row: any(p.code == "CZE" for p in row.recipients)),
    ("events", {"until": "2018-12-31"}, lambda row: row.when.lower.year <= 2018),
    ("events", {"as_of": "2021-10-07"}, lambda row: row.when is None or str(row.when.lower) <= "2021-10-07"),
    ("claims", {"actor": "Lavrov"}, lambda row: row.holder.name.endswith("Lavrov")),
    ("claims", {"stance": "denies"}, lambda row: row.stance == "denies"),
    ("missions", {"actor": "CZE"}, lambda row: "CZE" in row.id),
    ("timeline", {"since": "2021-10-18", "actor": "RUS"}, lambda row: str(row.when.upper) >= "2021-10-18"),
]


@pytest.mark.parametrize(("view", "arguments", "holds"), FILTERS)
def test_filters(
    full: Ledger, view: str, arguments: dict[str, object], holds: Callable[[object], bool]
) -> None:
    found = getattr(full, view)(**arguments)
    assert found and all(holds(row) for row in found)
    assert len(found) <= int(str(arguments.get("limit", len(found))))


def test_the_first_rows_of_a_list_are_those_of_the_whole(fresh: Fresh) -> None:
    ledger = fresh()
    made = [
        document(n, "AKS", "BLT", f"20{10 + n % 9}-{1 + n % 12:02}-{1 + n % 28:02}", 1 + n % 9)
        for n in range(60)
    ]
    made += list(documents(60, seed=4))
    list(ledger.record_many((one, None) for one in made))
    asked = [
        {"limit": 1}, {"limit": 2, "type": "SANCTION:expel"}, {"limit": 2, "since": "2014-05"},
        {"limit": 3, "actor": "BLT"},
        {"limit": 2, "until": "2020"}, {"limit": 2, "actor": "nobody"}, {"limit": 2, "as_of": "2012"},
    ]  # fmt: skip
    for arguments in asked:
        with_limit = ledger.events(**arguments)
        limit = arguments.pop("limit")
        assert with_limit == ledger.events(**arguments)[:limit], arguments
    missions = ledger.missions()
    assert ledger.missions(limit=3) == missions[:3]
    assert ledger.missions(actor="BLT", limit=2) == ledger.missions(actor="BLT")[:2]
    assert ledger.missions(since="2019", limit=2) == ledger.missions(since="2019")[:2]


def test_the_first_rows_of_a_list_do_not_need_the_whole(fresh: Fresh) -> None:
    ledger = fresh()
    list(ledger.record_many((one, None) for one in documents(200, seed=4)))
    with Ledger.open(ledger.store.url.render_as_string(hide_password=False)) as opened:
        opened.events(limit=2)
        assert 0 < len(opened._codings.kept) < 100
    with Ledger.open(ledger.store.url.render_as_string(hide_password=False)) as opened:
        opened.missions(limit=3)
        assert 0 < len(opened._codings.kept) < 20


@pytest.mark.parametrize(("others", "vacant"), [(["RUS>NATO"], 2.0), (["RUS>NATO", "RUS>CZE"], None)])
def test_a_half_named_mission_is_the_only_one_it_can_be(
    fresh: Fresh, others: list[str], vacant: float | None
) -> None:
    text = "NATO lowered its ceiling. Prague did as well. Two posts at the Russian mission were vacant."
    words = {"RUS>NATO": "lowered its ceiling", "RUS>CZE": "did as well"}
    acts = {
        f"m{place}": {
            "act": "set_ceiling", "unit": "posts", "to": 10, "evidence": [words[one]],
            "mission": dict(zip(("sending", "receiving"), one.split(">"), strict=True)),
            "dates": {"act": "2021-10-06"},
        }
        for place, one in enumerate(others)
    }  # fmt: skip
    state = {"mission": {"sending": "RUS"}, "measure": "vacant", "value": 2, "evidence": ["Two posts"]}
    written = {
        "document": "d",
        "published": "2021-10-06",
        "text": text,
        "acts": acts,
        "missions": {"s1": state},
    }
    ledger = fresh()
    ledger.record(compile_documents([written])[0].coded)
    [row] = ledger.missions(mission="RUS>NATO")
    assert (row.vacant.value if row.vacant else None) == vacant
