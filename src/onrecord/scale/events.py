"""One event from many mentions, at scale: blocks, scored pairs and clusters as relations, whatever the order.

Mentions are compared where they share a block: a story with the same word, the same stem, a word in both
triggers, or words that are alike (`alike.txt`); or, across stories, one kind of deed between the same parties on
one day. A block of many is walked in the order of its contents, each mention beside its next `REACH`, so that
the cost grows with the mentions and not with their square. What the weights rest on is in `docs/scale.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.scale.clusters import Indices, Scores, average_link
from onrecord.scale.relations import arrow, connected
from onrecord.scale.stories import Stories

REACH = 40
"""In a block each mention is compared with so many that follow it."""
THRESHOLD = 0.4
"""Mean probability at which two groups of mentions are one event; tuned on the training part of ECB+."""
LEAST = 0.05
"""Pairs below this probability count as 0."""
WEIGHTS = {
    "base": -4.38, "word": 3.62, "stem": 3.47, "alike": 5.63, "trigger": 2.22, "near": 1.12, "bare": 0.24,
    "names": 0.48, "nameless": 0.59, "document": 2.01, "sentence": -2.48, "cosine": 4.33, "reporting": -2.12,
    "deed": 5.0,
}  # fmt: skip
"""Of a logistic regression on the training part of ECB+, but for `deed` (one kind, parties and day), which is set."""
REPORTING = ("say", "tell", "report", "announce")
_ALIKE = Path(__file__).parent / "alike.txt"
_CHUNK = 50_000
_ENDINGS = (
    "ation",
    "ition",
    "ment",
    "ance",
    "ence",
    "ings",
    "ing",
    "ion",
    "ure",
    "al",
    "er",
    "or",
    "ed",
    "s",
    "e",
    "y",
)
_STEM = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an event in a document.

    ``word`` is the base form of the trigger's head, ``trigger`` those of its words; ``near`` those of the words
    that depend on it, ``names`` of the names and numbers in its sentence. ``kind``, ``parties`` (codes) and
    the days between which it happened are known of coded events.
    """

    id: str
    document: str
    sentence: int
    word: str
    trigger: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    kind: str | None = None
    parties: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """Mentions by id in order, the place of each one's event (that of its least mention), and what joined them.

    ``one`` and ``other`` are places in ``ids``; ``probability`` is that they are of one event, for the pairs
    compared that reach `LEAST`.
    """

    ids: list[str]
    event: Indices
    one: Indices
    other: Indices
    probability: Scores


def stem(word: str) -> str:
    """A base form without the ending that makes a noun of a verb, so that "withdrawal" meets "withdraw"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > _STEM else word


_MENTION = """
CREATE TABLE mention AS
SELECT row_number() OVER (ORDER BY told.id) - 1 AS place, told.*, document.place AS page, document.story
FROM told JOIN document ON told.document = document.id
"""
_PAIRS = f"""
CREATE TABLE pair AS
WITH
    word AS (SELECT DISTINCT story, word FROM mention),
    near AS (SELECT one AS word, other FROM alike UNION ALL SELECT other, one FROM alike),
    twin AS (
        SELECT word.story, word.word, least(word.word, other) || ' ' || greatest(word.word, other) AS words
        FROM word JOIN near USING (word) JOIN word AS there ON there.story = word.story AND there.word = other
    ),
    key AS (
        SELECT place, story, 'w ' || unnest(list_distinct(list_append(trigger, word))) AS key FROM mention
        UNION ALL SELECT place, story, 's ' || stem FROM mention
        UNION ALL SELECT place, story, 'a ' || words FROM mention JOIN twin USING (story, word)
        UNION ALL SELECT place, -1, 'k ' || kind || ' ' || array_to_string(parties, ' ') || ' ' || first
            FROM mention WHERE kind IS NOT NULL AND len(parties) > 1 AND first = last
    ),
    walk AS (
        SELECT place, key.story, key,
            row_number() OVER (block ORDER BY first, near, names, place) AS turn, count(*) OVER block AS size
        FROM key JOIN mention USING (place) WINDOW block AS (PARTITION BY key.story, key)
    ),
    step AS (
        SELECT place, story, key, unnest(range(turn + 1, least(turn + {REACH}, size) + 1)) AS turn FROM walk
    )
SELECT DISTINCT least(step.place, walk.place) AS one, greatest(step.place, walk.place) AS other
FROM step JOIN walk USING (story, key, turn)
"""
_SHARED = (
    "CASE WHEN least(len({0}.{2}), len({1}.{2})) = 0 THEN 0 ELSE "
    "len(list_intersect({0}.{2}, {1}.{2})) / least(len({0}.{2}), len({1}.{2})) END"
)
_FEATURES = f"""
CREATE VIEW compared AS
SELECT one.place AS one, other.place AS other,
    1 AS base,
    CAST(one.word = other.word AS INT) AS word,
    CAST(one.stem = other.stem AND one.word <> other.word AS INT) AS stem,
    CASE WHEN one.word = other.word THEN 0 ELSE coalesce(alike.likeness - 30, 0) / 100 END AS alike,
    CAST(one.word <> other.word AND len(list_intersect(
        list_append(one.trigger, one.word), list_append(other.trigger, other.word))) > 0 AS INT) AS trigger,
    {_SHARED.format("one", "other", "near")} AS near,
    CAST(least(len(one.near), len(other.near)) = 0 AS INT) AS bare,
    {_SHARED.format("one", "other", "names")} AS names,
    CAST(least(len(one.names), len(other.names)) = 0 AS INT) AS nameless,
    CAST(one.page = other.page AS INT) AS document,
    CAST(one.page = other.page AND one.sentence = other.sentence AS INT) AS sentence,
    coalesce(cosine, 0) AS cosine,
    CAST(one.word = other.word AND one.word IN {REPORTING} AS INT) AS reporting,
    CAST(coalesce(one.kind = other.kind AND len(one.parties) > 1 AND one.parties = other.parties
        AND one.first = one.last AND one.first = other.first AND other.first = other.last, false) AS INT) AS deed
FROM pair
    JOIN mention AS one ON one.place = pair.one
    JOIN mention AS other ON other.place = pair.other
    LEFT JOIN cosine ON cosine.one = least(one.page, other.page) AND cosine.other = greatest(one.page, other.page)
    LEFT JOIN alike ON alike.one = least(one.word, other.word) AND alike.other = greatest(one.word, other.word)
WHERE NOT coalesce(one.kind <> other.kind OR one.last < other.first OR other.last < one.first, false)
"""


def events(mentions: Iterable[Mention], told: Stories) -> Events:
    """The events of mentions, in whatever order they come; ``told`` has the stories of their documents.

    A mention of a document without a story is left out. Raises OnrecordError `missing-extra`.
    """
    con = compared(mentions, told)
    total = " + ".join(f"{weight} * {name}" for name, weight in WEIGHTS.items())
    found = con.execute(
        f"SELECT * FROM (SELECT one, other, 1 / (1 + exp(-({total}))) AS probability FROM compared) "
        f"WHERE probability >= {LEAST} ORDER BY one, other"
    ).fetchnumpy()
    ids = [name for (name,) in con.execute("SELECT id FROM mention ORDER BY place").fetchall()]
    one, other, probability = found["one"], found["other"], found["probability"]
    return Events(ids, average_link(len(ids), one, other, probability, THRESHOLD), one, other, probability)


def compared(mentions: Iterable[Mention], told: Stories) -> Any:
    """A DuckDB connection with the relations `mention` and `compared`: each pair of a block with its features."""
    pa, con = arrow(), connected()
    document = pa.table({"id": told.ids, "place": np.arange(len(told.ids)), "story": told.story})
    cosine = pa.table({"one": told.one, "other": told.other, "cosine": told.cosine})
    pairs = [line.split() for line in _ALIKE.read_text(encoding="utf-8").splitlines()]
    alike = pa.table({
        "one": [one for one, _, _ in pairs], "other": [other for _, other, _ in pairs],
        "likeness": [int(cosine) for _, _, cosine in pairs],
    })  # fmt: skip
    for name, table in (("document", document), ("cosine", cosine), ("alike", alike)):
        con.register("given", table)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    con.execute(
        "CREATE TABLE told (id VARCHAR, document VARCHAR, sentence BIGINT, word VARCHAR, stem VARCHAR, "
        "trigger VARCHAR[], near VARCHAR[], names VARCHAR[], kind VARCHAR, parties VARCHAR[], first DATE, last DATE)"
    )
    source = iter(mentions)
    schema = _schema(pa)
    while chunk := list(islice(source, _CHUNK)):
        con.register("given", pa.Table.from_pylist([_row(one) for one in chunk], schema=schema))
        con.execute("INSERT INTO told SELECT * FROM given")
    con.execute(_MENTION)
    con.execute("DROP TABLE told")
    con.execute(_PAIRS)
    con.execute(_FEATURES)
    return con


def _row(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id, "document": mention.document, "sentence": mention.sentence, "word": mention.word,
        "stem": stem(mention.word), "trigger": sorted(set(mention.trigger)), "near": sorted(set(mention.near)),
        "names": sorted(set(mention.names)), "kind": mention.kind, "parties": list(mention.parties),
        "first": mention.first, "last": mention.last,
    }  # fmt: skip


def _schema(pa: Any) -> Any:
    kinds = {"sentence": pa.int64(), "first": pa.date32(), "last": pa.date32()}
    lists = ("trigger", "near", "names", "parties")
    order = ("id", "document", "sentence", "word", "stem", *lists[:3], "kind", "parties", "first", "last")
    return pa.schema([
        (name, pa.list_(pa.string()) if name in lists else kinds.get(name, pa.string())) for name in order
    ])  # fmt: skip
