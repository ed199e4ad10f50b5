"""How sure a claim is: the hedge in its own words, the scale it belongs to, and the factuality that follows.

Requires the words of cue and content. Likelihood and confidence are two things: a likelihood gets the interval
of its scale, a confidence stays in words. Neither is moved to a neighbouring proposition, because both are
looked for in the claim's own clause alone, and in the judgment that it hangs on ("it is quite likely that").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.cues import Phrases, load
from onrecord.coding.inflect import verb_of
from onrecord.model.records import Certainty, Confidence, Likelihood

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

Span = tuple[int, int]

_MODAL = frozenset(("may", "might", "could"))
_UNDECIDED = frozenset(("declines", "denies", "questions", "demands"))
_JUDGED = 16  # words between "it is likely" and what is likely
_FORECASTS = frozenset(("predicts", "assesses", "threatens", "promises", "confirms"))
_LEVEL = r"(?:very )?(?:low|moderate|medium|high)"
_CONFIDENCE = re.compile(
    rf"\b(?:with |only |has |have |had )?(?P<from>{_LEVEL})(?:[ -]to[ -](?P<to>{_LEVEL}))? (?:level of )?confidence\b",
    re.I,
)


@lru_cache(maxsize=1)
def _terms() -> tuple[list[tuple[re.Pattern[str], dict[str, Any]]], Phrases]:
    data = load("hedges")
    terms = []
    for scale, entries in data["likelihood"].items():
        for term, (low, high) in entries.items():
            pattern = re.compile(rf"\b{re.escape(term)}\b", re.I)
            terms.append((pattern, {"scale": scale, "term": term, "low": low, "high": high}))
    terms.sort(key=lambda each: -len(each[1]["term"]))
    return terms, Phrases(data["words"])


@lru_cache(maxsize=1)
def _opinions() -> frozenset[str]:
    return frozenset(load("hedges")["opinions"])


def certainty_of(
    text: str,
    content: list[Span],
    stance: str,
    cue: Span | None,
    hedged_cue: bool,
    around: Span | None = None,
    judgment: Span | None = None,
) -> Certainty | None:
    """The certainty of one claim; ``around`` is the clause of the cue, where a confidence may stand, ``judgment`` the
    words of ``judgment_on``.

    Returns None only where there is nothing to say but the stance's own default.
    """
    words: Span | None = None
    likelihood = confidence = None
    regions = [*content, *([around] if around else [])]
    for region in regions:
        stated = "confidence" in text[slice(*region)].lower()
        match = _CONFIDENCE.search(text, *region) if stated else None
        if match is not None:
            to = match["to"]
            confidence = Confidence(from_=_level(match["from"]), to=_level(to) if to else None)
            start = match.start("from")
            words = (start, match.end())
            break
    stated_in = [*content, *([judgment] if judgment else [])]
    for region in stated_in if words is None else []:
        low = text[slice(*region)].lower()
        for pattern, term in _terms()[0]:
            match = pattern.search(text, *region) if term["term"].lower() in low else None
            if match is not None and not _negated(text, match.start(), region[0]):
                likelihood = Likelihood(**term)
                words = (match.start(), match.end())
                break
        if words is not None:
            break
    if words is None:
        for region in stated_in:
            match = next(
                (each for each in _terms()[1].finditer(text, *region) if _hedges(each[0], stance)), None
            )
            if match is not None:
                words = (match.start(), match.end())
                break
    if (
        words is None
        and hedged_cue
        and cue is not None
        and verb_of(text[slice(*cue)].lower(), _opinions()) is None
    ):
        words = cue
    factuality = _factuality(text, content, stance, words, likelihood, confidence, hedged_cue)
    return Certainty(factuality=factuality, words=words, likelihood=likelihood, confidence=confidence)


def judgment_on(reading: Reading, start: int) -> Span | None:
    """The words of "it is likely that", "thought it improbable that" before a content, as words; None elsewhere."""
    that = start if reading.lower(start) == "that" else start - 1
    first, _ = syntax.sentence(reading, start)
    if that <= first or reading.lower(that) != "that":
        return None
    begin = next(
        (at for at in range(that - 1, max(first, that - _JUDGED) - 1, -1) if reading.lower(at) == "it"), None
    )
    return None if begin is None else (begin, that)


def _hedges(words: str, stance: str) -> bool:
    """Whether words of certainty are that here: "may" and "could" only where they carry a forecast, and no month."""
    if words.lower() == "might":
        return stance not in _UNDECIDED
    return words.lower() not in _MODAL or (words != "May" and stance in _FORECASTS)


def _level(words: str) -> str:
    words = words.lower()
    return "moderate" if words == "medium" else words


def _negated(text: str, at: int, start: int) -> bool:
    return re.search(r"\b(?:not|n't|n’t|no)\s+$", text[max(start, at - 8) : at]) is not None


def _factuality(
    text: str,
    content: list[Span],
    stance: str,
    words: Span | None,
    likelihood: Likelihood | None,
    confidence: Confidence | None,
    hedged_cue: bool,
) -> str:
    if stance == "declines":
        first = text[content[0][0] : content[0][0] + 8].lower() if content else ""
        return "CTu" if re.match(r"(?:whether|if|how|who|what|when|where|why|which)\b", first) else "U"
    if stance in ("demands", "questions"):
        return "U"
    if stance == "denies":
        return "CT-"
    if likelihood is not None and likelihood.high is not None and likelihood.low is not None:
        if likelihood.high <= 0.45:
            return "PR-"
        return "PS+" if likelihood.low < 0.5 else "PR+"
    if confidence is not None:
        return "PR+"
    if words is not None:
        phrase = text[words[0] : words[1]].lower()
        for value, listed in load("hedges")["factuality"].items():
            if phrase in listed:
                return str(value)
    if stance in ("assesses", "predicts") and (hedged_cue or words is not None):
        return "PR+"
    return "CT+"
