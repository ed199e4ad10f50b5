"""What a chart is, and the few pieces of SVG it is drawn with; whatever goes into them is escaped.

Colours and dashes come from the style sheet by class, so that a drawing follows light, dark and print; shapes differ as
well as colours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources

Href = Callable[[str], str]
"""What a link shall lead to for the address of a page (``/records/ID``, a query and a fragment with it)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a chart's table: words, and the address of the page that they lead to, written as such."""

    words: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words. ``told`` says what it shows; ``table`` has every number of it, under ``columns``.

    ``legend`` are pairs of a key's class in the style sheet and its meaning. ``svg`` is empty where there is nothing
    to draw, and ``note`` says what is left out.
    """

    name: str
    title: str
    told: str
    svg: str
    legend: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    table: tuple[tuple[Cell, ...], ...]
    note: str = ""


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. Words inside have to come through ``words``; attributes are escaped here."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def words(text: str) -> str:
    """Words as they go into an element."""
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text), quote=False)


def label(x: float, y: float, text: str, class_: str, anchor: str = "start", **more: object) -> str:
    """Words at a place; ``anchor`` start, middle or end."""
    return tag("text", words(text), x=x, y=y, class_=class_, text_anchor=anchor, **more)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def mark(drawn: str, told: str, path: str | None, href: Href | None) -> str:
    """A drawn thing with what it is, as a link where it has a page. The table is the way for the keyboard."""
    inside = tag("title", words(told)) + drawn
    if path is None or href is None:
        return tag("g", inside)
    return tag("a", inside, href=href(path), tabindex="-1", aria_label=told)


def svg(name: str, title: str, told: str, width: float, height: float, parts: Iterable[str]) -> str:
    """The whole drawing, named and told for those who do not see it."""
    return tag(
        "svg", tag("title", words(title), id=f"{name}-title"), tag("desc", words(told), id=f"{name}-told"), *parts,
        xmlns="http://www.w3.org/2000/svg", class_=f"chart chart-{name}", viewBox=f"0 0 {width:g} {height:g}",
        role="group", aria_labelledby=f"{name}-title {name}-told",
    )  # fmt: skip


def short(text: str, most: int) -> str:
    """Words cut to a number of characters."""
    line_ = " ".join(text.split())
    return line_ if len(line_) <= most else line_[: most - 1].rstrip() + "…"


def wrapped(text: str, most: int, lines: int) -> list[str]:
    """Words in lines of at most so many characters; the last line says that there are more."""
    found: list[str] = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if len(longer) <= most or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    kept = [short(one, most) for one in found[:lines]]
    if len(found) > lines:
        kept[-1] = kept[-1].removesuffix("…")[: most - 1].rstrip() + "…"
    return kept


@cache
def style() -> str:
    """The style sheet of the drawings, with its colours as variables."""
    return (resources.files("onrecord.charts") / "style.css").read_text("utf-8")


LIGHT = {
    "ground": "#fcfcfa", "panel": "#f1f2ee", "ink": "#1b1d1f", "soft": "#54595d", "line": "#cfd2cc", "focus": "#b3500a",
    "good": "#1f6b3a", "bad": "#9b2226", "wait": "#7a4a00", "cap": "#14507d", "filled": "#1f6b3a", "vacant": "#9a4a00",
    "land": "#e4e7e0", "coast": "#a8aea6", "one": "#14507d", "other": "#9a4a00", "talk": "#5f8fb4", "help": "#1f6b3a",
    "quarrel": "#d08a3c", "clash": "#9b2226",
}  # fmt: skip


@cache
def plain_style() -> str:
    """The style sheet with the colours of the light pages, for a file that stands alone."""
    return re.sub(r"var\(--([a-z]+)\)", lambda found: LIGHT[found[1]], style())
