"""Where an incident is told: harmful nouns and verbs, and which of them speak of the same thing.

Requires the reading. A noun names an incident by itself ("explosion") or with words beside it ("attack on …"); a verb
tells of one without naming it, and opens one only where somebody is put behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.coding import syntax
from onrecord.coding.acts.rules import matches
from onrecord.coding.acts.status import status_of
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PREPOSITIONS = frozenset(("of", "at", "in", "on", "against"))
_UNTOLD = frozenset(("title", "debris", "caption", "byline"))
_OPEN = frozenset(("future", "hypothetical"))
_FLYING = frozenset(("shells", "shots", "rocket", "missile", "mortar", "grenade"))
_LAYING = frozenset("pin lay put place fasten blame attribute ascribe impute".split())
_NAME = 8  # words on either side of a verb that name what it tells


@dataclass(slots=True)
class Mention:
    """A word that tells of an incident; ``weak`` where it does not name one by itself."""

    word: int
    base: str
    span: WordSpan
    weak: bool
    verb: bool = False


@dataclass(slots=True)
class Cluster:
    """Mentions of one incident, and who is put behind it: claim, actor id, verdict."""

    mentions: list[Mention]
    blamed: list[tuple[Claim, str, str]] = field(default_factory=list)

    def word(self) -> int:
        """The first word that tells of it."""
        return self.mentions[0].word


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists of ``cues/incidents.yaml``."""
    return {
        name: frozenset(map(str, words))
        for name, words in load("incidents").items()
        if name not in ("kin", "phrasal")
    }


@lru_cache(maxsize=1)
def _phrases() -> dict[str, frozenset[str]]:
    return {verb: frozenset(beside) for verb, beside in load("incidents")["phrasal"].items()}


@lru_cache(maxsize=1)
def _kin() -> tuple[frozenset[str], ...]:
    groups: list[Any] = load("incidents")["kin"]
    return tuple(frozenset(group) for group in groups)


def clusters(draft: Draft) -> list[Cluster]:
    """Mentions of one incident together: the same or a kindred word, or a definite mention after one."""
    reading = draft.reading
    found: list[Cluster] = []
    measures = {match.word for match in matches(reading)}  # "struck three posts off the list"
    for word in range(len(reading)):
        if draft.section_of(word) in _UNTOLD or word in measures:
            continue
        mention = _mention(reading, word)
        if mention is None:
            continue
        known = _known(reading, mention, found)
        if known is not None:
            known.mentions.append(mention)
        elif (
            not mention.weak
            or mention.verb
            or mention.base in lists()["wrongs"]
            or _told_apart(reading, mention)
        ):
            found.append(Cluster([mention]))  # a bare "espionage" counts where somebody is accused of it
    return found


def _told_apart(reading: Reading, mention: Mention) -> bool:
    """ "The fire in a Warsaw arcade", "shells that fell on the town": on record where somebody is blamed."""
    start, end = mention.span
    word = mention.word
    asked = _who_did(reading, word) and reading.lower(reading.sentence(word)[0]) != "what"
    if asked and mention.base not in lists()["vague"]:
        return True  # "who did the shooting?"
    if mention.base in _FLYING and reading.lower(word).endswith("s"):
        return True  # "shells fell on Bandarban"
    if end <= word + 1 and not syntax.kids(reading, word, "acl", "compound", "amod"):
        return False
    if mention.base in lists()["vague"]:
        definite = any(reading.lower(child) in ("the", "this", "that") for child in reading.children(word))
        return definite and (
            end > word + 2
            or bool(syntax.kids(reading, word, "acl"))
            or any(reading.word(at)[:1].isupper() for at in range(start + 1, end))
        )
    return bool(
        syntax.obliques(
            reading, word, *_PREPOSITIONS, "near", "outside", "across", "inside", "between", "that"
        )
        or syntax.kids(reading, word, "acl")
        or any(reading.word(at)[:1].isupper() for at in range(start, end) if at != start)
    )


def is_harmful(reading: Reading, word: int) -> bool:
    """A verb tells of a deed that does harm, by the list or by the model."""
    if verb_of(reading.lower(word), lists()["verbs"]) is not None or _phrasal(reading, word):
        return True
    return any(
        each.trigger[0] <= word < each.trigger[1] and each.type == "ASSAULT" for each in reading.events
    )


def _phrasal(reading: Reading, word: int) -> str | None:
    """ "Broke into", "carried off", "came under fire": a verb that does harm with a word beside it."""
    base = verb_of(reading.lower(word), frozenset(_phrases()))
    if base is None:
        return None
    after = {reading.lower(at) for at in range(word + 1, min(word + 5, len(reading)))}
    if base == "cut" and syntax.is_passive(reading, word):  # "power to the house was cut"
        thing = syntax.patient(reading, word)
        after |= set() if thing is None else {reading.lower(thing)}
    return base if after & _phrases()[base] else None


def _mention(reading: Reading, word: int) -> Mention | None:
    if reading.pos(word) in ("NOUN", "PROPN"):
        return _noun(reading, word)
    if reading.pos(word) != "VERB" or reading.deprel(word) == "amod":
        return None  # "a sealed trailer"
    base = verb_of(reading.lower(word), lists()["verbs"]) or _phrasal(reading, word)
    if base is None:
        return None
    if base in ("strike", "hit", "seal") and any(
        reading.lower(each) in lists()["struck"] for each in syntax.kids(reading, word, "obj")
    ):
        return None  # "struck a deal"
    if base == "strike" and reading.lower(word + 1) in ("off", "out", "from"):
        return None  # "be struck out"
    if _is_gerund(reading, word):
        start, end = _noun_phrase(reading, word)
        return Mention(word, base, (start, end), end - word < 2)
    status = "actual" if _who_did(reading, word) else status_of(reading, word)
    planned = _is_planned(reading, word)
    if status in _OPEN and _is_past(reading, word):
        status = "actual"
    if syntax.negated(reading, word) or (status in _OPEN and not planned):
        return None
    if reading.feat(word, "VerbForm") == "Inf" and not planned:
        return None
    start, end = syntax.trimmed(reading, reading.subtree(word))
    span = max(start, word - _NAME), min(end, word + _NAME)
    done_to = syntax.patient(reading, word)
    if done_to is not None and span[0] <= done_to < span[1] and _phrasal(reading, word) is None:
        span = _deed(reading, word, done_to, span)
    doer = syntax.agent(reading, word)
    if base == "hit" and not _assailed(reading, doer):
        return None  # "hit back", "hit by sanctions"
    grave = base in lists()["grave"] or reading.lower(word + 1) == "dead"  # "shot dead"
    strong = not planned and (grave or _assailed(reading, doer))
    return Mention(word, base, span, not strong, True)


def _deed(reading: Reading, word: int, done_to: int, span: WordSpan) -> WordSpan:
    """The verb with whom or what it was done to: "burned the embassy", "two clerks were shot dead"."""
    start, end = reading.phrase(done_to)
    start, end = max(span[0], min(start, word)), min(span[1], max(end, word + 1))
    after = reading.lower(end) if end < span[1] else ""
    return start, end + (after == "dead" or any(after in beside for beside in _phrases().values()))


def asked_before(reading: Reading, word: int) -> WordSpan | None:
    """The question who did it, up to two sentences before a word: it may have been answered once already."""
    start = reading.sentence(word)[0]
    for _ in range(2):
        if start == 0:
            return None
        start, end = reading.sentence(start - 1)
        if reading.word(end - 1) == "?" and reading.lower(start) in ("who", "whose"):
            return start, end
    return None


def _is_planned(reading: Reading, word: int) -> bool:
    """ "Had planned to kill a leader": a plot, which is a deed of its own."""
    head = syntax.parent(reading, word)
    return (
        head is not None
        and reading.feat(word, "VerbForm") == "Inf"
        and (
            verb_of(reading.lower(head), lists()["inciting"]) is not None
            or (
                verb_of(reading.lower(head), lists()["plotting"]) is not None
                and verb_of(reading.lower(word), lists()["grave"] | {"kill"}) is not None
            )
        )
    )


def _is_past(reading: Reading, word: int) -> bool:
    """ "It was hacked, the government insists": told as past, whatever the model hears in the frame."""
    auxiliaries = set(syntax.auxiliaries(reading, word))
    past = bool(auxiliaries & {"was", "were", "had"})
    asked = syntax.marker(reading, word) in ("if", "unless", "until", "whether")
    return past and not asked and not auxiliaries & (syntax.MODAL | syntax.FUTURE)


def _assailed(reading: Reading, doer: int | None) -> bool:
    """Whoever or whatever does it leaves no doubt: gunmen, armed men, rockets."""
    if doer is None:
        return False
    lower = reading.lower(doer)
    if lower in lists()["assailants"] or noun_of(lower, lists()["missiles"]) is not None:
        return True
    return any(reading.lower(each) in ("armed", "masked", "hooded") for each in reading.children(doer))


def _is_gerund(reading: Reading, word: int) -> bool:
    """ "The shelling of a school": a verb in the place of a noun."""
    return (
        reading.lower(word).endswith("ing")
        and word > 0
        and reading.lower(word - 1) in ("the", "a", "this", "that", "’s", "'s")
        and not syntax.kids(reading, word, "obj")
    )


def _noun_phrase(reading: Reading, word: int) -> WordSpan:
    _, last = reading.sentence(word)
    end = word + 1
    while end < min(last, word + _NAME) and reading.pos(end) not in (
        "PUNCT",
        "VERB",
        "AUX",
        "CCONJ",
        "SCONJ",
    ):
        end += 1
    return word - 1, end


def _who_did(reading: Reading, word: int) -> bool:
    """ "Who fired the shells that hit the chancery?" takes for granted that somebody did."""
    first, last = reading.sentence(word)
    return reading.word(last - 1) == "?" and reading.lower(first) in ("who", "what", "whose")


def _noun(reading: Reading, word: int) -> Mention | None:
    base = noun_of(reading.lower(word), lists()["nouns"])
    if base is None or syntax.negated(reading, word):
        return None
    if reading.pos(word) == "PROPN" and reading.word(word).istitle() and reading.word(word + 1)[:1].isupper():
        return None  # "Downing Street"
    start, end = reading.phrase(word)
    laid = _is_laid(reading, word)
    if laid:  # "pins the assault on agents of Kigali": the deed, without whom it is laid to
        end = word + 1
    around = {reading.lower(at) for at in range(start, end)}
    before = {reading.lower(at) for at in range(max(start, word - 3), word)}
    if before & lists()["modifiers_off"]:
        return None
    if base == "agent" and "nerve" not in around:
        return None
    if base == "affair" and reading.lower(word) != base:
        return None  # "Foreign Affairs"
    if base == "campaign" and around & lists()["votes"] - {"campaign"}:
        return None  # "the election campaign"
    if base in ("breach", "interference") and around & lists()["rules"]:
        return None
    if base == "attempt":
        if not around & lists()["attempted"]:
            return None
        base = "coup" if "coup" in around else "assassination"
    if base == "coup" and syntax.obliques(reading, word, "for"):
        return None  # "a coup for Slovenia"
    if end - start == 1 and reading.feat(word, "Number") != "Plur" and reading.pos(word) == "NOUN":
        return Mention(word, base, (start, end), True)  # "convicted of murder" is no one murder
    if base in ("interference", "meddling") and not around & lists()["votes"]:
        return None
    if base in lists()["devices"]:
        return Mention(word, base, (start, end), not _went_off(reading, word))
    strong = base not in lists()["weak"] or bool(around & lists()["strengthening"] - _PREPOSITIONS)
    if not strong and base not in lists()["vague"] and not laid:
        strong = bool(syntax.obliques(reading, word, *_PREPOSITIONS))
        strong = strong or any(
            reading.word(at)[:1].isupper() and reading.pos(at) != "DET" for at in range(start, word)
        )
    strong = strong or any(reading.entity_at(at) == "PER" for at in range(start, end))
    strong = strong or any(  # "a plot to kill the president"
        verb_of(reading.lower(child), lists()["verbs"]) is not None
        for child in syntax.kids(reading, word, "acl", "ccomp", "xcomp")
        if reading.feat(child, "VerbForm") == "Inf"
    )
    return Mention(word, base, (start, end), not strong)


def _is_laid(reading: Reading, word: int) -> bool:
    head = syntax.parent(reading, word)
    return (
        head is not None
        and head < word
        and verb_of(reading.lower(head), _LAYING) is not None
        and any(reading.lower(at) in ("the", "that", "this") for at in range(head + 1, word))
    )


def _went_off(reading: Reading, word: int) -> bool:
    """ "A bomb went off", "a grenade was thrown", "explosives were found"."""
    head = syntax.parent(reading, word)
    return head is not None and verb_of(reading.lower(head), lists()["set_off"]) is not None


def _known(reading: Reading, mention: Mention, found: list[Cluster]) -> Cluster | None:
    definite = any(
        reading.lower(child) in ("the", "that", "this", "those", "these")
        for child in reading.children(mention.word)
    )
    told = _telling(reading, mention)
    for cluster in reversed(found[-1:]):  # "the ailments known as Havana syndrome"
        last = cluster.mentions[-1]
        between = [reading.lower(at) for at in range(last.word + 1, mention.word)]
        if last.span[0] <= mention.word < last.span[1] and not last.verb:
            return cluster
        if len(between) < _NAME and ("known" in between or "called" in between):
            return cluster
    if mention.verb:  # "a missile that killed two men"
        doer = syntax.agent(reading, mention.word)
        for cluster in found:
            if doer is not None and any(each.word == doer for each in cluster.mentions):
                return cluster
    if mention.verb and mention.weak:  # "the explosion, which killed two people"
        here = reading.sentence_of(mention.word)
        for cluster in reversed(found):
            if any(not each.verb and reading.sentence_of(each.word) == here for each in cluster.mentions):
                return cluster
        if found and _same_paragraph(reading, found[-1].mentions[-1].word, mention.word):
            return found[-1]  # "the death of the envoy. Two women smeared his face"
    for cluster in reversed(found):
        if any(
            akin(mention.base, other.base) and not _apart(reading, mention, other)
            for other in cluster.mentions
        ):
            return cluster
        if any(len(told & _telling(reading, other)) > 1 for other in cluster.mentions):
            return cluster
    bare = mention.span[1] - mention.span[0] < 3
    unnamed = mention.weak and not _told_apart(reading, mention)
    if definite and (unnamed or bare) and found and not mention.verb:
        named = [cluster for cluster in found if any(not each.weak for each in cluster.mentions)]
        return (named or found)[-1]
    return None


def _same_paragraph(reading: Reading, one: int, two: int) -> bool:
    return "\n\n" not in reading.text[reading.start(one) : reading.start(two)]


def _apart(reading: Reading, one: Mention, two: Mention) -> bool:
    """Both name what they tell of, and no name stands in both: "the raid in Lyon", "grenade attacks in Kigali"."""
    if one.weak or two.weak:
        return False
    names = [
        {reading.lower(at) for at in range(*each.span) if reading.pos(at) == "PROPN"} for each in (one, two)
    ]
    return bool(names[0]) and bool(names[1]) and not names[0] & names[1]


def _telling(reading: Reading, mention: Mention) -> set[str]:
    """The words of a mention that mean something, to recognise it by."""
    return {
        reading.lower(at)
        for at in range(*mention.span)
        if reading.pos(at) in ("NOUN", "PROPN", "ADJ", "VERB") and len(reading.lower(at)) > 3
    }


def akin(one: str, two: str) -> bool:
    """Two words may tell of the same kind of incident."""
    if one.endswith(two) or two.endswith(one):
        return True  # "cyberattack", "attack"
    return one[:5] == two[:5] or any(one in group and two in group for group in _kin())
