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
_MEANT = frozenset(("was", "were", "ought", "had"))
TAKING = frozenset(("take", "pick"))
_HEARING = frozenset(("hear", "resolve"))
_INFORMING = frozenset(("brief",))
_BEGINNING = frozenset(("begin", "start"))
_HEDGES = frozenset(("probably", "perhaps", "likely", "possibly"))
_BE = frozenset(("was", "were", "is", "are"))
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


def hears(reading: Reading, verb: int, relation: str, kind: str | None) -> bool:
    """ "The council took up the matter", "the commission began hearing witnesses", "the committee resolved to close
    the border": what a body does only while it sits."""
    if not relation.startswith("nsubj"):
        return False
    lower = reading.lower(verb)
    if syntax.is_passive(reading, verb):
        return verb_of(lower, _INFORMING) is not None
    if kind == "resumed" and verb_of(lower, TAKING) is not None:
        thing = syntax.obj(reading, verb)
        return thing is not None and reading.lower(thing) not in words()["through"] | words()["sittings"]
    if verb_of(lower, _BEGINNING) is not None:
        below = [
            at for at in range(verb + 1, min(verb + 4, len(reading))) if reading.lower(at).endswith("ing")
        ]
        thing = syntax.obj(reading, verb)
        own = thing is not None and reading.lower(thing) in words()["through"] | words()["sittings"]
        return own or any(verb_of(reading.lower(at), words()["sitting"] | _HEARING) for at in below)
    return verb_of(lower, _HEARING) is not None


def met(reading: Reading, verb: int, relation: str) -> list[Told]:
    above = syntax.parent(reading, verb)
    if above is not None and reading.deprel(verb) == "xcomp" and kind_of_verb(reading, above) == "refused":
        return [Told(verb, "refused")]  # "refused to attend"
    auxiliaries = set(syntax.auxiliaries(reading, verb))
    before = [reading.lower(at) for at in range(max(0, verb - 4), verb)]
    if ("not" in before[-2:] or "n't" in before[-2:]) and auxiliaries & (syntax.FUTURE | {"would"}):
        return _will_not(reading, verb, relation, auxiliaries)
    if relation.startswith(("obl", "nmod")) and _encounter(reading, verb):
        return []
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
        if idle.will_not(reading, verb):
            return [Told(verb, "suspended")]
        undone = idle.did_not(reading, verb)
        return [Told(verb, "refused") if undone else Told(verb, "invited", meant=True)]
    if relation.startswith(("obl", "nmod")) and syntax.kids(reading, verb, "mark") and "to" in before[-1:]:
        return []
    again = "again" in after(reading, verb, 4)
    if syntax.is_passive(reading, verb) and "for" in after(reading, verb, 2):
        return [Told(verb, "invited")]  # "has been convened for Friday"
    if auxiliaries & (syntax.FUTURE | {"would"}) or _planned(reading, verb, before):
        if idle.hangs_on(reading, verb) or _only_a_term(reading, verb):
            return []
        return [Told(verb, "refused" if idle.did_not(reading, verb) else "invited")]
    if (
        "yet" in before
        or auxiliaries & MODAL
        or (_HABIT & set(before) and reading.feat(verb, "Tense") == "Pres")
    ):
        return []  # "could meet again", "which usually meets in May", "has yet to sit"
    if before[-2:] == ["to", "be"]:
        return [Told(verb, "invited")]  # "a conference to be held in Nairobi"
    if auxiliaries & {"to"} or "to" in before[-1:]:
        return [Told(verb, "invited")] if relation.startswith("nsubj") else []
    return [Told(verb, "met", again=again)]


def _will_not(reading: Reading, verb: int, relation: str, auxiliaries: set[str]) -> list[Told]:
    """ "The committee will not meet until further notice", "Peru will not attend it"; nothing of "will probably not
    meet" and "will not meet before May"."""
    settled = bool(auxiliaries & syntax.FUTURE) and relation.startswith("nsubj")
    hedged = {reading.lower(at) for at in range(max(0, verb - 4), verb)} & _HEDGES
    behind = after(reading, verb, 8)
    opened = {"before", "if", "unless"} & set(behind)
    if hedged:
        return []
    if auxiliaries & syntax.FUTURE and verb_of(reading.lower(verb), frozenset(("attend",))):
        return [Told(verb, "refused")]
    return [Told(verb, "suspended")] if settled and not opened else []


def _only_a_term(reading: Reading, verb: int) -> bool:
    """ "Unless Norway relents before the Assembly meets": a sitting that only dates something else."""
    by_the_time = "by the time" in reading.text[slice(*reading.span(max(0, verb - 9), verb))].lower()
    if by_the_time:
        return True
    return syntax.marker(reading, verb) in ("before", "until") and not any(
        is_date(reading, at) for at in range(verb + 1, min(verb + 6, end_of_sentence(reading, verb)))
    )


def _encounter(reading: Reading, verb: int) -> bool:
    """ "Will meet Norway in the nuclear talks": what meets is no forum."""
    return verb_of(reading.lower(verb), frozenset(("meet",))) is not None and bool(
        syntax.kids(reading, verb, "obj")
    )


def _planned(reading: Reading, verb: int, before: list[str]) -> bool:
    """ "It meets again on 20 November", "is to meet", "was due to gather": what is planned."""
    if before[-1:] == ["to"] and len(before) > 1 and before[-2] in PLANNED:
        return True
    if reading.lower(verb) in _SITTING_VERBS and reading.feat(verb, "Tense") == "Pres":
        start, end = reading.sentence(verb)
        near = {reading.lower(at) for at in range(max(start, verb - 3), min(verb + 6, end))}
        return not near & (_HABIT | _NOW)
    behind = after(reading, verb, 4)
    holds = verb_of(reading.lower(verb), frozenset(("hold",))) and reading.feat(verb, "Tense") == "Pres"
    if holds and {"tomorrow", "next"} & set(after(reading, verb, 8)):
        return True
    several = reading.lower(verb) in _SIT and reading.feat(verb, "Tense") == "Pres"
    if several and not _HABIT & {*before, *behind} and any(each in _TIME_OR_PLACE for each in behind):
        return any(is_date(reading, at) for at in range(verb + 1, min(verb + 6, len(reading))))
    return reading.lower(verb) == "meet" and "again" in behind
