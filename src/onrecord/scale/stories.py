"""Stories: documents of a few days that tell of one happening, by the words that set them apart.

A story is evidence and a block for comparing events, never identity itself. The steps are relations: each
document's words, their weights, pairs of documents that share rare words within a fortnight, their cosine.
Weights are whole numbers, so that sums do not depend on the order in which they are taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.scale.clusters import Indices, Scores, average_link
from onrecord.scale.relations import arrow, connected

THRESHOLD = 0.11
"""Mean cosine at which two groups of documents are one story; tuned on the training part of ECB+."""
TERMS = 50
"""Words that stand for a document: those of the greatest weight."""
COMMON = 100
"""A word that more documents of a fortnight have brings no pairs together."""
LEAST = 0.05
"""Pairs below this cosine are not kept."""
WINDOW_DAYS = 7
"""Documents of one such window, or of two that follow each other, can be of one story."""
_WORD = re.compile(r"[^\W_]{2,}")
_CHUNK = 20_000
_STRETCH = 5_000
_UNDATED = -10

_TOP = f"""
CREATE TABLE top AS
WITH
    spread AS (SELECT term, count(*) AS documents FROM word GROUP BY term HAVING count(*) > 1),
    every AS (SELECT count(DISTINCT document) AS count FROM word),
    weighted AS (
        SELECT document, week, term,
            CAST(round(1000 * (1 + ln(times)) * ln(every.count / documents)) AS BIGINT) AS weight
        FROM word JOIN spread USING (term), every
    ),
    chosen AS (
        SELECT * FROM weighted WHERE weight > 0
        QUALIFY row_number() OVER (PARTITION BY document ORDER BY weight DESC, term) <= {TERMS}
    )
SELECT document, week, hash(term) AS term,
    CAST(round(1000 * weight / sqrt(sum(weight * weight) OVER (PARTITION BY document))) AS BIGINT) AS weight
FROM chosen ORDER BY week
"""
_PAIRS = f"""
WITH
    placed AS (
        SELECT *, unnest([week, week + 1]) AS fortnight FROM top WHERE week BETWEEN $start - 1 AND $end
    ),
    here AS (SELECT * FROM placed WHERE fortnight BETWEEN $start AND $end),
    common AS (SELECT term, fortnight FROM here GROUP BY ALL HAVING count(*) > {COMMON}),
    rare AS (SELECT * FROM here ANTI JOIN common USING (term, fortnight))
SELECT one.document AS one, other.document AS other, sum(one.weight * other.weight) / 1e6 AS cosine
FROM rare AS one JOIN rare AS other ON one.term = other.term AND one.fortnight = other.fortnight
    AND one.document < other.document AND one.fortnight = greatest(one.week, other.week)
GROUP BY ALL HAVING sum(one.weight * other.weight) >= {LEAST} * 1e6
"""


@dataclass(frozen=True, slots=True)
class Stories:
    """Documents by id in order, the place of each one's story (that of its least document), and the pairs compared.

    ``one`` and ``other`` are places in ``ids`` with ``one`` < ``other``; ``cosine`` is theirs.
    """

    ids: list[str]
    story: Indices
    one: Indices
    other: Indices
    cosine: Scores


def stories(documents: Iterable[tuple[str, str, date | None]]) -> Stories:
    """The stories of documents (id, text, day of publication), in whatever order they come.

    Raises OnrecordError `missing-extra` without the extra `scale`.
    """
    con = connected()
    con.execute("CREATE TABLE word (document BIGINT, week BIGINT, term VARCHAR, times BIGINT)")
    ids: list[str] = []
    source = iter(documents)
    while chunk := list(islice(source, _CHUNK)):
        con.register("told", _words(chunk, len(ids)))
        con.execute("INSERT INTO word SELECT * FROM told")
        con.unregister("told")
        ids.extend(name for name, _, _ in chunk)
    con.execute(_TOP)
    con.execute("DROP TABLE word")
    found = _pairs(con)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    rank = np.empty(len(ids), np.int64)
    rank[order] = np.arange(len(ids))
    one, other, cosine = _ordered(rank[found["one"]], rank[found["other"]], found["cosine"])
    story = average_link(len(ids), one, other, cosine, THRESHOLD)
    return Stories([ids[place] for place in order], story, one, other, cosine)


def _pairs(con: Any) -> dict[str, NDArray[Any]]:
    """The pairs of documents, a stretch of weeks after another, so that memory does not grow with the archive."""
    weeks = con.execute(
        "SELECT week, count(DISTINCT document) FROM top GROUP BY week ORDER BY week"
    ).fetchall()
    parts = []
    start, size = None, 0
    for place, (week, documents) in enumerate(weeks):
        start, size = week if start is None else start, size + documents
        last = place + 1 == len(weeks)
        if size >= _STRETCH or last:
            # A fortnight is called by its second week, so the last stretch has one more.
            parts.append(con.execute(_PAIRS, {"start": start, "end": week + last}).fetchnumpy())
            start, size = week + 1, 0
    if not parts:
        return {"one": np.zeros(0, np.int64), "other": np.zeros(0, np.int64), "cosine": np.zeros(0)}
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _ordered(first: Indices, second: Indices, cosine: Scores) -> tuple[Indices, Indices, Scores]:
    low, high = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((high, low))
    return low[order], high[order], cosine[order]


def _words(documents: list[tuple[str, str, date | None]], start: int) -> Any:
    """A relation of the words of documents, numbered from ``start``."""
    rows = list(_counted(documents, start))
    columns: list[NDArray[Any] | list[str]] = [
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        [row[2] for row in rows],
        np.array([row[3] for row in rows], np.int64),
    ]
    return arrow().table(dict(zip(("document", "week", "term", "times"), columns, strict=True)))


def _counted(
    documents: list[tuple[str, str, date | None]], start: int
) -> Iterator[tuple[int, int, str, int]]:
    for number, (_, text, day) in enumerate(documents, start):
        week = day.toordinal() // WINDOW_DAYS if day is not None else _UNDATED
        for term, times in Counter(_WORD.findall(text.casefold())).items():
            yield number, week, term, times
