"""The day on which a report was written, as its head gives it: a table of own heads."""

from __future__ import annotations

from hashlib import sha256

import pytest

from onrecord.coding.time.written import written_on
from onrecord.model.records import Document, Published, Section, Snapshot

# (kind of section, its words) one after the other; the day of a report published on Wednesday, 6 October 2021
CASES = [
    ([("dateline", "LIMA, Oct. 5 -"), ("body", "Peru expelled a consul today.")], "2021-10-05"),
    ([("dateline", "LIMA, 6 October -"), ("body", "Peru expelled a consul today.")], "2021-10-06"),
    ([("title", "Peru: the vote of 5 October"), ("body", "A consul left.")], "2021-10-06"),
    ([("dateline", "LIMA, Tuesday -"), ("body", "Peru expelled a consul yesterday.")], "2021-10-05"),
    ([("byline", "From our correspondent in Oslo, 5 October"), ("body", "A consul left.")], "2021-10-05"),
    ([("body", "Oslo, 4 October 2021"), ("body", "Norway expelled a consul today.")], "2021-10-04"),
    ([("body", "Norway expelled a consul, and by the 5 October vote three more had gone home."),
      ("body", "Oslo, 4 October")], "2021-10-06"),
    ([("dateline", "LIMA, Sept. 28 -"), ("body", "Letters take a week from here.")], "2021-10-06"),
]  # fmt: skip


def document(sections: list[tuple[str, str]], published: str | None) -> Document:
    text, made = "", []
    for kind, words in sections:
        made.append(Section(kind=kind, span=(len(text), len(text) + len(words))))
        text += words + "\n\n"
    day = Published(value=published, basis="given") if published else None
    snapshot = Snapshot(sha256=sha256(text.encode()).hexdigest())
    return Document(id="d", snapshot=snapshot, text=text, sections=made, published=day)


@pytest.mark.parametrize(("sections", "day"), CASES, ids=[sections[0][1] for sections, _ in CASES])
def test_day_of_writing(sections: list[tuple[str, str]], day: str) -> None:
    found = written_on(document(sections, "2021-10-06T09:00:00Z"))
    assert found is not None and found.isoformat() == day


def test_no_day_without_publication() -> None:
    assert written_on(document(CASES[0][0], None)) is None
