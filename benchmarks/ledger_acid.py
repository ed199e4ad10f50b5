"""The ledger's acid tests from raw English text: ``python -m benchmarks.ledger_acid [--table]``.

The tests themselves use hand-coded input and must be exact. Here the same texts go through the coder, and the same
questions are asked; each record that is expected and not found is named. Prints lines, or with ``--table`` Markdown.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks import common
from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import Written, load
from tests.ledger.test_acid import FOLDERS, ask, differences, named

LONGEST = 150


@dataclass
class Outcome:
    """What one acid test comes to: questions answered exactly, records found of those expected, and the rest named."""

    name: str
    questions: int = 0
    exact: int = 0
    expected: int = 0
    found: int = 0
    missing: list[str] = field(default_factory=list)


def from_text(written: list[Written]) -> dict[str, CodedDocument]:
    """Document name -> what the coder makes of its text; the same id as the hand-coded one."""
    rows = []
    for one in written:
        document = one.coded.document
        rows.append(
            {
                "id": one.name, "title": document.title, "text": document.text,
                "outlet": document.outlet.name if document.outlet.basis != "inferred" else None,
                "published": document.published.value if document.published else None,
                "supersedes": document.supersedes, "translation_of": document.translation_of,
            }
        )  # fmt: skip
    return {one.name: coded for one, coded in zip(written, common.code(rows), strict=True)}


def measure(folder: Path) -> Outcome:
    """Ask the questions of one acid test of what the coder made of its texts."""
    outcome = Outcome(folder.name)
    written = load(folder / "documents.yaml")
    coded = from_text(written)
    for scenario in yaml.safe_load((folder / "expect.yaml").read_text("utf-8")):
        chosen = scenario.get("documents")
        with tempfile.TemporaryDirectory() as place, Ledger.open(Path(place) / "acid.sqlite") as ledger:
            names = {}
            for one in written:
                if chosen is None or one.name in chosen:
                    ledger.record(coded[one.name], recorded_at=one.recorded)
                names[coded[one.name].document.id] = one.name
            for question in scenario["questions"]:
                _ask(ledger, question, names, outcome)
    return outcome


def _ask(ledger: Ledger, question: dict[str, Any], names: dict[str, str], outcome: Outcome) -> None:
    try:
        rows = [named(row, names) for row in ask(ledger, question)]
    except (OnrecordError, IndexError) as error:
        rows = [{"error": str(error)}]
    where = question.get("where", {})
    rows = [row for row in rows if differences(row, where, "") == []]
    expected = question["rows"]
    outcome.questions += 1
    exact = differences(rows, expected, "") == []
    outcome.exact += exact
    if not isinstance(expected, list):
        outcome.expected += 1
        outcome.found += exact
        missing = [] if exact else [expected]
    else:
        left = list(rows)
        missing = []
        for wanted in expected:
            hit = next((row for row in left if differences(row, wanted, "") == []), None)
            outcome.expected += 1
            if hit is None:
                missing.append(wanted)
            else:
                outcome.found += 1
                left.remove(hit)
        if not missing and not exact:
            outcome.missing.append(f"{_named(question)}: {len(rows) - len(expected)} rows too many")
    outcome.missing += [f"{_named(question)}: {_short(one)}" for one in missing]


def _named(question: dict[str, Any]) -> str:
    told = {**question.get("args", {}), **question.get("where", {})}
    return f"{question['view']}({', '.join(f'{key}={_short(value)}' for key, value in told.items())})"


def _short(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True).strip()
    text = text.removesuffix("...").strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lines(outcomes: list[Outcome], table: bool) -> Iterator[str]:
    """The figures of each test, and every record that is missing."""
    if table:
        yield "| test | questions exact | records found |"
        yield "|---|---|---|"
    for one in outcomes:
        figures = (one.name, f"{one.exact} of {one.questions}", f"{one.found} of {one.expected}")
        yield f"| {' | '.join(figures)} |" if table else "  ".join(figures)
    total = [
        sum(getattr(one, name) for one in outcomes) for name in ("exact", "questions", "found", "expected")
    ]
    whole = sum(one.exact == one.questions for one in outcomes)
    questions, records = f"{total[0]} of {total[1]} questions", f"{total[2]} of {total[3]} records"
    yield f"\n{whole} of {len(outcomes)} tests exact; {questions}; {records}.\n"
    for one in outcomes:
        for missing in dict.fromkeys(one.missing):
            yield f"- {one.name}: `{missing}`" if table else f"{one.name}  {missing}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true", help="Markdown, for benchmarks/results/ledger.md")
    arguments = parser.parse_args()
    for line in lines([measure(folder) for folder in FOLDERS], arguments.table):
        print(line)


if __name__ == "__main__":
    main()
