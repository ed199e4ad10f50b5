"""Ceilings told by what a mission shall be, without a verb of cutting.

"The establishment, until now seventeen, shall be nine"; "the embassy, which has thirteen people, may keep seven".

Requires the reading and the classes of nouns. Gives a match of the kind ``set_ceiling`` with its two numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.lexicon import rules
from onrecord.coding.acts.rules import Match
from onrecord.coding.counts import Count, count_at, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.reading.types import Reading

# What a mission may, must or shall do with so many people.
_HOLD = (
    ("may", "have"), ("may", "keep"), ("may", "number"), ("may", "retain"), ("may", "employ"), ("may", "count"),
    ("shall", "have"), ("shall", "keep"), ("must", "keep"), ("to", "have"), ("to", "keep"), ("can", "have"),
    ("can", "keep"), ("will", "be", "allowed"), ("will", "be", "left", "with"), ("is", "allowed"), ("are", "allowed"),
    ("must", "make", "do", "with"), ("will", "make", "do", "with"), ("to", "make", "do", "with"),
    ("shall", "number"), ("will", "have", "to", "make", "do", "with"),
)  # fmt: skip
# What the size of one is from now on.
_BE = (("shall", "be"), ("will", "be"), ("to", "be"), ("is", "now"), ("is",), ("are",))
_FROM_NOW = (" shall be ", " will be ", " is to be ", " with effect ", " as from ", " as of ", " henceforth ",
             " from now on ", " in future ", " new ", " is now ")  # fmt: skip
_MOST = frozenset("no more than only at most just a maximum of not exceeding some about up to".split())
_OLD = frozenset(("against", "instead", "where", "from", "hitherto"))
_SIZE = frozenset(
    ("strength", "establishment", "ceiling", "cap", "limit", "complement", "size", "quota", "headcount")
)


def _by_first(forms: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    """Forms by their first word, in their order."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        found.setdefault(form[0], []).append(form)
    return found


_HOLDING, _BEING = _by_first(_HOLD), _by_first(_BE)


def _form_at(forms: dict[str, list[tuple[str, ...]]], words: list[str], at: int) -> tuple[str, ...] | None:
    """The first of the forms whose words stand at a place in a sentence."""
    for form in forms.get(words[at], ()):
        if tuple(words[at : at + len(form)]) == form:
            return form
    return None


def sizes(reading: Reading) -> Iterator[Match]:
    """Every ceiling that a sentence tells so, in the order of the words."""
    rule = next(rule for rule in rules() if rule.act == "set_ceiling" and rule.verbs)
    for first, last in reading.sentence_spans:
        words = [reading.lower(at) for at in range(first, last)]
        text = " " + " ".join(words) + " "
        from_now = any(each in text for each in _FROM_NOW)
        told: list[Match] = []
        for at in range(first, last):
            hold = _form_at(_HOLDING, words, at - first)
            form = hold or (_form_at(_BEING, words, at - first) if from_now else None)
            if form is None:
                continue
            verb = at + len(form) - 1
            new = _number(reading, verb + 1, last)
            subject = _subject(reading, at, first, hold is not None)
            if new is None or subject is None:
                continue
            old = _old(reading, subject, at, new.words[1], last)
            if told and told[0].ceiling is not None:  # "which may have fourteen, must make do with ten"
                old = old or told[0].ceiling[1]
            told.append(Match(rule, verb, subject, None, ceiling=(old, new)))
        yield from told[-1:]


def _number(reading: Reading, start: int, last: int) -> Count | None:
    """The number of people right after the verb, over "no more than"."""
    at = start
    while at < last and at - start < 5 and reading.lower(at) in _MOST and count_at(reading, at, last) is None:
        at += 1
    count = count_at(reading, at, last) if at < last else None
    if count is None or count.value is None or count.value == 1.0:
        return None
    after = count.words[1]
    if after >= last or reading.pos(after) not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return count
    people = any(class_of(reading, each) & {"people", "post"} for each in range(after, min(last, after + 3)))
    return count if people else None


def _subject(reading: Reading, verb: int, first: int, holds: bool) -> int | None:
    """The mission that may hold so many, or the size that is so much, before the verb in its sentence."""
    found = None
    for at in range(verb - 1, first - 1, -1):
        if reading.lower(at) in (";", ":") or (reading.lower(at) == "that" and found is not None):
            break
        if reading.pos(at) not in ("NOUN", "PROPN"):
            continue
        if reading.lower(at) in _SIZE:
            return at
        if holds and class_of(reading, at) & {"mission", "consulate"} and reading.deprel(at) != "nmod:poss":
            found = at
    return found


def _old(reading: Reading, subject: int, verb: int, after: int, last: int) -> Count | None:
    """The old number, in an aside between the subject and the verb or after the new one with "against"."""
    aside = [count for count in counts(reading, subject + 1, verb) if count.value not in (None, 1.0)]
    for count in aside:
        before = {reading.lower(at) for at in range(subject + 1, count.words[0])}
        if "," in before and not _dated(reading, count):
            return count
    for count in counts(reading, after, last):
        lead = {reading.lower(at) for at in range(max(after, count.words[0] - 6), count.words[0])}
        if count.value not in (None, 1.0) and lead & _OLD and not _dated(reading, count):
            return count
    return None


def _dated(reading: Reading, count: Count) -> bool:
    """A day or a year, no number of people."""
    after = count.words[1]
    months = after < len(reading) and reading.word(after)[:1].isupper() and reading.pos(after) == "PROPN"
    return months or (count.value or 0) > 1900 or syntax.case(reading, count.words[0]) in ("since", "on")
