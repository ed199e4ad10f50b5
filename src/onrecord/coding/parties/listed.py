"""Phrases that stand for several parties by names alone: "both Kenya and Tanzania", "the India-Brazil commission"."""

from __future__ import annotations

from itertools import pairwise

from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.story import Mention, Story, WordSpan

TIES = (["-"], ["–"], ["/"])
_TIED = frozenset(("state", "adjective", "organisation"))


def tied(story: Story, phrase: Phrase) -> list[Mention]:
    """The names of a core that are tied by hyphens: "the India-Brazil commission"; empty where they are not."""
    found = [m for m in phrase.mentions if m.name.code and m.name.kind in _TIED]
    ties = (story.forms[left.end : right.start] for left, right in pairwise(found))
    several = len({m.name.code for m in found}) == len(found) > 1
    return found if several and all(tie in TIES for tie in ties) else []


def listed(story: Story, words: WordSpan) -> tuple[Mention, ...]:
    """The names of a phrase that is nothing but a list of names."""
    start = words[0]
    while start < words[1] and story.lower[start] in ("both", "the"):
        start += 1
    for names in story.lists:
        if names[0].start == start and names[-1].end == words[1]:
            codes = {mention.name.code for mention in names}
            return names if len(codes) == len(names) and "" not in codes else ()
    return ()
