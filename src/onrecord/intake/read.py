"""Read a file, a folder or standard input: documents and problems, one after another, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.intake import calendar, notices
from onrecord.intake.build import build
from onrecord.intake.problems import error, problem
from onrecord.intake.registry import kind_for, reader
from onrecord.intake.source import damage, opened
from onrecord.intake.types import Intake, Options, Raw
from onrecord.model.problems import OnrecordError, Problem

_DEFAULT = Options()
_TEXTS = frozenset(("text/plain", "text/html", "application/rss+xml", "application/atom+xml"))


def read_path(path: str | Path, *, options: Options = _DEFAULT) -> Iterator[Intake | Problem]:
    """Every document at ``path`` (a file, a folder, or ``-`` for standard input), or the problem in its
    place.

    A folder is read in the order of its names, hidden files left out. Bad input never raises: it is a
    ``Problem`` with its place, and the next document follows. ``OnrecordError`` is raised for options that
    cannot be right.
    """
    return (
        item if isinstance(item, Problem) else build(item, options)
        for item in read_raw(path, options=options)
    )


def read_raw(path: str | Path, *, options: Options = _DEFAULT) -> Iterator[Raw | Problem]:
    """The same documents before anything is made of their bytes: ``build`` finishes each, here or in a worker.

    The sequence is the same at every call as long as the files are.
    """
    if options.published and calendar.given(options.published) is None:
        raise error("bad-date", f"{options.published!r} is not a calendar date", "--published")
    if str(path) != "-" and Path(path).is_dir():
        return _folder(Path(path), options)
    return _file(path, options)


def _folder(folder: Path, options: Options) -> Iterator[Raw | Problem]:
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as fault:
        yield problem("not-found", str(folder), f"cannot be listed: {fault.strerror or fault}")
        return
    found = False
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink():  # a link to a folder above would never end
                found = True
                yield from _folder(entry, options)
        elif entry.is_file() or entry.is_symlink():
            found = True
            yield from _file(entry, options)
    if not found:
        yield problem("empty", str(folder), "the folder holds no file")


def _file(path: str | Path, options: Options) -> Iterator[Raw | Problem]:
    name = str(path)
    try:
        with opened(path) as source:
            kind = kind_for(source, options)
            if not source.head():
                raise error("empty", "the file is empty")
            for item in reader(kind)(source, options):
                if isinstance(item, Raw) and item.media_type in _TEXTS:
                    item.notices += notices.of_days(item.snapshot, item.where)
                yield item
    except OnrecordError as fault:
        yield fault.problem if fault.problem.where else fault.at(name).problem
    except damage() as fault:
        yield problem("bad-file", name, f"the compressed stream is damaged: {fault}")
    except OSError as fault:
        yield problem("not-found", name, f"cannot be read: {fault.strerror or fault}")
