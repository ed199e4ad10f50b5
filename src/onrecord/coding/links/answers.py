"""Answers that are told without a word that points: "Minsk retaliated.", "gave them the same 48 hours".

A sentence that says no more than that somebody answered is about the measure that the same side is told to take next.
An answer that is only held out is an expectation, and no link before it comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.links.cues import answering, tells_answer
from onrecord.coding.links.ends import Ends, Place
from onrecord.model.records import Act

if TYPE_CHECKING:
    from onrecord.coding.links.stage import Joiner

Span = tuple[int, int]

_NOT = re.compile(
    r"\b(?:no|not|nor|neither|without|never|n't|n’t|any|right to|may|might|could|further|if|unless|should)\b"
    r"(?! leave)[^,;.]*$|"
    r"\b(?:if|unless|whether)\b|(?:^|[;:,] )\W*(?:should|were|had)\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|certain|vow\w*|pledg\w+|promis\w+|threat\w*)\b", re.I)
_NEAR = 40  # characters
_PLAIN = re.compile(
    r"^\W*(?:(?:it|this|that)\s+(?:was|is)|(?:the|this|these|those)\s+\w+)\s+(?:[\w-]+\s+){0,3}$", re.I
)
_SAID = re.compile(r"\s+(?:for|that)\b(?! of\b)")
_WANTED = re.compile(r"\b(?:refus|fail|declin|want|wish|demand)\w* (?:to |for )?(?:\w+ ){0,3}$", re.I)


def code(joiner: Joiner) -> None:
    """Append the links of answers for which no cue stands."""
    draft = joiner.draft
    text = draft.document.text
    if not tells_answer(text.lower()):
        return
    sentences = draft.reading.sentence_spans
    for number, words in enumerate(sentences):
        if draft.section_of(words[0]) in ("title", "debris", "byline", "caption"):
            continue
        span = draft.span(words)
        for match in answering().finditer(text, *span):
            if any(link.kind == "response_to" and link.evidence[0] == span for link in draft.links):
                break
            if _NOT.search(text[span[0] : match.start()]) or _SAID.match(text, match.end()):
                continue
            note = f"an answer: “{match[0]}”"
            following = draft.span(sentences[number + 1]) if number + 1 < len(sentences) else None
            if _AHEAD.search(text, max(span[0], match.start() - _NEAR), min(span[1], match.end() + _NEAR)):
                following = None  # what the next sentence tells is not the answer that is to come
            pointed = _pointed(joiner, match.span(), span)
            for later, earlier in (
                pointed if pointed is not None else _done(joiner, match.span(), span, following)
            ):
                joiner.append("response_to", later, earlier, span, match.span(), note)


def _pointed(joiner: Joiner, words: Span, span: Span) -> list[tuple[Place, Place]] | None:
    """ "The order answers one from Rome": the order was told before, and what it answers behind the words or before.

    None where no measure told before is spoken of.
    """
    text, before = joiner.draft.document.text, joiner.before
    before.leading = False
    opening = text[span[0] : words[0]]
    own = before.subject(opening, span) if _PLAIN.match(opening) else None
    if own is None or not isinstance(own.record, Act):
        return None
    doer, hit = joiner.ends.sides(own.record)
    behind = [
        each
        for each in joiner.ends.within((words[1], span[1]))
        if isinstance(each.record, Act) and hit is not None and joiner.ends.sides(each.record) == (hit, doer)
    ]
    earlier = behind[0] if behind else before.mirrored(own, words[0])
    return [(own, earlier)] if earlier is not None else []


def _done(joiner: Joiner, words: Span, span: Span, following: Span | None) -> list[tuple[Place, Place]]:
    """The measures by which somebody answered: in the sentence, else in the one after it in the paragraph."""
    draft, ends = joiner.draft, joiner.ends
    for (
        claim
    ) in draft.claims:  # "Minsk answered that it saw no reason", and not "Minsk replied: two envoys must go"
        own = claim.cue is not None and claim.cue[0] < words[1] and words[0] < claim.cue[1]
        if own and not any(_acts_in(ends, content) for content in claim.content):
            return []
    if _WANTED.search(draft.document.text[span[0] : words[0]]):
        return []
    here, verb = ends.within(span), draft.reading.words_in(words)[0]
    if (
        draft.reading.feat(verb, "VerbForm") == "Fin"
    ):  # "Moscow matched both": what was told before is answered
        here = [each for each in here if each.at >= words[0]]
    found = _mirroring(joiner, here, words)
    if not found and following is not None:
        found = _mirroring(joiner, ends.within(following), words)
    return found


def _acts_in(ends: Ends, span: Span) -> bool:
    """A measure that was taken is told in a span."""
    return any(
        isinstance(each.record, Act) and ends.status(each.record) == "actual" for each in ends.within(span)
    )


def _mirroring(joiner: Joiner, told: list[Place], words: Span) -> list[tuple[Place, Place]]:
    """The measures among those told that the other side's measure came before, each with it."""
    ends = joiner.ends
    found = []
    for each in told:
        if ends.status(each.record) not in ("actual", "future"):
            continue
        if not isinstance(each.record, Act) or each.record.act == "announce_intent":
            continue
        earlier = joiner.before.mirrored(each, words[0])
        if earlier is not None:
            found.append((each, earlier))
    return found
