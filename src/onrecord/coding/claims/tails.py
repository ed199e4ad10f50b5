"""Who speaks, told after the words or before a colon: "Baseless, the ministry shot back", "The embassy: “fiction”."

Requires the reading. Works on the order of the words between one semicolon and the next, since the tree seldom hangs
words without a verb on the verb of saying, and often hangs the speaker on the clause behind a semicolon. What is said
without a verb of its own is on record whatever else stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import cut
from onrecord.coding.claims.cue_verbs import Candidate, Verb, entry, make
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_SAYERS = frozenset((*load("reporting")["sayers"], *load("reporting")["outlets"]))
_SPEAKING = _SAYERS - frozenset(load("reporting")["writings"])  # "Note to editors:" is a heading
_NAME = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"))
_JOINING = frozenset(("of", "in", "at", "for", "to", "on", "from", "'s", "’s", "-", "&"))
_BREAKS = frozenset((";", ":", "—", "–", "?", "!"))
_QUOTES = frozenset(('"', "“", "”", "'", "‘", "’"))
_GOING_ON = frozenset(
    "and but whose who which unless if though although when while after before so as because until".split()
)
_OPENERS = frozenset(
    "if unless should until once asked when while although though however meanwhile then later still yet also today "
    "yesterday tomorrow tonight earlier afterwards instead therefore otherwise this that last next and but so".split()
)
_SAYING = frozenset(
    ("asserts", "confirms", "denies", "accuses", "predicts", "assesses", "promises", "threatens")
)
_PLACES = frozenset(("clause", "aside", "quote"))
_CALL = Verb("call", "assesses", (), (), (), None, False, False)
_CALLING = frozenset(
    ("called", "calls", "branded", "brands", "termed", "terms", "labelled", "labels", "dubbed", "dubs")
)
_RELATIVE = frozenset(("that", "which", "who", "whom", "whose", "what"))
_SAID = frozenset(("say", "says", "said"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_THING = frozenset(("it", "this", "that", "him", "her", "them", "these", "those"))
_SPEAKER = 9  # words of a speaker
_SHORT = 12  # words said without a verb
_LABEL = 14  # words before a colon


def tails(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with those that stand before their speaker, and what stands behind a speaker and a colon."""
    made = list(found)
    for first, last in reading.sentence_spans:
        marks = [at for at in range(first, last) if _breaks(reading, at)]
        start = first
        for stop in (*marks, last):
            told = _before_speaker(reading, start, stop)
            if told is not None:
                made = _instead(made, told, stop)
            start = stop + 1
        if (colon := next((at for at in marks if reading.word(at) == ":"), None)) is not None:
            said = _behind_colon(reading, first, colon, last)
            if said is not None and not any(_covers(said, each) for each in made):
                made.append(said)
    return made


def _breaks(reading: Reading, word: int) -> bool:
    """A mark between clauses; a hyphen only where spaces stand around it."""
    mark = reading.word(word)
    if mark != "-":
        return mark in _BREAKS
    text, start = reading.text, reading.start(word)
    return text[start - 1 : start].isspace() and text[start + 1 : start + 2].isspace()


def _covers(said: Candidate, other: Candidate) -> bool:
    start, end = said.content[0]
    return any(start <= at < end for at in (other.cue, *(a for a, _ in other.content)))


def _instead(found: list[Candidate], told: Candidate, stop: int) -> list[Candidate]:
    """What the tree makes of the same verb in this clause gives way; what stands behind a colon is said as well."""
    start, end = told.content[0]
    same = [each for each in found if each.cue == told.cue]
    if not told.told and any(
        start <= a < end and each.holder is not None for each in same for a, _ in each.content
    ):
        return found
    behind = [each for each in same if each.content[0][0] > stop]
    return [each for each in found if each.cue != told.cue or each in behind] + [told]


def _before_speaker(reading: Reading, start: int, stop: int) -> Candidate | None:
    """ "…, the navy has maintained", "…, said a diplomat in Brussels", "…, the envoy called it"."""
    commas = [at for at in range(start + 1, stop - 1) if reading.word(at) == ","]
    for comma in commas:
        begin = comma + 1
        while begin < stop and reading.word(begin) in _QUOTES:
            begin += 1
        parts = _speaker_first(reading, begin, stop) or _verb_first(reading, begin, stop)
        if parts is None:
            continue
        cue, speaker, end = parts
        if not _ends(reading, end, stop):
            continue
        words = cut(reading, (start, comma))
        verb = _CALL if reading.lower(cue) in _CALLING else entry(reading, cue)
        if verb is None or words[1] <= words[0] or reading.pos(words[1] - 1) in ("AUX", "DET", "ADP"):
            return None
        bare = not any(
            reading.pos(at) in ("VERB", "AUX") and not _participle(reading, words, at) for at in range(*words)
        )
        if not bare and verb is _CALL:
            return None
        if bare and (words[1] - words[0] > _SHORT or not _fragment(reading, words)):
            return None
        made = make(cue, verb, speaker, [words])
        made.told = bare
        return made
    return None


def _participle(reading: Reading, words: WordSpan, at: int) -> bool:
    """ "Unfounded", "unprovoked and unheard of": no clause."""
    return (
        words[1] - words[0] < 4
        and reading.feat(at, "VerbForm") == "Part"
        and not reading.lower(at).endswith("ing")
    )


def _fragment(reading: Reading, words: WordSpan) -> bool:
    start, _ = words
    if reading.pos(start) in ("ADP", "SCONJ") or reading.lower(start) in _OPENERS:
        return False
    return any(
        reading.pos(at) in ("NOUN", "ADJ", "PROPN", "VERB", "NUM", "PRON", "INTJ")
        and reading.deprel(at) != "obl:unmarked"
        for at in range(*words)
    )


def _speaker_first(reading: Reading, begin: int, stop: int) -> tuple[int, int, int] | None:
    """Cue, speaker and end of "the Dutch navy has maintained", "he claimed", "the envoy called it"."""
    at = begin
    while at < stop and at - begin < _SPEAKER and _naming(reading, at) and not _says(reading, at):
        at += 1
    end = at
    while at < stop and reading.pos(at) in ("AUX", "ADV") and reading.lower(at) not in _BE:
        at += 1
    if at >= stop or end == begin or not _says(reading, at):
        return None
    speaker = _head(reading, (begin, end))
    if speaker is None:
        return None
    if reading.lower(at) in _CALLING and at + 1 < stop and reading.lower(at + 1) in _THING:
        return at, speaker, at + 2
    return (at, speaker, at + 1) if reading.lower(at) not in _CALLING else None


def _verb_first(reading: Reading, begin: int, stop: int) -> tuple[int, int, int] | None:
    """Cue, speaker and end of "said a diplomat in Brussels", "says the consul general"."""
    if begin >= stop or not _says(reading, begin) or reading.lower(begin) in _CALLING:
        return None
    at = begin + 1
    while at < stop and at - begin <= _SPEAKER and _naming(reading, at):
        at += 1
    speaker = _head(reading, (begin + 1, at))
    if speaker is None or reading.lower(speaker) in _THING:
        return None
    object_ = syntax.relation(reading, speaker) in ("obj", "iobj")
    if (
        object_ and reading.lower(begin) not in _SAID
    ):  # "GRU men, says Prague": a name is nothing that is said
        return None
    known = reading.pos(speaker) in ("PRON", "NUM", "ADJ") or bool(reading.entity_at(speaker))
    return (begin, speaker, at) if known or noun_of(reading.lower(speaker), _SAYERS) is not None else None


def _naming(reading: Reading, word: int) -> bool:
    if reading.pos(word) == "PRON" and reading.lower(word) in _RELATIVE:
        return False
    return reading.pos(word) in _NAME or reading.lower(word) in _JOINING


def _says(reading: Reading, word: int) -> bool:
    if reading.pos(word) != "VERB" or reading.lower(word).endswith("ing"):
        return False
    if reading.lower(word) in _CALLING:
        return True
    verb = entry(reading, word)
    if verb is None or verb.stance not in _SAYING or not _PLACES & set(verb.content):
        return False
    return not verb.particle or (word + 1 < len(reading) and reading.lower(word + 1) in verb.particle)


def _head(reading: Reading, words: WordSpan) -> int | None:
    start, end = words
    stop = next((at for at in range(start + 1, end) if reading.pos(at) == "ADP"), end)
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    if nouns:
        return nouns[-1]
    alone = end - start == 1 and reading.pos(start) in ("PRON", "NUM")
    return start if alone else end - 1 if end - start == 2 and reading.lower(start) in ("a", "the") else None


def _ends(reading: Reading, end: int, stop: int) -> bool:
    """Nothing that is said comes behind: the clause ends, or goes on with adverbs, "on Friday", or after a comma."""
    at = end
    while at < stop and (
        reading.pos(at) in ("ADV", "PART") or reading.lower(at) in ("back", "out", "up", "on")
    ):
        at += 1
    if at >= stop or reading.word(at) in (".", *_QUOTES):
        return True
    if reading.word(at) == ",":
        return at + 1 < stop and (
            reading.lower(at + 1) in _GOING_ON
            or (reading.pos(at + 1) in ("PROPN", "DET", "PRON") and not _clause(reading, at + 1, stop))
        )
    if reading.pos(at) != "ADP" or reading.lower(at) == "that":
        return False
    rest = range(at, stop)
    return not any(
        reading.pos(each) in ("VERB", "AUX") or reading.word(each) in (",", *_QUOTES) for each in rest
    )


def _clause(reading: Reading, start: int, stop: int) -> bool:
    """A verb stands before the next comma: what goes on is a clause, and no name put in."""
    for at in range(start, stop):
        if reading.word(at) == ",":
            return False
        if reading.pos(at) in ("VERB", "AUX"):
            return True
    return False


def _behind_colon(reading: Reading, first: int, colon: int, last: int) -> Candidate | None:
    """ "The embassy: “fiction”", "Evo Morales, in a speech on Wednesday: …"."""
    while first < colon and (reading.pos(first) in ("PUNCT", "SYM") or reading.pos(first) == "NUM"):
        first += 1
    if colon - first > _LABEL or colon == first:
        return None
    if any(reading.pos(at) in ("VERB", "AUX", "SCONJ") for at in range(first, colon)):
        return None
    stop = next(
        (at for at in range(first, colon) if reading.pos(at) == "ADP" or reading.word(at) == ","), colon
    )
    nouns = [at for at in range(first, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    if not nouns or not all(_naming(reading, at) for at in range(first, stop)):
        return None
    speaker = nouns[-1]
    person = stop - first > 1 and reading.pos(speaker) == "PROPN" and reading.entity_at(speaker) == "PER"
    if not person and noun_of(reading.lower(speaker), _SPEAKING) is None:
        return None
    words = cut(reading, (colon + 1, last))
    if words[1] <= words[0] or reading.text[reading.start(first) : reading.start(colon)].count("\n"):
        return None
    made = make(colon, Verb("say", "asserts", (), (), (), None, False, False), speaker, [words])
    made.told = True
    return made
