"""Measures that two states take against each other: "will cap each other's missions", "both embassies will close".

Requires the names and what was told before. Gives the two, each of whom sends and receives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of
from onrecord.coding.acts.counting import own_count
from onrecord.coding.acts.groups import Groups

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

_MUTUAL = (
    " each other ",
    " one another ",
    " the other 's ",
    " the other ’s ",
    " mutual ",
    " mutually ",
    " a side ",
)
_ON_BOTH = (" on either side ", " on both sides ", " on each side ", " either capital ", " both capitals ")
_PREMISE_WORDS = tuple("embassies missions consulates legations embassy mission ambassadors envoys".split())
_SIDES = tuple("side sides two country countries capital capitals government governments state states nation "
               "nations".split())  # fmt: skip
POSSESSIVES = frozenset(("its", "their", "his", "her", "our"))
AMONG = frozenset(("among", "including", "namely", ":", "–", "—"))
_COUNTRIES = frozenset(("countries", "capitals", "states", "embassies", "missions", "nations", "neighbours"))
_JOIN_IN = frozenset(("followed", "follows", "follow", "joined", "joins", "join"))
_TOGETHER = frozenset(("along", "similarly", "together", "concert", "tandem", "step", "unison"))
_ROW_OF = 2.0  # so many that a noun counts are a row
_EACH = frozenset(("neither", "each", "both", "two", "they", "sides", "side", "countries", "states"))


class Mutual(Groups):
    """Who stands on both sides of a measure."""

    def _mutual(
        self, match: Match, doers: list[str | None], targets: list[tuple[str | None, str | None]]
    ) -> tuple[str, str] | None:
        """Two states that do the same to each other: "will cap each other's missions", "Chad and Mali have broken off
        relations", "neither will keep more than ten in the other's capital"."""
        reading = self._reading
        start, end = syntax.sentence(reading, match.word)
        text = " " + " ".join(reading.lower(at) for at in range(start, end)) + " "
        said = any(phrase in text for phrase in _MUTUAL)
        relations = match.rule.act == "downgrade" and "relations" in class_of(reading, match.target)
        named = {code for owner, place in targets for code in (owner, place) if code is not None}
        pair = list(dict.fromkeys(code for code in doers if code is not None))
        sides = match.doer is not None and self._both(match.doer, _SIDES)
        if match.doer is not None and reading.lower(match.doer) in ("both", "each") and not named:
            near = list(self._counts) if len(self._counts) == 2 else self._named_around(match.word)
            if len(near) == 2:
                said, pair = True, near  # "both recalled their ambassadors", where two are told of
        if (
            match.rule.side == "sending"
            and len(pair) == 2
            and not named
            and self._are_at_odds(match.doer, pair)
        ):
            said = True  # "in 2009 the pair called back their ambassadors"
        if not pair and (sides or (said and match.doer is not None and reading.lower(match.doer) in _EACH)):
            said = True
            pair = self._last_pair(match.word)
        if (
            match.doer is None
            and match.target is not None
            and (not named or match.rule.side == "sending")
            and self._both(match.target, _PREMISE_WORDS)
        ):
            said = True  # "both embassies will close"
            pair = self._last_pair(match.word)
        if not pair and not named and any(phrase in text for phrase in _ON_BOTH):
            said, pair = True, self._last_pair(match.word)  # "consulates on either side go on working"
        if len(pair) != 2 or not (said or relations) or named - set(pair):
            return None
        if relations and not said and named:
            return None  # "Chad and Mali broke with Togo"
        return pair[0], pair[1]

    def _are_at_odds(self, doer: int | None, pair: list[str]) -> bool:
        """Two states for which "the pair" or "both countries" stands, one of which was told to do something to the
        other."""
        if doer is None or self.named(doer) is not None:
            return False
        return any({sending, receiving} == set(pair) for _, sending, receiving, _ in self._all)

    def _antecedents(self, word: int) -> list[str]:
        """The states of a row for which a relative pronoun stands: "Spain and Mexico, which had pulled out their
        ambassadors"; a verb in the singular or "its" goes on with the last alone."""
        reading = self._reading
        if reading.lower(word) not in ("which", "who") or word < 2:
            return []
        before = word - 2 if reading.lower(word - 1) == "," else word - 1
        if self.named(before) is None:
            return []
        _, last = syntax.sentence(reading, word)
        after = {reading.lower(at) for at in range(word + 1, min(last, word + 8))}
        return [] if after & {"its", "has", "is", "was"} else self.row_at(before)

    def _broken_with(self, match: Match) -> str | None:
        """The state that stands behind "with" where relations are ended, wherever the tree hangs it."""
        reading, head = self._reading, match.target
        if head is None or "relations" not in class_of(reading, head):
            return None
        _, last = syntax.sentence(reading, head)
        ahead = range(head + 1, min(last - 1, head + 8))
        at = next((at for at in ahead if reading.lower(at) == "with"), None)
        return next((code for each in (1, 2) if at and (code := self.named(at + each))), None)

    def _its_people(self, head: int, end: int) -> bool:
        """ "The number of its diplomats in Oslo": whose number it is stands behind the noun."""
        words = [self._reading.lower(at) for at in range(head + 1, min(end, head + 4))]
        return words[:1] == ["of"] and bool(POSSESSIVES & set(words))

    def _places_among(self, match: Match) -> list[str]:
        """The places named of so many: "from seven countries, among them Chile, Peru and Panama", "five embassies:
        Riga, Oslo …", where as many are named; or those of a row told before: "in the three capitals"."""
        reading = self._reading
        _, last = syntax.sentence(reading, match.word)
        for at in range(match.word + 1, min(last, match.word + 16)):
            if reading.lower(at) not in _COUNTRIES:
                if reading.pos(at) == "NUM" and reading.lower(at - 1) == "all" and syntax.case(reading, at):
                    return self._group(at)  # "pulled its envoys out of all seven"
                continue
            for among in range(at + 1, min(last - 1, at + 5)):
                if reading.lower(among) in AMONG:
                    named = next(
                        (word for word in range(among + 1, min(last, among + 4)) if self.named(word)), None
                    )
                    row = [] if named is None else self.row_at(named)
                    if len(row) > 1:
                        return row
            if len(row := self._so_many_after(at, last)) > 1 or len(row := self._those_told(at)) > 1:
                return row
        return []

    def _so_many_after(self, noun_: int, last: int) -> list[str]:
        """The row of as many parties as a noun counts, named after it: "two embassies …: Riga and Oslo"."""
        count = own_count(self._reading, noun_)
        if count is None or not count.value or count.value < _ROW_OF:
            return []
        for at in range(noun_ + 1, last):
            if self.named(at) is not None and len(row := self.row_at(at)) == count.value:
                return row
        return []

    def _those_told(self, noun_: int) -> list[str]:
        """ "In the three capitals": so many parties told of in a row before."""
        reading = self._reading
        start, _ = reading.phrase(noun_)
        if not any(
            reading.lower(at) in ("the", "those", "these", "all", "both") for at in range(start, noun_)
        ):
            return []
        return self._group(noun_)

    def _likened(self, match: Match) -> list[str]:
        """Others who do the same: "like Denmark and the Netherlands, brought its envoy back", "together with Chad",
        "followed Mali in breaking with Kyiv"."""
        reading = self._reading
        first, last = syntax.sentence(reading, match.word)
        for at in range(max(first, match.word - 8), min(last, match.word + 14)):
            lower, before = reading.lower(at), reading.lower(at - 1) if at > first else ""
            like = lower in ("like", "alongside") or (lower == "to" and before == "similarly")
            joined = lower in _JOIN_IN and at < match.word and reading.lower(match.word - 1) == "in"
            if like or joined or (lower == "with" and before in _TOGETHER):
                start = at + 2 if at + 1 < last and reading.lower(at + 1) == "the" else at + 1
                return self.row_at(start) if start < last and self.named(start) else []
        return []

    def _both(self, word: int, nouns: tuple[str, ...]) -> bool:
        """ "Both embassies", "each side", "either side", "neither mission"."""
        start, _ = self._reading.phrase(word)
        before = {self._reading.lower(at) for at in range(start, word)}
        return self._reading.lower(word) in nouns and bool(before & {"both", "each", "either", "neither"})

    def _last_pair(self, word: int) -> list[str]:
        """The two parties that the words around name, else those of the last row of two before, or of the measure
        told last."""
        if len(near := self._named_around(word)) == 2:
            return near
        for place in sorted((each for each in self._codes if each < word), reverse=True):
            if len(row := list(dict.fromkeys(self.row_at(place)))) == 2:
                return row
        sending, receiving = self.last_dyad(word)
        return [sending, receiving] if sending and receiving else []

    def _named_around(self, word: int) -> list[str]:
        """The parties named in the paragraph of a word, where those of the document are more than two."""
        reading, text = self._reading, self._reading.text
        here = reading.start(word)
        start, end = text.rfind("\n\n", 0, here) + 1, text.find("\n\n", here)
        first, last = reading.words_in((start, end if end > 0 else len(text)))
        found = dict.fromkeys(self._codes[at] for at in range(first, last) if at in self._codes)
        return list(found) if len(self._counts) > 2 else []
