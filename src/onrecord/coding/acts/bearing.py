"""In what light the parties of a measure are weighed: what its words tell of who acts where no party stands in them.

Requires the reading and a measure. Gives circumstances, under each of which what is told of its parties is weighed
once more (see ``pairs``): a verb that only a host can do to a mission ("turned out"), "its own", "too", "here".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.reading.types import Reading

_HOSTS = frozenset(
    "expel eject evict oust banish deport throw kick boot order oblige require demand give tell turn show send seal "
    "revoke cancel strip refuse deny reject decline bar ban forbid prohibit confine limit restrict cap declare "
    "proclaim brand ask invite instruct allow let permit grant admit receive accept remove".split()
)
_TOO = frozenset(
    "also too same further more another additional again already earlier previously since".split()
)
_HERE = frozenset(("here", "there"))
_NEAR = 2  # words between "own" and the phrase of its noun


def circumstances(reading: Reading, match: Match, clause: tuple[int, int]) -> frozenset[str]:
    """The circumstances of a measure."""
    found: set[str] = set()
    verbs = (match.word, *syntax.kids(reading, match.word, "xcomp", "ccomp"))
    if any(verb_of(reading.lower(verb), _HOSTS) for verb in verbs):
        found.add("host's verb")
    first, last = syntax.sentence(reading, match.word)
    if any(reading.lower(at) in _TOO for at in range(first, last)):
        found.add("too")
    if match.target is not None:
        start, end = reading.phrase(match.target)
        if any(reading.lower(at) == "own" for at in range(max(first, start - _NEAR), end)):
            found.add("its own")
    if any(reading.lower(at) in _HERE for at in range(*clause)):
        found.add("here")
    return frozenset(found)
