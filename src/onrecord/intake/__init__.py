"""Bytes to documents: sections, debris, publication date and outlet with their basis, spans on the source."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.intake.build import blocks
    from onrecord.intake.mapped import to_source
    from onrecord.intake.read import read_path, read_raw
    from onrecord.intake.renditions import decoded, rerender
    from onrecord.intake.types import Intake, Limits, Options, Raw

__all__ = [
    "Intake",
    "Limits",
    "Options",
    "Raw",
    "blocks",
    "decoded",
    "read_path",
    "read_raw",
    "rerender",
    "to_source",
]

_HOME = {
    "Intake": "types",
    "Limits": "types",
    "Options": "types",
    "Raw": "types",
    "blocks": "build",
    "decoded": "renditions",
    "read_path": "read",
    "read_raw": "read",
    "rerender": "renditions",
    "to_source": "mapped",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import onrecord.intake`` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
