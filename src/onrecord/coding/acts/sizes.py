"""What size a mission is to have, where no verb of cutting tells it: as a measure of its own, or beside one.

"The establishment, until now seventeen, shall be nine"; "the embassy, which has thirteen people, may keep seven";
"fifteen persons may remain"; "may employ no more people than Malta has": each is a ceiling by itself. Beside a
measure stand the new size ("no more than Malta has in Tripoli, which is five"; "parity: 225 at the embassy"; "fourteen
staff at most"; "thirty-two may stay") and the old one ("down from thirty", "until now it was twenty").

Requires the reading and the classes of nouns. Gives matches of the kind ``set_ceiling`` with their two numbers, and the
numbers of a measure that another rule finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, unit_of
from onrecord.coding.acts.lexicon import rules
from onrecord.coding.acts.rules import Match
from onrecord.coding.counts import Count, count_at, counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.coding.acts.lexicon import Rule
    from onrecord.reading.types import Reading

# What a mission may, must or shall do with so many people: a modal, and the verb within a few words of it.
_MODALS = frozenset(("may", "shall", "must", "can", "will", "to", "is", "are"))
_HOLD = frozenset("have keep number retain employ count house tolerate maintain carry".split())
_HOLDING = (
    ("be", "allowed"),
    ("be", "left", "with"),
    ("make", "do", "with"),
    ("have", "to", "make", "do", "with"),
)
_HOLDERS = frozenset(("mission", "consulate", "office"))
_FAR = 6  # words between a modal and its verb: "may from 1 June keep"
# What the size of one is from now on.
_BE = (("shall", "be"), ("will", "be"), ("to", "be"), ("is", "now"), ("is",), ("are",))
_FROM_NOW = (" shall be ", " will be ", " is to be ", " with effect ", " as from ", " as of ", " henceforth ",
             " from now on ", " in future ", " new ", " is now ")  # fmt: skip
_MOST = frozenset("no more than only at most just a maximum of not exceeding some about up to".split())
_LEVELS = frozenset("size number level strength total figure complement headcount count staff".split())
_TO = frozenset(("to", "at", "with", "match", "matches", "equal", "equals", "exceed"))
_AS = frozenset(("many", "same", "few", "large", "strong"))
_LIKE = (
    ("no", "more"),
    ("as", "many"),
    ("only", "as", "many"),
    ("the", "same", "number"),
    ("exactly", "as", "many"),
)
_INSTEAD = frozenset(("against", "instead", "where", "from", "hitherto", "half", "present", "current"))
_SIZE = frozenset(
    "strength establishment ceiling cap limit complement size quota headcount maximum roll allowance".split()
)
# Who may remain, and so is counted.
_STAY = frozenset(("stay", "remain", "be", "keep"))
_REMAIN = frozenset(("stay", "remain"))
_MAY = frozenset(("may", "can", "could"))
_UNTIL = frozenset(("until", "till", "for", "if", "because"))

_BEFORE = (
    ("which", "is"),
    ("which", "makes"),
    ("which", "means"),
    ("present", "means"),
    ("that", "is", "to"),
    ("which", "has"),
    ("that", "is"),
    ("which", "are"),
    ("namely",),
    (":",),
    ("i.e.",),
)
_AFTER = (("at", "most"), ("at", "the", "most"), ("all", "told"), ("in", "all"), ("and", "no", "more"))
_OLD = (("down", "from"), ("until", "now"), ("as", "against"), ("hitherto",), ("so", "far"), ("previously",),
        ("instead", "of"), ("until", "then"))  # fmt: skip
# These lead to an old size where words of _THEN stand by it: "where there had been eleven".
_LOOSE = (
    ("where",),
    ("whereas",),
    ("while",),
    ("after",),
    ("before",),
    ("in", "which"),
    ("which",),
    ("that",),
)
_NOW = (("there", "are"), ("it", "has"), ("there", "were"), ("it", "had"))
_TODAY = frozenset("at now today present currently presently before hitherto".split())
_WAS = frozenset(("it", "was", "were", "there", "had", "been", "has", "have", "they", "the"))
_THEN = frozenset("had have has was were until are serve served work worked there".split())
_AHEAD = 2  # sentences after the measure in which those who may stay are counted


def sizes(reading: Reading) -> Iterator[Match]:
    """Every ceiling that a sentence tells so, in the order of the words."""
    rule = next(rule for rule in rules() if rule.act == "set_ceiling" and rule.verbs)
    for first, last in reading.sentence_spans:
        words = [reading.lower(at) for at in range(first, last)]
        if _MODALS.isdisjoint(words):
            continue
        yield from list(_held(reading, rule, words, first, last))[-1:] or _remaining(
            reading, rule, words, first, last
        )


def _held(reading: Reading, rule: Rule, words: list[str], first: int, last: int) -> Iterator[Match]:
    """What a mission may hold, or what its size shall be: the later takes the earlier for the old size."""
    text = " " + " ".join(words) + " "
    from_now = any(each in text for each in _FROM_NOW)
    before: Count | None = None
    for at in range(first, last):
        if words[at - first] not in _MODALS:
            continue
        held = _holding(words, at - first)
        verb = held if held is not None else (_being(words, at - first) if from_now else None)
        if verb is None:
            continue
        verb += first
        subject = _subject(reading, at, first, held is not None)
        if subject is None:
            continue
        new = _number(reading, verb + 1, last)
        if new is not None:
            old = _old(reading, subject, at, new.words[1], last) or before
            before = new  # "which may have fourteen, must make do with ten"
            yield Match(rule, verb, subject, None, ceiling=(old, new))
        elif any(tuple(words[verb + 1 - first :][: len(each)]) == each for each in _LIKE):
            yield Match(rule, verb, subject, None)  # "may have no more people than Malta has"


def _holding(words: list[str], at: int) -> int | None:
    """The place of the verb of holding that a modal governs."""
    for form in _HOLDING:
        if tuple(words[at + 1 : at + 1 + len(form)]) == form:
            return at + len(form)
    if words[at] in ("is", "are"):
        return at + 1 if words[at + 1 : at + 2] == ["allowed"] else None
    for verb in range(at + 1, min(len(words), at + 1 + (1 if words[at] == "to" else _FAR))):
        if words[verb] in _HOLD:
            return verb
        if words[verb] in ("not", ",", ";", "no"):
            return None
    return None


def _being(words: list[str], at: int) -> int | None:
    """The place of the last word by which a size is said to be so much, where it begins here."""
    form = next((form for form in _BE if tuple(words[at : at + len(form)]) == form), None)
    return None if form is None else at + len(form) - 1


def _remaining(reading: Reading, rule: Rule, words: list[str], first: int, last: int) -> Iterator[Match]:
    """Those who may remain: "fifteen persons may remain in Washington", "of nineteen diplomats, four may stay"."""
    for verb in range(first + 2, last):
        if words[verb - first] not in _REMAIN or words[verb - 1 - first] not in _MAY:
            continue
        ahead = words[verb - first + 1 : verb - first + 4]
        told = [count for count in counts(reading, max(first, verb - 12), verb) if count.value is not None]
        if not told or not _UNTIL.isdisjoint(ahead):
            continue
        start, end = told[-1].words
        subject = next((each for each in syntax.kids(reading, verb, "nsubj") if each >= start), None)
        if subject is None or (subject >= end and not class_of(reading, subject) & {"people", "post"}):
            continue
        whole = [count for count in told[:-1] if reading.lower(count.words[0] - 1) == "of"]
        yield Match(rule, verb, subject, None, ceiling=(whole[-1] if whole else None, told[-1]))


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
        if reading.pos(at) not in ("NOUN", "PROPN") and reading.lower(at) != "it":
            continue
        if reading.lower(at) in _SIZE:
            return at
        if holds and class_of(reading, at) & _HOLDERS and reading.deprel(at) != "nmod:poss":
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
        if count.value not in (None, 1.0) and lead & _INSTEAD and not _dated(reading, count):
            return count
    return None


def _dated(reading: Reading, count: Count) -> bool:
    """A day or a year, no number of people."""
    after = count.words[1]
    months = after < len(reading) and reading.word(after)[:1].isupper() and reading.pos(after) == "PROPN"
    return months or (count.value or 0) > 1900 or syntax.case(reading, count.words[0]) in ("since", "on")


def size_told(reading: Reading, word: int) -> Count | None:
    """The new size; None where none is told so. A single one is none."""
    first, last = syntax.sentence(reading, word)
    for count in counts(reading, word, last):
        start, end = count.words
        if count.value == 1.0 and reading.lower(start - 1) in ("means", "makes"):
            return count  # "which at present means one"
        if count.value in (None, 1.0):
            continue
        ends = (
            end >= last
            or reading.pos(end) == "PUNCT"
            or reading.lower(end) in ("and", "at", "people", "persons")
        )
        people = end < last and unit_of(reading, end) is not None
        if (ends or people) and any(_words(reading, start - len(each), start) == each for each in _BEFORE):
            return count
        if ends and reading.lower(start - 1) in ("is", "are", "of") and reading.lower(start - 2) in _SIZE:
            return count
        if any(
            each == _words(reading, at, at + len(each)) for each in _AFTER for at in (end, end + 1, end + 2)
        ):
            return count
        if reading.lower(start - 1) == "," and ends and end < last and reading.lower(end) in (",", ".", ";"):
            return count
    for count in counts(reading, first, _end(reading, last)):
        if count.value not in (None, 1.0) and _may_stay(reading, count.words[1]):
            return count
    return None


def old_told(reading: Reading, word: int) -> Count | None:
    """The old size, in the sentence or the one that goes on with it."""
    first, last = syntax.sentence(reading, word)
    for count in counts(reading, first, last):
        at = count.words[0]
        while at > first and reading.lower(at - 1) in _WAS and count.words[0] - at < 3:
            at -= 1
        if count.value in (None, 1.0):
            continue
        if any(_words(reading, at - len(each), at) == each for each in _OLD):
            return count
        after = count.words[1]
        if any(_words(reading, at - len(each), count.words[0])[-len(each) :] == each for each in _NOW) and (
            _TODAY & {*_words(reading, after, after + 3)}
        ):
            return count  # "to six people; there are eleven at present"
        loose = any(_words(reading, at - len(each), at) == each for each in _LOOSE)
        if loose and (_THEN & {*_words(reading, at, count.words[0]), *_words(reading, after, after + 3)}):
            return count
    return None


def compared(reading: Reading, word: int) -> int | None:
    """Where in the sentence of a parity the other side's mission begins, which is its measure and not what it falls on:
    "to the size of Lima's", "as many as it has in Lima", "no more than", "the same number as"."""
    first, last = syntax.sentence(reading, word)
    for at in range(first + 2, last - 1):
        lower, before = reading.lower(at), reading.lower(at - 1)
        more = lower == "than" and count_at(reading, at + 1, last) is None
        if more or (lower == "as" and _AS & {*_words(reading, at - 5, at)}):
            return at
        if lower in ("of", "that", "which") and before in _LEVELS:
            if _TO & {*_words(reading, at - 5, at - 1)}:
                return at - 1
        elif lower == "of" and before in ("that", "those"):
            return at - 1
    return None


def _may_stay(reading: Reading, at: int) -> bool:
    """ "Thirty-two may stay", "six are to remain"."""
    words = _words(reading, at, at + 3)
    return len(words) == 3 and words[0] in _MAY and words[1] in _STAY


def _end(reading: Reading, last: int) -> int:
    """The end of the sentences that go on with the measure."""
    for _ in range(_AHEAD):
        if last >= len(reading):
            break
        _, last = syntax.sentence(reading, last)
    return last


def _words(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    return tuple(reading.lower(at) for at in range(max(start, 0), min(end, len(reading))))
