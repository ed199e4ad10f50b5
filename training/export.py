"""From a checkpoint to what the package ships: `model.onnx` (int8), `heads.npz`, `labels.json`.

Weights of matrix products become int8 by column, their inputs are quantised per run (one window of one
document); the word embeddings become int8 by row. Everything else stays float32.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from onrecord.reading.windows import LIMIT, MOST_PIECES
from onrecord.reading.words import SHAPES
from training.encoder import Layer
from training.labels import Labels
from training.model import ReadingModel

OPSET = 17
INPUTS = ("ids", "shapes", "first")
VECTORS = "attribution"
"""The view whose word vectors the model gives beside the outputs of its heads."""


class RowEmbedding(nn.Module):
    """An embedding kept as int8 with one scale a row."""

    rows: Tensor
    scale: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127.0
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class Attention(torch.autograd.Function):
    """Attention that the graph holds as one operation of onnxruntime: a tenth faster than its parts."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, layer: Layer) -> Tensor:
        return layer.attend(query, key, value, None)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, layer: Layer) -> Any:
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=layer.heads)
        found.setType(query.type())
        return found


def fused(layer: Layer, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """A layer's attention as `Attention`; a window has no padding, and so no mask."""
    mixed: Tensor = Attention.apply(query, key, value, layer)  # type: ignore[no-untyped-call]
    return mixed


class Exported(nn.Module):
    """One window: ids, shapes [1, L], first [N] -> the outputs of the contract, a row a word."""

    def __init__(self, model: ReadingModel, int8_rows: bool) -> None:
        super().__init__()
        self.model = model
        encoder = model.encoder
        self.words: nn.Module = RowEmbedding(encoder.words.weight.detach()) if int8_rows else encoder.words
        self.names = [name for task in model.heads.values() for name in task.outputs] + ["vectors"]

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        encoder = self.model.encoder
        x = self.words(ids) + encoder.positions.weight[: ids.shape[1]] + encoder.shape(shapes)
        x = encoder.norm(x)
        chosen = []
        for layer in encoder.layers.children():
            x = layer(x, None, partial(fused, cast(Layer, layer)))
            chosen.append(x.index_select(1, first))
        outputs: dict[str, Tensor] = {}
        views = self.model.mixed(chosen, shapes.index_select(1, first))
        for task in self.model.heads.values():
            outputs.update(task(views[task.view]))
        outputs["vectors"] = views[VECTORS]
        return tuple(outputs[name].squeeze(0) for name in self.names)


def write_onnx(model: ReadingModel, path: Path, int8_rows: bool) -> None:
    """The float graph (its embeddings int8 by row if asked), with free numbers of pieces and words."""
    model.eval()
    exported = Exported(model, int8_rows).eval()
    ids = torch.tensor([[101, 2023, 2003, 1037, 3231, 1012, 102]])
    shapes = torch.tensor([[0, 2, 1, 1, 1, 7, 0]])
    first = torch.tensor([1, 2, 3, 4, 5])
    axes: dict[str, dict[int, str]] = {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {0: "words"}}
    axes |= {name: {0: "words"} for name in exported.names}
    axes["arcs"][1] = "heads"
    axes["rel_head"] = {0: "heads"}
    torch.onnx.export(
        exported,
        (ids, shapes, first),
        str(path),
        input_names=list(INPUTS),
        output_names=exported.names,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )


def quantise(source: Path, target: Path) -> None:
    """Matrix products with constant weights in int8, by column; the graph as onnxruntime itself rewrites it.

    The rewriting gives the same outputs bit by bit; a session that finds it done need not do it again. To add and to
    normalise in one operation takes longer than one after the other.
    """
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain = target.with_suffix(".plain.onnx")
    quantize_dynamic(
        source,
        plain,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    onnxruntime.InferenceSession(
        str(plain),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    plain.unlink()


def run_onnx(
    path: Path, ids: NDArray[Any], shapes: NDArray[Any], first: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """The outputs of one window by name (a new session each time: for checks, not for reading)."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    feed = {"ids": ids.reshape(1, -1), "shapes": shapes.reshape(1, -1), "first": first}
    found = session.run(names, {name: value.astype(np.int64) for name, value in feed.items()})
    return dict(zip(names, found, strict=True))


def difference(
    model: ReadingModel, path: Path, ids: NDArray[Any], shapes: NDArray[Any], first: NDArray[Any]
) -> float:
    """The largest absolute difference between torch and the float graph at `path` on one window."""
    model.eval()
    parts = (torch.from_numpy(part.astype(np.int64)) for part in (ids[None], shapes[None], first))
    exported = Exported(model, int8_rows=False).eval()
    with torch.no_grad():
        torch_side = exported(*parts)
    onnx_side = run_onnx(path, ids, shapes, first)
    pairs = zip(exported.names, torch_side, strict=True)
    return max(float(np.abs(value.numpy() - onnx_side[name]).max()) for name, value in pairs)


def export(
    model: ReadingModel,
    labels: Labels,
    folder: Path,
    version: str,
    thresholds: dict[str, float],
    variant: str,
) -> None:
    """Write the three files into `folder`; `labels.json` carries the checksum of `model.onnx`."""
    folder.mkdir(parents=True, exist_ok=True)
    float_path, target = folder / "float.part.onnx", folder / "model.onnx"
    write_onnx(model, float_path, int8_rows=True)
    quantise(float_path, target)
    float_path.unlink()
    matrices: dict[str, NDArray[np.float32]] = {}
    for task in model.heads.values():
        matrices.update(task.matrices())
    np.savez(folder / "heads.npz", **matrices)  # type: ignore[arg-type]
    description = {
        "version": version,
        "model": variant,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "upos": labels.upos,
        "feats": labels.feats,
        "feat_names": labels.feat_names,
        "deprels": labels.deprels,
        "rel_form": "full",
        "ner": labels.ner,
        "attr": labels.attr,
        "status": labels.status,
        "types": labels.types,
        "trigger": labels.trigger,
        "modes": labels.modes,
        "roles": labels.roles,
        "single_roles": labels.single_roles,
        "role_target": "first",
        "longest_argument": 24,
        "thresholds": thresholds,
        "shapes": SHAPES,
        "max_pieces": LIMIT,
        "max_word_pieces": MOST_PIECES,
    }
    (folder / "labels.json").write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")


def set_decisions(folder: Path, calibration: tuple[float, float], thresholds: dict[str, float]) -> None:
    """Write the calibration of the event score and the tuned thresholds into an exported model's `labels.json`."""
    path = folder / "labels.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["calibration"] = [round(value, 3) for value in calibration]
    described["thresholds"] = {name: round(value, 3) for name, value in thresholds.items()}
    path.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
