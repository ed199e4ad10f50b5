"""The condition of a claim: its if, unless or until clause, told apart from the content.

Requires the tree. A condition stands at an edge of the content, or beside the cue in the same sentence
("Unless the decision was reversed, the ambassador said, she would propose…").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.inflect import verb_of
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_MARKS = frozenset(("if", "unless", "until", "till", "provided", "lest", "once"))
# Fixed forms that open a condition, by their first word. ("If need be" opens with a mark.)
_FIXED = {
    "failing": (("failing", "that"), ("failing", "this")),
    "depending": (("depending", "on"),),
    "as": (("as", "long", "as"), ("as", "soon", "as")),
    "so": (("so", "long", "as"),),
    "in": (("in", "case"), ("in", "the", "event"), ("in", "that", "event")),
    "on": (("on", "condition", "that"), ("on", "the", "condition"), ("on", "the", "understanding")),
    "only": (("only", "if"), ("only", "when")),
    "barring": (("barring",),),
    "assuming": (("assuming",),),
    "supposing": (("supposing",),),
    "providing": (("providing", "that"), ("providing", "the")),
}

_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday noon midnight tomorrow tonight now".split()
)
_ASKING = frozenset("ask know see say tell doubt question decide learn check examine consider".split())

# "As soon as possible", "as long as he likes", "on condition that his name not be used": nothing hangs on these.
_NO_CONDITION = frozenset(
    ("possible", "likes", "wishes", "named", "name", "anonymity", "identified", "quoted")
)


@once
def conditions(reading: Reading, sentence: WordSpan) -> tuple[WordSpan, ...]:
    """Every condition in a sentence, in order."""
    found: list[WordSpan] = []
    start, end = sentence
    for word in range(start, end):
        if found and any(a <= word < b for a, b in found):
            continue
        lower = reading.lower(word)
        if lower in _MARKS:
            if lower == "if" and word > start and reading.lower(word - 1) == "as":
                continue  # "as if the country were a colony"
            if lower == "once" and not _opens_clause(reading, word):
                continue  # "at once", "once more"
            span = _clause(reading, word, sentence)
            if span is not None:
                found.append(span)
        elif lower in _FIXED and any(_at(reading, word, end, fixed) for fixed in _FIXED[lower]):
            stop = _comma(reading, word + 2, end)
            if lower == "as" and not any(reading.pos(at) in ("VERB", "AUX") for at in range(word + 3, stop)):
                continue  # "as soon as that evening"
            if not _NO_CONDITION & {reading.lower(at) for at in range(word + 2, stop)}:
                found.append((word, stop))
        elif lower in ("should", "were", "had") and _inverted(reading, word, start, end):
            found.append((word, _comma(reading, word + 1, end)))
    return tuple(found)


def _opens_clause(reading: Reading, word: int) -> bool:
    head = syntax.parent(reading, word)
    return reading.deprel(word) == "mark" and head is not None and head > word


def _at(reading: Reading, word: int, end: int, fixed: tuple[str, ...]) -> bool:
    return word + len(fixed) <= end and all(reading.lower(word + n) == part for n, part in enumerate(fixed))


def _clause(reading: Reading, word: int, sentence: WordSpan) -> WordSpan | None:
    """The clause that a conjunction opens; None where "if" means whether."""
    start, end = sentence
    head = syntax.parent(reading, word)
    if (
        head is not None
        and syntax.relation(reading, head) in ("ccomp", "xcomp", "obj")
        and reading.lower(word) == "if"
    ):
        above = syntax.parent(reading, head)
        if above is not None and above < word and not _announcing(reading, above):
            return None
    if reading.lower(word) in ("until", "till"):
        behind = range(word + 2, _comma(reading, word + 1, end))
        finite = any(reading.pos(at) == "AUX" or reading.feat(at, "VerbForm") == "Fin" for at in behind)
        if not finite and (reading.lower(word + 1) in _DAYS or reading.pos(word + 1) == "NUM"):
            return None  # "until Wednesday to depart"
        if not finite and head is not None and reading.pos(head) not in ("VERB", "AUX", "ADJ"):
            return None  # "until Friday" is a date
    if reading.lower(word + 1) == "not" and reading.pos(word + 2) in (
        "ADP",
        "DET",
        "ADJ",
        "NOUN",
        "PROPN",
        "PRON",
    ):
        return None  # "in Bucharest, if not in Athens"
    stop = _comma(reading, word + 1, end)
    if head is not None and head > word:
        a, b = reading.subtree(head)
        b = min(b, _last_word(reading, head) + 1)
        if _opens_sentence(reading, word, start) and b >= end - 1:
            b = _first_clause(reading, word, end)  # the conjunction hangs on the verb of the main clause
        if a <= word < b <= end:
            stop = max(min(b, end), head + 1) if head < b else b
            while stop > word + 1 and reading.pos(stop - 1) == "PUNCT":
                stop -= 1
    return (word, stop) if stop - word > 1 and word >= start else None


def _announcing(reading: Reading, verb: int) -> bool:
    """ "Would be announced if the curfew was not lifted": a passive that takes no question."""
    return syntax.is_passive(reading, verb) and verb_of(reading.lower(verb), _ASKING) is None


def _last_word(reading: Reading, head: int) -> int:
    """The last word below a head; commas further on that the tree hangs on it do not count."""
    below = [child for child in reading.children(head) if reading.pos(child) != "PUNCT"]
    return max((head, *(_last_word(reading, child) for child in below)))


def _opens_sentence(reading: Reading, word: int, start: int) -> bool:
    return all(reading.pos(at) == "PUNCT" for at in range(start, word))


def _first_clause(reading: Reading, word: int, end: int) -> int:
    """Up to the first comma after a verb."""
    verb = False
    for at in range(word + 1, end):
        verb = verb or reading.pos(at) in ("VERB", "AUX")
        if verb and reading.word(at) in (",", ";"):
            return at
    return end


def _comma(reading: Reading, word: int, end: int) -> int:
    for at in range(word, end):
        if reading.word(at) in (",", ";", ":", "–", "—") or (at == end - 1 and reading.pos(at) == "PUNCT"):
            return at
    return end


def _inverted(reading: Reading, word: int, start: int, end: int) -> bool:
    """ "Should the court agree", "had it known", "were talks to fail": the auxiliary first, in no question."""
    if reading.word(end - 1) == "?" or word + 1 >= end:
        return False
    if reading.pos(word + 1) not in ("DET", "PROPN", "PRON", "NOUN", "ADJ"):
        return False
    if reading.lower(word + 1).endswith(("self", "selves")):
        return False  # "had himself arranged it"
    lower, before = reading.lower(word), reading.lower(word - 1) if word > start else ","
    opens = before in (",", ";", "and", "but", "“", '"', "–", "-")
    if lower == "should":
        return opens or reading.pos(word - 1) in ("NOUN", "PROPN", "ADJ", "ADV", "NUM")
    after = [reading.lower(at) for at in range(word + 2, min(word + 6, end))]
    if lower == "were":
        return opens and "to" in after
    if before in ("and", "but") or reading.lower(word + 1) in ("nothing", "no", "it", "none"):
        return opens and "been" in after and reading.lower(word + 1) != "nothing"
    return opens and (reading.pos(word + 1) == "PRON" or "been" in after)


def without(content: WordSpan, condition: WordSpan) -> WordSpan:
    """The longest stretch of a content that the condition leaves."""
    start, end = content
    a, b = condition
    if b <= start or end <= a:
        return content
    pieces = [(start, a), (b, end)]
    return max(pieces, key=lambda piece: piece[1] - piece[0])
