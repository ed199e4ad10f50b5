"""A run gives what each document gives by itself, in order, however many workers there are and die."""

from __future__ import annotations

import json
import multiprocessing
import threading
from pathlib import Path
from typing import Any

import pytest

from onrecord.coding.coder import Coder
from onrecord.intake.types import Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale import Settings, code
from tests.scale.reports import POISON, Dying, Failing, alone, raws, record

RECORDS = [record(number) for number in range(14)]
RECORDS[3] = {"id": "broken"}
RECORDS[6] = record(6, text="   ")
RECORDS[9] = record(1, id="copy", outlet="Another Post", url="https://other.example/2021/10/07/a")
RECORDS[12] = record(3, id="first seen here")


def items(records: list[dict[str, Any]] = RECORDS) -> list[Raw | Problem]:
    return list(raws(records))


@pytest.mark.parametrize(("workers", "size"), [(1, 32), (1, 2), (2, 2), (3, 5), (2, 32), (None, 4)])
def test_outcomes_are_those_of_each_document_alone_in_their_order(workers: int | None, size: int) -> None:
    assert list(code(items(), Settings(), workers=workers, size=size)) == alone(items())


def test_a_worker_that_is_killed_costs_nothing_but_time() -> None:
    run = code(items(), Settings(), workers=2, size=2)
    found = [next(run)]
    for child in multiprocessing.active_children():
        child.kill()
    assert [*found, *run] == alone(items())
    assert not multiprocessing.active_children()


def test_the_document_at_which_workers_die_is_a_problem_and_no_other() -> None:
    records = [record(number) for number in range(7)]
    records[4] = record(4, text=f"The {POISON} was found on Monday.")
    found = list(code(items(records), Dying(), workers=2, size=3))
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert found.index(problem) == 4
    assert (problem.code, problem.where) == ("worker-died", "in:5")
    assert "exit code 7" in problem.what and problem.remedy
    del records[4]
    assert [each for each in found if each is not problem] == alone(items(records))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_at_which_the_coder_fails_is_a_problem_and_no_other(workers: int) -> None:
    records = [record(number) for number in range(6)]
    records[2] = record(2, text=f"The {POISON} was found on Monday.")
    records[5] = {**records[2], "id": "a copy of it"}
    found = list(code(items(records), Failing(), workers=workers, size=2))
    failed = {place: each for place, each in enumerate(found) if isinstance(each, Problem)}
    assert {place: (each.code, each.where) for place, each in failed.items()} == {
        2: ("coding-failed", "in:3"),
        5: ("coding-failed", "in:6"),
    }
    assert "ZeroDivisionError: division by poison" in failed[2].what
    assert [found[place] for place in (0, 1, 3, 4)] == alone(
        items([records[place] for place in (0, 1, 3, 4)])
    )


def test_closing_a_run_ends_its_workers() -> None:
    run = code(items(), Settings(), workers=2, size=2)
    next(run)
    assert multiprocessing.active_children()
    run.close()
    assert not multiprocessing.active_children()


def test_a_small_input_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.scale.run.Processes", None)
    assert list(code(items(), Settings(), workers=8)) == alone(items())


MISTAKES = [
    (Settings(model="/no/such/folder"), "reading-model-missing"),
    (Settings(actors=Path("/no/such/names.csv")), "actors-file"),
]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("settings", "expected"), MISTAKES, ids=["model", "names"])
def test_what_no_document_can_be_coded_with_ends_the_run(
    settings: Settings, expected: str, workers: int
) -> None:
    with pytest.raises(OnrecordError) as caught:
        list(code(items(), settings, workers=workers, size=2))
    assert caught.value.problem.code == expected and caught.value.problem.remedy


def test_who_asks_for_an_open_model_that_is_not_there_is_told_how_to_make_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("onrecord.reading.labels.DATA", tmp_path)
    with pytest.raises(OnrecordError) as caught:
        code(items(), Settings(model="open"))
    assert caught.value.problem.code == "reading-model-missing"
    assert "training/README.md" in caught.value.problem.remedy


def test_an_executor_that_there_is_not_is_refused() -> None:
    with pytest.raises(OnrecordError, match="processes, ray"):
        code(items(), Settings(), executor="cloud")


COPIES: list[tuple[str, dict[str, Any]]] = [
    ("another paper", {"outlet": "Another Post"}),
    ("another address", {"url": "https://other.example/news/7"}),
    ("another id", {"id": "other"}),
    ("another hour", {"published": "2021-10-07T23:00:00+00:00"}),
    ("a version of another", {"supersedes": "sha256:" + "0" * 64}),
    ("authors", {"authors": ["Ada Writer"]}),
    ("a mark", {"marking": "TLP:CLEAR"}),
]


@pytest.mark.parametrize("fields", [case[1] for case in COPIES], ids=[case[0] for case in COPIES])
def test_a_copy_is_not_coded_again_and_has_the_same_bytes(
    fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = items([record(0), record(0, **fields)])
    expected = alone(both)
    coded: list[str] = []
    true = Coder.code_reading

    def counted(self: Coder, document: Any, reading: Any) -> Any:
        coded.append(document.id)
        return true(self, document, reading)

    monkeypatch.setattr(Coder, "code_reading", counted)
    found = list(code(both, Settings()))
    assert found == expected
    documents = [json.loads(each)["document"]["id"] for each in found if isinstance(each, bytes)]
    assert coded[1:] == documents[:1]  # the first is the sentence that every coder begins with


@pytest.mark.parametrize("fields", [{"published": "2021-10-08"}, {"text": record(0)["text"] + "More.\n"}])
def test_what_differs_in_day_or_text_is_no_copy(fields: dict[str, Any]) -> None:
    both = items([record(0), record(0, id="other", **fields)])
    found = list(code(both, Settings()))
    assert found == alone(both)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_that_are_not_kept_are_made_again(workers: int) -> None:
    many = items([record(number % 3, id=f"c{number}") for number in range(12)])
    assert list(code(many, Settings(), workers=workers, size=2, kept=0)) == alone(many)


def test_the_same_page_twice_is_coded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body><p>Norland expelled two diplomats of France on Monday.</p></body></html>"
    pages: list[Raw | Problem] = [Raw(page, "text/html", f"page {number}") for number in (1, 2)]
    pages.append(Raw(page.replace(b"two", b"six"), "text/html", "page 3"))
    expected = alone(pages)
    coded = []
    true = Coder.code_reading
    monkeypatch.setattr(Coder, "code_reading", lambda self, *given: coded.append(1) or true(self, *given))
    assert list(code(pages, Settings())) == expected
    assert len(coded) == 3


def test_a_worker_that_is_killed_before_it_begins_costs_nothing_but_time() -> None:
    run = code(items(), Settings(), workers=2, size=2)
    feeder = threading.Timer(0.2, lambda: [child.kill() for child in multiprocessing.active_children()])
    feeder.start()
    assert list(run) == alone(items())
    feeder.join()
