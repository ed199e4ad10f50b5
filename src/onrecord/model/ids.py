"""Content-derived identifiers: the same content has the same id, wherever and whenever it is made."""

from __future__ import annotations

import hashlib
import json


def sha256(data: bytes) -> str:
    """Hex SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: object) -> str:
    """Hex SHA-256 of a canonical JSON array of ``parts``: no two different tuples of parts collide by joining."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass"))


def document_id(snapshot_sha256: str, locator: str | None, outlet: str | None) -> str:
    """``sha256:…`` of (snapshot hash, URL or external id, outlet name).

    Two outlets that print the same words are two documents; one file read twice is one.
    """
    return "sha256:" + digest(snapshot_sha256, locator, outlet)
