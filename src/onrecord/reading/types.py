"""The Reading: what the model saw in a document, as compact arrays over its words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.labels import FEATURES, Labels
from onrecord.reading.lemma import lemma

STATUS = ("actual", "future", "hypothetical", "negated")
ENTITY_KINDS = ("PER", "ORG", "LOC", "MISC")
ROLES = ("actor", "recipient", "source", "when")

WordSpan = tuple[int, int]
"""Words `[start, end)`."""

EDGE = 8
"""So many places before the first and behind the last word can be asked what stands there."""

# What a noun phrase keeps of its head's dependents; what hangs below those stays too, short of clauses.
_MODIFIERS = frozenset(("det", "amod", "nummod", "compound", "nmod", "flat", "fixed", "goeswith", "advmod"))
_BELOW = _MODIFIERS | {"case", "conj", "cc", "punct", "obl", "mark", "dep", "nsubj", "obj"}
_JOINERS = ("-", "\u2010", "\u2011", "\u2013", "/", '"', "'", "\u201c", "\u201d", "\u2018", "\u2019")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: word spans of the source, the cue and the content; any of them may be in several parts.

    `score` is the model's own confidence, 0 to 1. An empty `source` means that none is named.
    """

    source: tuple[WordSpan, ...]
    cue: tuple[WordSpan, ...]
    content: tuple[WordSpan, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Argument:
    """A span that fills a role of an event; `score` is the probability of its first word, 0 to 1."""

    role: str
    span: WordSpan
    score: float


@dataclass(frozen=True, slots=True)
class EventMention:
    """A word that names a political event: PLOVER type, mode, status, background and arguments.

    `score`, `status_score` and `background` are probabilities: of the mention, of its status, and that
    it is history.
    """

    trigger: WordSpan
    type: str
    mode: str | None
    score: float
    status: str
    status_score: float
    background: float
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, eq=False)
class Reading:
    """Words, sentences, tree, entities, attribution and events of one document.

    Arrays have a row a word (N), a sentence (S) or an entity (E). Offsets are code points of `text`; all else
    counts words.
    """

    text: str
    starts: NDArray[np.int32]
    """[N] where a word starts."""
    ends: NDArray[np.int32]
    """[N] where it ends."""
    sentences: NDArray[np.int32]
    """[S, 2] word ranges."""
    upos: NDArray[np.uint8]
    """[N] index into `labels.upos`."""
    feats: NDArray[np.uint8]
    """[N, 5] Tense, VerbForm, Mood, Number, Voice: index into `labels.feats`, 0 = none."""
    heads: NDArray[np.int32]
    """[N] the word that a word depends on, -1 for the root of a sentence."""
    deprels: NDArray[np.uint8]
    """[N] index into `labels.deprels`."""
    entities: NDArray[np.int32]
    """[E, 3] first word, end word, index into ENTITY_KINDS."""
    status: NDArray[np.float32]
    """[N, 4] if the word names an event: P(actual, future, hypothetical, negated)."""
    attributions: tuple[Attribution, ...]
    events: tuple[EventMention, ...]
    model: str
    labels: Labels
    vectors: NDArray[np.float16]
    """[N, width of the model] what the encoder made of a word where it looked for who said what."""

    # The arrays as lists: coding asks word by word, which arrays answer slowly, and so do properties. Each ends in
    # empty places, so that a rule which looks at the next words or the ones before may do so at the edges of a text.
    sentence_spans: list[WordSpan] = field(init=False, repr=False)
    """The word range of each sentence."""
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)
    _forms: list[str] = field(init=False, repr=False)
    _lower: list[str] = field(init=False, repr=False)
    _pos: list[str] = field(init=False, repr=False)
    _relations: list[str] = field(init=False, repr=False)
    _bases: list[str] = field(init=False, repr=False)
    _heads: list[int] = field(init=False, repr=False)
    _children: list[list[int]] = field(init=False, repr=False)
    _sentence: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        labels, starts, ends = self.labels, self.starts.tolist(), self.ends.tolist()
        forms = [self.text[a:b] for a, b in zip(starts, ends, strict=True)]
        bases = [name.partition(":")[0] for name in labels.deprels]
        heads, deprels = self.heads.tolist(), self.deprels.tolist()
        children: list[list[int]] = [[] for _ in heads]
        for word, head in enumerate(heads):
            if head >= 0:
                children[head].append(word)
        nothing = [""] * EDGE
        spans = [(a, b) for a, b in self.sentences.tolist()]
        vars(self).update(
            sentence_spans=spans,
            _starts=starts,
            _ends=ends,
            _forms=forms + nothing,
            _lower=[form.lower() for form in forms] + nothing,
            _pos=[labels.upos[i] for i in self.upos.tolist()] + nothing,
            _relations=[labels.deprels[i] for i in deprels] + nothing,
            _bases=[bases[i] for i in deprels] + nothing,
            _heads=heads + [-1] * EDGE,
            _children=children + [[] for _ in nothing],
            _sentence=[number for number, (a, b) in enumerate(spans) for _ in range(a, b)],
        )

    def __len__(self) -> int:
        return len(self._starts)

    def word(self, i: int) -> str:
        """The word as it is written; "" just before the first word and behind the last, where there is nothing."""
        return self._forms[i]

    def lower(self, i: int) -> str:
        """The word in small letters."""
        return self._lower[i]

    def lemma(self, i: int) -> str:
        """The base form of a verb or noun by rule; other words in small letters."""
        return lemma(self.lower(i), self.pos(i))

    def words(self, span: WordSpan) -> str:
        """The text that a word span covers."""
        start, end = self.span(*span)
        return self.text[start:end]

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Code points of words `[a, b)`, b > a."""
        return self._starts[a], self._ends[b - 1]

    def start(self, i: int) -> int:
        """The code point at which a word starts."""
        return self._starts[i]

    def end(self, i: int) -> int:
        """The code point behind a word."""
        return self._ends[i]

    def pos(self, i: int) -> str:
        """The universal part of speech."""
        return self._pos[i]

    def feat(self, i: int, name: str) -> str:
        """The value of a morphological feature, "_" where it has none."""
        column = FEATURES.index(name)
        return self.labels.feats[column][self._values[i][column]]

    def deprel(self, i: int) -> str:
        """The relation to the head, with its subtype ("nsubj:pass")."""
        return self._relations[i]

    def relation(self, i: int) -> str:
        """The relation to the head without its subtype ("nsubj")."""
        return self._bases[i]

    def entity_at(self, i: int) -> str | None:
        """The kind of the name in which a word stands, None outside names."""
        return self._kinds.get(i)

    def head(self, i: int) -> int:
        """The word that a word depends on, -1 for the root of a sentence."""
        return self._heads[i]

    def sentence(self, i: int) -> WordSpan:
        """The words of the sentence that holds a word."""
        return self.sentence_spans[self._sentence[i]]

    def sentence_of(self, i: int) -> int:
        """The index of the sentence that holds a word."""
        return self._sentence[i]

    def children(self, i: int) -> list[int]:
        """The words that depend on a word, in order."""
        return self._children[i]

    def subtree(self, i: int) -> WordSpan:
        """From the first to the last word below a word, itself included."""
        return self._subtrees[i]

    def phrase(self, i: int) -> WordSpan:
        """The noun phrase around its head: modifiers and prepositional attributes.

        Without the preposition before it, without clauses, appositions and what is joined to it by "and".
        """
        found = self._phrases.get(i)
        if found is None:
            found = self._phrases[i] = self._phrase(i)
        return found

    def word_at(self, offset: int) -> int | None:
        """The word that covers a code point, None between words."""
        word = bisect_right(self._starts, offset) - 1
        return word if word >= 0 and offset < self._ends[word] else None

    def words_in(self, span: tuple[int, int]) -> WordSpan:
        """The words that overlap a span of code points; empty (equal ends) where there is none."""
        first = bisect_right(self._ends, span[0])
        return first, max(first, bisect_left(self._starts, span[1]))

    @cached_property
    def answers(self) -> dict[object, dict[object, Any]]:
        """What others have worked out of this reading, by the function and its further arguments."""
        return {}

    @cached_property
    def _values(self) -> list[list[int]]:
        values: list[list[int]] = self.feats.tolist()
        return values + [[0] * self.feats.shape[1]] * EDGE

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return {
            word: ENTITY_KINDS[kind]
            for start, end, kind in self.entities.tolist()
            for word in range(start, end)
        }

    @cached_property
    def _subtrees(self) -> list[WordSpan]:
        """The subtree of every word: a word is handed on to its head once all below it has been."""
        heads = self._heads
        first, last = list(range(len(self))), list(range(len(self)))
        order = [word for word in range(len(self)) if heads[word] < 0]
        for word in order:  # grows as it goes, so that heads stand before what is below them
            order.extend(self._children[word])
        for word in reversed(order):
            head = heads[word]
            if head >= 0:
                first[head] = min(first[head], first[word])
                last[head] = max(last[head], last[word])
        return [(a, b + 1) for a, b in zip(first, last, strict=True)]

    @cached_property
    def _phrases(self) -> dict[int, WordSpan]:
        return {}

    def _phrase(self, i: int) -> WordSpan:
        kept = self._kept(i)
        start, end = self.sentence(i)
        left = self._reach(i, range(i - 1, start - 1, -1), kept)
        return left, self._reach(i, range(i + 1, end), kept) + 1

    def _kept(self, i: int) -> set[int]:
        """The word and what a noun phrase keeps of all below it."""
        children, bases = self._children, self._bases
        open_words = [child for child in children[i] if bases[child] in _MODIFIERS]
        found = {i, *open_words}
        while open_words:
            below = [child for child in children[open_words.pop()] if bases[child] in _BELOW]
            found.update(below)
            open_words.extend(below)
        return found

    def _reach(self, i: int, way: range, kept: set[int]) -> int:
        """The last kept word on the way from a head, over hyphens and quotation marks but nothing else."""
        last = i
        for word in way:
            if word in kept:
                last = word
            elif self.word(word) not in _JOINERS:
                break
        return last
