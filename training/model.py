"""The reading model: one encoder, a mixture of its layers for each view, the tasks on first pieces."""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.reading.words import SHAPES
from training.config import Size
from training.encoder import Dropout, Encoder, attend
from training.examples import Batch
from training.labels import Labels
from training.tasks import REGISTRY, Task
from training.tasks.base import Outputs


class WordLayer(nn.Module):
    """One pre-norm transformer layer over the words of a window; it begins as the identity.

    So it can be put on a trained model, whose figures it leaves as they are until it has learned something.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.norm_attention = nn.LayerNorm(size.width)
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm_inner = nn.LayerNorm(size.width)
        self.up = nn.Linear(size.width, 2 * size.width)
        self.down = nn.Linear(2 * size.width, size.width)
        self.dropout = Dropout(size.dropout)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = x + self.dropout(self.out(attend(self.qkv(self.norm_attention(x)), self.heads, mask)))
        return x + cast(Tensor, self.dropout(self.down(F.gelu(self.up(self.norm_inner(x))))))


class View(nn.Module):
    """Word vectors for a family of tasks: a learned mixture of the encoder's layers, the word's shape once more,
    and, where the family is worth it, a layer of its own, so that one family does not learn at another's cost."""

    def __init__(self, size: Size, own_layer: bool) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1.0, 1.0, size.layers))
        self.shape = nn.Embedding(SHAPES + 1, size.width)
        self.dropout = Dropout(size.dropout)
        self.layer = WordLayer(size) if own_layer else None
        nn.init.normal_(self.shape.weight, std=0.01)

    def forward(self, layers: list[Tensor], shapes: Tensor, mask: Tensor | None) -> Tensor:
        shares = self.weights.softmax(0)
        mixed = layers[0] * shares[0]
        for layer, share in zip(layers[1:], shares.unbind(0)[1:], strict=True):
            mixed = mixed + layer * share
        words = cast(Tensor, self.dropout(mixed + self.shape(shapes)))
        return words if self.layer is None else cast(Tensor, self.layer(words, mask))


class ReadingModel(nn.Module):
    def __init__(self, size: Size, labels: Labels) -> None:
        super().__init__()
        self.encoder = Encoder(size)
        tasks: dict[str, Task] = {name: task(size.width, labels) for name, task in REGISTRY.items()}
        self.tasks = nn.ModuleDict(tasks)
        self.views = nn.ModuleDict(
            {
                view: View(size, view in size.own_layers)
                for view in sorted({task.view for task in tasks.values()})
            }
        )

    @property
    def heads(self) -> dict[str, Task]:
        """The tasks by name."""
        return {name: cast(Task, task) for name, task in self.tasks.items()}

    def mixed(self, chosen: list[Tensor], shapes: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """Word vectors of each view out of the layers' outputs at first pieces; mask as `_mask` makes it."""
        return {name: view(chosen, shapes, mask) for name, view in self.views.items()}

    def _words(self, ids: Tensor, shapes: Tensor, first: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        index = first[..., None]
        layers = self.encoder(ids, shapes, mask)
        width = layers[0].shape[-1]
        chosen = [layer.gather(1, index.expand(-1, -1, width)) for layer in layers]
        return self.mixed(chosen, shapes.gather(1, first), _mask(first))

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
    """What is added to attention scores [B, 1, 1, L]: 0 where there is a piece (or word), -inf-like where not."""
    absent = ids == 0
    return torch.where(absent, -1e4, 0.0)[:, None, None, :] if bool(absent.any()) else None
