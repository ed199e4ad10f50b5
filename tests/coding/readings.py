"""Readings made by hand: sentences in a compact tree notation, with events and their arguments.

A word is ``form|UPOS|head:relation`` (head counted from 1 in its sentence, 0 for the root) and may end in
``|Feature=Value``; sentences stand one a string, and a blank string begins a new paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.coding.draft import Draft
from onrecord.model.ids import document_id, sha256
from onrecord.model.records import Document, Published, Section, Snapshot
from onrecord.reading.labels import FEATURES, Labels
from onrecord.reading.types import (
    ENTITY_KINDS,
    STATUS,
    Argument,
    Attribution,
    EventMention,
    Reading,
    WordSpan,
)

UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FEATS = (
    ("_", "Past", "Pres"),
    ("_", "Fin", "Ger", "Inf", "Part"),
    ("_", "Imp", "Ind", "Sub"),
    ("_", "Plur", "Sing"),
    ("_", "Act", "Pass"),
)
_CLOSE = frozenset((".", ",", ";", ":", "!", "?", "'s", "n't", ")", "”"))


def reading(
    sentences: Sequence[str],
    events: Sequence[EventMention] = (),
    entities: Sequence[tuple[int, int, str]] = (),
    attributions: Sequence[Attribution] = (),
) -> Reading:
    """A reading of sentences in tree notation; word indices run through the whole text."""
    text, starts, ends, ranges = "", [], [], []
    rows: list[tuple[str, int, str, dict[str, str]]] = []
    for sentence in sentences:
        if not sentence:
            text += "\n\n"
            continue
        first = len(rows)
        for cell in sentence.split():
            form, upos, edge, *features = cell.split("|")
            head, relation = edge.split(":", 1)
            if text and not text.endswith(("\n", "“", "(")) and form not in _CLOSE:
                text += " "
            starts.append(len(text))
            text += form
            ends.append(len(text))
            values = dict(feature.split("=") for feature in features)
            rows.append((upos, first + int(head) - 1 if head != "0" else -1, relation, values))
        ranges.append((first, len(rows)))
    deprels = tuple(sorted({relation for _, _, relation, _ in rows}))
    labels = Labels(
        version="hand",
        model="hand",
        sha256="",
        upos=UPOS,
        feat_names=FEATURES,
        feats=FEATS,
        deprels=deprels,
        ner=("O",),
        attr=("O",),
        status=STATUS,
        types=(),
        modes=(),
        roles=(),
        single_roles=(),
    )
    return Reading(
        text=text,
        starts=np.array(starts, np.int32),
        ends=np.array(ends, np.int32),
        sentences=np.array(ranges, np.int32).reshape(-1, 2),
        upos=np.array([UPOS.index(upos) for upos, *_ in rows], np.uint8),
        feats=np.array(
            [
                [FEATS[k].index(values.get(name, "_")) for k, name in enumerate(FEATURES)]
                for *_, values in rows
            ],
            np.uint8,
        ).reshape(-1, len(FEATURES)),
        heads=np.array([head for _, head, *_ in rows], np.int32),
        deprels=np.array([deprels.index(relation) for _, _, relation, _ in rows], np.uint8),
        entities=np.array(
            [(start, end, ENTITY_KINDS.index(kind)) for start, end, kind in entities], np.int32
        ).reshape(-1, 3),
        status=np.tile(np.array([1, 0, 0, 0], np.float32), (len(rows), 1)),
        attributions=tuple(attributions),
        events=tuple(events),
        model="hand",
        labels=labels,
        vectors=np.zeros((len(rows), 1), np.float16),
    )


def mention(
    kind: str,
    trigger: int | WordSpan,
    mode: str | None = None,
    *,
    score: float = 0.9,
    status: str = "actual",
    background: float = 0.0,
    **roles: Any,
) -> EventMention:
    """An event mention; ``actor=(0, 1)`` or ``actor=[(0, 1), (4, 6)]`` gives its arguments."""
    arguments = [
        Argument(role, span, 0.9)
        for role, given in roles.items()
        for span in (given if isinstance(given, list) else [given])
    ]
    words = (trigger, trigger + 1) if isinstance(trigger, int) else trigger
    return EventMention(words, kind, mode, score, status, 0.9, background, tuple(arguments))


def document(read: Reading, published: str | None = "2021-10-07", **sections: tuple[int, int]) -> Document:
    """The document of a reading: all body, unless ``title=(start, end)`` and the like say otherwise."""
    digest = sha256(read.text.encode())
    kinds = sections or {"body": (0, len(read.text))}
    return Document(
        id=document_id(digest, None, None),
        published=Published(value=published, basis="given") if published else None,
        snapshot=Snapshot(sha256=digest),
        text=read.text,
        sections=[Section(kind=kind, span=span) for kind, span in kinds.items()],  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class Someone:
    """A party as the resolver gives it, for tests that need none of its tables."""

    key: str
    name: str
    code: str | None
    kind: str = "state"
    sector: str | None = "GOV"
    role: str | None = None
    anonymous: bool = False
    wikidata: str | None = None
    why: str = "test"


class Names:
    """A resolver by a table of phrases: what is not in it resolves to nobody."""

    def __init__(self, read: Reading, table: dict[str, str | None]) -> None:
        self._reading = read
        self._table = table

    def resolve(self, words: WordSpan) -> Someone | None:
        phrase = self._reading.words(words)
        return Someone(phrase, phrase, self._table[phrase]) if phrase in self._table else None

    def resolve_all(self, words: WordSpan) -> list[Someone]:
        party = self.resolve(words)
        return [] if party is None else [party]

    def tied(self, words: WordSpan) -> list[tuple[Someone, WordSpan]]:
        return []


def draft(
    read: Reading,
    table: dict[str, str | None] | None = None,
    published: str | None = "2021-10-07",
    **given: Any,
) -> Draft:
    """A draft over a reading by hand; the parties are those of the table, and no words are dated."""
    sections = given.pop("sections", {})
    return Draft(
        document=document(read, published, **sections),
        reading=read,
        timexes=given.pop("timexes", ()),
        resolver=Names(read, table or {}),  # type: ignore[arg-type]
        **given,
    )
