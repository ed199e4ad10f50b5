"""What is contested, awaited, counted, and what a brief on a mission says: one command a view."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.lists import ask
from onrecord.cli.options import (
    DEFAULT_LEDGER,
    AsOfOption,
    JsonOption,
    KnownAtOption,
    LedgerOption,
    LimitOption,
    RecipientOption,
    ShortOption,
    SinceOption,
    UntilOption,
)
from onrecord.cli.output import cell, user_errors


def register(app: typer.Typer) -> None:
    for command in (propositions, expectations, incidents, forums, tallies, relations, search, brief):
        app.command(rich_help_panel="Ask the record")(command)


def propositions(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="claimed, agreed, contested or resolved.")
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: ShortOption = None,
) -> None:
    """List what is claimed, with who stands for it and who against; no winner is picked."""
    with user_errors():
        from onrecord.ledger import choices

        choices.one_of("--status", status, choices.PROPOSITION_STATUSES)
    ask(
        ledger,
        lambda opened: opened.propositions(as_of=as_of, known_at=known_at, status=status)[:limit],
        PROPOSITION_COLUMNS,
        as_json,
        limit,
    )


def expectations(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor", metavar="NAME", help="Only what this party is to do: a code or a state's name."
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="open, fulfilled, fulfilled in part, wrong in number, wrong in kind or lapsed.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: ShortOption = None,
) -> None:
    """List threats, promises and predictions, and what became of them."""
    with user_errors():
        from onrecord.ledger import choices

        choices.one_of("--status", status, choices.EXPECTATION_STATUSES)
    ask(
        ledger,
        lambda opened: opened.expectations(as_of=as_of, known_at=known_at, actor=actor, status=status)[
            :limit
        ],
        EXPECTATION_COLUMNS,
        as_json,
        limit,
    )


def incidents(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="unattributed, attributed or contested.")
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor", metavar="CODE", help="Only those that this actor is said, or denies, to be behind."
        ),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
) -> None:
    """List incidents with who is said to be behind them, and who denies it."""
    with user_errors():
        from onrecord.ledger import choices

        choices.one_of("--status", status, choices.INCIDENT_STATUSES)
    ask(
        ledger,
        lambda opened: opened.incidents(as_of=as_of, known_at=known_at, actor=actor, status=status),
        INCIDENT_COLUMNS,
        as_json,
    )


def forums(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
) -> None:
    """List councils and other forums with their state, and when they last met as of a day."""
    ask(ledger, lambda opened: opened.forums(as_of=as_of, known_at=known_at), FORUM_COLUMNS, as_json)


def tallies(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    mission: Annotated[
        str | None, typer.Option("--mission", metavar="ID", help="Only this mission, e.g. 'RUS>NATO'.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
) -> None:
    """Count how many were sent away from each mission: headline against listed against recomputed, by unit."""
    ask(
        ledger,
        lambda opened: opened.tallies(
            as_of=as_of, known_at=known_at, since=since, until=until, mission=mission
        ),
        TALLY_COLUMNS,
        as_json,
    )


def relations(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", help="Only what this party did: a code or a state's name."),
    ] = None,
    recipient: RecipientOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: ShortOption = None,
) -> None:
    """List pairs of actors by month: counts of news events by type, and their PLOVER score."""
    from onrecord.vocabulary import score

    ask(
        ledger,
        lambda opened: opened.dyads(
            as_of=as_of,
            known_at=known_at,
            since=since,
            until=until,
            actor=actor,
            recipient=recipient,
            scale=score,
        )[:limit],
        RELATION_COLUMNS,
        as_json,
        limit,
    )


def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words to look for in reports and claims.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    limit: LimitOption = 20,
) -> None:
    """Search the text of the reports and of the claims on record."""
    with user_errors():
        if not any(sign.isalnum() for sign in words):
            from onrecord.model.problems import OnrecordError

            raise OnrecordError(
                "no-words", "there is no word to look for", "Give one or more words.", "WORDS"
            )
    ask(ledger, lambda opened: opened.search(words, limit=limit), HIT_COLUMNS, as_json, limit)


def brief(
    mission: Annotated[str, typer.Argument(metavar="MISSION", help="A mission's id, e.g. 'RUS>NATO'.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    since: SinceOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    html: Annotated[bool, typer.Option("--html", help="One HTML page instead of Markdown.")] = False,
    allowed: Annotated[
        str, typer.Option("--marking", metavar="TLP", help="The strictest marking that the brief may use.")
    ] = "TLP:GREEN",
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="FILE", help="Check a brief in Markdown instead of writing one."),
    ] = None,
) -> None:
    """Write a brief on a mission in which every sentence carries its spans, or check one."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            if check is None:
                made = opened.brief(mission, since=since, as_of=as_of, known_at=known_at, allowed=allowed)
                print(made.html() if html else made.markdown())
                return
            faults = opened.verify_brief(check.read_text(encoding="utf-8"))
        for fault in faults:
            print(f"FAILED {fault}")
        print("NOT verified" if faults else "verified: every sentence stands as quoted")
        if faults:
            raise typer.Exit(1)


def _attribution(row: Any) -> str:
    holder = "the report itself" if row.voice is None else row.voice.holder or "nobody named"
    sure = "; ".join(one for one in (row.certainty, row.confidence) if one)
    return f"{cell(row.to)} {row.verdict} by {holder}" + (f" ({sure})" if sure else "")


def _side(sign: int) -> Any:
    return lambda row: list(
        dict.fromkeys(str(one.holder or "the report itself") for one in row.positions if one.sign == sign)
    )


PROPOSITION_COLUMNS: list[tuple[str, Any]] = [
    ("what", lambda r: r.label),
    ("about", lambda r: r.about),
    ("status", lambda r: r.status),
    ("for", _side(1)),
    ("against", _side(-1)),
    ("reports", lambda r: len(r.documents)),
    ("id", lambda r: r.id),
]
EXPECTATION_COLUMNS: list[tuple[str, Any]] = [
    ("said", lambda r: r.said and r.said.edtf),
    ("by", lambda r: r.voice and r.voice.holder),
    ("actor", lambda r: r.actor),
    ("target", lambda r: r.target),
    ("deed", lambda r: r.act or r.type),
    ("number", lambda r: r.number),
    ("status", lambda r: r.status),
    ("lag, days", lambda r: r.lag_days),
    ("why", lambda r: r.why),
    ("id", lambda r: r.id),
]
INCIDENT_COLUMNS: list[tuple[str, Any]] = [
    ("incident", lambda r: r.name),
    ("date", lambda r: r.when and r.when.edtf),
    ("status", lambda r: r.status),
    ("attributions", lambda r: [_attribution(one) for one in r.attributions]),
    ("reports", lambda r: len(r.documents)),
    ("id", lambda r: r.id),
]
FORUM_COLUMNS: list[tuple[str, Any]] = [
    ("forum", lambda r: r.name),
    ("state", lambda r: r.state),
    ("last met", lambda r: r.last_met and r.last_met.edtf),
    ("states", lambda r: [f"{one.state} {cell(one.when and one.when.edtf)}" for one in r.states]),
]
TALLY_COLUMNS: list[tuple[str, Any]] = [
    ("mission", lambda r: r.mission),
    ("by unit", lambda r: [f"{unit} {number:g}" for unit, number in r.counts.items()]),
    ("headline", lambda r: r.headline),
    ("recomputed", lambda r: r.recomputed),
    ("agrees", lambda r: r.agrees),
    ("proposals", lambda r: [f"{one.text} ({one.status}, {one.id})" for one in r.proposals]),
]
RELATION_COLUMNS: list[tuple[str, Any]] = [
    ("month", lambda r: r.month),
    ("actor", lambda r: r.actor),
    ("recipient", lambda r: r.recipient),
    ("events", lambda r: r.events),
    ("by type", lambda r: [f"{name} {number}" for name, number in r.counts.items()]),
    ("mean score", lambda r: r.mean),
]
HIT_COLUMNS: list[tuple[str, Any]] = [
    ("words", lambda r: r.excerpt),
    ("outlet", lambda r: r.outlet),
    ("published", lambda r: (r.published or "")[:10]),
    ("id", lambda r: r.record or r.document),
]
