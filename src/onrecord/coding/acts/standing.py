"""Whether a measure stands as taken, by its whole sentence and the next: what the tree of its own clause leaves open.

Requires ``status_of``, which reads the words that govern the measure. A question is settled by its answer, a report by
what is said of it ("was wrong"), a price by "failing which"; announcements and ultimatums are done by being said,
whatever days they speak of, unless they are said on a condition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import CEILINGS, SENT_AWAY
from onrecord.coding.acts.settling import plain_status
from onrecord.coding.acts.status import status_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

_GOING = frozenset(("leave", "left", "go", "gone", "quit", "depart", "out", "pack"))
_LIMIT = re.compile(
    r"\bno more than\b|\bnot exceed\b|\bat most\b|\ba maximum of\b"
    r"|\b(?:no|any|neither)\b.{0,30}\b(?:more|larger|greater)\b.{0,40}\bthan\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"[\"“”'’\s]*(?:(?P<no>no\b|not\b|none\b|nobody\b|never\b|(?:it|he|she|they|we|that) (?:has|have|had|is|are"
    r"|was|were|does|do|did|will|would|could)(?: not|n['’]t)\b)"
    r"|(?P<yes>yes\b|(?:it|he|she|they) (?:has|have|had|is|are|was|were|does|do|did|will|would)[\s.,;:\"”]))",
    re.IGNORECASE,
)
_NOT_WITHOUT = re.compile(
    r"\b(?:not|n['’]t|never|nor)\b.{0,90}\b(?:without|unanswered|unpunished|unreturned|waiting)\b|\bnot fail to\b"
    r"|\bno (?:choice|option) but\b",
    re.IGNORECASE,
)
_AUXILIARY = "has|have|had|is|are|was|were|does|do|did|will|would|could"
_TAKEN_BACK = re.compile(
    rf"[\"“”'’\s]*(?:(?:it|he|she|they|we|that|this) (?:{_AUXILIARY})(?: not|n['’]t)"
    rf"|(?:none|neither|nobody|no one) (?:{_AUXILIARY}))\s*[.:;,!]",
    re.IGNORECASE,
)
_CALLED_UNTRUE = re.compile(
    r"[\"“”'’\s]*(?:(?:that|this|it) (?:is|was)|(?:so|thus) (?:runs?|ran|goes|went|says?|reads?))\b[^.]{0,80}"
    r"\b(?:false|untrue|wrong|incorrect|not (?:so|true|correct|the case)|fake|hoax|forgery|fabrication|invented)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(("nobody", "none", "neither", "nowhere"))
_DEEDS = frozenset(
    "persona_non_grata not_acceptable withdraw_accreditation recall summon close_mission close_consulate close_office "
    "suspend_own_mission downgrade".split()
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|should|were|could|might|may|cannot|reserv\w+|rul\w+ out|expects?|suggests?|proposes?"
    r"|proposed|urges?|urged|demands?|demanded|calls? for|called for|wants?)\b",
    re.IGNORECASE,
)
_UNWILLING = re.compile(
    r"\b(?:not|n['’]t|no)\b (?:\w+ ){0,2}?(?:minded|plans?|planning|intend|intention|threaten\w*|thinking|wish|want"
    r"|reason|necessarily)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\b(?:or else|failing which|on pain of|or see|otherwise)\b", re.IGNORECASE)
_RUMOUR = re.compile(r"\b(?:reports?|rumours?|rumors?|flash|claims?|story|stories|letters?)\b", re.IGNORECASE)
_UNTRUE = re.compile(
    r"\b(?:wrong|false|untrue|incorrect|unfounded|baseless|without foundation|no truth|knocked down|made up)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bden(?:y|ies|ied) (?:\w+ )?(?:reports?|rumou?rs?)\b|\bpurport(?:s|ed|ing)? to\b", re.IGNORECASE
)
_DROPPED = re.compile(
    r"\b(?:not|n['’]t|never) (?:on the table|under (?:consideration|discussion)|(?:being )?considered)\b"
    r"|\bno longer (?:being )?considered\b"
    r"|\b(?:has|have|had) been (?:\w+ and )?(?:dropped|shelved|abandoned|scrapped)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\b(?:in all (?:likelihood|probability)|probably|likely)\b", re.IGNORECASE)


def standing(draft: Draft, match: Match) -> str:
    """The status of a measure: actual, future, hypothetical or negated."""
    rule, word, reading = match.rule, match.word, draft.reading
    if rule.status is not None:
        return rule.status
    if (settled := settled_at(draft, match)) is not None:
        return settled
    status = status_of(reading, word, negation_is_act=rule.negated or bool(rule.adjectives))
    sentence = draft.sentence(word)
    text = syntax.text_of(reading, sentence)
    before = syntax.text_of(reading, (sentence[0], word)) if word > sentence[0] else ""
    if rule.act in ("announce_intent", "ultimatum"):
        return _said(status, text)
    if rule.act in CEILINGS and status in ("hypothetical", "negated") and _LIMIT.search(text):
        return "actual"
    after = text[len(before) :]
    open_ = status != "actual" or reading.pos(word) == "NOUN" or reading.feat(word, "VerbForm") == "Ger"
    if _is_untrue(before, after) or (open_ and _DROPPED.search(after)):
        return "negated"
    if status == "future" and rule.act in SENT_AWAY and _must_go(reading, word):
        return "actual"
    if status in ("actual", "future") and _PRICE.search(before):
        return "hypothetical"
    if status == "future" and _LIKELY.search(text):
        return "hypothetical"
    return status


def settled_at(draft: Draft, match: Match) -> str | None:
    """What leaves nothing to weigh: the answer to a question, a deed done to nobody, what is flatly denied at once."""
    answered = _answered(draft, match)
    if answered is not None or match.rule.negated:
        return answered
    reading, word = draft.reading, match.word
    below = syntax.kids(reading, word, "obj", "obl", "nsubj:pass", "advmod")
    nobody = any(_is_nobody(reading, child) for child in below)
    if nobody and match.rule.act not in CEILINGS:
        return "negated"
    if match.rule.act in _DEEDS and (
        any(_has_no(reading, child) for child in below) or _is_taken_back(draft, word)
    ):
        return "negated"
    return plain_status(draft, match)


def _is_nobody(reading: Reading, word: int) -> bool:
    """ "Expelled nobody", "neither has been declared", "pulled out no one", "was convoked nowhere"."""
    return reading.lower(word) in _NOBODY or (reading.lower(word) == "one" and _has_no(reading, word))


def _has_no(reading: Reading, word: int) -> bool:
    """ "No diplomat is touched": no person or house, not no more or fewer of them."""
    return any(
        reading.lower(child) in ("no", "neither")
        and reading.lower(child + 1) not in ("more", "fewer", "less", "longer")
        for child in syntax.kids(reading, word, "det")
    )


def _is_taken_back(draft: Draft, word: int) -> bool:
    """What the next sentence denies in a word ("It has not.", "None was."), or calls untrue where it was quoted."""
    first, last = draft.sentence(word)
    if last >= len(draft.reading) or draft.section_of(word) == "title":
        return False
    text, start = draft.document.text, draft.reading.start(last)
    quoted = draft.reading.word(first) in ('"', "“")
    return _TAKEN_BACK.match(text, start) is not None or (
        quoted and _CALLED_UNTRUE.match(text, start) is not None
    )


def _said(status: str, text: str) -> str:
    """What is announced or set as a term: said, it is done; not where it is said on a condition, or not at all."""
    conditional = _CONDITION.search(text) is not None
    if _NOT_WITHOUT.search(text):
        return "hypothetical" if conditional else "actual"
    if _UNWILLING.search(text):
        return "negated"
    if status == "future" or (status == "hypothetical" and not conditional):
        return "actual"
    lower = text.lower()
    return "hypothetical" if "reserve" in lower or re.search(r"\brul\w+ out\b", lower) else status


def _must_go(reading: Reading, word: int) -> bool:
    """ "Are to leave by Friday": who is to go has been told so."""
    near = [reading.lower(at) for at in range(max(0, word - 4), word + 1)]
    return near[-1] in _GOING and "to" in near and not {"will", "would", "shall"} & set(near)


def _is_untrue(before: str, after: str) -> bool:
    """What a report says that is called wrong, or a letter that is no real one."""
    return _DENIED.search(before) is not None or (
        _RUMOUR.search(before) is not None and _UNTRUE.search(after) is not None
    )


def _answered(draft: Draft, match: Match) -> str | None:
    """What the next sentence answers to a question; None where it is none or stays open."""
    reading = draft.reading
    first, last = draft.sentence(match.word)
    question = syntax.text_of(reading, (first, last)).rstrip(" \"”'’")
    if not question.endswith("?") or last >= len(reading):
        return None
    start = reading.start(last)
    found = _ANSWER.match(draft.document.text, start)
    if found is None:
        return None
    out = re.search(r"\brul\w+ out\b", question, re.IGNORECASE) is not None
    if found["yes"] is not None:
        if out:
            return "negated"
        return "future" if re.match(r"\W*(?:will|would)\b", question, re.IGNORECASE) else "actual"
    return "hypothetical" if out else "negated"
