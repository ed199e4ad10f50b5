"""Whether a measure that a rule finds is one, and whether it was taken: two scored judgements over the same features.

Logistic models fitted by ``python -m training.acts`` on annotated reports. The rules' own reading of the status, the
model's status head and its event head, the words above and around, who says so, and how much of the document is about
missions are features; the weights stand in ``data/judging.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.cues import load
from onrecord.coding.once import once
from onrecord.reading.types import STATUS

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

Features = dict[str, float]

WEIGHTS = Path(__file__).parent / "data" / "judging.json"

_AUXILIARIES = frozenset(
    "will would may might could should must shall has had have be been is are was were to".split()
)
_MISSION_WORDS = frozenset(
    "embassy embassies mission missions diplomat diplomats diplomatic ambassador ambassadors consulate consulates "
    "envoy envoys expulsion expulsions accreditation persona chargé".split()
)
# Words of measures say other things every day: to send home, to call, to bar, a breach, an office. Without words of the
# law and the practice of missions in the sentence or the document they tell none; a break of relations names these.
# What is less of an everyday word (a trade office, an ultimatum) is believed in a text too short to show what it is
# about.
_EVERYDAY = frozenset(
    "access_restriction announce_intent deny_accreditation downgrade parity_cap persona_non_grata recall set_ceiling "
    "summon suspend_own_mission withdraw_accreditation".split()
)
SHORT = 80  # words
_RELATIONS = frozenset("relations ties links".split())
_OF_MISSIONS = _MISSION_WORDS | frozenset(
    "accredit accredits accredited accrediting accreditations agrément agrement attaché attachés attache attaches "
    "chancery chanceries charge commissioner consul consuls consular counsellor counsellors credentials "
    "diplomatically exequatur expel expels expelled expelling gratae grata legation legations liaison nuncio "
    "nunciature reciprocal reciprocate representation representations retaliate retaliates retaliated "
    "retaliating retaliation retaliatory".split()
)
# An embassy in the Commonwealth and its head, missions to organisations, and where they stand.
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "high commission,high commissions,high commissioner,high commissioners,host country,host state,"
        "interests section,permanent mission,permanent missions,permanent representative,trade delegation"
    ).split(",")
)
# Of which also peacekeepers, charities and courts have theirs: no sign that a document is about missions.
_LOOSE = frozenset("charge commissioner mission missions representation representations".split())
_ABOUT = 2  # so many of the others make a document one about missions
ELSEWHERE = "nothing of missions"
_FACT_CHECK = ("fact check", "verdict", "hoax", "debunk", "correction", "clarification", "rumour")
_SHORT_OF = ("much less", "let alone", "nor ", "short of", "far from", "instead of", "rather than", "without", "yet to",
             "neither", "no longer")  # fmt: skip
_DOUBT = ("rumour", "rumor", "false", "fake", "untrue", "wrong", "not true", "no such", "never")


def features(draft: Draft, match: Match, party: Party, status: str) -> Features:
    """The features of one measure as a rule found it; ``status`` is what the rules make of it."""
    return dict.fromkeys(_names(draft, match, party, status), 1.0) | _shares(draft, match)


def _shares(draft: Draft, match: Match) -> Features:
    """What the model's own heads make of the word."""
    reading, word = draft.reading, match.word
    found = {f"head {name}": float(reading.status[word][i]) for i, name in enumerate(STATUS)}
    event = draft.event_at((word, word + 1))
    found["event score"] = float(event.probability or 0.0) if event is not None else 0.0
    return found


def _names(draft: Draft, match: Match, party: Party, status: str) -> Iterator[str]:
    reading, word, rule = draft.reading, match.word, match.rule
    yield f"rule {status}"
    yield f"act {rule.act}"
    yield f"act {rule.act} {status}"
    yield f"word {reading.lemma(word)}"
    pos = reading.pos(word)
    yield f"pos {pos}"
    yield f"relation {syntax.relation(reading, word)}"
    if syntax.is_passive(reading, word):
        yield "passive"
    if syntax.negated(reading, word):
        yield "negated"
    auxiliaries = set(syntax.auxiliaries(reading, word)) & _AUXILIARIES
    yield from (f"auxiliary {each}" for each in sorted(auxiliaries))
    marks = {reading.lower(child) for child in syntax.kids(reading, word, "mark")}
    yield from (f"mark {each}" for each in sorted(marks))
    if not auxiliaries and not marks:
        yield f"bare {pos} {reading.feat(word, 'Tense')}"
    if auxiliaries:
        yield "auxiliaries " + " ".join(sorted(auxiliaries))
    if match.target is not None:
        dets = {reading.lower(child) for child in syntax.kids(reading, match.target, "det", "advmod", "cc")}
        if dets & {"no", "neither", "any", "not"}:
            yield "of nobody"
    yield from _above(draft, word)
    yield from _around(draft, word)
    event = draft.event_at((word, word + 1))
    yield f"event {event.type}" if event is not None else "no event"
    if event is not None:
        yield f"event {event.status}"
    yield from _whole(draft, match, party)


def _above(draft: Draft, word: int) -> Iterator[str]:
    """What the words above are: lists of the status lexicon, negation, questions."""
    reading = draft.reading
    lists = {name: frozenset(words) for name, words in load("status").items()}
    first, last = syntax.sentence(reading, word)
    for step, (head, relation) in enumerate(syntax.governors(reading, word)):
        if step > 3 or not first <= head < last:
            break
        base = reading.lemma(head)
        yield from (f"under {name}" for name, words in lists.items() if base in words)
        if step == 0:
            yield f"directly under {reading.pos(head)} {relation}"
        if syntax.negated(reading, head):
            yield "under negation"
        if any(
            reading.lower(child) in ("no", "any", "little") for child in syntax.kids(reading, head, "det")
        ):
            yield f"under no {reading.pos(head)}"
        if {"is", "are", "was", "were"} & {
            reading.lower(child) for child in syntax.kids(reading, head, "cop")
        }:
            yield "under what it is"
        if {"would", "could", "might", "may"} & set(syntax.auxiliaries(reading, head)):
            yield "under would"
        if {"will"} & set(syntax.auxiliaries(reading, head)):
            yield "under will"


def _around(draft: Draft, word: int) -> Iterator[str]:
    reading = draft.reading
    first, last = syntax.sentence(reading, word)
    text = " " + " ".join(reading.lower(at) for at in range(first, last)) + " "
    for phrase in (
        " if ",
        " unless ",
        " whether ",
        " no ",
        " not ",
        " n't ",
        " denied ",
        " report ",
        " never ",
        " should ",
    ):
        if phrase in text:
            yield f"sentence with{phrase}".rstrip()
    if reading.lower(last - 1) == "?" or (last - 2 >= first and reading.lower(last - 2) == "?"):
        yield "question"
    if any(each in text for each in _DOUBT):
        yield "doubt"
    near = " ".join(reading.lower(at) for at in range(max(first, word - 6), word)) + " "
    yield from (f"after {each.strip()}" for each in _SHORT_OF if each in near)
    opening = draft.document.text[:400].lower()
    if any(each in opening for each in _FACT_CHECK):
        yield "document checks facts"
    if draft.document.text[max(0, reading.start(word) - 60) : reading.start(word)].count("“") or (
        '"' in near and near.count('"') % 2
    ):
        yield "in quotation marks"
    after = " ".join(reading.lower(at) for at in range(last, min(len(reading), last + 30)))
    if any(each in after for each in _DOUBT):
        yield "doubt after"
    section = draft.section_of(word)
    yield f"section {section}"
    claims = draft.claims_over(draft.span((word, word + 1)))
    yield from (f"stance {claim.stance}" for claim in claims)
    if any(claim.holder is None for claim in claims):
        yield "said by nobody"
    if any(claim.condition is not None for claim in claims):
        yield "said on a condition"
    if not claims:
        yield "not said"


@once
def _counts(reading: Reading) -> tuple[int, int]:
    """How many words of the document are of missions at all, and how many name one or its people."""
    words = [reading.lower(at) for at in range(len(reading))]
    of_missions = sum(each in _OF_MISSIONS and each not in _LOOSE for each in words)
    of_missions += sum(pair in _PAIRS for pair in pairwise(words))
    return of_missions, sum(each in _MISSION_WORDS for each in words)


def _whole(draft: Draft, match: Match, party: Party) -> Iterator[str]:
    """How far the document is about missions at all, and how much of the measure its words state."""
    reading = draft.reading
    of_missions, missions = _counts(reading)
    here = {reading.lower(at) for at in range(*syntax.sentence(reading, match.word))}
    yield f"mission words {min(6, missions // 2)}"
    related = match.rule.act == "downgrade" and not _RELATIONS.isdisjoint(here)
    shown = match.rule.act in _EVERYDAY or len(reading) > SHORT
    if shown and not related and of_missions < _ABOUT and _OF_MISSIONS.isdisjoint(here):
        yield ELSEWHERE
    near = not _MISSION_WORDS.isdisjoint(here)
    yield "mission word near" if near else "no mission word near"
    yield f"guessed {len(party.guessed)}"
    yield from (f"guessed {side}" for side in party.guessed)
    if match.target is None:
        yield "no target"
        return
    classes = class_of(reading, match.target)
    yield from (f"target {each}" for each in sorted(classes))
    if "pronoun" in classes:
        yield "pronoun without mission word" if not near else "pronoun with mission word"


def is_speech(found: Features) -> bool:
    """An announcement or an ultimatum: uttered, it is done, whatever it says of days to come."""
    return any(f"act {act}" in found for act in ("announce_intent", "ultimatum"))


def status_of(found: Features) -> str:
    """The likeliest status; that of the rules for what is done by being said."""
    if is_speech(found):
        return next(name for name in STATUS if f"rule {name}" in found)
    models = weights()["status"]
    return max(STATUS, key=lambda name: _score(models[name], found))


def is_measure(found: Features) -> bool:
    """Whether it is a measure at all, by the threshold of the fit; never where nothing speaks of missions."""
    return ELSEWHERE not in found and odds(found) >= weights()["measure"][""]["threshold"]


def odds(found: Features) -> float:
    """The log odds of its being a measure."""
    return _score(weights()["measure"][""], found)


def probability(found: Features) -> float:
    """How likely it is that it is a measure."""
    return 1.0 / (1.0 + math.exp(-odds(found)))


def _score(model: dict[str, float], found: Features) -> float:
    return model.get("bias", 0.0) + sum(model.get(name, 0.0) * value for name, value in found.items())


@cache
def weights() -> dict[str, dict[str, dict[str, float]]]:
    """Weights by judgement, by class (one, named "", for a yes or no), by feature."""
    with WEIGHTS.open(encoding="utf-8") as file:
        models: dict[str, dict[str, dict[str, float]]] = json.load(file)
    return models
