"""What somebody holds, told by a noun: "Moscow's line is that …", "“Harsh” was the verdict of the envoy".

Requires the reading. The noun names a view, an answer or a demand and whose it is; what it says stands on the other
side of "is", or behind a colon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, trim
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NOUNS: dict[str, str] = dict(load("reporting")["headings"])
_NAMES = frozenset(_NOUNS)
_BE = frozenset(("is", "was", "has", "had", "remains", "remained"))
_BEEN = frozenset(("been", "simply", "still", "always", "only", "clear", "brief", "plain"))
_PUTTING = frozenset(("put", "puts", "described", "phrased", "summed"))
_CLOSING = ('"', "”", "»")
_AHEAD = 14  # words from the noun to the copula: "Peru's view, set out in a note of May, is that"


def headed(reading: Reading) -> list[Candidate]:
    """A candidate for each noun of saying with a holder and a copula or colon."""
    found = []
    for word in range(1, len(reading)):
        if reading.lower(word) == "how" and (made := _how_put(reading, word)) is not None:
            found.append(made)
        if reading.pos(word) != "NOUN" or (base := noun_of(reading.lower(word), _NAMES)) is None:
            continue
        holder = _holder(reading, word)
        content = None if holder is None else _behind(reading, word) or _before(reading, word)
        if content is not None and content[1] > content[0]:
            found.append(
                Candidate(
                    cue=word, base=base, stance=_NOUNS[base], content=[content], holder=holder, rule="noun"
                )
            )
    return found


def _holder(reading: Reading, word: int) -> int | None:
    """Whose it is: "its view", "the view of the embassy", "the answer from Kyiv"."""
    for child in syntax.kids(reading, word, "nmod"):
        if reading.deprel(child) == "nmod:poss" and child < word:
            return child
    after = reading.lower(word + 1) if word + 1 < len(reading) else ""
    return head_after(reading, word + 2) if after in ("of", "from", "in") else None


def _behind(reading: Reading, word: int) -> WordSpan | None:
    """The clause or the quotation behind "is that", "was" or a colon."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last - 1, word + _AHEAD)):
        mark = reading.word(at)
        if mark == ":" and at + 2 < last:
            return trim(reading, (at + 1, _stop(reading, at + 1, last)))
        if mark in (";", ".", '"', "“") or (reading.pos(at) == "VERB" and not _hangs(reading, at)):
            return None
        if reading.lower(at) not in _BE:
            continue
        start = at + 1
        while start < last - 1 and reading.lower(start) in _BEEN:
            start += 1
        if reading.lower(start) == "that":
            return trim(reading, (start + 1, _stop(reading, start + 1, last)))
        if reading.word(start)[:1] in '"“':
            stop = next((to for to in range(start + 1, last) if reading.word(to)[:1] in _CLOSING), last)
            return trim(reading, (start + 1, stop))
        return None
    return None


def _hangs(reading: Reading, verb: int) -> bool:
    """A participle that hangs on the noun: "set out in a note", "published on Friday"."""
    return reading.deprel(verb).startswith("acl")


def _stop(reading: Reading, start: int, last: int) -> int:
    return next((at for at in range(start, last) if reading.word(at) == ";"), last)


def _before(reading: Reading, word: int) -> WordSpan | None:
    """ "“Harsh” was the verdict of the envoy": what stands in quotation marks before "was the"."""
    first, _ = syntax.sentence(reading, word)
    start = word
    while start > first and reading.pos(start - 1) in ("DET", "ADJ", "PRON"):
        start -= 1
    if start - 2 < first or reading.lower(start - 1) not in _BE:
        return None
    return _quoted(reading, start - 1)


def _quoted(reading: Reading, end: int) -> WordSpan | None:
    """The quotation that closes right before a word."""
    close = end - 1 if reading.word(end - 1)[:1] in _CLOSING else end - 2
    if close < 1 or reading.word(close)[:1] not in _CLOSING:
        return None
    start = next(
        (at for at in range(close - 1, max(-1, close - 40), -1) if reading.word(at)[:1] in '"“'), None
    )
    return None if start is None else trim(reading, (start + 1, close))


def _how_put(reading: Reading, word: int) -> Candidate | None:
    """ "A week at most, was how an adviser put it": all that stands before."""
    first, last = syntax.sentence(reading, word)
    if word - 2 < first or reading.lower(word - 1) not in _BE:
        return None
    verb = next((at for at in range(word + 2, min(last, word + 10)) if reading.lower(at) in _PUTTING), None)
    holder = head_after(reading, word + 1)
    if verb is None or holder is None or holder >= verb:
        return None
    content = trim(reading, (first, word - 1))
    if content[1] <= content[0]:
        return None
    return Candidate(cue=verb, base="put", stance="asserts", content=[content], holder=holder,
                     cue_words=(word, verb + 1), rule="according")  # fmt: skip
