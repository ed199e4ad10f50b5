"""The whole path from the bundled sample to an export, with a model small enough for every test run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

STEPS = 200
SENTENCES = [
    ["Norway", "expelled", "two", "envoys", "on", "Monday", "."],
    ["The", "ministry", "denied", "it", "."],
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A tiny run on the sample: (run, corpus)."""
    import torch

    from training.config import TINY_PLAN, TINY_SIZE
    from training.loop import Run
    from training.model import ReadingModel
    from training.sources import read_all
    from training.sources.reading import SAMPLE

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(1)
    torch.set_num_threads(1)
    corpus = read_all(SAMPLE, folder / "cache")
    run = Run(ReadingModel(TINY_SIZE, corpus.labels), corpus, TINY_PLAN, folder / "run")
    run.train(steps=STEPS)
    return run, corpus


@pytest.fixture(scope="module")
def exported(trained: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from training.export import export

    run, corpus = trained
    folder = tmp_path_factory.mktemp("exported")
    export(run.model, corpus.labels, folder, "reading-tiny", {"trigger": 0.4}, "default")
    return folder


def test_shipped_files_give_the_checkpoint_back(trained: Any, exported: Path, tmp_path: Path) -> None:
    """Within half a step of int8 for what int8 holds, exactly for the rest; a head that only teaches is not shipped."""
    import torch

    from training.config import TINY_SIZE
    from training.restore import restore

    restore(exported, tmp_path / "back", TINY_SIZE)
    found = torch.load(tmp_path / "back" / "checkpoint.pt")["model"]
    wanted = trained[0].model.state_dict()
    assert set(found) == set(wanted)
    teaching = tuple(f"tasks.{name}." for name, head in trained[0].model.heads.items() if not head.outputs)
    assert teaching == ("tasks.stance.",)
    for name, value in wanted.items():
        if name.startswith(teaching):
            continue
        step = value.abs().max() / 127
        back = found[name]
        if name.startswith("views.") and name.endswith(".weights"):
            value, back = value.softmax(0), back.softmax(0)  # which forgets what all of them have in common
        assert (value - back).abs().max() <= step, name


def _window() -> Any:
    from onrecord.reading.windows import WordPieces
    from training.sources.reading import VOCABULARY

    pieces = WordPieces(VOCABULARY)
    words = [word for sentence in SENTENCES for word in sentence]
    return pieces.window(pieces.encode(words), [(0, 7), (7, 12)])


def test_every_source_of_the_sample_has_windows(trained: Any) -> None:
    _, corpus = trained
    assert {name for name, packings in corpus.train.items() if packings[0]} == {
        "ud", "ner", "uw", "polnear", "reports", "events",
    }  # fmt: skip


@pytest.mark.parametrize(
    "loss",
    [
        "ud.upos",
        "ud.arc",
        "ud.rel",
        "ud.boundary",
        "ner.ner",
        "polnear.attr",
        "events.trigger",
        "events.roles",
    ],
)
def test_losses_fall(trained: Any, loss: str) -> None:
    run, _ = trained
    values = [row["loss"][loss] for row in run.curves if loss in row["loss"]]
    assert values[-1] < 0.9 * values[0]


def test_float_export_says_what_torch_says(trained: Any, tmp_path: Path) -> None:
    from training.export import difference, write_onnx

    run, _ = trained
    window = _window()
    write_onnx(run.model, tmp_path / "float.onnx", int8_rows=False)
    found = difference(run.model, tmp_path / "float.onnx", window.ids[0], window.shapes[0], window.first)
    assert found < 1e-3


def test_int8_export_keeps_the_decisions(trained: Any, exported: Path) -> None:
    from onrecord.reading.session import Session
    from training.torch_model import TorchModel

    run, _ = trained
    window = _window()
    ours = Session(exported).run(window)
    theirs = TorchModel(run.model, exported / "labels.json").run(window)
    assert set(ours) == set(theirs)
    agree = np.mean(ours["upos"].argmax(1) == theirs["upos"].argmax(1))
    assert agree >= 0.9
    assert np.abs(ours["arcs"] - theirs["arcs"]).mean() < 0.1 * np.abs(theirs["arcs"]).mean() + 0.05


def test_the_reader_reads_with_it(exported: Path) -> None:
    from onrecord.reading import Reader

    text = "Norway expelled two envoys on Monday.\n\nThe ministry denied it."
    reading = Reader(model=str(exported)).read(text)
    assert reading.model == "reading-tiny"
    assert len(reading) == 12
    assert len(reading.sentences) >= 2


def test_a_run_goes_on_where_it_stopped(trained: Any, tmp_path: Path) -> None:
    import torch

    from training.config import TINY_PLAN, TINY_SIZE
    from training.loop import Run
    from training.model import ReadingModel

    run, corpus = trained
    again = Run(ReadingModel(TINY_SIZE, corpus.labels), corpus, TINY_PLAN, tmp_path)
    (tmp_path / "checkpoint.pt").write_bytes(run.checkpoint.read_bytes())
    again.resume()
    assert again.steps == STEPS
    pairs = zip(again.model.parameters(), run.model.parameters(), strict=True)
    assert all(torch.equal(ours, theirs) for ours, theirs in pairs)


def test_only_the_parts_that_are_named_are_trained(trained: Any, tmp_path: Path) -> None:
    import torch

    from training.config import TINY_PLAN, TINY_SIZE
    from training.loop import Run
    from training.model import ReadingModel

    run, corpus = trained
    model = ReadingModel(TINY_SIZE, corpus.labels)
    model.load_state_dict(run.model.state_dict())
    plan = replace(TINY_PLAN, only=("tasks.events.role_query",), shares={"events": 1.0})
    Run(model, corpus, plan, tmp_path).train(steps=3)
    before = run.model.state_dict()
    changed = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert changed == {"tasks.events.role_query.weight", "tasks.events.role_query.bias"}
