"""What the reports in our own words teach beside the rest: the stance of a claim."""

from __future__ import annotations

from torch import Tensor, nn

from training.examples import Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, cross_entropy, register


@register("stance")
class Stance(Task):
    """What the holder does with the content in which a word stands: eleven stances, asked of every word of it.

    It only teaches the encoder: the coder weighs the vectors that come of it with models of its own.
    """

    view = "attribution"
    needs = ("stance",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 128, 0.2)
        self.score = nn.Linear(128, len(labels.stances))

    def forward(self, words: Tensor) -> Outputs:
        return {"stance": self.score(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        return {"stance": cross_entropy(self(words)["stance"], batch.labels["stance"])}
