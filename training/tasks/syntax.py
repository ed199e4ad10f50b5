"""Sentences, parts of speech, features and the tree (deep biaffine attachment over the words of a window)."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from training.examples import PAD, Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, bilinear, cross_entropy, register, with_one

ARC = 256
RELATION = 48


@register("boundary")
class Boundary(Task):
    """Does a sentence begin at this word?"""

    needs = ("boundary",)
    outputs = ("boundary",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.score = nn.Linear(width, 1)

    def forward(self, words: Tensor) -> Outputs:
        return {"boundary": self.score(words).squeeze(-1)}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        target = batch.labels["boundary"]
        known = target != PAD
        logits = self(words)["boundary"][known].float()
        return {"boundary": F.binary_cross_entropy_with_logits(logits, target[known].float())}


@register("tags")
class Tags(Task):
    """Universal part of speech and five morphological features, each its own softmax."""

    needs = ("upos", "feats")
    outputs = ("upos", "feats")

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.sizes = [len(values) for values in labels.feats]
        self.upos = nn.Linear(width, len(labels.upos))
        self.feats = nn.Linear(width, sum(self.sizes))

    def forward(self, words: Tensor) -> Outputs:
        return {"upos": self.upos(words), "feats": self.feats(words)}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        out = self(words)
        target = batch.labels["feats"]
        groups = out["feats"].split(self.sizes, dim=-1)
        feats = [cross_entropy(group, target[..., column]) for column, group in enumerate(groups)]
        return {"upos": cross_entropy(out["upos"], batch.labels["upos"]), "feats": torch.stack(feats).sum()}


@register("tree")
class Tree(Task):
    """Head and relation of every word. Column 0 of the arc scores is the root.

    A head is looked for inside the word's own sentence, in training as in decoding: `boundary` finds sentences.
    """

    needs = ("heads", "rels", "boundary")
    outputs = ("arcs", "rel_dep", "rel_head")

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        count = len(labels.deprels)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_dep = Perceptron(width, ARC)
        self.arc_head = Perceptron(width, ARC)
        self.arc = nn.Linear(ARC + 1, ARC + 1, bias=False)
        self.rel_dep = Perceptron(width, RELATION)
        self.rel_head = Perceptron(width, RELATION)
        self.rel = nn.Parameter(torch.randn(count, RELATION + 1, RELATION + 1) * 0.02)
        nn.init.normal_(self.arc.weight, std=0.02)

    def forward(self, words: Tensor) -> Outputs:
        root = self.root.expand(words.shape[0], 1, self.width).to(words.dtype)
        heads = torch.cat([root, words], dim=1)
        arcs = bilinear(with_one(self.arc_dep(words)), self.arc.weight.T, with_one(self.arc_head(heads)))
        return {
            "arcs": arcs,
            "rel_dep": with_one(self.rel_dep(words)),
            "rel_head": with_one(self.rel_head(heads)),
        }

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        out = self(words)
        target = batch.labels["heads"]
        known = target != PAD
        sentence = batch.labels["boundary"].clamp(min=0).cumsum(-1).masked_fill(~batch.words, -1)
        closed = F.pad(sentence[:, :, None] != sentence[:, None, :], (1, 0))
        arcs = out["arcs"].float().masked_fill(closed, -1e4)
        window, word = known.nonzero(as_tuple=True)
        dep = out["rel_dep"][window, word]
        head = out["rel_head"][window, target[window, word]]
        scores = torch.einsum("wre,we->wr", torch.einsum("wd,rde->wre", dep, self.rel), head)
        return {
            "arc": cross_entropy(arcs, target),
            "rel": F.cross_entropy(scores.float(), batch.labels["rels"][window, word]),
        }

    def matrices(self) -> dict[str, NDArray[np.float32]]:
        return {"rel": self.rel.detach().float().cpu().numpy()}
