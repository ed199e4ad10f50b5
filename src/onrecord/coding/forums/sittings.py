"""Sittings of a forum: that it met, is to meet, was to have met, and the nouns that tell of one.

Requires the tree. A sitting that may come and that nobody has called is no state of a forum.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.forums import idle
from onrecord.coding.forums.kinds import Told, after, end_of_sentence, kind_of_verb
from onrecord.coding.forums.names import is_date, words
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

MODAL = frozenset(("could", "may", "might", "should", "would"))
_SIT = frozenset(("meet", "gather", "sit", "convene", "assemble"))
_HABIT = frozenset("usually regularly normally once twice annually seldom rarely never every often".split())
_NOW = frozenset(("today", "now", "tonight", "afternoon", "morning", "evening"))
PLANNED = frozenset(("due", "scheduled", "set", "expected", "planned", "is", "are"))
_DUE = frozenset("due scheduled planned slated pencilled".split())
_FIXED = frozenset("set fixed called convened billed booked arranged".split())  # "for May"
_TIME_OR_PLACE = frozenset("on for in at tomorrow next tonight today early late".split())
UNDOING = frozenset(("suspended", "refused", "closed"))
_MEANT = frozenset(("was", "were"))
_BE = _MEANT | {"is", "are"}
_SITTING_VERBS = frozenset(("meets", "sits", "convenes", "gathers", "reconvenes", "opens", "meet"))


def due(reading: Reading, end: int) -> list[Told]:
    """ "The forum, due to meet in May", "talks, due in Cairo on Friday", "is set for May": a sitting to come."""
    last = end_of_sentence(reading, end)
    if any(kind_of_verb(reading, at) in UNDOING for at in range(end, last) if reading.pos(at) == "VERB"):
        return []
    for at in range(end, min(last - 1, end + 4)):
        fixed, ahead = reading.lower(at), reading.lower(at + 1)
        if fixed in _DUE | _FIXED and ahead == "to" and at + 2 < last:
            verb = at + 2
            if kind_of_verb(reading, verb) != "met":
                return []
            return [Told(verb, "refused" if idle.did_not(reading, verb) else "invited")]
        dated = ahead in ("for", "on") and at + 2 < last and is_date(reading, at + 2)
        if (fixed in _DUE and ahead in _TIME_OR_PLACE) or (fixed in _FIXED and dated):
            return [Told(at, "invited")]
        if reading.pos(at) in ("VERB", "AUX") and fixed not in _BE:
            return []
    return []


def sitting_beside(reading: Reading, word: int, end: int) -> int | None:
    """ "A session of the council", "the council said after an emergency meeting"."""
    above = syntax.parent(reading, word)
    if word and reading.lower(word + 1) in words()["sittings"] and reading.pos(word + 1) == "NOUN":
        return word + 1
    if word and reading.lower(word - 1) in words()["sittings"]:
        return word - 1
    if above is None:
        return None
    if reading.lower(above) in words()["sittings"] and reading.deprel(word).startswith("nmod"):
        return above
    if end < len(reading) and reading.pos(end) == "VERB":
        for at in range(end + 2, min(end + 9, end_of_sentence(reading, end))):
            if reading.lower(at) in words()["sittings"] and any(
                reading.lower(before) in ("after", "following", "at") for before in range(end + 1, at)
            ):
                return at
    return None


def met(reading: Reading, verb: int, relation: str) -> list[Told]:
    above = syntax.parent(reading, verb)
    if above is not None and reading.deprel(verb) == "xcomp" and kind_of_verb(reading, above) == "refused":
        return [Told(verb, "refused")]  # "refused to attend"
    auxiliaries = set(syntax.auxiliaries(reading, verb))
    before = [reading.lower(at) for at in range(max(0, verb - 4), verb)]
    if ("not" in before[-2:] or "n't" in before[-2:]) and auxiliaries & (syntax.FUTURE | {"would"}):
        return []  # "will probably not meet again": wherever the tree hangs the negation
    if (
        syntax.negated(reading, verb)
        and idle.not_since(reading, verb)
        and not auxiliaries & (syntax.FUTURE | MODAL)
    ):
        return [Told(verb, "met")]
    if syntax.negated(reading, verb) or "never" in before:
        attend = verb_of(reading.lower(verb), frozenset(("attend",)))
        return [Told(verb, "refused")] if attend else []
    if any(one in _MEANT and two == "to" for one, two in pairwise(before)):
        undone = idle.did_not(reading, verb)
        return [Told(verb, "refused") if undone else Told(verb, "invited", meant=True)]
    if relation.startswith(("obl", "nmod")) and syntax.kids(reading, verb, "mark") and "to" in before[-1:]:
        return []
    again = "again" in after(reading, verb, 4)
    if syntax.is_passive(reading, verb) and "for" in after(reading, verb, 2):
        return [Told(verb, "invited")]  # "has been convened for Friday"
    if auxiliaries & (syntax.FUTURE | {"would"}) or _planned(reading, verb, before):
        return [Told(verb, "refused" if idle.did_not(reading, verb) else "invited")]
    if auxiliaries & MODAL or (_HABIT & set(before) and reading.feat(verb, "Tense") == "Pres"):
        return []  # "could meet again", "which usually meets in May"
    if auxiliaries & {"to"} or "to" in before[-1:]:
        return [Told(verb, "invited")] if relation.startswith("nsubj") else []
    return [Told(verb, "met", again=again)]


def _planned(reading: Reading, verb: int, before: list[str]) -> bool:
    """ "It meets again on 20 November", "is to meet", "was due to gather": what is planned."""
    if before[-1:] == ["to"] and len(before) > 1 and before[-2] in PLANNED:
        return True
    if reading.lower(verb) in _SITTING_VERBS and reading.feat(verb, "Tense") == "Pres":
        start, end = reading.sentence(verb)
        near = {reading.lower(at) for at in range(max(start, verb - 3), min(verb + 6, end))}
        return not near & (_HABIT | _NOW)
    behind = after(reading, verb, 4)
    several = reading.lower(verb) in _SIT and reading.feat(verb, "Tense") == "Pres"
    if several and not _HABIT & {*before, *behind} and any(each in _TIME_OR_PLACE for each in behind):
        return any(is_date(reading, at) for at in range(verb + 1, min(verb + 6, len(reading))))
    return reading.lower(verb) == "meet" and "again" in behind
