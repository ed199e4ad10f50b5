"""The nouns that tell what kind of actor a phrase is about: ministry, troops, embassy, rebels, newspaper …

Data: `data/names/nouns.yaml`, singular; plurals are made by rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.vocabulary.actors import sectors
from onrecord.vocabulary.load import VocabularyError, tree

FILE = "names/nouns.yaml"
# Lists of the file that are no sector.
_LISTS = ("inherit", "vague", "scattered", "believers", "regions")
KINDS = ("organ", "person", "state", "unit", "mission", "party", "group", "outlet", "igo", "place")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of one or more words, singular. `inherits`: a spokesman, member, chief … takes the sector of
    what he is of.
    """

    words: str
    sector: str
    kind: str
    inherits: bool = False
    plural: bool = False


class Nouns:
    """The nouns by their last two words; `all_ending_at` gives those that end at a word."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self.regions: frozenset[tuple[str, ...]] = frozenset(
            tuple(each.casefold().split()) for each in entries["regions"]
        )
        self.vague: frozenset[str] = frozenset(entries["vague"])
        self.scattered: frozenset[str] = frozenset(entries["scattered"])
        self.believers: frozenset[str] = frozenset(entries["believers"])
        self._single: dict[str, Noun] = {}
        self._longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], Noun]]] = {}
        for kind, words in entries["inherit"].items():
            for word, sector in words.items():
                self._add(word, Noun(word, sector, kind, inherits=True))
        for sector, kind, word in _listed(entries):
            self._add(word, Noun(word, sector, kind))

    def all_ending_at(self, lower: Sequence[str], last: int) -> tuple[tuple[int, Noun], ...]:
        """Every noun whose last word is `lower[last]`, the longest first: its beginning and itself."""
        single = self._single.get(lower[last])
        one = ((last, single),) if single is not None else ()
        listed = self._longer.get((lower[last - 1], lower[last])) if last else None
        if listed is None:
            return one
        longer = (
            (last + 1 - len(words), noun)
            for words, noun in listed
            if len(words) <= last + 1 and tuple(lower[last + 1 - len(words) : last + 1]) == words
        )
        return (*longer, *one)

    def _add(self, word: str, noun: Noun) -> None:
        singular = tuple(word.casefold().split())
        plural = plural_of(singular)
        for words, many in ((singular, False), (plural, True)):
            entry = Noun(noun.words, noun.sector, noun.kind, noun.inherits, many)
            if len(words) == 1:
                self._single.setdefault(words[0], entry)
                continue
            listed = self._longer.setdefault(words[-2:], [])
            if all(words != known for known, _ in listed):
                listed.append((words, entry))
                listed.sort(key=_length, reverse=True)


def _length(entry: tuple[tuple[str, ...], Noun]) -> int:
    return len(entry[0])


@cache
def nouns() -> Nouns:
    """The nouns, read once."""
    entries = tree(FILE)
    for sector, kind, word in _listed(entries):
        if sector not in sectors() or kind not in KINDS or not word:
            raise VocabularyError(f"{FILE}: {sector}, {kind}, {word!r} is not a known sector, kind and noun")
    return Nouns(entries)


def _listed(entries: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for sector, kinds in entries.items():
        if sector not in _LISTS:
            for kind, words in kinds.items():
                for word in words:
                    yield sector, kind, word


def plural_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The plural of a noun in small letters; of "chief of staff" the first word takes it."""
    if "of" in words[1:]:
        place = words.index("of") - 1
    elif len(words) > 1 and words[-1].startswith("d'"):
        place = len(words) - 2
    else:
        place = len(words) - 1
    word = words[place]
    if word.endswith("man"):
        many = word[:-3] + "men"
    elif word.endswith("person"):
        many = word[:-6] + ("persons" if word == "person" else "people")
    elif word.endswith("y") and word[-2:-1] not in "aeou":
        many = word[:-1] + "ies"
    elif word.endswith(("s", "sh", "ch", "x", "z")):
        many = word + "es"
    elif word.endswith("child"):
        many = word + "ren"
    elif word.endswith("wife"):
        many = word[:-2] + "ves"
    elif word.endswith("thief"):
        many = word[:-1] + "ves"
    else:
        many = word + "s"
    return (*words[:place], many, *words[place + 1 :])
