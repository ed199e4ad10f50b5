"""Incidents with their rival attributions over own sentences, and the rules that never bend."""

from __future__ import annotations

import pytest

from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, open_cases, table

TABLE: list[Case] = table("incidents")
FLOOR = 0.75


def right(case: Case) -> bool:
    document = coded(case["text"])
    codes = {actor.id: actor.code for actor in document.actors}
    if case["name"] is None:
        return not document.incidents
    return any(
        case["name"] in each.name
        and sorted((codes[one.to], one.verdict) for one in each.attributions)
        == sorted((code, verdict) for code, verdict in case["who"])
        for each in document.incidents
    )


@needs_model
def test_incidents() -> None:
    wrong = misses(counted(TABLE), right)
    assert len(wrong) <= (1 - FLOOR) * len(counted(TABLE)), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(TABLE))
def test_incidents_not_told_yet(case: Case) -> None:
    assert right(case)


@needs_model
@pytest.mark.parametrize("case", counted(TABLE), ids=lambda case: case["text"][:40])
def test_every_attribution_rests_on_a_claim(case: Case) -> None:
    """Nobody is put behind an incident on the document's own word, and whoever accuses does not accuse himself."""
    document = coded(case["text"])
    claims = {claim.id: claim for claim in document.claims}
    for incident in document.incidents:
        for one in incident.attributions:
            claim = claims[one.claim or ""]
            assert incident.id in claim.about
            assert one.verdict != "attributed" or claim.holder != one.to


@needs_model
def test_a_denial_clears_who_was_accused() -> None:
    document = coded(
        "London accused Iran of the hack of the parliament's servers. Iran denied any involvement."
    )
    claims = {claim.id: claim for claim in document.claims}
    verdicts = [(one.verdict, claims[one.claim or ""].stance) for one in document.incidents[0].attributions]
    assert verdicts == [("attributed", "accuses"), ("denied", "denies")]


@needs_model
def test_a_denial_after_a_charge_against_the_victim_has_nothing_to_answer() -> None:
    text = "Peru said on Monday that Ramon Vidal was behind the death of Ramon Vidal. Chile denied it."
    assert all(
        blamed.verdict == "denied" for incident in coded(text).incidents for blamed in incident.attributions
    )


MATCH = (
    "Kenya beat Peru in a bad-tempered final\n\n"
    "NAIROBI, May 10 - Kenya beat Peru 3-1 on Wednesday in a final that both coaches called a battle. The "
    "Kenyan attack on the left wing broke through after nine minutes, when a shot from twenty metres "
    "exploded into the net. Peru's defence was blown apart again before half-time, and a collision in the "
    "penalty area left the captain with a broken nose. The coach of Peru said afterwards that the referee "
    "was to blame for the clash. The crowd sang until midnight. The next match between the two sides will "
    "be played in Lima in June, and tickets are sold out already, the club said."
)


@needs_model
def test_a_match_has_no_incidents() -> None:
    """Attacks, blasts and clashes of a text in which nobody does anything to anybody."""
    assert coded(MATCH).incidents == []
    assert coded(MATCH.split("\n\n")[1].split(". ")[1] + ".").incidents, "the words alone would tell one"
