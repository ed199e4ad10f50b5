"""The charge on which a state takes a measure against people, where no other record tells it.

"Declared the consul persona non grata for paying journalists": that he paid journalists is on the word of the state
that acts, so it becomes a claim of that state which accuses, and the link has an end. A ground that charges nobody
("over unpaid rent") is no accusation and makes none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding.acts.lexicon import SENT_AWAY
from onrecord.coding.links.ends import Place
from onrecord.model.records import Act, Claim

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

Span = tuple[int, int]

_LEAD = re.compile(
    r"\s*(?:(?:what (?:it|he|she|they|the [\w ]{3,30}) (?:called|calls|described as|describes as|termed|terms)|"
    r"their|his|her|its)\s+)?[\"“'‘]?",
    re.I,
)
_CHARGING = (
    "accusing", "on charges of", "on the charge of", "on a charge of", "on the ground that", "on the grounds that",
)  # fmt: skip
_FOR = (
    "for",
    "by reason of",
    "on account of",
    "because of",
    "on grounds of",
    "on the ground of",
    "on the grounds of",
)
# What is charged against a state or its people, whatever the measure taken for it.
_WRONG = re.compile(
    r"\b(?:meddl\w+|spy(?:ing)?|spie[sd]|espionage|interfer\w+|brib\w+|smuggl\w+|plott?\w*|sabotag\w+|harass\w+|abus\w+|"
    r"violat\w+|breach\w*|forg(?:ed|ing|ery)|fraud|traffick\w+|terroris\w+|subver\w+|propaganda|incit\w+|hostil\w+|"
    r"incompatible|arming|shelter\w+|harbour\w+|insult\w+|slander\w+|aggress\w+|undermin\w+|conspir\w+|warfare|"
    r"complicit\w*|complicity|collu\w+|disinformation|intrusion|involvement)\b",
    re.I,
)
_DOING = re.compile(r"\s+[\"“]?\w{2,}ing\b(?!\s+of\b)", re.I)
_ALLEGED = re.compile(r"\s+(?:[\"“]|what (?:it|he|she|they|the)\b|alleged|suspected|supposed|activit)", re.I)
_SPEAKER = re.compile(r"\b(?:anonymous|named|authori[sz]ed)\b", re.I)
_LONGEST = 160
_EDGES = " ,;.\"“”'‘’\n"


def note(draft: Draft, later: Place, words: Span, end: int, top: int) -> None:
    """Keep with a measure the words that give its ground, whether or not a record stands there."""
    act, reading = later.record, draft.reading
    governing = reading.head(top)
    near = governing == later.word or (governing >= 0 and reading.head(governing) == later.word)
    if not isinstance(act, Act) or act.ground is not None or not near or later.at > words[0]:
        return
    cue = draft.document.text[slice(*words)].lower()
    if cue == "on the strength of" or (
        cue == "for" and not (act.act in SENT_AWAY and _charges(draft, words, end, top))
    ):
        return
    said = draft.document.text[words[1] : end].strip(_EDGES)
    said = said.partition(" of ")[2] if cue == "accusing" else said
    if " " in said and len(said) <= _LONGEST:
        act.ground = said
        draft.note(act.id, "ground", f"the words behind “{draft.document.text[slice(*words)]}”")


def charge(draft: Draft, later: Place | None, words: Span, end: int, top: int) -> Place | None:
    """A claim made of the words behind a cue, up to ``end``; None where they are no charge."""
    if later is None or not isinstance(later.record, Act):
        return None
    if later.record.act not in SENT_AWAY and _WRONG.search(draft.document.text, words[1], end) is None:
        return None
    text = draft.document.text
    event = next((event for event in draft.events if event.id == later.record.event), None)
    if event is None or not event.actors or event.status not in ("actual", "future"):
        return None
    start = words[1] + len(_LEAD.match(text[words[1] : end]).group(0))  # type: ignore[union-attr]
    quoted = text[start - 1] in '"“'
    content = (start, start + len(text[start:end].rstrip(_EDGES)))
    if (
        (" " not in text[slice(*content)] and not quoted and _WRONG.match(text, *content) is None)
        or content[1] - content[0] > _LONGEST
        or _claimed(draft, content, later.at)
    ):
        return None
    if not _charges(draft, words, end, top):
        return None
    claim = Claim(
        id=draft.new_id("claim"),
        holder=event.actors[0],
        cue=words,
        content=[content],
        quoted=quoted,
        stance="accuses",
        about=[each.id for each in draft.events if content[0] <= each.trigger[0] < content[1]],
    )
    draft.claims.append(claim)
    draft.note(claim.id, "stance", f"the ground of a measure: “{text[slice(*words)]}”")
    return Place(content, content[0], top, claim)


def _claimed(draft: Draft, content: Span, at: int) -> bool:
    """The charge is a claim already; one that tells the measure with it says only that it was taken."""
    return any(
        span[0] <= content[0] and content[1] <= span[1] and not span[0] <= at < span[1]
        for claim in draft.claims_over(content)
        for span in claim.content
    )


def _charges(draft: Draft, words: Span, end: int, top: int) -> bool:
    """Whether the words behind a cue charge somebody: a deed after "for", a clause after "because", the alleged."""
    said, behind = draft.document.text[slice(*words)].lower(), draft.document.text[words[1] : end]
    if said in _CHARGING:
        return True
    if said == "because":
        return draft.reading.pos(top) in ("VERB", "AUX") and _SPEAKER.search(behind) is None
    doing = draft.reading.pos(top) == "VERB" and draft.reading.lower(top).endswith("ing")
    doing = doing or _DOING.match(behind) is not None
    return _ALLEGED.match(behind) is not None or (said in _FOR and doing)
