"""Who is said to have said what: source, cue and content spans, and links from each cue to the other two."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from training.examples import PAD, Batch
from training.labels import ATTRIBUTION, Labels
from training.tasks.base import Outputs, Perceptron, Task, bilinear, cross_entropy, register, with_one

LINK = 96


@register("attribution")
class Attribution(Task):
    """Spans as three BIO groups; links between the first words of spans, source as one choice or none."""

    view = "attribution"
    needs = ("attr", "rows.link_source", "rows.link_content")
    outputs = ("attr", "attr_cue", "attr_source", "attr_content")

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 256)
        self.tags = nn.Linear(256, 3 * len(ATTRIBUTION))
        self.cue = Perceptron(width, LINK)
        self.source = Perceptron(width, LINK)
        self.content = Perceptron(width, LINK)
        self.link_source = nn.Parameter(torch.randn(LINK + 1, LINK + 1) * 0.02)
        self.link_content = nn.Parameter(torch.randn(LINK + 1, LINK + 1) * 0.02)

    def forward(self, words: Tensor) -> Outputs:
        return {
            "attr": self.tags(self.hidden(words)),
            "attr_cue": with_one(self.cue(words)),
            "attr_source": with_one(self.source(words)),
            "attr_content": with_one(self.content(words)),
        }

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        out = self(words)
        target = batch.labels["attr"]
        groups = out["attr"].split(3, dim=-1)
        tags = [cross_entropy(group, target[..., column]) for column, group in enumerate(groups)]
        losses = {"attr": torch.stack(tags).sum()}
        starts = target == 1
        rows = batch.labels["rows.link_source"]
        if len(rows):
            window, cue, source = rows.T
            pairs = bilinear(out["attr_cue"], self.link_source, out["attr_source"])
            logits = pairs[window, cue]
            logits = logits.masked_fill(~starts[window, :, 0], -1e4)
            losses["link_source"] = 0.5 * F.cross_entropy(F.pad(logits, (1, 0)), source + 1)
        rows = batch.labels["rows.link_content"]
        if len(rows):
            # One row a cue: the contents' first words, up to three, padded.
            window, cue, contents = rows[:, 0], rows[:, 1], rows[:, 2:]
            pairs = bilinear(out["attr_cue"], self.link_content, out["attr_content"])
            logits = pairs[window, cue]
            wanted = torch.zeros_like(logits)
            row, column = (contents != PAD).nonzero(as_tuple=True)
            wanted[row, contents[row, column]] = 1.0
            candidates = starts[window, :, 2]
            losses["link_content"] = 0.5 * F.binary_cross_entropy_with_logits(
                logits[candidates], wanted[candidates]
            )
        return losses

    def matrices(self) -> dict[str, NDArray[np.float32]]:
        return {
            "link_source": self.link_source.detach().float().cpu().numpy(),
            "link_content": self.link_content.detach().float().cpu().numpy(),
        }
