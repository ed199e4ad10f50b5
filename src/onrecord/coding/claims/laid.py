"""What is laid to somebody or put down to a cause: "laid the fire at the guards' door", "put the deaths down to cold".

Requires the tree and ``cues/reporting.yaml`` (``laying``, ``seeing``). A verb of laying says by its own words to whom:
the thing stands between the verb and them, or behind them ("imputes to Cuba the arming of …"). What is seen in a thing
("sees the hand of the guards in it") and whom a finger points at are laid to him as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import reads
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, Verb, make
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_LAYING: dict[str, tuple[tuple[str, ...], ...]] = {
    verb: tuple(tuple(each.split()) for each in ways) for verb, ways in load("reporting")["laying"].items()
}
_VERBS = frozenset(_LAYING)
_SEEING = frozenset(load("reporting")["seeing"])
_HANDS = frozenset(load("reporting")["hands"])
_BODILY = frozenset(load("reporting")["bodily"])
_UNHEARD = frozenset((*load("reporting")["evidence"], "allegation", "suspicion", "charge", "clue"))
_BLAME = Verb("blame", "accuses", (), (), (), None, False, False)
_REACH = 16  # words from the verb to the words that say to whom
_ENDS = frozenset((".", ";", ":", "—", "–"))


def laid(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with those of laying a thing to somebody, in place of what else the same verb was taken for."""
    made = []
    for word in range(len(reading)):
        if reading.pos(word) != "VERB":
            continue
        lower = reading.lower(word)
        words = None
        if (base := verb_of(lower, _VERBS)) is not None:
            words = _to_whom(reading, word, base)
        elif verb_of(lower, _SEEING) is not None:
            words = _hand_in_it(reading, word)
        if words is None or syntax.is_passive(reading, word):
            continue
        holder = syntax.relative_head(reading, syntax.subject(reading, word))
        if holder is None or noun_of(reading.lower(holder), _UNHEARD) is not None:
            continue
        if reading.pos(holder) in ("NOUN", "PROPN", "PRON"):
            made.append(make(word, _BLAME, holder, [words]))
    cues = {each.cue for each in made}
    return [each for each in found if each.cue not in cues] + made


def _to_whom(reading: Reading, word: int, base: str) -> WordSpan | None:
    """The thing and to whom it is laid, up to the end of the clause."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last, word + _REACH)):
        if reading.word(at) in _ENDS or (reading.pos(at) == "VERB" and reading.feat(at, "VerbForm") == "Fin"):
            return None
        way = next((each for each in _LAYING[base] if reads(reading, at, each)), None)
        if way is None:
            continue
        if at > word + 1 and any(noun_of(reading.lower(each), _BODILY) for each in range(word + 1, at)):
            return None
        stop = _stop(reading, at + len(way), last)
        if stop <= at + len(way):
            return None
        if at == word + 1:
            fronted = base in ("impute", "ascribe", "attribute") and way == ("to",)
            return cut(reading, (word + 1 + len(way), stop)) if fronted or len(way) > 1 else None
        return cut(reading, (word + 1, stop))
    return None


def _stop(reading: Reading, start: int, last: int) -> int:
    for at in range(start, last):
        if reading.word(at) in _ENDS:
            return at
        if reading.word(at) == "," and not reading.lower(at + 1).endswith("ing"):
            return at
        if reading.lower(at) in ("and", "but") and reading.pos(at + 1) in ("VERB", "AUX"):
            return at
    return last


def _hand_in_it(reading: Reading, word: int) -> WordSpan | None:
    """ "Sees the hand of the guards in it", "saw in the episode the work of a neighbour", "points the finger at"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last - 1, word + _REACH)):
        if reading.word(at) in _ENDS or reading.pos(at) in ("VERB", "AUX"):
            return None
        if noun_of(reading.lower(at), _HANDS) is not None and (
            reading.lower(at + 1) in ("of", "in", "behind") or reading.lower(at - 1) in ("'s", "’s")
        ):
            start = at
            while start > word + 1 and (reading.pos(start - 1) in ("DET", "ADJ", "PROPN", "NOUN", "PART")):
                start -= 1
            return cut(reading, (start, _stop(reading, at + 1, last)))
    return None
