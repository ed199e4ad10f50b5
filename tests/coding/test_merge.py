"""One event told twice is one record: what joins two tellings and what keeps them apart."""

from __future__ import annotations

from typing import Any

import pytest
from tests.coding.readings import draft, mention, reading

from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate, merge
from onrecord.model.records import Time

WORDS = reading(
    [
        "Prague|PROPN|2:nsubj expelled|VERB|0:root envoys|NOUN|2:obj .|PUNCT|2:punct",
        "Expulsions|NOUN|2:nsubj followed|VERB|0:root .|PUNCT|2:punct",
        "Warsaw|PROPN|2:nsubj banned|VERB|0:root trade|NOUN|2:obj .|PUNCT|2:punct",
    ]
)
TABLE: dict[str, str | None] = {"Prague": "CZE", "Warsaw": "POL", "envoys": "RUS"}
EXPELLED, EXPULSIONS, BANNED = 1, 4, 8


def made() -> tuple[Draft, dict[str, str]]:
    """A draft with an actor for each name of the table."""
    own = draft(WORDS, TABLE)
    spans = {"Prague": (0, 1), "Warsaw": (7, 8), "envoys": (2, 3)}
    return own, {name: own.actor_for(span) or "" for name, span in spans.items()}


def telling(ids: dict[str, str], trigger: int, **given: Any) -> Candidate:
    """One telling of an expulsion by Prague of envoys, but for what is given."""
    edtf, basis = given.get("edtf"), given.get("basis", "explicit")
    kind = given.get("kind", "SANCTION")
    each = mention(
        kind, trigger, given.get("mode"), status=given.get("status", "actual"), score=given.get("score", 0.9)
    )
    return Candidate(
        mentions=[each],
        actors=[ids[name] for name in given.get("actors", ("Prague",))],
        recipients=[ids[name] for name in given.get("recipients", ("envoys",))],
        time=Time(edtf=edtf, basis=basis) if edtf else None,
        background=given.get("background", False),
        probability=given.get("score", 0.9),
    )


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [
        ({}, {}, 1),
        ({}, {"actors": (), "recipients": ()}, 1),
        ({}, {"kind": "COERCE"}, 2),
        ({}, {"status": "future"}, 2),
        ({"mode": "expel"}, {"mode": None}, 1),
        ({"mode": "expel"}, {"mode": "withdraw"}, 2),
        ({}, {"actors": ("Warsaw",)}, 2),
        ({"edtf": "2021-10-06"}, {"edtf": "2021-10"}, 1),
        ({"edtf": "2021-10-06"}, {"edtf": "2018"}, 2),
    ],
    ids=str,
)
def test_tellings_with_one_event_word(first: dict[str, Any], second: dict[str, Any], events: int) -> None:
    own, ids = made()
    assert (
        len(merge(own, [telling(ids, EXPELLED, **first), telling(ids, EXPULSIONS - 3, **second)])) == events
    )


def test_two_words_join_only_with_the_same_parties_on_the_same_stated_day() -> None:
    own, ids = made()
    day = {"edtf": "2021-10-06"}
    assert len(merge(own, [telling(ids, EXPELLED, **day), telling(ids, BANNED, **day)])) == 1
    assert len(merge(own, [telling(ids, EXPELLED, **day), telling(ids, BANNED)])) == 2
    by_default = day | {"basis": "default"}
    assert len(merge(own, [telling(ids, EXPELLED, **day), telling(ids, BANNED, **by_default)])) == 2


def test_the_fullest_telling_leads_and_gives_what_the_other_lacks() -> None:
    own, ids = made()
    bare = telling(ids, EXPELLED, actors=(), recipients=(), edtf="2021-10", score=0.99, background=True)
    full = telling(ids, EXPELLED, edtf="2021-10-06", score=0.6)
    (event,) = merge(own, [bare, full])
    assert event.actors == [ids["Prague"]]
    assert event.recipients == [ids["envoys"]]
    assert event.time is not None
    assert event.time.edtf == "2021-10-06"
    assert event.probability == 0.99
    assert not event.background
    assert event.mentions[0].score == 0.6
