"""Where an event took place: named in its clause, the host of a visit, or inferred inside one state."""

from __future__ import annotations

import pytest

from onrecord.coding import events
from onrecord.coding.places.place import locate, named_places, written
from onrecord.model.records import Event
from onrecord.reading.types import EventMention
from tests.coding.readings import draft, mention, reading

# Envoys of Poland met rebels in Vienna after police beat workers .
SENTENCE = (
    "Envoys|NOUN|4:nsubj of|ADP|3:case Poland|PROPN|1:nmod met|VERB|0:root rebels|NOUN|4:obj in|ADP|7:case "
    "Vienna|PROPN|4:obl after|SCONJ|10:mark police|NOUN|10:nsubj beat|VERB|4:advcl workers|NOUN|10:obj "
    ".|PUNCT|4:punct"
)
# The same in a place that nobody knows.
NOWHERE = SENTENCE.replace("Vienna", "Ruritz")
MET, BEAT = 3, 9
TABLE: dict[str, str | None] = {"Envoys of Poland": "POL", "rebels": "AUT", "police": "HUN", "workers": "HUN"}


def event(
    each: EventMention, *names: tuple[int, int, str], sentence: str = NOWHERE
) -> tuple[Event, list[str]]:
    made = draft(reading([sentence], [each], names), TABLE)
    events.code(made)
    return made.events[0], made.inferred


def test_a_place_that_the_clause_names() -> None:
    named = (2, 3, "LOC"), (6, 7, "LOC")
    found, inferred = event(mention("CONSULT", MET, actor=(0, 3)), *named, sentence=SENTENCE)
    assert found.place is not None
    assert (found.place.name, found.place.country, found.place.geonames) == ("Vienna", "AUT", 2761369)
    assert inferred == []


def test_a_name_that_no_preposition_ties_to_the_event_is_no_place() -> None:
    found, _ = event(mention("CONSULT", MET, actor=(0, 3)), (2, 3, "LOC"))
    assert found.place is None


@pytest.mark.parametrize(
    ("each", "country"),
    [
        (mention("CONSULT", MET, "visit", actor=(0, 3), recipient=(4, 5)), "AUT"),
        (mention("ASSAULT", BEAT, "beat", actor=(8, 9), recipient=(10, 11)), "HUN"),
        (mention("ASSAULT", MET, "beat", actor=(0, 3), recipient=(4, 5)), None),
        (mention("ACCUSE", BEAT, actor=(8, 9), recipient=(10, 11)), None),
        (mention("REJECT", BEAT, actor=(8, 9)), "HUN"),
    ],
    ids=["visit", "inside one state", "between two", "words", "of one alone"],
)
def test_the_host_and_force_inside_one_state_are_inferred(each: EventMention, country: str | None) -> None:
    found, inferred = event(each)
    assert (found.place and found.place.country) == country
    assert inferred == (["e1.place"] if country else [])


def test_place_names_are_located_together() -> None:
    read = reading(
        ["Columbus|PROPN|0:root ,|PUNCT|3:punct Ohio|PROPN|1:appos"], entities=[(0, 1, "LOC"), (2, 3, "LOC")]
    )
    assert {read.words(words): (spot.country, spot.region) for words, spot in locate(read).items()} == {
        "Columbus": ("USA", "Ohio"),
        "Ohio": ("USA", "Ohio"),
    }


def names(sentence: str, *entities: tuple[int, int, str]) -> list[str]:
    read = reading([sentence], entities=list(entities))
    return [written(read, words) for words in named_places(read)]


@pytest.mark.parametrize(
    ("sentence", "entities", "found"),
    [
        ("Police|NOUN|2:nsubj waited|VERB|0:root in|ADP|4:case Gdansk|PROPN|2:obl", [], ["Gdansk"]),
        (
            "Police|NOUN|2:nsubj waited|VERB|0:root in|ADP|4:case Gdansk|PROPN|2:obl",
            [(3, 4, "PER")],
            ["Gdansk"],
        ),
        ("Gdansk|PROPN|2:nsubj waited|VERB|0:root", [(0, 1, "PER")], []),
        ("He|PRON|2:nsubj left|VERB|0:root Ky|PROPN|2:obj .|PUNCT|3:punct", [(2, 3, "LOC")], ["Ky."]),
        ("Northeast|PROPN|2:compound Georgia|PROPN|0:root", [(0, 2, "LOC")], ["Georgia"]),
        (
            "Walker|PROPN|3:compound County|PROPN|3:compound Jail|PROPN|0:root",
            [(0, 3, "LOC")],
            ["Walker County"],
        ),
        ("United|ADJ|2:amod States|PROPN|0:root", [(1, 2, "LOC")], ["United States"]),
        (
            "Gdansk|PROPN|2:nsubj waited|VERB|0:root in|ADP|4:case Gdansk|PROPN|2:obl",
            [(0, 1, "PER"), (3, 4, "LOC")],
            ["Gdansk", "Gdansk"],
        ),
    ],
    ids=["put", "read as a person", "person", "abbreviation", "part", "facility", "longer", "again"],
)
def test_names_of_places(sentence: str, entities: list[tuple[int, int, str]], found: list[str]) -> None:
    assert names(sentence, *entities) == found


def test_a_region_of_the_tables_has_its_country() -> None:
    read = reading(["Darfur|PROPN|0:root"], entities=[(0, 1, "LOC")])
    assert [spot.country for spot in locate(read).values()] == ["SDN"]
