"""RSS and Atom files: one item, one document; the item's own source is its snapshot.

The file is cut by tags, not parsed as XML: entities that expand, foreign namespaces and a missing end cannot
hurt.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake import charset
from onrecord.intake.html.render import attribute, children, plain
from onrecord.intake.html.tokens import Token, tokens
from onrecord.intake.problems import error
from onrecord.intake.source import Source
from onrecord.intake.types import Given, Options, Raw

_ITEMS = {"item": "application/rss+xml", "entry": "application/atom+xml"}


def read(source: Source, options: Options) -> Iterator[Raw]:
    """Every item as a document, with what the feed says of it. Raises ``bad-feed`` where there is none."""
    data = source.read(options.limits.document_bytes)
    declared = options.charset or charset.declared_in(data)
    text = charset.decode(data, declared, certain=options.charset is not None).text
    outlet: str | None = None
    number = 0
    for start, end, name, head in _items(text):
        outlet = outlet or _title(text, head)
        number += 1
        snapshot = text[start:end]
        given = _given(snapshot)
        given.outlet, given.outlet_basis = outlet, "read"
        yield Raw(snapshot.encode("utf-8"), _ITEMS[name], f"{source.name}:{number}", "utf-8", given)
    if not number:
        raise error("bad-feed", "no <item> or <entry>")


def _items(text: str) -> Iterator[tuple[int, int, str, list[Token]]]:
    """``(start, end, name)`` of each item, and the tokens before the first of them."""
    head: list[Token] = []
    start, name, nested = -1, "", 0
    for token in tokens(text, xml=True):
        if start < 0:
            if token.kind == "open" and token.name in _ITEMS and not token.attributes.endswith("/"):
                start, name, nested = token.start, token.name, 0
            elif len(head) < 500:
                head.append(token)
        elif token.name == name and token.kind == "open":
            nested += not token.attributes.endswith("/")
        elif token.name == name and token.kind == "close":
            if nested:
                nested -= 1
                continue
            yield start, token.end, name, head
            start = -1


def _title(text: str, head: list[Token]) -> str | None:
    """The feed's own title, which is the outlet's name for its readers."""
    for index, token in enumerate(head):
        if token.kind == "open" and token.name == "title":
            content: list[Token] = []
            for other in head[index:]:
                if other.kind == "close" and other.name == "title":
                    return plain(text, content) or None
                content.append(other)
    return None


def _given(item: str) -> Given:
    fields = children(item)

    def first(*names: str) -> str | None:
        return next(
            (value for name in names if name in fields and (value := plain(item, fields[name]))), None
        )

    link = first("link")
    if link is None and "link" in fields:
        link = attribute(fields["link"], "href")
    author = first("dc:creator") or (_author(item, fields["author"]) if "author" in fields else None)
    return Given(
        external_id=first("guid", "id", "dc:identifier"),
        url=link if link and link.lower().startswith(("http://", "https://")) else None,
        title=first("title"),
        authors=[author] if author else [],
        published=first("pubDate", "published", "dc:date", "issued", "updated"),
        published_basis="read",
    )


def _author(item: str, content: list[Token]) -> str | None:
    """``<name>…</name>`` as Atom has it, or the text of RSS, often ``mail (Name)``."""
    inside = f"<author>{item[content[0].end : content[-1].end]}</author>"
    inner = children(inside)
    if "name" in inner:
        return plain(inside, inner["name"]) or None
    text = plain(item, content)
    if "(" in text and text.endswith(")"):
        text = text[text.index("(") + 1 : -1]
    return text if text and "@" not in text else None
