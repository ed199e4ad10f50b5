"""The whole record as static pages: those that the server would show, written to a folder and read without it.

The pages come from the application itself, asked without a network, so that there is one set of templates. What needs a
server (forms, filters, search, the two times' bar) is left out; the two times are chosen once for the whole site.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from os.path import relpath
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from onrecord._version import __version__
from onrecord.model.problems import OnrecordError
from onrecord.web.listings import LISTINGS
from onrecord.web.query import MOST

MARKER = "onrecord-site.json"
LINK = re.compile(r' (href|src)="([^"]*)"')
SPAN = re.compile(r"at-\d+-\d+")
KEPT = ("cursor", "start", "from")  # what of a query makes another page
APART = re.compile(r"/(sign-in|api|openapi\.json|search)\b|.*(/add|\.json)$")

App = Callable[
    [dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]
]


@dataclass(slots=True)
class Site:
    """What was written: pages, tables, other files; and what the server would have shown and this does not."""

    folder: Path
    pages: int = 0
    tables: int = 0
    files: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def write(
    ledger: str,
    folder: Path,
    as_of: str | None = None,
    known_at: str | None = None,
    allowed: str | None = None,
) -> Site:
    """Write the site of a ledger to a new folder, or over an earlier site, without what is marked stricter than
    ``allowed``.

    Raises OnrecordError ``not-a-site`` where the folder holds something else, ``not-writable``, ``bad-marking``.
    """
    from onrecord.web.app import create_app
    from onrecord.web.state import Settings

    app = create_app(Settings(ledger, allowed=allowed, static=True))
    _prepare(folder)
    times = {name: told for name, told in (("as_of", as_of), ("known_at", known_at)) if told}
    try:
        return asyncio.run(_crawl(app, folder, times))
    finally:
        app.state.onrecord.close()


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / MARKER).exists():
            raise OnrecordError(
                "not-a-site",
                "this folder holds something else",
                "Give a new folder, or one of an earlier site.",
                str(folder),
            )
        for old in (
            json.loads((folder / MARKER).read_text("utf-8"))["files"] if (folder / MARKER).exists() else ()
        ):
            path = folder / old
            if path.resolve().is_relative_to(folder.resolve()):
                path.unlink(missing_ok=True)
        (folder / MARKER).write_text(json.dumps({"onrecord": __version__, "files": []}), encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:
        raise OnrecordError(
            "not-writable", str(error), "Give a path in a folder that can be written.", str(folder)
        ) from error


async def _crawl(app: App, folder: Path, times: dict[str, str]) -> Site:
    """Every page that a page leads to, from the first on; then each with its links made relative."""
    site = Site(folder)
    names = _Names()
    anchors: dict[str, list[int]] = {}
    lit: dict[str, set[str]] = {}
    waiting = deque(["/"])
    seen = {"/"}
    written: list[tuple[str, str]] = []
    while waiting:
        place = waiting.popleft()
        status, media, body = await _get(app, place, times)
        if status != 200:
            site.problems.append(f"{place}: {status}")
            continue
        name = names.of(place)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written.append((place, name))
        if not media.startswith("text/html"):
            path.write_bytes(body)
            continue
        text = body.decode("utf-8")
        path.write_text(text, encoding="utf-8")
        if place.startswith("/documents/"):
            anchors[place] = sorted(int(one) for one in re.findall(r' id="at-(\d+)"', text))
        for _, link in LINK.findall(text):
            there, fragment = _place(unescape(link))
            if there is not None and SPAN.fullmatch(fragment):
                lit.setdefault(there, set()).add(fragment)
            if there is not None and there not in seen:
                seen.add(there)
                waiting.append(there)
    for place, name in written:
        site.files[place] = name
        if name.endswith(".html"):
            site.pages += 1
            path = folder / name
            text = _landing(path.read_text("utf-8"), anchors.get(place, []), lit.get(place, set()))
            path.write_text(_linked(text, name, names, anchors), encoding="utf-8")
        elif name.endswith(".csv"):
            site.tables += 1
    told = {"onrecord": __version__, **times, "files": sorted(site.files.values())}
    (folder / MARKER).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return site


def _place(link: str) -> tuple[str | None, str]:
    """The page that a link leads to, without the two times and filters, and its place in the page."""
    if not link.startswith("/") or link.startswith("//"):
        return None, ""
    there, _, fragment = link.partition("#")
    there, _, query = there.partition("?")
    if APART.match(there):
        return None, ""
    told = dict(parse_qsl(query))
    if "span" in told:
        fragment = f"at-{told['span']}"
    kept = {name: told[name] for name in KEPT if name in told}
    if there.startswith("/static/"):
        kept = {}
    return there + (f"?{urlencode(kept)}" if kept else ""), fragment


def _landing(text: str, places: list[int], spans: set[str]) -> str:
    """A document in which every span that a link leads to has a place of its own, just before the words it begins at;
    the pages' script lights it to its end."""
    before: dict[int, list[str]] = {}
    for span in sorted(spans):
        start = int(span[3:].partition("-")[0])
        there = [one for one in places if one <= start]
        if there:
            before.setdefault(there[-1], []).append(f'<span class="anchor" id="{span}"></span>')
    for place, told in before.items():
        mark = f'<span class="anchor" id="at-{place}">'
        text = text.replace(mark, "".join(told) + mark, 1)
    return text


def _linked(text: str, name: str, names: _Names, anchors: dict[str, list[int]]) -> str:
    """A page with its links as ways from file to file."""
    return LINK.sub(lambda found: _relative(found, name, names, anchors), text)


def _relative(found: re.Match[str], name: str, names: _Names, anchors: dict[str, list[int]]) -> str:
    """A link as a way from file to file; one that leads to nothing written is no link."""
    link = unescape(found[2])
    if link.startswith("#"):
        return found[0]
    there, fragment = _place(link)
    if there is None or there not in names.known:
        return ""
    if fragment.startswith("at-") and not (SPAN.fullmatch(fragment) and anchors.get(there)):
        fragment = ""
    way = relpath(names.known[there], Path(name).parent).replace("\\", "/")
    return f' {found[1]}="{escape(way)}{"#" + escape(fragment) if fragment else ""}"'


class _Names:
    """A file for each page: readable, safe on every file system, no two alike where case does not count."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, place: str) -> str:
        if place not in self.known:
            there, _, query = place.partition("?")
            parts = [self._plain(one) for one in unquote(there).strip("/").split("/")]
            name = "/".join(part for part in parts if part) or "index"
            if query:
                name += "-" + sha256(query.encode()).hexdigest()[:8]
            if not name.endswith((".css", ".js", ".svg", ".csv")):
                name += ".html"
            if name.casefold() in self._taken:
                stem, dot, suffix = name.rpartition(".")
                name = f"{stem}-{sha256(place.encode()).hexdigest()[:8]}{dot}{suffix}"
            self._taken.add(name.casefold())
            self.known[place] = name
        return self.known[place]

    @staticmethod
    def _plain(part: str) -> str:
        return re.sub(r"[^A-Za-z0-9._~-]+", "-", part).strip(".")[:120]


async def _get(app: App, place: str, times: dict[str, str]) -> tuple[int, str, bytes]:
    """What the application answers to GET: status, media type, body."""
    there, _, query = place.partition("?")
    told = {**dict(parse_qsl(query)), **times}
    if there.lstrip("/") in LISTINGS:
        told["limit"] = str(MOST)
    if there.startswith("/static/"):
        told = {}
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "GET",
        "scheme": "http",
        "path": unquote(there), "raw_path": there.encode(), "query_string": urlencode(told).encode(), "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept", b"text/html,*/*")], "client": None,
        "server": ("localhost", 80),
    }  # fmt: skip
    status, media, parts = 500, "", []

    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if asked:  # nobody hangs up: an answer that waits for it is ended by its last part
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status, media
        if message["type"] == "http.response.start":
            status = message["status"]
            media = next(
                (value.decode() for name, value in message["headers"] if name == b"content-type"), ""
            )
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return status, media, b"".join(parts)
