"""What is said of a thing in a frame of words: "portrays the step as a reply", "a body it described as an outpost",
"sees little chance of talks".

Requires the candidates of a document and ``cues/reporting.yaml`` (``naming_as``, ``chances``). Works on the order of
the words: the thing stands between the verb and "as", or before the verb where it is told of in a relative clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, Verb, make
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NAMING = frozenset(load("reporting")["naming_as"])
_SEEING = frozenset(("see", "hold", "give", "reckon"))
_CHANCES = frozenset(load("reporting")["chances"])
_HOW_MUCH = frozenset("little no some slim every a any few scant small great good real considerable".split())
_NO_NAME = frozenset(
    "soon well far long if though it they he she we part of to for in on usual before".split()
)
_NAME = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB", "PUNCT"))
_ENDS = frozenset((",", ";", ".", ":", "—", "–", "?"))
_QUOTES = frozenset(('"', "“", "”"))
_REACH = 14  # words from the verb to "as"
_CALL = Verb("call", "assesses", (), (), (), None, False, False)
_EXPECT = Verb("expect", "predicts", (), (), (), None, False, False)


def framed(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with those of the frames; a frame gives way to what else was made of its verb."""
    cues = {each.cue for each in found}
    made = []
    for word in range(len(reading)):
        if reading.pos(word) != "VERB" or word in cues:
            continue
        lower = reading.lower(word)
        words, verb = None, _CALL
        if verb_of(lower, _NAMING) is not None:
            words = _named(reading, word)
        elif verb_of(lower, _SEEING) is not None:
            words, verb = _chance(reading, word), _EXPECT
        if words is None or syntax.is_passive(reading, word):
            continue
        holder = _holder(reading, word)
        if holder is not None:
            made.append(make(word, verb, holder, [words]))
    return found + made


def _holder(reading: Reading, word: int) -> int | None:
    """Who speaks: the noun or pronoun right before the verb, else its subject."""
    at = word - 1
    while reading.pos(at) in ("AUX", "ADV"):
        at -= 1
    near = (
        at
        if reading.pos(at) in ("PRON", "PROPN") and reading.deprel(at).startswith(("nsubj", "flat"))
        else None
    )
    head = syntax.subject(reading, word) if near is None or reading.deprel(near) == "flat" else near
    holder = syntax.relative_head(reading, head)
    if holder is None or reading.pos(holder) not in ("NOUN", "PROPN", "PRON"):
        return None
    return None if reading.lower(holder) in ("what", "which", "that", "nobody") else holder


def _named(reading: Reading, word: int) -> WordSpan | None:
    """The thing and its name behind "as"; the name alone where the thing stands before the verb."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last - 1, word + _REACH)):
        if reading.lower(at) == "as":
            if reading.lower(at + 1) in _NO_NAME or reading.pos(at + 1) not in _NAME:
                return None
            words = cut(reading, (at + 1 if at == word + 1 else word + 1, _stop(reading, at + 1, last)))
            return words if words[1] > at + 1 else None
        if reading.word(at) in _ENDS or reading.pos(at) == "AUX" or reading.lower(at) in ("and", "but"):
            return None
    return None


def _chance(reading: Reading, word: int) -> WordSpan | None:
    """ "Sees little chance of", "gives the talks no chance": how likely somebody thinks a thing."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last - 1, word + 6)):
        if reading.word(at) in _ENDS:
            return None
        if noun_of(reading.lower(at), _CHANCES) is None:
            continue
        judged = any(reading.lower(each) in _HOW_MUCH for each in range(word + 1, at))
        return cut(reading, (word + 1, _stop(reading, at + 1, last))) if judged else None
    return None


def _stop(reading: Reading, start: int, last: int) -> int:
    """The end of the clause: a mark, or "and" before a verb; a comma inside quotation marks is none."""
    inside = False
    for at in range(start, last):
        inside = inside != (reading.word(at) in _QUOTES)
        if reading.word(at) in _ENDS and not inside:
            return at
        if reading.lower(at) in ("and", "but") and reading.pos(at + 1) in ("VERB", "AUX"):
            return at
    return last
