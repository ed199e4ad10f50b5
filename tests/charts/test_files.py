"""Charts as files: by suffix, standing alone, with a remedy where one cannot be made."""

from __future__ import annotations

import builtins
import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from onrecord.charts import files, make
from onrecord.cli.app import app
from onrecord.ledger import Ledger
from tests.charts.conftest import RECORD
from tests.ledger.authoring import load


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("kept") / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        for one in load(RECORD):
            ledger.record(one.coded, recorded_at=one.recorded)
    return str(path)


def run(ledger: str, *words: str) -> Any:
    return CliRunner().invoke(app, ["chart", *words, "--ledger", ledger])


@pytest.mark.parametrize(
    "words",
    [
        ("mission", "RUS>NATO"),
        ("relation", "NATO", "RUS"),
        ("timeline",),
        ("network",),
        ("timeline", "--actor", "RUS"),
    ],
)
def test_a_chart_is_written_without_a_server(kept: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    for suffix in ("svg", "html"):
        out = tmp_path / f"x.{suffix}"
        told = run(kept, *words, "--out", str(out))
        assert told.exit_code == 0, told.stderr
        text = out.read_text("utf-8")
        assert "var(--" not in text and "href=" not in text and "<script" not in text
        if suffix == "svg":
            root = ElementTree.fromstring(text)
            assert float(root.attrib["width"]) > 300
        else:
            assert "<table>" in text and "onrecord" in text
    shown = run(kept, *words)
    assert len(shown.stdout.splitlines()) >= 2, "without --out it is told in words"


def test_png_is_an_image_of_twice_the_size(ask: Any, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="PNG needs the extra [web]")
    chart = make.of_mission(ask, "RUS>NATO", {})
    files.write([chart], tmp_path / "x.png")
    data = (tmp_path / "x.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == 2 * 860


def test_a_claim_names_the_matters_it_is_of(kept: str, tmp_path: Path) -> None:
    with Ledger.open(kept) as ledger:
        claim = next(row.id for row in ledger.claims(stance="denies"))
    told = run(kept, "claims", claim, "--out", str(tmp_path / "x.svg"))
    assert told.exit_code == 0 and "Denied by" in told.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("guess",), "unknown-chart"),
        (("relation", "RUS"), "unknown-chart"),
        (("mission", "XXX>YYY", "--out", "x.svg"), "no-record"),
        (("relation", "FRA", "DEU"), "no-record"),
        (("claims", "nothing"), "no-record"),
        (("timeline", "--out", "x.gif"), "unknown-format"),
        (("timeline", "--out", "/nowhere/at/all/x.svg"), "not-writable"),
        (("timeline", "--since", "2050", "--out", "x.svg"), "nothing-to-draw"),
        (("timeline", "--since", "soon"), "bad-date"),
    ],
)
def test_mistakes_have_a_remedy(kept: str, words: tuple[str, ...], code: str) -> None:
    told = run(kept, *words)
    assert told.exit_code == 1
    problem = json.loads(told.stderr.splitlines()[-1])
    assert problem["code"] == code and problem["remedy"]


def test_png_without_the_extra_says_so(ask: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def lacking(name: str, *args: Any, **more: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    monkeypatch.delitem(sys.modules, "resvg_py", raising=False)
    with pytest.raises(files.OnrecordError, match=r"onrecord\[web\]"):
        files.write([make.of_timeline(ask, {}, {})], tmp_path / "x.png")
