"""The classes of content words in ``cues/senses.yaml``: wrongs, adverse and friendly deeds, judgements."""

from __future__ import annotations

from functools import lru_cache

from onrecord.coding.cues import load


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, words in load("senses").items():
        for word in words:
            found.setdefault(str(word).lower(), []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def classes_of(word: str) -> tuple[str, ...]:
    """The classes to which a base form belongs."""
    return _classes().get(word, ())
