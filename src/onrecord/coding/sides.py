"""Who stands on which side of an event: the arguments of its mention, chosen by their likelihood and by the tree.

The heads of the model give each word of a party a likelihood of its own. What they cannot weigh is how the words
hang together: a relative clause is about the noun before it, nobody meets alone, and who stands in another clause is
seldom the one acted upon.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.coding.spans import head_of, overlap
from onrecord.coding.syntax import (
    clause_words,
    conjuncts,
    first_conjunct,
    is_passive,
    kids,
    obliques,
    relative_head,
    subject,
)
from onrecord.reading.types import Argument, EventMention, Reading, WordSpan

# Beside the best party of a side stands who is at least so likely: alone, and joined to it by "and".
SURE = 0.65
JOINED = 0.2
# The least likelihood of the one party of a side that is often not told: who is behind an attack.
BY_NOBODY = 0.25
_OFTEN_NOBODY = frozenset((("ASSAULT", "actor"),))
# The least likelihood of who is acted upon and does not stand in the clause of the event.
ELSEWHERE = 0.15
# The least likelihood of those against whom troops are moved: there need be nobody.
AGAINST = 0.4
# The least likelihood of the second party of a meeting for which the first is found.
PARTNER = 0.1
# The likelihood of a party whom only a pronoun tells.
UNSAID = 0.5
_SUBJECTS = frozenset(("he", "she", "they", "it"))
_OBJECTS = frozenset(("him", "her", "them"))
# From this likelihood on a party is the host, though the visit is told by "here".
HOST = 0.5
# And from this on each of several parties meets the others, where there is no host.
VISITOR = 0.6
# All who take part stand side by side as actors; a visit keeps visitor and host apart.
SYMMETRIC = frozenset(("CONSULT",))
# Those who sign, agree or work together may be told of in several clauses.
_SIDE_BY_SIDE = SYMMETRIC | {"AGREE", "COOPERATE", "SUPPORT"}
_FOUGHT = frozenset(("ASSAULT",))
_RELATIVE = frozenset(("who", "which", "that"))
_LEAVES_OFFICE = frozenset(("resign", "resignation", "quit"))
_DOWN = frozenset(("step", "stand"))

Sides = dict[str, list[Argument]]


def sides_of(reading: Reading, mention: EventMention) -> Sides:
    """The arguments of the two sides: the best of each, and beside it who is sure, or joined to it by "and".

    Words that the heads put on both sides stand on the likelier one.
    """
    sides: Sides = {"actor": [], "recipient": []}
    taken: list[WordSpan] = []
    joined: dict[str, set[int]] = {"actor": set(), "recipient": set()}
    for each in sorted(_candidates(reading, mention), key=lambda argument: (-argument.score, argument.span)):
        side = sides.get(each.role)
        if side is None or any(overlap(each.span, other) for other in taken):
            continue
        head = head_of(reading, each.span)
        if not side:
            untold = (mention.type, each.role) in _OFTEN_NOBODY and not _modifies(
                reading, head, mention.trigger
            )
            needed = BY_NOBODY if untold else 0.0
        else:
            needed = JOINED if head in joined[each.role] else SURE
        if each.score >= needed:
            side.append(each)
            taken.append(each.span)
            joined[each.role].update(conjuncts(reading, first_conjunct(reading, head)))
    return {role: sorted(side, key=lambda argument: argument.span) for role, side in sides.items()}


def _modifies(reading: Reading, noun: int, trigger: WordSpan) -> bool:
    """Whether a noun tells by itself whose deed it is: "insurgent attacks"."""
    inside = trigger[0] <= noun < trigger[1]
    return inside or (
        reading.head(noun) == head_of(reading, trigger) and reading.relation(noun) in ("amod", "compound")
    )


def visitors(mention: EventMention) -> list[Argument]:
    """The likely actors of a visit for which no host is likely; empty for all else."""
    if mention.mode != "visit" or any(e.role == "recipient" and e.score >= HOST for e in mention.arguments):
        return []
    return [each for each in mention.arguments if each.role == "actor" and each.score >= VISITOR]


def _candidates(reading: Reading, mention: EventMention) -> list[Argument]:
    """The arguments without those whom the tree speaks against, and with the subject that it tells."""
    found = list(mention.arguments)
    if mention.type == "RETREAT" and _leaves_office(reading, mention.trigger):
        found = [each for each in found if each.role != "recipient"]
    if not is_symmetric(mention):
        within = _reach(reading, mention.trigger)
        found = [
            each
            for each in found
            if each.role != "recipient" or each.score >= ELSEWHERE or head_of(reading, each.span) in within
        ]
    if mention.type == "MOBILIZE":
        found = [each for each in found if each.role != "recipient" or each.score >= AGAINST]
    noun = _of_relative_clause(reading, mention.trigger)
    if noun is not None:
        found = [each for each in found if each.role != "actor" or overlap(each.span, noun)]
        if not any(each.role == "actor" for each in found):
            found.append(Argument("actor", noun, 1.0))
    else:
        found = _in_own_clause(reading, mention, found)
    for role, words in _by_pronoun(reading, mention.trigger):
        if not any(each.role == role for each in found):
            found.append(Argument(role, words, UNSAID))
    return found


def _by_pronoun(reading: Reading, trigger: WordSpan) -> Iterator[tuple[str, WordSpan]]:
    """Who acts and who is acted upon where only a pronoun tells: the heads look for names."""
    verb = head_of(reading, trigger)
    found = subject(reading, verb)
    if found is not None and reading.lower(found) in _SUBJECTS and not is_passive(reading, verb):
        yield "actor", (found, found + 1)
    for child in kids(reading, verb, "iobj", "obj"):
        if reading.lower(child) in _OBJECTS:
            yield "recipient", (child, child + 1)


def is_symmetric(mention: EventMention) -> bool:
    """Whether all who take part stand on one side."""
    return mention.type in SYMMETRIC and mention.mode != "visit"


def _leaves_office(reading: Reading, trigger: WordSpan) -> bool:
    words = range(*trigger)
    if any(reading.lemma(word) in _LEAVES_OFFICE for word in words):
        return True
    last = trigger[1] - 1
    return any(reading.lemma(word) in _DOWN for word in words) and any(
        reading.lower(word) == "down" for word in (*words, *kids(reading, last, "compound", "advmod"))
    )


def _reach(reading: Reading, trigger: WordSpan) -> set[int]:
    """The words of the event's own clause."""
    return set(clause_words(reading, head_of(reading, trigger)))


def _in_own_clause(reading: Reading, mention: EventMention, found: list[Argument]) -> list[Argument]:
    """The arguments without the doers of other clauses, where the verb has its own: "Oslo urged calm as Chad fled"."""
    verb = head_of(reading, mention.trigger)
    if mention.type in _SIDE_BY_SIDE:
        return found
    own = subject(reading, verb) if reading.pos(verb) == "VERB" and not is_passive(reading, verb) else None
    if own is None or not any(each.role == "actor" and _holds(each.span, own) for each in found):
        return found
    within = {*_reach(reading, mention.trigger), *range(*reading.subtree(own))}
    return [each for each in found if each.role != "actor" or head_of(reading, each.span) in within]


def _holds(words: WordSpan, word: int) -> bool:
    return words[0] <= word < words[1]


def _of_relative_clause(reading: Reading, trigger: WordSpan) -> WordSpan | None:
    """The noun phrase before "which called on …": the one who acts."""
    verb = head_of(reading, trigger)
    for child in kids(reading, verb, "nsubj"):
        if reading.deprel(child) == "nsubj" and reading.lower(child) in _RELATIVE:
            noun = relative_head(reading, child)
            if noun is not None and noun != child and noun < child:
                start = reading.subtree(noun)[0]
                end = child
                while start < noun and reading.pos(start) == "ADP":
                    start += 1
                while end > noun + 1 and reading.pos(end - 1) in ("PUNCT", "ADP"):
                    end -= 1
                return start, end
    return None


def is_mutual(reading: Reading, mention: EventMention) -> bool:
    """Whether two fight each other: "clashes between protesters and police"."""
    if mention.type not in _FOUGHT:
        return False
    head = head_of(reading, mention.trigger)
    if reading.pos(head) not in ("NOUN", "PROPN"):
        return False
    above = reading.head(head)
    return any(obliques(reading, word, "between") for word in (head, above) if word >= 0)


def visited_here(reading: Reading, mention: EventMention) -> int | None:
    """The word "here" that tells where a visit leads, if no party is likely to be the host."""
    if mention.mode != "visit" or any(
        each.role == "recipient" and each.score >= HOST for each in mention.arguments
    ):
        return None
    head = head_of(reading, mention.trigger)
    words = _reach(reading, mention.trigger)
    above = reading.head(head)
    if reading.pos(head) == "NOUN" and above >= 0:
        words |= set(clause_words(reading, above))
    return next((word for word in sorted(words) if reading.lower(word) == "here"), None)


def partners(reading: Reading, mention: EventMention, chosen: list[Argument]) -> list[Argument]:
    """Who may be the other party of a meeting, the likeliest first: the heads' next, who stands after "with",
    and whose meeting it is."""
    head = head_of(reading, mention.trigger)
    host = subject(reading, head)
    told = (
        *obliques(reading, head, "with"),
        *kids(reading, head, "nmod:poss"),
        *([] if host is None else [host]),
    )
    found = [
        *(e for e in mention.arguments if e.role in ("actor", "recipient") and e.score >= PARTNER),
        *(Argument("actor", reading.subtree(noun), 0.0) for noun in told),
    ]
    rest = [each for each in found if not any(overlap(each.span, other.span) for other in chosen)]
    return sorted(rest, key=lambda each: -each.score)
