"""Actors across documents: one row for each person, body or state, with every way it is mentioned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.ledger.rows import Evidence
from onrecord.ledger.texts import normal
from onrecord.ledger.world import Doc, World
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
    known = world.cache["cast"] = Cast()
    known.update(world, (), world.merged)
    return sorted((known.row(world, one) for one in known.groups), key=order)


def order(row: ActorRow) -> tuple[str, str]:
    """Actors stand by name."""
    return row.name.casefold(), row.id


class Cast:
    """Which records of actors are of one, what each says and does; kept so that it can follow a change.

    ``groups`` are by the first of their records.
    """

    def __init__(self) -> None:
        self.groups: dict[str, list[str]] = {}
        self._first: dict[str, str] = {}
        self._keys: dict[str, list[tuple[str, ...]]] = {}
        self._told: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._merged: dict[str, set[str]] = {}
        self._spoken: dict[str, list[str]] = {}
        self._done: dict[str, int] = {}
        self._mentions: dict[str, tuple[Evidence, ...]] = {}

    def update(
        self, world: World, gone: Iterable[str], merged: Iterable[tuple[str, str, str]]
    ) -> tuple[set[str], set[str]]:
        """Follow a change: records that were, and those of ``world`` as they are; the groups that are no more as they
        were, and those that are new."""
        seeds: set[str] = set()
        for one in gone:
            self._spoken.pop(one, None)
            self._done.pop(one, None)
            self._mentions.pop(one, None)
            for key in self._keys.pop(one, ()):
                del self._told[key][one]
                seeds.update(list(self._told[key])[:1])
            seeds.add(one)
        for doc, _, actor in world.records(Actor):
            self._mentions[actor.id] = world.evidence(doc, actor.mentions)
            self._keys[actor.id] = list(_keys(actor))
            for key in self._keys[actor.id]:
                self._told[key][actor.id] = None
            seeds.add(actor.id)
        for _, _, claim in world.records(Claim):
            if claim.holder:
                self._spoken.setdefault(claim.holder, []).append(claim.id)
        for _, _, event in world.records(Event):
            for one in event.actors:
                self._done[one] = self._done.get(one, 0) + 1
        near: dict[str, set[str]] = defaultdict(set)
        for first, second, _ in merged:
            if first in self._keys and second in self._keys:
                near[first].add(second)
                near[second].add(first)
        seeds |= {
            one
            for one in near.keys() | self._merged.keys()
            if near.get(one, set()) != self._merged.get(one, set())
        }
        self._merged = dict(near)
        return self._regroup(world, seeds)

    def _regroup(self, world: World, seeds: set[str]) -> tuple[set[str], set[str]]:
        old = {self._first[one] for one in seeds if one in self._first}
        for first in old:
            for one in self.groups.pop(first):
                self._first.pop(one, None)
                seeds.add(one)
        new: set[str] = set()
        for start in seeds:
            if start in self._first or start not in self._keys:
                continue
            members: set[str] = set()
            asked: set[tuple[str, ...]] = set()
            waiting = [start]
            while waiting:
                one = waiting.pop()
                if one in members:
                    continue
                members.add(one)
                waiting.extend(self._merged.get(one, ()))
                for key in self._keys[one]:
                    if key not in asked:
                        asked.add(key)
                        waiting.extend(self._told[key])
            ordered = sorted(members, key=lambda a: (world.owner[a][0].recorded, a))
            # Whoever joins a group that others lead was not looked for by its name.
            for one in ordered:
                before = self._first.get(one)
                if before is not None:
                    old.add(before)
                    self.groups.pop(before, None)
                self._first[one] = ordered[0]
            self.groups[ordered[0]] = ordered
            new.add(ordered[0])
        return old, new

    def row(self, world: World, first: str) -> ActorRow:
        """The row of a group."""
        members: list[tuple[Doc, Actor]] = [
            (doc, actor) for doc, _, actor in map(world.owner.__getitem__, self.groups[first])
        ]
        lead = members[0][1]
        why = "one record" if len(members) == 1 else "the same name, kind and code, or the same Wikidata id"
        return ActorRow(
            lead.id,
            lead.name,
            lead.kind,
            lead.code,
            tuple(dict.fromkeys(a.role for _, a in members if a.role)),
            all(a.anonymous for _, a in members),
            tuple(found for _, a in members for found in self._mentions[a.id]),
            tuple(claim for _, a in members for claim in self._spoken.get(a.id, ())),
            sum(self._done.get(a.id, 0) for _, a in members),
            tuple(dict.fromkeys(doc.id for doc, _ in members)),
            tuple(a.id for _, a in members),
            why,
        )


def _keys(actor: Actor) -> Iterator[tuple[str, ...]]:
    if actor.wikidata:
        yield "wikidata", actor.wikidata
    if not actor.anonymous:
        yield "name", f"{actor.kind}|{normal(actor.name)}|{actor.code or ''}"
