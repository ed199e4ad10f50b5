"""Where what somebody says ends and what he does next begins: "denies the raid and says that …", "holds that she sank,
and suggests that …".

Requires the candidates of a document. The tree may join the second verb to the clause that the first one reports. It
does not belong there where that clause has no finite verb, or where the second verb has the tense of the first behind a
comma or against that of the clause. What the tree cuts in two without a mark between is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, entry, make

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_JOINING = frozenset(("and", "but"))
_TOLD = frozenset(("clause", "that"))
_LEAST = 2  # words of what is left


def parted(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates, each without what its speaker does next, and that as a candidate of its own."""
    made = []
    found = _joined(reading, found)
    for candidate in found:
        if (
            candidate.rule not in ("verb", "declined")
            or len(candidate.content) != 1
            or candidate.holder is None
        ):
            continue
        start, end = candidate.content[0]
        if start <= candidate.cue or not candidate.holder < candidate.cue:
            continue
        verb = _next_deed(reading, candidate.cue, start, end)
        if verb is None:
            continue
        candidate.content = [cut(reading, (start, _joint(reading, verb)))]
        own = [each for each in found if each.cue == verb]
        for each in own:
            if each.holder is not None and start <= each.holder < end:
                each.holder, each.holder_words = candidate.holder, None
        if not own and (second := _second(reading, verb, candidate, end)) is not None:
            made.append(second)
    return found + made


def _joined(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with those made one whose words follow on each other: "he had" and "no hand in the matter"."""
    kept: list[Candidate] = []
    by_cue: dict[int, list[Candidate]] = {}
    for candidate in sorted(found, key=lambda each: each.content[0]):
        before = by_cue.setdefault(candidate.cue, [])
        one = next((each for each in before if _follows(reading, each, candidate)), None)
        if one is not None:
            one.content = [(one.content[0][0], candidate.content[0][1])]
            continue
        before.append(candidate)
        kept.append(candidate)
    return [each for each in found if any(each is other for other in kept)]


def _follows(reading: Reading, one: Candidate, two: Candidate) -> bool:
    """Two contents of one verb with nothing between them, not even a mark or a conjunction."""
    if len(one.content) != 1 or len(two.content) != 1 or one.rule != two.rule:
        return False
    joint = one.content[0][1]
    return joint == two.content[0][0] and reading.pos(joint) not in ("PUNCT", "CCONJ")


def _next_deed(reading: Reading, cue: int, start: int, end: int) -> int | None:
    """The verb behind "and" or "but" that has the speaker for its subject: any where nothing finite stands before it,
    one of reporting elsewhere."""
    tense = reading.feat(cue, "Tense")
    for at in range(start + _LEAST, end - 1):
        if reading.lower(at) not in _JOINING:
            continue
        verb = at + 1
        while verb < end - 1 and reading.pos(verb) == "ADV":
            verb += 1
        if reading.pos(verb) != "VERB" or reading.feat(verb, "VerbForm") != "Fin":
            continue
        told = [
            reading.feat(word, "Tense")
            for word in range(start, at)
            if reading.feat(word, "VerbForm") == "Fin"
        ]
        if not told:
            return verb
        same = entry(reading, verb) is not None and reading.feat(verb, "Tense") == tense != "_"
        if same and (reading.word(at - 1) == "," or tense not in told):
            return verb
    return None


def _joint(reading: Reading, verb: int) -> int:
    """The word that joins a verb to what stands before it."""
    return next(at for at in range(verb - 1, -1, -1) if reading.lower(at) in _JOINING)


def _second(reading: Reading, cue: int, first: Candidate, end: int) -> Candidate | None:
    """What is said at the second verb, where it takes a clause."""
    verb = entry(reading, cue)
    words = cut(reading, (cue + 1, end))
    if verb is None or verb.particle or not _TOLD & set(verb.content) or words[1] - words[0] <= _LEAST:
        return None
    if not any(reading.pos(at) in ("VERB", "AUX") for at in range(*words)) or syntax.negated(reading, cue):
        return None
    return make(cue, verb, first.holder, [words])
