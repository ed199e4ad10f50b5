"""Factuality of an event word: one of four statuses, and a degree from -3 (surely not) to 3 (surely)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from training.examples import PAD, Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, register

# Degrees are stored as whole numbers: hundredths, shifted so that none meets the padding value.
DEGREE_SHIFT = 10_000


@register("status")
class Status(Task):
    """Targets are sets of statuses as bits (1 actual, 2 future, 4 hypothetical, 8 negated).

    Where the source tells all four apart, the set has one member; a degree of factuality alone leaves
    two or three open, and the loss is that of the set's whole probability.
    """

    view = "events"
    needs = ("status",)
    outputs = ("status",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 128)
        self.score = nn.Linear(128, len(labels.status))

    def forward(self, words: Tensor) -> Outputs:
        return {"status": self.score(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        target = batch.labels["status"]
        known = target > 0
        logits = self(words)["status"][known].float()
        if not len(logits):
            return {"status": logits.sum() * 0.0}
        allowed = (target[known][:, None] >> target.new_tensor(range(logits.shape[-1]))) & 1
        inside = logits.masked_fill(allowed == 0, -1e4).logsumexp(-1)
        return {"status": (logits.logsumexp(-1) - inside).mean()}


@register("degree")
class Degree(Task):
    """How surely the event is presented as real, in the scale of the factuality corpora."""

    view = "events"
    needs = ("factuality",)
    outputs = ("factuality",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 64)
        self.score = nn.Linear(64, 1)

    def forward(self, words: Tensor) -> Outputs:
        return {"factuality": 3.0 * self.score(self.hidden(words)).squeeze(-1)}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        target = batch.labels["factuality"]
        known = target != PAD
        guess = self(words)["factuality"][known].float()
        if not len(guess):
            return {"factuality": guess.sum() * 0.0}
        degree = (target[known] - DEGREE_SHIFT).float() / 100.0
        return {"factuality": 0.5 * F.smooth_l1_loss(guess, degree)}
