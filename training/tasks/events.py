"""Political events: trigger words with type and mode, background, and the words that fill each role."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.examples import PAD, Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, bilinear, register

ROLE = 96
EXTENT = 64
LONGEST = 24
# Words to an event in an average window. Losses are sums per this many words, so that a window without events
# weighs as much as one with many, and triggers do not drown in the far more numerous argument decisions.
WORDS_PER_EVENT = 45.0


@register("events")
class Events(Task):
    """Arguments are scored from the trigger's first word to the argument's first word; extents separately.

    actor and recipient: an independent decision for every word, but for those that tell the same party as an argument
    does ("rows.same"); source and when: one word or none.
    """

    view = "events"
    needs = ("trigger", "rows.event", "rows.argument", "rows.same")
    outputs = ("trigger", "mode", "background", "role_query", "role_key", "span_start", "span_end")

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.roles = len(labels.roles)
        self.single = [role in labels.single_roles for role in labels.roles]
        self.hidden = Perceptron(width, 256, 0.2)
        self.trigger = nn.Linear(256, len(labels.trigger))
        self.mode = nn.Linear(256, len(labels.modes))
        self.past = Perceptron(width, 96, 0.2)
        self.background = nn.Linear(96, 1)
        self.query = Perceptron(width, 256, 0.2)
        self.role_query = nn.Linear(256, self.roles * ROLE)
        self.key = Perceptron(width, 256, 0.2)
        self.role_key = nn.Linear(256, ROLE)
        self.span_start = nn.Linear(width, EXTENT)
        self.span_end = nn.Linear(width, EXTENT)

    def forward(self, words: Tensor) -> Outputs:
        hidden = self.hidden(words)
        return {
            "trigger": self.trigger(hidden),
            "mode": self.mode(hidden),
            "background": self.background(self.past(words)).squeeze(-1),
            "role_query": self.role_query(self.query(words)),
            "role_key": self.role_key(self.key(words)),
            "span_start": self.span_start(words),
            "span_end": self.span_end(words),
        }

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        out = self(words)
        target = batch.labels["trigger"]
        scale = WORDS_PER_EVENT / float(batch.words.sum())
        flat = out["trigger"].reshape(-1, out["trigger"].shape[-1]).float()
        tags = F.cross_entropy(flat, target.reshape(-1), ignore_index=PAD, reduction="sum")
        losses = {"trigger": tags * scale}
        events = batch.labels["rows.event"]
        if not len(events):
            return losses
        window, word, mode, background = events.T
        modes = F.cross_entropy(out["mode"][window, word].float(), mode, reduction="sum")
        past = F.binary_cross_entropy_with_logits(
            out["background"][window, word].float(), background.float(), reduction="sum"
        )
        losses["mode"] = 0.3 * modes * scale
        losses["background"] = 0.5 * past * scale
        losses.update(self._arguments(out, batch, scale))
        return losses

    def _arguments(self, out: Outputs, batch: Batch, scale: float) -> dict[str, Tensor]:
        events, arguments = batch.labels["rows.event"], batch.labels["rows.argument"]
        window, word = events[:, 0], events[:, 1]
        number = torch.full_like(batch.first, -1)
        number[window, word] = torch.arange(len(events), device=events.device)
        # All pairs at once and then the rows of the triggers: cheaper to differentiate than gathered keys.
        batch_size, size, _ = out["role_key"].shape
        query = out["role_query"].reshape(batch_size, size * self.roles, ROLE)
        pairs = bilinear(query, None, out["role_key"]).view(batch_size, size, self.roles, size)
        logits = pairs[window, word]
        logits = logits.masked_fill(~batch.words[window][:, None, :], -30.0)
        wanted = torch.zeros_like(logits)
        place, trigger, role, start, end = arguments.T
        wanted[number[place, trigger], role, start] = 1.0
        place_of, trigger_of, role_of, word_of = batch.labels["rows.same"].T
        same = torch.zeros_like(wanted, dtype=torch.bool)
        same[number[place_of, trigger_of], role_of, word_of] = True
        same &= wanted == 0.0
        total = logits.new_zeros(())
        for index, single in enumerate(self.single):
            scores, gold = logits[:, index], wanted[:, index]
            if single:
                some, first = gold.max(-1)
                choice = torch.where(some > 0, first + 1, torch.zeros_like(first))
                total = total + F.cross_entropy(F.pad(scores, (1, 0)), choice, reduction="sum")
            else:
                each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none")
                total = total + each.masked_fill(same[:, index], 0.0).sum()
        losses = {"roles": 0.3 * total * scale}
        if len(arguments):
            ends = bilinear(out["span_start"], None, out["span_end"])[place, start]
            offset = torch.arange(ends.shape[1], device=ends.device)[None, :] - start[:, None]
            ends = ends.masked_fill((offset < 0) | (offset >= LONGEST), -1e4)
            kept = (end - start) < LONGEST
            extents = F.cross_entropy(ends[kept], end[kept], reduction="sum")
            losses["extents"] = 0.1 * extents * scale
        return losses
