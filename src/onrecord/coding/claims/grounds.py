"""The wrong that somebody gives as the ground of what he does: "expelled the consul, citing interference".

Requires the tree for the subject alone. Who is cited for words is no ground (``citations``), nor is a reason that
charges nobody ("citing national security").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import trim
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.claims.stance import is_wrong

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_HANGING = frozenset(("who", "which", "whom", "whose", "that", "what"))


def grounds(reading: Reading) -> list[Candidate]:
    """A candidate for each wrong that is cited behind a deed."""
    found = []
    for first, last in reading.sentence_spans:
        for word in range(first + 1, last - 1):
            if reading.lower(word) != "citing":
                continue
            content = _wrong(reading, word + 1, last)
            holder = _doer(reading, word)
            if content is not None and holder is not None:
                found.append(
                    Candidate(cue=word, base="cite", stance="accuses", content=[content], holder=holder,
                              rule="verb", plain="accuses", told=True)
                )  # fmt: skip
    return found


def _wrong(reading: Reading, start: int, last: int) -> WordSpan | None:
    """The noun phrase from a word on, where it names a wrong and no people or papers."""
    stop = start
    while stop < last and reading.word(stop) not in (",", ";", ":", ".", "—", "–"):
        if reading.pos(stop) == "CCONJ" and reading.pos(stop + 1) not in ("NOUN", "ADJ"):
            break
        stop += 1
    words = trim(reading, (start, stop))
    if words[1] <= words[0] or any(reading.lower(at) in _HANGING for at in range(*words)):
        return None
    head = next((at for at in range(*words) if not words[0] <= reading.head(at) < words[1]), words[0])
    named = reading.entity_at(head) is not None or reading.pos(head) == "PROPN"
    return words if not named and is_wrong(syntax.text_of(reading, words)) else None


def _doer(reading: Reading, word: int) -> int | None:
    """Whose deed it is the ground of: the subject of the verb above."""
    for head, _ in syntax.governors(reading, word):
        found = syntax.subject(reading, head)
        if found is not None and found < word:
            return syntax.relative_head(reading, found)
    return None
