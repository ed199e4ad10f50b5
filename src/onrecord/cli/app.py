"""The application: its commands, and the options that stand before any of them."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord._version import __version__
from onrecord.cli import code, demo, exchange, lists, questions, reading, record, review, serve, upkeep

app = typer.Typer(
    name="onrecord",
    help="Read reporting on relations between states and keep the record: who did what to whom, when, "
    "on whose word. Start with: onrecord demo",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def schema() -> None:
    """Print the JSON Schema of the interchange format onrecord/1."""
    from onrecord.model.schema import schema_json

    print(schema_json(), end="")


for module in (demo, code, reading, record, lists, questions, review, upkeep, serve, exchange):
    module.register(app)
