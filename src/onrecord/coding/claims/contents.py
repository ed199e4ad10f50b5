"""How far a reported content reaches: complement clauses, infinitives, objects, phrases after a preposition, and
the clause into which a reporting verb is put.

Requires the tree. Gives word spans without the conjunction that opens them; clauses joined by "and" that stand on
their own are told apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.cue_verbs import Verb, entry

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_KNOWN = frozenset(("known", "clear", "plain", "understood", "felt"))
_SPEAKER = 9  # words of a speaker, and of what he says without a verb
_RELATIVE = frozenset(("who", "which", "whose", "whom", "where"))
_CONDITIONAL = frozenset(("if", "unless", "should", "until", "once", "asked", "when"))


def contents_of(reading: Reading, word: int, verb: Verb) -> tuple[str, list[WordSpan]]:
    """Where the content stands, and its stretches: one for each proposition that stands on its own in a row."""
    for place in verb.content:
        found: list[WordSpan] = []
        if place == "clause":
            found = clauses(reading, word)
        elif place == "that":
            found = clauses_below(reading, word)
        elif place == "infinitive":
            found = infinitives(reading, word)
        elif place == "object":
            found = objects(reading, word, verb)
        elif place == "aside":
            found = [] if syntax.kids(reading, word, "obj") else parenthetical(reading, word)
        elif place == "quote":
            found = _beside(reading, word)
        else:
            found = prepositional(reading, word, place)
        if found:
            return place, found
    return "", []


def clauses(reading: Reading, word: int) -> list[WordSpan]:
    """The clauses that a verb reports: its complements, else what it stands beside."""
    found: list[WordSpan] = []
    if around := parenthetical(reading, word):
        return around
    for child in _complements(reading, word):
        found.extend(split(reading, child, word))
    return found or _beside(reading, word)


def _complements(reading: Reading, word: int) -> list[int]:
    """The clauses below a verb, its particle ("shot back that") or "known" in "let it be known that"."""
    own = [
        child
        for child in syntax.kids(reading, word, "ccomp")
        if reading.lower(child) not in _KNOWN and not _relative_before(reading, child, word)
    ]
    for child in syntax.kids(reading, word, "xcomp", "ccomp", "compound"):
        if reading.lower(child) in _KNOWN or reading.deprel(child) == "compound:prt":
            own += syntax.kids(reading, child, "ccomp", "csubj")
    return own


def _relative_before(reading: Reading, clause: int, word: int) -> bool:
    """ "The envoy, who had the news first, said that": what hangs on the speaker is nothing that he says."""
    start = reading.subtree(clause)[0]
    while start < clause and reading.pos(start) in ("PUNCT", "ADP"):
        start += 1
    return (
        clause < word and reading.lower(start) in _RELATIVE and reading.word(start - 1) in (",", "in", "of")
    )


def split(reading: Reading, head: int, cue: int) -> list[WordSpan]:
    """A complement clause, and apart from it each clause joined to it that has its own "that" or its own subject."""
    parts: list[int] = [head]
    for child in syntax.conjuncts(reading, head)[1:]:
        if reading.pos(child) not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        own = syntax.kids(reading, child, "nsubj", "expl") or syntax.marker(reading, child) == "that"
        if own or _turns(reading, head, child):
            parts.append(child)
    spans = []
    for number, part in enumerate(parts):
        start, end = reading.subtree(part)
        if number + 1 < len(parts):
            following = reading.subtree(parts[number + 1])[0]
            if start < following < end:
                end = following
        if start <= cue < end:  # the cue stands inside what it reports: keep the longer side
            start, end = (start, cue) if cue - start > end - cue else (cue + 1, end)
        spans.append(cut(reading, (start, end)))
    return [span for span in spans if span[0] < span[1]]


def _turns(reading: Reading, one: int, two: int) -> bool:
    """ "Was not being closed and could stay": of two clauses one is denied, the other not."""
    if reading.pos(two) not in ("VERB", "AUX") or not syntax.kids(reading, two, "aux", "cop", "obj", "obl"):
        return False
    return _own_negation(reading, one) != _own_negation(reading, two)


def _own_negation(reading: Reading, verb: int) -> bool:
    return any(
        reading.lower(child) in syntax.NEGATIONS for child in syntax.kids(reading, verb, "advmod", "det")
    )


def cut(reading: Reading, words: WordSpan) -> WordSpan:
    """Without punctuation and conjunctions at either end, and without "that" before."""
    start, end = words
    while start < end and (reading.pos(start) in ("PUNCT", "CCONJ") or _conjunction(reading, start)):
        start += 1
    while end > start and (reading.pos(end - 1) in ("PUNCT", "CCONJ") or reading.lower(end - 1) == "as"):
        end -= 1
    return start, end


def _conjunction(reading: Reading, word: int) -> bool:
    """ "That" before a clause, and not for a thing: "That was decided on Friday"."""
    return reading.lower(word) == "that" and reading.deprel(word) in ("mark", "nsubj:outer", "fixed", "case")


def parenthetical(reading: Reading, word: int) -> list[WordSpan]:
    """The clause into which a reporting verb is put between commas, or after which it stands: "…, it said, …".

    A side with a verb of its own is the clause, the side before where both have one; a semicolon or colon ends it.
    What goes on after it with "and" or "but" is a proposition of its own.
    """
    first, last = syntax.sentence(reading, word)
    start, end = _own_words(reading, word)
    if start <= first or not _is_break(reading, start - 1):
        return []
    if end < last and not _is_break(reading, end):
        return []
    subjects = syntax.kids(reading, word, "nsubj")
    if (end < last and reading.word(end) == ":") or not subjects:
        return []
    if all(reading.lower(each) in ("which", "who", "that") for each in subjects):
        return []  # "Mali, which rejects the charge, answered": a clause that hangs on a noun
    left = max((at + 1 for at in range(first, start - 1) if reading.word(at) in (";", ":")), default=first)
    right = min((at for at in range(end, last) if reading.word(at) == ";"), default=last)
    before, after = cut(reading, (left, start)), cut(reading, (end, right))
    if before[1] <= before[0] or (before[1] - before[0] < 2 and after[1] - after[0] < 2):
        return []
    if split_subject(reading, before, after):
        return _apart(reading, after)
    if _finite(reading, before) and reading.lower(before[0]) not in _CONDITIONAL:
        return [before, after] if _goes_on(reading, word, end, after) else [before]
    if _finite(reading, after) or after[1] - after[0] > before[1] - before[0]:
        return _apart(reading, after)
    return [before]


def _apart(reading: Reading, words: WordSpan) -> list[WordSpan]:
    """ "… must be respected, and those who violate it will be held to account": two propositions."""
    start, end = words
    for at in range(start + 3, end - 3):
        if reading.word(at - 1) != "," or reading.lower(at) not in ("and", "but"):
            continue
        subjects = [
            child
            for child in range(at + 1, end)
            if reading.deprel(child).startswith(("nsubj", "expl")) and at < reading.head(child) < end
        ]
        if subjects and at + 1 <= reading.subtree(subjects[0])[0] <= at + 3:
            return [cut(reading, (start, at)), cut(reading, (at + 1, end))]
    return [words]


def split_subject(reading: Reading, before: WordSpan, after: WordSpan) -> bool:
    """ "Two of them, it said, had figured on a list": what is put in stands between a subject and its verb."""
    if after[1] <= after[0] or reading.pos(after[0]) not in ("VERB", "AUX", "ADV", "PART"):
        return False
    return any(
        reading.deprel(at).startswith("nsubj") and after[0] <= reading.head(at) < after[1]
        for at in range(*before)
    )


def _goes_on(reading: Reading, word: int, end: int, after: WordSpan) -> bool:
    """ "…, it said, and the staff have until Friday": told by the same speaker, and not what he did next."""
    joined = any(reading.lower(at) in ("and", "but") for at in range(end, after[0]))
    if not _finite(reading, after) or not joined:
        return False
    head = next((at for at in range(*after) if not after[0] <= reading.head(at) < after[1]), None)
    own = head is not None and bool(syntax.kids(reading, head, "nsubj", "expl"))
    if head is None or (reading.pos(head) not in ("VERB", "AUX", "ADJ", "NOUN") and not own):
        return False
    if own:
        verb = entry(reading, head)
        return verb is None or verb.base == "reserve" or syntax.is_passive(reading, head)
    return reading.head(head) != word and entry(reading, head) is None


def _finite(reading: Reading, words: WordSpan) -> bool:
    return any(reading.pos(at) in ("VERB", "AUX") for at in range(*words)) and words[1] - words[0] > 2


def _is_break(reading: Reading, word: int) -> bool:
    return reading.word(word)[:1] in ",.;:!?”\"—–'’"


def _beside(reading: Reading, word: int) -> list[WordSpan]:
    """What a verb is put after or before without a conjunction: "…, the ministry said", "he said: …"."""
    if around := parenthetical(reading, word):
        return around
    head = syntax.parent(reading, word)
    relation = syntax.relation(reading, word)
    first, last = syntax.sentence(reading, word)
    own = _own_words(reading, word)
    if own[1] < last and not _is_break(reading, own[1]) and relation in ("parataxis", "conj", "root"):
        stop = min((at for at in range(own[1], last) if reading.word(at) == ";"), default=last)
        following = cut(reading, (own[1], stop))
        if reading.pos(own[1]) == "CCONJ" or _hangs(reading, own[1]):
            return []  # "demanded a list and forbade …", "expects worse once …"
        if following[0] in syntax.conjuncts(reading, word) and following[0] != word:
            return []  # "regrets the step and maintains that …": another thing that the speaker does
        if own[0] == word or _finite(reading, following):
            return [following] if _finite(reading, following) else []
    if head is not None and (relation == "parataxis" or (relation == "advcl" and _as_clause(reading, word))):
        start, end = reading.subtree(head)
        before, after = cut(reading, (start, own[0])), cut(reading, (own[1], end))
        spans = [span for span in (before, after) if span[1] - span[0] > 1]
        if spans:
            return [max(spans, key=lambda span: span[1] - span[0])]
    for child in syntax.kids(reading, word, "parataxis"):
        if entry(reading, child) is not None:
            continue  # "He admits it, his lawyer said": who tells of the admission
        span = cut(reading, reading.subtree(child))
        low, high = min(word, span[0]), max(word, span[1] - 1)
        if span[1] - span[0] > 1 and not any(reading.word(at) == ";" for at in range(low, high)):
            return [span]
    if relation in ("root", "conj"):
        before = cut(reading, (first, own[0]))
        if before[1] - before[0] > 2 and reading.word(before[1])[:1] in ',”"?!' and relation == "root":
            return [before]
        after = cut(reading, (own[1], last))
        if own[1] < last and _opens(reading, own[1]) and after[1] - after[0] > 2:
            return [after]
    return []


def _hangs(reading: Reading, word: int) -> bool:
    """A conjunction that opens a clause of time, ground or condition, and none that somebody reports."""
    return reading.deprel(word) == "mark" and reading.lower(word) not in ("that", "whether", "to")


def _opens(reading: Reading, word: int) -> bool:
    """What is said begins here: after a colon or at a quotation mark, also one after a comma."""
    mark = reading.word(word)[:1]
    return mark in ':“"' or (mark == "," and reading.word(word + 1)[:1] in '“"')


def _as_clause(reading: Reading, word: int) -> bool:
    return syntax.marker(reading, word) in ("as", None) and not reading.lower(word).endswith("ing")


def _own_words(reading: Reading, word: int) -> WordSpan:
    """The verb with its subject, auxiliaries, addressee and adverbs: what is not the content."""
    start, end = word, word + 1
    for child in reading.children(word):
        relation = syntax.relation(reading, int(child))
        if relation in ("nsubj", "aux", "obj", "iobj", "obl", "advmod", "compound", "advcl", "expl"):
            if relation == "advcl" and reading.lower(child) not in ("citing", "quoting", "adding"):
                continue
            a, b = reading.subtree(int(child))
            if relation == "obj" and b - a > 12:
                continue
            while a < child and reading.pos(a) == "PUNCT":  # the tree may hang the comma before on it
                a += 1
            start, end = min(start, a), max(end, b)
    return start, end


def infinitives(reading: Reading, word: int) -> list[WordSpan]:
    """ "To do …": infinitives and -ing clauses that depend on the verb or on its object."""
    found = []
    for child in syntax.kids(reading, word, "xcomp", "ccomp", "advcl", "acl"):
        copular = reading.pos(child) == "PROPN" and bool(
            syntax.kids(reading, child, "cop")
        )  # "to be in Tirana"
        if not copular and reading.pos(child) not in ("VERB", "AUX", "ADJ", "NOUN", "ADV"):
            continue
        relation = syntax.relation(reading, child)
        if (
            relation in ("advcl", "acl")
            and syntax.marker(reading, child) != "to"
            and not marked_to(reading, child)
        ):
            continue
        if child < word or any(reading.word(at) == ";" for at in range(word, child)):
            continue
        found.append(cut(reading, reading.subtree(child)))
    if not found:
        for child in syntax.kids(reading, word, "obj", "obl"):
            for below in syntax.kids(reading, child, "acl", "xcomp"):
                if marked_to(reading, below) and below > word:
                    found.append(cut(reading, reading.subtree(below)))
    return found


def marked_to(reading: Reading, word: int) -> bool:
    """An infinitive with "to"."""
    return any(reading.lower(child) == "to" for child in syntax.kids(reading, word, "mark", "aux"))


def objects(reading: Reading, word: int, verb: Verb) -> list[WordSpan]:
    """The direct objects, each of a row on its own; of a noun with a that-clause the clause."""
    found = []
    for child in syntax.kids(reading, word, "obj") or _bare(reading, word):
        head = syntax.relative_head(reading, child)
        if head is None:
            continue
        for each in syntax.conjuncts(reading, head) if head == child else [head]:
            start, end = reading.subtree(each) if head == child else reading.phrase(head)
            if head == child and len(syntax.conjuncts(reading, head)) > 1:
                start, end = reading.phrase(each)
            proposition = _that_clause(reading, each) if head == child else None
            found.append(cut(reading, proposition or (start, end)))
    if found and verb.adjunct is not None:
        for child in syntax.obliques(reading, word, verb.adjunct):
            a, b = reading.subtree(child)
            found = [(min(start, a), max(end, b)) if b > end else (start, end) for start, end in found[:1]]
        found = [_with_adjunct(reading, span, verb.adjunct) for span in found]
    return [span for span in found if span[1] > span[0]]


def _bare(reading: Reading, word: int) -> list[int]:
    """ "Promised a monitoring team", "demanded the release": an object that the tree takes for something else."""
    return [
        child
        for child in syntax.kids(reading, word, "iobj", "obl")
        if child > word
        and reading.subtree(child)[0] == word + 1
        and syntax.case(reading, child) is None
        and reading.pos(child) == "NOUN"
        and reading.deprel(child) in ("iobj", "obl")
    ]


def _with_adjunct(reading: Reading, span: WordSpan, adjunct: str) -> WordSpan:
    """ "Described them as unfriendly": what stands after "as" belongs to it, wherever the tree hangs it."""
    start, end = span
    if end + 1 >= len(reading) or reading.lower(end) != adjunct:
        return span
    _, last = syntax.sentence(reading, start)
    stop = end + 1
    while stop < last and reading.pos(stop) not in ("PUNCT", "CCONJ", "SCONJ", "VERB", "AUX"):
        stop += 1
    return start, stop


def _that_clause(reading: Reading, noun: int) -> WordSpan | None:
    """The proposition of a noun: "reports that …", "the charge of …"."""
    for child in syntax.kids(reading, noun, "acl", "ccomp"):
        if syntax.marker(reading, child) == "that" and not reading.deprel(child).endswith("relcl"):
            return reading.subtree(child)
    return None


def prepositional(reading: Reading, word: int, preposition: str) -> list[WordSpan]:
    """What follows a preposition: a phrase or an -ing clause, each of a row with its own preposition apart."""
    found = []
    for child in syntax.kids(reading, word, "obl", "advcl", "xcomp", "nmod", "ccomp"):
        mark = syntax.marker(reading, child) or syntax.case(reading, child)
        if mark != preposition:
            continue
        heads = syntax.conjuncts(reading, child)
        for number, each in enumerate(heads):
            own_mark = syntax.marker(reading, each) or syntax.case(reading, each)
            if number and own_mark != preposition:
                continue
            start, end = reading.subtree(each)
            following = [
                reading.subtree(h)[0]
                for h in heads
                if h > each and (syntax.marker(reading, h) or syntax.case(reading, h)) == preposition
            ]
            if following and start < min(following) < end:
                end = min(following)
            while start < each and (
                reading.lower(start) in (preposition, "and", "or") or reading.pos(start) == "PUNCT"
            ):
                start += 1
            found.append(cut(reading, (start, end)))
    if not found and reading.lower(word + 1) == preposition:  # the tree may take it for a particle
        for child in syntax.kids(reading, word, "obl"):
            if reading.subtree(child)[0] == word + 2:
                return [cut(reading, reading.subtree(child))]
    if not found and preposition in ("of", "with", "for"):
        for child in syntax.kids(reading, word, "obj", "iobj"):
            if reading.lower(word + 1) == preposition and syntax.case(reading, child) == preposition:
                found.append(cut(reading, (word + 2, reading.subtree(child)[1])))
            for below in syntax.kids(reading, child, "nmod", "acl"):
                if (
                    syntax.case(reading, below) or syntax.marker(reading, below)
                ) == preposition and below > word + 1:
                    start, end = reading.subtree(below)
                    while start < below and reading.lower(start) == preposition:
                        start += 1
                    found.append(cut(reading, (start, end)))
    return found


def clauses_below(reading: Reading, word: int) -> list[WordSpan]:
    """The complement or subject clauses alone."""
    found: list[WordSpan] = []
    for child in syntax.kids(reading, word, "ccomp", "csubj"):
        found.extend(split(reading, child, word))
    return found
