"""Who is told by whom to do what a measure tells: "Lima told Quito to call its people home".

Requires the names and what was told before. Gives who orders it and who is to do it; where a row of states is told, the
measure falls on each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.mutual import POSSESSIVES, Mutual
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

_ORDERS = frozenset(
    [
        "tell",
        "order",
        "ask",
        "direct",
        "instruct",
        "require",
        "demand",
        "force",
        "oblige",
        "request",
        "bid",
        "urge",
    ]
)


class Orders(Mutual):
    """Measures that somebody is told to take."""

    def _order(self, word: int) -> tuple[str | None, str | None]:
        """Who told whom to do it, by their codes."""
        asker, addressee = self._order_at(word)
        return self.code(asker), self.code(addressee)

    def _addressed(
        self, match: Match, doers: list[str | None], targets: list[tuple[str | None, str | None]]
    ) -> list[tuple[str | None, str | None]]:
        """What falls on each of a row of states that are told to do it ("told Chile, Peru and Panama to take their
        diplomats home"), or that are meant by "they" where somebody is sent for, and by "their ambassadors"."""
        if any(owner is not None for owner, _ in targets):
            return targets
        _, addressee = self._order_at(match.word)
        row: list[str] = []
        if addressee is not None:
            row = self.row_at(addressee) if self.named(addressee) is not None else self._group(addressee)
        elif (they := self._they_of(match)) is not None:
            row = self._group(they)
        if len(row) < 2 or set(row) & set(doers):
            return targets
        return [(code, place) for code in row for _, place in targets]

    def _they_of(self, match: Match) -> int | None:
        """The word "they" or "their" in what a measure falls upon, where it stands for states or their envoys."""
        reading, head = self._reading, match.target
        if head is None or match.rule.side == "sending":
            return None
        if match.rule.act == "summon" and reading.lower(head) == "they":
            return head
        owners = [child for child in reading.children(head) if reading.deprel(child) == "nmod:poss"]
        return next((child for child in owners if reading.lower(child) == "their"), None)

    def _order_at(self, word: int) -> tuple[int | None, int | None]:
        """The words of the subject and the object of "told", "asked", "ordered" above."""
        reading = self._reading
        below = word
        told = syntax.patient(reading, word) if verb_of(reading.lower(word), _ORDERS) else None
        if told is not None and self.named(told) is not None and reading.pos(word) == "VERB":
            return syntax.agent(reading, word), told  # "ordered Peru to close its embassy"
        for head, relation in syntax.governors(reading, word):
            base = relation.split(":")[0]
            if base not in ("xcomp", "ccomp", "conj", "advcl", "obj", "acl"):
                return None, None
            if base in ("conj", "advcl") and syntax.kids(reading, below, "nsubj"):
                return None, None  # a clause with a subject of its own is nobody's order
            below = head
            if verb_of(reading.lower(head), _ORDERS) and reading.pos(head) == "VERB":
                if base == "conj":
                    return None, None  # "told Lima to go and recalled its own": the teller does it
                patient = syntax.patient(reading, head)
                if patient is None and base in ("ccomp", "xcomp") and self._its_own(word):
                    patient = syntax.subject(reading, word)  # "demanded that Peru reduce its embassy"
                return syntax.agent(reading, head), patient
        return None, None

    def _its_own(self, word: int) -> bool:
        """What is to be done to is the own of who is to do it: "reduce its embassy"."""
        _, last = syntax.sentence(self._reading, word)
        return any(self._reading.lower(at) in POSSESSIVES for at in range(word + 1, min(last, word + 4)))
