"""Where a forum is told to lie still, or to have shut somebody out, by other words than the verbs of its states.

Requires the tree. "Idle since 1998", "is off", "remains in abeyance", "barred Fiji from its table".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.forums.names import words
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_INTO = frozenset(("on", "in", "into", "to", "at"))
_ENDS = frozenset((";", ":"))
_REACH = 16
_CHANCES = frozenset(
    "unlikely likely expected possible doubtful improbable open request demand wish proposal plea bid hope "
    "ready willing".split()
)
_OFFERING = frozenset(("offer", "propose", "suggest"))
_ADVERBS = frozenset(("off", "over", "dead"))
_LYING = frozenset(("lie", "stand", "remain", "sit", "stay", "fall", "go"))
_WHEN = frozenset("then last early late mid autumn spring summer winter fall start end beginning".split())
_NOT_DONE = (["did", "not"], ["did", "n't"], ["never", "did"])
_NOT_TO_BE = (["will", "not"], ["wo", "n't"], ["shall", "not"])
_CONDITIONS = frozenset(("if", "once", "provided", "unless"))
_WANTING = frozenset(("want", "wish", "demand", "like", "prefer"))
_AIMS = frozenset(
    "bid effort efforts attempt attempts hope hopes aim basis condition conditions chance chances prospect prospects "
    "way ways plan plans drive pressure possibility idea proposal proposals".split()
)
_SEEKING = frozenset("seek try attempt hope aim struggle strive fail endeavour endeavor".split())
_WISHING = frozenset("ask demand want urge propose recommend request insist suggest call".split())


def is_off(reading: Reading, word: int) -> int | None:
    """ "The committee, due to convene in May, is off", "it has been dormant since 2014"."""
    head = syntax.parent(reading, word)
    if head is None or not reading.deprel(word).startswith("nsubj"):
        return None
    return head if is_idle(reading, head) else None


def is_idle(reading: Reading, word: int) -> bool:
    """A word that says of its subject that it does not sit: "has been dormant", "has lain idle"."""
    lower = reading.lower(word)
    if verb_of(lower, _LYING) is not None:
        behind = [reading.lower(at) for at in range(word + 1, min(word + 3, len(reading)))]
        return any(each in words()["idle"] for each in behind)
    be = bool(syntax.kids(reading, word, "cop", "aux:pass"))
    return be and (lower in words()["idle"] or (lower in _ADVERBS and reading.pos(word) != "VERB"))


def ceases(reading: Reading, word: int) -> int | None:
    """ "Has ceased to meet", "stopped meeting", "no longer sits": the verb that ends its sittings."""
    verb = syntax.parent(reading, word)
    if verb is None or not reading.deprel(word).startswith("nsubj"):
        return None
    if verb_of(reading.lower(verb), words()["sitting"]) is not None:
        no_longer = [reading.lower(at) for at in range(max(0, verb - 3), verb)]
        return verb if "longer" in no_longer and "no" in no_longer else None
    if verb_of(reading.lower(verb), words()["ceasing"]) is None or syntax.negated(reading, verb):
        return None
    near = range(verb + 1, min(verb + 4, reading.sentence(verb)[1]))
    sits = any(verb_of(reading.lower(at), words()["sitting"]) is not None for at in near)
    return verb if sits else None


def idle_beside(reading: Reading, end: int) -> int | None:
    """ "The commission, idle since 1998"."""
    at = end + 1 if end < len(reading) and reading.word(end) == "," else end
    return at if at < len(reading) and reading.lower(at) in words()["idle"] else None


def kept_cold(reading: Reading, end: int) -> int | None:
    """ "Remains in abeyance", "has been on hold since May", "has gone into the freezer": told behind the name."""
    last = reading.sentence(min(end, len(reading) - 1))[1]
    for at in range(end, min(last, end + _REACH)):
        if reading.word(at) in _ENDS or reading.lower(at) in ("unless", "if", "not"):
            return None
        into = {reading.lower(before) for before in range(max(end, at - 3), at)} & _INTO
        if reading.lower(at) in words()["cold"] and into - ({"to"} if reading.lower(at) == "hold" else set()):
            return at  # "on hold", and not "promised to hold"
    return None


def shuts_out(reading: Reading, verb: int) -> bool:
    """ "Barred Fiji from its table", "from which Fiji stands excluded": one member is out and the rest sit on."""
    return verb_of(reading.lower(verb), words()["excluding"]) is not None and not syntax.negated(
        reading, verb
    )


def takes_no_part(reading: Reading, verb: int) -> bool:
    """ "Will not take part in the council", "would no longer participate in it"."""
    lower = reading.lower(verb)
    thing = syntax.obj(reading, verb)
    part = thing is not None and reading.lower(thing) == "part" and verb_of(lower, frozenset(("take",)))
    if not part and verb_of(lower, frozenset(("participate",))) is None:
        return False
    before = [reading.lower(at) for at in range(max(0, verb - 3), verb)]
    auxiliaries = set(syntax.auxiliaries(reading, verb))
    if "no" in before and "longer" in before:
        return bool(auxiliaries & (syntax.FUTURE | {"would"}))
    return syntax.negated(reading, verb) and bool(auxiliaries & syntax.FUTURE)


def not_since(reading: Reading, verb: int) -> bool:
    """ "Has not met since May": it did meet in May."""
    last = reading.sentence(verb)[1]
    for at in range(verb + 1, min(last, verb + _REACH)):
        if reading.word(at) in _ENDS:
            return False
        if reading.lower(at) == "since" and at + 1 < last:
            behind = reading.word(at + 2 if reading.lower(at + 1) == "the" else at + 1)
            return behind[:1].isupper() or behind[:1].isdigit() or behind in _WHEN
    return False


def nobody_does(reading: Reading, verb: int) -> bool:
    """ "Neither side has called it off"."""
    subject = syntax.subject(reading, verb)
    return subject is not None and any(
        reading.lower(at) in ("neither", "nobody", "no", "none") for at in range(*reading.phrase(subject))
    )


def is_open(reading: Reading, noun: int) -> bool:
    """A sitting that may come, will not be attended, or is unlikely."""
    head = syntax.parent(reading, noun)
    if head is None:
        return False
    if syntax.negated(reading, head) or (syntax.MODAL | syntax.FUTURE) & set(
        syntax.auxiliaries(reading, head)
    ):
        return True
    return reading.lower(head) in _CHANCES or any(
        reading.lower(child) in ("no", "any") for child in reading.children(noun)
    )


def hangs_on(reading: Reading, verb: int) -> bool:
    """ "Could meet again if a date can be found", "will be convened anew once Peru agrees"."""
    last = reading.sentence(verb)[1]
    for at in range(verb + 1, min(last, verb + _REACH)):
        if reading.word(at) in _ENDS:
            return False
        if reading.lower(at) in _CONDITIONS or (
            reading.lower(at) == "soon" and [reading.lower(at - 1), reading.lower(at + 1)] == ["as", "as"]
        ):
            return True
    return False


def is_asked_for(reading: Reading, verb: int) -> bool:
    """ "Wants the commission scrapped", "is to be advised to dissolve the group", "whether it will assemble"."""
    head = syntax.parent(reading, verb)
    asking = words()["asking"]
    if head is not None and reading.relation(verb) == "acl":
        head = syntax.parent(reading, head)
        asking = _WANTING  # and not "asked the commission set up in May to report"
    bare = reading.feat(verb, "VerbForm") in ("Inf", "Part")
    below = reading.relation(verb) == "xcomp" or (bare and reading.relation(verb) in ("ccomp", "acl"))
    if below and head is not None and verb_of(reading.lower(head), asking) is not None:
        return True
    if head is not None and reading.relation(verb) == "ccomp" and _in_the_base_form(reading, verb):
        wishes = verb_of(reading.lower(head), _WISHING) is not None
        if wishes and not set(syntax.auxiliaries(reading, verb)) - {"be"}:
            return True  # "proposes that the Nine break off the talks"
    first = reading.sentence(verb)[0]
    for at in range(verb - 1, first - 1, -1):
        if reading.word(at) in (",", ";", ":"):
            return False
        if reading.lower(at) == "whether":
            return True
    return False


def is_sought(reading: Reading, verb: int) -> bool:
    """ "A bid to revive the talks", "a basis for resuming them", "sought to restart it": aimed at, and not done."""
    head = syntax.parent(reading, verb)
    if head is None or syntax.auxiliaries(reading, verb):
        return False
    if reading.lower(verb).endswith("ing"):
        return syntax.marker(reading, verb) in ("for", "of", "at", "towards") and reading.lower(head) in _AIMS
    to = reading.feat(verb, "VerbForm") == "Inf"
    if to and (reading.lower(head) in _AIMS or reading.lower(verb - 2) in _AIMS):
        return True
    return to and reading.relation(verb) == "xcomp" and verb_of(reading.lower(head), _SEEKING) is not None


def _in_the_base_form(reading: Reading, verb: int) -> bool:
    """A verb without ending under its own "that": "that the talks be broken off", "that he suspend them"."""
    if syntax.marker(reading, verb) != "that":
        return False
    be = any(reading.lower(child) == "be" for child in syntax.kids(reading, verb, "aux:pass", "aux"))
    return be or (
        reading.feat(verb, "Tense") != "Past"
        and not reading.lower(verb).endswith(("ed", "s"))
        and not syntax.auxiliaries(reading, verb)
    )


def is_offered(reading: Reading, verb: int) -> bool:
    """ "Offered to restart the talks", "suggested that the commission be convened", "demanded that it sit"."""
    head = syntax.parent(reading, verb)
    if head is None or reading.relation(verb) not in ("xcomp", "ccomp") or syntax.negated(reading, head):
        return False
    if verb_of(reading.lower(head), _OFFERING) is not None:
        return True
    return _in_the_base_form(reading, verb) and verb_of(reading.lower(head), _WISHING) is not None


def did_not(reading: Reading, verb: int) -> bool:
    """ "Was due to gather on Wednesday. It did not": the sentence after takes it back."""
    return _taken_back(reading, verb, _NOT_DONE)


def will_not(reading: Reading, verb: int) -> bool:
    """ "Was to have sat on the 25th. It will not"."""
    return _taken_back(reading, verb, _NOT_TO_BE)


def _taken_back(reading: Reading, verb: int, words_of_it: tuple[list[str], ...]) -> bool:
    end = reading.sentence(verb)[1]
    after = [reading.lower(at) for at in range(end, min(end + 4, len(reading)))]
    stops = len(after) < 4 or after[3] in (".", ";", ",")
    return after[:1] in (["it"], ["they"], ["this"], ["that"]) and after[1:3] in words_of_it and stops
