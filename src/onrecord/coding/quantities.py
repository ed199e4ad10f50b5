"""How many and how much: numbers in words and digits with what they count, and how exactly they are told.

`find` reads a stretch of text; `quantities_of` keeps what stands with an event. "At least 20" has value and
low 20, "up to 20" value and high 20, "20 to 30" low and high, "dozens" a low of 24; "about" and its kin
make it approximate. Dates, ages, percentages, times and numbers of articles and units count nothing and are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.once import once
from onrecord.model.records import Quantity
from onrecord.reading.words import split
from onrecord.vocabulary.load import tree

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * (number + 2)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "bn": 1e9,
    "m": 1e6,
    "mn": 1e6,
}
# The least that a vague plural can mean.
_VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
}
_SEVERAL = {"several": 3.0, "few": 3.0, "couple": 2.0}
_LEAST = (
    "at least", "no fewer than", "no less than", "not less than", "a minimum of", "more than", "over",
    "upwards of", "above", "in excess of", "well over", "exceeding",
)  # fmt: skip
_MOST = (
    "up to", "at most", "no more than", "not more than", "a maximum of", "as many as", "fewer than", "less than",
    "under", "below", "as much as",
)  # fmt: skip
_ABOUT = (
    "about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "circa", "nearly",
    "almost", "close to",
)  # fmt: skip
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number and the words that hold it, those that qualify it included."""

    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    first: int
    end: int


class _Words:
    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.starts, self.ends = starts, ends
        self.lower = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]

    def at(self, word: int) -> str:
        return self.lower[word] if 0 <= word < len(self.lower) else ""


def find(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities in `text[start:end]`, in order; spans are code points of the text and cover the
    qualified number.
    """
    starts, ends = split(text, start, end)
    return _quantities(_Words(text, starts.tolist(), ends.tolist()), 0, len(starts))


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
def _words_of(reading: Reading) -> _Words:
    return _Words(reading.text, reading.starts.tolist(), reading.ends.tolist())


def _quantities(words: _Words, first: int, end: int) -> list[Quantity]:
    found = []
    word = first
    while word < end:
        number = _number_at(words, word, end)
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


# numbers


def _number_at(words: _Words, word: int, end: int) -> _Number | None:
    """The number that begins at a word, with its qualifiers and the second end of a range."""
    first, kind = word, ""
    phrase = _qualifier(words, word)
    if phrase is not None:
        length, kind = phrase
        word += length
        if word >= end:
            return None
    if words.at(word) == "between" or (words.at(word) == "from" and not kind):
        one = _plain(words, word + 1, end)
        two = _plain(words, one[1] + 1, end) if one and words.at(one[1]) in ("and", "to") else None
        return _range(words, one, two, first) if one and two else None
    vague = _vague(words, word, end)
    if vague is not None:
        return _Number(None, vague[0], None, True, first, vague[1])
    plain = _plain(words, word, end)
    if plain is None:
        return None
    value, stop = plain
    if words.at(stop) in ("to", "-", "–") and stop + 1 < end:
        other = _plain(words, stop + 1, end)
        both = _range(words, plain, other, first) if other is not None and _joined(words, stop) else None
        if both is not None:
            return both
    low = value if kind == "least" else None
    high = value if kind == "most" else None
    return _Number(value, low, high, kind == "about", first, stop)


def _joined(words: _Words, hyphen: int) -> bool:
    return words.at(hyphen) == "to" or words.ends[hyphen - 1] == words.starts[hyphen]


def _range(words: _Words, one: tuple[float, int], two: tuple[float, int], first: int) -> _Number | None:
    """Both ends of a range; the scale of "2 to 3 million" goes for both. None where the second is not the
    larger.
    """
    scale = next(
        (_SCALES[words.at(word)] for word in range(one[1] + 1, two[1]) if words.at(word) in _SCALES), 1.0
    )
    low = one[0] if one[0] >= scale else one[0] * scale
    return _Number(None, low, two[0], True, first, two[1]) if low < two[0] else None


_KINDS = {"least": _LEAST, "most": _MOST, "about": _ABOUT}
_QUALIFYING = [(phrase.split(), kind) for kind, phrases in _KINDS.items() for phrase in phrases]
_BY_FIRST = {parts[0]: [each for each in _QUALIFYING if each[0][0] == parts[0]] for parts, _ in _QUALIFYING}


def _qualifier(words: _Words, word: int) -> tuple[int, str] | None:
    for parts, kind in _BY_FIRST.get(words.at(word), ()):
        if words.lower[word : word + len(parts)] == parts:
            return len(parts), kind
    return None


def _vague(words: _Words, word: int, end: int) -> tuple[float, int] | None:
    """ "Dozens", "tens of thousands", "several hundred": the least they mean."""
    lower = words.at(word)
    if lower == "a" and words.at(word + 1) in ("few", "couple"):
        word, lower = word + 1, words.at(word + 1)
    if lower in _SEVERAL:
        after = words.at(word + 1)
        if after in ("hundred", "thousand", "million", "dozen"):
            return _SEVERAL[lower] * (12.0 if after == "dozen" else _SCALES[after]), word + 2
        return None
    if lower in ("tens", "hundreds") and words.at(word + 1) == "of" and words.at(word + 2) in _VAGUE:
        return (20.0 if lower == "tens" else 200.0) * _VAGUE[words.at(word + 2)] / 2, word + 3
    return (_VAGUE[lower], word + 1) if lower in _VAGUE and word < end else None


def _plain(words: _Words, word: int, end: int) -> tuple[float, int] | None:
    """A number in digits or words: its value and the word after it."""
    lower = words.at(word)
    if word >= end:
        return None
    if lower in ("a", "half") and words.at(word + 1) in (
        "a",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "billion",
    ):
        if lower == "half" and words.at(word + 1) == "a":
            scale = words.at(word + 2)
            return (
                (0.5 * (12.0 if scale == "dozen" else _SCALES[scale]), word + 3)
                if scale in (*_SCALES, "dozen")
                else None
            )
        value, stop = 1.0, word + 1
    elif _DIGITS.fullmatch(lower):
        value, stop = float(lower.replace(",", "")), word + 1
    else:
        spelled = _spelled(words, word)
        if spelled is None:
            return None
        value, stop = spelled
    return _scaled(words, value, stop, end)


def _spelled(words: _Words, word: int) -> tuple[float, int] | None:
    lower = words.at(word)
    if lower in _TENS:
        if words.at(word + 1) == "-" and 0 < _ONES.get(words.at(word + 2), 0) < 10:
            return float(_TENS[lower] + _ONES[words.at(word + 2)]), word + 3
        if 0 < _ONES.get(words.at(word + 1), 0) < 10:
            return float(_TENS[lower] + _ONES[words.at(word + 1)]), word + 2
        return float(_TENS[lower]), word + 1
    return (float(_ONES[lower]), word + 1) if lower in _ONES else None


def _scaled(words: _Words, value: float, stop: int, end: int) -> tuple[float, int]:
    """ "Two hundred and fifty thousand": scales and what is added to them."""
    while stop < end and (words.at(stop) in _SCALES or words.at(stop) == "dozen"):
        if words.at(stop) in ("m", "mn", "bn") and not words.at(stop - 1)[:1].isdigit():
            break
        value *= 12.0 if words.at(stop) == "dozen" else _SCALES[words.at(stop)]
        stop += 1
        more = stop + (words.at(stop) == "and")
        spelled = _spelled(words, more) if more < end and value >= 100 else None
        if (
            spelled is not None
            and spelled[0] < 100
            and words.at(spelled[1]) not in ("hundred",)
            and value % 100 == 0
        ):
            value, stop = value + spelled[0], spelled[1]
    return value, stop


# what they count


def _unit(words: _Words, number: _Number, first: int, end: int) -> tuple[str | None, int]:
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


def _money(words: _Words, number: _Number) -> tuple[str, _Number] | None:
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


def _counts_nothing(words: _Words, number: _Number) -> bool:
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
    if before in _MONTHS or (after in _MONTHS and after != "may"):
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


def _noun(words: _Words, word: int, end: int) -> tuple[str | None, int]:
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


def _fate(words: _Words, number: _Number, noun: str | None, after: int, first: int, end: int) -> str | None:
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
