"""Events across documents from given mentions, stories predicted: ECB+ (only its selected sentences) or MEANTIME.

The mentions are given, their words and where they stand; their head, what depends on it and the names beside
it are read by the shipped model. Stories are found in the texts alone, over all documents of the set.
``python -m benchmarks.coreference --data FILE`` fits the weights anew on a training file and prints them.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import DOCUMENT, Row, find, rows, scorer
from onrecord.reading.lemma import lemma
from onrecord.reading.reader import Reader
from onrecord.reading.types import Reading
from onrecord.scale.events import Mention, compared, events
from onrecord.scale.stories import Stories, stories

CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
CORE = frozenset("nsubj obj iobj obl nmod compound amod nummod flat appos csubj xcomp ccomp".split())
INNER = frozenset(("compound", "flat", "nmod", "amod", "nummod", "appos"))
LIGHT = frozenset(
    "be have do say will would can could may might must shall should get make go take come also other new more most "
    "such first last year day time".split()
)


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """CoNLL F1 and its parts over a file of documents with their mentions."""
    documents = rows(find(data, "dev.jsonl"))
    score = _scorer(scorers).score
    mentions, key, story_of = read(documents)
    told = stories((row["id"], row["text"], None) for row in documents)
    found = events(mentions, told)
    response = dict(zip(found.ids, (str(event) for event in found.event.tolist()), strict=True))
    result = score(key, response)
    figures = {"documents": float(len(documents)), "mentions": float(len(key))}
    figures |= {"CoNLL F1": result["CoNLL_F1"] / 100}
    figures |= {f"{name} F1": result[name]["F1"] / 100 for name in ("MUC", "B3", "CEAFe", "LEA")}
    figures |= {
        "events in gold": result["n"]["key_clusters"], "events found": result["n"]["response_clusters"],
        "stories in gold": len(set(story_of.values())), "stories found": len(set(told.story.tolist())),
    }  # fmt: skip
    words = {mention.id: mention.word for mention in mentions}
    place = {name: str(story) for name, story in zip(told.ids, told.story.tolist(), strict=True)}
    page = {mention.id: mention.document for mention in mentions}
    for name, home in (("same word in a found story", place), ("same word in a gold story", story_of)):
        plain = {one: f"{home[page[one]]} {words[one]}" for one in key}
        figures[name] = score(key, plain)["CoNLL_F1"] / 100
    for topic in sorted({row.get("topic", row.get("corpus")) for row in documents}, key=str):
        chosen = {one for one in key if page[one] in {r["id"] for r in documents if _topic(r) == topic}}
        part = score({one: key[one] for one in chosen}, {one: response[one] for one in chosen})
        figures[f"{DOCUMENT}topic {topic}"] = part["CoNLL_F1"] / 100
    return figures


def _topic(row: Row) -> Any:
    return row.get("topic", row.get("corpus"))


def read(documents: list[Row]) -> tuple[list[Mention], dict[str, str], dict[str, str]]:
    """The mentions with what the model reads of them, the gold event of each, the gold story of each document."""
    mentions: list[Mention] = []
    key: dict[str, str] = {}
    texts = [
        (row["text"], [(s["start"], s["end"]) for s in row["sentences"]] if "sentences" in row else None)
        for row in documents
    ]
    for row, reading in zip(documents, Reader(threads=2).read_all(texts), strict=True):
        for given in row["mentions"]:
            if given.get("kind", given.get("tag")) not in ("event", "EVENT_MENTION"):
                continue
            if given.get("selected", True):
                name = f"{row['id']}/{given['m_id']}"
                mentions.append(_mention(name, row["id"], reading, given["start"], given["end"]))
                key[name] = given.get("chain") or name
    return mentions, key, {row["id"]: str(row.get("subtopic", row.get("corpus"))) for row in documents}


def _mention(name: str, document: str, reading: Reading, start: int, end: int) -> Mention:
    inside = [i for i in range(len(reading.starts)) if reading.starts[i] < end and reading.ends[i] > start]
    if not inside:
        return Mention(name, document, -1, reading.text[start:end].casefold())
    head = next((i for i in inside if reading.heads[i] not in inside), inside[0])
    sentence = reading.sentence_of(head)
    own = {_base(reading, i) for i in inside}
    first, last = reading.sentences[sentence]
    names = {_base(reading, i) for i in range(first, last) if reading.pos(i) in ("PROPN", "NUM")}
    return Mention(
        id=name,
        document=document,
        sentence=sentence,
        word=_base(reading, head),
        trigger=tuple(own),
        near=tuple(set(_near(reading, head)) - own - LIGHT),
        names=tuple(names - own),
    )


def _near(reading: Reading, head: int) -> Iterator[str]:
    """Base forms of what depends on a head, and for a noun of what stands with it under one verb."""
    for child in reading.children(head):
        if reading.deprel(child).split(":")[0] in CORE:
            yield _base(reading, child)
            for inner in reading.children(child):
                if reading.deprel(inner).split(":")[0] in INNER and reading.pos(inner) in CONTENT:
                    yield _base(reading, inner)
    parent = int(reading.heads[head])
    if parent >= 0 and reading.pos(head) in ("NOUN", "PROPN"):
        for child in reading.children(parent):
            if child != head and reading.deprel(child).split(":")[0] in ("nsubj", "obj", "obl"):
                yield _base(reading, child)


def _base(reading: Reading, word: int) -> str:
    return lemma(reading.lower(word), reading.pos(word))


def _scorer(scorers: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_coref", scorer(scorers, "score_coref.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fit(documents: list[Row], parts: int = 3) -> dict[str, float]:
    """The weights of a logistic regression over the pairs that share a block, with an L2 penalty of 1.

    Stories are found in each third of the topics by itself: what a cosine means depends on how many topics
    there are, and a set of all of them is easier than what comes in a day.
    """
    mentions, key, _ = read(documents)
    topics = sorted({_topic(row) for row in documents}, key=str)
    names: list[str] = []
    values, same = [], []
    for part in range(parts):
        chosen = {row["id"]: row["text"] for row in documents if _topic(row) in topics[part::parts]}
        told = stories((name, text, None) for name, text in chosen.items())
        names, *pairs = _pairs([one for one in mentions if one.document in chosen], key, told)
        values.append(pairs[0])
        same.append(pairs[1])
    x, y = np.concatenate(values), np.concatenate(same)
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.eye(len(names))
        weights -= np.linalg.solve(hessian, x.T @ (p - y) + weights)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _pairs(
    mentions: list[Mention], key: dict[str, str], told: Stories
) -> tuple[list[str], NDArray[np.float64], NDArray[np.bool_]]:
    """The features by name, a row of their values a pair, and whether the pair is of one event."""
    con = compared(mentions, told)
    found = con.execute("SELECT * FROM compared ORDER BY one, other").fetchnumpy()
    ids = [name for (name,) in con.execute("SELECT id FROM mention ORDER BY place").fetchall()]
    names = [name for name in found if name not in ("one", "other", "deed")]
    values = np.stack([found[name].astype(float) for name in names], axis=1)
    same = np.array([
        key[ids[one]] == key[ids[other]] for one, other in zip(found["one"], found["other"], strict=True)
    ])  # fmt: skip
    return names, values, same


if __name__ == "__main__":
    print(fit(rows(Path(sys.argv[sys.argv.index("--data") + 1]))))
