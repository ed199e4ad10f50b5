"""The words that state how two things hang together, and the uses of the same words that state nothing.

The lexicon is ``vocabulary/cues/links.yaml``. A cue says of what kind the link is and where its ends stand: the earlier
one behind the words (``next``), told before (``back``), or before them with the later one behind (``forward``); or the
sentence tells the earlier one and what was told before it came later (``prior``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from onrecord.coding import syntax
from onrecord.coding.cues import Phrases, load, words_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]
Kind = Literal["response_to", "caused_by", "after", "linked_to"]

_KINDS: tuple[Kind, ...] = get_args(Kind)
_ANSWERED = (
    "repaid", "matched", "matches", "repays", "reciprocated",
    "replied", "responded", "retaliated", "answered", "retorted", "hit back", "struck back", "reacted", "countered",
    "replies", "responds", "retaliates", "retorts", "hits back", "strikes back", "reacts", "counters",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """``words`` (in small letters): where none stands in a sentence as whole words, the pattern does not match."""

    kind: Kind
    place: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """All cues, the longer ones of a kind before the shorter."""
    found = []
    lexicon = load("links")
    for kind in _KINDS:
        for place, phrases in lexicon[kind].items():
            pattern = re.compile(rf"\b(?:{_any(phrases)})\b", re.I)
            found.append(Cue(kind, place, pattern, tuple(each.lower() for each in phrases)))
    answered = rf"\b(?:{'|'.join(_ANSWERED)})\b[^.;:]{{1,60}}?\b(?:by\b(?=\s+(?:\w+ly\s+)?\w+ing\b)|with\b)"
    return (
        Cue("response_to", "next", re.compile(_ASIDE, re.I), ("answer", "reply", "response", "riposte")),
        Cue("response_to", "forward", re.compile(_PASSIVE, re.I), _PASSED),
        Cue("response_to", "back", re.compile(answered, re.I), _ANSWERED),
        Cue("response_to", "back", re.compile(_MET, re.I), ("met", "meets")),
        Cue("caused_by", "ground", re.compile(_ASKED, re.I), ("what had", "what have", "what has")),
        Cue("caused_by", "next", re.compile(_LAID, re.I), _LAYING),
        Cue(
            "caused_by",
            "next",
            re.compile(_BEHIND, re.I),
            ("behind", "at the root", "at the bottom", "at the heart"),
        ),
        Cue("after", "next", re.compile(r"\bwhen\b"), ("when",)),
        Cue("after", "forward", re.compile(_BARELY, re.I), _HARDLY),
        Cue("after", "forward", re.compile(_SUCCEEDED, re.I), ("followed",)),
        *found,
    )


@lru_cache(maxsize=1)
def answering() -> Phrases:
    """The words by which a sentence says that somebody answers."""
    return Phrases(load("links")["answers"])


def tells_answer(low: str) -> bool:
    """Whether one of those words stands anywhere in a text in small letters."""
    return any(map(low.__contains__, map(str.lower, load("links")["answers"])))


@lru_cache(maxsize=1)
def _no_cause() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What "over" has before it and behind it where it states no cause."""
    words = load("links")["no_cause"]
    before = re.compile(rf"\b(?:{_any(words['before'])})\s+$", re.I)
    return before, re.compile(rf"\s+(?:(?:the|its|this|that)\s+)?(?:\d|(?:{_any(words['after'])})\b)", re.I)


def _any(phrases: list[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=1)
def _by_word() -> dict[str, list[tuple[int, str]]]:
    """The words of cues by the longest of them, which is the rarest, each with the place of its cue among all."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, cue in enumerate(cues()):
        for words in cue.words:
            found.setdefault(max(words_of(words), key=len), []).append((place, words))
    return found


def _likely(low: str) -> list[Cue]:
    """The cues of which words stand in a sentence in small letters, in their order: few, so that few are looked for."""
    known = _by_word()
    told_here = set(words_of(low)) & known.keys()
    places = {place for word in told_here for place, words in known[word] if words in low}
    return [cues()[place] for place in sorted(places)]


def told(draft: Draft, sentence: Span) -> Iterator[tuple[Cue, Span]]:
    """The cues of a sentence with their words; of cues that overlap the first counts."""
    text = draft.document.text
    low = text[slice(*sentence)].lower()
    taken: list[Span] = []
    for cue in _likely(low):
        for match in cue.pattern.finditer(text, *sentence):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if _states(draft, cue, match.span()):
                taken.append(match.span())
                yield cue, match.span()
            elif match[0].lower() == "followed" and _ALONE.match(text, match.end()):
                yield replace(cue, place="alike"), match.span()


def _states(draft: Draft, cue: Cue, words: Span) -> bool:
    """Whether the words state here what they can state."""
    text = draft.document.text
    said = text[words[0] : words[1]].lower()
    before, after = text[max(0, words[0] - 24) : words[0]], text[words[1] : words[1] + 40]
    if cue.place == "back" and cue.kind == "caused_by" and after.startswith(" of "):
        return False
    if (cue.place == "back" or cue.kind == "response_to") and re.search(
        r"\b(?:right to|refus\w+ to|declin\w+ to)\s+$", before, re.I
    ):
        return False
    if said.startswith("the ") and re.search(r"\b(?:of|until|till|by|before|from)\s+$", before, re.I):
        return False
    if said in ("answers", "reacts to", "answer to") and re.match(r"\s+(?:that|for)\b(?! of\b)", after):
        return False
    if said in ("why", "what for"):
        return before.rstrip(' "“\n')[-1:] in ("", ".", "?", "!", ":", "-") and after[:1] == "?"
    if said in ("citing", "invoking") and _SOURCE.match(after):
        return False
    if said == "for" and re.match(r"\s+\w+\s+part\b(?! in\b)", after):
        return False
    if said == "accusing" and re.search(
        r"\b(?:is|are|was|were|been|be|of|by|for)\s+(?:\w+ly\s+)?$", before, re.I
    ):
        return False
    if said == "when":
        return _meanwhile(draft, words, before)
    if said in ("over", "for"):
        word = draft.reading.words_in(words)[0]
        if draft.reading.pos(word) not in ("ADP", "SCONJ") or draft.reading.relation(word) not in (
            "case",
            "mark",
        ):
            return False
        preceding, following = _no_cause()
        governing = draft.reading.head(draft.reading.head(word))
        if said == "over" and governing >= 0 and preceding.match(draft.reading.lower(governing) + " "):
            return False  # "charged on Friday over", "fired three rounds over"
        return (
            following.match(after) is None
            and preceding.search(before) is None
            and re.match(r"\s+[\w\"“]", after) is not None
        )
    if said.endswith("due to"):
        word = draft.reading.words_in((words[1], words[1] + 24))[0]
        return not (word < len(draft.reading) and draft.reading.pos(word) in ("VERB", "AUX"))
    if cue.place == "prior":
        sentence = draft.span(draft.reading.sentence(draft.reading.words_in(words)[0]))
        opens = words[0] - sentence[0] < _OPENS
        return opens and re.search(r"\bhad\b", text[slice(*sentence)]) is not None
    if cue.kind == "after" and cue.place == "back":
        sentence = draft.span(draft.reading.sentence(draft.reading.words_in(words)[0]))
        return answering().search(text, *sentence) is None and _sequel(draft, said, words, sentence, before)
    if cue.kind == "after":
        if said.endswith("after") and re.match(r"\s+(?:all|that|which)\b", after):
            return False
        if said == "after" and _idiom(before, after):
            return False
        if said in ("following", "follow", "follows", "followed"):
            return _follows(draft, words, after)
    return True


_OPENS = 14  # characters before words that still open their sentence
# "A reply, it said, to", "a symmetrical answer to"; "had hardly landed when".
_ASIDE = (
    r"\b(?:answer|reply|response|riposte),[^,;.]{3,40},\s+to\b"
    r"|\b(?:an?|the|its|their)\s+(?:(?!to\b)[\w-]+\s+){1,2}(?:answer|reply|response|riposte|reaction)\s+to\b"
)
_HARDLY = ("barely", "hardly", "scarcely", "no sooner")
_BARELY = (
    r"\b(?:had|has|was|were)\s+(?:barely|hardly|scarcely|no sooner)\b[^.;:]{1,60}?\b(?:when|than|before)\b"
)
# "The order was answered within a day by", "has drawn from Lomé"; "met that gesture with"; "What had the consul done?"
_PASSED = ("answered", "matched", "repaid", "reciprocated", "countered", "drew", "drawn")
_PASSIVE = (
    r"\b(?:was|were|been|is|are|be)\s+(?:\w+ly\s+)?(?:answered|matched|repaid|reciprocated|countered)\b"
    r"[^.;:]{0,40}?\b(?:by|with)\b|\b(?:drew|has drawn|had drawn)\s+(?:from|a|an|the|its)\b"
)
_MET = (
    r"\b(?:met|meets)\s+(?:this|that|the|these|those|such|\w+['’]s)\s+(?:\w+\s+){0,2}?"
    r"(?:gestures?|steps?|moves?|measures?|decisions?|expulsions?|orders?|closures?|acts?|affront|insult)\s+with\b"
)
# "Traced the decision to", "links the break to", "based the step on".
_LAYING = (
    "linked", "links", "ascribed", "ascribes", "ascribing", "attributed", "attributes", "attributing", "traced",
    "traces", "tracing", "tied", "ties", "tying",
    "based", "bases", "basing", "blamed", "blames", "blaming", "grounded", "grounds", "founded",
)  # fmt: skip
_LAID = (
    rf"\b(?:{'|'.join(_LAYING)})\s+(?:the|this|that|its|these|both|all|it|\w+['’]s)\s*(?:[\w-]+\s+){{0,2}}?"
    r"(?:steps?|moves?|measures?|decisions?|expulsions?|orders?|break|rupture|closures?|recalls?|severance|ban|cuts?|"
    r"withdrawal|action|lowering|refusal|it|this|that)\s+(?:to|on|in|down to)\b"
)
# "Behind the order stands a quarrel", "at the root of it is".
_BEHIND = (
    r"\b(?:behind|at the (?:root|bottom|heart) of)\s+(?:it|this|that|all this|(?:the|this|that|these|those)\s+\w+)"
    r"\b[^.;:]{0,50}?\b(?:stands?|stood|lies?|lay|is|was|are|were)\b"
)
_ASKED = r"\bwhat (?:had|have|has)\s+(?:[\w-]+\s+){1,4}?done\?"
_SUCCEEDED = r"\b(?:was|were|been|is|are)\s+followed\b[^.;:]{0,40}?\bby\b"
# Somebody who follows nothing that the sentence names does as another did.
_ALONE = re.compile(r"\s*(?:[.,;:]|(?:on|in|within|suit|yesterday|today|later|hours|days)\b)", re.I)
# Whoever is cited for the news gives no ground for the measure.
_SOURCE = re.compile(
    r"\s+[\"“]?(?:[\w.'’-]+\s+){0,3}?(?:officials?|sources?|persons?|people|diplomats?|agency|agencies|reports?|media|"
    r"minister|ministry|spokes\w+|envoys?|documents?|witnesses|papers?|newspapers?|aides?|insiders?)\b",
    re.I,
)
_LOOKED = re.compile(
    r"\b(?:look(?:ed|ing|s)?|nam(?:ed|ing)|ask(?:ed|ing)?|sought|seeking|takes?|took)\s+$", re.I
)


def _sequel(draft: Draft, said: str, words: Span, sentence: Span, before: str) -> bool:
    """ "Then" and "within hours" tell what came next where they open a sentence or stand with a verb of their own."""
    if said == "then":
        return re.search(
            r"\b(?:since|by|until|from|till)\s+$", before, re.I
        ) is None and not draft.document.text[words[1] : words[1] + 1].startswith(("?", "."))
    if said.startswith("within"):
        return words[0] - sentence[0] < 6 or "hour" in said
    return True


def _meanwhile(draft: Draft, words: Span, before: str) -> bool:
    """ "Recalled its envoy when Chile closed the border": a deed in the past, and what it followed, without a pause."""
    reading = draft.reading
    word = reading.words_in(words)[0]
    verb = reading.head(word)
    above = reading.head(verb) if verb >= 0 else -1
    if (
        above < 0
        or reading.relation(verb) != "advcl"
        or not word > above
        or before.rstrip()[-1:] in (",", "-", "–")
    ):
        return False
    past = all(reading.feat(each, "Tense") == "Past" for each in (above, verb))
    return past and bool(syntax.kids(reading, verb, "nsubj"))


def _idiom(before: str, after: str) -> bool:
    """ "Year after year", "looked after"."""
    if _LOOKED.search(before):
        return True
    last, following = re.search(r"(\w+)\s+$", before), re.match(r"\s+(\w+)", after)
    return last is not None and following is not None and last[1].lower() == following[1].lower()


def _follows(draft: Draft, words: Span, after: str) -> bool:
    """A sequence: not "the following day", "follows the war", "followed suit"."""
    if _ALONE.match(after) or re.match(r"\s+(?:up|through|day|morning|week|month|year)\b", after):
        return False
    word = draft.reading.words_in(words)[0]
    before = draft.reading.lower(word - 1) if word else ""
    return not (draft.document.text[words[0] : words[1]].lower() == "follows" and before in ("who", "which"))
