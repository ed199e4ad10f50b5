"""Whose mission a measure falls upon: the state that sends, the state or organisation that receives, the host.

Requires the reading and the party resolver. A party is read from the words of the measure (the doer, the owner
and the place of the mission or people); what the words leave open is filled from the parties told nearest
before, and listed as inferred. Where an organisation receives, the host is the state on whose soil it sits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, noun
from onrecord.coding.acts.names import Names
from onrecord.coding.acts.rules import Match
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

# Seats of the organisations that accredit missions; the seat named in the report goes before this table.
_SEATS = {
    "NATO": {"": "BEL"},
    "EU": {"": "BEL"},
    "UN": {"": "USA", "vienna": "AUT", "geneva": "CHE", "new york": "USA", "nairobi": "KEN", "rome": "ITA"},
    "OSCE": {"": "AUT"},
    "COE": {"": "FRA"},
    "OPCW": {"": "NLD"},
    "IAEA": {"": "AUT"},
}
_PLACE = ("in", "at", "to", "against")
_OWNER = ("of", "from")
_TRACKED = frozenset(("people", "mission", "consulate", "office"))
_SIZES_OF_GROUPS = {"both": 2, "neither": 2, "two": 2, "three": 3, "four": 4}
_POWERS = frozenset(("state", "igo", "group", "unit"))
_BARE = frozenset(("more", "others", "another", "some", "several", "nobody", "anyone", "each"))
_LEAVE = frozenset(("leave", "quit"))
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


@dataclass(slots=True)
class Party:
    """One mission: codes of its parties, and which of them no words of the measure state."""

    sending: str | None
    receiving: str | None
    host: str | None = None
    guessed: list[str] = field(default_factory=list)


class Parties(Names):
    """The parties of measures, filled from what was told before where their own words leave one open."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._dyads: list[tuple[int, str, str]] = []
        self._senders: list[tuple[int, str]] = []

    def partner(self, word: int, code: str | None, states: bool = False) -> str | None:
        """The other party of the quarrel: that of the last measure told between it and another, else the party
        named most in the sentences around. ``states``: an organisation is no answer."""
        if (known := self._counterpart(word, code)) is not None:
            return known
        reading = self._reading
        here = reading.sentence_of(word)
        weight: dict[str, float] = {}
        for place, other in self._codes.items():
            if other == code or (states and other in _SEATS):
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
        known = [code for code in (*told, *self._counts) if code not in _SEATS and code != receiving]
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
        base, classes = noun(self._reading, head), class_of(self._reading, head) & _TRACKED
        if self._reading.pos(head) in ("PRON", "NUM", "DET") or base in (
            "pair",
            "two",
            "other",
            "member",
            "staff",
        ):
            classes = {"people"}
        same: tuple[str | None, str | None] = (None, None)
        for place, other_base, other_classes, owner, where in reversed(self._phrases):
            if place >= head or place >= word or owner in without:
                continue
            if other_base == base:
                return owner, where
            if same == (None, None) and classes & other_classes:
                same = owner, where
        return same

    def tell(self, word: int, party: Party) -> None:
        """Remember a measure whose parties its own words give."""
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

    def missions(self, match: Match) -> list[Party]:
        """The missions on which a measure falls: one for each doer and each place named in a row."""
        rule = match.rule
        doers = self._doers(match)
        targets = self._targets(match)
        found: list[Party] = []
        for doer in doers:
            for owner, place in targets:
                found.append(self._mission(match, rule.side, doer, owner, place))
        unique: list[Party] = []
        for party in found:
            if not any((party.sending, party.receiving) == (each.sending, each.receiving) for each in unique):
                unique.append(party)
        for party in unique:
            party.host = self._host(match.word, party.receiving)
            if party.host is not None and party.host == party.receiving:
                party.host = None
        return unique

    def _doers(self, match: Match) -> list[str | None]:
        if match.doer is None:
            return [self._speaking(match)]
        heads = syntax.conjuncts(self._reading, match.doer)
        codes = [self.code(head) for head in heads]
        if not any(codes) and (group := self._group(match.doer)):
            return list(group)
        return list(dict.fromkeys(code for code in codes if code is not None)) or [None]

    def _speaking(self, match: Match) -> str | None:
        """Where nobody is named as the doer, the state that tells the measure as its own."""
        if match.rule.act in ("summon", "announce_intent", "ultimatum"):
            return None
        for claim in self._draft.claims_over(self._draft.span((match.word, match.word + 1))):
            if (
                claim.stance in ("asserts", "confirms", "denies", "threatens", "promises")
                and claim.holder is not None
            ):
                actor = self._draft.actor(claim.holder)
                if actor.kind in ("state", "organ", "igo"):
                    return actor.code
        return None

    def _targets(self, match: Match) -> list[tuple[str | None, str | None]]:
        """Owner and place of what the measure falls on; more than one where places or owners stand in a row."""
        head = match.target
        if head is None:
            return [(None, self._clause_place(match.word))]
        owners = self._row(head, own=True)
        places = self._row(head, own=False)
        if not places:
            place = self.place(head)
            places = [place] if place is not None else self._clause_places(match.word)
        if not owners:
            owner = self.owner(head) or self._owner_beside(match) or self._owner_after(head)
            owners = [owner] if owner is not None else []
        pairs: list[tuple[str | None, str | None]] = []
        for owner in [*owners] or [""]:
            pairs.extend((owner or None, place or None) for place in [*places] or [""])
        return pairs

    def _owner_beside(self, match: Match) -> str | None:
        """The owner in a phrase that hangs on the verb: "ordered out 48 from Russia's embassy"."""
        for child in syntax.obliques(self._reading, match.word, "from", "of"):
            if class_of(self._reading, child) & _TRACKED and (owner := self.owner(child)) is not None:
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
        starts = [head, *syntax.obliques(reading, head, *_OWNER)]
        for start in starts:
            if own:
                children = [
                    child
                    for child in syntax.kids(reading, start, "amod", "compound", "nmod")
                    if reading.deprel(child) in ("amod", "compound", "nmod:poss", "nmod:desc")
                ]
            else:
                children = syntax.obliques(reading, start, *_PLACE)
            for child in children:
                codes = [self.named(each) for each in syntax.conjuncts(reading, child)]
                if len([code for code in codes if code]) > 1:
                    return [code for code in codes if code]
        if own:
            codes = [self.owner(each) for each in syntax.conjuncts(reading, head)]
            if len({code for code in codes if code}) > 1:
                return [code for code in codes if code]
        return []

    def _clause_place(self, word: int) -> str | None:
        for child in syntax.obliques(self._reading, word, "from", "in", "at", "of", "to", "with", "against"):
            code = self.named(child)
            if code is not None:
                return code
        return None

    def _clause_places(self, word: int) -> list[str]:
        """The places in a phrase that hangs on the verb: "called home its envoys in Oslo, Dublin and Madrid"."""
        place = self._clause_place(word)
        for child in syntax.obliques(self._reading, word, "in", "from", "at", "to"):
            codes = [code for each in syntax.conjuncts(self._reading, child) if (code := self.named(each))]
            if place in codes and len(set(codes)) > 1:
                return codes
        return [] if place is None else [place]

    def _mission(
        self, match: Match, side: str, doer: str | None, owner: str | None, place: str | None
    ) -> Party:
        asker, addressee = self._order(match.word)
        act = match.rule.act
        if act in ("announce_intent", "downgrade"):
            sending, receiving = self._between(match, doer, owner, place)
        elif act == "ultimatum":
            receiving, sending = doer, self.code(match.target) if match.target is not None else None
            if self._taken_back(match.word):
                sending, receiving = receiving, sending
        elif asker is not None and addressee not in (None, asker):
            receiving, sending = asker, owner if owner not in (None, asker) else addressee
        elif side == "sending" or (act.startswith("close_") and self._own(match, doer, owner)):
            if doer is not None and doer == place and self._pronoun(match):
                doer = None  # "it recalled its envoy from Pyongyang": it is not Pyongyang
            sending, receiving = doer or owner, place
            if side == "sending" and sending is None and (home := self._home(match.word)) is not None:
                sending, receiving = home, None
            if doer is not None and owner not in (None, doer) and place is None:
                receiving = owner
        else:
            receiving, sending = self._left(match.word) or doer, owner
            if place in _SEATS and place not in (sending, receiving):
                receiving = place
            if receiving is None and place != sending:
                receiving = place
        if sending == receiving:
            kept = side == "sending" or self._pronoun(match) or match.doer is None
            sending, receiving = (sending, None) if kept else (None, receiving)
        return self._filled(match, side, sending, receiving)

    def _left(self, word: int) -> str | None:
        """The country that people must leave: "leave Russia"."""
        for verb in (word, *syntax.kids(self._reading, word, "xcomp", "ccomp")):
            if verb_of(self._reading.lower(verb), _LEAVE):
                for child in syntax.kids(self._reading, verb, "obj"):
                    if (code := self.named(child)) is not None:
                        return code
        return None

    def _pronoun(self, match: Match) -> bool:
        return match.doer is not None and self._reading.pos(match.doer) == "PRON"

    def _home(self, word: int) -> str | None:
        """ "Called to Moscow for consultations": where a recalled envoy is called to is who sent them."""
        for child in syntax.obliques(self._reading, word, "to"):
            if (code := self.named(child)) is not None:
                return code
        return None

    def _between(
        self, match: Match, doer: str | None, owner: str | None, place: str | None
    ) -> tuple[str | None, str | None]:
        """Sender and receiver where two states stand against each other: the one that acts receives."""
        other = owner if owner not in (None, doer) else (place if place != doer else None)
        if match.rule.own_sending and doer is not None and self._lowers_own(match):
            return doer, other
        return other, doer

    def _filled(self, match: Match, side: str, sending: str | None, receiving: str | None) -> Party:
        """What the measure's own words leave open, from what was told before."""
        guessed: list[str] = []
        word = match.word
        if sending is None and receiving is not None and side != "sending" and self._is_bare(match):
            sending = self._expelled(word, match, receiving)
            guessed.append("sending")
        if sending is None and side != "sending":
            own = self.possessor(match.target)
            if own is not None and own != receiving:
                sending = own
                guessed.append("sending")
        if sending is None or receiving is None:
            owner, where = self.told_before(word, match.target, receiving)
            if sending is None and owner is not None and side != "sending":
                sending = owner
                guessed.append("sending")
            if receiving is None and where not in (None, sending):
                receiving = where
                guessed.append("receiving")
        if receiving is None and sending is not None and side == "sending":
            receiving = self._seat_told(word, sending)
            if receiving is not None:
                guessed.append("receiving")
        if match.rule.act == "announce_intent" and sending is None:
            sending, receiving = self._answered(word, receiving)
            guessed += ["sending", "receiving"]
        if sending is None and receiving is None:
            sending, receiving = self.last_dyad(word)
            guessed += ["sending", "receiving"]
        doer = self.guess(match.doer)
        if sending is None and receiving is None:
            sending, receiving = (doer, None) if side == "sending" else (None, doer)
        if sending is None:
            sending = self._expelled(word, match, receiving) or self.partner(word, receiving, states=True)
            guessed.append("sending")
        if receiving is None:
            known = self._counterpart(word, sending)
            if known is None and side != "sending" and doer != sending:
                known = doer
            receiving = known or self.partner(word, sending)
            guessed.append("receiving")
        return Party(sending, receiving, None, sorted(set(guessed)))

    def _order(self, word: int) -> tuple[str | None, str | None]:
        """Who told whom to do it: codes of the subject and the object of "told", "asked", "ordered" above."""
        reading = self._reading
        for head, relation in syntax.governors(reading, word):
            if relation.split(":")[0] not in ("xcomp", "ccomp", "conj", "advcl", "obj", "acl"):
                return None, None
            if verb_of(reading.lower(head), _ORDERS) and reading.pos(head) == "VERB":
                addressee = syntax.patient(reading, head)
                return self.code(syntax.agent(reading, head)), self.code(addressee)
        return None, None

    def _taken_back(self, word: int) -> bool:
        """What is demanded is that people be let back: they are the issuer's own."""
        start, end = self._reading.subtree(word)
        text = " ".join(self._reading.lower(at) for at in range(start, end))
        return any(each in text for each in ("readmit", "take back", "expulsion", "let back", "return of"))

    def _own(self, match: Match, doer: str | None, owner: str | None) -> bool:
        """The doer closes a mission of its own: "its embassy", or the owner named is the doer."""
        if doer is not None and owner is not None:
            return doer == owner
        if match.target is None:
            return False
        return any(
            self._reading.pos(child) == "PRON" and self._reading.deprel(child) == "nmod:poss"
            for child in self._reading.children(match.target)
        )

    def _lowers_own(self, match: Match) -> bool:
        reading = self._reading
        start, end = reading.subtree(match.word)
        return any(reading.lower(word) in ("its", "their") for word in range(start, end)) and any(
            reading.lower(word) in ("representation", "level", "rank", "presence")
            for word in range(start, end)
        )

    def _host(self, word: int, receiving: str | None) -> str | None:
        if receiving not in _SEATS:
            return None
        start, end = (int(each) for each in self._reading.sentences[self._reading.sentence_of(word)])
        text = " ".join(self._reading.lower(i) for i in range(start, end))
        for name, host in _SEATS[receiving].items():
            if name and name in text:
                return host
        return _SEATS[receiving][""]
