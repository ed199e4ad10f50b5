"""The training loop: batches of one source at a time, drawn by share; resumable; ends by the clock."""

from __future__ import annotations

import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.config import Plan
from training.examples import Batch, Example, collate, rounded
from training.model import ReadingModel
from training.sources import Corpus

MASK = 103  # [MASK] in BERT's vocabulary
REPORT = 50
MEMORY = 0.98  # how slowly the usual gradient norm of a source follows the last ones


class Balance:
    """Gradients of every source scaled to the same usual size.

    Losses of the sources differ tenfold (sums over events against means over words). AdamW divides by the root
    mean square over all steps, so that without this the smallest losses would be learned at a tenth of the rate.
    """

    def __init__(self) -> None:
        self.usual: dict[str, float] = {}

    def clip(self, model: nn.Module, source: str, most: float) -> None:
        """Divide the gradients by the source's usual norm; cut those above `most` times that."""
        gradients = [value.grad for value in model.parameters() if value.grad is not None]
        norm = float(nn.utils.get_total_norm(gradients))
        usual = self.usual.get(source, norm)
        self.usual[source] = MEMORY * usual + (1.0 - MEMORY) * min(norm, 3.0 * usual)
        torch._foreach_mul_(gradients, min(1.0 / usual, most / norm) if norm else 1.0)


class Feed:
    """An endless stream of batches of one source, a new order and packing every pass."""

    def __init__(self, packings: list[list[Example]], pieces: int, rng: random.Random) -> None:
        self.packings, self.pieces, self.rng = packings, pieces, rng
        self.passes = 0.0
        self._stream = self._batches()

    def _batches(self) -> Iterator[list[Example]]:
        number = self.rng.randrange(len(self.packings))
        while True:
            chosen = self.packings[number % len(self.packings)]
            order = self.rng.sample(chosen, len(chosen))
            # Sort by length inside chunks, so that little is padded and batches still vary.
            chunks = [order[begin : begin + 64] for begin in range(0, len(order), 64)]
            for chunk in chunks:
                chunk.sort(key=lambda example: len(example.ids))
            batches: list[list[Example]] = []
            batch: list[Example] = []
            for example in (example for chunk in chunks for example in chunk):
                longest = max(len(one.ids) for one in (*batch, example))
                if batch and (len(batch) + 1) * rounded(longest) > self.pieces:
                    batches.append(batch)
                    batch = []
                batch.append(example)
            batches.append(batch)
            self.rng.shuffle(batches)
            for batch in batches:
                self.passes += len(batch) / len(chosen)
                yield batch
            number += 1

    def next(self) -> Batch:
        return collate(next(self._stream))


def optimizer(model: ReadingModel, plan: Plan) -> torch.optim.AdamW:
    """AdamW with learning rates that fall from the heads down to the embeddings.

    Parameters that the plan does not train are frozen here.
    """
    layers = len(model.encoder.layers)
    groups: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not plan.only or name.startswith(plan.only))
        if not parameter.requires_grad:
            continue
        if not name.startswith("encoder."):
            rate = plan.head_rate
        elif name.startswith("encoder.layers."):
            rate = plan.rate * plan.layer_decay ** (layers - 1 - int(name.split(".")[2]))
        else:
            rate = plan.rate * plan.layer_decay**layers
        if name.startswith("encoder.shape") or ".shape." in name:
            rate = plan.head_rate
        groups[rate, plan.weight_decay if parameter.dim() > 1 else 0.0].append(parameter)
    return torch.optim.AdamW(
        [
            {"params": found, "lr": rate, "weight_decay": decay, "peak": rate}
            for (rate, decay), found in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def schedule(progress: float, plan: Plan) -> float:
    """Share of the peak learning rate: linear warm-up, then a cosine down to `final`."""
    if progress < plan.warmup:
        return max(progress / plan.warmup, 0.02)
    rest = min((progress - plan.warmup) / (1.0 - plan.warmup), 1.0)
    return plan.final + (1.0 - plan.final) * 0.5 * (1.0 + math.cos(math.pi * rest))


def hide_words(batch: Batch, share: float) -> None:
    """Replace some pieces by [MASK], so that context has to do: the regulariser of the long runs."""
    if share:
        hidden = (torch.rand(batch.ids.shape) < share) & (batch.ids > 200)
        batch.ids[hidden] = MASK


class Run:
    """One training run in a folder: `checkpoint.pt` (resumable), `curves.jsonl`."""

    def __init__(self, model: ReadingModel, corpus: Corpus, plan: Plan, folder: Path) -> None:
        self.model, self.corpus, self.plan, self.folder = model, corpus, plan, folder
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model.to(self.device)
        self.optimizer = optimizer(model, plan)
        self.spent, self.steps, self.pieces = 0.0, 0, 0
        self.curves: list[dict[str, Any]] = []
        self.balance = Balance()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "spent": self.spent,
            "steps": self.steps,
            "pieces": self.pieces,
            "curves": self.curves,
            "usual_norms": self.balance.usual,
            "plan": asdict(self.plan),
        }
        torch.save(state, self.checkpoint.with_suffix(".part"))
        self.checkpoint.with_suffix(".part").rename(self.checkpoint)

    def resume(self) -> None:
        """Continue where `checkpoint.pt` stopped, with the same plan."""
        state = torch.load(self.checkpoint, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.spent, self.steps, self.pieces = state["spent"], state["steps"], state["pieces"]
        self.curves = state["curves"]
        self.balance.usual = state["usual_norms"]

    def train(self, save_every: float = 300.0, steps: int | None = None, rest: float = 0.0) -> None:
        """Until the plan's minutes are spent, or for `steps` more steps.

        rest: the share of the time for which the machine is left to others, step by step.
        """
        plan = self.plan
        rng = random.Random(plan.seed + self.steps)
        torch.manual_seed(plan.seed + self.steps)
        sources = [name for name in self.corpus.train if plan.shares.get(name) and self.corpus.train[name][0]]
        feeds = {name: Feed(self.corpus.train[name], plan.batch_pieces, rng) for name in sources}
        size = {name: sum(len(one.ids) for one in self.corpus.train[name][0]) for name in sources}
        weights = [plan.shares[name] * size[name] for name in sources]
        sums: dict[str, list[float]] = defaultdict(list)
        budget, last_step = plan.minutes * 60.0, None if steps is None else self.steps + steps
        began = saved = time.monotonic()
        before = self.spent
        self.model.train()
        while self.spent < budget and (last_step is None or self.steps < last_step):
            done = self.spent / budget if steps is None else self.steps / (last_step or 1)
            share = schedule(done, plan)
            for group in self.optimizer.param_groups:
                group["lr"] = group["peak"] * share
            step_began = time.monotonic()
            name = rng.choices(sources, weights)[0]
            batch = feeds[name].next()
            hide_words(batch, plan.mask_words)
            batch = batch.to(self.device)
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                losses = self.model.losses(batch)
                loss = torch.stack([value.float() for value in losses.values()]).sum()
            if not loss.requires_grad:  # nothing in it concerns the parameters that are trained
                continue
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            self.balance.clip(self.model, name, plan.clip)
            self.optimizer.step()
            self.steps += 1
            self.pieces += batch.pieces
            for key, value in losses.items():
                sums[f"{name}.{key}"].append(float(value.detach()))
            if rest:
                time.sleep((time.monotonic() - step_began) * rest / (1.0 - rest))
            self.spent = before + time.monotonic() - began
            if self.steps % REPORT == 0:
                self._report(sums, feeds)
            if time.monotonic() - saved > save_every:
                self.save()
                saved = time.monotonic()
        if sums:
            self._report(sums, feeds)
        self.save()

    def _report(self, sums: dict[str, list[float]], feeds: dict[str, Feed]) -> None:
        row: dict[str, Any] = {
            "step": self.steps,
            "seconds": round(self.spent, 1),
            "pieces": self.pieces,
            "passes": {name: round(feed.passes, 2) for name, feed in feeds.items()},
            "loss": {key: round(sum(values) / len(values), 4) for key, values in sorted(sums.items())},
        }
        sums.clear()
        self.curves.append(row)
        with (self.folder / "curves.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
