"""To whom a phrase belongs by its own words: the code of its owner, and the sector its nouns tell.

"Russian mission to NATO" is Russia's, "UN envoy for Iraq" the United Nations', "members of the Iraqi
parliament" Iraq's and of its legislature. What the phrase leaves open ("the foreign ministry", "Lavrov")
the document tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.coding.parties.phrases import Part, Phrase, parse
from onrecord.coding.parties.story import Mention, Story

STATE_KINDS = frozenset(("state", "adjective", "people", "capital", "place"))

# Those who are sent: what follows "to", "in" or "for" is where, not whose.
_SENT = frozenset(
    ("envoy", "special envoy", "peace envoy", "representative", "special representative", "delegation", "mission",
     "mediator", "negotiator", "high representative", "counterpart", "administrator", "visitor", "candidate")
)  # fmt: skip
_AIDES = frozenset(
    ("adviser", "advisor", "aide", "lawyer", "spokesman", "spokeswoman", "spokesperson", "successor")
)
# Noun phrases in a place are mostly of it; soldiers, diplomats and firms are not.
_LOCAL = frozenset(("COP", "REB", "CVL", "OPP", "GOV", "MED", "LEG", "JUD", "PTY"))
_HOMES = frozenset(("state", "capital"))
_TOWNS = frozenset(("capital", "place"))
_OWNING = frozenset(("state", "adjective", "capital"))
_COMMON = frozenset(("organ", "civil", "party"))
_JOINED = frozenset(("and", ",", "the", "-", "–", "/"))
_SECTOR_TIES = ("of", "for", "from", "in", "at", "to")


@dataclass(frozen=True, slots=True)
class Belonging:
    """An owner and how it was told: name, modifier, or the word that ties it to the noun."""

    mention: Mention
    why: str

    @property
    def code(self) -> str:
        return self.mention.name.code


def owner_of(story: Story, phrase: Phrase, depth: int = 3) -> Belonging | None:
    """The name to which a phrase belongs by its own words, if they tell."""
    named = phrase.named
    alone = phrase.mentions[0] if len(phrase.mentions) == 1 else None
    if alone is not None and alone.name.code and phrase.core == (alone.start, alone.end):
        return Belonging(alone, "name")  # the "US" of "US-backed" is the state, whatever is hyphened to it
    if named is not None and named.name.code and _is_itself(story, phrase, named):
        return Belonging(named, "name")
    owner = phrase.owner
    if owner is not None and not _is_its_town(story, phrase, owner):
        return Belonging(owner, "modifier")
    if named is not None and named.name.code:
        return Belonging(named, "name")
    if depth == 0:
        return None
    for part in phrase.parts:
        if part.tie == "," or _owns(phrase, part):
            inner = parse(story, part.words)
            if part.tie == "," and _is_aside(story, inner):
                continue
            found = owner_of(story, inner, depth - 1)
            if found is not None:
                return Belonging(found.mention, "apposition" if part.tie == "," else part.tie)
    return None


def owners_of(story: Story, phrase: Phrase) -> list[Mention]:
    """The owners of a plural noun with several joined before it: "French and Dutch voters"; empty where it
    has one.
    """
    if phrase.head is None or phrase.head_words is None:
        return []
    if not phrase.head.plural and phrase.head.words != "people":
        inside = phrase.part("of")
        return (
            owners_of(story, parse(story, inside))
            if inside is not None and phrase.head.sector != "UNK"
            else []
        )
    before = [
        m
        for m in phrase.mentions
        if m.end <= phrase.head_words[0] and m.name.code and m.name.kind != "person"
    ]
    inside = phrase.part("of", "from", "in")
    if inside is not None and phrase.part("of", "from") is None and not _owns(phrase, Part("in", inside)):
        inside = None
    if not before and inside is not None:
        start = inside[0]
        while start < inside[1] and story.lower[start] in ("both", "the"):
            start += 1
        listed = next((each for each in story.lists if each[0].start == start), ())
        if listed and listed[-1].end <= phrase.words[1] and {m.name.kind for m in listed} <= _HOMES:
            before = list(listed)
    for left, right in pairwise(before):
        between = story.forms[left.end : right.start]
        if not between or any(form not in _JOINED for form in between):
            return []
    codes = {mention.name.code: mention for mention in reversed(before)}
    return [] if len(codes) < 2 else [m for m in before if codes[m.name.code] is m]


def _is_itself(story: Story, phrase: Phrase, named: Mention) -> bool:
    """Whether the name at the end of a core is the party, not a person with his country before him."""
    kind = named.name.kind
    if kind == "person":
        return False
    if kind == "state":
        return named.owns and story.lower[named.start - 1] != "and"
    return kind not in STATE_KINDS and not is_namesake(phrase, named)


def _is_its_town(story: Story, phrase: Phrase, owner: Mention) -> bool:
    """Whether a name before an embassy tells where it is, not whose: "the Houston consulate"."""
    if phrase.head is None or phrase.head.kind != "mission" or owner.name.kind not in _TOWNS:
        return False
    return owner.end < len(story) and story.lower[owner.end] not in ("'s", "’s", "'", "’")


def is_namesake(phrase: Phrase, named: Mention) -> bool:
    """Whether a body of a common name is another state's: "the Peruvian Congress", "the Russian Security Council"."""
    owner = phrase.owner
    return (
        owner is not None
        and owner.end <= named.start
        and owner.name.kind in _OWNING
        and (
            named.name.kind in _COMMON or (named.name.kind == "organisation" and named.end - named.start > 1)
        )
        and owner.name.code != named.name.code
    )


def _is_aside(story: Story, phrase: Phrase) -> bool:
    """Whether what follows a comma tells something else than who it is."""
    return phrase.core[0] < phrase.core[1] and story.lower[phrase.core[0]] in (
        "who",
        "which",
        "including",
        "along",
    )


def _owns(phrase: Phrase, part: Part) -> bool:
    """Whether what follows a preposition owns the noun before it."""
    tie, head = part.tie, phrase.head
    if tie in ("of", "from"):
        return True
    if head is None:
        return tie in ("at", "in") and phrase.proper is None
    if tie in ("for", "to"):
        return head.words in _AIDES or (head.inherits and head.words not in _SENT)
    if tie == "in":
        local = head.sector in _LOCAL or (head.sector == "BUS" and head.kind == "group")
        return local and head.words not in _SENT
    if tie == "at":
        return head.sector != "DIP"
    return tie in ("with", "on")


def sector_of(story: Story, phrase: Phrase, depth: int = 3) -> str | None:
    """The sector that the words of a phrase tell, if they do."""
    head, named = phrase.head, phrase.named
    group = named is not None and named.name.kind not in STATE_KINDS and named.name.kind != "person"
    if head is not None and not group:
        sector = _inherited(story, phrase, depth) if head.inherits else head.sector
        opposed = any(story.lower[word] == "opposition" for word in range(*phrase.core))
        return "OPP" if opposed and sector in ("GOV", "PTY", "CVL", "LEG") else sector
    if named is not None:
        if named.name.sector:
            return named.name.sector
        if named.name.kind == "people":
            bare = phrase.definite and phrase.core == (named.start, named.end)
            return "GOV" if bare else "CVL"
        return "GOV"
    if phrase.proper is None:
        if phrase.owner is not None and phrase.owner.name.kind not in STATE_KINDS:
            return phrase.owner.name.sector
        inside = phrase.part("of")
        if inside is not None and depth:
            return sector_of(story, parse(story, inside), depth - 1)
    for part in phrase.parts:
        if part.tie == "," and depth:
            found = sector_of(story, parse(story, part.words), depth - 1)
            if found:
                return found
    return None


def _inherited(story: Story, phrase: Phrase, depth: int) -> str:
    """The sector of what a spokesman, member or chief is of, looked for before the noun and after it."""
    assert phrase.head is not None and phrase.head_words is not None
    start = phrase.core[0]
    for last in range(phrase.head_words[0] - 1, start - 1, -1):
        mention = story.mention_at.get(last)
        if mention is not None and mention.name.sector and mention.name.kind != "person":
            return mention.name.sector
        found = story.noun_ending_at(last, start)
        # "Serb officials", "student leaders": a people before the noun is no sector of officials.
        people = found is not None and found[1].sector == "CVL" and found[1].kind == "person"
        if found is not None and not found[1].inherits and not people:
            return found[1].sector
    for tie in _SECTOR_TIES:
        words = phrase.part(tie)
        if words is not None and depth and tie != "to":
            inner = parse(story, words)
            if inner.named is not None and inner.named.name.kind in STATE_KINDS:
                break
            sector = sector_of(story, inner, depth - 1)
            if sector:
                return sector
    return phrase.head.sector
