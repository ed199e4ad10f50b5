"""Which lemma of a closed list a word is a form of.

The lexicons list verbs and nouns by their lemma. Regular forms are made from the lemmas, which is safer than
guessing a lemma from a form ("severed" is of "sever", not "severe"); irregular ones come from the reading's table.
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.reading.lemma import lemma

_VOWELS = "aeiou"


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _verb_forms(base: str) -> set[str]:
    forms = {base, _third(base)}
    if base.endswith("e"):
        forms |= {base + "d", base[:-1] + "ing", base + "ing"}
    elif base.endswith("y") and base[-2] not in _VOWELS:
        forms |= {base[:-1] + "ied", base + "ing"}
    else:
        doubles = len(base) > 2 and base[-1] not in _VOWELS + "wxy" and base[-2] in _VOWELS
        if doubles:
            forms |= {base + base[-1] + "ed", base + base[-1] + "ing"}
        if not doubles or sum(letter in _VOWELS for letter in base) > 1:
            forms |= {base + "ed", base + "ing"}
    return forms


@lru_cache(maxsize=512)
def _verbs(lemmas: frozenset[str]) -> dict[str, str]:
    table = {form: base for base in sorted(lemmas) if base for form in _verb_forms(base)}
    return table | {base: base for base in lemmas}


@lru_cache(maxsize=512)
def _nouns(lemmas: frozenset[str]) -> dict[str, str]:
    return {_third(base): base for base in lemmas if base} | {base: base for base in lemmas}


@lru_cache(maxsize=1 << 16)
def verb_of(word: str, lemmas: frozenset[str]) -> str | None:
    """The verb of ``lemmas`` of which a word (in small letters) is a form, None if of none."""
    found = _verbs(lemmas).get(word)
    if found is None and (base := lemma(word, "VERB")) in lemmas and not word.endswith("ed"):
        return base
    return found


@lru_cache(maxsize=1 << 16)
def noun_of(word: str, lemmas: frozenset[str]) -> str | None:
    """The noun of ``lemmas`` of which a word is the singular or plural, None if of none."""
    found = _nouns(lemmas).get(word)
    if found is None and (base := lemma(word, "NOUN")) in lemmas:
        return base
    return found
