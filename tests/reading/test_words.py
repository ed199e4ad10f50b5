from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading import words
from onrecord.reading.lemma import lemma

HERE = Path(__file__).parent
TEXTS: list[dict[str, Any]] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
LEMMAS: dict[str, dict[str, str]] = yaml.safe_load((HERE / "lemmas.yaml").read_text(encoding="utf-8"))
SHAPES: dict[str, list[str]] = yaml.safe_load((HERE / "shapes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["text"][:30])
def test_the_words_of_a_text(case: dict[str, Any]) -> None:
    text = case["text"]
    starts, ends = words.split(text)
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == case["words"]


def test_a_stretch_is_split_on_its_own_with_offsets_of_the_whole() -> None:
    text = "Russia left. NATO stayed, it said."
    starts, ends = words.split(text, 13, 24)
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == ["NATO", "stayed"]
    assert starts.tolist() == [13, 18]


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
    | st.text("aZ9.,'’-\"“” \n()n't$U.S.", max_size=60)
)
def test_words_cover_every_sign_that_is_not_space_once_and_in_order(text: str) -> None:
    starts, ends = words.split(text)
    covered = [False] * len(text)
    last = 0
    for a, b in zip(starts.tolist(), ends.tolist(), strict=True):
        assert last <= a < b
        covered[a:b] = [True] * (b - a)
        last = b
    assert [sign.isspace() for sign in text] == [not seen for seen in covered]


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, row in SHAPES.items() for word in row])
def test_the_shape_of_a_word(kind: str, word: str) -> None:
    assert words.shape(word) == getattr(words, kind)


@pytest.mark.parametrize(
    ("upos", "form", "base"),
    [(upos, form, base) for upos, row in LEMMAS.items() for form, base in row.items()],
)
def test_the_base_form_of_a_word(upos: str, form: str, base: str) -> None:
    assert lemma(form, upos) == base
