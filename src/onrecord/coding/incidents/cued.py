"""Whom a claim accuses by the word that reports it: "blames X for", "accuses X of", "lays it to X", "points to X".

Requires the resolver. What is blamed on nobody, or reported by another word, is for the words of the content to tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.incidents.accused import BLAMING, first_party
from onrecord.coding.incidents.mentions import is_harmful, lists
from onrecord.coding.incidents.suspects import STEPS, both_sides, parties
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

_HOLD = frozenset(("hold",))
_ANSWERABLE = frozenset(
    "responsible answerable accountable liable culpable guilty blameworthy account blame".split()
)
_TYING = frozenset(("link", "tie", "connect"))
_LAYING = frozenset(("lay", "pin", "put", "place", "attribute", "ascribe", "trace", "impute"))
_POINTING = frozenset(("point",))
_PUTTING = ("put", "plac")
_ONTO = ("on", "at", "to", "upon")
_STOPS = frozenset(("of", "for", "with"))
_DOORS = frozenset(("door", "doors", "account", "feet", "doorstep", "expense", "address"))
_HAVING = frozenset(("has", "have", "had"))
_BARE = 6
_NEAR = 14


def by_cue(draft: Draft, claim: Claim) -> tuple[str, ...] | None:
    """ "Blames X for", "accuses X of", "X is suspected of", "blames it on X"; None where the cue is none of these."""
    reading = draft.reading
    if claim.cue is None:
        return None
    first, last = reading.words_in(claim.cue)
    cue = next(
        (word for word in range(first, last) if verb_of(reading.lower(word), BLAMING | _LAYING | _TYING)),
        None,
    )
    pointed = next((word for word in range(first, last) if verb_of(reading.lower(word), _POINTING)), None)
    if cue is None and pointed is not None and claim.stance == "accuses":  # "witnesses pointed to a militia"
        head = head_of(reading, reading.words_in(claim.content[0]))
        if reading.pos(head) not in ("NOUN", "PROPN"):
            return None
        return parties(draft, claim, syntax.conjuncts(reading, head)) or None
    if cue is None or (verb_of(reading.lower(cue), _HOLD) and not _answerable(reading, cue)):
        return None  # "holds that they were in the tunnel"
    if verb_of(reading.lower(cue), _LAYING):
        thing = syntax.obj(reading, cue)  # "imputes the blast to Armenia", hung on either
        laid = [each for each in (cue, thing) if each is not None]
        onto = [_owner(reading, at) for each in laid for at in syntax.obliques(reading, each, *_ONTO)]
        if reading.lower(cue).startswith(_PUTTING) and thing is not None and reading.pos(thing) == "PRON":
            return parties(draft, claim, onto)  # "put them at 2,500"
        heads = [_owner(reading, head_of(reading, reading.words_in(span))) for span in claim.content]
        return parties(draft, claim, onto) or parties(
            draft, claim, [head for head in heads if noun_of(reading.lower(head), lists()["nouns"]) is None]
        )
    if syntax.is_passive(reading, cue):
        patient = syntax.patient(reading, cue)
        return parties(draft, claim, [patient] if patient is not None else [])
    onto = syntax.obliques(reading, cue, "on")
    target = syntax.obj(reading, cue)
    if target is None:  # "the republic, which it accused of it", hung as an adverb
        bare = [each for each in syntax.kids(reading, cue, "obl") if reading.lower(each) in ("which", "whom")]
        target = syntax.relative_head(reading, bare[0]) if bare else None
    if target is not None and reading.lower(target) in ("which", "whom", "who"):
        target = syntax.relative_head(reading, target) or target  # "the front, which it holds responsible"
    if verb_of(reading.lower(cue), _HOLD) and (target is None or target < cue):
        held = head_of(reading, reading.words_in(claim.content[0]))
        target = held if held < cue and reading.pos(held) in ("NOUN", "PROPN") else target
    if target is None and not onto:  # "suspects the officers of having bugged him", hung on "bugged"
        clause = next(iter(syntax.kids(reading, cue, "ccomp", "xcomp")), None)
        doer = None if clause is None else syntax.subject(reading, clause)
        target = doer if doer is not None and cue < doer < cue + _NEAR else None
    if target is not None and verb_of(reading.lower(cue), _TYING):
        if reading.pos(target) == "PRON" or reading.lower(target) in STEPS:
            return ()  # "tied it to the explosion" says why a step was taken
        if reading.lower(cue - 1) in _HAVING or target < cue:  # "a theft that it has tied to a team"
            return parties(draft, claim, syntax.obliques(reading, cue, "to", "with"))
    if target is not None and _each_other(reading, target):
        if not any(
            is_harmful(reading, word) for span in claim.content for word in range(*reading.words_in(span))
        ):
            return ()
        subject = syntax.subject(reading, cue)
        joined = [] if subject is None else syntax.conjuncts(reading, subject)
        return parties(draft, claim, joined) if len(joined) > 1 else both_sides(draft)
    source = syntax.obliques(reading, target, "from") if target is not None else []
    if (
        target is not None
        and noun_of(reading.lower(target), lists()["civil"] | lists()["officials"]) is not None
    ):
        source = []  # "suspects smugglers from Gori"
    if reading.lower(cue).startswith("charg") and claim.content[-1][1] <= claim.cue[0]:
        return None  # "the government cut the cable, charges the minister"
    heads = onto or source or ([target] if target is not None else [])
    if not heads and reading.lower(cue).startswith("charg"):
        return _right_after(draft, claim, cue) or None
    found = parties(
        draft, claim, [each for head in heads for each in syntax.conjuncts(reading, _owner(reading, head))]
    )
    if found:
        return found
    if target is None:
        return _right_after(draft, claim, cue)
    start, end = reading.subtree(target)
    stop = next((word for word in range(target, end) if reading.lower(word) in _STOPS), end)
    return first_party(draft, claim, range(start, stop))


def _answerable(reading: Reading, cue: int) -> bool:
    """ "Holds the guards answerable", and not "holds that they were there"."""
    last = reading.sentence(cue)[1]
    for clause in syntax.kids(reading, cue, "ccomp"):  # "holds that officials let it happen"
        doer = syntax.subject(reading, clause) if reading.pos(clause) == "VERB" else None
        if doer is not None and noun_of(reading.lower(doer), lists()["nouns"]) is None:
            return True
    near = range(cue + 1, min(last, cue + 2 * _NEAR))
    told = next((at for at in near if reading.lower(at) in _ANSWERABLE or reading.lower(at) == "that"), None)
    return (
        told is not None and reading.lower(told) != "that"
    )  # "holds it likely that the guards are responsible"


def _owner(reading: Reading, head: int) -> int:
    """ "At the door of the army", "to the account of Iran": whose door and account it is."""
    if reading.lower(head) not in _DOORS:
        return head
    owners = syntax.obliques(reading, head, "of") + syntax.kids(reading, head, "nmod:poss")
    return owners[0] if owners else head


def _right_after(draft: Draft, claim: Claim, cue: int) -> tuple[str, ...]:
    """Whoever stands right behind a word that accuses, wherever the tree hangs it."""
    reading = draft.reading
    last = reading.sentence(cue)[1]
    stop = next(
        (
            word
            for word in range(cue + 1, min(last, cue + _BARE))
            if reading.lower(word) in _STOPS or reading.pos(word) in ("PUNCT", "VERB", "SCONJ")
        ),
        min(last, cue + _BARE),
    )
    found = first_party(draft, claim, range(cue + 1, stop))
    if found:
        return found
    nouns = [at for at in range(cue + 1, stop) if reading.pos(at) in ("NOUN", "PROPN")]
    people = [at for at in nouns if noun_of(reading.lower(at), lists()["civil"] | lists()["officials"])]
    return parties(draft, claim, people[-1:])


def _each_other(reading: Reading, target: int) -> bool:
    """ "Each army accuses the other", "both blame one another"."""
    before, lower = reading.lower(target - 1), reading.lower(target)
    return (before, lower) in (("the", "other"), ("each", "other"), ("one", "another")) or lower == "other"
