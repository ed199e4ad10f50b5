"""Speech that goes on without a verb of its own: "He rejected the charge. Peru would not do so to Chile's envoys",
"said that the step was hasty and would be answered".

Requires the candidates of a document. A sentence whose main verb stands under "would", right behind one that reports
somebody's words, is his word too: the tense is shifted because it is told of him. So is what will be on a condition,
unless the paper has an issuer, who speaks in his own voice. What only judges what went before ("That would be the first
break since 1978") is the report's own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims.according import trim
from onrecord.coding.claims.conditions import conditions
from onrecord.coding.claims.cue_verbs import Candidate, entry
from onrecord.coding.claims.issuers import issuer_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_SHIFTED = frozenset(("would", "'d", "’d"))
_POINTING = frozenset(("it", "that", "this", "these", "those", "such", "which"))
_WEIGHING = frozenset("be mean mark bring make give leave take require need seem amount remain".split())
_NOBODY = frozenset(("nobody", "none"))
_LEAST, _FEW = 4, 2
_AHEAD = _SHIFTED | {"will", "shall", "'ll", "’ll"}
_OPEN = _AHEAD | {"may", "might", "could", "can", "cannot", "should", "must"}
_TELLING = frozenset(("asserts", "assesses", "confirms", "denies", "accuses", "promises"))


def goes_on(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """A candidate for each sentence that goes on with what was said in the one before it."""
    made: list[Candidate] = []
    issued = issuer_of(reading) is not None
    for before, words in pairwise(reading.sentence_spans):
        root = _told_of(reading, words, issued)
        if root is None or "\n" in reading.text[reading.end(before[1] - 1) : reading.start(words[0])]:
            continue
        everything = [*found, *made]
        if any(_touches(each, words) for each in everything):
            continue
        speakers = [each for each in everything if each.holder is not None and _touches(each, before)]
        if not speakers:
            continue
        last = max(speakers, key=lambda each: each.content[-1][1])
        content = trim(reading, words)
        if content[1] - content[0] >= _LEAST:
            made.append(_of(last, content))
    return made


def looks_ahead(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """ "Said that the step was hasty and would be answered": what is so, and what is to come, are two things said.

    A measure told together with what follows on it ("has left and will not come back") stays one.
    """
    made: list[Candidate] = []
    measures = [match.word for match in matches(reading)]
    for candidate in found:
        if candidate.rule != "verb" or candidate.stance not in _TELLING or len(candidate.content) != 1:
            continue
        start, end = candidate.content[0]
        joint = _joint(reading, start, end)
        if joint is None or any(start <= word < joint for word in measures):
            continue
        behind = trim(reading, (joint + 1, end))
        if any(_touches(each, behind) for each in found if each is not candidate):
            continue
        candidate.content = [trim(reading, (start, joint))]
        made.append(_of(candidate, behind))
    return made


def _joint(reading: Reading, start: int, end: int) -> int | None:
    """The "and" or "but" between a clause about what is or was and a verb under "will" that has the same subject."""
    for at in range(start + _FEW, end - 2):
        if reading.lower(at) not in ("and", "but"):
            continue
        verb = at + 1
        while verb < end - 1 and reading.pos(verb) == "ADV":
            verb += 1
        if reading.lower(verb) not in _AHEAD:
            continue
        before = range(start, at)
        if any(reading.lower(word) in _OPEN or reading.lower(word) == "whether" for word in before):
            return None
        finite = [word for word in before if reading.feat(word, "VerbForm") == "Fin"]
        tree = reading.head(verb)
        first = reading.head(tree)
        joined = reading.deprel(tree).startswith("conj") and start <= first < at
        return at if finite and joined and not syntax.negated(reading, first) else None
    return None


def _told_of(reading: Reading, words: WordSpan, issued: bool) -> int | None:
    """The main verb of a sentence under "would", or under "will" on a condition, that neither asks nor judges nor has a
    speaker of its own: "Neither will reopen until somebody stands trial"."""
    first, last = words
    root = next((at for at in range(first, last) if not first <= reading.head(at) < last), None)
    if root is None or reading.word(last - 1)[:1] in '?"”' or reading.word(first)[:1] in '"“':
        return None
    auxiliaries = syntax.auxiliaries(reading, root)
    held_out = not issued and bool(_AHEAD & set(auxiliaries)) and bool(conditions(reading, words))
    if not (held_out or _SHIFTED & set(auxiliaries)) or "have" in auxiliaries:
        return None
    if entry(reading, root) is not None:
        return None
    subject = syntax.subject(reading, root)
    if subject is None:
        there = any(reading.lower(at) == "there" for at in reading.children(root))
        return root if there else None  # "until then there would be no talks"
    opening = {reading.lower(at) for at in range(reading.phrase(subject)[0], subject + 1)}
    weighed = reading.pos(root) != "VERB" or reading.lemma(root) in _WEIGHING
    judges = bool(opening & _POINTING) and weighed
    return None if judges or opening & _NOBODY else root


def _touches(candidate: Candidate, words: WordSpan) -> bool:
    return any(
        a < words[1] and words[0] < b for a, b in (*candidate.content, (candidate.cue, candidate.cue + 1))
    )


def _of(before: Candidate, content: WordSpan) -> Candidate:
    """What the speaker of a candidate goes on to say."""
    return Candidate(
        cue=before.cue,
        base="say",
        stance="asserts",
        content=[content],
        holder=before.holder,
        holder_words=before.holder_words,
        relay=list(before.relay),
        rule="run-on",
        told=True,
    )
