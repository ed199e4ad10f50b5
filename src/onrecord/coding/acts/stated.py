"""What the words of a measure say of its parties: the doer, the owner and the place of what it falls upon.

Requires the reading, the names and what was told before. Gives the rules' own answer, with what had to be guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import class_of, counted
from onrecord.coding.acts.mutual import AMONG, POSSESSIVES
from onrecord.coding.acts.orders import Orders
from onrecord.coding.acts.told import SEATS, Party
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

WordSpan = tuple[int, int]

_PLACE = ("in", "at", "to", "against")
_OWNER = ("of", "from")
_TRACKED = frozenset(("people", "mission", "consulate", "office"))
_POWER_NOUNS = frozenset(
    "country countries state states nation nations capital capitals government governments side sides neighbours "
    "allies both missions embassies consulates powers members three four five six ambassadors envoys".split()
)
_OF_ONES_OWN = frozenset(
    "representation embassy mission presence delegation rank legation status envoy representative post posts outpost "
    "chancery ambassadorship house".split()
)
_SIZES = frozenset(("set_ceiling", "parity_cap"))
_SENT_AWAY = frozenset(
    ("persona_non_grata", "not_acceptable", "withdraw_accreditation", "deny_accreditation")
)
_LEAVE = frozenset(("leave", "quit"))


class Stated(Orders):
    """The parties of measures as their own words state them."""

    def _doers(self, match: Match) -> list[str | None]:
        if match.doer is None or match.doer in self._datelines or self.code(match.doer) is None:
            beside = self._doer_beside(match)
            if beside:
                return list(beside)
        if match.doer is None:
            return [self._speaking(match)]
        if self._pronoun(match) and (speaker := self._speaker_above(match.doer)) is not None:
            return [speaker]
        if len(antecedents := self._antecedents(match.doer)) > 1:
            return [*antecedents]
        heads = syntax.conjuncts(self._reading, match.doer)
        codes: list[str | None] = [self.code(head) for head in heads]
        if self.named(match.doer) is not None:
            row = self.row_at(match.doer)
            codes = [*row] if len(row) > 1 else codes
        plural = self._reading.lower(match.doer) in ("they", "all", "each")
        if (plural or not any(codes)) and (group := self._group(match.doer)):
            return list(group)
        return list(dict.fromkeys(code for code in codes if code is not None)) or [None]

    def doers_at(self, word: int | None) -> list[str]:
        """The parties named at a word that stands for who does something: a row, a group, one; none where none is."""
        if word is None:
            return []
        if self.named(word) is not None:
            return self.row_at(word)
        code = self.code(word)
        return [code] if code is not None else self._group(word)

    def _speaker_above(self, pronoun: int) -> str | None:
        """Whose "it" is as the subject of what somebody says: the speaker's ("Cairo warned that it would")."""
        reading = self._reading
        verb = syntax.parent(reading, pronoun)
        if verb is None or reading.lower(pronoun) not in ("it", "they", "he", "she"):
            return None
        for head, relation in syntax.governors(reading, verb):
            if relation == "ccomp" and reading.pos(head) == "VERB":
                speaker = syntax.agent(reading, head)
                return None if speaker is None or speaker == pronoun else self.code(speaker)
            if relation not in ("conj", "xcomp"):
                return None
        return None

    def _doer_beside(self, match: Match) -> list[str]:
        """The parties named right before an active verb, where the tree names no doer."""
        reading = self._reading
        first, _ = syntax.sentence(reading, match.word)
        if reading.pos(match.word) != "VERB" or syntax.is_passive(reading, match.word):
            return []
        at = match.word - 1
        while at > first and (reading.pos(at) in ("AUX", "ADV", "PART") or self._is_when(at)):
            at -= 1
        code = self.named(at)
        if code is None or reading.pos(at) not in ("PROPN", "NOUN") or at in self._datelines:
            return []
        start = at
        while start > first and self.named(start - 1) == code:
            start -= 1
        row = self.row_at(at)
        opening = start > first and reading.pos(start - 1) == "ADP"
        return [] if opening and len(row) == 1 else row

    def _is_when(self, word: int) -> bool:
        """The word belongs to a temporal expression."""
        offset = self._reading.start(word)
        return any(timex.span[0] <= offset < timex.span[1] for timex in self._draft.timexes)

    def _speaking(self, match: Match) -> str | None:
        """Where nobody is named as the doer, the state that tells the measure as its own."""
        if match.rule.act in ("summon", "ultimatum"):
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
        if match.rule.side == "sending" and (row := self._called_from(match, head)):
            return [(None, place) for place in row]
        owners = self._row(head, own=True)
        places = self._row(head, own=False)
        places = places or self._places_among(match)
        if not places:
            place = self.place(head)
            places = [place] if place is not None else self._clause_places(match.word)
        if not owners:
            owner = (
                self.owner(head)
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
        """The party of a named person, as the document introduces them."""
        if self._reading.entity_at(head) != "PER":
            return None
        return self._resolve(self._reading.phrase(head))

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
        if own:  # "the heads of mission of Peru and Chile"
            starts += [each for start in starts[1:] for each in syntax.obliques(reading, start, *_OWNER)]
        for start in starts:
            if own:
                children = [
                    child
                    for child in syntax.kids(reading, start, "amod", "compound", "nmod")
                    if reading.deprel(child) in ("amod", "compound", "nmod:poss", "nmod:desc")
                ]
            else:
                ties = ("with",) if "relations" in class_of(reading, start) else ()
                children = syntax.obliques(reading, start, *_PLACE, *ties)
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
                of_powers = reading.lower(child) in _POWER_NOUNS or self._is_so_many(child)
                if of_powers and len(group := self._group(child)) > 1:
                    return group
            beside = [each for each in syntax.conjuncts(reading, head)[1:] if self._is_thing(each)]
            if any(counted(reading, each) for each in beside):
                return []  # "two Italians and four Poles" are two measures
            codes = [self.owner(each) for each in (head, *beside)]
            if len({code for code in codes if code}) > 1:
                return [code for code in codes if code]
        return []

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
            if place in SEATS and place != sending:
                receiving = place  # "tells the missions to the United Nations to come down to 170"
        elif asker is None and addressee is not None and side != "sending" and owner in (None, addressee):
            sending, receiving = addressee, place if place != addressee else None
        elif self._abroad(match, doer, owner, place):
            sending, receiving = doer, place  # "Peru may keep six people in Oslo", its consul in Lima
        elif side == "sending" or (act.startswith("close_") and self._own(match, doer, owner, place)):
            if doer is not None and doer == place and self._pronoun(match):
                doer = None  # "it recalled its envoy from Pyongyang": it is not Pyongyang
            sending, receiving = doer or owner, place
            if side == "sending" and sending is None and (home := self._home(match.word)) is not None:
                sending, receiving = home, None
            if doer is not None and owner not in (None, doer) and place is None:
                receiving = owner
        else:
            receiving, sending = self._left(match.word) or doer, owner
            if place in SEATS and place not in (sending, receiving):
                receiving = place
            if receiving is None and place != sending:
                receiving = place
        if sending == receiving:
            kept = side == "sending" or self._pronoun(match) or match.doer is None
            sending, receiving = (sending, None) if kept else (None, receiving)
        return self._filled(match, side, sending, receiving)

    def _abroad(self, match: Match, doer: str | None, owner: str | None, place: str | None) -> bool:
        """What the measure falls on is the doer's own, for it is in another state: where the doer is said to keep so
        many there, and where a state tells what was done to people of its own."""
        if doer is None or place in (None, doer, *SEATS) or match.target is None:
            return False
        start, end = self._reading.phrase(match.target)
        its = any(self._reading.lower(at) in POSSESSIVES for at in range(start, match.target))
        its = its or (
            match.rule.act in _SIZES and match.doer is not None and self._its_people(match.target, end)
        )
        if match.rule.act in _SIZES:
            return owner in (None, doer) or (its and owner == place)
        return its and match.doer is None and owner in (None, doer) and match.rule.act in _SENT_AWAY

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
        if doer is None and owner is not None and self._whose_own(match):
            return place if place != owner else None, owner
        if doer is None and owner is not None and (broken := self._broken_with(match)) not in (None, owner):
            return broken, owner  # "the government cuts the relations of Mali with Ukraine"
        other = owner if owner not in (None, doer) else (place if place != doer else None)
        own = match.rule.own_sending or match.rule.side == "sending"
        if own and self._lowers_own(match, doer, owner):
            sender = doer or owner
            return sender, place if place != sender else None
        return other, doer

    def _whose_own(self, match: Match) -> bool:
        """Its owner is who acts: "Chad's relations with Togo are broken off", "reserved Lima's right to an answer"."""
        head = match.target
        if head is None:
            return False
        classes = class_of(self._reading, head)
        if match.rule.act == "announce_intent":
            return not classes & _TRACKED
        return "relations" in classes and bool(syntax.obliques(self._reading, head, "with"))

    def _taken_back(self, word: int) -> bool:
        """What is demanded is that people be let back: they are the issuer's own."""
        start, end = self._reading.subtree(word)
        text = " ".join(self._reading.lower(at) for at in range(start, end))
        return any(each in text for each in ("readmit", "take back", "expulsion", "let back", "return of"))

    def _own(self, match: Match, doer: str | None, owner: str | None, place: str | None) -> bool:
        """The doer closes a mission of its own: "its embassy", the owner named is the doer, or it is abroad."""
        if doer is not None and owner is not None:
            return doer == owner
        if doer is not None and place not in (None, doer, *SEATS):
            return True
        if match.target is None:
            return False
        start = min(self._reading.phrase(match.target)[0], match.target - 1)  # "its embassy doors"
        return any(self._reading.lower(at) in POSSESSIVES for at in range(start, match.target))

    def _lowers_own(self, match: Match, doer: str | None, owner: str | None) -> bool:
        """What is lowered is the doer's own representation, and not relations as such."""
        reading = self._reading
        if match.target is None:
            return match.rule.side == "sending"
        heads = [match.target, *syntax.obliques(reading, match.target, "of")]
        heads += [each for each in syntax.kids(reading, match.word, "obj") if each != match.target]
        if any("relations" in class_of(reading, head) for head in heads):
            return False
        if not any(reading.lower(head) in _OF_ONES_OWN for head in heads):
            return match.rule.side == "sending"
        start, end = reading.subtree(heads[-1])
        return owner in (None, doer) or any(reading.lower(at) in POSSESSIVES for at in range(start, end))

    def _filled(self, match: Match, side: str, sending: str | None, receiving: str | None) -> Party:
        """What the measure's own words leave open, from what was told before."""
        guessed: list[str] = []
        word = match.word
        if sending is None and receiving is not None and side != "sending" and self._is_bare(match):
            sending = self._expelled(word, match, receiving)
            guessed.append("sending")
        own_house = side == "sending" or match.rule.act.startswith("close_")
        if own_house and sending is None and match.rule.act != "downgrade" and self.code(match.doer) is None:
            keeper = self.possessor(match.target)  # "severing relations …, and shutting its embassy there"
            sending = keeper if keeper != receiving else None
        house = self.only_house(match.target)
        if sending is None and side != "sending" and house not in (None, receiving):
            sending = house
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
