"""Declining by what is not given: "gave no names", "refused mediation", "refused to apologise".

Requires the tree for the subject alone; the rest is told by the order of the words. What somebody keeps back is
information; what he refuses is a thing asked of him, never a visa or a paper, which is a measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims.according import trim
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CUES = load("reporting")
_GIVING = frozenset(_CUES["giving_word"])
_INFORMATION = frozenset(_CUES["information"])
_ANSWERS = frozenset(("name", "answer", "reply", "response", "comment", "figure"))
_ASKED_FOR = frozenset(_CUES["asked_for"])
_REFUSING = frozenset(("refuse", "decline"))
_TURNING = frozenset(("turn",))
_RESPONDING = frozenset(_CUES["complying"])
_STOPS = frozenset((",", ";", ":", ".", "?", "!", '"', "“", "”", "(", ")", "—", "–"))
_NEAR = 4  # words from the verb to the noun


def silences(reading: Reading) -> list[Candidate]:
    """A candidate for everything that is expressly not given, and for every request refused."""
    found = []
    for first, last in reading.sentence_spans:
        for word in range(first + 1, last - 1):
            lower = reading.lower(word)
            if lower in ("no", "none"):
                made = _not_given(reading, word, last)
            elif lower.startswith(("refus", "declin")):
                made = _refused(reading, word, last)
            elif verb_of(lower, _TURNING) is not None:
                made = _turned_down(reading, word, last)
            else:
                continue
            if made is not None:
                found.append(made)
    return found


def _not_given(reading: Reading, word: int, last: int) -> Candidate | None:
    """ "Gave no names", "offered no immediate explanation"."""
    verb = word - 1
    if verb_of(reading.lower(verb), _GIVING) is None or reading.pos(verb) not in ("VERB", "AUX"):
        return None
    near = range(word + 1, min(last, word + _NEAR))
    noun = next((at for at in near if noun_of(reading.lower(at), _INFORMATION) is not None), None)
    if noun is None or syntax.is_passive(reading, verb):
        return None
    made = _made(reading, verb, (verb, word + 1), (word + 1, _end(reading, noun, last)))
    if made is not None:
        made.base = verb_of(reading.lower(verb), _GIVING) or made.base
        made.told = noun_of(reading.lower(noun), _ANSWERS) is not None
    return made


def _refused(reading: Reading, word: int, last: int) -> Candidate | None:
    """ "Refused mediation", "declined our request for a figure", "refused to see him replaced"."""
    if verb_of(reading.lower(word), _REFUSING) is None or reading.pos(word) != "VERB":
        return None
    if syntax.is_passive(reading, word) or syntax.negated(reading, word):
        return None
    behind = word + 1
    if reading.lower(behind) == "to":
        if verb_of(reading.lower(word + 2), _RESPONDING) is None:
            return None
        return _made(reading, word, (word, word + 1), (word + 1, _end(reading, word + 2, last)))
    near = range(behind, min(last, behind + _NEAR))
    noun = next((at for at in near if noun_of(reading.lower(at), _ASKED_FOR) is not None), None)
    if noun is None or any(reading.pos(at) in ("VERB", "ADP") for at in range(behind, noun)):
        return None
    return _made(reading, word, (word, word + 1), (behind, _end(reading, noun, last)))


def _turned_down(reading: Reading, word: int, last: int) -> Candidate | None:
    """ "Turned the invitation down", "turned down an offer of talks"."""
    near = range(word + 1, min(last, word + 2 * _NEAR))
    down = next((at for at in near if reading.lower(at) == "down"), None)
    if (
        down is None
        or syntax.is_passive(reading, word)
        or any(match.word == word for match in matches(reading))
    ):
        return None  # a refused accreditation is told as a measure
    ahead = range(word + 1, down) if down > word + 1 else range(down + 1, min(last, down + _NEAR + 1))
    noun = next((at for at in ahead if noun_of(reading.lower(at), _ASKED_FOR) is not None), None)
    if noun is None or any(reading.pos(at) in ("VERB", "ADP") for at in range(ahead.start, noun)):
        return None
    stop = down if noun < down else _end(reading, noun, last)
    return _made(reading, word, (word, word + 1), (ahead.start, stop))


def _end(reading: Reading, word: int, last: int) -> int:
    return next((at for at in range(word + 1, last) if reading.word(at) in _STOPS), last)


def _made(reading: Reading, verb: int, cue: WordSpan, content: WordSpan) -> Candidate | None:
    holder = syntax.subject(reading, verb)
    if holder is None:
        holder = next(
            (
                found
                for head, _ in syntax.governors(reading, verb)
                if (found := syntax.subject(reading, head))
            ),
            None,
        )
    holder = syntax.relative_head(reading, holder)
    content = trim(reading, content)
    if (
        holder is None
        or holder >= verb
        or content[1] <= content[0]
        or reading.lower(holder) in ("nobody", "none")
    ):
        return None
    return Candidate(cue=verb, base="decline", stance="declines", content=[content], holder=holder,
                     cue_words=cue, negated=True, rule="declined")  # fmt: skip
