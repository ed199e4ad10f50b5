"""Claims as rows: who says what, how sure, about what, and how the claim stands now.

One row is one claim, however many copies print it: the same holder's same stance in the same words, or in
copies of one text about the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from onrecord.ledger.copies import Families
from onrecord.ledger.describe import target
from onrecord.ledger.events import order
from onrecord.ledger.origins import kin, origins
from onrecord.ledger.propositions import (
    Position,
    PropositionRow,
    key_of,
    party_key,
    positions,
    propositions,
    speaker,
    subjects,
    turn,
)
from onrecord.ledger.rows import ClaimRow
from onrecord.ledger.statements import iso
from onrecord.ledger.texts import normal
from onrecord.ledger.world import World
from onrecord.model.records import Claim, Link

SILENT = frozenset({"declines", "questions"})


def rows(world: World, as_of: date | None = None) -> list[ClaimRow]:
    """Every claim of the world by the day it was made, with its standing on ``as_of``."""
    return list(world.keep("claim_rows", as_of, lambda: _rows(world, as_of)))


def _rows(world: World, as_of: date | None) -> list[ClaimRow]:
    known = propositions(world, as_of)
    superseded = dict(_superseded(world, as_of))
    found = [_row(world, members, known, superseded, as_of) for members in clusters(world)]
    return sorted(found, key=lambda r: order(r.said, r.id))


def row(world: World, claim: Claim, as_of: date | None = None) -> ClaimRow:
    """The row of one claim and its copies."""
    members = next(one for one in clusters(world) if any(c.id == claim.id for c in one))
    return _row(world, members, propositions(world, as_of), dict(_superseded(world, as_of)), as_of)


def clusters(world: World) -> list[list[Claim]]:
    """Claims by what is one claim, the first recorded leading."""
    cached = world.cache.get("claim_clusters")
    if cached is None:
        sets = Families()
        keys: dict[tuple[object, ...], str] = {}
        for doc, _, claim in world.records(Claim):
            sets.find(claim.id)
            words = normal(" ".join(doc.document.words(span) for span in claim.content)).strip(" .,;:")
            speaker = (party_key(world, claim), claim.stance)
            about = frozenset(subjects(world, claim))
            told: list[tuple[object, ...]] = [(*speaker, words)] if words else []
            if about:
                told.append((*speaker, about, kin(world)[doc.id]))
            for key in told:
                first = keys.setdefault(key, claim.id)
                # Two claims of one text are two, however alike.
                if world.owner[first][0] is not doc:
                    sets.join(first, claim.id)
        grouped: dict[str, list[Claim]] = defaultdict(list)
        for _, _, claim in world.records(Claim):
            grouped[sets.find(claim.id)].append(claim)
        cached = world.cache["claim_clusters"] = [
            sorted(group, key=lambda c: (world.owner[c.id][0].recorded, c.id)) for group in grouped.values()
        ]
    found: list[list[Claim]] = cached
    return found


def _row(
    world: World,
    members: list[Claim],
    known: dict[str, PropositionRow],
    superseded: dict[str, str],
    as_of: date | None,
) -> ClaimRow:
    claim = members[0]
    doc = world.owner[claim.id][0]
    words = doc.document.words
    certainty = claim.certainty
    confidence = certainty.confidence if certainty else None
    stands = _stands(world)
    names = tuple(dict.fromkeys(name for one in members for name in stands.get(one.id, ())))
    status, because = _status(world, members, names, superseded, as_of)
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
    world: World, members: list[Claim], names: tuple[str, ...], superseded: dict[str, str], as_of: date | None
) -> tuple[str, tuple[str, ...]]:
    """Superseded by a later statement, disputed by somebody else, confirmed by somebody else, or open."""
    later = next((superseded[one.id] for one in members if one.id in superseded), None)
    if later is not None:
        return "superseded", (later,)
    mine = {one.id for one in members}
    stands = positions(world)
    signs = {(name, p.sign) for name in names for p in stands.get(name, ()) if p.claim in mine}
    own = [p for name in names for p in stands.get(name, ()) if p.claim in mine]
    against: dict[str, None] = {}
    confirmed: dict[str, None] = {}
    for name, sign in sorted(signs):
        for p in stands.get(name, ()):
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


def _stands(world: World) -> dict[str, list[str]]:
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


def _superseded(world: World, as_of: date | None) -> Iterator[tuple[str, str]]:
    """Claims that a later statement took the place of, as a link says or because silence was broken."""
    for _, link in world.ties("supersedes"):
        new, old = world.resolve(link.from_), world.resolve(link.to)
        if new in world.owner and old in world.owner and isinstance(world.owner[old][2], Claim):
            said = world.said(world.owner[new][2]) if isinstance(world.owner[new][2], Claim) else None
            if not (as_of and said and said.lower and said.lower > as_of):
                yield old, f"superseded by {new}"
    claims = [claim for _, _, claim in world.records(Claim)]
    silent = [one for one in claims if one.stance in SILENT]
    spoken: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.stance not in SILENT:
            for subject in _subjects(world, claim):
                spoken[(party_key(world, claim), subject)].append(claim)
    for claim in silent:
        mine = world.said(claim)
        for subject in _subjects(world, claim):
            for other in spoken.get((party_key(world, claim), subject), ()):
                theirs = world.said(other)
                if mine is None or theirs is None or mine.lower is None or theirs.lower is None:
                    continue
                later = (mine.lower, turn(world, claim.id)) < (theirs.lower, turn(world, other.id))
                if later and (as_of is None or theirs.lower <= as_of):
                    yield claim.id, f"{other.id}: the same party spoke on {theirs.lower}"


def _subjects(world: World, claim: Claim) -> Iterator[str]:
    """What silence is about and speech breaks: the reasons of an event, or the field asked for."""
    for about in claim.about:
        identity = about if isinstance(about, str) else about.ref
        record = world.owner[identity][2] if identity in world.owner else None
        if isinstance(record, Link):
            yield from (
                f"why {name[6:].partition(',')[0]}"
                for name, _ in key_of(world, identity)
                if name[:6] == "cause("
            )
        elif claim.stance in SILENT or not isinstance(about, str):
            field = None if isinstance(about, str) else about.field
            for name, _ in key_of(world, identity):
                yield (
                    f"why {name}"
                    if field in (None, "ground", "cause", "reason", "motive")
                    else f"{field} of {name}"
                )
