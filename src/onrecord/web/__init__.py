"""The pages people work in, and the JSON beside them: one function makes the page, its twin and its table.

``create_app`` is loaded on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.web.app import create_app
    from onrecord.web.state import Settings

__all__ = ["Settings", "create_app"]

_HOME = {"create_app": "app", "Settings": "state"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
