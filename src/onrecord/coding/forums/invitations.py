"""Invitations to a forum, and what becomes of them: sent, standing, turned down.

Requires the tree and the forums named so far. "The invitation to a new session stands", "Minsk turned it down",
"its ministers gather in May": the forum is the one told last, in this sentence or in one of the two before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.forums.kinds import Told, kind_of_verb
from onrecord.coding.forums.names import MINISTERS, words
from onrecord.coding.forums.sittings import met
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.forums.names import Named
    from onrecord.reading.types import Reading

_INVITATIONS = frozenset(("invitation", "invitations"))
_SENT = frozenset("send issue extend renew repeat stand remain receive get await table reissue".split())
_UNANSWERED = frozenset("ignore leave spurn rebuff dismiss return disregard".split())
_NEAR = 2
_COMING = frozenset("attend come go travel appear participate send".split())
_WHOSE = frozenset(("its", "their", "whose"))


def answered(reading: Reading, word: int, named: Named) -> Told | None:
    """What a noun or pronoun at a word tells of an invitation to the forum told last."""
    lower = reading.lower(word)
    if lower not in _INVITATIONS and not (lower == "it" and _invited_before(reading, word)):
        return None
    if reading.sentence_of(word) - reading.sentence_of(named.last) > _NEAR:
        return None
    verb = syntax.parent(reading, word)
    place = reading.relation(word)
    if verb is None or place not in ("obj", "nsubj") or syntax.negated(reading, verb):
        return None
    kind = kind_of_verb(reading, verb)
    base = verb_of(reading.lower(verb), _SENT | _UNANSWERED)
    passive = syntax.is_passive(reading, verb)
    if (place == "obj" or passive) and (kind == "refused" or base in _UNANSWERED):
        return Told(verb, "refused")
    return Told(verb, "invited") if base in _SENT and lower != "it" else None


def _invited_before(reading: Reading, word: int) -> bool:
    """An invitation is told before "it" in the sentence: "the invitation stands; Minsk has turned it down"."""
    return any(reading.lower(at) in _INVITATIONS for at in range(reading.sentence(word)[0], word))


def members_sit(reading: Reading, word: int, named: Named) -> Told | None:
    """ "When its ministers gather in January": whoever sits in the forum told last."""
    if reading.lower(word) not in MINISTERS or reading.relation(word) != "nsubj":
        return None
    owner = syntax.kids(reading, word, "nmod:poss")
    verb = syntax.parent(reading, word)
    near = reading.sentence_of(word) - reading.sentence_of(named.last) <= 1
    if verb is None or not near or not owner or reading.lower(owner[0]) not in _WHOSE:
        return None
    if verb_of(reading.lower(verb), words()["sitting"]) is None or kind_of_verb(reading, verb) != "met":
        return None
    return next(iter(met(reading, verb, "nsubj")), None)


def stays_away(reading: Reading, word: int, named: Named) -> Told | None:
    """ "The council sits on Monday. Peru will not attend": whoever will be absent from the forum told last."""
    if (
        reading.relation(word) != "nsubj"
        or reading.sentence_of(word) - reading.sentence_of(named.last) > _NEAR
    ):
        return None
    verb = syntax.parent(reading, word)
    if verb is None or verb_of(reading.lower(verb), _COMING) is None or not syntax.negated(reading, verb):
        return None
    if syntax.is_passive(reading, verb) or not syntax.FUTURE & set(syntax.auxiliaries(reading, verb)):
        return None
    thing = syntax.obj(reading, verb)
    sends = verb_of(reading.lower(verb), frozenset(("send",))) is not None
    if syntax.obliques(reading, verb, "to", "from", "with", "into") or sends != (thing is not None):
        return None
    return Told(verb, "refused")
