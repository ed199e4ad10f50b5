"""Which bytes a document was read from, and whether its rendition still follows from them."""

from __future__ import annotations

import base64
import binascii

from onrecord.model.ids import sha256
from onrecord.model.problems import OnrecordError
from onrecord.model.records import Document, Snapshot

REMEDY = "Give the untouched bytes (snapshot.data in base64), with the SHA-256 of exactly these bytes."


def snapshot_bytes(document: Document, given: bytes | None) -> bytes:
    """The bytes of the snapshot: given, carried as base64, or the text itself for plain text; checked by
    hash.

    Raises OnrecordError ``bad-snapshot`` where none can be had, where they are not the ones the hash names,
    or where the rendition does not follow from them.
    """
    snapshot = document.snapshot
    data = given
    if data is None and snapshot.data is not None:
        try:
            data = base64.b64decode(snapshot.data, validate=True)
        except (binascii.Error, ValueError) as error:
            raise _bad(document, f"snapshot.data is not base64: {error}") from None
    if data is None and snapshot.media_type.partition(";")[0].strip() == "text/plain":
        data = document.text.encode(_charset(snapshot), "surrogatepass")
        if sha256(data) != snapshot.sha256:
            # The byte order mark belongs to the snapshot and not to the text.
            marked = b"\xef\xbb\xbf" + data
            data = marked if sha256(marked) == snapshot.sha256 else data
    if data is None:
        raise _bad(document, f"a snapshot of {snapshot.media_type} cannot be made from its text")
    found = sha256(data)
    if found != snapshot.sha256:
        raise _bad(document, f"the snapshot's SHA-256 is {found}, the document says {snapshot.sha256}")
    reason = rendition_fault(snapshot, data, document.text)
    if reason:
        raise _bad(document, reason)
    return data


def rendition_fault(snapshot: Snapshot, data: bytes, text: str) -> str | None:
    """Why ``text`` does not follow from the snapshot's bytes, or None.

    Plain text must be the decoded snapshot itself. Where there is a map, every run of it must read the same
    on both sides; a rendition without a map is checked by its own hash alone.
    """
    plain = snapshot.media_type.partition(";")[0].strip() == "text/plain"
    if not plain and not snapshot.map:
        return None
    damaged = (snapshot.extractor or "").endswith("+replace")  # intake put U+FFFD for broken bytes
    try:
        decoded = data.decode(_charset(snapshot), "replace" if damaged else "surrogatepass")
    except (UnicodeDecodeError, LookupError) as error:
        return f"the snapshot does not decode as {snapshot.charset}: {error}"
    if plain and not snapshot.map:
        if text in (decoded, decoded.removeprefix("\ufeff")):
            return None
        return "the text is not the snapshot's"
    for start, there, length in snapshot.map or ():
        if text[start : start + length] != decoded[there : there + length]:
            return f"the text at [{start}, {start + length}) is not what the snapshot says at {there}"
    return None


def _charset(snapshot: Snapshot) -> str:
    return snapshot.charset or "utf-8"


def _bad(document: Document, what: str) -> OnrecordError:
    return OnrecordError("bad-snapshot", what, REMEDY, document.id)
