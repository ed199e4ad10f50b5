"""How many and how much: numbers (`numerals`) with what they count, and how exactly they are told.

`find` reads a stretch of text; `quantities_of` keeps what stands with an event. Dates, ages, percentages, times and
numbers of articles and units count nothing and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.numerals import Number, Words, number_at
from onrecord.coding.once import once
from onrecord.model.records import Quantity
from onrecord.reading.words import split
from onrecord.vocabulary.load import tree

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PEOPLE = frozenset(("persons", "troops", "diplomats", "staff", "police"))
_FORCES = frozenset("force forces contingent army unit garrison battalion brigade mission".split())

_BE = frozenset(
    "was were is are be been being have has had got also reportedly then later either others more people".split()
)

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
_TIME = frozenset(
    "hour hours minute minutes second seconds day days week weeks month months year years decade decades "
    "century centuries o'clock a.m. p.m. am pm gmt hrs fold times time".split()
)
_MEASURE = frozenset(
    "percent % per pct km kilometre kilometres kilometer kilometers mile miles metre metres meter meters "
    "feet foot degrees degree points point".split()
)
_NUMBERED = frozenset(
    "article articles resolution unit no. number section paragraph chapter room page group channel flight "
    "highway aged age g route phase grade rule act part version".split()
)
_SKIP = frozenset(("of", "the", "a", "an", "its", "their", "his", "other", "more", "-"))


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What words count, by word: units, fates of people, currencies, and which dollars."""

    units: Mapping[str, str]
    fates: Mapping[str, str]
    currencies: Mapping[str, str]
    dollars: Mapping[str, str]


@cache
def _lexicon() -> _Lexicon:
    data = tree("ontology/units.yaml")
    return _Lexicon(
        units={word: unit for unit, entry in data["units"].items() for word in entry["words"].split()},
        fates={word: fate for fate, entry in data["fates"].items() for word in entry["words"].split()},
        currencies={word: code for code, words in data["currencies"].items() for word in words.split()},
        dollars=data["dollars"],
    )


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities in `text[start:end]`, in order; spans are code points of the text and cover the
    qualified number.
    """
    starts, ends = split(text, start, end)
    return _quantities(Words(text, starts.tolist(), ends.tolist()), 0, len(starts))


def quantities_of(draft: Draft, trigger: WordSpan, spans: Sequence[WordSpan] = ()) -> list[Quantity]:
    """The quantities told with an event: those in its clause and in the phrases of its parties.

    People without a fate of their own take that of the event word: the "three men" of "three men, whom they
    killed".
    """
    reading = draft.reading
    first, last = draft.sentence(trigger[0])
    words = _words_of(reading)
    clause = draft.clause(trigger[0])
    regions = [draft.span(clause), *(draft.span(span) for span in spans if first <= span[0] < last)]
    fate = _lexicon().fates.get(words.at(trigger[0]))
    kept = []
    for quantity in _quantities(words, first, last):
        assert quantity.span is not None
        if any(start <= quantity.span[0] and quantity.span[1] <= end for start, end in regions):
            own = fate is not None and quantity.unit == "persons"
            kept.append(quantity.model_copy(update={"unit": fate}) if own else quantity)
    return kept


@once
def _words_of(reading: Reading) -> Words:
    return Words(reading.text, reading.starts.tolist(), reading.ends.tolist())


def _quantities(words: Words, first: int, end: int) -> list[Quantity]:
    found = []
    word = first
    while word < end:
        number = number_at(words, word, end)
        if number is None:
            word += 1
            continue
        unit: str | None
        money = _money(words, number)
        if money is not None:
            unit, number = money
            stop = number.end
        else:
            unit, stop = _unit(words, number, first, end)
        if unit is not None:
            found.append(
                Quantity(
                    value=number.value,
                    low=number.low,
                    high=number.high,
                    unit=unit,
                    approximate=number.approximate,
                    span=(words.starts[number.first], words.ends[number.end - 1]),
                )
            )
        word = max(stop, number.end)
    return found


# what they count


def _unit(words: Words, number: Number, first: int, end: int) -> tuple[str | None, int]:
    """What a number counts, and the word after which to go on; None where it counts nothing of ours."""
    if _counts_nothing(words, number):
        return None, number.end
    if words.at(number.end) == "-" and words.at(number.end + 1) == "strong":
        return ("troops" if words.at(number.end + 2) in _FORCES else "persons"), number.end + 2
    noun, after = _noun(words, number.end, end)
    fate = _fate(words, number, noun, after, first, end)
    if fate is not None and (noun is None or noun in _PEOPLE):
        return fate, after
    return noun, after


def _money(words: Words, number: Number) -> tuple[str, Number] | None:
    """The currency of a sum, and the number with the words or the sign that tell it."""
    lexicon = _lexicon()
    before, after = words.at(number.first - 1), words.at(number.end)
    if before in lexicon.currencies and not before.isalpha():
        return f"money:{lexicon.currencies[before]}", replace(number, first=number.first - 1)
    for length in (1, 2):
        whose = " ".join(words.lower[number.end : number.end + length])
        if whose in lexicon.dollars and words.at(number.end + length) in ("dollars", "dollar"):
            return f"money:{lexicon.dollars[whose]}", replace(number, end=number.end + length + 1)
    if after in lexicon.currencies and after.isalpha():
        return f"money:{lexicon.currencies[after]}", replace(number, end=number.end + 1)
    return None


def _counts_nothing(words: Words, number: Number) -> bool:
    before, after = words.at(number.first - 1), words.at(number.end)
    if before in ("no", "any", "every", "each", "this", "that", "which") and words.at(number.first) == "one":
        return True
    if after == "-" and words.at(number.end + 1) in (
        *_TIME,
        *_MEASURE,
        "year",
        "day",
        "hour",
        "nation",
        "member",
        "point",
    ):
        return True
    if after in _TIME or after in _MEASURE or before in _NUMBERED or after in ("th", "st", "nd", "rd"):
        return True
    written = words.at(number.first)[:1].isdigit()  # "in May two soldiers died": no day is written so
    if (before in _MONTHS and written) or (after in _MONTHS and after != "may"):
        return True
    plain = number.value is not None and number.end - number.first == 1
    digits = words.at(number.first)
    if plain and re.fullmatch(r"(?:1[5-9]|20)\d\d", digits) and _lexicon().units.get(after) is None:
        return True
    if plain and before == "," and after in (",", ".") and digits.isdigit() and int(digits) < 100:
        return True
    return (
        before in ("-", ":")
        and words.ends[number.first - 2 if number.first > 1 else 0] == words.starts[number.first - 1]
    )


def _noun(words: Words, word: int, end: int) -> tuple[str | None, int]:
    """The unit of the noun that a number counts: the last known one of the next few words, "Russian embassy
    staff".
    """
    found: str | None = None
    stop = word
    for place in range(word, min(end, word + 6)):
        lower = words.at(place)
        if lower in _SKIP and found is None:
            continue
        if lower in _lexicon().units and lower not in ("others",):
            found, stop = _lexicon().units[lower], place + 1
        elif lower == "others" and found is None:
            return "persons", place + 1
        elif (
            not (lower.isalpha() or lower.replace(".", "").isalpha() or lower == "'s")
            or lower in _BREAKS
            or found is not None
        ):
            break
    return found, max(stop, word)


_BREAKS = frozenset(
    "and or but in on at to from for by with as was were is are be been has have had would will who which "
    "that after before when during near between against into over".split()
)


def _fate(words: Words, number: Number, noun: str | None, after: int, first: int, end: int) -> str | None:
    """Killed, injured or arrested: "killed 20 people", "20 people were killed", "20 dead", "a death toll of
    20".
    """
    place = after
    while place < end and place - after < 5:
        lower = words.at(place)
        if lower in _lexicon().fates and lower not in ("toll", "death", "held"):
            return _lexicon().fates[lower]
        if lower not in _BE:
            break
        place += 1
    for place in range(number.first - 1, max(first - 1, number.first - 6), -1):
        lower = words.at(place)
        if lower in _lexicon().fates and lower != "held":
            return _lexicon().fates[lower]
        if lower not in _BEFORE:
            return None
    return None


_BEFORE = frozenset(
    "at least as many of to by rose risen climbed up off the a in total some another more than about and "
    "also".split()
)
