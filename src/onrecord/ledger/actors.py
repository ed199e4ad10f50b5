"""Actors across documents: one row for each person, body or state, with every way it is mentioned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onrecord.ledger.copies import Families
from onrecord.ledger.rows import Evidence
from onrecord.ledger.texts import normal
from onrecord.ledger.world import World
from onrecord.model.records import Actor, Claim, Event


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor; ``why`` says what holds its records together. ``speech_acts`` are the claims it holds."""

    id: str
    name: str
    kind: str
    code: str | None
    roles: tuple[str, ...]
    anonymous: bool
    mentions: tuple[Evidence, ...]
    speech_acts: tuple[str, ...]
    events: int
    documents: tuple[str, ...]
    members: tuple[str, ...]
    why: str


def rows(world: World) -> list[ActorRow]:
    """Every actor of the world, by name.

    Records are of one actor where they share a Wikidata id, or a name, kind and code. An anonymous actor is the
    same only within one document, where the coder says so by giving it one record.
    """
    return list(world.keep("actor_rows", None, lambda: _rows(world)))


def _rows(world: World) -> list[ActorRow]:
    sets = Families()
    keys: dict[tuple[str, ...], str] = {}
    by_id: dict[str, Actor] = {}
    for _, _, actor in world.records(Actor):
        by_id[actor.id] = actor
        sets.find(actor.id)
        told = [("wikidata", actor.wikidata)] if actor.wikidata else []
        if not actor.anonymous:
            told.append(("name", f"{actor.kind}|{normal(actor.name)}|{actor.code or ''}"))
        for key in told:
            sets.join(keys.setdefault(key, actor.id), actor.id)
    for first, second, _ in world.merged:
        if first in by_id and second in by_id:
            sets.join(first, second)
    groups: dict[str, list[Actor]] = defaultdict(list)
    for actor in by_id.values():
        groups[sets.find(actor.id)].append(actor)
    spoken: dict[str, list[str]] = defaultdict(list)
    for _, _, claim in world.records(Claim):
        if claim.holder:
            spoken[claim.holder].append(claim.id)
    done: dict[str, int] = defaultdict(int)
    for _, _, event in world.records(Event):
        for one in event.actors:
            done[one] += 1
    found = [_row(world, members, spoken, done) for members in groups.values()]
    return sorted(found, key=lambda r: (r.name.casefold(), r.id))


def _row(world: World, members: list[Actor], spoken: dict[str, list[str]], done: dict[str, int]) -> ActorRow:
    members.sort(key=lambda a: (world.owner[a.id][0].recorded, a.id))
    first = members[0]
    why = "one record" if len(members) == 1 else "the same name, kind and code, or the same Wikidata id"
    return ActorRow(
        first.id,
        first.name,
        first.kind,
        first.code,
        tuple(dict.fromkeys(a.role for a in members if a.role)),
        all(a.anonymous for a in members),
        tuple(found for a in members for found in world.evidence(world.owner[a.id][0], a.mentions)),
        tuple(claim for a in members for claim in spoken.get(a.id, ())),
        sum(done.get(a.id, 0) for a in members),
        tuple(dict.fromkeys(world.owner[a.id][0].id for a in members)),
        tuple(a.id for a in members),
        why,
    )
