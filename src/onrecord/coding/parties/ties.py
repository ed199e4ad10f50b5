"""How a noun and a name hang together in the tree: who does it to whom, who says it, on which side they stand.

"The government accused Syria": who accuses is seldom the accused's. "Police in Kiev arrested …": the place
tells whose police. The labels are clues for `salience`, which weighs them; without a Reading there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.story import Mention, Story, WordSpan
from onrecord.reading.types import Reading

# Relations of a word that is part of a larger noun phrase, and those that tie a clause to another.
_INSIDE = frozenset(
    "conj appos flat compound nmod amod nummod det fixed dep case goeswith punct list".split()
)
_CLAUSES = frozenset("ccomp xcomp advcl acl conj parataxis csubj".split())
_PLACES = frozenset(("in", "at", "near", "from", "inside", "outside", "across"))
_AGAINST = frozenset(("against", "on", "over"))
_DEPTH = 6


class Ties:
    """The ties of one document."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._role = cache(self._role_of)

    def of(self, word: int, phrase: Phrase | None) -> dict[str, set[str]]:
        """The ties between a noun at `word` and the names of its sentence: labels by code."""
        reading = self._story.reading
        found: dict[str, set[str]] = {}
        if reading is None or word >= len(self._story):
            return found
        words = (
            phrase.words
            if phrase is not None and phrase.words[0] <= word < phrase.words[1]
            else (word, word + 1)
        )
        here = self._story.sentence[word]
        for mention in self._story.mentions_in.get(here, ()):
            if not mention.name.code or words[0] <= mention.start < words[1]:
                continue
            found.setdefault(mention.name.code, set()).update(self._between(reading, words, mention))
        self._told(reading, words, found)
        self._sides(reading, words, found)
        return found

    def _between(self, reading: Reading, words: WordSpan, mention: Mention) -> Iterator[str]:
        role, verb, _ = self._role(*words)
        other, theirs, inside = self._role(mention.start, mention.end)
        part = "+" if inside else ""
        if verb == theirs:
            yield f"tie:{role}:{other}{part}"
            return
        for tie, above in self._above(reading, verb):
            if above == theirs:
                yield f"tie:{role}<{tie}:{other}{part}"
                return
        for tie, above in self._above(reading, theirs):
            if above == verb:
                yield f"tie:{role}>{tie}:{other}{part}"
                return

    def _role_of(self, start: int, end: int) -> tuple[str, int, bool]:
        """What a phrase is to its verb, the verb (or the noun where there is none), and whether it is part of
        another phrase."""
        reading = self._story.reading
        assert reading is not None
        word = next((w for w in range(start, end) if not start <= reading.head(w) < end), start)
        inside = False
        for _ in range(_DEPTH):
            relation, head = reading.relation(word), reading.head(word)
            if head < 0 or relation not in _INSIDE or (relation == "conj" and reading.pos(word) == "VERB"):
                break
            inside = inside or relation not in ("conj", "appos", "flat")
            word = head
        relation, head = reading.deprel(word), reading.head(word)
        if relation.startswith("nsubj"):
            return ("sp" if relation == "nsubj:pass" else "s"), head, inside
        if relation in ("obj", "iobj"):
            return "o", head, inside
        if relation.startswith("obl"):
            case = next(
                (reading.lower(c) for c in reading.children(word) if reading.relation(c) == "case"), ""
            )
            return (
                ("in" if case in _PLACES else "by" if case == "by" else "vs" if case in _AGAINST else "b"),
                head,
                inside,
            )
        return "n", word, inside

    def _above(self, reading: Reading, verb: int) -> Iterator[tuple[str, int]]:
        """The verbs above one, each with the relation of the clause below it."""
        word = verb
        for _ in range(3):
            relation, head = reading.relation(word), reading.head(word)
            if head < 0 or relation not in _CLAUSES:
                return
            yield relation, head
            word = head

    def _told(self, reading: Reading, words: WordSpan, found: dict[str, set[str]]) -> None:
        """Whose spokesman tells what the phrase stands in."""
        for each in reading.attributions:
            if not any(a <= words[0] < b for a, b in each.content):
                continue
            for a, b in each.source:
                for word in range(a, b):
                    mention = self._story.mention_at.get(word)
                    if mention is not None and mention.name.code and mention.name.kind != "outlet":
                        found.setdefault(mention.name.code, set()).add("speaker")

    def _sides(self, reading: Reading, words: WordSpan, found: dict[str, set[str]]) -> None:
        """Who stands on the other side of an event in which the phrase has a part, or on the same."""
        for event in reading.events:
            ours = {
                a.role
                for a in event.arguments
                if a.span[0] < words[1] and words[0] < a.span[1] and a.score > 0.2
            }
            if len(ours) != 1 or not ours <= {"actor", "recipient"}:
                continue
            for argument in event.arguments:
                if argument.role not in ("actor", "recipient") or argument.score < 0.2:
                    continue
                side = "with" if argument.role in ours else "versus"
                for word in range(*argument.span):
                    mention = self._story.mention_at.get(word)
                    if mention is not None and mention.name.code and not words[0] <= word < words[1]:
                        found.setdefault(mention.name.code, set()).add(f"{side}:{event.type}")
