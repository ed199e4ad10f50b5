"""The lexicon of measures (``cues/acts.yaml``) as rules, indexed by the words at which they fire."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.coding.cues import load

# Kinds of act that the rules treat alike: people sent away, sizes that are limited, what is only said and not done.
SENT_AWAY = frozenset(("persona_non_grata", "not_acceptable", "withdraw_accreditation"))
CEILINGS = frozenset(("set_ceiling", "parity_cap"))
SPOKEN = frozenset(("announce_intent", "ultimatum"))
# What a sending state does with its own people and houses.
OWN = frozenset(("recall", "suspend_own_mission"))
# The kind of closing by the house that is closed.
CLOSED = {"consulate": "close_consulate", "mission": "close_mission", "office": "close_office"}
CLOSING = frozenset(CLOSED.values())


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the lexicon."""

    act: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    on: tuple[str, ...]
    with_: tuple[str, ...]
    without: tuple[str, ...]
    any_of: tuple[str, ...]
    infinitive: frozenset[str]
    optional_infinitive: bool
    any_infinitive: bool
    object: str | None
    object_of: str | None
    subject: tuple[str, ...]
    negated: bool
    passive: bool
    bare: bool
    goes: bool
    future: bool
    own: bool
    own_sending: bool
    side: str
    from_to: str
    status: str | None


def _tuple(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(each) for each in value)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of the lexicon in their order: the earlier wins where two fire at one word."""
    return tuple(
        Rule(
            act=raw["act"],
            verbs=frozenset(raw.get("verbs", ())),
            nouns=frozenset(raw.get("nouns", ())),
            adjectives=frozenset(raw.get("adjectives", ())),
            on=_tuple(raw.get("upon", "any")),
            with_=_tuple(raw.get("with")),
            without=_tuple(raw.get("without")),
            any_of=_tuple(raw.get("any_of")),
            infinitive=frozenset(_tuple(raw.get("infinitive"))),
            optional_infinitive=bool(raw.get("optional_infinitive")),
            any_infinitive=bool(raw.get("any_infinitive")),
            object=raw.get("object"),
            object_of=raw.get("object_of"),
            subject=_tuple(raw.get("subject")),
            negated=bool(raw.get("negated")),
            passive=bool(raw.get("passive")),
            bare=bool(raw.get("bare")),
            goes=bool(raw.get("goes")),
            future=bool(raw.get("future")),
            own=bool(raw.get("own")),
            own_sending=bool(raw.get("own_sending")),
            side=raw.get("side", "receiving"),
            from_to=str(raw.get("from_to", "")),
            status=raw.get("status"),
        )
        for raw in load("acts")["rules"]
    )


@cache
def first_rule(act: str) -> Rule:
    """The first rule of a kind that has verbs: what stands for the kind where no rule fired."""
    return next(rule for rule in rules() if rule.act == act and rule.verbs)


@lru_cache(maxsize=1)
def index() -> dict[str, dict[str, tuple[Rule, ...]]]:
    table: dict[str, dict[str, list[Rule]]] = {"verb": {}, "noun": {}, "adjective": {}}
    for rule in rules():
        for kind, words in (("verb", rule.verbs), ("noun", rule.nouns), ("adjective", rule.adjectives)):
            for word in words:
                table[kind].setdefault(word, []).append(rule)
    return {kind: {word: tuple(found) for word, found in words.items()} for kind, words in table.items()}


@lru_cache(maxsize=2)
def lemmas(kind: str) -> frozenset[str]:
    """The words of a kind at which rules fire: one set for all who ask, since look-ups are kept with it."""
    return frozenset(index()[kind])
