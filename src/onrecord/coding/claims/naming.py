"""What something is called: the small clause of "called the charges baseless", "what it calls an ultimatum".

Requires the tree; where that hangs the name elsewhere, the order of the words tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.claims.contents import cut, marked_to

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

_A = frozenset(("a", "an", "another", "no", "one"))


def named_as(reading: Reading, word: int) -> WordSpan | None:
    """The small clause of "called the charges baseless", "what it calls an ultimatum"; None where there is none."""
    if (short := _named_briefly(reading, word) or _named_behind(reading, word)) is not None:
        return short
    objects = syntax.kids(reading, word, "obj")
    complements = [child for child in syntax.kids(reading, word, "xcomp") if not marked_to(reading, child)]
    fronted = any(
        reading.lower(child) in ("what", "which")
        for child in (*objects, *syntax.kids(reading, word, "obl", "ccomp"))
    ) or (reading.deprel(word) == "acl:relcl" and reading.lower(reading.head(word)) == "what")
    named = any(_is_name(reading, child) for child in objects)
    loose = _name_after(reading, word, objects)
    if not complements and not fronted and not named and loose is None and len(objects) < 2:
        return _named_at_length(reading, word)
    complements += [loose] if loose is not None else []
    spans = [
        reading.subtree(child)
        for child in (*objects, *complements)
        if reading.lower(child) not in ("what", "which", "that")
    ]
    return cut(reading, (min(a for a, _ in spans), max(b for _, b in spans))) if spans else None


def _named_briefly(reading: Reading, word: int) -> WordSpan | None:
    """ "Called that nonsense", "calls it absurd": a pronoun and its name, whatever the tree makes of them."""
    _, last = syntax.sentence(reading, word)
    if word + 3 > last or reading.lower(word + 1) not in ("that", "this", "it", "them", "these", "those"):
        return None
    end = word + 2
    while end < last and reading.pos(end) in ("ADV", "ADJ", "NOUN", "VERB", "DET") and end < word + 6:
        end += 1
    if (
        end > word + 2
        and reading.pos(end - 1) == "NOUN"
        and end < last
        and reading.lower(end) in ("of", "against")
    ):
        # "calls that a breach of the Vienna Convention"
        end = next(
            (at for at in range(end, last) if reading.pos(at) in ("PUNCT", "CCONJ", "VERB", "AUX")), last
        )
    closes = end == last or reading.pos(end) in ("PUNCT", "CCONJ")
    return (word + 1, end) if closes and end > word + 2 else None


def _named_behind(reading: Reading, word: int) -> WordSpan | None:
    """ "A dispute that Moscow calls a matter of taxes", "which they call theft": what is named stands before."""
    first, last = syntax.sentence(reading, word)
    subject = syntax.subject(reading, word)
    if subject is None or subject > word or reading.lower(subject) in ("that", "which", "who"):
        return None
    start = reading.phrase(subject)[0]
    if start - 1 <= first or reading.lower(start - 1) not in ("that", "which"):
        return None
    if reading.pos(start - 2) not in ("NOUN", "PROPN", "PUNCT") or reading.lower(word + 1) not in _A:
        return None
    end = next(
        (at for at in range(word + 2, last) if reading.pos(at) in ("PUNCT", "CCONJ", "VERB", "AUX")), last
    )
    return cut(reading, (word + 1, end))


def _named_at_length(reading: Reading, word: int) -> WordSpan | None:
    """ "Calls the charge of smuggling an invention", "called reports of a plot “news to us”": the name comes late."""
    _, last = syntax.sentence(reading, word)
    if reading.pos(word + 1) not in ("DET", "NOUN", "PROPN", "PRON", "ADJ"):
        return None
    stop = word + 2
    while stop < last and reading.word(stop) not in (",", ";", ".", ":"):
        if reading.pos(stop) == "CCONJ" and reading.pos(stop + 1) in ("VERB", "AUX"):
            break
        stop += 1
    late = (
        at
        for at in range(word + 2, stop - 1)
        if (reading.lower(at) in _A and reading.pos(at - 1) in ("NOUN", "VERB", "PROPN"))
        or reading.word(at)[:1] in '"“'
    )
    if next(late, None) is None and not _quality_last(reading, word, stop):
        return None
    return cut(reading, (word + 1, stop))


def _quality_last(reading: Reading, word: int, stop: int) -> bool:
    """ "Called the break-in deeply regrettable", "the cut out of proportion": a quality ends the clause."""
    last = stop - 1
    if reading.word(last - 1) == "-" and last - 2 > word + 1:
        return reading.pos(last - 3) in ("NOUN", "PROPN")  # "calls the grounds far-fetched"
    if [reading.lower(at) for at in range(stop - 3, stop - 1)] == ["out", "of"]:
        return stop - 3 > word + 1
    degree = last - 1
    while degree > word + 1 and reading.pos(degree) == "ADV":
        degree -= 1
    return reading.pos(last) == "ADJ" and degree > word + 1 and reading.pos(degree) in ("NOUN", "PROPN")


def _is_name(reading: Reading, noun: int) -> bool:
    """ "Called the charges baseless": the tree may hang the adjective on the noun right before it."""
    return any(
        child == noun + 1
        and reading.pos(child) in ("ADJ", "VERB")
        and not reading.lower(child).endswith("ing")
        for child in syntax.kids(reading, noun, "acl", "amod")
    ) or any(
        reading.subtree(child)[0] == noun + 1 and reading.lower(noun + 1) in ("a", "an")
        for child in syntax.kids(reading, noun, "nmod", "appos")
    )


def _name_after(reading: Reading, word: int, objects: list[int]) -> int | None:
    """The adjective at the end of "called the charges groundless", where the tree takes it for an adverb."""
    for child in reading.children(word):
        if reading.relation(child) not in ("advmod", "amod", "obl") or reading.lower(child).endswith("ly"):
            continue
        if any(reading.subtree(each)[1] == child for each in objects) and reading.pos(child) in (
            "ADV",
            "ADJ",
        ):
            last = child + 1 >= len(reading) or reading.pos(child + 1) in ("PUNCT", "CCONJ")
            return child if last else None
    return None
