"""Where a forum is named: by its own name, by an organisation that sits, by "the council" or "it" later on.

Requires the reading and the party resolver. A kind of body that also names what is no forum ("committee", "group")
needs a capital, a word that puts it between states, or the people who make it up ("a group of ministers").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

POINTING = frozenset(("it", "they", "these", "those"))
MINISTERS = frozenset(("ministers", "leaders", "presidents"))  # who sit for the organisation that they are of
_ARTICLES = frozenset(("the", "a", "an"))
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mid early late".split()
)
_TALKS = frozenset(("talks", "consultation", "consultations", "negotiations"))
_TIED = frozenset(
    ("with", "in", "about", "between", "over", "at", "on", "under")
)  # "talks with", "meetings at"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of ``cues/forums.yaml``, as sets but for the states, what bars a name, and the parts of a forum's
    work: of those the longest come first."""
    lexicon = load("forums")
    found = {
        name: lexicon[name] if name in ("states", "not_forums") else frozenset(lexicon[name])
        for name in lexicon
    }
    return found | {"part": tuple(sorted(lexicon["part"], key=len, reverse=True))}


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(each for each in words()["nouns"] if " " not in each)


@dataclass(slots=True)
class Named:
    """The forums named so far: their names by word, the nouns that head them, and whether one is a kind of talks."""

    at: dict[int, str] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    same: bool = False
    closed: set[str] = field(default_factory=set)
    others: set[str] = field(
        default_factory=set
    )  # heads of names that are of no forum: "the British Council"

    @property
    def last(self) -> int:
        """The word of the forum named last; one that was wound up is passed over where another lives."""
        living = [word for word, name in self.at.items() if name not in self.closed]
        return living[-1] if living else next(reversed(self.at))

    def add(self, word: int, name: str) -> None:
        """Take note of a forum's name at a word."""
        self.at[word] = name
        self.heads.add(head_of(name))
        self.same = self.same or kind_of(name) in words()["same"]

    def whole(self, name: str) -> str:
        """The name of the forum that a bare later mention means."""
        same = words()["same"]
        if name.lower() in POINTING or name.lower() in ("body", "format"):
            return self.at[self.last]
        for each in reversed(self.at.values()):
            if head_of(each) == head_of(name) or (kind_of(each) in same and name.lower() in same):
                return each
        return name


_BEHIND = re.compile(r" (?:on|with|in|of|between|about|over|under|at) ")


def kind_of(name: str) -> str:
    """The noun of a name, without what it is on or with, and where: "talks" of "nuclear talks in Vienna"."""
    return _BEHIND.split(name.lower())[0].split()[-1]


def head_of(name: str) -> str:
    """The noun that a later mention takes up, in the singular."""
    return name.lower().split(" on ")[0].split(" of ")[0].split(" in ")[0].split()[-1].rstrip("s")


def is_loose(reading: Reading, word: int, span: WordSpan) -> bool:
    """Talks or meetings known only by what they are about: on record where they are broken off or taken up."""
    lower = reading.lower(word)
    return (lower in _TALKS and span[0] == word and span[1] > word + 1) or lower == "meetings"


def name_at(reading: Reading, word: int) -> WordSpan | None:
    """The words of a forum's name whose head stands at a word; None where it is no forum."""
    if reading.pos(word) not in ("NOUN", "PROPN"):
        return None
    base = noun_of(reading.lower(word), _nouns())
    pair = word > 0 and f"{reading.lower(word - 1)} {reading.lower(word)}" in words()["nouns"]
    if pair:
        base = f"{reading.lower(word - 1)} {reading.lower(word)}"
    if base is None:
        return None
    start, end = _start(reading, word - 1 if pair else word), _end(reading, word, base)
    text = " ".join(reading.lower(at) for at in range(start, end)).replace(" - ", "-")
    whose = syntax.kids(reading, word, "nmod:poss")
    if _is_barred(text) and not (text == "council of ministers" and _of_a_body(reading, whose)):
        return None
    return (start, end) if _is_forum(reading, word, base, (start, end)) else None


def _is_barred(text: str) -> bool:
    if text == "council of ministers" or any(barred in text for barred in words()["not_forums"]):
        return True
    return not words()["civic"].isdisjoint(text.split())


def _of_a_body(reading: Reading, owners: list[int]) -> bool:
    """ "The League's council of ministers", and no state's."""
    return any(reading.entity_at(owner) == "ORG" for owner in owners)


def no_forum_at(reading: Reading, word: int) -> str | None:
    """The head of a name that looks like that of a forum and is of another thing: "the British Council"."""
    base = noun_of(reading.lower(word), _nouns()) if reading.pos(word) in ("NOUN", "PROPN") else None
    if base is None:
        return None
    start, end = _start(reading, word), _end(reading, word, base)
    text = " ".join(reading.lower(at) for at in range(start, end))
    return base if end - start > 1 and _is_barred(text) else None


def _start(reading: Reading, word: int) -> int:
    first = reading.sentence(word)[0]
    start = word
    while start > first and (
        reading.word(start - 1)[:1].isupper()
        or reading.word(start - 1) in ("-", "–")
        or reading.pos(start - 1) in ("ADJ", "NOUN", "NUM")
    ):
        before = reading.lower(start - 1)
        named = reading.word(start - 1)[:1].isupper() and start - 1 > first  # "the Structured Dialogue"
        barred = ("AUX", "PRON", "ADP", "SCONJ") if named else ("VERB", "AUX", "PRON", "ADP", "SCONJ")
        if reading.pos(start - 1) in barred or before in _ARTICLES:
            break
        start -= 1
    while start < word and reading.word(start) in ("-", "–"):
        start += 1
    if start > first and reading.lower(start - 1) == "and":  # "the Peace and Security Council"
        whole = next((a for a, b, _ in reading.entities if a < start - 1 and b == word + 1), start)
        start = whole + 1 if reading.lower(whole) in _ARTICLES else whole
    return start


def _end(reading: Reading, word: int, base: str) -> int:
    """The end of a name: with "on …", "of …", and what talks are with or about."""
    last = reading.sentence(word)[1]
    end = word + 1
    if end + 1 >= last or reading.pos(end + 1) not in ("NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM"):
        return end
    tie = reading.lower(end)
    if (base in _TALKS or base == "meeting") and tie in _TIED and not is_date(reading, end + 1):
        noun = end + 1
        while noun + 1 < min(last, end + 5) and reading.pos(noun) not in ("NOUN", "PROPN"):
            noun += 1
        whole = max(noun + 1, reading.phrase(word)[1])
        return next((at for at in range(noun + 1, whole) if _breaks_off(reading, at)), whole)
    if tie == "of" or (tie == "on" and not is_date(reading, end + 1)):
        for below in syntax.obliques(reading, word, tie, "to", "of"):
            start, behind = reading.phrase(below)
            if start <= end + 1:  # "of Ministers of the Organization", "on transit to Kaliningrad"
                end = max(end, behind)
    return end


def _breaks_off(reading: Reading, word: int) -> bool:
    """ "Talks between the two, due in Cairo": a comma, and what is said of them."""
    return reading.word(word) == "," and reading.pos(word + 1) in ("ADJ", "VERB", "ADV", "PRON")


def is_date(reading: Reading, word: int) -> bool:
    """Whether a day, month or number stands at a word."""
    return reading.pos(word) == "NUM" or reading.lower(word) in _DAYS


def _is_forum(reading: Reading, word: int, base: str, span: WordSpan) -> bool:
    start, end = span
    lexicon = words()
    last = reading.sentence(word)[1]
    named = any(reading.word(at)[:1].isupper() for at in range(start, end))
    between = any(reading.lower(at) in lexicon["between"] for at in range(start, word)) or any(
        reading.lower(owner) in lexicon["members"] for owner in syntax.kids(reading, word, "nmod:poss")
    )  # "the two countries' committee"
    made_up = any(reading.lower(at) in lexicon["members"] for at in range(word + 1, end))
    follows = end < last and reading.word(end)[:1].isupper() and end == word + 1
    if follows and reading.head(word) == end and reading.deprel(word) == "compound":
        return False  # "the Assembly Hall"
    above = reading.head(word)
    if reading.deprel(word) == "compound" and word < above and noun_of(reading.lower(above), _nouns()):
        return False  # "the Gulf Cooperation Council summit"
    if base == "partnership" and not named:
        return False
    if base == "cooperation":
        return reading.pos(word) == "PROPN" and start < word and not follows
    if base == "friends":  # "Friends of Syria"
        return reading.word(word)[:1].isupper() and end > word + 1
    if base == "dialogue" and end - start == 1 and not syntax.kids(reading, word, "det", "nmod:poss"):
        return False  # "Dialogue is to go on", of no dialogue in particular
    if base in _TALKS:
        sent_for = base != "talks" and syntax.case(reading, word) in ("for", "after", "in")
        sent_for = sent_for or reading.relation(word) == "compound"
        return not sent_for and (start < word or end > word + 1)
    if base == "meeting":
        return reading.lower(word) == "meetings" and end > word + 1
    if base in ("cell", "cabinet"):  # "a crisis cell of ministers", "the Binational Cabinet"
        return between or made_up
    if base == "group":
        return between or made_up or (reading.word(word)[:1].isupper() and (start < word or end > word + 1))
    if base == "summit" and syntax.kids(reading, word, "nmod:poss"):
        return True
    return base not in lexicon["proper_only"] or named or between or made_up


def later_name(reading: Reading, word: int, named: Named, tells: bool) -> WordSpan | None:
    """ "The council", after one was named; "talks" after a dialogue; "it" where its verb ``tells`` of a forum."""
    if not named.at:
        return None
    lower = reading.lower(word)
    if lower in POINTING and reading.deprel(word).startswith("nsubj"):
        several = kind_of(named.at[named.last]) in _TALKS
        if several != (lower != "it"):
            return None
        near = reading.sentence_of(word) - reading.sentence_of(named.last) <= 1
        return (word, word + 1) if near and tells else None
    if lower == "format" and word and reading.lower(word - 1) == "same":
        return word, word + 1
    if lower == "body" and reading.word(word - 2) == "," and named.last in (word - 3, word - 4):
        return word, word + 1  # "the quartet, a body that met in Accra"
    again = lower.rstrip("s") in named.heads
    same = named.same and lower in words()["same"]
    if not (again or same or lower == "body"):
        return None
    definite = any(reading.lower(child) == "the" for child in syntax.kids(reading, word, "det"))
    alone = same and not syntax.kids(reading, word, "det", "amod", "compound", "nmod")
    return (word, word + 1) if definite or alone else None


def organisation_at(draft: Draft, word: int) -> WordSpan | None:
    """An organisation of states, or its ministers, at a word: a forum where it is told to sit."""
    reading = draft.reading
    if reading.lower(word) in MINISTERS:
        start, end = reading.phrase(word)
        region = any(reading.lower(at) in words()["regions"] for at in range(start, word))
        owners = syntax.kids(reading, word, "nmod:poss") + syntax.obliques(reading, word, "of")
        named = (at for owner in owners for at in range(*reading.phrase(owner)))
        if region or any(_organisation(draft, at) for at in named):
            return (start, end) if reading.lower(start) not in _ARTICLES else (start + 1, end)
        return None
    return _organisation(draft, word)


def _organisation(draft: Draft, word: int) -> WordSpan | None:
    """The words of the organisation of states whose name a word heads."""
    reading = draft.reading
    if reading.pos(word) != "PROPN":
        return None
    named = next(((int(a), int(b)) for a, b, _ in reading.entities if a <= word < b), (word, word + 1))
    for span in dict.fromkeys((reading.phrase(word), named)):
        party = draft.resolver.resolve(span)
        if party is not None and party.kind == "igo" and party.role is None:
            return span
    return None
