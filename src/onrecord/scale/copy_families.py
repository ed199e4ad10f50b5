"""Near-duplicates among millions of texts: MinHash signatures in bands, each text compared with one of its band.

Source of the method: Broder, On the resemblance and containment of documents, 1997; bands as in Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from onrecord.intake.problems import missing_extra
from onrecord.scale.clusters import Indices, components

PERMUTATIONS, BANDS, SEED = 128, 32, 1
ALIKE = 0.5
"""Share of equal hashes, which estimates the Jaccard likeness of the three-word shingles."""
_WORDS = re.compile(r"\w+")
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Families:
    """Documents by id in order, and for each the place of the least one of its family."""

    ids: list[str]
    family: Indices


def families(documents: Iterable[tuple[str, str]]) -> Families:
    """The families of documents (id, text), in whatever order they come: those nearly the same, step by step.

    A text shorter than three words is only like one that is the same. Time and memory grow with the number
    of texts: 512 bytes each, and their ids. Raises OnrecordError `missing-extra`.
    """
    ids: list[str] = []
    signatures = _signatures(documents, ids)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    signatures = signatures[order]
    places = np.arange(len(ids))
    found = [np.zeros((0, 2), np.int64)]
    for start in range(0, PERMUTATIONS, PERMUTATIONS // BANDS):
        band = np.ascontiguousarray(signatures[:, start : start + PERMUTATIONS // BANDS])
        keys = band.view(np.dtype((np.void, band.strides[0]))).ravel()
        _, least, which = np.unique(keys, return_index=True, return_inverse=True)
        beside = least[which.ravel()]
        found.append(np.stack((beside, places), axis=1)[beside != places])
    pairs = np.unique(np.concatenate(found), axis=0)
    alike = [
        np.count_nonzero(signatures[part[:, 0]] == signatures[part[:, 1]], axis=1) >= ALIKE * PERMUTATIONS
        for part in np.array_split(pairs, len(pairs) // _CHUNK + 1)
    ]
    chosen = pairs[np.concatenate(alike)]
    return Families([ids[place] for place in order], components(len(ids), chosen[:, 0], chosen[:, 1]))


def _signatures(documents: Iterable[tuple[str, str]], ids: list[str]) -> NDArray[np.uint32]:
    """A row of hashes a document; ``ids`` gets their ids."""
    try:
        from rensa import RMinHash
    except ImportError as error:
        raise missing_extra("scale", "Finding near-duplicates") from error
    source = iter(documents)
    parts = [np.zeros((0, PERMUTATIONS), np.uint32)]
    while chunk := list(islice(source, _CHUNK)):
        ids.extend(name for name, _ in chunk)
        shingles = [_shingles(text) for _, text in chunk]
        parts.append(np.array(RMinHash.digests_from_token_sets(shingles, PERMUTATIONS, SEED), np.uint32))
    return np.concatenate(parts)


def _shingles(text: str) -> Sequence[str]:
    words = _WORDS.findall(text.casefold())
    return [" ".join(words[place : place + 3]) for place in range(len(words) - 2)] or [" ".join(words)]
