"""Which mentions speak of one incident: the same or a kindred word, words that recur, a definite noun after it.

Requires the mentions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.cues import load
from onrecord.coding.draft import UNTOLD
from onrecord.coding.incidents.mentions import Mention, lists, mention_at, told_apart

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

_OTHER = frozenset(("another", "second", "similar", "further", "earlier", "previous"))
_NEAR = 8  # words between "the ailments" and what they are known as


@dataclass(slots=True)
class Cluster:
    """Mentions of one incident, and who is put behind it: claim, actor id, verdict."""

    mentions: list[Mention]
    blamed: list[tuple[Claim, str, str]] = field(default_factory=list)

    def word(self) -> int:
        """The first word that tells of it."""
        return self.mentions[0].word


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
        if draft.section_of(word) in UNTOLD or word in measures:
            continue
        mention = mention_at(reading, word)
        if mention is None:
            continue
        known = _known(draft, mention, found)
        if known is not None:
            known.mentions.append(mention)
        elif (
            not mention.weak
            or mention.verb
            or mention.base in lists()["wrongs"]
            or told_apart(reading, mention)
        ):
            found.append(Cluster([mention]))  # a bare "espionage" counts where somebody is accused of it
    return _merged(draft, found)


def _merged(draft: Draft, found: list[Cluster]) -> list[Cluster]:
    """A report tells of one incident under many words, so that those which nothing tells apart are one: "the massacre
    at Houla", "this slaughter", "Friday's attack", "had been shot or stabbed"."""
    kept = list(found)
    while pairs := [
        (_distance(one, two), kept.index(one), kept.index(two))
        for one, two in combinations(kept, 2)
        if _may_be_one(draft, one, two)
    ]:
        _, first, second = min(pairs)
        two = kept.pop(second)
        one = kept[first]
        one.mentions = sorted((*one.mentions, *two.mentions), key=lambda each: each.word)
    return kept


def _distance(one: Cluster, two: Cluster) -> int:
    """Words between the mentions of two clusters that stand nearest to each other."""
    return min(abs(here.word - there.word) for here in one.mentions for there in two.mentions)


def _may_be_one(draft: Draft, one: Cluster, two: Cluster) -> bool:
    """Neither names nor days tell them apart, nor a number ("a second blast"), nor words for deeds of two kinds."""
    reading = draft.reading
    if any(_apart(reading, here, there) for here in one.mentions for there in two.mentions):
        return False
    if any(is_another(reading, each) for each in two.mentions):
        return False
    if not _of_same_days(draft, one.mentions, two.mentions):
        return False
    nouns = [
        [each.base for each in cluster.mentions if not each.weak and not each.verb] for cluster in (one, two)
    ]
    return not all(nouns) or any(akin(here, there) for here in nouns[0] for there in nouns[1])


def is_another(reading: Reading, mention: Mention) -> bool:
    """ "An earlier hack", "a second blast": one that is told of besides."""
    return not mention.verb and any(reading.lower(at) in _OTHER for at in range(*mention.span))


def _days(draft: Draft, mention: Mention) -> list[str]:
    """The days, months or years that the words of a mention give: "the explosion of 16 October 2014"."""
    start, end = draft.span(draft.clause(mention.word) if mention.verb else mention.span)
    return [
        each.edtf
        for each in draft.timexes
        if each.edtf is not None
        and each.edtf[:4].isdigit()
        and "/" not in each.edtf
        and start <= each.span[0] < end
    ]


def _of_same_days(draft: Draft, one: list[Mention], two: list[Mention]) -> bool:
    """Two groups of mentions give no days, or days that may be the same."""
    days = [[day for each in mentions for day in _days(draft, each)] for mentions in (one, two)]
    return not all(days) or any(_same_day(here, there) for here in days[0] for there in days[1])


def _same_day(one: str, two: str) -> bool:
    """ "2014" and "2014-10" may be the same, "2014-10" and "2014-12" may not."""
    return one.startswith(two) or two.startswith(one)


def _known(draft: Draft, mention: Mention, found: list[Cluster]) -> Cluster | None:
    reading = draft.reading
    definite = any(
        reading.lower(child) in ("the", "that", "this", "those", "these")
        for child in reading.children(mention.word)
    )
    told = _telling(reading, mention)
    for cluster in reversed(found[-1:]):  # "the ailments known as Havana syndrome"
        last = cluster.mentions[-1]
        between = [reading.lower(at) for at in range(last.word + 1, mention.word)]
        if last.span[0] <= mention.word < last.span[1] and not last.verb:
            return cluster
        if len(between) < _NEAR and ("known" in between or "called" in between):
            return cluster
    if mention.verb:  # "a missile that killed two men"
        doer = syntax.agent(reading, mention.word)
        for cluster in found:
            if doer is not None and any(each.word == doer for each in cluster.mentions):
                return cluster
    if mention.verb and mention.weak:  # "the explosion, which killed two people"
        here = reading.sentence_of(mention.word)
        for cluster in reversed(found):
            if any(not each.verb and reading.sentence_of(each.word) == here for each in cluster.mentions):
                return cluster
        before = found[-1].mentions[-1] if found else None
        if (
            before is not None
            and _same_paragraph(reading, before.word, mention.word)
            and not _of_others(reading, before, mention)
        ):
            return found[-1]  # "the death of the envoy. Two women smeared his face"
    nearest = found[::-1]
    nearest.sort(key=lambda each: is_another(reading, each.mentions[0]))
    for cluster in nearest:
        if is_another(reading, mention) or not _of_same_days(draft, cluster.mentions, [mention]):
            continue
        if any(
            akin(mention.base, other.base) and not _apart(reading, mention, other)
            for other in _comparable(mention, cluster)
        ):
            return cluster
        if any(len(told & _telling(reading, other)) > 1 for other in cluster.mentions):
            return cluster
    bare = mention.span[1] - mention.span[0] < 3
    unnamed = mention.weak and not told_apart(reading, mention)
    if definite and (unnamed or bare) and found and not mention.verb:
        named = [cluster for cluster in found if any(not each.weak for each in cluster.mentions)]
        if mention.weak or not named:
            return (named or found)[-1]
        same = [
            cluster for cluster in named if all(each.verb for each in cluster.mentions) or len(named) == 1
        ]
        return (
            same[-1] if same and _same_paragraph(reading, same[-1].mentions[-1].word, mention.word) else None
        )
    return None


def _comparable(mention: Mention, cluster: Cluster) -> list[Mention]:
    """What a mention is measured by: what names an incident by those that name the other ("attack" is akin to much)."""
    named = [each for each in cluster.mentions if not each.weak and not each.verb]
    return named if named and not mention.weak and not mention.verb else cluster.mentions


def _same_paragraph(reading: Reading, one: int, two: int) -> bool:
    return "\n\n" not in reading.text[reading.start(one) : reading.start(two)]


def _of_others(reading: Reading, one: Mention, two: Mention) -> bool:
    """Two deeds of different kinds, done to different people or things by name."""
    if reading.deprel(two.word) == "conj" and reading.head(two.word) == one.word:
        return False  # "wrecked the house and killed a guard"
    victims = [syntax.patient(reading, each.word) if each.verb else None for each in (one, two)]
    return (
        not akin(one.base, two.base)
        and all(each is not None and reading.pos(each) in ("NOUN", "PROPN") for each in victims)
        and len({reading.lower(each) for each in victims if each is not None}) > 1
    )


def _apart(reading: Reading, one: Mention, two: Mention) -> bool:
    """Both name where it was, or both whom it struck, and no such name stands in both: "the raid in Lyon", "grenade
    attacks in Kigali"; "the raid in Lyon" and "the murder of Petrov" may be one."""
    if one.weak or two.weak:
        return False
    for kind in ("LOC", "PER"):
        names = [
            {
                reading.lower(at)
                for at in range(*each.span)
                if reading.pos(at) == "PROPN" and reading.entity_at(at) == kind
            }
            for each in (one, two)
        ]
        if all(names) and not names[0] & names[1]:
            return True
    return False


def _telling(reading: Reading, mention: Mention) -> set[str]:
    """The words of a mention that mean something, to recognise it by."""
    return {
        reading.lower(at)
        for at in range(*mention.span)
        if reading.pos(at) in ("NOUN", "PROPN", "ADJ", "VERB") and len(reading.lower(at)) > 3
    }


def akin(one: str, two: str) -> bool:
    """Two words may tell of the same kind of incident."""
    if one.endswith(two) or two.endswith(one):
        return True  # "cyberattack", "attack"
    return one[:5] == two[:5] or any(one in group and two in group for group in _kin())
