"""Measures told by pointing back at another: "Moscow did likewise", "as did Poland", "Austria has not".

Requires the reading alone. Gives, at a word that repeats, returns or withholds a measure, who does so and whether the
number is the same. Whether it answers the doer or joins it follows from who it is: whoever was hit answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.wording import is_question
from onrecord.coding.counts import count_at
from onrecord.coding.cues import load
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.counts import Count
    from onrecord.reading.types import Reading

_DONE = frozenset(("did", "does", "do", "has", "have", "had"))
_NOT = frozenset(("not", "n't", "n’t"))
_ENDS = frozenset((".", ",", ";", ":", "!", ")", "—", "–", "either", "yet", "so"))
_FOLLOW = frozenset(("follow",))
_REACH = 12


@dataclass(frozen=True, slots=True)
class Repeat:
    """A measure told again of another: the word, its subject's word, the number, whether it is the same number, and the
    status where the form itself says one. ``more``: the subject are further people, not another state.
    """

    word: int
    doer: int | None
    count: Count | None
    same_number: bool
    status: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Cue:
    """A verb that points back, and the phrases, between spaces, one of which stands after it."""

    verbs: frozenset[str]
    phrases: tuple[str, ...]
    near: int
    numbered: bool
    same_number: bool
    status: str | None


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            verbs=frozenset(cue["verbs"]),
            phrases=tuple(f" {phrase} " for phrase in cue["with"]),
            near=cue.get("near", _REACH),
            numbered=bool(cue.get("numbered")),
            same_number=bool(cue.get("same_number")),
            status="negated" if name == "not_again" else cue.get("status"),
        )
        for name in ("again", "not_again")
        for cue in load("acts")[name]
    )


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """All verbs that point back."""
    return frozenset().union(*(cue.verbs for cue in _cues()))


def repeats(reading: Reading) -> list[Repeat]:
    """Every place of a text at which a measure is said to be repeated or returned, in the order of the words."""
    found = []
    for word in range(len(reading)):
        lower = reading.lower(word)
        if lower in ("so", "as", "nor", "neither") and (each := _inverted(reading, word)) is not None:
            found.append(each)
        elif reading.pos(word) in ("VERB", "AUX"):
            each = _verb(reading, word) or _bare(reading, word)
            if each is not None and not is_question(reading, word):
                found.append(each)
    return found


def _verb(reading: Reading, word: int) -> Repeat | None:
    """ "Did the same", "followed suit", "did nothing of the sort", "Bahrain followed on Monday"."""
    lower = reading.lower(word)
    for cue in _cues() if verb_of(lower, _verbs()) is not None else ():
        if verb_of(lower, cue.verbs) is None:
            continue
        _, last = syntax.sentence(reading, word)
        after = _text(reading, word + 1, min(last, word + 1 + cue.near))
        returned = _with_people(reading, word, last) if cue.numbered else None
        if returned is not None or any(phrase in after for phrase in cue.phrases):
            count = returned or _count(reading, word, last)
            return Repeat(word, syntax.agent(reading, word), count, cue.same_number, cue.status)
    return _followed(reading, word)


def _followed(reading: Reading, word: int) -> Repeat | None:
    """ "Bahrain and Sudan followed a day later", "two more envoys followed in May": the verb without an object."""
    if verb_of(reading.lower(word), _FOLLOW) is None or reading.pos(word) != "VERB":
        return None
    if syntax.kids(reading, word, "obj") or syntax.is_passive(reading, word) or word + 1 >= len(reading):
        return None
    if reading.lower(word) == "following" or reading.lower(word + 1) in ("by", "up", "from", "with", "the"):
        return None
    doer = syntax.subject(reading, word)
    if doer is None or doer > word:
        return None
    count = next((count_at(reading, at, word) for at in range(reading.phrase(doer)[0], doer + 1)
                  if count_at(reading, at, word) is not None), None)  # fmt: skip
    if count is not None and "people" in class_of(reading, doer):
        return Repeat(word, None, count, False, more=True)
    return Repeat(word, doer, None, False) if reading.pos(doer) in ("PROPN", "PRON", "NOUN") else None


def _inverted(reading: Reading, word: int) -> Repeat | None:
    """ "So did Bahrain", "as had Spain", "nor has Malta", "as Spain and Italy had": who does it stands beside."""
    _, last = syntax.sentence(reading, word)
    status = "negated" if reading.lower(word) in ("nor", "neither") else None
    if word + 2 < last and reading.lower(word + 1) in _DONE:
        doer = word + 3 if reading.lower(word + 2) == "the" and word + 3 < last else word + 2
        return Repeat(word + 1, doer, None, status is None, status) if _is_name(reading, doer) else None
    if reading.lower(word) != "as" or word + 2 >= last:
        return None
    first = word + 2 if reading.lower(word + 1) == "the" else word + 1
    if not _is_name(reading, first):
        return None
    for at in range(first + 1, min(last, first + _REACH)):
        if reading.lower(at) in _DONE:
            plain = at + 1 >= last or reading.pos(at + 1) in ("PUNCT", "ADP", "SCONJ", "ADV", "PROPN")
            return Repeat(at, first, None, True) if plain else None
        if reading.pos(at) in ("VERB", "NOUN", "PRON") and not _is_name(reading, at):
            return None
    return None


def _bare(reading: Reading, word: int) -> Repeat | None:
    """ "Austria and Hungary have not", "France did not": an auxiliary whose verb is left to be understood."""
    _, last = syntax.sentence(reading, word)
    after = word + 2
    if reading.lower(word) not in _DONE or after > last or reading.lower(word + 1) not in _NOT:
        return None
    if after < last and reading.lower(after) not in _ENDS:
        return None
    before = word - 1
    return Repeat(word, before, None, False, "negated") if before >= 0 and _is_name(reading, before) else None


def _is_name(reading: Reading, word: int) -> bool:
    return reading.word(word)[:1].isupper() and reading.pos(word) in ("PROPN", "NOUN", "ADJ")


def _text(reading: Reading, start: int, end: int) -> str:
    return " " + " ".join(reading.lower(at) for at in range(start, end)) + " "


def _with_people(reading: Reading, word: int, last: int) -> Count | None:
    """The number of people with whom a measure is answered: "repaid it with three Chadians", "hit back with four"."""
    for at in range(word + 1, min(word + 5, last)):
        if reading.lower(at) == "with":
            count = _count(reading, at, last)
            if count is None:
                return None
            after = count.words[1]
            thing = after < last and reading.pos(after) == "NOUN"
            return None if thing and "people" not in class_of(reading, after) else count
        if reading.pos(at) in ("VERB", "PUNCT", "SCONJ"):
            return None
    return None


def _count(reading: Reading, word: int, last: int) -> Count | None:
    """The number right after "with" or "by": "answered with two Norwegians"."""
    for at in range(word + 1, min(word + 5, last)):
        count = count_at(reading, at, last)
        if count is not None:
            return count
    return None
