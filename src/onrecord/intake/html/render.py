"""Pages and feed items as renditions: text, map, regions, and what they state of themselves."""

from __future__ import annotations

from html import unescape

from onrecord.intake.html import article
from onrecord.intake.html import page as pages
from onrecord.intake.html.tokens import ENTITY, Token, attributes, decoded, tokens
from onrecord.intake.html.walk import VERSION, walk
from onrecord.intake.mapped import Builder, Run, compose
from onrecord.intake.renditions import Rendition
from onrecord.intake.sections import Region

FEED_VERSION = "onrecord-feed/1+" + VERSION
_FEEDS = ("application/rss+xml", "application/atom+xml")
# The fullest text of an item comes first.
_CONTENT = ("content:encoded", "content", "description", "summary")


def version_of(media_type: str) -> str:
    """The name and version of what renders this media type here."""
    return FEED_VERSION if media_type in _FEEDS else VERSION


def text_of(source: str, media_type: str, depth: int) -> str:
    """The rendered text alone, without deciding what is body."""
    if media_type in _FEEDS:
        return item(source, depth).text
    return walk(source, depth).text


def page(source: str, depth: int) -> Rendition:
    """An HTML page."""
    walked = walk(source, depth)
    said = pages.read(walked, source)
    return Rendition(
        text=walked.text,
        extractor=VERSION,
        runs=walked.runs,
        regions=article.regions(walked, source, said.title),
        title=said.title,
        authors=said.authors,
        site=said.site,
        url=said.url,
        published=said.published,
        language=said.language,
    )


def item(source: str, depth: int) -> Rendition:
    """One item of a feed, ``<item>…</item>`` or ``<entry>…</entry>``: its title and, below it, its text."""
    fields = children(source)
    out, runs, length = [], list[Run](), 0
    regions: list[Region] = []
    parts = [fields.get("title"), next((fields[name] for name in _CONTENT if name in fields), None)]
    for number, part in enumerate(parts):
        if part is None:
            continue
        text, mapped = _content(source, part, depth)
        if not text.strip():
            continue
        if length:
            out.append("\n\n")
            length += 2
        runs += [(start + length, place, size) for start, place, size in mapped]
        if number == 0:
            regions.append((length, length + len(text), "title"))
        out.append(text)
        length += len(text)
    return Rendition("".join(out), extractor=FEED_VERSION, runs=runs, regions=regions)


def children(source: str) -> dict[str, list[Token]]:
    """The content of each child element of an item, as tokens of its source; the first of a name counts."""
    found: dict[str, list[Token]] = {}
    depth, name, content = 0, "", list[Token]()
    for token in tokens(source, xml=True):
        if token.kind == "open":
            empty = token.attributes.endswith("/")
            if depth == 1:
                name, content = token.name, [token]
                if empty:
                    found.setdefault(name, content)
            elif depth > 1:
                content.append(token)
            depth += not empty
        elif token.kind == "close":
            depth -= 1
            if depth == 1:
                found.setdefault(name, content)
            elif depth > 1:
                content.append(token)
        elif depth > 1:
            content.append(token)
    return found


def plain(source: str, content: list[Token]) -> str:
    """The character data of one child element, entities decoded, white space collapsed."""
    pieces = [
        source[token.start : token.end]
        if token.kind == "cdata"
        else unescape(source[token.start : token.end])
        for token in content
        if token.kind in ("text", "cdata")
    ]
    return " ".join("".join(pieces).split())


def attribute(content: list[Token], name: str) -> str | None:
    """An attribute of a child element's own tag."""
    return attributes(content[0].attributes).get(name)


def _content(source: str, content: list[Token], depth: int) -> tuple[str, list[Run]]:
    """Character data is HTML, escaped or in CDATA; ``type="xhtml"`` holds elements. Text and map."""
    html = Builder()
    for token in content[1:]:
        if token.kind == "text":
            position = token.start
            for match in ENTITY.finditer(source, token.start, token.end):
                html.same(source, position, match.start())
                html.made(decoded(match.group()))
                position = match.end()
            html.same(source, position, token.end)
        else:
            html.same(source, token.start, token.end)
    walked = walk(html.text(), depth)
    return walked.text, compose(walked.runs, html.runs)
