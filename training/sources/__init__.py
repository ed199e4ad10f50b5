"""Data sets read into examples: one module a set."""

from __future__ import annotations

from training.sources.reading import Corpus, read_all

__all__ = ["Corpus", "read_all"]
