"""The words of a clause, as the rules of measures ask for them.

Requires the tree. A clause is taken with the infinitives that depend on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.counts import counts
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.coding.acts.lexicon import Rule
    from onrecord.reading.types import Reading


@once
def clause_text(reading: Reading, word: int) -> str:
    """The clause of a word with the infinitives that depend on it, small letters between single spaces."""
    start, end = reading.subtree(word)
    first, last = (int(each) for each in reading.sentences[reading.sentence_of(word)])
    start, end = max(start, first), min(end, last)
    return " " + " ".join(reading.lower(i) for i in range(start, end)) + " "


def worded_as(rule: Rule, text: str) -> bool:
    """The words that a rule asks for stand in a clause, and none that it rules out."""
    flat = text.replace(" - ", "-")

    def has(phrase: str) -> bool:
        forms = (phrase, phrase + "s", phrase[:-1] + "ies" if phrase.endswith("y") else phrase)
        return any(f" {form} " in text or f" {form} " in flat for form in forms)

    if rule.with_ and not any(has(phrase) for phrase in rule.with_):
        return False
    if rule.any_of and not any(has(phrase) for phrase in rule.any_of):
        return False
    return not any(has(phrase.strip()) for phrase in rule.without)


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
