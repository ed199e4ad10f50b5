"""The coder end to end, with the shipped model: the same bytes always, and nothing without its words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from onrecord.coding.coder import Coder
from onrecord.intake import Intake, Options
from onrecord.intake.build import build
from onrecord.intake.rows import raw
from onrecord.model.checks import load, problems
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedDocument, Document
from onrecord.reading.types import Reading

REPORTS = (
    "NATO withdraws accreditation of eight Russians\n\n"
    "BRUSSELS, Oct. 6 - NATO on Wednesday withdrew the accreditation of eight members of the Russian mission and "
    "cut the size of the mission from 20 to 10, an alliance official said.\n\n"
    "Russia denied that the eight were spies. A deputy foreign minister, Alexander Grushko, accused the alliance "
    "of insincerity, and a senior lawmaker said Moscow would retaliate.",
    "Prague expels 18 diplomats\n\n"
    "The Czech Republic expelled 18 Russian diplomats on Saturday over a blast in 2014 that killed two people. "
    "Moscow called the charge absurd and expelled 20 Czech diplomats the next day.",
    "The weather stayed mild over the weekend, and the river was calm.",
)


def intake(number: int) -> Intake:
    row = {"id": f"r{number}", "text": REPORTS[number], "published": "2021-10-07", "language": "en"}
    return build(raw(row, f"r{number}"), Options())


@cache
def coded(threads: int = 1, min_score: float | None = None) -> tuple[CodedDocument, ...]:
    return tuple(Coder(threads=threads, min_score=min_score).code_all(map(intake, range(len(REPORTS)))))


def test_a_bad_file_of_names_is_told_before_any_document(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name,code\nRuritania,\n", encoding="utf-8")
    with pytest.raises(OnrecordError) as raised:
        Coder(actors=path)
    assert (raised.value.problem.code, raised.value.problem.where) == ("actors-file", f"{path}:2")


@pytest.mark.parametrize("threads", [1, 2])
def test_a_model_that_cannot_be_loaded_is_told_however_often_one_asks(tmp_path: Path, threads: int) -> None:
    coder = Coder(threads=threads, model=str(tmp_path))
    for _ in range(2):
        with pytest.raises(OnrecordError) as raised:
            list(coder.code_all(map(intake, range(len(REPORTS)))))
        assert raised.value.problem.code == "reading-model-missing"


def test_a_fault_at_one_document_stands_in_its_place_and_the_others_are_coded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    true = Coder.code_reading

    def faulty(self: Coder, document: Document, reading: Reading) -> CodedDocument:
        if document.text == REPORTS[1]:
            raise OnrecordError("bad-field", "it does not fit", "Mend it.")
        return true(self, document, reading)

    monkeypatch.setattr(Coder, "code_reading", faulty)
    found = list(Coder().code_all(map(intake, range(len(REPORTS)))))
    assert [each.code if isinstance(each, Problem) else each.document.text for each in found] == [
        REPORTS[0],
        "bad-field",
        REPORTS[2],
    ]


def test_the_same_document_gives_the_same_bytes() -> None:
    alone = [Coder().code(intake(number)).to_json() for number in range(len(REPORTS))]
    assert [each.to_json() for each in coded()] == alone
    assert [each.to_json() for each in coded(threads=3)] == alone


@pytest.mark.parametrize("number", range(len(REPORTS)))
def test_a_coded_document_is_whole(number: int) -> None:
    each = coded()[number]
    assert list(problems(each)) == []
    assert load(each.to_json(), "here") == each
    for event in each.events:
        start, end = event.trigger
        assert each.document.text[start:end].strip()
        assert all(first < last for first, last in event.evidence)
        assert any(first <= start and end <= last for first, last in event.evidence)


def test_plain_news_makes_records_and_idle_talk_none() -> None:
    nato, prague, weather = coded()
    assert {"CZE", "RUS"} <= {actor.code for actor in prague.actors}
    assert nato.events
    assert prague.events
    assert weather.events == []


@pytest.mark.parametrize("number", range(len(REPORTS)))
def test_no_words_name_two_events_of_one_type(number: int) -> None:
    """A measure on a mission hangs on the event at its words; it makes none beside it."""
    named = [(event.type, event.trigger) for event in coded()[number].events]
    assert len(named) == len(set(named))


def test_it_says_which_model_coded_and_no_hour() -> None:
    by = coded()[0].coded_by
    assert by.kind == "model"
    assert by.name.startswith("onrecord ")
    assert by.at is None
    assert Coder(at="2021-10-07T10:00:00Z").code(intake(2)).coded_by.at == "2021-10-07T10:00:00Z"


def test_min_score_sets_how_sure_an_event_is() -> None:
    """Events that a measure on a mission makes for itself carry no probability of the model's."""

    def scored(min_score: float | None) -> list[tuple[str, tuple[int, int], float]]:
        events = (event for each in coded(min_score=min_score) for event in each.events)
        return [(e.type, e.trigger, e.probability) for e in events if e.probability is not None]

    every = scored(None)
    floor = max(probability for _, _, probability in every) - 0.002  # a record's probability is rounded
    assert scored(floor) == [each for each in every if each[2] >= floor]
    assert 0 < len(scored(floor)) < len(every) < len(scored(0.2))
    assert min(probability for _, _, probability in scored(0.2)) < min(
        probability for *_, probability in every
    )
