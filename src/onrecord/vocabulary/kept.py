"""What takes long to make out of data files is kept in the user's cache folder, so that a process starts sooner.

It lies there under the digest of all that it was made from, data and code, so that a change in either makes it anew;
to delete it costs nothing but time. Where nothing can be written it is made each time. Plain values only: what
``marshal`` knows.
"""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from time import time
from typing import Any

OLD = 60 * 86_400
"""Seconds after which what nobody has made again goes when another of its name is written."""


def source(path: str) -> bytes:
    """The bytes of a data or cue file of the vocabulary, by its path below the package."""
    return files("onrecord.vocabulary").joinpath(path).read_bytes()


def kept(name: str, sources: Iterable[bytes], make: Callable[[], Any]) -> Any:
    """What ``make`` gives, or gave before from the same ``sources``; never to be changed."""
    path = place(name, sources)
    with suppress(OSError, ValueError, EOFError, TypeError):
        return marshal.loads(path.read_bytes())
    made = make()
    with suppress(ValueError):  # a date, which marshal does not know
        write(path, marshal.dumps(made))
    return made


def folder() -> Path:
    """The cache folder of onrecord: ``XDG_CACHE_HOME``, else where the system has its caches."""
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    if named:
        return Path(named) / "onrecord"
    try:
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "onrecord"
    except RuntimeError:  # a user without a home, who shares what folders there are: nothing is kept
        return Path(os.devnull)


def place(name: str, sources: Iterable[bytes]) -> Path:
    """Where a thing made from these sources is kept."""
    digest = blake2b(sys.version.encode(), digest_size=12)
    for each in sources:
        digest.update(len(each).to_bytes(8, "little") + each)
    return folder() / f"{name}.{digest.hexdigest()}"


def write(path: Path, data: bytes) -> bool:
    """Keep a file whole or not at all, and let old ones of its name go; False where none may be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).replace(path)
        for other in path.parent.glob(f"{path.stem}.*"):
            if other.stat().st_mtime < time() - OLD:
                other.unlink()
    except OSError:
        return False
    return True
