"""Is this English? Told by scripts and by function words, which every sentence of a language must use.

Not a language identifier: it has to keep reporting in other languages away from a reader of English, and
never an English text with foreign names, a list, or a headline. So it needs evidence against English, not for
it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

# The commonest function words of each, as far as they tell it from English: "die" and "was", "in" and "on"
# tell little, and a word that two other languages share counts for both.
_WORDS = {
    "en": "the of and to in that is was for with he said on as by at from his it be this are has have had "
    "were an not but they their who which will would its been after about when she her more than also "
    "i you we",
    "de": "der und das den von zu mit sich des auf für ist im dem nicht ein eine auch es werden aus er hat "
    "dass sie nach wird bei einer einen sind noch wie einem über zum zur haben durch",
    "nl": "het een van dat niet zijn met voor op aan er maar om hij hebben ook als dan nog wordt naar uit "
    "heeft bij deze werd worden door tot zich",
    "fr": "de à d l qu les des est que dans une pour qui sur pas au plus par avec ce sont cette du aux mais "
    "ont été ses leur et la le un il elle nous",
    "es": "de a los las una para con por del que se su al lo más como pero sus le ya este fue entre cuando "
    "muy sin sobre el la en y es han",
    "pt": "de a não uma para com os dos como mas ao das à seu sua ou quando muito nos já também pelo pela "
    "são da do em que o e foi",
    "it": "d l il che di non una per della sono gli con del ha si le nel alla dei anche più come ma dal "
    "nella è stato al lo la un questo",
    "ro": "de a și în este care pentru din mai nu cu pe să fost sunt că la ale sau prin după",
    "pl": "nie się jest że na do po jak ale przez od za był oraz są dla ich przed tym który przy także",
    "cs": "že se na je by ale jako po pro jsem bylo jsou tak za byl aby při která také podle nebo už když "
    "ve který",
    "sk": "že sa na je by ale ako po pre som bolo sú tak za bol aby pri ktorá tiež podľa alebo už keď vo "
    "ktorý",
    "hr": "je se na da su za od kao bi iz koji nije što će ali ili po do te kako nakon bio",
    "sv": "och att det som på är av för den till inte om han ett med har var från kan men eller efter hade "
    "sig",
    "da": "og at det som på er af for den til ikke om han et med har var fra kan men eller efter havde sig "
    "der",
    "no": "og at det som på er av for den til ikke om han et med har var fra kan men eller etter hadde seg "
    "ble",
    "fi": "ja on ei että se oli hän mutta ovat kuin myös mukaan joka sen ole tai kun jo vain",
    "et": "ja on ei et see oli ta kui ka mis aga oma või selle nende kes veel",
    "lt": "ir yra kad į su buvo ne tai bet kaip iš dėl po jis apie jo",
    "lv": "un ir ka ar no uz par bija nav arī kas to lai pēc viņš",
    "hu": "a az és hogy nem egy is ez meg volt csak de azt már mint szerint után",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi ise kadar sonra değil ancak",
    "id": "yang dan di dengan untuk dari pada ini itu tidak dalam akan telah oleh juga ke adalah",
    "sq": "dhe në e të për me nga që është një ka janë nuk",
}  # fmt: skip
_NAMES = {
    "de": "German", "nl": "Dutch", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
    "ro": "Romanian", "pl": "Polish", "cs": "Czech", "sk": "Slovak", "hr": "Croatian, Bosnian or Serbian",
    "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "et": "Estonian", "lt": "Lithuanian",
    "lv": "Latvian", "hu": "Hungarian", "tr": "Turkish", "id": "Indonesian or Malay", "sq": "Albanian",
}  # fmt: skip
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _code, _list in _WORDS.items():
    for _word in _list.split():
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _code)

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
_MARKED = re.compile(r"[À-ɏḀ-ỿ]")
_OTHER = re.compile(r"[Ͱ-῿぀-鿿가-힯]")
# Ten sentences tell a language; reading on would cost time.
_ENOUGH = 20_000
# Below this many words only the script is judged.
_SHORT = 12


class Verdict(NamedTuple):
    """``english`` is None where the text is too short to tell; ``guess`` names what it looks like instead."""

    english: bool | None
    guess: str | None = None


def judge(text: str) -> Verdict:
    """Whether ``text`` is English, by script and function words."""
    sample = text[:_ENOUGH]
    words = [word.lower() for word in _LATIN.findall(sample)]
    latin = sum(map(len, words))
    other = len(_OTHER.findall(sample))
    if other > 10 and other > 0.5 * (latin + other):
        return Verdict(False, "a language in another script")
    if len(words) < _SHORT:
        return Verdict(None)
    counts = Counter(code for word in words for code in _BY_WORD.get(word, ()))
    english = counts.pop("en", 0)
    best, hits = counts.most_common(1)[0] if counts else ("", 0)
    if english < 0.1 * len(words) and sum(1 for word in words if _MARKED.search(word)) >= 0.2 * len(words):
        return Verdict(False, _NAMES[best] if hits >= 2 else None)
    # A language other than English has its own function words in every clause; an English text has few of
    # them (names, quotations), and lists and tables have few of either.
    if hits > 1.5 * english and hits >= max(4, 0.12 * len(words)):
        return Verdict(False, _NAMES[best])
    if english >= 0.15 * len(words):
        return Verdict(True)
    if len(words) >= 100 and english < 0.02 * len(words):
        return Verdict(False, None)
    return Verdict(None)
