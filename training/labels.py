"""Label inventories: the order of every softmax, written into `labels.json` beside the model."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

UPOS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
FEATURES = ("Tense", "VerbForm", "Mood", "Number", "Voice")
ENTITY_KINDS = ("PER", "ORG", "LOC", "MISC")
STATUS = ("actual", "future", "hypothetical", "negated")
ROLES = ("actor", "recipient", "source", "when")
SINGLE_ROLES = ("source", "when")
ATTRIBUTION = ("source", "cue", "content")
TYPES = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
NO_MODE = "none"
# The stances of the interchange format.
STANCES = (
    *("asserts", "confirms", "denies", "accuses", "threatens", "promises", "predicts", "demands", "assesses"),
    *("questions", "declines"),
)


def bio(kinds: list[str] | tuple[str, ...]) -> list[str]:
    """O, then B- and I- of each kind: index 0, 1 + 2k, 2 + 2k."""
    return ["O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI")]


@dataclass
class Labels:
    """What each head's columns mean. The open inventories (relations, features, modes) come from the data."""

    deprels: list[str] = field(default_factory=list)
    feats: list[list[str]] = field(default_factory=lambda: [["_"] for _ in FEATURES])
    modes: list[str] = field(default_factory=lambda: [NO_MODE])
    upos: list[str] = field(default_factory=lambda: list(UPOS))
    feat_names: list[str] = field(default_factory=lambda: list(FEATURES))
    ner: list[str] = field(default_factory=lambda: bio(ENTITY_KINDS))
    attr: list[str] = field(
        default_factory=lambda: [f"{role}:{tag}" for role in ATTRIBUTION for tag in "OBI"]
    )
    status: list[str] = field(default_factory=lambda: list(STATUS))
    types: list[str] = field(default_factory=lambda: list(TYPES))
    roles: list[str] = field(default_factory=lambda: list(ROLES))
    single_roles: list[str] = field(default_factory=lambda: list(SINGLE_ROLES))
    stances: list[str] = field(default_factory=lambda: list(STANCES))

    @property
    def trigger(self) -> list[str]:
        return bio(self.types)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Labels:
        return cls(**json.loads(path.read_text(encoding="utf-8")))
