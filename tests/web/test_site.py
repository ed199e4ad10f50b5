"""The static site: the same pages without a server, every link to a file that is there, nothing that needs a server."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli.app import app
from onrecord.model.problems import OnrecordError
from onrecord.web import site
from onrecord.web.listings import LISTINGS
from tests.web.test_safety import ALLOWED, Reader


@pytest.fixture(scope="module")
def folder(kept_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    result = site.write(str(kept_ledger), made)
    assert result.problems == []
    assert result.pages > 40
    assert result.tables == len(LISTINGS)
    return made


def test_every_link_leads_to_a_file_and_a_place_in_it(folder: Path) -> None:
    anchored = 0
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        for link in map(unescape, re.findall(r' (?:href|src)="([^"]*)"', text)):
            there, _, fragment = link.partition("#")
            target = (page.parent / there) if there else page
            assert target.is_file(), f"{page.name} leads to {link}"
            assert target.resolve().is_relative_to(folder.resolve())
            if fragment.startswith("at-"):
                anchored += 1
                assert f'id="{fragment}"' in target.read_text("utf-8"), link
    assert anchored > 20, "evidence leads to its words"


def test_a_link_to_words_has_a_place_of_its_own_where_they_begin(folder: Path) -> None:
    """The script of the pages lights from there to the end that the place names."""
    spans = {
        (page.parent / there).resolve(): span
        for page in folder.rglob("*.html")
        for there, span in re.findall(r' href="([^"#]+)#at-(\d+-\d+)"', page.read_text("utf-8"))
    }
    assert len(spans) > 2
    for page, span in spans.items():
        start = int(span.partition("-")[0])
        after = page.read_text("utf-8").partition(f'id="at-{span}"')[2]
        pieces = [int(one) for one in re.findall(r' id="at-(\d+)"', after)]
        assert pieces and pieces[0] <= start < (pieces[1] if len(pieces) > 1 else start + 1)


def test_nothing_needs_a_server_and_hostile_text_is_text(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'method="post"' not in text and "Sign in" not in text and 'name="known_at"' not in text, (
            page.name
        )
        reader = Reader()
        reader.feed(re.sub(r' (href|src)="[^"]*"', "", text))
        assert not reader.dangerous, page.name
        assert all(reader.counts.get(tag, 0) <= most for tag, most in ALLOWED.items()), page.name


def test_names_are_safe_and_unlike(folder: Path) -> None:
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9._~/-]+", name) for name in names)


def test_a_site_is_written_again_but_over_nothing_else(kept_ledger: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    words = ["export", "site", str(tmp_path / "out"), "--ledger", str(kept_ledger)]
    first = runner.invoke(app, [*words, "--as-of", "2021-10-03"])
    assert first.exit_code == 0, first.stderr
    assert "begin at" in first.stderr
    home = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "as of 2021-10-03" in home and "as_of=" not in home
    assert runner.invoke(app, words).exit_code == 0
    assert "as of 2021-10-03" not in (tmp_path / "out" / "index.html").read_text("utf-8")
    kept = json.loads((tmp_path / "out" / site.MARKER).read_text("utf-8"))
    assert "index.html" in kept["files"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OnrecordError, match="not-a-site"):
        site.write(str(kept_ledger), tmp_path / "mine")
    assert json.loads(runner.invoke(app, ["export", "site"]).stderr)["code"] == "needs-out"
