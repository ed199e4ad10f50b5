"""Forums: councils, commissions, dialogues and working groups, and what becomes of them.

Requires the tree and temporal expressions. Gives ``draft.forums``: a record for each state told of a forum
(established, suspended or which part of it, met, invited to, refused, resumed, closed) with its date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.draft import UNTOLD
from onrecord.coding.forums.idle import is_idle, is_offered
from onrecord.coding.forums.invitations import answered, members_sit, stays_away
from onrecord.coding.forums.kinds import Told, kind_of_verb
from onrecord.coding.forums.names import (
    MINISTERS,
    POINTING,
    Named,
    head_of,
    is_loose,
    later_name,
    name_at,
    no_forum_at,
    organisation_at,
    words,
)
from onrecord.coding.forums.states import beside, told
from onrecord.coding.inflect import verb_of
from onrecord.model import dates
from onrecord.model.records import Forum

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Time
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_ENDS = frozenset(("suspended", "resumed", "closed", "refused"))
_SITTING = frozenset(("meet", "convene", "sit", "gather", "assemble", "discuss"))
_HOLDING = frozenset(("hold", "open", "convene"))
_OFFERING = frozenset(("offer", "propose", "schedule", "plan", "call", "convene", "fix", "invite"))
_QUARRELLING = frozenset(("sides", "parties", "both", "two", "governments", "neighbours", "adversaries"))
_SUMMONING = frozenset(("call", "summon", "invite", "convoke"))
_PUTTING_OFF = frozenset(("postpone", "adjourn", "suspend", "cancel", "defer"))


def code(draft: Draft) -> None:
    """Put the states of forums on record, one a forum and state and date."""
    reading = draft.reading
    named = Named()
    end = 0  # of the name told last: the ministers and the organisation in it are no forums besides
    for word in range(len(reading)):
        section = draft.section_of(word)
        if (other := no_forum_at(reading, word)) is not None:
            named.others.add(other)
        if section == "title":
            span = name_at(reading, word)
            if span is not None and span[1] - span[0] > 1 and not is_loose(reading, word, span):
                named.add(word, _text(reading, span))  # told of in the text by "the council"
        if section in UNTOLD or (not named.at and reading.pos(word) not in ("NOUN", "PROPN")):
            continue
        span = name_at(reading, word)
        if span == (word, word + 1) and _means_another(reading, word, named):
            continue
        if span is None and named.at:
            span = later_name(reading, word, named, reading.lower(word) in POINTING and _tells(reading, word))
        if span is not None:
            _of_name(draft, word, span, named)
            end = span[1]
        elif word < end:
            continue
        elif _sits(reading, word) and (span := organisation_at(draft, word)) is not None:
            _of_organisation(draft, word, span)
        elif (verb := _summoned(reading, word)) is not None and (
            span := organisation_at(draft, word)
        ) is not None:
            _add(draft, word, Told(verb, "invited"), _text(reading, span))
        elif _invites(reading, word) and (span := organisation_at(draft, word)) is not None:
            verb = reading.head(word)
            _add(draft, word, Told(verb, "invited"), _text(reading, span))
        else:
            _later(draft, word, named)


def _means_another(reading: Reading, word: int, named: Named) -> bool:
    """ "The Council" after the British Council was named, and no council of states."""
    head = head_of(reading.lower(word))
    return head in named.others and head not in named.heads


def _text(reading: Reading, span: WordSpan) -> str:
    return reading.text[slice(*reading.span(*span))]


def _tells(reading: Reading, word: int) -> bool:
    verb = syntax.parent(reading, word)
    if verb is None:
        return False
    kind = kind_of_verb(reading, verb)
    if kind == "invited":  # "it has been invited again", and not "it was invited to talks"
        return syntax.is_passive(reading, verb) and not syntax.obliques(reading, verb, "to")
    return kind in ("met", "suspended", "resumed", "established") or is_idle(reading, verb)


def _of_name(draft: Draft, word: int, span: WordSpan, named: Named) -> None:
    """What is told of a forum beside its name, or beside a later mention."""
    reading = draft.reading
    name = _text(reading, span)
    if reading.lower(word) == "format" and span[1] - span[0] == 1 and named.at:
        _add(draft, word, Told(word, "met"), named.whole("format"))
        return
    if span[1] - span[0] == 1 and named.at:
        name = named.whole(name)
    elif (whose := _explained(reading, span[0])) in named.at:
        name = named.at[whose]
    elif (other := _of_another(reading, word, span)) is not None:
        name = _text(reading, other)
    loose = is_loose(reading, word, span)
    if not loose:
        named.add(word, name)
    for each in told(reading, word, span[1]):
        fixed = reading.lower(each.word) in ("due", "scheduled") or (
            each.state == "invited" and verb_of(reading.lower(each.word), frozenset(("invite",))) is not None
        )
        if loose and each.state not in _ENDS and not fixed and not is_offered(reading, each.word):
            continue
        if loose and reading.lower(word) != "meetings":
            named.add(word, name)  # told of later by "the talks", "they"
        _add(draft, word, each, name)
        if each.state == "closed":
            named.closed.add(name)


def _of_another(reading: Reading, word: int, span: WordSpan) -> WordSpan | None:
    """The forum of "meetings of the Rhine Commission"."""
    if reading.lower(word) != "meetings":
        return None
    return next((name for at in range(word + 1, span[1]) if (name := name_at(reading, at))), None)


def _explained(reading: Reading, start: int) -> int:
    """The word before a comma and an article: "the Structured Dialogue, a working group on arms"."""
    explains = start >= 3 and reading.word(start - 2) == "," and reading.lower(start - 1) in ("a", "an")
    return start - 3 if explains else -1


def _sits(reading: Reading, word: int) -> bool:
    """A noun of which a sitting verb is told: "the Commonwealth, meeting in Auckland"."""
    if reading.pos(word) not in ("PROPN", "NOUN") or reading.deprel(word) in ("compound", "amod"):
        return False
    if reading.pos(word) == "NOUN" and reading.lower(word) not in MINISTERS:
        return False  # no organisation
    head = syntax.parent(reading, word)
    verbs = beside(reading, reading.phrase(word)[1])
    if head is not None and reading.deprel(word).startswith("nsubj"):
        verbs.append(head)
    return any(verb_of(reading.lower(verb), _SITTING) or _holds_a_sitting(reading, verb) for verb in verbs)


def _holds_a_sitting(reading: Reading, verb: int) -> bool:
    """ "The League held an emergency meeting"."""
    thing = syntax.obj(reading, verb)
    held = thing is not None and reading.lower(thing) in words()["sittings"]
    return held and verb_of(reading.lower(verb), _HOLDING) is not None


def _invites(reading: Reading, word: int) -> bool:
    """ "The African Union has invited both sides": whoever offers to mediate calls a meeting of its own."""
    if reading.pos(word) != "PROPN" or reading.relation(word) != "nsubj":
        return False
    verb = syntax.parent(reading, word)
    if verb is None:
        return False
    if verb_of(reading.lower(verb), frozenset(("invite", "convene", "summon"))) is None:
        return False
    guest = syntax.obj(reading, verb)
    return guest is not None and reading.lower(guest) in _QUARRELLING and not syntax.negated(reading, verb)


def _summoned(reading: Reading, word: int) -> int | None:
    """ "Ministers of the bloc have been called to Lima", "its presidents are due in Lima on Friday"."""
    if reading.lower(word) not in MINISTERS or reading.relation(word) != "nsubj":
        return None
    verb = syntax.parent(reading, word)
    if verb is None or syntax.negated(reading, verb) or syntax.MODAL & set(syntax.auxiliaries(reading, verb)):
        return None
    if reading.lower(verb) == "due":
        return verb if any(reading.lower(at) in ("in", "at") for at in range(verb + 1, verb + 2)) else None
    called = verb_of(reading.lower(verb), _SUMMONING) is not None and syntax.is_passive(reading, verb)
    return verb if called and syntax.obliques(reading, verb, "to") else None


def _of_organisation(draft: Draft, word: int, span: WordSpan) -> None:
    """An organisation or its ministers told to meet among themselves, and nothing else."""
    reading = draft.reading
    if any(name_at(reading, at) for at in range(word + 1, reading.phrase(word)[1])):
        return  # "the Union's mediation committee": the committee met
    for each in told(reading, word, span[1]):
        sits = verb_of(reading.lower(each.word), _SITTING) is not None
        holds = _holds_a_sitting(reading, each.word)
        if each.state not in ("met", "invited") or not (sits or holds):
            continue
        discusses = verb_of(reading.lower(each.word), frozenset(("discuss",))) is not None
        if syntax.kids(reading, each.word, "obj") and not discusses and not holds:
            continue  # "the ministers met the president"
        _add(draft, word, each, _text(reading, span))


def _later(draft: Draft, word: int, named: Named) -> None:
    """What is told of the forum named last by other words than its name."""
    if not named.at:
        return
    sits = bool(draft.forums) and draft.forums[-1].state in ("met", "invited")
    for each in (
        answered(draft.reading, word, named),
        members_sit(draft.reading, word, named),
        stays_away(draft.reading, word, named) if sits else None,
    ):
        if each is not None:
            _add(draft, word, each, named.at[named.last])
    _part(draft, word, named)
    _next_sitting(draft, word, named)


def _part(draft: Draft, word: int, named: Named) -> None:
    """ "Practical cooperation was suspended": part of the forum that the paragraph is about."""
    reading = draft.reading
    if reading.relation(word) not in ("nsubj", "obj"):
        return
    verb = syntax.parent(reading, word)
    text = _text(reading, reading.phrase(word)).lower()
    part = next((each for each in words()["part"] if text.endswith(each)), None)
    last = named.last
    between = reading.text[reading.start(last) : reading.start(word)]
    if verb is None or part is None or "\n" in between or kind_of_verb(reading, verb) != "suspended":
        return
    if not syntax.negated(reading, verb):
        whole = part == "its work"  # the forum's own
        told = Told(verb, "suspended") if whole else Told(verb, "partly_suspended", part)
        _add(draft, word, told, named.at[last])


def _next_sitting(draft: Draft, word: int, named: Named) -> None:
    """ "Its next session is put off", "a new round was offered": what becomes of a sitting becomes of the forum."""
    reading = draft.reading
    if reading.lower(word) not in words()["sittings"] or reading.pos(word) != "NOUN":
        return
    last, verb = named.last, syntax.parent(reading, word)
    if verb is None or reading.relation(word) not in ("nsubj", "obj") or syntax.negated(reading, verb):
        return
    if reading.sentence_of(word) - reading.sentence_of(last) > 1:
        return
    base = verb_of(reading.lower(verb), _OFFERING | _PUTTING_OFF)
    if base in _PUTTING_OFF or kind_of_verb(reading, verb) == "suspended":
        _add(draft, word, Told(verb, "suspended"), named.at[last])
    elif base is not None:
        _add(draft, word, Told(verb, "invited"), named.at[last])


def _will_sit(reading: Reading, told: Told) -> bool:
    """ "Suspended in 2011, will meet in May": told as settled."""
    sits = verb_of(reading.lower(told.word), _SITTING) is not None
    return sits and bool({"will", "shall"} & set(syntax.auxiliaries(reading, told.word)))


def _ahead(draft: Draft, time: Time | None) -> bool:
    """ "Was to meet next week" is still on; "was to meet on Monday", told on Wednesday, tells of no sitting."""
    first = dates.parse(time.edtf).lower if time is not None else None
    return first is not None and draft.day is not None and first > draft.day


def _add(draft: Draft, word: int, told: Told, name: str) -> None:
    reading = draft.reading
    span = draft.clause(told.word)
    if not span[0] <= word < span[1]:
        span = min(span[0], word), max(span[1], word + 1)
    mine = [each for each in draft.forums if head_of(each.name) == head_of(name)]
    state = told.state
    stopped = bool(mine) and mine[-1].state == "suspended"
    if stopped and ((state == "met" and told.again) or (state == "invited" and _will_sit(reading, told))):
        state = "resumed"
    same = [each for each in mine if each.state == state]
    if same and state != "met":
        return
    status = "future" if told.state == "invited" else "actual"
    time = draft.time_for((told.word, told.word + 1), status=status)
    if any(each.time is None or time is None or each.time.edtf == time.edtf for each in same):
        return
    if told.meant and not _ahead(draft, time):
        return
    record = Forum(
        id=draft.new_id("forum"),
        name=re.sub(r"^(?:the|a|an|all|both)\s+", "", name, flags=re.I),
        state=state,
        part=told.part,
        time=time,
        evidence=[draft.span(span)],
    )
    draft.forums.append(record)
    draft.note(record.id, "state", f"cues/forums.yaml: “{reading.word(told.word)}”")
