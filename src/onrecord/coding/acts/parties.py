"""Whose mission a measure falls upon: the state that sends, the state or organisation that receives, the host.

Requires the reading and the party resolver. A party is read from the words of the measure (the doer, the owner
and the place of the mission or people); what the words leave open is filled from the parties told nearest
before, and listed as inferred. Where an organisation receives, the host is the state on whose soil it sits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts import pairs
from onrecord.coding.acts.bearing import circumstances
from onrecord.coding.acts.classes import TRACKED, class_of
from onrecord.coding.acts.counting import having
from onrecord.coding.acts.lexicon import OWN, SENT_AWAY
from onrecord.coding.acts.lists import LISTED, items
from onrecord.coding.acts.sizes import compared
from onrecord.coding.acts.stated import Stated
from onrecord.coding.acts.told import SEATS, Party

if TYPE_CHECKING:
    from onrecord.coding.acts.rules import Match

WordSpan = tuple[int, int]

_PAPERS = frozenset(("withdraw_accreditation", "deny_accreditation"))
_OFTEN, _OFTENER = 4, 3  # so many measures, and so many times as many, make one the party of all
_LIST = 3  # so many states that each have a number make a list of those who do the same


class Parties(Stated):
    """The missions on which measures fall: a weighed choice where the words leave a party open."""

    def missions(self, match: Match, aside: Set[str] = frozenset()) -> list[Party]:
        """The missions on which a measure falls: one for each doer and each place named in a row; two where two states
        do the same to each other. ``aside``: the codes of states of its sentence with a measure of their own."""
        found: list[Party] = []
        limit = compared(self._reading, match.word) if match.rule.act == "parity_cap" else None
        match = self._capped(match, limit) if match.rule.act == "parity_cap" else self._bereft(match)
        doers = self._doers(match)
        targets = self._addressed(match, doers, self._without(limit, self._targets(match)))
        targets = [each for each in targets if aside.isdisjoint(each)] or targets
        if (loser := self._loser(match, targets)) is not None:
            targets = [(loser, place) for _, place in targets]
            doers = [doer for doer in doers if doer != loser] or [None]
        doers += [each for each in self._likened(match) if each not in doers] if any(doers) else []
        listed = {item.code for item in items(self._reading, self, self._draft.sentence(match.word), None)}
        if (both := self._mutual(match, doers, targets)) is not None:
            return [Party(*both, None, [], own=False), Party(*both[::-1], None, [], own=False)]
        for doer in doers:
            for owner, place in targets:
                rule = self._mission(match, match.rule.side, doer, owner, place)
                named = {"doer": doer, "owner": owner, "place": place}
                rows = (set(doers), {one for one, _ in targets}, {one for _, one in targets})
                beside = {code for row in rows if len(row) > 1 for code in row} - set(named.values())
                if match.rule.act in LISTED and len(listed) >= _LIST:
                    beside |= listed - set(named.values())
                party = self._weighed(match, rule, named, beside)
                party.own = doer is not None and doer == party.sending
                found.append(party)
        unique: list[Party] = []
        for party in found:
            if not any((party.sending, party.receiving) == (each.sending, each.receiving) for each in unique):
                unique.append(party)
        for party in unique:
            if (body := self._accredited(match, party)) is not None:
                party.receiving = body
            party.host = self._host(match.word, party.receiving)
            if party.host is not None and party.host == party.receiving:
                party.host = None
        return unique

    def _loser(self, match: Match, targets: list[tuple[str | None, str | None]]) -> str | None:
        """Whose people "its" are in a noun that tells of people sent away: "in retaliation for the expulsion of its
        attaché", "complained about the expulsion of two of its diplomats"; who complains or retaliates sent away no
        people of its own."""
        noun = self._reading.pos(match.word) == "NOUN" and match.rule.act in SENT_AWAY
        return self.possessor(match.target) if noun and not any(owner for owner, _ in targets) else None

    def _without(
        self, limit: int | None, targets: list[tuple[str | None, str | None]]
    ) -> list[tuple[str | None, str | None]]:
        """Owners and places without those that a parity names only for the other side: "as many as it has in Lima"."""
        if limit is None:
            return targets
        first, last = syntax.sentence(self._reading, limit)
        before = {self._codes.get(at) for at in range(first, limit)}
        other = {self._codes.get(at) for at in range(limit, last)} - before
        return list(
            dict.fromkeys(
                (None if owner in other else owner, None if place in other else place)
                for owner, place in targets
            )
        )

    def _bereft(self, match: Match) -> Match:
        """A measure on papers with the people who lose or do not get them as what it falls upon: "the attaché had his
        accreditation withdrawn", "two Danes were refused Omani accreditation"."""
        if match.rule.act not in _PAPERS or match.target is None:
            return match
        if "people" in class_of(self._reading, match.target):
            return match
        passive = syntax.kids(self._reading, match.word, "nsubj:pass")
        for each in (having(self._reading, match.word), *passive):
            if each is not None and each != match.target and "people" in class_of(self._reading, each):
                return replace(match, target=each, doer=None if match.doer == each else match.doer)
        return match

    def _capped(self, match: Match, limit: int | None) -> Match:
        """A parity with the mission that it caps as what it falls upon, where the rule took the one it is measured by:
        "the Czech embassy is cut to the size of ours"."""
        if limit is None or match.target is None or match.target < limit:
            return match
        first, _ = syntax.sentence(self._reading, match.word)
        for at in range(limit - 1, first - 1, -1):
            if self._reading.pos(at) in ("NOUN", "PROPN") and class_of(self._reading, at) & TRACKED:
                return replace(match, target=at)
        return match

    def _accredited(self, match: Match, party: Party) -> str | None:
        """The organisation to which the people are accredited on whom its host lays hands: where the document tells of
        the sender's mission to it, and of none to the host."""
        if party.receiving is None or party.receiving in SEATS or match.rule.act == "downgrade":
            return None
        places = [where for _, _, _, owner, where in self._phrases if owner == party.sending and where]
        if party.receiving in places:
            return None
        bodies = [
            where
            for where in places
            if where in SEATS and self._host(match.word, where) == party.receiving and where != party.sending
        ]
        return bodies[0] if bodies else None

    def _weighed(
        self, match: Match, rule: Party, named: dict[str, str | None], beside: set[str | None]
    ) -> Party:
        """The likeliest pair of all that the document names, in the light of what the rules read.

        Those who stand in one row with a party of the measure (``beside``) are no party to it.
        """
        near = self._parties_near(match.word)
        codes = sorted({*near, *(code for code in named.values() if code)} - beside)
        stated = (
            None if "sending" in rule.guessed else rule.sending,
            None if "receiving" in rule.guessed else rule.receiving,
        )
        if stated[0] in SEATS or stated[1] in SEATS:  # organisations seldom turn on each other
            codes = [code for code in codes if code not in SEATS or code in (*stated, *named.values())]
        pair = pairs.choose(pairs.options(codes, self._bearing(match, rule, named)), stated)
        pair = self._against_all(match, stated, pair, codes) if pair is not None else None
        if pair is None:
            if rule.sending == rule.receiving and match.rule.side != "sending":
                rule.sending = None
            return rule
        if pair == (rule.sending, rule.receiving):
            return rule
        words = set(named.values()) - {None}
        guessed = [
            side for side, code in zip(("sending", "receiving"), pair, strict=True) if code not in words
        ]
        return Party(*pair, None, guessed)

    def _against_all(
        self, match: Match, stated: tuple[str | None, str | None], pair: pairs.Pair, codes: list[str]
    ) -> pairs.Pair:
        """The pair, with the one against whom, or by whom, nearly all was told that others did for the side that the
        words leave open: where a state that was told of in no measure joins in."""
        if (stated[0] is None) == (stated[1] is None):
            return pair
        side = 1 if stated[0] is not None else 0  # the open one
        told = [each for each in self._all if each[0] <= match.word and not each[3].startswith("close_")]
        if any(stated[1 - side] in each[1:3] for each in told):
            return pair
        own = match.rule.act in OWN or match.rule.side == "sending"
        hit = (side == 1) == own  # the open side is that of whoever is hit
        others = Counter(each[2 if (each[3] in OWN) == hit else 1] for each in told)
        often = max(others, key=lambda code: (others[code], code), default=pair[side])
        if often not in codes or others[often] < max(_OFTEN, _OFTENER * others[pair[side]]):
            return pair
        return (pair[0], often) if side == 1 else (often, pair[1])

    def _bearing(self, match: Match, rule: Party, named: dict[str, str | None]) -> pairs.Evidence:
        """All that bears on the parties of a measure."""
        word, head = match.word, match.target
        asker, addressee = self._order(word)
        owner, where = self.told_before(word, head)
        after, before = self._beside(word)
        roles = {
            **named,
            "rule s" if "sending" not in rule.guessed else "guessed s": rule.sending,
            "rule r" if "receiving" not in rule.guessed else "guessed r": rule.receiving,
            "asker": asker,
            "addressee": addressee,
            "left": self._left(word),
            "home": self._home(word),
            "possessor": self.possessor(head),
            "owner before": owner,
            "place before": where,
            "guess": self.guess(match.doer),
            "above": self._above(word),
            "scene": self._draft.resolver.salience.scene(word),
            "next": after,
            "previous": before,
            "known": self._counterpart(word, named["doer"] or rule.receiving),
            "subject before": self._subject_before(word),
            "dateline": next(
                (self._codes[at] for at in range(*self._paragraph(word)) if at in self._datelines), None
            ),
            "opening": next(
                (self._codes[at] for at in range(*self._paragraph(word)) if at in self._codes), None
            ),
        }
        told = [(act, (sending, receiving)) for place, sending, receiving, act in self._all if place <= word]
        return pairs.Evidence(
            match.rule.act,
            roles,
            self._marks(match),
            told,
            frozenset(SEATS),
            circumstances(self._reading, match, self._draft.clause(word)),
            self._houses(word),
        )

    def _houses(self, word: int) -> dict[str, set[pairs.Pair]]:
        """Whose missions and people the document tells to be where: "the Danish embassy in Sofia"."""
        pairs_ = [
            (place, classes, (owner, where))
            for place, _, classes, owner, where in self._phrases
            if owner is not None and where is not None and owner != where
        ]
        houses = [pair for _, classes, pair in pairs_ if classes & TRACKED]
        return {"house": set(houses)}

    def _marks(self, match: Match) -> dict[str, set[str]]:
        """Where the parties' names stand, seen from a measure."""
        draft, reading, word = self._draft, self._reading, match.word
        first, last = draft.sentence(word)
        clause = draft.clause(word)
        title = next((s.span for s in draft.document.sections if s.kind == "title"), (0, 0))
        spans = {
            "in sentence": (first, last),
            "in clause": clause,
            "in sentence before": draft.sentence(first - 1) if first else (0, 0),
            "in title": reading.words_in(title),
            "in paragraph": self._paragraph(word),
        }
        for name, noun_ in (("in doer", match.doer), ("in target", match.target)):
            if noun_ is not None:
                spans[name] = reading.subtree(noun_)
        marks = {
            name: {code for place, code in self._codes.items() if start <= place < end}
            for name, (start, end) in spans.items()
        }
        for place, code in self._codes.items():
            if first <= place < last:
                relation = syntax.relation(reading, place)
                marks.setdefault(f"as {relation}", set()).add(code)
                above = syntax.parent(reading, place)
                if above is not None and class_of(reading, above) & TRACKED:
                    marks.setdefault(
                        f"{relation} of {'people' if 'people' in class_of(reading, above) else 'mission'}",
                        set(),
                    ).add(code)
                if syntax.case(reading, place) is not None:
                    marks.setdefault(f"after {syntax.case(reading, place)}", set()).add(code)
        self._mark_forms(marks, spans)
        start, end = self._paragraph(word)
        near = Counter(code for place, code in self._codes.items() if start <= place < end)
        for name, counts in (("", self._counts), (" in paragraph", near)):
            ranked = [code for code, _ in counts.most_common(2)]
            marks[f"named most{name}"] = set(ranked[:1])
            marks[f"named second{name}"] = set(ranked[1:])
        event = draft.event_at((word, word + 1))
        if event is not None:
            marks["event actor"] = self._codes_of(event.actors)
            marks["event recipient"] = self._codes_of(event.recipients)
        marks["holder"] = self._codes_of(
            claim.holder for claim in draft.claims_over(draft.span((word, word + 1)))
        )
        return marks

    def _mark_forms(self, marks: dict[str, set[str]], spans: dict[str, WordSpan]) -> None:
        """By what a party is named near a measure (a town, a people, a person), and which one comes first."""
        for name in ("in clause", "in sentence"):
            start, end = spans[name]
            for place in range(start, end):
                if (code := self._codes.get(place)) is None:
                    continue
                kind = "town" if place in self._towns else "state" if place in self._states else "people"
                marks.setdefault(f"{kind} {name}", set()).add(code)
            marks[f"person {name}"] = {code for at, code in self._persons if start <= at < end}
        for name in ("in title", "in sentence", "in sentence before"):
            found = [self._codes[place] for place in range(*spans[name]) if place in self._codes]
            marks[f"first {name}"] = set(found[:1])
            marks[f"last {name}"] = set(found[-1:])
        start, _ = spans["in sentence"]
        before = [code for at, code in self._persons if at < start]
        marks["person before"] = set(before[-1:])

    @cached_property
    def _persons(self) -> list[tuple[int, str]]:
        """The persons whom the document names, each for a party."""
        found = []
        for start, end, kind in self._reading.entities.tolist():
            if kind == 0 and (code := self._resolve((start, end))) is not None:
                found.append((start, code))
        return found

    def _codes_of(self, actors: Iterable[str | None]) -> set[str]:
        return {code for each in actors if (code := self._draft.code_of(each)) is not None}

    def _beside(self, word: int) -> tuple[str | None, str | None]:
        """The party named next after a word, and last before it, in its sentence."""
        first, last = syntax.sentence(self._reading, word)
        after = next((self._codes[at] for at in range(word + 1, last) if at in self._codes), None)
        before = next((self._codes[at] for at in range(word - 1, first - 1, -1) if at in self._codes), None)
        return after, before

    def _paragraph(self, word: int) -> WordSpan:
        """The words of the paragraph in which a word stands."""
        reading = self._reading
        here = reading.start(word)
        start = reading.text.rfind("\n\n", 0, here) + 1
        end = reading.text.find("\n\n", here)
        return reading.words_in((start, end if end > 0 else len(reading.text)))

    def _above(self, word: int) -> str | None:
        """The subject of the nearest verb above that has one with a party."""
        for head, _ in syntax.governors(self._reading, word):
            if self._reading.pos(head) == "VERB" and (code := self.code(syntax.agent(self._reading, head))):
                return code
        return None

    def _host(self, word: int, receiving: str | None) -> str | None:
        if receiving not in SEATS:
            return None
        start, end = self._reading.sentence(word)
        text = " ".join(self._reading.lower(i) for i in range(start, end))
        for name, host in SEATS[receiving].items():
            if name and name in text:
                return host
        return SEATS[receiving][""]
