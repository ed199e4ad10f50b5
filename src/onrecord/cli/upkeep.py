"""Keeping a ledger: ``upgrade`` its schema, ``backup`` and ``restore`` it, ``settle`` merges, ``rebuild`` the index."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_LEDGER, LedgerOption
from onrecord.cli.output import user_errors

LedgerArgument = Annotated[
    str, typer.Argument(metavar="LEDGER", help="The ledger: a SQLite file or a postgresql:// URL.")
]
WithUsersOption = Annotated[
    bool,
    typer.Option(
        "--with-users",
        help="With the people who may sign in: their tokens, of which hashes are kept, work there too.",
    ),
]


def register(app: typer.Typer) -> None:
    for command in (upgrade, backup, restore, settle, rebuild):
        app.command(rich_help_panel="Keep the ledger")(command)


def upgrade(ledger: LedgerArgument = DEFAULT_LEDGER) -> None:
    """Bring a ledger of an older onrecord to this one's schema, all of it or nothing, and say what was done."""
    with user_errors():
        from onrecord.ledger import Ledger

        done = Ledger.upgrade(ledger)
        for line in done:
            print(f"upgraded {line}")
        if not done:
            print("nothing to do: the ledger is of this version")


def backup(
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help="Where the copy goes: a new file, or an empty database.")
    ],
    ledger: LedgerOption = DEFAULT_LEDGER,
    with_users: WithUsersOption = False,
) -> None:
    """Copy a ledger as it stands, chain and all, into a new one on either store; writers may go on meanwhile."""
    _copy(ledger, target, with_users)


def restore(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A backup: a file or a database.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    with_users: WithUsersOption = False,
) -> None:
    """Copy a backup into a new ledger; one that holds anything is left alone."""
    _copy(source, ledger, with_users)


def _copy(source: str, target: str, with_users: bool) -> None:
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(source, create=False) as opened:
            entries = opened.backup(target, with_users)
            people = len(opened.signers())
        with Ledger.open(target, create=False) as copied:
            head = copied.head()
        print(f"{entries} entries copied to {target}, head {head['head']}")
        if people:
            print(
                f"{people} people who may sign in {'copied' if with_users else 'NOT copied (--with-users)'}"
            )


def settle(ledger: LedgerOption = DEFAULT_LEDGER) -> None:
    """Put on record which reports the machine holds to be of one event, with reasons; each can be undone by its id."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            done = opened.settle()
        print(
            f"{done.documents} documents looked at, {done.added} merges put on record, {done.retracted} retracted"
        )


def rebuild(ledger: LedgerOption = DEFAULT_LEDGER) -> None:
    """Make what is derived anew from the statements, and prove by its hash that it came out the same."""
    with user_errors():
        from onrecord.ledger import Ledger

        with Ledger.open(ledger, create=False) as opened:
            done = opened.rebuild()
        print(f"{'the same' if done.same else 'NOT the same'}: {done.before} before, {done.after} after")
        if not done.same:
            raise typer.Exit(1)
