"""Reported words without a reporting verb of their own: "according to", "in his view", "allegedly", nouns.

Requires the reading. Gives candidates beside those that ``reporting`` found; relays are the business of ``relays``.
"""

from __future__ import annotations

from functools import lru_cache
from operator import eq
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import split_subject
from onrecord.coding.claims.cue_verbs import Candidate, entry
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_MEASURES = frozenset(load("reporting")["measures"])
_CITING = frozenset(load("reporting")["citing"])
_COUNTING = frozenset(
    (*load("reporting")["counting"], "account", "reckoning", "estimate", "showing", "telling")
)
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
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first word, in the order of the lexicon."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in load("reporting")["according"]:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


@lru_cache(maxsize=1)
def _view_nouns() -> frozenset[str]:
    return frozenset(load("reporting")["view_nouns"])


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    return dict(load("reporting")["nouns"])


def phrases(reading: Reading) -> list[Candidate]:
    """ "According to X", "in the words of X", "in his view": the clause around the phrase is the content."""
    found: list[Candidate] = []
    known = _phrases()
    for word in range(len(reading)):
        for phrase in known.get(reading.lower(word), ()):
            if reads(reading, word, phrase):
                stop = word + len(phrase)
                head = head_after(reading, stop)
                if (
                    head is not None
                    and noun_of(reading.lower(head), _MEASURES) is None
                    and not _own_count(reading, head)
                ):
                    found.extend(
                        _around(reading, word, head, _past_relative(reading, reading.subtree(head)[1]))
                    )
                break
        else:
            if reading.lower(word) in ("in", "by", "on") and word + 2 < len(reading):
                found.extend(_view(reading, word))
    return found


def _own_count(reading: Reading, head: int) -> bool:
    """ "The number is nine, said the clerk, according to its count": on the ground of what the speaker himself did."""
    owned = any(
        reading.deprel(child) == "nmod:poss" and reading.pos(child) == "PRON"
        for child in reading.children(head)
    )
    return owned and noun_of(reading.lower(head), _COUNTING) is not None


def _past_relative(reading: Reading, stop: int) -> int:
    """Past "which quoted an official", "quoted by the paper", where the tree leaves it out of its phrase."""
    _, last = syntax.sentence(reading, stop - 1)
    start = stop + 1 if stop < last and reading.word(stop) == "," else stop
    if start + 1 >= last:
        return stop
    quoted = verb_of(reading.lower(start), _CITING) is not None and reading.lower(start + 1) in ("by", "in")
    if not quoted and reading.lower(start) not in ("which", "who"):
        return stop
    return next((at for at in range(start, last) if reading.word(at) in (",", ";", ".")), last)


def reads(reading: Reading, word: int, phrase: tuple[str, ...]) -> bool:
    """The words of a fixed form stand at a word."""
    stop = word + len(phrase)
    return stop < len(reading) and all(map(eq, map(reading.lower, range(word, stop)), phrase))


def head_after(reading: Reading, word: int) -> int | None:
    """The head of the noun phrase that begins at a word."""
    _, last = syntax.sentence(reading, word - 1)
    for at in range(word, min(last, word + 12)):
        if reading.pos(at) in ("NOUN", "PROPN", "PRON", "NUM") and not word <= reading.head(at) <= at + 6:
            return at
        head = reading.head(at)
        if reading.pos(at) in ("NOUN", "PROPN", "PRON") and head < word:
            return at
    nouns = [
        at
        for at in range(word, min(last, word + 8))
        if reading.pos(at) in ("NOUN", "PROPN", "PRON") and reading.deprel(at) != "nmod:poss"
    ]
    # the tree may hang the head of "a government source" on what the source does: behind the nouns before it
    while len(nouns) > 1 and reading.deprel(nouns[0]) == "compound" and nouns[1] == nouns[0] + 1:
        nouns = nouns[1:]
    return nouns[0] if nouns else None


def _view(reading: Reading, word: int) -> list[Candidate]:
    """ "In his view", "in the ministry's opinion"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last, word + 7)):
        if noun_of(reading.lower(at), _view_nouns()) and at > word + 1:
            owner = next(
                (child for child in syntax.kids(reading, at, "nmod") if reading.deprel(child) == "nmod:poss"),
                None,
            )
            if owner is None or (reading.lower(word) == "on" and reading.lower(at) not in _COUNTING):
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
    left = _relative_before(reading, left, start)
    before, after = trim(reading, (left, start)), trim(reading, (stop, right))
    content = [max((before, after), key=lambda span: span[1] - span[0])]
    if content[0][1] - content[0][0] < 2:
        return []
    if before[1] > before[0] and (
        split_subject(reading, before, after)
        or _is_subject(reading, before, after)
        or _goes_on(reading, stop, after)
    ):
        content = [before, after]
    return [
        Candidate(
            cue=start,
            base="according",
            stance="asserts",
            content=content,
            holder=holder,
            cue_words=(start, min(start + 2, stop)),
            rule="according",
        )
    ]


def _relative_before(reading: Reading, left: int, start: int) -> int:
    """ "The bomb, in which three were hurt, according to the police,": they tell of the three, and not of the bomb."""
    if reading.word(start - 1) != ",":
        return left
    comma = next((at for at in range(start - 2, left, -1) if reading.word(at) == ","), None)
    if comma is None or reading.lower(comma + 1) not in ("in", "of", "at", "by"):
        return left
    return comma + 1 if reading.lower(comma + 2) in ("which", "whom") else left


def _is_subject(reading: Reading, before: WordSpan, after: WordSpan) -> bool:
    """Before the phrase stands no verb, and after it one begins."""
    verbless = not any(reading.pos(at) in ("VERB", "AUX") for at in range(*before))
    return verbless and after[1] > after[0] and reading.pos(after[0]) in ("VERB", "AUX", "ADV", "PART")


def _goes_on(reading: Reading, stop: int, after: WordSpan) -> bool:
    """ "Officials denied it, according to the daily, but said that": a second verb of the same subject."""
    joined = stop < after[0] and reading.pos(after[0] - 1) == "CCONJ"
    return joined and reading.pos(after[0]) == "VERB" and entry(reading, after[0]) is not None


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
        if holder is None and (giving := _given(reading, word)) is not None:
            holder = syntax.agent(reading, giving)
        content = _noun_content(reading, word)
        if holder is None or content is None or reading.lower(holder) in ("our", "my"):
            continue
        found.append(
            Candidate(cue=word, base=base, stance=table[base], content=[content], holder=holder, rule="noun")
        )
    return found


def _given(reading: Reading, noun: int) -> int | None:
    """The verb of "gave assurances", "issued a stern warning", right before the noun."""
    at = noun - 1
    while at > 0 and reading.pos(at) in ("DET", "ADJ"):
        at -= 1
    return at if reading.pos(at) == "VERB" and verb_of(reading.lower(at), _SUPPORT) is not None else None


def _noun_holder(reading: Reading, word: int) -> int | None:
    for child in syntax.kids(reading, word, "nmod"):
        if reading.deprel(child) == "nmod:poss":
            return child
    for child in syntax.obliques(reading, word, "by", "from"):
        return child
    for child in (*syntax.obliques(reading, word, "in", "on"), *syntax.kids(reading, word, "compound")):
        if noun_of(reading.lower(child), _outlets()) is not None:
            return child  # "a report in the evening paper", "a newspaper report"
    return None


def _without_that(reading: Reading, words: WordSpan) -> WordSpan:
    start, end = words
    return (start + 1, end) if reading.lower(start) == "that" else words


@lru_cache(maxsize=1)
def _outlets() -> frozenset[str]:
    return frozenset(load("reporting")["outlets"])


def _noun_content(reading: Reading, word: int) -> WordSpan | None:
    for child in syntax.kids(reading, word, "acl", "ccomp", "xcomp"):
        if child > word and not reading.deprel(child).endswith("relcl") and reading.word(word + 1) != ",":
            start, end = reading.subtree(child)
            while start < child and reading.lower(start) in ("that", "of"):
                start += 1
            return trim(reading, (start, end))
    verb = syntax.parent(reading, word)
    if verb is not None and syntax.relation(reading, word) == "obj":
        for child in syntax.kids(reading, verb, "ccomp"):  # the tree may hang the clause on the verb above
            if child > word and syntax.marker(reading, child) == "that":
                return trim(reading, _without_that(reading, reading.subtree(child)))
    for child in syntax.obliques(reading, word, "of", "for", "to"):
        if child > word:
            start, end = reading.subtree(child)
            while start < child and reading.pos(start) == "ADP":
                start += 1
            return trim(reading, (start, end))
    return None
