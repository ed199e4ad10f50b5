"""Which kind of measure a rule's find is when more than its own clause is read.

Requires the matches. A ceiling that is the other side's number is parity; a recall that the host demands of several
people is their expulsion.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.asked import DEMANDS
from onrecord.coding.acts.classes import class_of, noun, unit_of
from onrecord.coding.acts.everyday import says_else
from onrecord.coding.acts.lexicon import CEILINGS, CLOSED, CLOSING, first_rule
from onrecord.coding.acts.numbers import numbers_of
from onrecord.coding.acts.rules import Match, matches
from onrecord.coding.acts.sizes import sizes
from onrecord.coding.acts.wording import clause_text
from onrecord.coding.cues import load
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_PAUSES = frozenset(("suspend", "halt", "pause", "interrupt"))
_OWN = ("office", "work")
_FOR_A_WHILE = (" for the present ", " for a day or two ")
# A kind of people as a whole, from now on; and who is asked for by himself.
_KINDS = frozenset(("people", "ranks"))
_NONE_OF = frozenset(("no", "any", "neither"))
_FROM_NOW = frozenset(("will", "shall", "may", "can", "is", "are", "be", "to", "would"))
_AS_A_CLASS = (" as a class ", " as a category ", " of any rank ", " of whatever rank ", " of any grade ")
_ONE_PERSON = frozenset(
    "successor successors replacement replacements nominee nominees applicant applicants ambassador ambassadors".split()
)


def measures_in(reading: Reading) -> list[Match]:
    """Every measure that the rules find, under the kind that it is, in the order of the words."""
    found = [each for each in matches(reading) if not says_else(reading, each)]
    found = [match for match in found if not _is_part(reading, match, found)]
    told = {reading.sentence_of(match.word) for match in found if match.rule.act in CEILINGS}
    found += [match for match in sizes(reading) if reading.sentence_of(match.word) not in told]
    return sorted((sharpened(reading, match) for match in found), key=lambda match: match.word)


def _is_part(reading: Reading, match: Match, found: list[Match]) -> bool:
    """A word that tells with another what that one tells already: "sent two envoys packing", "let them have a week",
    "lowered its embassy to the level of a chargé"."""
    word, rule = match.word, match.rule
    lemma = reading.lemma(word)
    sentence = reading.sentence_of(word)
    before = [each for each in found if each.word < word and reading.sentence_of(each.word) == sentence]
    if rule.act == "downgrade" and lemma == "level":
        return any(each.rule.act == "downgrade" for each in before)
    leads = {"packing": "send", "have": "let"}.get(reading.lower(word))
    return rule.act == "persona_non_grata" and any(
        each.rule.act == rule.act and verb_of(reading.lower(each.word), frozenset((leads,)))
        for each in before
        if leads
    )


def sharpened(reading: Reading, match: Match) -> Match:
    """The match under the rule of the kind that it is."""
    if match.rule.act == "abolish_vacancy" and _is_old_size(reading, match.target):
        match = replace(match, rule=first_rule("set_ceiling"))
    if match.rule.act == "set_ceiling" and _is_parity(reading, match.word):
        return replace(match, rule=first_rule("parity_cap"))
    if match.rule.act == "suspend_own_mission" and match.rule.status is None:
        premises = _ordered(reading, match.word)
        if premises is None and _is_obliged(reading, match.word):
            premises = match.target  # "the consulate will have to stop working"
        kind = next((CLOSED[each] for each in CLOSED if each in class_of(reading, premises)), None)
        if premises is not None and kind is not None:
            return replace(
                match,
                rule=first_rule(kind),
                target=premises,
                doer=_demander(reading, match.word) or match.doer,
            )
    if match.rule.act in CLOSING and _is_for_a_while(reading, match):
        return replace(match, rule=first_rule("suspend_own_mission"))
    if match.rule.act == "close_office" and _is_own_pause(reading, match):
        return replace(match, rule=first_rule("suspend_own_mission"))
    if match.rule.act == "deny_accreditation" and _is_of_a_class(reading, match):
        return replace(match, rule=first_rule("category_ban"))
    if match.rule.act == "persona_non_grata" and (
        _is_not_acceptable(reading, match.word) or _is_without_rank(reading, match)
    ):
        return replace(match, rule=first_rule("not_acceptable"))
    if match.rule.goes and _is_bidden(reading, match.word):
        return replace(match, rule=first_rule("persona_non_grata"))
    if match.rule.act == "recall" and _is_demanded(reading, match):
        return replace(
            match, rule=first_rule("persona_non_grata"), doer=_demander(reading, match.word) or match.doer
        )
    return match


@lru_cache(maxsize=1)
def _parity() -> re.Pattern[str]:
    return re.compile("|".join(load("acts")["parity"]), re.IGNORECASE)


def _is_parity(reading: Reading, word: int) -> bool:
    """Words for equal numbers in the sentence."""
    return _parity().search(syntax.text_of(reading, syntax.sentence(reading, word))) is not None


def _is_old_size(reading: Reading, target: int | None) -> bool:
    """ "From 20 posts to 10": the posts are the measure of a ceiling, not what is abolished."""
    return target is not None and any(reading.lower(word) == "from" for word in reading.children(target))


def _ordered(reading: Reading, word: int) -> int | None:
    """Whom a verb of asking above tells to do it: "orders the embassy to halt its operations"."""
    for head, relation in syntax.governors(reading, word):
        if relation.split(":")[0] not in ("obj", "xcomp", "ccomp", "advcl"):
            return None
        if verb_of(reading.lower(head), DEMANDS) and reading.pos(head) == "VERB":
            return syntax.patient(reading, head)
    return None


def _is_obliged(reading: Reading, word: int) -> bool:
    """What must be done is another's doing: "has to suspend its work", "must cease operations"."""
    if "must" in syntax.auxiliaries(reading, word):
        return True
    head = syntax.parent(reading, word)
    return head is not None and syntax.relation(reading, word) == "xcomp" and reading.lemma(head) == "have"


def _is_for_a_while(reading: Reading, match: Match) -> bool:
    """What is shut until something changes is suspended: "has been closed for the present"."""
    text = clause_text(reading, match.word)
    return match.rule.status is None and any(each in text for each in _FOR_A_WHILE)


def _is_own_pause(reading: Reading, match: Match) -> bool:
    """What somebody suspends of its own is not closed by another: "suspended the work of its offices"."""
    if reading.lemma(match.word) not in _PAUSES or match.doer is None:
        return False
    start, end = reading.subtree(match.word)
    return any(
        reading.lower(at) in ("its", "their") and class_of(reading, syntax.parent(reading, at)) & set(_OWN)
        for at in range(max(start, match.word), end)
    )


def _is_of_a_class(reading: Reading, match: Match) -> bool:
    """None of a kind from now on: "no officer of the guards will be accredited", "no soldier, policeman or warder may
    be accepted". A successor or an applicant is one person, and what was not granted in the past is refused him."""
    text = clause_text(reading, match.word)
    if any(each in text for each in _AS_A_CLASS):
        return True
    target = match.target
    if target is not None and "people" not in class_of(reading, target):  # "no officer will be given a card"
        target = syntax.subject(reading, match.word, passive=True)
    if target is None or not class_of(reading, target) & _KINDS or reading.lower(target) in _ONE_PERSON:
        return False
    quantified = any(reading.lower(child) in _NONE_OF for child in syntax.kids(reading, target, "det"))
    ahead = not _FROM_NOW.isdisjoint(syntax.auxiliaries(reading, match.word))
    return quantified and ahead


def _is_not_acceptable(reading: Reading, word: int) -> bool:
    """ "Have to leave, likewise as not acceptable": the clause says under which of the two terms they go."""
    own = syntax.text_of(reading, syntax.sentence(reading, word)).lower()
    clause = " ".join(reading.lower(at) for at in sorted(syntax.clause_words(reading, word)))
    both = f" {clause} {own}" if " as not acceptable" in own else f" {clause} "
    return (" not acceptable" in both or " no longer acceptable" in both) and " non grat" not in own


def _is_without_rank(reading: Reading, match: Match) -> bool:
    """Drivers, clerks and guards have no diplomatic rank: sent away, they are not acceptable, unless the text itself
    calls them personae non gratae."""
    target = match.target
    if target is None or "people" not in class_of(reading, target):
        return False
    words = _without_rank()
    ranked = noun(reading, target) not in words and (
        unit_of(reading, target) == "diplomats"  # "the three service advisers" are officers
        or not any(
            reading.lower(child) in words for child in syntax.kids(reading, target, "amod", "compound")
        )
    )
    return not ranked and " non grat" not in clause_text(reading, match.word)


@lru_cache(maxsize=1)
def _without_rank() -> frozenset[str]:
    """The trades of a mission's service and technical staff, and the adjectives that say as much of "staff"."""
    return frozenset(load("acts")["without_rank"])


def _is_demanded(reading: Reading, match: Match) -> bool:
    """Several people, whom somebody else asks to be recalled."""
    number = numbers_of(reading, match, syntax.sentence(reading, match.word)).number
    return number is not None and number > 1 and _demander(reading, match.word) is not None


def _is_bidden(reading: Reading, word: int) -> bool:
    """What another asks somebody to do: "demanded that they leave", "the request that the ambassador depart", where the
    bare form behind a singular says as much by itself."""
    head = syntax.parent(reading, word)
    that = any(reading.lower(child) == "that" for child in syntax.kids(reading, word, "mark"))
    plain = not syntax.kids(reading, word, "aux") and reading.lower(word) == reading.lemma(word)
    demanded = head is not None and verb_of(reading.lower(head), DEMANDS) is not None
    one = any(reading.feat(child, "Number") == "Sing" for child in syntax.kids(reading, word, "nsubj"))
    return that and plain and (demanded or one)


def _demander(reading: Reading, word: int) -> int | None:
    """The subject of the verb that asks for it, where its object or its infinitive is somebody else's doing."""
    for head, relation in syntax.governors(reading, word):
        if relation.split(":")[0] not in ("obj", "xcomp", "ccomp", "nmod", "advcl", "obl"):
            return None
        if verb_of(reading.lower(head), DEMANDS) and reading.pos(head) == "VERB":
            asker = syntax.agent(reading, head)
            told = syntax.patient(reading, head)
            return None if asker is None or (relation != "obj" and told is None) else asker
    return None
