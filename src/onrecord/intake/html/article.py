"""Which blocks of a page are the article: trafilatura decides what is body, and it is found again in ours."""

from __future__ import annotations

import logging
import re

from onrecord.intake import byline, furniture
from onrecord.intake.html.walk import Block, Page
from onrecord.intake.problems import error
from onrecord.intake.sections import Region

_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.!?]['\"”’)\]]*$")
_OUTSIDE = frozenset(("nav", "aside", "footer", "form"))
# Shorter runs of letters occur in more than one place of a page by chance.
_DISTINCT = 30
_PARAGRAPH = 60
# So many blocks below the last paragraph may still be its list.
_NEAR = 4


def regions(page: Page, source: str, title: str | None) -> list[Region]:
    """The kind of every block of ``page`` in order; *body* is still to be divided by the rules for plain
    text.

    ``title`` is what the page's metadata calls its title. Raises ``no-text`` where a page has no article.
    """
    blocks = page.blocks
    content = _content(page, source)
    if not content:
        raise error("no-text", "the page has no article that could be told from its menus")
    first, last = min(content), max(content)
    headline = _headline(page, title, first)
    start = min(first, headline) if headline is not None else first
    found: list[Region] = []
    for index, block in enumerate(blocks):
        text = page.text[block.start : block.end]
        if index == headline:
            found.append((block.start, block.end, "title"))
        elif index < start:
            found.append((block.start, block.end, "debris"))
        elif index > last:
            kept = index <= last + 5 and _is_note(text)
            found.append((block.start, block.end, "body" if kept else "debris"))
        else:
            found.append(_inside(block, text, index in content))
    return found


def _inside(block: Block, text: str, content: bool) -> Region:
    """The kind of a block between the title and the last paragraph."""
    span = block.start, block.end
    short = len(text) <= byline.LENGTH and not _SENTENCE.search(text)
    if block.hint == "caption":
        return (*span, "caption")
    if short and (block.hint == "byline" or byline.parse(text) is not None):
        return (*span, "byline")
    if content or _is_note(text):
        return (*span, "body")
    length = block.end - block.start
    aside = block.hint == "aside" or not _OUTSIDE.isdisjoint(block.path) or block.linked > 0.5 * length
    missed = not aside and length >= _PARAGRAPH and _SENTENCE.search(text) is not None
    return (*span, "body" if missed else "debris")


def _is_note(text: str) -> bool:
    return furniture.kind_of(text) == "update" or (
        (len(text) > byline.LENGTH or text.startswith("(")) and byline.parse(text) is not None
    )


def _content(page: Page, source: str) -> set[int]:
    """Numbers of the blocks that hold the article's text."""
    paragraphs, pieces = _extracted(source)
    whole = "".join(paragraphs)
    letters = [_letters(page.text[block.start : block.end]) for block in page.blocks]
    sure = {index for index, text in enumerate(letters) if len(text) >= _DISTINCT and text in whole}
    # Menus and teasers repeat a headline or a lead: with real paragraphs at hand, links are not content.
    sure = {index for index in sure if not _is_linked(page.blocks[index])} or sure
    if not sure:
        sure = {
            index
            for index, text in enumerate(letters)
            if text in pieces and not _is_linked(page.blocks[index])
        }
    if not sure:
        return _plain_content(page)
    # The items of a list and the headings between paragraphs are short, and count only where paragraphs are
    # near.
    between = range(min(sure), min(max(sure) + _NEAR, len(letters)))
    return sure | {index for index in between if letters[index] in pieces}


def _is_linked(block: Block) -> bool:
    return block.linked > 0.6 * (block.end - block.start)


def _extracted(source: str) -> tuple[list[str], set[str]]:
    """The letters of what trafilatura takes for the article: in order, and of each element by itself."""
    try:
        import trafilatura  # half a second, spared where no page is read
    except ImportError:
        # The extra [html] is left out where disk counts; the text is the same, and blocks go by length and links.
        return [], set()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(source, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, RecursionError, AttributeError):
        return [], set()
    body = getattr(document, "body", None)
    if body is None:
        return [], set()
    paragraphs = [_letters("".join(element.itertext())) for element in body]
    pieces = {_letters("".join(element.itertext())) for element in body.iter()}
    return paragraphs, pieces - {""}


def _plain_content(page: Page) -> set[int]:
    """Paragraphs by length and links alone, for the small page that trafilatura gives up."""
    return {
        index
        for index, block in enumerate(page.blocks)
        if block.end - block.start >= _PARAGRAPH
        and block.linked < 0.3 * (block.end - block.start)
        and _OUTSIDE.isdisjoint(block.path)
        and block.hint != "aside"
    }


def _headline(page: Page, title: str | None, first: int) -> int | None:
    """The block of the headline: the h1 that agrees with the metadata, else the last one before the body."""
    wanted = _letters(title) if title else ""
    candidates = [index for index, block in enumerate(page.blocks[: first + 1]) if "h1" in block.path]
    for index in candidates:
        letters = _letters(page.text[page.blocks[index].start : page.blocks[index].end])
        if wanted and len(letters) >= 8 and (letters in wanted or wanted in letters):
            return index
    for index, block in enumerate(page.blocks[: first + 1]):
        if wanted and _letters(page.text[block.start : block.end]) == wanted:
            return index
    return candidates[-1] if candidates else None


def _letters(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()
