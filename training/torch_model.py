"""Torch weights behind the run-time's model interface: what the float32 model would give, for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.reading.labels import DATA
from onrecord.reading.labels import Labels as RuntimeLabels
from onrecord.reading.windows import Window, WordPieces
from training.export import Exported
from training.model import ReadingModel


class TorchModel:
    """A `ReadingModel` that runs windows like an onnxruntime session does."""

    def __init__(self, model: ReadingModel, labels: Path) -> None:
        self.labels = RuntimeLabels.read(labels)
        self.pieces = WordPieces(DATA / "vocab.txt")
        self.matrices: Mapping[str, NDArray[np.float32]] = {
            name: matrix for task in model.heads.values() for name, matrix in task.matrices().items()
        }
        self._exported = Exported(model.eval(), int8_rows=False).eval()

    def run(self, window: Window) -> Mapping[str, NDArray[np.float32]]:
        inputs = (torch.from_numpy(part) for part in (window.ids, window.shapes, window.first))
        with torch.no_grad():
            outputs = self._exported(*inputs)
        return {name: value.numpy() for name, value in zip(self._exported.names, outputs, strict=True)}
