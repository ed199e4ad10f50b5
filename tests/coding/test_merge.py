"""One event told twice is one record: what joins two tellings and what keeps them apart."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.coding.draft import Draft
from onrecord.coding.merge import Candidate, merge
from onrecord.model.records import Time
from onrecord.reading.types import Reading
from tests.coding.readings import draft, mention, reading

WORDS = reading(
    [
        "Prague|PROPN|2:nsubj expelled|VERB|0:root envoys|NOUN|2:obj ,|PUNCT|2:punct an|DET|6:det "
        "expulsion|NOUN|2:parataxis of|ADP|8:case some|PRON|6:nmod .|PUNCT|2:punct",
        "Warsaw|PROPN|2:nsubj banned|VERB|0:root trade|NOUN|2:obj .|PUNCT|2:punct",
    ]
)
TABLE: dict[str, str | None] = {"Prague": "CZE", "Warsaw": "POL", "envoys": "RUS", "Novak": "CZE"}
EXPELLED, EXPULSION, BANNED = 1, 5, 10


def made(words: Reading | None = None) -> tuple[Draft, dict[str, str]]:
    """A draft with an actor for each name of the table."""
    own = draft(words or WORDS, TABLE)
    spans = {
        "Prague": (0, 1),
        "Warsaw": (9, 10) if words is None or words is WORDS else (8, 9),
        "envoys": (2, 3),
    }
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
        ({"mode": "expel"}, {"mode": "expel"}, 1),
        ({"mode": "expel"}, {"mode": None}, 2),
        ({}, {"actors": ("Warsaw",)}, 2),
        ({"edtf": "2021-10-06"}, {"edtf": "2021-10"}, 1),
        ({"edtf": "2021-10-06"}, {"edtf": "2018"}, 2),
    ],
    ids=str,
)
def test_two_tellings_in_one_sentence(first: dict[str, Any], second: dict[str, Any], events: int) -> None:
    own, ids = made()
    assert len(merge(own, [telling(ids, EXPELLED, **first), telling(ids, EXPULSION, **second)])) == events


# Prague expelled envoys . Prague expelled envoys after Warsaw expelled envoys .
AGAIN = reading(
    [
        "Prague|PROPN|2:nsubj expelled|VERB|0:root envoys|NOUN|2:obj .|PUNCT|2:punct",
        "Prague|PROPN|2:nsubj expelled|VERB|0:root envoys|NOUN|2:obj after|SCONJ|6:mark Warsaw|PROPN|6:nsubj "
        "expelled|VERB|2:advcl envoys|NOUN|6:obj .|PUNCT|2:punct",
    ]
)


@pytest.mark.parametrize(
    ("trigger", "second", "events"),
    [
        (5, {"edtf": "2021-10-06"}, 1),
        (5, {"edtf": "2021-10"}, 2),
        (5, {}, 2),
        (5, {"edtf": "2021-10-06", "recipients": ()}, 2),
        (BANNED, {"edtf": "2021-10-06"}, 2),
    ],
    ids=str,
)
def test_across_sentences_the_same_word_parties_and_date_tell_one(
    trigger: int, second: dict[str, Any], events: int
) -> None:
    words = WORDS if trigger == BANNED else AGAIN
    own, ids = made(words)
    first = telling(ids, EXPELLED, edtf="2021-10-06")
    assert len(merge(own, [first, telling(ids, trigger, **second)])) == events


def test_two_verbs_with_subjects_of_their_own_tell_two() -> None:
    own, ids = made(AGAIN)
    assert len(merge(own, [telling(ids, 5), telling(ids, 9)])) == 2


# Prague arrested Novak . Novak was attacked . Novak 's killing . Novak was killed .
BEFALLEN = reading(
    [
        "Prague|PROPN|2:nsubj arrested|VERB|0:root Novak|PROPN|2:obj .|PUNCT|2:punct",
        "Novak|PROPN|3:nsubj:pass was|AUX|3:aux:pass attacked|VERB|0:root .|PUNCT|3:punct",
        "Novak|PROPN|3:nmod:poss 's|PART|1:case killing|NOUN|0:root .|PUNCT|3:punct",
        "Novak|PROPN|3:nsubj:pass was|AUX|3:aux:pass killed|VERB|0:root .|PUNCT|3:punct",
    ]
)
ARRESTED, ATTACKED, KILLING, KILLED = 1, 6, 10, 14


@pytest.mark.parametrize(
    ("first", "second", "events"),
    [
        ((ARRESTED, "COERCE", "arrest"), (KILLED, "COERCE", "arrest"), 1),
        ((KILLING, "ASSAULT", "targeted"), (KILLED, "ASSAULT", None), 1),
        ((ATTACKED, "ASSAULT", None), (KILLED, "ASSAULT", None), 2),
        ((ARRESTED, "COERCE", "seize"), (KILLED, "COERCE", "seize"), 2),
    ],
    ids=str,
)
def test_what_befalls_one_person_once_is_one(
    first: tuple[int, str, str | None], second: tuple[int, str, str | None], events: int
) -> None:
    own = draft(BEFALLEN, TABLE)
    ids = {"Prague": own.actor_for((0, 1)) or "", "Novak": own.actor_for((2, 3)) or ""}
    own.actor(ids["Novak"]).kind = "person"
    told = [
        telling(ids, word, kind=kind, mode=mode, recipients=("Novak",), actors=())
        for word, kind, mode in (first, second)
    ]
    assert len(merge(own, told)) == events


def test_the_fullest_telling_leads_and_gives_what_the_other_lacks() -> None:
    own, ids = made()
    bare = telling(ids, EXPELLED, actors=(), recipients=(), edtf="2021-10", score=0.99, background=True)
    full = telling(ids, EXPULSION, edtf="2021-10-06", score=0.6)
    (event,) = merge(own, [bare, full])
    assert event.actors == [ids["Prague"]]
    assert event.recipients == [ids["envoys"]]
    assert event.time is not None
    assert event.time.edtf == "2021-10-06"
    assert event.probability == 0.99
    assert not event.background
    assert event.mentions[0].score == 0.6
