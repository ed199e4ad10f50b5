"""One event told twice in a document becomes one record with the fullest parties.

Two mentions are one event only if nothing speaks against it (type, mode, status, parties, dates) and something speaks
for it beyond that: they stand in one sentence and not as two verbs with subjects of their own, they are told by the
same word, of the same parties, on the same date, or they are what befalls one person once: to be killed, and within one
report to be arrested. Less is not enough: on newswire such pairs are two events more often than one. The telling with
the most parties, and then the highest score, gives trigger and evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.draft import Draft
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of
from onrecord.coding.syntax import kids
from onrecord.model import dates
from onrecord.model.records import Time
from onrecord.reading.types import EventMention

_STATED = frozenset(("explicit", "relative"))
_KILLING_VERBS = frozenset(
    "assassinate behead decapitate execute hang kill lynch massacre murder poison slaughter slay".split()
)
_KILLING_NOUNS = frozenset(
    "assassination beheading death execution hanging killing lynching murder slaying".split()
)


@dataclass(slots=True)
class Candidate:
    """An event under way: its mentions, the clearest first, and what they say together."""

    mentions: list[EventMention]
    actors: list[str]
    recipients: list[str]
    time: Time | None
    background: bool
    probability: float

    @property
    def clearest(self) -> EventMention:
        return self.mentions[0]


def merge(draft: Draft, found: list[Candidate]) -> list[Candidate]:
    """Candidates in the order of the text -> one for each event, in the order of their clearest mentions."""
    kept: list[Candidate] = []
    for each in found:
        for known in kept:
            if same_event(draft, known, each):
                _join(known, each)
                break
        else:
            kept.append(each)
    return sorted(kept, key=lambda each: each.clearest.trigger)


def same_event(draft: Draft, first: Candidate, second: Candidate) -> bool:
    """Whether two candidates are told as one event."""
    one, other = first.clearest, second.clearest
    if (one.type, one.status) != (other.type, other.status) or not _same_days(first.time, second.time):
        return False
    if _befalls_once(draft, first, second):
        return True
    if one.mode != other.mode or not _agree(draft, first, second):
        return False
    reading = draft.reading
    heads = head_of(reading, one.trigger), head_of(reading, other.trigger)
    if reading.sentence_of(heads[0]) == reading.sentence_of(heads[1]):
        return not all(reading.pos(head) == "VERB" and kids(reading, head, "nsubj") for head in heads)
    return (
        first.time is not None
        and second.time is not None
        and first.time.edtf == second.time.edtf
        and reading.lemma(heads[0]) == reading.lemma(heads[1])
        and _codes(draft, first) == _codes(draft, second)
    )


def _befalls_once(draft: Draft, first: Candidate, second: Candidate) -> bool:
    """Both tell that the same person is killed, or is arrested."""
    once = all(each.clearest.mode == "arrest" or _kills(draft, each.clearest) for each in (first, second))
    return once and any(
        identifier in second.recipients and draft.actor(identifier).kind == "person"
        for identifier in first.recipients
    )


def _kills(draft: Draft, mention: EventMention) -> bool:
    if mention.type != "ASSAULT":
        return False
    word = draft.reading.lower(head_of(draft.reading, mention.trigger))
    return bool(verb_of(word, _KILLING_VERBS) or noun_of(word, _KILLING_NOUNS))


def _codes(draft: Draft, each: Candidate) -> tuple[frozenset[str], frozenset[str]]:
    """The parties of each side by code, or by id where they have none."""
    return tuple(  # type: ignore[return-value]
        frozenset(draft.code_of(identifier) or identifier for identifier in side)
        for side in (each.actors, each.recipients)
    )


def _agree(draft: Draft, first: Candidate, second: Candidate) -> bool:
    """Each side of one holds the same side of the other.

    Nobody takes part in only one of the two tellings.
    """
    return all(
        one <= other or other <= one
        for one, other in zip(_codes(draft, first), _codes(draft, second), strict=True)
    )


def _same_days(first: Time | None, second: Time | None) -> bool:
    if first is None or second is None:
        return True
    return dates.parse(first.edtf).overlaps(dates.parse(second.edtf))


def _fullness(each: Candidate) -> tuple[int, float]:
    return len(each.actors) + len(each.recipients), each.probability


def _join(known: Candidate, other: Candidate) -> None:
    """Take a second telling into the first: fullest parties, the stated date before one by default."""
    fuller = _fullness(other) > _fullness(known)
    known.mentions = [*other.mentions, *known.mentions] if fuller else [*known.mentions, *other.mentions]
    known.actors = max(known.actors, other.actors, key=len)
    known.recipients = max(known.recipients, other.recipients, key=len)
    known.time = _better(known.time, other.time)
    known.background = known.background and other.background
    known.probability = max(known.probability, other.probability)


def _better(first: Time | None, second: Time | None) -> Time | None:
    """The stated date, and of two stated ones the narrower."""
    times = [time for time in (first, second) if time is not None]
    return min(times, key=_vagueness) if times else None


def _vagueness(time: Time) -> tuple[bool, int]:
    days = dates.parse(time.edtf).days()
    return time.basis not in _STATED, days if days is not None else 1 << 20
