"""From the shipped files back to a checkpoint, so that a run can start where the shipped model stands.

The weights come back as int8 left them: within half a step of each column's scale. Which initialiser of the graph is
which parameter is found by exporting a model of the same shape with random weights, whose parameters are known.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.config import SIZE, Size
from training.export import quantise, write_onnx
from training.labels import Labels
from training.model import ReadingModel

Weights = dict[str, NDArray[np.float32]]


def restore(shipped: Path, folder: Path, size: Size = SIZE) -> None:
    """Write `checkpoint.pt` and `labels.json` into `folder` from the `model.onnx`, `heads.npz` and `labels.json` of
    `shipped`."""
    labels = labels_of(shipped / "labels.json")
    torch.manual_seed(0)
    model = ReadingModel(size, labels)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter)
    with TemporaryDirectory() as place:
        write_onnx(model, Path(place) / "float.onnx", int8_rows=True)
        quantise(Path(place) / "float.onnx", Path(place) / "model.onnx")
        known, wanted = weights(Path(place) / "model.onnx"), weights(shipped / "model.onnx")
    state = dict(model.state_dict())
    left = set(state)
    for name, value in known.items():
        if name not in wanted:
            continue
        for match, turned in _same(name, value, state, left):
            found = torch.from_numpy(wanted[name].copy())
            state[match] = (found.T if turned else found).reshape(state[match].shape).contiguous()
            left.discard(match)
    left -= _mixtures(model, known, wanted, state)
    with np.load(shipped / "heads.npz") as matrices:
        for task in model.heads:
            for name in [each for each in matrices.files if f"tasks.{task}.{each}" in state]:
                state[f"tasks.{task}.{name}"] = torch.from_numpy(matrices[name])
                left.discard(f"tasks.{task}.{name}")
    left = {name for name in left if not name.startswith(_teaching(model))}
    if left:
        raise ValueError(f"not found in {shipped}: {', '.join(sorted(left))}")
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"model": state}, folder / "checkpoint.pt")
    labels.save(folder / "labels.json")


def _teaching(model: ReadingModel) -> tuple[str, ...]:
    """How the parameters of heads begin that only teach the encoder: no export holds them, they begin anew."""
    return tuple(f"tasks.{name}." for name, head in model.heads.items() if not head.outputs)


def labels_of(path: Path) -> Labels:
    """The inventories of an exported model, in the shape that training keeps."""
    shipped = json.loads(path.read_text(encoding="utf-8"))
    fields = Labels().__dataclass_fields__
    return Labels(**{name: value for name, value in shipped.items() if name in fields})


def weights(path: Path) -> Weights:
    """Every float initialiser of a graph by its name, quantised ones made float again."""
    import onnx
    from onnx import numpy_helper

    raw = {each.name: numpy_helper.to_array(each) for each in onnx.load(path).graph.initializer}
    found: Weights = {name: value for name, value in raw.items() if value.dtype == np.float32}
    for name, value in raw.items():
        if value.dtype == np.int8 and (scale := raw.get(_scale_of(name))) is not None:
            found[name] = value.astype(np.float32) * scale
    return found


def _scale_of(name: str) -> str:
    return name.replace("_quantized", "_scale").replace("words.rows", "words.scale")


def _same(
    holder: str, value: NDArray[np.float32], state: dict[str, Tensor], left: set[str]
) -> list[tuple[str, bool]]:
    """The parameters of the known model that an initialiser holds, and whether it holds them turned."""
    found = []
    for name in left:
        own = state[name]
        if holder == f"model.{name}":
            return [(name, False)]
        for turned in (False, True):
            other = own.T if turned and own.dim() == 2 else own
            if value.size > 1 and other.shape == value.shape and _close(value, other.numpy()):
                found.append((name, turned and own.dim() == 2))
                break
    return found


def _close(one: NDArray[Any], other: NDArray[Any]) -> bool:
    sample = slice(None, None, max(1, len(one) // 8))
    return bool(np.abs(one[sample] - other[sample]).max() < 0.05)


def _mixtures(model: ReadingModel, known: Weights, wanted: Weights, state: dict[str, Tensor]) -> set[str]:
    """The layers' shares of each view: the graph holds them after the softmax, so that their logarithms do."""
    done = set()
    scalars = {name: float(value) for name, value in known.items() if not value.shape}
    for view in model.views:
        name = f"views.{view}.weights"
        shares = state[name].softmax(0)
        names = [min(scalars, key=lambda each: abs(scalars[each] - float(share))) for share in shares]
        found = np.array([float(wanted[each]) for each in names])
        state[name] = torch.from_numpy(np.log(found)).float()
        done.add(name)
    return done
