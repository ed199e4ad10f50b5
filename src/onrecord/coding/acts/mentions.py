"""Which mentions tell one and the same measure: one kind, one mission, no number and no day against it.

Requires the measures told so far, each with its status and whether a title tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.coding.acts.lexicon import SENT_AWAY
from onrecord.model.dates import parse

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.model.records import Act, Time
    from onrecord.reading.types import Reading

_APART, _LONG_APART = 2, 40  # days between two measures on one person or a few, and on a stated number


def told_already(
    act: Act, status: str, told: Sequence[tuple[Act, str, bool]]
) -> tuple[Act, str, bool] | None:
    """The measure already told of which this is another mention: same kind, parties and status, no number against.

    "Expelled" is the plain word for every way of sending people away: as many people sent from the same mission
    under the name of law are the same people.
    """
    for each in told:
        other, kind, _ = each
        if (act.mission.sending, act.mission.receiving) != (other.mission.sending, other.mission.receiving):
            continue
        sent_away = (
            {act.act, other.act} <= SENT_AWAY and act.number is not None and act.number == other.number
        )
        if act.act != other.act and not sent_away:
            continue
        if (kind == "negated") != (status == "negated"):
            continue
        counted = act.number is not None and act.number > 1 and act.number == other.number
        if (kind == "hypothetical") != (status == "hypothetical") and not counted:
            continue
        pairs = ((act.number, other.number), (act.from_, other.from_), (act.to, other.to))
        if all(one is None or two is None or one == two for one, two in pairs):
            return each
    return None


def another_day(day: Time | None, told: Act, as_many: bool) -> bool:
    """Two mentions of one kind of measure, dated a good while apart: two measures. ``as_many``: on as many people."""
    known = told.dates.act
    if day is None or known is None:
        return False
    one, other = parse(day.edtf), parse(known.edtf)
    if one.lower is None or one.upper is None or other.lower is None or other.upper is None:
        return False
    apart = max((one.lower - other.upper).days, (other.lower - one.upper).days)
    plain = as_many and known.basis != "default" and (told.number or 1.0) == 1.0
    return apart > (_APART if plain else _LONG_APART)


def is_further(reading: Reading, match: Match, act: Act, told: Act) -> bool:
    """So many more than those told of: "ejected five more on Wednesday"."""
    head = match.target
    if head is not None and told.number is not None and reading.lower(head) in ("rest", "remainder"):
        return told.evidence[0][1] <= reading.start(match.word)  # "the rest of the staff have until Monday"
    if head is None or act.number is None or told.number is None:
        return False
    start, end = reading.phrase(head)
    more = any(reading.lower(at) in ("more", "another", "further") for at in range(start, end))
    return more and told.evidence[0][1] <= reading.start(match.word)


def merge(act: Act, title: bool, told: tuple[Act, str, bool]) -> None:
    """The fuller mention gives the evidence and the numbers; a headline gives way to the text."""
    other, _, other_title = told
    first, last = act.evidence[0]
    if other.act == "persona_non_grata":
        other.act = act.act
    fuller = sum(value is not None for value in (act.number, act.from_, act.to)) > sum(
        value is not None for value in (other.number, other.from_, other.to)
    )
    if fuller or (other_title and not title and other.number == act.number):
        other.evidence = [act.evidence[0], *(each for each in other.evidence if each != act.evidence[0])]
        other.number = act.number if act.number is not None else other.number
        other.from_ = act.from_ if act.from_ is not None else other.from_
        other.to = act.to if act.to is not None else other.to
        other.unit = act.unit or other.unit
    elif not title and not any(start <= first and last <= end for start, end in other.evidence):
        other.evidence.append(act.evidence[0])
