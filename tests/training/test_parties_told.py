"""Which words tell a party of an event beside the argument that was marked: no role is trained on them."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs torch")

from training.examples import Document
from training.sources.parties import others, tellings

TEXT = (
    "The Norwegian foreign minister received the envoy of Peru on Monday.\n\n"
    "Oslo expelled two Peruvian diplomats. Lima protested."
)


def _item(words: str, code: str | None) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "code": code}


CASES = [
    # actors, recipients, the words told of each side
    (
        [_item("Oslo", "NOR")],
        [_item("two Peruvian diplomats", "PER")],
        ["The", "Norwegian", "Oslo"],
        ["Lima", "Peru", "Peruvian", "two"],
    ),
    ([_item("Oslo", "UNK")], [], [], []),
    ([_item("Oslo", None)], [_item("the envoy of Peru", "PER")], [], ["Lima", "Peru", "Peruvian", "the"]),
]


@pytest.mark.parametrize(("actors", "recipients", "acting", "acted_upon"), CASES)
def test_other_tellings_of_a_party(
    actors: list[Any], recipients: list[Any], acting: list[str], acted_upon: list[str]
) -> None:
    event = {"actors": actors, "recipients": recipients}
    document = Document.of(TEXT)
    found = others(event, tellings(document, {"events": [event]}, "2019-03-04"))
    told = {role: {document.words[word] for name, word in found if name == role} for role, _ in found}
    assert told.get("actor", set()) >= set(acting)
    assert told.get("recipient", set()) >= set(acted_upon)
    assert not told.get("actor", set()) & {"Peru", "Lima", "Peruvian"}
    assert not told.get("recipient", set()) & {"Norwegian", "Oslo"}
