"""What a noun is in an act: people (and in which unit), a mission, a consulate, an office, a post, credentials …

Requires the class lists of ``cues/acts.yaml`` and the reading. A number or a people's name standing for people counts
as people; a pronoun may stand for people or for a mission.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.counts import count_at
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

# What belongs to one state and stands in another.
TRACKED = frozenset(("people", "mission", "consulate", "office"))

_PERSONAL = frozenset(
    ("he", "she", "him", "her", "who", "whom", "nobody", "anyone", "everyone", "everybody", "anybody")
)
_THINGS = frozenset(("it", "its", "this", "that", "which"))
_PLURAL = frozenset(
    (
        "they",
        "them",
        "all",
        "both",
        "others",
        "those",
        "these",
        "some",
        "many",
        "few",
        "several",
        "any",
        "more",
        "another",
    )
)
_STANDING = frozenset(("theirs", "hers", "ours", "one", "ones", "each", "either", "neither", "none"))
_PREMISES = ("mission", "consulate")
# A consulate by another name, behind "consular"; and what may stand before a house that was told of by its own name.
_CONSULAR = frozenset("section agency post office establishment representation mission department".split())
_THE = frozenset(("the", "both", "its", "their", "that", "whole"))
# What makes a mission an office of its own kind, apart from the embassy.
_TRADES = frozenset(("trade", "commercial", "economic", "cultural", "technical", "medical", "tourist"))
_PEOPLES = (
    "ish",
    "ese",
    "nch",
    "tch",
    "iss",
    "elsh",
)  # endings of the adjectives that name a people with "the"
_NATIONALS = (
    "ian",
    "ean",
    "ese",
    "can",
    "yan",
)  # of the names of one of a people: never of a place or an organ
_PEOPLE = frozenset(
    "afghan arab argentine azeri bangladeshi briton croat cypriot czech dane dutchman emirati englishman filipino finn "
    "frenchman german greek icelander iraqi irishman israeli kazakh kuwaiti kyrgyz lao omani pakistani pole qatari "
    " saudi serb slovak slovene spaniard swede tajik thai turk turkmen uzbek yemeni yugoslav".split()
)  # one of a people whose name ends like no other's
_PARTS = frozenset("whole bulk majority most part last third quarter tenth".split())
_ARTICLES = frozenset(("a", "an", "no", "another", "one", "every", "any"))
_PEOPLE_OF = ("ians", "eans")  # a people in the plural, whatever kind of name the reading takes it for
_LAID = frozenset("bring deny dismiss drop face level make press reject repudiate answer lay refute".split())
_GENERALS = ("general", "generals")
_UNLISTED: frozenset[str] = frozenset()
_TOLD_OF = frozenset(("people", "mission", "consulate", "office", "credentials", "post", "relations"))


@lru_cache(maxsize=1)
def _all_nouns() -> frozenset[str]:
    return frozenset(_classes())


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    table: dict[str, str] = {}
    for name, words in load("acts")["classes"].items():
        if isinstance(words, dict):
            table.update({word: name for nouns in words.values() for word in nouns})
        else:
            for word in words:
                table.setdefault(word, name)
    return table


@lru_cache(maxsize=1)
def _listed() -> dict[str, frozenset[str]]:
    """Every class that lists a noun, by the noun."""
    table: dict[str, set[str]] = {}
    for name, words in load("acts")["classes"].items():
        for word in chain.from_iterable(words.values()) if isinstance(words, dict) else words:
            table.setdefault(word, set()).add(name)
    return {word: frozenset(found) for word, found in table.items()}


@lru_cache(maxsize=1)
def _unit_words() -> dict[str, str]:
    return {word: unit for unit, words in load("acts")["classes"]["people"].items() for word in words}


@lru_cache(maxsize=1 << 16)
def _known(lower: str) -> tuple[str, frozenset[str], str | None]:
    """What the lexicon knows of a word in small letters: its base as a noun, the classes that list it, and its unit."""
    base = noun_of(lower, _all_nouns()) or lower
    unit = "posts" if _classes().get(base) == "post" else _unit_words().get(base)
    return base, _listed().get(base, _UNLISTED), unit


def noun(reading: Reading, word: int) -> str:
    """The base form of a word taken as a noun, where the lexicon has it; else the word in small letters."""
    return _known(reading.lower(word))[0]


def unit_of(reading: Reading, word: int) -> str | None:
    """The unit in which a noun counts people: diplomats, staff or persons; posts for posts."""
    return _known(reading.lower(word))[2]


def is_premises(reading: Reading, word: int) -> bool:
    """The word itself names a mission or consulate; no pronoun or possessive that stands for one."""
    lower = reading.lower(word)
    base, listed, _ = _known(lower)
    # Only what `class_of` would call so by its own noun is looked at closely.
    if listed.isdisjoint(_PREMISES) and base != "commission" and lower not in _GENERALS:
        return False
    found = class_of(reading, word)
    return not found.isdisjoint(_PREMISES) and "pronoun" not in found


@once
def class_of(reading: Reading, word: int | None) -> frozenset[str]:
    """The classes of the lexicon to which a noun phrase belongs by its head.

    A number or a people's name standing for people ("expelled 23", "five Czechs") counts as people; a pronoun
    may stand for people or for a mission.
    """
    if word is None:
        return frozenset()
    lower, pos = reading.lower(word), reading.pos(word)
    before = reading.lower(word - 1) if word > 0 else ""
    base, listed, unit = _known(lower)
    found = set(listed)
    if base == "charge" and not _of_affairs(reading, word):
        found, unit = set(), None  # what somebody is charged with
    if base == "bureau" and before in ("'s", "’s") and reading.lower(word - 2) == "people":
        found = {"mission"}  # what Libya called its embassies
    if "mission" in found and before in _TRADES:
        found = {"office"} | found - {"mission"}
    if before == "consular" and base in _CONSULAR:
        found = {"consulate"}
    if base == "house" and before in _THE and (told := antecedent(reading, word) & set(_PREMISES)):
        found = {*told}  # "the house is to be shut": the embassy just told of
    if base == "post" and before in _THE and "consulate" in antecedent(reading, word):
        found = {"consulate"}  # "the post in Narva is to close"
    if before == "high" and base in ("commission", "commissioner"):
        found |= {"mission"} if base == "commission" else {"people"}
    number = (pos == "NUM" or before == "the") and count_at(reading, word, len(reading)) is not None
    if number or lower in ("dozens", "both", "all", "four", "others"):
        found.add("people")  # not the number of a date
    if lower in ("more", "another") and (
        counted(reading, word) or (word > 0 and reading.pos(word - 1) == "NUM")
    ):
        found.add("people")
    if unit == "diplomats":
        found.add("diplomats")
    if pos in ("PRON", "DET") or base in _STANDING:
        found |= {"pronoun", *_stands_for(reading, word)}
    elif _without_noun(reading, word):
        found |= {"pronoun", *antecedent(reading, word)}
    elif _one_national(reading, word) or _whole_people(reading, word):
        found.add("people")
    if lower in _GENERALS and "consulate" in (before, reading.lower(max(0, word - 2))):
        found.add("consulate")
    if _entity(reading, word, "PER"):
        found.add("people")
    if pos in ("PROPN", "NOUN", "ADJ") and reading.word(word)[:1].isupper() and not found:
        found.add("name")
        if lower.endswith(_PEOPLE_OF) or (
            (lower.endswith("s") or counted(reading, word)) and not _entity(reading, word, "ORG", "LOC")
        ):
            found.add("people")
    if "size" in found and "people" not in found:
        for child in syntax.obliques(reading, word, "of", "on", "for"):
            if class_of(reading, child) & {"people", "mission"}:
                found.add("staffcount")
    if base in ("number", "maximum", "size", "half", "rest", "remainder"):
        for child in syntax.obliques(reading, word, "of"):
            if class_of(reading, child) & {"people"}:
                found |= {"people", "staffcount"}
    if base in _PARTS and any(
        class_of(reading, each) & {"people"} for each in syntax.obliques(reading, word, "of")
    ):
        found.add("people")  # "the whole of its personnel", "the last of its staff"
    if "size" in found:
        found.add("staffcount")
    if base in ("member", "head", "dozen", "pair") and "people" not in found:
        found.add("people")
    return frozenset(found)


def _of_affairs(reading: Reading, word: int) -> bool:
    """ "The charge" without its accent is an envoy, but for what somebody is charged with: "a charge of spying"."""
    after = reading.lower(word + 1) if word + 1 < len(reading) else ""
    before = reading.lower(word - 1) if word else ""
    if reading.lower(word) != "charge" or after in ("that", "of", "against", "which"):
        return False
    if "affaire" in after or after.startswith(("d'", "d’")) or before == "acting":
        return True
    head = syntax.parent(reading, word)
    if word + 1 < len(reading) and reading.pos(word + 1) == "ADJ":
        return False  # "calls the charge unfounded"
    laid = head is not None and reading.lemma(head) in _LAID
    return not laid and (
        before in ("the", "'s", "’s", "its", "their") or reading.word(word - 1)[:1].isupper()
    )


def _stands_for(reading: Reading, word: int) -> set[str]:
    """What a pronoun may stand for: "he" people, "it" a mission, "they" either."""
    lower = reading.lower(word)
    if lower in _PERSONAL:
        return {"people"}
    if lower not in _THINGS | _PLURAL | _STANDING:
        return set()
    told = antecedent(reading, word)
    if lower in _THINGS:
        return told - {"people"}
    return told | {"people"}


def antecedent(reading: Reading, word: int) -> set[str]:
    """The class of the last people, mission or office told of before a word, in its sentence or the one before."""
    first = reading.sentence_of(word)
    start = reading.sentence_spans[max(0, first - 1)][0]
    for at in range(word - 1, start - 1, -1):
        if reading.pos(at) in ("NOUN", "PROPN") and (found := _known(reading.lower(at))[1] & _TOLD_OF):
            return set(found)
    return set()


def _without_noun(reading: Reading, word: int) -> bool:
    """A possessive that stands for its noun: "called in the North's", "the closing of Bulgaria's", "its own"."""
    if reading.lower(word) == "own":
        return word + 1 >= len(reading) or reading.pos(word + 1) not in ("NOUN", "PROPN", "ADJ", "NUM")
    if reading.pos(word) not in ("PROPN", "NOUN") or reading.deprel(word) == "nmod:poss":
        return False
    after = word + 1
    return (
        after + 1 < len(reading)
        and reading.lower(after) in ("'s", "’s")
        and reading.pos(after + 1) not in ("NOUN", "PROPN", "ADJ", "NUM")
    )


def _one_national(reading: Reading, word: int) -> bool:
    """One of a people, by its article: "a Canadian", "no Pakistani", "another Pole"."""
    return (
        word > 1
        and reading.word(word)[:1].isupper()
        and reading.pos(word) in ("PROPN", "NOUN", "ADJ")
        and (
            reading.lower(word - 1) in _ARTICLES
            or (
                reading.pos(word - 1) == "ADJ" and reading.lower(word - 2) in _ARTICLES
            )  # "a senior Canadian"
        )
        and (
            word + 1 >= len(reading)
            or reading.pos(word + 1) not in ("NOUN", "PROPN", "ADJ")
            or reading.lower(word + 1) in ("home", "out", "back")
        )
        and (
            reading.lower(word).endswith(_NATIONALS)
            or reading.lower(word) in _PEOPLE
            or not _entity(reading, word, "ORG", "LOC")
        )
    )


def _whole_people(reading: Reading, word: int) -> bool:
    """A people by its adjective: "the British", "the Dutch", "the Portuguese"."""
    return (
        word > 0
        and reading.lower(word - 1) == "the"
        and reading.word(word)[:1].isupper()
        and reading.lower(word).endswith(_PEOPLES)
        and (word + 1 >= len(reading) or reading.pos(word + 1) not in ("NOUN", "PROPN", "ADJ", "PUNCT"))
    )


def _entity(reading: Reading, word: int, *kinds: str) -> bool:
    """The word stands in a name of one of the kinds."""
    return reading.entity_at(word) in kinds


def counted(reading: Reading, word: int) -> bool:
    """A number depends on the word."""
    return any(True for _ in syntax.kids(reading, word, "nummod"))
