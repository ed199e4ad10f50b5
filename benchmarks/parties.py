"""Parties: the words of annotated parties resolved to codes and sectors, on the texts alone.

``--data`` is the data folder or a file of texts, ``--gold`` the annotated events with their parties' spans: a file,
which is split by day (``held`` are the documents of ``wire_held_out.txt``, ``tuned`` the rest), or a folder of
``events_*.jsonl`` (``training/annotations``), which is split by a hash of the ids into what was ``read`` for errors and
a tenth that was ``kept`` unread. ``python -m benchmarks.parties DATA GOLD GOLD_FOLDER`` fits the weights of
``onrecord.coding.parties.salience`` on what is tuned and read, by conditional logit, and writes them; that takes the
readings of the model (some minutes), since trees are among what is weighed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import common
from benchmarks.common import DOCUMENT, Row
from onrecord.coding.parties.antecedents import PRONOUNS
from onrecord.coding.parties.phrases import Phrase, parse
from onrecord.coding.parties.resolver import Party, PartyResolver
from onrecord.coding.parties.salience import NOBODY, WEIGHTS, Salience
from onrecord.coding.parties.story import Story
from onrecord.coding.spans import members
from onrecord.reading.reader import Reader, blocks_of

UNKNOWN = "UNK"
HELD_OUT = Path(__file__).with_name("wire_held_out.txt")
_SCORED = ("held", "kept")  # never read for errors
_TEXTS = ("bench/wire/corpus.jsonl", "bench/attribution/train.jsonl", "bench/timex/timebank.jsonl",
          "bench/timex/aquaint.jsonl")  # fmt: skip
_REPORTS = ("events_reports.jsonl",)  # in our own words: nothing to measure on
# A step of the fit (Adam), how strongly weights are drawn to zero, in cases, and how often a clue must be met.
_STEP, _ROUNDS, _RIDGE, _SEEN = 0.05, 300, 3.0, 20
# A party counts as often as it takes part in events, up to this.
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one party or several, and the codes with their sectors that the annotators gave."""

    start: int
    end: int
    codes: Mapping[str, frozenset[str]]


def main(data: Path, gold: Path | None, scorers: Path) -> dict[str, float]:
    """Shares right of code, sector and both, of parties left open, in both parts; of codes by kind of phrase in the
    one that is only scored.

    A code is right if it is among those that the words resolve to, and those are no more than annotated.
    """
    texts, events = _documents(data, gold)
    figures: dict[str, float] = {}
    for part, ids in _parts(texts, events).items():
        counts: Counter[str] = Counter()
        for identifier in ids:
            right = _score(texts[identifier], events[identifier], counts)
            if part in _SCORED and right is not None:
                figures[f"{DOCUMENT}{identifier}"] = right
        total = counts["parties"] or 1
        for name in ("code", "sector", "both", "open"):
            figures[f"{part}_{name}"] = counts[name] / total
        for name in sorted(name for name in counts if name.startswith("of ") and part in _SCORED):
            figures[f"code {name}"] = counts[name.replace("of ", "right ", 1)] / counts[name]
        figures[f"{part}_parties"] = counts["parties"]
        figures[f"{part}_documents"] = len(ids)
    return figures


def _score(text: Row, event: Row, counts: Counter[str]) -> float | None:
    """Count the parties of a document; gives its share of right codes."""
    resolver, right, number = _resolver(text), 0, 0
    for each in _asked(event):
        parties = resolver.resolve_all(resolver.story.words_in(each.start, each.end))
        found = {(party.code or UNKNOWN, party.sector or UNKNOWN) for party in parties} or {
            (UNKNOWN, UNKNOWN)
        }
        codes = {code for code, _ in found}
        kind = "several" if len(each.codes) > 1 else _kind(resolver, each, parties)
        for code, sectors in each.codes.items():
            hit = code in codes and len(codes) <= len(each.codes)
            told = bool({sector for _, sector in found} & sectors)
            counts["parties"] += 1
            counts["open"] += codes == {UNKNOWN}
            counts["code"] += hit
            counts["sector"] += told
            counts["both"] += hit and any((code, sector) in found for sector in sectors)
            counts[f"of {kind}"] += 1
            counts[f"right {kind}"] += hit
            right += hit
            number += 1
    return right / number if number else None


def _kind(resolver: PartyResolver, each: Asked, parties: list[Party]) -> str:
    """What sort of words they are: pronoun, list, person, name, people, owned noun, description."""
    story = resolver.story
    words = story.words_in(each.start, each.end)
    if words[1] - words[0] == 1 and story.lower[words[0]] in PRONOUNS:
        return "pronoun"
    if any(word in ("and", "or") for word in story.lower[slice(*words)]):
        return "list"
    phrase = parse(story, words)
    if phrase.named is not None:
        return {"person": "person", "people": "people", "adjective": "people"}.get(
            phrase.named.name.kind, "name"
        )
    if phrase.proper is not None:
        return "person" if any(party.kind == "person" for party in parties) else "unknown name"
    return "owned noun" if any(word in story.mention_at for word in range(*words)) else "description"


def _documents(data: Path, gold: Path | None) -> tuple[dict[str, Row], dict[str, Row]]:
    if gold is None:
        raise common.Missing(
            f"{data}: the annotated events are missing; give their file or folder with --gold"
        )
    paths = [data] if data.is_file() else [path for name in _TEXTS if (path := data / name).is_file()]
    if not paths:
        raise common.Missing(f"{data}: no texts there; give the data folder or a file of texts with --data")
    texts = {row["id"]: row for path in paths for row in common.rows(path)}
    marked = (
        [gold]
        if gold.is_file()
        else [p for p in sorted(gold.glob("events_*.jsonl")) if p.name not in _REPORTS]
    )
    events = {row["id"]: row for path in marked for row in common.rows(path) if row["id"] in texts}
    for identifier in events:
        events[identifier]["hashed"] = gold.is_dir()
    return texts, events


def _parts(texts: dict[str, Row], events: dict[str, Row]) -> dict[str, list[str]]:
    """The ids of what rules were made on and of what was only scored."""
    if all(row["hashed"] for row in events.values()):
        return {
            name: [i for i in sorted(events) if _is_kept(i) == kept]
            for name, kept in (("read", False), ("kept", True))
        }
    held = frozenset(HELD_OUT.read_text(encoding="utf-8").split())
    return {
        name: [i for i in sorted(events) if (i in held) == out]
        for name, out in (("tuned", False), ("held", True))
    }


def _is_kept(identifier: str) -> bool:
    """Whether nobody has read the errors of a document: a tenth, what two rounds of reading left."""
    return _hash(identifier) % 2 == 1 and _hash("p" + identifier) % 5 == 0


def _hash(identifier: str) -> int:
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16)


def _day(text: Row) -> str:
    return str(text.get("published") or text.get("date") or text.get("dct") or "")[:10]


def _asked(event: Row) -> Iterator[Asked]:
    """Every span of a document's parties once."""
    spans: dict[tuple[int, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record in event["events"]:
        for party in (*record["actors"], *record["recipients"]):
            spans[party["start"], party["end"]][party["code"]].add(party["sector"])
    for (start, end), codes in spans.items():
        yield Asked(start, end, {code: frozenset(sectors) for code, sectors in codes.items()})


def _resolver(text: Row) -> PartyResolver:
    day = _day(text)
    return PartyResolver.of_text(text["text"], date.fromisoformat(day) if day else None)


# fitting

Case = tuple[dict[str, dict[str, float]], str, int]
"""Candidates, the right one, and how often it counts."""


def cases(data: Path, gold: Path) -> list[Case]:
    """What `Salience` was asked for the tuned or read documents: its candidates, and the code that was right."""
    texts, events = _documents(data, gold)
    found: list[Case] = []
    reader = Reader(threads=2)
    for identifier in next(iter(_parts(texts, events).values())):
        document = common.intake_of(
            {**texts[identifier], "published": _day(texts[identifier]) or None}
        ).document
        reading = reader.read(document.text, blocks_of(document))
        resolver = PartyResolver(document, reading)
        resolver.salience = recorder = _Recorder(resolver.story)
        often = Counter(
            (party["start"], party["end"])
            for record in events[identifier]["events"]
            for party in (*record["actors"], *record["recipients"])
        )
        for each in _asked(events[identifier]):
            if len(each.codes) > 1:
                continue
            recorder.asked.clear()
            for words in members(reading, resolver.story.words_in(each.start, each.end)):
                resolver.resolve_all(words)
            code = next(iter(each.codes))
            right = NOBODY if code == UNKNOWN else code
            number = min(often[each.start, each.end], _OFTEN)
            found += [(candidates, right, number) for candidates in recorder.asked[:1] if right in candidates]
    return found


class _Recorder(Salience):
    """Keeps the candidates that it was asked to weigh."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.asked: list[dict[str, dict[str, float]]] = []

    def candidates(self, word: int, phrase: Phrase | None, sector: str | None) -> dict[str, dict[str, float]]:
        found = super().candidates(word, phrase, sector)
        self.asked.append(found)
        return found


def fit(found: list[Case]) -> dict[str, float]:
    """Weights under which the right candidates are likeliest (conditional logit with a ridge, by Adam)."""
    seen = Counter(name for candidates, *_ in found for features in candidates.values() for name in features)
    names = sorted(name for name, number in seen.items() if number >= _SEEN)
    column = {name: number for number, name in enumerate(names)}
    rows: list[np.ndarray] = []
    right: list[int] = []
    owner: list[int] = []
    for number, (candidates, code, _) in enumerate(found):
        for each, features in candidates.items():
            row = np.zeros(len(names))
            for name, value in features.items():
                if name in column:
                    row[column[name]] = value
            if each == code:
                right.append(len(rows))
            rows.append(row)
            owner.append(number)
    table, owners = np.array(rows), np.array(owner)
    often = np.array([number for *_, number in found], dtype=float)
    starts = np.searchsorted(owners, np.arange(len(found)))
    weights, slope, square = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, _ROUNDS + 1):
        scores = table @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[owners])
        chances = scores / np.add.reduceat(scores, starts)[owners]
        gradient = often @ table[right] - (chances * often[owners]) @ table - _RIDGE * weights
        gradient /= often.sum()
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights += _STEP * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def fit_all(data: Path, golds: Iterable[Path]) -> None:
    """Fit on all gold files and folders together, and write the weights into the package."""
    fitted = fit([case for gold in golds for case in cases(data, gold)])
    WEIGHTS.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fit_all(Path(sys.argv[1]), map(Path, sys.argv[2:]))
