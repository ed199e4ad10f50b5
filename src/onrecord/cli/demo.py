"""``onrecord demo``: the whole way from reports to a record in which every line leads to its words."""

from __future__ import annotations

import shlex
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.lists import codes, quote
from onrecord.cli.output import cell, console, table, user_errors

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

EVENTS = 14


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    folder: Annotated[
        Path,
        typer.Option("--dir", metavar="DIR", help="Where the demo's ledger goes; an older demo is replaced."),
    ] = Path("onrecord-demo"),
) -> None:
    """Code ten bundled reports, put them on record in a fresh ledger, and show what is there."""
    with user_errors():
        from onrecord.demo import run
        from onrecord.ledger import Ledger

        made = run(folder)
        screen = console()
        screen.print(f"{made.documents} reports coded and on record: {made.statements} statements.\n")
        with Ledger.open(made.ledger, create=False) as ledger:
            _events(ledger)
            _mission(ledger)
            _denial(ledger)
            _contested(ledger)
            _replay(ledger)
            result = ledger.verify()
        screen.print(f"{result.spans} spans re-read against their snapshots: {len(result.faults)} differ.")
        where = shlex.quote(str(made.ledger))
        screen.print(
            f"\nThe ledger is {made.ledger}, the coded reports are {made.coded}. Try next:", markup=False
        )
        for command in (
            f"onrecord timeline --ledger {where} --actor RUS --since 2021-10",
            f"onrecord claims --ledger {where} --stance denies",
            f"onrecord missions --ledger {where} --as-of 2021-10-03 --known-at 2021-10-06",
        ):
            screen.print(f"  {command}", markup=False)


def _events(ledger: Ledger) -> None:
    """What happened, as the reports themselves assert it or on whose word; accusations stay out of it."""
    found = [row for row in ledger.events() if row.done and not row.background][:EVENTS]
    lines = [
        [
            cell(row.when and row.when.edtf),
            f"{row.type}:{row.mode}" if row.mode else row.type,
            cell(codes(row.actors)),
            cell(codes(row.recipients)),
            str(len(row.documents)),
            row.id,
        ]
        for row in found
    ]
    table(["date", "event", "actors", "recipients", "reports", "id"], lines, title="Events")


def _mission(ledger: Ledger) -> None:
    """The mission with the most measures on it, and whether its numbers balance."""
    missions = ledger.missions()
    if not missions:
        return
    row = max(missions, key=lambda mission: len(mission.acts))
    measures = [
        [
            cell(_day(act)),
            act.act,
            cell(act.number),
            cell(act.unit),
            f"{cell(act.cap_from)} → {cell(act.cap_to)}" if act.cap_to is not None else "-",
            str(len(act.documents)),
        ]
        for act in row.acts
    ]
    table(
        ["date", "measure", "number", "unit", "ceiling", "reports"],
        measures,
        title=f"Mission: {row.name} ({row.sending} to {row.receiving})",
    )
    for check in row.checks:
        told = f"{cell(check.cap_from)} → {cell(check.cap_to)}: {check.text} ({check.reason})"
        console().print(f"  balance of {told}", markup=False)
        for change, after in pairwise(check.history):
            console().print(
                f"    as known at {change.known[:10]}: {change.text} ({change.reason})", markup=False
            )
            if after.status == "balanced":
                console().print(f"    closed by what became known on {after.known[:10]}", markup=False)
    console().print()


def _day(act: Any) -> str | None:
    for name in ("act", "announced", "notified", "decided", "effective"):
        if act.dates.get(name):
            return str(act.dates[name].edtf)
    return None


def _denial(ledger: Ledger) -> None:
    """A denial by somebody who was accused, beside the accusation, with the exact words it stands on."""
    claims = ledger.claims()
    accused = {party.code for row in ledger.events(type="ACCUSE") for party in row.recipients if party.code}
    denials = [row for row in claims if row.stance == "denies"]
    denials.sort(key=lambda row: row.holder is None or row.holder.code not in accused)
    for denial in denials[:1]:
        table(
            ["holder", "stance", "what", "id"],
            [[cell(denial.holder or "nobody named"), denial.stance, " … ".join(denial.content), denial.id]],
            title="A denial: a claim, and no event by the denier",
        )
        console().print(f"  evidence: {quote(denial.evidence[0])}\n", markup=False)


def _contested(ledger: Ledger) -> None:
    """What parties say against each other, before and after a later report, with no winner picked."""
    joined = [
        row.id for row in ledger.events() if any("merged by" in why for m in row.merges for why in m.reasons)
    ]
    contested = sorted(ledger.propositions(status="contested"), key=lambda row: -len(row.documents))
    found = [row for row in contested if not any(one in row.id for one in joined)]
    by_desk = [row for row in contested if row not in found]
    for row in [*found[:1], *by_desk[:1]]:
        how = "as the ledger finds by itself" if row in found else "of reports that a person joined"
        console().print(f"  contested, no winner picked, {how}:", markup=False)
        # An accusation and a denial speak plainest; who merely asserts something of it comes after them.
        plain = {claim.id for claim in ledger.claims() if claim.stance in ("accuses", "denies")}
        for sign, side in ((1, "for"), (-1, "against")):
            stands = [one for one in row.positions if one.sign == sign and one.holder]
            stands.sort(key=lambda one: one.claim not in plain)
            for one in stands[:1]:
                told = " … ".join(" ".join(part.words.split()) for part in one.evidence)
                console().print(f"    {side} it, {one.said}: {one.holder}: “{told}”", markup=False)
    if by_desk:
        before = [row.id for row in ledger.propositions(status="contested", known_at="2021-04-17")]
        told = "contested" if by_desk[0].id in before else "not contested"
        console().print(f"    as known at 2021-04-17: {told}", markup=False)
    threats = [one for one in ledger.expectations(status="open") if one.type == "THREATEN" and one.voice]
    for wait in threats[-1:]:
        holder = wait.voice.holder if wait.voice else None
        told = f"{cell(wait.actor)} against {cell(wait.target)}, on the word of {holder}"
        console().print(f"  threatened and awaited: {told}; {wait.why}", markup=False)
    console().print()


def _replay(ledger: Ledger) -> None:
    """One question asked of two moments: what was known of the motive, before and after the update."""
    for moment in ("2021-10-06", "2021-10-07"):
        known = ledger.claims(known_at=moment, since="2021-10-06", until="2021-10-31")
        about = [row for row in known if "linked" in " ".join(row.content)]
        console().print(f"  on the motive, as known at {moment}:", markup=False)
        for row in about[-2:]:
            through = f" through {cell(row.relay)}" if row.relay else ""
            words = " … ".join(row.content)
            console().print(
                f"    {row.holder or 'nobody named'}{through} {row.stance}: “{words}”", markup=False
            )
    console().print()
