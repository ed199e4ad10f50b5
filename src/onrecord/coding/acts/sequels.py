"""The sentences after a measure that go on about the same people or the same house and say by when these must be gone.

"They have until Sunday.", "The foreign ministry gave him 72 hours.", "The consular staff have a week to hand over the
keys." A sentence that names another party, or tells another measure on other people, ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.coding.acts.lengths import GOING, SPELLED
from onrecord.coding.acts.lexicon import CEILINGS, CLOSING
from onrecord.coding.numerals import TENS

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.acts.told import Party
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

_AHEAD = 2  # sentences after the measure that may go on about it
_NUMBER = rf"(?:\d+|{'|'.join(SPELLED)}|(?:{'|'.join(TENS)})(?:-\w+)?)"
_STAFF = (
    r"(?:expelled|diplomats?|staff|envoys?|ambassadors?|consuls?|attachés?|attaches?|employees?|officials?|officers?"
    r"|people|clerks?|members?|minister|secretary|chargé|charge|guards?|drivers?|families|personnel|occupants|workers?"
    r"|technicians?|aides?|advisers?|nationals?)"
)
_PEOPLE = re.compile(
    r"^(?:they|all|both|each|he|she|those|his|her|their|the latter|staff of the"
    r"|its (?:people|staff|members|occupants)|none"
    rf"|(?:the |all |some )?(?:latest |other |last )?{_NUMBER}\b"
    r"|(?:the|every) (?:pair|trio|man|men|woman|women|group|surplus|others?|rest|last)\b"
    rf"|(?:the|every) (?:\w+ )?{_STAFF}\b)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"^(?:it|they|(?:the )?staff of the|the (?:latter|embassy|legation|chancery|mission|consulates?|offices?|bureau"
    r"|building|premises|flag|doors|shutters|measure|cuts?|reduction|adjustment|ceiling|new ceiling|staff|employees?)"
    rf"|(?:the|its|their) (?:\w+ )?(?:consular|embassy|mission['’]s) {_STAFF}"
    rf"|(?:the|its) (?:{_NUMBER}|local) {_STAFF})\b",
    re.IGNORECASE,
)
_GIVEN_THEM = re.compile(
    r"\b(?:gave|gives|has given|allowed|allows|has allowed|granted|set) "
    rf"(?:him|her|them|both|each|the (?:pair|trio|man|men|woman|women|{_NUMBER}|{_STAFF}))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^(?:Mr\.? |Mrs\.? |Ms\.? |Ambassador )?(?:[A-Z][\w.'’-]+ ){1,4}(?:and (?:his|her|the|\w+ other) (?:\w+ ){1,2})?"
    r"(?:has|have|had|was given|were given|is|are|was|must)\b"
)
_TERM = re.compile(
    r"\b(?:deadline|time[- ]limit|cut-off|period of \w+|grace period|term|notice|respite|ultimatum)\b"
    r"(?: \S+){0,6}? (?:is|was|expires?|expired|ends?|ended|runs? out|ran out|lapses?|falls?|fell|set)\b"
    rf"|\b{_NUMBER} (?:hours?|days?|weeks?|fortnight|months?) (?:\S+ )?(?:was|were|is|are|has been|have been)"
    r" (?:allowed|granted|given|allotted|set|fixed)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\bthat (?:the pair|the \w+|both|they|he|she|all) (?:had|have|has|must|were|was)\b")
_HAVE_UNTIL = re.compile(
    r"\b(?:have|has|had|given|gave \w+|may (?:stay|remain)) (?:on )?(?:only )?(?:until|till)\b", re.IGNORECASE
)
_DUTY = re.compile(
    r"\b(?:must|shall|have to|has to|had to|ordered to|told to|asked to|expected to|given|allowed|allotted|granted"
    r"|gave|(?:is|are|was|were) (?:\w+ )?to|will have"
    r"|(?:has|have|had) (?:until|till|\S+ (?:hours?|days?|weeks?|fortnight|month))"
    r"|may (?:stay|remain)"
    r"|leaves?|departs?|go|goes|flies|fly|boards?|embarks?|travels?|crosse?s?)\b",
    re.IGNORECASE,
)


def sets_term(text: str) -> bool:
    """The words say what the term is: "the deadline is 9 October", "three days were allowed"."""
    return _TERM.search(text) is not None


def speaks_of_going(draft: Draft, region: WordSpan) -> bool:
    """Words of leaving or complying: without them a term beside the measure is that of something else."""
    return any(draft.reading.lower(word) in GOING for word in range(*region))


def following(
    draft: Draft, match: Match, last: int, triggers: Sequence[int], party: Party | None
) -> Iterator[WordSpan]:
    """The next sentences, while they go on about the same people or the same house, and say what these must do."""
    kind = match.rule.act
    openings = (_HOUSE,) if kind in CLOSING else (_PEOPLE, _HOUSE)
    first, _ = draft.sentence(match.word)
    if kind in CEILINGS and any(first <= each < last and each != match.word for each in triggers):
        return  # of two measures told together, the term is that of the people sent away
    for _ in range(_AHEAD):
        if last >= len(draft.reading):
            return
        start, end = draft.sentence(last)
        text = draft.document.words(draft.span((start, end)))
        parts = [part.strip() for part in text.split(";")]
        about = any(each.match(part) for each in openings for part in parts)
        if not about:
            given = kind not in CLOSING and (_GIVEN_THEM.search(text) or _NAMED.match(text))
            about = bool(given or _PAIR.search(text)) and not _names_another(draft, (start, end), party)
        going = _HAVE_UNTIL.search(text) or speaks_of_going(draft, (start, end))
        told = about and _DUTY.search(text) and going
        measures = any(start <= each < end for each in triggers)
        if told or (sets_term(text) and not measures):
            yield start, end
        if measures:
            return
        last = end


def _names_another(draft: Draft, region: WordSpan, party: Party | None) -> bool:
    """Another state or organisation than those of the measure is named."""
    if party is None:
        return False
    for start, end, _ in draft.reading.entities.tolist():
        if region[0] <= start < region[1]:
            found = draft.resolver.resolve((start, end))
            code = found.code if found is not None else None
            if code is not None and code not in (party.sending, party.receiving, party.host):
                return True
    return False
