"""Words that point to what stands beside them: "as the ministry put it", "So asked the envoy", "the diplomat fears so".

Requires the reading. What is said is the phrase before "as", the sentence before "so", or the question just asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, trim
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, entry
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PUTTING = frozenset(("put", "puts", "has", "had", "have", "phrased", "puts"))
_BELIEVING = frozenset(("fear", "hope", "think", "believe", "say", "claim", "suppose", "suspect"))
_SPEAKER = 9  # words of a speaker between "as" and "put it"
_CLOSING = ('"', "”", "»")


def pointing(reading: Reading) -> list[Candidate]:
    """A candidate for each form that points."""
    found = []
    for word in range(len(reading)):
        lower = reading.lower(word)
        made = None
        if lower == "as":
            made = _put_it(reading, word)
        elif lower in ("so", "thus"):
            made = _so_said(reading, word) or _said_so(reading, word)
        if made is not None:
            found.append(made)
    return found


def _put_it(reading: Reading, word: int) -> Candidate | None:
    """ "…, for consultations, as the department put it": what is put so stands before, or in quotation marks after."""
    first, last = syntax.sentence(reading, word)
    verb = next(
        (at for at in range(word + 2, min(last - 1, word + _SPEAKER)) if reading.lower(at) in _PUTTING), None
    )
    if verb is None or reading.lower(verb + 1) != "it":
        return None
    holder = head_after(reading, word + 1)
    if holder is None or holder >= verb or reading.pos(holder) == "PRON":
        return None
    after = verb + 2
    if after + 2 < last and reading.word(after) == "," and reading.word(after + 1)[:1] in '"“':
        after += 1
    if after + 1 < last and reading.word(after)[:1] in '"“':
        stop = next((at for at in range(after + 1, last) if reading.word(at)[:1] in _CLOSING), last)
        content = trim(reading, (after + 1, stop))
    else:
        content = _before(reading, first, word)
    if content[1] <= content[0]:
        return None
    return Candidate(cue=verb, base="put", stance="asserts", content=[content], holder=holder,
                     cue_words=(word, verb + 2), rule="according")  # fmt: skip


def _before(reading: Reading, first: int, word: int) -> WordSpan:
    """The phrase before a comma: what stands in quotation marks, else back to the comma before it."""
    end = word - 1 if word > first and reading.word(word - 1) == "," else word
    if end > first and reading.word(end - 1)[:1] in _CLOSING:
        start = next((at for at in range(end - 2, first - 1, -1) if reading.word(at)[:1] in '"“'), first)
        return trim(reading, (start + 1, end))
    start = next((at + 1 for at in range(end - 1, first, -1) if reading.word(at) in (",", ";", ":")), first)
    return trim(reading, (start, end))


def _so_said(reading: Reading, word: int) -> Candidate | None:
    """ "So asked a deputy": the sentence before is what he asked."""
    first, last = syntax.sentence(reading, word)
    if word != first or word + 2 >= last:
        return None
    verb = entry(reading, word + 1)
    holder = head_after(reading, word + 2)
    before = _sentence_before(reading, first)
    if (
        verb is None
        or holder is None
        or holder >= last
        or before is None
        or verb.base not in ("ask", "say", "wonder")
    ):
        return None
    stance = "questions" if verb.base in ("ask", "wonder") else verb.stance
    return Candidate(cue=word + 1, base="wonder" if stance == "questions" else verb.base, stance=stance,
                     content=[before], holder=holder, rule="verb", place="quote")  # fmt: skip


def _said_so(reading: Reading, word: int) -> Candidate | None:
    """ "Could it start again? The diplomat fears so.": the question just asked."""
    base = verb_of(reading.lower(word - 1), _BELIEVING) if word else None
    if base is None or word + 1 >= len(reading) or reading.pos(word + 1) != "PUNCT":
        return None
    verb, holder = entry(reading, word - 1), syntax.subject(reading, word - 1)
    before = _sentence_before(reading, syntax.sentence(reading, word)[0])
    if verb is None or holder is None or before is None or reading.word(before[1]) != "?":
        return None
    return Candidate(cue=word - 1, base=base, stance=verb.stance, content=[before], holder=holder,
                     hedged=verb.hedge, rule="verb", place="quote")  # fmt: skip


def _sentence_before(reading: Reading, first: int) -> WordSpan | None:
    """The words of the sentence before, in the same paragraph."""
    if first == 0:
        return None
    start, end = syntax.sentence(reading, first - 1)
    if "\n" in reading.text[reading.end(end - 1) : reading.start(first)]:
        return None
    words = cut(reading, (start, end))
    return words if words[1] - words[0] > 1 else None
