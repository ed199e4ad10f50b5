"""The reading model: one encoder, a mixture of its layers for each view, the tasks on first pieces."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from onrecord.reading.words import SHAPES
from training.config import Size
from training.encoder import Dropout, Encoder
from training.examples import Batch
from training.labels import Labels
from training.tasks import REGISTRY, Task
from training.tasks.base import Outputs


class View(nn.Module):
    """Word vectors for a family of tasks: a learned mixture of layers, and the word's shape once more."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1.0, 1.0, size.layers))
        self.shape = nn.Embedding(SHAPES + 1, size.width)
        self.dropout = Dropout(size.dropout)
        nn.init.normal_(self.shape.weight, std=0.01)

    def forward(self, layers: list[Tensor], shapes: Tensor) -> Tensor:
        shares = self.weights.softmax(0)
        mixed = layers[0] * shares[0]
        for layer, share in zip(layers[1:], shares.unbind(0)[1:], strict=True):
            mixed = mixed + layer * share
        return cast(Tensor, self.dropout(mixed + self.shape(shapes)))


class ReadingModel(nn.Module):
    def __init__(self, size: Size, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder(size)
        tasks: dict[str, Task] = {name: task(size.width, labels) for name, task in REGISTRY.items()}
        self.tasks = nn.ModuleDict(tasks)
        self.views = nn.ModuleDict(
            {view: View(size) for view in sorted({task.view for task in tasks.values()})}
        )

    @property
    def heads(self) -> dict[str, Task]:
        """The tasks by name."""
        return {name: cast(Task, task) for name, task in self.tasks.items()}

    def mixed(self, chosen: list[Tensor], shapes: Tensor) -> dict[str, Tensor]:
        """Word vectors of each view out of the layers' outputs at first pieces."""
        return {name: view(chosen, shapes) for name, view in self.views.items()}

    def _words(self, ids: Tensor, shapes: Tensor, first: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        index = first[..., None]
        layers = self.encoder(ids, shapes, mask)
        width = layers[0].shape[-1]
        chosen = [layer.gather(1, index.expand(-1, -1, width)) for layer in layers]
        return self.mixed(chosen, shapes.gather(1, first))

    def forward(self, batch: Batch) -> Outputs:
        """Every output of every task, [B, N, ...]."""
        views = self._words(batch.ids, batch.shapes, batch.first, _mask(batch.ids))
        outputs: Outputs = {}
        for task in self.heads.values():
            outputs.update(task(views[task.view]))
        return outputs

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        """Losses of the tasks whose labels the batch has."""
        views = self._words(batch.ids, batch.shapes, batch.first, _mask(batch.ids))
        losses: dict[str, Tensor] = {}
        for task in self.heads.values():
            if all(need in batch.labels for need in task.needs):
                losses.update(task.losses(views[task.view], batch))
        return losses


def _mask(ids: Tensor) -> Tensor | None:
    """What is added to attention scores [B, 1, 1, L]: 0 where there is a piece, -inf-like where not."""
    absent = ids == 0
    return torch.where(absent, -1e4, 0.0)[:, None, None, :] if bool(absent.any()) else None
