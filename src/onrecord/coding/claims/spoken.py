"""Claims beyond the lexicon: the model's attribution spans, and quotations that go on without a cue.

Requires the candidates found so far. The model's spans become candidates where no rule has one over the same
words; their stance comes from the cue word where the lexicon knows it. A quotation without a cue of its own
belongs to the speaker of the quotation before it in the same paragraph, or of the paragraph that it continues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims import cue_verbs
from onrecord.coding.claims.according import trim
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.claims.passives import house, received_at
from onrecord.coding.claims.quotes import Quotation
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Attribution, Reading

WordSpan = tuple[int, int]

_MIN_QUOTED = 3
_VERB = 3  # words from a speaker to the end of the verb
_DEEDS = frozenset(("call", "refuse", "decline", "show", "recall", "hit", "shoot", "make", "let"))
_QUIZZED = frozenset(("asked", "quizzed", "pressed", "questioned"))
_ORDERS = frozenset(("tell", "ask"))
_BE = frozenset(("is", "are", "was", "were", "been", "being", "be"))
_SPOKEN_TO = frozenset(("tell", "inform", "advise", "notify", "warn", "assure", "remind"))
_TELLING = frozenset(("asserts", "confirms", "denies", "assesses", "promises", "threatens", "predicts"))
_ACTED = frozenset(
    (
        "SANCTION",
        "COERCE",
        "ASSAULT",
        "MOBILIZE",
        "CONSULT",
        "AID",
        "COOPERATE",
        "RETREAT",
        "PROTEST",
        "AGREE",
    )
)


def from_model(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """The model's attributions that no candidate covers."""
    made: list[Candidate] = []
    for attribution in reading.attributions:
        if not attribution.content or not attribution.cue:
            continue
        content = list(attribution.content)
        if not attribution.source and reading.lower(attribution.cue[0][0]) in _QUIZZED:
            continue  # "Asked whether …": a question that nobody asks on record
        if any(_overlap(content, other.content) or _head_only(content, other) for other in (*found, *made)):
            continue
        cue = attribution.cue[0]
        if any(
            each.base == "ask" and each.rule == "declined" and _answers(reading, each, cue[0])
            for each in found
        ):
            continue
        if any(each.told and each.rule == "declined" and cue[0] <= each.cue < cue[1] for each in found):
            continue  # "a charge Minsk dismisses as invention": what it answers is on record
        base, stance = _cue_stance(reading, attribution.cue)
        if not _reports(reading, attribution, base):
            continue
        holder = _head(reading, attribution.source[0]) if attribution.source else None
        holder = syntax.relative_head(reading, holder)
        source = attribution.source[0] if attribution.source else None
        if holder is not None and any(_is_told(reading, at, holder) for at in range(*cue)):
            holder, source = None, None
        if holder is None:
            places = (_house(reading, at) or received_at(reading, at) for at in range(*cue))
            holder = next((place for place in places if place is not None), None)
        made.append(
            Candidate(
                cue=cue[0],
                base=base,
                stance=stance,
                content=content,
                holder=holder,
                holder_words=source,
                cue_words=cue,
                agentless=holder is None,
                rule="model",
            )
        )
    return made


def _head_only(content: list[WordSpan], other: Candidate) -> bool:
    """ "A diplomat expects", of "A diplomat expects no change, the daily reports": the speaker and the verb alone."""
    words = {at for span in content for at in range(*span)}
    return bool(other.relay) and other.holder in words and max(words) == other.cue <= other.holder + _VERB


def _is_told(reading: Reading, cue: int, noun: int) -> bool:
    """ "The chargé was told that": he is spoken to, and nobody is named who speaks."""
    return (
        verb_of(reading.lower(cue), _SPOKEN_TO) is not None
        and syntax.is_passive(reading, cue)
        and syntax.patient(reading, cue) == noun
        and any(reading.lower(at) in _BE for at in range(noun + 1, cue))
    )


def widen(reading: Reading, found: list[Candidate]) -> None:
    """Let a content that the tree cuts short reach as far as the model's, short of the next candidate's."""
    for candidate in found:
        if len(candidate.content) != 1 or candidate.rule not in ("verb", "declined"):
            continue
        start, end = candidate.content[0]
        for attribution in reading.attributions:
            if not any(a <= candidate.cue < b for a, b in attribution.cue) or len(attribution.content) != 1:
                continue
            first, last = attribution.content[0]
            taken = any(end <= other.content[0][0] < last for other in found if other is not candidate)
            if first <= start + 1 and end < last and not taken and not start < candidate.cue < last:
                candidate.content = [(start, last)]


def lend_holders(reading: Reading, found: list[Candidate]) -> None:
    """Who speaks by the model's source of the same cue: where the tree shows no subject, or a doubtful one.

    Doubtful is a subject that the cue shares with another verb, or that stands in what somebody else says. A
    pronoun, and whom the words are addressed to, tell nothing that the tree does not.
    """
    for candidate in found:
        if candidate.agentless or candidate.told or candidate.rule not in ("verb", "declined"):
            continue
        if candidate.holder is not None and not _doubtful(reading, candidate, found):
            continue
        for attribution in reading.attributions:
            if not attribution.source or not any(a <= candidate.cue < b for a, b in attribution.cue):
                continue
            words = attribution.source[0]
            head = _head(reading, words)
            if candidate.holder is not None and (
                reading.pos(head) not in ("NOUN", "PROPN")
                or words[0] <= candidate.holder < words[1]
                or head == candidate.addressee
                or syntax.relation(reading, head) in ("obj", "iobj")
            ):
                continue
            candidate.holder_words, candidate.holder = words, head


def _doubtful(reading: Reading, candidate: Candidate, found: list[Candidate]) -> bool:
    holder = candidate.holder
    assert holder is not None
    if reading.pos(holder) == "PRON":
        return False
    own = syntax.parent(reading, holder) == candidate.cue
    inside = any(
        a <= holder < b and not a <= candidate.cue < b
        for other in found
        if other is not candidate and other.cue != candidate.cue
        for a, b in other.content
    )
    return inside or not own


def _house(reading: Reading, verb: int) -> int | None:
    """Where it is said, of a passive with "it"."""
    it = any(reading.lower(child) == "it" for child in syntax.kids(reading, verb, "expl", "nsubj"))
    return house(reading, verb) if it and syntax.is_passive(reading, verb) else None


def _answers(reading: Reading, question: Candidate, cue: int) -> bool:
    """The cue is that of an answer to a question which stays open."""
    first, last = syntax.sentence(reading, question.cue)
    return first <= question.cue < cue < last and not any(
        reading.word(at) == ";" for at in range(question.cue, cue)
    )


def _reports(reading: Reading, attribution: Attribution, base: str) -> bool:
    """The cue is a word of saying or thinking, not the name of a deed ("recalled", "ordered out", "called in")."""
    if base in _DEEDS or (base in _ORDERS and reading.lower(attribution.content[0][0]) == "to"):
        return False
    start, end = attribution.cue[0][0], attribution.cue[-1][1]
    if any(
        mention.trigger[0] < end and start < mention.trigger[1]
        for mention in reading.events
        if mention.type in _ACTED
    ):
        return False
    told = {match.word for match in matches(reading)}
    if any(word in told for word in range(start, end)):
        return False
    if base != "model":
        return True
    words = [word for span in attribution.content for word in range(*span)]
    return (
        bool(attribution.source)
        and len(words) > 3
        and any(reading.pos(word) in ("VERB", "AUX") for word in words)
    )


def _overlap(one: list[WordSpan], two: list[WordSpan]) -> bool:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)
    return shared >= 0.3 * min(sum(b - a for a, b in one), sum(d - c for c, d in two))


def _head(reading: Reading, words: WordSpan) -> int:
    for word in range(*words):
        if not words[0] <= reading.head(word) < words[1]:
            return word
    return words[0]


def _cue_stance(reading: Reading, cues: tuple[WordSpan, ...]) -> tuple[str, str]:
    for start, end in cues:
        for word in range(start, end):
            verb = cue_verbs.entry(reading, word)
            if verb is not None:
                return verb.base, verb.stance
    return "model", "asserts"


def run_on(reading: Reading, found: list[Candidate], quoted: list[Quotation]) -> list[Candidate]:
    """Quotations that no candidate covers, for the speaker who was speaking."""
    made: list[Candidate] = []
    speakers = sorted(found, key=lambda each: each.content[0])
    for quotation in quoted:
        words = reading.words_in(quotation.span)
        if words[1] - words[0] < _MIN_QUOTED:
            continue
        for sentence in _sentences(reading, words):
            if sentence[1] - sentence[0] < _MIN_QUOTED or any(
                _overlap([sentence], each.content) or _says_how(each, sentence) for each in (*found, *made)
            ):
                continue
            speaker = _speaker(reading, speakers, quotation, sentence)
            if speaker is not None and speaker.holder is not None:
                made.append(_also_said(speaker, sentence))
    return made


def _says_how(answer: Candidate, words: WordSpan) -> bool:
    """ "A charge Minsk rejected as “pure fantasy”": the quotation tells how it is rejected."""
    return answer.told and answer.rule == "declined" and 0 < words[0] - answer.cue <= _VERB + 1


def _also_said(before: Candidate, words: WordSpan) -> Candidate:
    """A further content of who spoke before, on the same way to the report."""
    return Candidate(
        cue=before.cue,
        base="say",
        stance="asserts",
        content=[words],
        holder=before.holder,
        holder_words=before.holder_words,
        relay=list(before.relay),
        rule="run-on",
    )


def told_on(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """ "He was astonished, he said; his deputy had been buying carvings": what follows the semicolon is his word too,
    where no verb of its own reports it."""
    made: list[Candidate] = []
    for candidate in found:
        if candidate.rule != "verb" or candidate.stance not in _TELLING or candidate.holder is None:
            continue
        _, last = syntax.sentence(reading, candidate.cue)
        if any(end > candidate.cue for _, end in candidate.content):
            continue
        stop = next((at for at in range(candidate.cue, last) if reading.word(at) == ";"), None)
        if stop is None or any(_acts(reading, at) for at in range(candidate.cue + 1, stop)):
            continue
        end = next((at for at in range(stop + 1, last) if reading.word(at) == ";"), last)
        words = trim(reading, (stop + 1, end))
        if words[1] - words[0] < _MIN_QUOTED or not _tells(reading, words, (*found, *made)):
            continue
        made.append(_also_said(candidate, words))
    return made


def said_beside(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """ "It has offered to pay, an aide said, and will go on talking": what the model takes for the same speaker's
    word on the other side of the verb, where nobody else reports it."""
    made: list[Candidate] = []
    for candidate in found:
        if candidate.rule != "verb" or candidate.stance not in _TELLING or candidate.holder is None:
            continue
        for attribution in reading.attributions:
            if len(attribution.content) < 2 or not any(a <= candidate.cue < b for a, b in attribution.cue):
                continue
            for words in attribution.content:
                start, end = trim(reading, words)
                joined = start > 1 and reading.pos(start - 1) == "CCONJ" and reading.word(start - 2) == ","
                if start < candidate.cue or not joined or end - start < _MIN_QUOTED:
                    continue
                if any(_overlap([(start, end)], other.content) for other in (*found, *made)):
                    continue
                if any(reading.pos(at) in ("VERB", "AUX") for at in range(start, end)):
                    made.append(_also_said(candidate, (start, end)))
    return made


def _acts(reading: Reading, word: int) -> bool:
    """A verb, and no participle before a noun ("in a televised address")."""
    return reading.pos(word) == "VERB" and reading.deprel(word) != "amod"


def _tells(reading: Reading, words: WordSpan, found: tuple[Candidate, ...]) -> bool:
    """A clause with a verb, which nobody else reports and no quotation mark opens."""
    if any(_acts(reading, at) and cue_verbs.entry(reading, at) is not None for at in range(*words)):
        return False
    if any(
        a < words[1] and words[0] < b for each in found for a, b in (*each.content, (each.cue, each.cue + 1))
    ):
        return False
    return any(reading.pos(at) in ("VERB", "AUX") for at in range(*words))


def _sentences(reading: Reading, words: WordSpan) -> list[WordSpan]:
    found = []
    for start, end in reading.sentence_spans:
        a, b = max(start, words[0]), min(end, words[1])
        while b > a and reading.pos(b - 1) == "PUNCT":
            b -= 1
        if b > a:
            found.append((a, b))
    return found


def _speaker(
    reading: Reading, speakers: list[Candidate], quotation: Quotation, sentence: WordSpan
) -> Candidate | None:
    """Who was speaking last before, in this paragraph; who speaks next in it; who spoke when it was broken off."""
    text = reading.text
    before = [each for each in speakers if each.content[0][0] < sentence[0] and each.holder is not None]
    here = reading.start(sentence[0])
    start, end = reading.words_in(quotation.span)
    for each in speakers:  # "“We have paid. Now it is your turn,” she said": one quotation has one speaker
        inside_it = each.cue >= end and any(start <= a < end for a, _ in each.content)
        if inside_it and each.holder is not None and "\n" not in text[here : reading.start(each.cue)]:
            return each
    for each in reversed(before):
        place = reading.start(max(each.cue, each.content[0][0]))
        if "\n" not in text[place:here]:
            return each
        if quotation.continues and text[place:here].count("\n\n") + (text[place:here].count("\n") == 1) <= 1:
            return each
        break
    for each in speakers:
        if each.holder is not None and each.cue >= sentence[1]:
            between = text[here : reading.start(each.cue)]
            goes_on = not quotation.closed and _reopens(between)
            if "\n" not in between or goes_on:
                return each
            break
    return None


def _reopens(text: str) -> bool:
    """One paragraph ends and the next one opens the same quotation again."""
    parts = [part for part in text.split("\n") if part.strip()]
    return len(parts) == 2 and parts[1].lstrip()[:1] in '"“'
