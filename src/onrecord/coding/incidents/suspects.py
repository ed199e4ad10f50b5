"""Under whom a noun accuses: a state's own servants under its code, a group by its name, others by their words.

Requires the resolver. Whoever holds the claim is never among those whom it accuses. An armed group is accused under its
own name and not as the state that it comes from; people without a name ("herdsmen") under the words that tell of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.sides import guessed
from onrecord.coding.incidents.mentions import lists
from onrecord.coding.inflect import noun_of
from onrecord.coding.parties.resolver import Party
from onrecord.coding.spans import head_of
from onrecord.vocabulary.actors import states

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Actor, Claim
    from onrecord.reading.types import Reading

GUESSED = frozenset(("story", "scene", "nobody"))  # a code that rests on whose story it is, not on words
_NOBODY = frozenset(("place", "outlet"))
_GROUPS = frozenset(("group", "party"))
_INSIDE = frozenset(("compound", "flat", "amod", "nmod"))
_MODIFIERS = frozenset(("amod", "compound", "nummod", "flat"))
_INITIALS = 3  # a name of so many words is known by their initials
_SERVING = frozenset(
    "loyal close backed sponsored paid armed hired pay service working acting trained recruited sent controlled run "
    "directed steered guided handled financed funded bankrolled tasked commanded led supported".split()
)
_UNTOLD = frozenset(
    "man men woman women people person attacker attackers assailant assailants killer killers gunmen element elements "
    "culprit culprits perpetrator perpetrators".split()
)
_BANDS = frozenset(
    "group team gang band outfit front cell crew ring organisation organization movement militia".split()
)
_CALLED = frozenset(("known", "called", "calls", "call", "calling", "named", "dubbed", "styled", "styling"))
_ITSELF = frozenset(("as", "itself", "themselves", "the"))
_OFFICES = frozenset(("minister", "ministry", "office", "secretary"))
STEPS = frozenset("act decision step move measure order request demand".split())
_BEFORE = 30  # words before "the kingdom" in which its name stands
_REALMS = frozenset(
    "kingdom republic emirate sultanate neighbour neighbor country nation state island".split()
)
_FOREIGN = frozenset(("foreign", "hostile"))
_UNKNOWN = frozenset(("unknown", "unidentified", "unnamed"))
_SOME = frozenset(("local", "few", "some", "several", "many", "other", "certain"))
_ADDRESS = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Señor|Herr|Monsieur)\.? ")
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar)-(?=[A-Z])")
_UNNAMED = Party(("accused",), "", None, "group", None, why="nobody")
_CLEARLY = 1.5  # how much more often a state is named than the third, to be one of a story's two


def parties(draft: Draft, claim: Claim, heads: Iterable[int]) -> tuple[str, ...]:
    """The actors of nouns that may have done something, the claim's own holder left out."""
    own = _own(draft, claim)
    # Where states take measures against each other, not even an accuser whose side is a guess means his own.
    side = draft.code_of(claim.holder) if claim.holder is not None and draft.acts else None
    if claim.holder is not None and _dissents(draft, claim.holder):
        side = None
    found: list[str] = []
    for head in heads:
        several: list[Party] = []
        if draft.reading.lower(head) in ("they", "both", "sides"):
            several = draft.resolver.resolve_all(draft.reading.phrase(head))
        for party in several if len(several) > 1 else [_accusable(draft, head, own, side)]:
            if party is None or party.code is None or party.code == own:
                continue
            actor = draft.actor_of(party, draft.reading.phrase(head))
            if all(draft.code_of(other) != party.code for other in found):
                found.append(actor)
    return tuple(found)


def _own(draft: Draft, claim: Claim) -> str | None:
    """The code that a claim's holder does not accuse: his own, where words give it; a group accuses its state."""
    if claim.holder is None or guessed(draft, claim.holder) or draft.actor(claim.holder).kind in _GROUPS:
        return None
    if _dissents(draft, claim.holder):
        return None
    return draft.code_of(claim.holder)


def _dissents(draft: Draft, actor: str) -> bool:
    """Whoever has broken with his own state ("exiles", "the defected ambassador") means it when he accuses."""
    words = (word.removesuffix("’s").removesuffix("'s") for word in draft.actor(actor).name.lower().split())
    return not lists()["dissenting"].isdisjoint(words)


def _accusable(draft: Draft, head: int, own: str | None, side: str | None) -> Party | None:
    """The party of a noun, as it is accused: a group by its own name, others by the code that their words give."""
    reading = draft.reading
    party = draft.resolver.resolve(reading.phrase(head))
    lower = reading.lower(head)
    if (called := called_by(draft, head)) is not None:
        return called
    if lower in _REALMS and (party is None or party.why in GUESSED or party.code == own):
        return _last_state(draft, head, own or side)  # "the kingdom, which it accused of lighting fires"
    if (band := _band_with_a_name(draft, head)) is not None:
        return band
    if party is None or party.kind in _NOBODY:
        if reading.pos(head) != "NOUN":
            return None
        patron = _patron(draft, head)
        unknown = patron is None and party is None and noun_of(lower, lists()["civil"]) is not None
        return _nameless(draft, head, _UNNAMED) if unknown else patron
    if (
        party.sector == "SPY"
        and reading.pos(head) == "PROPN"
        and (service := _by_letters(draft, head, party))
    ):
        return service
    if (unit := _unit(draft, head)) is not None:
        return unit
    if lower in _UNTOLD and all(reading.pos(at) == "DET" for at in _before(reading, head)):
        person = _person(draft, head)  # else "the men" are as good as nobody
        return _patron(draft, head) if person is None else _by_name(person) if _is_private(person) else person
    if noun_of(lower, _deeds()) is not None:
        return None  # "the abduction of two clerks" did nothing
    if party.kind in _GROUPS and party.why == "modifier" and (own_name := _named_by(draft, head)) is not None:
        party = own_name  # "the Houthi movement"
    if party.kind in _GROUPS and party.why == "name" and not str(party.key[-1]).startswith("people of"):
        return replace(party, key=("accused", party.name), code=short_name(party.name))
    owned = any(reading.pos(child) == "PRON" for child in syntax.kids(reading, head, "nmod:poss"))
    if any(
        reading.lower(at).startswith(("pro-", "pro–")) or reading.lower(at) == "pro"
        for at in _before(reading, head)
    ):
        return _nameless(draft, head, party)  # "a pro-Ukrainian group" is not Ukraine
    official = noun_of(lower, lists()["officials"]) is not None
    if reading.lower(head - 1) in _UNKNOWN:
        return None
    if lower in STEPS:
        return None  # "a hostile act carried out under pressure"
    if party.why in GUESSED and reading.lower(head - 1) in _FOREIGN and lower not in _OFFICES:
        return _nameless(draft, head, party)  # "foreign services" are nobody's own
    unknown = party.why in GUESSED and reading.pos(head) == "PROPN" and reading.entity_at(head) == "ORG"
    unknown = unknown and party.name not in _state_names()
    if unknown and not official and reading.deprel(head) not in _INSIDE:
        name = short_name(party.name)
        return replace(party, key=("accused", name), code=name, kind="group")
    if noun_of(lower, lists()["civil"]) is not None and party.why != "name" and not owned and not official:
        if (person := _person(draft, head)) is not None:
            return _by_name(person) if _is_private(person) else person
        return (
            _patron(draft, head) or _service(draft, head) or _nameless(draft, head, party)
        )  # "Somali smugglers" are not Somalia
    if party.why in GUESSED and not (reading.entity_at(head) == "PER" and _is_private(party)):
        if not official:
            return _patron(draft, head)  # "a network steered from Minsk"
        if party.code not in states():
            return counterpart(draft, side)
        return party if party.code not in (own, side) else counterpart(draft, party.code)
    return _by_name(party) if reading.entity_at(head) == "PER" and _is_private(party) else party


@lru_cache(maxsize=1)
def _deeds() -> frozenset[str]:
    return (lists()["nouns"] | lists()["mishaps"]) - lists()["civil"]


@lru_cache(maxsize=1)
def _state_names() -> frozenset[str]:
    return frozenset(state.name for state in states().values())


def _named_by(draft: Draft, head: int) -> Party | None:
    """The group whose own name stands before "movement", "fighters" and the like."""
    for child in syntax.kids(draft.reading, head, "compound", "amod", "nmod:poss"):
        party = draft.resolver.resolve((child, child + 1))
        if party is not None and party.kind in _GROUPS and party.why == "name":
            return party
    return None


def as_group(draft: Draft, actor: str) -> str:
    """The actor under which a group is accused, by its own name or the name that "that movement" takes up."""
    own = draft.actor(actor)
    groups = [
        each
        for each in draft.actors
        if each.kind in _GROUPS and each.code == own.code and is_armed(draft, each)
    ]
    start, end = draft.reading.words_in(own.mentions[0]) if own.mentions else (0, 0)
    called = called_by(draft, head_of(draft.reading, (start, end))) if start < end else None
    if called is not None:
        return draft.actor_of(called)
    named = next((each for each in groups if each.id == actor), groups[0] if groups else None)
    if named is None:
        return actor
    party = Party(
        ("accused", named.name), named.name, short_name(named.name), named.kind, named.sector, why="name"
    )
    return draft.actor_of(party)


def is_armed(draft: Draft, actor: Actor) -> bool:
    """A group with a name of its own, and no people of a state."""
    if draft.why.get(f"{actor.id}.code") != "name" or not actor.mentions:
        return False
    party = draft.resolver.resolve_span(*actor.mentions[0])
    return party is not None and not str(party.key[-1]).startswith("people of")


def counterpart(draft: Draft, own: str | None) -> Party | None:
    """The other side of a story of two states: an accuser does not mean his own police."""
    counts = {code: count for code, count in draft.resolver.story.counts.items() if code in states()}
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if own in states() and own not in ranked[:2] and len(ranked) > 1:
        clear = counts[ranked[0]] >= _CLEARLY * counts[ranked[1]]  # one state that many speak of
        return (
            Party(("state", ranked[0]), states()[ranked[0]].name, ranked[0], "state", "GOV", why="story")
            if clear
            else None
        )
    if own not in ranked[:2] or len(ranked) < 2:
        return None
    other = ranked[1 - ranked.index(own)]
    third = counts[ranked[2]] if len(ranked) > 2 else 0
    if counts[other] < _CLEARLY * third:
        return None
    return Party(("state", other), states()[other].name, other, "state", "GOV", why="story")


def both_sides(draft: Draft) -> tuple[str, ...]:
    """The two states that a story tells of most, where no third is told of nearly as often."""
    counts = {code: count for code, count in draft.resolver.story.counts.items() if code in states()}
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    third = counts[ranked[2]] if len(ranked) > 2 else 0
    if len(ranked) < 2 or counts[ranked[1]] < _CLEARLY * third:
        return ()
    two = [
        Party(("state", code), states()[code].name, code, "state", "GOV", why="story") for code in ranked[:2]
    ]
    return tuple(draft.actor_of(party) for party in two)


def capitals(name: str) -> str:
    """A name as those without a code are put down: in capitals, without accents."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()


def short_name(name: str) -> str:
    """What a group is known by: its initials where its name is long, else the name itself, in capitals."""
    words = [_ARTICLE.sub("", word) for word in re.findall(r"[\w’'-]+", name)]
    words = [word for word in words if word[:1].isupper()]
    if len(words) >= _INITIALS:
        return capitals("".join(word[0] for word in words))
    kept = [word for word in words if word.lower() not in ("movement", "the", "group")]
    return capitals(" ".join(kept or [name]))


def _before(reading: Reading, head: int) -> range:
    return range(reading.phrase(head)[0], head)


def _patron(draft: Draft, head: int) -> Party | None:
    """ "Rebels backed by Ankara", "men in the pay of Tehran", "two men working for Minsk": whose people they are."""
    reading = draft.reading
    last = reading.sentence(head)[1]
    for word in range(head + 1, min(head + 4, last - 1)):
        if reading.lower(word) not in _SERVING:
            continue
        noun = next(
            (at for at in range(word + 1, min(word + 6, last)) if reading.pos(at) in ("NOUN", "PROPN")), None
        )
        party = None if noun is None else draft.resolver.resolve(reading.phrase(noun))
        return party if party is not None and party.code is not None else None
    return None


def _band_with_a_name(draft: Draft, head: int) -> Party | None:
    """ "North Korea's Lazarus group", "the Wagner outfit": the name that stands right before the word for a band."""
    reading = draft.reading
    name = head - 1
    if noun_of(reading.lower(head), _BANDS) is None or name < 0 or reading.pos(name) != "PROPN":
        return None
    known = draft.resolver.resolve((name, name + 1))
    if known is not None and (known.kind in _GROUPS or known.why == "name"):
        return None
    word = reading.word(name)
    return Party(("accused", word), word, short_name(word), "group", "REB", why="name")


def called_by(draft: Draft, head: int) -> Party | None:
    """ "A team known as APT40", "a group that calls itself Cuba": a group by the name that it goes by."""
    reading = draft.reading
    if noun_of(reading.lower(head), _BANDS) is None:
        return None
    last = reading.sentence(head)[1]
    at = next((at for at in range(head + 1, min(head + 5, last)) if reading.lower(at) in _CALLED), None)
    if at is None:
        return None
    start = at + 1
    while start < last and reading.lower(start) in _ITSELF:
        start += 1
    end = start
    while end < last and (
        reading.word(end)[:1].isupper() or reading.word(end)[:1].isdigit() or _joins(reading, end)
    ):
        end += 1
    if end == start and end < last and reading.pos(end) in ("NOUN", "PROPN"):
        end += 1  # "a militia known as the shabiha"
    if end == start:
        return None
    name = reading.text[slice(*reading.span(start, end))]
    return Party(("accused", name), name, short_name(name), "group", "REB", why="name")


def _joins(reading: Reading, word: int) -> bool:
    """The hyphen of "Storm-0558"."""
    return reading.word(word) == "-" and word + 1 < len(reading) and reading.word(word + 1)[:1].isalnum()


def _unit(draft: Draft, head: int) -> Party | None:
    """ "Military intelligence unit 29155", "men of Unit 29155": a unit that is known by its number."""
    reading = draft.reading
    start = reading.phrase(head)[0]
    for at in range(start + 1, min(head + 4, reading.sentence(head)[1])):
        if reading.lower(at - 1) == "unit" and reading.word(at).isdigit() and len(reading.word(at)) > 3:
            name = reading.word(at)
            return Party(("accused", name), f"Unit {name}", f"UNIT {name}", "organ", "SPY", why="name")
    return None


def _service(draft: Draft, head: int) -> Party | None:
    """ "GRU men", "security service men": of a body whose people they are."""
    reading = draft.reading
    for child in syntax.kids(reading, head, "compound", "nmod:poss"):
        if reading.entity_at(child) == "ORG" or noun_of(reading.lower(child), lists()["officials"]):
            party = draft.resolver.resolve(reading.phrase(child))
            if party is not None and party.code is not None and party.kind not in _GROUPS:
                return party
    return None


def _person(draft: Draft, head: int) -> Party | None:
    """ "Andrei Ilin, the man whom they charge": who is told of by a noun beside a name."""
    reading = draft.reading
    beside = syntax.kids(reading, head, "appos")
    if reading.deprel(head).startswith("appos"):
        beside = [*beside, reading.head(head)]
    name = next((at for at in beside if reading.entity_at(at) == "PER"), None)
    party = None if name is None else draft.resolver.resolve(reading.phrase(name))
    return party


def _is_private(party: Party) -> bool:
    """A person with a name who holds no office that is told."""
    if party.kind != "person" or party.anonymous or not (party.code is None or party.why in GUESSED):
        return False
    return party.role is None or noun_of(party.role.split()[-1], lists()["civil"]) is not None


def _by_name(party: Party) -> Party:
    """A person who stands for no state, accused under his own name, without what he is addressed by."""
    name = _ADDRESS.sub("", party.name)
    return replace(party, key=("accused", name), name=name, code=capitals(name.split()[-1]))


def _last_state(draft: Draft, head: int, own: str | None) -> Party | None:
    """The state named last before a word that takes it up, and not the accuser's own."""
    reading = draft.reading
    for at in range(head - 1, max(0, head - _BEFORE), -1):
        if reading.pos(at) == "PROPN":
            party = draft.resolver.resolve((at, at + 1))
            if party is not None and party.kind == "state" and party.why == "name" and party.code != own:
                return party
    return None


def _by_letters(draft: Draft, head: int, party: Party) -> Party | None:
    """ "The GRU", "the Central Intelligence Agency": a secret service that is accused by its own name."""
    reading = draft.reading
    word = reading.word(head)
    if word.isupper() and len(word) > 1:
        return replace(party, key=("accused", word), name=word, code=capitals(word.replace(".", "")))
    start, end = reading.phrase(head)
    named = [reading.word(at) for at in range(start, end) if reading.word(at)[:1].isupper()]
    if reading.lower(head) != "agency" or len(named) < _INITIALS:
        return None
    return replace(party, key=("accused", party.name), code=capitals("".join(each[0] for each in named)))


def _nameless(draft: Draft, head: int, party: Party) -> Party:
    """People who have no name and are nobody's officials, under the words that tell of them."""
    reading = draft.reading
    of = syntax.obliques(reading, head, "of")
    if of and reading.word(of[0]).isupper() and len(reading.word(of[0])) > 1:
        word = reading.word(of[0])  # "the separatists of the MAK"
        return replace(party, key=("accused", word), name=word, code=capitals(word), kind="group")
    if of and reading.lower(head).rstrip("s") in ("gang", "band", "group", "crowd", "member"):
        head = of[0]
    start = min([head, *(child for child in reading.children(head) if reading.deprel(child) in _MODIFIERS)])
    if start > 1 and reading.word(start - 1) == "-":
        start -= 2
    while start < head and reading.lower(start) in _SOME:
        start += 1
    owner = next(iter(syntax.kids(reading, head, "nmod:poss")), None)
    if owner is not None and owner < start and reading.entity_at(owner) == "PER":
        start = owner  # "the general's followers" are many, "Sesay's followers" are his
    end = head + 1
    if end + 1 < len(reading) and reading.lower(end) == "from" and reading.pos(end + 1) == "PROPN":
        end += 2
    name = reading.text[slice(*reading.span(start, end))]
    return replace(party, key=("accused", name.upper()), name=name, code=capitals(name), kind="group")
