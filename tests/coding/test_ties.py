"""Ties: how a noun and the names of its sentence hang together in the tree and in the events."""

from __future__ import annotations

from onrecord.coding.parties.names import index
from onrecord.coding.parties.story import Story
from onrecord.coding.parties.ties import Ties
from onrecord.reading.types import Argument, Attribution, EventMention
from tests.coding.readings import reading

ACCUSED = (
    "The|DET|2:det government|NOUN|3:nsubj accused|VERB|0:root Syrian|ADJ|5:amod agents|NOUN|3:obj "
    "in|ADP|7:case Vienna|PROPN|3:obl .|PUNCT|3:punct"
)
SAID = (
    "Norway|PROPN|2:nsubj said|VERB|0:root that|SCONJ|6:mark the|DET|5:det army|NOUN|6:nsubj "
    "left|VERB|2:ccomp .|PUNCT|2:punct"
)


def ties(sentence: str, word: int, **more: object) -> dict[str, set[str]]:
    made = reading([sentence], **more)  # type: ignore[arg-type]
    return Ties(Story(made.text, None, index(), made)).of(word, None)


def test_subject_object_and_place_of_one_verb() -> None:
    assert ties(ACCUSED, 1) == {"SYR": {"tie:s:o+"}, "AUT": {"tie:s:in"}}


def test_who_says_what_the_noun_does() -> None:
    assert ties(SAID, 4) == {"NOR": {"tie:s<ccomp:s"}}


def test_who_tells_and_who_stands_on_the_other_side() -> None:
    told = Attribution(((0, 1),), ((1, 2),), ((2, 6),), 0.9)
    assert "speaker" in ties(SAID, 4, attributions=[told])["NOR"]
    sides = (Argument("actor", (0, 2), 0.9), Argument("recipient", (3, 5), 0.9))
    event = EventMention((2, 3), "ACCUSE", None, 0.9, "actual", 0.9, 0.1, sides)
    assert "versus:ACCUSE" in ties(ACCUSED, 1, events=[event])["SYR"]


def test_without_a_reading_there_are_none() -> None:
    assert Ties(Story("Norway said that the army left.", None, index(), None)).of(4, None) == {}
