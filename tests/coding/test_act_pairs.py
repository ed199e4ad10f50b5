"""The scored choice of the two parties of a measure, with weights of the test's own."""

from __future__ import annotations

import pytest

from onrecord.coding.acts import pairs
from onrecord.coding.acts.pairs import Evidence, choose, options


@pytest.fixture(autouse=True)
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "weights", lambda: {"s owner": 1.0, "r doer": 1.0, "told": 3.0})


def test_owner_sends_and_doer_receives() -> None:
    evidence = Evidence("persona_non_grata", {"owner": "RUS", "doer": "NOR"})
    assert choose(options(["NOR", "RUS", "SWE"], evidence)) == ("RUS", "NOR")


def test_a_pair_told_before_may_outweigh_them() -> None:
    evidence = Evidence("summon", {"owner": "RUS"}, told=[("summon", ("NOR", "RUS"))])
    assert choose(options(["NOR", "RUS", "SWE"], evidence)) == ("NOR", "RUS")


def test_what_the_words_state_stands() -> None:
    evidence = Evidence("summon", {"owner": "RUS"}, told=[("summon", ("NOR", "RUS"))])
    assert choose(options(["NOR", "RUS", "SWE"], evidence), ("RUS", None)) == ("RUS", "NOR")


def test_one_party_alone_makes_no_pair() -> None:
    assert choose(options(["NOR"], Evidence("recall"))) is None


def test_earlier_measures_are_told_by_kind_and_order() -> None:
    evidence = Evidence("recall", told=[("summon", ("RUS", "NOR")), ("recall", ("NOR", "RUS"))])
    features = evidence.features("NOR", "RUS")
    assert {"last told", "told alike", "last alike", "first told turned", "own told"} <= features.keys()
    assert "told alike turned" not in features


def test_a_circumstance_weighs_what_it_may_turn_once_more() -> None:
    evidence = Evidence("recall", {"doer": "NOR"}, circumstances=frozenset(("its own",)))
    features = evidence.features("NOR", "RUS")
    assert {"s doer", "own s doer", "its own: s doer"} <= features.keys()


def test_a_house_that_the_report_tells_of_speaks_for_its_pair() -> None:
    evidence = Evidence("recall", known={"house": {("NOR", "RUS")}})
    assert "house" in evidence.features("NOR", "RUS")
    assert "house turned" in evidence.features("RUS", "NOR")
