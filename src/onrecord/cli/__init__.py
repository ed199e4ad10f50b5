"""The command line: thin, each command calls one function of the library."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Entry point of the ``onrecord`` command."""
    if sys.argv[1:] == ["--version"]:  # asked by scripts and packagers, which need not wait for the commands
        from onrecord._version import __version__

        print(f"onrecord {__version__}")
        return
    # Nothing here is a plugin of pydantic, and to look for one reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # What a command loads stays until it ends: to search it for garbage again and again would double the start.
    gc.disable()
    from onrecord.cli.app import app

    gc.freeze()
    gc.enable()
    app(prog_name="onrecord")
