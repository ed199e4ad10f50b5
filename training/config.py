"""Sizes and hyper-parameters. Everything that changes a run stands here and goes into its record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Size:
    """The encoder's shape."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    dropout: float = 0.1


@dataclass(frozen=True)
class Plan:
    """One run: how long, how fast, and what share of the batches each source gets.

    shares: source -> expected passes relative to the others; minutes: the wall-clock budget that the learning
    rate decays over (a run ends by time, so that it fits the machine that it is on); clip: the largest
    gradient, in units of the source's usual norm; only: the beginnings of the names of the parameters that are
    trained, all of them where it is empty.
    """

    minutes: float = 60.0
    batch_pieces: int = 1280
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.03
    final: float = 0.02
    clip: float = 2.0
    mask_words: float = 0.06
    seed: int = 20261130
    only: tuple[str, ...] = ()
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "ud": 1.0,
            "ner": 1.0,
            "polnear": 0.6,
            "uw": 1.0,
            "reports": 0.6,
            "events": 1.5,
        }
    )


SIZE = Size()
PLAN = Plan()
TINY_SIZE = replace(SIZE, width=96, layers=2, heads=4, inner=192, dropout=0.0)
TINY_PLAN = replace(
    PLAN,
    minutes=10.0,
    rate=2e-3,
    head_rate=2e-3,
    mask_words=0.0,
    layer_decay=1.0,
    batch_pieces=400,
    # The sample's sources differ in size a hundredfold; here each is to be met as often as any other.
    shares={"ud": 1.0, "ner": 15.0, "polnear": 6.0, "uw": 20.0, "events": 1.5},
)
