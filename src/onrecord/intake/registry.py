"""The kinds of input: by which suffixes and first bytes each is known, and which module reads it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from onrecord.intake.problems import error
from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw
from onrecord.model.problems import Problem

Reader = Callable[[Source, Options], Iterator[Raw | Problem]]


class Kind(NamedTuple):
    """``module`` holds ``read(source, options)``; it is imported when the first input of its kind comes."""

    name: str
    suffixes: tuple[str, ...]
    module: str


_HERE = "onrecord.intake.kinds."
KINDS = (
    Kind("text", (".txt", ".text", ".md"), _HERE + "text"),
    Kind("html", (".html", ".htm", ".xhtml"), _HERE + "html"),
    Kind("jsonl", (".jsonl", ".ndjson"), _HERE + "jsonl"),
    Kind("json", (".json",), _HERE + "json"),
    Kind("feed", (".rss", ".atom"), _HERE + "feed"),
    Kind("csv", (".csv", ".tsv"), _HERE + "csv"),
    Kind("parquet", (".parquet", ".pq"), _HERE + "parquet"),
    Kind("pdf", (".pdf",), _HERE + "pdf"),
    Kind("warc", (".warc",), _HERE + "warc"),
    Kind("mail", (".eml", ".mbox"), _HERE + "mail"),
)
_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}

_MAGIC = ((b"%PDF-", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc"))
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|rdf:RDF|feed)\b", re.DOTALL)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<"
    rb"(?:!doctype html|html|head|body|article|div|p|h1|meta|title)\b",
    re.DOTALL | re.IGNORECASE,
)
_JSONL = re.compile(rb"\s*\{\s*\"")
_BOM = b"\xef\xbb\xbf"


def kind_for(source: Source, options: Options) -> Kind:
    """The kind of an input: what the caller says, what its first bytes prove, its suffix, what they suggest.

    Raises ``unknown-kind`` where the caller names one that there is not.
    """
    if options.kind is not None:
        kind = _BY_NAME.get(options.kind)
        if kind is None:
            raise error("unknown-kind", f"no kind {options.kind!r}; there are {', '.join(_BY_NAME)}")
        return kind
    head = source.head().removeprefix(_BOM)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _BY_NAME[name]
    if source.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[source.suffix]
    if _FEED.match(head):
        return _BY_NAME["feed"]
    if _HTML.match(head):
        return _BY_NAME["html"]
    return _BY_NAME["jsonl" if _JSONL.match(head) else "text"]


def reader(kind: Kind) -> Reader:
    """The function that reads inputs of this kind."""
    read: Reader = importlib.import_module(kind.module).read
    return read
