"""Phrases that speak of several states without a name, and so of none: "other countries", "leaders of 34 nations"."""

from __future__ import annotations

from onrecord.coding.parties.phrases import Phrase, parse
from onrecord.coding.parties.story import Story

COUNTRIES = frozenset(
    ("country", "nation", "state", "republic", "kingdom", "neighbor", "neighbour", "member state", "member country",
     "member nation")
)  # fmt: skip
_EVERYBODY = frozenset(
    ("west", "world", "third world", "rest of the world", "community of nations", "industrialised world",
     "industrialized world")
)  # fmt: skip
_BODIES = frozenset(("organization", "organisation"))
_SUMMITEERS = frozenset(("head of state", "head of government", "head of states"))
_MANY = frozenset(("multinational", "nation"))


def is_of_several(story: Story, phrase: Phrase, region: str) -> bool:
    """Whether a phrase speaks of several states, or of a region (`region`: what its words tell of one)."""
    head = phrase.head
    if region == "region" and (head is None or head.plural):
        return True
    if head is None:
        return False
    if head.words in _EVERYBODY or (region == "abroad" and head.plural):
        return True
    if head.plural and (head.words in _SUMMITEERS or _ends_on_several(story, phrase)):
        return True
    if any(story.lower[word] in _MANY and _is_many(story, word) for word in range(*phrase.core)):
        return True
    place = phrase.part("of", "from")
    inner = parse(story, place) if place is not None else phrase
    return any(
        each.head is not None
        and each.head.plural
        and each.head.words in COUNTRIES
        and each.head_words is not None
        and not story.capital(each.head_words[0])
        for each in (phrase, inner)
    )


def _is_many(story: Story, word: int) -> bool:
    """Whether several states make a body up: "a multinational force", "the five-nation panel"."""
    return story.lower[word] == "multinational" or (word > 0 and story.forms[word - 1] == "-")


def _ends_on_several(story: Story, phrase: Phrase) -> bool:
    """Whether a phrase ends on unnamed states or bodies: "ministers and officials from 78 countries"."""
    last = phrase.words[1] - 1
    found = story.noun_ending_at(last, phrase.core[1])
    if (
        found is None
        or not found[1].plural
        or found[1].words not in (COUNTRIES | _BODIES)
        or story.capital(last)
    ):
        return False
    return any(story.lower[word] in ("of", "from") for word in range(phrase.core[1], last)) and not any(
        word in story.mention_at for word in range(*phrase.words)
    )
