"""The fit of the attachment weights, on choices whose answer is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from onrecord.coding.time import attachment
from onrecord.coding.time.candidates import Features
from onrecord.coding.time.timex import find
from tests.coding.readings import mention, reading
from training.attachment import (
    LEANING,
    RAREST,
    Choice,
    choice,
    fit,
    frequent,
    is_right,
    lean,
    left_out,
    same_days,
    together,
    with_tree,
)

NONE: Features = {"none": 1.0}


def made(count: int = 400, surely: float = 0.9) -> list[Choice]:
    """Choices between two days and none, of which "tells" marks the true one as often as `surely`."""
    random = np.random.default_rng(1)
    found = []
    for number in range(count):
        true = int(random.integers(3))
        marked = true if random.random() < surely else int(random.integers(3))
        options: list[Features] = [
            {f"idle {i}": 1.0} | ({"tells": 1.0} if marked == i else {}) for i in range(2)
        ]
        options.append(NONE | ({"none tells": 1.0} if marked == 2 else {}))
        truth = [i == true for i in range(3)]
        found.append(Choice(f"d{number}", options, truth, ["2021-10-06", "2021-10-07", None]))
    return found


def test_the_fit_finds_which_feature_tells() -> None:
    found = made()
    names = frequent(found)
    model = fit(found, names, [0.1] * len(names))
    assert model["tells"] > 2
    assert abs(model["idle 0"]) < 0.7
    assert np.mean([is_right(each, model) for each in found]) > 0.88


def test_choices_without_a_true_option_teach_nothing() -> None:
    found = made(60)
    lost = [Choice("x", each.options, [False] * 3, each.days) for each in found]
    names = frequent(found)
    assert fit([*found, *lost], names, [1.0] * len(names)) == fit(found, names, [1.0] * len(names))


def test_rare_features_and_the_readings_opinion_stay_out_of_the_tree() -> None:
    rare = [Choice("d", [{"rare": 1.0}, NONE], [True, False], ["2021", None])] * (RAREST - 1)
    named = [Choice("d", [{"named": 1.0, "common": 1.0}, NONE], [True, False], ["2021", None])] * RAREST
    assert frequent([*rare, *named]) == ["common", "none"]


def test_the_opinion_leans_the_odds_that_the_tree_gives() -> None:
    found = made(surely=0.6)
    for each in found:
        each.options[each.truth.index(True)]["named"] = 1.0
    tree = fit(found, frequent(found), [1.0] * len(frequent(found)))
    beside = with_tree(found, tree)
    assert {name for each in beside for option in each.options for name in option} <= {
        *LEANING,
        "none",
        "tree",
    }
    leaning = lean(beside)
    assert leaning["named"] > 1
    assert np.mean(left_out(beside)) > 0.9
    model = together(tree, leaning)
    assert model["named"] == pytest.approx(leaning["named"], abs=0.001)
    assert all(is_right(each, model) for each in found if is_right(each, {"named": 1.0}))


def test_options_of_one_day_add_up() -> None:
    each = Choice(
        "d", [{"a": 1.0}, {"a": 1.0}, {"b": 1.0}], [True, True, False], ["2021-10-06", "2021-10-06", None]
    )
    assert is_right(each, {"a": 0.0, "b": 0.5})
    assert not is_right(each, {"a": 0.0, "b": 0.8})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2021-10", "2021-10-01/2021-10-31", True),
        ("2020-10~", "2020-10", True),
        ("2021-10", "2021-10-07", False),
        (None, None, True),
        (None, "2021", False),
    ],
)
def test_same_days(one: str | None, other: str | None, same: bool) -> None:
    assert same_days(one, other) is same


def test_the_options_of_an_event_are_its_expressions_and_none() -> None:
    read = reading(
        ["Envoys|NOUN|2:nsubj met|VERB|0:root on|ADP|4:case Monday|PROPN|2:obl .|PUNCT|2:punct"],
        events=[mention("CONSULT", 1, when=(3, 4))],
    )
    day = date(2021, 10, 7)
    timexes = find(read.text, document_date=day, reading=read)
    found = choice("d", read, timexes, day, read.events[0], "2021-10-04")
    assert (found.truth, found.days) == ([True, False], ["2021-10-04", None])
    assert [option.get("named") for option in found.options] == [1.0, None]


def test_the_shipped_weights_are_whole() -> None:
    assert {*LEANING, "none", "here", "before"} <= set(attachment.weights())
