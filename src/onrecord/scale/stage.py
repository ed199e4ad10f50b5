"""What a worker does, whatever runs it: documents in, lines of onrecord/1 or problems out, one for each."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.intake.build import build
from onrecord.intake.types import Given, Intake, Options, Raw
from onrecord.model.problems import OnrecordError, Problem

if TYPE_CHECKING:
    from onrecord.coding.coder import Coder
    from onrecord.model.records import CodedDocument

Outcome = bytes | Problem
"""A coded document as one line of JSON in UTF-8 with its line break, or the problem in its place."""

_SENTENCE = b"The ministers met on Monday."
_COLLECT_AFTER = 50_000
"""Objects made and not yet let go until garbage is searched for while documents are coded: those of a few documents.

Python's own 700 has every sentence searched many times over, which costs a seventh of the coding."""


@contextmanager
def _loading() -> Iterator[None]:
    """What is loaded here, code, tables and model, stays as long as the process: it is no garbage to be searched."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.collect()
        gc.freeze()
    finally:
        if collects:
            gc.enable()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A document's objects live as long as it is coded: to look for garbage among them every time is in vain."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what is coded from a document; every worker of a run has the same.

    ``options``: what the caller says about the inputs. ``model``: "default", "open" or a folder.
    ``actors``: a CSV of the user's own names. ``threads``: of the reading model in each worker; they change
    no result, and None leaves them to the executor.
    """

    options: Options = field(default_factory=Options)
    model: str = "default"
    actors: Path | None = None
    min_score: float | None = None
    threads: int | None = None

    def coder(self, threads: int = 1) -> Coder:
        """A coder that has coded a sentence, so that a missing model or a bad file of names is told once.

        ``threads`` are those of the reading model where the settings leave them open.

        Raises OnrecordError: `reading-model-missing`, `reading-model-checksum`, `reading-model-old`,
        `reading-labels`, `actors-file`.
        """
        with _loading():
            from onrecord.coding.coder import Coder

            coder = Coder(self.threads or threads, self.model, self.actors, self.min_score)
            first = build(Raw(_SENTENCE, "text/plain", "", "utf-8", Given(language="en")), Options())
            assert isinstance(first, Intake)
            coder.code(first)
        return coder

    def coded_by(self) -> str:
        """The name that stands in every record, told without loading the model.

        Raises OnrecordError `reading-model-missing` with the way to the open variant, and `reading-labels`.
        """
        from onrecord import __version__
        from onrecord.reading.labels import folder_of, version

        folder = folder_of(self.model)
        if not (folder / "labels.json").is_file():
            raise OnrecordError(
                "reading-model-missing",
                f"there is no reading model {self.model!r}",
                "The variant from open data alone is made with `python -m training` (training/README.md); "
                "leave --model out for the model that is shipped."
                if self.model == "open"
                else "Use --model default, --model open, or the folder of a model that was exported.",
                str(folder),
            )
        return f"onrecord {__version__} + {version(self.model)}"


@_seldom_collected()
def outcomes(coder: Coder, items: Sequence[Intake | Raw], options: Options) -> list[Outcome]:
    """Code documents in their order. A document at which the coder fails is a problem, the others go on."""
    ready = [build(item, options) if isinstance(item, Raw) else item for item in items]
    found: list[Outcome] = []
    step = len(ready)
    while len(found) < len(ready):
        rest = ready[len(found) : len(found) + step]
        try:
            for result in coder.code_all(rest):
                found.append(_outcome(result, items[len(found)]))
            step = len(ready)
        except Exception as fault:  # the reports of a week are not lost to a fault at one of them
            if step == 1:
                found.append(_failed(items[len(found)], fault))
            # The reader runs ahead: only alone is a document known to be the one at fault.
            step = len(ready) if step == 1 else 1
    return found


def place(item: Intake | Raw) -> str:
    """Where an item stands, for a problem."""
    return item.where or (item.document.id if isinstance(item, Intake) else "")


def _outcome(result: CodedDocument | Problem, item: Intake | Raw) -> Outcome:
    if isinstance(result, Problem):
        return result if result.where else result.model_copy(update={"where": place(item)})
    return result.to_json().encode("utf-8") + b"\n"


def _failed(item: Intake | Raw, fault: Exception) -> Problem:
    return Problem(
        code="coding-failed",
        where=place(item),
        what=f"the coder failed: {type(fault).__name__}: {fault}",
        remedy="Report it with this document; the others are not touched by it.",
    )
