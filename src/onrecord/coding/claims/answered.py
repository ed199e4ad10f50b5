"""What is answered, named again behind a comma: "…, a charge that he rejects", "a request Oslo has turned down".

Requires the reading. The noun stands for what was told right before; whoever the clause behind it names takes a stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_SAID = frozenset(
    "charge accusation allegation claim view reproach suggestion report account version reading".split()
)
_ASKED = frozenset("request demand proposal offer appeal".split())
_DENYING = frozenset(
    "reject deny dismiss dispute refute disown contest repudiate rebut spurn disavow call term brand describe".split()
)
_REFUSING = frozenset("refuse decline reject ignore spurn".split())
_NAME = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"))
_LONGEST = 8  # words between the noun and the verb


def answered(reading: Reading) -> list[Candidate]:
    """A candidate for each charge that is rejected and each request that is refused in the clause behind it."""
    found = []
    for first, last in reading.sentence_spans:
        for at in range(first + 2, last - 2):
            if reading.lower(at - 1) not in ("a", "an") or reading.word(at - 2) not in (",", "—", "–"):
                continue
            charge = noun_of(reading.lower(at), _SAID) is not None
            if not charge and noun_of(reading.lower(at), _ASKED) is None:
                continue
            cue = _cue(reading, at, last, charge)
            holder = None if cue is None else _holder(reading, at + 1, cue)
            if cue is None or holder is None:
                continue
            made = Candidate(cue=cue, base="reject", stance="denies" if charge else "declines",
                             content=[(at - 1, at + 1)], holder=holder, rule="declined", told=True)  # fmt: skip
            if reading.head(holder) == at:  # the tree may take both for one name: "a version Novak"
                made.holder, made.holder_words = None, (reading.phrase(holder)[0], holder + 1)
            found.append(made)
    return found


def _cue(reading: Reading, noun: int, last: int, charge: bool) -> int | None:
    """The verb of the clause behind the noun; None where a comma or another verb comes before."""
    for at in range(noun + 2, min(last, noun + _LONGEST)):
        lower = reading.lower(at)
        if reading.pos(at) == "VERB":
            down = not charge and lower == "turned" and reading.lower(at + 1) == "down"
            known = verb_of(lower, _DENYING if charge else _REFUSING) is not None
            return at if (down or known) and not syntax.negated(reading, at) else None
        if reading.pos(at) == "PUNCT" and reading.word(at) != "-":
            return None
    return None


def _holder(reading: Reading, start: int, cue: int) -> int | None:
    """The noun of the name between the noun answered and the verb."""
    if reading.lower(start) in ("that", "which"):
        start += 1
    end = cue
    while end > start and reading.pos(end - 1) in ("AUX", "ADV"):
        end -= 1
    stop = next((at for at in range(start, end) if reading.pos(at) == "ADP"), end)
    if stop == start or any(reading.pos(at) not in _NAME for at in range(start, stop)):
        return None
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN", "PRON")]
    return nouns[-1] if nouns else None
