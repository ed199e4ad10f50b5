"""What a paper says in its own voice, and what it merely tells."""

from __future__ import annotations

import pytest

from onrecord.model.records import CodedDocument
from tests.coding.coded import coded, needs_model

HEAD = "Notice on the consulate at Odense\n\nEmbassy of Iceland, Copenhagen, 4 March 2015\n\n"
BRIEFING = (
    "Briefing transcript: the consulate at Odense\n\nMinistry of Foreign Affairs, Oslo, 4 March 2015\n\n"
    "Q. Has the consulate been shut?\n\nMR. VIK. Nobody has been sent away. {said}\n\n"
    "Q. And the consul?\n\nMR. VIK. He keeps his house.\n"
)


def told(document: CodedDocument, words: str) -> tuple[str, str | None] | None:
    """Stance and holder of the claim that has these words."""
    names = {actor.id: actor.name for actor in document.actors}
    for claim in document.claims:
        if any(words in document.document.words(span) for span in claim.content):
            return claim.stance, names.get(claim.holder or "")
    return None


@needs_model
@pytest.mark.parametrize(
    ("text", "words", "stance"),
    [
        ("Should a guard be turned away, the reading room will be shut.", "room will be shut", "threatens"),
        ("(c) Unless the fence is taken down, the school will close.", "the school will close", "threatens"),
        ("The counters will reopen as soon as the water is back.", "counters will reopen", "promises"),
        ("It is stressed that there is no quarrel between the two countries.", "there is no quarrel", "denies"),
        ("It is untrue that the consul has been expelled.", "the consul has been expelled", "denies"),
        ("Two clerks are to leave by reason of their meddling in the vote.", "meddling in the vote", "accuses"),
        ("Visitors are urged to leave the harbour by Monday.", "leave the harbour", "demands"),
        ("We have no knowledge of a second list.", "no knowledge", "denies"),
        ("Who cut the cable is a matter on which the Embassy has no view.", "no view", "declines"),
    ],
)  # fmt: skip
def test_a_paper_speaks_for_its_issuer(text: str, words: str, stance: str) -> None:
    assert told(coded(HEAD + text), words) == (stance, "Embassy of Iceland")


@needs_model
def test_a_measure_that_a_paper_tells_is_no_claim() -> None:
    document = coded(HEAD + "The branch at Esbjerg is closed from Monday. Two clerks have gone home.")
    assert not document.claims


@needs_model
def test_a_report_of_a_news_desk_has_no_issuer() -> None:
    document = coded(
        "Iceland shuts a house\n\nCOPENHAGEN, March 4 - Should a guard be turned away, the room will be shut."
    )
    assert not document.claims


@needs_model
def test_a_turn_is_its_speaker_s_word() -> None:
    document = coded(BRIEFING.format(said="The lease runs out in May."))
    found = told(document, "The lease runs out in May")
    assert found is not None
    assert "VIK" in (found[1] or "").upper()
    assert told(document, "Has the consulate been shut") is None
