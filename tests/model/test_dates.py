"""EDTF levels 0 and 1: what each form covers, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.dates import Interval, bounds, edtf, parse, precision
from onrecord.model.problems import OnrecordError

D = date.fromisoformat

# form, first day, last day (None = open), precision
FORMS = [
    ("2021-10-07", "2021-10-07", "2021-10-07", "day"),
    ("2021-10", "2021-10-01", "2021-10-31", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2021", "2021-01-01", "2021-12-31", "year"),
    ("9999-12", "9999-12-01", "9999-12-31", "month"),
    ("0001", "0001-01-01", "0001-12-31", "year"),
    ("2021-21", "2021-03-01", "2021-05-31", "season"),
    ("2021-22", "2021-06-01", "2021-08-31", "season"),
    ("2021-23", "2021-09-01", "2021-11-30", "season"),
    ("2021-24", "2021-12-01", "2022-02-28", "season"),
    ("9999-24", "9999-12-01", "9999-12-31", "season"),
    ("2021?", "2021-01-01", "2021-12-31", "year"),
    ("2021-10~", "2021-10-01", "2021-10-31", "month"),
    ("2021-10-07%", "2021-10-07", "2021-10-07", "day"),
    ("2021-22~", "2021-06-01", "2021-08-31", "season"),
    ("198X", "1980-01-01", "1989-12-31", "decade"),
    ("19XX", "1900-01-01", "1999-12-31", "century"),
    ("00XX", "0001-01-01", "0099-12-31", "century"),
    ("2021-XX", "2021-01-01", "2021-12-31", "year"),
    ("2021-02-XX", "2021-02-01", "2021-02-28", "month"),
    ("2021-XX-XX", "2021-01-01", "2021-12-31", "year"),
    ("2021-10-07T04:30:00-04:00", "2021-10-07", "2021-10-07", "day"),
    ("2021-10-07T23:59:60Z", "2021-10-07", "2021-10-07", "day"),
    ("2021-10-07T04:30:00", "2021-10-07", "2021-10-07", "day"),
    ("2021-10-07T04:30-04:00", "2021-10-07", "2021-10-07", "day"),
    ("2021-10-07T04:30:00.25+05", "2021-10-07", "2021-10-07", "day"),
    ("1964/2008", "1964-01-01", "2008-12-31", "interval"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "interval"),
    ("2004-06~/2004-08?", "2004-06-01", "2004-08-31", "interval"),
    ("2021-21/2021-22", "2021-03-01", "2021-08-31", "interval"),
    ("2008/..", "2008-01-01", None, "interval"),
    ("../2008-05", None, "2008-05-31", "interval"),
    ("2008/", "2008-01-01", None, "interval"),
    ("/2008-05-06", None, "2008-05-06", "interval"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "lower", "upper", "fineness"), FORMS)
def test_form_covers_its_days(form: str, lower: str | None, upper: str | None, fineness: str) -> None:
    assert parse(form) == Interval(lower and D(lower), upper and D(upper))  # type: ignore[arg-type]
    assert precision(form) == fineness


@pytest.mark.parametrize(
    "form",
    [
        "", " 2021", "2021 ", "21", "2021-1", "2021-13", "2021-00", "2021-25", "2021-10-32", "0000",
        "2021-02-29", "-0044-03-15", "Y170000002", "2021-XX-07", "198X-05", "XXXX", "2X21",
        "2021-10-07?~", "?2021", "2021-?10", "2022/2021", "2021-10-08/2021-10-07", "/", "2021/2022/2023",
        "2021..2022", "hello", "07/10/2021", "2021-10T04:30:00", "2021-10-07T25:00:00",
        "2021-10-07T04:61:00", "2021-10-07T0430", "2021-10-07T04:30:00/2021-10-08", "2021-22-01",
        "2021-10-07\n", "２０２１",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_remedy(form: str) -> None:
    with pytest.raises(OnrecordError) as caught:
        parse(form)
    assert caught.value.problem.code == "bad-date"
    assert repr(form) in caught.value.problem.what
    assert "2021-10-07" in caught.value.problem.remedy
    with pytest.raises(OnrecordError):
        precision(form)


@pytest.mark.parametrize(
    ("form", "lower", "upper"),
    [
        ("2021-21", "2021-09-01", "2021-11-30"),
        ("2023-22", "2023-12-01", "2024-02-29"),
        ("2021-23", "2021-03-01", "2021-05-31"),
        ("2021-24/..", "2021-06-01", None),
        ("2021-24/2022", "2021-06-01", "2022-12-31"),
        ("2021-10", "2021-10-01", "2021-10-31"),
    ],
)
def test_southern_seasons(form: str, lower: str, upper: str | None) -> None:
    assert parse(form, "south") == Interval(D(lower), upper and D(upper))  # type: ignore[arg-type]


def test_an_unknown_date_bounds_nothing() -> None:
    assert bounds(None) == Interval(None, None)
    assert bounds("2021-10") == parse("2021-10")
    assert parse("../..") == Interval(None, None)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "one_contains", "other_contains"),
    [
        ("2021-10", "2021-10-07", True, True, False),
        ("2021-10-07", "2021-10-07", True, True, True),
        ("2021-10", "2021-11", False, False, False),
        ("2021-10/2021-11", "2021-11/2021-12", True, False, False),
        ("2008/..", "2021", True, True, False),
        ("2008/..", "2007", False, False, False),
        ("../2008", "2008-12-31", True, True, False),
        ("../2008", "2009/..", False, False, False),
        ("../2008", "2007/..", True, False, False),
        ("2008/..", "2009/..", True, True, False),
    ],
)
def test_overlap_and_containment(
    one: str, other: str, overlap: bool, one_contains: bool, other_contains: bool
) -> None:
    a, b = parse(one), parse(other)
    assert a.overlaps(b) is overlap
    assert b.overlaps(a) is overlap
    assert a.contains(b) is one_contains
    assert b.contains(a) is other_contains


def test_length_in_days() -> None:
    assert parse("2024").days() == 366
    assert parse("2021-10-07").days() == 1
    assert parse("2008/..").days() is None


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        ("2021-10-07", "2021-10-07", "2021-10-07"),
        ("2021-10-01", "2021-10-31", "2021-10"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("1980-01-01", "1983-12-31", "1980/1983"),
        ("2021-07-01", "2021-09-30", "2021-07/2021-09"),
        ("2021-01-01", "2022-03-31", "2021-01/2022-03"),
        ("2021-09-27", "2021-10-03", "2021-09-27/2021-10-03"),
        ("2008-01-01", None, "2008-01-01/.."),
        (None, "2021-10-07", "../2021-10-07"),
        ("0850-01-01", "0850-01-31", "0850-01"),
        ("9999-12-01", "9999-12-31", "9999-12"),
    ],
)
def test_shortest_form(lower: str | None, upper: str | None, expected: str) -> None:
    assert edtf(lower and D(lower), upper and D(upper)) == expected  # type: ignore[arg-type]


def test_no_form_for_no_days() -> None:
    with pytest.raises(ValueError, match="without ends"):
        edtf(None, None)
    with pytest.raises(ValueError, match="before"):
        edtf(D("2021-10-08"), D("2021-10-07"))


days = st.dates()


@given(days, days)
def test_writing_and_reading_give_the_same_days(one: date, other: date) -> None:
    lower, upper = min(one, other), max(one, other)
    assert parse(edtf(lower, upper)) == Interval(lower, upper)
    assert parse(edtf(lower, None)) == Interval(lower, None)
    assert parse(edtf(None, upper)) == Interval(None, upper)


@given(st.tuples(days, days), st.tuples(days, days))
def test_containment_implies_overlap(a: tuple[date, date], b: tuple[date, date]) -> None:
    one, other = Interval(min(a), max(a)), Interval(min(b), max(b))
    assert not one.contains(other) or one.overlaps(other)
    assert one.overlaps(other) == any(
        one.lower <= day <= one.upper  # type: ignore[operator]
        for day in (other.lower, other.upper)
    ) or other.contains(one)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        interval = parse(text)
    except OnrecordError:
        return
    assert interval.lower is None or interval.upper is None or interval.lower <= interval.upper
