"""Words: a regular-expression tokeniser in the manner of Universal Dependencies, and word shapes.

The units are those of UD English (EWT, GUM), on which the tree heads are trained: clitics ("n't", "'s")
and punctuation stand alone, compounds split at the hyphen ("eight", "-", "strong") unless the first part is a
bound prefix ("non-lethal", "pro-Western"), numbers and abbreviations stay whole. No word crosses white space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int32]

# Prefixes that the Penn and UD guidelines leave attached at a hyphen.
_PREFIXES = """
    anti arch bi bio co counter cross cyber de e eco ex extra inter intra macro mega micro mid
    mini multi neo non over post pre pro pseudo quasi re semi sub super trans tri ultra uni
"""
# Abbreviations that keep their full stop wherever they stand.
_ABBREVIATIONS = """
    Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Cmdr Sgt Cpl Adm Brig Sen Sens Rep Reps Gov Pres Amb
    Rev Hon Fr Sr Jr St Ste Mt Ft Messrs Mme Mlle Jan Feb Apr Jun Jul Aug Sep Sept Oct Nov Dec
    Tue Tues Thu Thurs Fri Inc Corp Ltd Co Bros Dept Univ Assn Ave Blvd Ariz Calif Colo Conn Fla
    Mich Minn Okla Tenn Wis vs etc al est cf ca pp approx
"""
# Words of their own as well: abbreviations only where a small letter, a digit or a comma follows.
_AMBIGUOUS = """
    Mar Mon Wed Sat Sun Ill Ind Mass Wash Ala Ark Del Ga Ky La Md Mo Ore Pa Tex Va p ed eds fig
    vol
"""


def _alternatives(words: str) -> str:
    """One branch a first letter: the matcher rejects most words at a glance."""
    groups = groupby(sorted(words.split()), key=lambda word: word[0])
    return "|".join(f"{first}(?:{'|'.join(word[1:] for word in group)})" for first, group in groups)


_Q = "['\u2019]"
_NO_LETTER = r"(?![^\W_])"
_CLITICS = rf"(?i:s|re|ve|ll|d|m){_NO_LETTER}"
_DOMAINS = "com|org|net|gov|edu|info|int|eu|co\\.uk"

_WORD = re.compile(
    rf"""
    (?i: can(?=not\b) | gon(?=na\b) | wan(?=na\b) | got(?=ta\b) )         # two words written as one
  | [A-Za-z]+ (?=[ \n])                                                   # the plain word, the commonest
  | (?: https?:// | www\. ) [^\s<>"\u201c\u201d]* [\w/=\#&-]              # address
  | [\w.+%-]+ @ [\w-]+ (?: \.[\w-]+ )+                                    # e-mail
  | (?: [^\W\d_]\. ){{2,}} (?: [^\W\d_] (?! [\w'\u2019] ) )?              # U.S., a.m.
  | (?: {_alternatives(_ABBREVIATIONS)} ) \. (?!\w)                       # Gen., Sept.
  | (?: {_alternatives(_AMBIGUOUS)} ) \. (?= \s?[a-z0-9,] )
  | Nos?\. (?= \s?\d )                                                    # No. 10
  | [A-Z]\. (?= \s? [A-Z][\w'\u2019] )                                    # the initial in "John Q. Public"
  | [^\W_]+ (?: [.-][^\W_]+ )* \. (?: {_DOMAINS} ) (?!\w)                 # example.org
  | \d{{3}} - (?: \d{{3}} - )? \d{{4}} (?! [\w-] )                        # telephone number
  | \d+ (?: [.,:/]\d+ )* (?= (?: [ap]\.?m | [AP]M | [mkK] | bn? | mn | km | mm | cm | kg | ft | lb ) \b )
  | \.?\d+ (?: [.,:/]\d+ )* (?! [^\W_] )                                  # 1,200.5
  | (?i: {_alternatives(_PREFIXES)} ) [-\u2010\u2011] [^\W\d_]\w*         # non-lethal
  | [^\W_]+? (?= (?i:n){_Q}(?i:t)\b )                                     # do n't
  | (?i:n){_Q}(?i:t)\b
  | {_Q}{_CLITICS}                                                        # 's
  | {_Q}\d\ds?\b                                                          # '05
  | \w+ (?: & [A-Z]+\b )? (?: {_Q} (?! {_CLITICS} ) [^\W\d_]+ )*          # any other word, Sha'ab
  | \.{{2,}} | -{{2,}} | [!?]+ | ([=*_~\#+<>`]) \1* | '' | \u2019\u2019   # runs of one sign
  | [:;]-?[()DP] (?!\w)
  | \S
    """,
    re.VERBOSE,
)


def split(text: str, start: int = 0, end: int | None = None) -> tuple[Offsets, Offsets]:
    """Word offsets of `text[start:end]`: (starts, ends), int32 code points of `text`, in order."""
    stop = len(text) if end is None else end
    spans = [match.span() for match in _WORD.finditer(text, start, stop)]
    array = np.array(spans, dtype=np.int32).reshape(-1, 2)
    return np.ascontiguousarray(array[:, 0]), np.ascontiguousarray(array[:, 1])


# Shape classes: what an uncased vocabulary loses, given back to the encoder as an embedding.
(
    LOWER,
    TITLE,
    UPPER,
    MIXED,
    DIGITS,
    ALPHANUMERIC,
    SENTENCE_END,
    PUNCTUATION,
    QUOTE_OPEN,
    QUOTE_CLOSE,
    QUOTE_STRAIGHT,
    DASH,
    CAPITAL,
    ABBREVIATION,
    SYMBOL,
    OTHER,
) = range(16)
SHAPES = 16

_SIGNS = {
    **dict.fromkeys((".", "!", "?", "...", "\u2026", "\u3002"), SENTENCE_END),
    **dict.fromkeys((",", ";", ":", "(", ")", "[", "]", "{", "}", "-LRB-", "-RRB-"), PUNCTUATION),
    **dict.fromkeys(("\u201c", "\u2018", "``", "`", "\u00ab", "\u201e"), QUOTE_OPEN),
    **dict.fromkeys(("\u201d", "''", "\u00bb", "\u2019\u2019"), QUOTE_CLOSE),
    **dict.fromkeys(('"', "'", "\u2019"), QUOTE_STRAIGHT),
    **dict.fromkeys(("-", "--", "\u2010", "\u2011", "\u2013", "\u2014", "\u2015"), DASH),
}


@lru_cache(maxsize=1 << 17)
def shape(word: str) -> int:
    """The shape class of a word, 0 to 15: its casing, digits or kind of sign."""
    sign = _SIGNS.get(word)
    if sign is not None:
        return sign
    if word.isalpha():
        if word.islower():
            return LOWER
        if word.isupper():
            return CAPITAL if len(word) == 1 else UPPER
        return TITLE if word[0].isupper() and word[1:].islower() else MIXED
    if any(letter.isdigit() for letter in word):
        return ALPHANUMERIC if any(letter.isalpha() for letter in word) else DIGITS
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return SENTENCE_END if word[-1] in ".!?" else SYMBOL if len(word) == 1 else OTHER
    if word[-1] == "." or "." in word:
        return ABBREVIATION
    if all(letter.islower() for letter in letters):
        return LOWER
    if all(letter.isupper() for letter in letters):
        return UPPER
    return TITLE if word[0].isupper() else MIXED
