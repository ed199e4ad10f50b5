"""What number stands with a noun of a measure: in its own phrase, after it, or by the grammar of a single person.

Requires the reading and the classes of nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import antecedent, class_of, noun, unit_of
from onrecord.coding.counts import Count, count_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_OFFICES = frozenset(
    ("attaché", "attache", "adviser", "advisor", "secretary", "counsellor", "counselor", "officer", "consul")
)
_TRADES = frozenset(
    "keeper archivist accountant translator interpreter typist librarian registrar cashier gardener nurse".split()
)
_ONE = frozenset(("a", "an", "the", "its", "their", "his", "her", "another"))
_GROUPS = {"pair": 2.0, "duo": 2.0, "couple": 2.0, "twosome": 2.0, "trio": 3.0, "threesome": 3.0, "quartet": 4.0,
           "foursome": 4.0, "quintet": 5.0}  # fmt: skip
_NOBODY = frozenset(("none", "no", "any", "nobody", "anybody", "anyone"))
_EVERYBODY = frozenset(("everyone", "everybody", "whole", "entire"))
_THEY = frozenset(("they", "them", "all"))
_ANYBODIES = frozenset("men women people officials officers".split())
_ANYBODY = frozenset(("member", "people", "person", "other", "more", "colleague"))
MANY = frozenset(
    (
        "staff",
        "personnel",
        "people",
        "other",
        "others",
        "dozen",
        "pair",
        "member of staff",
        "rest",
        "remainder",
    )
)


def own_count(reading: Reading, head: int) -> Count | None:
    """The number in the noun's own phrase, not in a phrase that hangs below it."""
    end = len(reading)
    if reading.lower(head) in _GROUPS and not _of_hours(reading, head):
        return Count(_GROUPS[reading.lower(head)], (head, head + 1), False)
    if (paired := _group_of(reading, head)) is not None:
        return paired
    first = (
        head - 2 if head > 1 and reading.lower(head - 1) == "-" else head
    )  # "twenty-five" hangs on its last word
    for word in dict.fromkeys((first, head)):
        if reading.pos(head) == "NUM" and (count := count_at(reading, word, end)) is not None:
            return count
    if (part := _part_of(reading, head)) is not None:
        return part
    for child in syntax.kids(reading, head, "nummod", "compound", "amod", "det", "advmod"):
        start = reading.subtree(child)[0]
        for word in range(start, child + 1):
            count = count_at(reading, word, end)
            if count is not None and count.words[0] <= child < count.words[1]:
                return count
    if reading.lower(head) in ("dozens", "scores", "dozen"):
        return count_at(reading, head, end)
    for word in range(head - 1, max(-1, head - 7), -1):
        if reading.pos(word) == "NUM" and (count := count_at(reading, word, head)) is not None:
            return count
        if (
            reading.pos(word) not in ("DET", "ADJ", "NUM", "NOUN", "PROPN", "ADV")
            and reading.lower(word) not in "-\"'“”"
        ):
            return None
    return None


def _of_hours(reading: Reading, head: int) -> bool:
    """ "A couple of days" and "a couple of others" are no number of people."""
    return reading.lower(head) == "couple" and head > 0 and reading.lower(head - 1) == "a"


def _group_of(reading: Reading, head: int) -> Count | None:
    """ "A pair of embassy drivers", "the trio of attachés": the group by whose name they are counted."""
    first, _ = syntax.sentence(reading, head)
    for at in range(head - 1, max(first, head - 5), -1):
        if reading.lower(at) == "of":
            before = reading.lower(at - 1)
            return Count(_GROUPS[before], (at - 1, at), False) if before in _GROUPS else None
        if reading.pos(at) not in ("ADJ", "NOUN", "PROPN", "PUNCT"):
            return None
    return None


def _part_of(reading: Reading, head: int) -> Count | None:
    """The part that is meant where the noun tells the whole: "four of its five consulates", "three of the nine"."""
    first, _ = syntax.sentence(reading, head)
    start = reading.phrase(head)[0]
    for at in range(head - 1, max(first, start - 2, head - 6), -1):
        if reading.lower(at) != "of":
            continue
        whole = any(count_at(reading, each, head + 1) is not None for each in range(at + 1, head))
        if whole and reading.lower(at - 1) in ("half", "most", "many", "some"):
            return Count(None, (at - 1, at), True)
        if reading.pos(at - 1) != "NUM" or not (whole or reading.pos(at + 1) in ("DET", "PRON")):
            return None
        return next(
            (
                count
                for each in range(max(first, at - 3), at)
                if (count := count_at(reading, each, at)) is not None and count.words[1] == at
            ),
            None,
        )
    return None


def sum_of_row(reading: Reading, word: int, head: int) -> float | None:
    """How many people the row of a measure's noun names, each with a number or an article: "two clerks and a driver";
    or one for each epithet of the last: "the defence, naval and air advisers". None where a member has no number or is
    of another people ("two Iranian diplomats and a Syrian clerk" are two measures)."""
    row = _row(reading, word, _first_of_row(reading, head))
    if row is None:
        return sum_of_epithets(reading, syntax.conjuncts(reading, head)[-1])
    whole, *parts = row
    return whole if whole == sum(parts) > 1 else sum(row)  # "three employees, two drivers and a cook"


def _is_person(reading: Reading, word: int) -> bool:
    return "people" in class_of(reading, word) or noun(reading, word) in _TRADES


def _first_of_row(reading: Reading, head: int) -> int:
    """The first of people named one after the other, where the tree gives a later one: "a clerk and two drivers"."""
    first, _ = syntax.sentence(reading, head)
    at = head
    while True:
        start = at - 1
        while start > first and (
            reading.lower(start) == "-"
            or (reading.pos(start) in ("ADJ", "NOUN") and reading.word(start)[:1].islower())
        ):
            start -= 1
        if reading.lower(start) not in _ONE and reading.pos(start) != "NUM":
            return at
        joint = start - 1
        if joint <= first or reading.lower(joint) not in ("and", ","):
            return at
        joint -= reading.lower(joint - 1) == ","
        before = joint - 1
        if before < first or reading.pos(before) != "NOUN" or not _is_person(reading, before):
            return at
        at = before


def _row(reading: Reading, word: int, head: int) -> list[float] | None:
    """The numbers of people named one after the other, joined at last by "and", by the order of the words."""
    first, last = syntax.sentence(reading, word)
    if not _is_person(reading, head) or (before := _member_before(reading, first, head)) is None:
        return None
    numbers, at, joined = [before], head + 1, False
    while at < last and reading.lower(at) in (",", "and"):
        joined = reading.lower(at) == "and" or (at + 1 < last and reading.lower(at + 1) == "and")
        start = at + 2 if reading.lower(at) == "," and joined else at + 1
        member = _member_at(reading, start, last)
        if member is None:
            return None
        number, at = member
        numbers.append(number)
        if joined:
            break
    told = at < last and head > word and reading.pos(at) in ("VERB", "AUX")  # "and a spokesman said"
    return numbers if joined and not told and len(numbers) > 1 else None


def _member_at(reading: Reading, start: int, last: int) -> tuple[float, int] | None:
    """The number of a member of a row that begins at a word, and the word after it."""
    if start >= last:
        return None
    count = count_at(reading, start, last)
    at = count.words[1] if count is not None else start + 1
    if count is None and reading.lower(start) not in _ONE:
        return None
    while at < last and reading.pos(at) in ("ADJ", "NOUN", "PROPN") and reading.word(at)[:1].islower():
        after = (
            at + 1 < last and reading.pos(at + 1) in ("NOUN", "PROPN") and reading.word(at + 1)[:1].islower()
        )
        if _is_person(reading, at) and not after:
            single = noun(reading, at) == reading.lower(at) and reading.lower(at) not in MANY
            if noun(reading, at) in _ANYBODY or (count is None and not single):
                return None
            return (count.value or 1.0 if count is not None else 1.0), at + 1
        at += 1
    return None


def _member_before(reading: Reading, first: int, head: int) -> float | None:
    """The number of the first member of a row, by the noun itself."""
    count = own_count(reading, head)
    if count is not None:
        return count.value or None
    start = max(first, reading.phrase(head)[0])
    article = any(reading.lower(at) in _ONE for at in range(start, head))
    return 1.0 if article and noun(reading, head) == reading.lower(head) else None


def sum_of_epithets(reading: Reading, head: int) -> float | None:
    """ "The defence, naval and air advisers", "its first and second secretaries": one person for each epithet."""
    plural = reading.lower(head).endswith("s")
    if not plural or (noun(reading, head) not in _OFFICES and "office" not in class_of(reading, head)):
        return None
    first, _ = syntax.sentence(reading, head)
    at, epithets, joined = head - 1, 0, False
    while at >= first:
        lower = reading.lower(at)
        if lower in ("and", ","):
            joined = joined or lower == "and"
        elif lower in ("the", "its", "their", "’s", "'s", "both"):
            return float(epithets) if joined and epithets > 1 else None
        elif reading.word(at)[:1].islower() and reading.pos(at) in ("ADJ", "NOUN"):
            epithets += 1
        else:
            return None
        at -= 1
    return None


def count_after(reading: Reading, head: int) -> Count | None:
    """The number in the "of" phrase right after a noun ("the accreditation of eight members"), whatever the tree."""
    _, last = syntax.sentence(reading, head)
    if head + 2 >= last or reading.lower(head + 1) != "of":
        return None
    for word in range(head + 2, min(head + 5, last)):
        if (count := count_at(reading, word, last)) is not None:
            return count
        if reading.pos(word) not in ("DET", "ADJ", "ADV"):
            return None
    return None


def is_single(reading: Reading, head: int, alone: bool = False) -> bool:
    """One person by the grammar: a singular title, "a diplomat", "its envoy", a pronoun he or she. ``alone``: whoever
    stands beside is not asked."""
    lower = reading.lower(head)
    if lower in ("he", "she", "him", "her"):
        return True
    after = reading.lower(head + 1) if head + 1 < len(reading) else ""
    if after in ("'s", "’s") and (
        head + 2 >= len(reading) or reading.pos(head + 2) in ("PUNCT", "ADP", "AUX", "SCONJ", "CCONJ", "ADV")
    ):
        return True  # "recalled its ambassador and will expel Cambodia's"
    if lower in _ORDINALS and head > 0 and reading.lower(head - 1) in ("a", "one", "another"):
        return True
    if any(
        reading.lower(child) in ("every", "each", "any", "no") for child in syntax.kids(reading, head, "det")
    ):
        return False
    beside = [] if alone else syntax.conjuncts(reading, head)
    if len(beside) > 1 and (
        lower.endswith("s") or any(unit_of(reading, each) and each != head for each in beside)
    ):
        return False
    article = any(
        reading.lower(child) in ("a", "an", "another", "one")
        for child in syntax.kids(reading, head, "det", "nummod")
    )
    if (article or (head > 0 and reading.lower(head - 1) in ("a", "an", "another"))) and not unit_of(
        reading, head
    ):
        return "people" in class_of(reading, head)
    if any(int(a) <= head < int(b) and int(kind) == 0 for a, b, kind in reading.entities):
        return True
    singular = noun(reading, head) == lower or lower in ("affaires", "d'affaires", "man", "woman")
    return singular and bool(unit_of(reading, head)) and lower not in MANY


def having(reading: Reading, word: int) -> int | None:
    """Whose papers are taken where somebody "had their accreditation withdrawn"."""
    head = syntax.parent(reading, word)
    if (
        head is None
        or reading.lower(head) not in ("had", "has", "have", "having")
        or reading.pos(head) != "VERB"
    ):
        return None
    owner = syntax.subject(reading, head)
    return owner if owner is not None and "people" in class_of(reading, owner) else None


def is_of_people(reading: Reading, words: WordSpan) -> bool:
    """The number is followed by people: "to two persons", "to four named delegates"."""
    return any(unit_of(reading, at) is not None for at in range(words[1], min(words[1] + 3, len(reading))))


def nobody(reading: Reading, head: int) -> bool:
    """Whoever is meant is none at all, anybody or everybody: "none of the four has been expelled", "not any officer",
    "the whole staff"."""
    start, _ = reading.phrase(head)
    first, _ = syntax.sentence(reading, head)
    if reading.lower(head) in _EVERYBODY or not _EVERYBODY.isdisjoint(
        reading.lower(at) for at in range(max(0, head - 2), head)
    ):
        return own_count(reading, head) is None
    if reading.lower(head) in _NOBODY or reading.lower(start) in _NOBODY:
        return True
    return start - 2 >= first and reading.lower(start - 1) == "of" and reading.lower(start - 2) in _NOBODY


def of_those_told(reading: Reading, head: int) -> tuple[float, WordSpan, int] | None:
    """How many "they", "all" or "the men" are: the number of the people told of last before, in the sentence or the one
    before it, with its words and their noun; None where people without a number stand between."""
    lower = reading.lower(head)
    plain = lower in _ANYBODIES and head > 0 and reading.lower(head - 1) in ("the", "these", "those")
    if not plain and (lower not in _THEY or "credentials" in antecedent(reading, head)):
        return None
    here = reading.sentence_of(head)
    first = reading.sentence_spans[max(0, here - 1)][0]
    for at in range(head - 1, first - 1, -1):
        if reading.pos(at) not in ("NOUN", "PROPN") or not _are_people(reading, at):
            continue
        start = _first_of_row(reading, at)
        row = _row(reading, at, start)
        if row is not None:
            return sum(row), (max(first, reading.phrase(start)[0]), at + 1), at
        if noun(reading, at) == reading.lower(at) and reading.lower(at) not in MANY:
            continue  # one person is no "they"
        count = own_count(reading, at)
        number = (count.value or 0.0) if count is not None else 0.0
        return (number, count.words, at) if count is not None and number > 1.0 else None
    return None


def _are_people(reading: Reading, word: int) -> bool:
    """People who may be sent away: diplomats and staff, or so many of a people."""
    return unit_of(reading, word) is not None or (
        _is_person(reading, word) and any(True for _ in syntax.kids(reading, word, "nummod"))
    )


def last_people(reading: Reading, head: int) -> int | None:
    """The people told of last before a word in its sentence, for whom "its own" stands; in the one before as well for
    "theirs": "Oman recalled its envoy. Qatar and Bahrain brought theirs home"."""
    first, _ = syntax.sentence(reading, head)
    if reading.lower(head) == "theirs":
        first = reading.sentence_spans[max(0, reading.sentence_of(head) - 1)][0]
    for at in range(head - 1, first - 1, -1):
        if reading.deprel(at) == "nmod:poss":
            continue  # "its people's bureau"
        if reading.pos(at) in ("NOUN", "PROPN") and unit_of(reading, at) in ("diplomats", "staff", "persons"):
            return at
    return None


def person_after(reading: Reading, word: int) -> int | None:
    """The first people told of after a verb in its sentence: "refused to extend the visa of the consul"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last, word + 14)):
        if reading.pos(at) in ("NOUN", "PROPN") and _is_person(reading, at):
            return at
    return None


def is_of_one(reading: Reading, head: int) -> bool:
    """Papers of one person: "his status", "the secretary's accreditation", "the visa of" somebody named."""
    owners = [child for child in syntax.kids(reading, head, "nmod") if reading.deprel(child) == "nmod:poss"]
    return any(
        reading.lower(child) in ("his", "her") or is_single(reading, child) for child in owners
    ) or any(reading.entity_at(child) == "PER" for child in syntax.obliques(reading, head, "of"))


def first_of_all(reading: Reading, head: int) -> Count | None:
    """The number of a row, told once before its first noun: "nine clerks and guards"."""
    first = head
    while reading.deprel(first) == "conj" and (above := syntax.parent(reading, first)) is not None:
        first = above
    return own_count(reading, first) if first != head and _is_person(reading, first) else None


def given_to(reading: Reading, word: int, papers: int) -> Count | None:
    """How many people papers are given to or kept from: "three attachés shall not be given visas"."""
    for child in syntax.kids(reading, word, "nsubj", "nsubj:pass", "iobj", "obj"):
        if (
            child != papers
            and _is_person(reading, child)
            and (count := own_count(reading, child)) is not None
        ):
            return count
    return None
