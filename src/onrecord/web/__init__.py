"""The pages people work in, and the JSON beside them: one function makes the page, its twin and its table.

``create_app`` is loaded on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.web.app import create_app
    from onrecord.web.state import Settings

__all__ = ["Settings", "create_app", "needed"]

NEEDED = ("fastapi", "uvicorn", "jinja2", "python_multipart")
_HOME = {"create_app": "app", "Settings": "state"}


def needed(command: str) -> None:
    """Raises OnrecordError ``missing-extra`` where what the pages are made with is not installed."""
    from importlib.util import find_spec

    from onrecord.model.problems import OnrecordError

    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise OnrecordError(
            "missing-extra",
            f"the pages need {', '.join(missing)}, not installed here",
            "Install the extra: pip install 'onrecord[web]'",
            command,
        )


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
