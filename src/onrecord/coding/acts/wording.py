"""The words of a clause, as the rules of measures ask for them.

Requires the tree. A clause is taken with the infinitives that depend on it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding.counts import counts
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.coding.acts.lexicon import Rule
    from onrecord.reading.types import Reading


# A particle that a compound ends in ("all-out", "pull-out") stands with no verb.
_COMPOUND_END = re.compile(r" - (?=(?:out|off|back|home|away|in|up|down) )")
_ASKING = frozenset("will would could should can may might shall is are does do did has have".split())


@once
def clause_text(reading: Reading, word: int) -> str:
    """The clause of a word with the infinitives that depend on it, small letters between single spaces."""
    start, end = reading.subtree(word)
    first, last = reading.sentence(word)
    start, end = max(start, first), min(end, last)
    return " " + " ".join(reading.lower(i) for i in range(start, end)) + " "


@once
def text_ahead(reading: Reading, word: int) -> str:
    """The words right behind a verb: where the time stands that somebody has, wherever the tree hangs it."""
    _, last = reading.sentence(word)
    return "".join(f"{reading.lower(at)} " for at in range(word + 1, min(last, word + 7)))


def is_question(reading: Reading, word: int) -> bool:
    """The sentence asks whether it will be so: "Will Havana hit back?"."""
    first, last = reading.sentence(word)
    return reading.lower(last - 1) == "?" and reading.lower(first) in _ASKING


def worded_as(rule: Rule, text: str) -> bool:
    """The words that a rule asks for stand in a clause, and none that it rules out."""
    if " - " in text:
        text = _COMPOUND_END.sub(" -", text)
        text += text.replace(" - ", "-")  # "working - level" is looked for both ways
    if rule.with_ and not _has_one(text, rule.with_):
        return False
    if rule.any_of and not _has_one(text, rule.any_of):
        return False
    return not (rule.without and _has_one(text, rule.without))


def _has_one(text: str, phrases: tuple[str, ...]) -> bool:
    """One of the phrases, or its plural, stands in a text."""
    return any(map(text.__contains__, _forms(phrases)))


@lru_cache(maxsize=1024)
def _forms(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases and their plurals, between spaces."""
    found: dict[str, None] = {}
    for phrase in (each.strip() for each in phrases):
        forms = (phrase, phrase + "s", phrase[:-1] + "ies" if phrase.endswith("y") else phrase)
        found |= dict.fromkeys(f" {form} " for form in forms)
    return tuple(found)


def numbered(reading: Reading, word: int) -> bool:
    """A ceiling stands in the clause: a number after "from", "to", "at", "of" or "no more than"."""
    start, end = reading.subtree(word)
    return any(
        count.words[0] > start
        and any(
            reading.lower(at) in ("from", "to", "at", "of", "than", "exceed")
            for at in range(max(start, count.words[0] - 4), count.words[0])
        )
        for count in counts(reading, start, end)
    )
