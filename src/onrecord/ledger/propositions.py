"""What claims are about, who stands on which side of it, and how that changed: contested, resolved, never
decided.

A proposition is a thing that can be affirmed or denied: that an event happened, that a measure has a date,
that one thing is linked to another, that somebody is behind an incident. No winner is picked. A
proposition is ``contested`` on a day when the newest positions of two parties by that day are opposed; it
is ``resolved`` from the day when the parties' newest positions agree, or when later evidence that names no
party settles it; earlier days stay contested.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.ledger.decisions import anchor
from onrecord.ledger.describe import describe
from onrecord.ledger.identity import affirmed, entries
from onrecord.ledger.origins import kin
from onrecord.ledger.rows import Evidence, Party
from onrecord.ledger.standing import side
from onrecord.ledger.statements import as_micros
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Act, Claim, Event, FieldRef, Forum, Incident, Link, MissionState

_RECORD = re.compile(r"[a-z][0-9a-f]{12}\.[0-9a-f]{10}")
CAUSAL = frozenset({"caused_by", "response_to", "linked_to"})


@dataclass(frozen=True, slots=True)
class Position:
    """One party's stand: ``sign`` is 1 for it and -1 against it; ``claim`` is None for a document's own
    word."""

    party: str
    holder: Party | None
    sign: int
    said: date | None
    claim: str | None
    record: str
    document: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A status that a proposition had from a day on, in valid time, and what made it so."""

    since: date | None
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class PropositionRow:
    """``status``: ``claimed`` (one side), ``agreed`` (several parties, one side), ``contested``,
    ``resolved``. ``label`` are the words of the first claim on it, which may tell of several matters; ``about`` tells
    them apart: the records that this one is about, in their own terms."""

    id: str
    label: str
    status: str
    positions: tuple[Position, ...]
    history: tuple[Turn, ...]
    documents: tuple[str, ...]
    about: str = ""


def key_of(
    world: World, about: str | FieldRef, claim: Claim | None = None, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, int]]:
    """(proposition, sign) of a thing that a claim is about: a negated record is the denial of the proposition that its
    event happened. Of an incident these are the attributions that ``claim`` makes, else all that are made of it.

    ``seen`` are the claims on the way here: claims about each other end in themselves.
    """
    identity, field = (about, None) if isinstance(about, str) else (about.ref, about.field)
    found = world.owner.get(identity)
    if found is None:
        return
    record = found[2]
    tail = f".{field}" if field else ""
    if isinstance(record, (Event, Act)):
        home = entries(world).get(record.id)
        name = affirmed(world).get(home.id, home.id) if home else record.id
        kind = f":{record.act}" if isinstance(record, Act) else ""
        event = record if isinstance(record, Event) else _event_of(world, record)
        yield f"{name}{kind if field else ''}{tail}", _way(record, event, claim)
    elif isinstance(record, Link):
        yield link_key(world, record) + tail, _way(record, record, claim)
    elif isinstance(record, Incident):
        mine = [one for one in record.attributions if claim is not None and one.claim == claim.id]
        said = [one for one in record.attributions if one.verdict == "attributed"]
        if claim is not None and side(claim) < 0:  # who denies denies his own part, and not that of another
            own = party_key(world, claim)
            said = [one for one in said if _key_of_party(world.party(one.to)) == own] or said
        for one in mine or said:
            yield f"{incident_key(world, record)}|by:{_key_of_party(world.party(one.to))}", 1
    elif isinstance(record, Claim):
        # To deny a claim is to deny what it says, if it says a thing that is on record; else the claim
        # itself.
        if record.id not in seen:
            inner = [] if field else subjects(world, record, seen, record.about)
            yield from [(name, sign) for name, sign in inner if sign] or [(record.id + tail, 1)]
    elif isinstance(record, MissionState):
        mission = record.mission
        value = record.value if record.value is not None else record.low
        yield f"{mission.sending}>{mission.receiving}|{record.measure}={value}", 1
    elif isinstance(record, Forum):
        yield f"forum:{record.name.casefold()}|{record.state}|{record.time.edtf if record.time else ''}", 1
    else:
        yield identity + tail, 1


def _event_of(world: World, act: Act) -> Event | None:
    event = world.owner[act.event][2] if act.event in world.owner else None
    return event if isinstance(event, Event) else None


def _way(record: Event | Act | Link, negated: Event | Link | None, claim: Claim | None) -> int:
    """Whether a record tells its proposition as so (1) or as not so (-1), towards a claim about it.

    "Denied", "not" and a certainty of CT- may mark one denial three times over, which does not turn it round. Only who
    denies what others say did not happen says that it did.
    """
    against = (
        negated.polarity == "-"
        if isinstance(negated, Link)
        else negated is not None and negated.status == "negated"
    )
    if not against:
        return 1
    if claim is None or side(claim) >= 0:
        return -1
    of_others = claim.stance == "denies" and record.claims and claim.id not in record.claims
    return -1 if of_others else 1


def link_key(world: World, link: Link) -> str:
    """One key for a tie between two entries; ``after`` is another thing than a cause. An incident is its event."""
    known = entries(world)
    ends = []
    for end in (link.from_, link.to):
        identity = world.resolve(end) or "?"
        record = world.owner[identity][2] if identity in world.owner else None
        if isinstance(record, Incident) and record.event:
            identity = record.event
        ends.append(known[identity].id if identity in known else identity)
    kind = "cause" if link.kind in CAUSAL else link.kind
    return f"{kind}({ends[0]},{ends[1]})"


def incident_key(world: World, incident: Incident) -> str:
    """An incident is its event where it has one, else its name."""
    home = entries(world).get(incident.event or "")
    return f"incident:{home.id if home else incident.name.casefold()}"


def _key_of_party(party: Party | None) -> str:
    return (party.code or party.name.casefold()) if party else "?"


def party_key(world: World, claim: Claim) -> str:
    """Whose stand a claim is: the institution of its holder, or an unnamed somebody of the first relay."""
    holder = world.party(claim.holder)
    if holder is not None and (holder.code or not holder.anonymous):
        return holder.code or holder.name.casefold()
    relay = world.party(claim.relay[0]) if claim.relay else None
    doc = world.owner[claim.id][0]
    return f"unnamed, {relay.name if relay else doc.outlet or doc.id}"


def positions(world: World) -> dict[str, list[Position]]:
    """Every proposition with the stands taken on it."""
    cached = world.cache.get("positions")
    if cached is None:
        cached = defaultdict(list)
        for doc, _, claim in world.records(Claim):
            if side(claim) == 0:
                continue
            told = [*subjects(world, claim), *_part_in(world, claim)]
            for name, sign in dict(told).items():
                cached[name].append(_position(world, doc, claim, sign))
            if not told:
                # A claim about nothing on record is a thing of its own, which others may dispute.
                cached[claim.id].append(_position(world, doc, claim, 1))
        for doc, _, claim in world.records(Claim):
            # Where others stand against a claim itself, its holder stands for it.
            if claim.id in cached and all(one.claim != claim.id for one in cached[claim.id]):
                cached[claim.id].append(_position(world, doc, claim, 1))
        for doc, link in world.ties("disputes"):
            for name, position in _dispute(world, doc, link):
                cached[name].append(position)
        for name, position in _bare(world):
            cached[name].append(position)
        world.cache["positions"] = cached
    found: dict[str, list[Position]] = cached
    return found


def subjects(
    world: World, claim: Claim, seen: frozenset[str] = frozenset(), only: Sequence[str | FieldRef] = ()
) -> Iterator[tuple[str, int]]:
    """What a claim is about (``only`` of it), as it says and by every record that rests on it, with the side that it
    takes: 1, -1, or 0 for one that takes none."""
    told: set[str] = set()
    resting = [one for one in _resting(world).get(claim.id, ()) if one not in claim.about]
    for about in only or (*claim.about, *resting):
        for name, way in key_of(world, about, claim, seen | {claim.id}):
            if name not in told:
                told.add(name)
                yield name, side(claim) * way


def _part_in(world: World, claim: Claim) -> Iterator[tuple[str, int]]:
    """Who denies an incident, or the event of it, denies a part in it that others say he has."""
    if side(claim) >= 0:
        return
    mine = party_key(world, claim)
    known = entries(world)
    for one in (*claim.about, *_resting(world).get(claim.id, ())):
        identity = one if isinstance(one, str) else one.ref
        home = known.get(identity)
        for name in blamed(world).get((home.id if home else identity, mine), ()):
            yield name, -1


def blamed(world: World) -> dict[tuple[str, str], list[str]]:
    """(incident or entry, party said to be behind it) -> the propositions that say so."""
    cached = world.cache.get("blamed")
    if cached is None:
        cached = defaultdict(list)
        known = entries(world)
        for _, _, incident in world.records(Incident):
            home = known.get(incident.event or "")
            for one in incident.attributions:
                if one.verdict == "attributed":
                    party = _key_of_party(world.party(one.to))
                    name = f"{incident_key(world, incident)}|by:{party}"
                    for where in {incident.id, home.id if home else incident.id}:
                        cached[(where, party)].append(name)
        world.cache["blamed"] = cached
    found: dict[tuple[str, str], list[str]] = cached
    return found


def _resting(world: World) -> dict[str, list[str]]:
    """Claim id -> the events, measures, links and states whose ``claims`` name it."""
    cached = world.cache.get("resting")
    if cached is None:
        cached = defaultdict(list)
        for kind in (Event, Act, Link, MissionState):
            for _, _, record in world.records(kind):
                for one in record.claims:
                    cached[one].append(record.id)
        world.cache["resting"] = cached
    found: dict[str, list[str]] = cached
    return found


def _position(world: World, doc: Doc, claim: Claim, sign: int) -> Position:
    said = world.said(claim)
    spans = [*([claim.cue] if claim.cue else []), *claim.content]
    return Position(
        party_key(world, claim),
        world.party(claim.holder),
        sign,
        said.lower if said else None,
        claim.id,
        claim.id,
        doc.id,
        world.evidence(doc, spans),
    )


def _dispute(world: World, doc: Doc, link: Link) -> Iterator[tuple[str, Position]]:
    """A ``disputes`` link: whoever speaks at its beginning stands against what its end says."""
    source, target = world.resolve(link.from_), world.resolve(link.to)
    if target is None or target not in world.owner:
        return
    claim = next(iter(world.claims([source] if source else [])), None)
    for name, way in key_of(world, target):
        if claim is not None:
            yield name, _position(world, world.owner[claim.id][0], claim, -way)
        else:
            spans = world.evidence(doc, link.evidence)
            yield (
                name,
                Position(f"text:{kin(world)[doc.id]}", None, -way, doc.day, None, link.id, doc.id, spans),
            )


def _bare(world: World) -> Iterator[tuple[str, Position]]:
    """What documents say on their own word about a field or a tie that somebody disputes elsewhere."""
    for kind in (Event, Act, Link):
        for doc, _, record in world.records(kind):
            if record.claims:
                continue
            names = list(key_of(world, record.id))
            if isinstance(record, Act):
                dates = [name for name in type(record.dates).model_fields if getattr(record.dates, name)]
                names += [
                    pair
                    for name in dates
                    for pair in key_of(world, FieldRef(ref=record.id, field=f"dates.{name}"))
                ]
            for name, sign in names:
                spans = world.evidence(doc, record.evidence)
                party = f"text:{kin(world)[doc.id]}"
                yield name, Position(party, None, sign, doc.day, None, record.id, doc.id, spans)


def propositions(world: World, as_of: date | None) -> dict[str, PropositionRow]:
    """Every proposition that a claim is about, as it stood on ``as_of`` (with all that is known, by
    default)."""
    found: dict[str, PropositionRow] = world.keep("propositions", as_of, lambda: _propositions(world, as_of))
    return found


def _propositions(world: World, as_of: date | None) -> dict[str, PropositionRow]:
    found: dict[str, PropositionRow] = {}
    for name, stands in positions(world).items():
        alone = len(stands) == 1 and stands[0].claim == name
        if any(one.claim for one in stands) and not alone:
            known = [one for one in stands if as_of is None or one.said is None or one.said <= as_of]
            if any(one.claim for one in known):
                found[name] = _row(world, name, known)
    return {row.id: row for row in sorted(found.values(), key=place)}


def place(row: PropositionRow) -> tuple[date, str]:
    """Propositions stand by the day of the first stand."""
    return row.positions[0].said or date.min, row.id


def _row(world: World, name: str, stands: list[Position]) -> PropositionRow:
    stands = sorted(
        stands, key=lambda p: (p.said or date.min, p.claim is None, turn(world, p.record), p.record)
    )
    turns: list[Turn] = []
    for day in sorted({one.said or date.min for one in stands}):
        status, why = _status([one for one in stands if (one.said or date.min) <= day], turns)
        if not turns or turns[-1].status != status:
            turns.append(Turn(None if day == date.min else day, status, why))
    label = label_of(world, name, stands)
    documents = tuple(dict.fromkeys(one.document for one in stands))
    return PropositionRow(name, label, turns[-1].status, tuple(stands), tuple(turns), documents)


def _status(known: list[Position], turns: list[Turn]) -> tuple[str, str]:
    newest: dict[tuple[str, str], Position] = {}
    for one in known:
        if one.claim is not None:
            # A party's newest stand counts; two of its people who differ on one day are two stands.
            for who in [w for w, other in newest.items() if w[0] == one.party and other.said != one.said]:
                del newest[who]
            newest[(one.party, speaker(one))] = one
    signs = {one.sign for one in newest.values()}
    texts = {one.party: one for one in known if one.claim is None}
    opposed = next((one for one in texts.values() if one.sign not in signs), None)
    parties: dict[str, set[int]] = defaultdict(set)
    for (party, _), one in newest.items():
        parties[party].add(one.sign)
    ways = {(1,): "for it", (-1,): "against it", (-1, 1): "for it and against it"}
    sides = ", ".join(f"{party} {ways[tuple(sorted(taken))]}" for party, taken in sorted(parties.items()))
    was_contested = any(turn.status == "contested" for turn in turns)
    if len(signs) > 1:
        last = max((one.said or date.min) for one in newest.values())
        later = next((one for one in known if one.claim is None and (one.said or date.min) > last), None)
        if later is not None and was_contested:
            return "resolved", f"later evidence that names no party ({later.document})"
        return "contested", sides
    if opposed is not None and signs:
        way = "for" if opposed.sign > 0 else "against"
        return "contested", f"{sides}, a text on its own word {way} it ({opposed.document})"
    if was_contested:
        return "resolved", f"the parties agree: {sides}"
    return ("agreed" if len(parties) > 1 else "claimed"), sides


def speaker(one: Position) -> str:
    """Who takes a stand, within his party."""
    return (one.holder.id if one.holder.anonymous else one.holder.name.casefold()) if one.holder else ""


def turn(world: World, record: str) -> tuple[int, str, int]:
    """What comes first of things said on one day: by the time of publication, within a text by its order."""
    doc, _, found = world.owner[record]
    told = doc.published or ""
    span = anchor(found)
    return (as_micros(told) if "T" in told else 0), doc.id, span[0] if span else 0


def label_of(world: World, name: str, stands: list[Position]) -> str:
    """The content of the first claim on it, else the records that it is about."""
    for one in stands:
        if one.claim is not None:
            doc, _, claim = world.owner[one.claim]
            if claim.content:
                return " … ".join(doc.document.words(span) for span in claim.content)
    return about_of(world, name)


def about_of(world: World, name: str) -> str:
    """The records that a proposition is about, in their own terms."""
    told = _RECORD.sub(
        lambda found: describe(world, world.owner[found[0]][2]) if found[0] in world.owner else found[0], name
    )
    behind = re.fullmatch(r"incident:(.*)\|by:(.*)", told, re.DOTALL)
    return f"{behind[2]} behind {behind[1]}" if behind else told
