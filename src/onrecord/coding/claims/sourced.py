"""Where words were got from: "had it from an aide", "learned from two officials", "was told by a clerk".

Requires the candidates of a document. Who is named as the source holds what is told, and who got it from there relays
it: by a verb of learning with "from", by a passive of telling behind what was told, by "has a source saying", by what
hangs on the source ("an envoy overheard by the agency", "an aide whom the weekly interviewed") or on the teller
("according to the daily, which had it from the police"). Works on the order of the words, which bears a wrong tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, reads, trim
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_LEARNING = frozenset(load("reporting")["learning"])
_FROM_PEOPLE = frozenset(load("reporting")["learning_from_people"])
_INFORMANTS = frozenset(load("reporting")["informants"])
_SAYERS = frozenset(load("reporting")["sayers"])
_OUTLETS = frozenset(load("reporting")["outlets"])
_RECORDS = frozenset(load("reporting")["records"])
_CITING = frozenset(load("reporting")["citing"])
_INTERVIEWING = frozenset(load("reporting")["interviewing"])
_RESTING: tuple[tuple[str, ...], ...] = tuple(tuple(each.split()) for each in load("reporting")["resting"])
_TELLING = frozenset(("tell", "inform", "assure"))
_HAVING = frozenset(("has", "have", "had"))
_IT = frozenset(("it", "this", "that", "word"))
_ANYBODY = frozenset(
    ("we", "i", "us", "me", "it", "there", "this", "that", "he", "she", "they", "nobody", "none")
)
_NAME = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM"))
_JOINING = frozenset(("of", "in", "at", "for", "'s", "’s", "-", "&"))
_STOPS = frozenset((";", ":", '"', "“", "”", "(", ")"))
_NAMES = 9  # words of a teller
_FAR = 10  # words between a holder and what hangs on him


def sourced(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The candidates with their sources, and those made for words that only a source's telling reports."""
    made = list(found)
    for first, last in reading.sentence_spans:
        for word in range(first, last):
            lower = reading.lower(word)
            if lower == "from":
                got = _learned(reading, word, first, last)
            elif lower == "by":
                got = _was_told(reading, word, first, last)
            else:
                continue
            if got is not None:
                made = _with_source(reading, made, *got)
    for candidate in made:
        if not candidate.relay and candidate.holder is not None:
            _owned(reading, candidate)
            _had_saying(reading, candidate)
            _of_teller(reading, candidate)
            _of_source(reading, candidate)
    return made


def _learned(reading: Reading, word: int, first: int, last: int) -> tuple[int, int, WordSpan] | None:
    """Teller, source and cue of "the site learned from an aide", "CNN has it from two officials"."""
    cue = next(
        (at for at in range(word - 1, max(first, word - 3) - 1, -1) if _learns(reading, at, word)), None
    )
    if cue is None:
        return None
    start = cue
    while start > first and (reading.pos(start - 1) in ("AUX", "ADV") or reading.lower(start - 1) in _HAVING):
        start -= 1
    teller = _name_before(reading, start, first)
    source = head_after(reading, word + 1) if word + 1 < last else None
    if teller is None or source is None or source >= last or not _speaks(reading, source):
        return None
    if verb_of(reading.lower(cue), _LEARNING) is None and reading.lower(cue) not in _HAVING:
        known = reading.pos(source) == "NOUN" and noun_of(reading.lower(source), _SAYERS) is not None
        informed = noun_of(reading.lower(source), _INFORMANTS) is not None and reading.pos(teller) == "PROPN"
        if cue + 1 != word or not known or not (informed or _outlet(reading, teller)):
            return None  # "the weekly reports from the border", "Novak reports from two sources"
    return teller, source, (cue, word + 1)


def _learns(reading: Reading, at: int, word: int) -> bool:
    lower = reading.lower(at)
    if lower in _HAVING:
        return at + 2 == word and reading.lower(at + 1) in _IT
    told = reading.pos(at) in ("VERB", "AUX") or lower in (
        "reports",
        "hears",
    )  # "Tass reports" may pass for nouns
    return told and verb_of(lower, _LEARNING | _FROM_PEOPLE) is not None


def _was_told(reading: Reading, word: int, first: int, last: int) -> tuple[int, int, WordSpan] | None:
    """Teller, source and cue of "…, the weekly was told by two clerks": told to an outlet, which tells it on."""
    cue = word - 1
    if verb_of(reading.lower(cue), _TELLING) is None or not syntax.is_passive(reading, cue):
        return None
    start = cue
    while start > first and reading.pos(start - 1) in ("AUX", "ADV"):
        start -= 1
    teller = _name_before(reading, start, first)
    source = head_after(reading, word + 1) if word + 1 < last else None
    if teller is None or source is None or source >= last or not _outlet(reading, teller):
        return None
    return teller, source, (cue, word + 1)


def _name_before(reading: Reading, end: int, first: int) -> int | None:
    """The noun of a name that ends right before a word, after a comma or at the head of the clause."""
    start = end
    while (
        start > first
        and end - start < _NAMES
        and (reading.pos(start - 1) in _NAME or reading.lower(start - 1) in _JOINING)
    ):
        start -= 1
    stop = next((at for at in range(start + 1, end) if reading.pos(at) == "ADP"), end)
    nouns = [at for at in range(start, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else None


def _speaks(reading: Reading, head: int) -> bool:
    """Somebody who can speak: a name, or a noun of people, bodies and papers."""
    return reading.pos(head) == "PROPN" or noun_of(reading.lower(head), _SAYERS | _OUTLETS) is not None


def _is_record(reading: Reading, head: int) -> bool:
    """A law, a fact or a ground, which nobody speaks by."""
    return noun_of(reading.lower(head), _RECORDS) is not None


def _outlet(reading: Reading, head: int) -> bool:
    """A paper or station by its noun, or a name of a body."""
    if reading.pos(head) == "PROPN":
        return reading.entity_at(head) not in ("PER", "LOC", "GPE")
    return noun_of(reading.lower(head), _OUTLETS) is not None


def _with_source(
    reading: Reading, found: list[Candidate], teller: int, source: int, cue: WordSpan
) -> list[Candidate]:
    """What is told there with its source and teller; made where nothing else reports it."""
    mine = [each for each in found if cue[0] <= each.cue < cue[1] or _by_them(each, teller, source)]
    around = [each for each in mine if any(a <= cue[0] < b for a, b in each.content)]
    mine = [each for each in mine if each not in around]
    if not mine and (words := _told(reading, teller, source, cue)) is not None:
        mine = [Candidate(cue=cue[0], base="learn", stance="asserts", content=[words], rule="verb")]
        found = [*(each for each in found if each not in around), *mine]
    for each in mine:
        each.holder, each.holder_words, each.agentless, each.addressee = source, None, False, None
        if teller not in each.relay:
            each.relay.append(teller)
    return found


def _by_them(candidate: Candidate, teller: int, source: int) -> bool:
    return candidate.holder in (teller, source) and abs(candidate.cue - source) < _FAR


def _told(reading: Reading, teller: int, source: int, cue: WordSpan) -> WordSpan | None:
    """The clause behind "that", else the one that stands before a comma and the teller."""
    first, last = syntax.sentence(reading, cue[0])
    _, end = reading.phrase(source)
    for at in range(source + 1, min(last, max(end, source + 1) + 2)):
        if reading.lower(at) == "that":
            stop = next((to for to in range(at, last) if reading.word(to) == ";"), last)
            return trim(reading, (at + 1, stop))
    begin = reading.phrase(teller)[0]
    while begin - 1 > first and reading.pos(begin - 1) in _NAME:  # the tree may hang a name by its first word
        begin -= 1
    if begin - 1 <= first or reading.word(begin - 1) != ",":
        return None
    start = max((at + 1 for at in range(first, begin - 1) if reading.word(at) in _STOPS), default=first)
    stop = next((at for at in range(source, last) if reading.word(at) == ";"), last)
    behind = next((at for at in range(source, stop) if reading.word(at) == ","), stop)
    for words in (trim(reading, (start, begin - 1)), trim(reading, (behind, stop))):
        if any(reading.pos(at) in ("VERB", "AUX") for at in range(*words)):
            return words
    return None


def _owned(reading: Reading, candidate: Candidate) -> None:
    """ "Kommersant's sources think that": the paper whose sources they are tells of it."""
    assert candidate.holder is not None
    if noun_of(reading.lower(candidate.holder), _INFORMANTS) is None:
        return
    for child in reading.children(candidate.holder):
        named = reading.pos(child) == "PROPN" and reading.entity_at(child) not in ("LOC", "GPE")
        if reading.deprel(child) == "nmod:poss" and named:
            candidate.relay.append(child)


def _had_saying(reading: Reading, candidate: Candidate) -> None:
    """ "The agency had a source saying that": the speaker stands between "had" and a form in -ing."""
    holder = candidate.holder
    assert holder is not None
    if not holder < candidate.cue or not reading.lower(candidate.cue).endswith("ing"):
        return
    if reading.lower(holder + 1) in _HAVING and all(
        reading.pos(at) in _NAME for at in range(holder + 2, candidate.cue)
    ):
        if holder + 2 < candidate.cue:  # the tree takes who has him saying it for the speaker
            candidate.relay.append(holder)
            candidate.holder, candidate.holder_words = candidate.cue - 1, None
        return
    begin = holder
    while begin > 0 and holder - begin < _NAMES and reading.pos(begin - 1) in _NAME:
        begin -= 1
    if begin < 2 or reading.lower(begin - 1) not in _HAVING:
        return
    teller = _name_before(reading, begin - 1, syntax.sentence(reading, holder)[0])
    if teller is not None and teller != holder:
        candidate.relay.append(teller)


def _of_teller(reading: Reading, candidate: Candidate) -> None:
    """ "The daily, which had it from the police": whom the teller's relative clause names as its source speaks."""
    teller = candidate.holder
    assert teller is not None
    _, last = syntax.sentence(reading, teller)
    for at in range(teller + 1, min(last - 2, teller + _FAR)):
        if reading.lower(at) == "whose" and noun_of(reading.lower(at + 1), _INFORMANTS) is not None:
            candidate.relay.append(teller)
            candidate.holder, candidate.holder_words = at + 1, None
            return
        if reading.lower(at) in ("which", "who", "itself") or reading.word(at) == ",":
            phrase = next((each for each in _RESTING if reads(reading, at + 1, each)), None)
            if phrase is None or reading.lower(at + 1 + len(phrase)) == "by":
                continue  # "a deputy, interviewed by the agency": he speaks himself
            if reading.lower(at) == "who" and not _outlet(reading, teller):
                return  # "a diplomat, who spoke to Xinhua": he is the source
            source = head_after(reading, at + 1 + len(phrase))
            if source is None or source >= last or source == teller:
                return
            cites = verb_of(phrase[-1], _CITING) is not None
            if not (_speaks(reading, source) or (cites and not _is_record(reading, source))):
                return
            if any(a <= at < b for a, b in candidate.content):
                return
            candidate.relay.append(teller)
            candidate.holder, candidate.holder_words = source, None
            return
        if reading.pos(at) in ("VERB", "AUX") or reading.word(at) in _STOPS:
            return


def _of_source(reading: Reading, candidate: Candidate) -> None:
    """ "An envoy, overheard by the agency", "an aide whom the weekly interviewed", "seen by two papers"."""
    source = candidate.holder
    assert source is not None
    _, last = syntax.sentence(reading, source)
    for at in range(source + 1, min(last - 2, source + _FAR)):
        if at == candidate.cue or any(a <= at < b for a, b in candidate.content):
            return
        lower = reading.lower(at)
        if lower == "whom":
            candidate.relay.extend(_asker(reading, at, last, source))
            return
        if verb_of(lower, _INTERVIEWING) is not None and reading.lower(at + 1) in ("by", "on", "over", "in"):
            teller = head_after(reading, at + 2)
            if teller is None or teller >= last or teller == source or not _speaks(reading, teller):
                return
            if reading.lower(at + 1) == "by" or reading.entity_at(teller) not in ("LOC", "GPE"):
                candidate.relay.append(teller)
            return
        if reading.pos(at) in ("VERB", "AUX") or reading.word(at) in _STOPS:
            return


def _asker(reading: Reading, whom: int, last: int, source: int) -> list[int]:
    """Who stands as the subject between "whom" and its verb."""
    verb = next(
        (at for at in range(whom + 1, min(last, whom + _NAMES)) if reading.pos(at) in ("VERB", "AUX")), None
    )
    if verb is None:
        return []
    teller = _name_before(reading, verb, whom + 1)
    return [] if teller is None or teller == source or not _outlet(reading, teller) else [teller]
