"""Bytes to characters, without touching a character: which charset, and how sure."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from onrecord.intake.problems import error

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that declare these are written in windows-1252 (the WHATWG encoding standard reads them so).
_WESTERN = frozenset(("iso8859-1", "ascii", "latin-1"))
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
# Control characters that no text has; tabs, line ends, form feed and escape do occur in old wire copy.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 4096


class Decoded(NamedTuple):
    """``text == snapshot.decode(charset, "replace" if damaged else "strict")``."""

    text: str
    charset: str
    damaged: bool = False


def known(charset: str) -> str | None:
    """Python's name of a text charset, or None where it has none."""
    try:
        info = codecs.lookup(charset)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def declared_in(data: bytes) -> str | None:
    """The charset that the head of an HTML or XML file declares."""
    head = data[:_HEAD]
    match = _XML.search(head) or _META.search(head)
    if match is None:
        return None
    name = known(match.group(1).decode("ascii"))
    return "cp1252" if name in _WESTERN else name


def decode(data: bytes, declared: str | None = None, *, certain: bool = False) -> Decoded:
    """Decode ``data``: byte order mark, UTF-8, the declared charset, then detection.

    ``certain`` is the caller's own word: then the declared charset is the only one tried. A file that is
    UTF-8 but for a few broken bytes stays UTF-8 with U+FFFD in their place and is marked as damaged. Raises
    ``bad-encoding``, ``binary`` and ``unknown-charset``.
    """
    if certain and declared:
        return _checked(_by_name(data, declared))
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _checked(_by_name(data, charset))
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    if b"\0" in data[:_HEAD]:
        raise error("binary", "NUL bytes, and no byte order mark")
    name = known(declared) if declared else None
    if name and name != "utf-8":
        try:
            return _checked(Decoded(data.decode(name), name))
        except UnicodeDecodeError:
            pass
    return _checked(_nearly_utf8(data) or _detected(data))


def _by_name(data: bytes, charset: str) -> Decoded:
    name = known(charset)
    if name is None:
        raise error("unknown-charset", f"no charset is called {charset!r}")
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as fault:
        raise error("bad-encoding", f"not {name}: {fault.reason} at byte {fault.start}") from fault


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: a page cut inside a character, a comment pasted from elsewhere."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - broken
    return Decoded(text, "utf-8", damaged=True) if good >= 10 * broken else None


def _detected(data: bytes) -> Decoded:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    # English with typographic quotes, dashes and a few accented names: nearly every high byte is one of
    # those.
    if western is not None:
        high = sum(1 for byte in data if byte > 0x7F)
        if high <= len(data) * 0.15:
            return Decoded(western, "cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 256 * 1024]).best()
    if best is None:
        raise error("bad-encoding", "no charset fits these bytes")
    return _by_name(data, best.encoding)


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what decodes but is not text."""
    text = decoded.text
    nul = text.find("\0")
    if nul >= 0:
        raise error("binary", f"NUL character at {nul}")
    if len(_CONTROLS.findall(text, 0, _HEAD)) > 0.02 * min(len(text), _HEAD) + 2:
        raise error("binary", "control characters throughout")
    return decoded
