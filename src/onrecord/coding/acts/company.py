"""Who goes with one person on whom a measure falls: "the ambassador and two others", "together with one of his staff".

Requires the reading and the classes of nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import noun, unit_of
from onrecord.coding.acts.counting import MANY
from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_BELOW = frozenset(
    "deputy assistant aide alternate subordinate secretary number colleague companion junior understudy".split()
)  # those who stand with one person: "the consul and his deputy"
_BESIDE = frozenset(("and", "with", "plus"))
_HIS = frozenset(("his", "her", "their", "its"))


def one_and_more(reading: Reading, head: int, own: Count | None) -> Count | None:
    """So many besides the one who is named first: "the chargé and two other members", "the ambassador, Mr Soto, and
    three members of his staff", "the consul and his deputy"."""
    _, last = syntax.sentence(reading, head)
    single = _single_word(reading, head) or reading.entity_at(head) == "PER"
    if own is not None or head + 2 >= last or not single:
        return None
    for at in range(head + 1, min(last - 1, head + 7)):
        if reading.lower(at) in _BESIDE:
            whose = at + 1 + (reading.lower(at + 1) in _HIS or reading.lower(at + 1) == "all")
            count = count_at(reading, whose, last)
            if count is not None:
                return count if count.value and _further(reading, count, whose > at + 1, last) else None
            if whose > at + 1 and whose < last and reading.lower(whose) in _BELOW:
                return Count(1.0, (at + 1, whose + 1), False)
        if reading.lower(at) not in ("together", "along", ",", "and") and reading.pos(at) not in (
            "ADP", "DET", "PROPN", "ADJ", "NOUN", "PART",
        ):  # fmt: skip
            return None
    return None


def along_with(reading: Reading, word: int, head: int) -> Count | None:
    """So many as go with one person, told behind the verb: "was expelled on Friday together with one of his
    counsellors", "was thrown out with another diplomat"."""
    _, last = syntax.sentence(reading, word)
    if not head < word or not (_single_word(reading, head) or reading.entity_at(head) == "PER"):
        return None
    for at in range(word + 1, min(last - 2, word + 10)):
        if reading.pos(at) in ("VERB", "AUX", "SCONJ", "CCONJ") or reading.lower(at) in ";:":
            return None
        if reading.lower(at) != "with":
            continue
        if reading.lower(at + 1) == "another" and unit_of(reading, at + 2) is not None:
            return Count(1.0, (at + 1, at + 2), False)
        count = count_at(reading, at + 1, last)
        if count is None or not count.value:
            return None
        after = count.words[1]
        his = after + 2 < last and reading.lower(after) == "of" and reading.lower(after + 1) in _HIS
        people = after + 2 if his else after
        return count if people < last and unit_of(reading, people) is not None else None
    return None


def _further(reading: Reading, count: Count, his: bool, last: int) -> bool:
    """Those counted are others of the same mission: "two others", "three of his staff", "his three co-workers"."""
    after = count.words[1]
    if after >= last:
        return False
    of_whom = after + 1 if unit_of(reading, after) or reading.lower(after) == "members" else after
    of_his = of_whom + 1 < last and reading.lower(of_whom) == "of" and reading.lower(of_whom + 1) in _HIS
    more = reading.lower(after) in ("other", "others", "more", "further")
    kin = any(noun(reading, at) in _BELOW for at in range(after, min(last, after + 3)))
    return more or of_his or his or kin


def _single_word(reading: Reading, head: int) -> bool:
    lower = reading.lower(head)
    singular = noun(reading, head) == lower or lower in ("affaires", "d'affaires", "d’affaires")
    return singular and bool(unit_of(reading, head)) and lower not in MANY
