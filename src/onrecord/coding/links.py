"""How records hang together, as far as the words say so.

Requires events, claims, acts, incidents and forums. "In response to" and its kin make ``response_to``; "because",
"over", "prompted by" make ``caused_by``; mere sequence makes ``after`` and nothing more; "linked to" makes
``linked_to`` with its polarity and the claim it rests on. An end is a record that stands where the words point;
where there is none, there is no link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from onrecord.coding.cues import load
from onrecord.model.records import Act, Claim, Event, Forum, Incident, Link

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]
_Record = Act | Claim | Event | Forum | Incident
_Kind = Literal["response_to", "caused_by", "after", "linked_to"]

_TIE = re.compile(
    r"\b(?:link|links|linked|connection|connected|related|tied|to do with|caused by|prompted by|because of|reason)\b",
    re.I,
)
_KINDS: dict[str, _Kind] = {each: each for each in get_args(_Kind)}


_FRONT = 45  # characters before a cue that still opens its sentence
_REACH = 200  # characters after a cue in which the end that follows it stands
_MEASURES = "expulsions? measures? moves? steps? decisions? closures? recalls? withdrawals?".split()
_INCIDENTS = (
    "attacks? blasts? explosions? poisonings? bombings? hacks? hacking killings? murders? raids? incidents? affairs? "
    "shootings? plots? coups? cyberattacks? assassinations? abductions? kidnappings? breach(?:es)? sabotage".split()
)
_BACK_TO = re.compile(
    r"^\s*(?:the|this|that|these|those|its|their|his|her|\w+['’]s)\s+(?:[\w-]+\s+){0,2}?"
    rf"(?:(?P<act>{'|'.join(_MEASURES)})|(?P<incident>{'|'.join(_INCIDENTS)}))\b",
    re.I,
)


# A subject that stands for the measure told before: "the closure was", "it came", "that was their answer".
_POINTS = re.compile(
    r"^\W*(?:(?:the|this|that|these|those|its|their|such|both) (?:\w+ )?(?:bans?|closures?|decisions?|steps?|moves?|"
    r"measures?|"
    r"expulsions?|orders?|recalls?|actions?|break|rupture|announcement|ruling|row|dispute|quarrel|withdrawals?|exchange)|"
    r"it|this|that|all this|both)\b(?! (?:is|was) (?:not )?(?:said|reported|believed))",
    re.I,
)


_ANSWERED = (
    "replied", "responded", "retaliated", "answered", "retorted", "hit back", "struck back", "reacted", "countered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cue:
    """``words``: where none of them (in small letters) stands in a sentence, the pattern does not match."""

    kind: _Kind
    place: str
    pattern: re.Pattern[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A record that may be an end: its words, and the character at which it is told."""

    span: Span
    at: int
    record: _Record


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cue, ...]:
    found = []
    for kind, places in load("links").items():
        for place, phrases in places.items():
            ordered = sorted(phrases, key=len, reverse=True)
            pattern = re.compile(r"\b(?:" + "|".join(re.escape(each) for each in ordered) + r")\b", re.I)
            found.append(_Cue(_KINDS[kind], place, pattern, tuple(each.lower() for each in ordered)))
    answered = rf"\b(?:{'|'.join(_ANSWERED)})\b[^.;:]{{1,60}}?\b(?:by|with)\b"
    return (_Cue("response_to", "back", re.compile(answered, re.I), _ANSWERED), *found)


def code(draft: Draft) -> None:
    """Append the document's links."""
    placed = _placed(draft)
    text = draft.document.text
    for start, end in ((int(a), int(b)) for a, b in draft.reading.sentences):
        if draft.section_of(start) in ("title", "debris", "byline", "caption"):
            continue
        sentence = draft.span((start, end))
        taken: list[Span] = []
        low = text[slice(*sentence)].lower()
        for cue in _cues():
            if not any(each in low for each in cue.words):
                continue
            for match in cue.pattern.finditer(text, *sentence):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                _join(draft, cue, match.span(), sentence, placed)
    _disputed(draft)


def _disputed(draft: Draft) -> None:
    """ "Denied any link", "it had nothing to do with": a denial of a tie is about the link that was told before it.

    An update stands above the report that it came after, so what it denies may stand below.
    """
    for claim in draft.claims:
        if claim.stance not in ("denies", "questions") or not claim.content:
            continue
        text = draft.document.words(claim.content[0])
        if _TIE.search(text) is None:
            continue
        start = claim.content[0][0]
        later = draft.section_at(start) == "update"
        told = [link for link in draft.links if link.evidence and (later or link.evidence[0][0] <= start)]
        own = [link for link in told if link.evidence[0][1] > start and claim.id in link.claims]
        if told and not own:
            # The tie alone is denied, not what the claim that states it says besides.
            claim.about = [each for each in claim.about if each not in told[-1].claims] + [told[-1].id]
            draft.note(claim.id, "about", "a tie that is denied")


def _placed(draft: Draft) -> list[_Place]:
    """Every record that may be an end, with its place; acts and incidents before events, claims last."""
    found: list[_Place] = []
    triggers = {event.id: event.trigger[0] for event in draft.events}
    covered: set[str] = set()
    for act in draft.acts:
        span = act.evidence[0]
        at = triggers.get(act.event or "", span[0])
        found.append(_Place(span, at if span[0] <= at < span[1] else span[0], act))
        if act.event:
            covered.add(act.event)
    text = draft.document.text
    for incident in draft.incidents:
        span = incident.evidence[0]
        found.append(_Place(span, max(span[0], text.find(incident.name, *span)), incident))
    found.extend(_Place(forum.evidence[0], forum.evidence[0][0], forum) for forum in draft.forums)
    found.extend(
        _Place(event.evidence[0] if event.evidence else event.trigger, event.trigger[0], event)
        for event in draft.events
        if event.id not in covered
    )
    found.extend(
        _Place(claim.content[0], claim.content[0][0], claim) for claim in draft.claims if claim.content
    )
    return found


def _join(draft: Draft, cue: _Cue, words: Span, sentence: Span, placed: list[_Place]) -> None:
    text = draft.document.text
    if cue.kind == "caused_by" and not _causal(text, words):
        return
    if cue.kind == "after" and not _sequential(text, words):
        return
    if text[words[0] : words[1]].lower().endswith("due to") and _is_verb_after(draft, words[1]):
        return  # "was due to gather"
    here = [each for each in placed if sentence[0] <= each.at < sentence[1] and not _around(each, words)]
    before = [each for each in here if each.at < words[0]]
    beyond = [each for each in here if each.at >= words[1]]
    opening = text[sentence[0] : words[0]]
    points = _POINTS.match(opening) is not None and not any(isinstance(each.record, Act) for each in before)
    later: _Place | None
    if cue.place == "back":
        later = _nearest(beyond, words[1]) or _nearest(before, words[0])
        inside = [each for each in here if words[0] <= each.at < words[1]]
        earlier = _nearest(inside, words[0]) or _meant(text, words, sentence, placed)
        earlier = earlier or _told_before(draft, cue, later, sentence, placed)
    elif cue.place == "forward":
        later, earlier = _nearest(beyond, words[1]), _nearest(before, words[0])
    elif not before and len(opening) < _FRONT and opening.strip(' "“')[-1:] in ("", ","):
        comma = text.find(",", words[1], sentence[1])
        comma = comma if comma > 0 else words[1]
        earlier = _first([each for each in beyond if each.at < comma], words[1])
        earlier = earlier or _meant(text, (words[1], words[1]), sentence, placed)
        later = _nearest([each for each in beyond if each.at > comma], comma)
    else:
        earlier = _first(beyond, words[1]) or _meant(text, (words[1], words[1]), sentence, placed)
        later = _nearest([each for each in before if each is not earlier], words[0])
        if points or (later is None and not before):
            later = _subject_before(sentence, placed)
    if later is None or earlier is None or later.record is earlier.record or later.at == earlier.at:
        return
    for each in (later, *_with(later, here, words)):
        if each.record is not earlier.record:
            _append(draft, cue, each.record, earlier.record, sentence, words)


def _is_verb_after(draft: Draft, offset: int) -> bool:
    reading = draft.reading
    word = reading.words_in((offset, offset + 24))[0]
    return word < len(reading) and reading.pos(word) in ("VERB", "AUX")


def _around(each: _Place, words: Span) -> bool:
    """A claim in which the cue itself stands is no end of what the cue joins."""
    return isinstance(each.record, Claim) and each.span[0] < words[0] and words[1] < each.span[1]


def _with(later: _Place, here: list[_Place], words: Span) -> list[_Place]:
    """The further measures on the same mission that the sentence tells on the same side of the cue."""
    record = later.record
    if not isinstance(record, Act):
        return []
    return [
        each
        for each in here
        if isinstance(each.record, Act)
        and each.at != later.at
        and (each.at < words[0]) == (later.at < words[0])
        and each.record.mission == record.mission
    ]


def _nearest(found: list[_Place], place: int) -> _Place | None:
    """The record nearest to a place; acts and events go before claims."""
    return min(
        found,
        key=lambda each: (
            isinstance(each.record, Claim),
            isinstance(each.record, Forum),
            abs(each.at - place),
        ),
        default=None,
    )


def _first(found: list[_Place], place: int) -> _Place | None:
    """The record told first after a place, acts and events before claims."""
    inside = [each for each in found if each.at < place + _REACH]
    return min(inside, key=lambda each: (isinstance(each.record, Claim), each.at), default=None)


def _meant(text: str, words: Span, sentence: Span, placed: list[_Place]) -> _Place | None:
    """What "the attack", "that decision", "Moscow's move" after a cue (or inside it, after "to") point back to."""
    start = words[1]
    if words[0] < words[1]:
        to = text.lower().find(" to ", *words)
        if to < 0:
            return None
        start = to + 4
    match = _BACK_TO.match(text[start : start + 80])
    if match is None:
        return None
    kind = Act if match["act"] else Incident
    told = [each for each in placed if isinstance(each.record, kind) and each.at < sentence[0]]
    return max(told, key=lambda each: each.at, default=None)


def _told_before(
    draft: Draft, cue: _Cue, later: _Place | None, sentence: Span, placed: list[_Place]
) -> _Place | None:
    """What an answer answers: the last act of the other side told before, else the last incident or event."""
    if later is None:
        return None
    before = [
        each
        for each in placed
        if each.record is not later.record
        and each.at < later.at
        and each.span[1] <= max(later.at, sentence[0])
    ]
    record = later.record
    if isinstance(record, Act):
        mirrored = [
            each
            for each in before
            if isinstance(each.record, Act)
            and each.record.mission.sending == record.mission.receiving
            and each.record.mission.receiving == record.mission.sending
        ]
        if mirrored:
            return max(mirrored, key=lambda each: each.at)
    told = [each for each in before if isinstance(each.record, (Act, Incident, Event))]
    near = [each for each in told if draft.document.text[each.span[1] : sentence[0]].count("\n\n") <= 2]
    if cue.kind == "response_to":
        for kinds in ((Act,), (Act, Incident)):
            if any(isinstance(each.record, kinds) for each in near):
                near = [each for each in near if isinstance(each.record, kinds)]
    return max(near, key=lambda each: each.at, default=None)


def _subject_before(sentence: Span, placed: list[_Place]) -> _Place | None:
    """ "It came after …", "the decision was prompted by …": the act told last before the sentence."""
    before = [each for each in placed if isinstance(each.record, (Act, Event)) and each.at < sentence[0]]
    return max(before, key=lambda each: (isinstance(each.record, Act), each.at), default=None)


def _causal(text: str, words: Span) -> bool:
    """ "Over" and "since" state a cause only before a noun phrase that is no time or place or number."""
    cue = text[words[0] : words[1]].lower()
    if cue in ("over", "since"):
        after = text[words[1] : words[1] + 30].lower()
        if cue == "since":
            return False
        return (
            re.match(
                r"\s+(?:what|the (?!past|last|next|weekend|years?|counter|summer)|its|an?|alleged|\w+['’]s)\b",
                after,
            )
            is not None
        )
    return True


def _sequential(text: str, words: Span) -> bool:
    cue = text[words[0] : words[1]].lower()
    after = text[words[1] : words[1] + 24].lower()
    if cue.endswith("after") and re.match(r"\s+(?:all|that|which)\b", after):
        return False
    return not (cue in ("follows", "followed") and after.lstrip().startswith(("up", "suit")))


def _append(draft: Draft, cue: _Cue, later: _Record, earlier: _Record, sentence: Span, words: Span) -> None:
    if any(link.from_ == later.id and link.to == earlier.id for link in draft.links):
        return
    text = draft.document.text
    before = text[max(sentence[0], words[0] - 24) : words[0]].lower()
    negative = re.search(r"\b(?:not|n't|n’t|no|never)\b[^,;]*$", before) is not None
    if negative and cue.kind != "linked_to":
        return
    holding = draft.claims_over(words)
    # "Denied: it was not linked to …": what is denied is the tie, which the record states as such.
    negative = negative and not any(claim.stance == "denies" for claim in holding)
    claims = [claim.id for claim in holding]
    link = Link(
        id=draft.new_id("link"),
        kind=cue.kind,
        from_=later.id,
        to=earlier.id,
        polarity="-" if negative else "+",
        basis="stated",
        claims=claims,
        evidence=[sentence],
    )
    draft.links.append(link)
    draft.note(link.id, "kind", f"cues/links.yaml: “{text[words[0] : words[1]]}”")
