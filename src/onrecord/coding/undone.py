"""What is told of a deed that is only undertaken or refused, where the words leave no doubt.

The reading model's own head decides what happened; on newswire it is right where wider rules are wrong. Two forms that
it takes for deeds when a clause is long are so plain that they are read off the tree: the infinitive after a word of
undertaking or refusing, and a further verb that shares a "will" or "would" with the one before it.
"""

from __future__ import annotations

from onrecord.coding import syntax
from onrecord.coding.inflect import verb_of
from onrecord.reading.types import Reading

_UNDERTAKING = frozenset(
    "aim commit intend mean offer plan pledge prepare promise propose swear threaten undertake volunteer vow".split()
)
_REFUSING = frozenset("decline refuse".split())
_AHEAD = frozenset(("will", "would", "shall", "'ll", "’ll", "'d", "’d"))
_HAVE = frozenset(("have", "'ve", "’ve"))


def status_of(reading: Reading, word: int) -> str | None:
    """ "future" or "negated" where the words say so, else None."""
    first = _first_of_row(reading, word)
    auxiliaries = frozenset(syntax.auxiliaries(reading, first))
    if first != word and auxiliaries & _AHEAD and not auxiliaries & _HAVE:
        return "negated" if syntax.negated(reading, first) else "future"
    above = syntax.parent(reading, first)
    if above is None or reading.deprel(first) != "xcomp" or not _is_to(reading, first):
        return None
    if syntax.negated(reading, above):
        return None
    if verb_of(reading.lower(above), _UNDERTAKING):
        return "future"
    return "negated" if verb_of(reading.lower(above), _REFUSING) else None


def _first_of_row(reading: Reading, word: int) -> int:
    """The first of the verbs that share one subject: "will close its consulate and cut its staff"."""
    while reading.deprel(word) == "conj" and reading.pos(word) == "VERB":
        above = syntax.parent(reading, word)
        if (
            above is None
            or reading.pos(above) != "VERB"
            or syntax.kids(reading, word, "nsubj", "aux", "mark")
        ):
            break
        told_as_past = reading.feat(word, "Tense") == "Past" and reading.lower(word) != reading.lemma(word)
        if told_as_past and reading.feat(above, "VerbForm") == "Inf":
            break
        word = above
    return word


def _is_to(reading: Reading, word: int) -> bool:
    return any(reading.lower(child) == "to" for child in syntax.kids(reading, word, "mark"))
