"""What speaks for a state without looking at the tree: who leads the paragraph and the title, who has such an office,
and what no union of states has.

What is found is raised in the candidates' features, which `salience` weighs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.story import Story
from onrecord.vocabulary.actors import offices, organisations, states

Candidates = Mapping[str, dict[str, float]]

# Sectors and kinds of nouns that no union of states has, its armies, and people whom it may yet send or call together.
_OF_STATES = frozenset(
    [("CVL", kind) for kind in ("person", "unit", "organ")]
    + [(sector, kind) for sector in ("COP", "REB") for kind in ("person", "unit", "organ", "group")]
)
_ARMIES = frozenset(("military", "army", "navy", "air force", "security force", "armed force"))
_SENT = frozenset(
    "activist delegate expert inspector monitor observer participant specialist staff volunteer".split()
)


def by_paragraph(story: Story, found: Candidates, word: int) -> None:
    """Who is named before `word` in its paragraph, first or alone, and who first in the title."""
    here = story.paragraph[min(word, len(story) - 1)]
    named = [
        mention.name.code
        for mention in story.mentions
        if mention.start < word
        and story.paragraph[mention.start] == here
        and mention.name.code
        and mention.name.kind != "outlet"
    ]
    for code in named:
        found[code]["para"] = 1.0
    if named:
        found[named[0]]["para:first"] = 1.0
    if len(set(named)) == 1:
        found[named[0]]["para:only"] = 1.0
    titled = next((m.name.code for m in story.mentions if m.name.code and not story.sentence[m.start]), None)
    if titled is not None:
        found[titled]["title:first"] = 1.0


def by_office(found: Candidates, phrase: Phrase | None) -> None:
    """Which states alone have what the noun of a phrase says, and which never have."""
    if phrase is None or phrase.head is None or phrase.head.words not in offices():
        return
    only, never = offices()[phrase.head.words]
    for code, features in found.items():
        if code in states():
            if code in never or (only and code not in only):
                features["fits:never"] = 1.0
            elif only:
                features["fits:only"] = 1.0


@cache
def unions() -> frozenset[str]:
    """The codes of organisations, which have offices and staff but no people of their own."""
    return frozenset(each.actor for each in organisations().values()) - frozenset(states())


def is_of_states(phrase: Phrase | None, sector: str | None) -> bool:
    """Whether a noun is one that states have and their unions have not: a government, police, rebels, villagers."""
    if phrase is None or phrase.head is None:
        return False
    head = phrase.head
    if head.words.endswith("government") or head.words in _ARMIES:
        return True
    return (sector, head.kind) in _OF_STATES and head.words not in _SENT
