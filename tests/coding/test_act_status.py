"""Whether a measure stands as taken, by its sentence and the next: a table of own sentences."""

from __future__ import annotations

import pytest

from tests.coding.coded import coded, needs_model
from tests.coding.tables import table

CASES: list[list[str]] = table("act_status")


@needs_model
@pytest.mark.parametrize(("kind", "text", "wanted"), CASES, ids=[text[:50] for _, text, _ in CASES])
def test_how_a_measure_stands(kind: str, text: str, wanted: str) -> None:
    document = coded(text)
    status = {event.id: event.status for event in document.events}
    assert [status[act.event] for act in document.acts if act.act == kind and act.event][:1] == [wanted]
