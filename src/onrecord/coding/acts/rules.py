"""Where a text tells a measure on a mission: the rules of ``cues/acts.yaml`` matched against the tree.

Requires the reading alone. Gives ``Match``: the kind of act, the word that tells it, the noun acted upon, and
the doer's noun where there is one. Whose mission it is, numbers, dates and status are other modules' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, counted
from onrecord.coding.acts.infinitives import anything_to_do, to_do_as
from onrecord.coding.acts.lexicon import Rule, index, lemmas
from onrecord.coding.acts.targets import (
    apposed,
    closes_another,
    consented,
    fits,
    target_elsewhere,
)
from onrecord.coding.acts.wording import clause_text, numbered, text_ahead, worded_as
from onrecord.coding.counts import Count
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_TIME_WORDS = frozenset(
    "hour hours day days week weeks month until till deadline term fortnight noon".split()
)
_AHEAD = frozenset("plan intend vow threaten promise pledge prepare reserve warn exclude rule".split())


_HELD_OUT = frozenset(("vow", "threaten", "promise", "pledge", "prepare"))
# What stands ready or is sure to come looks ahead without an auxiliary.
_READY = frozenset(
    "bound ready prepared poised set determined minded certain sure going expected due likely".split()
)
_CERTAIN = (" inevitable ", " a matter of course ")
# Endings that no finite verb has: what ends so is a noun, whatever the tagger makes of it.
_NOMINAL = (
    "ing",
    "ion",
    "ions",
    "sal",
    "sals",
    "val",
    "vals",
    "ial",
    "ials",
    "ure",
    "ures",
    "ment",
    "ments",
    "wal",
    "wals",
)
_FACING = frozenset(("face", "risk", "await", "expect", "fear"))
_DUTY = frozenset(("have", "need", "ought"))
_PREMISES = ("mission", "consulate")  # what somebody leaves who goes
_UPON_SUBJECT = frozenset(("set_ceiling", "parity_cap", "category_ban", "access_restriction"))


@dataclass(frozen=True, slots=True)
class Match:
    """A measure told: the rule, the word that tells it, the noun acted upon and the doer's noun.

    ``count`` is the number where it stands apart from the noun; ``ceiling`` the old and the new one where the
    sentence tells them without a verb of cutting.
    """

    rule: Rule
    word: int
    target: int | None
    doer: int | None
    count: Count | None = None
    ceiling: tuple[Count | None, Count] | None = None


@lru_cache(maxsize=1)
def matches(reading: Reading) -> tuple[Match, ...]:
    """Every measure that the rules find, in the order of the words; one a word and kind of act.

    Kept for the last reading: several stages of one document ask.
    """
    found = (_told_at(reading, word, reading.lower(word), reading.pos(word)) for word in range(len(reading)))
    return tuple(match for match in found if match is not None)


def _told_at(reading: Reading, word: int, lower: str, pos: str) -> Match | None:
    """The measure that a word tells by the first rule that fits."""
    for kind, candidates in _candidates(lower, pos):
        if kind == "verb" and pos in ("NOUN", "PROPN") and not _verbal(reading, word):
            continue
        for rule in candidates:
            if (match := match_at(reading, rule, word, kind)) is not None:
                return match
    return None


@lru_cache(maxsize=1 << 16)
def _candidates(lower: str, pos: str) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """The rules that may fire at a word in small letters, as a verb, noun or adjective, in the order of looking."""
    known = index()
    found: list[tuple[str, tuple[Rule, ...]]] = []
    if pos in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") or lower == "shut":
        found.append(("verb", known["verb"].get(verb_of(lower, lemmas("verb")) or "", ())))
    if pos in ("NOUN", "PROPN") or (pos == "VERB" and lower.endswith(_NOMINAL)):
        found.append(("noun", known["noun"].get(noun_of(lower, lemmas("noun")) or "", ())))
    if pos in ("ADJ", "VERB", "ADV", "ADP"):
        found.append(("adjective", known["adjective"].get(lower, ())))
    return tuple((kind, rules) for kind, rules in found if rules)


def _verbal(reading: Reading, word: int) -> bool:
    """A word tagged a noun that heads a clause: a tagging slip, as in capitals or after a dash, or in "ordered the
    embassy shut"."""
    shut = reading.lower(word) == "shut" and reading.deprel(word) in ("obj", "xcomp")
    return shut or bool(syntax.kids(reading, word, "nsubj", "obj", "aux"))


def match_at(reading: Reading, rule: Rule, word: int, kind: str) -> Match | None:
    """The measure that one rule tells at a word taken as a ``verb``, ``noun`` or ``adjective``, if it tells one."""
    if kind == "noun":
        return _match_noun(reading, rule, word)
    stands_for = _bound(reading, _predicate(reading, word) if kind == "adjective" else word)
    text = clause_text(reading, stands_for) + (text_ahead(reading, word) if rule.object == "time" else "")
    worded = worded_as(rule, text)
    if not worded and rule.act != "abolish_vacancy":
        return None
    if rule.passive and not syntax.is_passive(reading, word):
        return None
    if (rule.bare and not _bare(reading, word)) or (rule.goes and not _goes(reading, word)):
        return None
    if rule.negated and not syntax.negated(reading, word) and not _no_more(reading, word):
        return None
    active = False  # the doer is the agent
    if kind == "adjective":
        found = (
            syntax.subject(reading, stands_for),
            syntax.subject(reading, stands_for, passive=True),
            _modified(reading, stands_for),
        )
        target = next((each for each in found if each is not None), None)
        doer: int | None = None
        head = syntax.parent(reading, word)
        told_of = reading.deprel(word) in ("xcomp", "obj") and stands_for == word
        if head is not None and told_of and reading.pos(head) == "VERB":
            target, doer = syntax.patient(reading, head), syntax.agent(reading, head)
    elif (rule.subject and not rule.object and not rule.negated) or rule.subject:
        target, doer = _any_subject(reading, word), None
    else:
        target, doer, active = _done_to(reading, word), None, True
    wanted = rule.subject or rule.on
    if rule.subject and rule.act.startswith("close_") and closes_another(reading, word):
        return None
    if rule.subject and kind == "verb" and target is not None and target > word:
        target = None  # "have a week to leave, the minister said": who speaks is not who has it
    if rule.object_of:
        target = next(iter(syntax.obliques(reading, word, rule.object_of)), None)
        ahead = range(word + 1, min(word + 5, len(reading)))
        stranded = any(reading.lower(at) == rule.object_of for at in ahead[:2])  # "was sent for"
        if stranded and syntax.is_passive(reading, word) and not fits(reading, target, wanted):
            target = syntax.patient(reading, word)
        if target is None and not any(reading.lower(at) == rule.object_of for at in ahead):
            return None  # what follows the preposition is what the rule is about: nothing beside will do
    said_of = apposed(reading, word, wanted)
    if said_of is not None and (
        not fits(reading, target, wanted) or (target is not None and target < said_of)
    ):
        target, doer = said_of, next(iter(syntax.obliques(reading, word, "by")), None)
        active = False
    elif not fits(reading, target, wanted):
        target = target_elsewhere(reading, word, target, wanted, subject=bool(rule.subject))
        if target is None and "any" not in wanted and "none" not in wanted:
            return None
    if not worded and (target is None or not worded_as(rule, text + clause_text(reading, target)[1:])):
        return None  # "would see the vacant post abolished": what tells it may stand with the thing alone
    if rule.object and not _object(reading, rule, word, target):
        return None
    if rule.infinitive and not to_do_as(reading, rule, word):
        return None
    if rule.any_infinitive and not anything_to_do(reading, word):
        return None
    if rule.from_to == "required" and not numbered(reading, word):
        return None
    if rule.future and not future(reading, word):
        return None
    if active:
        doer = _agent(reading, word)
    if target is not None and "consent" in class_of(reading, target):
        target = consented(reading, target)
    if rule.act in _UPON_SUBJECT and doer is not None and class_of(reading, doer) & {"mission", "consulate"}:
        target = doer  # "the embassy may keep no more than 14 people": the mission is what is limited
    return Match(rule, word, target, None if doer == target else doer)


def _done_to(reading: Reading, word: int) -> int | None:
    """Whom it is done to. Of two objects that the tree gives an active verb the one behind it is its own: a part of the
    subject's name may be taken for the other."""
    target = syntax.patient(reading, word)
    if target is not None and target < word and not syntax.is_passive(reading, word):
        behind = [child for child in syntax.kids(reading, word, "obj") if child > word]
        return behind[0] if behind else target
    return target


def _agent(reading: Reading, word: int) -> int | None:
    """Who does it. A finite verb that the tree joins to an infinitive is not governed with it: "told the envoy to leave
    and called its own home" is all one state's doing."""
    above = word
    while reading.deprel(above) == "conj" and (head := syntax.parent(reading, above)) is not None:
        above = head
    infinitive = above != word and any(
        reading.lower(m) == "to" for m in syntax.kids(reading, above, "mark", "aux")
    )
    finite = reading.feat(word, "VerbForm") == "Fin" and not syntax.kids(
        reading, word, "nsubj", "mark", "aux"
    )
    if (
        infinitive
        and finite
        and (head := syntax.parent(reading, above)) is not None
        and reading.pos(head) == "VERB"
    ):
        return syntax.agent(reading, head)
    return syntax.agent(reading, word)


def _bare(reading: Reading, word: int) -> bool:
    """A verb without object or particle: "Warsaw has broken, too", and not "has broken out", "has broken its word"."""
    if syntax.kids(reading, word, "obj", "ccomp", "xcomp") or syntax.is_passive(reading, word):
        return False
    if any(reading.lower(child) != "off" for child in syntax.kids(reading, word, "compound:prt")):
        return False
    after = word + 1
    after += after < len(reading) and reading.lower(after) == "off"
    return after >= len(reading) or reading.pos(after) in ("PUNCT", "ADV", "CCONJ")


def _goes(reading: Reading, word: int) -> bool:
    """Somebody goes of himself: "left Quito on Sunday", "are to fly home"; not "left untouched", "has days to go"."""
    if syntax.is_passive(reading, word) or reading.deprel(word) in ("amod", "acl"):
        return False
    for child in syntax.kids(reading, word, "obj"):
        if not reading.word(child)[:1].isupper() and class_of(reading, child).isdisjoint(_PREMISES):
            return False
    bidden = word > 0 and reading.lower(word - 1) == "to"
    return not bidden or reading.lower(word - 2) in ("is", "are", "was", "were")


def _no_more(reading: Reading, word: int) -> bool:
    text = clause_text(reading, word)
    return any(f" {each} " in text for each in ("no more", "no further", "no longer"))


def _bound(reading: Reading, word: int) -> int:
    """The verb whose clause an infinitive of duty belongs to ("have had to give notice"), or the noun that the tree
    makes of its object ("the missions stop work at once")."""
    head = syntax.parent(reading, word)
    if head == word + 1 and reading.deprel(word) in ("advmod", "compound") and reading.pos(word) == "VERB":
        return head
    bound = head is not None and syntax.relation(reading, word) == "xcomp" and reading.lemma(head) in _DUTY
    return head if head is not None and bound else word


def _predicate(reading: Reading, word: int) -> int:
    """The word that heads what is said, where a particle tells it: "must be out of Ghana" hangs on Ghana."""
    head = syntax.parent(reading, word)
    particle = reading.deprel(word) in ("case", "advmod", "compound:prt", "mark")
    return head if head is not None and particle and reading.pos(word) in ("ADP", "ADV") else word


def _any_subject(reading: Reading, word: int) -> int | None:
    found = syntax.subject(reading, word)
    if found is None:
        found = syntax.subject(reading, word, passive=True)
    return syntax.relative_head(reading, found)


def _modified(reading: Reading, word: int) -> int | None:
    return syntax.parent(reading, word) if reading.deprel(word) in ("amod", "acl") else None


def _object(reading: Reading, rule: Rule, word: int, target: int | None) -> bool:
    if rule.object == "time":
        text = clause_text(reading, word) + text_ahead(reading, word)
        return not _TIME_WORDS.isdisjoint(text.split())
    for child in syntax.kids(reading, word, "obj"):
        if child != target and rule.object in class_of(reading, child):
            return True
    return False


def future(reading: Reading, word: int) -> bool:
    """The clause looks ahead: will, would, shall, is to, reserves the right, further steps; or says that no answer
    has been given in kind."""
    if syntax.negated(reading, word) and _in_kind(reading, word):
        return True
    words = set(syntax.auxiliaries(reading, word))
    if "being" in words or verb_of(reading.lower(word), _HELD_OUT):
        return True  # "is being prepared", "promised a response": under way or held out
    if any(each in clause_text(reading, word) for each in _CERTAIN):
        return True
    if words & {"will", "'ll", "’ll", "would", "shall", "'d", "may", "could", "might", "must"}:
        return True
    for head, _ in syntax.governors(reading, word):
        if set(syntax.auxiliaries(reading, head)) & {"will", "'ll", "would", "shall"}:
            return True
        if verb_of(reading.lower(head), _AHEAD) or reading.lower(head) in _READY:
            return True
    return False


def _in_kind(reading: Reading, word: int) -> bool:
    if verb_of(reading.lower(word), frozenset(("retaliate", "reciprocate"))):
        return True
    after = " ".join(reading.lower(at) for at in range(word + 1, min(word + 4, len(reading))))
    return after.startswith(("back", "in kind", "with measures", "likewise"))


def _match_noun(reading: Reading, rule: Rule, word: int) -> Match | None:
    text = clause_text(reading, word)
    head = syntax.parent(reading, word)
    if rule.with_ and head is not None and reading.pos(head) in ("VERB", "AUX", "ADJ"):
        text = clause_text(reading, head)
    if not worded_as(rule, text):
        return None
    if rule.future:
        verb = (
            head if head is not None and reading.pos(head) in ("VERB", "AUX", "ADJ", "ADV", "NOUN") else word
        )
        if not (future(reading, word) or future(reading, verb)):
            return None
        by = next(iter(syntax.obliques(reading, word, "by")), None)
        doers = (by, _possessor(reading, word), _subject_above(reading, word))
        return Match(rule, word, None, next((each for each in doers if each is not None), None))
    if "none" in rule.on:
        return Match(rule, word, None, _possessor(reading, word) or _subject_above(reading, word))
    target, doer = _of_target(reading, rule, word) or _said_of(reading, rule, word), None
    for child in syntax.kids(reading, word, "nmod"):
        if syntax.case(reading, child) == "by":
            doer = child
    owner = _possessor(reading, word)
    if target is not None and doer is None:
        doer = owner
    elif target is None and owner is not None and not rule.object_of and fits(reading, owner, rule.on):
        target = owner
    if target is None and "any" in rule.on:
        target = next(iter(syntax.obliques(reading, word, "of", "to", "for")), None)
        doer = doer or owner
    elif target is None:
        if "people" not in rule.on or not (counted(reading, word) or _further(reading, word)):
            return None
        target = word  # "23 expulsions": the noun itself is counted
    if doer is None:
        doer = _subject_above(reading, word)
    return Match(rule, word, target, doer)


def _further(reading: Reading, word: int) -> bool:
    """ "Any expulsion", "further expulsions": of whom is left open."""
    return any(
        reading.lower(child) in ("any", "further", "no", "more", "mass")
        for child in syntax.kids(reading, word, "det", "amod")
    )


def _said_of(reading: Reading, rule: Rule, word: int) -> int | None:
    """Of whom a noun is said: the subject whose predicate it is ("are personae non gratae"), or who has it before them
    ("face expulsion")."""
    for child in syntax.kids(reading, word, "nsubj"):
        if fits(reading, child, rule.on):
            return child
    head = syntax.parent(reading, word)
    if head is None or verb_of(reading.lower(head), _FACING) is None:
        return None
    found = syntax.subject(reading, head)
    return found if found is not None and fits(reading, found, rule.on) else None


def _of_target(reading: Reading, rule: Rule, word: int) -> int | None:
    if rule.object_of:
        return next(
            (each for each in syntax.obliques(reading, word, rule.object_of) if fits(reading, each, rule.on)),
            None,
        )
    for child in syntax.obliques(reading, word, "of", "for", "to", "on", "from", "in"):
        if fits(reading, child, rule.on):
            return child
    for child in syntax.kids(reading, word, "compound", "obj"):
        if fits(reading, child, rule.on):
            return child
    for child in syntax.kids(reading, word, "acl"):  # "the refusal to accredit an envoy"
        for below in syntax.kids(reading, child, "obj"):
            if fits(reading, below, rule.on):
                return below
    for child in syntax.kids(reading, word, "nmod", "obl"):  # "the expulsion in June of nine members"
        for below in syntax.obliques(reading, child, "of"):
            if fits(reading, below, rule.on):
                return below
    return None


def _possessor(reading: Reading, word: int) -> int | None:
    for child in syntax.kids(reading, word, "nmod"):
        if reading.deprel(child) == "nmod:poss":
            return child
    for child in syntax.kids(reading, word, "amod", "compound"):
        if reading.word(child)[:1].isupper():
            return child
    return None


def _subject_above(reading: Reading, word: int) -> int | None:
    """The subject of the verb under which the noun stands, over nouns between: "Moscow announced the expulsion of",
    "reserved the right to further steps"."""
    for head, relation in syntax.governors(reading, word):
        base = relation.split(":")[0]
        if base not in ("obj", "obl", "xcomp", "nmod", "acl"):
            return None
        if reading.pos(head) == "VERB":
            return syntax.agent(reading, head)
        if reading.pos(head) != "NOUN":
            return None
    return None
