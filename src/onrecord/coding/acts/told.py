"""What was told before a measure: the parties of earlier ones, and whose missions and people were spoken of.

Requires the names of a document. Fills what a measure's own words leave open: "the embassy", "the
ambassador", "four more".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import TRACKED, class_of, noun
from onrecord.coding.acts.names import Names
from onrecord.coding.acts.titles import phrases_below

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match
    from onrecord.coding.draft import Draft

# Seats of the organisations that accredit missions; the seat named in the report goes before this table.
SEATS = {
    "NATO": {"": "BEL"},
    "EU": {"": "BEL"},
    "UN": {"": "USA", "vienna": "AUT", "geneva": "CHE", "new york": "USA", "nairobi": "KEN", "rome": "ITA"},
    "OSCE": {"": "AUT"},
    "COE": {"": "FRA"},
    "OAS": {"": "USA"},
    "OPCW": {"": "NLD"},
    "IAEA": {"": "AUT"},
    "AU": {"": "ETH"},
    "ARABLEAGUE": {"": "EGY"},
    "WHO": {"": "CHE"},
    "ASEAN": {"": "IDN"},
    "OIC": {"": "SAU"},
    "GCC": {"": "SAU"},
    "ECOWAS": {"": "NGA"},
    "CARICOM": {"": "GUY"},
    "COMMONWEALTH": {"": "GBR"},
}
_BARE = frozenset(("more", "others", "another", "some", "several", "nobody", "anyone", "each"))


@dataclass(slots=True)
class Party:
    """One mission: codes of its parties, and which of them no words of the measure state.

    ``own``: the words name the sending state as the one that takes the measure.
    """

    sending: str | None
    receiving: str | None
    host: str | None = None
    guessed: list[str] = field(default_factory=list)
    own: bool = False


class Told(Names):
    """The parties of measures told so far, and what was said of missions and people before them."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._dyads: list[tuple[int, str, str]] = []
        self._senders: list[tuple[int, str]] = []
        self._all: list[tuple[int, str, str, str]] = []

    def owners(self) -> list[tuple[int, str]]:
        """Whose missions and people the document speaks of, and where: "Russia's envoy", "the Russians"."""
        reading = self._reading
        bare = [
            (word, code)
            for word, code in self._codes.items()
            if word not in self._states
            and reading.pos(word) in ("NOUN", "PROPN")
            and reading.lower(word)[-1] == "s"
        ]
        return [*((at, owner) for at, _, _, owner, _ in self._phrases), *bare]

    def partner(self, word: int, code: str | None, states: bool = False) -> str | None:
        """The other party of the quarrel: that of the last measure told between it and another, else the party
        named most in the sentences around. ``states``: an organisation is no answer."""
        if (known := self._counterpart(word, code)) is not None:
            return known
        reading = self._reading
        here = reading.sentence_of(word)
        weight: dict[str, float] = {}
        for place, other in self._codes.items():
            if other == code or (states and other in SEATS):
                continue
            distance = here - reading.sentence_of(place)
            near = 1.0 / (1.0 + 1.5 * distance) if distance >= 0 else 0.3 / (1.0 - 1.5 * distance)
            weight[other] = weight.get(other, 0.0) + near
        return max(weight, key=lambda each: (weight[each], each)) if weight else None

    def _counterpart(self, word: int, code: str | None) -> str | None:
        """The other party of the measure told last between a party and another."""
        for place, sending, receiving in reversed(self._dyads):
            if place <= word and code in (sending, receiving):
                return receiving if code == sending else sending
        return None

    def _is_bare(self, match: Match) -> bool:
        """A number or "others" alone stands for the people."""
        head = match.target
        if head is None:
            return False
        return head == match.word or self._reading.pos(head) == "NUM" or self._reading.lower(head) in _BARE

    def _answered(self, word: int, answering: str | None) -> tuple[str | None, str | None]:
        """Whom an answer would hit, and who answers: who was hit last, by the one who hit them most often."""
        told = [(sending, receiving) for place, sending, receiving in self._dyads if place <= word]
        if answering is None and told:
            answering = told[-1][0]
        hitters = [receiving for sending, receiving in told if sending == answering]
        hitter = max(hitters, key=lambda code: (hitters.count(code), code)) if hitters else None
        return hitter, answering

    def _seat_told(self, word: int, sending: str) -> str | None:
        """Where the missions stand that were told of last before: "embassies in Sanaa"."""
        for place, _, classes, _, where in reversed(self._phrases):
            if place < word and classes & {"mission", "consulate"} and where not in (None, sending):
                return where
        return None

    def _expelled(self, word: int, match: Match, receiving: str | None) -> str | None:
        """Whose people a bare number stands for ("Canada sent home four"): those of the measure told last."""
        head = match.target
        if not self._is_bare(match) and not (head is not None and "people" in class_of(self._reading, head)):
            return None
        told = [sending for place, sending in self._senders if place <= word]
        known = [code for code in (*told, *self._counts) if code not in SEATS and code != receiving]
        owners = [
            owner for _, _, classes, owner, _ in self._phrases if "people" in classes or "mission" in classes
        ]
        weight = {code: self._counts[code] + told.count(code) + 2 * owners.count(code) for code in known}
        return max(known, key=lambda code: (weight[code], code)) if known else None

    def told_before(self, word: int, head: int | None, *without: str | None) -> tuple[str | None, str | None]:
        """Owner and place of the people or mission that a phrase without an owner goes back to: "the embassy".

        The last phrase before with the same noun, else with a noun of the same class; never one of ``without``.
        """
        if head is None:
            return None, None
        base, classes = noun(self._reading, head), class_of(self._reading, head) & TRACKED
        if self._reading.pos(head) in ("PRON", "NUM", "DET") or base in (
            "pair",
            "two",
            "other",
            "member",
            "staff",
        ):
            classes = frozenset(("people",))
        same: tuple[str | None, str | None] = (None, None)
        for place, other_base, other_classes, owner, where in reversed(self._phrases):
            if place >= head or place >= word or owner in without:
                continue
            if other_base == base:
                return owner, where
            if same == (None, None) and classes & other_classes:
                same = owner, where
        return same

    def only_house(self, head: int | None) -> str | None:
        """Whose "the Embassy" is, where the document names the owner of one embassy alone: of a measure's noun itself
        or of the phrase that hangs on it ("members of the Embassy", "posts in the Embassy's press section")."""
        if head is None:
            return None
        reading = self._reading
        heads = [head, *phrases_below(reading, head, "of", "at", "in")]
        heads += [
            below
            for each in heads
            for below in (*syntax.kids(reading, each, "nmod"), *phrases_below(reading, each, "of"))
        ]
        house = next((each for each in heads if class_of(reading, each) & {"mission", "consulate"}), None)
        if house is None or reading.pos(house) == "PRON" or self.owner(house) or self.place(house):
            return None
        start, _ = reading.phrase(house)
        if not any(reading.lower(at) in ("the", "this", "that") for at in range(start, house)):
            return None
        base = noun(reading, house)
        owners = {owner: at for at, other, _, owner, _ in reversed(self._phrases) if other == base}
        return next((owner for owner, at in owners.items() if at < house), None) if len(owners) == 1 else None

    def tell(self, word: int, party: Party, act: str = "") -> None:
        """Remember a measure whose parties its own words give."""
        if party.sending and party.receiving:
            self._all.append((word, party.sending, party.receiving, act))
        if party.sending and "sending" not in party.guessed:
            self._senders.append((word, party.sending))
        if party.sending and party.receiving and not party.guessed:
            self._dyads.append((word, party.sending, party.receiving))

    def last_dyad(self, word: int) -> tuple[str | None, str | None]:
        """Sender and receiver of the measure told last before a word."""
        for place, sending, receiving in reversed(self._dyads):
            if place <= word:
                return sending, receiving
        return None, None
