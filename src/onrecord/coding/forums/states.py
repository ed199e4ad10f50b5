"""What a clause tells of a forum: the verb or adjective that puts it into a state, seen from the forum's place in it.

Requires the tree; what stands right beside a name ("the commission, set up in 1993, met") is read by its place, because
trees hang it anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.forums import idle
from onrecord.coding.forums.kinds import Told, after, end_of_sentence, kind_of_verb
from onrecord.coding.forums.names import words
from onrecord.coding.forums.sittings import (
    MODAL,
    PLANNED,
    TAKING,
    UNDOING,
    due,
    hears,
    met,
    sitting_beside,
)
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_CHANGES = frozenset(("suspended", "established", "resumed", "closed"))
_CANCELLING = frozenset(("call", "cancel", "postpone", "scrub", "defer", "delay", "adjourn"))
_INTRANSITIVE = frozenset(("meet", "convene", "sit", "gather", "assemble", "open", "session"))
_ITSELF = frozenset(("which", "that", "who", "chairs", "co-chairs", "members", "delegates"))
_WHOSE = frozenset(("ministers", "leaders", "members", "presidents", "ambassadors", "delegates", "heads"))
_GOING = frozenset(("go", "keep", "continue"))
_OPENING = frozenset(("open",))
_OCCASION = frozenset(("at", "before", "after", "during", "since", "following", "until"))
_HEDGED = frozenset(("probable", "probably", "likely", "perhaps", "thought", "possibly", "expected"))
_DELIBERATING = frozenset("discuss meet sit gather deliberate debate confer go".split())
_HELPING = frozenset(("help", "agree", "decide", "begin", "manage"))
_CALLING = frozenset("call convene schedule offer propose arrange fix summon ask request demand seek".split())
_PARTLY = frozenset(("partly", "partially"))
_LASTING = frozenset(("dialogue", "talks", "conference", "forum", "mechanism", "format", "partnership"))
_SOON = re.compile(r"\b(?:once|as soon as|when and if|if and when)\b[^.;]*$", re.I)


def told(reading: Reading, word: int, end: int) -> list[Told]:
    """What is told of the forum whose head is a word and whose name ends before ``end``."""
    found = _of_verbs(reading, word)
    off = idle.is_off(reading, word)
    if off is not None:
        return [*(each for each in found if each.state != "invited"), Told(off, "suspended")]
    clauses = [each for named in range(word, max(end, word + 1)) for each in _clauses(reading, named)]
    for verb, relation in [*clauses, *((verb, "nsubj") for verb in beside(reading, end))]:
        if all(each.word != verb for each in found):
            found += _state(reading, verb, word, relation)
    if (stopped := idle.ceases(reading, word)) is not None:
        found.append(Told(stopped, "suspended"))
    if not found or all(each.state not in UNDOING for each in found):
        found += due(reading, end)  # not "due to sit in May, has been called off"
    still = idle.idle_beside(reading, end)
    if still is not None:
        found.insert(0, Told(still, "suspended"))
    if not {"suspended", "resumed", "closed"} & {each.state for each in found}:
        cold = idle.kept_cold(reading, end)
        found += [] if cold is None else [_stopped(reading, word, cold)]
    stops = [each.word for each in found if each.state == "suspended"]
    found = [each for each in found if each.state != "invited" or each.word > max(stops, default=-1)]
    sat = max((each.word for each in found if each.state == "met"), default=-1)
    found = [
        each for each in found if each.state != "invited" or each.word > sat
    ]  # "was asked to act and met"
    if any(each.state in UNDOING for each in found):
        found = [each for each in found if not each.meant]  # "cancelled the talks that were to open today"
    if (
        not found
        and (sitting := sitting_beside(reading, word, end)) is not None
        and not idle.is_open(reading, sitting)
    ):
        above = syntax.parent(reading, sitting)
        called = above is not None and verb_of(reading.lower(above), _CALLING) is not None
        found.append(Told(sitting, "invited" if called else "met"))
    return found


def _stopped(reading: Reading, word: int, at: int) -> Told:
    """Suspended, or the part of its work that stands before its name: "practical work in the council"."""
    first = reading.sentence(word)[0]
    before = " ".join(reading.lower(each) for each in range(max(first, word - 8), word))
    part = next(
        (each for each in words()["part"] if f"{each} in " in before or f"{each} under " in before), None
    )
    return Told(at, "suspended") if part in (None, "its work") else Told(at, "partly_suspended", part)


def _of_verbs(reading: Reading, word: int) -> list[Told]:
    found: list[Told] = []
    below = word
    for head, relation in list(syntax.governors(reading, word))[:3]:
        if reading.pos(head) != "VERB" or _is_sitting(reading, head):
            if relation.startswith("nmod") and not _passes(reading, head):
                break  # "the chairman of the committee met"
            if reading.lower(head) not in words()["sittings"]:
                found += _state(reading, head, word, relation)
            below = head
            continue
        found += _state(reading, head, word, relation)
        for verb in _joined(reading, head, below, relation):
            found += _state(reading, verb, word, relation)
        break
    return found


def _is_sitting(reading: Reading, word: int) -> bool:
    """ "A meeting of the council", however the word is tagged."""
    return reading.lower(word) in words()["sittings"] and bool(syntax.kids(reading, word, "det"))


def _passes(reading: Reading, noun: int) -> bool:
    """What happens to a noun happens to the forum that it is of: its meeting, work, a cooperation in it."""
    lower = reading.lower(noun)
    return lower in words()["through"] or lower.rstrip("s") in words()["sittings"]


def _joined(reading: Reading, head: int, below: int, relation: str) -> list[int]:
    """Verbs joined to a verb that share the forum with it, and those that it controls."""
    found = []
    for verb in syntax.conjuncts(reading, head)[1:]:
        if syntax.kids(reading, verb, "nsubj", "csubj"):
            continue
        if relation.startswith("nsubj") or not syntax.kids(reading, verb, "obj", "ccomp", "xcomp"):
            found.append(verb)
    if relation.startswith("nsubj"):
        going = verb_of(reading.lower(head), _GOING) is not None
        if going:
            found += [at for at in range(head + 1, head + 3) if reading.lower(at) in ("sitting", "meeting")]
        found += [
            child
            for child in syntax.kids(reading, head, "xcomp", "advcl")
            if (
                reading.feat(child, "VerbForm") == "Part" and not syntax.kids(reading, child, "nsubj", "mark")
            )
            or (going and reading.lower(child).endswith("ing"))
        ]
    return found


def _clauses(reading: Reading, word: int) -> list[tuple[int, str]]:
    """Verbs of the clauses that hang on the name, its apposition or the noun that it is of, each with the place that
    the forum has in it: "which the Union set up", "that met"."""
    heads = [word, *syntax.kids(reading, word, "appos")]
    above = syntax.parent(reading, word)
    if above is not None and reading.deprel(word).startswith("nmod") and _passes(reading, above):
        heads.append(above)
    found: list[tuple[int, str]] = []
    for head in heads:
        for child in syntax.kids(reading, head, "acl"):
            subjects = syntax.kids(reading, child, "nsubj")
            if subjects and reading.lower(subjects[0]) not in _ITSELF:
                if verb_of(reading.lower(child), _INTRANSITIVE):
                    if any(reading.lower(at) == "last" for at in range(subjects[0] + 1, child + 2)):
                        found.append((child, "nsubj"))  # "in which the two sides last sat in May"
                    continue  # "in which Russia sits", "whose committee met"
                thing = syntax.obj(reading, child)
                below = [child] if thing in (None, head) or reading.lower(thing) in _ITSELF else []
                if verb_of(reading.lower(child), _HELPING) is not None:
                    below += syntax.kids(reading, child, "xcomp")
                found += [(verb, "obj") for verb in below]
                continue
            found += [
                (verb, "nsubj")
                for verb in syntax.conjuncts(reading, child)
                if verb == child or not syntax.kids(reading, verb, "nsubj")
            ]
    return found


def beside(reading: Reading, end: int) -> list[int]:
    """A participle after the name, and the verb that goes on from there: "the committee, set up in July, met"."""
    last = end_of_sentence(reading, end)
    closed = end < last and reading.word(end) == ","
    at = end + 1 if closed else end
    relative = False
    if closed and reading.lower(at) == "whose" and at + 2 < last and reading.lower(at + 1) in _WHOSE:
        return [at + 2] if kind_of_verb(reading, at + 2) == "met" else []
    while at < last and (
        reading.pos(at) == "ADV"
        or reading.lower(at) in ("which", "that", "who", "had", "been", "was", "were")
    ):
        if reading.lower(at) in ("was", "were") and not relative:
            return []
        relative = relative or reading.lower(at) in ("which", "that", "who")
        at += 1
    if at >= last or reading.pos(at) != "VERB":
        return []
    bare = reading.feat(at, "VerbForm") in ("Part", "Ger")
    if not bare and not relative and not (after(reading, at, 1) == ["up"] and not closed):
        return []
    further = _comma_then(reading, at, last) if closed else _main_verb(reading, at, last)
    return [at] if further is None else [at, further]


def _comma_then(reading: Reading, at: int, last: int) -> int | None:
    """The verb after the comma that closes what began beside the name."""
    comma = next((each for each in range(at + 1, min(last, at + 14)) if reading.word(each) == ","), None)
    if comma is None or comma + 1 >= last or reading.feat(comma + 1, "VerbForm") != "Fin":
        return None
    after = comma + 1
    while after < last and reading.pos(after) in ("AUX", "ADV", "PART"):
        after += 1
    return after if after < last and reading.pos(after) == "VERB" else None


def _main_verb(reading: Reading, at: int, last: int) -> int | None:
    """ "A group set up in May met on Friday", "the dialogue launched in May stands suspended"."""
    for each in range(at + 2, min(last, at + 12)):
        if reading.pos(each) == "PUNCT":
            return None
        if reading.pos(each) != "VERB" or reading.lower(each - 1) == "to":
            continue
        if verb_of(reading.lower(each), frozenset(("stand", "remain", "lie"))):
            return each + 1
        if kind_of_verb(reading, each) == "met" and not syntax.kids(reading, each, "nsubj"):
            return each
    return None


def _state(reading: Reading, verb: int, word: int, relation: str) -> list[Told]:
    kind = kind_of_verb(reading, verb)
    if (
        kind is None
        and reading.lower(word) != "it"
        and idle.shuts_out(reading, verb)
        and not _whether(reading, verb)
    ):
        return [Told(verb, "partly_suspended", "participation")]
    if hears(reading, verb, relation, kind):
        return [] if _whether(reading, verb) else met(reading, verb, relation)
    if idle.takes_no_part(reading, verb) and relation.startswith(("obl", "nmod")):
        return [] if _whether(reading, verb) else [Told(verb, "refused")]
    if kind in ("met", "resumed") and idle.is_offered(reading, verb):
        return [Told(verb, "invited")]
    if kind is None or _whether(reading, verb) or (kind in _CHANGES and idle.is_sought(reading, verb)):
        return []
    called_off = kind == "refused" and verb_of(reading.lower(verb), _CANCELLING) is not None
    if called_off and (syntax.negated(reading, verb) or idle.nobody_does(reading, verb)):
        return []
    by = syntax.agent(reading, verb) if called_off and syntax.is_passive(reading, verb) else None
    if called_off and (_both(reading, verb) or (syntax.is_passive(reading, verb) and by is None)):
        kind = "suspended"  # "has been called off"; whoever calls it off himself refuses it
    base = relation.split(":")[0]
    bare = reading.feat(verb, "VerbForm") == "Part" and not syntax.auxiliaries(reading, verb)
    active = base == "nsubj" and not syntax.is_passive(reading, verb) and not (bare and kind in _CHANGES)
    if kind == "invited" and reading.word(verb - 1) == "," and syntax.obj(reading, verb) is None:
        active = False  # "the council, called together for Friday"
    case = syntax.case(reading, _below(reading, word, verb))
    if case == "by" and base in ("obl", "nmod"):
        return []  # what the forum did
    if kind == "suspended" and case == "from":
        return []  # "suspended Russia from the council"
    if kind in _CHANGES and base == "obl" and case in _OCCASION:
        return []  # "will take up the matter at the summit"
    opened = verb_of(reading.lower(verb), _OPENING) is not None and (bare or reading.deprel(verb) == "acl")
    if opened and base == "nsubj" and _kind_of_noun(reading, word) in _LASTING:
        return [Told(verb, "established")]
    if opened:
        return []  # "the dialogue, opened at the summit"
    if active and not _of_itself(reading, verb, kind):
        return []
    if kind == "met":
        return met(reading, verb, relation)
    if kind == "invited" and syntax.negated(reading, verb):
        will_not = base == "nsubj" and bool(syntax.FUTURE & set(syntax.auxiliaries(reading, verb)))
        return [Told(verb, "suspended")] if will_not else []  # "will not be convened for the present"
    if kind == "invited" and (active or (base == "obl" and case not in ("to", None))):
        return []
    asked = verb_of(reading.lower(verb), frozenset(("ask",))) is not None
    if (
        kind == "invited"
        and not asked
        and any(
            reading.pos(each) == "VERB" and kind_of_verb(reading, each) != "met"
            for each in syntax.kids(reading, verb, "xcomp")
        )
    ):
        return []
    if kind == "refused" and not _about(reading, verb, word):
        return []
    finite = reading.feat(verb, "Tense") == "Past" and reading.feat(verb, "VerbForm") == "Fin"
    auxiliaries = set() if finite else set(syntax.auxiliaries(reading, verb))
    if kind in _CHANGES and (
        auxiliaries & MODAL or syntax.negated(reading, verb, own=finite or bool(auxiliaries))
    ):
        return []
    to = any(reading.lower(mark) == "to" for mark in syntax.kids(reading, verb, "mark"))
    if kind in _CHANGES and to and base == "nsubj" and reading.lower(verb - 2) not in PLANNED:
        return []  # "a dialogue to form a government"
    if kind in _CHANGES and "will" in auxiliaries and _HEDGED & _words_before(reading, verb):
        return []  # "will probably be cancelled"
    if kind == "suspended" and any(
        reading.lower(at) in _PARTLY for at in syntax.kids(reading, verb, "advmod")
    ):
        return [Told(verb, "partly_suspended")]
    if kind == "suspended":
        part = part_in(reading, verb)
        if part is not None and reading.deprel(word).split(":")[0] in ("obl", "nmod"):
            return [Told(verb, "partly_suspended", part)]
    return [Told(verb, kind)]


def _words_before(reading: Reading, verb: int) -> set[str]:
    return {reading.lower(at) for at in range(reading.sentence(verb)[0], verb)}


def _both(reading: Reading, verb: int) -> bool:
    """ "Both sides cancelled a round": nobody is refused."""
    subject = syntax.subject(reading, verb)
    words_of = () if subject is None else range(*reading.phrase(subject))
    return any(reading.lower(at) in ("both", "two", "they") for at in words_of)


def _below(reading: Reading, word: int, verb: int) -> int:
    """The noun right below a verb on the way down to a word."""
    while (head := syntax.parent(reading, word)) is not None and head != verb:
        word = head
    return word


def _kind_of_noun(reading: Reading, word: int) -> str:
    """The noun at a word, in the singular where it has one."""
    lower = reading.lower(word)
    return lower if lower == "talks" else lower.rstrip("s")


def _of_itself(reading: Reading, verb: int, kind: str) -> bool:
    """A forum that does something to another thing is not told of: its own work and sittings are its state."""
    thing = next(iter(syntax.kids(reading, verb, "obj")), None)
    own = thing is not None and _passes(reading, thing)
    if kind == "resumed" and verb_of(reading.lower(verb), TAKING) is not None and not own:
        return False
    if kind == "met" and verb_of(reading.lower(verb), frozenset(("hold", "open", "attend"))) == "attend":
        return False
    if kind == "met" and verb_of(reading.lower(verb), _DELIBERATING):
        return True
    if thing is None:
        return verb_of(reading.lower(verb), frozenset(("hold", "found", "create", "form"))) is None
    lower = reading.lower(thing)
    return _passes(reading, thing) or lower in ("talks", "consultations")


def part_in(reading: Reading, verb: int) -> str | None:
    """The part of a forum's work that the clause of a verb names."""
    start, end = reading.subtree(verb)
    text = " " + " ".join(reading.lower(at) for at in range(start, end)) + " "
    return next((each for each in words()["part"] if f" {each} " in text), None)


def _whether(reading: Reading, verb: int) -> bool:
    """ "Doubts whether it will ever meet"."""
    if any(reading.lower(at) == "ever" for at in range(max(0, verb - 2), verb)):
        return True
    first, _ = reading.sentence(verb)
    told = reading.feat(verb, "VerbForm") != "Part" or syntax.auxiliaries(reading, verb)
    if told and _SOON.search(reading.text[slice(*reading.span(max(first, verb - 14), verb))]):
        return True
    return syntax.marker(reading, verb) in ("whether", "if", "unless", "until") or idle.is_asked_for(
        reading, verb
    )


def _about(reading: Reading, verb: int, word: int) -> bool:
    """What is refused is the forum or taking part in it."""
    if reading.deprel(word) == "nsubj:pass":
        return True
    before = [reading.lower(at) for at in range(max(0, word - 4), word)]
    if verb_of(reading.lower(verb), frozenset(("withdraw", "pull", "excuse"))):
        return "from" in (syntax.case(reading, word), *before) or ("of" in before and "out" in before)
    start, end = reading.subtree(verb)
    return start <= word < end and word > verb and reading.deprel(word).split(":")[0] != "nsubj"
