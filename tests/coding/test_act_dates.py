"""The day of a measure, by when it must be carried out and from when it counts: a table of own sentences, and the
choice among days with weights of the test's own."""

from __future__ import annotations

import pytest

from onrecord.coding.acts import dating
from onrecord.coding.acts.dating import Option, choose
from onrecord.model.records import Act, Time
from tests.coding.coded import coded, needs_model
from tests.coding.tables import table

CASES: list[list[str]] = table("act_dates")
DAY = "2021-10-06"


def told(act: Act) -> str:
    """Day, deadline and beginning of an act, as the table writes them; a day that no words give is none."""
    act_day = act.dates.act if act.dates.act is not None and act.dates.act.basis != "default" else None
    return " ".join(
        "-" if each is None else each.edtf for each in (act_day, act.dates.deadline, act.dates.effective)
    )


@needs_model
@pytest.mark.parametrize(("kind", "text", "wanted"), CASES, ids=[text[:50] for _, text, _ in CASES])
def test_dates_of_measures(kind: str, text: str, wanted: str) -> None:
    acts = [act for act in coded(text, DAY).acts if act.act == kind]
    assert wanted in [told(act) for act in acts[:1]]


def test_the_likeliest_day_is_chosen_the_first_of_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dating, "weights", lambda: {"here": 1.0, "none": 0.5, "here ahead": -2.0})
    monday = Option(Time(edtf="2021-10-04", basis="relative"), {"here"})
    friday = Option(Time(edtf="2021-10-08", basis="relative"), {"here", "here ahead"})
    none = Option(None, {"none"})
    assert choose([none, friday, monday]) is monday
    assert choose([none, friday]) is none
    assert choose([Option(None), Option(None, {"unknown"})]).names == set()
