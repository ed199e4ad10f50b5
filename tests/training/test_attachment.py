"""The fit of the attachment weights, on rows whose answer is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from onrecord.coding.time import attachment
from onrecord.coding.time.timex import find
from tests.coding.readings import reading
from training.attachment import RAREST, fit, remember, same_days


def test_the_fit_finds_which_feature_tells() -> None:
    random = np.random.default_rng(1)
    rows = []
    for _ in range(400):
        tells, idle = bool(random.integers(2)), bool(random.integers(2))
        truth = tells if random.random() < 0.9 else not tells
        rows.append(({"tells": float(tells), "idle": float(idle)}, truth))
    model = fit(rows, ridge=0.01)
    assert model["tells"] == pytest.approx(2 * np.log(9), abs=0.6)
    assert abs(model["idle"]) < 0.7
    assert attachment.score(model, {"tells": 1.0}) > 0 > attachment.score(model, {})


def test_rare_features_get_no_weight() -> None:
    rows = [({"rare": 1.0}, True)] * (RAREST - 1) + [({"common": 1.0}, False)] * 40
    assert set(fit(rows, ridge=1.0)) == {"common", "bias", "threshold"}


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


def test_the_shipped_weights_are_whole() -> None:
    models = attachment.weights()
    assert set(models) == {"same", "earlier", "head"}
    assert {"bias", "threshold"} <= set(models["same"]) & set(models["earlier"])
    assert set(models["head"]) == {"named", "elsewhere", "silent"}


def test_features_are_worked_out_once_for_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading(["Envoys|NOUN|2:nsubj met|VERB|0:root on|ADP|4:case Monday|PROPN|2:obl .|PUNCT|2:punct"])
    (timex,) = find(read.text, document_date=date(2021, 10, 7), reading=read)
    each = attachment.dated(read, timex)
    assert each is not None
    news, history = (attachment.Mention(1, "actual", background, "CONSULT") for background in (False, True))
    calls = []
    real = attachment.same

    def counted(*given: Any) -> attachment.Features:
        calls.append(given)
        return real(*given)

    monkeypatch.setattr(attachment, "same", counted)
    remember("same")
    for mention in (news, history, news):
        # A reading without its own events is another object with the same words.
        bare = replace(read, events=())
        again = attachment.same(bare, mention, each, [each], date(2021, 10, 7))
        assert again == real(read, mention, each, [each], date(2021, 10, 7))
    assert len(calls) == 2
