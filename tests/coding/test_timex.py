"""Temporal expressions: the table of cases, and what holds for any text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coding.time.lexicon import easter, number, spoken_year
from onrecord.coding.time.timex import Timex, find
from onrecord.model import dates

THURSDAY = date(2021, 10, 7)
CASES = yaml.load(Path(__file__).with_name("timex.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
NULL = {"null": None, "": None}


def _shown(text: str, timex: Timex, asked: dict[str, Any]) -> dict[str, Any]:
    got = {
        "phrase": text[slice(*timex.span)],
        "value": timex.value,
        "edtf": timex.edtf,
        "type": timex.type,
        "basis": timex.basis,
        "anchor": timex.anchor,
        "alternatives": list(timex.alternatives),
        "direction": timex.direction,
    }
    return {key: got[key] for key in asked}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    told = case.get("day", THURSDAY.isoformat())
    day = None if told == "none" else date.fromisoformat(told)
    found = find(case["text"], document_date=day)
    wanted = [
        {k: NULL.get(v, v) if isinstance(v, str) else v for k, v in want.items()} for want in case["found"]
    ]
    assert [case["text"][slice(*timex.span)] for timex in found] == [want["phrase"] for want in wanted]
    assert [_shown(case["text"], timex, want) for timex, want in zip(found, wanted, strict=True)] == wanted


def test_a_range_keeps_its_two_ends() -> None:
    text = "The summit is set for November 18-19."
    (timex,) = find(text, document_date=THURSDAY)
    assert [(text[slice(*part.span)], part.value) for part in timex.parts] == [
        ("November 18", "2021-11-18"),
        ("19", "2021-11-19"),
    ]


def test_the_time_record_carries_phrase_and_anchor() -> None:
    (timex,) = find("They met on Monday.", document_date=THURSDAY)
    assert timex.time is not None
    assert timex.time.model_dump() == {
        "edtf": "2021-10-04",
        "phrase": (12, 18),
        "anchor": "2021-10-07",
        "basis": "relative",
        "alternatives": ["2021-10-11", "2021-09-27"],
    }
    (amount,) = find("They met for two days.", document_date=THURSDAY)
    assert amount.time is None


def test_only_the_given_part_of_the_text_is_read() -> None:
    text = "Monday. Tuesday. Wednesday."
    found = find(text, 8, 16, document_date=THURSDAY)
    assert [text[slice(*timex.span)] for timex in found] == ["Tuesday"]


def test_no_expression_crosses_a_paragraph() -> None:
    text = "He came in May\n\n2018 men were counted."
    assert [text[slice(*timex.span)] for timex in find(text, document_date=THURSDAY)] == ["May"]


def test_letters_that_grow_in_lower_case_shift_nothing() -> None:
    text = "İstanbul and İzmir talked on Tuesday."
    (timex,) = find(text, document_date=THURSDAY)
    assert text[slice(*timex.span)] == "Tuesday"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two", 2), ("a", 1), ("an", 1), ("twenty-five", 25), ("a hundred", 100),
        ("two hundred and six", 206),
        ("two thousand", 2000), ("2 1/2", 2.5), ("two and a half", 2.5), ("half a", 0.5), ("half a dozen", 6),
        ("a couple of", 2), ("1,200.5", 1200.5), ("several", None), ("a few", None), ("1/0", None),
    ],
)  # fmt: skip
def test_number(words: str, value: float | None) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("nineteen ninety-six", 1996), ("nineteen ninety six", 1996), ("eighteen oh five", 1805),
        ("nineteen hundred", 1900), ("two thousand", 2000), ("two thousand and four", 2004),
        ("nineteen", None),
        ("thirty two", None), ("two thousand hundred", None),
    ],
)  # fmt: skip
def test_spoken_year(words: str, year: int | None) -> None:
    assert spoken_year(words) == year


@pytest.mark.parametrize("day", ["1818-03-22", "1943-04-25", "2000-04-23", "2019-04-21", "2024-03-31"])
def test_easter(day: str) -> None:
    assert easter(int(day[:4])).isoformat() == day


WORDS = [
    *(
        "the",
        "a",
        "last",
        "next",
        "this",
        "early",
        "late",
        "in",
        "on",
        "since",
        "until",
        "two",
        "3",
        "1998",
        "2021",
    ),
    *(
        "May",
        "March",
        "Monday",
        "Friday",
        "week",
        "weeks",
        "month",
        "year",
        "ago",
        "later",
        "earlier",
        "of",
        "and",
    ),
    *(
        "to",
        "-",
        ",",
        ".",
        "\n\n",
        "quarter",
        "10",
        "p.m.",
        "GMT",
        "now",
        "recently",
        "summer",
        "tomorrow",
        "end",
    ),
    *("every", "day", "half", "Easter", "past", "year-ago", "the 1990s", "Oct.", "31", "30", "'s"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_gives_ordered_valid_expressions(words: list[str], day: date) -> None:
    text = " ".join(words)
    reached = 0
    found = find(text, document_date=day)
    for timex in found:
        assert reached <= timex.span[0] < timex.span[1] <= len(text)
        reached = timex.span[1]
        for edtf in (timex.edtf, *timex.alternatives):
            assert edtf is None or dates.parse(edtf)
    assert found == find(text, document_date=day)


@given(st.text(max_size=80), st.none() | st.just(THURSDAY))
def test_any_text_is_borne(text: str, day: date | None) -> None:
    for timex in find(text, document_date=day):
        assert text[slice(*timex.span)].strip()


@given(st.integers(0, 6), st.integers(0, 400))
def test_a_bare_weekday_in_past_news_is_the_last_one_on_or_before_the_day(weekday: int, step: int) -> None:
    day = THURSDAY + timedelta(step)
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    (timex,) = find(f"The envoy left on {name}.", document_date=day)
    found = date.fromisoformat(timex.edtf or "")
    assert found.weekday() == weekday
    assert 0 <= (day - found).days < 7
