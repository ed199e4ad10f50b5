"""A world that follows what is recorded: only the documents that new entries touch are read and put in again.

What comes out is what ``world.build`` would make of the whole ledger, and the views go with it (``carry``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger.building import build, history_of, taken_down
from onrecord.ledger.carry import carry
from onrecord.ledger.decisions import Decision, load
from onrecord.ledger.held import Held, places
from onrecord.ledger.held import load as load_held
from onrecord.ledger.part import Kept, Record, referred
from onrecord.ledger.statements import DOCUMENT_KEY, document_key
from onrecord.ledger.tables import entry
from onrecord.ledger.texts import series, series_of
from onrecord.ledger.world import REDACTED, Codings, Doc, World, party_of
from onrecord.model.records import Act, Actor

MOST = 1 / 3
"""The share of documents from which on everything is made anew."""


def keep(
    connection: Connection, cache: Codings, number: int, known_at: int | None, allowed: str | None
) -> Kept:
    """The world at a moment, made of everything."""
    world = build(connection, cache, known_at, None, allowed)
    kept = Kept(number, world)
    parts: dict[str, dict[str, Record]] = {one: {} for one in world.docs}
    for identity, told in world.base.items():
        parts[told[0].id][identity] = told
    for doc in world.docs.values():
        kept.put(doc.id, parts[doc.id])
        if (key := series_of(doc.document)) is not None:
            kept.titled.setdefault(key, set()).add(doc.id)
        if doc.supersedes:
            kept.earlier[doc.id] = doc.supersedes
        if found := referred(world, doc.id, kept.parts[doc.id]):
            kept.refers[doc.id] = found
    kept.decisions = load(connection, known_at) if world.withheld else world.decisions
    kept.held = load_held(connection, known_at) if world.withheld else world.held
    return kept


def follow(kept: Kept, connection: Connection, cache: Codings, number: int, allowed: str | None) -> Kept:
    """The same moment's world as of the entry ``number``."""
    old = kept.world
    redacted = taken_down(connection, kept.number)  # a takedown reaches every moment
    coded, decided, merges = _new(connection, kept, number)
    decisions, held = kept.decisions, kept.held
    if decided or redacted:
        decisions = load(connection, old.known_at)
    if merges or redacted:
        held = load_held(connection, old.known_at)
    touched = _decided(decisions, held, kept, decided)
    if not coded and not redacted and not decided and not merges:
        kept.number = number
        return kept
    texts = {old.docs[one].document.text for one in redacted & old.docs.keys()}
    if texts:
        # A text that several documents print goes with the last of them.
        redacted = redacted | {one for one, doc in old.docs.items() if doc.document.text in texts}
    read = coded | redacted
    if coded:
        # Whoever records a text again that was taken down brings it back.
        read |= {one for one, doc in old.docs.items() if doc.document.text[:1] == REDACTED}
    if len(read) > MOST * len(old.docs):
        return keep(connection, cache, number, old.known_at, allowed)
    world = World(
        old.known_at, dict(old.docs), locals=dict(old.locals), decisions=decisions, held=held,
        history=dict(old.history), allowed=allowed, withheld=dict(old.withheld), replaced=dict(old.replaced),
    )  # fmt: skip
    new = Kept(
        number,
        world,
        dict(kept.parts),
        decisions,
        held,
        kept.titled,
        dict(kept.earlier),
        dict(kept.refers),
        kept.kinds,
    )
    keys = {document_key(one) for one in read}
    world.replaced = {
        one: other for one, other in world.replaced.items() if one[1 : DOCUMENT_KEY + 1] not in keys
    }
    for document, history in history_of(connection, cache, old.known_at, sorted(keys)):
        _put(new, document, history)
    read |= _versions(new, old, read)
    _base(new, kept, read)
    world.owner = world.base
    world.owner = world.undecided()
    world.decide()
    dirty = read | touched
    _lookups(new, kept, dirty)
    carry(kept, new, read, dirty)
    return new


def _new(connection: Connection, kept: Kept, number: int) -> tuple[set[str], set[str], bool]:
    """What was recorded since: documents coded, decisions, and whether merges were."""
    chosen = select(entry.c.kind, entry.c.document, entry.c.coding).where(
        entry.c.number > kept.number, entry.c.number <= number
    )
    if kept.world.known_at is not None:
        chosen = chosen.where(entry.c.recorded <= kept.world.known_at)
    coded: set[str] = set()
    decided: set[str] = set()
    merges = False
    for kind, document, coding in connection.execute(chosen):
        if kind in ("coding", "again"):
            coded.add(document)
        elif kind == "decision":
            decided.add(coding)
        else:
            merges = True
    return coded, decided, merges


def _decided(decisions: list[Decision], held: list[Held], kept: Kept, new: set[str]) -> set[str]:
    """The documents that new decisions and merges bear on; an undo bears on what what it undoes bore on."""
    made = {one.id: one for one in decisions}
    merged = {one.id: one for one in held}
    waiting: list[Any] = [made[one] for one in new if one in made]
    known = {one.id: one for one in kept.held}
    waiting += [one for one in held if known.get(one.id) != one]
    waiting += [one for one in kept.held if one.id not in merged]
    found: set[str] = set()
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        if isinstance(one, Held):
            found.update(place.document for place in places((), (one,)))
            continue
        found.update(place.document for place in places((one,), ()))
        target = made.get(one.target or "") or merged.get(one.target or "")
        waiting += [target] if target is not None else []
    return found


def _put(new: Kept, document: str, history: list[Any]) -> None:
    """Put a document in as it is coded now; out, where it is withheld."""
    alone = World(new.world.known_at, allowed=new.world.allowed)
    alone.add(document, history)
    world = new.world
    for told, mine in (
        (world.docs, alone.docs), (world.locals, alone.locals), (world.history, alone.history),
        (world.withheld, alone.withheld),
    ):  # fmt: skip
        _take_over(told, mine, document)
    world.replaced |= alone.replaced
    if document in alone.docs:
        new.put(document, alone.owner)
    else:
        new.leave(document)


def _take_over(told: dict[str, Any], mine: dict[str, Any], document: str) -> None:
    if document in mine:
        told[document] = mine[document]
    else:
        told.pop(document, None)


def _versions(new: Kept, old: World, read: set[str]) -> set[str]:
    """Tie versions of one story together; the documents that are of another version now."""
    world = new.world
    keys = set()
    for one in read:
        before = series_of(old.docs[one].document) if one in old.docs else None
        after = series_of(world.docs[one].document) if one in world.docs else None
        if before is not None:
            new.titled[before].discard(one)
        if after is not None:
            new.titled.setdefault(after, set()).add(one)
        keys |= {key for key in (before, after) if key is not None}
    earlier: dict[str, str | None] = {}
    for key in keys:
        documents = [world.docs[one].document for one in new.titled[key]]
        earlier.update(dict.fromkeys(new.titled[key]))
        earlier.update(series(documents))
    for one in read:
        doc = world.docs.get(one)
        if doc is None or series_of(doc.document) is None:
            earlier[one] = doc.document.supersedes if doc else None
    was = {new.earlier[one] for one in earlier if one in new.earlier}
    changed = {one for one, told in earlier.items() if new.earlier.get(one) != told}
    for one, told in earlier.items():
        _take_over(new.earlier, {one: told} if told else {}, one)
    near = {one for one in (*was, *(told for told in earlier.values() if told), *read) if one in world.docs}
    later: dict[str, str] = {}
    for one in sorted(
        (one for one, told in new.earlier.items() if told in near), key=lambda d: _place(world.docs[d])
    ):
        later[new.earlier[one]] = one
    for one in near | (changed & world.docs.keys()):
        doc = world.docs[one]
        tied = (new.earlier.get(one), later.get(one) if one in near else doc.superseded_by)
        if (doc.supersedes, doc.superseded_by) != tied:
            changed.add(one)
            made = replace(doc, supersedes=tied[0], superseded_by=tied[1])
            world.docs[one] = made
            new.parts[one] = {
                name: (made, coding, record) for name, (_, coding, record) in new.parts[one].items()
            }
    return changed & world.docs.keys()


def _place(doc: Doc) -> tuple[int, str]:
    return doc.recorded, doc.id


def _base(new: Kept, kept: Kept, read: set[str]) -> None:
    """Every record as it is before anybody decides, in the order in which documents became known."""
    world, old = new.world, kept.world
    fresh = [one for one in world.docs if one not in old.docs] if len(world.docs) != len(old.docs) else []
    last = next(reversed(old.docs.values()), None)
    if read <= set(fresh) and (last is None or all(_place(world.docs[one]) > _place(last) for one in fresh)):
        world.docs.update(
            (one, world.docs.pop(one)) for one in sorted(fresh, key=lambda d: _place(world.docs[d]))
        )
        world.base = dict(old.base) if fresh else old.base
    else:
        world.docs = {doc.id: doc for doc in sorted(world.docs.values(), key=_place)}
        world.base, fresh = {}, list(world.docs)
    for document in sorted(fresh, key=lambda d: _place(world.docs[d])):
        world.base.update(new.parts[document])


def _lookups(new: Kept, kept: Kept, dirty: set[str]) -> None:
    """Take over, as it is, what is looked up by a record's id, but for the records of these documents."""
    world, old = new.world, kept.world
    parties, acts = old.parties, old.acts_of
    for document in dirty:
        for identity in kept.parts.get(document, ()):
            parties.pop(identity, None)
            acts.pop(identity, None)
        new.refers.pop(document, None)
    for document in dirty & world.docs.keys():
        for identity in new.parts[document]:
            record = world.owner[identity][2] if identity in world.owner else None
            if isinstance(record, Actor):
                parties[identity] = party_of(record)
            elif isinstance(record, Act) and record.event:
                acts.setdefault(record.event, []).append(record)
        if found := referred(world, document, new.parts[document]):
            new.refers[document] = found
    world.__dict__.update(parties=parties, acts_of=acts)
