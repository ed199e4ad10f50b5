"""The words of a document and the names in them: which state, body, group or person each stands for.

Works on a Reading's words and sentences, or on the text alone (words by rule, sentences at full stops). An
acronym, or a name that several states use, counts only where the text names its state elsewhere; a surname
only near its bearer's time in office, and not where the text gives it to somebody else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.coding.parties.names import AROUND, Name, NameIndex
from onrecord.reading.words import split
from onrecord.vocabulary.actors import fold, states
from onrecord.vocabulary.nouns import Noun, nouns

if TYPE_CHECKING:
    from onrecord.coding.parties.phrases import Phrase
    from onrecord.reading.types import Reading

WordSpan = tuple[int, int]

PARTICLES = frozenset("al el bin ibn ben abu de del della da di du dos la le van von der den ul".split())
# Hyphened to a name these make it no owner of the noun: "US-backed rebels", "London-based group", "anti-
# Syrian minister".
NOT_OWNER = frozenset(
    "backed based held born sponsored linked trained brokered funded supported allied inspired occupied "
    "controlled bound administered speaking educated made style friendly mediated proposed drafted "
    "engineered imposed anti pro non ex".split()
)

_JOINERS = frozenset(("-", "–", "‐", "‑", "/", "&", "'", "’", "."))
_BLANK = re.compile(r"\n\s*\n")
_END = frozenset((".", "!", "?", "...", "?!"))
_CLOSING = frozenset(('"', "''", "”", ")", "'", "’"))
# Those to whom other peoples are hyphened as an origin.
_CITIZENS = ("american", "canadian", "australian", "briton")
_LAST = frozenset(("and", "or", "&"))
_TIES = _LAST | {",", "the"}
_SIX = ("China", "Japan", "North Korea", "Russia", "South Korea", "United States")
_PARTY = (["party"], ["nation"], ["way"])
_NUMERALS = frozenset("ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
_COURTESY = frozenset("mr mrs ms dr sir lord mr. mrs. ms. dr.".split())
# A text of more sentences than this names the state of whom it calls by his surname.
_SHORT = 5
# Words for peoples that live in several states; "Serbian" and "Croatian" are of the state.
_PEOPLES = frozenset(("serb", "serbs", "croat", "croats"))
_NEIGHBOURS = frozenset(("BIH", "HRV", "XKX", "MKD", "SRB"))
# 26 December 1991, in years: the end of the Soviet Union.
_SOVIET_END = 1991.98


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: words `[start, end)`, its meaning, and the word hyphened to it ("led", "backed")."""

    start: int
    end: int
    name: Name
    hyphened: str = ""

    @property
    def owns(self) -> bool:
        """Whether it can own a noun beside it."""
        return self.hyphened not in NOT_OWNER


class Story:
    """One document: `forms` and `lower` by word, `sentences` as word spans, `mentions` in order."""

    def __init__(self, text: str, day: date | None, index: NameIndex, reading: Reading | None = None) -> None:
        self.text = text
        self.reading = reading
        self.year = None if day is None else day.year + (day.timetuple().tm_yday - 1) / 366
        self._index = index
        if reading is not None:
            self.starts: list[int] = reading.starts.tolist()
            self.ends: list[int] = reading.ends.tolist()
        else:
            starts, ends = split(text)
            self.starts, self.ends = starts.tolist(), ends.tolist()
        self.forms = [text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]
        self.lower = [form.lower() for form in self.forms]
        self.sentences: list[WordSpan] = reading.sentence_spans if reading is not None else self._sentences()
        self.sentence = [0] * len(self.forms)
        for number, (start, end) in enumerate(self.sentences):
            for word in range(start, end):
                self.sentence[word] = number
        self.parsed: dict[WordSpan, Phrase] = {}
        self.mentions = self._mentions()
        self.mentions_in: dict[int, list[Mention]] = {}
        """The mentions of each sentence that has any."""
        for mention in self.mentions:
            self.mentions_in.setdefault(self.sentence[mention.start], []).append(mention)
        self.mention_at: dict[int, Mention] = {
            word: mention for mention in self.mentions for word in range(mention.start, mention.end)
        }

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def paragraph(self) -> list[int]:
        """The number of the paragraph in which each word stands."""
        breaks = [match.start() for match in _BLANK.finditer(self.text)]
        return [bisect_right(breaks, start) for start in self.starts]

    def words_in(self, start: int, end: int) -> WordSpan:
        """The words that overlap code points `[start, end)`."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def written(self, words: WordSpan) -> str:
        """The text from the first to the last word."""
        return self.text[self.starts[words[0]] : self.ends[words[1] - 1]] if words[0] < words[1] else ""

    def noun_ending_at(self, last: int, first: int) -> tuple[int, Noun] | None:
        """The longest noun of the vocabulary that ends at a word and begins not before `first`: its first
        word, and it.
        """
        if last < first:
            return None
        for found in self._nouns[last]:
            if found[0] >= first:
                return found
        return None

    @cached_property
    def _nouns(self) -> list[tuple[tuple[int, Noun], ...]]:
        """All nouns that end at each word, the longest first."""
        ending = nouns().all_ending_at
        return [ending(self.lower, last) for last in range(len(self.lower))]

    def capital(self, word: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.forms[word][:1].isupper()

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each code is named."""
        return Counter(mention.name.code for mention in self.mentions if mention.name.code)

    @cached_property
    def lists(self) -> list[tuple[Mention, ...]]:
        """The lists of names: "Hungary, Poland and the Czech Republic"; ends with "and" or "or"."""
        found: list[tuple[Mention, ...]] = []
        run: list[Mention] = []
        for mention in self.mentions:
            tie = self.lower[run[-1].end : mention.start] if run else []
            joined = all(word in _TIES for word in tie) and any(word != "the" for word in tie)
            if not joined or self.sentence[run[-1].start] != self.sentence[mention.start]:
                run = [mention]
                continue
            run.append(mention)
            if any(word in _LAST for word in tie[:2]):
                found.append(tuple(run))
                run = [mention]
        return found

    # sentences of a text that nobody has read

    def _sentences(self) -> list[WordSpan]:
        breaks = [match.start() for match in _BLANK.finditer(self.text)]
        found: list[WordSpan] = []
        start, block = 0, 0
        for word in range(len(self.forms)):
            following = self.starts[word + 1] if word + 1 < len(self.forms) else len(self.text)
            while block < len(breaks) and breaks[block] < self.ends[word]:
                block += 1
            broken = block < len(breaks) and breaks[block] < following
            if broken or word + 1 == len(self.forms) or self._ends_sentence(word):
                found.append((start, word + 1))
                start = word + 1
        return found

    def _ends_sentence(self, word: int) -> bool:
        form = self.forms[word]
        if form in _CLOSING:
            return word > 0 and self.forms[word - 1] in _END and self._opens(word + 1)
        return form in _END and self._opens(word + 1) and self.forms[word + 1] not in _CLOSING

    def _opens(self, word: int) -> bool:
        return word < len(self.forms) and (not self.forms[word][:1].isalpha() or self.capital(word))

    # names

    def _mentions(self) -> list[Mention]:
        stream = [word for word, form in enumerate(self.forms) if form not in _JOINERS]
        compared = [self._compared(word) for word in stream]
        found: list[Mention] = []
        shared: dict[int, Sequence[Name]] = {}
        place = 0
        while place < len(stream):
            step = 1
            for length, meanings in self._index.match(compared, place):
                start, end = stream[place], stream[place + length - 1] + 1
                if end - start > 2 * length or self.sentence[start] != self.sentence[end - 1]:
                    continue
                name = self._meaning(meanings, start, end)
                if name is not None:
                    found.append(Mention(start, end, self._of_its_time(name), self._hyphened(start, end)))
                    if name.weak and len(meanings) > 1:
                        shared[start] = meanings
                    step = length
                    break
            place += step
        return self._settled(found, shared)

    def _of_its_time(self, name: Name) -> Name:
        """A name of Russia in what was published while the Soviet Union lasted means that."""
        if self.year is None or self.year >= _SOVIET_END or name.code != "RUS":
            return name
        return name._replace(code="SUN", name="Soviet Union" if name.name == "Russia" else name.name)

    def _compared(self, word: int) -> str:
        form = self.forms[word]
        if form.isascii():
            lower = self.lower[word]
            return (
                lower
                if lower.isalnum()
                else ("'s" if lower == "'s" else lower.replace(".", "").strip("'") or form)
            )
        folded = fold(form)
        return folded if folded == "'s" else folded.replace(".", "").strip("'") or form

    def _meaning(self, meanings: Sequence[Name], start: int, end: int) -> Name | None:
        """Which of its meanings a name has here, if any."""
        first = self.forms[start]
        if not first[:1].isupper() and not (
            first in ("al", "bin") and any(self.capital(word) for word in range(start, end))
        ):
            return None
        small = any(sign.islower() for word in range(start, end) for sign in self.forms[word])
        fitting = [
            name
            for name in meanings
            if not (name.upper and small)
            and (not (name.surname or name.own) or name.held_on(self.year, AROUND if name.surname else 0.0))
        ]
        if len({name.code for name in fitting}) > 1:
            current = [name for name in fitting if name.held_on(self.year)]
            if len({name.code for name in current}) == 1:
                fitting = current
            elif fitting[0].surname:
                return None
        return min(fitting, key=self._distance, default=None)

    def _distance(self, name: Name) -> tuple[float, float]:
        """How far a term lies from the day of the document; of two that hold, the later one is nearer."""
        if self.year is None:
            return 0.0, 0.0
        return max(name.first - self.year, self.year - name.last, 0.0), -name.first

    def _hyphened(self, start: int, end: int) -> str:
        if (
            start > 1
            and self.forms[start - 1] == "-"
            and self.lower[start - 2] in ("anti", "pro", "non", "ex")
        ):
            return self.lower[start - 2]
        if start and self.lower[start - 1] in ("anti-", "pro-", "non-", "ex-"):
            return self.lower[start - 1][:-1]
        if end + 1 < len(self.forms) and self.forms[end] == "-" and self.starts[end] == self.ends[end - 1]:
            return self.lower[end + 1]
        return ""

    def _settled(self, found: list[Mention], shared: Mapping[int, Sequence[Name]]) -> list[Mention]:
        """Without the names that the document as a whole speaks against; a shared one goes to the state
        named most.
        """
        others = {
            self.forms[mention.start]
            for mention in found
            if mention.name.surname and self._is_part_of_name(mention.start, mention.end)
        }
        bearers = {self.lower[m.end - 1] for m in found if m.name.kind == "person" and not m.name.surname}
        others = {form for form in others if form.lower() not in bearers}
        found = [
            m
            for m in found
            if not m.name.surname
            or not (self.forms[m.start] in others or self._is_part_of_name(m.start, m.end))
        ]
        named = Counter(m.name.code for m in found if not m.name.weak and self.lower[m.start] not in _PEOPLES)
        peoples = {
            code
            for code in _NEIGHBOURS
            if max(named[each] for each in _NEIGHBOURS if each != code) > named[code]
        }
        found = [
            replace(m, name=max(shared[m.start], key=lambda name: named[name.code]))
            if m.start in shared
            else m
            for m in found
        ]
        if len(self.sentences) > _SHORT:
            backed = {m.name.code for m in found if not m.name.surname}
            found = [m for m in found if not m.name.surname or m.name.code in backed]
        full = {
            (mention.name.code, self.lower[mention.end - 1]): mention.name
            for mention in found
            if mention.name.kind == "person" and not mention.name.surname
        }
        found = [
            replace(m, name=full.get((m.name.code, self.lower[m.end - 1]), m.name)) if m.name.surname else m
            for m in found
        ]
        found = [self._seat(mention, named) for mention in self._without_origins(self._numbered(found))]
        found += self._halves(named)
        return [
            mention
            for mention in sorted(found, key=lambda mention: mention.start)
            if not (mention.name.weak and not named[mention.name.code])
            and not (self.lower[mention.start] in _PEOPLES and mention.name.code in peoples)
            and not (mention.start and self.lower[mention.start - 1] == "ethnic")
        ]

    def _numbered(self, found: list[Mention]) -> list[Mention]:
        """With the king or pope who is numbered once ("Abdullah II") meant by his bare name as well."""
        full = {
            self.lower[m.start]: m.name
            for m in found
            if m.name.kind == "person" and m.end - m.start == 2 and self.lower[m.start + 1] in _NUMERALS
        }
        return [
            replace(m, name=full[self.lower[m.start]])
            if m.name.kind == "person" and m.end - m.start == 1 and self.lower[m.start] in full
            else m
            for m in found
        ]

    def _without_origins(self, found: list[Mention]) -> list[Mention]:
        """Without the first half of "Cuban-Americans" and "Korean American activists", who are Americans."""
        ends = {mention.start: mention for mention in found}
        kept = []
        for mention in found:
            after = mention.end + (self.forms[mention.end : mention.end + 1] == ["-"])
            citizens = ends.get(after)
            if (
                citizens is None
                or mention.name.kind not in ("adjective", "people")
                or not self.lower[citizens.start].startswith(_CITIZENS)
                or not self._is_people(citizens)
            ):
                kept.append(mention)
        return kept

    def _is_people(self, mention: Mention) -> bool:
        """Whether a name is a people's, or stands before a noun for people and not for relations."""
        if self.lower[mention.end - 1].endswith("s"):
            return True
        nouns = (
            self.noun_ending_at(word, mention.end)
            for word in range(mention.end, min(mention.end + 3, len(self)))
        )
        noun = next((found[1] for found in nouns if found is not None), None)
        return noun is not None and noun.sector == "CVL"

    def _seat(self, mention: Mention, named: Mapping[str, int]) -> Mention:
        """Brussels stands for the EU where the text names it and, beside its capital, not Belgium."""
        if self.lower[mention.start] != "brussels" or not named["EU"]:
            return mention
        seats = self.lower.count("brussels")
        return (
            replace(mention, name=self._index.get("European Union")[0]) if named["BEL"] <= seats else mention
        )

    def _halves(self, named: Mapping[str, int]) -> list[Mention]:
        """ "The North" and "the South" where the text is about the two Koreas."""
        if not (named["PRK"] and named["KOR"]):
            return []
        states = {"north": self._index.get("North Korea")[0], "south": self._index.get("South Korea")[0]}
        return [
            Mention(word, word + 1, states[self.lower[word]])
            for word in range(1, len(self.forms) - 1)
            if self.forms[word] in ("North", "South")
            and self.lower[word - 1] in ("the", "and")
            and not self.capital(word + 1)
            and self.forms[word + 1] != "-"
        ]

    def part_of(self, whole: Mention, start: int, end: int) -> Mention | None:
        """The name that some of the words of a longer one are by themselves; None where they are none."""
        named = [each for each in self._index.get(self.written((start, end))) if each.kind != "person"]
        return replace(whole, start=start, end=end, name=named[0]) if named else None

    def six_parties(self, words: WordSpan) -> list[Mention]:
        """The states of the six-party talks, where the words hold "six-party" and the text is about North Korea."""
        start = next((w for w in range(*words) if self.lower[w : w + 2] == ["six", "-"]), None)
        if start is None or self.lower[start + 2 : start + 3] not in _PARTY or not self.counts["PRK"]:
            return []
        return [Mention(start, start + 1, self._index.get(name)[0]) for name in _SIX]

    def europe(self, words: WordSpan) -> Mention | None:
        """The European Union, where all the words are "Europe" or "European"."""
        if words[1] - words[0] != 1 or self.lower[words[0]] not in ("europe", "european"):
            return None
        return Mention(*words, self._index.get("European Union")[0])

    def koreas(self, word: int) -> list[Mention]:
        """Both states, where the word is "Koreas"."""
        if self.lower[word] != "koreas":
            return []
        return [Mention(word, word + 1, self._index.get(name)[0]) for name in ("North Korea", "South Korea")]

    def state(self, code: str, word: int) -> Mention:
        """A state as if it were named at a word."""
        return Mention(word, word + 1, self._index.get(states()[code].name)[0])

    def _is_given(self, word: int, end: int) -> bool:
        """Whether a capital at the head of a sentence is a given name: the reading holds both for one person."""
        if self.reading is None:
            return False
        return any(a <= word and end <= b for a, b, kind in self.reading.entities.tolist() if kind == 0)

    def _is_part_of_name(self, start: int, end: int) -> bool:
        """Whether the words beside a surname make it another person's: "Laura Bush", "Omar al-Bashir"."""
        before, after = start - 1, end
        opens, closes = self.sentences[self.sentence[start]]
        if before >= opens + 1 and len(self.forms[before].strip(".")) == 1 and self.capital(before):
            before -= 1  # a middle initial
        if before >= opens and self.capital(before) and self.forms[before].isalpha():
            titled = (
                self.noun_ending_at(before, max(opens, before - 3)) is not None
                or self.lower[before] in _COURTESY
            )
            known = any(name.kind != "person" for name in self._index.get(self.forms[before]))
            if not titled and not known and (before != opens or self._is_given(before, end)):
                return True
        if after >= closes:
            return False
        if self.capital(after) and self.forms[after].isalpha():
            return self.noun_ending_at(after, after) is None
        return self.lower[after] in PARTICLES and after + 1 < closes and self.forms[after + 1] == "-"
