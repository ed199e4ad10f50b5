"""The visible text of a page, in the order of its source, with a map back to it and the blocks it falls into.

All of it, menus and footers too: what belongs to the article is decided afterwards and written as sections,
so the text depends on the page and this module alone. A change to what comes out of here needs a new
``VERSION``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.intake.html.tokens import ENTITY, attributes, decoded, tokens
from onrecord.intake.mapped import Builder
from onrecord.intake.problems import error

VERSION = "onrecord-html/1"

_SKIPPED = frozenset(
    (
        "head", "script", "style", "template", "svg", "math", "canvas", "audio", "video", "object", "select",
        "button", "noscript", "iframe", "textarea",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "option", "html",
    )
)  # fmt: skip
# Elements whose nesting says what a block is.
_CONTEXT = frozenset(
    (
        "article", "main", "aside", "nav", "footer", "header", "figure", "figcaption", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "pre", "blockquote", "section", "div",
    )
)  # fmt: skip
_VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    )
)  # fmt: skip
# Soft hyphens, zero-width spaces and joiners: no one sees them, and they cut words in two for a reader of
# code points.
_UNSEEN = "\xad\u200b\u2060\ufeff"
_SPACES = " \t\n\r\f"
_BREAKING = re.compile(rf"[ \t\n\r\f]{{2,}}|[\t\n\r\f]|[{_UNSEEN}]+|{ENTITY.pattern}")
_KEPT = re.compile(rf"[{_UNSEEN}]+|{ENTITY.pattern}")
_BYLINE = re.compile(
    r"\b(?:by-?line|author|contributor|dateline|pub(?:lish(?:ed)?)?-?(?:date|time)|timestamp)s?\b", re.I
)
_CAPTION = re.compile(r"\b(?:wp-)?(?:caption|photo-?credit|image-?credit)", re.I)
_ASIDE = re.compile(
    r"\b(?:share|social|related|promo|newsletter|advert|ad-slot|comments?|breadcrumbs?|cookie)", re.I
)


@dataclass(slots=True)
class Block:
    """A run of text between two block tags: its span, the elements around it, and how much of it is links."""

    start: int
    end: int
    path: tuple[str, ...]
    hint: str | None = None
    linked: int = 0


@dataclass(slots=True)
class Page:
    """The text and its map, its blocks, and the source of tags that carry metadata."""

    text: str = ""
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    times: list[dict[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    title: str | None = None
    language: str | None = None


def walk(source: str, depth: int = 500) -> Page:
    """Render ``source``. Raises ``too-deep`` where elements are nested deeper than ``depth``."""
    return _Walker(source, depth).run()


class _Walker:
    def __init__(self, source: str, depth: int) -> None:
        self.source, self.depth = source, depth
        self.out, self.page = Builder(), Page()
        self.stack: list[tuple[str, str | None]] = []
        self.open: dict[str, int] = {}
        self.skip: str | None = None
        self.skipped = 0
        self.block: Block | None = None
        self.gap = ""  # what stands before the next character: nothing, a space, a line break or a blank line
        self.hint: str | None = None  # of an element that is not on the stack, for the block it opens
        self.linking = False

    def run(self) -> Page:
        tag = ""
        for token in tokens(self.source):
            if token.kind == "raw":
                self._raw(token.name, token.start, token.end, tag)
            elif token.kind == "text":
                if self.skip is None:
                    self._text(token.start, token.end)
            elif token.kind == "open":
                tag = token.attributes
                self._open(token.name, tag)
            else:
                self._close(token.name)
        self._boundary()
        self.page.text, self.page.runs = self.out.text(), self.out.runs
        return self.page

    def _raw(self, name: str, start: int, end: int, tag: str) -> None:
        if name == "title" and self.page.title is None:
            self.page.title = " ".join(decoded(self.source[start:end]).split()) or None
        elif name == "script" and "ld+json" in tag.lower():
            self.page.data.append(self.source[start:end])

    def _open(self, name: str, tag: str) -> None:
        if name in ("meta", "link"):
            self.page.metas.append(attributes(tag))
        elif name == "html" and self.page.language is None:
            self.page.language = attributes(tag).get("lang")
        closed = tag.endswith("/") or name in _VOID
        if self.skip == "head" and name == "body":
            self.skip = None
        if self.skip is not None:
            self.skipped += name == self.skip and not closed
            return
        if name in _SKIPPED:
            if not closed:
                self.skip, self.skipped = name, 1
            return
        if name in _BLOCKS:
            self._boundary()
        hint = _hint(name, tag)
        if name == "br":
            self._line_break()
        elif name == "a":
            self.linking = "href" in tag
        elif name == "time":
            self.page.times.append(attributes(tag))
        if name in _CONTEXT and not closed:
            self.stack.append((name, hint))
            self.open[name] = self.open.get(name, 0) + 1
            if len(self.stack) > self.depth:
                raise error("too-deep", f"HTML elements nested deeper than depth = {self.depth}")
        elif hint is not None:
            self.hint = hint
            if self.block is not None:
                self.block.hint = self.block.hint or hint

    def _close(self, name: str) -> None:
        if self.skip is not None:
            if name == self.skip:
                self.skipped -= 1
                if self.skipped <= 0:
                    self.skip = None
            return
        if name == "a":
            self.linking = False
        if name in _BLOCKS:
            self._boundary()
        if self.open.get(name):
            while True:
                other, _ = self.stack.pop()
                self.open[other] -= 1
                if other == name:
                    break

    def _boundary(self) -> None:
        """A block begins or ends here."""
        if self.block is not None:
            self.block.end = self.out.length
            self.page.blocks.append(self.block)
            self.block = None
        self.hint = None
        self.gap = "\n\n" if self.out.length else ""

    def _line_break(self) -> None:
        """A second one running begins a new paragraph, as pages have it that know no ``<p>``."""
        if self.gap == "\n":
            self._boundary()
        elif self.block is not None:
            self.gap = "\n"

    def _space(self) -> None:
        if self.block is not None and not self.gap:
            self.gap = " "

    def _text(self, start: int, end: int) -> None:
        """White space as HTML has it: a run is one space, none at the ends of a block; ``pre`` keeps all."""
        if not self.source[start:end].strip(_SPACES) and not self.open.get("pre"):
            self._space()
            return
        pattern = _KEPT if self.open.get("pre") else _BREAKING
        for match in pattern.finditer(self.source, start, end):
            self._same(start, match.start(), pattern is _KEPT)
            first = match.group()[0]
            if first == "&":
                self._entity(match.group(), match.start(), match.end())
            elif first not in _UNSEEN:
                self._space()
            start = match.end()
        self._same(start, end, pattern is _KEPT)

    def _same(self, start: int, end: int, kept: bool) -> None:
        """Characters as they are in the source; a space at either end may yet prove to be one too many."""
        if kept:
            self._put(start, end)
            return
        if start < end and self.source[start] == " ":
            self._space()
            start += 1
        trailing = start < end and self.source[end - 1] == " "
        self._put(start, end - 1 if trailing else end)
        if trailing:
            self._space()

    def _entity(self, reference: str, start: int, end: int) -> None:
        character = decoded(reference)
        if character == reference:
            self._put(start, end)
        elif character in _UNSEEN:
            return
        elif character.strip(_SPACES):
            self._before(len(character))
            self.out.made(character)
        else:
            self._space()

    def _put(self, start: int, end: int) -> None:
        if start < end:
            self._before(end - start)
            self.out.same(self.source, start, end)

    def _before(self, length: int) -> None:
        """Write the gap before the next characters, and begin a block where none is open."""
        if self.gap:
            self.out.made(self.gap)
            self.gap = ""
        if self.block is None:
            path = tuple(name for name, _ in self.stack)
            hint = self.hint or next((hint for _, hint in reversed(self.stack) if hint), None)
            self.block = Block(self.out.length, self.out.length, path, hint)
        if self.linking:
            self.block.linked += length


@lru_cache(maxsize=4096)
def _hint(name: str, tag: str) -> str | None:
    """What an element says of its block: caption, byline or aside."""
    if name == "figcaption":
        return "caption"
    if name == "time":
        return "byline"
    if "class" in tag or "itemprop" in tag or "id=" in tag or "rel=" in tag:
        values = attributes(tag)
        words = " ".join(
            (values.get("class", ""), values.get("id", ""), values.get("itemprop", ""), values.get("rel", ""))
        )
        if _CAPTION.search(words):
            return "caption"
        if _ASIDE.search(words):
            return "aside"
        if _BYLINE.search(words):
            return "byline"
    return None
