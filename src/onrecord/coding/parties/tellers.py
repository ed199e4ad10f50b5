"""Whose an official is who tells what a state does, and where a report was written.

"Malta has sent the envoy home, the foreign minister said": who tells in one breath what a state did, without a state
of his own, is that state's. "VALLETTA, March 17 -": the ministry of which a report from there speaks is Malta's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.cues import load

if TYPE_CHECKING:
    from onrecord.coding.parties.names import NameIndex
    from onrecord.coding.parties.phrases import Phrase
    from onrecord.coding.parties.story import Mention, Story

# What ties the words of a title and a name to the noun that is the subject.
_TITLE = frozenset(("flat", "appos", "compound", "nmod:desc"))
_CITING = frozenset(("citing", "quoting"))
_QUOTES = frozenset(('"', "''", "``", "“", "”", "«", "»"))
_IF = frozenset(("if", "unless", "should"))
_POWERS = frozenset(("state", "capital", "organisation"))
_TOWN = re.compile(r"[^,(\d\-–—:./]+")
_TOWNS = frozenset(("capital", "place", "state"))
_DEPTH = 4


def state_told_of(story: Story, word: int, phrase: Phrase) -> str | None:
    """The state that does what an official at a word tells in the same sentence; None where he tells nothing, or
    speaks of another in quotation marks or on a condition."""
    if story.reading is None or not _tells(story, word, phrase):
        return None
    for mention in story.mentions_in.get(story.sentence[word], ()):
        if mention.end > word:
            return None
        if mention.name.code and mention.name.kind in _POWERS and _acts(story, mention):
            return None if _is_quoted(story, mention) else mention.name.code
    return None


def _tells(story: Story, word: int, phrase: Phrase) -> bool:
    """A noun, or the title before a name, is the subject of a verb of saying, or is cited."""
    reading, start = story.reading, phrase.words[0]
    assert reading is not None
    before = story.lower[max(0, start - 2) : start]
    if (before[-1:] and before[-1] in _CITING) or before == ["according", "to"]:
        return True
    at = word
    for _ in range(_DEPTH):
        relation = reading.deprel(at)
        if relation == "nsubj":
            return reading.lemma(reading.head(at)) in load("reporting")["verbs"]
        if relation not in _TITLE or reading.head(at) < 0:
            return False
        at = reading.head(at)
    return False


def _acts(story: Story, mention: Mention) -> bool:
    """A name is the subject of a verb that is under no condition."""
    reading = story.reading
    assert reading is not None
    for word in range(mention.start, mention.end):
        if reading.deprel(word) == "nsubj":
            marks = (each for each in reading.children(reading.head(word)) if reading.deprel(each) == "mark")
            return not any(story.lower[each] in _IF for each in marks)
    return False


def _is_quoted(story: Story, mention: Mention) -> bool:
    """Whether an odd number of quotation marks stands before a name in its sentence."""
    opens = story.sentences[story.sentence[mention.start]][0]
    return sum(form in _QUOTES for form in story.forms[opens : mention.start]) % 2 == 1


def state_of_dateline(line: str, index: NameIndex) -> str:
    """The state of the town with which a dateline begins; empty where it names none."""
    town = _TOWN.match(line.strip())
    names = index.get(town.group().strip().title()) if town is not None else []
    return next((name.code for name in names if name.kind in _TOWNS), "")
