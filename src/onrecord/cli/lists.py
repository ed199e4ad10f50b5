"""What is on record, in lists and one by one: every list is a view of the ledger with its filters."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.options import (
    DEFAULT_LEDGER,
    ActorOption,
    AllOption,
    AsOfOption,
    JsonOption,
    KnownAtOption,
    LedgerOption,
    LimitOption,
    RecipientOption,
    SinceOption,
    UntilOption,
)
from onrecord.cli.output import cell, console, line, rows, table, to_json, user_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onrecord.ledger import Ledger
    from onrecord.ledger.rows import Evidence, Party, RecordPage

EMPTY = "nothing on record that fits; widen the filters, or record documents with: onrecord record"
WORDS = 90


def register(app: typer.Typer) -> None:
    for command in (events, claims, missions, timeline, show):
        app.command(rich_help_panel="Ask the record")(command)


def events(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", help="Only what this party does: a code or words of a name."),
    ] = None,
    recipient: RecipientOption = None,
    event_type: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", help="PLOVER type, or TYPE:mode, e.g. SANCTION:expel."),
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: LimitOption = 50,
    after: Annotated[
        str | None, typer.Option("--after", metavar="ID", help="Go on behind the row of this id.")
    ] = None,
    whole: AllOption = False,
) -> None:
    """List events, one row each from all reports of it, with status and on whose word."""
    filters = {
        "as_of": as_of,
        "known_at": known_at,
        "since": since,
        "until": until,
        "actor": actor,
        "recipient": recipient,
        "type": event_type,
    }
    with user_errors():
        from onrecord.ledger import choices

        choices.event_type("--type", event_type)
        unknown = choices.unknown_mode(event_type)
    if whole:
        each(ledger, lambda opened: opened.each_event(**filters), EVENT_COLUMNS, as_json)
        return
    ask(
        ledger,
        lambda opened: opened.events(limit=limit, after=after, **filters),
        EVENT_COLUMNS,
        as_json,
        limit,
        f"{EMPTY}; {unknown}" if unknown else EMPTY,
    )


def claims(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", help="Only what this party says: a code or words of a name."),
    ] = None,
    stance: Annotated[
        str | None, typer.Option("--stance", metavar="STANCE", help="asserts, denies, accuses, threatens …")
    ] = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: LimitOption = 50,
    whole: AllOption = False,
) -> None:
    """List claims: who holds what, through whom, and what has become of it."""
    filters = {
        "as_of": as_of,
        "known_at": known_at,
        "since": since,
        "until": until,
        "actor": actor,
        "stance": stance,
    }
    with user_errors():
        from onrecord.ledger import choices

        choices.one_of("--stance", stance, choices.STANCES)
    if whole:
        each(ledger, lambda opened: opened.each_claim(**filters), CLAIM_COLUMNS, as_json)
        return
    ask(ledger, lambda opened: opened.claims(limit=limit, **filters), CLAIM_COLUMNS, as_json, limit)


def missions(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: LimitOption = 50,
) -> None:
    """List missions with cap, filled, vacant and removed on a day, and whether the numbers balance."""
    ask(
        ledger,
        lambda opened: opened.missions(
            as_of=as_of, known_at=known_at, since=since, until=until, actor=actor, limit=limit
        ),
        MISSION_COLUMNS,
        as_json,
        limit,
    )


def timeline(
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    limit: LimitOption = 100,
) -> None:
    """List everything dated, by date: events, measures, claims, forums, sizes of missions."""
    ask(
        ledger,
        lambda opened: opened.timeline(
            as_of=as_of, known_at=known_at, since=since, until=until, actor=actor, limit=limit
        ),
        TIMELINE_COLUMNS,
        as_json,
        limit,
    )


def show(
    record: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a record or document, or how it begins.")
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
) -> None:
    """Show one record in full: its fields, the exact words, on whose word, and what it is tied to."""
    with user_errors():
        from onrecord.ledger import Ledger
        from onrecord.ledger.rows import to_dict

        with Ledger.open(ledger, create=False) as opened:
            page = opened.show(record, as_of=as_of, known_at=known_at)
        if as_json:
            print(to_json(to_dict(page)))
        else:
            print_page(page)


def ask(
    ledger: str,
    view: Callable[[Ledger], list[Any]],
    columns: list[tuple[str, Any]],
    as_json: bool,
    limit: int | None = None,
    empty: str = EMPTY,
) -> None:
    """Show what a view of the ledger gives; the ledger must be there. A list cut at ``limit`` is said to be, and an
    empty one is told on stderr, JSON or not."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            found = view(opened)
        show_rows(found, columns, as_json, empty)
        if limit is not None and len(found) >= limit:
            shown = "1 row is shown" if limit == 1 else f"{limit} rows are shown"
            print(f"{shown}, and there may be more: --limit N shows N", file=sys.stderr)


def each(
    ledger: str, view: Callable[[Ledger], Iterator[Any]], columns: list[tuple[str, Any]], as_json: bool
) -> None:
    """Print the rows of a view as they come, so that a list of any length needs little memory."""
    with user_errors():
        from onrecord.ledger import Ledger
        from onrecord.ledger.rows import to_dict

        with Ledger.open(ledger, create=False) as opened:
            if not as_json:
                print("\t".join(name for name, _ in columns))
            for row in view(opened):
                print(to_json(to_dict(row)) if as_json else line([cell(value(row)) for _, value in columns]))


def show_rows(found: list[Any], columns: list[tuple[str, Any]], as_json: bool, empty: str = EMPTY) -> None:
    """Rows of a view: JSON with all they carry, or by ``columns`` (heading, function of the row)."""
    from onrecord.ledger.rows import to_dict

    if as_json and found:
        for row in found:
            print(to_json(to_dict(row)))
        return
    rows([[cell(value(row)) for _, value in columns] for row in found], [name for name, _ in columns], empty)


def print_page(page: RecordPage) -> None:
    screen = console()
    screen.print(f"[bold]{page.kind}[/bold] {page.id}", markup=True)
    screen.print(f"coded by {page.author}, recorded {page.recorded}, in {page.document}", markup=False)
    table(
        ["field", "value"],
        [[name, to_json(value) if isinstance(value, (dict, list)) else cell(value)]
         for name, value in page.record.items() if name != "id"],
    )  # fmt: skip
    for evidence in page.evidence:
        screen.print(quote(evidence), markup=False)
    for relation, other, told in page.related:
        screen.print(f"{relation} {other}: {told}", markup=False)


def codes(parties: Iterable[Party]) -> list[str]:
    """Parties by their codes, by name where they have none, each once."""
    return list(dict.fromkeys(party.code or party.name for party in parties))


def quote(evidence: Evidence) -> str:
    """Exact words with their place: ``“…” [start, end) in OUTLET, DAY, sha256:…``."""
    words = " ".join(evidence.words.split())
    if len(words) > WORDS:
        words = words[: WORDS - 1] + "…"
    source = ", ".join(part for part in (evidence.outlet, (evidence.published or "")[:10]) if part)
    start, end = evidence.span
    return f"“{words}” [{start}, {end}) in {source or 'a document'}, {evidence.document[:15]}"


def _said_by(row: Any) -> list[str]:
    return list(dict.fromkeys(str(voice.holder) if voice.holder else "nobody named" for voice in row.voices))


def _first_quote(row: Any) -> str | None:
    if not row.evidence:
        return None
    words = " ".join(row.evidence[0].words.split())
    return words if len(words) <= WORDS else words[: WORDS - 1] + "…"


EVENT_COLUMNS: list[tuple[str, Any]] = [
    ("date", lambda r: r.when and r.when.edtf),
    ("event", lambda r: f"{r.type}:{r.mode}" if r.mode else r.type),
    ("actors", lambda r: codes(r.actors)),
    ("recipients", lambda r: codes(r.recipients)),
    ("standing", lambda r: r.label + (", background" if r.background else "")),
    ("said by", _said_by),
    ("reports", lambda r: len(r.documents)),
    ("words", _first_quote),
    ("id", lambda r: r.id),
]
CLAIM_COLUMNS: list[tuple[str, Any]] = [
    ("date", lambda r: r.said and r.said.edtf),
    ("holder", lambda r: r.holder or "nobody named"),
    ("stance", lambda r: r.stance),
    ("content", lambda r: " … ".join(" ".join(part.split()) for part in r.content)),
    ("certainty", lambda r: r.certainty or r.factuality),
    ("through", lambda r: [*r.relay, *([r.outlet] if r.outlet else [])]),
    ("status", lambda r: r.status),
    ("id", lambda r: r.id),
]
MISSION_COLUMNS: list[tuple[str, Any]] = [
    ("mission", lambda r: r.name),
    ("cap", lambda r: r.cap),
    ("cap to come", lambda r: r.cap_to_come),
    ("filled", lambda r: r.filled),
    ("vacant", lambda r: r.vacant),
    ("removed", lambda r: r.removed),
    ("measures", lambda r: len(r.acts)),
    ("balance", lambda r: [f"{cell(c.cap_from)} → {cell(c.cap_to)}: {c.text}" for c in r.checks]),
    ("id", lambda r: r.id),
]
TIMELINE_COLUMNS: list[tuple[str, Any]] = [
    ("date", lambda r: r.when and r.when.edtf),
    ("kind", lambda r: r.kind),
    ("what", lambda r: r.what),
    ("standing", lambda r: r.label),
    ("reports", lambda r: len(r.documents)),
    ("id", lambda r: r.id),
]
