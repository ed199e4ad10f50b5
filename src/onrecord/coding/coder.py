"""The coder: one document in, one coded document out, by the stages in their order.

A stage is ``code(draft) -> None``; what each requires and gives stands in ``docs/coding.md``. The result is a
function of the document, the model and the user's own names alone: no clock, no chance, no other document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path

from onrecord import __version__
from onrecord.coding import events, expectations
from onrecord.coding.acts import mission_states
from onrecord.coding.acts import stage as acts
from onrecord.coding.claims import holders
from onrecord.coding.claims import stage as claims
from onrecord.coding.draft import Draft
from onrecord.coding.forums import stage as forums
from onrecord.coding.incidents import stage as incidents
from onrecord.coding.links import stage as links
from onrecord.coding.parties import names
from onrecord.coding.parties.resolver import PartyResolver
from onrecord.coding.time import timex
from onrecord.coding.time.written import written_on
from onrecord.intake.types import Intake
from onrecord.model.problems import OnrecordError, Problem
from onrecord.model.records import CodedBy, CodedDocument, Document
from onrecord.reading.reader import READ, Reader, blocks_of
from onrecord.reading.types import Reading

STAGES = (events, claims, holders, acts, incidents, mission_states, forums, expectations, links)


class Coder:
    """Codes documents with the shipped model, or another by its path.

    ``threads`` are those of the reading model and change no result. ``actors`` is a CSV of the user's own
    names, which win over the tables; it is read here and once, OnrecordError `actors-file` if a row does not
    fit. ``min_score`` is the calibrated probability from which on a word tells an event; without it the model's own
    operating point. ``at`` goes into ``coded_by`` as it is; without it the same document always gives the same bytes.
    """

    def __init__(
        self,
        threads: int = 1,
        model: str = "default",
        actors: Path | None = None,
        min_score: float | None = None,
        at: str | None = None,
    ) -> None:
        self._reader = Reader(threads=threads, model=model, min_score=min_score)
        if actors is not None:
            names.index(actors)
        self._actors = actors
        self._at = at

    def code(self, intake: Intake) -> CodedDocument:
        """Read one document that intake has made ready, and code it."""
        document = intake.document
        return self.code_reading(document, self._reader.read(document.text, blocks_of(document)))

    def code_all(self, items: Iterable[Intake | Problem]) -> Iterator[CodedDocument | Problem]:
        """Code many documents in their order, the same as one by one; the reader runs ahead in its threads.

        A problem of intake is handed on in its place, and one of coding stands in the place of its document. What
        the reader raises is the fault of no document (a model that is missing or damaged) and ends the call.
        """
        ours, its = tee(items)
        documents = (item.document for item in its if isinstance(item, Intake))
        readings = self._reader.read_all((document.text, blocks_of(document)) for document in documents)
        for item in ours:
            if isinstance(item, Problem):
                yield item
                continue
            reading = next(readings)
            try:
                coded: CodedDocument | Problem = self.code_reading(item.document, reading)
            except OnrecordError as error:
                coded = error.problem
            yield coded

    def code_reading(self, document: Document, reading: Reading) -> CodedDocument:
        """Code a document that has been read already."""
        return self._coded(self._worked(document, reading))

    def explain(self, intake: Intake) -> tuple[CodedDocument, dict[str, str]]:
        """Code one document, and say by `ID.FIELD` which head, rule or table gave a field, where that is kept."""
        document = intake.document
        draft = self._worked(document, self._reader.read(document.text, blocks_of(document)))
        return self._coded(draft), draft.why

    def _worked(self, document: Document, reading: Reading) -> Draft:
        draft = self.draft(document, reading)
        for stage in STAGES:
            stage.code(draft)
        return draft

    def _coded(self, draft: Draft) -> CodedDocument:
        name = f"onrecord {__version__} + {draft.reading.model}"
        return CodedDocument(
            coded_by=CodedBy(kind="model", name=name, at=self._at),
            document=draft.document,
            actors=draft.actors,
            events=draft.events,
            claims=draft.claims,
            acts=draft.acts,
            missions=draft.missions,
            incidents=draft.incidents,
            expectations=draft.expectations,
            forums=draft.forums,
            links=draft.links,
            inferred=draft.inferred,
        )

    def draft(self, document: Document, reading: Reading) -> Draft:
        """The draft before the first stage: temporal expressions tagged, parties ready to be resolved."""
        return Draft(
            document=document,
            reading=reading,
            timexes=tuple(_timexes(document, reading)),
            resolver=PartyResolver(document, reading, actors=self._actors),
        )


def _timexes(document: Document, reading: Reading) -> Iterator[timex.Timex]:
    """The temporal expressions of every section that is read, against the day on which it was written."""
    day = written_on(document)
    for start, end in _stretches(document) or [(0, len(document.text))]:
        yield from timex.find(document.text, start, end, document_date=day, reading=reading)


def _stretches(document: Document) -> list[tuple[int, int]]:
    """The sections that are read, those of the body that follow one another as one: what a paragraph dates, the next
    counts from."""
    found: list[tuple[int, int]] = []
    before = None
    for section in document.sections:
        if section.kind in READ:
            start, end = section.span
            if section.kind == before == "body":
                start = found.pop()[0]
            found.append((start, end))
        before = section.kind
    return found
