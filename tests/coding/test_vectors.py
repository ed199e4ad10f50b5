"""The weights of the encoder's vectors: fitted for the model that is shipped, and silent for any other."""

from __future__ import annotations

import numpy as np

from onrecord.coding.claims import stance_model, vectors
from onrecord.reading.labels import version
from tests.coding.coded import needs_model


def test_the_shipped_weights_are_those_of_the_shipped_model() -> None:
    known = vectors.weights(version())
    assert known["stance"].shape == (3 * 384, len(stance_model.weights().stances))
    assert known["sifting"].shape == (3 * 384, 1)


def test_another_model_is_not_weighed_with_them() -> None:
    assert vectors.odds("reading of my own", "stance", np.ones(12, np.float32)) is None


@needs_model
def test_a_row_adds_whole_hundredths_to_each_stance() -> None:
    row = np.full(3 * 384, 0.5, np.float32)
    added = vectors.odds(version(), "stance", row)
    assert added is not None
    assert np.allclose(added, row @ vectors.weights(version())["stance"], atol=0.5)
