"""A small record on a ledger of its own, and a browser's way to the pages over it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the pages need the extra [web]")
pytest.importorskip("httpx", reason="the tests of the pages need httpx")

from fastapi.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.web import Settings, create_app
from tests.ledger.authoring import Written, load

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8420"


@pytest.fixture(scope="session")
def written() -> dict[str, Written]:
    return {one.name: one for one in load(HERE / "record.yaml")}


@pytest.fixture(scope="session")
def kept_ledger(written: dict[str, Written], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        for one in written.values():
            ledger.record(one.coded, recorded_at=one.recorded)
    return path


@pytest.fixture
def ledger_file(kept_ledger: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return Path(shutil.copy(kept_ledger, tmp_path / "ledger.sqlite"))


Serve = Callable[..., TestClient]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Makes a client of a server over a ledger, with the server's settings."""
    opened: list[TestClient] = []

    def make(ledger: Path, address: str = ADDRESS, **settings: object) -> TestClient:
        app = create_app(Settings(str(ledger), **settings))  # type: ignore[arg-type]
        client = TestClient(app, base_url=address, raise_server_exceptions=False, follow_redirects=False)
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def pages(kept_ledger: Path) -> Iterator[TestClient]:
    """A client that only reads, for all tests of the session."""
    app = create_app(Settings(str(kept_ledger)))
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


def shown_words(html: str) -> str:
    """What a reader sees of a page: no tags, white space as one space."""
    body = html.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def form_token(html: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', html)
    assert found, "the page has no form that writes"
    return found[1]


def row_ids(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<tr data-id="([^"]*)"', html)]
