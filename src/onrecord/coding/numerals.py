"""Numbers in words and digits: their value or its bounds, and the words that hold them.

"At least 20" has value and low 20, "up to 20" value and high 20, "20 to 30" low and high, "dozens" a low of 24;
"about" and its kin make it approximate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ONES = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
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


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the words that hold it, those that qualify it included."""

    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    first: int
    end: int


class Words:
    """The words of a text in small letters, with the code points where they start and end."""

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.starts, self.ends = starts, ends
        self.lower = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]

    def at(self, word: int) -> str:
        return self.lower[word] if 0 <= word < len(self.lower) else ""


def number_at(words: Words, word: int, end: int) -> Number | None:
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
        return Number(None, vague[0], None, True, first, vague[1])
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
    return Number(value, low, high, kind == "about", first, stop)


def _joined(words: Words, hyphen: int) -> bool:
    return words.at(hyphen) == "to" or words.ends[hyphen - 1] == words.starts[hyphen]


def _range(words: Words, one: tuple[float, int], two: tuple[float, int], first: int) -> Number | None:
    """Both ends of a range; the scale of "2 to 3 million" goes for both. None where the second is not the
    larger.
    """
    scale = next(
        (_SCALES[words.at(word)] for word in range(one[1] + 1, two[1]) if words.at(word) in _SCALES), 1.0
    )
    low = one[0] if one[0] >= scale else one[0] * scale
    return Number(None, low, two[0], True, first, two[1]) if low < two[0] else None


_KINDS = {"least": _LEAST, "most": _MOST, "about": _ABOUT}
_QUALIFYING = [(phrase.split(), kind) for kind, phrases in _KINDS.items() for phrase in phrases]
_BY_FIRST = {parts[0]: [each for each in _QUALIFYING if each[0][0] == parts[0]] for parts, _ in _QUALIFYING}


def _qualifier(words: Words, word: int) -> tuple[int, str] | None:
    for parts, kind in _BY_FIRST.get(words.at(word), ()):
        if words.lower[word : word + len(parts)] == parts:
            return len(parts), kind
    return None


def _vague(words: Words, word: int, end: int) -> tuple[float, int] | None:
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


def _plain(words: Words, word: int, end: int) -> tuple[float, int] | None:
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


def _spelled(words: Words, word: int) -> tuple[float, int] | None:
    lower = words.at(word)
    if lower in TENS:
        if words.at(word + 1) == "-" and 0 < ONES.get(words.at(word + 2), 0) < 10:
            return float(TENS[lower] + ONES[words.at(word + 2)]), word + 3
        if 0 < ONES.get(words.at(word + 1), 0) < 10:
            return float(TENS[lower] + ONES[words.at(word + 1)]), word + 2
        return float(TENS[lower]), word + 1
    return (float(ONES[lower]), word + 1) if lower in ONES else None


def _scaled(words: Words, value: float, stop: int, end: int) -> tuple[float, int]:
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
