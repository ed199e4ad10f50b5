"""Attributions and events out of outputs that are set by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from onrecord.reading import attribution, events
from onrecord.reading.scores import product
from onrecord.reading.types import Attribution
from tests.reading.standin import LABELS, TYPES

#        0     1      2    3     4    5      6    7     8    9      10
WORDS = "They denied it . Moscow said “ we never attacked ”".split()
ROLE = {role: index for index, role in enumerate(LABELS.roles)}
COUNT = len(WORDS)


def _attr(spans: dict[str, list[tuple[int, int]]]) -> np.ndarray:
    tags = np.zeros((COUNT, 9), np.float32)
    for column, role in enumerate(("source", "cue", "content")):
        tags[:, 3 * column] = 1.0
        for start, end in spans.get(role, []):
            tags[start, 3 * column + 1] = 5.0
            tags[start + 1 : end, 3 * column + 2] = 5.0
    return tags


def _relations(
    spans: dict[str, list[tuple[int, int]]], links: dict[tuple[str, int, int], float]
) -> list[Attribution]:
    """Links: (role, cue word, first word of the other span) -> logit; every other link is -1."""
    eye = np.eye(COUNT, dtype=np.float32)
    matrices = {name: np.full((COUNT, COUNT), -1.0, np.float32) for name in ("link_source", "link_content")}
    for (role, cue, other), logit in links.items():
        matrices[f"link_{role}"][cue, other] = logit
    outputs = {"attr": _attr(spans), "attr_cue": eye, "attr_source": eye, "attr_content": eye}
    blocks = np.zeros(COUNT, bool)
    blocks[[0, 4]] = True
    return attribution.relations(outputs, matrices, LABELS, blocks, offset=100)


def test_a_cue_takes_its_best_source_and_all_its_contents() -> None:
    found = _relations(
        {"source": [(0, 1), (4, 5)], "cue": [(1, 2), (5, 6)], "content": [(2, 3), (6, 8), (9, 11)]},
        {
            **{("source", 1, 0): 2.0, ("source", 1, 4): 1.0, ("source", 5, 4): 3.0},
            **{("content", 1, 2): 2.0, ("content", 5, 6): 2.0, ("content", 5, 9): 0.5},
        },
    )
    assert [(a.source, a.cue, a.content) for a in found] == [
        (((100, 101),), ((101, 102),), ((102, 103),)),
        (((104, 105),), ((105, 106),), ((106, 108), (109, 111))),
    ]
    assert all(0.5 < a.score < 1 for a in found)


def test_a_content_goes_to_its_best_cue_unless_it_fits_none() -> None:
    found = _relations(
        {"source": [(0, 1)], "cue": [(1, 2), (5, 6)], "content": [(2, 3), (6, 8), (9, 11)]},
        {
            **{("content", 1, 2): 1.0, ("content", 5, 2): 0.5, ("content", 5, 9): -0.5},
            **{("content", 1, 6): -3.0, ("content", 5, 6): -2.5},
        },
    )
    assert [(a.source, a.content) for a in found] == [((), ((102, 103),)), ((), ((109, 111),))]


@pytest.mark.parametrize("spans", [{}, {"cue": [(1, 2)]}, {"content": [(2, 3)]}, {"source": [(0, 1)]}])
def test_no_attribution_without_cue_and_content(spans: dict[str, list[tuple[int, int]]]) -> None:
    assert _relations(spans, {}) == []


def test_a_span_over_two_paragraphs_is_two_parts() -> None:
    found = _relations({"cue": [(1, 2)], "content": [(2, 7)]}, {})
    assert found[0].content == ((102, 104), (104, 107))


# 0 Moscow, 1 has 2 denied 3 the 4 charge, 5 and 6 said 7 all 8 its 9 claims 10 hold
HEADS = np.array([2, 2, -1, 4, 2, 6, 2, 9, 9, 10, 6], np.int32)
RELATIONS = ["nsubj", "aux", "root", "det", "obj", "cc", "conj", "det", "nmod:poss", "nsubj", "ccomp"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((((0, 1),), ((1, 2),), ((3, 4),)), (((0, 1),), ((1, 3),), ((3, 5),))),
        (((), ((6, 7),), ((7, 8),)), ((), ((6, 7),), ((7, 11),))),
        (((), ((6, 7),), ((7, 8), (9, 10))), ((), ((6, 7),), ((7, 8), (9, 11)))),
        (((), ((2, 3),), ((4, 5),)), ((), ((2, 3),), ((4, 5),))),
    ],
)
def test_a_span_ends_where_its_phrase_does_and_never_runs_into_another(
    given: tuple[Any, Any, Any], expected: tuple[Any, Any, Any]
) -> None:
    (found,) = attribution.closed([Attribution(*given, score=0.5)], HEADS, RELATIONS)
    assert (found.source, found.cue, found.content) == expected


def _outputs(
    triggers: dict[int, str], roles: dict[tuple[int, str, int], float], ends: dict[int, int]
) -> dict[str, np.ndarray]:
    """Trigger tags by word; role logits by (trigger, role, first word), else -3; last word by first word."""
    width = COUNT * len(LABELS.roles)
    tags = np.zeros((COUNT, 1 + 2 * len(TYPES)), np.float32)
    tags[:, 0] = 3.0
    for word, label in triggers.items():
        kind = 1 + 2 * TYPES.index(label[2:])
        tags[word, kind if label[0] == "B" else kind + 1] = 8.0
    query = np.full((COUNT, len(LABELS.roles), COUNT), -3.0, np.float32)
    for (trigger, role, word), logit in roles.items():
        query[trigger, ROLE[role], word] = logit
    modes = np.zeros((COUNT, len(LABELS.modes)), np.float32)
    modes[:, LABELS.modes.index("SANCTION:expel")] = 2.0
    modes[:, LABELS.modes.index("CONSULT:visit")] = -2.0
    extents = np.eye(COUNT, dtype=np.float32)
    for start, last in ends.items():
        extents[start, last] = 2.0
    return {
        "trigger": tags,
        "mode": modes,
        "background": np.linspace(-2, 2, COUNT, dtype=np.float32),
        "role_query": query.reshape(COUNT, width),
        "role_key": np.eye(COUNT, dtype=np.float32),
        "span_start": extents,
        "span_end": np.eye(COUNT, dtype=np.float32),
    }


STATUS = np.tile(np.array([0.7, 0.1, 0.1, 0.1], np.float32), (COUNT, 1))
SENTENCES = [(0, 4), (4, 11)]


def test_an_event_has_its_type_mode_status_and_arguments() -> None:
    outputs = _outputs(
        {1: "B-SANCTION", 5: "B-CONSULT"},
        {
            **{(1, "actor", 0): 2.0, (1, "recipient", 2): 1.0, (1, "recipient", 3): 3.0},
            **{(1, "source", 4): -0.5, (5, "when", 9): 0.2, (5, "when", 8): 0.9},
        },
        {8: 10},
    )
    status = STATUS.copy()
    status[5] = [0.1, 0.2, 0.6, 0.1]
    found = events.mentions(outputs, status, LABELS, SENTENCES, offset=100)
    assert [(e.trigger, e.type, e.mode, e.status) for e in found] == [
        ((101, 102), "SANCTION", "expel", "actual"),
        ((105, 106), "CONSULT", None, "hypothetical"),
    ]
    assert [[(a.role, a.span) for a in e.arguments] for e in found] == [
        [("actor", (100, 101)), ("recipient", (103, 104)), ("recipient", (102, 103))],
        [("when", (108, 111))],
    ]
    assert found[0].arguments[0].score == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert found[1].status_score == pytest.approx(0.6)
    assert found[0].background < 0.5


def test_two_arguments_of_one_role_never_overlap() -> None:
    outputs = _outputs({5: "B-SANCTION"}, {(5, "actor", 6): 1.0, (5, "actor", 7): 2.0}, {6: 9, 7: 8})
    (event,) = events.mentions(outputs, STATUS, LABELS, SENTENCES, offset=0)
    assert [a.span for a in event.arguments] == [(7, 9)]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({("actor", 0): 3.0, ("actor", 6): 1.0}, [("actor", 6)]),
        ({("actor", 0): 3.0, ("recipient", 6): 1.0}, [("actor", 0), ("recipient", 6)]),
        ({("actor", 6): 1.0, ("recipient", 6): 2.0}, [("recipient", 6)]),
        ({("actor", 6): 1.0, ("source", 6): 2.0, ("source", 0): 3.0}, [("actor", 6), ("source", 0)]),
    ],
)
def test_parties_in_the_sentence_rule_out_those_beyond_it_and_a_word_has_one_part(
    roles: dict[tuple[str, int], float], expected: list[tuple[str, int]]
) -> None:
    outputs = _outputs(
        {5: "B-SANCTION"}, {(5, role, word): logit for (role, word), logit in roles.items()}, {}
    )
    (event,) = events.mentions(outputs, STATUS, LABELS, SENTENCES, offset=0)
    assert [(a.role, a.span[0]) for a in event.arguments] == expected


def test_an_argument_ends_with_its_sentence() -> None:
    outputs = _outputs({5: "B-SANCTION"}, {(5, "actor", 2): 1.0}, {2: 8})
    (event,) = events.mentions(outputs, STATUS, LABELS, SENTENCES, offset=0)
    assert [a.span for a in event.arguments] == [(2, 3)]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({1: "B-AGREE", 2: "I-AGREE"}, [((1, 3), "AGREE")]),
        ({1: "B-AGREE", 2: "B-AGREE"}, [((1, 2), "AGREE"), ((2, 3), "AGREE")]),
        ({1: "B-AGREE", 3: "I-AGREE"}, [((1, 2), "AGREE"), ((3, 4), "AGREE")]),
        ({1: "B-AGREE", 2: "I-CONSULT"}, [((1, 3), "AGREE")]),
        ({}, []),
    ],
)
def test_trigger_tags_become_triggers(
    tags: dict[int, str], expected: list[tuple[tuple[int, int], str]]
) -> None:
    found = events.triggers(_outputs(tags, {}, {})["trigger"], 0.8)
    assert [(trigger.span, TYPES[trigger.kind]) for trigger in found] == expected


@pytest.mark.parametrize(
    ("triggers", "roles", "expected"),
    [
        ({5: "B-CONSULT", 7: "B-CONSULT"}, {}, [5]),
        ({5: "B-CONSULT", 7: "B-AGREE"}, {}, [5, 7]),
        ({2: "B-CONSULT", 5: "B-CONSULT"}, {}, [2, 5]),
        ({5: "B-CONSULT", 7: "B-CONSULT"}, {(5, "actor", 4): 2.0, (7, "actor", 6): 2.0}, [5, 7]),
        ({5: "B-CONSULT", 7: "B-CONSULT"}, {(5, "actor", 4): 2.0, (7, "actor", 4): 1.0}, [5]),
        ({5: "B-CONSULT", 7: "B-CONSULT"}, {(5, "recipient", 8): 2.0, (7, "recipient", 9): 2.0}, [5, 7]),
        ({5: "B-CONSULT", 7: "B-CONSULT"}, {(5, "recipient", 8): 2.0}, [5]),
    ],
)
def test_one_event_told_twice_in_one_breath_is_one_mention(
    triggers: dict[int, str], roles: dict[tuple[int, str, int], float], expected: list[int]
) -> None:
    outputs = _outputs(triggers, roles, {})
    outputs["trigger"][5] *= 2
    found = events.mentions(outputs, STATUS, LABELS, SENTENCES, offset=0)
    assert [event.trigger[0] for event in found] == expected


def test_mentions_of_one_type_far_apart_are_two() -> None:
    outputs = _outputs({0: "B-CONSULT", 6: "B-CONSULT", 10: "B-CONSULT"}, {}, {})
    outputs["trigger"][0] *= 2
    found = events.mentions(outputs, STATUS, LABELS, [(0, 11)], offset=50)
    assert [event.trigger[0] for event in found] == [50, 60]


def test_a_mention_under_the_threshold_is_none() -> None:
    outputs = _outputs({1: "B-AGREE"}, {}, {})
    strict = replace(LABELS, thresholds={"trigger": 0.999})
    assert len(events.mentions(outputs, STATUS, LABELS, SENTENCES, 0)) == 1
    assert events.mentions(outputs, STATUS, strict, SENTENCES, 0) == []


@pytest.mark.parametrize(
    ("rows", "inner", "columns"), [(0, 3, 2), (1, 5, 4), (7, 97, 97), (80, 97, 97), (3, 700, 700)]
)
def test_a_product_in_small_steps_is_the_product(rows: int, inner: int, columns: int) -> None:
    random = np.random.default_rng(3)
    left = random.normal(size=(rows, inner)).astype(np.float32)
    right = random.normal(size=(inner, columns)).astype(np.float32)
    assert np.allclose(product(left, right), left @ right, atol=1e-3)


def test_a_word_that_may_be_in_a_source_is() -> None:
    """A cue mostly has a source, so that an unsure one counts."""
    tags = _attr({"cue": [(1, 2)], "content": [(2, 3)]})
    tags[0, :2] = [0.5, 0.0]
    eye = np.eye(COUNT, dtype=np.float32)
    matrices = {"link_source": np.ones_like(eye), "link_content": np.ones_like(eye)}
    outputs = {"attr": tags, "attr_cue": eye, "attr_source": eye, "attr_content": eye}
    (found,) = attribution.relations(outputs, matrices, LABELS, np.zeros(COUNT, bool), offset=0)
    assert found.source == ((0, 1),)
    tags[0, :2] = [1.5, 0.0]
    (found,) = attribution.relations(outputs, matrices, LABELS, np.zeros(COUNT, bool), offset=0)
    assert found.source == ()
