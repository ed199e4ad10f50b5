"""A recall that somebody else asks for: "asked Peru to call back its consul", "requested the withdrawal of an attaché".

Requires the names. A state calls home its own people; whom the host asks another to take home it sends away, whatever
verb it is told with; whom a state dismisses itself it calls home. Where somebody else still asks for a recall (an
opposition, an ally) it stays one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import first_rule
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.parties import Parties
    from onrecord.coding.acts.rules import Match
    from onrecord.reading.types import Reading

DEMANDS = frozenset(
    "ask tell order request require demand want instruct oblige force direct bid compel seek invite".split()
)
_FORCE = frozenset(("oblige", "force", "compel"))
_CLAIM = frozenset(("demand", "request", "require"))
_DISMISS = frozenset(("dismiss", "discharge"))
_ITS = frozenset(("its", "their", "his", "her", "our"))
_THROUGH = ("obj", "xcomp", "ccomp", "advcl", "obl", "nmod", "acl")


def as_it_is(reading: Reading, parties: Parties, match: Match) -> Match:
    """The match as the expulsion that it is, where the host asks the sender for the recall, or as the recall that it
    is, where a state dismisses its own; else as it was."""
    if match.rule.act == "persona_non_grata" and verb_of(reading.lower(match.word), _DISMISS):
        return replace(match, rule=first_rule("recall")) if _dismisses_own(reading, parties, match) else match
    if match.rule.act != "recall" or match.rule.status is not None:
        return match
    verb, below = _demand(reading, match.word)
    if verb is None:
        return match
    if verb_of(reading.lower(verb), _FORCE) and any(
        reading.lower(child) == "which" for child in syntax.kids(reading, verb, "nsubj")
    ):
        return match  # "they recalled their envoys, which obliged Chad to call back its own": a fact obliges
    asker, asked = syntax.agent(reading, verb), syntax.patient(reading, verb)
    host = parties.code(asker)
    senders = {_sender(reading, parties, each) for each in (asked, match.target, match.doer)} - {None}
    senders |= set(parties.doers_at(asked))
    loose = asker is not None and (host is None or reading.pos(asker) == "PRON")
    if loose and senders and (place := _whence(reading, parties, match)):
        host = host if place in senders else place  # "it required the seven to call back theirs from Caracas"
    if host is None and not (syntax.is_passive(reading, verb) and asker is None):
        return match  # nobody is known who asks, or somebody of no state
    if below != verb:
        senders |= {parties.code(syntax.subject(reading, match.word))} - {None}
    if host is None:
        told, whose = _sender(reading, parties, asked), _sender(reading, parties, match.target)
        passive = told is not None and match.target != asked and whose in (None, told)
        return _sent_away(match, None) if passive else match
    demanded = reading.pos(match.word) == "NOUN" and verb_of(reading.lower(verb), _CLAIM) is not None
    if not senders and demanded and match.target is not None and not parties.place(match.target):
        return _sent_away(match, asker)  # "the Government demanded the recall of the minister"
    if not senders - {host} or (match.target is not None and _elsewhere(parties, match.target, host)):
        return match
    return _sent_away(match, asker)


def _whence(reading: Reading, parties: Parties, match: Match) -> str | None:
    """Where the people are, by their own words or by those from where they are to be taken."""
    place = parties.place(match.target) if match.target is not None else None
    named = (parties.named(each) for each in syntax.obliques(reading, match.word, "from"))
    return place or next((each for each in named if each is not None), None)


def _dismisses_own(reading: Reading, parties: Parties, match: Match) -> bool:
    """A state dismisses people of its own: "its envoy in Rome", "two diplomats at the embassy in Rome"."""
    head = match.target
    if head is None or match.doer is None:
        return False
    state, owner, place = parties.code(match.doer), _sender(reading, parties, head), parties.place(head)
    its = any(reading.lower(child) in _ITS for child in syntax.kids(reading, head, "nmod"))
    return its or (state is not None and (owner == state or (owner is None and place not in (None, state))))


def _sent_away(match: Match, asker: int | None) -> Match:
    return replace(match, rule=first_rule("persona_non_grata"), doer=asker)


def _demand(reading: Reading, word: int) -> tuple[int | None, int]:
    """The verb that asks for it, which may be the measure's own word ("told the envoy to go home"), and the word that
    hangs on it."""
    if verb_of(reading.lower(word), DEMANDS) and reading.pos(word) == "VERB":
        return word, word
    below = word
    for head, relation in syntax.governors(reading, word):
        if relation.split(":")[0] not in _THROUGH:
            break
        if reading.pos(head) == "VERB":
            return (head, below) if verb_of(reading.lower(head), DEMANDS) else (None, word)
        below = head
    return None, word


def _sender(reading: Reading, parties: Parties, head: int | None) -> str | None:
    """The state that is named as the one asked or as the owner of the people."""
    if head is None or reading.pos(head) == "PRON":
        return None
    return parties.named(head) or parties.owner(head)


def _elsewhere(parties: Parties, target: int, host: str) -> bool:
    """The people are in a third state: who asks an ally to recall its envoy sends nobody away."""
    place = parties.place(target)
    return place is not None and place != host
