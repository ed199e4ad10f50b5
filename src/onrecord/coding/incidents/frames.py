"""Charges that no claim stands for: "holds X answerable for", "lays it to X", "the army, say the French".

Requires the reading and the claims. Each becomes a claim of its own, since no attribution stands without one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.draft import UNTOLD
from onrecord.coding.incidents.avowals import CLAIM, CREDIT, TAKE, affirmed, disowned, owned, relative
from onrecord.coding.incidents.charges import TERMING, made, termed
from onrecord.coding.incidents.deeds import harms
from onrecord.coding.incidents.mentions import is_harmful, lists
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_BLAME = frozenset(("blame", "accuse", "suspect", "finger", "implicate", "fault", "incriminate"))
_HOLD = frozenset(("hold",))
_ANSWERABLE = frozenset("responsible answerable accountable liable culpable guilty blameworthy".split())
_PUT = frozenset(("put",))
_LAY = frozenset(("lay", "attribute", "ascribe", "trace", "impute", "pin"))
_SAYING = frozenset(("say", "believe", "insist", "maintain", "answer", "reply", "claim", "think", "suspect"))
_TELLING = frozenset(("tell",))
_SPEAKING = frozenset(("speak", "talk"))
_LISTED = frozenset(("PROPN", "ADJ", "DET", "CCONJ"))
_TO = frozenset(("to", "on", "upon"))
_AT = frozenset(("at", "to", "towards"))
_POINT = frozenset(("point",))
_TIE = frozenset(("link", "tie", "connect"))
_SECONDING = frozenset(
    ("share", "endorse", "echo", "back", "support", "second", "agree", "concur", "corroborate")
)
_HOLDING = frozenset(("put", "hold", "reach", "take", "draw", "have", "come"))
_VIEWS = frozenset(
    "view assessment finding conclusion suspicion judgment judgement opinion accusation charge attribution verdict "
    "allegation claim analysis belief".split()
)
_THE = frozenset(("this", "that", "the", "these", "those"))
_REACH = 8
_OFFICE = 6  # words of an office in "«Ludicrous» was how the spokeswoman of the State Department put it"
_SEEING = frozenset(("see", "detect", "discern", "perceive", "recognise", "recognize", "spy"))
_HANDS = frozenset(
    ("hand", "hands", "fingerprints", "handiwork", "handwriting", "brains", "signature", "work")
)
_NAME = frozenset(("name", "single"))
_CLOSING = frozenset((",", "”", '"', "'", "’", "!"))


def claims(draft: Draft) -> list[Claim]:
    """The charges of a document that no claim stands for, to be put among its claims where an incident takes them."""
    reading = draft.reading
    found = []
    for word in range(len(reading)):
        if reading.pos(word) not in ("VERB", "ADP", "SCONJ") or draft.section_of(word) in UNTOLD:
            continue
        if verb_of(reading.lower(word), _charging()) is None and reading.lower(word) not in (
            "by",
            "according",
            "for",
        ):
            continue
        made = next((each for frame in _FRAMES if (each := frame(draft, word)) is not None), None)
        if made is not None and not _claimed(draft, made):
            found.append(made)
    return found


@lru_cache(maxsize=1)
def _charging() -> frozenset[str]:
    """The verbs of all frames: no other word but "by", "according" and "for" opens one. A new frame adds its own here,
    or it is never asked."""
    return (lists()["denying"] | lists()["scorning"] | lists()["retorting"]).union(
        TERMING,
        _SEEING,
        _NAME,
        _BLAME,
        _HOLD,
        _LAY,
        _PUT,
        _POINT,
        _TIE,
        _SAYING,
        _TELLING,
        _SPEAKING,
        CLAIM,
        TAKE,
        _SECONDING,
        _HOLDING,
    )


def _claimed(draft: Draft, made: Claim) -> bool:
    """A claim of the same side stands for it already."""
    begin, stop = made.content[0]
    return any(
        start < stop
        and begin < end
        and claim.stance in ("accuses", "denies", "assesses")
        and claim.holder == made.holder
        for claim in draft.claims
        for start, end in claim.content
    )


def _holds(claim: Claim, offset: int) -> bool:
    return any(start <= offset < end for start, end in claim.content)


def _held(draft: Draft, verb: int) -> Claim | None:
    """ "Dakar holds the guards answerable for the deaths"."""
    reading = draft.reading
    if not verb_of(reading.lower(verb), _HOLD):
        return None
    _, last = reading.sentence(verb)
    at = next(
        (each for each in range(verb + 1, min(last, verb + _REACH)) if reading.lower(each) in _ANSWERABLE),
        None,
    )
    holder = _subject(reading, verb)
    if at is None or holder is None:
        return None
    if at == verb + 1:  # "the cleric, whom it holds responsible"
        held = syntax.relative_head(reading, relative(reading, verb, holder))
        return None if held is None else made(draft, holder, (verb, verb + 1), reading.phrase(held))
    return made(draft, holder, (verb, verb + 1), (verb + 1, at))


def _subject(reading: Reading, verb: int) -> int | None:
    """Who does what a verb tells: "the source said, holding Oslo answerable for the blast"."""
    subject = syntax.subject(reading, verb)
    head = syntax.parent(reading, verb)
    if subject is None and head is not None and reading.relation(verb) == "advcl":
        return syntax.subject(reading, head)
    return subject


def _blamed(draft: Draft, verb: int) -> Claim | None:
    """ "Councillors blame men close to the government", where no claim took it up."""
    reading = draft.reading
    if (ends := affirmed(reading, verb, _BLAME)) is None:
        return None
    holder, thing = ends
    here = reading.start(verb)
    if any(claim.cue is not None and claim.cue[0] <= here < claim.cue[1] for claim in draft.claims):
        return None
    return made(draft, holder, (verb, verb + 1), reading.phrase(thing))


def _laid(draft: Draft, verb: int) -> Claim | None:
    """ "Bishkek lays it to the frontier guard", "puts it down to smugglers"."""
    reading = draft.reading
    down = verb_of(reading.lower(verb), _PUT) and "down" in (
        reading.lower(verb + 1),
        reading.lower(verb + 2),
    )
    pointing = verb_of(reading.lower(verb), _POINT) is not None and not _aims(reading, verb)
    down = down or _puts_on(reading, verb)
    if not down and not pointing and not verb_of(reading.lower(verb), _LAY):
        return None
    _, last = reading.sentence(verb)
    door = next(
        (each for each in range(verb + 2, min(last, verb + 30)) if reading.lower(each) == "door"), None
    )
    far = verb + _REACH if door is None else door
    relative = reading.lower(verb + 1) in _AT  # "which Paris laid at the door of Tehran"
    near = range(verb + 1 if pointing or relative else verb + 2, min(last, far))
    ties = _TO if door is None and not pointing else _AT
    at = next((each for each in reversed(near) if reading.lower(each) in ties), None)
    holder = syntax.subject(reading, verb)
    if syntax.is_passive(reading, verb):  # "the bomb has been laid at its door by several papers"
        holder = next(iter(syntax.obliques(reading, verb, "by")), None)
    if at is None or holder is None or at + 1 >= last:
        return None
    end = _end(reading, at + 1)
    by = next((each for each in range(at + 1, end) if reading.lower(each) == "by"), end)
    return made(draft, holder, (verb, verb + 1), (at + 1, max(by, at + 2)))


def _aims(reading: Reading, verb: int) -> bool:
    """ "Pointed a rifle at his head"."""
    thing = syntax.obj(reading, verb)
    return thing is not None and noun_of(reading.lower(thing), frozenset(("finger",))) is None


def _puts_on(reading: Reading, verb: int) -> bool:
    """ "Puts the shelling on Georgia"."""
    thing = syntax.obj(reading, verb) if verb_of(reading.lower(verb), _PUT) else None
    return (
        thing is not None
        and noun_of(reading.lower(thing), lists()["nouns"] | CREDIT) is not None
        and any(reading.lower(at) == "on" for at in range(thing + 1, min(thing + _REACH, len(reading))))
    )


def _said_to_be(draft: Draft, verb: int) -> Claim | None:
    """ "Thieves, says the ambassador", after a question who it was; "speaks of gangs of terrorists"."""
    reading = draft.reading
    first, last = reading.sentence(verb)
    if verb_of(reading.lower(verb), _SPEAKING) and reading.lower(verb + 1) == "of":
        holder = syntax.subject(reading, verb)
        thing = next(iter(syntax.obliques(reading, verb, "of")), None)
        if holder is None or thing is None:
            return None
        return made(draft, holder, (verb, verb + 2), reading.phrase(thing))
    if not verb_of(reading.lower(verb), _SAYING) or verb < 2 or not first + 1 < verb <= first + _REACH:
        return None
    comma = next((at for at in range(verb - 1, first, -1) if reading.word(at) == ","), None)
    if comma is None or any(reading.pos(at) in ("VERB", "AUX") for at in range(first, verb)):
        return None
    asked = first > 0 and any(reading.word(at) == "?" for at in range(max(0, first - 2 * _REACH), first))
    asked = asked or _only_people(reading, (first, comma))
    subject = next((at for at in range(verb + 1, last) if reading.pos(at) in ("NOUN", "PROPN")), None)
    if comma < verb - 1:  # "Russian hackers, American investigators believe"
        subject = syntax.subject(reading, verb)
        subject = subject if subject is not None and subject > comma else None
    if not asked or subject is None:
        return None
    return made(draft, subject, (verb, verb + 1), (first, comma))


def _only_people(reading: Reading, words: WordSpan) -> bool:
    """ "GRU men", "smugglers from the coast": nothing but people, who are nobody's number."""
    people = lists()["civil"] | lists()["officials"]
    return any(noun_of(reading.lower(at), people) is not None for at in range(*words)) and not any(
        reading.pos(at) in ("NUM", "PUNCT") for at in range(*words)
    )


def _tied(draft: Draft, verb: int) -> Claim | None:
    """ "The report links Belarus to the cyberattack"."""
    reading = draft.reading
    if not verb_of(reading.lower(verb), _TIE) or syntax.is_passive(reading, verb):
        return None
    holder, thing = syntax.subject(reading, verb), syntax.obj(reading, verb)
    to = syntax.obliques(reading, verb, "to", "with")
    if holder is None or thing is None or not to or syntax.negated(reading, verb):
        return None
    if noun_of(reading.lower(to[0]), lists()["nouns"]) is None and thing > verb:
        return None
    return made(draft, holder, (verb, verb + 1), reading.phrase(to[0]))


def _seen(draft: Draft, verb: int) -> Claim | None:
    """ "Sees the hand of the Guards in it", "discerned Khartoum's fingerprints"."""
    reading = draft.reading
    if not verb_of(reading.lower(verb), _SEEING) or syntax.negated(reading, verb):
        return None
    last = reading.sentence(verb)[1]
    hand = next((at for at in range(verb + 1, min(last, verb + _REACH)) if reading.lower(at) in _HANDS), None)
    passive = syntax.is_passive(reading, verb)
    if passive:  # "its hand is seen by analysts"
        thing = syntax.patient(reading, verb)
        if thing is None or reading.lower(thing) not in _HANDS:
            return None
        holder = next(iter(syntax.obliques(reading, verb, "by")), None)
        return None if holder is None else made(draft, holder, (verb, verb + 1), reading.phrase(thing))
    holder = syntax.subject(reading, verb)
    if hand is None or holder is None:
        return None
    end = next((at for at in range(hand + 1, last) if reading.pos(at) in ("PUNCT", "VERB", "SCONJ")), last)
    return made(draft, holder, (verb, verb + 1), (verb + 1, min(end, hand + _REACH)))


def _named(draft: Draft, verb: int) -> Claim | None:
    """ "The doctors name the paramilitaries", where it is asked or told who did harm."""
    reading = draft.reading
    if (ends := affirmed(reading, verb, _NAME)) is None:
        return None
    holder, thing = ends
    if any(reading.lower(at) in ("as", "after") for at in range(thing + 1, min(thing + 4, len(reading)))):
        return None  # "named her as ambassador"
    first = reading.sentence(verb)[0]
    before = range(reading.sentence(first - 1)[0] if first else 0, verb)
    if not any(
        reading.lower(at) == "who"
        or noun_of(reading.lower(at), lists()["nouns"]) is not None
        or (reading.pos(at) == "VERB" and is_harmful(reading, at))
        for at in before
    ):
        return None
    return made(draft, holder, (verb, verb + 1), reading.phrase(thing))


def _answered(draft: Draft, word: int) -> Claim | None:
    """ "Who burned it? Students, according to the general"."""
    reading = draft.reading
    first, last = reading.sentence(word)
    if reading.lower(word) != "according" or not first + 1 < word <= first + 2 * _REACH or not first:
        return None
    asked = range(reading.sentence(first - 1)[0], first)
    if reading.word(first - 1) != "?" or not any(reading.lower(at) in ("who", "whose") for at in asked):
        return None
    holder = next((at for at in range(word + 2, last) if reading.pos(at) in ("NOUN", "PROPN")), None)
    stop = word - 1 if reading.word(word - 1) == "," else word
    return None if holder is None else made(draft, holder, (word, word + 2), (first, stop))


def _flatly(draft: Draft, verb: int) -> Claim | None:
    """ "Absurd, said Delhi", "nonsense, the spokesman retorted": a word of scorn is the whole answer."""
    reading = draft.reading
    if not verb_of(reading.lower(verb), lists()["retorting"]):
        return None
    first, last = reading.sentence(verb)
    stop = next((at for at in range(verb - 1, first - 1, -1) if reading.word(at) in (";", ":", "—")), None)
    start = first if stop is None else stop + 1
    comma = next((at for at in range(start, min(verb, start + _REACH)) if reading.word(at) in _CLOSING), None)
    if comma is None or verb - comma > _REACH + _OFFICE * (reading.lower(comma + 1) in ("is", "was")):
        return None
    said = {reading.lower(at) for at in range(start, comma)}
    if not said & lists()["dismissive"] or any(reading.pos(at) == "AUX" for at in range(start, comma)):
        return None
    holder = syntax.subject(reading, verb)
    if holder is None or holder < comma:
        near = [*range(verb + 1, min(last, verb + _REACH)), *range(verb - 1, comma, -1)]
        holder = next((at for at in near if reading.pos(at) in ("NOUN", "PROPN")), None)
    if holder is None:
        return None
    return made(draft, holder, (verb, verb + 1), (start, comma), "denies")


def _seconded(draft: Draft, verb: int) -> Claim | None:
    """ "The White House shares this finding", "police do not share that view"."""
    reading = draft.reading
    holding = (
        verb_of(reading.lower(verb), _HOLDING) is not None
    )  # "put the same view", "came to the same conclusion"
    if not (holding or verb_of(reading.lower(verb), _SECONDING)) or syntax.is_passive(reading, verb):
        return None
    holder, thing = syntax.subject(reading, verb), syntax.obj(reading, verb)
    if thing is None:
        thing = next(iter(syntax.obliques(reading, verb, "with", "to")), None)
    if holder is None or thing is None or noun_of(reading.lower(thing), _VIEWS) is None:
        return None
    if holding and not any(reading.lower(each) == "same" for each in reading.children(thing)):
        return None
    if not any(reading.lower(child) in _THE for child in reading.children(thing)):
        return None
    no = syntax.negated(reading, verb)
    return made(draft, holder, (verb, verb + 1), reading.phrase(thing), "questions" if no else "confirms")


def _it_was(draft: Draft, verb: int) -> Claim | None:
    """ "It was the army's own guns, a man told the radio"."""
    reading = draft.reading
    first, _ = reading.sentence(verb)
    if not verb_of(reading.lower(verb), _SAYING | _TELLING) or reading.lower(first) not in (
        "it",
        "this",
        "that",
    ):
        return None
    comma = next((at for at in range(first, verb) if reading.word(at) == ","), None)
    if comma is None or comma < first + 3 or reading.lower(first + 1) not in ("was", "is", "were"):
        return None
    holder = syntax.subject(reading, verb)
    if holder is None or holder < comma or any(reading.pos(at) == "VERB" for at in range(first, comma)):
        return None
    return made(draft, holder, (verb, verb + 1), (first, comma))


def _according(draft: Draft, word: int) -> Claim | None:
    """ "By border guards according to Dakar, by herdsmen according to the other side"."""
    reading = draft.reading
    if reading.lower(word) != "by":
        return None
    _, last = reading.sentence(word)
    at = next(
        (each for each in range(word + 2, min(last, word + _REACH)) if reading.lower(each) == "according"),
        None,
    )
    if at is None or any(reading.pos(each) in ("PUNCT", "VERB", "AUX") for each in range(word + 1, at)):
        return None
    noun = next(
        (each for each in range(at + 2, min(last, at + 6)) if reading.pos(each) in ("NOUN", "PROPN")), None
    )
    end = next((each for each in range(word + 2, at) if reading.pos(each) == "ADP"), at)
    return None if noun is None else made(draft, noun, (at, at + 2), (word + 1, end))


def _punished(draft: Draft, word: int) -> Claim | None:
    """ "Threw out ten Russians for hacking the tax office": a measure that lays the deed to those whom it falls on."""
    reading = draft.reading
    if reading.lower(word) != "for" or word + 2 >= len(reading):
        return None
    verb = word + 1 + (reading.lower(word + 1) == "having")
    if reading.pos(verb) != "VERB" or not harms(reading, verb):
        return None
    measure = syntax.parent(reading, verb)
    if (
        measure is not None and reading.pos(measure) == "NOUN"
    ):  # "ten envoys for having hacked it", hung on "envoys"
        measure = syntax.parent(reading, measure)
    if measure is None or syntax.is_passive(reading, measure):
        return None
    here = reading.start(verb)
    if any(claim.stance == "accuses" and _holds(claim, here) for claim in draft.claims):
        return None  # whoever holds it, the charge is on record
    holder = syntax.subject(reading, measure)
    if holder is None or all(match.word != measure for match in matches(reading)):
        return None
    return made(
        draft, holder, (word, word + 1), syntax.trimmed(reading, (word + 1, reading.subtree(verb)[1]))
    )


def _end(reading: Reading, start: int) -> int:
    """The end of a noun phrase, or of a list of names."""
    _, last = reading.sentence(start)
    end = start
    while end < last and reading.pos(end) not in ("PUNCT", "VERB", "AUX", "CCONJ", "SCONJ"):
        end += 1
    further = end
    while further < last and (reading.pos(further) in _LISTED or reading.lower(further) in (",", "and")):
        further += 1
    if further > end + 1 and all(
        reading.pos(at) in _LISTED or reading.word(at) == "," for at in range(start, end)
    ):
        end = further if reading.pos(further - 1) == "PROPN" else end
    return max(end, start + 1)


_FRAMES = (
    _flatly,
    termed,
    _seen,
    _named,
    _answered,
    _blamed,
    _held,
    _laid,
    _tied,
    _said_to_be,
    _it_was,
    _according,
    disowned,
    owned,
    _seconded,
    _punished,
)
