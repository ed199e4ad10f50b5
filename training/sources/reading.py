"""All sources of a data folder, encoded once and cached, with the label inventories that they give."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.reading.windows import WordPieces
from training.examples import Example
from training.labels import Labels

VOCABULARY = Path(__file__).parents[2] / "src/onrecord/reading/data/vocab.txt"
SAMPLE = Path(__file__).parents[1] / "sample"
FILES = {
    "ewt": "training/ewt_{}.jsonl",
    "gum": "training/gum_{}.jsonl",
    "crossner": "training/crossner_{}.jsonl",
    "uner": "training/uner_{}.jsonl",
    "uds": "bench/factuality/uds_ih2.{}.jsonl",
    "uw": "bench/factuality/uw.{}.jsonl",
    "polnear": "bench/attribution/{}.jsonl",
    "events": "training/events/{}.jsonl",
    "wire": "bench/wire/corpus.jsonl",
    "timebank": "bench/timex/timebank.jsonl",
    "aquaint": "bench/timex/aquaint.jsonl",
}


@dataclass
class Corpus:
    """train: source -> packings (each a whole pass over it, packed differently); labels; fingerprints."""

    labels: Labels
    train: dict[str, list[list[Example]]] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)


def rows_of(data: Path, name: str, split: str = "") -> list[dict[str, Any]]:
    """The records of one file of the data folder; none when the folder does not have it."""
    path = data / FILES[name].format(split)
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def event_rows(data: Path, tiny: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The event annotation without its held-out days, with our own, and the texts that it speaks of.

    The sample and the press articles hold out none: the held-out days are those of the wire. A tiny run has the
    sample alone.
    """
    from training.sources.events import split
    from training.sources.own import annotated

    found, texts = rows_of(data, "events", "train"), rows_of(data, "wire")
    if tiny:
        return found, texts
    if data != SAMPLE:
        found = split([*found, *annotated("events_wire")])[0] + annotated("events_press")
        texts += [row for name in ("timebank", "aquaint") for row in rows_of(data, name)]
        texts += rows_of(data, "polnear", "train")
    return [*found, *annotated("events_reports")], [*texts, *annotated("reports")]


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read_all(data: Path, cache: Path, shippable_only: bool = False) -> Corpus:
    """Every source under `data`, from the cache file when the data and the code have not changed."""
    from training.sources import events, factuality, names, own, polnear, ud

    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    names_of = [data / pattern.format("train") for pattern in FILES.values()]
    names_of += [data / FILES[name].format("dev") for name in ("crossner", "uner")]
    prints = {str(path.relative_to(data)): fingerprint(path) for path in names_of if path.exists()}
    prints |= {f"annotations/{path.name}": fingerprint(path) for path in sorted(own.FOLDER.glob("*.jsonl"))}
    key = hashlib.sha256(code + json.dumps(prints).encode()).hexdigest()[:12]
    stored = cache / f"examples-{'open-' if shippable_only else ''}{key}.pickle"
    if stored.exists():
        with stored.open("rb") as file:
            found: Corpus = pickle.load(file)
        return found
    pieces = WordPieces(VOCABULARY)
    corpus = Corpus(Labels(), fingerprints=prints)
    events.add_modes(corpus.labels, rows_of(data, "events", "train"))
    degrees = factuality.by_text(rows_of(data, "uds", "train"))
    treebank = [*rows_of(data, "ewt", "train"), *rows_of(data, "gum", "train")]
    ud.add_inventories(corpus.labels, treebank)
    named = [*rows_of(data, "crossner", "train"), *rows_of(data, "crossner", "dev")]
    named += names.first_half(rows_of(data, "uner", "dev"))
    # The open variant sees only the bundled reports in our own words where the full one sees private texts.
    private = SAMPLE if shippable_only else data
    annotated, texts = event_rows(private, data == SAMPLE)
    corpus.train = {
        "ud": ud.packings(treebank, corpus.labels, pieces, degrees),
        "ner": names.packings(named, corpus.labels, pieces),
        "uw": factuality.packings(rows_of(private, "uw", "train"), pieces),
        "polnear": polnear.packings(rows_of(private, "polnear", "train"), pieces),
        "reports": own.packings(corpus.labels, pieces),
        "events": events.packings(annotated, texts, corpus.labels, pieces),
    }
    cache.mkdir(parents=True, exist_ok=True)
    with stored.open("wb") as file:
        pickle.dump(corpus, file)
    return corpus
