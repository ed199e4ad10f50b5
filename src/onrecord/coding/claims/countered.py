"""Charges and flat counter-statements: a norm that is broken, what answers a charge, what is said of a charge itself.

Requires a candidate, the parties of holder and content, and what was heard last. "They came on a clear invitation",
replied of those who are charged, denies the charge; so does whoever finds a charge incomprehensible. A charge laid to
nobody's deed ("a heart condition") blames nobody. What cannot be squared with an office, runs counter to the law or was
done without consent is charged, whatever it was.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.lexicon import classes_of
from onrecord.coding.claims.stance import is_wrong, own_subject
from onrecord.coding.claims.stance_ahead import lists
from onrecord.coding.cues import Phrases, load
from onrecord.coding.inflect import noun_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.claims.cue_verbs import Candidate
    from onrecord.coding.claims.heard import Heard
    from onrecord.coding.claims.sides import Sides
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_REPLYING = frozenset("answer reply retort respond rejoin counter shoot protest object swear".split())
_INSISTING = frozenset(("insist", "maintain", "contend"))  # these only where the charge names who insists
_CHARGES = frozenset(load("stance")["accusation_nouns"]) - frozenset(load("stance")["things_said"])
_ASKED = frozenset(load("stance")["asked"])
_CAUSES = frozenset(load("incidents")["causes"])
_WILL = frozenset(("will", "would", "shall", "'ll", "’ll", "must", "should"))
_OPEN = _WILL | {"may", "might", "could"}
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_FAULTS, _VALUES = frozenset(("untrue", "blame")), frozenset(("praise", "likelihood", "owning_up"))
_BEHIND = frozenset(("to", "on", "upon", "with"))
_WEIGHED = frozenset(("asserts", "assesses", "accuses"))
_SUGGESTING = frozenset(("suggest", "claim", "allege", "accuse", "insinuate", "deny", "dismiss"))
_UNSURE = re.compile(
    r"\b(?:likely(?! to (?!have\b))|probabl[ye]|in all (?:likelihood|probability)|with (?:high|some|great) probability|"
    r"presumably|perhaps|possibly|(?:may|might|could) (?:well )?have|(?:high|moderate|low) confidence)\b",
    re.I,
)
_NOT_JUST_BEFORE = re.compile(r"\b(?:not|hardly|scarcely|barely|never|ill)\W+(?:\w+\W+)?$", re.I)
_TO_COME = re.compile(r"\b(?:will|would|shall|going to)\b", re.I)
_MEASURES = frozenset(
    "decision step move measure expulsion order closure break rupture delay change cut reduction withdrawal recall ban "
    "refusal".split()
)
_NEAR = 40  # words from the charge to its answer


def countered(
    reading: Reading, candidate: Candidate, sides: Sides, last: Heard | None, text: str
) -> str | None:
    """The stance of a flat counter-statement; None where there is none."""
    weighed = candidate.stance in _WEIGHED and candidate.base not in _SUGGESTING
    if weighed and _confident(reading, candidate):
        return "predicts" if _TO_COME.search(text) else "assesses"
    if weighed and _unsure(reading, candidate, text):
        return "assesses"
    if candidate.base == "blame" and _nobodys_deed(reading, candidate, sides):
        return "asserts"
    if candidate.stance != "asserts":
        return None
    root = head_of(reading, candidate.content[0])
    if _of_a_charge(reading, root):
        return "denies"
    if _breaks_a_norm(reading, candidate, sides, root, text):
        return "accuses"
    return "denies" if last is not None and _answers(reading, candidate, sides, last, root, text) else None


def _answers(reading: Reading, candidate: Candidate, sides: Sides, last: Heard, root: int, text: str) -> bool:
    """ "They came on a clear invitation", Oslo replied: somebody else was heard to accuse just before."""
    named = candidate.base in _INSISTING and sides.holder in last.names
    if last.ruled != "accuses" or not (named or candidate.base in _REPLYING):
        return False
    if abs(candidate.content[0][0] - last.candidate.content[-1][1]) > _NEAR:
        return False
    if last.candidate.holder == candidate.holder or _OPEN & set(syntax.auxiliaries(reading, root)):
        return False
    return not is_wrong(text) and not (sides.others and _charges(reading, candidate.content[0]))


def _confident(reading: Reading, candidate: Candidate) -> bool:
    """ "It has high confidence that …", "says, with moderate confidence, that …"."""
    start = candidate.content[0][0]
    return any(reading.lower(at) == "confidence" for at in range(max(0, start - 4), start))


def turned_down(reading: Reading, candidate: Candidate) -> str | None:
    """ "Dismissed the demand", "ruled out an apology": who turns down what he is asked for declines."""
    if candidate.stance != "denies" or candidate.base == "deny":
        return None
    start, end = candidate.content[0]
    head = head_of(reading, (start, end))
    alone = not any(reading.pos(at) in ("VERB", "AUX") for at in range(start, head))
    return "declines" if alone and noun_of(reading.lower(head), _ASKED) is not None else None


def _unsure(reading: Reading, candidate: Candidate, text: str) -> bool:
    """ "It was probably the work of Russia", "holds it highly likely that Iran is to blame": a charge with a doubt."""
    if _UNSURE.search(text) is None or _TO_COME.search(text):
        return False
    return _charges(reading, candidate.content[0]) or lists()["doing"].search(text) is not None


def _breaks_a_norm(reading: Reading, candidate: Candidate, sides: Sides, root: int, text: str) -> bool:
    """ "Danish soldiers had arrived without consent", "his conduct cannot be squared with his office"."""
    negated = syntax.negated(reading, root)
    kept = _norms()["norms_kept"].search(text)
    if kept is not None:
        broken = negated or _NOT_JUST_BEFORE.search(text[: kept.start()]) is not None
    else:
        broken = not negated and _norms()["norms"].search(text) is not None
    if not broken or _WILL & set(syntax.auxiliaries(reading, root)):
        return False
    return own_subject(reading, candidate, sides) is not True


@lru_cache(maxsize=1)
def _norms() -> dict[str, Phrases]:
    return {name: Phrases(load("stance")[name]) for name in ("norms", "norms_kept")}


def _charges(reading: Reading, words: WordSpan) -> bool:
    """A deed or a thing among the words is a wrong."""
    return any(
        {"wrong", "wrong_deed"} & set(classes_of(reading.lemma(at)))
        for at in range(*words)
        if reading.pos(at) in ("NOUN", "VERB", "ADJ")
    )


def _of_a_charge(reading: Reading, root: int) -> bool:
    """ "The charges were incomprehensible", "the finding is politics": no praise, and no denial of it."""
    subject = syntax.subject(reading, root)
    if subject is None or reading.pos(root) not in ("ADJ", "NOUN") or syntax.negated(reading, root):
        return False
    if not any(reading.lower(child) in _BE for child in reading.children(root)):
        return False
    kinds = set(classes_of(reading.lower(root))) | set(classes_of(reading.lemma(root)))
    if kinds & _VALUES or reading.lower(subject) not in _CHARGES:
        return False
    return reading.lower(reading.phrase(subject)[0]) not in ("no", "neither", "his", "a", "an")


def _nobodys_deed(reading: Reading, candidate: Candidate, sides: Sides) -> bool:
    """ "Blamed a traffic accident", "put the delay down to his past": nobody's deed, or no wrong that is explained."""
    if candidate.stance != "accuses":
        return False
    start, end = candidate.content[0]
    laid = next((at for at in range(start, end) if reading.pos(at) == "NOUN"), start)
    behind = next((at + 1 for at in range(laid, end) if reading.lower(at) in _BEHIND), None)
    if behind is not None and noun_of(reading.lower(laid), _MEASURES):
        return not _charges(reading, (behind, end))
    if sides.others - {sides.holder}:
        return False
    for start, end in candidate.content:
        behind = next((at + 1 for at in range(end - 1, start, -1) if reading.lower(at) in _BEHIND), start)
        if any(noun_of(reading.lower(at), _CAUSES) is not None for at in range(behind, end)):
            return True
    return False
