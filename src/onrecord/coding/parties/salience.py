"""Whose story it is: the country of an organ, crowd or person that the words around leave without one.

"The foreign ministry", "police", "the rebels" belong to the country the story is about at that place, not
to the nearest name. Every country of the document is a candidate, and so is nobody ("countries", "human
rights groups"); each is weighed by where and how it is named, with weights fitted to annotated newswire
(`benchmarks/parties.py --fit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log

from onrecord.coding.parties.phrases import Phrase
from onrecord.coding.parties.story import Story
from onrecord.vocabulary.nouns import nouns

NOBODY = ""

_FUNCTION = frozenset(
    "the a an of in on to for from at by with and or but as that which who is are was were be been has "
    "have had will would said says into over under after before against between than not its his her "
    "their it they he she this these those when while where if".split()
)
_DOMESTIC = frozenset(("COP", "LEG", "JUD", "OPP", "PTY", "REB", "CVL", "MED"))
_COUNTRY_WORDS = frozenset(("country", "nation", "republic", "kingdom", "territory", "province", "side"))
_POSSESSIVES = frozenset(("his", "her", "its", "their"))
_RELIGIOUS = frozenset(("islamic", "muslim", "moslem"))


@dataclass(frozen=True, slots=True)
class Owned:
    """A noun that the text gives to somebody: its last word, the noun, its sector, and the owner's code."""

    word: int
    noun: str
    sector: str
    code: str


class Salience:
    """The candidates for one document."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def choose(self, word: int, phrase: Phrase | None, sector: str | None) -> tuple[str, float]:
        """The likeliest owner of a noun at `word`, NOBODY or a code, and its probability."""
        scores = {
            code: sum(WEIGHTS.get(name, 0.0) * value for name, value in features.items())
            for code, features in self.candidates(word, phrase, sector).items()
        }
        best = max(scores, key=lambda code: (scores[code], code))
        top = scores[best]
        return best, 1.0 / sum(exp(score - top) for score in scores.values())

    def scene(self, word: int) -> str | None:
        """The state of the place with which the sentence opens: "In Warsaw, the foreign ministry …"."""
        story = self._story
        opens = story.sentences[story.sentence[word]][0]
        mention = story.mention_at.get(opens + 1)
        if (
            story.lower[opens] != "in"
            or mention is None
            or mention.name.kind not in ("capital", "state", "place")
        ):
            return None
        return mention.name.code if mention.end < word and story.forms[mention.end] == "," else None

    def candidates(self, word: int, phrase: Phrase | None, sector: str | None) -> dict[str, dict[str, float]]:
        """Every candidate with what speaks for and against it."""
        found = self._named(word, sector)
        self._antecedents(found, word, self._heads(phrase), sector)
        code = self._possessor(phrase) if phrase is not None else None
        if code in found:
            found[code]["possessive"] = 1.0
        found[NOBODY] = self._nobody(found, phrase)
        return found

    def _named(self, word: int, sector: str | None) -> dict[str, dict[str, float]]:
        story = self._story
        here = story.sentence[min(word, len(story) - 1)]
        opens = story.sentences[here][0]
        found: dict[str, dict[str, float]] = {}
        last, last_start = None, -1
        total = sum(story.counts.values()) or 1
        for mention in story.mentions:
            name = mention.name
            if not name.code:
                continue
            features = found.setdefault(name.code, {})
            if not features:
                count = story.counts[name.code]
                features["count"] = log(1 + count)
                features["share"] = count / total
                if len(name.code) != 3 or name.kind == "organisation":
                    features["organisation"] = 1.0
                    if sector == "IGO":
                        features["organisation:igo"] = 1.0
            domestic = "local" if sector in _DOMESTIC else "state"
            weight = 0.3 if name.kind == "outlet" else 1.0
            distance = story.sentence[mention.start] - here
            before = mention.start < word
            if distance == 0:
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
        return found

    def _antecedents(
        self, found: Mapping[str, dict[str, float]], word: int, heads: frozenset[str], sector: str | None
    ) -> None:
        """The owners of the same noun, and of nouns of the same sector, before and after."""
        story = self._story
        here = story.sentence[min(word, len(story) - 1)]
        nearest_noun = nearest_sector = None
        for owned in self.owned:
            if owned.code not in found:
                continue
            near = 0.8 ** abs(story.sentence[owned.word] - here)
            if owned.word < word:
                if owned.noun in heads:
                    nearest_noun = owned.code
                if owned.sector == sector:
                    nearest_sector = owned.code
                    _raise(found[owned.code], "owns:sector", near)
            elif owned.word > word:
                if owned.noun in heads:
                    _raise(found[owned.code], "owns:noun:after", near)
                if owned.sector == sector:
                    _raise(found[owned.code], "owns:sector:after", near)
        if nearest_noun is not None:
            found[nearest_noun]["owns:noun"] = 1.0
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

    def _possessor(self, phrase: Phrase) -> str | None:
        """The code of whom "his", "its" or "their" in front of a phrase means: the person, or the first
        party, before.
        """
        story = self._story
        first = phrase.words[0]
        possessive = next((w for w in range(first, phrase.core[0]) if story.lower[w] in _POSSESSIVES), None)
        if possessive is None:
            return None
        if story.lower[possessive] in ("his", "her"):
            return next(
                (
                    m.name.code
                    for m in reversed(story.mentions)
                    if m.end <= possessive
                    and m.name.kind == "person"
                    and story.sentence[possessive] - story.sentence[m.start] <= 2
                ),
                None,
            )
        here = story.sentence[possessive]
        for number in (here, here - 1):
            for mention in story.mentions:
                if (
                    story.sentence[mention.start] == number
                    and mention.end <= possessive
                    and mention.name.kind != "outlet"
                    and mention.name.code
                ):
                    return mention.name.code
        return None

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
            if head.plural and not phrase.definite:
                features["nobody:bare"] = 1.0
                if head.words in nouns().vague:
                    features["nobody:vague"] = 1.0
            if head.words in _COUNTRY_WORDS:
                features["nobody:countries" if head.plural else "nobody:country"] = 1.0
        region = self._region(words)
        if region:
            features[f"nobody:{region}"] = 1.0
        first = phrase.words[0]
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
                found.append(Owned(word, noun[1].words, noun[1].sector, code))
        return found

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


WEIGHTS: dict[str, float] = {
    "after": -0.11,
    "before:opens": 0.2,
    "count": 0.86,
    "here:after": 0.14,
    "here:before": 0.26,
    "here:local": 0.27,
    "here:opens:local": -0.43,
    "here:opens:state": -0.53,
    "here:scene": 0.61,
    "here:state": -0.22,
    "last": 0.37,
    "lead": 1.23,
    "nobody": 0.18,
    "nobody:BUS": 0.34,
    "nobody:COP": -1.6,
    "nobody:CVL": 0.64,
    "nobody:DIP": 0.62,
    "nobody:GOV": -0.08,
    "nobody:IGO": -0.48,
    "nobody:JUD": -0.8,
    "nobody:LEG": -0.63,
    "nobody:MED": 0.78,
    "nobody:MIL": -0.6,
    "nobody:OPP": -0.68,
    "nobody:PTY": -0.41,
    "nobody:REB": -0.17,
    "nobody:SPY": -0.48,
    "nobody:UNK": 2.57,
    "nobody:abroad": 4.22,
    "nobody:bare": 1.43,
    "nobody:countries": 1.6,
    "nobody:country": 0.27,
    "nobody:headless": 0.77,
    "nobody:quantified": -0.17,
    "nobody:region": 3.01,
    "nobody:several": 0.8,
    "nobody:spread": 0.49,
    "nobody:vague": 1.8,
    "organisation": -0.44,
    "organisation:igo": 1.92,
    "owns:noun": 2.09,
    "owns:noun:after": 1.51,
    "owns:sector": 0.31,
    "owns:sector:after": 0.34,
    "owns:sector:last": 0.28,
    "possessive": 0.54,
    "scene": -0.2,
    "scene:local": 0.67,
    "share": 1.55,
    "title": -0.38,
}
