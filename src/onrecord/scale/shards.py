"""Results in a folder of shards, so that a run that was stopped, however it was, goes on where it was.

A shard appears under its name only when it is whole, and is then entered in `shards.jsonl`. What is there
after a stop is the beginning of what an undisturbed run leaves, byte for byte; the rest is coded again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from onrecord.intake import read_raw
from onrecord.intake.types import Raw
from onrecord.model.problems import OnrecordError, Problem
from onrecord.scale.formats import chosen, sink
from onrecord.scale.stage import Outcome, Settings

FORMAT = "onrecord-shards/1"
MANIFEST, LIST = "manifest.json", "shards.jsonl"
DOCUMENTS = 1000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Shard:
    """One finished file: what was read for it, and what it holds."""

    name: str
    read: int
    coded: int
    failed: int
    bytes: int
    sha256: str


class Run:
    """The run that fills a folder: the same inputs and settings go on with it, others are refused.

    ``documents``: documents that are read for one shard. ``files``: "jsonl" or "parquet".

    Raises OnrecordError: `unknown-format`; `missing-extra`; `not-resumable` for standard input; `not-found`;
    `other-run` where the folder holds something else, or a run over other inputs, with another model or options.
    """

    def __init__(
        self,
        folder: Path,
        inputs: Sequence[str],
        settings: Settings,
        documents: int = DOCUMENTS,
        files: str = "jsonl",
    ) -> None:
        if "-" in inputs:
            raise OnrecordError(
                "not-resumable",
                "standard input cannot be read a second time",
                "Give files or folders; or write to one file with --out.",
                "-",
            )
        for name in inputs:
            if not Path(name).exists():
                raise OnrecordError("not-found", "there is no such input", "Check the path.", name)
        self._folder, self._inputs, self._settings, self._documents = folder, inputs, settings, documents
        self._files = chosen(files)
        self._about = _about(inputs, settings, documents, files)
        self.shards: list[Shard] = []
        self.complete = False
        folder.mkdir(parents=True, exist_ok=True)
        manifest = folder / MANIFEST
        if manifest.exists():
            told = self._check(manifest)
            self.shards = list(_finished(folder, files))
            self.complete = told["complete"] and len(self.shards) == told["shards"]
        elif any(folder.iterdir()):
            raise OnrecordError(
                "other-run", f"the folder holds files and no {MANIFEST}", "Give a new folder.", str(folder)
            )
        if not self.complete:
            self._write()

    @property
    def counts(self) -> dict[str, int]:
        """Documents read, coded and failed in the shards that are finished."""
        return {
            name: sum(getattr(shard, name) for shard in self.shards) for name in ("read", "coded", "failed")
        }

    def fill(
        self, code: Callable[[Iterator[Raw | Problem]], Generator[Outcome, None, None]]
    ) -> Generator[Outcome, None, None]:
        """Write the shards that are missing; every outcome is handed on as well, so that it can be told.

        ``code`` is `scale.code` with its settings. A shard that is not finished when the iterator is closed,
        or the process killed, is made again the next time.
        """
        if self.complete:
            return
        options = self._settings.options
        items = chain.from_iterable(read_raw(name, options=options) for name in self._inputs)
        done = self.counts["read"]
        # `closing` ends the workers when the caller stops before the end.
        with closing(code(islice(items, done, None))) as outcomes:
            while (first := next(outcomes, None)) is not None:
                yield from self._shard(chain((first,), islice(outcomes, self._documents - 1)))
        self.complete = True
        self._write()

    def _shard(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        name = f"part-{len(self.shards):05d}"
        coded_part = self._folder / f"{name}.{self._files}.part"
        problems = self._folder / f"{name}.problems.jsonl.part"
        coded = failed = 0
        with closing(sink(coded_part, self._files)) as out, problems.open("wb") as told:
            for outcome in outcomes:
                if isinstance(outcome, Problem):
                    failed += 1
                    told.write(outcome.model_dump_json().encode("utf-8") + b"\n")
                else:
                    coded += 1
                    out.write(outcome)
                yield outcome
        if failed:
            _settled(problems)
        else:
            problems.unlink()
            problems.with_suffix("").unlink(missing_ok=True)
        path = _settled(coded_part)
        shard = Shard(path.name, coded + failed, coded, failed, path.stat().st_size, _file_hash(path))
        with (self._folder / LIST).open("ab") as listed:
            listed.write(json.dumps(asdict(shard)).encode("utf-8") + b"\n")
            listed.flush()
            os.fsync(listed.fileno())
        self.shards.append(shard)

    def _write(self) -> None:
        """The manifest; the list of shards is cut back to those that count."""
        told = {**self._about, "complete": self.complete}
        if self.complete:
            told |= {"shards": len(self.shards), **self.counts}
        listed = "".join(json.dumps(asdict(shard)) + "\n" for shard in self.shards)
        for name, text in ((LIST, listed), (MANIFEST, json.dumps(told, indent=1) + "\n")):
            partial = self._folder / f"{name}.part"
            partial.write_text(text, encoding="utf-8")
            partial.replace(self._folder / name)

    def _check(self, manifest: Path) -> dict[str, Any]:
        """What the manifest says, if it is of this run."""
        try:
            found: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
            differing = [key for key, value in self._about.items() if found.get(key) != value]
        except (ValueError, AttributeError):
            differing = ["format"]
        if differing:
            raise OnrecordError(
                "other-run",
                f"the folder holds a run with another value of {', '.join(differing)}",
                "Give the same inputs, model and options to go on with it, or a new folder.",
                str(manifest),
            )
        return found


def _settled(part: Path) -> Path:
    """A finished file, on disk for good before it has its name."""
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    return part.replace(part.with_suffix(""))


def _finished(folder: Path, files: str) -> Iterator[Shard]:
    """The shards that count: entered whole, in a row, and as long on disk as they should be."""
    try:
        entries = (folder / LIST).read_bytes().split(b"\n")[:-1]  # what follows the last line break is torn
    except FileNotFoundError:
        return
    for number, entry in enumerate(entries):
        shard = Shard(**json.loads(entry))
        path = folder / shard.name
        if (
            shard.name != f"part-{number:05d}.{files}"
            or not path.is_file()
            or path.stat().st_size != shard.bytes
        ):
            return
        yield shard


def _about(inputs: Sequence[str], settings: Settings, documents: int, files: str) -> dict[str, Any]:
    """What decides the bytes of a run: its inputs by content, who codes, the options, the shards."""
    options = {name: value for name, value in asdict(settings.options).items() if value is not None}
    if settings.actors is not None:
        options["actors"] = _file_hash(settings.actors)
    return {
        "format": FORMAT,
        "coded_by": settings.coded_by(),
        "inputs": [_fingerprint(name) for name in inputs],
        "options": {**options, "min_score": settings.min_score},
        "documents_a_shard": documents,
        "files": files,
    }


def _fingerprint(name: str) -> dict[str, Any]:
    """An input with its number of files, their bytes, and one hash over their names and contents."""
    path = Path(name)
    total, size = sha256(), 0
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    for file in files:
        inside = file.relative_to(path).as_posix()
        total.update(f"{inside}\0{_file_hash(file)}\n".encode("utf-8", "surrogateescape"))
        size += file.stat().st_size if file.is_file() else 0
    return {"path": name, "files": len(files), "bytes": size, "sha256": total.hexdigest()}


def _file_hash(path: Path) -> str:
    """SHA-256 of a file; of nothing where it cannot be read, which intake tells as a problem."""
    total = sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                total.update(chunk)
    except OSError:
        return ""
    return total.hexdigest()
