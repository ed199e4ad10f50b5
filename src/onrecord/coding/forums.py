"""Forums: councils, commissions, dialogues and working groups, and what becomes of them.

Requires the tree and temporal expressions. Gives ``draft.forums``: a record for each state told of a forum
(established, suspended or which part of it, met, invited to, refused, resumed, closed) with its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.model.records import Forum

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_JOINERS = frozenset(("of", "the", "on", "for", "and", "-", "–", "de"))
_FUTURE = frozenset(("will", "'ll", "shall"))
_MODAL = frozenset(("could", "may", "might", "should", "would"))
_CHANGES = frozenset(("suspended", "established", "resumed", "closed"))
_TAKING = frozenset(("take", "pick"))
_HABIT = frozenset("usually regularly normally once twice annually seldom rarely never every often".split())
_SITTINGS = frozenset(("meeting", "session", "round", "sitting"))


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(each for each in load("forums")["nouns"] if " " not in each)


@lru_cache(maxsize=1)
def _states() -> dict[str, frozenset[str]]:
    return {
        state: frozenset(verb for verb in verbs if " " not in verb)
        for state, verbs in load("forums")["states"].items()
    }


@lru_cache(maxsize=1)
def _particled() -> dict[str, tuple[str, str]]:
    """Verb -> its particle and the state that the two put a forum into."""
    return {
        verb.split()[0]: (verb.split()[1], state)
        for state, verbs in load("forums")["states"].items()
        for verb in verbs
        if " " in verb
    }


@dataclass(slots=True)
class _Named:
    """The forums named so far: their names by word, the nouns that head them, and whether one is a kind of talks."""

    at: dict[int, str] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    same: bool = False

    @property
    def last(self) -> int:
        """The word of the forum named last."""
        return next(reversed(self.at))

    def add(self, word: int, name: str) -> None:
        self.at[word] = name
        self.heads.add(_head(name))
        self.same = self.same or _last(name) in load("forums")["same"]


def _kind(reading: Reading, verb: int) -> str | None:
    """The state into which a verb puts a forum."""
    lower = reading.lower(verb)
    base = verb_of(lower, frozenset(_particled()))
    if base is not None and _particled()[base][0] in _after(reading, verb):
        return _particled()[base][1]
    return next((state for state, verbs in _states().items() if verb_of(lower, verbs)), None)


def code(draft: Draft) -> None:
    """Put the states of forums on record, one a forum and state and date."""
    reading = draft.reading
    names = _Named()
    for word in range(len(reading)):
        section = draft.section_of(word)
        if section == "title" and (named := name_at(reading, word)) is not None and named[1] - named[0] > 1:
            names.add(
                word, reading.text[slice(*reading.span(*named))]
            )  # told of in the text by "the council"
        if section in ("title", "debris", "caption", "byline"):
            continue
        span = name_at(reading, word) or _named_before(reading, word, names)
        if span is None:
            _part(draft, word, names)
            continue
        name = reading.text[slice(*reading.span(*span))]
        if _plain(reading, span) and names.at:
            name = _whole(name, names)
        names.add(word, name)
        for verb, state, part in _told(reading, word):
            _add(draft, word, verb, name, state, part)


def name_at(reading: Reading, word: int) -> WordSpan | None:
    """The words of a forum's name whose head stands at a word; None where it is no forum.

    A kind that only names a forum with capitals ("council", "committee") needs a capital somewhere in its name.
    """
    if reading.pos(word) not in ("NOUN", "PROPN"):
        return None
    base = noun_of(reading.lower(word), _nouns())
    if word > 0:
        two = f"{reading.lower(word - 1)} {reading.lower(word)}"
        base = two if two in load("forums")["nouns"] else base
    if base is None:
        return None
    start = word
    first, last = (int(each) for each in reading.sentences[reading.sentence_of(word)])
    while start > first and (
        reading.word(start - 1)[:1].isupper()
        or (reading.lower(start - 1) in _JOINERS and reading.word(start - 1) in "-–")
        or reading.pos(start - 1) in ("ADJ", "NOUN", "NUM")
    ):
        if reading.pos(start - 1) in ("VERB", "AUX", "PRON") or reading.lower(start - 1) in (
            "the",
            "a",
            "an",
        ):
            break
        start -= 1
    end = word + 1
    if (
        end + 1 < last
        and (reading.lower(end) in ("on", "of") or (base == "talks" and reading.lower(end) == "with"))
        and reading.pos(end + 1) in ("NOUN", "PROPN", "ADJ", "DET")
    ):
        below = next(iter(syntax.obliques(reading, word, reading.lower(end))), None)
        if below is not None:
            end = max(end, reading.phrase(below)[1])
    text = " ".join(reading.lower(at) for at in range(start, end)).replace(" - ", "-")
    if any(banned in text for banned in load("forums")["not_forums"]):
        return None
    capital = any(reading.word(at)[:1].isupper() for at in range(start, end))
    between = any(reading.lower(at) in load("forums")["between"] for at in range(start, word))
    if base in load("forums")["proper_only"] and not capital and not between and "group" not in base:
        return None
    follows = end < last and reading.word(end)[:1].isupper()
    if base == "cooperation" and (reading.pos(word) != "PROPN" or start == word or follows):
        return None
    if base == "talks" and end == word + 1 and start == word:
        return None
    if base == "group" and not capital:
        return None
    return start, end


def _named_before(reading: Reading, word: int, names: _Named) -> WordSpan | None:
    """ "The council", after one was named; "talks" after a dialogue; "it meets again" in the sentence after."""
    if not names.at:
        return None
    lower = reading.lower(word)
    if lower == "it" and reading.deprel(word).startswith("nsubj"):
        near = reading.sentence_of(word) - reading.sentence_of(names.last) <= 1
        verb = syntax.parent(reading, word)
        told = verb is not None and _kind(reading, verb) in ("met", "suspended", "resumed", "established")
        return (word, word + 1) if near and told else None
    again = lower.rstrip("s") in names.heads
    same = names.same and lower in load("forums")["same"]
    if not (again or same or lower == "body"):
        return None
    definite = any(reading.lower(child) == "the" for child in syntax.kids(reading, word, "det"))
    alone = same and not syntax.kids(reading, word, "det", "amod", "compound", "nmod")
    return (word, word + 1) if definite or alone else None


def _part(draft: Draft, word: int, names: _Named) -> None:
    """ "Practical cooperation was suspended": part of the forum that the paragraph is about."""
    reading = draft.reading
    if not names.at or reading.relation(word) != "nsubj" or (verb := syntax.parent(reading, word)) is None:
        return
    text = reading.text[slice(*reading.span(*reading.phrase(word)))].lower()
    part = next((each for each in load("forums")["part"] if text.endswith(each)), None)
    last = names.last
    between = reading.text[int(reading.starts[last]) : int(reading.starts[word])]
    if part is None or "\n" in between or not verb_of(reading.lower(verb), _states()["suspended"]):
        return
    if not syntax.negated(reading, verb):
        _add(draft, word, verb, names.at[last], "partly_suspended", part)


def _whole(name: str, names: _Named) -> str:
    """The name of the forum that a bare later mention means."""
    same = load("forums")["same"]
    for each in reversed(names.at.values()):
        if _head(each) == _head(name) or (_last(each) in same and name.lower() in same):
            return each
    return next(reversed(names.at.values())) if name.lower() in ("it", "body") else name


def _last(name: str) -> str:
    return name.lower().split(" on ")[0].split(" with ")[0].split()[-1]


def _plain(reading: Reading, span: WordSpan) -> bool:
    """A bare later mention: "the council", "the talks"."""
    return span[1] - span[0] == 1


def _head(name: str) -> str:
    return name.lower().split(" on ")[0].split(" of ")[0].split()[-1].rstrip("s")


def _told(reading: Reading, word: int) -> list[tuple[int, str, str | None]]:
    """The verbs that tell something of the forum at a word, with the state each puts it into."""
    found = []
    for head, relation in list(syntax.governors(reading, word))[:3]:
        verbs = syntax.conjuncts(reading, head) if reading.pos(head) == "VERB" else [head]
        if reading.pos(head) == "VERB" and relation.startswith("nsubj"):
            verbs += [
                child for child in syntax.kids(reading, head, "xcomp") if reading.lower(child).endswith("ed")
            ]
        for verb in verbs:
            state = _state(reading, verb, word, relation)
            if state is not None:
                found.append((verb, state[0], state[1]))
        if reading.pos(head) == "VERB":
            break
    heads = [
        word,
        *syntax.kids(reading, word, "appos"),
        *(
            head
            for head, relation in list(syntax.governors(reading, word))[:2]
            if relation.startswith("nmod")
        ),
    ]
    for head in heads:
        for child in syntax.kids(reading, head, "acl"):
            for verb in syntax.conjuncts(reading, child):
                state = _state(reading, verb, word, "nsubj")
                if state is not None:
                    found.append((verb, state[0], state[1]))
    found += _due(reading, word)
    noun = reading.lower(word - 1) if word else ""
    above = syntax.parent(reading, word)
    if not found and (
        noun in ("session", "meeting")
        or (
            above is not None
            and reading.lower(above) in _SITTINGS
            and reading.deprel(word).startswith("nmod")
        )
    ):
        found.append((word, "met", None))
    return found


def _due(reading: Reading, word: int) -> list[tuple[int, str, str | None]]:
    """ "The forum, due to meet in May": a sitting to come, told beside the name."""
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(last - 2, word + 5)):
        if reading.lower(at) in ("due", "scheduled", "set") and reading.lower(at + 1) == "to":
            verb = at + 2
            return [(verb, "invited", None)] if _kind(reading, verb) == "met" else []
        if reading.pos(at) in ("VERB", "AUX"):
            return []
    return []


def _state(reading: Reading, verb: int, word: int, relation: str) -> tuple[str, str | None] | None:
    kind = _kind(reading, verb)
    if kind is None:
        return None
    if kind == "resumed" and relation == "nsubj" and verb_of(reading.lower(verb), _TAKING) is not None:
        return None  # "the forum takes it up": it is not the forum that is taken up
    auxiliaries = set(syntax.auxiliaries(reading, verb))
    if kind == "met" and _denied(reading, verb):
        return None
    if kind == "met" and syntax.negated(reading, verb):
        return ("refused", None) if verb_of(reading.lower(verb), frozenset(("attend",))) else None
    if kind == "met" and _was_to(reading, verb):
        return None
    if kind == "met" and (auxiliaries & (_FUTURE | {"would", "to"}) or _present_future(reading, verb)):
        return ("invited", None)
    if kind == "refused" and not _about(reading, verb, word):
        return None
    if kind in _CHANGES and (auxiliaries & _MODAL or syntax.negated(reading, verb)):
        return None
    part = None
    if kind == "suspended":
        start, end = reading.subtree(verb)
        text = " " + " ".join(reading.lower(at) for at in range(start, end)) + " "
        part = next((each for each in load("forums")["part"] if f" {each} " in text), None)
        if part is not None and reading.deprel(word).split(":")[0] in ("obl", "nmod"):
            return ("partly_suspended", part)
    return (kind, None)


def _was_to(reading: Reading, verb: int) -> bool:
    """ "Talks that were to have been held": what was meant to be and is not told to have been."""
    before = [reading.lower(at) for at in range(max(0, verb - 4), verb)]
    return any(one in ("was", "were") and two == "to" for one, two in pairwise(before))


def _present_future(reading: Reading, verb: int) -> bool:
    """ "It meets again on 20 November", "was due to gather": what is planned."""
    before = [reading.lower(at) for at in range(max(0, verb - 3), verb)]
    if before[-2:] == ["due", "to"] or before[-2:] == ["scheduled", "to"]:
        return True
    if reading.lower(verb) in ("meets", "sits", "convenes", "gathers", "reconvenes"):
        near = {reading.lower(at) for at in range(max(0, verb - 3), min(verb + 6, len(reading)))}
        return not near & _HABIT
    return reading.lower(verb) == "meet" and "again" in _after(reading, verb, 4)


def _denied(reading: Reading, verb: int) -> bool:
    """ "Will probably not meet again": the negation stands near the verb, wherever the tree hangs it."""
    before = [reading.lower(at) for at in range(max(0, verb - 2), verb)]
    return ("not" in before or "n't" in before) and bool(
        set(syntax.auxiliaries(reading, verb)) & (_FUTURE | {"would"})
    )


def _after(reading: Reading, verb: int, reach: int = 3) -> list[str]:
    return [reading.lower(at) for at in range(verb + 1, min(verb + 1 + reach, len(reading)))]


def _about(reading: Reading, verb: int, word: int) -> bool:
    """What is refused is the forum or taking part in it."""
    start, end = reading.subtree(verb)
    return (start <= word < end and word > verb) or reading.deprel(word) == "nsubj:pass"


def _add(draft: Draft, word: int, verb: int, name: str, state: str, part: str | None) -> None:
    words = draft.clause(verb)
    if not words[0] <= word < words[1]:
        words = min(words[0], word), max(words[1], word + 1)
    same = [each for each in draft.forums if each.state == state and _head(each.name) == _head(name)]
    if same and state != "met":
        return
    time = draft.time_for((verb, verb + 1))
    if any(each.time is None or time is None or each.time.edtf == time.edtf for each in same):
        return
    record = Forum(
        id=draft.new_id("forum"),
        name=re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.I),
        state=state,
        part=part,
        time=time,
        evidence=[draft.span(words)],
    )
    draft.forums.append(record)
    draft.note(record.id, "state", f"cues/forums.yaml: “{draft.reading.word(verb)}”")
