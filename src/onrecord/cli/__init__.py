"""The command line: thin, each command calls one function of the library."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``onrecord`` command."""
    from onrecord.cli.app import app

    app(prog_name="onrecord")
