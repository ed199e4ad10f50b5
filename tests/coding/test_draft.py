"""The draft: ids, clauses as evidence, actors merged by their party."""

from __future__ import annotations

import pytest

from tests.coding.readings import Names, Someone, draft, reading

# NATO said that it expelled eight diplomats after Prague complained .
SENTENCE = (
    "NATO|PROPN|2:nsubj said|VERB|0:root that|SCONJ|5:mark it|PRON|5:nsubj expelled|VERB|2:ccomp "
    "eight|NUM|7:nummod diplomats|NOUN|5:obj after|SCONJ|10:mark Prague|PROPN|10:nsubj "
    "complained|VERB|5:advcl .|PUNCT|2:punct"
)


def test_ids_count_up_by_kind() -> None:
    made = draft(reading([SENTENCE]))
    assert [made.new_id(kind) for kind in ("event", "claim", "event", "act", "mission_state")] == [
        "e1",
        "c1",
        "e2",
        "m1",
        "s1",
    ]


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        (0, "NATO said that it expelled eight diplomats after Prague complained"),
        (6, "it expelled eight diplomats after Prague complained"),
        (9, "Prague complained"),
    ],
)
def test_a_clause_is_what_stands_below_its_head(word: int, clause: str) -> None:
    read = reading([SENTENCE])
    assert read.words(draft(read).clause(word)) == clause


def test_evidence_widens_to_the_sentence_for_a_party_outside_the_clause() -> None:
    read = reading([SENTENCE])
    made = draft(read)
    start, end = made.evidence_for((9, 10))
    assert read.text[start:end] == "Prague complained"
    assert made.evidence_for((9, 10), (0, 1)) == (0, len(read.text))


def test_a_conjunct_verb_has_a_clause_of_its_own() -> None:
    read = reading(
        [
            "Prague|PROPN|2:nsubj protested|VERB|0:root and|CCONJ|4:cc expelled|VERB|2:conj "
            "two|NUM|6:nummod envoys|NOUN|4:obj .|PUNCT|2:punct"
        ]
    )
    assert read.words(draft(read).clause(5)) == "expelled two envoys"


def test_mentions_of_one_party_are_one_actor() -> None:
    read = reading(
        [
            "Russia|PROPN|2:nsubj protested|VERB|0:root .|PUNCT|2:punct",
            "",
            "Moscow|PROPN|2:nsubj left|VERB|0:root .|PUNCT|2:punct",
        ]
    )

    class OneState(Names):
        def resolve(self, words: tuple[int, int]) -> Someone | None:
            found = super().resolve(words)
            return found and Someone("state:RUS", "Russia", "RUS")

    made = draft(read, {})
    made.resolver = OneState(read, {"Russia": "RUS", "Moscow": "RUS"})  # type: ignore[assignment]
    assert made.actor_for((3, 4)) == made.actor_for((0, 1)) == "a1"
    assert [read.text[s:e] for s, e in made.actors[0].mentions] == ["Russia", "Moscow"]
    assert made.actor_for((1, 2)) is None
    assert made.code_of("a1") == "RUS"
    assert made.code_of(None) is None


def test_sections_and_day() -> None:
    read = reading(["Talks|NOUN|0:root", "", "Envoys|NOUN|2:nsubj met|VERB|0:root .|PUNCT|2:punct"])
    made = draft(read, sections={"title": (0, 5), "body": (7, 18)}, published="2021-10-07T04:30:00-04:00")
    assert [made.section_at(offset) for offset in (0, 5, 7, 17)] == ["title", None, "body", "body"]
    assert str(made.day) == "2021-10-07"
    assert draft(read, published=None).day is None
