"""Through whom the words came: citing, quoted by, "told Sky News, which …", "according to lawmakers it briefed".

Requires the candidates of a document. Completes holders and relays: where "the paper said, citing officials", the
officials hold it and the paper relays; where one report stands inside another, who tells the outer one relays. What a
speaker goes on to say in the sentences that follow keeps its relay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.according import head_after, trim
from onrecord.coding.claims.channels import channel
from onrecord.coding.claims.citations import Citation, citations, cited
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.claims.told_deeds import PRONOUNS, told_as_deed
from onrecord.coding.claims.vouched import on_the_word_of
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.once import once

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CITING = frozenset(load("reporting")["citing"])
_RECORDS = frozenset(load("reporting")["records"])
_SOUGHT = frozenset(("consult", "quote", "cite"))
_PERSONS = frozenset(("he", "she"))
_SAYING = frozenset(("say", "have", "add", "confirm", "tell", "warn", "write"))
_BESIDE = 7
_LONG_NAME = 4
_NEAR = 14  # words between a citing phrase and the speaker whom it is about


def relays(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Complete holders and relays: citing, quoted by, and one reporting clause inside another.

    An outer report of which nothing is left but the inner one is dropped.
    """
    for candidate in found:
        complete(reading, candidate)
        _cut_before_source(reading, candidate, found)
    found = [each for each in found if not _another_speaks(reading, each, found)]
    kept = []
    found = [
        each
        for each in found
        if not any(told_as_deed(reading, other, each) for other in found if other is not each)
    ]
    for candidate in found:
        inner = [other for other in found if other is not candidate and _wraps(reading, candidate, other)]
        if inner and candidate.stance == "asserts" and not candidate.negated:
            for other in inner:
                _hand_on(reading, candidate, other)
            if any(_covers(candidate, other) for other in inner):
                continue
        _retold(reading, candidate, found)
        kept.append(candidate)
    return kept


def _retold(reading: Reading, candidate: Candidate, found: list[Candidate]) -> None:
    """ "No note had come, the embassy said, and the ministry told it that …": the embassy relays what it was told."""
    told = candidate.addressee
    if candidate.relay or told is None or reading.lower(told) not in ("it", "him", "her", "them"):
        return
    first, _ = syntax.sentence(reading, candidate.cue)
    for other in found:
        ahead = other.rule == "verb" and first <= other.content[0][0] < other.cue < candidate.cue
        if (
            ahead
            and other.holder is not None
            and other.holder != candidate.holder
            and reading.word(other.cue + 1) == ","
        ):
            candidate.relay.append(other.holder)
            return


def _cut_before_source(reading: Reading, candidate: Candidate, found: list[Candidate]) -> None:
    """What somebody says ends before ", according to …" names who tells of it."""
    for other in found:
        if other.rule != "according" or other is candidate or other.base != "according":
            continue
        candidate.content = [
            trim(reading, (start, other.cue)) if start + 1 < other.cue < end else (start, end)
            for start, end in candidate.content
        ]


def _another_speaks(reading: Reading, candidate: Candidate, found: list[Candidate]) -> bool:
    """ "He told reporters it was possible, but the palace later denied that …": somebody else begins to speak there."""
    start = candidate.content[0][0]
    if start < max(candidate.cue, 2) or reading.word(start - 2) != ",":
        return False
    if reading.lower(start - 1) not in ("and", "but"):
        return False
    return any(
        other.rule == "verb"
        and other.holder is not None
        and reading.pos(other.holder) != "PRON"
        and reading.phrase(other.holder)[0] == start <= other.cue
        for other in found
        if other is not candidate
    )


def _hand_on(reading: Reading, outer: Candidate, inner: Candidate) -> None:
    if outer.holder is None:
        return
    if inner.holder is None:
        inner.holder, inner.agentless = outer.holder, False  # also "expect rain, he says"
        inner.relay += outer.relay
    elif reading.lower(inner.holder) not in PRONOUNS or _another(reading, outer.holder, inner.holder):
        if not any(a <= outer.holder < b for a, b in inner.content):
            inner.relay += [outer.holder, *outer.relay]
    elif _covers(outer, inner):
        inner.holder = (
            outer.holder
        )  # "it said it believed": a pronoun inside what somebody says is mostly the sayer


def _another(reading: Reading, speaker: int, pronoun: int) -> bool:
    """ "He denies all charges, his lawyer said": a pronoun before such a speaker is somebody else."""
    if pronoun > speaker or reading.lower(pronoun) not in _PERSONS:
        return False
    return any(reading.deprel(child) == "nmod:poss" for child in reading.children(speaker)) or any(
        reading.lower(child) in ("a", "an") for child in reading.children(speaker)
    )


def complete(reading: Reading, candidate: Candidate) -> None:
    """Give a candidate the holder and relay that "citing", "quoted by" or "quoted … as saying" names."""
    if candidate.relay:
        return
    citation = cited(reading, candidate.cue_words or (candidate.cue, candidate.cue + 1), candidate.holder)
    if citation is not None and (
        _swallows(candidate, citation) or not any(a <= citation.word < b for a, b in candidate.content)
    ):
        if not citation.names_with(candidate.holder):
            candidate.holder = citation.source
        candidate.holder_words, candidate.agentless = None, False
        candidate.relay.append(citation.teller)
        head = citation.source
        if head > citation.word >= reading.phrase(head)[0]:  # the tree takes both for one long name
            candidate.holder, candidate.holder_words = None, (citation.word + 1, head + 1)
        _put_right(reading, candidate, citation)
        return
    sentence = syntax.sentence(reading, candidate.cue)
    understood = {each.word for each in citations(reading, sentence)}
    for word in _citing(reading, sentence):
        if word in understood or _parted(reading, word, candidate.cue):
            continue
        source, relay = _parts(reading, word, sentence)
        if source is not None and reading.lower(source) in ("what", "which"):
            continue  # "citing what it called proof"
        if reading.lower(word).endswith("ing") and _beside(reading, candidate, word):
            relay = (
                candidate.holder if relay in (None, source) or _after_cue(reading, candidate, word) else relay
            )
        if source is None or source == relay:
            continue
        if _concerns(reading, candidate, word, source, relay):
            if (
                candidate.holder in (None, relay)
                or candidate.cue == word
                or (relay is not None and _one_name(reading, relay, candidate.holder))
            ):
                candidate.holder, candidate.agentless = source, False
                candidate.holder_words = None
            if relay is not None:
                candidate.relay.append(relay)
            return
    on_the_word_of(reading, candidate, sentence)
    _reported_of(reading, candidate)
    if not candidate.relay and candidate.holder is not None:
        _quoted_in_passing(reading, candidate)
    if not candidate.relay and candidate.rule in ("verb", "declined", "model"):
        candidate.relay.extend(channel(reading, candidate, sentence))


def _put_right(reading: Reading, candidate: Candidate, citation: Citation) -> None:
    """What is said, where the tree takes who cites and who is cited for it: "A clerk, quoted by Tass, said …" goes on
    behind the verb, "…, Tass quoted a clerk as saying" stands before."""
    start, _ = candidate.content[0]
    if not _swallows(candidate, citation):
        return
    first, last = syntax.sentence(reading, candidate.cue)
    behind = trim(reading, (candidate.cue + 1, last))
    if behind[1] - behind[0] > 1:
        candidate.content = [behind]
    elif start - 1 > first and reading.word(start - 1) == ",":
        candidate.content = [trim(reading, (first, start - 1))]


def _swallows(candidate: Candidate, citation: Citation) -> bool:
    """Who cites stands in what is taken for the content before the verb of saying."""
    start, end = candidate.content[0]
    inside = start <= citation.teller < end <= candidate.cue and start <= citation.word < end
    return len(candidate.content) == 1 and inside


@once
def _citing(reading: Reading, sentence: WordSpan) -> tuple[int, ...]:
    """The citing verbs of a sentence."""
    return tuple(word for word in range(*sentence) if verb_of(reading.lower(word), _CITING) is not None)


def _beside(reading: Reading, candidate: Candidate, word: int) -> bool:
    """The cue stands right before the citing phrase: "reported on Friday, citing …"."""
    return syntax.parent(reading, word) == candidate.cue or 0 < word - candidate.cue < _BESIDE


def _after_cue(reading: Reading, candidate: Candidate, word: int) -> bool:
    """ "…, the daily said, quoting an aide": nothing but a comma and adverbs stands between the cue and the phrase."""
    return candidate.cue < word and all(
        reading.pos(at) in ("PUNCT", "ADV", "PROPN", "ADP", "NUM") for at in range(candidate.cue + 1, word)
    )


def _reported_of(reading: Reading, candidate: Candidate) -> None:
    """ "He is reported as saying": the reporting verb above has the sayer as object or subject."""
    if verb_of(reading.lower(candidate.cue), _SAYING) is None:
        return
    head = syntax.parent(reading, candidate.cue)
    if head is not None and verb_of(reading.lower(head), frozenset(("report",))):
        holder = syntax.patient(reading, head)
        if holder is not None and syntax.marker(reading, candidate.cue) == "as":
            relay = syntax.agent(reading, head)
            candidate.holder = holder
            if relay is not None:
                candidate.relay.append(relay)


def _quoted_in_passing(reading: Reading, candidate: Candidate) -> None:
    """ "A source, whom two papers quote, …": who quotes relays. "The paper, which quoted diplomats": they hold it."""
    assert candidate.holder is not None
    for child in syntax.kids(reading, candidate.holder, "acl"):
        by = syntax.obliques(reading, child, "by")
        if by and verb_of(reading.lower(child), _SOUGHT) is not None and child > candidate.holder:
            candidate.relay.append(by[0])
            return
        if verb_of(reading.lower(child), _CITING) is None or not reading.deprel(child).endswith("relcl"):
            continue
        subject = syntax.subject(reading, child)
        if subject is None:
            continue
        if reading.lower(subject) not in ("which", "who", "that"):
            candidate.relay.append(subject)
        elif (source := _quoted_after(reading, child)) is not None:
            candidate.relay.append(candidate.holder)
            candidate.holder = source
        return


def _quoted_after(reading: Reading, verb: int) -> int | None:
    """Who is quoted by a verb: its object, or the noun after it that the tree takes for a second subject."""
    found = [child for child in syntax.kids(reading, verb, "obj", "nsubj") if child > verb]
    return found[0] if found and not noun_of(reading.lower(found[0]), _RECORDS) else None


def _parts(reading: Reading, word: int, sentence: WordSpan) -> tuple[int | None, int | None]:
    """Who is cited by a citing verb, and who cites him."""
    first, last = sentence
    lower = reading.lower(word)
    if lower.endswith("ing"):
        quoted = word + 1 >= last or reading.word(word + 1)[:1] in '"“'  # "citing “sabotage”": a ground
        source = None if quoted else head_after(reading, word + 1)
        if source is not None and noun_of(reading.lower(source), _RECORDS):
            return None, None
        return source, _citer(reading, word, sentence)
    after = reading.lower(word + 1) if word + 1 < last else ""
    if after in ("by", "in", "on"):
        relay = head_after(reading, word + 2) if word + 2 < last else None
        return _cited_before(reading, word, first), relay
    if syntax.is_passive(reading, word) or (
        after == "as" and reading.lower(word - 1) in ("was", "were", "is", "are")
    ):
        by = [child for child in syntax.obliques(reading, word, "by", "in", "on") if child > word]
        return _cited_before(reading, word, first), by[0] if by else None
    if reading.lower(word - 1) in ("which", "who") and (before := _named_before(reading, word - 1, first)):
        return _quoted_after(reading, word), before
    saying = any(reading.lower(at) == "as" for at in range(word + 1, min(last, word + 16)))
    source = syntax.patient(reading, word) if saying else None
    if saying and source is None:
        source = head_after(reading, word + 1)
    relay = syntax.subject(reading, word)
    return (source if source is not None and source > word else None), syntax.relative_head(reading, relay)


def _named_before(reading: Reading, pronoun: int, first: int) -> int | None:
    """The noun for which "which" or "who" stands, right before it or before a comma."""
    at = pronoun - 1 if reading.word(pronoun - 1) != "," else pronoun - 2
    if at < first or reading.pos(at) not in ("NOUN", "PROPN"):
        return None
    head = syntax.parent(reading, at)
    return head if head is not None and first <= head < at and reading.deprel(at) == "flat" else at


def _cited_before(reading: Reading, word: int, first: int) -> int | None:
    """ "A spokesman, quoted by Interfax", "officials were quoted as saying"."""
    subject = syntax.subject(reading, word, passive=True)
    if subject is not None and subject < word:
        return syntax.relative_head(reading, subject)
    head = syntax.parent(reading, word)
    if head is not None and head < word and reading.pos(head) in ("NOUN", "PROPN"):
        return head
    return next(
        (at for at in range(word - 1, max(first, word - _NEAR) - 1, -1)
         if reading.deprel(at) in ("nsubj", "nsubj:pass") and reading.pos(at) in ("NOUN", "PROPN", "PRON")), None
    )  # fmt: skip


def _citer(reading: Reading, word: int, sentence: WordSpan) -> int | None:
    """Who does the citing: the subject of the clause, or the noun before the comma ("the agency, citing …")."""
    head = syntax.parent(reading, word)
    if head is not None and reading.pos(head) in ("NOUN", "PROPN") and head < word:
        return head
    if reading.word(word - 1) == "," and reading.entity_at(word - 2) == "ORG":
        last = word - 2
        while (
            (above := syntax.parent(reading, last)) is not None
            and reading.entity_at(above) == "ORG"
            and above < word
        ):
            last = above
        return last
    subject = syntax.agent(reading, word)
    if subject is not None:
        return subject
    if head is not None:
        return syntax.agent(reading, head)
    return None


def _concerns(reading: Reading, candidate: Candidate, word: int, source: int, relay: int | None) -> bool:
    """The citing phrase is about this candidate: its speaker cites or is cited, or it is what is cited."""
    if any(a <= word < b for a, b in candidate.content):
        return False
    if candidate.cue == word or syntax.parent(reading, candidate.cue) == word:
        return True
    holder = candidate.holder
    if (
        holder is not None
        and reading.lower(word + 1) in ("by", "in", "on")
        and not reading.lower(word).endswith("ing")
    ):
        between = range(holder + 1, word)
        return 0 < word - holder < _NEAR and not any(reading.word(at) in ";:" for at in between)
    if holder is None:
        return candidate.rule in ("model", "verb") and abs(candidate.cue - word) < _NEAR
    if holder == source:
        return abs(candidate.cue - word) < 2 * _NEAR or abs(holder - word) < _NEAR
    return relay is not None and source != holder and _one_name(reading, relay, holder)


def _one_name(reading: Reading, one: int, two: int) -> bool:
    """The same word, or words of one name that the tree hangs apart: "the news portal Confidencial"."""
    return abs(one - two) < _LONG_NAME and all(
        reading.pos(at) in ("NOUN", "PROPN") for at in range(min(one, two), max(one, two))
    )


def _wraps(reading: Reading, outer: Candidate, inner: Candidate) -> bool:
    if inner.rule in ("adverb", "noun", "according") or inner.told or not _holds(outer, inner.cue):
        return False
    if _parted(reading, outer.cue, inner.cue):
        return False
    if outer.rule == "according":
        return _around(reading, outer, inner)
    if inner.holder is not None and _aside(reading, inner.cue, inner.holder, outer):
        return False
    head: int | None = inner.cue
    steps = 0
    while head is not None and steps < 2:
        relation = syntax.relation(reading, head)
        parent = syntax.parent(reading, head)
        if parent == outer.cue and relation in ("ccomp", "xcomp"):
            return any(a <= inner.cue < b for a, b in outer.content)
        if relation not in ("conj", "xcomp"):
            return _around(reading, outer, inner)
        head, steps = parent, steps + 1
    return _around(reading, outer, inner)


def _around(reading: Reading, outer: Candidate, inner: Candidate) -> bool:
    """ "X denies it, Y reported": who speaks, the cue and what is said all stand inside what Y says."""
    if inner.holder is None or outer.holder is None:
        return False
    if reading.lower(inner.holder) in PRONOUNS and not _another(reading, outer.holder, inner.holder):
        return False
    if _parted(reading, outer.cue, inner.cue) or _aside(reading, inner.cue, inner.holder, outer):
        return False
    words = [inner.cue, *(at for a, b in inner.content for at in (a, b - 1))]
    if not _put_in(reading, outer):
        words.append(inner.holder)
    elif not inner.holder < outer.holder < inner.cue:
        return False
    return all(any(a <= word < b for a, b in outer.content) for word in words)


def _holds(outer: Candidate, word: int) -> bool:
    return any(start <= word < end for start, end in outer.content)


def _parted(reading: Reading, one: int, two: int) -> bool:
    """A semicolon outside of quotation marks stands between: "Mali says it was first; Togo replies …"."""
    inside = False
    for at in range(min(one, two), max(one, two)):
        mark = reading.word(at)
        inside = inside != (mark[:1] in '"“”')
        if mark == ";" and not inside:
            return True
    return False


def _aside(reading: Reading, cue: int, holder: int, outer: Candidate) -> bool:
    """The inner cue heads no clause that the outer speaker puts forward, but one that hangs on a word of it."""
    if any(reading.lower(at) == "whose" for at in reading.children(holder)):
        return True
    word: int | None = cue
    while word is not None and word != outer.cue and any(a <= word < b for a, b in outer.content):
        relation = syntax.relation(reading, word)
        if relation in ("acl", "advcl", "amod") and syntax.marker(reading, word) != "that":
            return True
        word = syntax.parent(reading, word)
    return False


def _put_in(reading: Reading, outer: Candidate) -> bool:
    """ "Germany, two diplomats said, made it known …": subject and verb of the outer report stand between commas."""
    if outer.holder is None or outer.rule != "verb":
        return False
    start, end = min(reading.phrase(outer.holder)[0], outer.cue), max(outer.cue, outer.holder) + 1
    if end < len(reading) and reading.deprel(end) == "compound:prt":
        end += 1
    return start > 0 and end < len(reading) and reading.word(start - 1) == "," and reading.word(end) == ","


def _covers(outer: Candidate, inner: Candidate) -> bool:
    """The inner report, from its speaker to the end of what is said, makes up most of the outer content."""
    start = min(
        inner.cue, inner.holder if inner.holder is not None else inner.cue, *(a for a, _ in inner.content)
    )
    end = max(inner.cue + 1, *(b for _, b in inner.content))
    return end - start >= 0.6 * sum(b - a for a, b in outer.content)
