"""Sourcing chains: who has it from whom, and what was lost on the way: hedge, source, or the care about causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.ledger.identity import entries
from onrecord.ledger.origins import cited, root
from onrecord.ledger.propositions import subjects
from onrecord.ledger.rows import Evidence
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Act, Claim, Event, MissionState

# How much cause a tie asserts; "after" none.
STRENGTH = {"after": 0, "linked_to": 1, "response_to": 2, "caused_by": 3}
HEDGED = frozenset({"PR+", "PS+", "PR-", "PS-", "CTu", "U"})


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a chain with how it tells the thing: whom it names, and its hedge in its own words."""

    document: str
    outlet: str | None
    published: str | None
    named: str | None
    hedge: str | None
    causal: str | None
    wording: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What changed at a step (2 is the first repeater): ``hedge lost``, ``source lost``, ``causal strength raised``
    or ``lowered``, with both wordings."""

    kind: str
    step: int
    before: tuple[Evidence, ...]
    after: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A way from the first to report to a last repeater, and the one origin it goes back to."""

    steps: tuple[Step, ...]
    losses: tuple[Loss, ...]
    origin: str


def rows(world: World) -> list[ChainRow]:
    """Every chain of two or more documents, the longest first."""
    source = _sources(world)
    cited_documents = {document for document, _ in source.values()}
    ends = sorted(one for one in source if one not in cited_documents)
    reached = {step for one in ends for step in _path(one, source)}
    for one in sorted(source, key=lambda one: (world.docs[one].published or "", one), reverse=True):
        if one not in reached:  # those that cite each other in a circle: the chain ends with the last of them
            ends.append(one)
            reached.update(_path(one, source))
    found = [_chain(world, one, source) for one in ends]
    return sorted(found, key=lambda c: (-len(c.steps), [s.document for s in c.steps]))


def _sources(world: World) -> dict[str, tuple[str, str]]:
    """Document -> (the document it has things from, how that is known)."""
    found: dict[str, tuple[str, str]] = {}
    for record, target in sorted(cited(world).items()):
        if record in world.owner and target in world.owner:
            mine, theirs = world.owner[record][0], world.owner[target][0]
            if mine is not theirs:
                found.setdefault(mine.id, (theirs.id, "a link says so"))
    told = _topics(world)
    by_outlet: dict[str, list[Doc]] = defaultdict(list)
    for doc in world.docs.values():
        if doc.outlet:
            by_outlet[doc.outlet.casefold()].append(doc)
    for doc, _, claim in world.records(Claim):
        if doc.id in found:
            continue
        names = [
            party.name for one in (*claim.relay[-1:], claim.holder) if one and (party := world.party(one))
        ]
        for name in names:
            earlier = [
                other
                for other in by_outlet.get(name.casefold(), ())
                if other is not doc
                and (other.published or "") <= (doc.published or "9999")
                and told[other.id] & told[doc.id]
            ]
            if earlier:
                first = min(earlier, key=lambda d: (d.published or "9999", d.recorded, d.id))
                found[doc.id] = (first.id, f"it names {name}")
                break
    return found


def _topics(world: World) -> dict[str, set[str]]:
    """Document -> the entries and propositions it speaks of."""
    found: dict[str, set[str]] = defaultdict(set)
    known = entries(world)
    for doc, _, record in world.owner.values():
        if isinstance(record, (Event, Act)) and record.id in known:
            found[doc.id].add(known[record.id].id)
        elif isinstance(record, Claim):
            found[doc.id].update(name for name, _ in subjects(world, record))
    return found


def _chain(world: World, last: str, source: dict[str, tuple[str, str]]) -> ChainRow:
    path = _path(last, source)[::-1]
    steps = tuple(_step(world, world.docs[one]) for one in path)
    losses = [loss for number in range(1, len(steps)) for loss in _losses(world, path, steps, number)]
    return ChainRow(steps, tuple(losses), _origin(world, world.docs[path[0]]))


def _path(last: str, source: dict[str, tuple[str, str]]) -> list[str]:
    """The documents that a document has things from, itself first, once round a circle."""
    path = [last]
    while path[-1] in source and source[path[-1]][0] not in path:
        path.append(source[path[-1]][0])
    return path


def _origin(world: World, doc: Doc) -> str:
    claim = next(
        (record for owner, _, record in world.owner.values() if owner is doc and isinstance(record, Claim)),
        None,
    )
    record = claim or next((r for owner, _, r in world.owner.values() if owner is doc), None)
    return root(world, record.id, claim)[1] if record is not None else doc.id


def _step(world: World, doc: Doc) -> Step:
    claims = [
        record for owner, _, record in world.owner.values() if owner is doc and isinstance(record, Claim)
    ]
    named = next((told for one in claims if (told := _named(world, one))), None)
    hedges = [_hedge(doc, one) for one in claims]
    ties = [link for owner, link in world.ties(*STRENGTH) if owner is doc]
    strongest = max(ties, key=lambda link: STRENGTH[link.kind], default=None)
    wording: list[tuple[int, int]] = [span for one in claims for span in one.content]
    wording += [span for link in ties for span in link.evidence]
    if not claims:
        wording += [event.trigger for owner, _, event in world.records(Event) if owner is doc]
    return Step(
        doc.id,
        doc.outlet,
        doc.published,
        named,
        next((one for one in hedges if one), None),
        strongest.kind if strongest else None,
        world.evidence(doc, wording),
    )


def _named(world: World, claim: Claim) -> str | None:
    """Whom a claim names as its source: the holder, through its relay."""
    chain = [world.party(one) for one in (claim.holder, *claim.relay) if one]
    names = [party.name for party in chain if party is not None]
    return " via ".join(names) if names else None


def _hedge(doc: Doc, claim: Claim) -> str | None:
    certainty = claim.certainty
    if certainty is None or (certainty.factuality not in HEDGED and certainty.words is None):
        return None
    return doc.document.words(certainty.words) if certainty.words else certainty.factuality


def _losses(world: World, path: list[str], steps: tuple[Step, ...], number: int) -> Iterator[Loss]:
    before, after = steps[number - 1], steps[number]
    for mine, theirs in _matched(world, world.docs[path[number - 1]], world.docs[path[number]]):
        hedges = _hedges(world, mine), _hedges(world, theirs)
        if hedges[0] and not hedges[1]:
            yield Loss("hedge lost", number + 1, _words(world, mine), _words(world, theirs))
            break
    if before.named and not after.named:
        yield Loss("source lost", number + 1, before.wording, after.wording)
    if before.causal and after.causal and before.causal != after.causal:
        raised = STRENGTH[after.causal] > STRENGTH[before.causal]
        kind = "causal strength raised" if raised else "causal strength lowered"
        ties = [_ties(world, world.docs[one]) for one in (path[number - 1], path[number])]
        yield Loss(kind, number + 1, ties[0], ties[1])


def _ties(world: World, doc: Doc) -> tuple[Evidence, ...]:
    spans = [s for owner, link in world.ties(*STRENGTH) if owner is doc for s in link.evidence]
    return world.evidence(doc, spans)


def _matched(world: World, one: Doc, other: Doc) -> Iterator[tuple[Any, Any]]:
    """Records of two documents that tell the same thing: of one entry, or on one proposition."""
    known = entries(world)
    mine: dict[str, Any] = {}
    for doc, _, record in world.owner.values():
        if doc is one:
            mine.update(dict.fromkeys(_keys(world, record, known), record))
    for doc, _, record in world.owner.values():
        if doc is other:
            for key in _keys(world, record, known):
                if key in mine:
                    yield mine[key], record


def _keys(world: World, record: Any, known: dict[str, Any]) -> list[str]:
    if isinstance(record, (Event, Act)):
        return [f"entry {known[record.id].id}"] if record.id in known else []
    if isinstance(record, Claim):
        return [f"on {name}" for name, _ in subjects(world, record)]
    return []


def _hedges(world: World, record: Any) -> bool:
    """Whether a record is told with a hedge, its own or that of a claim it rests on."""
    if isinstance(record, Claim):
        return _hedge(world.owner[record.id][0], record) is not None
    if isinstance(record, (Event, Act, MissionState)):
        return any(_hedge(world.owner[claim.id][0], claim) for claim in world.claims(record.claims))
    return False


def _words(world: World, record: Any) -> tuple[Evidence, ...]:
    doc = world.owner[record.id][0]
    if isinstance(record, Claim):
        hedge = record.certainty.words if record.certainty else None
        return world.evidence(doc, [*([hedge] if hedge else []), *record.content])
    hedges = [c.certainty.words for c in world.claims(record.claims) if c.certainty and c.certainty.words]
    spans = [record.trigger] if isinstance(record, Event) else record.evidence
    return world.evidence(doc, [*hedges, *spans])
