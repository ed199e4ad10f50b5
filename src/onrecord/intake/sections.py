"""The parts of a report as spans over its text: title, byline, dateline, body, caption, update, debris.

Nothing is deleted or changed. What no rule calls something else is body: a missed widget costs a reader
little, a paragraph wrongly set aside is never read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.intake import byline, dateline, furniture
from onrecord.intake.lines import Unit, units
from onrecord.intake.names import AGENCIES
from onrecord.model.base import SectionKind

Region = tuple[int, int, SectionKind]

HEAD, TAIL = 8, 3
_TITLE_LENGTH, _TITLE_WORDS = 220, 40
_OPENING = re.compile(
    r"(?:By|BY) [A-ZÀ-Þ]|[^(]{0,60}\([A-Z][^()]{1,40}\)\s?[-–—]|\(?(?:UPDATE|Update|Correction)\b"
)
_SENTENCE_END = re.compile(r"[.;:,]['\"”’)\]]*$|[.!?]['\"”’)\]]+$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\.{3}|\b(?:Co|Corp|Inc|Ltd|Jr|Sr|St|No|etc|govt)\.)['\"”’)]*$")
_LIST_HEAD = re.compile(
    r"(?:related|recommended|more (?:from|on|in|stories|news)|most[- ]|trending|latest|popular"
    r"|(?:also|must) read|read (?:also|more|next)|see also|what to read|you (?:may|might)"
    r"|editors?['’]?s? picks?|don['’]t miss|further reading|other)\b.{0,40}",
    re.IGNORECASE,
)
_LIST_LENGTH = 12
_SPEAKER = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,30}:\s")
_WHITE = re.compile(r"\s+")


@dataclass(slots=True)
class Layout:
    """The sections of one text in order, and what its bylines and first dateline say."""

    sections: list[Region] = field(default_factory=list)
    title: tuple[int, int] | None = None
    bylines: list[byline.Byline] = field(default_factory=list)
    dateline: dateline.Dateline | None = None
    debris: list[str] = field(default_factory=list)

    @property
    def authors(self) -> list[str]:
        """The authors that the bylines name, each once, in order."""
        return list(dict.fromkeys(name for line in self.bylines for name in line.authors))


def divide(text: str, title: str | None = None, regions: Sequence[Region] = ()) -> Layout:
    """Divide ``text`` into sections. ``title`` is one that came with it; ``regions`` are parts whose kind is
    known (from markup), in order and without overlap."""
    layout = Layout()
    found = units(text, _OPENING)
    given = _leading_title(text, title) if title and not _is_line(title) else None
    if given is not None:
        found = _without(found, text, given)
        layout.title = given
    kinds: list[SectionKind | None] = _known(found, regions)
    for index, unit in enumerate(found):
        if kinds[index] is None:
            kinds[index] = furniture.kind_of(unit.text)
        elif kinds[index] == "caption" and furniture.kind_of(unit.text) == "debris":
            kinds[index] = "debris"
    if layout.title is None:
        _find_title(layout, found, kinds, title)
    _find_bylines(layout, found, kinds)
    _find_doubles(text, layout, found, kinds)
    _find_lists(found, kinds)
    _emit(layout, found, kinds)
    return layout


def _leading_title(text: str, title: str) -> tuple[int, int] | None:
    """The span of the given title where the text begins with it, line breaks and spacing apart."""
    start = position = -1
    for word in title.split():
        gap = _WHITE.match(text, max(position, 0))
        if gap is None and position >= 0:
            return None
        position = gap.end() if gap else 0
        start = position if start < 0 else start
        if not text.startswith(word, position):
            return None
        position += len(word)
    if start < 0 or text[position : position + 1].isalnum() or not text[position:].strip():
        return None
    return start, position


def _is_line(title: str) -> bool:
    """True where what came as the title is a byline or a wire desk's slug."""
    return furniture.kind_of(title) == "debris" or byline.parse(title, first=True) is not None


def _without(found: list[Unit], text: str, span: tuple[int, int]) -> list[Unit]:
    """The units with ``span`` cut off the first of them."""
    rest: list[Unit] = []
    for unit in found:
        if unit.start < span[1]:
            tail = text[span[1] : unit.end].lstrip(" \t.:;,|–—-") if unit.end > span[1] else ""
            if tail.strip():
                rest.append(Unit(unit.end - len(tail), unit.end, tail, False))
        else:
            rest.append(unit)
    return rest


def _known(found: list[Unit], regions: Sequence[Region]) -> list[SectionKind | None]:
    """The kinds that markup gives by the region in which a unit begins; bodies are still to be judged."""
    kinds: list[SectionKind | None] = []
    position = 0
    for unit in found:
        while position < len(regions) and regions[position][1] <= unit.start:
            position += 1
        inside = position < len(regions) and regions[position][0] <= unit.start
        kind = regions[position][2] if inside else None
        kinds.append(None if kind == "body" else kind)
    return kinds


def looks_like_title(text: str) -> bool:
    """A headline: words, of limited length, that do not end as a sentence does."""
    if len(text) > _TITLE_LENGTH or not 2 <= len(text.split()) <= _TITLE_WORDS:
        return False
    if not any(char.isalpha() for char in text) or (text[0] in '(["“' and text[-1] in ')]"”'):
        return False
    return not _SENTENCE_END.search(text) or _ABBREVIATED.search(text) is not None


def _find_title(
    layout: Layout, found: list[Unit], kinds: list[SectionKind | None], given: str | None
) -> None:
    """The given title further down, below a menu, or the first line where it looks like a headline."""
    wanted = _plain(given) if given and not _is_line(given) else None
    live = [index for index, kind in enumerate(kinds) if kind != "debris"]
    for index in live[:HEAD]:
        if kinds[index] == "title" or (kinds[index] is None and _plain(found[index].text) == wanted):
            kinds[index] = "title"
            layout.title = (found[index].start, found[index].end)
            return
    if len(live) < 2:
        return
    first = found[live[0]]
    opens = first.text[0] not in "([" or kinds[live[0]] is None
    if not opens or kinds[live[0]] == "byline" or not looks_like_title(first.text):
        return
    opening = dateline.parse(first.text)
    if byline.parse(first.text, first=True) or (opening is not None and not opening.colon):
        return
    kinds[live[0]] = "title"
    layout.title = (first.start, first.end)


def _find_bylines(layout: Layout, found: list[Unit], kinds: list[SectionKind | None]) -> None:
    live = [index for index, kind in enumerate(kinds) if kind in (None, "byline", "title", "update")]
    for index in dict.fromkeys((*live[:HEAD], *live[-TAIL:])):
        if kinds[index] == "title":
            continue
        unit = found[index]
        first = layout.title is None and index == live[0]
        parsed = byline.parse(unit.text, unit.start, first=first)
        if parsed is None and unit.text.strip("()/ ") in AGENCIES:
            parsed = byline.Byline(organisation=unit.text.strip("()/ "))
        if parsed is None and kinds[index] == "byline":
            parsed = byline.Byline(authors=byline.people(unit.text))
        if parsed is not None and len(live) > 1:
            kinds[index] = "byline"
            layout.bylines.append(parsed)
    # A name alone on its line is a byline beside one: "Anna Keller", and below it the date.
    for index in live[:HEAD]:
        beside = [kinds[other] for other in (index - 1, index + 1) if 0 <= other < len(kinds)]
        if kinds[index] is None and "byline" in beside and byline.is_person(found[index].text):
            kinds[index] = "byline"
            layout.bylines.insert(0, byline.Byline(authors=byline.people(found[index].text)))


def _find_doubles(text: str, layout: Layout, found: list[Unit], kinds: list[SectionKind | None]) -> None:
    """A line twice running is a caption with its alternative text; the headline printed again is debris."""
    title = _plain(text[slice(*layout.title)]) if layout.title else None
    before: tuple[str, int] | None = None
    for index, unit in enumerate(found):
        plain = _plain(unit.text)
        if kinds[index] in (None, "caption"):
            if before is not None and before[0] == plain and len(plain.split()) > 3:
                kinds[index] = kinds[before[1]] = "caption"
            elif plain == title and kinds[index] is None:
                kinds[index] = "debris"
        before = (plain, index) if kinds[index] in (None, "caption") else None


def _find_lists(found: list[Unit], kinds: list[SectionKind | None]) -> None:
    """Headlines listed under "Related" or "Most read" belong to other reports."""
    for index, unit in enumerate(found):
        if kinds[index] != "debris" or not _LIST_HEAD.fullmatch(unit.text):
            continue
        for other in range(index + 1, min(index + 1 + _LIST_LENGTH, len(found))):
            if kinds[other] is None and looks_like_title(found[other].text):
                kinds[other] = "debris"
            elif kinds[other] != "debris":
                break


def _emit(layout: Layout, found: list[Unit], kinds: list[SectionKind | None]) -> None:
    """Write the sections in order; a dateline is cut off the paragraph that it opens."""
    if layout.title is not None:
        layout.sections.append((*layout.title, "title"))
    speakers = sum(1 for unit in found if _SPEAKER.match(unit.text)) > 1
    first = True
    for unit, kind in zip(found, kinds, strict=True):
        if kind == "title" and (unit.start, unit.end) == layout.title:
            continue
        start = unit.start
        if kind is None:
            line = dateline.parse(unit.text, unit.start)
            if line is not None and (first or line.agency) and not (line.colon and speakers):
                layout.sections.append((line.start, line.end, "debris" if line.empty else "dateline"))
                if layout.dateline is None and not line.empty:
                    layout.dateline = line
                rest = unit.text[line.end - unit.start :]
                start = unit.end - len(rest.lstrip())
            first = False
        if kind == "debris":
            layout.debris.append(unit.text)
        if start < unit.end:
            layout.sections.append((start, unit.end, kind or "body"))
    layout.sections.sort()


def _plain(text: str) -> str:
    """For comparing lines: case, spacing and the style of quotation marks apart."""
    return " ".join(text.translate(_QUOTES).split()).strip(" .").casefold()


_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
