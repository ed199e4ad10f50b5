"""HTML and XML cut into tags and text, each with its place in the source.

Tag soup is read as browsers read it: what is never closed runs to the end, a stray ``<`` is text, quotes hide
a ``>``. Every scan moves forward only, so hostile input costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"""
    r"""(?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>"""
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""",
)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
# Elements whose content is text until their own end tag, whatever it looks like.
_RAW = frozenset(("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "noscript"))


class Token(NamedTuple):
    """``kind``: text, cdata, raw (the content of a raw element named ``name``), open, close.

    ``[start, end)`` is the text itself for text, cdata and raw, and the whole tag for the others;
    ``attributes`` is the source of a tag's attributes.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: str = ""


def tokens(source: str, start: int = 0, end: int | None = None, *, xml: bool = False) -> Iterator[Token]:
    """The tokens of ``source[start:end]``. With ``xml`` names keep their case and no element is raw."""
    stop = len(source) if end is None else end
    position = text_start = start
    while position < stop:
        opening = source.find("<", position, stop)
        if opening < 0:
            break
        token, following = _markup(source, opening, stop, xml)
        if following == opening:  # a stray "<"
            position = opening + 1
            continue
        if text_start < opening:
            yield Token("text", text_start, opening)
        position = text_start = following
        if token is None:
            continue
        yield token
        if token.kind == "open" and not xml and token.name in _RAW:
            close = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(source, position, stop)
            content_end = close.start() if close else stop
            yield Token("raw", position, content_end, token.name)
            position = text_start = content_end
    if text_start < stop:
        yield Token("text", text_start, stop)


def _markup(source: str, opening: int, stop: int, xml: bool) -> tuple[Token | None, int]:
    """The token at ``<`` (None for a comment or declaration) and where it ends; ``opening`` for none."""
    lead = source[opening + 1 : opening + 2]
    if lead == "!":
        if source.startswith("<!--", opening):
            return None, _past(source, "-->", opening + 4, stop)
        if xml and source.startswith("<![CDATA[", opening):
            close = source.find("]]>", opening + 9, stop)
            content_end = stop if close < 0 else close
            return Token("cdata", opening + 9, content_end), min(content_end + 3, stop)
        return None, _past(source, ">", opening + 2, stop)
    if lead == "?":
        return None, _past(source, ">", opening + 2, stop)
    match = _TAG.match(source, opening, stop)
    if match is not None:
        name = match["name"] if xml else match["name"].lower()
        kind = "close" if match["close"] else "open"
        return Token(kind, opening, match.end(), name, match["attributes"]), match.end()
    if lead.isalpha() or (lead == "/" and source[opening + 2 : opening + 3].isalpha()):
        return None, stop  # a tag that is never closed
    if lead == "/":
        return None, _past(source, ">", opening + 2, stop)
    return None, opening


def _past(source: str, mark: str, start: int, stop: int) -> int:
    found = source.find(mark, start, stop)
    return stop if found < 0 else found + len(mark)


def attributes(source: str) -> dict[str, str]:
    """A tag's attributes, names in small letters, entities in values decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def decoded(reference: str) -> str:
    """The characters that an entity stands for; the reference itself where it stands for none."""
    return unescape(reference)
