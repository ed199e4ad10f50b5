"""Events to be dated and the expressions that may date them, with the small questions that all features ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from onrecord.coding.once import once
from onrecord.coding.time.types import Timex
from onrecord.model import dates

if TYPE_CHECKING:
    from onrecord.reading.types import Reading, WordSpan

Features = dict[str, float]

NEWS_DAYS = 7
AHEAD = ("future", "hypothetical")
REPORTING = frozenset(
    "say tell announce add report state declare note warn insist stress claim argue admit reveal disclose confirm "
    "deny quote cite comment explain describe suggest believe think hope expect".split()
)
QUOTES = frozenset(('"', "``", "''", "“", "”"))
VERBAL = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "CONCEDE"))
_FAR = 25  # steps up a tree: more than any sentence has, and an end to a broken one


@dataclass(slots=True)
class Mention:
    """An event mention to be dated: its head word, and what is known of it."""

    word: int
    status: str
    background: bool
    type: str = ""


@dataclass(slots=True)
class Dated:
    """A temporal expression with calendar value, at its head word."""

    timex: Timex
    word: int
    lower: date | None
    upper: date | None


@dataclass(slots=True)
class Named:
    """What the reading says of the words that date an event: their span in code points, none where it names
    none, and how sure it is (a probability; above 1 the caller's own word)."""

    span: tuple[int, int] | None
    score: float = 1.0

    def names(self, timex: Timex) -> bool:
        """Whether the words and an expression overlap."""
        return self.span is not None and timex.span[0] < self.span[1] and self.span[0] < timex.span[1]


def dated(reading: Reading, timex: Timex, named: Named | None = None) -> Dated | None:
    """An expression as one that can date an event; vague references cannot.

    An amount without days of its own ("two days after the vote") can only where ``named`` names it.
    """
    edtf = timex.edtf
    if edtf is None and timex.alternatives and named is not None and named.names(timex):
        edtf = timex.alternatives[0]
    if edtf is None or timex.value.endswith("_REF"):
        return None
    word = _head_in(reading, timex.span)
    if word is None:
        return None
    interval = dates.parse(edtf)
    return Dated(timex, word, interval.lower, interval.upper)


@once
def _head_in(reading: Reading, span: tuple[int, int]) -> int | None:
    """The head of the words in a span of code points; None where it has none."""
    start, end = reading.words_in(span)
    return None if start == end else head(reading, (start, end))


def edtf_of(timex: Timex) -> str:
    """The days of an expression that can date an event, or those that it may have."""
    return timex.edtf or timex.alternatives[0]


def inside(
    reading: Reading, mention: Mention, timexes: Sequence[Timex], named: Named | None = None
) -> list[Dated]:
    """The expressions of the event's own sentence."""
    start, end = reading.span(*reading.sentence(mention.word))
    here = (timex for timex in timexes if start <= timex.span[0] < end)
    return [found for timex in here if (found := dated(reading, timex, named))]


def may_date(mention: Mention, timex: Timex, day: date | None, named: Named | None = None) -> bool:
    """What was done has begun by the document's day in one reading of the words at least; words that look ahead have
    one reading only ("must leave by the end of May"), but for a day that the reading names ("will leave on Friday
    after a three-day visit")."""
    if day is None or mention.status in AHEAD:
        return True
    term = timex.direction in ("by", "until") or named is None or not named.names(timex)
    alternatives = () if timex.ahead and term else timex.alternatives
    readings = [edtf for edtf in (timex.edtf, *alternatives) if edtf is not None]
    return any((lower := dates.parse(edtf).lower) is None or lower <= day for edtf in readings)


def is_news(each: Dated, day: date | None) -> bool:
    """A day or two within the week before publication."""
    if day is None or each.lower is None or each.upper is None:
        return False
    return 0 <= (day - each.upper).days <= NEWS_DAYS and (each.upper - each.lower).days < 2


def age(each: Dated, day: date | None) -> str:
    """Whether an expression lies ahead of the document's day, more than a week behind it, or around it."""
    if day is None:
        return "now"
    if each.upper is not None and (day - each.upper).days > NEWS_DAYS:
        return "old"
    return "ahead" if each.lower is not None and each.lower > day else "now"


# the tree


def head(reading: Reading, words: WordSpan) -> int:
    """The first word of a span whose own head stands outside it."""
    start, end = words
    return next((word for word in range(start, end) if not start <= reading.head(word) < end), start)


@once
def chain(reading: Reading, word: int) -> tuple[int, ...]:
    """A word and the words above it, up to the root."""
    found = [word]
    while len(found) < _FAR and (above := reading.head(found[-1])) >= 0:
        found.append(above)
    return tuple(found)


def basic(reading: Reading, word: int) -> str:
    """The relation of a word without its subtype."""
    return reading.deprel(word).partition(":")[0]


def subject(reading: Reading, word: int) -> int | None:
    """The subject of a word."""
    return next((child for child in reading.children(word) if basic(reading, child) == "nsubj"), None)


def auxiliaries(reading: Reading, word: int) -> set[str]:
    """The auxiliaries of a word, in small letters."""
    return {reading.lower(child) for child in reading.children(word) if basic(reading, child) == "aux"}


@once
def tense(reading: Reading, word: int) -> str:
    """had, perfect, present, Past, Pres, "_" where a verb has none of them, noun where it is no verb."""
    helpers = auxiliaries(reading, word)
    if "had" in helpers:
        return "had"
    if helpers & {"has", "have"}:
        return "perfect"
    if helpers & {"is", "are"}:
        return "present"
    return reading.feat(word, "Tense") if reading.pos(word) in ("VERB", "AUX") else "noun"
