"""A report put in between the parts of another: "France, an envoy told us, wants calm", "they warn, he says, that …".

Requires the candidates of a document. Works on the order of the words, since the tree mostly hangs the outer clause on
the verb that is put in. Gives the inner report its speaker, and the outer speaker as the one who tells of it; so too in
"she recalled hearing from the delegation that …".
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, reads
from onrecord.coding.claims.contents import contents_of
from onrecord.coding.claims.cue_verbs import Candidate, entry, make
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NAMING = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "ADP", "PART", "ADV", "AUX"))
_RELATIVE = frozenset(
    ("which", "who", "whom", "that", "what", "whose", "where", "when", "while", "if", "though")
)
_COMPLEMENT = frozenset(("that", "whether", "why", "what", "how", "who", "when", "where", "which"))
_OPEN = frozenset(
    ("will", "would", "wo", "shall", "must", "should", "may", "might", "could", "can", "'ll", "’ll", "'d")
)
_BREAKS = frozenset((";", ":", '"', "“", "”", "(", ")", "—", "–", "?"))
_TELLING = frozenset(("asserts", "confirms"))
_ACCORDING = (("according", "to"), ("as", "per"))
_INVERTED = frozenset(("say", "add", "write", "insist", "explain", "argue", "recall", "relate", "remark"))
_LEARNING = frozenset(("hear", "learn", "gather"))
_ANYBODY = frozenset(("we", "i", "us", "me", "it", "there", "this", "that", "nobody", "none", "nothing"))
_SOME = frozenset(("some", "many", "several", "most", "others"))
_CITING = frozenset(load("reporting")["citing"])
_WRITINGS = frozenset((*load("reporting")["writings"], "paper", "file"))
_OFFICES = frozenset(load("reporting")["sayers"])
_HANDING_ON = frozenset(load("reporting")["handing_on"])
_LONGEST = 14  # words between the two commas
_AWAY = 8  # words from a verb of learning to whom it was learned from


@dataclass(frozen=True, slots=True)
class _Wedge:
    """The words between two commas that tell who reports what stands around them."""

    start: int
    end: int
    speaker: int
    cue: int


def wedged(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with those put right whose report another is put into, and those told by ear."""
    made = list(found)
    for wedge in _wedges(reading):
        made = _before_verb(reading, wedge, made) or _before_complement(reading, wedge, made) or made
    for candidate in made:
        _apposed(reading, candidate)
        _heard_from(reading, candidate)
        _published(reading, candidate)
    return made


def _apposed(reading: Reading, candidate: Candidate) -> None:
    """ "…, the ministry's spokesman, Nasser Kanaani, said": a name put in behind an office speaks."""
    cue = candidate.cue
    if candidate.rule not in ("verb", "declined", "model") or cue < 4 or reading.word(cue - 1) != ",":
        return
    start = cue - 1
    while start > 0 and reading.pos(start - 1) == "PROPN" and reading.entity_at(start - 1) == "PER":
        start -= 1
    if start == cue - 1 or start < 2 or reading.word(start - 1) != ",":
        return
    first, _ = syntax.sentence(reading, cue)
    begin = start - 1
    while begin > first and (
        reading.pos(begin - 1) in _NAMING - {"AUX"} and reading.lower(begin - 1) not in _RELATIVE
    ):
        begin -= 1
    office = _speaker(reading, begin, start - 1)
    if office is None or noun_of(reading.lower(office), _OFFICES) is None:
        return
    if candidate.holder is None or not begin <= candidate.holder < cue:
        candidate.holder, candidate.holder_words = office, None


@once
def _wedges(reading: Reading) -> tuple[_Wedge, ...]:
    found = []
    for first, last in reading.sentence_spans:
        commas = [at for at in range(first + 1, last - 1) if reading.word(at) == ","]
        for one, two in pairwise(commas):
            if 2 < two - one <= _LONGEST and (wedge := _wedge(reading, one + 1, two)) is not None:
                found.append(wedge)
    return tuple(found)


def _wedge(reading: Reading, start: int, end: int) -> _Wedge | None:
    lowers = [reading.lower(at) for at in range(start, end)]
    if _BREAKS & set(lowers) or lowers[0] in _RELATIVE or lowers[0] in ("and", "but", "or"):
        return None
    for phrase in _ACCORDING:
        if reads(reading, start, phrase):
            speaker = head_after(reading, start + len(phrase))
            return None if speaker is None or speaker >= end else _Wedge(start, end, speaker, start)
    begin = start + 1 if lowers[0] == "as" else start
    for cue in range(begin, end):
        verb = entry(reading, cue) if _may_tell(reading, cue) else None
        if verb is None or verb.stance not in _TELLING or reading.lower(cue).endswith("ing"):
            if reading.pos(cue) not in _NAMING or reading.lower(cue) in _RELATIVE:
                return None
            continue
        if cue == begin and verb.base not in _INVERTED:
            return None  # "the group, claimed the attack, then denied it"
        speaker = _speaker(reading, begin, cue) if cue > begin else _speaker(reading, cue + 1, end)
        return None if speaker is None else _Wedge(start, end, speaker, cue)
    return None


def _may_tell(reading: Reading, word: int) -> bool:
    """A verb, also where the tree takes "CNN reports" for a noun."""
    if reading.pos(word) == "NOUN":
        return reading.lower(word) in ("reports", "claims") and reading.pos(word - 1) == "PROPN"
    return reading.pos(word) in ("VERB", "ADJ")


def _speaker(reading: Reading, start: int, end: int) -> int | None:
    """The noun of a name that stands between two words: the last before its first preposition."""
    stop = next((at for at in range(start, end) if reading.pos(at) == "ADP"), end)
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    if nouns:
        return nouns[-1]
    alone = end - start == 1 and reading.pos(start) == "PRON"
    some = reading.pos(start) in ("NUM", "PRON") or reading.lower(start) in _SOME
    return start if alone or (stop - start == 1 and some) else None


def _segment(reading: Reading, wedge: _Wedge) -> WordSpan:
    """The words of the clause up to the comma before the wedge."""
    first, _ = syntax.sentence(reading, wedge.cue)
    end = wedge.start - 1
    start = next((at + 1 for at in range(end - 1, first - 1, -1) if reading.word(at) in _BREAKS), first)
    while start < end and reading.pos(start) in ("CCONJ", "PUNCT"):
        start += 1
    return start, end


def _before_verb(reading: Reading, wedge: _Wedge, found: list[Candidate]) -> list[Candidate] | None:
    """ "Two capitals, the envoys say, have refused to …": the subject stands before the wedge and its verb behind."""
    start, end = _segment(reading, wedge)
    if start >= end or end - start > _LONGEST or any(_is_finite(reading, at) for at in range(start, end)):
        return None
    subject = _speaker(reading, start, end)
    if subject is None or reading.pos(start) == "ADP" or reading.lower(subject) in _ANYBODY:
        return None
    word = wedge.end + 1
    _, last = syntax.sentence(reading, wedge.cue)
    while word < last and reading.pos(word) in ("AUX", "ADV", "PART"):
        if reading.lower(word) in _OPEN:
            return None
        word += 1
    verb = entry(reading, word) if word < last and reading.pos(word) in ("VERB", "AUX", "ADJ") else None
    if verb is None or reading.lower(word).endswith("ing") or syntax.is_passive(reading, word):
        return None
    mine = [each for each in found if each.cue == word and each.rule in ("verb", "declined")]
    if not mine:
        mine = [make(word, verb, None, [each]) for each in _contents(reading, word)]
        if not mine or syntax.negated(reading, word):
            return None
    for each in mine:
        each.holder, each.holder_words, each.agentless = subject, None, False
        each.content = [(max(a, word + 1), b) for a, b in each.content]
        each.relay, each.told = [*_cited(reading, wedge), wedge.speaker], True
    return [each for each in found if not _told_by(each, wedge, word) and each not in mine] + mine


def _cited(reading: Reading, wedge: _Wedge) -> list[int]:
    """ "CNN reports citing officials": they stand between the speaker and the paper."""
    for word in range(wedge.cue + 1, wedge.end - 1):
        if reading.lower(word).endswith("ing") and verb_of(reading.lower(word), _CITING) is not None:
            source = head_after(reading, word + 1)
            return [source] if source is not None and source < wedge.end else []
    return []


def _contents(reading: Reading, word: int) -> list[WordSpan]:
    verb = entry(reading, word)
    if verb is None:
        return []
    found = contents_of(reading, word, verb)[1]
    after = reading.lower(word + 1)
    opposed = verb.base in ("think", "believe", "say", "hold") and after in ("the", "so", "otherwise", "as")
    if not found and (opposed or after in _COMPLEMENT or (after == "for" and "for" in verb.content)):
        found = [(word + 2 if after in ("for", "that") else word + 1, _stop(reading, word + 2))]
    return [each for each in found if each[0] > word and each[1] > each[0]]


def _stop(reading: Reading, word: int) -> int:
    """Where the words from here on end: at the next mark, or with the sentence."""
    _, last = syntax.sentence(reading, word - 1)
    return next((at for at in range(word, last) if reading.pos(at) == "PUNCT"), last)


def _is_finite(reading: Reading, word: int) -> bool:
    return reading.pos(word) == "AUX" or reading.feat(word, "VerbForm") == "Fin"


def _told_by(candidate: Candidate, wedge: _Wedge, verb: int) -> bool:
    """What the one who is put in says is the inner report and nothing else."""
    return wedge.start <= candidate.cue < wedge.end and any(b > verb for _, b in candidate.content)


def _before_complement(reading: Reading, wedge: _Wedge, found: list[Candidate]) -> list[Candidate] | None:
    """ "His officials had warned him, a banker says, that …": the verb stands before the wedge, what is said behind."""
    start, end = _segment(reading, wedge)
    if wedge.end + 1 >= len(reading) or reading.lower(wedge.end + 1) not in _COMPLEMENT:
        return None
    mine = [
        each
        for each in found
        if start <= each.cue < end and each.holder is not None and any(b > wedge.end for _, b in each.content)
    ]
    if not mine:
        mine = _left_open(reading, wedge, start, end)
    if not mine or any(wedge.speaker in each.relay or wedge.speaker == each.holder for each in mine):
        return None
    for each in mine:
        each.content = [(max(a, wedge.end + 1), b) for a, b in each.content if b > wedge.end]
        each.relay.append(wedge.speaker)
        each.told = True
    new = [each for each in mine if each not in found]
    return [each for each in found if each in mine or not wedge.start <= each.cue < wedge.end] + new


def _left_open(reading: Reading, wedge: _Wedge, start: int, end: int) -> list[Candidate]:
    """ "The delegation doubts, a clerk recounted, whether …": a verb of the lexicon with its subject before it."""
    verb = entry(reading, end - 1) if reading.pos(end - 1) == "VERB" else None
    subject = _speaker(reading, start, end - 1) if verb is not None else None
    if verb is None or subject is None or any(_is_finite(reading, at) for at in range(start, end - 1)):
        return []
    if reading.lower(subject) in _ANYBODY or not {"clause", "that"} & set(verb.content):
        return []
    return [make(end - 1, verb, subject, [(wedge.end + 1, _stop(reading, wedge.end + 2))])]


def _heard_from(reading: Reading, candidate: Candidate) -> None:
    """ "She recalled hearing from the delegation that", "he had it from an aide that": they say it and she tells."""
    start, end = candidate.content[0]
    if candidate.relay or candidate.cue >= end:
        return
    for word in range(candidate.cue + 1, min(start + _AWAY, end)):
        if reading.lower(word) != "from":
            continue
        learned = any(
            verb_of(reading.lower(at), _LEARNING) is not None or reads(reading, at, ("had", "it"))
            for at in range(max(candidate.cue, word - 2), word)
        )
        source = head_after(reading, word + 1)
        if not learned or source is None:
            continue
        begin = next(
            (at + 1 for at in range(source + 1, min(end, source + _AWAY)) if reading.lower(at) == "that"),
            None,
        )
        if begin is None and word < start:
            begin = start
        if (
            begin is None
            or begin >= end
            or any(reading.word(at) in (",", *_BREAKS) for at in range(word, begin))
        ):
            continue
        teller = candidate.holder
        candidate.content[0] = (begin, end)
        candidate.holder, candidate.holder_words, candidate.agentless = source, None, False
        if teller is not None and reading.lower(teller) not in _ANYBODY and teller != source:
            candidate.relay.append(teller)
        return


def _published(reading: Reading, candidate: Candidate) -> None:
    """ "Files leaked by a clerk and printed by two papers show": what is written speaks, and who printed it tells."""
    holder = candidate.holder
    if holder is None or candidate.relay or noun_of(reading.lower(holder), _WRITINGS) is None:
        return
    if reading.pos(holder) != "NOUN" or candidate.cue - holder > 2 * _LONGEST:
        return
    _, last = syntax.sentence(reading, holder)
    stop = candidate.cue if holder < candidate.cue else min(last, holder + _LONGEST)
    for at in range(stop - 1, holder + 1, -1):
        if reading.lower(at) not in ("by", "in", "on", "to") or not _handed_on(reading, holder, at):
            continue
        by = head_after(reading, at + 1)
        if by is not None and by < stop and reading.pos(by) in ("NOUN", "PROPN"):
            candidate.relay.append(by)
            return


def _handed_on(reading: Reading, writing: int, at: int) -> bool:
    """A preposition names who hands a writing on: "printed by", "carried in", "leaked to", "put out at night by"."""
    lower = reading.lower(at)
    if lower == "to":
        return verb_of(reading.lower(at - 1), frozenset(("leak", "pass"))) is not None
    if lower == "by" and any(reading.lower(to) == "out" for to in range(max(writing, at - _AWAY), at)):
        return any(
            verb_of(reading.lower(to), frozenset(("put", "give", "send"))) for to in range(writing + 1, at)
        )
    known = _HANDING_ON - {"leak"} if lower == "by" else frozenset(("print", "publish", "carry", "broadcast"))
    return verb_of(reading.lower(at - 1), known) is not None
