"""Whom a refusal refuses where its own words name nobody: who asked it just before.

"The union wants Oslo to sign. Oslo has refused." The request stands in the same sentence or the one before, and whoever
refuses is among those whom it asks.
"""

from __future__ import annotations

from onrecord.coding.draft import Draft
from onrecord.coding.inflect import verb_of
from onrecord.coding.merge import Candidate
from onrecord.coding.spans import head_of

_REFUSING = frozenset("decline rebuff refuse reject resist spurn".split())


def answer(draft: Draft, found: list[Candidate]) -> None:
    """Give refusals without a recipient those who asked. ``found`` is in the order of the text."""
    for number, each in enumerate(found):
        if each.clearest.type != "REJECT" or each.recipients or not each.actors:
            continue
        if not verb_of(draft.reading.lower(head_of(draft.reading, each.clearest.trigger)), _REFUSING):
            continue
        asked = next((other for other in reversed(found[:number]) if _asks(draft, other, each)), None)
        if asked is not None:
            each.recipients = list(asked.actors)


def _asks(draft: Draft, request: Candidate, refusal: Candidate) -> bool:
    """Whether a request just before is made to those who refuse, by others."""
    if request.clearest.type != "REQUEST":
        return False
    sentences = [draft.reading.sentence_of(each.clearest.trigger[0]) for each in (request, refusal)]
    if sentences[1] - sentences[0] > 1:
        return False
    refusing, asking, asked = (
        {draft.code_of(each) for each in side} - {None}
        for side in (refusal.actors, request.actors, request.recipients)
    )
    return bool(refusing and asking) and refusing <= asked and not refusing & asking
