"""Which two parties a measure is between: a scored choice among all pairs that the document names.

A conditional logistic model, fitted by ``python -m training.acts`` on annotated reports and own sentences. What the
rules read from the words (doer, owner, place …), what the event head says, who was told of before and where the names
stand are features of a pair; the weights stand in ``data/pairs.json``. A feature counts by itself and once more for its
group of acts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

Features = dict[str, float]
Pair = tuple[str, str]

WEIGHTS = Path(__file__).parent / "data" / "pairs.json"

_GROUPS = {
    "recall": "own",
    "suspend_own_mission": "own",
    "close_mission": "close",
    "close_consulate": "close",
    "close_office": "close",
    "downgrade": "between",
    "announce_intent": "answer",
    "ultimatum": "answer",
    "summon": "summon",
}

# What a circumstance of the measure may turn: it is weighed once more under each that holds.
_CROSSED = frozenset(
    f"{side} {name}"
    for side in "sr"
    for name in (
        "doer", "owner", "place", "possessor", "owner before", "place before", "subject before", "dateline", "next",
        "previous", "above", "holder", "in target", "in clause", "as nsubj", "as amod", "after in", "in title",
        "event actor", "guess", "named most", "scene",
    )
) | {
    "house", "house turned", "told", "told turned", "last told", "last told turned", "told alike", "told alike turned",
    "last alike", "last alike turned", "first told", "first told turned",
}  # fmt: skip


@dataclass(slots=True)
class Evidence:
    """What bears on the parties of one measure: codes by what they are to it, and the pairs told before it.

    ``roles`` are codes that the words name for a role, ``marks`` any other property of a code near the measure;
    ``told`` the kinds and pairs (sender, receiver) of earlier
    measures, the last at the end.
    """

    act: str
    roles: dict[str, str | None] = field(default_factory=dict)
    marks: dict[str, set[str]] = field(default_factory=dict)
    told: list[tuple[str, Pair]] = field(default_factory=list)
    organisations: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    known: dict[str, set[Pair]] = field(default_factory=dict)

    def features(self, sending: str, receiving: str) -> Features:
        """The features of a pair."""
        group = _GROUPS.get(self.act, "send")
        found: Features = {}
        for name in self._names(sending, receiving):
            found[name] = 1.0
            found[f"{group} {name}"] = 1.0
            if name in _CROSSED:
                for each in self.circumstances:
                    found[f"{each}: {name}"] = 1.0
        return found

    def _names(self, sending: str, receiving: str) -> Iterator[str]:
        for side, code in (("s", sending), ("r", receiving)):
            for role, named in self.roles.items():
                if named == code:
                    yield f"{side} {role}"
            for mark, codes in self.marks.items():
                if code in codes:
                    yield f"{side} {mark}"
            if code in self.organisations:
                yield f"{side} organisation"
        roles = self.roles
        for one, other in (("doer", "owner"), ("doer", "place"), ("owner", "place"), ("rule r", "rule s")):
            if roles.get(one) == receiving and roles.get(other) == sending:
                yield f"{one} r, {other} s"
            if roles.get(one) == sending and roles.get(other) == receiving:
                yield f"{one} s, {other} r"
        for name, row in self.known.items():
            if (sending, receiving) in row:
                yield name
            if (receiving, sending) in row:
                yield f"{name} turned"
        yield from self._before((sending, receiving))

    def _before(self, pair: Pair) -> Iterator[str]:
        """How a pair stands to those of earlier measures."""
        if not self.told:
            return
        turned = (pair[1], pair[0])
        group = _GROUPS.get(self.act, "send")
        alike = [each for act, each in self.told if _GROUPS.get(act, "send") == group]
        told = [each for _, each in self.told]
        rows = {
            "told": told,
            "last told": told[-1:],
            "first told": told[:1],
            "told alike": alike,
            "last alike": alike[-1:],
        }
        for name, row in rows.items():
            if pair in row:
                yield name
            if turned in row:
                yield f"{name} turned"
        if any(pair[0] in each and pair[1] not in each for each in told):
            yield "sender told with another"
        if any(each[1] == pair[1] for each in told):
            yield "receiver told as such"
        if any(each[0] == pair[0] for each in told):
            yield "sender told as such"


def options(codes: Sequence[str], evidence: Evidence) -> list[tuple[Pair, Features]]:
    """Every pair of two parties, with its features."""
    return [
        ((sending, receiving), evidence.features(sending, receiving))
        for sending in codes
        for receiving in codes
        if sending != receiving
    ]


def choose(
    options: Sequence[tuple[Pair, Features]], stated: tuple[str | None, str | None] = (None, None)
) -> Pair | None:
    """The likeliest pair, None where there is none to choose from; the first of equals.

    What the words of the measure state (``stated``: sender, receiver) stands where a pair has it.
    """
    model = weights()
    for side, code in enumerate(stated):
        if code is not None:
            options = [each for each in options if each[0][side] == code] or options
    best, top = None, float("-inf")
    for pair, features in options:
        score = sum(model.get(name, 0.0) * value for name, value in features.items())
        if score > top:
            best, top = pair, score
    return best


@cache
def weights() -> dict[str, float]:
    """The weights by feature; a feature without one counts nothing."""
    with WEIGHTS.open(encoding="utf-8") as file:
        model: dict[str, float] = json.load(file)
    return model
