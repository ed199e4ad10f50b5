"""On whose word, at the root: chains followed back to where they start, and independent origins counted.

Outlets are not origins. A claim's origin is the institution of its holder; a holder without one is known only
through the outlet that quotes him first. What a document says on its own word starts with its copy family,
unless it cites another document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from onrecord.ledger.copies import families
from onrecord.ledger.rows import Origin, Party
from onrecord.ledger.standing import side
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Claim


def kin(world: World) -> dict[str, str]:
    """Document id -> copy family, worked out once for a world."""
    cached = world.cache.get("families")
    if cached is None:
        cached = world.cache["families"] = families(world)
    found: dict[str, str] = cached
    return found


def _sizes(world: World) -> Counter[str]:
    """Copy family -> how many documents it has."""
    cached = world.cache.get("family_sizes")
    if cached is None:
        cached = world.cache["family_sizes"] = Counter(kin(world).values())
    found: Counter[str] = cached
    return found


def _citing(world: World) -> dict[str, list[str]]:
    """Document id -> its records that cite, in order."""
    cached = world.cache.get("citing")
    if cached is None:
        cached = defaultdict(list)
        for one in cited(world):
            if one in world.owner:
                cached[world.owner[one][0].id].append(one)
        world.cache["citing"] = cached
    found: dict[str, list[str]] = cached
    return found


def cited(world: World) -> dict[str, str]:
    """Record id -> the record of another document that it is taken from, as ``cites`` links say."""
    cached = world.cache.get("cited")
    if cached is None:
        cached = {}
        for _, link in world.ties("cites"):
            source, target = world.resolve(link.from_), world.resolve(link.to)
            if source and target:
                cached[source] = target
        world.cache["cited"] = cached
    found: dict[str, str] = cached
    return found


def root(world: World, record: str, claim: Claim | None) -> tuple[str, str]:
    """(key, label) of the origin of one report, on the word of ``claim`` or of the document itself.

    Reports that cite each other in a circle have the one of them that was first as their origin.
    """
    seen: dict[str, tuple[str, Claim | None]] = {}
    links = cited(world)
    while True:
        step = next((links[one] for one in _cited_by(world, record, claim) if one in links), None)
        if step in seen:
            circle = list(seen.values())[list(seen).index(step) :]
            record, claim = min(circle, key=lambda one: _first(world, world.owner[one[0]][0].id))
            break
        if step is None or step not in world.owner:
            break
        _, _, there = world.owner[step]
        if isinstance(there, Claim):
            record, claim = step, there
        else:
            record = step
            claim = next(iter(world.claims(getattr(there, "claims", ()))), None)
        seen[step] = record, claim
    doc = world.owner[record][0]
    return _of_document(world, doc) if claim is None else _of_claim(world, doc, claim)


def _cited_by(world: World, record: str, claim: Claim | None) -> Iterable[str]:
    """The records whose citing speaks for this report: itself, its claim; else any of its document."""
    yield record
    if claim is not None:
        yield claim.id
    doc = world.owner[record][0]
    if claim is None:
        # A document that names nobody and cites another one has it from there.
        yield from _citing(world).get(doc.id, ())


def _of_claim(world: World, doc: Doc, claim: Claim) -> tuple[str, str]:
    holder = world.party(claim.holder)
    relay = [world.parties[one] for one in claim.relay if one in world.parties]
    if holder is not None:
        if holder.code and holder.kind != "outlet":
            return f"party:{holder.code}", _named(holder)
        if holder.kind == "outlet":
            return _outlet(holder.name)
        if not holder.anonymous:
            return f"name:{holder.name.casefold()}", holder.name
    if relay:
        key, name = _outlet(relay[0].name)
        return key, f"sources of {name}"
    if doc.outlet and holder is not None:
        key, name = _outlet(doc.outlet)
        return key, f"sources of {name}"
    return _of_document(world, doc)


def _named(holder: Party) -> str:
    return holder.code or holder.name


def _outlet(name: str) -> tuple[str, str]:
    return f"outlet:{name.casefold()}", name


def _of_document(world: World, doc: Doc) -> tuple[str, str]:
    family = kin(world)[doc.id]
    size = _sizes(world)[family]
    if doc.outlet and (size == 1 or len(_outlets(world)[family]) == 1):
        return _outlet(doc.outlet)
    return f"family:{family}", f"one text in {size} documents"


def _outlets(world: World) -> dict[str, set[str | None]]:
    """Copy family -> the outlets that print it: an outlet's versions and reprints are its own."""
    cached = world.cache.get("family_outlets")
    if cached is None:
        cached = defaultdict(set)
        for document, family in kin(world).items():
            cached[family].add((world.docs[document].outlet or "").casefold() or None)
        world.cache["family_outlets"] = cached
    found: dict[str, set[str | None]] = cached
    return found


def origins(
    world: World, reports: Iterable[tuple[str, Iterable[str]]], denied: bool = False
) -> tuple[Origin, ...]:
    """Independent origins of one entry or proposition, from its reports as (record id, ids of its claims).

    A copy that lost its attribution has the origin of its family's copies that kept it. Who denies a thing is no origin
    of it, unless its being ``denied`` (or negated) is what is told.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    bare: list[tuple[str, Doc]] = []
    kept: dict[str, str] = {}
    for record, claim_ids in reports:
        doc = world.owner[record][0]
        behind = world.behind(claim_ids)
        claims = [claim for claim in behind if denied or side(claim) >= 0]
        for claim in claims:
            key, label = root(world, record, claim)
            found.setdefault(key, (label, []))[1].append(doc.id)
            kept.setdefault(kin(world)[doc.id], key)
        if not behind:
            bare.append((record, doc))
    for record, doc in bare:
        family = kin(world)[doc.id]
        if family in kept:
            found[kept[family]][1].append(doc.id)
        else:
            key, label = root(world, record, None)
            found.setdefault(key, (label, []))[1].append(doc.id)
    rows = []
    for key, (label, documents) in sorted(found.items()):
        unique = tuple(dict.fromkeys(documents))
        first = min(unique, key=lambda one: _first(world, one))
        rows.append(Origin(key, label, unique, first))
    return tuple(rows)


def _first(world: World, document: str) -> tuple[str, int, str]:
    """When it was published, or recorded where no time of publication is known."""
    doc = world.docs[document]
    return doc.published or "9999", doc.recorded, document
