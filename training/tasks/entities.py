"""Names of persons, organisations, places and other things, as BIO tags."""

from __future__ import annotations

from torch import Tensor, nn

from training.examples import Batch
from training.labels import Labels
from training.tasks.base import Outputs, Perceptron, Task, cross_entropy, register


@register("entities")
class Entities(Task):
    view = "entities"
    needs = ("ner",)
    outputs = ("ner",)

    def __init__(self, width: int, labels: Labels) -> None:
        super().__init__(width, labels)
        self.hidden = Perceptron(width, 128)
        self.tags = nn.Linear(128, len(labels.ner))

    def forward(self, words: Tensor) -> Outputs:
        return {"ner": self.tags(self.hidden(words))}

    def losses(self, words: Tensor, batch: Batch) -> dict[str, Tensor]:
        return {"ner": cross_entropy(self(words)["ner"], batch.labels["ner"])}
