"""The states and organisations that a document names, word by word, and whose people or mission a noun is.

Requires the reading and the party resolver. ``owner`` is the party to which people or a mission belong, ``place`` the
one to which they are accredited or at which they are; a phrase whose owner the words leave open has none.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.coding import syntax
from onrecord.coding.acts.classes import TRACKED, class_of, noun
from onrecord.coding.acts.predecessors import meant
from onrecord.coding.acts.titles import attributes, phrases_below
from onrecord.coding.places.gazetteer import gazetteer
from onrecord.vocabulary.actors import states

if TYPE_CHECKING:
    from onrecord.coding.draft import Draft

WordSpan = tuple[int, int]

PLACE = ("in", "at", "to", "against")
OWNER = ("of", "from")
_PREMISES = frozenset(("mission", "consulate", "office"))
_POWERS = frozenset(("state", "igo", "group", "unit"))
_THEMSELVES = frozenset(("state", "igo"))
_BODIES = frozenset(("alliance", "union", "bloc", "organisation", "organization"))
_ROW = frozenset((",", "and", "or", "nor", "the", "&", "-", "'s", "’s"))
_LAST = frozenset(("and", "or", "nor", "&"))
_AGAIN = frozenset(("of", "in", "from", "to", "at", "with"))  # said again of each: "of Peru and of Chile"
_DELEGATIONS = frozenset(("mission", "delegation", "representation"))
_SEAT_CITIES = {"strasbourg": "COE", "geneva": "UN", "york": "UN"}  # nobody keeps an embassy there
_ROUND_UP = 3  # so many paragraphs with a dateline of their own make a report several
_FORUMS = {"NRC": "NATO"}  # forums of an organisation, which accredits the missions


def _power(code: str) -> str:
    """Who keeps and accredits missions under a name: the state of a territory, the organisation of a forum."""
    state = states().get(code)
    if state is not None and state.status == "territory" and state.parent:
        return state.parent
    return _FORUMS.get(code, code)


class Names:
    """The states and organisations that a document names, word by word."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._reading = draft.reading
        self._codes: dict[int, str] = {}
        self._cache: dict[WordSpan, tuple[str | None, bool]] = {}
        self._counts: Counter[str] = Counter()
        self._towns: set[int] = set()
        self._states: set[int] = set()
        story = draft.resolver.story
        codes = meant(story.mentions, story.lower)
        self._gone: dict[str | None, str | None] = {
            each.name.code: code
            for each, code in zip(story.mentions, codes, strict=True)
            if each.name.code not in codes
        }
        for mention, named in zip(story.mentions, codes, strict=True):
            if named and mention.name.kind not in ("person", "outlet", "none"):
                code = _power(named)
                self._codes.update(dict.fromkeys(range(mention.start, mention.end), code))
                self._counts[code] += 1
                if mention.name.kind in ("state", "capital", "place"):
                    self._states.update(range(mention.start, mention.end))
                if mention.name.kind in ("capital", "place"):
                    self._towns.update(range(mention.start, mention.end))
        self._seat()
        self._datelines = self._dated_places()

    @cached_property
    def _by_paragraph(self) -> dict[int, set[str]]:
        """In a round-up, whose paragraphs have each a dateline of their own, the parties of each; else nothing."""
        starts = [self._reading.start(word) for word in self._datelines]
        if len({self._paragraph_of(start) for start in starts}) < _ROUND_UP:
            return {}
        found: dict[int, set[str]] = {}
        for place, code in self._codes.items():
            found.setdefault(self._paragraph_of(self._reading.start(place)), set()).add(code)
        return found

    def _parties_near(self, word: int) -> set[str]:
        """The parties that a measure may be between: all of the document, or those of its paragraph in a round-up."""
        near = self._by_paragraph.get(self._paragraph_of(self._reading.start(word)), set())
        return near if len(near) > 1 else set(self._counts)

    def _paragraph_of(self, offset: int) -> int:
        return self._reading.text.count("\n\n", 0, offset)

    @cached_property
    def _phrases(self) -> list[tuple[int, str, frozenset[str], str, str | None]]:
        """The people and missions that are told of with an owner: word, noun, classes, owner and place."""
        reading = self._reading
        found = []
        for word in range(len(reading)):
            if reading.pos(word) not in ("NOUN", "PROPN"):
                continue
            classes = class_of(reading, word) & TRACKED
            if classes == {"people"} and not self._of_missions(word):
                continue
            if classes and (owner := self.owner(word)) is not None:
                found.append((word, noun(reading, word), classes, owner, self.place(word)))
        return found

    def _of_missions(self, word: int) -> bool:
        """People who are told of as members of a mission: diplomats and staff, or so many of a people; not an official
        who speaks or a member of a parliament."""
        reading = self._reading
        if "diplomats" in class_of(reading, word):
            return True
        counted = any(True for _ in syntax.kids(reading, word, "nummod"))
        staff = noun(reading, word) in ("staff", "employee", "personnel", "staffer", "attaché")
        return (
            counted
            or staff
            or any(
                class_of(reading, child) & _PREMISES
                for child in syntax.obliques(reading, word, "of", "at", "in")
            )
        )

    def _seat(self) -> None:
        """ "Brussels" stands for the organisation that the report is about, where Belgium itself is not named."""
        seats = {word for word, code in self._codes.items() if self._reading.lower(word) == "brussels"}
        if any(code == "BEL" and word not in seats for word, code in self._codes.items()):
            return
        named = [code for code in self._codes.values() if code in ("NATO", "EU")]
        if named:
            most = max(named, key=lambda code: (named.count(code), code))
            self._codes.update(dict.fromkeys(seats, most))

    def _dated_places(self) -> set[int]:
        """The words of datelines: places at the head of a paragraph, before a dash, a date, a colon or a full stop."""
        reading = self._reading
        found: set[int] = set()
        for word in sorted(self._towns):
            start = reading.start(word)
            if (
                word
                and word - 1 not in found
                and reading.text[max(0, start - 2) : start].strip(" ") not in ("", "\n", "\n\n")
            ):
                continue
            if word and "\n" not in reading.text[reading.end(word - 1) : start] and word - 1 not in found:
                continue
            end = word + 1
            while end < len(reading) and end in self._towns:
                end += 1
            if reading.word(word).isupper() or (
                end < len(reading) and reading.word(end) in ("-", "–", "—", ":", ".")
            ):
                found.update(range(word, end))
        return found

    def _resolve(self, words: WordSpan, weak: bool = False) -> str | None:
        """The code of a phrase; one that is only a guess from the whole story counts where ``weak`` says so."""
        if words not in self._cache:
            party = self._draft.resolver.resolve(words)
            guess = party is not None and "story" in party.why
            named = party.code if party is not None else None
            self._cache[words] = (self._gone.get(named, named), guess)
        code, guess = self._cache[words]
        return code if weak or not guess else None

    def actor(self, code: str | None) -> str | None:
        """The actor id of a party that the document names; put on record with its first mention where it is not yet."""
        if code is None:
            return None
        known = [actor for actor in self._draft.actors if actor.code == code and actor.kind in _POWERS]
        state = next((actor.id for actor in known if actor.kind in _THEMSELVES), None)
        if state is not None:
            return state
        spans: list[WordSpan] = []
        for word in sorted(word for word, named in self._codes.items() if named == code):
            if spans and word == spans[-1][1]:
                spans[-1] = (spans[-1][0], word + 1)
            else:
                spans.append((word, word + 1))
        # "Eight members of the Russian mission" are not Russia, where the text names Russia as well.
        for span in spans:
            party = self._draft.resolver.resolve(span)
            if party is not None and party.kind in _THEMSELVES:
                return self._draft.actor_for(span)
        others = known or [actor for actor in self._draft.actors if not spans and actor.code == code]
        return others[0].id if others else self._draft.actor_for(spans[0]) if spans else None

    def named(self, word: int) -> str | None:
        """The code of a word that names a state or organisation, or its people."""
        return self._codes.get(word)

    def people_of(self, word: int) -> str | None:
        """The party whose people a word names, by an adjective or the name of a people; None for a state's own name."""
        return None if word in self._states else self._codes.get(word)

    def code(self, head: int | None) -> str | None:
        """The party for which a noun phrase stands: by its own name, its owner, or the resolver."""
        if head is None:
            return None
        return self.named(head) or self.owner(head) or self._resolve(self._reading.phrase(head))

    def guess(self, head: int | None) -> str | None:
        """The party that the story makes likeliest for a phrase that names none."""
        return None if head is None else self._resolve(self._reading.phrase(head), weak=True)

    def owner(self, head: int, depth: int = 3) -> str | None:
        """The party to which people or a mission belong: "Russian diplomats", "Moscow's man", "members of the
        embassy of Iran"."""
        reading = self._reading
        if depth and "people" in class_of(reading, head):
            for child in phrases_below(reading, head, "of", "at", "in"):
                if (
                    class_of(reading, child) & _PREMISES
                    and (code := self.owner(child, depth - 1)) is not None
                ):
                    return code  # "two Canadian employees of NATO's office" are NATO's
        for child in attributes(reading, head):
            relation = reading.deprel(child)
            if relation == "nmod:poss":
                code = self.named(child)
                if code is None and reading.lower(child) in _BODIES:
                    code = self._resolve(reading.phrase(child))
                if code is None and reading.pos(child) != "PRON":
                    code = self.owner(child, depth - 1) if depth else None
                if code is not None:
                    return code
            elif not relation.startswith("nmod") and syntax.case(reading, child) is None:
                if self.named(child) == "UN" and noun(reading, head) in ("mission", "delegation"):
                    continue  # the mission to the United Nations
                if child in self._towns and class_of(reading, head) & _PREMISES:
                    continue  # "the Seattle consulate" stands there and belongs to another
                code = self.named(child) or next(
                    (
                        self.named(below)
                        for below in syntax.kids(reading, child, "amod", "compound")
                        if self.named(below)
                    ),
                    None,
                )
                if code is not None:
                    return code
        if self.named(head) and reading.pos(head) in ("ADJ", "NOUN", "PROPN"):
            return self.named(head)
        if depth:
            for child in phrases_below(reading, head, *OWNER):
                code = self.named(child) or self.owner(child, depth - 1)
                if code is not None:
                    return code
            for child in phrases_below(reading, head, "at", "in", "on", "with"):
                code = self.owner(child, depth - 1) if child not in self._codes else None
                if code is not None:
                    return code
        return None

    def _accrediting(self, head: int, place: int) -> str | None:
        """The party that a place names; a delegation in a city that is no capital but the seat of an organisation
        is accredited to the organisation."""
        organisation = _SEAT_CITIES.get(self._reading.lower(place))
        if organisation in self._counts and noun(self._reading, head) in _DELEGATIONS:
            return organisation
        return self.named(place)

    def possessor(self, head: int | None) -> str | None:
        """The party for which "its" or "his" stands in a phrase or in the phrase that hangs on it by "of"."""
        if head is None:
            return None
        heads = [head, *syntax.obliques(self._reading, head, "of", "at", "in")]
        heads += [each for head in heads for each in syntax.kids(self._reading, head, "nmod")]
        for noun_ in heads:
            for child in syntax.kids(self._reading, noun_, "nmod"):
                if self._reading.deprel(child) == "nmod:poss" and self._reading.pos(child) == "PRON":
                    return self._subject_before(child)
        # "Its embassy and consulate general", "two of its diplomats", wherever the tree hangs it.
        ahead = head + 2 if self._reading.lower(min(head + 1, len(self._reading) - 1)) == "of" else head - 1
        if 0 <= ahead < len(self._reading) and self._reading.lower(ahead) in ("its", "their"):
            return self._subject_before(ahead)
        return None

    def _subject_before(self, pronoun: int) -> str | None:
        """Whose "its" is: the party of the subject told last before, in the sentence or the one before it."""
        reading = self._reading
        here = reading.sentence_of(pronoun)
        for word in range(pronoun - 1, -1, -1):
            if here - reading.sentence_of(word) > 1:
                return None
            if not reading.deprel(word).startswith("nsubj") or reading.pos(word) not in ("NOUN", "PROPN"):
                continue
            start, end = reading.subtree(word)
            if start <= pronoun < end:
                continue
            code = self.named(word) or self.owner(word, 0)
            if code is not None:
                return code
        return None

    def place(self, head: int, depth: int = 3) -> str | None:
        """The party to which, or the place at which, people or a mission are accredited."""
        reading = self._reading
        if class_of(reading, head) & _PREMISES:
            for child in syntax.kids(reading, head, "compound", "amod"):
                if child in self._towns:
                    return self.named(child)
        ties = ("with",) if "relations" in class_of(reading, head) else ()
        for child in phrases_below(reading, head, *PLACE, *ties):
            code = (
                self._accrediting(head, child)
                or (self.code(child) if reading.lower(child) in ("alliance", "union") else None)
                or (self._country_of_town(child) if class_of(reading, head) & _PREMISES else None)
            )
            if code is not None:
                return code
            if depth:
                code = self.place(child, depth - 1)
                if code is not None:
                    return code
        if depth:
            for child in syntax.obliques(reading, head, *OWNER):
                code = self.place(child, depth - 1)
                if code is not None:
                    return code
        return None

    def _country_of_town(self, word: int) -> str | None:
        """The party in whose country a town lies that is no capital: "the consulate in Tabriz"."""
        reading = self._reading
        if reading.pos(word) != "PROPN" or self.named(word) is not None:
            return None
        name = (
            reading.words(reading.phrase(word)) if reading.phrase(word)[1] <= word + 1 else reading.word(word)
        )
        towns = gazetteer().lookup(name) or gazetteer().lookup(reading.word(word))
        codes = (self._gone.get(town.country, town.country) for town in towns if town.kind == "town")
        return next((code for code in codes if code in self._counts), None)

    def row_at(self, word: int) -> list[str]:
        """The parties named in one row with that of a word: "Estonia, Latvia and the Czech Republic".

        A comma before "and" goes on a row of three or more; between two it begins another clause ("from Minsk, and
        Oslo did the same").
        """
        reading = self._reading
        first, last = syntax.sentence(reading, word)
        start = word
        while start > first:
            before = start - 1
            while before > first and reading.lower(before) in _ROW | _AGAIN and start - before < 4:
                before -= 1
            if reading.lower(before) == ")":
                before = self._before_brackets(before, first)
            if before not in self._codes or (before in self._datelines) != (word in self._datelines):
                break
            start = before
        row: list[str] = []
        joined, holds = False, False
        at = start
        while at < last and (code := self._codes.get(at)) is not None:
            end = at + 1
            while self._codes.get(end) == code and end < last:
                end += 1
            row.append(code)
            holds = holds or at <= word < end
            end = self._past_brackets(end, last)
            after = end
            while after < last and reading.lower(after) in _ROW | _AGAIN and after - end < 3:
                after += 1
            gap = {reading.lower(each) for each in range(end, after)}
            if gap & _AGAIN and reading.lower(end) in _AGAIN:
                gap = set()  # "from Peru to Chile"
            if joined and "," in gap and not gap & _LAST and self._pair_at(after, last):
                joined = False  # "Bahrain and Egypt, Chad and Mali": a row of pairs
            ends = joined or not gap or (len(row) == 1 and "," in gap and bool(gap & _LAST))
            joined = joined or (bool(gap & _LAST) and after in self._codes)
            if ends:
                if holds:
                    break
                row, joined = [], False
            at = after
        codes = list(dict.fromkeys(row))
        listed = joined or start in self._datelines
        return codes if listed and holds and len(codes) > 1 else [self._codes[word]]

    def _past_brackets(self, at: int, last: int) -> int:
        """Past what stands in brackets after a name: "Syria (30 June) and North Korea"."""
        if at < last and self._reading.lower(at) == "(":
            close = next(
                (each for each in range(at, min(last, at + 8)) if self._reading.lower(each) == ")"), at
            )
            return close + 1 if close > at else at
        return at

    def _before_brackets(self, at: int, first: int) -> int:
        """The word before brackets that close at a word."""
        start = next(
            (each for each in range(at, max(first, at - 8), -1) if self._reading.lower(each) == "("), at
        )
        return start - 1

    def _pair_at(self, at: int, last: int) -> bool:
        """Two parties joined by "and" begin at a word."""
        end = at
        while end < last and end in self._codes and self._codes[end] == self._codes.get(at):
            end += 1
        joins = end > at and end + 1 < last and self._reading.lower(end) in _LAST
        return joins and self._codes.get(end + 1 + (self._reading.lower(end + 1) == "the")) is not None
