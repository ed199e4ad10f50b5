"""What the words of measures say every day, of other things than missions.

Requires the matches of the rules. "Recalled the former envoy" behind a quotation is speech, who is expelled from a
party or a board leaves no country, a president who is ousted is no diplomat, a toll that is brought to 84 no ceiling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, noun
from onrecord.coding.acts.lexicon import CEILINGS
from onrecord.coding.acts.wording import clause_text

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.reading.types import Reading

_QUOTES = frozenset(('"', "''", "”", "’", "'"))
_SENDS_AWAY = frozenset(("persona_non_grata", "recall"))
_OUT_OF = frozenset("expel eject evict oust banish remove dismiss deport expulsion".split())
_LANDS = frozenset(
    "country territory soil land state nation capital kingdom republic island city town region zone province host "
    "world area here there".split()
)
_PLACES_OF_MISSIONS = frozenset(
    ("mission", "consulate", "office", "estate", "post", "size", "people", "name")
)
_RULERS = frozenset("president presidents premier leader leaders king dictator ruler rulers".split())
_TOPPLES = frozenset("oust ouster ousting remove removal depose eject evict".split())
_DISPLACED = frozenset(
    "refugee refugees migrant migrants immigrant immigrants civilian civilians evacuee evacuees prisoner prisoners "
    "hostage hostages tourist tourists settler settlers villager villagers".split()
)
_LIMITED = frozenset(
    (
        "people",
        "mission",
        "consulate",
        "office",
        "post",
        "size",
        "staffcount",
        "pronoun",
        "name",
        "level",
        "ranks",
    )
)
_LOOSE = frozenset("bring drop raise cut reduce fix put keep hold set lower limit".split())
_OTHER_SIDES = frozenset(
    "country countries state states neighbour neighbours neighbor neighbors government governments regime kingdom "
    "republic bloc union alliance organisation organization commission council court capital north south east west "
    "side sides island junta power powers other others members member".split()
)
_OFFICIAL = frozenset("diplomatic consular official bilateral formal".split())
_UPWARD = (
    " new height ",
    " new heights ",
    " new level ",
    " higher level ",
    " new stage ",
    " closer ",
    " forward ",
)


def is_everyday(reading: Reading, match: Match) -> bool:
    """The words that a rule of measures took for one say something else."""
    act = match.rule.act
    if act in _SENDS_AWAY:
        return _is_told(reading, match) or _are_displaced(reading, match) or _is_elsewhere(reading, match)
    if act in CEILINGS:
        return _counts_else(reading, match)
    return act == "downgrade" and _are_other_ties(reading, match)


def _is_told(reading: Reading, match: Match) -> bool:
    """ "…," recalled the former ambassador."""
    word = match.word
    return word > 0 and reading.lemma(word) == "recall" and reading.lower(word - 1) in _QUOTES


def _are_displaced(reading: Reading, match: Match) -> bool:
    """People who are sent somewhere and are nobody's diplomats; and rulers who lose their power."""
    if match.target is None:
        return False
    heads = (match.target, *syntax.obliques(reading, match.target, "of"))
    if any(reading.lower(head) in _DISPLACED for head in heads):
        return True
    start, end = reading.phrase(match.target)
    return reading.lemma(match.word) in _TOPPLES and any(
        reading.lower(at) in _RULERS for at in range(start, end)
    )


def _is_elsewhere(reading: Reading, match: Match) -> bool:
    """Expelled from a party, a board, a school, from homes: out of no country and no mission."""
    if reading.lemma(match.word) not in _OUT_OF:
        return False
    for place in syntax.obliques(reading, match.word, "from"):
        if reading.pos(place) != "NOUN" or reading.word(place)[:1].isupper() or place < match.word:
            continue
        if reading.lemma(place) not in _LANDS and class_of(reading, place).isdisjoint(_PLACES_OF_MISSIONS):
            return True
    return False


def _counts_else(reading: Reading, match: Match) -> bool:
    """What is brought to a number, and is no size of a mission: a toll, a price, a number of voters."""
    if reading.lemma(match.word) in _LOOSE and reading.pos(match.word) == "VERB":
        for thing in syntax.kids(reading, match.word, "obj"):
            if (
                reading.pos(thing) == "NOUN"
                and thing != match.target
                and class_of(reading, thing).isdisjoint(_LIMITED)
            ):
                return True
    target = match.target
    if target is None or noun(reading, target) != "number":
        return False
    if any(reading.lower(child) == "a" for child in syntax.kids(reading, target, "det")):
        return True  # "a number of riders": some
    things = syntax.obliques(reading, target, "of")
    return bool(things) and not any(class_of(reading, each) & _LIMITED for each in things)


def _are_other_ties(reading: Reading, match: Match) -> bool:
    """Ties with a firm or an aide, telephone links, and relations that are brought forward."""
    ties = match.target
    if ties is None or "relations" not in class_of(reading, ties):
        return False
    if reading.lemma(match.word) == "bring":
        text = clause_text(reading, match.word)
        return any(each in text for each in _UPWARD)
    kinds = [child for child in syntax.kids(reading, ties, "compound") if reading.word(child).islower()]
    if any(reading.lower(child) not in _OFFICIAL for child in kinds):
        return True
    return any(_is_no_state(reading, other) for other in syntax.obliques(reading, ties, "with"))


def _is_no_state(reading: Reading, word: int) -> bool:
    return (
        reading.pos(word) == "NOUN"
        and reading.word(word).islower()
        and noun(reading, word) not in _OTHER_SIDES
        and reading.lower(word) not in _OTHER_SIDES
        and not any(reading.word(child)[:1].isupper() for child in reading.children(word))
    )
