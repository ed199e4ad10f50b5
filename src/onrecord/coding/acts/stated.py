"""What the words of a measure say of its parties: the doer, and with the owner and the place of what it falls upon the
two between whom it stands.

Requires the reading, the names and what was told before. Gives the rules' own answer, with what had to be guessed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import TRACKED, class_of
from onrecord.coding.acts.lexicon import CEILINGS, SENT_AWAY
from onrecord.coding.acts.mutual import POSSESSIVES
from onrecord.coding.acts.owners import Owners
from onrecord.coding.acts.told import SEATS, Party
from onrecord.coding.inflect import verb_of

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

WordSpan = tuple[int, int]

_NOT_WANTED = SENT_AWAY | {"deny_accreditation"}
_OF_ONES_OWN = frozenset(
    "representation embassy mission presence delegation rank legation status envoy representative post posts outpost "
    "chancery ambassadorship house".split()
)
_ONES_OWN = frozenset(("theirs", "ours", "hers"))
_CONDITIONS = frozenset(("if", "unless", "should", "failing", "otherwise"))
_LEAVE = frozenset(("leave", "quit"))


class Stated(Owners):
    """The parties of measures as their own words state them."""

    def _doers(self, match: Match) -> list[str | None]:
        if match.doer is not None and self._owns_target(match.doer, match.target):
            above = self._subject_named(match.doer)
            match = replace(match, doer=above)
        if match.doer is None or match.doer in self._datelines or self.code(match.doer) is None:
            beside = self._doer_beside(match)
            if beside:
                return list(beside)
        if match.rule.act == "announce_intent" and self.code(match.doer) is None:
            announcing = self._announcing(match.word)
            if announcing is not None or match.doer is None:
                return [announcing]
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

    def _owns_target(self, doer: int, target: int | None) -> bool:
        """The owner in the phrase of what a measure falls upon, which the tree makes its subject: "declared Chad's
        ambassador persona non grata"."""
        after = doer + 1
        return (
            target is not None
            and after < target <= doer + 4
            and self._reading.lower(after) in ("'s", "’s")
            and self.named(doer) is not None
        )

    def _subject_named(self, word: int) -> int | None:
        """The last subject before a word in its sentence that names a party."""
        first, _ = syntax.sentence(self._reading, word)
        return next(
            (
                at
                for at in range(word - 1, first - 1, -1)
                if self._reading.deprel(at) == "nsubj" and self.named(at) is not None
            ),
            None,
        )

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
        if match.target is not None and match.target < at and code in self._row(match.target, own=False):
            return []  # "their consulates in Munich and Hamburg must close"
        opening = start > first and reading.pos(start - 1) == "ADP"
        return [] if opening and len(row) == 1 else row

    def _is_when(self, word: int) -> bool:
        """The word belongs to a temporal expression."""
        offset = self._reading.start(word)
        return any(timex.span[0] <= offset < timex.span[1] for timex in self._draft.timexes)

    def _speaking(self, match: Match) -> str | None:
        """Where nobody is named as the doer, the state that tells the measure as its own."""
        if match.rule.act == "ultimatum" and match.target is None:
            return self._issuer(match.word)
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

    def _announcing(self, word: int) -> str | None:
        """Whose answer it is that somebody holds out without saying whose: "further steps are possible, the minister
        said", "his government was considering more"."""
        for claim in self._draft.claims_over(self._draft.span((word, word + 1))):
            if claim.stance in ("threatens", "promises") and claim.holder is not None:
                return self._draft.code_of(claim.holder)
        return None

    def _issuer(self, word: int) -> str | None:
        """Who sets a term that is told by "unless" or "or else" alone: who says so, else who would do what follows."""
        reading = self._reading
        for claim in self._draft.claims_over(self._draft.span((word, word + 1))):
            if claim.holder is not None and (actor := self._draft.actor(claim.holder)).kind != "outlet":
                return actor.code
        above = [head for head, _ in syntax.governors(reading, word)]
        own = 0 if reading.lower(word) == "otherwise" else 1  # the verb of the condition itself
        for head in above[own:]:
            if (
                reading.lower(word) in _CONDITIONS
                and (code := self.code(syntax.agent(reading, head))) is not None
            ):
                return code
        return None

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
            if doer is not None and doer == place and (self._pronoun(match) or match.doer is None):
                doer = (
                    None  # "it recalled its envoy from Pyongyang": it is not Pyongyang, nor who tells of it
                )
            if self._called_home(match) and (home := self._home(match.word)) is not None and home == place:
                doer, owner, place = home, None, self._other(home, doer, owner)
            sending, receiving = doer or owner, place
            if doer is not None and doer == place and owner not in (None, doer):
                sending, receiving = (
                    owner,
                    doer,
                )  # "Peru withdraws its consent for the Chilean consulate in Tacna"
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
            kept = kept or self._suffers(match.doer)
            sending, receiving = (sending, None) if kept else (None, receiving)
        return self._filled(match, side, sending, receiving)

    def _suffers(self, doer: int | None) -> bool:
        """A mission that is named with its owner as the subject: "the Cuban embassy must shrink"."""
        return doer is not None and bool(class_of(self._reading, doer) & TRACKED) and bool(self.owner(doer))

    def _abroad(self, match: Match, doer: str | None, owner: str | None, place: str | None) -> bool:
        """What the measure falls on is the doer's own, for it is in another state: where the doer is said to keep so
        many there, and where a state tells what was done to people of its own."""
        if doer is None or place in (None, doer, *SEATS) or match.target is None:
            return False
        start, end = self._reading.phrase(match.target)
        its = any(self._reading.lower(at) in POSSESSIVES for at in range(start, match.target))
        its = its or (
            match.rule.act in CEILINGS and match.doer is not None and self._its_people(match.target, end)
        )
        if match.rule.act in CEILINGS:
            return owner in (None, doer) or (its and owner == place)
        return its and match.doer is None and owner in (None, doer) and match.rule.act in _NOT_WANTED

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

    def _other(self, home: str, *codes: str | None) -> str | None:
        """The first of the parties of a recall that is not at home: "the Ministry of Peru … called to Bogotá"."""
        return next((code for code in codes if code not in (None, home)), None)

    def _called_home(self, match: Match) -> bool:
        """ "The ambassador had been called to Lima": where the verb alone tells whither, no "ambassador to Peru"."""
        after = match.word + 1
        return (
            match.rule.act == "recall"
            and match.target is not None
            and match.target < match.word
            and after < len(self._reading)
            and self._reading.lower(after) in ("to", "back", "home")
        )

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
            return not classes & TRACKED
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
        if self._reading.lower(match.target) in _ONES_OWN:
            return doer is not None  # "Oslo and Riga had closed theirs"
        start = min(self._reading.phrase(match.target)[0], match.target - 1)  # "its embassy doors"
        if self._reading.lower(min(match.target + 1, len(self._reading) - 1)) == "there" and owner is None:
            return doer is not None  # "recalled its envoy from Riga and closed the embassy there"
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
                alike = match.target is not None and self._reading.lower(match.target) in _ONES_OWN
                guessed += [] if alike else ["receiving"]  # "theirs" stand where the other one stands
        if receiving is None and sending is not None and side == "sending":
            receiving = self._seat_told(word, sending)
            if receiving is not None:
                guessed.append("receiving")
        if match.rule.act == "announce_intent" and sending is None:
            guessed += ["sending"] if receiving is not None else ["sending", "receiving"]
            sending, receiving = self._answered(word, receiving)
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
