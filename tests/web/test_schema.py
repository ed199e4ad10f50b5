"""The OpenAPI document against the server: generated requests, right and wrong, meet no fault of the server's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from onrecord.web import Settings, create_app, users

schemathesis = pytest.importorskip("schemathesis", reason="generated requests need schemathesis")
TRIES = int(os.environ.get("ONRECORD_TRIES", "4"))  # of each operation; more where somebody looks for faults
HEADERS = {"host": "localhost", "accept": "application/json"}


@pytest.fixture(scope="module")
def api(kept_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The schema of a server with one user, as whom every request is sent, so that writing is tried as well."""
    path = shutil.copy(kept_ledger, tmp_path_factory.mktemp("schema") / "ledger.sqlite")
    app = create_app(Settings(str(path)))
    HEADERS["authorization"] = f"Bearer {users.add(app.state.onrecord.ledger.store, 'Ida Holm')}"
    yield schemathesis.openapi.from_asgi("/openapi.json", app, headers=HEADERS)
    app.state.onrecord.close()


def test_no_request_meets_a_fault_of_the_server(api: Any) -> None:
    tried = 0
    for found in api.get_all_operations():
        operation = found.ok()

        @settings(max_examples=TRIES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
                  phases=[Phase.explicit, Phase.generate])  # fmt: skip
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            answer = case.call(headers=HEADERS)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path} {case.query} {case.body}"
            if answer.status_code >= 400 and "problem+json" in str(answer.headers.get("content-type")):
                told = answer.json()
                assert told["code"] and told["remedy"]

        answers()
        tried += 1
    assert tried > 30


def test_every_operation_has_an_example_for_what_it_needs(api: Any) -> None:
    raw = api.raw_schema
    assert len(raw["paths"]) > 30
    for path, operations in raw["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (path, method)
            for parameter in operation.get("parameters", ()):
                if parameter.get("required"):
                    assert "example" in parameter, (path, parameter["name"])
