"""Expectations from text: who is to do what to whom, how many, in what form, by when, on what condition."""

from __future__ import annotations

from pathlib import Path

import yaml

from onrecord.model.records import CodedDocument
from tests.coding.coded import coded, needs_model

TABLE = yaml.safe_load((Path(__file__).parent / "expectations.yaml").read_text(encoding="utf-8"))
DAY = "2022-04-20"
FLOOR = 0.9


def awaited(document: CodedDocument) -> list[str]:
    """Every expectation, as the table writes it."""
    codes = {actor.id: actor.code or actor.name for actor in document.actors}
    return [
        f"{codes.get(each.actor or '', '-')}>{codes.get(each.target or '', '-')} {each.deed.act or '-'} "
        f"{'-' if each.number is None else int(each.number)} {each.form or '-'} "
        f"{each.deadline.edtf if each.deadline else '-'}"
        for each in document.expectations
    ]


@needs_model
def test_expectations() -> None:
    wrong = [
        f"{text}: wanted {wanted}, got {awaited(coded(text, DAY))} {' '.join(reason)}"
        for text, wanted, *reason in TABLE
        if wanted not in awaited(coded(text, DAY))
    ]
    assert 1 - len(wrong) / len(TABLE) >= FLOOR, "\n".join(wrong)


@needs_model
def test_a_condition_is_kept() -> None:
    document = coded("Iran threatened to expel three French diplomats unless Paris apologised.", DAY)
    conditions = [each.condition for each in document.expectations]
    assert [document.document.text[a:b] for a, b in filter(None, conditions)] == ["unless Paris apologised"]


@needs_model
def test_a_deed_done_is_not_awaited() -> None:
    """What a claim says of a measure already taken is no expectation of it."""
    document = coded("Moscow vowed a response to the expulsion of ten diplomats by Poland.", DAY)
    assert document.expectations
    assert all(each.deed.act is None for each in document.expectations)
