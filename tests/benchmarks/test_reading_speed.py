from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import reading_speed
from onrecord.reading.words import split


def test_the_figures_of_a_small_corpus(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    texts = ["The talks failed.", "Paris recalled its envoy on Monday. Berlin did not.", "No."]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    figures = reading_speed.main(corpus, None, tmp_path)
    assert figures["documents"] == 3
    assert figures["words"] == sum(len(split(text)[0]) for text in texts)
    for threads in reading_speed.THREADS:
        bare, full = (figures[f"{what} words/s, {threads} threads"] for what in ("bare", "full"))
        assert bare > 0 and full > 0
        assert figures[f"share of bare, {threads} threads"] == pytest.approx(full / bare, rel=0.05)
    assert figures["peak MB"] > 50 and figures["load s"] > 0
