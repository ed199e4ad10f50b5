"""How many a measure removes, and between which ceilings: four numbers that are never mixed.

``number`` is what was removed, denied, closed or suspended; ``from`` and ``to`` are ceilings. A number belongs to
the measure when it stands in the phrase of the people or posts acted upon; a ceiling when "from", "to", "at",
"no more than" and their kin introduce it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, unit_of
from onrecord.coding.acts.company import along_with, one_and_more
from onrecord.coding.acts.counting import (
    count_after,
    first_of_all,
    given_to,
    having,
    is_of_one,
    is_of_people,
    is_single,
    last_people,
    nobody,
    of_those_told,
    own_count,
    person_after,
    sum_of_row,
)
from onrecord.coding.acts.lexicon import CEILINGS
from onrecord.coding.acts.premises import houses
from onrecord.coding.acts.rules import Match
from onrecord.coding.acts.sizes import old_told, size_told
from onrecord.coding.counts import Count, counts
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_COUNTED = frozenset(
    ("persona_non_grata", "not_acceptable", "withdraw_accreditation", "deny_accreditation", "abolish_vacancy",
     "recall")
)  # fmt: skip
_PREMISES = frozenset(("close_consulate", "close_office", "suspend_own_mission"))
_FROM = frozenset(("from", "against", "instead"))
_TO = frozenset(("to", "at", "of", "exceed", "than"))
_HEADS = frozenset(("ambassador", "envoy", "head", "chargé", "consul", "counterpart", "commissioner"))
_ELLIPTIC = frozenset(("own", "theirs"))
_HE = frozenset(("he", "she", "him", "her", "his", "who", "whom"))
_BUT = frozenset(("but", "except", "save"))
_HALVE = frozenset(("halve",))
_SOLE = frozenset(("ambassadors", "nuncios"))
_GOING = frozenset(("leave", "go", "depart", "home", "departures", "out", "quit"))
_SIDE_BY_SIDE = 12  # words between an old ceiling and the new one
_STATES = frozenset("states countries capitals governments nations".split())
_PAPERS = frozenset(("withdraw_accreditation", "deny_accreditation"))
_HOUSES = frozenset(("mission", "consulate", "office", "relations"))
_OR_ELSE = frozenset(("or", "failing", "unless", "otherwise"))
_REQUESTS = frozenset(("request", "application", "agrément", "agrement", "visa", "candidate", "nominee"))
_SIZES = frozenset(
    [
        "ceiling",
        "cap",
        "limit",
        "maximum",
        "strength",
        "size",
        "number",
        "total",
        "complement",
        "establishment",
        "staff",
        "quota",
        "level",
    ]
)


@dataclass(slots=True)
class Numbers:
    """What the words say: each None where they say nothing. ``words`` are the numbers' own words."""

    number: float | None = None
    from_: float | None = None
    to: float | None = None
    unit: str | None = None
    approximate: bool = False
    words: list[WordSpan] | None = None


def numbers_of(reading: Reading, match: Match, clause: WordSpan) -> Numbers:
    """The numbers of one measure."""
    act = match.rule.act
    if match.ceiling is not None:
        old, new = match.ceiling
        words = [count.words for count in (old, new) if count is not None]
        unit = _unit_after(reading, new, syntax.sentence(reading, match.word)[1])
        return Numbers(from_=old.value if old else None, to=new.value, unit=unit, words=sorted(words))
    if match.count is not None:
        return Numbers(
            number=match.count.value,
            unit="persons",
            approximate=match.count.approximate,
            words=[match.count.words],
        )
    if act in CEILINGS:
        found = _ceiling(reading, match, clause)
        if found.to is None and (size := size_told(reading, match.word)) is not None:
            found.to, found.words = size.value, [*(found.words or []), size.words]
            found.words.sort()
        if (
            found.from_ is None
            and found.to is not None
            and (old := old_told(reading, match.word)) is not None
            and (old.value or 0.0) > found.to
        ):
            found.from_, found.words = old.value, [*(found.words or []), old.words]
            found.words.sort()
        if found.from_ is None and found.to is not None and verb_of(reading.lower(match.word), _HALVE):
            found.from_ = 2 * found.to  # "is halved to ten"
        if found.from_ is None and found.to is not None and match.target is not None:
            whole = own_count(reading, match.target)  # "bring its fifty people down to eighteen"
            if (
                whole is not None
                and (whole.value or 0.0) > found.to
                and "people" in class_of(reading, match.target)
            ):
                found.from_, found.words = whole.value, sorted([*(found.words or []), whole.words])
        if act == "parity_cap" and (leaving := _leaving(reading, match.word)) is not None:
            found.number = leaving.value
            found.words = [*(found.words or []), leaving.words]
        return found
    if act == "ultimatum":
        return _readmitted(reading, match)
    if act in _COUNTED:
        found = _people(reading, match, clause)
        if found.unit == "persons" and _is_envoy(reading, match):
            found.unit = "diplomats"
        return found
    if act == "access_restriction" and match.target is not None:
        limit = _ceiling(reading, match, clause)
        if limit.to is not None and limit.words and is_of_people(reading, limit.words[-1]):
            return limit  # "access is cut from eight to two people"
        if "people" in class_of(reading, match.target):
            return _people(reading, match, clause)
    if act in _PREMISES:
        return _houses(reading, match)
    if match.target is not None and "estate" in class_of(reading, match.target):
        return _houses(reading, match)
    found = Numbers()
    if match.target is not None and act == "access_restriction":  # a ban of a category counts nobody
        found.unit = unit_of(reading, match.target)
    return found


def _people(reading: Reading, match: Match, clause: WordSpan) -> Numbers:
    found = Numbers(words=[])
    head = match.target if match.target is not None else person_after(reading, match.word)
    if head is None:
        count = own_count(reading, match.word) if reading.pos(match.word) == "NOUN" else None
        if count is not None and count.value is not None:  # "answered with seven expulsions"
            found.number, found.unit, found.words = count.value, "persons", [count.words]
        return found
    if nobody(reading, head):
        plain = None if reading.pos(head) == "PRON" else "persons"
        found.unit = unit_of(reading, head) or plain
        return found
    heads = [head, *syntax.obliques(reading, head, "of", "for", "to", "from")]
    if match.rule.act in _PAPERS:  # "refused accreditation to three more"
        heads += [
            each for each in syntax.obliques(reading, match.word, "to", "from", "of") if each not in heads
        ]
    for each in heads:
        for child in syntax.obliques(reading, each, "of", "for"):
            if child not in heads:
                heads.append(child)
    for each in heads:
        unit = unit_of(reading, each)
        if unit and found.unit in (None, "persons"):
            found.unit = unit if unit != "persons" or found.unit is None else found.unit
    if _mentions(reading, head, ("staff", "embassy", "technical")) and found.unit == "persons":
        found.unit = "staff"
    count = own_count(reading, head) or next(
        (
            count
            for each in heads[1:]
            if not (class_of(reading, each) & _HOUSES and "people" not in class_of(reading, each))
            and (count := own_count(reading, each)) is not None
        ),
        None,
    )
    if count is None and match.rule.act in _PAPERS and (owner := having(reading, match.word)) is not None:
        head = owner
        count = own_count(reading, head)
        found.unit = unit_of(reading, head) or found.unit
    if count is None and match.rule.act in _PAPERS:
        count = given_to(reading, match.word, head)
    if count is None:
        count = count_after(reading, head) or first_of_all(reading, head)
    if count is not None and _is_of_states(reading, count):
        count = None  # "the envoys of the five Arab states"
    if count is not None and reading.lower(count.words[0] - 1) in _BUT:
        found.unit = found.unit or "persons"  # "all but three of its people": how many stay
        return found
    if (row := sum_of_row(reading, match.word, head)) is not None:
        found.number, found.unit = row, found.unit or "persons"
        return found
    beside = one_and_more(reading, head, count) or (
        along_with(reading, match.word, head) if count is None else None
    )
    if beside is not None:
        count = None
        found.number, found.words = 1.0 + (beside.value or 0.0), [beside.words]
        return found
    if count is not None:
        found.number, found.approximate = count.value, count.approximate
        found.words = [count.words]
        if found.unit is None:
            found.unit = "persons"
        return found
    if match.rule.act in _COUNTED and (told := of_those_told(reading, head)) is not None:
        found.number, words, people = told
        found.words, found.unit = [words], unit_of(reading, people) or "persons"
        return found
    if match.rule.act == "deny_accreditation" and reading.lower(head) in _REQUESTS:
        found.number = 1.0
    if reading.lower(head) in _ELLIPTIC and (before := last_people(reading, head)) is not None:
        head = before  # "expelled the ambassador and recalled its own", "Mali and Niger recalled theirs"
        found.unit = unit_of(reading, head)
        if reading.lower(head).removesuffix("s") in _HEADS:
            found.number = 1.0
    person = next((each for each in (head, *heads) if class_of(reading, each) & {"people", "post"}), head)
    if match.rule.act in _PAPERS and is_of_one(reading, head):
        found.number, found.unit = 1.0, found.unit or "diplomats"
    if is_single(reading, person):
        found.number = 1.0
    if found.unit is None and "people" in class_of(reading, person):
        found.unit = "persons"
    return found


def _is_of_states(reading: Reading, count: Count) -> bool:
    """The number is that of states and not of their people: "of the five Arab states", "from all seven countries"."""
    after = count.words[1]
    near = range(after, min(after + 3, len(reading)))
    return any(
        reading.word(at) in _STATES
        and all(reading.pos(between) in ("ADJ", "PROPN", "NOUN") for between in range(after, at))
        for at in near
    )


def _is_envoy(reading: Reading, match: Match) -> bool:
    """Whoever is meant is a diplomat, whatever noun stands for him: one person by name or as "he", and whom a state
    calls home from its mission."""
    head = match.target
    if match.rule.act == "recall":
        return True
    if head is None or match.rule.act == "not_acceptable":
        return False
    owners = [child for child in reading.children(head) if reading.deprel(child) == "nmod:poss"]
    return any(
        reading.lower(each) in _HE or reading.entity_at(each) == "PER"
        for each in (head, *owners, *syntax.kids(reading, head, "appos"))
    )


def _readmitted(reading: Reading, match: Match) -> Numbers:
    """How many an ultimatum asks to be taken back or taken home."""
    found = Numbers(words=[])
    _, last = syntax.sentence(reading, match.word)
    for count in counts(reading, match.word + 1, last):
        if {reading.lower(at) for at in range(match.word, count.words[0])} & _OR_ELSE:
            break
        unit = _unit_after(reading, count, last)
        if unit in ("persons", "diplomats", "staff") and count.value is not None:
            found.number, found.unit, found.words = count.value, unit, [count.words]
            if (one := _one_before(reading, match.word, count.words[0])) is not None:
                found.number += one
            break
    return found


def _one_before(reading: Reading, word: int, count: int) -> float | None:
    """ "To send home an attaché and two clerks": the one named before the number."""
    head = count - 2
    if head <= word + 1 or reading.lower(count - 1) != "and" or "people" not in class_of(reading, head):
        return None
    return 1.0 if is_single(reading, head) else None


def one_a_state(reading: Reading, match: Match) -> bool:
    """Ambassadors, of whom a state has one at each place: "had ten ambassadors declared unwelcome"."""
    return match.target is not None and reading.lower(match.target) in _SOLE


def each_one(reading: Reading, match: Match) -> bool:
    """One for each mission: heads of mission in the plural ("its ambassadors in Oslo and Dublin"), or one person of
    each ("the counsellor of the Danish embassy and the consul of Peru")."""
    if match.target is None:
        return False
    row = syntax.conjuncts(reading, match.target)
    if len(row) > 1 and all(is_single(reading, each, alone=True) for each in row):
        return True
    heads = (match.target, *syntax.obliques(reading, match.target, "of"))
    return any(reading.lower(head).removesuffix("s") in _HEADS for head in heads)


def _mentions(reading: Reading, head: int, words: tuple[str, ...]) -> bool:
    start, end = reading.phrase(head)
    return any(reading.lower(word) in words for word in range(start, end))


def _ceiling(reading: Reading, match: Match, clause: WordSpan) -> Numbers:
    found = Numbers(words=[])
    start, end = clause
    ceilings: list[tuple[str, Count]] = []
    sized: list[Count] = []  # "a ceiling of 42": the old one where a new one follows
    for count in counts(reading, start, syntax.sentence(reading, match.word)[1]):
        if count.value is None or count.value == 1.0:
            continue
        before = _introduced(reading, count.words[0], start)
        if before not in _FROM | _TO or (
            count.words[0] >= end and not _goes_on(reading, [each for _, each in ceilings], count)
        ):
            continue
        if sized and before in ("to", "at") and not any(side == "from" for side, _ in ceilings):
            ceilings = [("from", sized[0])]
        if before == "of":
            sized.append(count)
        ceilings.append(("from" if before in _FROM else "to", count))
    olds = [count for side, count in ceilings if side == "from"]
    news = [count for side, count in ceilings if side == "to"]
    if olds:  # "from 30 to 20": the new ceiling is the one that stands by the old
        old = olds[0]
        news.sort(key=lambda each: each.words[0] < old.words[0])  # what follows it goes first
        news = [each for each in news if abs(each.words[0] - old.words[0]) < _SIDE_BY_SIDE]
    for count in (*olds[:1], *news[:1]):
        assert found.words is not None
        found.words.append(count.words)
        found.approximate = found.approximate or count.approximate
        found.unit = found.unit or _unit_after(reading, count, end)
    found.from_ = olds[0].value if olds else None
    found.to = news[0].value if news else None
    if found.words:
        found.words.sort()
    if found.unit is None:
        found.unit = _unit_around(reading, match, clause)
    return found


def _leaving(reading: Reading, word: int) -> Count | None:
    """How many a parity makes leave: "which obliges 63 employees to go", "must send 63 people home"."""
    _, last = syntax.sentence(reading, word)
    first, _ = syntax.sentence(reading, word)
    for count in counts(reading, first, last):
        after = {reading.lower(at) for at in range(count.words[1], min(last, count.words[1] + 6))}
        if count.value is not None and count.value > 1 and after & _GOING:
            return count
    return None


def _goes_on(reading: Reading, told: list[Count], count: Count) -> bool:
    """A number past the clause that still belongs to the ceiling: the "to 20" after "from 30 people"."""
    if not told:
        return False
    return count.words[0] - told[-1].words[1] < 6 and reading.lower(count.words[0] - 1) in (
        "to",
        "against",
        "of",
    )


def second_ceiling(reading: Reading, first: Numbers, clause: WordSpan) -> Numbers | None:
    """Another ceiling in another unit: "five diplomats and 20 administrative employees"."""
    if first.to is None or not first.words:
        return None
    start = first.words[-1][1]
    for count in counts(reading, start, clause[1]):
        unit = _unit_after(reading, count, clause[1])
        before = {reading.lower(word) for word in range(start, count.words[0])}
        if any(reading.pos(word) == "VERB" for word in range(start, count.words[0])):
            return None  # "limited to six and done away with two posts": the number of another measure
        if (
            count.value is not None
            and "and" in before
            and unit not in (None, first.unit)
            and "from" not in before
        ):
            return Numbers(to=count.value, unit=unit, words=[count.words])
    return None


def _introduced(reading: Reading, word: int, start: int) -> str:
    """The word that introduces a number, over "a maximum of", "some", "about", "just", "the"."""
    place = word - 1
    while place >= start and reading.lower(place) in (
        "a", "the", "some", "about", "around", "just", "only", "maximum", "total", "mere", "under", "over", "down",
        "limit", "ceiling", "cap", "its", "nearly", "present", "current", "previous", "former", "earlier", "original",
        "initial", "their", "existing",
    ):  # fmt: skip
        place -= 1
    if place < start:
        return ""
    if reading.lower(place + 1) == "present" and reading.lower(place) == "at":
        return "from"  # "at present fourteen"
    if reading.lower(place) == "of" and reading.lower(place - 1) == "instead":
        return "instead"
    if reading.lower(place) == "of" and "from" in {
        reading.lower(at) for at in range(max(start, place - 5), place)
    }:
        return "from"
    if reading.lower(place) == "of" and reading.lower(place - 1) == "half":
        return "from"  # "three diplomats, half of the present six"
    if reading.lower(place) == "of" and not (place > start and reading.lower(place - 1) in _SIZES):
        return ""
    return reading.lower(place)


def _unit_after(reading: Reading, count: Count, end: int) -> str | None:
    for word in range(count.words[1], min(count.words[1] + 6, end)):
        unit = unit_of(reading, word)
        if unit is not None:
            return unit
        participle = reading.pos(word) == "VERB" and reading.lower(word).endswith(("ed", "en"))
        if reading.pos(word) in ("ADP", "VERB", "PUNCT") and not participle:
            return None
    return None


def _unit_around(reading: Reading, match: Match, clause: WordSpan) -> str | None:
    for wanted in ("posts", "diplomats", "staff", "persons"):
        for word in range(*clause):
            if unit_of(reading, word) == wanted:
                return wanted
    return None


def _houses(reading: Reading, match: Match) -> Numbers:
    target = match.target
    if target is not None and target < match.word:  # "the institute has shut its libraries", itself an office
        objects = syntax.kids(reading, match.word, "obj")
        target = next((each for each in objects if class_of(reading, each) & _HOUSES), target)
    count, number = houses(reading, target) if target is not None else (None, None)
    return Numbers(number=number, words=[] if count is None else [count.words])
