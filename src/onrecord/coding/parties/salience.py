"""Whose story it is: the country of an organ, crowd or person that the words around leave without one.

"The foreign ministry", "police", "the rebels" belong to the country the story is about at that place, not
to the nearest name. Every country of the document is a candidate, and so is nobody ("countries", "human
rights groups"); each is weighed by where and how it is named, with weights fitted to annotated newswire
(`python -m benchmarks.parties`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp, log
from pathlib import Path

from onrecord.coding.parties.clues import by_office, by_paragraph, is_of_states, unions
from onrecord.coding.parties.names import Name
from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.story import Mention, Story
from onrecord.coding.parties.ties import Ties
from onrecord.vocabulary.nouns import nouns

NOBODY = ""
WEIGHTS = Path(__file__).parent / "data" / "story.json"

_FUNCTION = frozenset(
    "the a an of in on to for from at by with and or but as that which who is are was were be been has "
    "have had will would said says into over under after before against between than not its his her "
    "their it they he she this these those when while where if".split()
)
_DOMESTIC = frozenset(("COP", "LEG", "JUD", "OPP", "PTY", "REB", "CVL", "MED"))
_COUNTRY_WORDS = frozenset(("country", "nation", "republic", "kingdom", "territory", "province", "side"))
_DETERMINERS = frozenset(
    "a an some several one any each every no its his their our these those this many other all".split()
)
_SAID = frozenset("said says announced told added confirmed stated declared".split())
_BODIES = frozenset(("organ", "mission", "igo"))
_NONE: frozenset[str] = frozenset()
_RELIGIOUS = frozenset(("islamic", "muslim", "moslem"))


@dataclass(frozen=True, slots=True)
class Owned:
    """A noun that the text gives to somebody: its last word, the noun and the last part of it, its sector, and the
    owner's code."""

    word: int
    noun: str
    last: str
    sector: str
    code: str


class Salience:
    """The candidates for one document."""

    def __init__(self, story: Story, dateline: str = "") -> None:
        """``dateline``: the state of a dateline that the words of the story leave out."""
        self._story = story
        self._unread = dateline
        self._ties = Ties(story)
        self._by_sector: dict[tuple[str, str | None], dict[str, float]] = {}

    def choose(
        self, word: int, phrase: Phrase | None, sector: str | None, among: Collection[str] = ()
    ) -> tuple[str, float]:
        """The likeliest owner of a noun at `word`, NOBODY or a code, and its probability; one of `among`, if any."""
        known = weights()
        aside = unions() if is_of_states(self._story, phrase, sector) else _NONE
        scores = {
            code: sum([known.get(name, 0.0) * value for name, value in features.items()])
            for code, features in self.candidates(word, phrase, sector).items()
            if (not among or code in among) and code not in aside
        }
        if not scores:
            return NOBODY, 1.0
        best = max(scores, key=lambda code: (scores[code], code))
        top = scores[best]
        return best, 1.0 / sum(exp(score - top) for score in scores.values())

    def scene(self, word: int) -> str | None:
        """The state of the place with which the sentence opens: "In Warsaw(,) the foreign ministry …"."""
        story = self._story
        opens = story.sentences[story.sentence[word]][0]
        mention = story.mention_at.get(opens + 1)
        if (
            story.lower[opens] != "in"
            or mention is None
            or mention.name.kind not in ("capital", "state", "place")
        ):
            return None
        tied = mention.end < word and story.lower[mention.end] in (",", "the")
        return mention.name.code if tied else None

    def candidates(self, word: int, phrase: Phrase | None, sector: str | None) -> dict[str, dict[str, float]]:
        """Every candidate with what speaks for and against it."""
        found = self._named(word, phrase, sector)
        self._antecedents(found, word, self._heads(phrase), sector)
        for code, labels in self._ties.of(word, phrase).items():
            if code in found:
                found[code].update(dict.fromkeys(labels, 1.0))
        found[NOBODY] = self._nobody(found, phrase)
        return found

    def _named(self, word: int, phrase: Phrase | None, sector: str | None) -> dict[str, dict[str, float]]:
        story = self._story
        here = story.sentence[min(word, len(story) - 1)]
        opens = story.sentences[here][0]
        found: dict[str, dict[str, float]] = {}
        last, last_start = None, -1
        domestic = "local" if sector in _DOMESTIC else "state"
        for mention in story.mentions:
            name = mention.name
            if not name.code:
                continue
            features = found.get(name.code)
            if features is None:
                features = found[name.code] = self._anywhere(name, sector).copy()
            weight = 0.3 if name.kind == "outlet" else 1.0
            distance = story.sentence[mention.start] - here
            before = mention.start < word
            if distance == 0:
                if mention.start - opens < 2 and self._told(mention, word, phrase):
                    features["here:told"] = 1.0
                _raise(features, "here:before" if before else "here:after", weight)
                _raise(features, f"here:{domestic}", weight)
                if name.kind == "person":
                    features["here:person"] = 1.0
                if before and mention.start <= opens + 3:
                    features[f"here:opens:{domestic}"] = 1.0
                if before and mention.start <= opens + 2 and story.lower[opens] in ("in", "at", "at", "near"):
                    features["here:scene"] = 1.0
                if before and word - mention.end <= 4:
                    features["here:close"] = 1.0
            elif distance < 0:
                _raise(features, "before", weight * 0.7 ** (-distance - 1))
                if distance == -1 and mention.start - story.sentences[story.sentence[mention.start]][0] < 4:
                    features["before:opens"] = 1.0
            else:
                _raise(features, "after", weight * 0.6 ** (distance - 1))
            if before and mention.start > last_start and name.kind != "outlet":
                last, last_start = name.code, mention.start
            if story.sentence[mention.start] == 0:
                features["title"] = 1.0
            elif story.sentence[mention.start] == 1:
                features["lead"] = 1.0
            if name.kind in ("capital", "place") and story.lower[mention.start - 1] in (
                "in",
                "at",
                "near",
                "from",
            ):
                _raise(features, "scene:local" if sector in _DOMESTIC else "scene", 0.8 ** abs(distance))
        if last is not None:
            found[last]["last"] = 1.0
        by_paragraph(story, found, word)
        by_office(found, phrase)
        return found

    def _anywhere(self, name: Name, sector: str | None) -> dict[str, float]:
        """What speaks for a code, first named by ``name``, as the owner of any noun of a sector."""
        key = name.code, sector
        if key not in self._by_sector:
            count, guests = self._story.counts[name.code], self._guests[name.code]
            share = (count - guests) / self._total
            features = {
                "count": log(1 + count - guests),
                "share": share,
                f"share:{self._class(sector)}": share,
                "opens": log(1 + self._opening[name.code]),
                "guest": log(1 + guests),
            }
            if name.code == self.dateline:
                features["dateline"] = 1.0
            if len(name.code) != 3 or name.kind == "organisation":
                features["organisation"] = 1.0
                if sector == "IGO":
                    features["organisation:igo"] = 1.0
            self._by_sector[key] = features
        return self._by_sector[key]

    @cached_property
    def _total(self) -> int:
        """How often anybody is named, but for guests."""
        return max(1, sum(self._story.counts.values()) - sum(self._guests.values()))

    @staticmethod
    def _class(sector: str | None) -> str:
        """Whom a sector acts for: those at home, armies, or the state abroad."""
        return "local" if sector in _DOMESTIC else ("force" if sector == "MIL" else "state")

    def _told(self, mention: Mention, word: int, phrase: Phrase | None) -> bool:
        """Whether an official tells after a comma what his state does: "The republic expels …, Minister A said"."""
        story = self._story
        if mention.name.kind != "state" or phrase is None or mention.end >= len(story):
            return False
        start, end = phrase.words
        while end < len(story) and story.capital(end) and story.sentence[end] == story.sentence[word]:
            end += 1
        beside = story.lower[end : end + 1] + story.lower[max(0, start - 1) : start]
        comma = any(story.forms[place] == "," for place in range(max(mention.end, start - 3), start))
        return story.forms[mention.end].islower() and comma and any(word in _SAID for word in beside)

    @cached_property
    def _guests(self) -> Counter[str]:
        """How often a code is named as that of diplomats, missions and spies: those are mostly abroad."""
        story = self._story
        found: Counter[str] = Counter()
        for mention in story.mentions:
            nouns_near = (
                story.noun_ending_at(word, mention.end)
                for word in range(mention.end, min(mention.end + 3, len(story)))
            )
            noun = next((found[1] for found in nouns_near if found is not None), None)
            if noun is not None and noun.sector in ("DIP", "SPY"):
                found[mention.name.code] += 1
        return found

    @cached_property
    def _opening(self) -> Counter[str]:
        """In how many sentences a code is the first that is named."""
        story, seen = self._story, set()
        found: Counter[str] = Counter()
        for mention in story.mentions:
            number = story.sentence[mention.start]
            if number not in seen and mention.name.code and mention.name.kind != "outlet":
                seen.add(number)
                found[mention.name.code] += 1
        return found

    @property
    def home(self) -> str:
        """The state from which the report is written; empty where nothing tells."""
        return self._unread or self.dateline

    @cached_property
    def dateline(self) -> str:
        """The state of the town in capitals with which the report begins; empty where there is none."""
        story = self._story
        for number, (opens, closes) in enumerate(story.sentences[:4]):
            mention = story.mention_at.get(opens)
            if mention is None or not number or mention.name.kind not in ("capital", "place"):
                continue
            if story.forms[opens].isupper() and len(story.forms[opens]) > 3 and mention.end < closes:
                return mention.name.code
        return ""

    def _antecedents(
        self, found: Mapping[str, dict[str, float]], word: int, heads: frozenset[str], sector: str | None
    ) -> None:
        """The owners of the same noun, and of nouns of the same sector, before and after."""
        story = self._story
        here = story.sentence[min(word, len(story) - 1)]
        nearest_noun = nearest_sector = nearest_last = None
        lasts = {head.rpartition(" ")[2] for head in heads}
        for owned in self.owned:
            if owned.code not in found:
                continue
            if owned.word < word:
                if owned.noun in heads:
                    nearest_noun = owned.code
                elif owned.last in lasts:
                    nearest_last = owned.code
                if owned.sector == sector:
                    nearest_sector = owned.code
                    near = 0.8 ** abs(story.sentence[owned.word] - here)
                    _raise(found[owned.code], "owns:sector", near)
            elif owned.word > word:
                near = 0.8 ** abs(story.sentence[owned.word] - here)
                if owned.noun in heads:
                    _raise(found[owned.code], "owns:noun:after", near)
                if owned.sector == sector:
                    _raise(found[owned.code], "owns:sector:after", near)
        if nearest_noun is not None:
            found[nearest_noun]["owns:noun"] = 1.0
        if nearest_last is not None:
            found[nearest_last]["owns:last"] = 1.0
        if nearest_sector is not None:
            found[nearest_sector]["owns:sector:last"] = 1.0

    def _heads(self, phrase: Phrase | None) -> frozenset[str]:
        """The nouns of a phrase, those of its of-part included: "a council member", "members of the
        council".
        """
        if phrase is None:
            return frozenset()
        spans = [phrase.core, *(part.words for part in phrase.parts if part.tie in ("of", "for"))]
        found = set()
        for first, end in spans:
            for word in range(first, min(end, first + 8)):
                noun = self._story.noun_ending_at(word, first)
                if noun is not None:
                    found.add(noun[1].words)
        return frozenset(found)

    def _nobody(self, found: Mapping[str, dict[str, float]], phrase: Phrase | None) -> dict[str, float]:
        features = {"nobody": 1.0, "nobody:several": log(1 + len(found))}
        if phrase is None:
            features["nobody:name"] = 1.0
            return features
        story, head = self._story, phrase.head
        words = [story.lower[word] for word in range(*phrase.core)]
        if head is None:
            features["nobody:headless"] = 1.0
        else:
            features[f"nobody:{head.sector}"] = 1.0
            if head.plural:
                features["nobody:plural"] = 1.0
            if head.plural and not phrase.definite:
                features["nobody:bare"] = 1.0
                if head.words in nouns().vague:
                    features["nobody:vague"] = 1.0
                elif head.words in nouns().scattered:
                    features["nobody:scattered"] = 1.0
                elif head.words in nouns().believers:
                    features["nobody:believers"] = 1.0
            if head.words in _COUNTRY_WORDS:
                features["nobody:countries" if head.plural else "nobody:country"] = 1.0
        region = self._region(words)
        if region:
            features[f"nobody:{region}"] = 1.0
        if phrase.definite:
            features["nobody:definite"] = 1.0
        first = phrase.words[0]
        if story.lower[first] in _DETERMINERS:
            features[f"nobody:det:{story.lower[first]}"] = 1.0
        if first < phrase.core[0] and story.lower[first] in (
            "many",
            "other",
            "several",
            "some",
            "all",
            "both",
            "various",
            "most",
        ):
            features["nobody:quantified"] = 1.0
        shares = [each.get("share", 0.0) for each in found.values()]
        features["nobody:spread"] = 1.0 - max(shares, default=0.0)
        return features

    def region_of(self, phrase: Phrase) -> str:
        """Whether a phrase speaks of a region or of people of no one country: region, abroad, religion or
        nothing.
        """
        return self._region([self._story.lower[word] for word in range(*phrase.core)])

    @staticmethod
    def _region(words: list[str]) -> str:
        for start in range(len(words)):
            for length in (2, 1):
                part = tuple(words[start : start + length])
                if len(part) == length and part in nouns().regions:
                    if words[start] in _RELIGIOUS:
                        return "religion"
                    if words[start] in (
                        "foreign",
                        "international",
                        "multinational",
                        "regional",
                        "neighbouring",
                        "neighboring",
                    ):
                        nxt = words[start + 1] if start + 1 < len(words) else ""
                        return (
                            ""
                            if words[start] == "foreign"
                            and nxt.startswith(("minist", "secretar", "office", "policy", "affairs"))
                            else "abroad"
                        )
                    return "region"
        return ""

    @cached_property
    def owned(self) -> list[Owned]:
        """The nouns of the document that a name before or after them owns, or that are part of a name."""
        story = self._story
        found = []
        for word in range(len(story)):
            noun = story.noun_ending_at(word, max(0, word - 3))
            if noun is None:
                continue
            longer = story.noun_ending_at(word + 1, max(0, word - 2)) if word + 1 < len(story) else None
            if longer is not None and longer[0] <= word:
                continue
            code = self._owner(noun[0], word)
            if code:
                words = noun[1].words
                found.append(Owned(word, words, words.rpartition(" ")[2], noun[1].sector, code))
        return found

    def owner_before(self, phrase: Phrase) -> str | None:
        """Whose body "the ministry" is: that of the last of its kind that the text gives to somebody."""
        head = phrase.head
        if head is None or head.plural or not phrase.definite or phrase.parts or head.kind not in _BODIES:
            return None
        if phrase.core != phrase.head_words or head.words.endswith("government"):
            return None
        last = head.words.rpartition(" ")[2]
        found = (each for each in reversed(self.owned) if each.word < phrase.words[0] and each.last == last)
        each = next(found, None)
        return None if each is None else each.code

    def _owner(self, first: int, last: int) -> str | None:
        story = self._story
        mention = story.mention_at.get(last)
        if mention is not None:
            return mention.name.code
        skipped = False
        for word in range(first - 1, max(-1, first - 8), -1):
            if story.sentence[word] != story.sentence[last]:
                break
            mention = story.mention_at.get(word)
            if mention is not None:
                if mention.owns and mention.name.code:
                    return mention.name.code
                break
            lower = story.lower[word]
            inside = (
                lower in ("'s", "’s", "-", "'")
                or story.capital(word)
                or story.noun_ending_at(word, max(0, word - 2))
            )
            if not inside:
                if skipped or lower in _FUNCTION or not lower.isalpha():
                    break
                skipped = True
        if last + 1 < len(story) and story.lower[last + 1] == "of":
            for word in (last + 2, last + 3):
                mention = story.mention_at.get(word)
                if mention is not None and mention.name.code:
                    return mention.name.code
        return None


def _raise(features: dict[str, float], name: str, value: float) -> None:
    if value > features.get(name, 0.0):
        features[name] = value


@cache
def weights() -> Mapping[str, float]:
    """The weights by feature; `python -m benchmarks.parties` fits them."""
    with WEIGHTS.open(encoding="utf-8") as file:
        found: dict[str, float] = json.load(file)
    return found
