"""Who cites whom, by the order of the words: "the daily, quoting an aide, said", "an aide, quoted by the daily, says".

Requires the reading alone. Gives for each citing verb who is cited, who cites, and at which verb the report stands. The
forms are fixed enough for the order of the words, and the tree hangs names put between commas now here, now there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after
from onrecord.coding.claims.cue_verbs import entry
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CITING = frozenset(load("reporting")["citing"])
_RECORDS = frozenset(load("reporting")["records"])
_SAYING = frozenset(
    ("saying", "having", "telling", "warning", "predicting", "claiming", "suggesting", "calling")
)
_BE = frozenset(("is", "are", "was", "were", "been", "being"))
_NAME = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"))
_JOINING = frozenset(("of", "in", "at", "for", "to", "from", "with", "'s", "’s", "-", "&"))
_BEFORE_VERB = frozenset(("AUX", "ADV", "PART"))
_WHEN = frozenset(("PROPN", "NUM", "ADP", "ADV", "DET", "NOUN", "ADJ"))
_NOBODY = frozenset(("what", "which", "who", "it", "this", "that"))
_LONG_NAME = 10  # words of a name
_LONG_ASIDE = 18  # words between the commas
_LATE = 6  # words between the verb of saying and the comma behind it


@dataclass(frozen=True, slots=True)
class Citation:
    """Who is cited and who cites, as words; ``cue`` is the verb of saying, where the citing verb is not that itself.

    ``names`` are the words of the one who is cited, where he stands before the citing verb.
    """

    word: int
    source: int
    teller: int
    cue: int | None = None
    names: WordSpan | None = None

    def tells(self, cue: WordSpan, holder: int | None) -> bool:
        """What is said with the words of a cue by a holder is what is cited here."""
        if self.names_with(holder) or any(
            cue[0] <= word < cue[1] for word in (self.word, self.cue) if word is not None
        ):
            return True
        # the tree may take the citing verb or the one who cites for the subject of what follows
        return self.names is not None and holder is not None and self.word <= holder <= self.teller

    def names_with(self, holder: int | None) -> bool:
        """The holder is a word of the one who is cited."""
        return self.names is not None and holder is not None and self.names[0] <= holder < self.names[1]


@once
def citations(reading: Reading, sentence: WordSpan) -> tuple[Citation, ...]:
    """The citations of a sentence."""
    found = []
    for word in range(*sentence):
        if verb_of(reading.lower(word), _CITING) is None or reading.pos(word) not in ("VERB", "NOUN", "ADJ"):
            continue
        if reading.lower(word).endswith("ing"):
            made = _citing(reading, word, sentence)
        elif reading.lower(word + 1 if word + 1 < sentence[1] else word) in ("by", "in", "on"):
            made = _quoted_by(reading, word, sentence)
        else:
            made = _quoted_as_saying(reading, word, sentence)
        if made is not None and made.source != made.teller:
            found.append(made)
    return tuple(found)


def _citing(reading: Reading, word: int, sentence: WordSpan) -> Citation | None:
    """ "The daily, quoting an aide, said that", "…, the daily said, quoting an aide", "CNN reports citing one"."""
    first, last = sentence
    source = _somebody(reading, word + 1, last)
    if source is None or word <= first + 1:
        return None
    end = word - 1 if reading.word(word - 1) == "," else word
    saying = _saying_before(reading, end, first)
    if saying is not None:
        teller = _beside(reading, saying, first, end)
        return None if teller is None else Citation(word, source, teller, saying)
    teller = _last_name(reading, end, first)
    close = next(
        (at for at in range(source + 1, min(last, word + _LONG_ASIDE)) if reading.word(at) == ","), None
    )
    if teller is None or end == word or close is None:
        return None
    at = close + 1
    while at < last and reading.pos(at) in _BEFORE_VERB:
        at += 1
    told = at < last and reading.pos(at) == "VERB"
    return Citation(word, source, teller, at) if told else None


def _saying_before(reading: Reading, end: int, first: int) -> int | None:
    """The verb of saying that stands before words, with nothing but a time or a name between."""
    for at in range(end - 1, max(first, end - 1 - _LATE), -1):
        if reading.pos(at) == "VERB":
            return at if entry(reading, at) is not None else None
        if reading.pos(at) not in _WHEN:
            return None
    return None


def _beside(reading: Reading, verb: int, first: int, end: int) -> int | None:
    """The name before a verb of saying; behind it where it stands first ("…, said the agency")."""
    start = verb
    while start > first and reading.pos(start - 1) in _BEFORE_VERB:
        start -= 1
    if start > first and reading.word(start - 1) not in (",", "”", '"', "’"):
        return _last_name(reading, start, first)
    return _last_name(reading, end, verb + 1) if end > verb + 1 else None


def _quoted_by(reading: Reading, word: int, sentence: WordSpan) -> Citation | None:
    """ "An aide, quoted by the daily, says", "an aide was quoted in the daily as saying"."""
    first, last = sentence
    teller = _somebody(reading, word + 2, last)
    names = _name(reading, _before_be(reading, word, first), first)
    if teller is None or names is None:
        return None
    source = _head_of(reading, names)
    return (
        None
        if source is None
        else Citation(word, source, teller, _verb_of_saying(reading, teller, last), names)
    )


def _quoted_as_saying(reading: Reading, word: int, sentence: WordSpan) -> Citation | None:
    """ "The daily quoted an aide as saying", "an aide was quoted as saying by the daily"."""
    first, last = sentence
    saying = _verb_of_saying(reading, word, last)
    if saying is None:
        return None
    if saying == word + 2:
        by = next(
            (at for at in range(saying + 1, min(last, saying + 3)) if reading.lower(at) in ("by", "in")), None
        )
        names = _name(reading, _before_be(reading, word, first), first)
        teller = _somebody(reading, by + 1, last) if by is not None else None
        source = _head_of(reading, names) if names is not None else None
        if teller is None or source is None:
            return None
        return Citation(word, source, teller, saying, names)
    teller = None if reading.pos(word - 1) == "AUX" else _last_name(reading, word, first)
    source = _somebody(reading, word + 1, saying)
    return None if teller is None or source is None else Citation(word, source, teller, saying)


def _verb_of_saying(reading: Reading, word: int, last: int) -> int | None:
    """The form in -ing of "as saying" within a few words behind another."""
    for at in range(word + 1, min(last - 1, word + _LONG_ASIDE)):
        if reading.lower(at) == "as" and reading.lower(at + 1) in _SAYING:
            return at + 1
        if reading.word(at) in (",", ";", ":"):
            return None
    return None


def _before_be(reading: Reading, word: int, first: int) -> int:
    """Where the words before a participle end, without the comma or the auxiliary between."""
    end = word
    while end > first and (reading.lower(end - 1) in _BE or reading.pos(end - 1) in ("AUX", "ADV")):
        end -= 1
    return end - 1 if end > first and reading.word(end - 1) == "," else end


def _somebody(reading: Reading, word: int, last: int) -> int | None:
    """The head of the name that begins at a word: somebody and no record or other thing that is pointed at."""
    quoted = word < last and reading.word(word)[:1] in '"“'  # "citing “acts of sabotage”": a ground
    found = head_after(reading, word) if word < last and not quoted else None
    if found is None or found >= last or reading.lower(found) in _NOBODY:
        return None
    return None if noun_of(reading.lower(found), _RECORDS) is not None else found


def _name(reading: Reading, end: int, first: int) -> WordSpan | None:
    """The words of a name that ends at a word."""
    start = end
    while (
        start > first
        and end - start < _LONG_NAME
        and (reading.pos(start - 1) in _NAME or reading.lower(start - 1) in _JOINING)
    ):
        start -= 1
    if start == end:
        return None
    if start - 1 > first and reading.word(start - 1) == "," and reading.pos(start) in ("DET", "NOUN"):
        # "Ms Zakharova, spokeswoman of the ministry, is quoted": an office put in behind a name
        named = start - 1
        while named > first and reading.pos(named - 1) == "PROPN":
            named -= 1
        if named < start - 1 and reading.entity_at(start - 2) == "PER":
            return (named, start - 1)
    return (start, end)


def _head_of(reading: Reading, names: WordSpan) -> int | None:
    """The noun that heads a name: the last before its first preposition, or a number or pronoun that stands for it."""
    start = names[0]
    while start < names[1] and reading.pos(start) == "ADP":
        start += 1
    stop = next((at for at in range(start, names[1]) if reading.pos(at) == "ADP"), names[1])
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    nouns = nouns or [at for at in range(start, stop) if reading.pos(at) in ("NUM", "PRON")]
    return nouns[-1] if nouns else None


def _last_name(reading: Reading, end: int, first: int) -> int | None:
    """The head of the name that ends at a word."""
    names = _name(reading, end, first)
    found = None if names is None else _head_of(reading, names)
    return None if found is None or reading.lower(found) in _NOBODY else found


def cited(reading: Reading, cue: WordSpan, holder: int | None) -> Citation | None:
    """The citation that concerns what is said with the words of a cue by a holder."""
    sentence = syntax.sentence(reading, cue[0])
    return next((each for each in citations(reading, sentence) if each.tells(cue, holder)), None)
