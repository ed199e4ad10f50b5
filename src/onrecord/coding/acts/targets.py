"""What a verb or noun acts upon, looked for beyond its own object: the tree is often wrong, the order of words seldom.

Requires the reading and the classes of nouns. Every function gives the noun of a class asked for, or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.counts import count_at

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

_BEEN = frozenset(("be", "been", "being", "was", "were", "is", "are"))
_HAD = frozenset(("had", "have", "has", "having"))
_AUXILIARY = frozenset(
    ("has", "have", "had", "having", "to", "is", "are", "be", "was", "were", "needs", "ought")
)
_PARTICIPLES = frozenset(("told", "shut", "sent", "put", "cut", "brought", "thrown"))
_HOMEWARDS = frozenset(("home", "out", "back"))  # what the tree may take for the noun: "sent no Kenyan home"
_STOPS = frozenset((";", ":", ".", "?", "!", "(", ")", "—", "–"))
_HOUSES = frozenset(("mission", "consulate", "office", "estate"))


def fits(reading: Reading, target: int | None, wanted: tuple[str, ...]) -> bool:
    """A noun is of one of the classes; a state may stand for its government."""
    if "any" in wanted or "none" in wanted:
        return True
    if target is None:
        return False
    classes = class_of(reading, target)
    if classes & set(wanted):
        return True
    if "state" in wanted and classes & {"name", "pronoun"}:
        return True
    return "government" in wanted and reading.lower(target) in ("government", "ministry", "capital")


def target_elsewhere(
    reading: Reading, word: int, own: int | None, wanted: tuple[str, ...], subject: bool
) -> int | None:
    """The noun that a verb acts upon where the tree gives it another, or none: in the row with that, or beside it.

    own: what the tree gives; subject: the thing stands before the verb. A house that is named as the object is the
    only one meant ("halted the mission's work and closed the office"), and where people are, no house is.
    """
    if (beside := in_row(reading, own, wanted)) is not None:
        return beside
    if not subject and own is not None and own > word and _is_object(reading, own):
        classes = class_of(reading, own)
        if classes & _HOUSES or ("people" in classes and set(wanted) <= _HOUSES):
            return None
    return (
        other_target(reading, word, wanted)
        or number_after(reading, word, wanted)
        or participle_target(reading, word, wanted)
        or causative_target(reading, word, wanted)
        or (subject_beside if subject else target_beside)(reading, word, wanted)
    )


def _is_object(reading: Reading, noun: int) -> bool:
    return reading.deprel(noun) == "obj" and reading.pos(noun) in ("NOUN", "PROPN")


def in_row(reading: Reading, target: int | None, wanted: tuple[str, ...]) -> int | None:
    """A thing of the class asked for in the row that the tree begins with something else."""
    if target is None:
        return None
    return next((each for each in syntax.conjuncts(reading, target)[1:] if fits(reading, each, wanted)), None)


def participle_target(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """What a bare participle is said of: the object before it ("ordered the consulates shut"), or the subject after
    it ("Called in on Wednesday, the ambassador was told")."""
    head = syntax.parent(reading, word)
    if head is None or syntax.kids(reading, word, "aux") or reading.pos(head) not in ("VERB", "ADJ"):
        return None
    if reading.pos(word) == "NOUN":  # "did not order the embassy shut"
        return next(
            (child for child in syntax.kids(reading, word, "compound") if fits(reading, child, wanted)), None
        )
    if own := syntax.kids(reading, word, "nsubj"):
        # "the bureau was closed and its staff told to go", "wanted the embassy reduced"
        left_out = syntax.is_passive(reading, head) if reading.deprel(word) == "conj" else True
        bare = (
            left_out and reading.deprel(word) in ("conj", "xcomp", "ccomp") and _is_participle(reading, word)
        )
        return own[-1] if bare and head < own[-1] < word and fits(reading, own[-1], wanted) else None
    goes = reading.feat(word, "VerbForm") == "Fin" and not reading.lower(word).endswith("ed")
    if reading.deprel(word) == "conj" and syntax.is_passive(reading, head) and not goes:
        shared = syntax.patient(reading, head)  # "were declared unwelcome and given 24 hours"
        return shared if shared is not None and fits(reading, shared, wanted) else None
    for child in syntax.kids(reading, head, "obj", "iobj"):
        if head < child < word and fits(reading, child, wanted):
            return child
    for child in syntax.kids(reading, head, "nsubj"):
        if reading.pos(word) != "AUX" and word < child < head and fits(reading, child, wanted):
            return child
    return None


def _is_participle(reading: Reading, word: int) -> bool:
    """A form that may be a past participle, with no object of its own."""
    formed = reading.lower(word).endswith(("ed", "en", "wn")) or reading.lower(word) in _PARTICIPLES
    return formed and not syntax.kids(reading, word, "obj", "iobj")


def apposed(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """What a participle between commas is said of, wherever the tree hangs it: "Italy's ambassador, recalled in April,
    has not gone back"."""
    first, _ = syntax.sentence(reading, word)
    if (
        word - 2 < first
        or reading.lower(word - 1) not in (",", "–", "—", "(")
        or reading.lower(word).endswith("ing")
        or reading.pos(word) != "VERB"
        or any(child < word for child in syntax.kids(reading, word, "aux", "cc", "mark"))
        or any(reading.deprel(child) == "obj" for child in reading.children(word))
    ):
        return None
    for at in range(word - 2, max(first - 1, word - 9), -1):
        if reading.lower(at) in _STOPS or reading.pos(at) in ("VERB", "AUX", "SCONJ"):
            return None
        if (
            reading.pos(at) in ("NOUN", "PROPN")
            and reading.deprel(at) not in ("compound", "nmod:poss")
            and fits(reading, at, wanted)
        ):
            return at
    return None


def target_beside(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """The nearest thing of the class asked for in the verb's own stretch of words, wherever the tree hangs it: before a
    passive, after an active verb."""
    if reading.pos(word) != "VERB" or "any" in wanted or "none" in wanted:
        return None
    first, last = syntax.sentence(reading, word)
    passive = any(reading.lower(at) in _BEEN for at in range(max(first, word - 3), word))
    start = _past_aside(reading, word + 1, last)
    places = range(word - 1, max(first - 1, word - 16), -1) if passive else range(start, min(last, start + 9))
    for at in places:
        lower, pos = reading.lower(at), reading.pos(at)
        if lower in _STOPS or (pos == "VERB" and not passive) or (pos == "SCONJ" and lower != "of"):
            return None
        if pos == "ADP" and lower not in ("of", "out", "down", "in", "off", "back", "for") and not passive:
            return None
        if (
            pos == "ADJ"
            and reading.word(at)[:1].isupper()
            and "people" in class_of(reading, at)
            and "people" in wanted
        ):
            return at  # "gave a Canadian five days"
        if pos == "NUM" and count_at(reading, at, last) is None:
            continue
        if (
            pos in ("NOUN", "PROPN", "NUM")
            and fits(reading, at, wanted)
            and syntax.case(reading, at) in (None, "of")
            and (
                reading.deprel(at) not in ("compound", "nmod:poss")
                or _titled(reading, at + 1, last)
                or (at + 1 < last and reading.lower(at + 1) in _HOMEWARDS)
            )
        ):
            return at
    return None


def _past_aside(reading: Reading, start: int, last: int) -> int:
    """Past what stands between commas right after a verb: "will revoke, on 1 December, the accreditation"."""
    if start >= last or reading.lower(start) != ",":
        return start
    for at in range(start + 1, min(last, start + 7)):
        if reading.lower(at) == ",":
            return at + 1
        if reading.pos(at) == "VERB":
            break
    return start


def number_after(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """A bare number right after the verb stands for people, wherever the tree hangs it: "expelled 13 the same day"."""
    if "people" not in wanted:
        return None
    _, last = syntax.sentence(reading, word)
    for at in range(word + 1, min(word + 4, last)):
        count = count_at(reading, at, last)
        if count is not None:
            after = count.words[1]
            things = (
                after < last and reading.pos(after) == "NOUN" and "people" not in class_of(reading, after)
            )
            return None if things else after - 1
        if reading.pos(at) not in ("ADP", "ADV", "DET", "PRON"):
            return None
    return None


def other_target(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """A thing of the class asked for among the objects and phrases that hang on the verb or on its object."""
    head = syntax.parent(reading, word)
    if head is not None and word < head and _before_object(reading, word) and fits(reading, head, wanted):
        return head
    start, _ = reading.subtree(word)
    if reading.deprel(word) == "acl:relcl" and any(reading.lower(at) == "whom" for at in range(start, word)):
        return head if fits(reading, head, wanted) else None  # "the envoys, all of whom he had called in"
    children = syntax.kids(reading, word, "obj", "iobj", "obl", "nsubj", "xcomp", "advcl", "ccomp")
    for child in children:
        relation = reading.deprel(child)
        reached = relation in ("obj", "iobj", "nsubj:pass") or (
            relation.split(":")[0] in ("obl", "xcomp", "obj", "iobj")
            and syntax.case(reading, child) in ("of", "for", "from", "on", "to", "in")
        )
        if reached and fits(reading, child, wanted) and "pronoun" not in class_of(reading, child):
            return child
        if relation in ("xcomp", "advcl", "ccomp"):  # "refused to accredit three diplomats"
            for below in syntax.kids(reading, child, "obj"):
                if fits(reading, below, wanted):
                    return below
        for below in syntax.obliques(reading, child, "of", "for", "to"):
            if syntax.relation(reading, child) in ("obj", "nsubj") and fits(reading, below, wanted):
                return below
    return None


def _before_object(reading: Reading, word: int) -> bool:
    """A verb that the tree makes an epithet of its object: "told Oslo to close its centre", "stopped accrediting
    attachés"."""
    if reading.deprel(word) not in ("amod", "compound") or reading.pos(word) != "VERB" or word == 0:
        return False
    return reading.lower(word - 1) == "to" or (
        reading.lower(word).endswith("ing") and reading.pos(word - 1) in ("VERB", "ADP", "SCONJ")
    )


def causative_target(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """What somebody has done to them: "have had their accreditation withdrawn"."""
    had = next((child for child in syntax.kids(reading, word, "aux") if reading.lower(child) in _HAD), None)
    if had is None:
        return None
    for child in syntax.kids(reading, word, "nsubj", "obj"):
        if had < child < word and fits(reading, child, wanted):
            return child
    return None


def subject_beside(reading: Reading, word: int, wanted: tuple[str, ...]) -> int | None:
    """The nearest thing of the class asked for before the auxiliaries of a verb, wherever the tree hangs it: "the
    consulate in Izmir has to close"."""
    if reading.pos(word) not in ("VERB", "AUX") or "any" in wanted or "none" in wanted:
        return None
    first, _ = syntax.sentence(reading, word)
    at = word - 1
    while at > first and (reading.pos(at) in ("AUX", "PART", "ADV") or reading.lower(at) in _AUXILIARY):
        at -= 1
    if at == word - 1 and reading.pos(at) not in ("NOUN", "PROPN"):
        return None
    for place in range(at, max(first - 1, at - 12), -1):
        lower, pos = reading.lower(place), reading.pos(place)
        if (lower == "," or pos == "CCONJ") and _between_names(reading, place):
            continue  # "the missions in Oslo, Riga and Bonn stop work"
        if lower in _STOPS or lower == "," or pos in ("VERB", "AUX", "SCONJ", "CCONJ"):
            return None
        if (
            pos in ("NOUN", "PROPN", "NUM")
            and fits(reading, place, wanted)
            and syntax.case(reading, place) is None
            and reading.deprel(place) not in ("compound", "nmod:poss")
        ):
            return place
    return None


def _between_names(reading: Reading, at: int) -> bool:
    """What joins two names of a row of places."""
    return reading.pos(at - 1) == "PROPN" and reading.pos(at + 1) == "PROPN"


def closes_another(reading: Reading, word: int) -> bool:
    """A verb of closing whose object is a house: its subject is not closed but closes it ("it also closed the
    consulate in Izmir")."""
    if syntax.is_passive(reading, word):
        return False
    return any(
        child > word and class_of(reading, child) & _HOUSES and "pronoun" not in class_of(reading, child)
        for child in syntax.kids(reading, word, "obj")
    )


def consented(reading: Reading, consent: int) -> int:
    """What a consent is to: the premises named after it."""
    _, last = syntax.sentence(reading, consent)
    for at in range(consent + 1, min(last, consent + 14)):
        if reading.pos(at) in ("NOUN", "PROPN") and class_of(reading, at) & {
            "consulate",
            "mission",
            "office",
        }:
            return at
    return consent


def _titled(reading: Reading, at: int, last: int) -> bool:
    """ "declared the ambassador persona non grata": the Latin is said of the noun, whatever the tree makes of it."""
    return at < last and reading.lower(at) in ("persona", "personae", "personas")
