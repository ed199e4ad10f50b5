"""To whom what a measure falls upon belongs, and where it is: owner and place, or rows of them.

Requires the reading, the names and what was told before. A phrase whose words name neither has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import TRACKED, class_of, counted
from onrecord.coding.acts.mutual import AMONG
from onrecord.coding.acts.names import OWNER, PLACE
from onrecord.coding.acts.orders import Orders
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

_POWER_NOUNS = frozenset(
    "country countries state states nation nations capital capitals government governments side sides neighbours "
    "allies both missions embassies consulates powers members three four five six ambassadors envoys".split()
)
# What a state does to those whom it wants accredited: "the attaché whom Lima had named".
_NAMING = frozenset(
    "appoint assign choose designate name nominate pick post present propose put send select submit want wish".split()
)


class Owners(Orders):
    """Owner and place of what a measure falls upon, as its words name them."""

    def _targets(self, match: Match) -> list[tuple[str | None, str | None]]:
        """Owner and place of what the measure falls on; more than one where places or owners stand in a row."""
        head = match.target
        if head is None:
            return [(None, self._clause_place(match.word))]
        if match.rule.side == "sending" and (row := self._called_from(match, head)):
            return [(None, place) for place in row]
        owners = self._row(head, own=True)
        places = self._row(head, own=False)
        places = places or self._places_among(match)
        if not places:
            person = self._reading.entity_at(head) == "PER"  # "Mr Soto, the consul in Lima"
            beside = syntax.kids(self._reading, head, "appos") if person else ()
            place = next((code for each in (head, *beside) if (code := self.place(each)) is not None), None)
            places = [place] if place is not None else self._clause_places(match.word)
        if not owners:
            owner = (
                self.owner(head)
                or self._named_by(head)
                or self._owner_beside(match)
                or self._owner_after(head)
                or self._of_person(head)
            )
            owners = [owner] if owner is not None else []
        if len(owners) > 1 and set(places) & set(owners):
            places = [place for place in places if place not in owners]  # "diplomats from Latvia and Estonia"
        pairs: list[tuple[str | None, str | None]] = []
        for owner in [*owners] or [""]:
            pairs.extend((owner or None, place or None) for place in [*places] or [""])
        return pairs

    def _called_from(self, match: Match, head: int) -> list[str]:
        """Where one's own people are called back from: "recalled its envoys from Oslo and Riga" names no owner."""
        reading = self._reading
        if not any(
            reading.deprel(child) == "nmod:poss" and reading.pos(child) == "PRON"
            for child in reading.children(head)
        ):
            return []
        for child in (*syntax.obliques(reading, head, "from"), *syntax.obliques(reading, match.word, "from")):
            if self.named(child) is not None:
                return self.row_at(child)
        return []

    def _of_person(self, head: int) -> str | None:
        """The party of a named person, as the document introduces them: "Mr Soto", "Soto's deputy", "his accreditation"
        where Soto owns it by name."""
        reading = self._reading
        owners = [child for child in reading.children(head) if reading.deprel(child) == "nmod:poss"]
        for each in (head, *owners):
            if reading.entity_at(each) == "PER":
                return self._resolve(reading.phrase(each))
        return next(
            (code for each in syntax.kids(reading, head, "appos") if (code := self.owner(each)) is not None),
            None,
        )

    def _named_by(self, head: int) -> str | None:
        """Who wants somebody accredited: "the attaché whom Lima had named", "the consul proposed by Lima"."""
        reading = self._reading
        for verb in syntax.kids(reading, head, "acl"):
            if not verb_of(reading.lower(verb), _NAMING):
                continue
            for child in (*syntax.kids(reading, verb, "nsubj"), *syntax.obliques(reading, verb, "by")):
                if (code := self.named(child)) is not None:
                    return code
        return None

    def _owner_beside(self, match: Match) -> str | None:
        """The owner in a phrase that hangs on the verb: "ordered out 48 from Russia's embassy"."""
        for child in syntax.obliques(self._reading, match.word, "from", "of"):
            if class_of(self._reading, child) & TRACKED and (owner := self.owner(child)) is not None:
                return owner
        return None

    def _owner_after(self, head: int) -> str | None:
        """The owner in the "of" phrase right after a noun, where the tree hangs it elsewhere."""
        reading = self._reading
        _, last = syntax.sentence(reading, head)
        if head + 1 >= last or reading.lower(head + 1) != "of":
            return None
        for word in range(head + 2, min(head + 9, last)):
            if reading.pos(word) in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"):
                return None
            if self.named(word) is not None:
                return self.named(word)
        return None

    def _row(self, head: int, own: bool) -> list[str]:
        """Codes of coordinated owners ("the Polish and EU counterparts") or places ("in Vilnius and Warsaw")."""
        reading = self._reading
        starts = [head, *syntax.obliques(reading, head, *OWNER)]
        if own:  # "the heads of mission of Peru and Chile"
            starts += [each for start in starts[1:] for each in syntax.obliques(reading, start, *OWNER)]
        for start in starts:
            if own:
                children = [
                    child
                    for child in syntax.kids(reading, start, "amod", "compound", "nmod")
                    if reading.deprel(child) in ("amod", "compound", "nmod:poss", "nmod:desc")
                ]
            else:
                ties = ("with",) if "relations" in class_of(reading, start) else ()
                children = syntax.obliques(reading, start, *PLACE, *ties)
            if own and start != head and len(row := self._owners_by_of(head, start)) > 1:
                return row
            for child in children:
                codes = [self.named(each) for each in syntax.conjuncts(reading, child)]
                if self.named(child) is not None and len(row := self.row_at(child)) > len(codes):
                    codes = [*row]
                if len([code for code in codes if code]) > 1:
                    return [code for code in codes if code]
        if own:
            for child in (head, *syntax.obliques(reading, head, "of")):
                of_powers = self._is_of_powers(child) or self._is_so_many(child)
                if of_powers and len(group := self._group(child)) > 1:
                    return group
            beside = [each for each in syntax.conjuncts(reading, head)[1:] if self._is_thing(each)]
            if any(counted(reading, each) for each in beside):
                return []  # "two Italians and four Poles" are two measures
            codes = [self.owner(each) for each in (head, *beside)]
            if len({code for code in codes if code}) > 1:
                return [code for code in codes if code]
        return []

    def _is_of_powers(self, word: int) -> bool:
        """A noun for states or for what each has one of; the members of a house are people: "two members of the
        Russian embassy"."""
        reading = self._reading
        if reading.lower(word) not in _POWER_NOUNS:
            return False
        of_house = any(
            class_of(reading, child) & TRACKED for child in syntax.obliques(reading, word, "of", "at", "in")
        )
        return reading.lower(word) != "members" or not of_house

    def _is_so_many(self, word: int) -> bool:
        """ "The ten", "all six": a number, three or more, with its article, of whom a row of as many was told."""
        reading = self._reading
        many = reading.lower(word) in ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
        return many and word > 0 and reading.lower(word - 1) in ("the", "all", "these", "those")

    def _owners_by_of(self, head: int, child: int) -> list[str]:
        """The owners in the "of" phrase of a noun: "the envoys of France, Spain and Italy", "of six states, among them
        France and Spain"."""
        if self.named(child) is not None:
            return self.row_at(child)
        reading = self._reading
        if reading.lower(child) not in _POWER_NOUNS:
            return []
        _, last = syntax.sentence(reading, head)
        for at in range(child + 1, min(last, child + 6)):
            if reading.lower(at) in AMONG:
                named = next((word for word in range(at + 1, min(last, at + 4)) if self.named(word)), None)
                return [] if named is None else self.row_at(named)
        return self._group(child)

    def _is_thing(self, word: int) -> bool:
        """Not a bare number or a state: in "expelled 21, the Netherlands 17" those begin the next item of a list."""
        return word not in self._states and self._reading.pos(word) != "NUM"

    def _clause_place(self, word: int) -> str | None:
        for child in syntax.obliques(self._reading, word, "from", "in", "at", "of", "to", "with", "against"):
            code = self.named(child)
            if code is not None:
                return code
        return None

    def _clause_places(self, word: int) -> list[str]:
        """The places in a phrase that hangs on the verb: "called home its envoys in Oslo, Dublin and Madrid"."""
        place = self._clause_place(word)
        for child in syntax.obliques(self._reading, word, "in", "from", "at", "to", "with", "of"):
            codes = [code for each in syntax.conjuncts(self._reading, child) if (code := self.named(each))]
            if self.named(child) is not None and len(row := self.row_at(child)) > len(set(codes)):
                codes = row
            if place in codes and len(set(codes)) > 1:
                return codes
        return [] if place is None else [place]
