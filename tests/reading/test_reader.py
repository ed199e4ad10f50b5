from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.records import Document, Section, Snapshot
from onrecord.reading.reader import Reader, blocks_of, paragraphs, read
from onrecord.reading.types import ROLES, STATUS, Reading
from tests.reading.standin import TYPES, StandIn

REPORT = """Prague expels eight Russian diplomats

PRAGUE (Meridian Wire) - The Czech Republic on Saturday expelled eight employees of the Russian embassy,
saying they were spies.

“This will not remain unanswered,” the foreign ministry in Moscow said. A spokeswoman, who asked not to
be named, denied that its officers had been in the country.

The U.S. and Britain backed Prague; NATO's 30 members hadn't yet decided."""
OTHERS = [
    "Paris recalled its envoy.",
    "",
    "The talks failed.\n\n" + "One clause follows another, and so on. " * 60,
    REPORT.replace("Prague", "Sofia"),
]


def fingerprint(reading: Reading) -> bytes:
    """Every value of a reading as bytes."""
    arrays = (
        "starts",
        "ends",
        "sentences",
        "upos",
        "feats",
        "heads",
        "deprels",
        "entities",
        "status",
        "vectors",
    )
    values: list[Any] = [getattr(reading, name).tobytes() for name in arrays]
    return pickle.dumps([*values, reading.text, reading.attributions, reading.events, reading.model])


@pytest.fixture(params=["stand-in", "default"])
def model(request: pytest.FixtureRequest) -> Any:
    return StandIn() if request.param == "stand-in" else request.param


def test_every_word_reads_again_at_its_offsets(model: Any) -> None:
    reading = Reader(model=model).read(REPORT)
    assert [reading.word(i) for i in range(5)] == ["Prague", "expels", "eight", "Russian", "diplomats"]
    assert all(not reading.word(i).isspace() and reading.word(i) for i in range(len(reading)))
    assert "".join(reading.word(i) for i in range(len(reading))) == "".join(REPORT.split())


def test_arrays_agree_in_shape_and_indices_are_in_range(model: Any) -> None:
    reading = Reader(model=model).read("\n\n".join([REPORT, *OTHERS]))
    count, labels = len(reading), reading.labels
    assert reading.sentences[0, 0] == 0 and reading.sentences[-1, 1] == count
    assert (reading.sentences[1:, 0] == reading.sentences[:-1, 1]).all()
    assert reading.feats.shape == (count, 5) and reading.status.shape == (count, 4)
    assert reading.upos.max() < len(labels.upos) and reading.deprels.max() < len(labels.deprels)
    assert np.allclose(reading.status.sum(axis=1), 1.0, atol=1e-5)
    roots = np.flatnonzero(reading.heads < 0)
    assert [reading.sentence_of(root) for root in roots] == list(range(len(reading.sentences)))
    for word in range(count):
        head = int(reading.heads[word])
        assert head == -1 or (reading.sentence_of(head) == reading.sentence_of(word) and head != word)
        assert (reading.deprel(word) == "root") == (head == -1)
    for start, end, kind in reading.entities.tolist():
        assert start < end and reading.sentence_of(start) == reading.sentence_of(end - 1)
        assert 0 <= kind < 4
    for attribution in reading.attributions:
        assert attribution.cue and attribution.content and 0 <= attribution.score <= 1
    for event in reading.events:
        assert event.type in (TYPES if model != "default" else labels.types)
        assert event.status in STATUS and 0 <= event.background <= 1
        assert all(argument.role in ROLES for argument in event.arguments)
        for argument in event.arguments:
            start, end = argument.span
            assert start < end and reading.sentence_of(start) == reading.sentence_of(end - 1)


def test_the_same_bytes_whatever_is_read_beside_it_and_however_many_threads(model: Any) -> None:
    alone = fingerprint(Reader(model=model).read(REPORT))
    texts = [(text, None) for text in [OTHERS[0], REPORT, *OTHERS[1:], REPORT]]
    for threads in (1, 2, 5):
        readings = list(Reader(threads=threads, model=model).read_all(texts))
        assert [reading.text for reading in readings] == [text for text, _ in texts]
        assert fingerprint(readings[1]) == fingerprint(readings[-1]) == alone


def test_what_is_read_beside_it_is_read_differently() -> None:
    """The fingerprint of the test above tells readings apart."""
    prints = {fingerprint(Reader(model=StandIn()).read(text)) for text in (REPORT, OTHERS[3], REPORT[:-1])}
    assert len(prints) == 3


def test_texts_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def texts() -> Any:
        for number in range(100):
            taken.append(number)
            yield "The talks failed.", None

    for threads in (1, 2):
        taken.clear()
        assert next(Reader(threads=threads, model=StandIn()).read_all(texts())).text == "The talks failed."
        assert len(taken) < 20


@given(st.lists(st.text("ab. \n", max_size=40), max_size=6), st.integers(0, 30))
def test_no_sentence_spans_two_blocks(texts: list[str], gap: int) -> None:
    text, blocks = "", []
    for part in texts:
        text += "#" * gap
        blocks.append((len(text), len(text) + len(part)))
        text += part
    reading = Reader(model=StandIn()).read(text, blocks)
    inside = [(a, b) for a, b in blocks if text[a:b].strip()]
    found = sorted(
        {next(k for k, (a, b) in enumerate(inside) if a <= s < b) for s in reading.starts.tolist()}
    )
    assert found == list(range(len(inside)))
    for start, end in reading.sentences.tolist():
        a, b = reading.span(start, end)
        assert any(first <= a and b <= last for first, last in blocks)


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200b"])
def test_a_text_of_nothing_reads_as_nothing_or_little(text: str) -> None:
    reading = Reader(model=StandIn()).read(text)
    assert len(reading) == len(text.strip()) == len(reading.sentences)
    assert reading.feats.shape[1] == 5 and reading.status.shape[1] == 4


def test_a_long_paragraph_takes_several_windows() -> None:
    model = StandIn()
    reading = Reader(model=model).read(OTHERS[2])
    assert model.windows > 2
    assert len(reading) == 4 + 60 * 9


def _document(sections: list[tuple[str, int, int]]) -> Document:
    text = "Title here\nBy A. Nobody\n\nFirst one.\n\nSecond one.\nADVERTISEMENT"
    return Document(
        id="sha256:" + "0" * 64,
        snapshot=Snapshot(sha256="0" * 64),
        text=text,
        sections=[Section(kind=kind, span=(a, b)) for kind, a, b in sections],  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (
            [("title", 0, 10), ("byline", 11, 23), ("body", 25, 48), ("debris", 49, 62)],
            ["Title here", "First one.", "Second one."],
        ),
        ([("dateline", 0, 10), ("caption", 25, 35), ("update", 37, 48)], ["First one.", "Second one."]),
        ([], ["Title here", "By A. Nobody", "First one.", "Second one.", "ADVERTISEMENT"]),
    ],
)
def test_titles_bodies_updates_and_captions_are_read(
    sections: list[tuple[str, int, int]], expected: list[str]
) -> None:
    document = _document(sections)
    assert [document.words(block) for block in blocks_of(document)] == expected


def test_paragraphs_keep_the_offsets_of_the_whole_text() -> None:
    text = "ab\n\n cd \nef"
    assert [text[a:b] for a, b in paragraphs(text, 3, len(text))] == ["cd", "ef"]


def test_a_document_is_read_with_the_shipped_model() -> None:
    document = _document([("title", 0, 10), ("body", 25, 48)])
    reading = read(document)
    assert [reading.word(i) for i in range(len(reading))] == [
        "Title",
        "here",
        "First",
        "one",
        ".",
        "Second",
        "one",
        ".",
    ]
    assert reading.model == reading.labels.version
