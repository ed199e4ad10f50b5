"""Read reporting on relations between states and keep the record, each statement with its evidence."""

from __future__ import annotations

from onrecord._version import __version__

__all__ = ["__version__"]
