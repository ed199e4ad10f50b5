"""What the rules ask of a tree: subjects, objects, particles, auxiliaries, clauses. UD English relations.

Every function takes the reading and word indices and returns word indices, so that a caller never touches
relation names. All of them bear a wrong tree: they look at one step, and return nothing rather than guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

NEGATIONS = frozenset(("not", "n't", "never", "no", "neither", "nor", "hardly", "without", "cannot"))
NOBODY = frozenset(("nobody", "none", "nothing", "neither", "no"))
FUTURE = frozenset(("will", "'ll", "’ll", "shall"))
MODAL = frozenset(("would", "could", "might", "may", "can", "should", "must", "ought", "'d", "’d"))

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "'s", "’s", "am"))
_CLAUSAL = ("ccomp", "advcl", "acl", "parataxis", "csubj", "root")
_DEPENDENT_CLAUSES = ("acl", "advcl", "ccomp", "parataxis", "csubj")


def kids(reading: Reading, word: int, *relations: str) -> list[int]:
    """Children whose relation begins with one of ``relations`` (subtypes count)."""
    children = reading.children(word)
    if not children:
        return []
    return [
        child
        for child in children
        if reading.relation(child) in relations or reading.deprel(child) in relations
    ]


def relation(reading: Reading, word: int) -> str:
    """The relation of a word without its subtype."""
    return reading.relation(word)


def parent(reading: Reading, word: int) -> int | None:
    """The head, or None at a root."""
    head = reading.head(word)
    return head if head >= 0 else None


def conjuncts(reading: Reading, word: int) -> list[int]:
    """A word and everything coordinated with it below."""
    found = [word]
    for child in kids(reading, word, "conj"):
        found.extend(conjuncts(reading, child))
    return found


def first_conjunct(reading: Reading, word: int) -> int:
    """The word to which a chain of conjuncts hangs."""
    while reading.deprel(word) == "conj" and (head := parent(reading, word)) is not None:
        word = head
    return word


def is_passive(reading: Reading, verb: int) -> bool:
    """The clause is passive: a passive auxiliary or subject; a bare participle after a noun counts as well."""
    if any(reading.deprel(child) in ("aux:pass", "nsubj:pass") for child in reading.children(verb)):
        return True
    be = any(reading.lower(child) in _BE for child in kids(reading, verb, "aux", "cop"))
    if be and _participle(reading, verb) and not kids(reading, verb, "obj"):
        return True
    if kids(reading, verb, "obj", "nsubj", "aux"):
        return False
    if (
        reading.deprel(verb) == "conj"
        and (head := parent(reading, verb)) is not None
        and reading.pos(head) == "VERB"
    ):
        return is_passive(reading, head) and _participle(reading, verb)
    return reading.deprel(verb) == "acl" and _participle(reading, verb)


def _participle(reading: Reading, verb: int) -> bool:
    return reading.lower(verb)[-2:] in (
        "ed",
        "en",
        "wn",
        "nt",
        "ld",
        "pt",
        "de",
        "ht",
        "ft",
        "st",
        "ck",
        "ut",
        "et",
    )


def subject(reading: Reading, verb: int, passive: bool = False, depth: int = 4) -> int | None:
    """The subject of a verb, its own or the one that it shares through coordination or control.

    ``passive`` asks for the subject of a passive clause (the one acted upon).
    """
    for child in reading.children(verb):
        deprel = reading.deprel(child)
        if deprel.startswith("nsubj"):
            if (deprel == "nsubj:pass") == passive or (
                deprel == "nsubj" and passive and is_passive(reading, verb)
            ):
                return child
            return None
        if deprel == "expl" and not passive:
            return None
    head = parent(reading, verb)
    if head is None or depth == 0:
        return None
    deprel = relation(reading, verb)
    if deprel == "conj" and reading.pos(head) in ("VERB", "AUX", "ADJ", "NOUN"):
        return subject(reading, head, passive or (is_passive(reading, head) and not passive), depth - 1)
    if deprel == "xcomp" and not passive:
        controllers = [child for child in kids(reading, head, "obj", "iobj") if child < verb]
        if controllers and any(reading.lower(mark) == "to" for mark in kids(reading, verb, "mark", "aux")):
            return controllers[0]  # "prompted an official to accuse": the official accuses
    if deprel == "xcomp" or (deprel == "advcl" and reading.lower(verb).endswith(("ing", "ed"))):
        found = subject(reading, head, False, depth - 1)
        return found if found is not None else subject(reading, head, True, depth - 1)
    if deprel == "acl" and not reading.deprel(verb).endswith("relcl"):
        if any(reading.lower(mark) == "to" for mark in kids(reading, verb, "mark", "aux")):
            return _owner_of_plan(reading, head, depth)
        return head
    return None


def _owner_of_plan(reading: Reading, noun: int, depth: int) -> int | None:
    """Who would do what a noun holds out ("its plan to", "confirmed plans to"): its owner, else who speaks of it."""
    for child in kids(reading, noun, "nmod"):
        if reading.deprel(child) == "nmod:poss":
            return child
    verb = parent(reading, noun)
    return subject(reading, verb, False, depth - 1) if verb is not None and depth else None


def relative_head(reading: Reading, word: int | None) -> int | None:
    """The noun for which a relative pronoun stands; the word itself where it is none."""
    if word is None or reading.lower(word) not in ("who", "which", "that", "whom", "whose"):
        return word
    verb = parent(reading, word)
    while verb is not None and not reading.deprel(verb).startswith("acl"):
        verb = parent(reading, verb)
    return parent(reading, verb) if verb is not None else word


def agent(reading: Reading, verb: int) -> int | None:
    """Who does it: the subject of an active clause, the "by" phrase of a passive one."""
    if is_passive(reading, verb):
        for child in kids(reading, verb, "obl"):
            if reading.deprel(child) == "obl:agent" or case(reading, child) == "by":
                return relative_head(reading, child)
        return None
    return relative_head(reading, subject(reading, verb))


def patient(reading: Reading, verb: int) -> int | None:
    """Whom it is done to: the object, the subject of a passive, the noun that a bare participle modifies."""
    if is_passive(reading, verb):
        found = subject(reading, verb, passive=True)
        if found is None and relation(reading, verb) == "acl":
            found = parent(reading, verb)
        if (
            found is None and (head := parent(reading, verb)) is not None
        ):  # "called for the envoy to be sent home"
            before = [child for child in kids(reading, head, "obl", "obj") if head < child < verb]
            found = before[-1] if before and relation(reading, verb) in ("advcl", "xcomp", "ccomp") else None
        return relative_head(reading, found)
    for child in kids(reading, verb, "iobj"):
        return child
    for child in kids(reading, verb, "obj"):
        return relative_head(reading, child)
    for clause in kids(reading, verb, "ccomp"):  # "forbade the staff to leave"
        if any(reading.lower(mark) == "to" for mark in kids(reading, clause, "mark", "aux")):
            for child in kids(reading, clause, "nsubj"):
                return child
    return None


def obj(reading: Reading, verb: int) -> int | None:
    """The direct object, or the subject of a passive."""
    if not is_passive(reading, verb):
        for child in kids(reading, verb, "obj"):
            return relative_head(reading, child)
        return None
    for child in kids(reading, verb, "obj"):
        return child
    return patient(reading, verb)


def case(reading: Reading, noun: int) -> str | None:
    """The preposition of a noun, in small letters."""
    for child in kids(reading, noun, "case"):
        return reading.lower(child)
    return None


def obliques(reading: Reading, head: int, *prepositions: str) -> list[int]:
    """Nouns that hang on a verb or noun by one of the prepositions."""
    return [child for child in kids(reading, head, "obl", "nmod") if case(reading, child) in prepositions]


def clause_words(reading: Reading, verb: int) -> Iterator[int]:
    """The words of a clause without those of the clauses that depend on it or are joined to it."""
    stack = [verb]
    while stack:
        word = stack.pop()
        yield word
        for child in reading.children(word):
            if reading.relation(child) in _DEPENDENT_CLAUSES:
                continue
            if reading.deprel(child) == "conj" and reading.pos(child) in ("VERB", "AUX"):
                continue
            stack.append(child)


def auxiliaries(reading: Reading, verb: int) -> list[str]:
    """The auxiliaries of a verb in small letters; a conjunct without its own takes those of the first."""
    own = [reading.lower(child) for child in kids(reading, verb, "aux", "cop")]
    if own or reading.deprel(verb) != "conj":
        return own
    head = parent(reading, verb)
    if head is None or reading.pos(head) not in ("VERB", "AUX") or kids(reading, verb, "nsubj"):
        return own
    return auxiliaries(reading, head)


def negated(reading: Reading, verb: int, own: bool = False) -> bool:
    """The clause is negated by its own words: not, never, a negative subject or object (``own``: not by those)."""
    for child in reading.children(verb):
        lower, deprel = reading.lower(child), reading.relation(child)
        if deprel in ("advmod", "neg", "cc", "aux", "det", "dep", "part") and lower in NEGATIONS:
            return True
        if not own and deprel in ("nsubj", "obj", "obl", "iobj") and _negative_noun(reading, child):
            return True
    if (
        reading.deprel(verb) == "conj"
        and (head := parent(reading, verb)) is not None
        and not kids(reading, verb, "nsubj")
    ):
        return reading.pos(head) in ("VERB", "AUX") and _denies_what_follows(reading, head, verb)
    return False


def _denies_what_follows(reading: Reading, head: int, verb: int) -> bool:
    """The negation of a verb holds for one coordinated with it too: that of its own object does not, and none does
    where the other has its own auxiliaries or follows on "but"."""
    if _but(reading, verb) or kids(reading, verb, "aux"):
        return False
    by_subject = any(_negative_noun(reading, child) for child in kids(reading, head, "nsubj"))
    return by_subject or negated(reading, head, own=True)


def _negative_noun(reading: Reading, noun: int) -> bool:
    if reading.lower(noun) in NOBODY:
        return True
    if reading.lower(noun) in ("one", "member", "diplomat") and noun > 0 and reading.lower(noun - 1) == "no":
        return True
    return any(
        reading.lower(child) in ("no", "neither") for child in kids(reading, noun, "det", "advmod", "cc")
    )


def _but(reading: Reading, verb: int) -> bool:
    return any(reading.lower(child) == "but" for child in kids(reading, verb, "cc"))


def marker(reading: Reading, verb: int) -> str | None:
    """The conjunction that opens a clause: if, after, because …"""
    for child in kids(reading, verb, "mark"):
        return reading.lower(child)
    return None


def governors(reading: Reading, word: int) -> Iterator[tuple[int, str]]:
    """The words above a word in its tree, with the relation by which each step hangs."""
    current = word
    while (head := parent(reading, current)) is not None:
        yield head, reading.deprel(current)
        current = head


def sentence(reading: Reading, word: int) -> WordSpan:
    """The words of the sentence in which a word stands."""
    return reading.sentence(word)


def text_of(reading: Reading, words: WordSpan) -> str:
    """The text between the first and the last word."""
    start, end = reading.span(*words)
    return reading.text[start:end]


def trimmed(reading: Reading, words: WordSpan) -> WordSpan:
    """Without punctuation, conjunctions and markers at either end."""
    start, end = words
    while end - start > 1 and (
        reading.pos(start) == "PUNCT" or reading.lower(start) in ("and", "but", "that")
    ):
        start += 1
    while end - start > 1 and (reading.pos(end - 1) == "PUNCT" or reading.lower(end - 1) in ("and", "but")):
        end -= 1
    return start, end


def bare_that(reading: Reading, verb: int) -> WordSpan | None:
    """ "Denied that allegations, accused …": a noun alone after "that", which opens no clause."""
    end = verb + 3
    if (
        end < len(reading)
        and reading.lower(verb + 1) == "that"
        and reading.pos(verb + 2) == "NOUN"
        and reading.word(end) in (",", ".", ";")
    ):
        return verb + 1, end
    return None
