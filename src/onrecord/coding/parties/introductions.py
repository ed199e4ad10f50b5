"""Who a name is by the words that introduce it: "Russian Foreign Minister Sergei Lavrov … Lavrov", "X, the
Czech premier".

For a name that no table has, every place where the document uses it is looked at: the title before it, the
apposition after or before it, and the long form before an acronym in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.coding.parties.belonging import Belonging, owner_of, sector_of
from onrecord.coding.parties.phrases import Phrase, parse
from onrecord.coding.parties.story import PARTICLES, Story, WordSpan

_INNER = frozenset(("-", "'", "’", ".", '"', "''", "“", "”"))
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday".split()
)  # "On Monday Okello"
_POSSESSIVE = frozenset(("'s", "’s"))
_TO = frozenset(("to", "in", "for", "at", "on"))
_ADJECTIVES = frozenset(
    "senior former top deputy acting interim outgoing visiting exiled new chief leading prominent veteran "
    "hardline moderate radical fugitive late ousted deposed newly elected ex incumbent current ruling "
    "main then one time long conservative liberal reformist influential powerful young well known retired "
    "presidential parliamentary diplomatic political military general permanent special vice assistant "
    "first second third outspoken popular independent pro-government powerful fellow embattled caretaker "
    "re-elected jailed detained convicted suspected alleged self-styled".split()
)
_OCCURRENCES = 8
_REACH = 14


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the document says of a name: its owner, sector and title, and the word where it is first used."""

    owner: Belonging | None
    sector: str | None
    title: Phrase | None
    first: int


class Introductions:
    """The introductions of a document, found when they are asked for."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._known: dict[str, Introduction | None] = {}
        self._acronyms = _acronyms(story)
        self._places: dict[str, list[int]] = {}
        for word, form in enumerate(story.forms):
            if form[:1].isupper():
                self._places.setdefault(form, []).append(word)

    def of(self, proper: WordSpan) -> Introduction | None:
        """The introduction of an unknown name; None if the words hold none."""
        story = self._story
        forms = [
            story.forms[word]
            for word in range(*proper)
            if story.capital(word) and len(story.forms[word].strip(".")) > 1
        ]
        if not forms:
            return None
        if proper[1] - proper[0] == 1 and forms[-1] in self._acronyms:
            return self._long_form(forms[-1])
        return self._of_name(forms[-1])

    def _long_form(self, acronym: str) -> Introduction | None:
        if acronym not in self._known:
            self._known[acronym] = None
            words = self._acronyms[acronym]
            phrase = parse(self._story, words)
            owner = owner_of(self._story, phrase)
            found = self.of(phrase.proper) if owner is None and phrase.proper is not None else None
            self._known[acronym] = Introduction(
                owner or (found.owner if found else None),
                sector_of(self._story, phrase) or (found.sector if found else None),
                phrase,
                words[0],
            )
        return self._known[acronym]

    def _of_name(self, form: str) -> Introduction | None:
        if form not in self._known:
            self._known[form] = None
            owner, sector, title = None, None, None
            places = self._places.get(form, [])
            for word in places[:_OCCURRENCES]:
                for span in self._around(word):
                    phrase = parse(self._story, span)
                    sector = sector or sector_of(self._story, phrase)
                    if title is None and phrase.head is not None:
                        title = phrase
                    owner = owner_of(self._story, phrase)
                    if owner is not None:
                        break
                if owner is not None:
                    break
            if places:
                self._known[form] = Introduction(owner, sector, title, places[0])
        return self._known[form]

    def phrase_start(self, word: int) -> int:
        """Where the noun phrase that ends at `word` begins, with title and country."""
        return self._title_start(word, self._story.sentences[self._story.sentence[word]][0])

    def full_name(self, proper: WordSpan) -> str:
        """The fullest form of a name before or at these words, else the fullest after: "Jan Kubis" for
        "Kubis".
        """
        story = self._story
        if proper[1] - proper[0] > 1:
            return story.written(proper)
        form = story.forms[proper[0]]
        before, after = "", ""
        for word in self._places.get(form, ()):
            start = self._name_start(word, story.sentences[story.sentence[word]][0])
            while start < word and not story.capital(start):
                start += 1
            if start < word:
                if word <= proper[0]:
                    before = story.written((start, word + 1))
                else:
                    after = after or story.written((start, word + 1))
        return before or after or form

    @cached_property
    def people(self) -> list[WordSpan]:
        """The people of the document: those the tables know, those read as people, those with a person's
        title.
        """
        story = self._story
        found = {(m.start, m.end) for m in story.mentions if m.name.kind == "person"}
        if story.reading is not None:
            found |= {(int(a), int(b)) for a, b, kind in story.reading.entities if kind == 0}
        titled = set()
        for last in range(len(story) - 1):
            noun = story.noun_ending_at(last, max(0, last - 3))
            if noun is None or noun[1].kind != "person" or noun[1].plural or last + 1 in story.mention_at:
                continue
            end = last + 1
            while (
                end < len(story)
                and story.sentence[end] == story.sentence[last]
                and (
                    (story.capital(end) and story.forms[end][-1:].isalpha())
                    or story.forms[end] == "-"
                    or story.lower[end] in PARTICLES
                )
            ):
                end += 1
            if end > last + 1 and story.capital(last + 1):
                found.add((last + 1, end))
                titled.add(story.forms[end - 1])
        for form in titled:
            found |= {
                (word, word + 1)
                for word in self._places.get(form, ())
                if not any(a <= word < b for a, b in found)
            }
        return sorted(found)

    def _around(self, word: int) -> Iterator[WordSpan]:
        """The phrases that tell who a name ending at `word` is: with its title, then its appositions."""
        story = self._story
        opens, closes = story.sentences[story.sentence[word]]
        first = self._title_start(word, opens)
        end = word + 1
        if first < word or story.lower[end : end + 1] == ["of"]:
            yield first, (self._until_mark(end, closes) if story.lower[end : end + 1] == ["of"] else end)
        if end < closes and story.forms[end] in (",", "(", "--"):
            stop = self._until_mark(end + 1, closes)
            if stop - end == 2 and story.lower[end + 1].isdigit() and stop < closes:
                end, stop = stop, self._until_mark(stop + 1, closes)
            after = parse(story, (end + 1, stop)) if end + 1 < stop else None
            if (
                after is not None
                and (after.head is not None or after.mentions)
                and after.proper != after.core
            ):
                yield end + 1, stop
        name_start = self._name_start(word, opens)
        if name_start - 2 > opens and story.forms[name_start - 1] == ",":
            before = self._title_start(name_start - 2, opens)
            phrase = parse(story, (before, name_start - 1))
            if phrase.head is not None and phrase.proper is None:
                yield before, name_start - 1

    def _until_mark(self, start: int, closes: int) -> int:
        stop = start
        while (
            stop < closes
            and self._story.forms[stop] not in (",", ";", ".", ")", "--", ":")
            and stop - start < 20
        ):
            stop += 1
        return stop

    def _name_start(self, word: int, opens: int) -> int:
        story, first = self._story, word
        while first > opens and first - 1 not in story.mention_at:
            form, lower = story.forms[first - 1], story.lower[first - 1]
            if not (story.capital(first - 1) or form in _INNER or lower in PARTICLES) or lower in _WEEKDAYS:
                break
            if story.noun_ending_at(first - 1, max(opens, first - 4)) is not None:
                break
            first -= 1
        return first

    def _title_start(self, word: int, opens: int) -> int:
        """Where the noun phrase that ends at `word` begins, title and country included."""
        story, first = self._story, word
        while first > opens and word - first < _REACH:
            before = first - 1
            form, lower = story.forms[before], story.lower[before]
            mention = story.mention_at.get(before)
            if mention is not None:
                first = mention.start
                continue
            if (
                story.capital(before)
                or form in _INNER
                or form in _POSSESSIVE
                or lower in PARTICLES
                or lower in _ADJECTIVES
                or self._in_noun(before, first, opens)
                or lower in ("of", "the")
                or (lower in _TO and self._ends_noun(before - 1, opens))
                or (lower == "and" and self._joins(before, opens))
            ):
                first = before
            else:
                break
        while first < word and story.lower[first] in (
            "of",
            "and",
            "the",
            "to",
            "in",
            "for",
            "at",
            "on",
            "-",
            "'s",
            "'",
        ):
            first += 1
        return first

    def _ends_noun(self, word: int, opens: int) -> bool:
        return word >= opens and self._story.noun_ending_at(word, max(opens, word - 3)) is not None

    def _in_noun(self, word: int, first: int, opens: int) -> bool:
        """Whether a word is part of a noun that ends here or just after."""
        for last in (word, word + 1, word + 2):
            found = self._story.noun_ending_at(last, opens) if last < max(first, word + 1) + 1 else None
            if found is not None and found[0] <= word:
                return True
        return False

    def _joins(self, word: int, opens: int) -> bool:
        """Whether "and" stands inside a title: "UN and Arab League envoy", "foreign and defence minister"."""
        story = self._story
        left = story.mention_at.get(word - 1)
        right = story.mention_at.get(word + 1)
        return left is not None and right is not None and "person" not in (left.name.kind, right.name.kind)


def _acronyms(story: Story) -> dict[str, WordSpan]:
    """The long forms before acronyms in brackets."""
    found: dict[str, WordSpan] = {}
    small = frozenset(("of", "the", "for", "and", "-", "'", "’", "'s", "’s", "on", "in", "&"))
    for word in range(2, len(story) - 1):
        form = story.forms[word]
        if (
            story.forms[word - 1] != "("
            or story.forms[word + 1] != ")"
            or not form.isupper()
            or len(form) < 2
        ):
            continue
        first = word - 1
        while first > 0 and word - first < 12 and story.sentence[first - 1] == story.sentence[word]:
            before = first - 1
            if not (
                story.capital(before)
                or story.lower[before] in small
                or story.noun_ending_at(before, 0) is not None
            ):
                break
            first = before
        while first < word - 1 and story.lower[first] in small:
            first += 1
        if first < word - 1:
            found.setdefault(form, (first, word - 1))
    return found
