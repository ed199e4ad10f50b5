"""Expectations: threats, promises, predictions and ultimatums, made into something that can be awaited.

Requires claims and acts. Gives ``draft.expectations``: who is to act, on whom, what (an act, an event type, or
open), how many, on what condition, by when, and in what form where the words say one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.counts import counts
from onrecord.model.records import Act, Claim, Deed, Expectation, Time

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

_EXPECTING = ("threatens", "promises", "predicts")
_FORM = re.compile(
    r"\b(?:not necessarily symmetric(?:al)?|asymmetric(?:al)?|symmetric(?:al)?|in kind|tit[- ]for[- ]tat|"
    r"mirror(?:[- ]image)?|proportionate(?:ly)?|proportional|adequate|reciproc(?:al|ally|ity)|like for like|"
    r"harsh|painful|in the same coin|appropriate|corresponding)\b",
    re.I,
)
_OPEN_ACTS = ("announce_intent", "ultimatum")


def code(draft: Draft) -> None:
    """Make an expectation of every claim that looks ahead and of every ultimatum."""
    for claim in draft.claims:
        if claim.stance in _EXPECTING and claim.content:
            draft.expectations.append(_of_claim(draft, claim))
    for act in draft.acts:
        if act.act == "ultimatum" and not any(
            _covers(claim, act) for claim in draft.claims if claim.stance in _EXPECTING
        ):
            draft.expectations.append(_of_ultimatum(draft, act))


def _covers(claim: Claim, act: Act) -> bool:
    return any(a < act.evidence[0][1] and act.evidence[0][0] < b for a, b in claim.content)


def _of_claim(draft: Draft, claim: Claim) -> Expectation:
    text = draft.document.text
    content = claim.content[0]
    inside = [act for act in draft.acts if any(content[0] < b and a < content[1] for a, b in act.evidence)]
    deed = next((act for act in inside if act.act not in _OPEN_ACTS), None)
    event = next((event for event in draft.events if _within(event.trigger, claim.content)), None)
    form = _FORM.search(text, *content)
    words = draft.reading.words_in(content)
    number = next((count.value for count in counts(draft.reading, *words) if count.value is not None), None)
    return Expectation(
        id=draft.new_id("expectation"),
        claim=claim.id,
        actor=_doer(draft, claim, deed),
        target=_target(draft, claim, deed, event.recipients if event else []),
        deed=Deed(act=deed.act if deed else None, type=event.type if event else None),
        number=number,
        condition=claim.condition,
        deadline=_deadline(draft, content, deed),
        form=form.group(0) if form else None,
        evidence=list(claim.content),
    )


def _within(trigger: tuple[int, int], content: list[tuple[int, int]]) -> bool:
    return any(a <= trigger[0] and trigger[1] <= b for a, b in content)


def _doer(draft: Draft, claim: Claim, deed: Act | None) -> str | None:
    """Who is to act: the state that receives or sends in the act told, else the holder for whom it speaks."""
    if deed is not None:
        code = (
            deed.mission.sending if deed.act in ("recall", "suspend_own_mission") else deed.mission.receiving
        )
        found = _actor(draft, code)
        if found is not None:
            return found
    if claim.holder is None or claim.stance == "predicts":
        return None
    return _actor(draft, draft.code_of(claim.holder)) or claim.holder


def _target(draft: Draft, claim: Claim, deed: Act | None, recipients: list[str]) -> str | None:
    if deed is not None:
        code = (
            deed.mission.receiving if deed.act in ("recall", "suspend_own_mission") else deed.mission.sending
        )
        return _actor(draft, code)
    own = draft.code_of(claim.holder)
    return next((each for each in recipients if draft.code_of(each) != own), None)


def _actor(draft: Draft, code: str | None) -> str | None:
    if code is None:
        return None
    found = [actor for actor in draft.actors if actor.code == code and actor.kind in ("state", "igo")]
    return found[0].id if found else None


def _deadline(draft: Draft, content: tuple[int, int], deed: Act | None) -> Time | None:
    if deed is not None and deed.dates.deadline is not None:
        return deed.dates.deadline
    for timex in draft.timexes:
        if content[0] <= timex.span[0] and timex.span[1] <= content[1] and timex.time is not None:
            return timex.time
    return None


def _of_ultimatum(draft: Draft, act: Act) -> Expectation:
    """An ultimatum that no claim of a threat covers: what will be done stays open."""
    return Expectation(
        id=draft.new_id("expectation"),
        claim=act.claims[0] if act.claims else None,
        actor=_actor(draft, act.mission.receiving),
        target=_actor(draft, act.mission.sending),
        deed=Deed(),
        number=act.number,
        deadline=act.dates.deadline,
        evidence=list(act.evidence[:1]),
    )
