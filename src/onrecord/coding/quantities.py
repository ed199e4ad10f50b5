"""How many, of what: the numbers in an event's clause with the unit they count.

Requires the draft's reading and an event's trigger and arguments; gives ``Quantity`` records. A number that
counts nothing in the table below is left out: it belongs to something else in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.coding.counts import Count, counts
from onrecord.model.records import Quantity

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading, WordSpan

_UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "diplomats": "diplomat diplomats envoy envoys attache attaches ambassador ambassadors consul consuls",
        "staff": "staff staffer staffers employee employees personnel staffs",
        "posts": "post posts position positions slot slots vacancy vacancies",
        "troops": "troop troops soldier soldiers servicemen marines peacekeepers paratroopers reservists",
        "persons": "person persons people member members official officials officer officers civilian civilians "
        "man men woman women child children citizen citizens prisoner prisoners hostage hostages refugee refugees "
        "rebel rebels militant militants protester protesters demonstrator demonstrators worker workers "
        "policeman policemen journalist journalists student students villager villagers suspect suspects",
        "killed": "dead fatalities deaths",
        "injured": "wounded injured casualties",
    }.items()
    for word in words.split()
}
_FATES: dict[str, str] = {
    **dict.fromkeys(
        "kill killed kills killing killings die died dies dying dead slain massacred".split(), "killed"
    ),
    **dict.fromkeys("wound wounded wounding injure injured injures injuring hurt".split(), "injured"),
    **dict.fromkeys(
        "arrest arrested arrests arresting detain detained detains detaining".split(), "arrested"
    ),
}
_CURRENCIES = {
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "€": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "pounds": "GBP", "yen": "JPY", "roubles": "RUB", "rubles": "RUB",
}  # fmt: skip
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONEY = re.compile(
    r"(?P<sign>US\$|[$€£])?\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?:[\s-](?P<scale>thousand|million|billion|trillion))?"
    r"(?:[\s-](?:U\.?S\.? )?(?P<name>dollars?|euros?|pounds|yen|r(?:o?u)bles)\b)?",
    re.IGNORECASE,
)
_AT_LEAST = ("at least", "more than", "over", "upwards of", "a little over")
_AT_MOST = ("up to", "fewer than", "less than", "as many as")
REACH = 4  # words between a number and the noun it counts


def quantities_of(draft: Draft, trigger: WordSpan, spans: list[WordSpan]) -> list[Quantity]:
    """The quantities in the clause of ``trigger`` and in the words of its arguments, in the order of the text."""
    reading = draft.reading
    found: dict[tuple[int, int], Quantity] = {}
    for start, end in [draft.clause(trigger[0]), *spans]:
        for quantity in _money(reading, start, end):
            found.setdefault(quantity.span or (0, 0), quantity)
        for count in counts(reading, start, end):
            unit = _counted(reading, count, end)
            if unit is not None:
                span = reading.span(*count.words)
                found.setdefault(
                    span, _quantity(reading, count.words[0], count.value, unit, span, count.approximate)
                )
    return [found[span] for span in sorted(found)]


def _quantity(
    reading: Reading, word: int, value: float | None, unit: str, span: tuple[int, int], approximate: bool
) -> Quantity:
    before = " ".join(reading.lower(place) for place in range(max(0, word - 3), word))
    low = value if before.endswith(_AT_LEAST) else None
    high = value if before.endswith(_AT_MOST) else None
    bounded = low is not None or high is not None
    return Quantity(
        value=None if bounded else value,
        low=low,
        high=high,
        unit=unit,
        approximate=approximate or value is None,
        span=span,
    )


def _money(reading: Reading, start: int, end: int) -> Iterator[Quantity]:
    """Sums of money, which ``counts`` leaves out because they count nobody."""
    first, last = reading.span(start, end)
    for match in _MONEY.finditer(reading.text, first, last):
        currency = _CURRENCIES.get((match["sign"] or match["name"] or "").lower())
        if currency is not None:
            value = float(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1.0)
            word = reading.word_at(match.start("number"))
            span = match.span("number")
            yield _quantity(
                reading, word if word is not None else start, value, f"money:{currency}", span, False
            )


def _counted(reading: Reading, count: Count, end: int) -> str | None:
    """What the number counts: the fate that the clause tells of people, else the noun after the number."""
    start, stop = count.words
    noun = None
    for word in range(stop, min(stop + REACH, end)):
        noun = _UNITS.get(reading.lower(word))
        if noun is not None:
            break
    fate = _fate(reading, start, stop, end)
    if fate is not None and (noun in ("persons", "troops", "killed", "injured") or noun is None):
        return fate
    return noun


def _fate(reading: Reading, start: int, stop: int, end: int) -> str | None:
    """Killed, injured or arrested: by the verb that the number's noun hangs on, or stands right beside."""
    for word in range(stop, min(stop + REACH + 1, end)):
        if reading.lower(word) in _FATES:
            return _FATES[reading.lower(word)]
    head, steps = start, 0
    while head >= 0 and steps < REACH:
        if reading.lower(head) in _FATES:
            return _FATES[reading.lower(head)]
        head, steps = int(reading.heads[head]), steps + 1
    return None
