"""Ties between records: what responds to what, what is said to be the reason, with lag and symmetry.

``after`` says nothing of a cause. A stated reason stays a claim of whoever states it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import events
from onrecord.ledger.describe import describe
from onrecord.ledger.identity import entries
from onrecord.ledger.measures import ActRow, act_rows
from onrecord.ledger.origins import origins
from onrecord.ledger.propositions import PropositionRow, link_key, propositions
from onrecord.ledger.reports import kind_of_measure
from onrecord.ledger.rows import Evidence, Origin, Voice, When
from onrecord.ledger.standing import standing
from onrecord.ledger.world import Doc, World
from onrecord.model.records import Link

ANSWERS = frozenset({"response_to", "caused_by"})


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One tie between two records, from however many reports.

    ``status`` is that of its proposition where claims carry it (``claimed``, ``contested`` …), else
    ``asserted``; ``lag_days`` and ``symmetry`` are given between dated deeds.
    """

    id: str
    kind: str
    source: str
    target: str
    source_label: str
    target_label: str
    polarity: str
    basis: str
    status: str
    lag_days: int | None
    symmetry: str | None
    voices: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]
    origins: tuple[Origin, ...]
    members: tuple[str, ...]


def rows(world: World, as_of: date | None = None) -> list[LinkRow]:
    """Every link of the world, one row for the same kind between the same two entries."""
    return list(world.keep("link_rows", as_of, lambda: _rows(world, as_of)))


def _rows(world: World, as_of: date | None) -> list[LinkRow]:
    known = propositions(world, as_of)
    groups: dict[tuple[str, str, str, str], list[tuple[Doc, Link]]] = defaultdict(list)
    for doc, _, link in world.records(Link):
        first, second = world.resolve(link.from_), world.resolve(link.to)
        if first in world.retracted or second in world.retracted:
            continue
        ends = home(world, first), home(world, second)
        denied = standing(world.behind(link.claims), "actual") == "denied"
        groups[(link.kind, *ends, "-" if denied else link.polarity)].append((doc, link))
    if not groups:
        return []
    whens = {row.id: row.when for row in (*events.rows(world), *events.of_measures(world))}
    return [_row(world, key, group, known, whens) for key, group in sorted(groups.items())]


def place(row: LinkRow) -> tuple[str, str, str, str]:
    """Ties stand by what they are and what they are between."""
    return row.kind, row.source, row.target, row.polarity


def home(world: World, identity: str | None) -> str:
    """The entry of a deed; any other record stands for itself."""
    entry = entries(world).get(identity or "")
    return entry.id if entry else identity or "?"


def _row(
    world: World,
    key: tuple[str, str, str, str],
    group: list[tuple[Doc, Link]],
    known: dict[str, PropositionRow],
    whens: dict[str, When | None],
) -> LinkRow:
    kind, source, target, polarity = key
    group.sort(key=lambda pair: (pair[0].recorded, pair[1].id))
    first = group[0][1]
    claims = dict.fromkeys(one for _, link in group for one in link.claims)
    about = known.get(link_key(world, first))
    first_day, second_day = _day(whens.get(source)), _day(whens.get(target))
    return LinkRow(
        first.id,
        kind,
        source,
        target,
        _label(world, source),
        _label(world, target),
        polarity,
        "stated" if any(link.basis == "stated" for _, link in group) else "inferred",
        about.status if about else "asserted",
        (first_day - second_day).days if first_day and second_day else None,
        symmetry(acts_of(world, source), acts_of(world, target)) if kind in ANSWERS else None,
        world.voices(claims),
        tuple(found for doc, link in group for found in world.evidence(doc, link.evidence)),
        tuple(dict.fromkeys(doc.id for doc, _ in group)),
        origins(world, [(link.id, link.claims) for _, link in group], polarity == "-"),
        tuple(link.id for _, link in group),
    )


def _label(world: World, identity: str) -> str:
    return describe(world, world.owner[identity][2]) if identity in world.owner else identity


def _day(moment: When | None) -> date | None:
    return moment.lower if moment else None


def acts_of(world: World, entry: str) -> list[ActRow]:
    """The measures of an entry, each once."""
    known = entries(world)
    members = known[entry].members if entry in known else (entry,)
    found = act_rows(world)
    acts = [act.id for one in members for act in world.acts_of.get(one, ())]
    acts += [one for one in members if one in found]
    return list({found[one].id: found[one] for one in acts}.values())


def symmetry(answer: list[ActRow], cause: list[ActRow]) -> str | None:
    """``symmetric`` where the same kinds of measure with the same numbers answer; None where either has
    none."""
    if not answer or not cause:
        return None
    mine = sorted((kind_of_measure(one.act), one.number or 0) for one in answer)
    theirs = sorted((kind_of_measure(one.act), one.number or 0) for one in cause)
    return "symmetric" if mine == theirs else "asymmetric"
