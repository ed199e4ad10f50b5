"""Forums by their states: established, suspended, met, resumed; and what was true when said and is no more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from onrecord.ledger import events
from onrecord.ledger.rows import Evidence, When
from onrecord.ledger.world import World, when
from onrecord.model.records import Forum


@dataclass(frozen=True, slots=True)
class ForumState:
    """One state of a forum. ``standing`` tells of a state that a later one of its kind has overtaken."""

    id: str
    state: str
    part: str | None
    when: When | None
    standing: str
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForumRow:
    """A forum on a day: its newest state, when it last met as of that day, and all its states by then."""

    name: str
    state: str | None
    last_met: When | None
    states: tuple[ForumState, ...]


def rows(world: World, as_of: date | None = None) -> list[ForumRow]:
    """Every forum of the world."""
    groups: dict[str, dict[tuple[str, str | None, str | None], list[tuple[str, str]]]] = defaultdict(dict)
    names: dict[str, str] = {}
    for doc, _, forum in world.records(Forum):
        key = forum.name.casefold()
        names.setdefault(key, forum.name)
        moment = forum.time.edtf if forum.time else None
        groups[key].setdefault((forum.state, forum.part, moment), []).append((doc.id, forum.id))
    return [_row(world, names[key], group, as_of) for key, group in sorted(groups.items())]


def _row(
    world: World,
    name: str,
    group: dict[tuple[str, str | None, str | None], list[tuple[str, str]]],
    as_of: date | None,
) -> ForumRow:
    told = []
    for (state, part, _), members in group.items():
        doc, _, first = world.owner[members[0][1]]
        moment = when(first.time, doc.document)
        spans = tuple(
            found
            for document, one in members
            for found in world.evidence(world.docs[document], world.owner[one][2].evidence)
        )
        told.append((state, part, moment, members, spans))
    told = [one for one in told if events.begun(one[2], as_of)]
    told.sort(key=lambda one: events.order(one[2], one[3][0][1]))
    met = [one[2] for one in told if one[0] == "met" and one[2] is not None]
    states = []
    for state, part, moment, members, spans in told:
        said = max((day for d, _ in members if (day := world.docs[d].day)), default=None)
        standing = _standing(state, moment, said, met)
        documents = tuple(dict.fromkeys(document for document, _ in members))
        states.append(ForumState(members[0][1], state, part, moment, standing, spans, documents))
    dated = [one for one in states if one.when is not None]
    return ForumRow(name, dated[-1].state if dated else None, met[-1] if met else None, tuple(states))


def _standing(state: str, moment: When | None, said: date | None, met: list[When]) -> str:
    """A meeting that was the latest when it was reported, and was followed by another since."""
    if state != "met" or moment is None or moment.upper is None:
        return "stands"
    later = [one for one in met if one.lower is not None and one.lower > moment.upper]
    if not later:
        return "stands"
    first = min(later, key=lambda one: one.lower or date.max)
    if said is None or first.lower is None or first.lower <= said:
        return "stands"
    return f"true when said, since superseded ({first.edtf})"
