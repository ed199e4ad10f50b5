"""Which day a measure was taken on: a scored choice among the days that its words and those around it name.

A conditional logistic model, fitted by ``python -m training.act_dates`` on annotated reports. The days are those of the
temporal expressions in its sentence and those around it, those of the measures told before, the day of the report,
and none at all. How an expression hangs on the measure, how the measure is told and what went before are features of
a day; the weights stand in ``data/dating.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.days import (
    begins_later,
    day_of,
    is_ahead,
    is_by_then,
    is_of_a_term,
    is_parted,
    is_term,
    news_days,
)
from onrecord.coding.acts.lexicon import SPOKEN
from onrecord.model import dates
from onrecord.model.records import Act, Time

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft
    from onrecord.coding.time.types import Timex
    from onrecord.model.records import Event
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

WEIGHTS = Path(__file__).parent / "data" / "dating.json"

_OVER = frozenset(("Past", "has", "had", "was"))
_BACK = 3  # sentences before the measure whose days may be its own
_PREPOSITIONS = frozenset(
    "on in since by until till from after before of for at within during as effective to than following".split()
)
_CLOCK = re.compile(r"^\W*(?:\d{1,2} ?[:.] ?\d\d|\d{4} ?(?:GMT|h\b))")
_OPEN = frozenset("now still already yet recently lately earlier once since".split())
_ACROSS = frozenset(
    ("when", "after", "which", "who", "since", "that", "and", "but", "because", "where", ",", ";", ":")
)
_TENSES = (
    ("had", frozenset(("had",))),
    ("has", frozenset(("has", "have", "'ve"))),
    ("will", frozenset(("will", "would", "shall"))),
    ("may", frozenset(("may", "must", "can", "could", "should"))),
    ("is", frozenset(("is", "are"))),
    ("was", frozenset(("was", "were"))),
)


@dataclass(slots=True)
class Option:
    """One day a measure may be of (``time`` None: none), and what speaks for it or against it."""

    time: Time | None
    names: set[str] = field(default_factory=set)

    @property
    def edtf(self) -> str | None:
        return None if self.time is None else self.time.edtf


def options(
    draft: Draft,
    match: Match,
    event: Event,
    clause: WordSpan,
    party: Party | None,
    told: Sequence[tuple[Act, str, bool]],
    triggers: Sequence[int],
) -> list[Option]:
    """Every day that may be the measure's, each once, with its features; "none" is the first."""
    found = _Days(draft, match, event)
    news = news_days(draft)
    days = f"days {min(len({timex.edtf for timex in news}), 3)}"
    found.add(None, "none", [*_of_none(draft, match, event), f"none {days}", f"none act {match.rule.act}"])
    if draft.day is not None:
        day = draft.day.isoformat()
        names = [*_of_report(draft, match, event), f"report {days}", f"report act {match.rule.act}"]
        found.add(Time(edtf=day, anchor=day, basis="default"), "report", names)
    if news and (lead := news[0].time) is not None:
        names = [f"lead {tense(draft.reading, match.word)}", f"lead {days}"]
        names.append(f"lead paragraph {min(_paragraph(draft, match.word), 3)}")
        found.add(lead.model_copy(update={"basis": "inherited", "phrase": None}), "lead", names)
    past = tense(draft.reading, match.word) in _OVER
    for timex in draft.timexes:
        time = day_of(draft, event, timex, past)
        if time is None or timex.type not in ("DATE", "TIME") or begins_later(draft, timex):
            continue
        if is_parted(draft, timex, match.word, triggers):
            continue
        by_then = past and is_by_then(draft, timex, match.word)
        if by_then or not is_term(draft.reading, timex):
            found.add(time, *_of_timex(draft, match, clause, timex, triggers, by_then))
    for place, names, time in _of_told(draft, match, party, told):
        found.add(time, place, names)
    if event.time is not None and not is_of_a_term(draft, event.time):
        found.add(event.time, "event", ["event", f"event {event.time.basis}"])
    return found.all()


class _Days:
    """The days gathered so far, one option for each."""

    def __init__(self, draft: Draft, match: Match, event: Event) -> None:
        self._draft, self._status = draft, event.status
        self._speech = match.rule.act in SPOKEN
        self._found: dict[str | None, Option] = {}

    def add(self, time: Time | None, place: str, names: Sequence[str]) -> None:
        """One more thing that speaks of a day; ``place`` is where it is told, empty where it is too far."""
        if not place:
            return
        key = None if time is None else time.edtf
        option = self._found.setdefault(key, Option(time))
        if option.time is not None and time is not None and option.time.phrase is None:
            option.time = time
        option.names.update(names)
        option.names.update((place, f"{self._status} {place}"))
        if self._speech:
            option.names.add(f"speech {place}")
        option.names.update(f"{place} {each}" for each in self._of_day(time))

    def _of_day(self, time: Time | None) -> Iterator[str]:
        if time is None:
            return
        yield f"grain {dates.precision(time.edtf)}"
        day, lower = self._draft.day, dates.parse(time.edtf).lower
        if day is None or lower is None:
            return
        apart = (lower - day).days
        yield "ahead" if apart > 0 else "today" if apart == 0 else "week" if apart >= -7 else "past"
        if apart > 0:
            yield f"ahead {self._status}"

    def all(self) -> list[Option]:
        """The options in the order of their first mention."""
        return list(self._found.values())


def tense(reading: Reading, word: int) -> str:
    """How the measure is told: the auxiliaries of its verb, else its own form."""
    if reading.pos(word) not in ("VERB", "AUX"):
        return reading.pos(word)
    auxiliaries = set(syntax.auxiliaries(reading, word))
    for name, forms in _TENSES:
        if auxiliaries & forms:
            return name
    form = reading.feat(word, "VerbForm")
    return reading.feat(word, "Tense") if form == "Fin" else form


def _of_none(draft: Draft, match: Match, event: Event) -> list[str]:
    reading, word = draft.reading, match.word
    here = {reading.lower(at) for at in range(*draft.sentence(word))}
    names = [f"none {tense(reading, word)}", f"none section {draft.section_of(word)}"]
    names += [f"none with {each}" for each in sorted(here & _OPEN)]
    names.append("none background" if event.background else "none news")
    if match.doer is not None:
        names.append(f"none doer {reading.pos(match.doer)}")
    return names


def _of_report(draft: Draft, match: Match, event: Event) -> list[str]:
    reading, word = draft.reading, match.word
    how, paragraph = tense(reading, word), _paragraph(draft, word)
    names = [
        f"report {how}",
        f"report paragraph {min(paragraph, 3)}",
        f"report {how} {min(paragraph, 2)}",
        "report of history" if event.background else "report of news",
    ]
    if _CLOCK.match(syntax.text_of(reading, draft.sentence(word))):
        names.append("report at a clock time")
    if not _any_day(draft):
        names.append("report without days")
    opening = draft.document.text[:300].lower()
    if any(
        each in opening for each in ("communiqu", "statement", "note verbale", "ministry of foreign affairs")
    ):
        names += ["report of a ministry", f"report of a ministry {how}"]
    return names


def _any_day(draft: Draft) -> bool:
    """Whether the report names any day but its own."""
    day = draft.day.isoformat() if draft.day is not None else None
    return any(timex.edtf is not None and timex.edtf != day for timex in draft.timexes)


def _paragraph(draft: Draft, word: int) -> int:
    """Which paragraph of the text the word stands in."""
    body = next((section.span[0] for section in draft.document.sections if section.kind == "body"), 0)
    return draft.document.text[body : draft.reading.start(word)].strip().count("\n\n")


def _of_timex(
    draft: Draft, match: Match, clause: WordSpan, timex: Timex, triggers: Sequence[int], by_then: bool
) -> tuple[str, list[str]]:
    """Where an expression stands to the measure, and how; nowhere where it is too far. ``by_then``: the day by which
    the measure had been taken, as good as the day on which it was."""
    reading, word = draft.reading, match.word
    first, end = reading.words_in(timex.span)
    here, there = reading.sentence_of(word), reading.sentence_of(min(first, len(reading) - 1))
    if first == end or not -1 <= here - there <= _BACK:
        return "", []
    preposition = "on" if by_then else _preposition(reading, first)
    if there == here:
        return "here", list(_here(draft, match, clause, (first, end), preposition, triggers))
    place = "title" if draft.section_of(first) == "title" else "next" if there > here else "before"
    low, high = min(first, word), max(first, word)
    between = sum(low < each < high for each in triggers)
    names = [
        f"{place} {here - there}",
        f"{place} prep {preposition}",
        f"{place} measures between {min(between, 2)}",
    ]
    if "\n\n" in draft.document.text[reading.start(low) : reading.start(high)]:
        names.append(f"{place} in another paragraph")
    if _of_a_noun(reading, first, end):
        names.append(f"{place} of a noun")
    if first <= reading.sentence_spans[there][0] + 2:
        names.append(f"{place} opens")
    if syntax.parent(reading, _head(reading, (first, end))) in triggers:
        names.append(f"{place} on a measure")
    return place, names


def _preposition(reading: Reading, first: int) -> str:
    """The preposition of an expression, inside it or up to two words before."""
    for at in (first, first - 1, first - 2):
        if at >= 0 and reading.lower(at) in _PREPOSITIONS:
            return reading.lower(at)
    return "none"


def _here(
    draft: Draft, match: Match, clause: WordSpan, words: WordSpan, preposition: str, triggers: Sequence[int]
) -> Iterator[str]:
    """How an expression in the measure's own sentence stands to it."""
    reading, word = draft.reading, match.word
    first, end = words
    low, high = min(first, word), max(first, word)
    yield "here in the clause" if clause[0] <= first < clause[1] else "here beside the clause"
    yield "here before" if first < word else "here after"
    yield f"here prep {preposition}"
    yield f"here distance {min(5, abs(first - word if first > word else word - end + 1) // 4)}"
    yield f"here measures between {min(sum(low < each < high for each in triggers), 2)}"
    if min(triggers, key=lambda each: abs(each - first), default=word) == word:
        yield "here nearest to this"
    if _of_a_noun(reading, first, end):
        yield "here of a noun"
    if end < len(reading) and reading.lower(end) in ("'s", "’s"):
        yield "here possessive"
    yield from (
        f"here across {each}" for each in sorted({reading.lower(at) for at in range(low, high)} & _ACROSS)
    )
    yield from _tied(reading, word, _head(reading, words))


def _head(reading: Reading, words: WordSpan) -> int:
    """The first word of an expression whose own head stands outside it."""
    start, end = words
    return next((word for word in range(start, end) if not start <= reading.head(word) < end), start)


def _tied(reading: Reading, word: int, at: int) -> Iterator[str]:
    """The way in the tree from an expression to the measure."""
    above = syntax.parent(reading, at)
    yield f"here as {reading.deprel(at)}"
    if above is None:
        yield "here at the root"
        return
    if above == word:
        yield "here on the measure"
        return
    yield f"here on a {reading.pos(above)}"
    if reading.pos(above) == "VERB":
        yield f"here on {reading.lemma(above)}"
    if above in [each for each, _ in syntax.governors(reading, word)]:
        yield "here above"
        yield f"here above as {reading.pos(above)}"
        return
    way, current = "", above
    for _ in range(8):
        way = reading.relation(current)
        parent = syntax.parent(reading, current)
        if parent is None:
            break
        if parent == word:
            yield f"here below {way}"
            return
        current = parent
    alike = syntax.first_conjunct(reading, above) == syntax.first_conjunct(reading, word)
    yield "here on its neighbour" if alike else "here elsewhere"


def _of_a_noun(reading: Reading, first: int, end: int) -> bool:
    """The expression dates a thing beside the measure: "the 2014 explosion"."""
    for word in range(first, end):
        above = reading.head(word)
        if not first <= above < end:
            relation = reading.deprel(word)
            noun = above >= 0 and reading.pos(above) == "NOUN"
            return noun and (relation in ("compound", "amod", "nummod", "nmod:poss"))
    return False


def _of_told(
    draft: Draft, match: Match, party: Party | None, told: Sequence[tuple[Act, str, bool]]
) -> Iterator[tuple[str, list[str], Time]]:
    """The days of the measures told before: of the last, and of the last between the same parties, in the paragraph
    and before it."""
    reading, word = draft.reading, match.word
    here, sentence = reading.start(word), reading.sentence_of(word)
    pair = (party.sending, party.receiving) if party is not None else (None, None)
    seen: set[str] = set()
    dated_last = True
    for rank, (act, status, title) in enumerate(reversed(told)):
        day, at = act.dates.act, act.evidence[0][0]
        if day is None:
            dated_last = dated_last and rank != 0
            continue
        paragraph = "\n\n" not in draft.document.text[min(at, here) : max(at, here)]
        place = "title told" if title else "told" if paragraph else "told far"
        tie = _tie(pair, (act.mission.sending, act.mission.receiving))
        kind = f"{place} {tie}"
        if kind in seen:
            continue
        seen.add(kind)
        apart = sentence - reading.sentence_of(reading.words_in(act.evidence[0])[0])
        names = [
            kind,
            f"{place} {day.basis}",
            f"{place} {min(max(apart, 0), 3)} sentences",
            f"{place} rank {min(rank, 2)}",
            f"{place} {status}",
            f"{place} {tense(reading, word)}",
        ]
        if act.act == match.rule.act:
            names.append(f"{place} alike")
        if not dated_last:
            names.append(f"{place} before one without a day")
        if act.mission.receiving == pair[1]:
            names.append(f"{place} by the same")
        basis = "default" if day.basis == "default" else "inherited"
        yield place, names, day.model_copy(update={"basis": basis, "phrase": None})


def _tie(pair: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> str:
    """How the parties of an earlier measure stand to those of this one."""
    if other == pair:
        return "same"
    if other == pair[::-1]:
        return "turned"
    return "sharing" if set(other) & set(pair) else "strange"


def announced(found: list[Option], day: date | None) -> list[Option]:
    """The days of what is announced, and thereby done: it has one, and that is over by the ``day`` of the report."""
    over = [each for each in found if each.time is not None and not is_ahead(each.time.edtf, day)]
    return over or found


def choose(found: Sequence[Option]) -> Option:
    """The likeliest day, the first of equals."""
    model = weights()
    return max(found, key=lambda each: sum(model.get(name, 0.0) for name in sorted(each.names)))


@cache
def weights() -> dict[str, float]:
    """The weights by feature; a feature without one counts nothing."""
    with WEIGHTS.open(encoding="utf-8") as file:
        model: dict[str, float] = json.load(file)
    return model
