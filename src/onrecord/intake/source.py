"""Opening what the caller names: files and standard input, plain or compressed, with their first bytes."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from onrecord.intake.problems import error, missing_extra

HEAD = 4096
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_COMPRESSED = (".gz", ".zst", ".zstd")
# What a damaged compressed stream raises; zstandard's own error is added where it is used.
DAMAGED: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)


class Source:
    """An open input: ``name`` for messages, ``suffix`` without that of the compression, a buffered stream."""

    def __init__(self, name: str, suffix: str, stream: io.BufferedReader, path: Path | None) -> None:
        self.name, self.suffix, self.stream, self.path = name, suffix, stream, path

    def head(self) -> bytes:
        """The first bytes, which stay unread."""
        return self.stream.peek(HEAD)[:HEAD]

    def read(self, limit: int, name: str = "document_bytes") -> bytes:
        """All of it. Raises ``too-large`` beyond ``limit`` bytes."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise error("too-large", f"more than {limit} bytes, the limit {name}")
        return data


@contextmanager
def opened(path: str | Path, *, decompress: bool = True) -> Iterator[Source]:
    """Open a file, or standard input for ``-``; gzip and zstd are told by their first bytes and undone.

    Raises ``not-found`` and ``missing-extra``.
    """
    if str(path) == "-":
        yield _decompressed("-", "", cast(BinaryIO, sys.stdin.buffer), None, decompress)
        return
    place = Path(path)
    try:
        with place.open("rb") as raw:
            yield _decompressed(str(path), _suffix(place), raw, place, decompress)
    except (FileNotFoundError, PermissionError, IsADirectoryError) as fault:
        raise error("not-found", f"cannot be read: {fault.strerror or fault}", str(path)) from fault


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    while suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _decompressed(name: str, suffix: str, raw: BinaryIO, path: Path | None, decompress: bool) -> Source:
    buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
    head = buffered.peek(4)[:4]
    stream: IO[bytes] = buffered
    if decompress and head.startswith(_GZIP):
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=buffered))
    elif decompress and head == _ZSTD:
        stream = _zstd(buffered)
    if stream is buffered:
        return Source(name, suffix, buffered, path)
    return Source(name, suffix, io.BufferedReader(cast(io.RawIOBase, stream), 1 << 16), path)


def _zstd(stream: io.BufferedReader) -> IO[bytes]:
    try:
        import zstandard
    except ImportError as fault:
        raise missing_extra("zstd", "zstd compression") from fault
    return cast(IO[bytes], zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))


def damage() -> tuple[type[Exception], ...]:
    """The exceptions that reading a damaged compressed stream raises, of the libraries that are loaded."""
    module = sys.modules.get("zstandard")
    return (*DAMAGED, module.ZstdError) if module is not None else DAMAGED
