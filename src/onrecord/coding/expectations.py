"""Expectations: threats, promises, predictions and ultimatums, made into something that can be awaited.

Requires claims and acts. Gives ``draft.expectations``: who is to act, on whom, what (an act, an event type, or
open), how many, on what condition, by when, and in what form where the words say one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.lexicon import OWN, SPOKEN
from onrecord.coding.acts.names import Names
from onrecord.coding.counts import counts
from onrecord.coding.links.antecedents import Antecedents
from onrecord.coding.links.cues import answering
from onrecord.coding.links.ends import Ends, Place
from onrecord.model import dates
from onrecord.model.records import Act, Claim, Deed, Event, Expectation, Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

_EXPECTING = ("threatens", "promises", "predicts")
_AHEAD = ("future", "hypothetical")
_FORM = re.compile(
    r"\b(?:not necessarily symmetric(?:al)?|asymmetric(?:al)?|symmetric(?:al)?|in kind|tit[- ]for[- ]tat|"
    r"mirror(?:[- ]image)?|proportionate(?:ly)?|proportional|adequate|reciproc(?:al|ally|ity)|like for like|"
    r"harsh|painful|in the same coin|appropriate|corresponding)\b",
    re.I,
)
# A condition that names none but points at what was demanded before it.
_POINTING = re.compile(
    r"^\W*(?:failing (?:that|which|this)|if (?:not|that is not done|this is not done)|otherwise|or else|or|on pain of|"
    r"should (?:it|they|he|she) (?:refuse|fail|not)\b.*)\W*$",
    re.I,
)
_COUNTED = frozenset(("people", "diplomats", "mission", "consulate", "office"))
# What is asked by an ultimatum is the issuer's own people back, or a step against them undone.
_TAKEN_BACK = re.compile(
    r"\b(?:readmit|take back|let back|return of|revoke|rescind|reverse|"
    r"withdraw (?:the|its) (?:decision|note|expulsion))",
    re.I,
)


def code(draft: Draft) -> None:
    """Make an expectation of every claim that looks ahead and of every ultimatum."""
    names = Names(draft)
    answered = Antecedents(draft, Ends(draft))
    ultimatums = [act for act in draft.acts if act.act == "ultimatum"]
    served: set[str] = set()
    for claim in draft.claims:
        if claim.stance in _EXPECTING and claim.content:
            demand = _demand(draft, claim, ultimatums)
            if demand is not None:
                served.add(demand.id)
            draft.expectations.append(_of_claim(draft, names, claim, answered, demand))
    for act in ultimatums:
        if act.id not in served and not any(
            _covers(claim, act) for claim in draft.claims if claim.stance in _EXPECTING
        ):
            draft.expectations.append(_of_ultimatum(draft, names, act))


def _demand(draft: Draft, claim: Claim, ultimatums: list[Act]) -> Act | None:
    """The ultimatum whose "or else" a threat is: "failing that, the man will be expelled"."""
    if claim.condition is None or claim.stance != "threatens":
        return None
    if _POINTING.match(draft.document.words(claim.condition)) is None:
        return None
    start = claim.content[0][0]
    before = [act for act in ultimatums if act.evidence[0][0] < start]
    last = before[-1] if before else None
    return last if last and draft.document.text[last.evidence[0][1] : start].count("\n\n") <= 1 else None


def _covers(claim: Claim, act: Act) -> bool:
    return any(a < act.evidence[0][1] and act.evidence[0][0] < b for a, b in claim.content)


def _of_claim(
    draft: Draft, names: Names, claim: Claim, answered: Antecedents, demand: Act | None
) -> Expectation:
    text = draft.document.text
    content = claim.content[0]
    deed = _deed(draft, claim)
    told = [event for event in draft.events if _within(event.trigger, claim.content)]
    awaited = next((event for event in told if event.type != "THREATEN"), None)
    actor = _doer(draft, names, claim, deed)
    target = _target(draft, names, claim, deed, told)
    target = target or _provoker(draft, names, claim, answered)
    form = _FORM.search(text, *content)
    return Expectation(
        id=draft.new_id("expectation"),
        claim=claim.id,
        actor=actor,
        target=target if target != actor else None,
        deed=Deed(
            act=deed.act if deed and deed.act not in SPOKEN else None,
            type=awaited.type if awaited else None,
        ),
        number=_number(draft, content, deed),
        condition=claim.condition,
        deadline=_deadline(draft, claim, deed) or (demand.dates.deadline if demand else None),
        form=form.group(0) if form else None,
        evidence=list(claim.content),
    )


def _deed(draft: Draft, claim: Claim) -> Act | None:
    """The measure that is held out: one told in the claim, not yet taken; a plain answer only where there is none."""
    events = {event.id: event for event in draft.events}
    ahead, open_acts = [], []
    for act in draft.acts:
        event = events.get(act.event or "")
        if act.act in SPOKEN:
            open_acts.extend([act] if _covers(claim, act) else [])
        elif event is not None and event.status in _AHEAD and _covers(claim, act):
            ahead.extend([act] if _within(event.trigger, claim.content) or not _told(event, act) else [])
    return next(iter(ahead or open_acts), None)


def _told(event: Event, act: Act) -> bool:
    """Whether the word that tells an act stands in its first evidence, and not in a later mention."""
    return act.evidence[0][0] <= event.trigger[0] < act.evidence[0][1]


def _within(trigger: tuple[int, int], content: list[tuple[int, int]]) -> bool:
    return any(a <= trigger[0] and trigger[1] <= b for a, b in content)


def _doer(draft: Draft, names: Names, claim: Claim, deed: Act | None) -> str | None:
    """Who is to act: the state that receives or sends in the act told, else the holder for whom it speaks."""
    if deed is not None:
        code = deed.mission.sending if deed.act in OWN else deed.mission.receiving
        if (found := names.actor(code)) is not None:
            return found
    if claim.stance == "predicts":
        return _foreseen(draft, names, claim)
    return (names.actor(draft.code_of(claim.holder)) or claim.holder) if claim.holder else None


def _foreseen(draft: Draft, names: Names, claim: Claim) -> str | None:
    """Of whom a prediction speaks: the state or organisation that is the subject of its words."""
    reading = draft.reading
    first, last = reading.words_in(claim.content[0])
    tops = [word for word in range(first, last) if not first <= reading.head(word) < last]
    verb = next((word for word in tops if reading.pos(word) == "VERB"), None)
    subject = syntax.subject(reading, verb) if verb is not None else None
    if verb is None or subject is None or not first <= subject < last or reading.pos(subject) == "PRON":
        return None
    if syntax.is_passive(reading, verb):
        return None
    code = names.code(subject) or draft.code_of(draft.actor_for(reading.phrase(subject)))
    return names.actor(code)


def _provoker(draft: Draft, names: Names, claim: Claim, answered: Antecedents) -> str | None:
    """Whom an answer to come will hit: who is named in its words, else who took the measure that it answers."""
    if claim.holder is None or answering().search(draft.document.text, *claim.content[0]) is None:
        return None
    first, last = draft.reading.words_in(claim.content[0])
    for code in filter(None, map(names.named, range(first, last))):
        if code != draft.code_of(claim.holder):
            return names.actor(code)
    place = Place(claim.content[0], claim.content[0][0], first, claim)
    measure = answered.suffered(place, draft.span(draft.sentence(place.word)))
    return names.actor(answered.doer(measure)) if measure is not None else None


def _target(draft: Draft, names: Names, claim: Claim, deed: Act | None, told: list[Event]) -> str | None:
    """On whom: the other side of the act told, else whom an event told in the claim falls upon."""
    if deed is not None:
        return names.actor(deed.mission.receiving if deed.act in OWN else deed.mission.sending)
    own = draft.code_of(claim.holder)
    recipients = (each for event in told for each in event.recipients)
    return next((each for each in recipients if draft.code_of(each) != own), None)


def _number(draft: Draft, content: tuple[int, int], deed: Act | None) -> float | None:
    """How many: the act's own number, else the first number of people or missions in the claim."""
    if deed is not None and deed.number is not None:
        return deed.number
    reading = draft.reading
    for count in counts(reading, *reading.words_in(content)):
        word = count.words[0]
        counted = reading.head(word) if reading.relation(word) in ("nummod", "amod", "det") else word
        if count.value is not None and reading.lower(word) != "one" and class_of(reading, counted) & _COUNTED:
            return count.value
    return None


def _deadline(draft: Draft, claim: Claim, deed: Act | None) -> Time | None:
    """By when: the act's own term, else what is not over yet of the times in the claim or in its condition."""
    if deed is not None and deed.dates.deadline is not None:
        return deed.dates.deadline
    for start, end in (claim.content[0], *([claim.condition] if claim.condition else [])):
        for timex in draft.timexes:
            if start <= timex.span[0] and timex.span[1] <= end and timex.time is not None:
                upper = dates.parse(timex.time.edtf).upper
                if upper is None or draft.day is None or upper >= draft.day:
                    return timex.time
    return None


def _of_ultimatum(draft: Draft, names: Names, act: Act) -> Expectation:
    """An ultimatum that no claim of a threat covers: the issuer will do what its sentence holds out, or something."""
    issuer, target = act.mission.receiving, act.mission.sending
    start, end = act.evidence[0]
    if _TAKEN_BACK.search(draft.document.text, start, end):
        issuer, target = target, issuer
    status = {event.id: event.status for event in draft.events}
    sentence = draft.span(draft.sentence(draft.reading.words_in((start, end))[0]))
    threatened = next(
        (
            each
            for each in draft.acts
            if status.get(each.event or "") in _AHEAD
            and each.act not in SPOKEN
            and start < each.evidence[0][0] < sentence[1]
            and issuer == (each.mission.sending if each.act in OWN else each.mission.receiving)
        ),
        None,
    )
    return Expectation(
        id=draft.new_id("expectation"),
        claim=act.claims[0] if act.claims else None,
        actor=names.actor(issuer),
        target=names.actor(target),
        deed=Deed(act=threatened.act if threatened else None),
        number=act.number,
        deadline=act.dates.deadline,
        evidence=list(act.evidence[:1]),
    )
