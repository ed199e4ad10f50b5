"""Base forms of English verbs and nouns, by rule and a table of irregular forms.

For looking words up in lexicons ("denied" -> "deny"): a form that no rule reaches comes back unchanged.
The rules ask the word-piece vocabulary which of two spellings ("hop", "hope") is a word.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_VOWELS = "aeiou"


@cache
def _irregular() -> dict[str, dict[str, str]]:
    """Form -> base, for VERB and NOUN: a line names the part of speech, the base, then its forms.

    A base alone stands there because it looks inflected ("need", "witness").
    """
    table: dict[str, dict[str, str]] = {"VERB": {}, "NOUN": {}}
    for line in (_DATA / "irregular.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, base, *forms = line.split()
            table[kind].update(dict.fromkeys((base, *forms), base))
    return table


@cache
def _known() -> frozenset[str]:
    """Whole words of the vocabulary: only asked between two possible spellings of a base."""
    lines = (_DATA / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line.isalpha() and line.isascii())


@lru_cache(maxsize=1 << 15)
def lemma(word: str, upos: str) -> str:
    """The base form of a word in small letters, given its universal part of speech."""
    if upos in ("VERB", "AUX"):
        return _irregular()["VERB"].get(word) or _verb(word)
    if upos in ("NOUN", "PROPN"):
        return _irregular()["NOUN"].get(word) or _noun(word)
    return word


def _noun(word: str) -> str:
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _verb(word: str) -> str:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return _third_person(word)
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("eed"):
        return word[:-1]
    if word.endswith("ed") and len(word) > 3:
        return _stem(word[:-2])
    if word.endswith("ying") and len(word) > 5:
        return word[:-3]
    if word.endswith("ing") and len(word) > 4 and any(letter in "aeiouy" for letter in word[:-3]):
        return _stem(word[:-3])
    return word


def _third_person(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _stem(stem: str) -> str:
    """The base behind a stem that lost its "-ed" or "-ing": bare, with its "e", or undoubled."""
    bare, full = stem in _known(), stem + "e" in _known()
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        kept = bare or stem.endswith(("ss", "zz", "ff", "all", "ill", "ull"))
        return stem if kept else stem[:-1]
    if stem[-1] in "uv" or stem.endswith(_TAKES_E) or (full and stem.endswith("ng")):
        return stem + "e"
    if stem[-1] in _VOWELS or stem[-2:-1] not in _VOWELS:
        return stem + "e" if full and not bare else stem
    if bare or full:
        return stem + "e" if full and (not bare or _short(stem)) else stem
    often = stem.endswith(_OFTEN_E) and stem[-3:-2] not in _VOWELS
    return stem + "e" if often or _prefixed(stem) else stem


def _prefixed(stem: str) -> bool:
    """Whether what follows a prefix is known only, or rather, with an "e": "renam", "underlin"."""
    rests = [stem[len(prefix) :] for prefix in _PREFIXES if stem.startswith(prefix)]
    return any(rest + "e" in _known() and (rest not in _known() or _short(rest)) for rest in rests if rest)


_PREFIXES = ("re", "un", "under", "over", "out", "side", "mis", "dis", "pre", "fore", "counter")
# Endings that only bases in "e" leave, and endings that they mostly leave.
_TAKES_E = (
    *("nc", "rc", "rg", "dg", "ls", "ns", "rs", "iz", "yz"),
    *("bl", "cl", "dl", "fl", "gl", "pl", "tl", "zl"),
)
_OFTEN_E = (
    *("at", "ut", "as", "is", "os", "us", "ac", "uc", "eg", "ag"),
    *("ir", "ur", "ok", "id", "ed", "ud", "um", "il"),
)


def _short(stem: str) -> bool:
    """One vowel before one consonant: "hop" would double its consonant, so "hoped" is of "hope"."""
    vowels = sum(letter in "aeiouy" for letter in stem)
    return vowels == 1 and stem[-1] not in "wxy"
