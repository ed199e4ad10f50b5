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
_PEOPLED = frozenset(("COP", "CVL", "REB"))
_POWERS = frozenset(
    ("military", "army", "navy", "air force", "security force", "armed force", "regime", "junta")
)
_SENT = frozenset(
    "activist association committee community delegate expert group inspector monitor observer panel participant "
    "personnel society specialist staff team union volunteer".split()
)
# The rest of a crowd, without a noun.
_OTHERS = frozenset(("others", "displaced", "wounded", "injured", "dead"))


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


def is_of_states(story: Story, phrase: Phrase | None, sector: str | None) -> bool:
    """Whether a noun is one that states have and their unions have not: a government, police, rebels, villagers."""
    if phrase is None:
        return False
    head = phrase.head
    if head is None:
        return phrase.proper is None and story.lower[phrase.core[1] - 1] in _OTHERS
    if head.words.endswith("government") or head.words in _POWERS:
        return True
    return sector in _PEOPLED and not _SENT.intersection(head.words.split())
