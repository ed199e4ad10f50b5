"""What stands first and is then not told: "How long, the ministry would not say", "From when it did not disclose".

Requires the words of a clause from its first to the refusal at its end. The tree seldom hangs the two together, so the
words alone are looked at; who refuses is the noun phrase right before the refusal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_SAY = (
    r"(?:say|tell|disclose|reveal|specify|explain|name|comment|discuss|elaborate|divulge|spell out|enlarge|"
    r"expand|go into|guess|reply|answer)"
)
_REFUSAL = re.compile(
    r"(?:(?:would|will|wo|did|do|does|could|can|has|have|had) (?:not|n't|n’t|never) (?:yet )?"
    r"(?:(?:want|wish|care|choose|like) to )?(?:be )?"
    rf"(?:{_SAY}|said|told|disclosed|revealed|specified|explained|commented)"
    rf"|(?:declined|declines|refused|refuses) to {_SAY}"
    rf"|(?:preferred|prefers|chose|chooses) not to {_SAY}|would rather not {_SAY}"
    r"|(?:kept|keeps) to (?:him|her|it|them)(?:self|selves)"
    r"|(?:left|leaves|has left) (?:open|unsaid|unanswered)"
    r"|(?:gave|gives|had|has given|offered) no (?:answer|reply|comment)"
    r"|neither confirm(?:s|ed)? (?:nor|or) den(?:y|ies|ied)"
    rf"|(?:has|have|had|is|are) yet to {_SAY}|cared to {_SAY})"
    r"(?: (?:us|me|reporters|journalists|this (?:paper|newspaper|agency)))?$"
)
_ASKING = frozenset(("how", "why", "whether", "who", "what", "when", "where", "which", "whose"))
_PHRASE = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "PRON"))
_LINKS = frozenset(("'s", "’s", "of", "for", "in", "at", "to", "-", "there", "here"))
_OWNERS = frozenset("the a an its his her their our my this that".split())
_REACH = 9  # words of the longest refusal
_SPEAKER = 10  # words of the longest speaker


def withheld(reading: Reading) -> list[Candidate]:
    """A candidate for every question that is put first and then left open."""
    found = []
    for first, last in reading.sentence_spans:
        marks = [at for at in range(first, last) if reading.word(at) == ";"]
        for begin, stop in zip([first, *(at + 1 for at in marks)], [*marks, last], strict=True):
            made = _in_clause(reading, begin, stop)
            if made is not None:
                found.append(made)
    return found


def _in_clause(reading: Reading, first: int, last: int) -> Candidate | None:
    while first < last and reading.pos(first) == "PUNCT":
        first += 1
    while last > first and reading.pos(last - 1) == "PUNCT":
        last -= 1
    if last - first < 4 or not _opens(reading, first):
        return None
    cue = next((at for at in range(max(first + 1, last - _REACH), last) if _refuses(reading, at, last)), None)
    if cue is None:
        return None
    speaker = _speaker(reading, first, cue)
    content = cut(reading, (first, speaker[0])) if speaker is not None else (first, first)
    if speaker is None or content[1] <= content[0]:
        return None
    nouns = [at for at in range(*speaker) if reading.pos(at) in ("NOUN", "PROPN", "PRON")]
    if not nouns:
        return None
    return Candidate(
        cue=cue,
        base="decline",
        stance="declines",
        content=[content],
        holder=_head(reading, speaker, nouns),
        cue_words=(cue, last),
        negated=True,
        rule="declined",
    )


def _opens(reading: Reading, first: int) -> bool:
    """A question word, with a preposition or without; "more than that", "anything else"."""
    if reading.lower(first) in _ASKING or reading.lower(first) in ("more", "anything"):
        return True
    words = [reading.lower(at) for at in range(first, min(first + 3, len(reading)))]
    if words[0] in ("on", "about", "as") and reading.lower(first + 1) in ("the", "its", "his", "her", "to"):
        return True  # "On the eleven it would not comment"
    if words[0] in ("to", "on", "as") and words[-1] in ("question", "request", "to"):
        return True
    return reading.pos(first) == "ADP" and any(
        reading.lower(at) in _ASKING for at in range(first + 1, min(first + 3, len(reading)))
    )


def _refuses(reading: Reading, cue: int, last: int) -> bool:
    return _REFUSAL.match(" ".join(reading.lower(at) for at in range(cue, last))) is not None


def _speaker(reading: Reading, first: int, cue: int) -> WordSpan | None:
    """The noun phrase right before the refusal: back to a comma, a verb or the article that opens it."""
    start = cue
    while start > first and cue - start < _SPEAKER:
        at = start - 1
        if reading.lower(at) in _OWNERS and reading.pos(at) in ("DET", "PRON"):
            start = at
            if reading.lower(at - 1) not in _LINKS:
                break
        elif reading.pos(at) in _PHRASE or reading.lower(at) in _LINKS:
            start = at
            if reading.pos(at) == "PRON":
                break
        else:
            break
    while start < cue and reading.lower(start) in _LINKS:
        start += 1
    return (start, cue) if start < cue and start > first else None


def _head(reading: Reading, speaker: WordSpan, nouns: list[int]) -> int:
    """The noun of the phrase: its last before "of" or "in"."""
    stop = next((at for at in range(*speaker) if reading.pos(at) == "ADP"), speaker[1])
    before = [at for at in nouns if at < stop]
    return before[-1] if before else nouns[-1]
