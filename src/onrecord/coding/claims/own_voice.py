"""What a paper says in its own voice: a communiqué's threats, promises, denials, demands and judgements without a cue.

Requires the candidates of a document, its issuer (``issuers``) and its turns (``turns``). Measures that a paper simply
tells are no claims; what it holds out on a condition, says "we" or "I" of, denies, judges or answers to a question is
its issuer's word, and so is a passive of saying without an agent ("It is stressed that", "Citizens are urged to").
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import reads, trim
from onrecord.coding.claims.conditions import conditions
from onrecord.coding.claims.cue_verbs import Candidate, verbs
from onrecord.coding.claims.issuers import issuer_of
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.quotes import Quotation, inside
from onrecord.coding.claims.stance import is_wrong
from onrecord.coding.claims.turns import turns
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PAPERS = load("papers")
_VOICED, _FRIENDLY = frozenset(_PAPERS["voiced"]), frozenset(_PAPERS["friendly"])
_FRIENDLY_WORDS = frozenset(_PAPERS["friendly_words"])
_DECLINING, _UNTRUE = tuple(_PAPERS["declining"]), frozenset(_PAPERS["untrue"])
_MEASURE_CAUSES = frozenset(_PAPERS["measure_causes"])
_MEASURE = frozenset(("decision", "measure", "step", "action", "order"))
_WILL = frozenset(("will", "would", "shall", "may", "might", "could", "can", "'ll", "’ll"))
_PRESENT = frozenset(("is", "are"))
_BE = frozenset(("is", "are", "was", "were"))
_ASKING = frozenset(
    "is are was were has have had do does did will would can could may might shall should".split()
)
_SELF = frozenset(("we", "i"))
_JUDGING, _LEADING = tuple(_PAPERS["judging"]), tuple(_PAPERS["leading"])
_ASKED = frozenset(
    ("ask", "demand", "require", "request", "urge", "invite", "advise", "instruct", "call", "warn", "remind")
)
_TRUE = frozenset(("true", "correct", "the", "accurate", "so", "right"))
_OURS = frozenset(("us", "ours", "our"))
_NO = frozenset(("no", "nobody", "none", "neither", "nor", "nothing", "not"))
_BREACH = (("contrary", "to"), ("in", "breach", "of"), ("in", "violation", "of"), ("in", "defiance", "of"))
_RUMOUR = frozenset(
    "rumour rumours rumor rumors reports whatever contrary notwithstanding speculation".split()
)
_VALUES = frozenset(("praise", "blame"))
_LEAST = 3  # words of a point
_CURT = 8  # words of a flat counter-statement: "The Commission is not affected"
_AHEAD = 14  # words before the passive by which a writer speaks


def own_voice(draft: Draft, found: list[Candidate], quoted: list[Quotation]) -> list[Candidate]:
    """What the issuer says that no candidate has; passives of saying without an agent are given to the issuer."""
    reading = draft.reading
    issuer = issuer_of(reading)
    made = in_turns(reading, found, issuer)
    floor = [(words, who or issuer) for words, who, asks in turns(reading) if not asks]
    _first_person(draft, found, floor or [((0, len(reading)), issuer)], quoted)
    if issuer is None or made:
        return made
    for candidate in found:
        if candidate.agentless and candidate.holder is None and _is_voiced(reading, candidate):
            candidate.holder_words, candidate.agentless, candidate.told = issuer, False, True
    asked = False
    for first, last in reading.sentence_spans:
        question = reading.word(last - 1) == "?"
        answer = asked and not _new_paragraph(reading, first)
        asked = question and reading.lower(first) in _ASKING
        if question or first <= issuer[0] < last or inside(draft.span((first, last)), quoted):
            continue
        if (charged := _grounds(reading, first, last, found)) is not None:
            charged.holder_words, charged.told = issuer, True
            made.append(charged)
        start = _after_number(reading, first, last)
        for stop in (*(at for at in range(start, last) if reading.word(at) == ";"), last):
            words = trim(reading, (start, stop))
            start = stop + 1
            if words[1] - words[0] < _LEAST or _taken(words, [*found, *made]):
                continue
            point = _point(reading, words, answer and words[0] == first)
            if point is not None:
                point.holder_words, point.told = issuer, True
                made.append(point)
    return made


def _first_person(
    draft: Draft,
    found: list[Candidate],
    floor: list[tuple[WordSpan, WordSpan | None]],
    quoted: list[Quotation],
) -> None:
    """ "We regret", "I predict": outside quotation marks whoever has the floor says so."""
    reading = draft.reading
    for candidate in found:
        word = candidate.holder
        if word is None or reading.lower(word) not in _SELF or inside(draft.span((word, word + 1)), quoted):
            continue
        who = next((each for (first, last), each in floor if first <= word < last), None)
        if who is not None:
            candidate.holder, candidate.holder_words = None, who


def _grounds(reading: Reading, first: int, last: int, found: list[Candidate]) -> Candidate | None:
    """ "By reason of meddling", "has its cause in the abduction": the wrong that a measure rests on is charged."""
    for at in range(first, last - 3):
        words = next((each for each in _CAUSES.get(reading.lower(at), ()) if reads(reading, at, each)), None)
        if words is None:
            continue
        start = at + len(words)
        stop = next((to for to in range(start, last) if reading.word(to) in (";", ":", "(")), last)
        content = trim(reading, (start, stop))
        told = any(a < content[1] and content[0] < b and b - a < 2 * (content[1] - content[0])
                   for each in found for a, b in each.content)  # fmt: skip
        plainly = " ".join(words) in _MEASURE_CAUSES and noun_of(reading.lower(at - 1), _MEASURE) is not None
        if content[1] <= content[0] or (told and not plainly):
            return None
        if not plainly and not is_wrong(syntax.text_of(reading, content)):
            return None
        made = _made(at, content, "accuses", "accuses")
        made.cue_words = (at, start)
        return made
    return None


def _causes() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (*_PAPERS["causes"], *_PAPERS["measure_causes"]):
        words = tuple(str(phrase).split())
        table.setdefault(words[0], []).append(words)
    return table


_CAUSES = _causes()


def in_turns(reading: Reading, found: list[Candidate], issuer: WordSpan | None) -> list[Candidate]:
    """What stands in the turns of a transcript and no candidate has; one claim for sentences that follow each other."""
    made: list[Candidate] = []
    for (first, last), who, asks in turns(reading):
        who = who or issuer
        if who is None or asks:
            continue
        going_on: Candidate | None = None
        for start, stop in reading.sentence_spans:
            start, stop = max(start, first), min(stop, last)
            if start >= stop:
                continue
            words = trim(reading, (start, stop))
            told = any(reading.pos(at) in ("VERB", "AUX") for at in range(*words))
            if words[1] - words[0] < _LEAST or not told or _taken(words, found):
                going_on = None
                continue
            said = _point(reading, words, False)
            if reading.word(stop - 1) == "?":
                said = _made(_root(reading, words), words, "questions", "questions")
            if said is None and going_on is not None:
                going_on.content = [(going_on.content[0][0], words[1])]
                continue
            going_on = None
            if said is None:
                root = _root(reading, words)
                negative = reading.lower(words[0]) in _NO or syntax.negated(reading, root)
                said = going_on = _made(root, words, "asserts", "denies" if negative else None)
            said.holder_words, said.told = who, True
            made.append(said)
    return made


def _numbered(reading: Reading, at: int) -> bool:
    return len(reading.word(at)) == 1 and reading.word(at + 1) in (")", ".")


def _after_number(reading: Reading, first: int, last: int) -> int:
    """Behind the number of a point: "(e) Should …", "3. The …", "- that …"."""
    at = first
    while at < min(last - 1, first + 4):
        if reading.pos(at) not in ("PUNCT", "NUM", "SYM", "X") and not _numbered(reading, at):
            break
        at += 1
    return at if at < first + 4 else first


def _is_voiced(reading: Reading, candidate: Candidate) -> bool:
    """ "It is stressed", "are urged": a passive in the present of a verb by which a writer speaks."""
    start, end = candidate.cue_words or (candidate.cue, candidate.cue + 1)
    if verb_of(reading.lower(end - 1), _VOICED) is None:
        return False
    first, _ = syntax.sentence(reading, candidate.cue)
    return any(reading.lower(at) in _PRESENT for at in range(max(first, start - 3), end - 1))


def _new_paragraph(reading: Reading, word: int) -> bool:
    return word == 0 or "\n" in reading.text[reading.end(word - 1) : reading.start(word)]


def _taken(words: WordSpan, found: list[Candidate]) -> bool:
    """Another candidate has its cue or its content here."""
    return any(
        a < words[1] and words[0] < b for each in found for a, b in (*each.content, (each.cue, each.cue + 1))
    )


def _point(reading: Reading, words: WordSpan, answer: bool) -> Candidate | None:
    """The claim that a clause is in the mouth of the issuer; None for a measure or a fact plainly told."""
    lower = [reading.lower(at) for at in range(*words)]
    text = " ".join(lower)
    root = _root(reading, words)
    if any(phrase in text for phrase in _DECLINING):
        return _made(root, words, "declines", "declines")
    if (point := _held_out(reading, root, words, lower, text)) is not None:
        return point
    if (point := _impersonal(reading, words, lower)) is not None:
        return point
    if answer:
        negative = bool(_NO & set(lower)) or "n't" in lower
        return _made(root, words, "asserts", "denies" if negative else "confirms")
    subject = syntax.subject(reading, root)
    if subject is not None and reading.lower(subject) in _SELF:
        unknown = not _WILL & set(lower) and (syntax.negated(reading, root) or "no" in lower[:4])
        return _made(root, words, "asserts", "denies" if unknown else None)
    if _denies(reading, root, lower):
        return _made(root, words, "denies", "denies")
    if any(_has(lower, phrase) for phrase in _BREACH) and "no" not in lower:
        return _made(root, words, "accuses", "accuses")
    if any(phrase in text for phrase in _JUDGING):
        return _made(root, words, "assesses", "assesses")
    judged = reading.pos(root) == "ADJ" and lower[0] in ("this", "it", "that", "such")
    if judged and _VALUES & set(classes_of(reading.lower(root))):
        return _made(root, words, "assesses", None)
    return None


def _held_out(reading: Reading, root: int, words: WordSpan, lower: list[str], text: str) -> Candidate | None:
    """What will be done on a condition, or else."""
    ahead = bool(_WILL & set(lower)) or _is_to(lower)
    led = next((phrase for phrase in _LEADING if text.startswith(phrase)), None)
    _, last = syntax.sentence(reading, words[0])
    held = [span for span in conditions(reading, (words[0], last)) if span[0] < words[1]]
    held = [span for span in held if span[1] - span[0] < words[1] - words[0] - 1]
    if not ahead or (led is None and not held):
        return None
    stance = "promises" if _is_friendly(reading, words, held) else "threatens"
    made = _made(root, words, "asserts", stance)
    if led is not None and len(led.split()) > 1:
        made.condition = (words[0], words[0] + len(led.split()))
        made.content = [trim(reading, (made.condition[1], words[1]))]
    elif led is not None:
        made.content = [trim(reading, (words[0] + 1, words[1]))]
    else:
        made.condition = held[0]
    return made


def _impersonal(reading: Reading, words: WordSpan, lower: list[str]) -> Candidate | None:
    """ "It is stressed that …", "it is unfounded that …", "Missions are requested to …"."""
    for at in range(1, min(len(lower) - 2, _AHEAD)):
        if lower[at] not in _PRESENT:
            continue
        cue = words[0] + at + 1
        if lower[at + 1] in ("not", "hereby", "further", "again", "also", "therefore") and at + 3 < len(
            lower
        ):
            cue += 1
        that = next(
            (
                to
                for to in range(cue + 1, min(cue + 5, words[1]))
                if reading.lower(to) in ("that", "to", "not")
            ),
            None,
        )
        if that is None or that + 2 >= words[1]:
            return None
        behind = trim(reading, (that + 1 if reading.lower(that) == "that" else that, words[1]))
        impersonal = lower[at - 1] == "it" and reading.lower(that) == "that"
        wrong = reading.lower(cue) in _UNTRUE or (lower[at + 1] == "not" and reading.lower(cue) in _TRUE)
        if impersonal and wrong:
            return _made(cue, behind, "denies", "denies")
        base = verb_of(reading.lower(cue), _VOICED)
        if base is None or not (impersonal or (base in _ASKED and reading.lower(that) != "that")):
            return None
        verb = verbs().get(base)
        if base in _ASKED:
            return _made(cue, behind, "demands", "demands")
        if _denies(reading, _root(reading, behind), [reading.lower(to) for to in range(*behind)]):
            return _made(cue, behind, "denies", "denies")
        verb = verbs().get(base)
        return _made(cue, behind, "asserts" if verb is None else verb.stance, None)
    return None


def _made(cue: int, words: WordSpan, stance: str, plain: str | None) -> Candidate:
    return Candidate(cue=cue, base="say", stance=stance, content=[words], rule="run-on", plain=plain)


def _root(reading: Reading, words: WordSpan) -> int:
    return next((at for at in range(*words) if not words[0] <= reading.head(at) < words[1]), words[0])


def _is_to(lower: list[str]) -> bool:
    """ "Are to part", "is to be reviewed"."""
    return any(one in _BE and two == "to" for one, two in pairwise(lower))


def _has(lower: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(lower[at : at + len(phrase)]) == phrase for at in range(len(lower)))


def _is_friendly(reading: Reading, words: WordSpan, held: list[WordSpan]) -> bool:
    """What is held out is good for whom it falls on; "will not remain" is not."""
    main = [at for at in range(*words) if not any(a <= at < b for a, b in held)]
    if any(reading.lower(at) in _NO for at in main):
        return False
    return any(
        reading.lower(at) in _FRIENDLY_WORDS or verb_of(reading.lower(at), _FRIENDLY) is not None
        for at in main
    )


def _denies(reading: Reading, root: int, lower: list[str]) -> bool:
    """ "There is no rupture", "No one is being expelled", "contrary to reports, has not been called in"."""
    if lower[0] == "there" and lower[1] in _BE and "no" in lower[2:4]:
        return True
    if reading.lower(root) in _UNTRUE and any(reading.lower(at) in _BE for at in reading.children(root)):
        return True
    negative = lower[0] in _NO or syntax.negated(reading, root)
    if not negative:
        return False
    if len(lower) <= _CURT and _BE & set(lower) and lower[0] not in ("no", "he", "they"):
        return True
    if _OURS & set(lower):
        return True
    return (
        "being" in lower
        or bool(_RUMOUR & set(lower))
        or lower[:3] in (["that", "is", "not"], ["this", "is", "not"])
    )
