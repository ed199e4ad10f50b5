"""What is held out if a demand is not met: "or", "or else", "failing which", "on pain of".

Requires the candidates found so far. Who demands holds the threat too; the demand ends where the threat begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import reads, trim
from onrecord.coding.claims.cue_verbs import Candidate, entry

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_OPENING = {
    "failing": (("failing", "which"),),
    "on": (("on", "pain", "of"), ("on", "penalty", "of")),
    "under": (("under", "pain", "of"),),
    "or": (("or", "else"), ("or", "otherwise"), ("or",)),
}
_ORDERING = frozenset(("tell", "warn", "order", "instruct", "give"))
_BARE = frozenset(("see", "face", "be", "lose", "risk", "suffer"))
_MODAL = frozenset(("will", "would", "'ll", "’ll", "shall", "must", "may", "might", "could"))
_BEHIND, _DATED = 12, 4  # words of a speaker put behind, and of the day after his verb
_CLAUSE = 12  # words in which the modal of a clause after "or" stands


def otherwise(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """A candidate for each threat that a demand ends in."""
    made = []
    for word in range(1, len(reading) - 2):
        openings = _OPENING.get(reading.lower(word))
        if openings is None:
            continue
        opening = next((each for each in openings if reads(reading, word, each)), None)
        if opening is None:
            continue
        demand = _demand(reading, found, word, opening)
        content = _held_out(reading, word + len(opening))
        reporter = _reporter(reading, content)
        if reporter is not None:
            content = trim(reading, (content[0], reporter[1]))
        if demand is None or content[1] - content[0] < 2:
            continue
        if opening == ("or",) and not _is_outcome(reading, word, content):
            continue
        demand.content = [_before(reading, span, word) for span in demand.content]
        asked = demand.content[0]
        if reporter is not None and not demand.relay:
            demand.relay.append(reporter[0])
        made.append(
            Candidate(
                cue=demand.cue,
                base="threaten",
                stance="threatens",
                content=[content],
                holder=demand.holder,
                holder_words=demand.holder_words,
                addressee=demand.addressee,
                relay=list(demand.relay),
                condition=asked if opening[0] == "or" and asked[0] < word else (word, word + len(opening)),
                rule="otherwise",
            )
        )
    return made


def _demand(
    reading: Reading, found: list[Candidate], word: int, opening: tuple[str, ...]
) -> Candidate | None:
    """The demand before a threat in its sentence; before an opening that can be nothing else, whatever is told."""
    first, _ = syntax.sentence(reading, word)
    before = [
        each
        for each in found
        if first <= each.cue < word and each.content[0][0] < word and each.holder is not None
    ]
    demands = [each for each in before if _demands(reading, each)]
    if demands:
        return demands[-1]
    return before[-1] if before and opening[0] != "or" else None


def _demands(reading: Reading, candidate: Candidate) -> bool:
    if candidate.stance == "demands" or (candidate.place == "infinitive" and candidate.base in _ORDERING):
        return True
    text = {reading.lower(at) for at in range(*candidate.content[0])}
    return candidate.base in _ORDERING and ("must" in text or _imperative(reading, candidate))


def _imperative(reading: Reading, candidate: Candidate) -> bool:
    """ "Close your missions by midnight, the note told them"."""
    start = candidate.content[0][0]
    return reading.pos(start) == "VERB" and reading.lower(start) == reading.lemma(start)


def _reporter(reading: Reading, content: WordSpan) -> tuple[int, int] | None:
    """ "…, failing which it will be shut, the radio reports": who tells of it behind a comma, and where that begins."""
    start, end = content
    comma = next((at for at in range(end - 1, start, -1) if reading.word(at) == ","), None)
    if comma is None or end - comma > _BEHIND:
        return None
    verb = next((at for at in range(comma + 2, end) if _tells(reading, at)), None)
    if verb is None or end - verb > _DATED:
        return None
    words = range(comma + 1, verb)
    if any(reading.pos(at) not in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "PRON", "PART") for at in words):
        return None
    stop = next((at for at in words if reading.pos(at) == "ADP"), verb)
    nouns = [at for at in range(comma + 1, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    return (nouns[-1], comma) if nouns else None


def _tells(reading: Reading, word: int) -> bool:
    verb = entry(reading, word)
    return verb is not None and verb.stance == "asserts" and reading.pos(word) in ("VERB", "NOUN")


def _held_out(reading: Reading, start: int) -> WordSpan:
    """From the opening to the next semicolon, or to where somebody is said to report it."""
    _, last = syntax.sentence(reading, start - 1)
    stop = next((at for at in range(start, last) if reading.word(at) in (";", ":")), last)
    return trim(reading, (start, stop))


def _is_outcome(reading: Reading, word: int, content: WordSpan) -> bool:
    """A bare "or" opens a threat after a comma or before a verb of suffering, with a clause to come after it."""
    start = content[0]
    if reading.lower(start) in _BARE:
        return True
    soon = {reading.lower(at) for at in range(start, min(content[1], start + _CLAUSE))}
    verb = any(reading.pos(at) in ("VERB", "AUX") for at in range(*content))
    closes = reading.word(word - 1) == ","
    present = reading.lower(start) in ("your", "you") and verb
    return closes and (bool(soon & _MODAL) or present)


def _before(reading: Reading, span: WordSpan, word: int) -> WordSpan:
    start, end = span
    return trim(reading, (start, word)) if start < word < end else span
