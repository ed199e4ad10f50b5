"""Whether a measure was taken: actual, future, hypothetical or negated, from the words that govern it.

Requires the tree and the model's status head. The words decide where they are plain ("has not", "if", "will",
"threatened to"); elsewhere the head's own reading of the word stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_ANSWERS = frozenset(
    "response answer reply reaction retaliation revenge reprisal countermeasure protest".split()
)
_DENIED = frozenset(("ccomp", "xcomp", "obj", "obl", "advcl"))
_BE = frozenset(("is", "are", "was", "were", "'s", "’s"))


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("status").items()}


def status_of(reading: Reading, word: int, negation_is_act: bool = False) -> str:
    """The status of the deed told at a word; ``negation_is_act``: "no longer welcome" is itself the deed."""
    words = _words()
    if not negation_is_act and (syntax.negated(reading, word) or _no(reading, word)):
        return "negated"
    if _question(reading, word):
        return "hypothetical"
    current = word
    own = _modality(reading, word, words)
    if own is not None:
        return own
    for head, relation in syntax.governors(reading, word):
        base = relation.split(":")[0]
        if noun_of(reading.lower(head), _ANSWERS) and syntax.case(reading, current) in (
            "to",
            "for",
            "against",
        ):
            return "actual"  # what is answered has been done, whatever becomes of the answer
        if reading.pos(head) in ("VERB", "AUX", "NOUN", "ADJ"):
            found = _governed(reading, head, current, base, words)
            if found is not None:
                return found
        if base in ("ccomp", "root", "parataxis") or relation == "acl:relcl":
            break
        if base == "conj" and syntax.kids(reading, current, "nsubj"):
            break
        current = head
    return "actual"


def is_decided(reading: Reading, word: int) -> bool:
    """What a decision or an order is for ("the decision to expel them was not made lightly") stands as taken."""
    head = syntax.parent(reading, word)
    return (
        head is not None
        and reading.deprel(word).startswith("acl")
        and reading.lower(head) in ("decision", "order", "move", "step")
        and not _no(reading, head)
        and (above := syntax.parent(reading, head)) is not None
        and not verb_of(reading.lower(above), _words()["open"])
        and not verb_of(reading.lower(above), _words()["denying"])
        and reading.deprel(head).startswith("nsubj")
    )


def _no(reading: Reading, word: int) -> bool:
    return any(
        reading.lower(child) in ("no", "never") for child in syntax.kids(reading, word, "det", "advmod")
    )


def _question(reading: Reading, word: int) -> bool:
    _, end = reading.sentence(word)
    return reading.word(end - 1) == "?" or (end >= 2 and reading.word(end - 2) == "?")


def _modality(reading: Reading, word: int, words: dict[str, frozenset[str]]) -> str | None:
    """What the clause's own marker and auxiliaries say."""
    mark = syntax.marker(reading, word)
    if mark in ("if", "unless", "whether", "should", "lest"):
        return "hypothetical"
    if any(_conditional(reading, int(child)) for child in syntax.kids(reading, word, "advcl")):
        return "hypothetical"
    auxiliaries = syntax.auxiliaries(reading, word)
    if set(auxiliaries) & {"might", "may", "could", "should"}:
        return "hypothetical"
    if set(auxiliaries) & {"will", "'ll", "’ll", "shall", "would", "'d"}:
        return "hypothetical" if {"would", "have"} <= set(auxiliaries) else "future"
    return "future" if _is_to(reading, word) else None


def _is_to(reading: Reading, word: int) -> bool:
    """ "Is to close", "are to be expelled", "was about to suspend"."""
    first = word - 1
    while first > 0 and reading.lower(first) in ("be", "have", "been", "now", "soon", "also"):
        first -= 1
    if first < 1 or reading.lower(first) != "to":
        return False
    before = reading.lower(first - 1)
    return before == "about" or (before in _BE and reading.pos(first - 1) == "AUX")


def _conditional(reading: Reading, clause: int) -> bool:
    if syntax.marker(reading, clause) in ("if", "unless"):
        return True
    first = min((int(child) for child in syntax.kids(reading, clause, "aux")), default=None)
    return (
        first is not None
        and reading.lower(first) in ("should", "were")
        and first <= reading.subtree(clause)[0] + 1
    )


def _governed(
    reading: Reading, head: int, child: int, relation: str, words: dict[str, frozenset[str]]
) -> str | None:
    lower = reading.lower(head)
    negative = syntax.negated(reading, head, own=relation in ("nsubj", "csubj")) or _no(reading, head)
    if verb_of(lower, words["open"]) or noun_of(lower, words["open_nouns"]):
        return "hypothetical" if not (negative and verb_of(lower, words["open_negated"])) else "negated"
    if negative and verb_of(lower, words["asking"]) and relation in ("ccomp", "xcomp", "advcl"):
        return "negated"
    if lower in words["untrue"]:
        return "hypothetical" if negative else "negated"
    if syntax.marker(reading, child) == "against" or syntax.case(reading, child) == "against":
        return "negated"
    if (base := verb_of(lower, words["denying"])) and relation in _DENIED:
        if syntax.bare_that(reading, head) is not None:
            return None
        return "hypothetical" if negative and base == "rule" else "negated"
    if verb_of(lower, words["future"]) or noun_of(lower, words["future_nouns"]):
        return "negated" if negative else "future"
    if relation in ("xcomp", "obj", "nsubj", "obl", "nsubj:pass", "advcl"):
        if negative and relation in ("xcomp", "obj", "nsubj", "obl"):
            return "negated"
        own = _modality(reading, head, words)
        if own is not None and relation != "advcl" and not verb_of(lower, words["speech"]):
            return own
    return None
