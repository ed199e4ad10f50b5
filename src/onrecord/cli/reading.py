"""``onrecord read``: one report on the terminal, every record marked where its words stand, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.output import cell, console, problem_line, user_errors

if TYPE_CHECKING:
    from onrecord.model.records import Act, Claim, CodedDocument, Event

STYLES = {
    "event": "bold yellow",
    "claim": "cyan",
    "act": "bold red",
    "mission size": "red",
    "incident": "magenta",
    "forum": "green",
    "expectation": "blue",
    "link": "dim",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A record where it stands in the text: the words that carry it, and what it says in one line."""

    kind: str
    id: str
    span: tuple[int, int]
    says: str


def register(app: typer.Typer) -> None:
    app.command()(read)


def read(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="One report: text, HTML, JSONL …; - for input.")
    ],
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="ID", help="What each field of this record rests on (e1, c2, m1 …)."),
    ] = None,
    actors: Annotated[
        Path | None,
        typer.Option("--actors", metavar="FILE", help="Your own names (CSV); they win over the tables."),
    ] = None,
) -> None:
    """Show a report with its records marked in place and a legend below; nothing is put on record.

    A mark stands after the words that carry the record: `«expelled»e1`. With --why, the fields of one record
    with the head, rule or table that gave each.
    """
    with user_errors():
        from onrecord.coding.coder import Coder
        from onrecord.intake import read_path
        from onrecord.model.problems import OnrecordError, Problem

        coder = Coder(actors=actors)
        for item in read_path(file):
            if isinstance(item, Problem):
                raise OnrecordError.of(item)
            for notice in item.notices:
                problem_line(notice)
            coded, reasons = coder.explain(item)
            marks = list(marks_of(coded))
            if why is None:
                page(coded, marks)
            else:
                explain(coded, marks, reasons, why)


def page(coded: CodedDocument, marks: list[Mark]) -> None:
    """The text with its marks, then the legend."""
    from rich.markup import escape
    from rich.text import Text

    out = console()
    text = coded.document.text
    opening = sorted(marks, key=lambda mark: (mark.span[0], -mark.span[1]))
    closing = sorted(marks, key=lambda mark: (mark.span[1], -mark.span[0]))
    shown, position, style = Text(), 0, ""
    for end in sorted({edge for mark in marks for edge in mark.span} | {len(text)}):
        shown.append(text[position:end], style)
        for mark in (mark for mark in closing if mark.span[1] == end):
            shown.append(f"»{mark.id}", STYLES[mark.kind])
        around = [mark for mark in opening if mark.span[0] <= end < mark.span[1]]
        for mark in (mark for mark in around if mark.span[0] == end):
            shown.append("«", STYLES[mark.kind])
        style, position = STYLES[around[-1].kind] if around else "", end
    out.print(shown)
    out.print()
    for mark in marks:
        style = STYLES[mark.kind]
        out.print(f"[{style}]{mark.id:>4}[/] {mark.kind:<12} {escape(mark.says)}")
    if not marks:
        out.print("No record: nothing in this report is an event, a claim or a measure.")


def explain(coded: CodedDocument, marks: list[Mark], reasons: dict[str, str], wanted: str) -> None:
    """The fields of one record, each with what gave it where that is known."""
    from onrecord.model.problems import OnrecordError

    record = next((record for record in coded.records() if record.id == wanted), None)
    if record is None:
        known = ", ".join(mark.id for mark in marks) or "none"
        raise OnrecordError("unknown-record", f"no record {wanted} in this report", f"Its records: {known}.")
    out = console()
    text = coded.document.text
    for name, value in record.model_dump(mode="json", by_alias=True, exclude_none=True).items():
        if value in ([], {}):
            continue
        reason = reasons.get(f"{wanted}.{name}", "")
        if not reason and f"{wanted}.{name}" in coded.inferred:
            reason = "inferred: no words say so"
        told = _told(text, value)
        out.print(f"{name:<12} {told}" + (f"   ← {reason}" if reason else ""), markup=False)


def _told(text: str, value: Any) -> str:
    """A field's value for a person: spans as the words that they hold, what is empty left out."""
    if isinstance(value, dict):
        parts = {name: part for name, part in value.items() if part not in (None, [], {}, False)}
        return ", ".join(f"{name} {_told(text, part)}" for name, part in parts.items())
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
        return f"“{text[value[0] : value[1]]}”"
    if isinstance(value, list) and value and all(isinstance(part, (list, dict)) for part in value):
        return " … ".join(_told(text, part) for part in value)
    return cell(value)


def marks_of(coded: CodedDocument) -> Iterator[Mark]:
    """Every record that has words of its own, with its line for the legend."""
    names = {actor.id: actor.code or actor.name or "?" for actor in coded.actors}
    for event in coded.events:
        yield Mark("event", event.id, event.trigger, _event(event, names))
    for claim in coded.claims:
        span = claim.cue or (claim.content[0] if claim.content else None)
        if span:
            yield Mark("claim", claim.id, span, _claim(claim, coded.document.text, names))
    for act in coded.acts:
        if act.evidence:
            yield Mark("act", act.id, act.evidence[0], _act(act))
    for state in coded.missions:
        if state.evidence:
            told = f"{_mission(state.mission)}: {state.measure} {cell(state.value)} {state.unit or ''}"
            yield Mark("mission size", state.id, state.evidence[0], told)
    for incident in coded.incidents:
        if incident.evidence:
            behind = "; ".join(
                f"{one.verdict} to {names.get(one.to, one.to)}" + (f" ({one.claim})" if one.claim else "")
                for one in incident.attributions
            )
            yield Mark(
                "incident", incident.id, incident.evidence[0], f"{incident.name}: {behind or 'no one named'}"
            )
    for forum in coded.forums:
        if forum.evidence:
            yield Mark("forum", forum.id, forum.evidence[0], f"{forum.name}: {forum.state}")
    for wait in coded.expectations:
        if wait.evidence:
            due = f", by {wait.deadline.edtf}" if wait.deadline else ""
            deed = wait.deed.act or wait.deed.type or "something not yet told"
            yield Mark(
                "expectation", wait.id, wait.evidence[0], f"{names.get(wait.actor or '', '?')}: {deed}{due}"
            )
    for link in coded.links:
        if link.evidence:
            yield Mark(
                "link",
                link.id,
                link.evidence[0],
                f"{cell(link.from_)} {link.kind} {cell(link.to)} ({link.basis})",
            )


def _event(event: Event, names: dict[str, str]) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    sides = ", ".join(names[one] for one in event.actors) or "?"
    if event.recipients:
        sides += " → " + ", ".join(names[one] for one in event.recipients)
    rest = [
        event.status,
        "background" if event.background else "",
        event.time.edtf if event.time else "no date",
    ]
    word = f"on the word of {', '.join(event.claims)}" if event.claims else ""
    return "; ".join(part for part in (f"{kind} {sides}", *rest, word) if part)


def _claim(claim: Claim, text: str, names: dict[str, str]) -> str:
    holder = names.get(claim.holder or "", "nobody named")
    relay = "".join(f", through {names.get(one, one)}" for one in claim.relay)
    words = " … ".join(text[start:end] for start, end in claim.content)
    return f"{holder}{relay} {claim.stance}: {words}"


def _act(act: Act) -> str:
    number = f" {cell(act.number)} {act.unit or ''}".rstrip() if act.number is not None else ""
    ceiling = (
        f" from {cell(act.from_)} to {cell(act.to)}" if act.to is not None or act.from_ is not None else ""
    )
    return f"{act.act}{number}{ceiling}; {_mission(act.mission)}" + (f"; {act.event}" if act.event else "")


def _mission(mission: Any) -> str:
    host = f" in {mission.host}" if mission.host else ""
    return f"{mission.sending or '?'} to {mission.receiving or '?'}{host}"
