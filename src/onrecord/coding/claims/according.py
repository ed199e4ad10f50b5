"""Reported words without a reporting verb of their own: "according to", "in his view", "allegedly", nouns, relays.

Requires the reading and the candidates that ``reporting`` found. Gives further candidates and completes relays:
"the paper said, citing officials" has the officials as holder and the paper as relay.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CITING = frozenset(load("reporting")["citing"])
_SUPPORT = frozenset(
    [
        "give",
        "make",
        "issue",
        "offer",
        "voice",
        "express",
        "repeat",
        "level",
        "raise",
        "reiterate",
        "cast",
        "deliver",
    ]
)


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in load("reporting")["according"])


@lru_cache(maxsize=1)
def _view_nouns() -> frozenset[str]:
    return frozenset(load("reporting")["view_nouns"])


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return dict(load("reporting")["nouns"])


def phrases(reading: Reading) -> list[Candidate]:
    """ "According to X", "in the words of X", "in his view": the clause around the phrase is the content."""
    found: list[Candidate] = []
    for word in range(len(reading)):
        for phrase in _phrases():
            if reading.lower(word) == phrase[0] and reads(reading, word, phrase):
                stop = word + len(phrase)
                head = _head_after(reading, stop)
                if head is not None:
                    found.extend(_around(reading, word, head, reading.subtree(head)[1]))
                break
        else:
            if reading.lower(word) == "in" and word + 2 < len(reading):
                found.extend(_view(reading, word))
    return found


def reads(reading: Reading, word: int, phrase: tuple[str, ...]) -> bool:
    """The words of a fixed form stand at a word."""
    return word + len(phrase) < len(reading) and all(
        reading.lower(word + n) == part for n, part in enumerate(phrase)
    )


def _head_after(reading: Reading, word: int) -> int | None:
    """The head of the noun phrase that begins at a word."""
    _, last = syntax.sentence(reading, word - 1)
    for at in range(word, min(last, word + 12)):
        if (
            reading.pos(at) in ("NOUN", "PROPN", "PRON", "NUM")
            and not word <= int(reading.heads[at]) <= at + 6
        ):
            return at
        head = int(reading.heads[at])
        if reading.pos(at) in ("NOUN", "PROPN", "PRON") and head < word:
            return at
    return next(
        (at for at in range(word, min(last, word + 8)) if reading.pos(at) in ("NOUN", "PROPN", "PRON")), None
    )


def _view(reading: Reading, word: int) -> list[Candidate]:
    """ "In his view", "in the ministry's opinion"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last, word + 7)):
        if noun_of(reading.lower(at), _view_nouns()) and at > word + 1:
            owner = next(
                (child for child in syntax.kids(reading, at, "nmod") if reading.deprel(child) == "nmod:poss"),
                None,
            )
            if owner is None:
                return []
            return [_as_view(candidate) for candidate in _around(reading, word, owner, at + 1)]
        if reading.pos(at) not in ("DET", "PRON", "NOUN", "PROPN", "ADJ", "PART"):
            return []
    return []


def _as_view(candidate: Candidate) -> Candidate:
    candidate.stance, candidate.base = "assesses", "view"
    return candidate


def _around(reading: Reading, start: int, holder: int, stop: int) -> list[Candidate]:
    first, last = syntax.sentence(reading, start)
    left, right = _clause_edges(reading, first, last, start, stop)
    before, after = trim(reading, (left, start)), trim(reading, (stop, right))
    content = max((before, after), key=lambda span: span[1] - span[0])
    if content[1] - content[0] < 2:
        return []
    return [
        Candidate(
            cue=start,
            base="according",
            stance="asserts",
            content=[content],
            holder=holder,
            cue_words=(start, min(start + 2, stop)),
            rule="according",
        )
    ]


def _clause_edges(reading: Reading, first: int, last: int, start: int, stop: int) -> WordSpan:
    """From the semicolon before to the semicolon after: the stretch to which the phrase belongs."""
    left = max((at + 1 for at in range(first, start) if reading.word(at) in ";"), default=first)
    right = min((at for at in range(stop, last) if reading.word(at) in ";"), default=last)
    return left, right


def trim(reading: Reading, words: WordSpan) -> WordSpan:
    """Without punctuation and conjunctions at either end."""
    start, end = words
    while start < end and reading.pos(start) in ("PUNCT", "CCONJ"):
        start += 1
    while end > start and reading.pos(end - 1) in ("PUNCT", "CCONJ"):
        end -= 1
    return start, end


def adverbs(reading: Reading) -> list[Candidate]:
    """ "Reportedly", "allegedly": the clause without the adverb, on nobody's word."""
    table = load("reporting")["adverbs"]
    found = []
    for word in range(len(reading)):
        stance = table.get(reading.lower(word))
        if stance is None:
            continue
        head = syntax.parent(reading, word)
        if head is None:
            continue
        first, last = syntax.sentence(reading, word)
        start, end = reading.subtree(head)
        if reading.pos(head) in ("ADJ", "NOUN") and reading.deprel(head) == "amod":
            start, end = word, min(last, word + 2)
        pieces = [trim(reading, (max(start, first), word)), trim(reading, (word + 1, min(end, last)))]
        content = [piece for piece in pieces if piece[1] > piece[0]]
        if content:
            found.append(
                Candidate(
                    cue=word,
                    base="allegedly",
                    stance=stance,
                    content=content,
                    hedged=True,
                    agentless=True,
                    rule="adverb",
                )
            )
    return found


def nouns(reading: Reading) -> list[Candidate]:
    """ "Moscow's denial that", "accusations by Kyiv of", "an appeal for": nouns with a proposition and a holder."""
    table = _nouns()
    names = frozenset(table)
    found = []
    for word in range(len(reading)):
        if reading.pos(word) != "NOUN":
            continue
        base = noun_of(reading.lower(word), names)
        if base is None:
            continue
        holder = _noun_holder(reading, word)
        if (
            holder is None
            and syntax.relation(reading, word) == "obj"
            and (verb := syntax.parent(reading, word)) is not None
        ) and verb_of(reading.lower(verb), _SUPPORT):
            holder = syntax.agent(reading, verb)
        content = _noun_content(reading, word)
        if holder is None or content is None:
            continue
        found.append(
            Candidate(cue=word, base=base, stance=table[base], content=[content], holder=holder, rule="noun")
        )
    return found


def _noun_holder(reading: Reading, word: int) -> int | None:
    for child in syntax.kids(reading, word, "nmod"):
        if reading.deprel(child) == "nmod:poss":
            return child
    for child in syntax.obliques(reading, word, "by", "from"):
        return child
    return None


def _noun_content(reading: Reading, word: int) -> WordSpan | None:
    for child in syntax.kids(reading, word, "acl", "ccomp", "xcomp"):
        if child > word and not reading.deprel(child).endswith("relcl"):
            start, end = reading.subtree(child)
            while start < child and reading.lower(start) in ("that", "of"):
                start += 1
            return trim(reading, (start, end))
    for child in syntax.obliques(reading, word, "of", "for", "to"):
        if child > word:
            start, end = reading.subtree(child)
            while start < child and reading.pos(start) == "ADP":
                start += 1
            return trim(reading, (start, end))
    return None


def relays(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Complete holders and relays: citing, quoted by, and one reporting clause inside another."""
    for candidate in found:
        complete(reading, candidate)
    kept = []
    for candidate in found:
        inner = [other for other in found if other is not candidate and _wraps(reading, candidate, other)]
        if inner and candidate.stance == "asserts" and not candidate.negated:
            for other in inner:
                if candidate.holder is not None and other.holder is not None:
                    if not _coreferent(reading, other.holder):
                        other.relay.append(candidate.holder)
                    elif _covers(candidate, other):
                        other.holder = candidate.holder
                elif candidate.holder is not None and other.holder is None and other.agentless:
                    other.holder, other.agentless = candidate.holder, False
            if any(_covers(candidate, other) for other in inner):
                continue
        kept.append(candidate)
    return kept


def complete(reading: Reading, candidate: Candidate) -> None:
    """Give a candidate the holder and relay that "citing" or "quoted by" names."""
    _cited(reading, candidate)
    if not candidate.relay and candidate.holder is not None:
        _quoted_by(reading, candidate)


def _quoted_by(reading: Reading, candidate: Candidate) -> None:
    """ "A spokesman, quoted by Interfax, said": who quotes the holder relays."""
    first, last = syntax.sentence(reading, candidate.cue)
    for word in range(first, last - 2):
        if verb_of(reading.lower(word), _CITING) and reading.lower(word + 1) in ("by", "in", "on"):
            head = _head_after(reading, word + 2)
            near = candidate.holder is not None and abs(candidate.holder - word) < 12
            if head is not None and near and head != candidate.holder and reading.word(head)[:1] != ",":
                candidate.relay.append(head)
            return


def _coreferent(reading: Reading, holder: int) -> bool:
    """A pronoun subject inside what somebody says is mostly the sayer: "it said it believed"."""
    return reading.lower(holder) in ("it", "he", "she", "they", "we", "i")


def _wraps(reading: Reading, outer: Candidate, inner: Candidate) -> bool:
    if inner.rule in ("adverb", "noun"):
        return False
    head: int | None = inner.cue
    steps = 0
    while head is not None and steps < 2:
        relation = syntax.relation(reading, head)
        parent = syntax.parent(reading, head)
        if parent == outer.cue and relation in ("ccomp", "xcomp") and inner.rule != "according":
            return any(a <= inner.cue < b for a, b in outer.content)
        if relation not in ("conj", "xcomp"):
            return False
        head, steps = parent, steps + 1
    return False


def _covers(outer: Candidate, inner: Candidate) -> bool:
    """The inner report, from its speaker to the end of what is said, makes up most of the outer content."""
    start = min(
        inner.cue, inner.holder if inner.holder is not None else inner.cue, *(a for a, _ in inner.content)
    )
    end = max(inner.cue + 1, *(b for _, b in inner.content))
    return end - start >= 0.6 * sum(b - a for a, b in outer.content)


def _cited(reading: Reading, candidate: Candidate) -> None:
    """ "…, citing officials": the officials hold it, who cites them relays."""
    for child in syntax.kids(reading, candidate.cue, "advcl", "xcomp", "conj", "acl"):
        if verb_of(reading.lower(child), _CITING) and reading.lower(child).endswith("ing"):
            source = next(iter(syntax.kids(reading, child, "obj", "obl")), None)
            if source is not None and candidate.holder is not None:
                candidate.relay.append(candidate.holder)
                candidate.holder = source
                return
    if candidate.holder is None:
        return
    _first, last = syntax.sentence(reading, candidate.cue)
    for word in range(candidate.cue + 1, min(last - 1, candidate.cue + 6)):
        if reading.lower(word) in ("citing", "quoting"):
            source = _head_after(reading, word + 1)
            if source is not None and source != candidate.holder:
                candidate.relay.append(candidate.holder)
                candidate.holder = source
            return
    if verb_of(reading.lower(candidate.cue), frozenset(("say", "have", "add", "confirm"))):
        head = syntax.parent(reading, candidate.cue)
        if head is not None and verb_of(reading.lower(head), frozenset(("quote", "cite", "report"))):
            if syntax.is_passive(reading, head):
                relay, holder = syntax.agent(reading, head), syntax.patient(reading, head)
            else:
                relay, holder = syntax.agent(reading, head), syntax.patient(reading, head)
            if holder is not None:
                candidate.holder = holder
                if relay is not None:
                    candidate.relay.append(relay)
            return
    for child in syntax.kids(reading, candidate.holder, "acl"):
        if verb_of(reading.lower(child), _CITING):
            relay = syntax.agent(reading, child)
            if relay is not None and relay != candidate.holder:
                candidate.relay.append(relay)
                return
