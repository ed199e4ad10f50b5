"""Which temporal expression dates an event: a scored step over the tree.

Two logistic models, fitted by ``python -m training.attachment`` on the annotated events: one over the expressions of
the event's own sentence, one over those told before it. Where the reading names the words that date the event, that
leans the odds. A feature is a name with a value; the weights stand in ``data/attachment.json``. Nothing is attached
below the threshold that the fit chose.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.time.types import Timex
from onrecord.model import dates

if TYPE_CHECKING:
    from onrecord.reading.types import Reading, WordSpan

Features = dict[str, float]

WEIGHTS = Path(__file__).parent / "data" / "attachment.json"
NEWS_DAYS = 7

_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "conj", "appos")
_REPORTING = frozenset(
    "say tell announce add report state declare note warn insist stress claim argue admit reveal disclose confirm "
    "deny quote cite comment explain describe suggest believe think hope expect".split()
)
_QUOTES = frozenset(('"', "``", "''", "“", "”"))
_VERBAL = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "CONCEDE"))
_NOUNS = ("NOUN", "PROPN")
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


def dated(reading: Reading, timex: Timex, named: Named | None = None) -> Dated | None:
    """An expression as one that can date an event; vague references cannot.

    An amount without days of its own ("two days after the vote") can only where `named` names it.
    """
    edtf = timex.edtf
    if edtf is None and timex.alternatives and named is not None and named.names(timex):
        edtf = timex.alternatives[0]
    if edtf is None or timex.value.endswith("_REF"):
        return None
    start, end = reading.words_in(timex.span)
    if start == end:
        return None
    interval = dates.parse(edtf)
    return Dated(timex, head(reading, (start, end)), interval.lower, interval.upper)


def head(reading: Reading, words: WordSpan) -> int:
    """The first word of a span whose own head stands outside it."""
    start, end = words
    return next((word for word in range(start, end) if not start <= reading.heads[word] < end), start)


@dataclass(slots=True)
class Named:
    """What the reading says of the words that date an event: their span in code points, none where it names
    none, and how sure it is."""

    span: tuple[int, int] | None
    score: float = 1.0

    def names(self, timex: Timex) -> bool:
        """Whether the words and an expression overlap."""
        return self.span is not None and timex.span[0] < self.span[1] and self.span[0] < timex.span[1]


def choose(
    reading: Reading, mention: Mention, timexes: Sequence[Timex], day: date | None, named: Named | None = None
) -> tuple[Dated, bool] | None:
    """The expression that dates the event, and whether another sentence tells it; `None` if none does.

    `named`: what the reading says of the words that date it; without it the tree alone decides.
    """
    models = weights()
    lean = partial(_lean, models["head"], named)
    near = inside(reading, mention, timexes, named)
    here = [
        (score(models["same"], same(reading, mention, each, near, day)) + lean(each), each, False)
        for each in near
        if _may_date(mention, each.timex, day)
    ]
    told = [each for each in before(reading, mention, timexes, day) if _may_date(mention, each.timex, day)]
    if named is not None and named.span is not None:
        known = {id(each.timex) for each in (*near, *told)}
        others = (timex for timex in timexes if named.names(timex) and id(timex) not in known)
        told += [found for timex in others if (found := dated(reading, timex, named))]
    there = [
        (score(models["earlier"], earlier(reading, mention, each, bool(near), day)) + lean(each), each, True)
        for each in told
    ]
    # What stands in the sentence goes before what was told elsewhere, unless the reading names the latter.
    pointed = [one for one in (*here, *there) if named is not None and named.names(one[1].timex)]
    rivals = [one for one in pointed if one[2]]
    for group in (here + rivals, there):
        best = max(group, key=itemgetter(0), default=None)
        if best is not None and best[0] > 0:
            within = next((one for one in pointed if _is_within(one[1], best[1])), best)
            return within[1], within[2]
    return None


def _is_within(each: Dated, other: Dated) -> bool:
    """Whether an expression tells more narrowly when: a day of the year that the other tells."""
    if None in (each.lower, each.upper, other.lower, other.upper):
        return False
    return other.lower <= each.lower and each.upper <= other.upper and other is not each  # type: ignore[operator]


def inside(
    reading: Reading, mention: Mention, timexes: Sequence[Timex], named: Named | None = None
) -> list[Dated]:
    """The expressions of the event's own sentence."""
    first, last = reading.sentences[reading.sentence_of(mention.word)]
    start, end = reading.span(int(first), int(last))
    here = (timex for timex in timexes if start <= timex.span[0] < end)
    return [found for timex in here if (found := dated(reading, timex, named))]


def before(reading: Reading, mention: Mention, timexes: Sequence[Timex], day: date | None) -> list[Dated]:
    """Of the expressions told before the event's sentence: the last of all, and the last that dates the news."""
    start = int(reading.starts[reading.sentences[reading.sentence_of(mention.word)][0]])
    told: list[Dated] = []
    for timex in reversed(timexes):
        if timex.span[0] >= start or timex.type == "DURATION" or (found := dated(reading, timex)) is None:
            continue
        if not told or is_news(found, day):
            told.append(found)
        if is_news(found, day):
            break
    return told


def _may_date(mention: Mention, timex: Timex, day: date | None) -> bool:
    """What was done has begun by the document's day in one reading of the words at least."""
    if day is None or mention.status in _AHEAD:
        return True
    readings = [edtf for edtf in (timex.edtf, *timex.alternatives) if edtf is not None]
    return any((lower := dates.parse(edtf).lower) is None or lower <= day for edtf in readings)


def _lean(model: dict[str, float], named: Named | None, each: Dated) -> float:
    """What the reading's own opinion adds to the log odds of an expression."""
    if named is None:
        return 0.0
    if named.span is None:
        return model["silent"]
    return model["named"] * named.score if named.names(each.timex) else model["elsewhere"]


def is_news(each: Dated, day: date | None) -> bool:
    """A day or two within the week before publication."""
    if day is None or each.lower is None or each.upper is None:
        return False
    return 0 <= (day - each.upper).days <= NEWS_DAYS and (each.upper - each.lower).days < 2


def score(model: dict[str, float], features: Features) -> float:
    """Log odds that the expression dates the event, above the threshold; a feature without a weight is nothing."""
    return (
        model["bias"]
        - model["threshold"]
        + sum(model.get(name, 0.0) * value for name, value in features.items())
    )


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
    return features | _between(reading, word, other, inside)


def _between(reading: Reading, word: int, other: int, inside: Sequence[Dated]) -> Features:
    """What stands between the expression and the event, and what the expression hangs on."""
    low, high = sorted((word, other))
    kinds = [reading.pos(i) for i in range(low + 1, high)]
    above = int(reading.heads[other])
    first = int(reading.sentences[reading.sentence_of(word)][0])
    features = {
        "verbs between": min(3, kinds.count("VERB")) / 3,
        "nouns between": min(6, sum(kind in _NOUNS for kind in kinds)) / 6,
        "adjacent": float(high - low <= 2),
        "quotation between": float(sum(reading.word(i) in _QUOTES for i in range(low, high)) % 2),
        "opens": float(other - first <= 2),
        "rank": sum(one.word < other for one in inside) / 3,
        "of a verb": float(above >= 0 and reading.pos(above) == "VERB"),
        "relative": float(any(reading.deprel(i) == "acl:relcl" for i in _chain(reading, word)[:4])),
    }
    if above >= 0 and above != word and reading.pos(above) in _NOUNS:
        place = "below" if word in _chain(reading, other) else "beside"
        features[f"of a noun {place} {reading.deprel(other)}"] = 1.0
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
    features |= _frame(reading, mention, each, start, kind)
    subject = _subject(reading, word)
    if subject is not None:
        features[f"subject {reading.pos(subject)}"] = 1.0
    return features


def _frame(reading: Reading, mention: Mention, each: Dated, start: int, kind: str) -> Features:
    """Whether the event goes on with what the date was told of: the same speaker, a quotation, the lead."""
    root, dated_root = _chain(reading, mention.word)[-1], _chain(reading, each.word)[-1]
    told = _reported(reading, each.word)
    reported = reading.lemma(root) in _REPORTING
    who, before = _subject(reading, root), _subject(reading, dated_root)
    same = who is not None and before is not None and reading.lower(who) == reading.lower(before)
    again = who is not None and reading.pos(who) == "PRON"
    first, last = reading.sentences[reading.sentence_of(mention.word)]
    quoted = any(reading.word(word) in _QUOTES for word in range(int(first), int(last)))
    lead = reading.text.count("\n\n", 0, each.timex.span[0]) <= 2
    verbal = mention.type in _VERBAL
    return {
        f"{kind} told": float(told),
        f"{kind} told on": float(told and (reported or quoted)),
        f"{kind} told on verbal": float(told and (reported or quoted) and verbal),
        f"{kind} quoted": float(quoted),
        f"{kind} same subject": float(same),
        f"{kind} pronoun": float(again),
        f"{kind} lead": float(lead),
        f"{kind} lead verbal": float(lead and verbal),
        f"{kind} head line": float(start == 0 or "\n\n" not in reading.text[:start].strip()),
    }


def _reported(reading: Reading, word: int) -> bool:
    """Whether the verb above a word is one of reporting: "said on Friday"."""
    above = next((step for step in _chain(reading, word)[1:] if reading.pos(step) == "VERB"), None)
    return above is not None and reading.lemma(above) in _REPORTING


def _subject(reading: Reading, word: int) -> int | None:
    return next((child for child in reading.children(word) if _basic(reading, child) == "nsubj"), None)


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
