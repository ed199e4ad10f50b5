"""Sides: who stands on which, by likelihood and by the tree; meetings with one party told, visits "here"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.coding.sides import is_mutual, sides_of, visited_here
from onrecord.reading.types import Argument
from tests.coding.coded import coded, needs_model
from tests.coding.readings import mention, reading
from tests.coding.test_events import MET, SENTENCE

Sides = dict[str, list[tuple[int, int]]]


def sides(sentence: str, kind: str, trigger: int | tuple[int, int], *arguments: Argument) -> Sides:
    """The spans of each side of one mention in a sentence."""
    found = sides_of(reading([sentence]), replace(mention(kind, trigger), arguments=arguments))
    return {role: [each.span for each in side] for role, side in found.items()}


def test_words_on_both_sides_stand_on_the_likelier() -> None:
    arguments = (
        Argument("recipient", (9, 12), 0.3),
        Argument("actor", (7, 10), 0.8),
        Argument("actor", (13, 16), 0.4),
        Argument("recipient", (13, 16), 0.6),
        Argument("recipient", (0, 3), 0.5),
    )
    sides = sides_of(reading([SENTENCE]), replace(mention("ACCUSE", MET), arguments=arguments))
    assert [each.span for each in sides["actor"]] == [(7, 10)]
    assert [each.span for each in sides["recipient"]] == [(13, 16)]


@pytest.mark.parametrize(
    ("score", "actors"), [(0.1, [(7, 10)]), (0.3, [(7, 10), (11, 12)]), (0.8, [(0, 3), (7, 10), (11, 12)])]
)
def test_who_is_joined_by_and_needs_less_to_stand_beside(score: float, actors: list[tuple[int, int]]) -> None:
    arguments = tuple(
        Argument("actor", span, s) for span, s in (((7, 10), 0.9), ((11, 12), score), ((0, 3), score))
    )
    sides = sides_of(reading([SENTENCE]), replace(mention("AGREE", MET), arguments=arguments))
    assert [each.span for each in sides["actor"]] == actors


@pytest.mark.parametrize(("kind", "actors"), [("ASSAULT", 0), ("ACCUSE", 1)])
def test_who_is_behind_an_attack_is_often_not_told(kind: str, actors: int) -> None:
    arguments = (Argument("actor", (9, 10), 0.1),)
    sides = sides_of(reading([SENTENCE]), replace(mention(kind, MET), arguments=arguments))
    assert len(sides["actor"]) == actors


@pytest.mark.parametrize(("kind", "recipients"), [("MOBILIZE", 0), ("ACCUSE", 1)])
def test_troops_are_moved_against_nobody_that_is_not_likely(kind: str, recipients: int) -> None:
    arguments = (Argument("recipient", (9, 10), 0.3),)
    sides = sides_of(reading([SENTENCE]), replace(mention(kind, MET), arguments=arguments))
    assert len(sides["recipient"]) == recipients


def test_a_noun_before_an_attack_tells_whose_it_is() -> None:
    sentence = "Insurgent|ADJ|2:amod attacks|NOUN|3:nsubj continued|VERB|0:root .|PUNCT|3:punct"
    assert sides(sentence, "ASSAULT", 1, Argument("actor", (0, 1), 0.1))["actor"] == [(0, 1)]


# Ruritania blamed a statement by Elbonia , which urged Syldavia to pay .
RELATIVE = (
    "Ruritania|PROPN|2:nsubj blamed|VERB|0:root a|DET|4:det statement|NOUN|2:obj by|ADP|6:case "
    "Elbonia|PROPN|4:nmod ,|PUNCT|9:punct which|PRON|9:nsubj urged|VERB|6:acl:relcl Syldavia|PROPN|9:obj "
    "to|PART|12:mark pay|VERB|9:xcomp .|PUNCT|2:punct"
)


def test_a_relative_clause_is_about_the_noun_before_it() -> None:
    told = Argument("actor", (0, 1), 0.9), Argument("recipient", (9, 10), 0.9)
    assert sides(RELATIVE, "REQUEST", 8, *told) == {"actor": [(5, 6)], "recipient": [(9, 10)]}
    assert sides(RELATIVE, "ACCUSE", 1, *told)["actor"] == [(0, 1)]
    both = *told, Argument("actor", (5, 6), 0.7)
    assert sides(RELATIVE, "REQUEST", 8, *both)["actor"] == [(5, 6)]


# Elbonia blamed Ruritania as Syldavia left .
MEANWHILE = (
    "Elbonia|PROPN|2:nsubj blamed|VERB|0:root Ruritania|PROPN|2:obj as|SCONJ|6:mark "
    "Syldavia|PROPN|6:nsubj left|VERB|2:advcl .|PUNCT|2:punct"
)


@pytest.mark.parametrize(("kind", "actors"), [("ACCUSE", [(0, 1)]), ("AGREE", [(0, 1), (4, 5)])])
def test_who_does_something_else_is_no_doer(kind: str, actors: list[tuple[int, int]]) -> None:
    told = Argument("actor", (0, 1), 0.9), Argument("actor", (4, 5), 0.8)
    assert sides(MEANWHILE, kind, 1, *told)["actor"] == actors


# Elbonia rebuked Ruritania after Syldavia left .
AFTER = (
    "Elbonia|PROPN|2:nsubj rebuked|VERB|0:root Ruritania|PROPN|2:obj after|SCONJ|6:mark "
    "Syldavia|PROPN|6:nsubj left|VERB|2:advcl .|PUNCT|2:punct"
)


@pytest.mark.parametrize(
    ("words", "score", "kept"),
    [((2, 3), 0.1, True), ((4, 5), 0.1, False), ((4, 5), 0.5, True)],
)
def test_who_stands_in_another_clause_must_be_likely(
    words: tuple[int, int], score: float, kept: bool
) -> None:
    found = sides(AFTER, "ACCUSE", 1, Argument("recipient", words, score))
    assert found["recipient"] == ([words] if kept else [])


# The minister resigned over Ruritania . / stepped down
LEAVES = (
    "The|DET|2:det minister|NOUN|3:nsubj {}|VERB|0:root {}|ADP|3:{} over|ADP|6:case Ruritania|PROPN|3:obl "
    ".|PUNCT|3:punct"
)


@pytest.mark.parametrize(
    ("verb", "particle", "relation", "recipients"),
    [
        ("resigned", "again", "advmod", 0),
        ("stepped", "down", "advmod", 0),
        ("stepped", "back", "advmod", 1),
        ("withdrew", "again", "advmod", 1),
    ],
)
def test_an_office_is_left_to_nobody(verb: str, particle: str, relation: str, recipients: int) -> None:
    arguments = Argument("actor", (0, 2), 0.9), Argument("recipient", (5, 6), 0.9)
    found = sides(LEAVES.format(verb, particle, relation), "RETREAT", 2, *arguments)
    assert found["actor"] == [(0, 2)]
    assert len(found["recipient"]) == recipients


# He thanked them .
PRONOUNS = "He|PRON|2:nsubj thanked|VERB|0:root them|PRON|2:obj .|PUNCT|2:punct"


def test_a_pronoun_tells_the_party_that_no_head_found() -> None:
    assert sides(PRONOUNS, "SUPPORT", 1) == {"actor": [(0, 1)], "recipient": [(2, 3)]}
    # The envoy was praised ; nobody says by whom .
    passive = "He|PRON|3:nsubj:pass was|AUX|3:aux:pass praised|VERB|0:root .|PUNCT|3:punct"
    assert sides(passive, "SUPPORT", 2)["actor"] == []


@pytest.mark.parametrize(
    ("kind", "trigger", "mutual"), [("ASSAULT", 0, True), ("CONSULT", 0, False), ("ASSAULT", 1, False)]
)
def test_who_fights_is_fought(kind: str, trigger: int, mutual: bool) -> None:
    read = reading(
        [
            "Clashes|NOUN|2:nsubj erupted|VERB|0:root between|ADP|4:case rebels|NOUN|1:nmod and|CCONJ|6:cc "
            "police|NOUN|4:conj .|PUNCT|2:punct"
        ]
    )
    assert is_mutual(read, mention(kind, trigger)) is mutual


@pytest.mark.parametrize(
    ("mode", "score", "here"), [("visit", 0.2, True), ("visit", 0.8, False), (None, 0.2, False)]
)
def test_a_visit_here_without_a_likely_host(mode: str | None, score: float, here: bool) -> None:
    read = reading(
        ["Envoys|NOUN|2:nsubj arrived|VERB|0:root here|ADV|2:advmod with|ADP|5:case aid|NOUN|2:obl"]
    )
    arguments = (Argument("recipient", (4, 5), score),)
    found = visited_here(read, replace(mention("CONSULT", 1, mode), arguments=arguments))
    assert found == (2 if here else None)


@needs_model
@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        (
            "Peru said its harvest was good and Lima was full of guests. Norwegian Foreign Minister Jonas Dahl "
            "arrived here on Tuesday for a three-day visit, officials in Lima said.",
            {"NOR"},
            {"PER"},
        ),
        (
            "Officials in Oslo were content. During a meeting with Norwegian Prime Minister Kari Dahl, Peruvian "
            "President Jose Rios praised the treaty.",
            {"NOR", "PER"},
            set(),
        ),
        ("The Norway-Peru summit was held in Oslo on Tuesday.", {"NOR", "PER"}, set()),
    ],
)
def test_nobody_meets_alone(text: str, actors: set[str], recipients: set[str]) -> None:
    made = coded(text)
    codes = {actor.id: actor.code for actor in made.actors}
    meetings = [event for event in made.events if event.type == "CONSULT"]
    assert [{codes[each] for each in event.actors} for event in meetings] == [actors]
    assert [{codes[each] for each in event.recipients} for event in meetings] == [recipients]
