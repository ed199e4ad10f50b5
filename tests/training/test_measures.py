"""Our own sentences that tell measures: every one can be filled in, and its evidence is its words."""

from __future__ import annotations

from typing import get_args

from onrecord.model.records import Act
from training import measures

KINDS = get_args(Act.model_fields["act"].annotation)
STATUS = {None, "actual", "future", "hypothetical", "negated"}


def test_no_mark_is_left_and_every_measure_is_in_the_text() -> None:
    told = list(measures.texts())
    assert len(told) > 200
    for text, acts in told:
        assert not set("[]{}") & set(text), text
        for act in acts:
            start, end = act["evidence"]
            assert 0 <= start < end <= len(text)
            assert act["status"] in STATUS
            assert act["mission"]["sending"] != act["mission"]["receiving"]


def test_every_kind_of_act_is_told() -> None:
    assert {act["act"] for _, acts in measures.texts() for act in acts} == set(KINDS)


def test_the_same_texts_every_time() -> None:
    assert list(measures.texts()) == list(measures.texts())
