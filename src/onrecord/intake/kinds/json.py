"""A JSON file that holds one object, or one array of them."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.intake import rows
from onrecord.intake.kinds import jsonl
from onrecord.intake.problems import error, problem
from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """A document or a problem for every object; a file that is JSON Lines after all is read as such."""
    head = source.head()
    first, _, rest = head.partition(b"\n")
    if first.strip().startswith(b"{") and rest.strip().startswith(b"{"):
        yield from jsonl.read(source, options)
        return
    value = jsonl.load(source.read(options.limits.document_bytes), options.limits.depth)
    if isinstance(value, dict):
        yield rows.raw(value, source.name)
        return
    if not isinstance(value, list):
        raise error("bad-json", "a JSON value, but neither an object nor an array of objects")
    for number, record in enumerate(value, start=1):
        where = f"{source.name}:{number}"
        if not isinstance(record, dict):
            yield problem("bad-json", where, "an element that is not an object")
            continue
        try:
            yield rows.raw(record, where)
        except OnrecordError as fault:
            yield fault.problem
