"""The error notebook names the cause of every fault, and nothing where all is right."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.wire_errors import faults_of

TEXT = "Prague expelled two envoys on Wednesday and Moscow protested."
Event = dict[str, Any]


def event(**given: Any) -> Event:
    """An expulsion as gold has it, but for what is given; parties by code."""
    full: Event = {
        "start": 7,
        "end": 15,
        "type": "SANCTION",
        "mode": "expel",
        "actors": ["CZE"],
        "recipients": ["RUS"],
        "status": "actual",
        "background": False,
        "date": "2021-10-06",
        "source": None,
    }
    full |= given
    return full | {side: [{"code": code} for code in full[side]] for side in ("actors", "recipients")}


def align(text: str, gold: list[Event], coded: list[Event]) -> list[tuple[Event, Event]]:
    """By type and place alone: enough for these cases."""
    return [
        (one, other)
        for one in gold
        for other in coded
        if one["type"] == other["type"] and one["start"] == other["start"]
    ]


SCORER: Any = SimpleNamespace(
    align=align,
    codes=lambda parties: frozenset(party["code"] for party in parties if party["code"]),
    same_date=lambda one, other: one == other,
)


@pytest.mark.parametrize(
    ("coded", "causes"),
    [
        ([event()], []),
        ([], ["missed: no event word found"]),
        ([event(type="COERCE")], ["missed: coded as another type", "extra: another type than gold"]),
        ([event(), event(start=20, end=26)], ["extra: second telling of a found event"]),
        ([event(), event(start=51, end=60, type="PROTEST")], ["extra: no event in gold"]),
        ([event(actors=["RUS"], recipients=["CZE"])], ["wrong party: direction turned round"]),
        ([event(actors=[])], ["wrong party: actors none coded"]),
        ([event(recipients=["RUS", "BLR"])], ["wrong party: recipients too many"]),
        ([event(recipients=["UKR"])], ["wrong party: recipients another code"]),
        ([event(status="future")], ["wrong status: actual coded future"]),
        ([event(background=True)], ["wrong background: False coded True"]),
        ([event(date=None)], ["wrong date: none coded"]),
        ([event(source="an official")], ["wrong holder: invented"]),
    ],
    ids=str,
)
def test_causes(coded: list[Event], causes: list[str]) -> None:
    assert [fault.cause for fault in faults_of(SCORER, "d", TEXT, [event()], coded)] == causes
