"""``onrecord serve``: the record as pages, on this machine unless told otherwise."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from onrecord.cli import chart, users
from onrecord.cli.options import DEFAULT_LEDGER, LedgerOption
from onrecord.cli.output import user_errors

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def register(app: typer.Typer) -> None:
    app.command()(serve)
    users.register(app)
    chart.register(app)


def serve(
    ledger: LedgerOption = DEFAULT_LEDGER,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Where to listen; only this machine by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8420,
    private: Annotated[
        bool, typer.Option("--private", help="Only users read as well; everybody signs in with a token.")
    ] = False,
    marking: Annotated[
        str | None,
        typer.Option(
            "--marking",
            metavar="TLP",
            help="Show no document that is marked stricter; TLP:GREEN away from this machine, all on it.",
        ),
    ] = None,
) -> None:
    """Serve the record as pages to read, question and decide in; JSON and CSV of every page beside it."""
    with user_errors():
        from onrecord.web import Settings, create_app, needed

        needed("serve")
        import uvicorn

        loopback = host in LOOPBACK
        allowed = marking if marking is not None or loopback else "TLP:GREEN"
        settings = Settings(ledger, loopback=loopback, private=private, allowed=allowed)
        app = create_app(settings)
        shown = f"[{host}]" if ":" in host else host
        print(f"onrecord: http://{shown}:{port}/ shows {ledger} (Ctrl+C stops it)", file=sys.stderr)
        if not settings.loopback and not app.state.onrecord.users():
            print(
                "onrecord: read-only away from this machine; `onrecord user add` lets people write",
                file=sys.stderr,
            )
        uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False, server_header=False)
