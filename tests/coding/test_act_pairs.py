"""The scored choice of the two parties of a measure, with weights of the test's own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from onrecord.coding.acts import pairs
from onrecord.coding.acts.lexicon import first_rule
from onrecord.coding.acts.pairs import Evidence, choose, options
from onrecord.coding.acts.parties import Parties
from onrecord.coding.acts.rules import Match


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


def _joining(act: str, stated: tuple[str | None, str | None], pair: tuple[str, str]) -> tuple[str, str]:
    """The pair of a measure told after four by others against Cuba, of which the last tells of Spain too."""
    told = [(1, "CUB", "CHL", "persona_non_grata"), (2, "PER", "CUB", "recall"), (3, "CUB", "BOL", "summon"),
            (4, "CUB", "ESP", "persona_non_grata")]  # fmt: skip
    match = Match(first_rule(act), 9, None, None)
    codes = ["CUB", "CHL", "PER", "BOL", "ESP", "PAN"]
    return Parties._against_all(SimpleNamespace(_all=told), match, stated, pair, codes)  # type: ignore[arg-type]


def test_who_joins_in_turns_on_the_one_on_whom_all_others_do() -> None:
    assert _joining("recall", ("PAN", None), ("PAN", "ESP")) == ("PAN", "CUB")
    assert _joining("persona_non_grata", (None, "PAN"), ("ESP", "PAN")) == ("CUB", "PAN")


def test_what_words_state_and_a_quarrel_told_before_stand() -> None:
    assert _joining("recall", ("PAN", "ESP"), ("PAN", "ESP")) == ("PAN", "ESP")
    assert _joining("recall", ("ESP", None), ("ESP", "CHL")) == ("ESP", "CHL")
