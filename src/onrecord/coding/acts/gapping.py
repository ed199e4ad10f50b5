"""Measures whose verb is said once and left out for the next state: "Britain expelled three Syrians and France the
ambassador", "had Poland bring its embassy down from 50 to 18 and Lithuania from 25 to 14".

Requires a measure found and its parties. Gives, for each state that stands without a verb behind a comma or "and" of
the same sentence, what falls to it and between whom; a bare number behind a state is the business of ``lists``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, unit_of
from onrecord.coding.acts.counting import is_single
from onrecord.coding.acts.lexicon import CEILINGS, CLOSED, CLOSING, SENT_AWAY, first_rule
from onrecord.coding.acts.numbers import Numbers, numbers_of
from onrecord.coding.acts.told import Party
from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.coding.acts.names import Names
    from onrecord.coding.acts.rules import Match
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_JOIN = frozenset((",", ";", "and", "while", "but", "–", "—"))
_OPENING = frozenset(("the", "a", "an", "its", "his", "her", "their"))
_PEOPLE = SENT_AWAY | {"recall", "summon", "deny_accreditation"}
_COUNTED = _PEOPLE - {"summon"}
_REACH = 7  # words from a state to what falls to it


@dataclass(frozen=True, slots=True)
class Gap:
    """A state without a verb: its word and code, what falls to it, and the words of both."""

    word: int
    code: str
    target: int | None
    count: Count | None
    ceiling: tuple[Count | None, Count] | None
    words: WordSpan


def gapped(
    reading: Reading, names: Names, match: Match, head: Party, found: Iterable[Gap]
) -> Iterator[tuple[Match, Party, Numbers, WordSpan]]:
    """The measures of the states found without a verb behind one, with their parties, numbers and words."""
    for gap in found:
        if (party := _between(reading, names, match, head, gap)) is not None:
            further = _as_match(reading, match, gap)
            yield further, party, _numbers(reading, further, gap), gap.words


def gaps(reading: Reading, names: Names, match: Match) -> list[Gap]:
    """The states that stand without a verb behind a measure, in their order."""
    act = match.rule.act
    if (
        act not in _PEOPLE | CLOSING | CEILINGS
        or reading.pos(match.word) not in ("VERB", "AUX")
        or syntax.is_passive(reading, match.word)
    ):
        return []
    found: list[Gap] = []
    _, last = syntax.sentence(reading, match.word)
    for word in range(match.word + 2, last - 1):
        before = word - 2 if reading.lower(word - 1) == "the" else word - 1
        code = names.named(word)
        if code is None or names.people_of(word) is not None or reading.lower(before) not in _JOIN:
            continue
        after = word + 1
        while after < last and names.named(after) == code:
            after += 1
        if after < last and (gap := _gap(reading, act, word, code, after, last)) is not None:
            found.append(gap)
    return found


def _gap(reading: Reading, act: str, word: int, code: str, after: int, last: int) -> Gap | None:
    """What falls to a state: a ceiling, or a noun of what the measure falls upon."""
    if act in CEILINGS:
        ceiling, end = _ceiling(reading, after, last)
        return None if ceiling is None else Gap(word, code, None, None, ceiling, (word, end))
    after += reading.lower(after) == "with"
    counted = count_at(reading, after, last) if after < last else None
    if after >= last or (reading.lower(after) not in _OPENING and counted is None):
        return None
    wanted = CLOSED.keys() if act in CLOSING else ("people",)
    start = after + 1 if counted is None else counted.words[1]
    for at in range(start, min(last, after + _REACH)):
        pos = reading.pos(at)
        if pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ", "PART") or (pos == "ADP" and at == start):
            return None
        if pos not in ("NOUN", "PROPN") or not class_of(reading, at).intersection(wanted):
            continue
        if at + 1 < last and reading.pos(at + 1) in ("NOUN", "PROPN", "PART") and not _ends(reading, at):
            continue
        told = at + 1 < last and reading.pos(at + 1) in ("VERB", "AUX")
        return None if told else Gap(word, code, at, counted, None, (word, at + 1))
    return None


def _ends(reading: Reading, at: int) -> bool:
    """A noun that ends its phrase whatever follows: "the ambassador Juan Soto", "the ambassador on Monday"."""
    return reading.pos(at + 1) == "PROPN" and "people" in class_of(reading, at)


def _ceiling(reading: Reading, at: int, last: int) -> tuple[tuple[Count | None, Count] | None, int]:
    """The ceilings behind a state, and where they end: "from 25 to 14", "to 14", "16"."""
    old: Count | None = None
    if reading.lower(at) == "from" and (old := count_at(reading, at + 1, last)) is not None:
        at = old.words[1]
    at += at < last and reading.lower(at) == "to"
    new = count_at(reading, at, last) if at < last else None
    if new is None or not new.value:
        return None, at
    end = new.words[1]
    thing = end < last and reading.pos(end) == "NOUN" and "people" not in class_of(reading, end)
    return (None, end) if thing else ((old, new), end)


def _between(reading: Reading, names: Names, match: Match, head: Party, gap: Gap) -> Party | None:
    """Between whom the measure of a state without a verb is: in the place of the one whose verb was said, against the
    same other, unless what falls to it says whose it is or where."""
    doer = names.code(match.doer)
    if (
        match.rule.act in CEILINGS
    ):  # "Minsk asked that Poland bring it down …, and Lithuania": who is to do it
        first, _ = syntax.sentence(reading, match.word)
        named = (names.named(at) for at in range(match.word - 1, first - 1, -1))
        doer = next((code for code in named if code is not None), doer)
    sending, receiving = head.sending, head.receiving
    own = doer is not None and doer == sending
    if sending is None or receiving is None or (doer is not None and doer not in (sending, receiving)):
        return None
    if own:
        place = _named_by(reading, names, gap, ("in", "to", "from"))
        other = place or (sending if gap.code == receiving else receiving)
        return None if other == gap.code else Party(gap.code, other, None, [], own=True)
    owner = _named_by(reading, names, gap, ("of",))
    other = owner or (receiving if gap.code == sending else sending)
    return None if other == gap.code else Party(other, gap.code, None, [])


def _named_by(reading: Reading, names: Names, gap: Gap, ties: tuple[str, ...]) -> str | None:
    """The party that what falls to a state names: before the noun ("Estonia its Russian attaché"), or behind it by a
    preposition ("Italy its consulate in Benghazi"). The order of the words tells it, for the tree goes astray here."""
    if gap.target is None:
        return None
    after = gap.target + 1
    _, last = syntax.sentence(reading, gap.target)
    places = [*range(gap.word + 1, gap.target + 1)]
    if after < last and reading.lower(after) in ties:
        places = [at for at in range(after + 1, min(last, after + 3)) if reading.pos(at) != "PUNCT"]
    elif "of" not in ties:
        places = []
    return next((code for at in places if (code := names.named(at)) not in (None, gap.code)), None)


def _as_match(reading: Reading, match: Match, gap: Gap) -> Match:
    """The measure of a state without a verb, told by the verb that was said; another kind of closing where another kind
    of house falls to it."""
    rule = match.rule
    if rule.act in CLOSING and gap.target is not None:
        classes = class_of(reading, gap.target)
        act = next((act for kind, act in CLOSED.items() if kind in classes), rule.act)
        rule = rule if act == rule.act else first_rule(act)
    return replace(match, rule=rule, target=gap.target, doer=gap.word, ceiling=gap.ceiling, count=gap.count)


def _numbers(reading: Reading, match: Match, gap: Gap) -> Numbers:
    """Its numbers: those behind the state, and no number of the measure whose verb was said."""
    numbers = numbers_of(reading, match, gap.words)
    if gap.target is not None and match.rule.act in _COUNTED:
        numbers.unit = unit_of(reading, gap.target) or numbers.unit
        if gap.count is None:
            numbers.number = 1.0 if is_single(reading, gap.target, alone=True) else None
    return numbers
