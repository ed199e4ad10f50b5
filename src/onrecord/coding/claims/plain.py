"""Stances that the words make plain, whatever the weights of the stance model say.

Requires the measures that the rules find, and the parties of holder and content. An own answer to come is a threat; an
own adverse measure held out on a condition is one; a statement that nothing was received counters what was announced.
Who calls a thing an invention denies it; who will not hesitate threatens, and who will not retaliate promises. Who
finds a thing disproportionate or useful assesses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.lexicon import OWN
from onrecord.coding.acts.rules import future, matches
from onrecord.coding.claims.countered import countered, turned_down
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.plain_ahead import plainly_ahead
from onrecord.coding.claims.stance import is_wrong
from onrecord.coding.claims.stance_ahead import ONLOOKERS, adverse
from onrecord.coding.cues import Phrases, load
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.heard import Heard
    from onrecord.coding.claims.sides import Sides
    from onrecord.coding.draft import Draft
    from onrecord.reading.types import Reading

_SAYING = frozenset(("asserts", "threatens", "promises"))
_NO_VERDICT = frozenset(
    "safe welcome shocked friendly empty full open closed present absent alive dead ready aware missing free".split()
)  # a state in which somebody or something is
_VALUES, _FAULTS = frozenset(("praise", "blame")), frozenset(("wrong", "untrue"))
_ITSELF = frozenset(("it", "we", "i", "he", "she"))
_WILLING = frozenset(("will", "would", "shall", "'ll", "’ll"))
_PAPERS = (
    r"(?:communication|notification|notice|note|letter|request|document|message|word|paper|explanation)s?"
)
_NOT_RECEIVED = re.compile(
    rf"\b(?:nothing|no (?:[\w-]+ ){{0,3}}{_PAPERS})\b.{{0,40}}"
    r"\b(?:received|reached|arrived|delivered|handed over|come in)\b|"
    rf"\b(?:received|got|seen) (?:nothing|no (?:[\w-]+ ){{0,3}}{_PAPERS})\b|"
    r"\byet to (?:receive|be (?:notified|informed|told))\b|"
    r"\bnot (?:yet )?(?:been (?:notified|informed|told)|received)\b",
    re.I,
)
_INVENTED = re.compile(
    r"\b(?:inventions?|fabricat(?:ions?|ed)|fantas(?:y|ies)|hoax(?:es)?|slanders?|fairy[- ]tales?|nonsense|fictions?|"
    r"fakes?|staged|untrue|lies?|canards?|myths?|falsehoods?|rubbish)\b",
    re.I,
)
_MEASURES = re.compile(
    r"\b(?:steps?|decisions?|moves?|expulsions?|measures?|orders?|closures?|acts?)\b", re.I
)
_UNDISPUTED = frozenset(("dispute", "contest"))  # "does not dispute that its aircraft were there"
_SAYING_SO = frozenset(
    ("accuse", "deny", "refute", "reject", "contest", "dispute", "rebut", "repudiate")
)  # the verb alone says what is done with the words
_ASKING = frozenset(("ask", "wonder"))  # "Was it sent, the press asked?"
_NAMING = frozenset(("call", "term", "describe", "brand", "label", "speak", "talk"))
_UNDAUNTED = re.compile(
    r"\b(?:not|never|n['’]t) (?:\w+ ){0,2}"
    r"(?:hesitate|shrink from|flinch|stand idl[ey]|stand by|sit by|be slow to|let .{1,30} pass)\b",
    re.I,
)
_BENT = re.compile(  # "We are preparing to close the consulate"
    r"^\W*(?:we|i) (?:are preparing|am preparing|intend|mean|am about|are about) to (?:\w+ .{0,40})?"
    r"\b(?:clos\w+|shut\w*|expel\w*|expulsion|recall\w*|sever\w*|break\w* off|withdraw\w*|ban\w*|bar)\b",
    re.I,
)
_WITHHELD = re.compile(  # "new consuls will get no visas"
    r"\b(?:will|would|shall|'ll|’ll) (?:get|receive|be (?:given|granted|issued)) no (?:\w+ )?"
    r"(?:visas?|accreditation|agr[ée]ment|passes|exequatur)\b",
    re.I,
)
_FORBEARING = re.compile(
    r"(?:\b(?:will|would|shall|do|does|did)(?: not|n['’]t)|\bwo n['’]t|\bnever|"
    r"\b(?:is|are|am|was|were) not (?:going|about) to)"
    r"(?: (?:be|intend to|mean to|plan to|seek to|now|itself))*"
    r" (?:retaliat\w+|respond(?:ing)? in kind|answer (?!the|a|to|questions)|expel (?!the)|reciprocate|hit back|"
    r"follow suit)",
    re.I,
)
_UNMINDED = re.compile(r"\b(?:no (?:plans?|intention|wish|reason|need) to|not minded to)\b", re.I)
_PAYING = re.compile(
    r"\b(?:bear|face|expect|suffer|feel|answer for) (?:[\w-]+ ){0,3}(?:consequences|repercussions|reprisals?)\b|"
    r"\bexpect (?:[\w-]+ ){0,2}(?:answer|response|reply|reaction|retaliation|retort|riposte)\b",
    re.I,
)
_VEILED = re.compile(
    r"\bpay (?:an?|the) (?:\w+ )?price\b|\b(?:be taken|take it|take this|take that) into account\b|"
    r"\bthink (?:again|twice)\b|\bdraw (?:its|their|his|her|our|the) (?:own )?conclusions\b",
    re.I,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|may|might|could|must)\b", re.I)
_OWED = re.compile(r"\b(?:will|would|shall|may|might|can|could|must|should|ought)\b", re.I)
# what a state does to its own house threatens nobody
_THEIR_OWN = re.compile(r"\b(?:its|their|our) own\b", re.I)
_LIKELY = re.compile(r"\b(?:likely|probabl[ey]|likelihood|probability)\b", re.I)
_MAY = frozenset(("may", "might", "could"))
_INSISTING = frozenset(("insist", "maintain", "stress", "argue", "propose", "emphasise", "emphasize"))
# "that the deadline be dropped": the bare verb is what is asked for
_SUBJUNCTIVE = re.compile(
    r"(?<!\bto)(?<!\bwill)(?<!would)(?<!shall)(?<!should)(?<!must)(?<!\bmay)(?<!might)(?<!could)(?<!\bcan)(?<!cannot)"
    r"(?<!\bnot)(?<!n['’]t)(?<!never)(?<!ever)(?<!\bstill)(?<!soon)(?<!\balso)(?<!longer)(?<!again)(?<!ly)(?<!\blet)"
    r"(?<=\w) be (?!\w+ing\b)\w+",
    re.I,
)
# which need a charge beside them to deny it
_WEAK = frozenset(
    ("evidence", "foundation", "propaganda", "wrong", "lie", "lies", "theatre", "smear", "staged")
)
_WORDS = 4  # of an exclamation: "Vulgar slander", "Blatant intimidation"


def plain_stance(draft: Draft, candidate: Candidate, sides: Sides, last: Heard | None) -> str | None:
    """The stance that needs no weighing; None where there is none such."""
    if candidate.negated and candidate.base in _UNDISPUTED and candidate.stance == "denies":
        return "confirms"
    if candidate.rule == "declined" or candidate.negated:
        return None
    reading = draft.reading
    text = " ".join(syntax.text_of(reading, span) for span in candidate.content)
    if (turned := turned_down(reading, candidate)) is not None:
        return turned
    if candidate.base in _ASKING and reading.word(draft.sentence(candidate.cue)[1] - 1)[:1] == "?":
        return "questions"
    if candidate.base in _SAYING_SO and candidate.stance in ("accuses", "denies"):
        return candidate.stance
    if candidate.base in _NAMING and _is_invented(text) and not _MEASURES.search(text):
        return "denies"
    if candidate.base in _INSISTING and _SUBJUNCTIVE.search(text):
        return "demands"
    if candidate.base == "suspect" and _AHEAD.search(text):
        return "predicts"
    if (counter := countered(reading, candidate, sides, last, text)) is not None:
        return counter
    if candidate.stance in ("asserts", "assesses") and _judged(reading, candidate, text):
        return "assesses"
    if (to_come := plainly_ahead(reading, candidate, sides, text)) is not None:
        return to_come
    if candidate.stance not in _SAYING:
        return None
    if (exclaimed := _exclaimed(reading, candidate, text)) is not None:
        return exclaimed
    if _UNDAUNTED.search(text) or _BENT.search(text):
        return "threatens"
    if not ONLOOKERS.search(sides.speaker) and _WITHHELD.search(text):
        return "threatens"
    if _FORBEARING.search(text):
        return "promises"
    if candidate.stance == "asserts" and _NOT_RECEIVED.search(text):
        return "denies"
    if ONLOOKERS.search(sides.speaker) or _LIKELY.search(text):
        return None
    if _VEILED.search(text) and not syntax.negated(reading, head_of(reading, candidate.content[0])):
        return "threatens"
    if _PAYING.search(text) and _OWED.search(text):
        return "threatens"
    if candidate.base == "hint" and _hints(reading, candidate, text):
        return "threatens"
    if _THEIR_OWN.search(text) or _UNMINDED.search(text):
        return None
    told = [match for match in matches(reading) if any(a <= match.word < b for a, b in candidate.content)]
    if any(_held_out(draft, match, candidate, sides) for match in told):
        return "threatens"
    return None


def _hints(reading: Reading, candidate: Candidate, text: str) -> bool:
    """ "Hinted that it might be looked at anew", "hinted at further steps", and nothing kind."""
    root = head_of(reading, candidate.content[0])
    if re.search(r"\bstep|\bmeasure|\bexpulsion", text):
        return True
    kind = "friendly_deed" in classes_of(reading.lemma(root)) and not adverse(text)
    return _AHEAD.search(text) is not None and not kind


def _judged(reading: Reading, candidate: Candidate, text: str) -> bool:
    """ "The measure was disproportionate": what a thing is found to be, in an adjective of praise or blame."""
    head = head_of(reading, candidate.content[0])
    if reading.pos(head) != "ADJ" or syntax.negated(reading, head) or _AHEAD.search(text):
        return False
    kinds = set(classes_of(reading.lower(head)))
    if reading.lower(head) in _NO_VERDICT:
        return False
    return bool(kinds & _VALUES) and not kinds & _FAULTS and not is_wrong(text)


def _exclaimed(reading: Reading, candidate: Candidate, text: str) -> str | None:
    """ "Vulgar slander," he tweeted: a few words without a verb that name a falsehood or a wrong."""
    start, end = candidate.content[0]
    if len(candidate.content) > 1 or end - start > _WORDS or candidate.stance != "asserts":
        return None
    if any(reading.pos(at) in ("VERB", "AUX", "PART") for at in range(start, end)):
        return None
    if _is_invented(text):
        return "denies"
    if reading.text[max(0, reading.start(start) - 1)] not in '"“‘':
        return None
    return "accuses" if is_wrong(text) else None


def _is_invented(text: str) -> bool:
    return _INVENTED.search(text) is not None or _untrue().search(text) is not None


@lru_cache(maxsize=1)
def _untrue() -> Phrases:
    return Phrases(word for word in load("stance")["baseless"] if word not in _WEAK)


def _held_out(draft: Draft, match: Match, candidate: Candidate, sides: Sides) -> bool:
    """The measure is one to come, of the holder's own side, and hits another."""
    if match.doer is not None and not _is_own(draft, match.doer, sides):
        return False
    auxiliaries = set(syntax.auxiliaries(draft.reading, match.word))
    if syntax.negated(draft.reading, match.word) or {"would", "have"} <= auxiliaries:
        return False
    if sides.anonymous and auxiliaries & _MAY:
        return False  # what a source without a name thinks possible
    if match.rule.act == "announce_intent":
        return True
    adverse = match.rule.act not in OWN and match.rule.status is None
    if not adverse or not future(draft.reading, match.word):
        return False
    return candidate.conditional or _own_doing(draft, match, candidate, sides)


def _own_doing(draft: Draft, match: Match, candidate: Candidate, sides: Sides) -> bool:
    """ "It will expel ten": the holder, by name or pronoun, is the subject of the measure that is told."""
    reading = draft.reading
    subject = syntax.subject(reading, match.word)
    if sides.holder is None or subject is None or head_of(reading, candidate.content[0]) != match.word:
        return False
    if not _WILLING & set(syntax.auxiliaries(reading, match.word)) or syntax.is_passive(reading, match.word):
        return False
    return sides.subject == sides.holder or reading.lower(subject) in _ITSELF


def _is_own(draft: Draft, doer: int, sides: Sides) -> bool:
    if draft.reading.pos(doer) == "PRON" or sides.holder is None:
        return True
    party = draft.resolver.resolve(draft.reading.phrase(doer))
    return party is None or party.code is None or party.code == sides.holder
