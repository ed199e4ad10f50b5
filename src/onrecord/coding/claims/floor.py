"""Who has the floor: by whose words a claim goes on where its speaker is "he", "the official" or "one of them".

Requires the resolver and the claims before, in the order of the text. Gives the holder of each and, where the same
speaker was told through somebody before, the relay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.coding.claims.antecedents import PRONOUNS, antecedent
from onrecord.coding.claims.authors import author_of
from onrecord.coding.claims.speakers import OUTLETS, actor_of, by_name, phrase_of
from onrecord.coding.inflect import noun_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft


@dataclass(slots=True)
class Floor:
    """Who had the floor: the holders of the claims so far, by the words that named them, in the order of the text."""

    draft: Draft
    spoken: list[tuple[int, str]] = field(default_factory=list)
    _relays: dict[int, list[int]] = field(default_factory=dict)
    _meant: dict[int, int] = field(default_factory=dict)

    def holder(self, head: int | None) -> str | None:
        """The actor who speaks at a word: who had the floor where "he" or "the official" goes on, else as named."""
        if head is None:
            return None
        head = self._after_label(head)
        author = author_of(self.draft.reading, head)
        head = head if author is None else author
        found = self._goes_on(head) or actor_of(self.draft, head)
        if found is not None and self.draft.reading.pos(head) != "PRON":
            self.spoken.append((head, found))
        return found

    def _after_label(self, head: int) -> int:
        """ "Update: Secretary-General Jens Stoltenberg said": the speaker is the person after the label."""
        reading = self.draft.reading
        _, last = self.draft.sentence(head)
        if head + 1 >= last or reading.word(head + 1) != ":" or reading.entity_at(head) == "PER":
            return head
        return next(
            (at for at in range(head + 2, min(head + 12, last)) if reading.entity_at(at) == "PER"), head
        )

    def _goes_on(self, head: int) -> str | None:
        reading = self.draft.reading
        lower = reading.lower(head)
        if lower in PRONOUNS:
            meant = antecedent(self.draft, self.spoken, head)
            if meant is None:
                return None
            self._meant[head] = meant
            said = (actor for word, actor in self.spoken if word == meant)
            return next(said, None) or actor_of(self.draft, meant)
        if (
            not any(reading.lower(child) == "the" for child in reading.children(head))
            or reading.pos(head) != "NOUN"
        ):
            return None
        if any(
            reading.word(at)[:1].isupper() for at in range(*phrase_of(self.draft, head)) if at != head - 1
        ):
            return None
        if by_name(reading, head) != head:
            return None  # "the spokesman, Adam Berg,": told by his name
        which = {reading.lower(at) for at in self._told_by(head)}
        for word, actor in reversed(self.spoken):
            if word >= head:
                continue
            same = reading.lower(word) == lower and which <= {reading.lower(at) for at in self._told_by(word)}
            outlet = (
                noun_of(lower, OUTLETS) is not None and not which and self.draft.actor(actor).kind == "outlet"
            )
            if same or outlet or self._holds_office(actor, lower, which):
                self._meant[head] = word
                return actor
        return None

    def _holds_office(self, actor: str, noun: str, which: set[str]) -> bool:
        """ "The minister", after words of Foreign Minister Amina Diallo."""
        person = self.draft.actor(actor)
        office = (person.role or "").lower().split()
        return not person.anonymous and office[-1:] == [noun] and which <= set(office)

    def _told_by(self, head: int) -> list[int]:
        """The words that tell which one is meant: "foreign" of "the foreign minister"."""
        reading = self.draft.reading
        return [
            at for at in reading.children(head) if at < head and reading.pos(at) in ("ADJ", "NOUN", "PROPN")
        ]

    def relayed(self, head: int | None, relay: list[int]) -> list[int]:
        """The relay of what is said at a word: its own, else that of the same speaker before in the paragraph."""
        if head is None:
            return relay
        relay = [self._teller(word) for word in relay]
        before = self._meant.get(head)
        if before is None:
            before = self._one_of(head)
        if not relay and before is not None:
            reading = self.draft.reading
            noun = (
                reading.pos(head) != "PRON"
            )  # "the source", as against "he", is the one told of far back too
            if noun or "\n" not in reading.text[reading.start(before) : reading.start(head)]:
                relay = self._relays.get(before, relay)
        if not relay and self._is_quoted(head):
            relay = self._last_relay(head)
        if relay:
            self._relays[head] = relay
        return relay

    def _is_quoted(self, head: int) -> bool:
        """ "The minister was quoted as saying", by nobody who is named there."""
        reading = self.draft.reading
        _, last = self.draft.sentence(head)
        ahead = [reading.lower(at) for at in range(head + 1, min(last, head + 5))]
        return ahead in (["was", "quoted", "as", "saying"], ["is", "quoted", "as", "saying"])

    def _last_relay(self, head: int) -> list[int]:
        """By whom words came last before, here or in the paragraph above."""
        reading = self.draft.reading
        before = max((word for word in self._relays if word < head), default=None)
        if before is None or reading.text[reading.start(before) : reading.start(head)].count("\n\n") > 1:
            return []
        return self._relays[before]

    def _teller(self, word: int) -> int:
        """Who is meant by "it" in "it quoted the minister": as of those who speak."""
        if self.draft.reading.lower(word) not in PRONOUNS:
            return word
        meant = antecedent(self.draft, self.spoken, word)
        return word if meant is None else meant

    def _one_of(self, head: int) -> int | None:
        """ "One of them", "one of the two": the several who spoke last."""
        reading = self.draft.reading
        them = (
            reading.lower(head) in ("one", "another")
            and head + 2 < len(reading)
            and reading.lower(head + 1) == "of"
        )
        if not them or reading.lower(head + 2) not in ("them", "the", "these"):
            return None
        spoke = (word for word, _ in reversed(self.spoken) if word < head)
        last = next(spoke, None)
        return last if last is not None and reading.feat(last, "Number") == "Plur" else None
