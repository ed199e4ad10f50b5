"""The shipped model as an onnxruntime session: found, checked against its checksum and loaded once a process.

A session has one thread. Who wants more runs several windows side by side (`Reader(threads=...)`), so
a result cannot depend on how many there are; a window is a batch of its own, so it cannot depend on its
neighbours either.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.model.problems import OnrecordError
from onrecord.reading.labels import DATA, Labels, folder_of
from onrecord.reading.windows import Window, WordPieces

Floats = NDArray[np.float32]
Outputs = Mapping[str, Floats]
"""Output name -> values, a row a word of the window."""

FILES = ("model.onnx", "labels.json", "heads.npz")
"""What a model's folder holds."""
VECTORS = "vectors"
"""The output that models exported before reading-3.2 lack."""
_loaded: dict[str, Session] = {}
_lock = threading.Lock()


class Model(Protocol):
    """What the reader needs of a model: `Session`, or a stand-in of the same shape."""

    labels: Labels
    pieces: WordPieces
    matrices: Mapping[str, Floats]

    def run(self, window: Window) -> Outputs: ...


class Session:
    """A model folder (`model.onnx`, `labels.json`, `heads.npz`) ready to run.

    Raises OnrecordError: `reading-model-missing`, `reading-model-checksum`, `reading-model-old`, `reading-labels`.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        _complete(folder)
        self.labels = Labels.read(folder / "labels.json")
        self.pieces = WordPieces(DATA / "vocab.txt")
        with np.load(folder / "heads.npz") as matrices:
            self.matrices: Mapping[str, Floats] = {name: matrices[name] for name in matrices.files}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is stored as onnxruntime has rewritten it.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        graph = _checked(folder / "model.onnx", self.labels.sha256)
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._names = [output.name for output in self._session.get_outputs()]
        if VECTORS not in self._names:
            raise OnrecordError(
                "reading-model-old",
                f"the graph gives no {VECTORS}: it was exported by an older onrecord",
                "Install onrecord again, or export the model again with `python -m training export`.",
                str(folder),
            )

    def run(self, window: Window) -> Outputs:
        """All outputs of one window."""
        feeds = {"ids": window.ids, "shapes": window.shapes, "first": window.first}
        return dict(zip(self._names, self._session.run(self._names, feeds), strict=True))


def load(model: str = "default") -> Session:
    """The session of a model, loaded at the first call and shared by the whole process."""
    with _lock:
        session = _loaded.get(model)
        if session is None:
            session = _loaded[model] = Session(folder_of(model))
        return session


def _complete(folder: Path) -> None:
    for name in FILES:
        if not (folder / name).is_file():
            raise OnrecordError(
                "reading-model-missing",
                f"the reading model has no {name}",
                "Install onrecord again; a model that is not shipped is made with `python -m training`.",
                str(folder),
            )


def _checked(path: Path, expected: str) -> bytes:
    """The bytes of the model, which are those that were exported with its labels."""
    graph = path.read_bytes()
    found = hashlib.sha256(graph).hexdigest()
    if found != expected:
        raise OnrecordError(
            "reading-model-checksum",
            f"{path.name} is not the model that its labels.json describes ({found[:12]} for {expected[:12]})",
            "Install onrecord again, or export the model and its labels together.",
            str(path),
        )
    return graph
