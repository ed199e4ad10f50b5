"""Plain text: one file, one document, and the file is what spans index."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw


def read(source: Source, options: Options) -> Iterator[Raw]:
    """The file as one document."""
    yield Raw(source.read(options.limits.document_bytes), "text/plain", source.name)
