"""What stands before a claim, as the stance model looks at it: a flat counter-statement is one by what it counters.

Requires the reading, a candidate with its final content, and what was heard last. "The porter had lain in hospital"
denies where it answers a charge, and tells a fact where it answers nothing.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from onrecord.coding.acts.rules import future, matches
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.stance_ahead import lists

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.heard import Heard
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_TELLING = frozenset(("wrong", "wrong_deed", "reported", "untrue", "adverse", "asked_of", "likelihood"))
_OPEN = frozenset(("NOUN", "VERB", "ADJ", "ADV"))
_ASKING = frozenset(
    "who what why how when where which whether did does do is are was were has have had will would".split()
)
_REPLYING = frozenset(
    "answer reply retort respond rejoin counter shoot hit scoff protest object insist maintain swear contend".split()
)
_NAMED = ("doing", "nothing", "requital", "adverse", "friendly")


def charged(heard: Heard) -> frozenset[str]:
    """The parties that a charge names; of nothing else any."""
    return heard.names if heard.ruled == "accuses" else frozenset()


def context(
    reading: Reading,
    candidate: Candidate,
    sides: Sides,
    before: Heard | None,
    sentence: WordSpan,
    accused: Set[str] = frozenset(),
) -> set[str]:
    """The features of what stands before, of the measures told, and of the fixed forms in the content.

    ``accused`` are the parties that a charge has named so far.
    """
    start, end = candidate.content[0][0], candidate.content[-1][1]
    found = _measures(reading, candidate, (start, end))
    text = " ".join(reading.text[slice(*reading.span(*span))] for span in candidate.content)
    found |= {f"form {name}" for name in _NAMED if lists()[name].search(text)}
    if candidate.base in _REPLYING:
        found.add("cue replies")
    if sides.holder in accused:
        found.add("holder accused")
    lead = (sentence[0], start)
    found |= {f"lead {name}" for name in _classes(reading, lead, candidate.cue)}
    if (
        sentence[0] > 0
        and "\n" not in reading.text[reading.end(sentence[0] - 1) : reading.start(sentence[0])]
    ):
        last = sentence[0] - 1
        first = next(
            (at + 1 for at in range(last - 1, max(last - 60, -1), -1) if _ends(reading, at)),
            max(last - 60, 0),
        )
        found |= {f"before {name}" for name in _classes(reading, (first, last + 1), candidate.cue)}
        if reading.word(last) == "?":
            found |= {"before question", f"before question {_asks(reading, first)}"}
    if any(reading.word(at) == "?" for at in range(*lead)):
        found.add("before question")
    if before is not None:
        found |= _last(candidate, sides, before, sentence)
    return found


def _ends(reading: Reading, word: int) -> bool:
    return (
        reading.word(word) in (".", "?", "!")
        or "\n" in reading.text[reading.end(word) : reading.start(word + 1)]
    )


def _asks(reading: Reading, first: int) -> str:
    word = reading.lower(first)
    return word if word in _ASKING else "other"


def _classes(reading: Reading, words: WordSpan, cue: int) -> set[str]:
    return {
        name
        for word in range(*words)
        if word != cue and reading.pos(word) in _OPEN
        for name in classes_of(reading.lemma(word))
        if name in _TELLING
    }


def _measures(reading: Reading, candidate: Candidate, words: WordSpan) -> set[str]:
    told = [match for match in matches(reading) if words[0] <= match.word < words[1]]
    found = {f"measure {match.rule.act}" for match in told}
    if told:
        found.add("measure")
        if any(future(reading, match.word) for match in told):
            found.add("measure ahead")
        if candidate.conditional:
            found.add("measure on a condition")
    return found


def _last(candidate: Candidate, sides: Sides, before: Heard, sentence: WordSpan) -> set[str]:
    """What was heard last, by whom, and whether it spoke of the holder."""
    at = before.candidate.content[-1][1]
    gap = "here" if at > sentence[0] else "near" if at > sentence[0] - 40 else ""
    if not gap:
        return set()
    who = "same" if before.candidate.holder == candidate.holder else "other"
    found = {f"last {before.ruled}", f"last {before.ruled} {gap}", f"last {before.ruled} {who}"}
    if sides.holder is not None and sides.holder in before.names:
        found.add(f"last {before.ruled} of the holder")
    return found
