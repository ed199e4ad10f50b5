"""Document -> Reading: words, sentences, tree, entities, attribution, events, by the shipped model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reading.reader import Reader, read
    from onrecord.reading.types import Reading

__all__ = ["Reader", "Reading", "read"]


def __getattr__(name: str) -> object:
    """Imported at first use: numpy and onnxruntime are not needed to start the command line."""
    if name in ("Reader", "read"):
        from onrecord.reading import reader

        return getattr(reader, name)
    if name == "Reading":
        from onrecord.reading.types import Reading

        return Reading
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
