"""Claims as rows: who says what, how sure, about what, and how the claim stands now.

One row is one claim, however many copies print it: the same holder's same stance in the same words, or in
copies of one text about the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from onrecord.ledger.describe import target
from onrecord.ledger.events import begun, matcher, order, within
from onrecord.ledger.origins import origins
from onrecord.ledger.propositions import (
    Position,
    PropositionRow,
    positions,
    propositions,
    speaker,
    turn,
)
from onrecord.ledger.rows import ClaimRow
from onrecord.ledger.sayings import sayings
from onrecord.ledger.statements import iso
from onrecord.ledger.world import World
from onrecord.model.records import Claim


def rows(world: World, as_of: date | None = None) -> list[ClaimRow]:
    """Every claim of the world by the day it was made, with its standing on ``as_of``."""
    return list(world.keep("claim_rows", as_of, lambda: _rows(world, as_of)))


def _rows(world: World, as_of: date | None) -> list[ClaimRow]:
    known = propositions(world, as_of)
    replaced = dict(superseded(world, as_of))
    found = [row_of(world, members, known, replaced, as_of) for members in sayings(world).groups.values()]
    return sorted(found, key=lambda r: order(r.said, r.id))


def chosen(
    actor: str | None, stance: str | None, since: date | None, until: date | None, as_of: date | None
) -> Callable[[ClaimRow], bool]:
    """Whether a list with these filters has a row; ``actor`` is the holder."""
    held_by = matcher(actor) if actor is not None else None

    def wanted(one: ClaimRow) -> bool:
        return (
            (held_by is None or held_by(one.holder))
            and (stance is None or one.stance == stance)
            and within(one.said, since, until)
            and begun(one.said, as_of)
        )

    return wanted


def row(world: World, claim: Claim, as_of: date | None = None) -> ClaimRow:
    """The row of one claim and its copies."""
    members = sayings(world).group[claim.id]
    return row_of(world, members, propositions(world, as_of), dict(superseded(world, as_of)), as_of)


def row_of(
    world: World,
    members: list[Claim],
    known: dict[str, PropositionRow],
    replaced: dict[str, str],
    as_of: date | None,
) -> ClaimRow:
    """The row of the claims that are one claim; ``replaced`` says what took the place of which."""
    claim = members[0]
    doc = world.owner[claim.id][0]
    words = doc.document.words
    certainty = claim.certainty
    confidence = certainty.confidence if certainty else None
    taken = stands(world)
    names = tuple(dict.fromkeys(name for one in members for name in sorted(taken.get(one.id, ()))))
    status, because = _status(world, members, names, replaced, as_of)
    documents = tuple(dict.fromkeys(world.owner[one.id][0].id for one in members))
    return ClaimRow(
        id=claim.id,
        holder=world.party(claim.holder),
        relay=tuple(world.parties[one] for one in claim.relay if one in world.parties),
        addressee=world.party(claim.addressee),
        stance=claim.stance,
        cue=words(claim.cue) if claim.cue else None,
        content=tuple(words(span) for span in claim.content),
        quoted=claim.quoted,
        condition=words(claim.condition) if claim.condition else None,
        factuality=certainty.factuality if certainty else None,
        certainty=words(certainty.words) if certainty and certainty.words else None,
        likelihood=certainty.likelihood.term if certainty and certainty.likelihood else None,
        confidence=(f"{confidence.from_} to {confidence.to}" if confidence.to else confidence.from_)
        if confidence
        else None,
        admiralty=f"{certainty.admiralty.source}{certainty.admiralty.information}"
        if certainty and certainty.admiralty
        else None,
        said=world.said(claim),
        about=tuple(target(world, one) for one in claim.about),
        status=status,
        because=because,
        propositions=tuple(name for name in names if name in known),
        evidence=tuple(
            found
            for one in members
            for found in world.evidence(
                world.owner[one.id][0], [*([one.cue] if one.cue else []), *one.content]
            )
        ),
        documents=documents,
        outlet=doc.outlet,
        origins=origins(world, [(one.id, [one.id]) for one in members], denied=True),
        members=tuple(one.id for one in members),
        recorded=iso(doc.recorded),
    )


def _status(
    world: World, members: list[Claim], names: tuple[str, ...], replaced: dict[str, str], as_of: date | None
) -> tuple[str, tuple[str, ...]]:
    """Superseded by a later statement, disputed by somebody else, confirmed by somebody else, or open."""
    later = next((replaced[one.id] for one in members if one.id in replaced), None)
    if later is not None:
        return "superseded", (later,)
    mine = {one.id for one in members}
    taken = positions(world)
    signs = {(name, p.sign) for name in names for p in taken.get(name, ()) if p.claim in mine}
    own = [p for name in names for p in taken.get(name, ()) if p.claim in mine]
    against: dict[str, None] = {}
    confirmed: dict[str, None] = {}
    for name, sign in sorted(signs):
        for p in taken.get(name, ()):
            if p.claim is None or _same(p, own) or (as_of and p.said and p.said > as_of):
                continue
            if p.sign == -sign:
                against[_told(p)] = None
            elif world.owner[p.claim][2].stance == "confirms":
                confirmed[_told(p)] = None
    if against:
        return "disputed", tuple(against)
    return ("confirmed", tuple(confirmed)) if confirmed else ("open", ())


def _same(one: Position, own: list[Position]) -> bool:
    """Whether a stand is of the party whose claim it is, and not of another of its people on the same day."""
    return any(
        one.party == mine.party and (speaker(one) == speaker(mine) or one.said != mine.said) for mine in own
    )


def stands(world: World) -> dict[str, list[str]]:
    """Claim id -> the propositions it takes a stand on, by what it is about or by a link that disputes."""
    cached = world.cache.get("stands")
    if cached is None:
        cached = defaultdict(list)
        for name, taken in positions(world).items():
            for one in taken:
                if one.claim:
                    cached[one.claim].append(name)
        world.cache["stands"] = cached
    found: dict[str, list[str]] = cached
    return found


def _told(p: Position) -> str:
    day = f" on {p.said}" if p.said else ""
    return f"{p.holder.name if p.holder else p.party}{day} ({p.claim})"


def superseded(world: World, as_of: date | None) -> Iterator[tuple[str, str]]:
    """Claims that a later statement took the place of, as a link says or because silence was broken."""
    for _, link in world.ties("supersedes"):
        new, old = world.resolve(link.from_), world.resolve(link.to)
        if new in world.owner and old in world.owner and isinstance(world.owner[old][2], Claim):
            said = world.said(world.owner[new][2]) if isinstance(world.owner[new][2], Claim) else None
            if not (as_of and said and said.lower and said.lower > as_of):
                yield old, f"superseded by {new}"
    said_of = sayings(world)
    for _, _, _, silent in sorted(said_of.silent.values()):
        mine = world.said(world.owner[silent][2])
        for key in said_of.subjects[silent]:
            for _, _, _, other in said_of.spoken.get(key, ()):
                theirs = world.said(world.owner[other][2])
                if mine is None or theirs is None or mine.lower is None or theirs.lower is None:
                    continue
                later = (mine.lower, turn(world, silent)) < (theirs.lower, turn(world, other))
                if later and (as_of is None or theirs.lower <= as_of):
                    yield silent, f"{other}: the same party spoke on {theirs.lower}"
