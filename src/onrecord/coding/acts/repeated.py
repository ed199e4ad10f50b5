"""What a measure that points back at another is: the same kind, with its sides set anew.

Requires the measures told so far, with the rule of each and whether it was the sender who took it. Whoever was hit by
what is repeated returns it; anybody else joins the one who took it, against the same side. What is pointed at are all
measures that the same state took in the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import CEILINGS, SENT_AWAY
from onrecord.coding.acts.numbers import Numbers
from onrecord.coding.acts.rules import Match
from onrecord.coding.acts.told import Party
from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.coding.acts.ellipsis import Repeat
    from onrecord.coding.acts.lexicon import Rule
    from onrecord.coding.acts.parties import Parties
    from onrecord.model.records import Act
    from onrecord.reading.types import Reading

_NEAR = 320  # characters within which a repeated measure points back
_THOSE = frozenset(("they", "he", "she", "both", "all", "those", "these", "the", "neither"))
_THEY = frozenset(("they", "he", "she"))
_LEAVING = frozenset(("leave", "go", "quit", "depart", "pack", "give", "have", "allow"))
_COUNTED = frozenset(("recall", "persona_non_grata"))
_SURPLUS = frozenset(("above", "surplus", "excess", "supernumerary", "superfluous", "beyond"))
_PARTED = frozenset((",", ";", "and"))
_LIKEWISE = frozenset(
    ("in", "on", "with", "too", "also", "likewise", "later", "earlier", "last", "next", "a", "the")
)


def measures(
    reading: Reading,
    parties: Parties,
    again: Repeat,
    told: Sequence[tuple[Act, str, bool]],
    rules: Mapping[str, tuple[Rule, bool]],
) -> Iterator[tuple[Match, bool, Party, Numbers]]:
    """Every measure that a word which points back tells, one for each doer and each measure pointed at."""
    models = _pointed_at(reading, again, told, rules)
    if not models:
        return
    if again.more:
        act, (rule, own) = models[-1][0]
        if act.act in _COUNTED and again.count is not None:
            numbers = Numbers(number=again.count.value, unit=act.unit, words=[again.count.words])
            party = Party(act.mission.sending, act.mission.receiving, act.mission.host, [])
            yield Match(rule, again.word, None, None), own, party, numbers
        return
    doers = [(doer, again.count) for doer in parties.doers_at(again.doer)]
    for doer, count in doers + _going_on(reading, parties, again) if doers else ():
        for row in models:
            act, (rule, own) = next((each for each in row if _takes_part(each[0], doer)), row[0])
            sides = _sides(act, own, doer)
            if sides is None:
                continue
            numbers = Numbers(unit=act.unit, approximate=act.approximate, words=[])
            if count is not None:
                numbers.number, numbers.words = count.value, [count.words]
            elif (again.same_number and again.status != "negated") or act.number == 1.0:
                numbers.number = act.number
            yield Match(rule, again.word, None, again.doer), own, sides, numbers


def _going_on(reading: Reading, parties: Parties, again: Repeat) -> list[tuple[str, Count | None]]:
    """Further states of which the same is said without its verb: "Peru followed in May, Chile in June, Cuba too",
    "Riga answered with one, Vilnius with three"."""
    _, last = syntax.sentence(reading, again.word)
    found: list[tuple[str, Count | None]] = []
    for at in range(again.word + 1, last - 2):
        if reading.pos(at) in ("VERB", "AUX"):
            break
        code = parties.named(at + 1)
        if reading.lower(at) not in _PARTED or code is None:
            continue
        after = at + 2
        while after < last and parties.named(after) == code:
            after += 1
        if after < last and reading.lower(after) in _LIKEWISE:
            counted = count_at(reading, after + 1, last) if reading.lower(after) == "with" else None
            found.append((code, counted))
    return found


def goes_on(reading: Reading, match: Match, told: Sequence[tuple[Act, str, bool]]) -> list[Party]:
    """The mission of the people told of just before, where the measure goes on about them without a name: "the pair
    must be out by Sunday", "they were given a week"; none where it does not."""
    head = match.target
    if match.rule.act not in SENT_AWAY or head is None or not told:
        return []
    start, end = reading.phrase(head)
    named = any(reading.word(at)[:1].isupper() and at != start for at in range(start, end))
    opening = reading.lower(start) in _THOSE or reading.lower(head) in _THOSE
    last = told[-1][0]
    if named or not opening or last.act not in SENT_AWAY or match.doer is not None:
        return []
    offset = reading.start(match.word)
    between = reading.text[last.evidence[0][0] : offset]
    apart = "\n\n" in between and reading.lower(head) not in _THEY
    if apart or not 0 <= offset - last.evidence[0][0] < _NEAR:
        return []
    return [Party(last.mission.sending, last.mission.receiving, last.mission.host, [])]


def _are_too_many(reading: Reading, match: Match) -> bool:
    """ "Those above the number must leave", "those who are surplus": how many the ceiling says."""
    if match.target is None:
        return False
    start, end = reading.phrase(match.target)
    words = {reading.lower(at) for at in range(start, max(end, min(match.word, end + 4)))}
    return not words.isdisjoint(_SURPLUS)


def leaving(
    reading: Reading, match: Match, told: Sequence[tuple[Act, str, bool]], count: float | None
) -> Act | None:
    """The ceiling told just before, whose cut it is that so many must leave ("the seven who are too many have a week
    to go"), or the last one told, where it is those above it; None where the measure is one of its own."""
    if match.rule.act != "persona_non_grata" or not told or match.doer is not None:
        return None
    if count is None and _are_too_many(reading, match):
        return next((act for act, _, _ in reversed(told) if act.act in CEILINGS), None)
    if count is None or count < 2:
        return None
    last = told[-1][0]
    offset = reading.start(match.word)
    near = (
        0 <= offset - last.evidence[0][1] < _NEAR and "\n\n" not in reading.text[last.evidence[0][1] : offset]
    )
    cut = last.from_ - last.to if last.from_ is not None and last.to is not None else None
    open_ = (last.act == "parity_cap" and cut is None) or (last.act in CEILINGS and cut == count)
    return (
        last
        if near and open_ and last.number in (None, count) and reading.lemma(match.word) in _LEAVING
        else None
    )


def _takes_part(act: Act, code: str) -> bool:
    return code in (act.mission.sending, act.mission.receiving)


def _acting(act: Act, own: bool) -> str | None:
    return act.mission.sending if own else act.mission.receiving


def _pointed_at(
    reading: Reading,
    again: Repeat,
    told: Sequence[tuple[Act, str, bool]],
    rules: Mapping[str, tuple[Rule, bool]],
) -> list[list[tuple[Act, tuple[Rule, bool]]]]:
    """The measures of one state in the last sentence that tells any, a row for each kind, the last told first."""
    here = reading.start(again.word)
    last = next((act for act, _, _ in reversed(told) if act.evidence[0][0] <= here), None)
    if last is None or here - last.evidence[0][1] >= _NEAR or last.id not in rules:
        return []
    acting = _acting(last, rules[last.id][1])
    sentence = reading.sentence_of(reading.words_in(last.evidence[0])[0])
    found: dict[str, list[tuple[Act, tuple[Rule, bool]]]] = {}
    for act, status, _ in reversed(told):
        if act.id not in rules or act.evidence[0][0] > here:
            continue
        if reading.sentence_of(reading.words_in(act.evidence[0])[0]) != sentence:
            break
        open_side = act.mission.sending is None or act.mission.receiving is None
        if (
            _acting(act, rules[act.id][1]) == acting
            and not open_side
            and (status != "negated" or again.status == "negated")
        ):
            found.setdefault(act.act, []).append((act, rules[act.id]))
    return list(found.values())[::-1]


def _sides(act: Act, own: bool, doer: str) -> Party | None:
    sending, receiving = act.mission.sending, act.mission.receiving
    if doer == _acting(act, own):
        return None
    if doer in (sending, receiving):
        sending, receiving = receiving, sending
    elif own:
        sending = doer
    else:
        receiving = doer
    return Party(sending, receiving, None, ["receiving" if doer == sending else "sending"])
