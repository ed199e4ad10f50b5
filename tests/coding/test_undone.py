"""Deeds that the words plainly leave undone are not read as done."""

from __future__ import annotations

import pytest

from onrecord.coding.undone import status_of
from onrecord.reading.reader import Reader
from tests.coding.coded import needs_model

CASES = [
    ("Rwanda undertook to withdraw its troops from Congo within 45 days.", "withdraw", "future"),
    ("Iran vowed to avenge the death of its consul.", "avenge", "future"),
    ("Iran did not threaten to avenge the death of its consul.", "avenge", None),
    ("France refused to expel the two envoys.", "expel", "negated"),
    ("Chile will close its consulate in Cuzco and cut its staff in Lima.", "cut", "future"),
    ("The ministry said it would shut the office by May and expel the attaché.", "expel", "future"),
    ("Hungary will not shut the office or expel the attaché.", "expel", "negated"),
    ("The minister would travel to Oslo, he said, and criticised the plan.", "criticised", None),
    ("Chile closed its consulate in Cuzco and cut its staff in Lima.", "cut", None),
    ("Norway would have closed the office and expelled the envoy.", "expelled", None),
    ("Norway will close the office that Oslo opened, and Sweden cut its aid.", "cut", None),
]


@needs_model
@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_what_plain_words_say_of_a_deed(text: str, word: str, status: str | None) -> None:
    reading = Reader().read(text)
    place = reading.word_at(text.index(word))
    assert place is not None
    assert status_of(reading, place) == status
