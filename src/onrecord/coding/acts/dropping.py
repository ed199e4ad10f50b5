"""Measures that turn out to be none once the whole text has been read.

Requires all measures of a document, with their events. A title repeats the text, so what it alone tells is dropped
where the text tells a measure of its kind; people who leave after they were sent away, or whose house the host has
closed, are not recalled; a text whose words are all doubtful ones tells none. Events that are but the asking or the
term of a measure go as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.asked import DEMANDS
from onrecord.coding.acts.judging import SHORT
from onrecord.coding.acts.lexicon import SENT_AWAY
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.lexicon import Rule
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Act, Event

# Log odds that one measure of a document at least must have: what stands alone in a text about something else is none.
SURE = 1.0
_GIVING = frozenset(("give", "allow", "grant", "set"))
_DRIVEN_OUT = SENT_AWAY | {"close_mission"}


def drop_unsure(draft: Draft, surest: float) -> None:
    """In a text whose surest measure is in doubt there are none; a short one cannot show what it is about."""
    if surest < SURE and len(draft.reading) > SHORT:
        for act in list(draft.acts):
            _drop(draft, act)


def drop_titles(draft: Draft, told: Sequence[tuple[Act, str, bool]]) -> None:
    """A title repeats the text: a measure that it alone tells is dropped where the text tells one of its kind."""
    kinds: set[str] = {act.act for act, _, title in told if not title}
    kinds |= SENT_AWAY if kinds & SENT_AWAY else set()
    for act, _, title in told:
        if title and act.act in kinds:
            _drop(draft, act)


def drop_leavers(
    draft: Draft, told: Sequence[tuple[Act, str, bool]], rules: Mapping[str, tuple[Rule, bool]]
) -> None:
    """Whoever leaves because the host sent him away is not called home: "he flew out on Monday". As many must leave as
    were sent away, and nothing else tell of their recall."""
    out = {
        _people(act)
        for act, status, _ in told
        if act.act in _DRIVEN_OUT and status in ("actual", "future") and not _is_own(act, rules)
    }
    for act in list(draft.acts):
        goes = act.act == "recall" and act.id in rules and rules[act.id][0].goes and len(act.evidence) == 1
        if goes and _people(act) in out:
            _drop(draft, act)


def drop_echoes(draft: Draft) -> None:
    """Who tells people to leave, and gives them hours for it, does one thing: an event at the verb that asks for a
    measure, or that gives its term, or at the term itself, between its parties, is the event of the measure."""
    own = {act.event for act in draft.acts}
    events = {event.id: event for event in draft.events}
    same: dict[str, str] = {}
    for act in draft.acts:
        event = events.get(act.event or "")
        for other in draft.events:
            if event is None or other.id in own or other.id in same:
                continue
            if _sides(draft, other) == _sides(draft, event) and _is_echo(draft, act, event, other):
                same[other.id] = event.id
    if same:
        draft.events[:] = [event for event in draft.events if event.id not in same]
        for claim in draft.claims:
            about = [same.get(each, each) if isinstance(each, str) else each for each in claim.about]
            claim.about = [each for at, each in enumerate(about) if each not in about[:at]]


def _sides(draft: Draft, event: Event) -> list[set[str | None]]:
    return [{draft.code_of(each) for each in side} for side in (event.actors, event.recipients)]


def _is_echo(draft: Draft, act: Act, event: Event, other: Event) -> bool:
    """The other event is told at a verb of asking above the measure, or where its term is given."""
    reading = draft.reading
    word, at = (reading.words_in(each.trigger)[0] for each in (event, other))
    asks = verb_of(reading.lower(at), DEMANDS) is not None
    if asks and at in [head for head, _ in syntax.governors(reading, word)]:
        return True
    term = act.dates.deadline
    if term is None or term.phrase is None or reading.sentence_of(at) != reading.sentence_of(word):
        return False
    first, last = reading.words_in(term.phrase)
    giving = (head for head, _ in syntax.governors(reading, first) if reading.lemma(head) in _GIVING)
    start, end = reading.subtree(next(giving, first))
    return first <= at < last or (start <= at < end and not start <= word < end)


def _people(act: Act) -> tuple[str | None, str | None, float | None]:
    """Whose people where, and how many of them, a measure falls upon."""
    return act.mission.sending, act.mission.receiving, act.number


def _is_own(act: Act, rules: Mapping[str, tuple[Rule, bool]]) -> bool:
    return act.id in rules and rules[act.id][1]


def _drop(draft: Draft, act: Act) -> None:
    """Take a measure off the record, with the event that was made for it alone and what was inferred of it."""
    if act not in draft.acts:
        return
    draft.acts.remove(act)
    if not any(other.event == act.event for other in draft.acts):
        draft.events[:] = [
            each for each in draft.events if each.id != act.event or each.probability is not None
        ]
    prefix = f"{act.id}."
    draft.inferred[:] = [each for each in draft.inferred if not each.startswith(prefix)]
