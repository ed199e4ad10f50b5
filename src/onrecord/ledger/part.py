"""A world with what it is followed by, and a world that iterates over some documents only and knows them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.ledger.decisions import Decision
from onrecord.ledger.held import Held
from onrecord.ledger.world import Coding, Doc, World
from onrecord.model.records import Link

Record = tuple[Doc, Coding, Any]


@dataclass
class Kept:
    """A world as of the entry ``number``, with what it is followed by.

    ``parts`` are the records of each document before anybody decided on them, ``decisions`` all that count at its
    moment, those on withheld documents included; ``titled`` are documents that may be versions of one report;
    ``refers`` says of a document which others its ties and corrections name.
    """

    number: int
    world: World
    parts: dict[str, dict[str, Record]] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    titled: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    refers: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[type, set[str]] = field(default_factory=dict)

    def having(self, kind: type) -> set[str]:
        """The documents that have records of a kind."""
        return self.kinds.get(kind, set())

    def put(self, document: str, part: dict[str, Record]) -> None:
        """Take over the records of a document, as they are before anybody decides on them."""
        self.leave(document)
        self.parts[document] = part
        for _, _, record in part.values():
            self.kinds.setdefault(type(record), set()).add(document)

    def leave(self, document: str) -> None:
        """Let go of the records of a document."""
        for kind in {type(record) for _, _, record in self.parts.pop(document, {}).values()}:
            self.kinds[kind].discard(document)

    def part(self, documents: Iterable[str], cache: dict[str, Any]) -> World:
        """The world in which views iterate over the records of some documents; whatever they look up is there."""
        world = self.world
        mine: dict[str, Record] = {}
        for doc in sorted((world.docs[one] for one in documents if one in world.docs), key=_place):
            mine.update((one, world.owner[one]) for one in self.parts[doc.id] if one in world.owner)
        made = World(
            world.known_at, world.docs, _Part(mine, world.owner), world.locals, world.merged, world.split,
            world.decisions, world.proposed, world.accepted, world.retracted, world.decided, world.history,
            world.allowed, world.withheld, world.held, world.pinned, world.replaced, cache=cache,
        )  # fmt: skip
        made.__dict__.update(parties=world.parties, acts_of=world.acts_of)
        return made

    def ids(self, document: str) -> Iterator[str]:
        """The records of a document that are in force."""
        return (one for one in self.parts.get(document, ()) if one in self.world.owner)


class _Part(dict[str, Record]):
    """Some records, to iterate over, that leads to all others too."""

    def __init__(self, mine: dict[str, Record], whole: dict[str, Record]) -> None:
        super().__init__(mine)
        self._whole = whole

    def __missing__(self, key: str) -> Record:
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self._whole

    def get(self, key: str, default: Any = None) -> Any:
        return self._whole.get(key, default)


def _place(doc: Doc) -> tuple[int, str]:
    return doc.recorded, doc.id


def referred(world: World, document: str, part: dict[str, Record]) -> frozenset[str]:
    """The other documents that the ties of a document, or what people made of its records, name."""
    found: set[str] = set()
    for identity, (_, _, first) in part.items():
        if not isinstance(first, Link) and identity not in world.proposed:
            continue
        record = world.owner[identity][2] if identity in world.owner else first
        for end in (record.from_, record.to) if isinstance(record, Link) else ():
            if not isinstance(end, str):
                found.add(end.document)
        if isinstance(record, Link) or identity in world.proposed:
            told = _strings(record.model_dump())
            found.update(world.owner[one][0].id for one in told if one in world.owner)
    return frozenset(found - {document})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value
