"""What speaks for an expression as the date of an event, where both stand in one sentence, and what speaks for none.

A feature is a name with a value; the weights stand in ``data/attachment.json``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from onrecord.coding.time.candidates import (
    AHEAD,
    QUOTES,
    REPORTING,
    VERBAL,
    Dated,
    Features,
    Mention,
    age,
    auxiliaries,
    basic,
    chain,
    edtf_of,
    is_news,
    subject,
    tense,
)
from onrecord.model import dates

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj", "conj", "appos")
_NOUNS = ("NOUN", "PROPN")
_MODALS = frozenset("should would must will can could may might shall".split())
_PREPOSITIONS = frozenset(
    "on in at by from for during since until after before of to between through within over around about late "
    "early".split()
)
_FORMS = (
    ("weekday", re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")),
    ("today", re.compile(r"today|tonight|this (?:morning|afternoon|evening)")),
    ("yesterday", re.compile(r"yesterday|last night")),
    ("tomorrow", re.compile(r"tomorrow")),
    ("week", re.compile(r"\bweek")),
    ("year", re.compile(r"\d{4}s?")),
    ("months", re.compile(r"month")),
    ("years", re.compile(r"year")),
    ("days", re.compile(r"day")),
)
_MONTH = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\b(?:jan|feb|aug|sept?|oct|nov|dec)\b"
)


def same(
    reading: Reading, mention: Mention, each: Dated, inside: Sequence[Dated], day: date | None
) -> Features:
    """Features of an expression in the event's own sentence; ``inside``: all that stand there."""
    word, other = mention.word, each.word
    features = _path(reading, word, other)
    gap = min(abs(one.word - word) for one in inside)
    when = f"{'ahead' if mention.status in AHEAD else 'done'} {'history' if mention.background else 'news'}"
    old = age(each, day)
    low, high = sorted((word, other))
    features |= {
        "here": 1.0,
        "nearest": float(abs(other - word) == gap),
        f"candidates {min(len(inside), 3)}": 1.0,
        "distance": math.log1p(high - low),
        "before": float(other < word),
        "breaks": float(
            min(3, sum(reading.word(i) in (",", ";", "-", "--", "–", "—") for i in range(low, high)))
        ),
        f"{old}, {when}": 1.0,
        f"{old}, {tense(reading, word)}": 1.0,
        f"side {each.timex.direction}": 1.0,
        f"type {each.timex.type}": 1.0,
        f"{mention.type} {'news' if is_news(each, day) else 'other'}": 1.0,
        "noun": float(reading.pos(word) not in ("VERB", "AUX")),
    }
    features |= _between(reading, word, other, inside)
    features |= _rivals(reading, mention, each, inside)
    return features | form(reading, mention, each)


def _rivals(reading: Reading, mention: Mention, each: Dated, inside: Sequence[Dated]) -> Features:
    """What else in the sentence lies closer: other events to the expression, other expressions to the event."""
    first, last = reading.sentence(mention.word)
    reach = abs(each.word - mention.word)
    events = [event.trigger for event in reading.events if first <= event.trigger[0] < last]
    nearer = sum(abs(each.word - start) < reach for start, _ in events)
    return {
        "nearer events": float(min(3, nearer)),
        "nearer expressions": float(
            min(3, sum(abs(one.word - mention.word) < reach for one in inside if one is not each))
        ),
        "closes": float(last - each.word <= 2),
    }


def form(reading: Reading, mention: Mention, each: Dated) -> Features:
    """How the expression is worded, what leads it in and what it hangs on."""
    words = reading.text[slice(*each.timex.span)].lower()
    kind = next((name for name, pattern in _FORMS if pattern.search(words)), "other")
    if kind not in ("weekday", "today", "yesterday", "tomorrow", "week") and _MONTH.search(words):
        kind = "month year" if re.search(r"\d{4}", words) else "day" if re.search(r"\d", words) else "month"
    told = "history" if mention.background else "news"
    fine = dates.precision(edtf_of(each.timex))
    start, end = reading.words_in(each.timex.span)
    features = {
        f"form {kind}": 1.0,
        f"form {kind}, {told}": 1.0,
        f"form {kind}, {'ahead' if mention.status in AHEAD else 'done'}": 1.0,
        f"fine {fine}": 1.0,
        f"fine {fine}, {told}": 1.0,
        "possessive": float(end < len(reading) and reading.lower(end) in ("'s", "’s")),
    }
    if start and (lead := reading.lower(start - 1)) in _PREPOSITIONS:
        features[f"after {lead}"] = 1.0
    above = reading.head(each.word)
    if above >= 0:
        if above != mention.word:
            kind = "reporting" if reading.lemma(above) in REPORTING else reading.pos(above)
            features[f"on {kind}"] = 1.0
        heads = [event.trigger for event in reading.events if event.trigger[0] <= above < event.trigger[1]]
        mine = any(start <= mention.word < end for start, end in heads)
        features["on another event"] = float(bool(heads) and not mine)
        features["on the event"] = float(mine)
    return features


def _between(reading: Reading, word: int, other: int, inside: Sequence[Dated]) -> Features:
    """What stands between the expression and the event, and what the expression hangs on."""
    low, high = sorted((word, other))
    kinds = [reading.pos(i) for i in range(low + 1, high)]
    above = reading.head(other)
    first = reading.sentence(word)[0]
    features = {
        "verbs between": min(3, kinds.count("VERB")) / 3,
        "nouns between": min(6, sum(kind in _NOUNS for kind in kinds)) / 6,
        "adjacent": float(high - low <= 2),
        "quotation between": float(sum(reading.word(i) in QUOTES for i in range(low, high)) % 2),
        "opens": float(other - first <= 2),
        "rank": sum(one.word < other for one in inside) / 3,
        "of a verb": float(above >= 0 and reading.pos(above) == "VERB"),
        "relative": float(any(reading.deprel(i) == "acl:relcl" for i in chain(reading, word)[:4])),
    }
    if above >= 0 and above != word and reading.pos(above) in _NOUNS:
        place = "below" if word in chain(reading, other) else "beside"
        features[f"of a noun {place} {reading.deprel(other)}"] = 1.0
    return features


def _path(reading: Reading, word: int, other: int) -> Features:
    """How the expression and the event hang together in the tree."""
    up, down = chain(reading, other), chain(reading, word)
    meeting = next((step for step in up if step in down), None)
    if meeting is None:
        return {"path none": 1.0}
    to, by = up.index(meeting), down.index(meeting)
    above = [basic(reading, step) for step in up[:to] if basic(reading, step) in _CLAUSAL]
    below = [basic(reading, step) for step in down[:by] if basic(reading, step) in _CLAUSAL]
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
        features[f"own {basic(reading, other)}"] = 1.0
    told = tense(reading, word)
    if told in ("had", "perfect"):
        features[told] = 1.0
    if by > 0 and reading.lemma(meeting) in REPORTING:
        features["reporting"] = 1.0
        features["reporting had"] = float(told == "had")
        features["reporting noun"] = float(reading.pos(word) not in ("VERB", "AUX"))
        if below:
            features[f"reporting {below[-1]}"] = 1.0
    return features


def none(reading: Reading, mention: Mention, inside: Sequence[Dated], has_news: bool) -> Features:
    """What speaks for or against an event that no words date."""
    word = mention.word
    first, last = reading.sentence(word)
    root = chain(reading, word)[-1]
    paragraph = reading.text.count("\n\n", 0, reading.start(first))
    size = len(reading.sentence_spans)
    who = subject(reading, root)
    told = tense(reading, word)
    when = f"{'ahead' if mention.status in AHEAD else 'done'} {'history' if mention.background else 'news'}"
    events = sum(first <= event.trigger[0] < last for event in reading.events)
    return {
        "none": 1.0,
        f"none {when}": 1.0,
        f"none status {mention.status}": 1.0,
        f"none type {mention.type}": 1.0,
        f"none tense {told}": 1.0,
        f"none relation {basic(reading, word)}": 1.0,
        f"none word {reading.pos(word)}": 1.0,
        f"none root {reading.feat(root, 'Tense')}": 1.0,
        f"none reporting {reading.lemma(root) in REPORTING} {told}": 1.0,
        f"none subject {reading.pos(who) if who is not None else 'none'}": 1.0,
        f"none paragraph {min(paragraph, 5)}": 1.0,
        f"none beside {min(len(inside), 3)}": 1.0,
        "none verbal": float(mention.type in VERBAL),
        "none modal": float(bool(auxiliaries(reading, word) & _MODALS)),
        "none has news": float(has_news),
        "none down": reading.sentence_of(word) / max(1, size),
        "none size": math.log1p(size) - 2.5,
        "none quoted": float(any(reading.word(i) in QUOTES for i in range(first, last))),
        "none events": float(min(events, 4)),
    }
