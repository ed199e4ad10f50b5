"""Whose a party is: any noun phrase, name or pronoun to one party with code, kind, sector and role, or to
nobody.

What the phrase itself says goes first (`belonging`), then the document: how it introduces the name
(`introductions`), what a pronoun or description points back to (`antecedents`), whose story it is
(`salience`). A code that nothing supports is left open rather than guessed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.coding.parties import names
from onrecord.coding.parties.antecedents import Antecedents
from onrecord.coding.parties.belonging import STATE_KINDS, Belonging, owner_of, owners_of, sector_of
from onrecord.coding.parties.clues import unions
from onrecord.coding.parties.introductions import Introduction, Introductions
from onrecord.coding.parties.jointly import COUNTRIES, is_of_several
from onrecord.coding.parties.listed import TIES, listed, tied
from onrecord.coding.parties.names import Name
from onrecord.coding.parties.phrases import Phrase, members_of, parse, role_of, trimmed
from onrecord.coding.parties.salience import NOBODY, Salience
from onrecord.coding.parties.story import Mention, Story, WordSpan
from onrecord.coding.parties.tellers import state_of_dateline, state_told_of
from onrecord.vocabulary.actors import fold, offices, states

if TYPE_CHECKING:
    from onrecord.model.records import Document
    from onrecord.reading.types import Reading

# What a name of a kind is as an actor; organs of several words keep their own name.
_ACTOR_KIND = {
    "state": "state", "adjective": "state", "capital": "state", "people": "group", "place": "place", "seat": "organ",
    "organ": "organ", "party": "party", "outlet": "outlet", "civil": "group", "firm": "group", "organisation": "igo",
    "group": "group", "person": "person",
}  # fmt: skip
_NOUN_KIND = {"organ": "organ", "person": "person", "state": "state", "unit": "unit", "mission": "mission",
              "party": "party", "group": "group", "outlet": "outlet", "igo": "igo", "place": "place"}  # fmt: skip
# Nouns that stand for the state itself, so that "Moscow", "Russia" and "the Russian government" are one
# actor.
_STATE_NOUNS = frozenset(
    "government administration authority regime leadership cabinet country nation republic kingdom side "
    "state".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december christmas easter ramadan".split()
)
_NOWHERE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
_INDEFINITE = frozenset(("a", "an", "one", "some", "several", "many", "two", "three", "four", "five"))
# Organs and people who act at home, so that "In Warsaw, the foreign ministry …" is Poland's.
_AT_HOME = frozenset(("GOV", "COP", "LEG", "JUD", "PTY", "OPP"))
_ORGANS = frozenset(("GOV", "COP", "LEG", "JUD", "MIL", "SPY"))
_LED = ("led", "headed", "chaired", "commanded", "sent", "dispatched")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A resolved party. `code` None means that nothing tells whose it is; `key` is the same for mentions of
    one party.

    `kind` is a kind of actor, `anonymous` true for people who are not named, `why` what the code rests on.
    """

    key: tuple[str, ...]
    name: str
    code: str | None
    kind: str
    sector: str | None
    role: str | None = None
    wikidata: str | None = None
    anonymous: bool = False
    why: str = ""


class PartyResolver:
    """Resolves the parties of one document, with its Reading or on its text alone."""

    def __init__(
        self, document: Document, reading: Reading | None = None, actors: Path | None = None
    ) -> None:
        published = document.published
        day = date.fromisoformat(published.value[:10]) if published else None
        lines = (each.span for each in document.sections if each.kind == "dateline")
        start, end = next(lines, (0, 0))
        self._open(document.text, day, reading, actors, document.text[start:end])

    @classmethod
    def of_text(cls, text: str, day: date | None, actors: Path | None = None) -> PartyResolver:
        """A resolver for a bare text and the day of its publication."""
        made = cls.__new__(cls)
        made._open(text, day, None, actors)
        return made

    def _open(
        self, text: str, day: date | None, reading: Reading | None, actors: Path | None, dateline: str = ""
    ) -> None:
        index = names.index(actors)
        self.story = Story(text, day, index, reading)
        self.salience = Salience(self.story, state_of_dateline(dateline, index))
        self._introductions = Introductions(self.story)
        self._antecedents = Antecedents(self.story, self._introductions)
        self._known: dict[WordSpan, Party | None] = {}

    def resolve(self, words: WordSpan) -> Party | None:
        """The party of a word span; None where the words name nobody that can be told. Worked out once for a span."""
        if words not in self._known:
            self._known[words] = self._resolved(words)
        return self._known[words]

    def _resolved(self, words: WordSpan) -> Party | None:
        for _ in range(_DEPTH):
            if words[0] >= words[1]:
                return None
            if not self._antecedents.is_pronoun(words):
                return self._of_phrase(words)
            before = self._antecedents.pronoun(words)
            if before is None:
                return None
            words = before
        return None

    def resolve_span(self, start: int, end: int) -> Party | None:
        """The party of code points `[start, end)`."""
        return self.resolve(self.story.words_in(start, end))

    def host(self, visitors: Collection[str]) -> Party | None:
        """The state in which visitors are "here": that of the dateline, else the one named most; never their own."""
        counts, known = self.story.counts, states()
        codes = [self.salience.home, *sorted(counts, key=lambda code: (-counts[code], code))]
        code = next((each for each in codes if each in known and each not in visitors), None)
        if code is None or not visitors:
            return None
        return Party(("state", code), known[code].name, code, "state", "GOV", why="scene")

    def tied(self, words: WordSpan) -> list[tuple[Party, WordSpan]]:
        """The parties whose names stand tied by hyphens before a noun ("the EU-Russia summit"), and those of the
        six-party talks on Korea, each with the words that tell it; empty where it has neither."""
        story, last = self.story, words[1] - 1
        run = story.six_parties((max(0, words[0] - 3), words[1]))
        for mention in () if run else reversed(story.mentions):
            if mention.end > last or story.sentence[mention.start] != story.sentence[last]:
                continue
            near = last - mention.end <= 1 if not run else story.forms[mention.end : run[0].start] in TIES
            if not near or not mention.name.code:
                break
            run.insert(0, mention)
        if len({mention.name.code for mention in run}) < 2:
            return []
        return [
            (
                self._named_party(m.name, m.name.code, m.name.sector, "name", parse(story, (m.start, m.end))),
                (m.start, m.end),
            )
            for m in run
        ]

    def resolve_all(self, words: WordSpan) -> list[Party]:
        """The parties for which a phrase stands: both of "French and Dutch voters", "Kenya and Tanzania" or "the
        two sides", else one or none.
        """
        if words[0] < words[1]:
            names_listed = listed(self.story, words)
            if names_listed:
                found = (self._of_phrase((mention.start, mention.end)) for mention in names_listed)
                return [party for party in found if party is not None]
            phrase = parse(self.story, words)
            owners = (
                owners_of(self.story, phrase) or self._antecedents.several(phrase) or tied(self.story, phrase)
            )
            apart = bool(owners) and owners[0].end < owners[-1].start
            if apart and phrase.core == (owners[0].start, owners[-1].end):  # "Nepal-India" alone
                found = (self._of_phrase((owner.start, owner.end)) for owner in owners)
                return [party for party in found if party is not None]
            if owners:
                found = (self._of_phrase(words, Belonging(owner, "each")) for owner in owners)
                return [party for party in found if party is not None]
        party = self.resolve(words)
        return [] if party is None else [party]

    def _of_phrase(self, words: WordSpan, given: Belonging | None = None) -> Party | None:
        """The party of a phrase, under the owner that is given where it has several."""
        story = self.story
        words = self._widened(words)
        phrase = parse(story, words)
        owner = given or owner_of(story, phrase)
        sector = sector_of(story, phrase)
        described = None if owner else self._antecedents.described(phrase)
        introduction = None
        if described is not None:
            code: str | None = described.name.code
            why, sector = "antecedent", described.name.sector or sector
        elif owner is not None:
            code, why = owner.code, owner.why
        else:
            if phrase.proper is not None and not self.salience.region_of(phrase):
                introduction = self._introductions.of(phrase.proper)
                if not self._is_somebody(phrase, introduction):
                    return None
            code, why = self._by_document(phrase, sector, introduction)
            sector = sector or (introduction.sector if introduction is not None else None)
        if sector is None and code is not None and phrase.proper is None:
            sector = "GOV" if owner is not None else "CVL"
        if code in unions() and sector == "GOV" and (phrase.head is None or phrase.head.inherits):
            sector = "IGO"
        return self._party(phrase, code, sector, why, owner, described, introduction)

    def _by_document(
        self, phrase: Phrase, sector: str | None, introduction: Introduction | None
    ) -> tuple[str | None, str]:
        """The code that the document gives a phrase without an owner, and what it rests on."""
        possessor = self._antecedents.possessor(phrase)
        if (
            possessor is not None
            and (party := self.resolve(possessor)) is not None
            and party.code is not None
        ):
            return party.code, "possessive"
        if phrase.head is not None and not phrase.head.plural:
            only, _ = offices().get(phrase.head.words, _NOWHERE)
            if len(only) == 1:
                return next(iter(only)), "office"
            among = members_of(self.story, phrase)
            if among and phrase.head.words in COUNTRIES and phrase.head_words is not None:
                code, _ = self.salience.choose(phrase.head_words[0], phrase, sector, among)
                return (None, "nobody") if code == NOBODY else (code, "region")
        union = self._antecedents.union(phrase)
        if union is not None:
            return union, "union"
        leader = self._led_by(phrase)
        if leader is not None:
            return leader, "led by"
        if is_of_several(self.story, phrase, self.salience.region_of(phrase)):
            return None, "nobody"
        before = self.salience.owner_before(phrase)
        if before is not None:
            return before, "antecedent"
        word = phrase.head_words[0] if phrase.head_words is not None else phrase.words[0]
        title = phrase
        if introduction is not None:
            if introduction.owner is not None:
                return introduction.owner.code, "introduced"
            sector = sector or introduction.sector
            word = introduction.first
            if introduction.title is not None and introduction.title.head_words is not None:
                title, word = introduction.title, introduction.title.head_words[0]
        scene = self.salience.scene(word)
        if scene is not None and phrase.head is not None and phrase.head.sector in _AT_HOME:
            return scene, "scene"
        told = state_told_of(self.story, word, title) if sector != "DIP" else None
        if told is not None:
            return told, "told"
        if self._is_at_home(phrase):
            return self.salience.home, "dateline"
        code, _ = self.salience.choose(word, title, sector)
        return (None, "nobody") if code == NOBODY else (code, "story")

    def _is_at_home(self, phrase: Phrase) -> bool:
        """Whether "the foreign ministry", "the court" are those of the state that the dateline and the text name."""
        head = phrase.head
        if head is None or head.kind != "organ" or head.sector not in _ORGANS or head.words in _STATE_NOUNS:
            return False
        if head.plural or not phrase.definite or phrase.parts:
            return False
        return self.salience.home in {code for code, _ in self.story.counts.most_common(2)}

    def _led_by(self, phrase: Phrase) -> str | None:
        """Whose "a delegation led by Minister Han" is: its leader's."""
        part = phrase.part(*_LED)
        if part is None or part[1] - part[0] < 2 or self.story.lower[part[0]] != "by":
            return None
        party = self.resolve((part[0] + 1, part[1]))
        return None if party is None else party.code

    def _is_somebody(self, phrase: Phrase, introduction: Introduction | None) -> bool:
        """Whether an unknown capitalised name is somebody: titled, introduced, or read as a person or body."""
        assert phrase.proper is not None
        last = phrase.proper[1] - 1
        if self.story.lower[last] in _CALENDAR:
            return False
        if phrase.head is not None or self.story.reading is None:
            return True
        if introduction is not None and (introduction.owner is not None or introduction.title is not None):
            return True
        return self.story.reading.entity_at(last) is not None

    # what kind of party

    def _party(
        self, phrase: Phrase, code: str | None, sector: str | None, why: str,
        owner: Belonging | None, described: Mention | None, introduction: Introduction | None,
    ) -> Party:  # fmt: skip
        story, head = self.story, phrase.head
        owned = code or "?"
        written = story.written(trimmed(self.story, phrase.words))
        entity = described or self._entity(phrase)
        if entity is not None and entity.name.kind == "person":
            name = entity.name
            role = role_of(self.story, phrase) or (name.role if name.held_on(story.year) else None)
            return Party(("person", name.code, fold(name.name)), name.name, code, "person", sector, role,
                         name.wikidata, why=why)  # fmt: skip
        if entity is not None:
            return self._named_party(entity.name, code, sector, why, phrase)
        if head is None and self.salience.region_of(phrase) == "region":
            return Party(("place", owned, fold(written)), written, code, "place", sector, why=why)
        if phrase.proper is not None and self._is_person(phrase, introduction):
            full = self._introductions.full_name(phrase.proper)
            title = phrase if head is not None else (introduction.title if introduction is not None else None)
            role = role_of(self.story, title) if title is not None else None
            return Party(("person", owned, fold(full)), full, code, "person", sector, role, why=why)
        if phrase.proper is not None:
            full = self._introductions.full_name(phrase.proper)
            kind = _NOUN_KIND[head.kind] if head is not None and head.kind != "person" else "organ"
            return Party((kind, owned, fold(full)), full, code, kind, sector, why=why)
        if head is None or (head.words in _STATE_NOUNS and not head.plural and phrase.part("of") is None):
            if (
                code in states()
                and not phrase.mentions[1:]
                and (head is not None or phrase.owner is not None)
            ):
                return Party(("state", owned), states()[owned].name, code, "state", "GOV", why=why)
            return Party(("phrase", owned, fold(written)), written, code, "group" if head is None else "organ",
                         sector, why=why)  # fmt: skip
        if head.kind == "person":
            return self._nameless(phrase, code, sector, why, written)
        label = fold(story.written(phrase.head_words or phrase.core))
        kind = _NOUN_KIND[head.kind]
        place = phrase.part("to", "in") if kind == "mission" else None
        key = (kind, owned, label) if place is None else (kind, owned, label, fold(story.written(place)))
        return Party(key, written, code, kind, sector, why=why)

    def _named_party(
        self, name: Name, code: str | None, sector: str | None, why: str, phrase: Phrase
    ) -> Party:
        kind = _ACTOR_KIND[name.kind]
        if name.kind == "organ" and phrase.head is not None and phrase.head.kind == "mission":
            kind = "mission"
        wikidata = name.wikidata
        if kind == "state":
            return Party(
                ("state", name.code), name.name, code, kind, sector or "GOV", None, wikidata, why=why
            )
        label = name.name if name.kind != "people" else f"people of {name.name}"
        written = name.name
        if name.kind == "people":
            written = self.story.written(trimmed(self.story, phrase.words))
        return Party((kind, name.code, fold(label)), written, code, kind, sector, None, wikidata, why=why)

    def _nameless(
        self, phrase: Phrase, code: str | None, sector: str | None, why: str, written: str
    ) -> Party:
        """People by their noun alone: "the Iranian president", "two diplomats", "a senior official"."""
        head, role = phrase.head, role_of(self.story, phrase)
        assert head is not None
        first = self.story.lower[phrase.words[0]]
        owned = code or "?"
        if not head.plural and first not in _INDEFINITE:
            bearer = self._bearer(phrase, code)
            if bearer is not None:
                return bearer
        kind = "group" if head.plural else "person"
        indefinite = head.plural or first in _INDEFINITE
        key = ("nameless", owned, fold(role or head.words)) + ((str(phrase.words[0]),) if indefinite else ())
        return Party(key, written, code, kind, sector, role, anonymous=True, why=why)

    def _bearer(self, phrase: Phrase, code: str | None) -> Party | None:
        """The person named before with the same title and country: "the foreign minister" after "… Minister
        Kubis".
        """
        role = role_of(self.story, phrase)
        for span in reversed(self._introductions.people):
            if span[1] > phrase.words[0]:
                continue
            start = self._introductions.phrase_start(span[1] - 1)
            if start >= span[0]:
                continue
            titled = parse(self.story, (start, span[1]))
            if titled.head is not None and (role_of(self.story, titled) or "").endswith(role or " "):
                found = self._of_phrase((start, span[1]))
                if (
                    found is not None
                    and found.code == code
                    and found.kind == "person"
                    and not found.anonymous
                ):
                    return found
        return None

    def _entity(self, phrase: Phrase) -> Mention | None:
        """The name that is the party itself, not the owner of its noun."""
        named = phrase.named
        if named is None or not named.name.code:
            owner = phrase.owner
            alone = owner is not None and phrase.core == (owner.start, owner.end) and phrase.head is None
            return owner if alone else None
        if phrase.head is not None and named.name.kind in STATE_KINDS and named.name.kind != "state":
            return None
        return named

    def _is_person(self, phrase: Phrase, introduction: Introduction | None) -> bool:
        assert phrase.proper is not None
        reading = self.story.reading
        last = phrase.proper[1] - 1
        if reading is not None:
            kind = reading.entity_at(last)
            if kind is not None:
                return kind == "PER"
        title = phrase.head or (
            introduction.title.head if introduction is not None and introduction.title else None
        )
        return title is None or title.kind == "person"

    def _widened(self, words: WordSpan) -> WordSpan:
        """A bare adjective ("Israeli" of "Israeli troops") with the noun after it."""
        story = self.story
        last = story.mention_at.get(words[1] - 1)
        if last is None or last.name.kind != "adjective" or last.end != words[1] or last.start < words[0]:
            return words
        limit = min(story.sentences[story.sentence[words[1] - 1]][1], words[1] + 4)
        for word in range(words[1], limit):
            if story.noun_ending_at(word, words[1]) is not None:
                end = word + 1
                while end < limit and story.noun_ending_at(end, words[1]) is not None:
                    end += 1
                return words[0], end
            if not story.forms[word].islower() or story.lower[word] in (
                "and",
                "or",
                "of",
                "in",
                "to",
                "on",
                "at",
            ):
                break
        return words
