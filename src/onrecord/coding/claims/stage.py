"""Claims: who is said to hold what, through whom, towards whom, how sure, and on what condition.

Requires events, the resolver, and the model's attribution spans. Gives ``draft.claims``. The lexicon and the tree
come first (``reporting``, ``according``), because they know what a cue does; the model's spans give the claims
whose cues no lexicon lists, and the quotations that go on without a cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.claims import according, declining, relays, reporting
from onrecord.coding.claims.certainty import certainty_of, judgment_on
from onrecord.coding.claims.conditions import conditions, without
from onrecord.coding.claims.cue_verbs import Candidate
from onrecord.coding.claims.floor import Floor
from onrecord.coding.claims.framed import framed
from onrecord.coding.claims.grounds import grounds
from onrecord.coding.claims.headed import headed
from onrecord.coding.claims.heard import Heard
from onrecord.coding.claims.indirect import goes_on, looks_ahead
from onrecord.coding.claims.laid import laid
from onrecord.coding.claims.otherwise import otherwise
from onrecord.coding.claims.own_voice import own_voice
from onrecord.coding.claims.parted import parted
from onrecord.coding.claims.plain import plain_stance
from onrecord.coding.claims.pointing import pointing
from onrecord.coding.claims.quotes import Quotation, inside, quotations
from onrecord.coding.claims.sides import sides_of
from onrecord.coding.claims.sifting import kept
from onrecord.coding.claims.silence import silences
from onrecord.coding.claims.sourced import sourced
from onrecord.coding.claims.speakers import actor_of, name_later, speaker_in, speaks, spell
from onrecord.coding.claims.spoken import from_model, lend_holders, run_on, said_beside, told_on, widen
from onrecord.coding.claims.stance import stance_of
from onrecord.coding.claims.stance_context import charged, context
from onrecord.coding.claims.stance_features import features
from onrecord.coding.claims.stance_model import choose
from onrecord.coding.claims.tails import tails
from onrecord.coding.claims.vectors import odds, vector
from onrecord.coding.claims.wedged import wedged
from onrecord.coding.claims.withheld import withheld
from onrecord.coding.draft import UNTOLD
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.model.records import Claim

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CONDITIONAL = frozenset(
    ("threatens", "promises", "predicts", "demands", "declines", "asserts", "assesses", "questions")
)

_GRANTED = frozenset(
    "request requests application applications accreditation accreditations visa visas entry access permission "
    "asylum bail right rights passage credentials appeal appeals leave".split()
)
_BACK = frozenset(
    "charge charges accusation accusations allegation allegations claim claims report reports explanation suggestion "
    "suggestions story version involvement link connection responsibility part hand role".split()
)
_THIS = frozenset(("it", "this", "that", "them", "so"))
_TOLD = frozenset(("verb", "declined"))  # rules whose holder is a subject
_ENVOYS = frozenset(("diplomat", "ambassador", "envoy", "delegate", "official", "source", "person"))
_SHORT = 60  # code points of a content that only points back
_ANSWERED = 2  # paragraphs back
_REACH = 5  # words of the object in which the thing not granted stands


def code(draft: Draft) -> None:
    """Put every reported proposition on record."""
    for each in kept(draft, list(heard(draft))):
        _record(draft, each)
    name_later(draft)
    spell(draft)
    _answer(draft)


def heard(draft: Draft) -> Iterator[Heard]:
    """Every reported proposition, in the order of the text, with its holder and what tells its stance."""
    quoted = quotations(draft.document.text)
    floor = Floor(draft)
    last: Heard | None = None
    accused: set[str] = set()
    for candidate in _candidates(draft, quoted):
        if _withheld(draft.reading, candidate) or _ordered(draft.reading, candidate):
            continue
        if draft.section_of(candidate.content[0][0]) not in UNTOLD:
            found = _heard(draft, candidate, quoted, floor, last, accused)
            if found is not None:
                last = found
                accused |= charged(found)
                yield found


def _candidates(draft: Draft, quoted: list[Quotation]) -> list[Candidate]:
    reading = draft.reading
    found = reporting.candidates(reading) + according.phrases(reading) + according.nouns(reading)
    found += according.adverbs(reading) + declining.fixed_forms(reading)
    kept_back = silences(reading)
    found = [each for each in found if not any(each.cue == other.cue for other in kept_back)] + kept_back
    found += pointing(reading) + headed(reading)
    found = parted(reading, tails(reading, framed(reading, laid(reading, found))))
    fronted = withheld(reading)
    found = [each for each in found if not any(_within(each, refusal) for refusal in fronted)] + fronted
    lend_holders(reading, found)
    found = wedged(reading, found)
    found = relays.relays(reading, found) + grounds(reading)
    found = _distinct(reading, found)
    threats = otherwise(reading, found)
    found = [each for each in found if not any(_same(each, threat) for threat in threats)] + threats
    widen(reading, found)
    spoken = from_model(reading, found)
    for candidate in spoken:
        relays.complete(reading, candidate)
    found = sourced(reading, found + spoken)
    found += said_beside(reading, found)
    found += told_on(reading, found)
    found += run_on(reading, found, quoted)
    found += looks_ahead(reading, found)
    found += goes_on(reading, found)
    found += own_voice(draft, found, quoted)
    found += [each for candidate in found for each in _partners(reading, candidate)]
    return sorted(found, key=lambda each: min(each.cue, each.content[0][0]))


def _partners(reading: Reading, candidate: Candidate) -> list[Candidate]:
    """ "Moscow and Minsk deny it": what several parties say by name each of them says."""
    if candidate.holder is None or reading.pos(candidate.holder) != "PROPN" or candidate.rule not in _TOLD:
        return []
    others = [
        each for each in syntax.conjuncts(reading, candidate.holder)[1:] if reading.pos(each) == "PROPN"
    ]
    if len(others) != 1 or reading.word(others[0] - 1) == ",":
        return []
    return [replace(candidate, holder=others[0], holder_words=None)]


def _within(candidate: Candidate, refusal: Candidate) -> bool:
    """The candidate is what the refusal at the end of a clause would be on its own."""
    start, end = refusal.cue_words or (refusal.cue, refusal.cue + 1)
    return start <= candidate.cue < end


def _withheld(reading: Reading, candidate: Candidate) -> bool:
    """ "Denied the request", "denied them entry": what is refused there is a thing to be granted, not a proposition."""
    if verb_of(reading.lower(candidate.cue), frozenset(("deny",))) is None:
        return False
    start, end = candidate.content[0]
    if reading.lower(start - 1) == "that" or reading.lower(start).endswith("ing"):
        return False
    # "denied the diplomats entry": the tree may end the object before the thing itself.
    stop = min(start + _REACH, max(end, start + 3), len(reading))
    return any(reading.lower(word) in _GRANTED for word in range(start, stop))


def _ordered(reading: Reading, candidate: Candidate) -> bool:
    """ "Told the two to pack": an order that takes a measure is the measure."""
    if verb_of(reading.lower(candidate.cue), frozenset(("tell",))) is None:
        return False
    start, end = candidate.content[0]
    to = "to" in (reading.lower(start), reading.lower(start - 1)) and reading.pos(start) in (
        "PART",
        "VERB",
        "AUX",
    )
    return to and any(start <= match.word < end for match in matches(reading))


def _distinct(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """One candidate a proposition: of two with mostly the same words the more telling cue stays."""
    kept: list[Candidate] = []
    rank = {"verb": 0, "declined": 0, "passive": 1, "impersonal": 2, "according": 3, "noun": 4, "adverb": 5}

    joined = [each.cue for each in found if reading.deprel(each.cue) in ("conj", "parataxis")]

    def telling(each: Candidate) -> tuple[bool, int, bool, bool]:
        as_told = syntax.marker(reading, each.cue) == "as"  # "…, as they had demanded"
        nearer = any(
            each.cue < cue < each.content[0][0] for cue in joined
        )  # "regretted it and denied that …"
        return not each.told, rank.get(each.rule, 6), as_told, nearer

    for candidate in sorted(found, key=telling):
        if not any(_same(candidate, other) and not _answers(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _answers(one: Candidate, two: Candidate) -> bool:
    """ "Denied a report by the weekly that …": what one denies the other has said; both are on record."""
    noun, other = (one, two) if one.rule == "noun" else (two, one)
    return (
        noun.rule == "noun"
        and other.stance in ("denies", "confirms", "questions", "declines")
        and noun.stance != other.stance
        and noun.holder is not None
        and noun.holder != other.holder
    )


def _same(one: Candidate, two: Candidate) -> bool:
    (a, b), (c, d) = one.content[0], two.content[0]
    shared = max(0, min(b, d) - max(a, c))
    return shared >= 0.6 * max(b - a, d - c)


def _heard(
    draft: Draft,
    candidate: Candidate,
    quoted: list[Quotation],
    floor: Floor,
    last: Heard | None,
    accused: Set[str],
) -> Heard | None:
    reading = draft.reading
    if _is_condition(draft, candidate):
        return None
    condition = _condition(draft, candidate)
    content = [without(span, condition) if condition else span for span in candidate.content]
    content = [_trimmed(reading, span) for span in content if span[1] > span[0]]
    if not content:
        return None
    candidate.content, candidate.condition = content, condition
    candidate.conditional = condition is not None
    before = tuple(floor.spoken)
    holder = floor.holder(candidate.holder)
    candidate.relay = floor.relayed(candidate.holder, candidate.relay)
    if holder is None and candidate.holder_words is not None:
        holder = speaker_in(draft, candidate.holder_words)
    holder = _own_voice(draft, candidate, holder)
    pronoun = candidate.holder is not None and reading.pos(candidate.holder) == "PRON"
    if holder is None and not candidate.agentless and not pronoun:
        return None
    sides = sides_of(draft, candidate, holder)
    candidate.plain = candidate.plain or plain_stance(draft, candidate, sides, last)
    ruled = candidate.plain or stance_of(reading, candidate, sides)
    within = inside(draft.span(content[0]), quoted)
    around = context(reading, candidate, sides, last, draft.sentence(content[0][0]), accused)
    names = features(reading, candidate, sides, ruled, within, around)
    named = sides.others | ({sides.subject} if sides.subject is not None else set())
    row = vector(reading, candidate)
    return Heard(candidate, holder, condition, before, within, names, ruled, row, named - {sides.holder})


def _is_condition(draft: Draft, candidate: Candidate) -> bool:
    """ "Should talks fail, says a source, …": the condition alone is not what he says."""
    start, end = candidate.content[0]
    spans = conditions(draft.reading, draft.sentence(start)) if len(candidate.content) == 1 else ()
    return any(a <= start <= a + 1 and b - 2 <= end <= b for a, b in spans)


def _trimmed(reading: Reading, words: WordSpan) -> WordSpan:
    """Without what stands around a clause; "that" for a thing said before stays ("calls that nonsense")."""
    thing = reading.lower(words[0]) == "that" and reading.deprel(words[0]) not in ("mark", "fixed", "case")
    start, end = syntax.trimmed(reading, words)
    return (words[0], end) if thing else (start, end)


def _own_voice(draft: Draft, candidate: Candidate, holder: str | None) -> str | None:
    """Who speaks where a state's own minister or ministry says what the state holds: they speak, and relay nothing."""
    if holder is None or not candidate.relay:
        return holder
    voice = actor_of(draft, candidate.relay[0]) if speaks(draft, candidate.relay[0]) else None
    if voice is None or voice == holder:
        return holder
    state, speaker = draft.actor(holder), draft.actor(voice)
    if (
        state.kind != "state"
        or speaker.kind not in ("person", "organ", "mission")
        or speaker.code != state.code
        or _anyone(draft.reading, candidate.relay[0])
    ):
        return holder
    candidate.relay = candidate.relay[1:]
    return voice


def _anyone(reading: Reading, speaker: int) -> bool:
    """ "A diplomat", "an ambassador": whose he is has to be told, and is not."""
    return (
        reading.lower(reading.phrase(speaker)[0]) in ("a", "an")
        and noun_of(reading.lower(speaker), _ENVOYS) is not None
    )


def _record(draft: Draft, heard: Heard) -> None:
    candidate, condition = heard.candidate, heard.condition
    stance = heard.ruled
    if (
        candidate.rule not in ("declined", "otherwise") and candidate.plain is None
    ):  # a fixed form says plainly what it does
        stance = choose(heard.features, heard.ruled, odds(draft.reading.model, "stance", heard.vector))
    spans = [draft.span(span) for span in candidate.content]
    judgment = judgment_on(draft.reading, candidate.content[0][0])
    cue = draft.span(candidate.cue_words or (candidate.cue, candidate.cue + 1))
    claim = Claim(
        id=draft.new_id("claim"),
        holder=heard.holder,
        relay=_relays(draft, candidate, heard.holder),
        addressee=actor_of(draft, _addressed(candidate)),
        cue=cue,
        content=spans,
        quoted=heard.quoted,
        stance=stance,
        condition=draft.span(condition) if condition else None,
        certainty=certainty_of(
            draft.document.text,
            spans,
            stance,
            cue,
            candidate.hedged,
            draft.span(draft.clause(candidate.cue)),
            draft.span(judgment) if judgment else None,
        ),
        about=[event.id for event in draft.events_in(candidate.content[0])],
    )
    if condition is not None and claim.certainty is not None:
        claim.certainty.factuality = "U"
    if candidate.agentless and claim.certainty is not None and stance == "asserts":
        claim.certainty.factuality = "U"
    draft.claims.append(claim)
    by_rule = "" if stance == heard.ruled else f", by rule {heard.ruled}"
    draft.note(claim.id, "stance", f"{candidate.rule}: {candidate.base}{by_rule}")


def _addressed(candidate: Candidate) -> int | None:
    """Whom the words are addressed to: nobody who is part of what is said ("promised lists")."""
    word = candidate.addressee
    return None if word is None or any(a <= word < b for a, b in candidate.content) else word


def _relays(draft: Draft, candidate: Candidate, holder: str | None) -> list[str]:
    found = [actor_of(draft, relay) for relay in candidate.relay if speaks(draft, relay)]
    return list(dict.fromkeys(each for each in found if each is not None and each != holder))


def _condition(draft: Draft, candidate: Candidate) -> WordSpan | None:
    if candidate.condition is not None or candidate.stance not in _CONDITIONAL:
        return candidate.condition
    start, end = candidate.content[0]
    sentence = draft.sentence(start)
    for span in conditions(draft.reading, sentence):
        touching = start - 12 <= span[1] and span[0] <= max(end, candidate.cue + 1) + 3
        if any(draft.reading.word(at) == ";" for at in range(min(span[1], end), max(span[0], start))):
            continue
        inner = start < span[0] < end or (span[0] == start and span[1] < end - 1)
        beside = span[1] <= start or span[0] >= end
        touching = touching or (span[0] == sentence[0] and candidate.cue < start)
        if inner or (beside and touching and candidate.stance != "demands"):
            return span
    return None


def _answer(draft: Draft) -> None:
    """A denial whose content points back ("the charge", "any part in it") is about the claim that it answers."""
    for number, claim in enumerate(draft.claims):
        if claim.stance not in ("denies", "declines", "confirms", "questions") or not claim.content:
            continue
        if not _points_back(draft.document.words(claim.content[0]).lower()):
            continue
        here = claim.content[0][0]
        for other in reversed(draft.claims[:number]):
            if draft.document.text[other.content[0][0] : here].count("\n\n") > _ANSWERED:
                break
            if other.holder != claim.holder and other.stance in ("accuses", "asserts", "assesses"):
                if other.id not in claim.about:
                    claim.about.append(other.id)
                break


def _points_back(text: str) -> bool:
    words = re.findall(r"[a-z]+", text)
    if len(text) > _SHORT or not words:
        return False
    return bool(_BACK & set(words)) or (len(words) < 3 and bool(_THIS & set(words)))
