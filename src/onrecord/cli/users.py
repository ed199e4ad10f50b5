"""``onrecord user``: who may write through the pages, each with a token of their own."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_LEDGER, LedgerOption
from onrecord.cli.output import rows, user_errors
from onrecord.model.problems import OnrecordError

USE = "Use: onrecord user add NAME, onrecord user list, onrecord user remove NAME."


def register(app: typer.Typer) -> None:
    app.command("user", rich_help_panel="Decide, under your name")(user)


def user(
    what: Annotated[str, typer.Argument(metavar="add|list|remove", help="What to do.")],
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The person, as decisions shall name them.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Let a person write through the pages: `add` prints a token once, `remove` ends it, `list` says who may."""
    with user_errors():
        from onrecord.ledger import Ledger
        from onrecord.web import users

        if what not in ("add", "list", "remove"):
            raise OnrecordError("bad-user", f"a user is not to be {what!r}", USE, what)
        if name is None and what != "list":
            raise OnrecordError("bad-user", f"{what} needs a name", USE, what)
        with Ledger.open(ledger, create=False) as opened:
            if what == "add":
                print(users.add(opened.store, name or ""))
                print(
                    f"onrecord: the token of {name}; it is shown this once. Sign in with it.", file=sys.stderr
                )
            elif what == "remove":
                users.remove(opened.store, name or "")
                print(f"onrecord: {name} writes no more; what they decided stays", file=sys.stderr)
            else:
                lines = [[one.name, one.added] for one in users.users(opened.store)]
                rows(lines, ["name", "added"], "nobody yet: onrecord user add NAME")
