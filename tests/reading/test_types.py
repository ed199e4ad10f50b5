from __future__ import annotations

import pytest

from tests.coding.readings import reading

#  0   1      2       3  4       5      6    7       8     9       10 11      12  13   14       15
READ = reading(
    [
        "The|DET|3:det Russian|ADJ|3:amod mission|NOUN|13:nsubj:pass|Number=Sing to|ADP|5:case"
        " NATO|PROPN|3:nmod ,|PUNCT|7:punct led|VERB|3:acl by|ADP|9:case him|PRON|7:obl:agent"
        " ,|PUNCT|7:punct and|CCONJ|12:cc"
        " Iran|PROPN|3:conj 's|VERB|0:root|Tense=Past",
        "Eight|NUM|4:nummod “|PUNCT|3:punct non-lethal|ADJ|4:amod weapons|NOUN|6:nsubj|Number=Plur"
        " were|AUX|6:aux found|VERB|0:root|Tense=Past .|PUNCT|6:punct",
    ]
)


def test_words_and_their_places() -> None:
    assert READ.word(4) == "NATO"
    assert READ.lower(4) == "nato"
    assert READ.text[slice(*READ.span(2, 5))] == READ.words((2, 5)) == "mission to NATO"
    assert [READ.word_at(offset) for offset in (0, 3, 4, len(READ.text))] == [0, None, 1, None]
    start = READ.text.index("mission")
    assert READ.words_in((start, start + 10)) == (2, 4)
    assert READ.words_in((3, 4)) == (1, 1)


def test_what_a_word_is() -> None:
    assert (READ.pos(2), READ.deprel(2), READ.feat(2, "Number")) == ("NOUN", "nsubj:pass", "Sing")
    assert (READ.feat(18, "Tense"), READ.feat(18, "Mood")) == ("Past", "_")
    assert (READ.lemma(18), READ.lemma(16), READ.lemma(15)) == ("find", "weapon", "non-lethal")
    assert [READ.sentence_of(word) for word in (0, 12, 13, 19)] == [0, 0, 1, 1]


@pytest.mark.parametrize("place", (-2, -1, len(READ), len(READ) + 2))
def test_nothing_stands_before_the_first_word_nor_behind_the_last(place: int) -> None:
    assert (
        READ.word(place)
        == READ.lower(place)
        == READ.pos(place)
        == READ.deprel(place)
        == READ.relation(place)
        == ""
    )
    assert (READ.feat(place, "Tense"), READ.head(place), READ.children(place)) == ("_", -1, [])
    assert READ.entity_at(place) is None


def test_the_tree_downwards() -> None:
    assert READ.children(2) == [0, 1, 4, 6, 11]
    assert READ.children(0) == []
    assert READ.subtree(2) == (0, 12)
    assert READ.subtree(6) == (5, 10)
    assert READ.subtree(18) == (13, 20)


@pytest.mark.parametrize(
    ("head", "phrase"),
    [(2, "The Russian mission to NATO"), (4, "NATO"), (11, "Iran"), (16, "Eight “non-lethal weapons")],
)
def test_the_noun_phrase_of_a_head(head: int, phrase: str) -> None:
    assert READ.words(READ.phrase(head)) == phrase
