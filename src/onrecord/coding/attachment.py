"""Which temporal expression dates an event: a scored step over the tree.

Two logistic models, fitted by ``python -m training.attachment`` on the annotated events: one over the expressions of
the event's own sentence, one over those told before it. A feature is a name with a value; the weights stand in
``data/attachment.json``. Nothing is attached below the threshold that the fit chose.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.timex_types import Timex
from onrecord.model import dates

if TYPE_CHECKING:
    from onrecord.reading.types import Reading, WordSpan

Features = dict[str, float]

WEIGHTS = Path(__file__).parent / "data" / "attachment.json"
NEWS_DAYS = 7

_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "conj", "appos")
_REPORTING = frozenset(
    "say tell announce add report state declare note warn insist stress claim argue admit reveal disclose confirm "
    "deny quote cite comment explain describe suggest believe think hope expect".split()  # noqa: SIM905
)
_VERBAL = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "CONCEDE"))
_AHEAD = ("future", "hypothetical")
_FAR = 25  # steps up a tree: more than any sentence has, and an end to a broken one


@dataclass(slots=True)
class Mention:
    """An event mention to be dated: its head word, and what is known of it."""

    word: int
    status: str
    background: bool
    type: str = ""


@dataclass(slots=True)
class Dated:
    """A temporal expression with calendar value, at its head word."""

    timex: Timex
    word: int
    lower: date | None
    upper: date | None


def dated(reading: Reading, timexes: Sequence[Timex]) -> list[Dated]:
    """The expressions that can date an event, in the order of the text; vague references cannot."""
    found = []
    for timex in timexes:
        if timex.edtf is None or timex.value.endswith("_REF"):
            continue
        start, end = reading.words_in(timex.span)
        if start < end:
            interval = dates.parse(timex.edtf)
            found.append(Dated(timex, head(reading, (start, end)), interval.lower, interval.upper))
    return found


def head(reading: Reading, words: WordSpan) -> int:
    """The first word of a span whose own head stands outside it."""
    start, end = words
    return next((word for word in range(start, end) if not start <= reading.heads[word] < end), start)


def choose(
    reading: Reading, mention: Mention, found: Sequence[Dated], day: date | None
) -> tuple[Dated, bool] | None:
    """The expression that dates the event, and whether it stands in an earlier sentence; `None` if none does."""
    first, last = reading.sentences[reading.sentence_of(mention.word)]
    inside = [each for each in found if first <= each.word < last]
    models = weights()
    best = _best(models["same"], ((each, same(reading, mention, each, inside, day)) for each in inside))
    if best is not None:
        return best, False
    before = [each for each in found if each.word < first and each.timex.type != "DURATION"]
    best = _best(
        models["earlier"],
        ((each, earlier(reading, mention, each, bool(inside), day)) for each in candidates(before, day)),
    )
    return (best, True) if best is not None else None


def candidates(before: Sequence[Dated], day: date | None) -> list[Dated]:
    """Of the expressions told before: the last that dates the news, and the last of all."""
    news = [each for each in before if is_news(each, day)]
    return list({id(each): each for each in (*news[-1:], *before[-1:])}.values())


def is_news(each: Dated, day: date | None) -> bool:
    """A day or two within the week before publication."""
    if day is None or each.lower is None or each.upper is None:
        return False
    return 0 <= (day - each.upper).days <= NEWS_DAYS and (each.upper - each.lower).days < 2


def _best(model: dict[str, float], scored: Iterator[tuple[Dated, Features]]) -> Dated | None:
    best, top = None, model["threshold"]
    for each, features in scored:
        if (probability := score(model, features)) > top:
            best, top = each, probability
    return best


def score(model: dict[str, float], features: Features) -> float:
    """Probability that the expression dates the event; features without a weight count for nothing."""
    total = model["bias"] + sum(model.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-total))


@cache
def weights() -> dict[str, dict[str, float]]:
    with WEIGHTS.open(encoding="utf-8") as file:
        models: dict[str, dict[str, float]] = json.load(file)
    return models


# features


def same(
    reading: Reading, mention: Mention, each: Dated, inside: Sequence[Dated], day: date | None
) -> Features:
    """Features of an expression in the event's own sentence."""
    word, other = mention.word, each.word
    features = _path(reading, word, other)
    gap = min(abs(one.word - word) for one in inside)
    age = _age(each, day)
    when = f"{'ahead' if mention.status in _AHEAD else 'done'} {'history' if mention.background else 'news'}"
    low, high = sorted((word, other))
    features |= {
        "nearest": float(abs(other - word) == gap),
        f"candidates {min(len(inside), 3)}": 1.0,
        "distance": math.log1p(high - low),
        "before": float(other < word),
        "breaks": float(
            min(3, sum(reading.word(i) in (",", ";", "-", "--", "–", "—") for i in range(low, high)))
        ),
        f"{age}, {when}": 1.0,
        f"side {each.timex.direction}": 1.0,
        f"type {each.timex.type}": 1.0,
        "noun": float(reading.pos(word) not in ("VERB", "AUX")),
    }
    return features


def _path(reading: Reading, word: int, other: int) -> Features:
    """How the expression and the event hang together in the tree."""
    up, down = _chain(reading, other), _chain(reading, word)
    meeting = next((step for step in up if step in down), None)
    if meeting is None:
        return {"path none": 1.0}
    to, by = up.index(meeting), down.index(meeting)
    above = [_basic(reading, step) for step in up[:to] if _basic(reading, step) in _CLAUSAL]
    below = [_basic(reading, step) for step in down[:by] if _basic(reading, step) in _CLAUSAL]
    reporting = by > 0 and reading.lemma(meeting) in _REPORTING
    if by == 0:
        kind = "own" if to <= 1 else f"own {above[-1]}" if above else "own phrase"
    elif to <= 1:
        kind = f"below {below[-1]}" if below else "clause"
    elif above:
        kind = f"across {above[-1]}"
    else:
        kind = f"phrase {below[-1]}" if below else "phrase"
    features = {f"path {kind}": 1.0}
    if to == 1 and by == 0:
        features[f"own {_basic(reading, other)}"] = 1.0
    auxiliaries = _auxiliaries(reading, word)
    if "had" in auxiliaries:
        features["had"] = 1.0
    elif auxiliaries & {"has", "have"}:
        features["perfect"] = 1.0
    if reporting:
        features["reporting"] = 1.0
        features["reporting had"] = float("had" in auxiliaries)
        features["reporting noun"] = float(reading.pos(word) not in ("VERB", "AUX"))
        if below:
            features[f"reporting {below[-1]}"] = 1.0
    return features


def earlier(
    reading: Reading, mention: Mention, each: Dated, dated_inside: bool, day: date | None
) -> Features:
    """Features of an expression in a sentence before the event's."""
    word = mention.word
    sentence = reading.sentence_of(word)
    start = int(reading.starts[reading.sentences[sentence][0]])
    news = is_news(each, day)
    kind = "news" if news else "other"
    steps = sentence - reading.sentence_of(each.word)
    paragraph = reading.text.count("\n\n", 0, start)
    chain = _chain(reading, word)
    root = chain[-1]
    auxiliaries = _auxiliaries(reading, word)
    verb = reading.pos(word) in ("VERB", "AUX")
    tense = "had" if "had" in auxiliaries else "perfect" if auxiliaries & {"has", "have"} else (
        "present" if auxiliaries & {"is", "are"} else reading.feat(word, "Tense") if verb else "noun"
    )  # fmt: skip
    features = {
        kind: 1.0,
        f"sentences {min(steps, 5)}": 1.0,
        f"paragraphs {min(reading.text.count(chr(10) * 2, each.timex.span[0], start), 4)}": 1.0,
        f"paragraph {min(paragraph, 5)}": 1.0,
        f"status {mention.status}": 1.0,
        f"{kind} history": float(mention.background),
        f"{kind} history {min(steps, 3)}": float(mention.background),
        f"type {mention.type}": 1.0,
        f"{kind} verbal": float(mention.type in _VERBAL),
        f"tense {tense}": 1.0,
        f"relation {_basic(reading, word)}": 1.0,
        f"depth {min(len(chain) - 1, 4)}": 1.0,
        "under reporting": float(root != word and reading.lemma(root) in _REPORTING),
        "reporting": float(reading.lemma(word) in _REPORTING),
        f"root {reading.feat(root, 'Tense')}": 1.0,
        f"{kind} dated": float(dated_inside),
        "today": float(news and each.upper == day),
        "old": float(not news and _age(each, day) == "old"),
    }
    subject = next((child for child in reading.children(word) if _basic(reading, child) == "nsubj"), None)
    if subject is not None:
        features[f"subject {reading.pos(subject)}"] = 1.0
    return features


def _age(each: Dated, day: date | None) -> str:
    if day is None:
        return "now"
    if each.upper is not None and (day - each.upper).days > NEWS_DAYS:
        return "old"
    return "ahead" if each.lower is not None and each.lower > day else "now"


def _chain(reading: Reading, word: int) -> list[int]:
    """A word and the words above it, up to the root."""
    chain = [word]
    while len(chain) < _FAR and (above := int(reading.heads[chain[-1]])) >= 0:
        chain.append(above)
    return chain


def _basic(reading: Reading, word: int) -> str:
    return reading.deprel(word).partition(":")[0]


def _auxiliaries(reading: Reading, word: int) -> set[str]:
    return {reading.lower(child) for child in reading.children(word) if _basic(reading, child) == "aux"}
