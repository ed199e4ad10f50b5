"""What the columns of the model's outputs mean: `labels.json`, written when the model is exported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from onrecord.model.problems import OnrecordError

DATA = Path(__file__).parent / "data"
FEATURES = ("Tense", "VerbForm", "Mood", "Number", "Voice")
_TUPLES = (
    "upos",
    "feat_names",
    "deprels",
    "ner",
    "attr",
    "status",
    "types",
    "modes",
    "roles",
    "single_roles",
)


def folder_of(model: str) -> Path:
    """Where a model lies: "default" and "open" in the package, any other name is a folder of one's own."""
    if model == "default":
        return DATA
    return DATA / "open" if model == "open" else Path(model)


def version(model: str = "default") -> str:
    """The version string of a model, without loading it: it stands in every record that the model made."""
    return Labels.read(folder_of(model) / "labels.json").version


@dataclass(frozen=True, slots=True)
class Labels:
    """The inventories, thresholds and identity of one exported model.

    `feats` holds the values of each of the five features, "_" first; `ner` and the three groups of `attr` are
    BIO; `modes` are "TYPE:mode" ids after "none". Thresholds are probabilities for "trigger", logits else.
    `calibration`: slope and shift on the logit of an event's score, which make it the share of such events that
    held-out gold has.
    """

    version: str
    model: str
    sha256: str
    upos: tuple[str, ...]
    feat_names: tuple[str, ...]
    feats: tuple[tuple[str, ...], ...]
    deprels: tuple[str, ...]
    ner: tuple[str, ...]
    attr: tuple[str, ...]
    status: tuple[str, ...]
    types: tuple[str, ...]
    modes: tuple[str, ...]
    roles: tuple[str, ...]
    single_roles: tuple[str, ...]
    rel_form: str = "full"
    calibration: tuple[float, float] = (1.0, 0.0)
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, path: Path) -> Labels:
        """The labels in a file; raises OnrecordError `reading-labels` where it is not one of ours."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                version=str(raw["version"]),
                model=str(raw["model"]),
                sha256=str(raw["sha256"]),
                feats=tuple(tuple(values) for values in raw["feats"]),
                rel_form=raw.get("rel_form", "full"),
                calibration=tuple(raw.get("calibration", (1.0, 0.0))),
                thresholds=MappingProxyType(
                    {name: float(value) for name, value in raw["thresholds"].items()}
                ),
                **{name: tuple(raw[name]) for name in _TUPLES},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise OnrecordError(
                "reading-labels",
                f"{path.name} of the reading model is missing or damaged ({type(error).__name__}: {error})",
                "Install onrecord again, or export the model again if you trained it yourself.",
                str(path),
            ) from error

    def threshold(self, name: str) -> float:
        """The tuned threshold of a decision; a probability of one half where none was tuned."""
        return self.thresholds.get(name, 0.5 if name == "trigger" else 0.0)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Entity kinds in the order of `ner`."""
        return tuple(label[2:] for label in self.ner if label.startswith("B-"))
