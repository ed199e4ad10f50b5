"""The acid tests: hand-coded documents and what the views must say of them, as files, on both stores.

Each folder under ``acid`` holds ``documents.yaml`` (see ``authoring``) and ``expect.yaml``: scenarios,
each with the documents recorded and a list of questions. A question names a view, its arguments, a filter
and the rows expected; a row is matched by the fields that the file names, and the number of rows must be
right.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.ledger import Ledger
from onrecord.ledger.rows import to_dict
from tests.ledger.authoring import load

FOLDERS = sorted(path for path in (Path(__file__).parent / "acid").iterdir() if path.is_dir())
CASES = [
    pytest.param(folder, scenario, id=f"{folder.name}: {scenario['scenario']}")
    for folder in FOLDERS
    for scenario in yaml.safe_load((folder / "expect.yaml").read_text("utf-8"))
]


@pytest.mark.parametrize(("folder", "scenario"), CASES)
def test_acid(folder: Path, scenario: dict[str, Any], fresh: Callable[[], Ledger]) -> None:
    written = load(folder / "documents.yaml")
    chosen = scenario.get("documents")
    ledger = fresh()
    names: dict[str, str] = {}
    for one in written:
        if chosen is None or one.name in chosen:
            ledger.record(one.coded, recorded_at=one.recorded)
        names[one.coded.document.id] = one.name
    for question in scenario["questions"]:
        found = [named(row, names) for row in ask(ledger, question)]
        where = question.get("where", {})
        found = [row for row in found if differences(row, where, "") == []]
        expected = question["rows"]
        wrong = differences(found, expected, question["view"])
        assert not wrong, f"{question}\n" + "\n".join(wrong)
    assert ledger.verify().ok and ledger.verify_log() == []


def ask(ledger: Ledger, question: dict[str, Any]) -> list[Any]:
    arguments = dict(question.get("args", {}))
    if question["view"] == "document":
        [wanted] = arguments["positional"]
        pages = [doc.document for doc in ledger.world().docs.values() if doc.document.external_id == wanted]
        return [page.model_dump(mode="json") for page in pages]
    if question["view"] == "confirm_first":
        ledger.confirm(
            ledger.tallies()[0].proposals[0].id, by="J. Desk", reason="both figures count the same people"
        )
        return list(to_dict(ledger.tallies()))
    answer = getattr(ledger, question["view"])(*arguments.pop("positional", []), **arguments)
    answer = to_dict(answer)
    for part in question.get("each", []):
        answer = [item for row in answer for item in row.get(part, [])]
    return answer if isinstance(answer, list) else [answer]


def named(value: Any, names: dict[str, str]) -> Any:
    """Document ids as the names of the file."""
    if isinstance(value, dict):
        return {names.get(key, key): named(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [named(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def differences(found: Any, expected: Any, path: str) -> list[str]:
    """Where ``found`` does not hold what is expected: mappings hold more, lists are matched item by item."""
    if isinstance(expected, dict):
        if set(expected) == {"in"}:
            return [] if found in expected["in"] else [f"{path}: {found!r} is none of {expected['in']}"]
        if set(expected) == {"holds"}:
            return (
                []
                if expected["holds"] in (found or "")
                else [f"{path}: {found!r} does not hold {expected['holds']!r}"]
            )
        if set(expected) == {"count"}:
            return [] if len(found or []) == expected["count"] else [f"{path}: {len(found or [])} of them"]
        if not isinstance(found, dict):
            return [f"{path}: {found!r} instead of {expected!r}"]
        return [
            d for key, item in expected.items() for d in differences(found.get(key), item, f"{path}.{key}")
        ]
    if isinstance(expected, list):
        found = found or []
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{path}: {len(found)} instead of {len(expected)}: {found!r}"]
        return [
            d
            for n, (f, e) in enumerate(zip(found, expected, strict=True))
            for d in differences(f, e, f"{path}.{n}")
        ]
    if expected is None or expected is False:
        return [] if not found else [f"{path}: {found!r} instead of nothing"]
    return [] if found == expected else [f"{path}: {found!r} instead of {expected!r}"]
