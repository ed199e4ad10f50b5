"""What the reports in our own words teach: the word that tells a diplomatic act, and the stance of a claim."""

from __future__ import annotations

from torch import Tensor, nn

from training.examples import Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, cross_entropy, register


@register("act")
class ActWord(Task):
    """Which of the 18 acts a word tells, none for most words."""

    view = "events"
    needs = ("act",)
    outputs = ("act",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 128, 0.2)
        self.score = nn.Linear(128, len(labels.acts))

    def forward(self, words: Tensor) -> Outputs:
        return {"act": self.score(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        # One word in thirty tells an act: the mean over all words would leave them a thirtieth of the gradient.
        return {"act": 10.0 * cross_entropy(self(words)["act"], batch.labels["act"])}


@register("stance")
class Stance(Task):
    """What the holder does with the content in which a word stands: eleven stances, asked of every word of it."""

    view = "attribution"
    needs = ("stance",)
    outputs = ("stance",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 128, 0.2)
        self.score = nn.Linear(128, len(labels.stances))

    def forward(self, words: Tensor) -> Outputs:
        return {"stance": self.score(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        return {"stance": cross_entropy(self(words)["stance"], batch.labels["stance"])}
