"""Declining to say: "declined to comment", "did not say how many", "would not be drawn on", "no comment".

Requires the tree. A refusal to act is none: what is declined must be to speak, to confirm or to give information.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, reads, trim
from onrecord.coding.claims.contents import clauses_below, contents_of, cut, marked_to, objects
from onrecord.coding.claims.cue_verbs import Candidate, Verb, declining, entry, make
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_SPOKEN = frozenset(
    [
        "judge",
        "estimate",
        "predict",
        "guess",
        "elaborate",
        "pass",
        "talk",
        "draw",
        "drawn",
        "be",
        "apportion",
        "quantify",
        "assign",
        "rate",
    ]
)
_QUIZZED = frozenset(("asked", "quizzed", "questioned", "pressed", "queried", "challenged"))
_ABOUT = frozenset(("whether", "if", "how", "why", "when", "what", "who", "which", "where", "about", "on"))
_BARE = frozenset(
    ("comment", "reply", "question", "questions", "answer", "word", "calls", "call", "immediate")
)
_NOBODY = frozenset(("nobody", "none", "one"))
_BACK = 2  # sentences back to the question that is refused
_WH = frozenset(("how", "why", "whether", "who", "what", "when", "where", "which", "further"))


def declined(reading: Reading, word: int, verb: Verb, holder: int | None, negated: bool) -> list[Candidate]:
    """Declining to say: "declined to comment", "did not say how many", "has neither confirmed nor denied"."""
    contents: list[WordSpan] = []
    if verb.stance == "declines":
        if negated:
            return []
        contents = _inner(reading, word)
    elif [reading.lower(at) for at in range(word + 1, min(word + 3, len(reading)))] == ["in", "kind"]:
        return []  # a measure not taken
    elif verb.base in load("reporting")["informing"] and not _informs(reading, word):
        return []
    else:
        contents = _complement(reading, word, verb) or _tail(reading, word)
        if reading.deprel(word) == "conj" and (head := syntax.parent(reading, word)) is not None:
            first = entry(reading, head)
            if first is not None and first.base in ("confirm", "deny") and verb.base in ("deny", "confirm"):
                holder = syntax.subject(reading, head) if holder is None else holder
        if verb.base == "confirm" and any(
            (other := entry(reading, child)) is not None
            and other.base == "deny"
            and syntax.negated(reading, child)
            for child in syntax.kids(reading, word, "conj")
        ):
            return []  # "neither confirmed nor denied": told at "denied", which has the object
    if contents and (open_ := _unanswered(reading, word, holder, contents[0])) is not None:
        contents = [open_]
    if (
        not contents
        or holder is None
        or (reading.lower(holder) in _NOBODY and not nobody_there(reading, holder))
    ):
        return []
    doubts = verb.base in ("verify", "corroborate", "authenticate") and cannot(reading, word)
    stance = "questions" if doubts else "declines"
    made = []
    for content in contents[:2]:
        candidate = make(word, verb, holder, [content])
        candidate.stance, candidate.negated, candidate.rule = stance, negated, "declined"
        made.append(candidate)
    return made


def nobody_there(reading: Reading, holder: int) -> bool:
    """ "Nobody in the embassy", "none of the ministries": those who might have spoken are named."""
    lower = reading.lower(holder)
    if lower not in _NOBODY or (lower == "one" and reading.lower(holder - 1) != "no"):
        return False
    return holder + 2 < len(reading) and reading.lower(holder + 1) in ("in", "at", "of", "from")


def _complement(reading: Reading, word: int, verb: Verb) -> list[WordSpan]:
    """What depends on the verb; never the clause beside it, which is told and not withheld."""
    found = clauses_below(reading, word) or objects(reading, word, verb)
    return [span for span in found if span[0] > word or reading.lower(span[0]) in _WH]


def _informs(reading: Reading, word: int) -> bool:
    """What is not given is information: details, reasons, a date, who or how."""
    nouns = frozenset(load("reporting")["information"])
    if syntax.kids(reading, word, "ccomp"):
        return True
    return any(noun_of(reading.lower(child), nouns) for child in syntax.kids(reading, word, "obj"))


def _fronted(reading: Reading, word: int, holder: int | None) -> WordSpan | None:
    """ "How the paper had reached him he did not say": what is not said stands first."""
    first, _ = syntax.sentence(reading, word)
    if holder is None or reading.lower(first) not in _WH:
        return None
    start = reading.phrase(holder)[0]
    if reading.lower(first) == "further" and any(
        reading.pos(at) in ("VERB", "AUX") for at in range(first, start)
    ):
        return None  # a clause of its own, and nothing that is held back
    return cut(reading, (first, start)) if start - first > 2 and start < word else None


def _in_front(reading: Reading, word: int, holder: int | None) -> WordSpan | None:
    """ "Asked whether it was worried, the ministry did not reply": what was asked stands first."""
    first, _ = syntax.sentence(reading, word)
    if holder is None or first + 2 >= word or reading.lower(first) not in _QUIZZED:
        return None
    start = next((at for at in range(first + 1, min(word, first + 6)) if reading.lower(at) in _ABOUT), None)
    end = reading.phrase(holder)[0] if holder < word else word
    while start is not None and end > start and reading.word(end - 1) != ",":
        end -= 1
    if start is None or end - start < 3:
        return None
    return cut(reading, (start + (reading.lower(start) in ("about", "on")), end))


def _unanswered(reading: Reading, word: int, holder: int | None, content: WordSpan) -> WordSpan | None:
    """What a refusal that names nothing leaves unanswered: what stands in front of it, or was asked before it."""
    fronted = _fronted(reading, word, holder)
    if fronted is not None:
        return fronted
    if not _says_nothing(reading, content):
        return None
    return _in_front(reading, word, holder) or question_before(reading, word)


def _says_nothing(reading: Reading, content: WordSpan) -> bool:
    """The words name nothing but the speaking that is refused: "drawn", "to comment", "say"."""
    return content[1] - content[0] < 4 and not any(
        reading.pos(at) in ("NOUN", "PROPN", "NUM") and reading.lower(at) not in _BARE
        for at in range(*content)
    )


def question_before(reading: Reading, word: int) -> WordSpan | None:
    """The last question in the paragraph: "Would the mission be shut? The ministry would not say."."""
    number = reading.sentence_of(word)
    here = reading.start(reading.sentence_spans[number][0])
    for first, last in reversed(reading.sentence_spans[max(0, number - _BACK) : number]):
        if "\n" in reading.text[reading.end(last - 1) : here]:
            return None
        asked_ = any(reading.word(at) == "?" for at in range(max(first, last - 2), last))
        if asked_ and last - first > 2:
            return cut(reading, (first, last))
    return None


def _inner(reading: Reading, word: int) -> list[WordSpan]:
    """What a refusal to speak is about: the complement of the verb refused, else that verb with its phrase."""
    for child in syntax.kids(reading, word, "xcomp", "advcl", "ccomp"):
        inner = verb_of(reading.lower(child), declining())
        if inner is not None:
            clauses = [
                cut(reading, reading.subtree(below))
                for below in syntax.kids(reading, child, "ccomp")
                if below > child
            ]
            if clauses:
                return clauses
        if reading.lower(child) == "drawn" and (about := _tail(reading, child, "on", "about")):
            return about
        if inner is not None or reading.lower(child) in _SPOKEN:
            return [cut(reading, reading.subtree(child))]
    return []


def _tail(reading: Reading, word: int, *prepositions: str) -> list[WordSpan]:
    """What follows a verb that is not spoken: "did not respond to a request for comment", "would not say when"; with
    ``prepositions`` what follows one of these, and nothing where none does."""
    if prepositions:
        _, last = syntax.sentence(reading, word)
        if word + 2 < last and reading.lower(word + 1) in prepositions:
            stop = next((at for at in range(word + 2, last) if reading.word(at) in ',;:.?!”"'), last)
            return [trim(reading, (word + 2, stop))]
        return []
    for child in syntax.kids(reading, word, "obl", "advcl", "advmod", "xcomp"):
        if child > word:
            return [cut(reading, reading.subtree(child))]
    return [(word, word + 1)]


def cannot(reading: Reading, word: int) -> bool:
    """The verb stands with "can" or "could"."""
    return bool({"can", "could", "ca"} & set(syntax.auxiliaries(reading, word)))


def is_asked(reading: Reading, word: int) -> bool:
    """ "Asked whether …, the official laughed", "the official, pressed about it, left": a participle without a doer."""
    if reading.lower(word) not in _QUIZZED or syntax.kids(reading, word, "nsubj", "aux", "nsubj:pass"):
        return False
    first, last = syntax.sentence(reading, word)
    opens = word == first or reading.pos(word - 1) == "PUNCT" or reading.lower(word - 1) == "when"
    return opens and word + 2 < last and reading.pos(word + 1) != "PUNCT"


def asked(reading: Reading, word: int) -> list[Candidate]:
    """ "Asked whether …, the official laughed": who does not answer declines; an answer is told by its own verb."""
    question = _asked_about(reading, word)
    head = _answering(reading, word)
    if head is None or question is None:
        return []
    holder = syntax.subject(reading, head)
    if holder is None:
        holder = syntax.subject(reading, head, passive=True)
    if holder is not None and question[0] <= holder < question[1]:
        holder = syntax.patient(reading, word)
    answer = entry(reading, head)
    if answer is not None and answer.stance != "declines" and not syntax.negated(reading, head):
        told = contents_of(reading, head, answer)[1]
        if any(end - start > 1 for start, end in told) and not evaded(reading, head, told):
            return []
    if holder is None or question[0] <= holder < question[1]:
        return []
    verb = Verb("ask", "declines", (), (), (), None, False, False)
    candidate = make(word, verb, syntax.relative_head(reading, holder), [question])
    candidate.rule = "declined"
    return [candidate]


def _asked_about(reading: Reading, word: int) -> WordSpan | None:
    """The question: from "whether", "about" or "why" to the comma before who is asked, or who goes on."""
    _, last = syntax.sentence(reading, word)
    start = next((at for at in range(word + 1, min(last, word + 8)) if reading.lower(at) in _ABOUT), None)
    if start is None:
        return None
    stop = next((at for at in range(start + 1, last) if reading.word(at) in (",", ";")), last)
    if stop - start < 2 or stop >= last:
        return None
    return cut(reading, (start + (reading.lower(start) in ("about", "on")), stop))


def _answering(reading: Reading, word: int) -> int | None:
    """The verb of who was asked: above the participle, or the first verb with a subject after the question."""
    question = _asked_about(reading, word)
    _, last = syntax.sentence(reading, word)
    if question is None:
        return None
    stop = next((at for at in range(question[1], last) if reading.word(at) == ";"), last)
    for at in range(question[1], stop):
        if reading.pos(at) == "VERB" and (reading.deprel(at) != "xcomp" or not marked_to(reading, at)):
            return at
    return None


def evaded(reading: Reading, cue: int, told: list[WordSpan]) -> bool:
    """An answer that is none: "said only that", "that he would rather not go there", "had nothing to add"."""
    if "only" in (reading.lower(cue - 1), reading.lower(cue + 1)):
        return True
    return any(_evades(reading, (start, end + 4)) for start, end in told)


def after_question(reading: Reading, cue: int) -> bool:
    """A question put to the speaker stands before the verb in its sentence."""
    first, _ = syntax.sentence(reading, cue)
    return any(is_asked(reading, at) and _answering(reading, at) == cue for at in range(first, cue))


def _evades(reading: Reading, content: WordSpan) -> bool:
    """ "No comment", "neither confirming nor denying", "she was not going to pass judgment"."""
    text = " " + " ".join(reading.lower(at) for at in range(content[0], min(content[1], len(reading)))) + " "
    return any(f" {each} " in text for each in load("reporting")["evading"])


def fixed_forms(reading: Reading) -> list[Candidate]:
    """Fixed forms of declining: "would not be drawn on", "stopped short of", "had no comment"."""
    found = []
    word = 0
    while word < len(reading):
        form = _form_at(reading, word)
        if form is None:
            if reading.lower(word) == "there" and (silence := _unheard(reading, word)) is not None:
                found.append(silence)
            word += 1
            continue
        stop, doubts = form
        verb = next(
            (at for at in range(stop - 1, word - 1, -1) if reading.pos(at) in ("VERB", "ADJ", "NOUN")), word
        )
        holder = _subject_of(reading, verb, word)
        if holder is None:
            holder = _subject_of(reading, word, word)
        _, last = syntax.sentence(reading, word)
        end = next(
            (at for at in range(stop, last) if reading.word(at) in ',;:.?!”"' or reading.lower(at) == "but"),
            last,
        )
        content = trim(reading, (stop, end)) if end > stop else (stop - 1, stop)
        content = _unanswered(reading, word, holder, content) or content
        if holder is not None:
            stance = "questions" if doubts else "declines"
            found.append(
                Candidate(cue=verb, base="decline", stance=stance, content=[content], holder=holder,
                          cue_words=(word, stop), negated=True, rule="declined")
            )  # fmt: skip
        word = stop
    return found


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The fixed forms by their first word, the longest first: the words and which list they are of."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in ("declining_phrases", "questioning_phrases", "unwilling"):
        for phrase in load("reporting")[name]:
            words = tuple(str(phrase).split())
            table.setdefault(words[0], []).append((words, name))
    return {first: tuple(sorted(forms, key=lambda each: -len(each[0]))) for first, forms in table.items()}


def _form_at(reading: Reading, word: int) -> tuple[int, bool] | None:
    """The end of the fixed form that begins at a word, and whether it doubts."""
    for words, name in _forms().get(reading.lower(word), ()):
        if not reads(reading, word, words):
            continue
        stop = word + len(words)
        if name != "unwilling":
            return stop, name == "questioning_phrases"
        if stop < len(reading) and verb_of(reading.lower(stop), declining()) is not None:
            return stop + (reading.lower(stop) != "say" or stop + 1 < len(reading)), False
    return None


def _unheard(reading: Reading, word: int) -> Candidate | None:
    """ "There was no immediate comment from Tehran": who is silent stands after the reaction that did not come."""
    if word + 3 >= len(reading):
        return None
    _, last = syntax.sentence(reading, word)
    no = next((at for at in range(word + 1, min(last, word + 5)) if reading.lower(at) == "no"), None)
    if no is None:
        return None
    nouns = frozenset(load("reporting")["unheard"])
    noun = next((at for at in range(no + 1, min(last, no + 4)) if reading.lower(at) in nouns), None)
    if noun is None or noun + 2 >= last or reading.lower(noun + 1) not in ("from", "by"):
        return None
    holder = head_after(reading, noun + 2)
    if holder is None or holder >= last:
        return None
    return Candidate(cue=noun, base="decline", stance="declines", content=[(no + 1, noun + 1)], holder=holder,
                     cue_words=(no, noun + 1), negated=True, rule="declined")  # fmt: skip


def _subject_of(reading: Reading, verb: int, start: int) -> int | None:
    """The subject of the clause in which a fixed form stands, over raising and auxiliaries."""
    for at in (verb, *(head for head, _ in syntax.governors(reading, verb))):
        found = syntax.subject(reading, at)
        if found is None:
            found = syntax.subject(reading, at, passive=True)
        if found is not None and found < start:
            return syntax.relative_head(reading, found)
    return None
