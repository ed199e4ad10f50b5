"""What a holder does with a content: from the cue, and where the cue is neutral from the content itself.

Requires a candidate, the words of its content and the parties of holder and content. The rulings are those of
the annotation guideline: an own adverse measure to come is threatened, a friendly one promised, one simply
announced asserted; a wrong put to a named party is an accusation; a flat counter-statement is a denial.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.cues import load

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|neither|nor|n't|without)\b|n't\b|n’t\b", re.I)
_LIKELIHOOD = re.compile(
    r"\b(?:likely|unlikely|probably|possible|possibly|perhaps|may|might|could|certain|certainly|appears?|seems?|"
    r"probable|conceivable|plausible|doubt)\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|'ll|’ll|going to|likely to|could|may|unlikely to)\b(?!\s+have\b)")
_OPINION = frozenset(
    [
        "think",
        "believe",
        "reckon",
        "feel",
        "consider",
        "estimate",
        "suspect",
        "view",
        "argue",
        "judge",
        "conclude",
    ]
)
_UNANSWERED = re.compile(
    r"\b(?:unanswered|without (?:an )?(?:answer|response|reply|consequences?)|waiting|long in coming)\b", re.I
)
_REFUSED = re.compile(
    r"\b(?:no such|nothing of|nothing to do|never|nobody|no one|none|not aware|no involvement|no part|no hand|"
    r"not (?:on the|aimed|directed|being|been|broken|involved|responsible))\b",
    re.I,
)
_INSISTENT = frozenset(
    [
        "insist",
        "stress",
        "maintain",
        "retort",
        "counter",
        "contend",
        "clarify",
        "emphasise",
        "emphasize",
        "reply",
        "assure",
        "underline",
    ]
)
_OWN = frozenset(("we", "i", "it", "they", "he", "she", "our"))


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            r"\b(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")\b",
            re.I,
        )
        for name, words in load("stance").items()
    }


def stance_of(reading: Reading, candidate: Candidate, sides: Sides) -> str:
    """The stance of one candidate."""
    text = " ".join(_text(reading, span) for span in candidate.content)
    stance = candidate.stance
    if candidate.rule == "declined":
        return stance
    if candidate.negated:
        return _negated(candidate, stance)
    if candidate.base == "ask":
        return "questions" if candidate.place == "clause" or _is_question(text) else "demands"
    if candidate.base == "view" and _AHEAD.search(_main_clause(reading, candidate)):
        return "predicts"
    if candidate.base in ("view", "call", "term", "describe", "brand", "reject", "dismiss", "find"):
        return _named(text, stance)
    if candidate.base in ("warn", "caution"):
        return _warned(reading, candidate, sides, text)
    if candidate.base in ("threaten", "reserve"):
        return _reserved(candidate, stance, text)
    if stance == "promises" and candidate.base != "assure":
        return "threatens" if _reprisal(text) and not _words()["friendly"].search(text) else stance
    if candidate.base == "allegedly":
        return "accuses" if stance == "accuses" and _words()["wrong"].search(text) else "asserts"
    if (
        stance == "assesses"
        and candidate.base in _OPINION
        and _AHEAD.search(_main_clause(reading, candidate))
    ):
        return "predicts"
    if stance == "promises" and candidate.base == "assure" and not _AHEAD.search(text):
        return _neutral(reading, candidate, sides, text)
    if stance != "asserts":
        return stance
    return _neutral(reading, candidate, sides, text)


def _text(reading: Reading, words: WordSpan) -> str:
    start, end = reading.span(*words)
    return reading.text[start:end]


def _negated(candidate: Candidate, stance: str) -> str:
    if candidate.base in ("deny", "dispute", "rule"):
        return "declines"
    if stance in ("confirms", "accuses", "promises", "threatens"):
        return "declines"
    if candidate.base in ("believe", "think", "expect"):
        return "denies" if candidate.base != "expect" else "predicts"
    return "declines" if stance == "asserts" else stance


def _is_question(text: str) -> bool:
    return (
        re.match(r"(?:whether|if|why|what|how|who|when|where|which)\b", text.strip(' "“'), re.I) is not None
        or "?" in text
    )


def _named(text: str, stance: str) -> str:
    words = _words()
    if stance == "denies":
        return stance
    if words["baseless"].search(text) and (
        words["accusation_nouns"].search(text) or re.match(r"(?:it|this|that|these|those)\b", text, re.I)
    ):
        return "denies"
    if stance == "assesses" and words["breaches"].search(text):
        return "accuses"
    return stance


def _warned(reading: Reading, candidate: Candidate, sides: Sides, text: str) -> str:
    """A warning is a threat only where the holder's own side would act."""
    own = _own_subject(reading, candidate, sides)
    if own is not None:
        return "threatens" if own else "predicts"
    if _words()["adverse"].search(text) or (candidate.conditional and sides.holder is not None):
        return "threatens"
    return "predicts"


def _reserved(candidate: Candidate, stance: str, text: str) -> str:
    if candidate.base == "reserve":
        return "threatens" if re.search(r"\bright\b", text) else "asserts"
    return stance


def _neutral(reading: Reading, candidate: Candidate, sides: Sides, text: str) -> str:
    """Said, told, added, according to: the content decides."""
    words = _words()
    if _is_question(text):
        return "questions"
    own = _own_subject(reading, candidate, sides)
    main = _main_clause(reading, candidate)
    if re.match(r"it (?:is|was|seems|looks) (?:\w+ )?(?:un)?(?:likely|probable|possible) that\b", text, re.I):
        return "assesses"
    if re.search(r"\b(?:will|would|shall|'ll|’ll|going to)\b", main) and not re.search(
        r"\bwould have\b", main
    ):
        if _UNANSWERED.search(main):
            return "threatens"
        if words["adverse"].search(text) and own is not False and not _NEGATION.search(main):
            return "threatens" if _reprisal(text) or own else "asserts"
        if own and not _NEGATION.search(main):
            return "promises"
        if own and words["friendly"].search(text):
            return "promises"
        if own is None and sides.holder is not None and not _NEGATION.search(main):
            if candidate.conditional and words["deeds"].search(text):
                return "threatens"
            if words["friendly"].search(text) and not words["adverse"].search(text):
                return "promises"
        return "predicts" if own is not True and not _NEGATION.search(main) else "asserts"
    if re.search(r"\b(?:must|should|ought to|has to|have to|needs? to)\b", main) and not own:
        return "demands"
    if words["baseless"].search(main) and words["accusation_nouns"].search(main):
        return "denies"
    if re.search(r"\b(?:may|might|could)\b", main) and not re.search(r"\bhave\b", main):
        return "predicts"
    if re.search(r"\b(?:un)?likely to (?!have\b)", main):
        return "predicts"
    if _LIKELIHOOD.search(main):
        return "assesses"
    wrong = words["wrong"].search(text) is not None
    others = main.startswith("they ") or own is not True
    if wrong and others and (sides.subject or sides.others) and not _NEGATION.search(main):
        return "accuses"
    if "no reason to" in main or "no evidence" in main:
        return "asserts"
    if _NEGATION.search(main) and (wrong or _REFUSED.search(main) or candidate.base in _INSISTENT):
        return "denies"
    if words["evaluative"].search(main) and re.search(r"\b(?:is|are|was|were|be|been|being|'s|as)\b", main):
        return "assesses"
    return "asserts"


def _reprisal(text: str) -> bool:
    return (
        re.search(
            r"\b(?:retaliat|respon[ds]|answer|repl(?:y|ies)|react|reciproc|countermeasure|consequence|mirror|steps?\b|measures?\b)",
            text,
            re.I,
        )
        is not None
    )


def _main_clause(reading: Reading, candidate: Candidate) -> str:
    """The content without the clauses that hang on it: up to the first relative or adverbial clause."""
    words = []
    for start, end in candidate.content:
        for word in range(start, end):
            words.append(reading.lower(word))
    return " ".join(words[:40])


def _expletive(reading: Reading, word: int) -> bool:
    """ "It is unlikely that …": the pronoun stands for nobody."""
    if reading.deprel(word) == "expl":
        return True
    after = [reading.lower(at) for at in range(word + 1, min(word + 12, len(reading)))]
    return bool(after) and after[0] in ("is", "was", "'s", "would") and "that" in after[:6]


def _own_subject(reading: Reading, candidate: Candidate, sides: Sides) -> bool | None:
    """Whether the content tells of the holder's own side: True, False, or None where it cannot be told."""
    start = candidate.content[0][0]
    first = reading.lower(start)
    if first == "there" or (first == "it" and _expletive(reading, start)):
        return None
    if first in _OWN:
        return True
    if sides.subject is None:
        return None
    if sides.holder is None:
        return None
    return sides.subject == sides.holder
