"""Where somebody's word is reported: cue, holder, content, addressee and relay, from the tree and a lexicon.

Requires the reading alone. Gives candidates; what they become (stance, certainty, actors) is decided by
``stance``, ``certainty`` and ``claims``. The model's own attribution spans are turned into candidates there
as well, for the cues that the lexicon does not list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CONDITIONAL = frozenset(("if", "unless", "should", "until", "once", "asked", "when"))
_SPOKEN = frozenset("judge estimate predict guess elaborate pass talk draw be apportion quantify assign rate".split())
_WH = frozenset(("how", "why", "whether", "who", "what", "when", "where", "which", "further"))

@dataclass(slots=True)
class Candidate:
    """One reported proposition before it becomes a claim; word indices throughout."""

    cue: int
    base: str
    stance: str
    content: list[WordSpan]
    holder: int | None = None
    holder_words: WordSpan | None = None
    addressee: int | None = None
    relay: list[int] = field(default_factory=list)
    cue_words: WordSpan | None = None
    negated: bool = False
    hedged: bool = False
    agentless: bool = False
    rule: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """One entry of the lexicon."""

    base: str
    stance: str
    content: tuple[str, ...]
    addressee: tuple[str, ...]
    particle: tuple[str, ...]
    adjunct: str | None
    hedge: bool
    witness: bool


@lru_cache(maxsize=1)
def verbs() -> dict[str, Verb]:
    """The reporting verbs by their lemma."""
    return {
        base: Verb(
            base,
            raw["stance"],
            tuple(raw.get("content", ())),
            tuple(raw.get("addressee", ())),
            _many(raw.get("particle")),
            raw.get("adjunct"),
            bool(raw.get("hedge")),
            bool(raw.get("only_witness")),
        )
        for base, raw in load("reporting")["verbs"].items()
    }


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    return frozenset(verbs())


@lru_cache(maxsize=1)
def _declining() -> frozenset[str]:
    return frozenset(load("reporting")["declining"])


def entry(reading: Reading, word: int) -> Verb | None:
    """The lexicon entry of a word used as a verb."""
    base = verb_of(reading.lower(word), _lemmas())
    if base is not None:
        return verbs()[base]
    base = verb_of(reading.lower(word), _declining())
    if base is not None and syntax.negated(reading, word):
        return Verb(base, "asserts", ("clause", "object", "infinitive", "on"), (), (), None, False, False)
    return None


def candidates(reading: Reading) -> list[Candidate]:
    """Every reported proposition that the lexicon and the tree find, in the order of their cues."""
    found: list[Candidate] = []
    for word in range(len(reading)):
        if reading.pos(word) not in ("VERB", "AUX", "ADJ"):
            continue
        verb = entry(reading, word)
        if verb is not None:
            found.extend(_of_verb(reading, word, verb))
    return found


def _of_verb(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    if verb.particle and not _has_particle(reading, word, verb.particle):
        return []
    if verb.base in ("see", "witness") and not _witness(reading, word):
        return []
    if syntax.is_passive(reading, word) and not _is_parenthetical(reading, word):
        return _passive(reading, word, verb)
    holder = syntax.relative_head(reading, syntax.subject(reading, word))
    if holder is not None and reading.lower(holder) in ("it", "there") and _expletive(reading, word):
        return _impersonal(reading, word, verb)
    negated = syntax.negated(reading, word)
    if verb.stance == "declines" or (negated and verb.base in _declining() and verb.stance != "demands"):
        return _declined(reading, word, verb, holder, negated)
    if verb.base == "call" and _has_particle(reading, word, ("home", "back", "in", "off")):
        return []
    if verb.base == "call" and (named := _named_as(reading, word)) is not None:
        return [_make(word, Verb("call", "assesses", (), (), (), None, False, False), holder, [named])]
    if verb.base in ("want", "seek") and (asked := _to_know(reading, word)):
        return [_make(word, Verb("wonder", "questions", (), (), (), None, False, False), holder, [each]) for each in asked]
    place, contents = contents_of(reading, word, verb)
    made = []
    for content in contents:
        candidate = _make(word, verb, holder, [content])
        candidate.negated, candidate.place = negated, place
        candidate.addressee = _addressee(reading, word, verb)
        made.append(candidate)
    return made


def _to_know(reading: Reading, word: int) -> list[WordSpan]:
    """"Wants to know why …" asks."""
    for child in syntax.kids(reading, word, "xcomp"):
        if reading.lower(child) in ("know", "learn", "hear"):
            return [_cut(reading, reading.subtree(below)) for below in syntax.kids(reading, child, "ccomp", "obj")]
    return []


def _make(word: int, verb: Verb, holder: int | None, content: list[WordSpan]) -> Candidate:
    return Candidate(
        cue=word, base=verb.base, stance=verb.stance, content=content, holder=holder, hedged=verb.hedge, rule="verb"
    )


def _has_particle(reading: Reading, word: int, particles: tuple[str, ...]) -> bool:
    start, end = syntax_window(reading, word)
    text = " " + " ".join(reading.lower(i) for i in range(word + 1, min(end, word + 5))) + " "
    del start
    return any(f" {particle} " in text for particle in particles)


def syntax_window(reading: Reading, word: int) -> WordSpan:
    """The sentence of a word."""
    start, end = reading.sentences[reading.sentence_of(word)]
    return int(start), int(end)


def _witness(reading: Reading, word: int) -> bool:
    holder = syntax.subject(reading, word)
    return holder is not None and reading.lower(holder) in ("witness", "witnesses", "reporter", "correspondent", "journalist")


def _expletive(reading: Reading, word: int) -> bool:
    return any(reading.deprel(child) == "expl" for child in reading.children(word))


def _is_parenthetical(reading: Reading, word: int) -> bool:
    return reading.deprel(word) == "parataxis"


# content


def contents_of(reading: Reading, word: int, verb: Verb) -> tuple[str, list[WordSpan]]:
    """Where the content stands, and its stretches: one for each proposition that stands on its own in a row."""
    for place in verb.content:
        found: list[WordSpan] = []
        if place == "clause":
            found = _clauses(reading, word)
        elif place == "infinitive":
            found = _infinitives(reading, word)
        elif place == "object":
            found = _objects(reading, word, verb)
        elif place == "quote":
            found = _beside(reading, word)
        else:
            found = _prepositional(reading, word, place)
        if found:
            return place, found
    return "", []


def _clauses(reading: Reading, word: int) -> list[WordSpan]:
    found: list[WordSpan] = []
    if (around := parenthetical(reading, word)) is not None:
        return [around]
    for child in syntax.kids(reading, word, "ccomp"):
        found.extend(_split(reading, child, word))
    return found or _beside(reading, word)


def _split(reading: Reading, head: int, cue: int) -> list[WordSpan]:
    """A complement clause, and apart from it each clause joined to it that has its own "that" or its own subject."""
    parts: list[int] = [head]
    for child in syntax.conjuncts(reading, head)[1:]:
        if reading.pos(child) not in ("VERB", "AUX", "ADJ", "NOUN"):
            continue
        if syntax.kids(reading, child, "mark") and syntax.marker(reading, child) == "that":
            parts.append(child)
        elif syntax.kids(reading, child, "nsubj", "expl"):
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
        spans.append(_cut(reading, (start, end)))
    return [span for span in spans if span[0] < span[1]]


def _cut(reading: Reading, words: WordSpan) -> WordSpan:
    start, end = words
    while start < end and (reading.pos(start) in ("PUNCT", "CCONJ") or reading.lower(start) == "that"):
        start += 1
    while end > start and (reading.pos(end - 1) in ("PUNCT", "CCONJ")):
        end -= 1
    return start, end


def parenthetical(reading: Reading, word: int) -> WordSpan | None:
    """The clause into which a reporting verb is put between commas, or after which it stands: "…, it said, …".

    A side with a verb of its own is the clause, the side before where both have one; a semicolon or colon ends it.
    """
    first, last = syntax_window(reading, word)
    start, end = _own_words(reading, word)
    if start <= first or not _is_break(reading, start - 1):
        return None
    if end < last and not _is_break(reading, end):
        return None
    if end < last and reading.word(end) == ":" or not syntax.kids(reading, word, "nsubj"):
        return None
    left = max((at + 1 for at in range(first, start - 1) if reading.word(at) in (";", ":")), default=first)
    right = min((at for at in range(end, last) if reading.word(at) == ";"), default=last)
    before, after = _cut(reading, (left, start)), _cut(reading, (end, right))
    if before[1] - before[0] < 2 and after[1] - after[0] < 2:
        return None
    if _finite(reading, before) and reading.lower(before[0]) not in _CONDITIONAL:
        return before
    return after if _finite(reading, after) or after[1] - after[0] > before[1] - before[0] else before


def _finite(reading: Reading, words: WordSpan) -> bool:
    return any(reading.pos(at) in ("VERB", "AUX") for at in range(*words)) and words[1] - words[0] > 2


def _is_break(reading: Reading, word: int) -> bool:
    return reading.word(word)[:1] in ",.;:!?”\"—–'’"


def _beside(reading: Reading, word: int) -> list[WordSpan]:
    """What a verb is put after or before without a conjunction: "…, the ministry said", "he said: …"."""
    if (around := parenthetical(reading, word)) is not None:
        return [around]
    head = syntax.parent(reading, word)
    relation = syntax.relation(reading, word)
    first, last = syntax_window(reading, word)
    own = _own_words(reading, word)
    if head is not None and (relation == "parataxis" or (relation == "advcl" and _as_clause(reading, word))):
        start, end = reading.subtree(head)
        before, after = _cut(reading, (start, own[0])), _cut(reading, (own[1], end))
        spans = [span for span in (before, after) if span[1] - span[0] > 1]
        if spans:
            return [max(spans, key=lambda span: span[1] - span[0])]
    for child in syntax.kids(reading, word, "parataxis"):
        span = _cut(reading, reading.subtree(child))
        if span[1] - span[0] > 1:
            return [span]
    if relation in ("root", "conj"):
        before = _cut(reading, (first, own[0]))
        if before[1] - before[0] > 2 and reading.word(before[1])[:1] in ",”\"?!" and relation == "root":
            return [before]
        after = _cut(reading, (own[1], last))
        if own[1] < last and reading.word(own[1])[:1] in ":,“\"" and after[1] - after[0] > 2:
            return [after]
    return []


def _as_clause(reading: Reading, word: int) -> bool:
    return syntax.marker(reading, word) in ("as", None) and not reading.lower(word).endswith("ing")


def _own_words(reading: Reading, word: int) -> WordSpan:
    """The verb with its subject, auxiliaries, addressee and adverbs: what is not the content."""
    start, end = word, word + 1
    for child in reading.children(word):
        relation = syntax.relation(reading, int(child))
        if relation in ("nsubj", "aux", "obj", "iobj", "obl", "advmod", "compound", "advcl", "expl"):
            if relation == "advcl" and not reading.lower(child) in ("citing", "quoting", "adding"):
                continue
            a, b = reading.subtree(int(child))
            if relation == "obj" and b - a > 12:
                continue
            start, end = min(start, a), max(end, b)
    return start, end


def _infinitives(reading: Reading, word: int) -> list[WordSpan]:
    found = []
    for child in syntax.kids(reading, word, "xcomp", "ccomp", "advcl", "acl"):
        if reading.pos(child) not in ("VERB", "AUX", "ADJ", "NOUN", "ADV"):
            continue
        relation = syntax.relation(reading, child)
        if relation in ("advcl", "acl") and syntax.marker(reading, child) != "to" and not _to(reading, child):
            continue
        if child < word:
            continue
        found.append(_cut(reading, reading.subtree(child)))
    if not found:
        for child in syntax.kids(reading, word, "obj", "obl"):
            for below in syntax.kids(reading, child, "acl", "xcomp"):
                if _to(reading, below) and below > word:
                    found.append(_cut(reading, reading.subtree(below)))
    return found


def _to(reading: Reading, word: int) -> bool:
    return any(reading.lower(child) == "to" for child in syntax.kids(reading, word, "mark", "aux"))


def _objects(reading: Reading, word: int, verb: Verb) -> list[WordSpan]:
    found = []
    for child in syntax.kids(reading, word, "obj"):
        head = syntax.relative_head(reading, child)
        if head is None:
            continue
        for each in syntax.conjuncts(reading, head) if head == child else [head]:
            start, end = reading.subtree(each) if head == child else reading.phrase(head)
            if head == child and len(syntax.conjuncts(reading, head)) > 1:
                start, end = reading.phrase(each)
            proposition = _that_clause(reading, each) if head == child else None
            found.append(_cut(reading, proposition or (start, end)))
    if found and verb.adjunct is not None:
        for child in syntax.obliques(reading, word, verb.adjunct):
            a, b = reading.subtree(child)
            found = [(min(start, a), max(end, b)) if b > end else (start, end) for start, end in found[:1]]
    return [span for span in found if span[1] > span[0]]


def _that_clause(reading: Reading, noun: int) -> WordSpan | None:
    """The proposition of a noun: "reports that …", "the charge of …"."""
    for child in syntax.kids(reading, noun, "acl", "ccomp"):
        if syntax.marker(reading, child) == "that" and not reading.deprel(child).endswith("relcl"):
            return reading.subtree(child)
    return None


def _prepositional(reading: Reading, word: int, preposition: str) -> list[WordSpan]:
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
            following = [reading.subtree(h)[0] for h in heads if h > each and (syntax.marker(reading, h) or syntax.case(reading, h)) == preposition]
            if following and start < min(following) < end:
                end = min(following)
            while start < each and (reading.lower(start) in (preposition, "and", "or") or reading.pos(start) == "PUNCT"):
                start += 1
            found.append(_cut(reading, (start, end)))
    if not found and preposition in ("of", "with", "for"):
        for child in syntax.kids(reading, word, "obj"):
            for below in syntax.kids(reading, child, "nmod", "acl"):
                if (syntax.case(reading, below) or syntax.marker(reading, below)) == preposition and below > word + 1:
                    start, end = reading.subtree(below)
                    while start < below and reading.lower(start) == preposition:
                        start += 1
                    found.append(_cut(reading, (start, end)))
    return found


def _named_as(reading: Reading, word: int) -> WordSpan | None:
    """The small clause of "called the charges baseless", "what it calls an ultimatum"."""
    objects = syntax.kids(reading, word, "obj")
    complements = [child for child in syntax.kids(reading, word, "xcomp") if not _to(reading, child)]
    spans = [reading.subtree(child) for child in (*objects, *complements) if reading.lower(child) not in ("what", "which", "that")]
    if not complements and not any(reading.lower(child) in ("what", "which") for child in (*objects, *syntax.kids(reading, word, "obl", "ccomp"))):
        start, end = objects and reading.subtree(objects[0]) or (0, 0)
        if not objects or len(objects) < 2:
            return None
        spans = [reading.subtree(child) for child in objects]
        del start, end
    if not spans:
        return None
    return _cut(reading, (min(a for a, _ in spans), max(b for _, b in spans)))


def _addressee(reading: Reading, word: int, verb: Verb) -> int | None:
    for place in verb.addressee:
        if place == "object":
            for child in syntax.kids(reading, word, "iobj", "obj"):
                if reading.lower(child) not in ("what", "which", "that"):
                    return child
        else:
            for child in syntax.obliques(reading, word, place):
                return child
    return None


# negation, refusal


def _declined(reading: Reading, word: int, verb: Verb, holder: int | None, negated: bool) -> list[Candidate]:
    """Declining to say: "declined to comment", "did not say how many", "has neither confirmed nor denied"."""
    contents: list[WordSpan] = []
    if verb.stance == "declines":
        if negated:
            return []
        contents = _inner(reading, word)
    elif verb.base in load("reporting")["informing"] and not _informs(reading, word):
        return []
    else:
        contents = contents_of(reading, word, verb)[1] or _tail(reading, word)
        if reading.deprel(word) == "conj" and (head := syntax.parent(reading, word)) is not None:
            first = entry(reading, head)
            if first is not None and first.base in ("confirm", "deny") and verb.base in ("deny", "confirm"):
                holder = holder or syntax.subject(reading, head)
        if verb.base == "confirm" and any(
            (other := entry(reading, child)) is not None and other.base == "deny" and syntax.negated(reading, child)
            for child in syntax.kids(reading, word, "conj")
        ):
            return []  # "neither confirmed nor denied": told at "denied", which has the object
    if (fronted := _fronted(reading, word, holder)) is not None:
        contents = [fronted]
    if not contents or holder is None or reading.lower(holder) in ("nobody", "none"):
        return []
    stance = "questions" if verb.base in ("verify", "confirm") and _cannot(reading, word) else "declines"
    made = []
    for content in contents[:2]:
        candidate = _make(word, verb, holder, [content])
        candidate.stance, candidate.negated, candidate.rule = stance, negated, "declined"
        made.append(candidate)
    return made


def _informs(reading: Reading, word: int) -> bool:
    """What is not given is information: details, reasons, a date, who or how."""
    nouns = frozenset(load("reporting")["information"])
    if syntax.kids(reading, word, "ccomp"):
        return True
    return any(noun_of(reading.lower(child), nouns) for child in syntax.kids(reading, word, "obj"))


def _fronted(reading: Reading, word: int, holder: int | None) -> WordSpan | None:
    """"How the paper had reached him he did not say": what is not said stands first."""
    first, _ = syntax_window(reading, word)
    if holder is None or reading.lower(first) not in _WH:
        return None
    start = reading.phrase(holder)[0]
    return _cut(reading, (first, start)) if 2 < start - first and start < word else None


def _inner(reading: Reading, word: int) -> list[WordSpan]:
    """What a refusal to speak is about: the complement of the verb refused, else that verb with its phrase."""
    for child in syntax.kids(reading, word, "xcomp", "advcl"):
        inner = verb_of(reading.lower(child), _declining())
        if inner is not None:
            clauses = [
                _cut(reading, reading.subtree(below)) for below in syntax.kids(reading, child, "ccomp") if below > child
            ]
            if clauses:
                return clauses
        if inner is not None or reading.lower(child) in _SPOKEN:
            return [_cut(reading, reading.subtree(child))]
    return []


def _tail(reading: Reading, word: int) -> list[WordSpan]:
    """What follows a verb that is not spoken: "did not respond to a request for comment", "would not say when"."""
    for child in syntax.kids(reading, word, "obl", "advcl", "advmod", "xcomp"):
        if child > word:
            return [_cut(reading, reading.subtree(child))]
    return [(word, word + 1)]


def _cannot(reading: Reading, word: int) -> bool:
    return bool({"can", "could", "ca"} & set(syntax.auxiliaries(reading, word)))


# passives and impersonal forms


def _passive(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    """"X was accused of …" (holder the "by" phrase, or nobody), "X is said to …", "is reported to have …"."""
    if verb.base == "ask":
        return _asked(reading, word, verb)
    holder = syntax.agent(reading, word)
    agentless = load("reporting")["agentless"]
    patient = syntax.patient(reading, word)
    if holder is None and verb.base not in agentless:
        if verb.stance in ("denies", "confirms", "declines"):
            return _passive_in(reading, word, verb, patient)
        if verb.addressee == ("object",) or verb.base in ("tell", "inform", "assure", "warn", "notify"):
            contents = contents_of(reading, word, verb)[1]
            made = [_make(word, verb, None, [content]) for content in contents]
            for each in made:
                each.addressee, each.agentless = patient, True
            return made if verb.base != "tell" or not _infinitives(reading, word) else []
        return []
    contents = _prepositional(reading, word, "of") or _prepositional(reading, word, "with") or _infinitives(reading, word)
    if not contents:
        contents = _clauses_below(reading, word)
    if not contents and verb.base in ("accuse", "blame", "charge") and (found := _prepositional(reading, word, "for")):
        contents = found
    if not contents and holder is not None and patient is not None:
        contents = [_cut(reading, reading.phrase(patient))]
    stance = verb.stance if holder is not None else agentless.get(verb.base, verb.stance)
    made = []
    for content in contents:
        span = content
        if verb.base not in ("accuse", "charge", "blame", "reproach") and patient is not None and content[0] > word:
            start = reading.phrase(patient)[0]
            span = (start, content[1]) if start < word else content
        candidate = _make(word, verb, holder, [span])
        candidate.stance, candidate.agentless, candidate.rule = stance, holder is None, "passive"
        candidate.hedged = verb.hedge or holder is None
        made.append(candidate)
    return made


def _asked(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    """"Asked whether …, the official laughed": who does not answer declines; an answer is told by its own verb."""
    head = syntax.parent(reading, word)
    contents = _clauses_below(reading, word) or _prepositional(reading, word, "about")
    if head is None or not contents or syntax.relation(reading, word) not in ("advcl", "acl", "parataxis"):
        return []
    answer = entry(reading, head)
    if answer is not None and answer.stance != "declines" and not syntax.negated(reading, head):
        return []
    holder = syntax.subject(reading, head) or (head if reading.pos(head) in ("NOUN", "PROPN") else None)
    candidate = _make(word, verb, holder, contents[:1])
    candidate.stance, candidate.rule = "declines", "declined"
    return [candidate] if holder is not None else []


def _passive_in(reading: Reading, word: int, verb: Verb, patient: int | None) -> list[Candidate]:
    """"That explanation is rejected in Athens": the place stands for the holder."""
    for child in syntax.obliques(reading, word, "in"):
        if reading.word(child)[:1].isupper() and patient is not None:
            return [_make(word, verb, child, [_cut(reading, reading.phrase(patient))])]
    return []


def _clauses_below(reading: Reading, word: int) -> list[WordSpan]:
    found: list[WordSpan] = []
    for child in syntax.kids(reading, word, "ccomp", "csubj"):
        found.extend(_split(reading, child, word))
    return found


def _impersonal(reading: Reading, word: int, verb: Verb) -> list[Candidate]:
    """"It is believed that …", "it was reported that …": nobody is named."""
    contents = _clauses_below(reading, word)
    made = []
    for content in contents:
        candidate = _make(word, verb, None, [content])
        candidate.agentless, candidate.hedged, candidate.rule = True, True, "impersonal"
        made.append(candidate)
    return made
