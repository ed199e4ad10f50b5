"""Copies, stories and events of made-up reports: what belongs together, what must not, and no matter the order."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from onrecord.model.problems import OnrecordError
from onrecord.scale import Settings, code, identify
from onrecord.scale import events as module
from onrecord.scale.copy_families import families
from onrecord.scale.events import Mention, events, stem
from onrecord.scale.stories import Stories, stories
from tests.scale.reports import raws, record

QUAKE = (
    "A strong earthquake shook the coastal town of Belmora at dawn. The tremor damaged the old harbour and its "
    "lighthouse. Engineers of the seismological office measured a magnitude of six."
)
SUMMIT = (
    "Ministers of Norland and Sudland signed a fisheries treaty at the palace of Arden. The treaty sets quotas for "
    "herring and cod. Delegates toasted with cider."
)
TEXTS = {
    "quake 1": QUAKE,
    "quake 2": "Rescue teams reached Belmora, where the harbour and the lighthouse fell in the earthquake. The "
    "seismological office warned of another tremor of that magnitude.",
    "summit 1": SUMMIT,
    "summit 2": "Herring and cod are shared out anew: the fisheries treaty that Norland and Sudland signed at the "
    "palace of Arden sets quotas for years.",
    "match": "The local team won the football cup after extra time. Supporters sang in the stadium until midnight.",
}
DAY = date(2021, 10, 7)
COMMON = "the a of and in for at its was that with another until after where up over to anew years from"
OTHERS = {f"other {number}": f"{COMMON} matter{number} place{number}" for number in range(40)}
"""Reports that share nothing but such words, so that these weigh little."""


def told(days: dict[str, date | None] | None = None, seed: int = 0) -> dict[str, str]:
    documents = [(name, text, (days or {}).get(name, DAY)) for name, text in {**TEXTS, **OTHERS}.items()]
    random.Random(seed).shuffle(documents)
    found = stories(documents)
    story = {name: found.ids[place] for name, place in zip(found.ids, found.story.tolist(), strict=True)}
    return {name: story[name] for name in TEXTS}


@pytest.mark.parametrize("seed", range(4))
def test_reports_of_one_happening_are_a_story_in_any_order(seed: int) -> None:
    assert told(seed=seed) == {
        "quake 1": "quake 1", "quake 2": "quake 1", "summit 1": "summit 1", "summit 2": "summit 1", "match": "match",
    }  # fmt: skip


WINDOWS = [
    (DAY, date(2021, 10, 14), True),
    (DAY, date(2021, 11, 7), False),
    (None, None, True),
    (DAY, None, False),
]


@pytest.mark.parametrize(("one", "other", "same"), WINDOWS)
def test_a_story_is_of_a_fortnight(one: date | None, other: date | None, same: bool) -> None:
    found = told({"quake 1": one, "quake 2": other})
    assert (found["quake 1"] == found["quake 2"]) is same


@pytest.mark.parametrize("stretch", [1, 3])
def test_stretches_of_weeks_give_the_same_pairs(stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    days = [None, *(date(2021, 10, 1) + timedelta(days=day) for day in range(0, 90, 4))]
    documents = [
        (f"{number}", TEXTS[chance.choice(list(TEXTS))], chance.choice(days)) for number in range(60)
    ]
    documents += [(name, text, DAY) for name, text in OTHERS.items()]
    whole = stories(documents)
    monkeypatch.setattr("onrecord.scale.stories._STRETCH", stretch)
    parts = stories(documents)
    assert whole.story.tolist() == parts.story.tolist()
    assert [whole.one.tolist(), whole.other.tolist()] == [parts.one.tolist(), parts.other.tolist()]
    assert len(set(whole.story.tolist())) > 6


COPIES = [
    ("the same", QUAKE, True),
    ("an agency before it", "BELMORA (Meridian Wire) - " + QUAKE, True),
    ("its end cut off", QUAKE[:150], True),
    ("two words changed", QUAKE.replace("strong", "heavy").replace("six", "seven"), True),
    ("another report of it", TEXTS["quake 2"], False),
]


@pytest.mark.parametrize(("text", "same"), [case[1:] for case in COPIES], ids=[case[0] for case in COPIES])
def test_copies_are_a_family(text: str, same: bool) -> None:
    found = families([("z", text), ("m", SUMMIT), ("a", QUAKE)])
    assert found.ids == ["a", "m", "z"]
    assert found.family.tolist() == [0, 1, 0 if same else 2]


def test_nothing_has_no_family_and_no_story() -> None:
    assert families([]).ids == []
    assert stories([]).ids == []
    assert events([], stories([])).ids == []


@pytest.fixture(scope="module")
def page() -> Stories:
    return stories((name, text, DAY) for name, text in {**TEXTS, **OTHERS}.items())


ONE = Mention("m1", "quake 1", 0, "earthquake", ("earthquake",), ("strong", "town"), ("belmora",))
PAIRS: list[tuple[str, Mention, bool]] = [
    ("the same word in the story", replace(ONE, id="m2", document="quake 2"), True),
    (
        "a word that is alike",
        replace(ONE, id="m2", document="quake 2", word="quake", trigger=("quake",)),
        True,
    ),
    ("another word", replace(ONE, id="m2", document="quake 2", word="rescue", trigger=("rescue",)), False),
    ("another story", replace(ONE, id="m2", document="match"), False),
    ("a report that is no story", replace(ONE, id="m2", document="unknown"), False),
]


@pytest.mark.parametrize(("other", "same"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_mentions_are_one_event_by_words_and_story(other: Mention, same: bool, page: Stories) -> None:
    found = events([other, ONE], page)
    assert len(set(found.event.tolist())) == (1 if same else len(found.ids))


DEED = replace(ONE, kind="SANCTION:expel actual", parties=("NOR", ">", "SUD"), first=DAY, last=DAY)
DEEDS: list[tuple[str, dict[str, object], bool]] = [
    ("the same deed in another story", {"document": "match", "word": "oust"}, True),
    ("another day in the story", {"document": "quake 2", "first": date(2021, 10, 9), "last": date(2021, 10, 9)}, False),
    ("another kind in the story", {"document": "quake 2", "kind": "SANCTION:expel future"}, False),
    ("other parties in another story", {"document": "match", "parties": ("SUD", ">", "NOR")}, False),
    ("the month of it", {"document": "quake 2", "first": date(2021, 10, 1), "last": date(2021, 10, 31)}, True),
]  # fmt: skip


@pytest.mark.parametrize(("change", "same"), [case[1:] for case in DEEDS], ids=[case[0] for case in DEEDS])
def test_coded_deeds_are_one_by_kind_parties_and_day(
    change: dict[str, object], same: bool, page: Stories
) -> None:
    other = replace(DEED, id="m2", **change)  # type: ignore[arg-type]
    found = events([DEED, other], page)
    assert bool(found.event[0] == found.event[1]) is same


def crowd(count: int) -> list[Mention]:
    chance = random.Random(1)
    words = ("earthquake", "quake", "tremor", "damage", "measure", "sign", "toast")
    return [
        Mention(
            f"m{number:03d}", chance.choice(list(TEXTS)), chance.randrange(3), chance.choice(words), (),
            tuple(chance.sample(("harbour", "town", "dawn", "office"), 2)), tuple(chance.sample(("belmora", "six"), 1)),
        )
        for number in range(count)
    ]  # fmt: skip


def test_the_order_of_mentions_makes_no_difference(page: Stories, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REACH", 5)
    mentions = crowd(150)
    first = events(mentions, page)
    random.Random(2).shuffle(mentions)
    again = events(mentions, page)
    assert first.ids == again.ids
    assert first.event.tolist() == again.event.tolist()
    assert first.probability.tolist() == again.probability.tolist()
    assert 1 < len(set(first.event.tolist())) < 150


def test_pairs_grow_with_the_mentions_and_not_with_their_square(page: Stories) -> None:
    def pairs(count: int) -> int:
        same = [replace(ONE, id=f"m{number:05d}") for number in range(count)]
        return len(events(same, page).one)

    assert pairs(module.REACH) == module.REACH * (module.REACH - 1) // 2
    assert pairs(2000) - pairs(1000) <= 1000 * module.REACH


@pytest.mark.parametrize(
    ("one", "other"), [("withdrawal", "withdraw"), ("killing", "kill"), ("announcement", "announce")]
)
def test_a_stem_joins_a_noun_and_its_verb(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_what_was_coded_is_told_apart(tmp_path: Path) -> None:
    records = [record(0), record(0, outlet="Another Post", id="copy"), record(4)]
    lines = [each for each in code(raws(records), Settings()) if isinstance(each, bytes)]
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    paths[0].write_bytes(lines[0] + lines[2])
    paths[1].write_bytes(lines[1] + lines[2])
    rows = identify(paths).to_pylist()
    assert rows == identify(paths[::-1]).to_pylist()
    first, copy, other = (json.loads(line) for line in lines)
    counted = {each["document"]["id"]: len(each["events"]) for each in (first, copy, other)}
    assert {name: sum(row["document"] == name for row in rows) for name in counted} == counted
    families_of = {row["document"]: row["family"] for row in rows}
    assert families_of[first["document"]["id"]] == families_of[copy["document"]["id"]]
    assert families_of[other["document"]["id"]] == other["document"]["id"]
    event_of = {(row["document"], row["record"]): row["event"] for row in rows}
    for event in first["events"]:
        assert event_of[first["document"]["id"], event["id"]] == event_of[copy["document"]["id"], event["id"]]


def test_files_that_hold_something_else_are_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.jsonl"
    path.write_text("Dear Ada", encoding="utf-8")
    with pytest.raises(OnrecordError, match=r"letter\.jsonl"):
        identify([path])
