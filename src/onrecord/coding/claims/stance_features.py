"""What the stance model looks at: cue, content, tree, polarity, tense, persons, parties, and what the rules say.

Requires a candidate with its final content, the parties of holder and content, and the stance that the rules give.
A feature is a name with the value 1; the names are read by ``stance_model`` and ``training.stance`` alike.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.once import once
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_NEGATIVE = frozenset(
    ("not", "n't", "n’t", "no", "never", "nothing", "nobody", "none", "neither", "nor", "without", "cannot")
)
_AHEAD = frozenset(("will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d"))
_MAY = frozenset(("may", "might", "could", "can"))
_MUST = frozenset(("must", "should", "ought", "shall", "need"))
_FIRST = frozenset(("we", "i", "our", "us", "my"))
_THIRD = frozenset(("it", "they", "he", "she", "its", "their", "his", "her"))
_ASKING = frozenset(("whether", "why", "what", "how", "who", "when", "where", "which", "if"))
_OPEN_CLASSES = frozenset(("NOUN", "VERB", "ADJ", "ADV", "AUX", "PART", "SCONJ", "DET", "PRON", "ADP"))
_EARLY = 12  # words of the content that carry its main clause as a rule
_FLAGS = (
    "negation", "ahead", "may", "must", "infinitive", "asking", "no verb", "quoted", "subject own", "subject other",
    "subject people", "holder accused",
    "condition", "root negated", "names another", "question mark", "before question", "cue replies",
    "before wrong", "lead wrong", "before reported", "lead reported", "last accuses other", "last denies other",
    "form doing", "form nothing", "form requital", "measure", "measure ahead",
)  # fmt: skip
_SPEAKERS = re.compile(
    r"\b(?:(?P<analyst>analysts?|experts?|observers?|academics?|researchers?|economists?|historians?|columnists?|"
    r"think[- ]tanks?)"
    r"|(?P<lawmaker>lawmakers?|senators?|depu(?:ty|ties)|mps?|legislators?|parliamentarians?|opposition)"
    r"|(?P<former>former|retired|ex)"
    r"|(?P<service>intelligence|security service|counter-?intelligence|police|prosecutors?|investigators?|agency|"
    r"secret service)"
    r"|(?P<court>courts?|judges?|lawyers?|counsel|defence)"
    r"|(?P<paper>newspapers?|papers?|news agency|broadcaster|television|radio|daily|channel|site|portal|report)"
    r"|(?P<diplomat>diplomats?|officials?|sources?|people|envoys?)"
    r"|(?P<state>ministry|ministers?|president|government|kremlin|embassy|ambassador|spokes\w+|office|chancellor|department|secretary))\b",
    re.I,
)


def features(
    reading: Reading,
    candidate: Candidate,
    sides: Sides,
    ruled: str,
    quoted: bool,
    around: Set[str] = frozenset(),
) -> frozenset[str]:
    """The features of one candidate; ``ruled`` is the stance by rule, ``around`` what ``stance_context`` gives."""
    found = {
        f"ruled {ruled}",
        f"cue {candidate.base}",
        f"cue stance {candidate.stance}",
        f"found by {candidate.rule}",
    }
    found.add(f"place {candidate.place}")
    found |= {name for name, value in (
        ("negated", candidate.negated), ("nobody", candidate.agentless), ("quoted", quoted),
        ("condition", candidate.conditional), ("addressee", candidate.addressee is not None),
    ) if value}  # fmt: skip
    found |= _cue(reading, candidate)
    found |= _content(reading, candidate)
    found |= _root(reading, candidate, sides)
    found |= _speaker(sides) | around
    return frozenset(found | _crossed(found, candidate, ruled))


def _cue(reading: Reading, candidate: Candidate) -> set[str]:
    start, end = candidate.cue_words or (candidate.cue, candidate.cue + 1)
    found = {f"cue word {reading.lower(word)}" for word in range(start, min(end, start + 4))}
    found |= {f"cue event {kind}" for kind in _events(reading, (start, end))}
    found |= {
        f"cue with {reading.lower(child)}"
        for child in syntax.kids(reading, candidate.cue, "aux", "advmod", "compound")
    }
    if reading.lower(candidate.cue).endswith("ing"):
        found.add("cue -ing")
    return found


def _content(reading: Reading, candidate: Candidate) -> set[str]:
    found: set[str] = set()
    words = [word for span in candidate.content for word in range(*span)]
    first = words[0]
    found.add(f"first {reading.lower(first)}")
    if len(words) > 1:
        found.add(f"first two {reading.lower(first)} {reading.lower(words[1])}")
    found.add(
        f"length {'1-3' if len(words) < 4 else '4-7' if len(words) < 8 else '8-20' if len(words) < 21 else 'long'}"
    )
    if not any(reading.pos(word) in ("VERB", "AUX") for word in words):
        found.add("no verb")
    if reading.lower(first) in _ASKING:
        found.add("asking")
    if "?" in reading.text[reading.start(first) : reading.end(words[-1]) + 1]:
        found.add("question mark")
    if reading.lower(first) == "to" or reading.lower(first - 1) == "to":
        found.add("infinitive")
    for at, word in enumerate(words):
        lower, pos = reading.lower(word), reading.pos(word)
        if pos in _OPEN_CLASSES:
            base = reading.lemma(word) if pos in ("NOUN", "VERB", "AUX") else lower
            found.add(f"word {base}")
            if at < _EARLY and pos in ("VERB", "ADJ", "NOUN"):
                found.add(f"early {base}")
            for name in classes_of(base):
                found.add(f"class {name}")
                if at < _EARLY:
                    found.add(f"early class {name}")
        if lower in _NEGATIVE:
            found.add("negation" if at < _EARLY else "late negation")
        if lower in _MAY:
            found.add("may")
        if lower in _MUST:
            found.add("must")
        if lower in _FIRST:
            found.add("first person")
        if at < 2 and lower in _THIRD:
            found.add("third person first")
    found |= {f"event {kind}" for kind in _events(reading, (words[0], words[-1] + 1))}
    return found


def _root(reading: Reading, candidate: Candidate, sides: Sides) -> set[str]:
    head = head_of(reading, candidate.content[0])
    base = reading.lemma(head)
    auxiliaries = set(syntax.auxiliaries(reading, head))
    found = {
        f"root {base}",
        f"root {reading.pos(head)}",
        f"root tense {reading.feat(head, 'Tense')} {reading.feat(head, 'VerbForm')}",
    }
    found |= {f"root class {name}" for name in classes_of(base)}
    found |= {f"root with {word}" for word in auxiliaries}
    if auxiliaries & _AHEAD and not auxiliaries & {"have"}:
        found.add("ahead")
    if "have" in auxiliaries and auxiliaries & _AHEAD:
        found.add("would have")
    if syntax.negated(reading, head):
        found.add("root negated")
    if syntax.is_passive(reading, head):
        found.add("root passive")
    status = reading.status[head]
    found |= {
        f"root {name}"
        for name, value in zip(("actual", "future", "open", "undone"), status, strict=True)
        if value > 0.5
    }
    subject = syntax.subject(reading, head)
    if subject is None:
        subject = syntax.subject(reading, head, passive=True)
    if subject is not None:
        found.add(
            f"subject {reading.lower(subject) if reading.pos(subject) == 'PRON' else reading.pos(subject)}"
        )
        if reading.pos(subject) == "NOUN":
            found.add(f"subject noun {reading.lemma(subject)}")
            found |= {f"subject class {name}" for name in classes_of(reading.lemma(subject))}
    if sides.holder is not None and sides.subject is not None:
        found.add("subject own" if sides.holder == sides.subject else "subject other")
    elif subject is not None and reading.lower(subject) in _FIRST | _THIRD:
        found.add("subject own" if reading.lower(subject) in _FIRST else "subject pronoun")
    if sides.people:
        found.add("subject people")
    if sides.others - {sides.holder}:
        found.add("names another")
    if sides.holder in sides.others:
        found.add("names itself")
    return found


def _speaker(sides: Sides) -> set[str]:
    found = {f"speaker {sides.kind}", f"speaker {sides.sector}"}
    if sides.anonymous:
        found.add("speaker anonymous")
    if sides.holder is not None:
        found.add("speaker has code")
    found |= {f"speaker is {match.lastgroup}" for match in _SPEAKERS.finditer(sides.speaker)}
    return found


def _crossed(found: set[str], candidate: Candidate, ruled: str) -> set[str]:
    """Pairs of features that mean more together."""
    crossed = set()
    flags = [each for each in _FLAGS if each in found]
    for flag in flags:
        crossed.add(f"{flag} & ruled {ruled}")
        crossed.add(f"{flag} & cue stance {candidate.stance}")
        crossed |= {f"{flag} & {each}" for each in found if each.startswith(("early class ", "root class "))}
    if "ahead" in found:
        for side in ("subject own", "subject other", "subject pronoun"):
            if side in found:
                crossed |= {f"ahead & {side} & {each}" for each in found if each.startswith("early class ")}
                crossed.add(f"ahead & {side} & {'negation' if 'negation' in found else 'plain'}")
    crossed |= {
        f"cue stance {candidate.stance} & {each}"
        for each in found
        if each.startswith(("early class ", "speaker is "))
    }
    return crossed


@once
def _triggers(reading: Reading) -> tuple[tuple[WordSpan, str], ...]:
    return tuple((each.trigger, each.type) for each in reading.events)


def _events(reading: Reading, words: WordSpan) -> set[str]:
    return {kind for trigger, kind in _triggers(reading) if words[0] <= trigger[0] < words[1]}
