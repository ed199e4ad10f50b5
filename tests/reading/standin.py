"""A model without a model: outputs that depend on a window's input alone, by a fixed random projection."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from onrecord.reading.labels import DATA, FEATURES, Labels
from onrecord.reading.session import Floats, Outputs
from onrecord.reading.types import ENTITY_KINDS, ROLES, STATUS
from onrecord.reading.windows import Window, WordPieces

DEPRELS = ("root", "nsubj", "obj", "punct", "nmod")
TYPES = ("AGREE", "CONSULT", "SANCTION")
MODES = ("none", "CONSULT:visit", "SANCTION:expel", "SANCTION:withdraw")
WIDTH = 8


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return ("O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


LABELS = Labels(
    version="stand-in-1",
    model="stand-in",
    sha256="",
    upos=("NOUN", "VERB", "PUNCT"),
    feat_names=FEATURES,
    feats=(("_", "Past"), ("_", "Fin", "Part"), ("_", "Ind"), ("_", "Plur", "Sing"), ("_", "Pass")),
    deprels=DEPRELS,
    ner=bio(ENTITY_KINDS),
    attr=tuple(f"{role}:{tag}" for role in ("source", "cue", "content") for tag in "OBI"),
    status=STATUS,
    types=TYPES,
    modes=MODES,
    roles=ROLES,
    single_roles=("source", "when"),
    thresholds={"trigger": 0.8},
)
COLUMNS = {
    "upos": 3,
    "feats": sum(len(values) for values in LABELS.feats),
    "boundary": 1,
    "ner": len(LABELS.ner),
    "rel_dep": WIDTH,
    "attr": 9,
    "attr_cue": WIDTH,
    "attr_source": WIDTH,
    "attr_content": WIDTH,
    "status": 4,
    "trigger": 1 + 2 * len(TYPES),
    "mode": len(MODES),
    "background": 1,
    "role_query": len(ROLES) * WIDTH,
    "role_key": WIDTH,
    "span_start": WIDTH,
    "span_end": WIDTH,
    "vectors": WIDTH,
}


class StandIn:
    """The protocol of a model."""

    def __init__(self) -> None:
        random = np.random.default_rng(7)
        self.labels = LABELS
        self.pieces = WordPieces(DATA / "vocab.txt")
        self.matrices: Mapping[str, Floats] = {
            "rel": random.normal(size=(len(DEPRELS), WIDTH, WIDTH)).astype(np.float32),
            "link_source": random.normal(size=(WIDTH, WIDTH)).astype(np.float32),
            "link_content": random.normal(size=(WIDTH, WIDTH)).astype(np.float32),
        }
        self.windows = 0

    def run(self, window: Window) -> Outputs:
        self.windows += 1
        context = int(window.ids.sum())
        chosen = window.ids[0, window.first].tolist()
        rows = [
            np.random.default_rng([piece, place, context]).normal(size=sum(COLUMNS.values()) + WIDTH)
            for place, piece in enumerate(chosen)
        ]
        values = np.array(rows, np.float32)
        edges = np.cumsum([0, *COLUMNS.values()])
        outputs = {name: values[:, a:b] for name, a, b in zip(COLUMNS, edges[:-1], edges[1:], strict=True)}
        for name in ("boundary", "background"):
            outputs[name] = outputs[name][:, 0]
        keys = np.concatenate((np.ones((1, WIDTH), np.float32), values[:, -WIDTH:]))
        outputs["rel_head"] = keys
        outputs["arcs"] = outputs["rel_dep"] @ keys.T
        return outputs
