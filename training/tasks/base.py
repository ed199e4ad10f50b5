"""What a task is: a head on word vectors, its loss, its ONNX outputs. One file and one registration each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from training.encoder import Dropout
from training.examples import PAD, Batch
from training.labels import Labels

Outputs = dict[str, Tensor]


class Task(nn.Module):
    """A head. `view` names the layer mixture that it reads; tasks of one view share it.

    A subclass sets `needs` (the labels without which the batch is not for it) and `outputs` (names of its
    ONNX outputs), and defines forward (words [B, N, width] -> outputs) and loss.
    """

    view = "syntax"
    needs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__()
        self.width = width
        self.labels = labels

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Named losses for one batch; keys become curves in the run record."""
        raise NotImplementedError

    def matrices(self) -> dict[str, NDArray[np.float32]]:
        """Small matrices for decoding in numpy, written to `heads.npz`."""
        return {}


REGISTRY: dict[str, type[Task]] = {}


def register(name: str) -> Callable[[type[Task]], type[Task]]:
    """Class decorator: the task becomes part of every model built afterwards."""

    def add(task: type[Task]) -> type[Task]:
        if name in REGISTRY:
            raise ValueError(f"two tasks are called {name}")
        REGISTRY[name] = task
        return task

    return add


class Perceptron(nn.Sequential):
    """Linear, GELU, dropout: the hidden layer of a head."""

    def __init__(self, width: int, hidden: int, dropout: float = 0.15) -> None:
        super().__init__(nn.Linear(width, hidden), nn.GELU(), Dropout(dropout))


def cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    """Mean over the labelled words; zero (not nan) when there is none."""
    flat = target.reshape(-1)
    if not bool((flat != PAD).any()):
        return logits.sum() * 0.0
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]).float(), flat, ignore_index=PAD)


def bilinear(left: Tensor, matrix: Tensor | None, right: Tensor) -> Tensor:
    """left @ matrix @ right^T in full precision: pair scores lose too much in bfloat16."""
    with torch.autocast(left.device.type, enabled=False):
        left = left.float() if matrix is None else left.float() @ matrix.float()
        return left @ right.float().transpose(-1, -2)


def with_one(x: Tensor) -> Tensor:
    """A constant 1 appended to each vector, so that a bilinear form has its linear terms."""
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)
