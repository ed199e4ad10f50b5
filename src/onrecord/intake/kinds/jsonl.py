"""JSON Lines: one object a line, one object a document."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.intake import rows
from onrecord.intake.problems import error, problem
from onrecord.intake.source import Source
from onrecord.intake.types import Options, Raw
from onrecord.model.problems import OnrecordError, Problem

_CHUNK = 1 << 16


def read(source: Source, options: Options) -> Iterator[Raw | Problem]:
    """A document or a problem for every line that is not blank, with the line's number."""
    limit = options.limits.line_bytes
    number = 0
    while line := source.stream.readline(limit + 1):
        number += 1
        where = f"{source.name}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := source.stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield problem("too-large", where, f"the line has more than {limit} bytes, the limit line_bytes")
            continue
        if not line.strip():
            continue
        try:
            yield rows.raw(parse(line, options.limits.depth), where)
        except OnrecordError as fault:
            yield fault.problem if fault.problem.where else fault.at(where).problem


def parse(line: bytes, depth: int) -> dict[str, object]:
    """One JSON object. Raises ``bad-json``, ``bad-encoding`` and ``too-deep``."""
    value = load(line, depth)
    if not isinstance(value, dict):
        raise error("bad-json", "a JSON value, but not an object")
    return value


def load(data: bytes, depth: int) -> object:
    """One JSON value in UTF-8, with or without a byte order mark."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error("bad-encoding", f"not UTF-8: {fault.reason} at byte {fault.start}") from fault
    if _depth_over(text, depth):
        raise error("too-deep", f"JSON nested deeper than depth = {depth}")
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as fault:
        raise error("bad-json", f"{fault.msg.removesuffix(' at')} at column {fault.pos + 1}") from fault
    except (RecursionError, ValueError) as fault:
        raise error("bad-json", f"not readable as JSON: {fault}") from fault
    return value


def _depth_over(text: str, limit: int) -> bool:
    """True where the text nests deeper than the limit; few texts have brackets enough to be looked at."""
    if text.count("[") + text.count("{") <= limit:
        return False
    depth, inside, escaped = 0, False, False
    for char in text:
        if inside:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                inside = False
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            if depth > limit:
                return True
        elif char in "]}":
            depth -= 1
    return False
