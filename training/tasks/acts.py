"""Measures on diplomatic missions: the words that tell one, of eighteen kinds."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.examples import PAD, Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, register
from training.tasks.events import WORDS_PER_EVENT


@register("acts")
class Acts(Task):
    """An independent decision for every word and kind: one word may tell two measures ("closed and emptied")."""

    view = "events"
    needs = ("act",)
    outputs = ("act",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 256, 0.2)
        self.score = nn.Linear(256, len(labels.acts))

    def forward(self, words: Tensor) -> Outputs:
        return {"act": self.score(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        scores, target = self(words)["act"].float(), batch.labels["act"]
        known = target != PAD
        each = F.binary_cross_entropy_with_logits(scores, target.clamp_min(0).float(), reduction="none")
        scale = WORDS_PER_EVENT / float(batch.words.sum())
        return {"act": torch.where(known, each, 0.0).sum() * scale}
