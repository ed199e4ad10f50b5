"""Who speaks: holders and relays as actors, and a person announced before being named.

Requires the resolver. "A government official" in the lead who turns out further down to be the deputy minister
with the same thing to say is one person: the anonymous holder takes the named one's actor.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from onrecord.coding import syntax
from onrecord.coding.claims.declining import nobody_there
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of
from onrecord.coding.parties.resolver import Party
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Actor, Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_OFFICIAL = re.compile(
    r"\b(?:officials?|diplomats?|ministers?|spokes(?:man|woman|person)|ambassadors?|envoys?)\b", re.I
)
_LAWMAKER = re.compile(
    r"\b(?:lawmakers?|legislators?|senators?|deput(?:y|ies)|parliamentarians?|MPs?|members? of parliament)\b",
    re.I,
)
_OFFICIAL_ROLE = re.compile(
    r"\b(?:minister|spokes|ambassador|secretary|envoy|official|representative|diplomat)", re.I
)
_LAWMAKER_ROLE = re.compile(
    r"\b(?:chair|committee|parliament|duma|senat|lawmaker|legislat|congress|speaker|deputy speaker)", re.I
)
_GOVERNMENTS = frozenset(("government", "ministry", "authority", "leadership", "leader", "cabinet", "author"))
_SOME = frozenset(("both", "some", "others", "many", "several", "another", "most", "few"))
OUTLETS = frozenset(load("reporting")["outlets"])
_PERSONS = frozenset(
    "delegate minister secretary ambassador envoy spokesman spokeswoman president premier chancellor chairman consul "
    "counsellor attaché general colonel commissioner director chief head aide adviser chargé leader".split()
)
# After whose noun a name may stand: "the agency Beta", "President Sowa".
_TITLED = "mr mrs ms dr sir father service bloc group columnist journalist analyst"
_NAMED = OUTLETS | _PERSONS | frozenset(_TITLED.split())
# What stands after "by", "in" and "on" beside words said, and says nothing.
_NOBODY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december name telephone phone text".split()
)
_HERE = frozenset(("this", "our", "us", "we", "my", "me"))
# By what office the table's head of a state or of a government is spoken of.
_LEADING = {
    "head of state": ("president", "king", "queen", "emir", "sultan"),
    "head of government": ("prime minister", "premier", "chancellor"),
}
_STEM = 5
_HYPHENS = frozenset("-‐‑")


def phrase_of(draft: Draft, head: int) -> WordSpan:
    """The words of a speaker: the noun phrase without clauses, with the rest of a name that the tree hangs elsewhere,
    and without a day before it ("On Saturday Okello")."""
    reading = draft.reading
    first, last = draft.sentence(head)
    start, end = reading.phrase(head)
    start, end = max(start, first), min(end, last)
    if start + 1 < head and reading.pos(start) == "ADP" and reading.lower(start + 1) in _NOBODY:
        start += 3 if start + 2 < head and reading.pos(start + 2) == "NUM" else 2
    kind = reading.entity_at(end) if end < last else None
    cut = kind == reading.entity_at(end - 1)  # "Minister Ada | Obi"
    titled = end == head + 1 and noun_of(reading.lower(head), _NAMED) is not None
    outlet = end == head + 1 and kind is None and noun_of(reading.lower(head), OUTLETS) is not None
    if not outlet and (kind not in ("PER", "ORG") or not (cut or titled)):
        return start, end
    while end < last:
        joined = reading.word(end) in _HYPHENS and end + 1 < last  # "Jean-Yves"
        if reading.pos(end + joined) != "PROPN":
            break
        end += 1
    return start, end


def speaks(draft: Draft, head: int) -> bool:
    """A noun may be somebody who speaks: a party, or people and papers by their noun."""
    lower = draft.reading.lower(head)
    if lower in _NOBODY and noun_of(draft.reading.lower(head + 1), OUTLETS) is None:
        return False
    if any(draft.reading.lower(at) in _HERE for at in (head, draft.reading.phrase(head)[0])):
        return False  # the words' own outlet
    if draft.reading.pos(head) in ("PROPN", "PRON"):
        return True
    return draft.resolver.resolve(phrase_of(draft, head)) is not None


def actor_of(draft: Draft, head: int | None) -> str | None:
    """The actor for the noun at ``head``; a pronoun that nobody can be found for is nobody."""
    if head is None:
        return None
    head = _owner(draft.reading, syntax.relative_head(draft.reading, head) or head)
    head = by_name(draft.reading, head)
    words = phrase_of(draft, head)
    return _as_written(draft, head, words) or draft.actor_for(words) or named_by_words(draft, head, words)


def _owner(reading: Reading, holder: int) -> int:
    """ "India, whose government had threatened …": the noun before "whose" is who speaks."""
    whose = next((child for child in reading.children(holder) if reading.lower(child) == "whose"), None)
    if whose is None or noun_of(reading.lower(holder), _GOVERNMENTS) is None:
        return holder
    at = whose - 2 if reading.word(whose - 1) == "," else whose - 1
    return at if at >= 0 and reading.pos(at) in ("NOUN", "PROPN") else holder


def by_name(reading: Reading, head: int) -> int:
    """ "The news portal Confidencial", "the delegate, Dr Lange,": the name that the tree hangs elsewhere."""
    if reading.pos(head) != "NOUN" or head + 2 >= len(reading):
        return head
    outlet = noun_of(reading.lower(head), OUTLETS) is not None
    if outlet and reading.pos(head + 1) == "PROPN" and reading.entity_at(head + 1) == "ORG":
        last = head + 1
        while last + 1 < len(reading) and reading.pos(last + 1) == "PROPN":
            last += 1
        return next((at for at in range(head + 1, last + 1) if not head < reading.head(at) <= last), last)
    comma = reading.phrase(head)[1]
    if (
        comma + 2 >= len(reading)
        or reading.word(comma) != ","
        or noun_of(reading.lower(head), _PERSONS) is None
    ):
        return head
    end = comma + 1
    while end < len(reading) and reading.pos(end) == "PROPN":
        end += 1
    closed = end >= len(reading) or reading.pos(end) in ("PUNCT", "VERB", "AUX")
    named = end > comma + 1 and reading.entity_at(end - 1) == "PER"
    return end - 1 if closed and named else head


def speaker_in(draft: Draft, words: WordSpan) -> str | None:
    """The actor for the words of a speaker, where no tree is asked for their head."""
    head = head_of(draft.reading, words)
    return _as_written(draft, head, words) or draft.actor_for(words)


def _as_written(draft: Draft, head: int, words: WordSpan) -> str | None:
    """The speaker by the name that the text gives: "Moscow", "the CIA", "the Hungarian government", "its mine
    authority", where the table has another for the party.

    The code stays the party's own. None where the text's words and the table's share one, and for persons.
    """
    reading = draft.reading
    party = draft.resolver.resolve(words) if reading.pos(head) in ("PROPN", "NOUN") else None
    if party is None or party.kind == "person":
        return None
    name = re.sub(r"^(?:the|The)\s+", "", syntax.text_of(reading, words))
    known = set(re.findall(r"\w+", party.name.lower()))
    if reading.lower(head) in known or (reading.pos(head) == "NOUN" and party.kind != "state"):
        return None
    return draft.actor_of(replace(party, key=(*party.key, name.lower()), name=name), words)


def named_by_words(draft: Draft, head: int, words: WordSpan) -> str | None:
    """An actor of whom nothing is known but the words: "an analyst", "two people familiar with the matter"."""
    reading = draft.reading
    told = reading.lower(head) in _SOME or nobody_there(reading, head)
    if not told and reading.pos(head) not in ("NOUN", "PROPN", "NUM", "ADJ"):
        return None
    name = syntax.text_of(reading, words)
    party = Party(
        key=("words", name.lower()),
        name=name,
        code=None,
        kind="person",
        sector=None,
        anonymous=reading.pos(head) != "PROPN",
        why="words alone",
    )
    return draft.actor_of(party, words)


def name_later(draft: Draft) -> None:
    """Give claims of an announced person to the person named further down, those of "the minister" to the one named."""
    for claim in draft.claims:
        if claim.holder is None or not claim.content:
            continue
        actor = draft.actor(claim.holder)
        if _announced(actor):
            named = _named_later(draft, claim, actor)
        elif _by_office(actor) and not _name_put_in(draft, actor):
            named = _in_office(draft, actor)
        else:
            continue
        if named is not None:
            draft.note(claim.id, "holder", f"“{actor.name}” is the {named.role or 'person'} named later")
            claim.holder = named.id


def _by_office(actor: Actor) -> bool:
    """ "The foreign secretary", "Peru's ambassador": one person, by the office alone."""
    return (
        actor.kind == "person"
        and actor.anonymous
        and actor.role is not None
        and re.fullmatch(r"(?:the|its|their|his|her|[\w.]+['’]s) [a-z' -]+", actor.name, re.I) is not None
    )


def _name_put_in(draft: Draft, actor: Actor) -> bool:
    """ "The minister, Adel al-Jubeir,": his own name stands beside the office."""
    return any(re.match(r", [A-Z]", draft.document.text[end : end + 3]) for _, end in actor.mentions)


def _in_office(draft: Draft, actor: Actor) -> Actor | None:
    """The only person of this side whom the text names with that office; none where it names two."""
    wanted = _office(actor.role)
    found: list[Actor] = []
    for other in draft.actors:
        if other.kind != "person" or other.anonymous or other.code != actor.code:
            continue
        held = _office(other.role)
        leads = " ".join(wanted) in _LEADING.get(other.role or "", ())
        if not leads and (not held or held[-1] != wanted[-1] or not set(wanted) <= set(held)):
            continue
        found = [each for each in found if each.name not in other.name]
        if not any(other.name in each.name for each in found):
            found.append(other)
    return found[0] if len(found) == 1 else None


def _office(role: str | None) -> list[str]:
    """The words of an office; a secretary of state is a minister by another name."""
    words = re.findall(r"[a-z]+", (role or "").lower())
    return [
        "minister" if word == "secretary" else word for word in words if word not in ("the", "of", "state")
    ]


def spell(draft: Draft) -> None:
    """Name persons as the text spells them, where the table writes the whole name otherwise ("Peter Szijjarto")."""
    for actor in draft.actors:
        if actor.kind != "person" or actor.name.isascii():
            continue
        known, plain = set(actor.name.lower().split()), _plain(actor.name)
        told = [draft.document.words(span) for span in actor.mentions]
        if any(known & set(words.lower().split()) for words in told):
            continue
        spelt = [words for words in told if plain & _plain(words)]
        if spelt:
            actor.name = max(spelt, key=len)


def _plain(name: str) -> set[str]:
    """The words of a name without what stands on and under its letters."""
    letters = (each for each in normalize("NFKD", name.lower()) if not combining(each))
    return set(
        "".join(letters).replace("ı", "i").replace("ł", "l").replace("đ", "d").replace("ø", "o").split()
    )


def _announced(actor: Actor) -> bool:
    """An indefinite singular person: "a government official", "a senior lawmaker"."""
    return (
        re.match(r"(?:an?|one) ", actor.name, re.I) is not None
        and len(actor.mentions) <= 2
        and (_OFFICIAL.search(actor.name) is not None or _LAWMAKER.search(actor.name) is not None)
    )


def _named_later(draft: Draft, claim: Claim, actor: Actor) -> Actor | None:
    role = _LAWMAKER_ROLE if _LAWMAKER.search(actor.name) else _OFFICIAL_ROLE
    here = claim.content[0][0]
    found: list[Actor] = []
    for other in draft.claims:
        if (
            other is claim
            or other.holder in (None, claim.holder)
            or not other.content
            or other.content[0][0] < here
        ):
            continue
        person = draft.actor(other.holder)
        if person.kind != "person" or person.anonymous or person in found:
            continue
        if actor.code is not None and person.code != actor.code:
            continue
        if role.search(person.role or person.name) and _alike(draft, claim, other):
            found.append(person)
    return found[0] if len(found) == 1 else None


def _alike(draft: Draft, one: Claim, two: Claim) -> bool:
    """Both claims do the same, or share a word stem that carries meaning."""
    if one.stance == two.stance and one.stance != "asserts":
        return True
    return bool(_stems(draft, one) & _stems(draft, two))


def _stems(draft: Draft, claim: Claim) -> set[str]:
    text = " ".join(draft.document.words(span) for span in claim.content).lower()
    return {word[:_STEM].removeprefix("in") for word in re.findall(r"[a-z]{6,}", text)}
