"""What plain words of a sentence settle of a measure's standing, so that nothing is left to weigh.

Requires the reading and the temporal expressions. A ban told with "will" or "may not" is in force once it is told, so
is what holds "as of today"; what hangs on "if", "should" or "unless" in its own part of a sentence has not been done,
nor what is foreseen, possible or under study; what a house does in the present tense on a day ahead it will do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import CLOSING, SPOKEN
from onrecord.model.dates import parse

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_BANS = frozenset(("category_ban", "deny_accreditation", "access_restriction", "not_acceptable"))
_HOUSES = CLOSING | {"suspend_own_mission"}
_RULED = frozenset(("access_restriction", "set_ceiling", "parity_cap"))
_CONDITIONAL = frozenset(("if", "unless", "should", "were", "failing", "absent", "lest", "whether"))
_CONDITIONS = frozenset(("if", "unless", "should", "provided"))
_MAYBE = frozenset(("might", "could", "would", "may", "ought"))
_MIGHT = frozenset(("may", "might", "could", "ought"))
_RULING = _MIGHT - {"may"}  # "may have no more than ten": a rule, and no possibility
_POSSIBLE = frozenset("possible probable likely unlikely conceivable thinkable imaginable feasible".split())
_STUDIED = frozenset("study consideration discussion review examination debate scrutiny".split())
_FORESEEING = frozenset("expect foresee predict anticipate forecast reckon fear".split())
_BANNED = re.compile(
    r"\b(?:no|nobody|neither|none)\b.{0,80}\b(?:will|shall|may)\b|\b(?:will|shall|may) (?:not|no longer|only)\b"
    r"|\bwill no\b|\bwon['’]t\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:as of|from|starting|beginning) (?:today|tonight|now|this (?:day|date|morning|evening|moment))\b"
    r"|\bfrom now on\b|\bwith immediate effect\b|\bforthwith\b|\bhenceforth\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|unless|should|might|could|would|whether|threat\w*|propos\w+|demand\w*|urg\w+|want\w*|plan\w*|consider\w*"
    r"|reported|rumou?r\w*|likely|probably)\b",
    re.IGNORECASE,
)
_PARTS = frozenset((";", ":"))


def plain_status(draft: Draft, match: Match) -> str | None:
    """The status that the words of a measure's part of its sentence settle; None where they leave it open."""
    reading, word, act = draft.reading, match.word, match.rule.act
    part = _part(reading, word)
    words = {reading.lower(at) for at in range(*part)}
    if act != "ultimatum" and words & _CONDITIONAL and _hangs(reading, word, part, act):
        return "hypothetical"
    if act == "announce_intent" and not words.isdisjoint(_CONDITIONS):
        return "hypothetical"
    if act != "ultimatum" and _is_open(reading, word):
        return "hypothetical"
    if act in SPOKEN:
        return None
    text = syntax.text_of(reading, part)
    if not _OPEN.search(text):
        if act in _BANS and _BANNED.search(text):
            return "actual"
        if words & {"will", "shall"} and _AT_ONCE.search(text):
            return "actual"
    if act in _HOUSES and _is_present(reading, word) and _ahead(draft, part):
        return "future"
    if words & _MAYBE and _may(reading, word, _RULING if act in _RULED else _MIGHT):
        return "hypothetical"
    return None


def _is_open(reading: Reading, word: int) -> bool:
    """ "Further removals are probable", "a halving is under study", "it is possible that the mission will be cut",
    "diplomats foresee that he will be turned out"."""
    if reading.pos(word) == "NOUN" and reading.relation(word) == "nsubj":
        head = reading.head(word)
        below = {reading.lower(child) for child in reading.children(head)}
        if reading.lower(head) in _POSSIBLE or (reading.lower(head) in _STUDIED and "under" in below):
            return True
    for above, relation in syntax.governors(reading, word):
        if relation.startswith(("ccomp", "csubj", "xcomp")):
            if reading.pos(above) == "ADJ":
                return reading.lower(above) in _POSSIBLE
            return reading.lemma(above) in _FORESEEING
    return False


def _part(reading: Reading, word: int) -> WordSpan:
    """The part of a sentence between semicolons in which a word stands."""
    first, last = reading.sentence(word)
    start = next((at + 1 for at in range(word, first - 1, -1) if reading.word(at) in _PARTS), first)
    end = next((at for at in range(word, last) if reading.word(at) == ";"), last)
    return start, end


def _hangs(reading: Reading, word: int, part: WordSpan, act: str) -> bool:
    """ "Should it fail, they will go", "go home unless he answers": the condition is the measure's own."""
    if _is_told(reading, word):
        return False
    start, end = part
    opening = next((at for at in range(start, end) if reading.pos(at) != "PUNCT"), start)
    if reading.lower(opening) in ("if", "should", "unless", "were", "failing", "absent", "lest"):
        return True
    if syntax.negated(reading, word) or act in _RULED:
        return False
    return any(reading.lower(at) == "unless" for at in range(word + 1, min(end, word + 16)))


def _is_told(reading: Reading, word: int) -> bool:
    """The measure is told in the past or as done: "expelled", "was sent home", "has broken off"."""
    if reading.pos(word) != "VERB":
        return reading.pos(word) in ("NOUN", "PROPN")
    auxiliaries = set(syntax.auxiliaries(reading, word))
    if auxiliaries & (syntax.MODAL | syntax.FUTURE | {"would", "should", "to"}):
        return False
    if auxiliaries & {"has", "have", "had", "was", "were", "been"}:
        return True
    return reading.feat(word, "Tense") == "Past" and not auxiliaries


def _is_present(reading: Reading, word: int) -> bool:
    """ "Closes", "is wound up", "must lock its doors"."""
    if reading.pos(word) != "VERB":
        return False
    auxiliaries = set(syntax.auxiliaries(reading, word))
    if auxiliaries & {"is", "are", "must"}:
        return not auxiliaries & {"has", "have", "had", "was", "were", "been"}
    return (
        not auxiliaries and reading.feat(word, "Tense") == "Pres" and reading.feat(word, "VerbForm") == "Fin"
    )


def _ahead(draft: Draft, part: WordSpan) -> bool:
    """A day ahead of the report stands in the part."""
    if draft.day is None:
        return False
    start, end = draft.span(part)
    for timex in draft.timexes:
        if timex.time is None or not start <= timex.span[0] < end or timex.type not in ("DATE", "TIME"):
            continue
        begins = parse(timex.time.edtf).lower
        if begins is not None and begins > draft.day:
            return True
    return False


def _may(reading: Reading, word: int, words: frozenset[str]) -> bool:
    """ "Might be sent home", "could ask the mission to leave", "could have its offices shut": right before the measure
    or above it."""
    for at in (word, syntax.parent(reading, word)):
        if at is None or reading.pos(at) not in ("VERB", "AUX"):
            continue
        if words & set(syntax.auxiliaries(reading, at)) and not syntax.negated(reading, at):
            return True
    return False
