"""What one row says of an event from several reports: nothing that one of them tells is lost, and nobody is made the
doer of what he is only accused of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onrecord.ledger import Ledger
from tests.ledger.authoring import compile_documents

Fresh = Callable[[], Ledger]

SHORT = {
    "document": "short",
    "outlet": "First Wire",
    "published": "2021-10-06",
    "text": "Accreditations were withdrawn on Wednesday.",
    "actors": {"a1": {"name": "NATO", "kind": "igo", "code": "NATO"}},
    "events": {"e1": {"type": "SANCTION", "actors": ["a1"], "trigger": "withdrawn", "time": "2021-10-06"}},
}
LONG = {
    "document": "long",
    "outlet": "Second Wire",
    "published": "2021-10-06",
    "text": "In Brussels NATO took the passes of eight members of the Russian mission on Wednesday.",
    "actors": {
        "a1": {"name": "NATO", "kind": "igo", "code": "NATO", "mentions": ["NATO"]},
        "a2": {"name": "eight members", "kind": "group", "code": "RUS", "mentions": ["eight members"]},
    },
    "events": {
        "e1": {
            "type": "SANCTION",
            "mode": "expel",
            "cameo": "161",
            "contexts": ["diplomatic"],
            "actors": ["a1"],
            "recipients": ["a2"],
            "trigger": "took the passes",
            "time": "2021-10-06",
            "place": {"name": "Brussels", "country": "BEL"},
            "quantities": [{"value": 8, "unit": "persons", "span": "eight"}],
        }
    },
}
SAME = {
    "document": "desk",
    "outlet": "Desk",
    "published": "2021-10-07",
    "text": "One event.",
    "links": {"l1": {"kind": "same_as", "from": "short:e1", "to": "long:e1", "evidence": ["One event."]}},
}


def recorded(ledger: Ledger, *written: dict[str, Any]) -> Ledger:
    for number, one in enumerate(compile_documents(list(written)), 1):
        ledger.record(one.coded, recorded_at=f"2021-10-{10 + number}")
    return ledger


def test_a_row_has_what_the_report_recorded_first_leaves_open(fresh: Fresh) -> None:
    [row] = recorded(fresh(), SHORT, LONG, SAME).events(type="SANCTION")
    assert (row.mode, row.cameo, row.contexts) == ("expel", "161", ("diplomatic",))
    assert [one.code for one in row.recipients] == ["RUS"]
    assert (row.place, row.country) == ("Brussels", "BEL")
    assert [(one.value, one.unit) for one in row.quantities] == [(8.0, "persons")]


def test_an_event_whose_words_name_nobody_has_the_sides_of_its_mission(fresh: Fresh) -> None:
    act = {"act": "withdraw_accreditation", "event": "e1", "mission": {"sending": "RUS", "receiving": "NATO"}}
    ledger = recorded(fresh(), {**SHORT, "acts": {"m1": act}})
    [row] = ledger.events()
    assert [one.code for one in row.recipients] == ["RUS"]
    assert [(one.actor, one.recipient, one.events) for one in ledger.dyads()] == [("NATO", "RUS", 1)]


@pytest.mark.parametrize(("stance", "doers"), [("accuses", []), ("asserts", ["RUS"])])
def test_whom_a_report_only_accuses_is_no_doer_of_a_deed_that_another_states(
    fresh: Fresh, stance: str, doers: list[str]
) -> None:
    stated = {
        "document": "short",
        "outlet": "First Wire",
        "published": "2021-10-06",
        "text": "The minister was poisoned on Wednesday.",
        "actors": {"a1": {"name": "the minister", "kind": "person", "code": "CZE"}},
        "events": {
            "e1": {"type": "ASSAULT", "recipients": ["a1"], "trigger": "poisoned", "time": "2021-10-06"}
        },
    }
    charged = {
        "document": "long",
        "outlet": "Second Wire",
        "published": "2021-10-06",
        "text": "Prague says that Moscow poisoned him.",
        "actors": {
            "a1": {"name": "Moscow", "kind": "state", "code": "RUS", "mentions": ["Moscow"]},
            "a2": {"name": "him", "kind": "person", "code": "CZE", "mentions": ["him"]},
        },
        "events": {
            "e1": {
                "type": "ASSAULT", "actors": ["a1"], "recipients": ["a2"], "trigger": "poisoned",
                "time": "2021-10-06", "claims": ["c1"],
            }
        },
        "claims": {"c1": {"content": ["Moscow poisoned him"], "stance": stance, "about": ["e1"]}},
    }  # fmt: skip
    [row] = recorded(fresh(), stated, charged, SAME).events(type="ASSAULT")
    assert row.done and [one.code for one in row.actors] == doers


def test_a_text_that_tells_two_such_deeds_of_two_days_means_two(fresh: Fresh) -> None:
    both = {"actors": ["a1"], "recipients": ["a2"], "type": "SANCTION", "mode": "expel"}
    two = {
        "document": "two",
        "outlet": "First Wire",
        "published": "2021-10-06",
        "text": "Chad expelled two Libyans on Wednesday, as it had on Friday.",
        "actors": {
            "a1": {"name": "Chad", "kind": "state", "code": "TCD", "mentions": ["Chad"]},
            "a2": {"name": "two Libyans", "kind": "group", "code": "LBY", "mentions": ["two Libyans"]},
        },
        "events": {
            "e1": {**both, "trigger": "expelled", "time": "2021-10-06 | Wednesday"},
            "e2": {**both, "trigger": "had", "time": "2021-10-01 | Friday"},
        },
        "acts": {
            name: {
                "act": "persona_non_grata",
                "event": event,
                "mission": {"sending": "LBY", "receiving": "TCD"},
                "number": 2,
                "unit": "persons",
                "evidence": [words],
            }
            for name, event, words in (
                ("m1", "e1", "expelled two Libyans"),
                ("m2", "e2", "as it had on Friday"),
            )
        },
    }
    rows = recorded(fresh(), two).events(type="SANCTION")
    assert sorted(row.when.edtf for row in rows if row.when) == ["2021-10-01", "2021-10-06"]
