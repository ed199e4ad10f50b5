"""What the words of measures say every day, of other things than missions.

Requires the matches of the rules. "Recalled the former envoy" behind a quotation is speech, who is expelled from a
party or a board leaves no country, a president who is ousted is no diplomat, a toll that is brought to 84 no ceiling;
steps that are left open on a condition, or only asked about, are not held out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.asked import DEMANDS
from onrecord.coding.acts.classes import class_of, noun
from onrecord.coding.acts.lexicon import CEILINGS
from onrecord.coding.acts.wording import clause_text, is_question
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.reading.types import Reading

_QUOTES = frozenset(('"', "''", "”", "’", "'"))
_SENDS_AWAY = frozenset(("persona_non_grata", "recall"))
_OUT_OF = frozenset("expel eject evict oust banish remove dismiss deport expulsion".split())
_LANDS = frozenset(
    "country territory soil land state nation capital kingdom republic island city town region zone province host "
    "world area here there".split()
)
_PLACES_OF_MISSIONS = frozenset(
    ("mission", "consulate", "office", "estate", "post", "size", "people", "name")
)
_RULERS = frozenset("president presidents premier leader leaders king dictator ruler rulers".split())
_TOPPLES = frozenset("oust ouster ousting remove removal depose eject evict".split())
_DISPLACED = frozenset(
    "refugee refugees migrant migrants immigrant immigrants civilian civilians evacuee evacuees prisoner prisoners "
    "hostage hostages tourist tourists settler settlers villager villagers".split()
)
_LIMITED = frozenset(
    (
        "people",
        "mission",
        "consulate",
        "office",
        "post",
        "size",
        "staffcount",
        "pronoun",
        "name",
        "level",
        "ranks",
    )
)
_LOOSE = frozenset("bring drop raise cut reduce fix put keep hold set lower limit".split())
_OTHER_SIDES = frozenset(
    "country countries state states neighbour neighbours neighbor neighbors government governments regime kingdom "
    "republic bloc union alliance organisation organization commission council court capital north south east west "
    "side sides island junta power powers other others members member".split()
)
_TROOPS = frozenset("soldiers troops peacekeepers servicemen fighters".split())
_HOMEWARD = frozenset(("home", "back", "consultations"))
_TAKE_BACK = frozenset(("withdraw", "drop", "lift", "revoke", "retract", "cancel", "rescind"))
# What is said of a break that is told elsewhere.
_SPOKEN_OF = frozenset(
    "regret deplore lament welcome hail condemn dismiss call mend heal stop entail mean last take follow".split()
)
_FOOTING = frozenset(("footing", "basis", "principle", "condition", "grounds"))
_OFFICIAL = frozenset("diplomatic consular official bilateral formal".split())
_UPWARD = (
    " new height ",
    " new heights ",
    " new level ",
    " higher level ",
    " new stage ",
    " closer ",
    " forward ",
)


def says_else(reading: Reading, match: Match) -> bool:
    """The words that a rule of measures took for one say something else."""
    act, word, lemma = match.rule.act, match.word, reading.lemma(match.word)
    if act in _SENDS_AWAY and (
        _are_troops(reading, match.target)
        or _is_told(reading, match)
        or _are_displaced(reading, match)
        or _is_elsewhere(reading, match)
    ):
        return True
    if act == "recall" and lemma == "recall" and reading.pos(word) == "VERB":
        return _is_remembered(reading, match)
    if act == "recall" and lemma == "call":
        return _calls_a_name(reading, match)
    if act in CEILINGS:
        return _is_on_something(reading, match.target) or _counts_else(reading, match)
    if act == "downgrade":
        return _points_back(reading, match) or _are_other_ties(reading, match)
    if act == "ultimatum":
        return _is_taken_back(reading, word)
    if act == "summon":
        return _is_not_in(reading, match)
    return act == "announce_intent" and (
        _is_condition(reading, word)
        or _is_price(reading, word)
        or _is_footing(reading, word)
        or _is_asked(reading, word)
        or is_question(reading, word)
    )


def _is_remembered(reading: Reading, match: Match) -> bool:
    """To recall a year, or that something was so."""
    word = match.word
    after = reading.lower(word + 1) if word + 1 < len(reading) else ""
    things = [child for child in syntax.kids(reading, word, "obj") if child != match.target]
    aside = after == "," and reading.lower(word - 2) == ","
    own = match.target is not None and syntax.parent(reading, match.target) == word
    return after == "that" or aside or (bool(things) and not own and not syntax.is_passive(reading, word))


def _is_not_in(reading: Reading, match: Match) -> bool:
    """To call, bring, ask or invite somebody is to summon him with "in", or where the sentence says where to."""
    word, wanted = match.word, match.rule.with_
    if reading.lemma(word) not in ("call", "bring", "ask", "invite") or "in" not in (wanted or ()):
        return False
    text = syntax.text_of(reading, syntax.sentence(reading, word)).lower()
    after = reading.lower(word + 1) if word + 1 < len(reading) else ""
    particle = after == "in" or any(
        reading.lower(child) == "in" and reading.deprel(child) in ("compound:prt", "advmod")
        for child in reading.children(word)
    )
    return not particle and not any(each in text for each in wanted if each != "in")


def _is_told(reading: Reading, match: Match) -> bool:
    """ "…," recalled the former ambassador."""
    word = match.word
    return word > 0 and reading.lemma(word) == "recall" and reading.lower(word - 1) in _QUOTES


def _are_displaced(reading: Reading, match: Match) -> bool:
    """People who are sent somewhere and are nobody's diplomats; and rulers who lose their power."""
    if match.target is None:
        return False
    heads = (match.target, *syntax.obliques(reading, match.target, "of"))
    if any(reading.lower(head) in _DISPLACED for head in heads):
        return True
    start, end = reading.phrase(match.target)
    return reading.lemma(match.word) in _TOPPLES and any(
        reading.lower(at) in _RULERS for at in range(start, end)
    )


def _is_elsewhere(reading: Reading, match: Match) -> bool:
    """Expelled from a party, a board, a school, from homes: out of no country and no mission."""
    if reading.lemma(match.word) not in _OUT_OF:
        return False
    for place in syntax.obliques(reading, match.word, "from"):
        if reading.pos(place) != "NOUN" or reading.word(place)[:1].isupper() or place < match.word:
            continue
        if reading.lemma(place) not in _LANDS and class_of(reading, place).isdisjoint(_PLACES_OF_MISSIONS):
            return True
    return False


def _counts_else(reading: Reading, match: Match) -> bool:
    """What is brought to a number, and is no size of a mission: a toll, a price, a number of voters."""
    if reading.lemma(match.word) in _LOOSE and reading.pos(match.word) == "VERB":
        for thing in syntax.kids(reading, match.word, "obj"):
            if (
                reading.pos(thing) == "NOUN"
                and thing != match.target
                and class_of(reading, thing).isdisjoint(_LIMITED)
            ):
                return True
    target = match.target
    if target is None or noun(reading, target) != "number":
        return False
    if any(reading.lower(child) == "a" for child in syntax.kids(reading, target, "det")):
        return True  # "a number of riders": some
    things = syntax.obliques(reading, target, "of")
    return bool(things) and not any(class_of(reading, each) & _LIMITED for each in things)


def _are_other_ties(reading: Reading, match: Match) -> bool:
    """Ties with a firm or an aide, telephone links, and relations that are brought forward."""
    ties = match.target
    if ties is None or "relations" not in class_of(reading, ties):
        return False
    if reading.lemma(match.word) == "bring":
        text = clause_text(reading, match.word)
        return any(each in text for each in _UPWARD)
    kinds = [child for child in syntax.kids(reading, ties, "compound") if reading.word(child).islower()]
    if any(reading.lower(child) not in _OFFICIAL for child in kinds):
        return True
    return any(_is_no_state(reading, other) for other in syntax.obliques(reading, ties, "with"))


def _is_no_state(reading: Reading, word: int) -> bool:
    return (
        reading.pos(word) == "NOUN"
        and reading.word(word).islower()
        and noun(reading, word) not in _OTHER_SIDES
        and reading.lower(word) not in _OTHER_SIDES
        and not any(reading.word(child)[:1].isupper() for child in reading.children(word))
    )


def _calls_a_name(reading: Reading, match: Match) -> bool:
    """To call somebody something is not to call him home, though another clause speaks of home: "called the ambassador
    a liar and asked him to come home"."""
    _, last = syntax.sentence(reading, match.word)
    for at in range(match.word + 1, last):
        if reading.lower(at) in _HOMEWARD:
            return False
        if reading.pos(at) == "VERB" and syntax.kids(reading, at, "nsubj"):
            return match.target is None or match.target < at
    return False


def _is_on_something(reading: Reading, target: int | None) -> bool:
    """ "A limit on challenges": what is limited has nothing to do with missions."""
    if target is None or "size" not in class_of(reading, target):
        return False
    things = syntax.obliques(reading, target, "on")
    return bool(things) and not any(class_of(reading, each) & _LIMITED for each in things)


def _is_taken_back(reading: Reading, word: int) -> bool:
    """ "Should withdraw her ultimatum": the ultimatum is one that was set before."""
    head = syntax.parent(reading, word)
    return (
        reading.pos(word) == "NOUN"
        and reading.deprel(word) == "obj"
        and head is not None
        and verb_of(reading.lower(head), _TAKE_BACK) is not None
    )


def _are_troops(reading: Reading, target: int | None) -> bool:
    """Soldiers whom a state sends or withdraws belong to no mission."""
    return target is not None and any(
        reading.lower(at) in _TROOPS for at in range(target, min(target + 3, reading.phrase(target)[1]))
    )


def _points_back(reading: Reading, match: Match) -> bool:
    """ "Regretted the rupture", "the break will last": a break that is told elsewhere and only spoken of."""
    word = match.word
    if reading.pos(word) != "NOUN" or match.target is not None or match.rule.with_ == ():
        return False
    the = any(reading.lower(child) in ("the", "this", "that") for child in syntax.kids(reading, word, "det"))
    head = syntax.parent(reading, word)
    return the and head is not None and verb_of(reading.lower(head), _SPOKEN_OF) is not None


def _is_condition(reading: Reading, word: int) -> bool:
    """What another is not to do stands behind an inverted "should": "should the neighbour take further steps"."""
    for at in (word, *(head for head, _ in syntax.governors(reading, word))):
        start, _ = reading.subtree(at)
        if reading.word(start) == "Should" and reading.deprel(at) == "advcl":
            return True
    return False


def _is_price(reading: Reading, word: int) -> bool:
    """Steps left open that are but the price of an ultimatum: "demanded an apology, failing which it would act"."""
    first, _ = syntax.sentence(reading, word)
    before = " ".join(reading.lower(at) for at in range(first, word))
    demanded = any(verb_of(reading.lower(at), DEMANDS) for at in range(first, word))
    return demanded and ("failing which" in before or "or else" in before)


def _is_footing(reading: Reading, word: int) -> bool:
    """ "On a footing of reciprocity": a term of what is done, and no answer."""
    return word > 1 and reading.lower(word - 1) == "of" and reading.lower(word - 2) in _FOOTING


def _is_asked(reading: Reading, word: int) -> bool:
    """An answer that somebody else only asks about is not held out: "whether Lima would answer, she would not say",
    "has yet to say how it will react"."""
    for at in (word, *(head for head, _ in syntax.governors(reading, word))):
        if any(
            reading.lower(child) in ("whether", "how") for child in syntax.kids(reading, at, "mark", "advmod")
        ):
            return True
    return False
