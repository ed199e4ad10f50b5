"""Where an incident is told: harmful nouns and verbs, and which of them speak of the same thing.

Requires the reading. A noun names an incident by itself ("explosion") or with words beside it ("attack on …"); a verb
tells of one without naming it, and opens one only where somebody is put behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.acts.status import status_of
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PREPOSITIONS = frozenset(("of", "at", "in", "on", "against"))
_UNTOLD = frozenset(("title", "debris", "caption", "byline"))
_OPEN = frozenset(("future", "hypothetical"))
_NAME = 8  # words on either side of a verb that name what it tells


@dataclass(slots=True)
class Mention:
    """A word that tells of an incident; ``weak`` where it does not name one by itself."""

    word: int
    base: str
    span: WordSpan
    weak: bool
    verb: bool = False


@dataclass(slots=True)
class Cluster:
    """Mentions of one incident, and who is put behind it: claim, actor id, verdict."""

    mentions: list[Mention]
    blamed: list[tuple[Claim, str, str]] = field(default_factory=list)

    def word(self) -> int:
        """The first word that tells of it."""
        return self.mentions[0].word


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists of ``cues/incidents.yaml``."""
    return {name: frozenset(map(str, words)) for name, words in load("incidents").items() if name != "kin"}


@lru_cache(maxsize=1)
def _kin() -> tuple[frozenset[str], ...]:
    groups: list[Any] = load("incidents")["kin"]
    return tuple(frozenset(group) for group in groups)


def clusters(draft: Draft) -> list[Cluster]:
    """Mentions of one incident together: the same or a kindred word, or a definite mention after one."""
    reading = draft.reading
    found: list[Cluster] = []
    measures = {match.word for match in matches(reading)}  # "struck three posts off the list"
    for word in range(len(reading)):
        if draft.section_of(word) in _UNTOLD or word in measures:
            continue
        mention = _mention(reading, word)
        if mention is None:
            continue
        known = _known(reading, mention, found)
        if known is not None:
            known.mentions.append(mention)
        elif not mention.weak or mention.verb:
            found.append(Cluster([mention]))
    return found


def _mention(reading: Reading, word: int) -> Mention | None:
    if reading.pos(word) in ("NOUN", "PROPN"):
        return _noun(reading, word)
    if reading.pos(word) == "VERB" and (base := verb_of(reading.lower(word), lists()["verbs"])) is not None:
        if syntax.negated(reading, word) or status_of(reading, word) in _OPEN:
            return None
        start, end = syntax.trimmed(reading, reading.subtree(word))
        span = max(start, word - _NAME), min(end, word + _NAME)
        doer = syntax.agent(reading, word)
        strong = base in lists()["grave"] or (
            doer is not None and reading.lower(doer) in lists()["assailants"]
        )
        return Mention(word, base, span, not strong, True)
    return None


def _noun(reading: Reading, word: int) -> Mention | None:
    base = noun_of(reading.lower(word), lists()["nouns"])
    if base is None or syntax.negated(reading, word):
        return None
    if reading.pos(word) == "PROPN" and reading.word(word).istitle() and reading.word(word + 1)[:1].isupper():
        return None  # "Downing Street"
    start, end = reading.phrase(word)
    around = {reading.lower(at) for at in range(start, end)}
    before = {reading.lower(at) for at in range(max(start, word - 3), word)}
    if before & lists()["modifiers_off"]:
        return None
    if base == "campaign" and around & lists()["votes"] - {"campaign"}:
        return None  # "the election campaign"
    if base in ("breach", "interference") and around & lists()["rules"]:
        return None
    if end - start == 1 and reading.feat(word, "Number") != "Plur" and reading.pos(word) == "NOUN":
        return Mention(word, base, (start, end), True)  # "convicted of murder" is no one murder
    if base in ("interference", "meddling") and not around & lists()["votes"]:
        return None
    if base in lists()["devices"]:
        return Mention(word, base, (start, end), not _went_off(reading, word))
    strong = base not in lists()["weak"] or bool(around & lists()["strengthening"] - _PREPOSITIONS)
    if not strong and base not in lists()["vague"]:
        strong = bool(syntax.obliques(reading, word, *_PREPOSITIONS))
        strong = strong or any(reading.word(at)[:1].isupper() for at in range(start, word))
    strong = strong or any(reading.entity_at(at) == "PER" for at in range(start, end))
    return Mention(word, base, (start, end), not strong)


def _went_off(reading: Reading, word: int) -> bool:
    """ "A bomb went off", "a grenade was thrown", "explosives were found"."""
    head = syntax.parent(reading, word)
    return head is not None and verb_of(reading.lower(head), lists()["set_off"]) is not None


def _known(reading: Reading, mention: Mention, found: list[Cluster]) -> Cluster | None:
    definite = any(
        reading.lower(child) in ("the", "that", "this", "those", "these")
        for child in reading.children(mention.word)
    )
    told = _telling(reading, mention)
    if mention.verb and mention.weak:  # "the explosion, which killed two people"
        here = reading.sentence_of(mention.word)
        for cluster in reversed(found):
            if any(not each.verb and reading.sentence_of(each.word) == here for each in cluster.mentions):
                return cluster
    for cluster in reversed(found):
        if any(
            akin(mention.base, other.base) and not _apart(reading, mention, other)
            for other in cluster.mentions
        ):
            return cluster
        if any(len(told & _telling(reading, other)) > 1 for other in cluster.mentions):
            return cluster
    bare = mention.span[1] - mention.span[0] < 3
    if definite and (mention.weak or bare) and found and not mention.verb:
        named = [cluster for cluster in found if any(not each.weak for each in cluster.mentions)]
        return (named or found)[-1]
    return None


def _apart(reading: Reading, one: Mention, two: Mention) -> bool:
    """Both name what they tell of, and no name stands in both: "the raid in Lyon", "grenade attacks in Kigali"."""
    if one.weak or two.weak:
        return False
    names = [
        {reading.lower(at) for at in range(*each.span) if reading.pos(at) == "PROPN"} for each in (one, two)
    ]
    return bool(names[0]) and bool(names[1]) and not names[0] & names[1]


def _telling(reading: Reading, mention: Mention) -> set[str]:
    """The words of a mention that mean something, to recognise it by."""
    return {
        reading.lower(at)
        for at in range(*mention.span)
        if reading.pos(at) in ("NOUN", "PROPN", "ADJ", "VERB") and len(reading.lower(at)) > 3
    }


def akin(one: str, two: str) -> bool:
    """Two words may tell of the same kind of incident."""
    return one[:5] == two[:5] or any(one in group and two in group for group in _kin())
