"""Responses, causes and sequences over own sentences; a bare "after" is no cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.coding.coder import Coder
from onrecord.intake import read_path
from onrecord.intake.types import Intake
from onrecord.model.records import CodedDocument
from tests.coding.coded import coded, needs_model
from tests.coding.tables import Case, counted, misses, open_cases, spoken, table

TABLE: list[Case] = table("links")
FLOOR = 0.9


def places(document: CodedDocument, identity: object) -> list[tuple[int, int]]:
    for each in (*document.acts, *document.incidents, *document.forums, *document.events):
        if each.id == identity:
            return list(each.evidence)
    return [span for claim in document.claims if claim.id == identity for span in claim.content]


def right(case: Case) -> bool:
    document = coded(case["text"])
    if case["kind"] is None:
        return not document.links
    return any(
        link.kind == case["kind"]
        and any(spoken(document, span, case["from"]) for span in places(document, link.from_))
        and any(spoken(document, span, case["to"]) for span in places(document, link.to))
        for link in document.links
    )


@needs_model
def test_links() -> None:
    wrong = misses(counted(TABLE), right)
    assert len(wrong) <= (1 - FLOOR) * len(counted(TABLE)), wrong


@needs_model
@pytest.mark.parametrize("case", open_cases(TABLE))
def test_links_not_told_yet(case: Case) -> None:
    assert right(case)


@needs_model
def test_after_is_no_cause() -> None:
    document = coded("Canada recalled its ambassador after Iran arrested three Canadians.")
    assert {link.kind for link in document.links} == {"after"}


@needs_model
def test_a_denied_tie_and_the_told_one_are_one_proposition() -> None:
    """Whoever denies the link speaks of the link itself, so that both sides meet in it."""
    document = coded(
        "Russia closed its mission in Riga because Latvia had arrested a Russian consul, Sergei Lavrov said. "
        "A Latvian spokeswoman denied any link."
    )
    tie = next(link for link in document.links if link.kind == "caused_by")
    denial = next(claim for claim in document.claims if claim.stance == "denies")
    assert tie.id in denial.about
    assert tie.claims and denial.id not in tie.claims


UPDATED = """Norway expels three Russian diplomats

April 13, 2023

(Update: Norway said on Friday that the expulsion was not linked to any particular event.)

OSLO, April 13 - Norway expelled three Russian diplomats on Thursday. Sources told Aftenposten that the expulsion was \
linked to the sabotage of a cable off Svalbard.
"""


@needs_model
def test_an_update_denies_the_tie_that_the_report_below_it_tells(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(UPDATED, encoding="utf-8")
    (intake,) = read_path(report)
    assert isinstance(intake, Intake)
    document = Coder().code(intake)
    tie = next(link for link in document.links if link.kind == "linked_to")
    denial = next(claim for claim in document.claims if claim.stance == "denies")
    assert tie.id in denial.about


@needs_model
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Fiji expelled two Nauruan diplomats over unpaid rent.", "unpaid rent"),
        ("Chad closed its embassy in Paris because France had cut its aid.", "France had cut its aid"),
        ("Spain expelled two Russian diplomats on charges of bribing officers.", "bribing officers"),
        ("Canada recalled its ambassador from Iran for consultations.", None),
    ],
)
def test_the_ground_of_a_measure_is_kept_in_its_own_words(text: str, ground: str | None) -> None:
    """Also where nothing else is on record at the words, so that no link can be told."""
    assert [act.ground for act in coded(text).acts] == [ground]


@needs_model
def test_a_charge_is_on_the_word_of_the_state_that_acts() -> None:
    document = coded("Finland expelled two Russian diplomats for spying on its navy.")
    (claim,) = [claim for claim in document.claims if claim.stance == "accuses"]
    assert next(actor.code for actor in document.actors if actor.id == claim.holder) == "FIN"
    assert document.document.words(claim.content[0]) == "spying on its navy"
