"""Terms that are set, and what is asked under them: "gave Brazil ten days to say", "urged them to explain".

Requires the tree. An order to go is a measure and no claim; what somebody is asked to say nobody has said yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import infinitives, marked_to
from onrecord.coding.claims.cue_verbs import Candidate, Verb, make
from onrecord.coding.inflect import noun_of, verb_of

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_GIVING = frozenset(("give", "allow", "grant"))
_SPELLS = frozenset(("hour", "day", "week", "fortnight", "month", "year"))
_LEAVING = frozenset(("leave", "go", "gone", "pack", "quit", "depart", "get", "empty", "exit", "vacate"))
_ORDERING = frozenset(
    ("give", "urge", "order", "ask", "instruct", "force", "oblige", "require", "request", "exhort")
)
_TERM = 14  # words from the giving to the term


def sets_term(reading: Reading, word: int) -> bool:
    """ "Gave Brazil ten days to …", "has given the envoy until Friday to …"."""
    if verb_of(reading.lower(word), _GIVING) is None or syntax.is_passive(reading, word):
        return False
    _, last = syntax.sentence(reading, word)
    ahead = range(word + 1, min(last, word + _TERM))
    return any(
        reading.lower(at) == "until" or (noun_of(reading.lower(at), _SPELLS) and reading.pos(at - 1) == "NUM")
        for at in ahead
    )


def given_time(reading: Reading, word: int) -> list[Candidate]:
    """ "Gave the embassy until noon to waive his immunity": an ultimatum demands what its infinitive says."""
    if reading.pos(word) != "VERB" or reading.lower(word) in ("has", "have", "had"):
        return []  # "has until Monday to go": who sets the term is not told
    holder = syntax.agent(reading, word)
    if holder is None:
        holder = next(iter(syntax.kids(reading, word, "expl")), None)
    contents = [each for each in infinitives(reading, word)[:1] if not _departs(reading, each)]
    verb = Verb("demand", "demands", (), (), (), None, False, False)
    addressee = syntax.patient(reading, word)
    made = [make(word, verb, holder, [each]) for each in contents if holder is not None]
    for each in made:
        each.addressee = addressee
    return made


def _departs(reading: Reading, content: WordSpan) -> bool:
    """ "48 hours to leave", "to be gone": an order to go is a measure, and told by the act."""
    return any(reading.lower(at) in _LEAVING for at in range(content[0], min(content[1], content[0] + 3)))


def is_demanded(reading: Reading, word: int) -> bool:
    """ "Gave it ten days to say where he is", "urged them to explain": nobody has said it yet."""
    head = syntax.parent(reading, word)
    if head is None or not marked_to(reading, word) or reading.deprel(word) not in ("xcomp", "advcl", "acl"):
        return False
    if reading.pos(head) == "NOUN":
        head = syntax.parent(reading, head)
    return head is not None and verb_of(reading.lower(head), _ORDERING) is not None
