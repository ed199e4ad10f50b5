"""Attribution: who said what. Two sets, each measured where it is there.

``dev.jsonl`` (source, cue, content of the reading's attribution heads) by ``score_attribution.py``; ``cases.jsonl``
(single sentences with stance, certainty and chain) against the claims of the coder. A case's attribution is right
when a claim with overlapping content has its stance, factuality, holder, relay and condition; an outer speaker who
only hands on what an inner one says is right as the relay of the inner claim.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import common
from benchmarks.common import Row
from benchmarks.events import flat
from onrecord.model.records import Claim, CodedDocument

Span = tuple[int, int]


def _named(value: object) -> object:
    """Precision, recall and F1 under their names, where the scorer gives them in a row."""
    return (
        dict(zip(("p", "r", "f1"), value, strict=True))
        if isinstance(value, list) and len(value) == 3
        else value
    )


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """The scorer's figures on ``dev.jsonl`` and the shares of right cases, whichever of the two are there."""
    figures: dict[str, float] = {}
    dev = data if data.is_file() and data.name != "cases.jsonl" else data / "dev.jsonl"
    cases = data if data.name == "cases.jsonl" else data / "cases.jsonl"
    if dev.is_file():
        script = common.scorer(scorers, "score_attribution.py")
        with tempfile.TemporaryDirectory() as folder:
            mine = common.write_rows(Path(folder) / "attributions.jsonl", _attributions(common.rows(dev)))
            found, _ = common.run(script, gold or dev, mine, "--json")
        figures |= flat({name: _named(value) for name, value in found.items()})
    if cases.is_file():
        figures |= {f"cases {key}": value for key, value in right_cases(common.rows(cases)).items()}
    if not figures:
        raise common.Missing(
            f"{data}: neither dev.jsonl nor cases.jsonl there; give their folder with --data"
        )
    return figures


def _attributions(documents: list[Row]) -> Iterator[Row]:
    from onrecord.reading import Reader

    readings = Reader().read_all((row["text"], None) for row in documents)
    for row, reading in zip(documents, readings, strict=True):
        yield {
            "id": row["id"],
            "attributions": [
                {
                    role: [list(reading.span(*words)) for words in getattr(each, role)]
                    for role in ("source", "cue", "content")
                }
                for each in reading.attributions
            ],
        }


def right_cases(rows: list[Row]) -> dict[str, float]:
    """Counts over the attributions of the cases: found, right in stance, factuality, chain, condition, and in all."""
    counts = dict.fromkeys(("of", "found", "stance", "certainty", "holder", "chain", "condition", "all"), 0.0)
    for row, coded in zip(rows, common.code(rows), strict=True):
        for wanted in row["attributions"]:
            counts["of"] += 1
            for key in _right(wanted, coded):
                counts[key] += 1
    return counts


def _right(wanted: Row, coded: CodedDocument) -> list[str]:
    claim = max(coded.claims, key=lambda each: _shared(wanted, each), default=None)
    if claim is None or _shared(wanted, claim) <= 0:
        return []
    if _is_relay(wanted, coded, claim):
        return ["found", "stance", "certainty", "holder", "chain", "condition", "all"]
    parts = {
        "stance": claim.stance == wanted["stance"],
        "certainty": claim.certainty is not None and claim.certainty.factuality == wanted["certainty"],
        "holder": _names(coded, claim.holder, [tuple(span) for span in wanted["source"]]),
        "chain": len(claim.relay) == len(wanted.get("via", [])),
        "condition": (claim.condition is not None) == bool(wanted.get("cond")),
    }
    right = [key for key, value in parts.items() if value]
    return ["found", *right, *(["all"] if all(parts.values()) else [])]


def _shared(wanted: Row, claim: Claim) -> float:
    """How well a claim fits: overlap of contents as a share of both, with a little for the same stance."""
    length = sum(end - start for start, end in wanted["content"]) + sum(
        end - start for start, end in claim.content
    )
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in wanted["content"] for c, d in claim.content)
    return 2 * both / length + 0.2 * (claim.stance == wanted["stance"]) if both else 0.0


def _names(coded: CodedDocument, holder: str | None, source: list[Span]) -> bool:
    if not source:
        return holder is None
    mentions = next((actor.mentions for actor in coded.actors if actor.id == holder), [])
    return any(a < d and c < b for a, b in source for c, d in mentions)


def _is_relay(wanted: Row, coded: CodedDocument, claim: Claim) -> bool:
    return any(_names(coded, relay, [tuple(span) for span in wanted["source"]]) for relay in claim.relay)
