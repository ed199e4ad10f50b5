"""Expectations: threats, promises, predictions and ultimatums, made into something that can be awaited.

Requires claims and acts. Gives ``draft.expectations``: who is to act, on whom, what (an act, an event type, or
open), how many, on what condition, by when, and in what form where the words say one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.acts.names import Names
from onrecord.coding.counts import counts
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
_OPEN_ACTS = ("announce_intent", "ultimatum")
_OWN = ("recall", "suspend_own_mission")
# What is asked by an ultimatum is the issuer's own people back, or a step against them undone.
_TAKEN_BACK = re.compile(
    r"\b(?:readmit|take back|let back|return of|revoke|rescind|reverse|"
    r"withdraw (?:the|its) (?:decision|note|expulsion))",
    re.I,
)


def code(draft: Draft) -> None:
    """Make an expectation of every claim that looks ahead and of every ultimatum."""
    names = Names(draft)
    for claim in draft.claims:
        if claim.stance in _EXPECTING and claim.content:
            draft.expectations.append(_of_claim(draft, names, claim))
    for act in draft.acts:
        if act.act == "ultimatum" and not any(
            _covers(claim, act) for claim in draft.claims if claim.stance in _EXPECTING
        ):
            draft.expectations.append(_of_ultimatum(draft, names, act))


def _covers(claim: Claim, act: Act) -> bool:
    return any(a < act.evidence[0][1] and act.evidence[0][0] < b for a, b in claim.content)


def _of_claim(draft: Draft, names: Names, claim: Claim) -> Expectation:
    text = draft.document.text
    content = claim.content[0]
    deed = _deed(draft, claim)
    event = next((event for event in draft.events if _within(event.trigger, claim.content)), None)
    form = _FORM.search(text, *content)
    return Expectation(
        id=draft.new_id("expectation"),
        claim=claim.id,
        actor=_doer(draft, names, claim, deed),
        target=_target(draft, names, claim, deed, event),
        deed=Deed(
            act=deed.act if deed and deed.act not in _OPEN_ACTS else None, type=event.type if event else None
        ),
        number=_number(draft, content, deed),
        condition=claim.condition,
        deadline=_deadline(draft, content, deed),
        form=form.group(0) if form else None,
        evidence=list(claim.content),
    )


def _deed(draft: Draft, claim: Claim) -> Act | None:
    """The measure that is held out: one told in the claim, not yet taken; a plain answer only where there is none."""
    status = {event.id: event.status for event in draft.events}
    inside = [act for act in draft.acts if _covers(claim, act)]
    ahead = [act for act in inside if act.act not in _OPEN_ACTS and status.get(act.event or "") in _AHEAD]
    return next(iter(ahead or [act for act in inside if act.act in _OPEN_ACTS]), None)


def _within(trigger: tuple[int, int], content: list[tuple[int, int]]) -> bool:
    return any(a <= trigger[0] and trigger[1] <= b for a, b in content)


def _doer(draft: Draft, names: Names, claim: Claim, deed: Act | None) -> str | None:
    """Who is to act: the state that receives or sends in the act told, else the holder for whom it speaks."""
    if deed is not None:
        code = deed.mission.sending if deed.act in _OWN else deed.mission.receiving
        if (found := names.actor(code)) is not None:
            return found
    if claim.holder is None or claim.stance == "predicts":
        return None
    return names.actor(draft.code_of(claim.holder)) or claim.holder


def _target(draft: Draft, names: Names, claim: Claim, deed: Act | None, event: Event | None) -> str | None:
    """On whom: the other side of the act told, else whom the event told in the claim falls upon."""
    if deed is not None:
        return names.actor(deed.mission.receiving if deed.act in _OWN else deed.mission.sending)
    own = draft.code_of(claim.holder)
    recipients = event.recipients if event is not None else []
    return next((each for each in recipients if draft.code_of(each) != own), None)


def _number(draft: Draft, content: tuple[int, int], deed: Act | None) -> float | None:
    """How many: the act's own number, else the first in the claim; "one" may stand for a thing."""
    if deed is not None and deed.number is not None:
        return deed.number
    words = draft.reading.words_in(content)
    return next(
        (
            count.value
            for count in counts(draft.reading, *words)
            if count.value is not None and draft.reading.lower(count.words[0]) != "one"
        ),
        None,
    )


def _deadline(draft: Draft, content: tuple[int, int], deed: Act | None) -> Time | None:
    if deed is not None and deed.dates.deadline is not None:
        return deed.dates.deadline
    for timex in draft.timexes:
        if content[0] <= timex.span[0] and timex.span[1] <= content[1] and timex.time is not None:
            return timex.time
    return None


def _of_ultimatum(draft: Draft, names: Names, act: Act) -> Expectation:
    """An ultimatum that no claim of a threat covers: what will be done stays open, and the issuer will do it."""
    issuer, target = act.mission.receiving, act.mission.sending
    start, end = act.evidence[0]
    if _TAKEN_BACK.search(draft.document.text, start, end):
        issuer, target = target, issuer
    return Expectation(
        id=draft.new_id("expectation"),
        claim=act.claims[0] if act.claims else None,
        actor=names.actor(issuer),
        target=names.actor(target),
        deed=Deed(),
        number=act.number,
        deadline=act.dates.deadline,
        evidence=list(act.evidence[:1]),
    )
