"""Whose word a writing is: "the note says", "its statement adds" are said by whoever wrote the note or the statement.

Requires the tree. A writing told before as somebody's ("a note from Kyiv", "the ministry handed over a note") is his
where it is spoken of again with "the"; "its note" is that of whom the pronoun stands for. A writing that nobody was
named for speaks for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after
from onrecord.coding.claims.cue_verbs import entry
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_LETTERS = frozenset(load("reporting")["letters"])
_GIVING = frozenset(load("reporting")["giving"])
_OWNERS = frozenset(("its", "their", "his", "her"))
_NOBODY = frozenset(("it", "he", "she", "they", "which", "who", "that", "we", "i"))


def author_of(reading: Reading, head: int) -> int | None:
    """The word that names the author of a writing that speaks; None where it is no writing or nobody is named."""
    noun = noun_of(reading.lower(head), _LETTERS)
    if noun is None:
        return None
    for child in reading.children(head):
        if reading.lower(child) in _OWNERS:
            return child
    if not any(reading.lower(child) in ("the", "this", "that", "same") for child in reading.children(head)):
        return None
    for word in range(head - 1, -1, -1):
        if noun_of(reading.lower(word), _LETTERS) == noun and (found := _named(reading, word)) is not None:
            return found
    return None


def _named(reading: Reading, word: int) -> int | None:
    """The owner of a writing, whom it is from, who says a thing in it, or who hands it over."""
    for child in syntax.kids(reading, word, "nmod"):
        if reading.deprel(child) == "nmod:poss" and reading.pos(child) in ("NOUN", "PROPN"):
            return child
    if word + 2 < len(reading) and reading.lower(word + 1) in ("from", "by"):
        found = head_after(reading, word + 2)
        if found is not None and (reading.pos(found) == "PROPN" or reading.lower(word + 2) == "the"):
            return found
    verb = syntax.parent(reading, word)
    if verb is None:
        return None
    stated_in = (
        syntax.case(reading, word) in ("in", "by", "through", "with") and entry(reading, verb) is not None
    )
    if not stated_in and verb_of(reading.lower(verb), _GIVING) is None:
        return None
    giver = syntax.agent(reading, verb)
    if giver is None or giver == word or reading.lower(giver) in _NOBODY:
        return None
    return giver if reading.pos(giver) in ("NOUN", "PROPN") else None
