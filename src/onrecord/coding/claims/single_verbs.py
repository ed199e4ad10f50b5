"""Forms of one verb each that carry a claim: "put the dead at several hundred", "holds the guards answerable".

Requires the tree. Gives what is said, without a look at what else the verb may mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, Verb, make
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_GUILTY = frozenset(("answerable", "responsible", "accountable", "liable", "guilty"))
_AMOUNTS = frozenset(
    ("several", "some", "about", "around", "more", "less", "fewer", "hundreds", "thousands", "dozens")
)
_SHARED = frozenset(
    (
        "view",
        "opinion",
        "finding",
        "assessment",
        "conclusion",
        "belief",
        "position",
        "reading",
        "doubt",
        "suspicion",
    )
)
_HOUSES = frozenset(("embassy", "mission", "delegation", "staff", "consulate", "legation"))
_BEFORE = 6  # words from "which" to the verb
_TERM = 14  # words from the verb to its complement


def put_at(reading: Reading, word: int) -> Candidate | None:
    """ "Put the dead at several hundred", "the crew, which the radio puts at nine": estimates their number."""
    holder = syntax.subject(reading, word)
    first, last = syntax.sentence(reading, word)
    verb = Verb("estimate", "assesses", (), (), (), None, False, False)
    if (
        holder is not None
        and reading.lower(word + 1) == "at"
        and _amount(reading, word + 2, last)
        and any(
            reading.lower(at) in ("which", "whose", "whom", "that")
            for at in range(max(first, word - _BEFORE), word)
        )
    ):
        stop = next((end for end in range(word + 2, last) if reading.pos(end) in ("PUNCT", "CCONJ")), last)
        return make(word, verb, holder, [cut(reading, (word + 2, stop))])
    at = next((at for at in range(word + 2, min(last - 1, word + _TERM)) if reading.lower(at) == "at"), None)
    if (
        holder is None
        or at is None
        or any(reading.pos(each) in ("VERB", "PUNCT") for each in range(word + 1, at))
    ):
        return None
    if not _amount(reading, at + 1, last):
        return None
    stop = next((end for end in range(at + 1, last) if reading.word(end) in (";", ".")), last)
    stop = next((end for end in range(at + 1, stop) if reading.lower(end) in ("and", "but", "which")), stop)
    return make(word, verb, syntax.relative_head(reading, holder), [cut(reading, (word + 1, stop))])


def counted(reading: Reading, word: int) -> Candidate | None:
    """ "Observers counted at least 108 dead", "the other side counts fewer than 8,000": their number, on their word."""
    holder = syntax.relative_head(reading, syntax.subject(reading, word))
    _, last = syntax.sentence(reading, word)
    if (
        holder is None
        or holder > word
        or syntax.is_passive(reading, word)
        or reading.lower(word).endswith("ing")
    ):
        return None
    stop = next((end for end in range(word + 1, last) if reading.word(end) in (";", ".", ":")), last)
    if not _amount(reading, word + 1, last) or reading.lower(word + 1) in ("for", "from", "on", "as"):
        return None
    if noun_of(reading.lower(holder), _HOUSES) is not None:
        return None  # "the mission counts nine diplomats": so many it has
    verb = Verb("count", "asserts", (), (), (), None, False, False)
    return make(word, verb, holder, [cut(reading, (word + 1, stop))])


def _amount(reading: Reading, start: int, last: int) -> bool:
    """A number stands here: "nine", "at least nine", "several hundred"."""
    ahead = range(start, min(last, start + 3))
    return any(reading.pos(each) == "NUM" or reading.lower(each) in _AMOUNTS for each in ahead)


def answerable(reading: Reading, word: int) -> WordSpan | None:
    """ "Holds the guards answerable for the deaths", "holds him to blame" blames them."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 2, min(last, word + _TERM)):
        if reading.lower(at) in _GUILTY or [reading.lower(at - 1), reading.lower(at)] == ["to", "blame"]:
            stop = next((end for end in range(at, last) if reading.word(end) in (",", ";", ".")), last)
            return cut(reading, (word + 1, stop))
        if reading.pos(at) in ("PUNCT", "VERB"):
            return None
    return None


def shared(reading: Reading, word: int, holder: int | None) -> list[Candidate]:
    """ "Shares this finding", "does not share that view", "shares the doubt": takes a stand to what was said before."""
    found = []
    for child in syntax.kids(reading, word, "obj"):
        noun = noun_of(reading.lower(child), _SHARED)
        if noun is None or holder is None:
            continue
        stance = "denies" if syntax.negated(reading, word) else "questions" if noun == "doubt" else "confirms"
        verb = Verb("share", stance, (), (), (), None, False, False)
        found.append(make(word, verb, holder, [cut(reading, reading.phrase(child))]))
        found[-1].plain = stance
    return found
