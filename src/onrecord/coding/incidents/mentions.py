"""Where an incident is told: harmful nouns and verbs.

Requires the reading. A noun names an incident by itself ("explosion") or with words beside it ("attack on …"); a verb
tells of one without naming it, and opens one only where somebody is put behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.status import status_of
from onrecord.coding.cues import load
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_PREPOSITIONS = frozenset(("of", "at", "in", "on", "against", "into", "upon", "aboard"))
_OPEN = frozenset(("future", "hypothetical"))
_FLYING = frozenset(("shells", "shots", "rocket", "missile", "mortar", "grenade"))
_BLAMED_FOR = frozenset("blame attribute ascribe impute pin hold".split())
_STRIKING = frozenset(("strike", "hit", "seal"))
_SCHEMING = frozenset(("plot", "conspire", "scheme", "attempt"))
_UPON = frozenset(("on", "upon", "to", "at", "down"))
_OFF = frozenset(("off", "out", "from", "back"))
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


def told_apart(reading: Reading, mention: Mention) -> bool:
    """ "The fire in a Warsaw arcade", "shells that fell on the town": on record where somebody is blamed."""
    start, end = mention.span
    word = mention.word
    asked = _who_did(reading, word) and reading.lower(reading.sentence(word)[0]) != "what"
    if asked and mention.base not in lists()["vague"]:
        return True  # "who did the shooting?"
    if mention.base in _FLYING and reading.lower(word).endswith("s"):
        return True  # "shells fell on Bandarban"
    if _is_at_issue(reading, word):
        return True
    if end <= word + 1 and not syntax.kids(reading, word, "acl", "compound", "amod"):
        return False
    if mention.base in lists()["vague"]:
        definite = any(
            reading.lower(child) in ("the", "this", "that") or reading.deprel(child) == "nmod:poss"
            for child in reading.children(word)
        )
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


def _is_at_issue(reading: Reading, word: int) -> bool:
    """ "Blamed it for a series of fires", "responsible for the balloons": somebody is put behind it."""
    for steps, (head, relation) in enumerate(syntax.governors(reading, word)):
        lower = reading.lower(head)
        if verb_of(lower, _BLAMED_FOR) is not None or lower in ("responsible", "answerable", "accountable"):
            of = syntax.obliques(reading, word, "to", "of")
            return not any(noun_of(reading.lower(each), lists()["unhurt"]) for each in of)
        if steps > 1 or relation not in ("nmod", "conj"):
            return False
    return False


def is_harmful(reading: Reading, word: int) -> bool:
    """A verb tells of a deed that does harm, by the list or by the model."""
    base = verb_of(reading.lower(word), lists()["verbs"])
    if base is not None and _is_idle(reading, word, base):
        return False
    if base is not None or _phrasal(reading, word):
        return True
    return any(
        each.trigger[0] <= word < each.trigger[1] and each.type == "ASSAULT" for each in reading.events
    )


def _is_idle(reading: Reading, word: int, base: str) -> bool:
    """ "Struck a deal", "severed relations", "be struck out", "hit back": nobody is harmed."""
    things = [reading.lower(each) for each in syntax.kids(reading, word, "obj")]
    if any(noun_of(each, lists()["unhurt"]) for each in things):
        return True
    if base not in _STRIKING:
        return False
    beside = reading.lower(word + 1) if word + 1 < len(reading) else ""
    return beside in _OFF or any(each in lists()["struck"] for each in things)


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


@lru_cache(maxsize=1 << 16)
def _may_tell(lower: str) -> bool:
    """A word that may tell of an incident at all, asked once for each word of the language."""
    return (
        noun_of(lower, lists()["nouns"]) is not None
        or verb_of(lower, lists()["verbs"]) is not None
        or verb_of(lower, frozenset(_phrases())) is not None
        or lower in _hyphening()
    )


@lru_cache(maxsize=1)
def _hyphening() -> frozenset[str]:
    """The first parts of nouns of three tokens: "break" of "break-in"."""
    return frozenset(noun.split("-")[0] for noun in lists()["nouns"] if "-" in noun)


def mention_at(reading: Reading, word: int) -> Mention | None:
    """The mention that a word opens, or None."""
    if not _may_tell(reading.lower(word)):
        return None
    if reading.pos(word) in ("NOUN", "PROPN") or _stands_as_noun(reading, word):
        return _noun(reading, word)
    if reading.pos(word) != "VERB" or reading.deprel(word) == "amod":
        return None  # "a sealed trailer"
    base = verb_of(reading.lower(word), lists()["verbs"]) or _phrasal(reading, word)
    if base is None:
        return None
    if _is_idle(reading, word, base):
        return None
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


def _stands_as_noun(reading: Reading, word: int) -> bool:
    """ "Bombings", "the massacre", "a raid": a noun, whatever the tagger takes it for."""
    if reading.lower(word).endswith("ings"):
        return True
    return (
        not reading.lower(word).endswith(("ed", "ing"))
        and noun_of(reading.lower(word), lists()["nouns"]) is not None
        and bool(syntax.kids(reading, word, "det"))
    )


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
            verb_of(reading.lower(head), lists()["inciting"] | _SCHEMING) is not None
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
    if (base := _hyphened(reading, word)) is not None:
        return Mention(word, base, (word, _noun_phrase(reading, word + 2)[1]), False)
    base = noun_of(reading.lower(word), lists()["nouns"])
    if base is None:
        return _doing(reading, word)
    if syntax.negated(reading, word):
        return None
    if reading.pos(word) == "PROPN" and reading.word(word).istitle() and reading.word(word + 1)[:1].isupper():
        return None  # "Downing Street"
    start, end = reading.phrase(word)
    laid = _is_laid(reading, word)
    if laid:  # "pins the assault on agents of Kigali": the deed, without whom it is laid to
        end = next((at for at in range(word + 1, end) if reading.lower(at) in _UPON), end)
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
        return Mention(
            word, base, (start, end), not (_went_off(reading, word) or _lay_somewhere(reading, word))
        )
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


def _hyphened(reading: Reading, word: int) -> str | None:
    """ "Break-in", "hold-up": a noun of three tokens."""
    if not 0 < word < len(reading) - 2 or reading.word(word + 1) != "-":
        return None
    whole = f"{reading.lower(word)}-{reading.lower(word + 2)}"
    return whole if whole in lists()["nouns"] else None


def _doing(reading: Reading, word: int) -> Mention | None:
    """ "The severing of a cable": a noun made of a verb that does harm."""
    lower = reading.lower(word)
    if not lower.endswith("ing") or not syntax.obliques(reading, word, "of"):
        return None
    base = verb_of(lower, lists()["verbs"])
    return None if base is None else Mention(word, base, reading.phrase(word), True)


def _is_laid(reading: Reading, word: int) -> bool:
    head = syntax.parent(reading, word)
    return (
        head is not None
        and head < word
        and verb_of(reading.lower(head), _LAYING) is not None
        and any(reading.lower(at) in ("the", "that", "this") for at in range(head + 1, word))
    )


def _lay_somewhere(reading: Reading, word: int) -> bool:
    """ "The bomb in the discotheque", "a grenade under the consul's car": one thing in one place."""
    if reading.feat(word, "Number") == "Plur" or not any(
        reading.lower(child) in ("the", "a", "that") for child in reading.children(word)
    ):
        return False
    return any(
        reading.pos(at) in ("NOUN", "PROPN")
        for at in syntax.obliques(reading, word, "in", "at", "under", "outside", "aboard", "beneath", "near")
    )


def _went_off(reading: Reading, word: int) -> bool:
    """ "A bomb went off", "a grenade was thrown", "explosives were found"."""
    head = syntax.parent(reading, word)
    return head is not None and verb_of(reading.lower(head), lists()["set_off"]) is not None
