"""Charts as files that stand alone: SVG, PNG, or a page of HTML with the words and the table beside the drawing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from onrecord._version import __version__
from onrecord.charts.svg import Chart, plain_style, tag
from onrecord.model.problems import OnrecordError

SUFFIXES = (".svg", ".png", ".html")
GROUND = "#fcfcfa"
ZOOM = 2  # PNG at twice the drawing's size, for screens of today
# What "sans-serif" stands for in a PNG: the renderer itself knows Arial alone by that name.
FONTS = (
    "Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Segoe UI", "Roboto", "Verdana", "FreeSans",
)  # fmt: skip
PAGE = """body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; color: #1b1d1f; background: #fcfcfa;
  margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
svg { width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #cfd2cc; }
p.note, footer { color: #54595d; font-size: .92rem; }
"""


def write(charts: Sequence[Chart], path: Path, said: str = "") -> None:
    """Write charts to a file by its suffix; SVG and PNG hold the first one that has a drawing, HTML all of them.

    ``said`` tells of which record and which moment they are. Raises OnrecordError ``unknown-format``,
    ``nothing-to-draw``, ``missing-extra``, ``not-writable``.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise OnrecordError(
            "unknown-format", f"a chart is not written as {kind or 'a file without a suffix'}",
            f"Name the file with one of {', '.join(SUFFIXES)}.", str(path),
        )  # fmt: skip
    drawn = next((one for one in charts if one.svg), None)
    if drawn is None and kind != ".html":
        raise OnrecordError(
            "nothing-to-draw",
            charts[0].told,
            "Widen the window, or see the list of the same name.",
            charts[0].title,
        )
    try:
        if kind == ".html":
            path.write_text(page(charts, said), encoding="utf-8")
        elif drawn is not None and kind == ".svg":
            path.write_text(alone(drawn) + "\n", encoding="utf-8")
        elif drawn is not None:
            path.write_bytes(png(drawn))
    except OSError as error:
        raise OnrecordError(
            "not-writable",
            error.strerror or str(error),
            "Give a path in a folder that can be written.",
            str(path),
        ) from error


def alone(chart: Chart) -> str:
    """The drawing as a file of its own: its size, its colours and its ground in it."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart.svg)
    assert box is not None  # every drawing is made by ``svg.svg``
    sized = chart.svg.replace("<svg ", f'<svg width="{box[1]}" height="{box[2]}" ', 1)
    ground = tag("rect", width="100%", height="100%", fill=GROUND)
    linked = re.sub(r' href="[^"]*"', "", sized)  # a file leads nowhere: the pages are not beside it
    return linked.replace("</desc>", "</desc>" + tag("style", plain_style()) + ground, 1)


def png(chart: Chart) -> bytes:
    """The drawing as PNG. Raises OnrecordError ``missing-extra``, ``no-fonts``."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise OnrecordError(
            "missing-extra",
            "PNG needs resvg-py, not installed here",
            "Install the extra: pip install 'onrecord[web]'",
            "png",
        ) from None
    family = next((each for each in FONTS if _draws(svg_to_bytes, each)), None)
    if family is None:
        raise OnrecordError(
            "no-fonts",
            "this machine has no font to write the labels with",
            "Install one (fonts-dejavu), or write SVG.",
            "png",
        )
    return bytes(svg_to_bytes(svg_string=alone(chart), zoom=ZOOM, sans_serif_family=family))


def _draws(render: Callable[..., Any], family: str) -> bool:
    """A letter of the font leaves a mark: one that is not installed draws nothing, and says nothing of it."""
    box = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"'
    letter, blank = f'{box}><text y="16" font-family="sans-serif">M</text></svg>', f"{box}/>"
    return bytes(render(svg_string=letter, sans_serif_family=family)) != bytes(render(svg_string=blank))


def page(charts: Sequence[Chart], said: str) -> str:
    """One page of HTML with the drawings, their words and their tables; nothing is fetched by it."""
    parts = [
        "<!doctype html>", '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(charts[0].title)}</title><style>{PAGE}{plain_style()}</style></head><body><main>",
        f"<h1>{escape(charts[0].title)}</h1>",
    ]  # fmt: skip
    for number, one in enumerate(charts):
        if number:
            parts.append(f"<h2>{escape(one.title)}</h2>")
        parts.append(re.sub(r' href="[^"]*"', "", one.svg))
        meanings = "; ".join(meaning for _, meaning in one.legend)
        parts.append(
            f"<p>{escape(one.told)}</p><p class='note'>{escape(' '.join(filter(None, (meanings, one.note))))}</p>"
        )
        if one.table:
            parts.append("<table><thead><tr>")
            parts += [f"<th scope='col'>{escape(name)}</th>" for name in one.columns]
            parts.append("</tr></thead><tbody>")
            for row in one.table:
                parts.append("<tr>" + "".join(f"<td>{escape(cell.words)}</td>" for cell in row) + "</tr>")
            parts.append("</tbody></table>")
    parts.append(f"</main><footer><p>{escape(said)} onrecord {__version__}.</p></footer></body></html>")
    return "\n".join(parts) + "\n"
