"""A saved page: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw


def read(source: Source, options: Options) -> Iterator[Raw]:
    """The page as one document."""
    yield Raw(source.read(options.limits.document_bytes), "text/html", source.name)
