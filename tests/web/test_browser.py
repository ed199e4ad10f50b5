"""In a real browser: words lit where a link points, a ceiling that moves, a correction undone, no script run.

These run where Playwright for Python and a Chromium are (`pip install playwright`, `apt-get install chromium`, or
a path in ONRECORD_CHROMIUM), and say so loudly where they are not.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.authoring import Written

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

if CHROMIUM is None or sync_playwright is None:
    lacking = "Playwright for Python" if sync_playwright is None else "a Chromium"
    warnings.warn(
        f"THE BROWSER TESTS DID NOT RUN: {lacking} is not here; see tests/web/test_browser.py", stacklevel=1
    )
    pytest.skip(f"no browser test without {lacking}", allow_module_level=True)

# What an element's text must be against the colour behind it, for WCAG AA; worked out in the page itself.
CONTRAST = """
() => {
  const parse = (told) => { const n = told.match(/[\\d.]+/g).map(Number); return { c: n.slice(0, 3), a: n[3] ?? 1 }; };
  const light = (c) => c.map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const b = parse(getComputedStyle(e).backgroundColor);
      if (b.a > 0.99) return b.c;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest("svg, option")) continue;
    const style = getComputedStyle(e);
    if (style.clipPath !== "none") continue;
    const fore = parse(style.color).c, back = behind(e);
    const dim = Number(getComputedStyle(e.closest(".block") ?? e).opacity);
    const mixed = fore.map((v, i) => v * dim + back[i] * (1 - dim));
    const [a, b] = [light(mixed), light(back)].sort((x, y) => y - x);
    const big = parseFloat(style.fontSize) >= 24;
    if ((a + 0.05) / (b + 0.05) < (big ? 3 : 4.5)) bad.push(e.className + ": " + e.textContent.trim().slice(0, 40));
  }
  return bad.slice(0, 5);
}
"""


UNNAMED = """
() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((e) => !e.labels.length)
  .length
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def address(ledger_file: Path) -> Iterator[str]:
    """A server of its own over a copy of the record."""
    import uvicorn

    from onrecord.web import Settings, create_app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(
        create_app(Settings(str(ledger_file))), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = context.new_page()
    made.faults = []
    made.on("pageerror", lambda error: made.faults.append(str(error)))
    made.on("console", lambda told: made.faults.append(told.text) if told.type == "error" else None)
    yield made
    context.close()


def test_an_evidence_link_lands_on_the_words(page: Any, address: str) -> None:
    page.goto(f"{address}/events?type=SANCTION:expel&actor=NATO")
    page.click("tbody a.source >> nth=0")
    target = page.locator(".text .target")
    assert "".join(target.all_text_contents()) == "withdrew"
    assert page.locator("#span").bounding_box()["y"] < 900, "the words are in sight"
    page.hover(".mark.k-event >> nth=0")
    assert "event: NATO" in page.text_content("#why")
    assert page.locator(".records li.lit").count() >= 1
    page.focus(".records li[data-record] a >> nth=0")
    assert page.locator(".mark.lit").count() >= 1
    page.click(".layers label.l-actor")
    assert "off-actor" in page.get_attribute("#report", "class")
    assert page.faults == []


def test_as_of_moves_the_ceiling(page: Any, address: str) -> None:
    page.goto(f"{address}/missions")
    page.click("text=Russian mission to NATO")
    for day, ceiling in (("2021-10-03", "20"), ("2021-11-05", "10")):
        page.fill(".times input[name=as_of]", day)
        page.click(".times button")
        assert f"as_of={day}" in page.url and "known_at" not in page.url
        assert page.text_content(".figures li .number") == ceiling
    page.click("text=See all that is known now")
    assert "as_of" not in page.url
    assert page.faults == []


def test_a_correction_shows_its_history_and_is_undone(page: Any, address: str) -> None:
    page.goto(f"{address}/events?type=SANCTION:expel&actor=NATO")
    page.click("tbody td[data-label=Event] a")
    form = page.locator(".decide form", has_text="One field is wrong")
    form.locator("[name=field]").fill("mode")
    form.locator("[name=value]").fill("withdraw")
    form.locator("[name=by]").fill("Ida Holm")
    form.locator("[name=reason]").fill("read again")
    form.locator("button").click()
    assert "withdraw" in page.text_content("h1")
    assert "Ida Holm" in page.text_content("#review .history")
    assert page.locator("[name=by]").count() == 0, "the name is asked for once"
    assert "Ida Holm" in page.text_content(".who")
    page.fill("#review .history [name=reason]", "was right")
    page.click("#review .history button")
    assert "expel" in page.text_content("h1")
    assert page.locator("#review .history li").count() == 2
    assert page.faults == []


def test_two_tabs_in_conflict(page: Any, browser: Any, address: str) -> None:
    page.goto(f"{address}/events?type=SANCTION:expel&actor=NATO")
    page.click("tbody td[data-label=Event] a")
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        form = tab.locator(".decide form", has_text="It is right")
        form.locator("[name=by]").fill("Ida Holm" if tab is page else "Ada Berg")
        form.locator("button").click()
    assert "Ida Holm decided “accept”" in other.text_content("main")
    assert "Nothing of yours was lost" in other.text_content("main")


def test_hostile_text_runs_nothing(page: Any, address: str, written: dict[str, Written]) -> None:
    document = written["hostile"].coded.document.id
    links = [
        "/",
        "/events",
        "/claims",
        "/missions",
        "/timeline",
        "/actors",
        "/forums",
        "/expectations",
        "/review",
        "/network",
        "/claims-map",
        "/relations",
        "/map",
    ]
    for link in [*links, f"/documents/{document}", "/missions/%3Ci%3EX%3C/i%3E%3Ea/b%3Fc%23d"]:
        page.goto(address + link)
        assert page.evaluate("window.hurt") is None, link
        assert page.locator("main img, main script").count() == 0, link
    page.goto(f"{address}/documents/{document}")
    for one in page.locator(".text .mark").all():
        one.hover()
    assert page.evaluate("window.hurt") is None
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_can_be_read(
    browser: Any, address: str, written: dict[str, Written], scheme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for link in every_page(written):
        page.goto(address + link)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{link} is wider than the screen"
        )
        assert page.evaluate(CONTRAST) == [], f"{link} has text that is hard to see"
        assert page.evaluate(UNNAMED) == 0, f"{link} has a field without a label"
    context.close()


def test_pages_read_without_script_and_go_by_keyboard(
    browser: Any, address: str, written: dict[str, Written]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/documents/{written['brussels-1'].coded.document.id}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.uncheck(".layers input[value=claim]")
    page.click(".layers button")
    assert "off-claim" in page.get_attribute("#report", "class")
    assert "off-event" not in page.get_attribute("#report", "class")
    context.close()


AXE = """
async () => {
  const told = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
  return told.violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => v.id + ": " + v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" | "));
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Any, address: str, written: dict[str, Written], scheme: str
) -> None:
    """axe-core on every kind of page; the pages' policy does not hold for what the test driver runs in them."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-core comes with axe-playwright-python")
    source = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for link in every_page(written):
        page.goto(address + link)
        page.evaluate(source)
        told = page.evaluate(AXE)
        if told:
            found[link] = told
    context.close()
    assert not found


def every_page(written: dict[str, Written]) -> list[str]:
    """One address of each kind of page."""
    document = written["brussels-1"].coded.document.id
    later = written["brussels-2"].coded.document.id
    return [
        "/", "/events", "/incidents", "/claims", "/missions", "/timeline", "/disputes", "/expectations", "/actors",
        "/links", "/forums", "/documents", "/missions/RUS%3ENATO", f"/documents/{document}?span=30-60",
        f"/documents/{later}/changes", f"/documents/{document}/add?kind=claim", "/relations", "/relations/NATO~RUS",
        "/claims-map", "/network", "/map",
        "/review", "/search?q=mission", "/sign-in", "/api", "/nowhere",
    ]  # fmt: skip
