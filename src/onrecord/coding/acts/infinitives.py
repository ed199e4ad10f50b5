"""What somebody is told or given time to do: the infinitive that a rule asks for, wherever the tree hangs it.

Requires the reading. The tree finds most; where it hangs the infinitive on the object or on a word behind it ("told the
envoy of Peru to leave"), the order of the words tells it: nothing but nouns stands between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax

if TYPE_CHECKING:
    from onrecord.coding.acts.lexicon import Rule
    from onrecord.reading.types import Reading

_AHEAD, _FAR_AHEAD = 8, 24  # words behind a verb of giving time, and of telling
_TERM = frozenset(("until", "till"))
_OTHER = frozenset((";", ":", ".", "?", "!", "and", "but", "that", "who", "which", "whom", "when", "after"))


def to_do_as(reading: Reading, rule: Rule, word: int) -> bool:
    """An infinitive of the rule's list is what the verb at a word has somebody do."""
    for child in reading.children(word):
        relation = syntax.relation(reading, int(child))
        clausal = relation in ("xcomp", "ccomp", "advcl", "acl", "obj") or reading.pos(child) == "VERB"
        clausal = clausal or bool(syntax.kids(reading, int(child), "cop"))  # "have a week to be gone"
        if clausal and reading.lower(child) in rule.infinitive and not _is_told(reading, int(child)):
            return True  # "told that she went on leave" is no order to go
        for below in syntax.kids(reading, int(child), "acl", "xcomp"):
            if reading.lower(below) in rule.infinitive:
                return True
    if rule.object == "time":
        ahead = range(word + 1, min(word + _AHEAD, syntax.sentence(reading, word)[1] - 1))
        if any(reading.lower(at) == "to" and reading.lower(at + 1) in rule.infinitive for at in ahead):
            return True  # "has 48 hours to quit": wherever the tree hangs it
    elif reading.pos(word) in ("VERB", "AUX") and _next_to_do(reading, word) in rule.infinitive:
        return True
    return rule.optional_infinitive and not _other_purpose(reading, word)


def _is_told(reading: Reading, verb: int) -> bool:
    """What somebody will do is told, not ordered: "told reporters that they would leave"."""
    return any(reading.lower(child) in ("will", "would") for child in syntax.kids(reading, verb, "aux"))


def _next_to_do(reading: Reading, word: int) -> str | None:
    """The first infinitive behind a verb with no other clause between: "ordered the envoys of both to go home"."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(word + _FAR_AHEAD, last - 1)):
        lower, pos = reading.lower(at), reading.pos(at)
        if lower == "to" and reading.pos(at + 1) in ("VERB", "AUX"):
            return reading.lower(at + 1)
        clause = pos in ("VERB", "AUX", "SCONJ") and lower not in _TERM and reading.deprel(at) != "amod"
        if clause or (lower in _OTHER and not _joins_names(reading, at)):
            return None
    return None


def _joins_names(reading: Reading, at: int) -> bool:
    """ "The envoys of Chile and Peru": what is joined are no clauses."""
    return reading.lower(at) == "and" and reading.pos(at + 1) in (
        "PROPN",
        "NOUN",
        "ADJ",
        "NUM",
        "DET",
        "PRON",
    )


def anything_to_do(reading: Reading, word: int) -> bool:
    """Something is to be done, whatever the tagger makes of the infinitive: "a week to apologise"."""
    _, last = syntax.sentence(reading, word)
    return any(
        reading.lower(at) == "to" and reading.pos(at + 1) in ("VERB", "AUX", "NOUN")
        for at in range(word + 1, min(last - 1, word + 14))
    )


def _other_purpose(reading: Reading, word: int) -> bool:
    """An infinitive that hangs on the verb or its objects: what the time is given for is something else."""
    for head in (word, *syntax.kids(reading, word, "obj", "iobj", "obl")):
        for child in syntax.kids(reading, head, "acl", "xcomp", "advcl"):
            if any(reading.lower(mark) == "to" for mark in syntax.kids(reading, child, "mark")):
                return True
    return False
