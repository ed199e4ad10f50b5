"""Which way a bare weekday or month points: to the past, to the future, or nobody says.

The tense of the verb that governs the expression decides. With a reading it is found in the tree; without
one, or where the tree gives no verb, the nearest verbal cue before the expression in its sentence does,
else the first behind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

PAST, UNKNOWN, FUTURE = -1, 0, 1

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(`]*[A-Z])|\n\s*\n")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Rep|Sen|Gov|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|U\.S"
    r"|U\.N|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Inc|Corp|Co|Ltd|a\.m|p\.m)\.$"
)
_REACH = 250  # code points of context on either side

_IRREGULAR_PAST = (
    "was|were|had|did|said|told|began|came|went|took|gave|made|met|held|left|led|fell|rose|won|lost"
    "|broke|brought|built"
    "|bought|caught|chose|cut|drew|drove|fled|flew|fought|found|got|grew|heard|hit|kept|knew|laid|met"
    "|paid|put|ran|read"
    "|sat|saw|sent|set|shot|showed|shut|sought|sold|spoke|spent|stood|struck|swore|thought|threw|wore"
    "|withdrew|wrote"
    "|became|felt|meant|overthrew|beat|bore|hung|rang|sank|swept|taught|understood|been|born|seen|given"
    "|taken|agreed|freed"
)
# A modal swallows its verb, so that "would be paid" and "will have agreed" are one cue, not two.
_VERB_GROUP = (
    r"(?: not| also|n['’]t)?(?: be| have)?(?: been)?(?: (?:\w+(?:ed|en)|held|made|sent|told|begun"
    r"|met|set|put|taken|built))?"
)
_INTENT = (
    "plan|plans|planned|planning|agree|agrees|agreed|set|due|expected|scheduled|supposed|hope|hopes"
    "|hoped|want|wants"
    "|wanted|intend|intends|intended|vowed|promised|pledged|threatened|decided|ready|prepare|prepares"
    "|prepared"
    "|preparing|going|slated|likely|invited|asked|urged|expects|aims|aimed"
)
_CUE = re.compile(
    rf"\b(?:(?P<future>(?:will|wo|shall|would|should|must|could|might|may){_VERB_GROUP}|['’]ll"
    rf"|(?<!been )(?:is|are|am|was|were) (?:to|due|set|scheduled|expected|slated|planned){_VERB_GROUP}"
    rf"|(?:{_INTENT})(?: \w+){{0,2}} to{_VERB_GROUP}|to{_VERB_GROUP.replace('(?: be| have)?', ' be')}"
    r"|(?<!been )(?:(?:set|planned) (?:for|in|on)|due|scheduled|slated)|payable"
    r"|effective|upcoming|forthcoming|as (?:soon|early) as|postponed|delayed|(?:is|are|am) (?!being)\w+ing)"
    rf"|(?P<past>(?:has|have|had|['’]ve)(?: been)?(?: (?:due|scheduled|slated|set|planned))?"
    rf"|{_IRREGULAR_PAST}|ago|\w+(?<!e)ed))\b"
)
_TOWARDS = re.compile(
    r"\b(?:until|till|through|ahead of|beginning|starting|effective)\s(?:on\s|at least\s|the\s)?$"
)
# At the head of its clause an expression belongs to the verb that follows: "that within a month he must go".
_FRONTED = re.compile(
    r"(?:\b(?:that|but|when|while|because|where|whether)\s|[;:]\s)(?:on|in|by|at|within|during)?\s?$"
)
_BY = re.compile(r"\bby\s(?:the\s|early\s|late\s)?$")


def sentence(text: str, at: int) -> tuple[int, int]:
    """Span of the sentence around an offset, judged by its marks alone and cut at 250 code points either
    way."""
    start, end = max(0, at - _REACH), min(len(text), at + _REACH)
    for match in _SENTENCE_END.finditer(text, start, at):
        if not _ABBREVIATION.search(text, max(0, match.start() - 6), match.start() + 1):
            start = match.end()
    for match in _SENTENCE_END.finditer(text, at, end):
        if not _ABBREVIATION.search(text, max(0, match.start() - 6), match.start() + 1):
            end = match.start() + 1
            break
    return start, end


def direction(text: str, low: str, start: int, end: int, reading: Reading | None = None) -> int:
    """PAST, FUTURE or UNKNOWN for the expression at [start, end)."""
    before = max(0, start - 20)
    if _TOWARDS.search(low, before, start):
        return FUTURE
    if low.startswith(("'s ", "’s "), end):
        return PAST
    if reading is not None and (found := _governing(reading, start)) is not None:
        return found
    first, last = sentence(text, start)
    cue = None if _FRONTED.search(low, before, start) else _last_cue(text, low, first, start)
    if cue is None:
        cue = _CUE.search(low, end, last)
        if cue and cue.group().partition(" ")[0].endswith("ed"):
            return PAST  # "in late September urged Tehran to": the urging is what is dated
    if _BY.search(low, before, start) and not (cue and (cue["past"] or "").startswith(("ha", "w"))):
        return FUTURE
    if cue is None:
        return UNKNOWN
    return FUTURE if cue["future"] else PAST


def _last_cue(text: str, low: str, first: int, last: int) -> re.Match[str] | None:
    """The nearest verbal cue before an expression; the month of May is no modal."""
    cue = None
    for match in _CUE.finditer(low, first, last):
        if not (match.start() > first and text.startswith("May", match.start())):
            cue = match
    return cue


_WILL = frozenset(("will", "wo", "shall", "'ll", "’ll", "would", "should", "must"))


def _governing(reading: Reading, start: int) -> int | None:
    """Direction by the finite verb that the expression hangs on; `None` where it has none, or one that leaves it
    open: an infinitive, a participle, a present tense ("opens Monday", "says Monday")."""
    word = reading.word_at(start)
    if word is None:
        return None
    head = reading.head(word)
    if head < 0 or reading.pos(head) != "VERB":
        return None
    helpers = [child for child in reading.children(head) if reading.deprel(child).startswith("aux")]
    words = {reading.lower(child) for child in helpers}
    if words & _WILL:
        return FUTURE
    finite = reading.feat(head, "VerbForm") == "Fin" and not words
    return PAST if finite and reading.feat(head, "Tense") == "Past" else None
