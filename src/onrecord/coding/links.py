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


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: _Kind
    back: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cue, ...]:
    found = []
    for kind, places in load("links").items():
        for place, phrases in places.items():
            ordered = sorted(phrases, key=len, reverse=True)
            pattern = re.compile(r"\b(?:" + "|".join(re.escape(each) for each in ordered) + r")\b", re.I)
            found.append(_Cue(_KINDS[kind], place == "back", pattern))
    answered = r"\b(?:replied|responded|retaliated|answered|retorted|hit back)\b[^.;:]{1,40}?\b(?:by|with)\b"
    return (_Cue("response_to", True, re.compile(answered, re.I)), *found)


def code(draft: Draft) -> None:
    """Append the document's links."""
    placed = _placed(draft)
    text = draft.document.text
    for start, end in ((int(a), int(b)) for a, b in draft.reading.sentences):
        if draft.section_at(int(draft.reading.starts[start])) in ("title", "debris", "byline", "caption"):
            continue
        sentence = draft.span((start, end))
        taken: list[Span] = []
        for cue in _cues():
            for match in cue.pattern.finditer(text, *sentence):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                _join(draft, cue, match.span(), sentence, placed)
    _disputed(draft)


def _disputed(draft: Draft) -> None:
    """ "Denied any link", "it had nothing to do with": a denial of a tie is about the link that was told before it."""
    for claim in draft.claims:
        if claim.stance not in ("denies", "questions") or not claim.content:
            continue
        text = draft.document.words(claim.content[0])
        if _TIE.search(text) is None:
            continue
        told = [link for link in draft.links if link.evidence and link.evidence[0][0] <= claim.content[0][0]]
        own = [link for link in told if link.evidence[0][1] > claim.content[0][0] and claim.id in link.claims]
        if told and not own:
            # The tie alone is denied, not what the claim that states it says besides.
            claim.about = [each for each in claim.about if each not in told[-1].claims] + [told[-1].id]
            draft.note(claim.id, "about", "a tie that is denied")


def _placed(draft: Draft) -> list[tuple[Span, _Record]]:
    """Every record that may be an end, with its place; acts and incidents before events, claims last."""
    found: list[tuple[Span, _Record]] = []
    covered: set[str] = set()
    for act in draft.acts:
        found.append((act.evidence[0], act))
        if act.event:
            covered.add(act.event)
    found.extend((incident.evidence[0], incident) for incident in draft.incidents)
    found.extend((forum.evidence[0], forum) for forum in draft.forums)
    found.extend(
        (event.evidence[0] if event.evidence else event.trigger, event)
        for event in draft.events
        if event.id not in covered
    )
    found.extend((claim.content[0], claim) for claim in draft.claims if claim.content)
    return found


def _join(draft: Draft, cue: _Cue, words: Span, sentence: Span, placed: list[tuple[Span, _Record]]) -> None:
    text = draft.document.text
    if cue.kind == "caused_by" and not _causal(text, words):
        return
    if cue.kind == "after" and not _sequential(text, words):
        return
    here = [each for each in placed if each[0][0] < sentence[1] and sentence[0] < each[0][1]]
    if cue.back:
        later = _best(here, words, before=False) or _best(here, words, before=True)
        earlier = _told_before(draft, later, sentence, placed)
    elif text[sentence[0] : words[0]].strip(' "“') == "":
        comma = text.find(",", words[1], sentence[1])
        comma = comma if comma > 0 else words[1]
        earlier = _at(here, (words[1], comma), words)
        later = _best(
            [each for each in here if each[0][1] > comma and _anchor(each) >= comma - 5],
            (comma, comma),
            before=False,
        )
    else:
        earlier = _at(here, (words[1], sentence[1]), words)
        later = _best([each for each in here if each is not earlier], words, before=True)
        if later is None and not any(_anchor(each) < words[0] for each in here):
            later = _subject_before(draft, sentence, placed)
    if later is None or earlier is None or later[1] is earlier[1]:
        return
    _append(draft, cue, later[1], earlier[1], sentence, words)


def _anchor(each: tuple[Span, _Record]) -> int:
    record = each[1]
    return record.trigger[0] if isinstance(record, Event) else each[0][0]


def _best(found: list[tuple[Span, _Record]], words: Span, before: bool) -> tuple[Span, _Record] | None:
    """The record nearest to the cue on one side; acts and events go before claims."""
    side = [each for each in found if (_anchor(each) < words[0]) == before]
    ranked = sorted(
        side,
        key=lambda each: (
            isinstance(each[1], Claim),
            isinstance(each[1], Forum),
            abs(_anchor(each) - words[0]),
        ),
    )
    return ranked[0] if ranked else None


def _at(found: list[tuple[Span, _Record]], region: Span, cue: Span) -> tuple[Span, _Record] | None:
    """The record that stands first in a region, or a claim or event that begins right before it."""
    inside = [each for each in found if region[0] - 2 <= _anchor(each) < min(region[1], region[0] + 200)]
    ranked = sorted(inside, key=lambda each: (isinstance(each[1], Claim), _anchor(each)))
    return ranked[0] if ranked else None


def _told_before(
    draft: Draft, later: tuple[Span, _Record] | None, sentence: Span, placed: list[tuple[Span, _Record]]
) -> tuple[Span, _Record] | None:
    """What an answer answers: the last act of the other side told before, else the last incident or event."""
    if later is None:
        return None
    before = [each for each in placed if _anchor(each) < _anchor(later) and each[1] is not later[1]]
    record = later[1]
    if isinstance(record, Act):
        mirrored = [
            each
            for each in before
            if isinstance(each[1], Act)
            and each[1].mission.sending == record.mission.receiving
            and each[1].mission.receiving == record.mission.sending
        ]
        if mirrored:
            return mirrored[-1]
    acts = [each for each in before if isinstance(each[1], (Act, Incident, Event))]
    near = [each for each in acts if draft.document.text[each[0][1] : sentence[0]].count("\n\n") <= 2]
    return max(near, key=_anchor) if near else None


def _subject_before(
    draft: Draft, sentence: Span, placed: list[tuple[Span, _Record]]
) -> tuple[Span, _Record] | None:
    """ "It came after …", "the decision was prompted by …": the act told last before the sentence."""
    before = [each for each in placed if isinstance(each[1], (Act, Event)) and _anchor(each) < sentence[0]]
    return max(before, key=lambda each: (isinstance(each[1], Act), _anchor(each))) if before else None


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
