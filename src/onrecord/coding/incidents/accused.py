"""Whom the words of a claim name as the doer: in words of involvement, or by saying who it was.

Requires the resolver. Whoever holds the claim is never among those whom it accuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.cues import Phrases
from onrecord.coding.incidents.mentions import asked_before, is_harmful, lists
from onrecord.coding.incidents.suspects import counterpart, parties
from onrecord.coding.inflect import noun_of, verb_of
from onrecord.coding.spans import head_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft
    from onrecord.model.records import Claim
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

BLAMING = frozenset(
    ("accuse", "blame", "charge", "fault", "implicate", "suspect", "incriminate", "hold", "finger")
)
_POINTERS = frozenset(("it", "this", "that", "they", "these", "those"))
_LISTED = frozenset(("PROPN", "ADJ", "DET", "CCONJ", "PUNCT"))
_LINKING = frozenset(("and", "or"))
_RELATIVE = frozenset(("which", "who", "whom"))
_BARE = 6
_ANSWER = 8  # words that answer who did it
_BACKED = frozenset("backed sponsored funded financed led directed inspired engineered supported".split())
_RULERS = frozenset(("regime", "government", "state", "official"))  # "without some degree of regime consent"
_GROUND = frozenset(("soil", "territory", "side"))
_NAMING = frozenset(("link", "tie", "connect", "implicate", "incriminate", "finger"))
_SPACE = '["”“’\']?\\s["“]?'  # '"directly linked" to'
_PARTICIPLES = ("ed", "out")
_TIED = ("link", "tied", "connected")
_STATES = ("involved", "implicated")  # whoever has been involved took part
_ACTIVE = "(?<!been )(?<!were )(?<!was )(?<!are )(?<!is )(?<!be )"  # "the envoys have been ordered out"
_NEAR = 14
_CROSSING = re.compile(r"\bcross-border\W+(?:hands?|links?|linkages?|involvement|elements?)\b", re.I)
_FURTHER = re.compile(r"[\w ]{0,40},\s+that\s")


@lru_cache(maxsize=1)
def patterns() -> dict[str, Phrases]:
    """The phrases that lay blame, by where the party stands, and what a denial of a part in it speaks of."""
    return {
        name: Phrases(
            lists()[name],
            r"\b(?:"
            + "|".join(
                (
                    _ACTIVE
                    if name == "blame_before" and word.endswith(_PARTICIPLES) and word not in _STATES
                    else ""
                )
                + re.escape(word).replace(r"\ ", _SPACE)
                for word in sorted(lists()[name], key=len, reverse=True)
            )
            + r")\b",
        )
        for name in ("blame_before", "blame_after", "involvement")
    }


def by_words(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """ "X was behind it", "the work of X", "belonged to X and came from Y", "a Russian hand"."""
    reading, text = draft.reading, draft.document.text
    for span in spans_of(draft, claim):
        found: list[str] = []
        for match in patterns()["blame_after"].finditer(text, *span):
            after = reading.words_in((match.end(), span[1]))
            near = range(after[0], min(after[1], after[0] + _NEAR))
            if match.group(0).lower().startswith("belong") and not _is_tool(reading, match.start()):
                continue  # "most of the dead belonged to the group"
            if match.group(0).lower().startswith(_TIED) and _to_a_deed(reading, near):
                if match.group(0).lower().endswith("ed to"):  # "the envoys had been linked to the raid"
                    found += _subject(draft, claim, reading.words_in(match.span())[0])
                continue  # "their links to the killing of a cleric"
            found += (
                _people(draft, claim, near) or first_party(draft, claim, near) or _near(draft, claim, after)
            )
        for match in () if found else patterns()["blame_before"].finditer(text, *span):
            at = reading.words_in(match.span())[0]
            start = reading.words_in(span)[0]
            if (doer := _doer_before(reading, at)) is not None:
                found += parties(draft, claim, syntax.conjuncts(reading, doer))
                break
            if any(verb_of(reading.lower(word), BLAMING) for word in range(start, at)):
                break  # "said that it had accused Pretoria of harbouring those responsible"
            found += first_party(draft, claim, range(max(start, at - _NEAR), at)) or _subject(
                draft, claim, at
            )
        if not found:
            found += _tied(draft, claim, reading.words_in(span)) or _sponsors(draft, reading.words_in(span))
        if not found:
            owners = [
                child
                for word in range(*reading.words_in(span))
                if reading.lower(word) in lists()["blame_owner"] and not _is_aside(reading, word)
                for child in (*reading.children(word), *_possessor(reading, word))
                if (reading.deprel(child) in ("nmod:poss", "amod", "compound") or child == word - 2)
                and (reading.word(child)[:1].isupper() or reading.lower(child) in _RULERS)
            ]
            found += parties(draft, claim, owners)
        if not found and _CROSSING.search(text, *span) is not None:
            found += _across(draft, claim)
        if found:
            return _by_code(draft, found)
        if (head := _gapped(reading, claim, span)) is not None:
            return parties(draft, claim, syntax.conjuncts(reading, head))
    return ()


def _is_tool(reading: Reading, offset: int) -> bool:
    """ "The gun belonged to the army", "the raiders belong to the Guards": what or who did it belonged to somebody."""
    verb = reading.words_in((offset, offset + 1))[0]
    subject = syntax.subject(reading, verb)
    doers = (
        lists()["takers"]
        | lists()["assailants"]
        | lists()["missiles"]
        | lists()["devices"]
        | lists()["nouns"]
    )
    return subject is not None and noun_of(reading.lower(subject), doers) is not None


def _to_a_deed(reading: Reading, near: range) -> bool:
    """ "Linked to the killing": behind the words stands what was done."""
    noun = next((at for at in near if reading.pos(at) in ("NOUN", "PROPN", "VERB")), None)
    return noun is not None and noun_of(reading.lower(noun), lists()["nouns"]) is not None


def _gapped(reading: Reading, claim: Claim, span: tuple[int, int]) -> int | None:
    """ "Algeria, which investigators believe was behind it", "the group that he says planted the bomb": the subject of
    a content that begins with its verb."""
    start, end = reading.words_in(span)
    if claim.cue is None or start >= end or reading.pos(start) not in ("AUX", "VERB"):
        return None
    deed = reading.pos(start) == "VERB" and is_harmful(reading, start)
    if not deed and patterns()["blame_before"].search(reading.text, *span) is None:
        return None
    cue = reading.words_in(claim.cue)[0]
    if reading.relation(cue) == "acl":
        return syntax.parent(reading, cue)
    near = range(
        cue - 1, max(reading.sentence(cue)[0], cue - _NEAR), -1
    )  # by its place, wherever the tree hangs it
    which = next((at for at in near if reading.lower(at) in _RELATIVE), None)
    before = None if which is None else which - 1 - (reading.word(which - 1) == ",")
    return before if before is not None and reading.pos(before) in ("NOUN", "PROPN") else None


def _is_aside(reading: Reading, word: int) -> bool:
    """ "The poisoning of Petrov, a British agent", "seized on Kosovo soil": no word of who did it."""
    if reading.lower(word) in _GROUND:
        return syntax.case(reading, word) != "from"
    return reading.deprel(word).startswith("appos")


def _possessor(reading: Reading, word: int) -> tuple[int, ...]:
    """ "Armenia's doing", whatever the tree takes the word for."""
    return (word - 2,) if word > 1 and reading.word(word - 1) in ("'s", "’s", "’", "'") else ()


def _tied(draft: Draft, claim: Claim, words: WordSpan) -> list[str]:
    """ "Credible allegations tie Indian agents to it"."""
    reading = draft.reading
    for word in range(*words):
        if reading.pos(word) != "VERB" or verb_of(reading.lower(word), _NAMING) is None:
            continue
        thing = syntax.obj(reading, word)
        if thing is not None and not syntax.is_passive(reading, word):
            return list(parties(draft, claim, syntax.conjuncts(reading, thing)))
    return []


def _across(draft: Draft, claim: Claim) -> list[str]:
    """The other side of the border: of the two states of the story the one that is not the holder's."""
    party = counterpart(draft, draft.code_of(claim.holder)) if claim.holder is not None else None
    return [] if party is None else [draft.actor_of(party)]


def _sponsors(draft: Draft, words: WordSpan) -> list[str]:
    """ "A Cuban-backed coup", "an Iran-sponsored raid": whose help the words put before the deed itself."""
    reading = draft.reading
    for hyphen in range(words[0] + 1, words[1] - 2):
        deed = syntax.parent(reading, hyphen + 1)
        if reading.word(hyphen) != "-" or reading.lower(hyphen + 1) not in _BACKED or deed is None:
            continue
        party = draft.resolver.resolve((hyphen - 1, hyphen))
        if noun_of(reading.lower(deed), lists()["nouns"]) and party is not None and party.code is not None:
            return [draft.actor_of(party, (hyphen - 1, hyphen))]
    return []


def _doer_before(reading: Reading, at: int) -> int | None:
    """Whose doing the words at a place tell: "dissidents who are behind it", "that the Guards directed it"."""
    for word in (at, syntax.parent(reading, at)):
        subject = None if word is None else syntax.subject(reading, word)
        if subject is None or subject >= at:
            continue
        head = syntax.relative_head(reading, subject)
        if head is not None:
            return head
        if reading.pos(at) == "VERB" and word == at and reading.pos(subject) in ("NOUN", "PROPN"):
            return subject
    return None


def spans_of(draft: Draft, claim: Claim) -> list[tuple[int, int]]:
    """The contents of a claim; of an accusation also how its sentence goes on ("the murder, a court found, …")."""
    spans = list(claim.content)
    if claim.stance == "accuses":
        end = draft.span(draft.sentence(draft.reading.words_in(spans[-1])[0]))[1]
        if end > spans[-1][1]:
            spans.append((spans[-1][1], end))
    elif claim.cue is not None and claim.cue[0] >= spans[-1][1]:
        end = draft.span(draft.sentence(draft.reading.words_in(claim.cue)[0]))[1]
        further = _FURTHER.match(draft.document.text, claim.cue[1], end)
        if further is not None:  # "there was proof, he said, that the envoy was involved"
            spans.append((further.end(), end))
    return spans


def _by_code(draft: Draft, actors: Iterable[str]) -> tuple[str, ...]:
    """Actors without those that share the code of an earlier one."""
    return tuple({draft.code_of(actor): actor for actor in reversed(tuple(actors))}.values())[::-1]


def by_act(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """ "Denounced an act of piracy": said of the other side of the story."""
    reading = draft.reading
    for span in claim.content:
        for word in range(*reading.words_in(span)):
            of = reading.lower(word) in ("act", "acts") and reading.lower(word + 1) == "of"
            if of and reading.lower(word + 2) in lists()["acts"] and claim.holder is not None:
                party = counterpart(draft, draft.code_of(claim.holder))
                return () if party is None else (draft.actor_of(party),)
    return ()


def by_identity(draft: Draft, claim: Claim) -> tuple[str, ...]:
    """ "It was quite clearly the Russians", "it was the army's own guns"; or a claim of nothing but a party."""
    for span in claim.content:
        found = _identified(draft, claim, draft.reading.words_in(span))
        if found:
            return found
    return ()


def _identified(draft: Draft, claim: Claim, words: WordSpan) -> tuple[str, ...]:
    reading = draft.reading
    start, end = words
    if start + 1 < end and reading.lower(start) in ("speaks", "spoke", "talks", "talked"):
        start += 2
    if end <= start:
        return ()
    head = head_of(reading, (start, end))
    likely = any(reading.lower(at) == "likely" for at in range(start, end))
    if (
        claim.stance == "assesses"
        and likely
        and not any(reading.pos(at) == "VERB" for at in range(start, end))
    ):
        return first_party(
            draft, claim, range(start, min(end, start + _BARE))
        )  # "thinks a patrol more likely"
    that = next((at for at in range(start + 2, end) if reading.lower(at) in ("that", "who")), None)
    if (
        that is not None
        and reading.lower(start) == "it"
        and reading.lower(start + 1) in ("was", "were", "is")
    ):
        return first_party(draft, claim, range(start + 2, that))  # "it was Chilean artillery that had fired"
    if reading.pos(head) not in ("NOUN", "PROPN", "ADJ"):
        return ()
    among = syntax.obliques(reading, head, "among", "by")
    if among and claim.stance == "accuses":
        return parties(draft, claim, among)
    subject = next(iter(syntax.kids(reading, head, "nsubj", "expl")), None)
    if subject is None or not start <= subject < head:
        listed = all(reading.pos(at) in _LISTED for at in range(start, end))
        if asked_before(reading, start) is not None and end - start <= _ANSWER:
            return (
                ()
                if any(reading.pos(at) in ("VERB", "AUX") for at in range(start, end))
                else parties(draft, claim, [head])
            )
        if claim.stance != "accuses" and not _only_doers(reading, (start, end), head):
            return ()
        if end - start >= _BARE and not listed:
            return ()
        if listed:  # "Britain, Sweden and the United States"
            return first_party(draft, claim, range(start, end))
        return parties(draft, claim, [head])
    if reading.lower(subject) not in _POINTERS or syntax.kids(reading, head, "mark"):
        return ()
    owners = syntax.kids(reading, head, "nmod:poss")
    return parties(draft, claim, [*syntax.conjuncts(reading, head), *owners])


def _only_doers(reading: Reading, words: WordSpan, head: int) -> bool:
    """ "GRU men", "the army's own gunners": people who may have done it, and not a word besides."""
    doers = lists()["civil"] | lists()["officials"]
    return noun_of(reading.lower(head), doers) is not None and not any(
        reading.pos(at) in ("VERB", "AUX", "NUM") or reading.lower(at) == "no" for at in range(*words)
    )


def first_party(draft: Draft, claim: Claim, words: range) -> tuple[str, ...]:
    """The first named party among words, and those that are joined to it."""
    reading = draft.reading
    found: list[str] = []
    for word in words:
        if reading.pos(word) not in ("PROPN", "NOUN", "ADJ") or not reading.word(word)[:1].isupper():
            if found and reading.word(word) not in (",", "the") and reading.lower(word) not in _LINKING:
                break
            continue
        for actor in parties(draft, claim, [word]):
            if all(draft.code_of(actor) != draft.code_of(other) for other in found):
                found.append(actor)
    return tuple(found)


def _people(draft: Draft, claim: Claim, words: range) -> tuple[str, ...]:
    """People without a name right after a phrase of blame, whatever is named beside them: "the work of smugglers who
    had quarrelled with the Ghanaian army"."""
    reading = draft.reading
    head = next((at for at in words if reading.pos(at) in ("NOUN", "PROPN", "VERB", "PUNCT")), None)
    if (
        head is None
        or noun_of(reading.lower(head), lists()["civil"]) is None
        or reading.deprel(head) == "compound"
    ):
        return ()
    before = range(words.start, head)
    if any(reading.word(at)[:1].isupper() for at in before):
        return ()
    return parties(draft, claim, syntax.conjuncts(reading, head))


def _near(draft: Draft, claim: Claim, words: WordSpan) -> tuple[str, ...]:
    """The noun right after a phrase of blame that has no name: "the work of local smugglers"."""
    reading = draft.reading
    for word in range(words[0], min(words[1], words[0] + 5)):
        if reading.pos(word) == "NOUN" and reading.deprel(word) not in ("compound", "amod"):
            found = parties(draft, claim, [word])
            return found or parties(draft, claim, syntax.obliques(reading, word, "of", "from"))
    return ()


def _subject(draft: Draft, claim: Claim, at: int) -> tuple[str, ...]:
    """The subject of the word that lays blame: "a pro-government militia was behind it"."""
    reading = draft.reading
    for word in (at, syntax.parent(reading, at)):
        if word is None:
            continue
        subject = syntax.subject(reading, word)
        if subject is None:
            subject = syntax.subject(reading, word, passive=True)
        if subject is not None and reading.lower(subject) in ("he", "she", "it"):
            return ()
        if subject is not None:
            return parties(
                draft, claim, syntax.conjuncts(reading, syntax.relative_head(reading, subject) or subject)
            )
    return ()
