"""What a noun phrase says by itself: its core, its head noun, the names in it, and to whom it belongs.

"the deputy head of the Russian mission to NATO" has the core "deputy head", the head noun head, and of-part
"the Russian mission to NATO", whose owner is Russia: a modifier in front of the noun owns it, a place after
"to" or "in" does not own an embassy, and a word hyphened to "backed" or "based" owns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.coding.parties.story import PARTICLES, Mention, Story, WordSpan
from onrecord.vocabulary.actors import regions
from onrecord.vocabulary.nouns import Noun

_LEADING = frozenset(
    "the a an this that these those some any all both each every several many few most more other another "
    "such its their his her our your my at least about around over nearly almost up to as than only just "
    "even also one two three four five six seven eight nine ten eleven twelve dozen dozens scores "
    "hundreds thousands millions hundred thousand million tens number majority handful couple remnants "
    "remaining of out per cent percent".split()
)
_PREPOSITIONS = frozenset(
    "of in from to for at on near with against by between among under over inside outside within into "
    "through across around after before during since without including following like as about behind "
    "throughout along".split()
)
_STOPS = frozenset(("who", "which", "that", "whose", "whom", "where", "when", "and", "or", "but"))
_MARKS = frozenset((",", "(", ")", ":", ";", "--", "–", "—", '"', "''", "``", "“", "”", "..."))
_SUFFIXES = ("ing", "ed")


@dataclass(slots=True)
class Part:
    """A part of a phrase after its core: the word that ties it ("of", "in", "," …) and its words."""

    tie: str
    words: WordSpan


@dataclass(slots=True)
class Phrase:
    """A noun phrase, taken apart. `named` is a name at the end of the core, `proper` an unknown one there."""

    words: WordSpan
    core: WordSpan
    head: Noun | None = None
    head_words: WordSpan | None = None
    mentions: list[Mention] = field(default_factory=list)
    named: Mention | None = None
    proper: WordSpan | None = None
    definite: bool = False
    parts: list[Part] = field(default_factory=list)

    def part(self, *ties: str) -> WordSpan | None:
        """The first part with one of these ties."""
        return next((part.words for part in self.parts if part.tie in ties), None)

    @property
    def owner(self) -> Mention | None:
        """The first name in the core that can own its noun."""
        return next((mention for mention in self.mentions if mention.owns and mention.name.code), None)


def parse(story: Story, words: WordSpan) -> Phrase:
    """The words of a noun phrase taken apart, once for each span."""
    known = story.parsed.get(words)
    if known is None:
        known = story.parsed[words] = _parsed(story, words)
    return known


def _parsed(story: Story, words: WordSpan) -> Phrase:
    start, end = words
    start = _after_dateline(story, start, end)
    while start < end - 1 and story.forms[start] in _MARKS:
        start += 1
    definite = start < end and story.lower[start] == "the"
    while start < end - 1 and _leads(story, start, end):
        start += 1
    stop = _core_end(story, start, end)
    phrase = Phrase((words[0], end), (start, stop), definite=definite)
    phrase.mentions = list(_mentions(story, start, stop)) or _inside(story, start, stop)
    _find_head(story, phrase)
    phrase.parts = list(_parts(story, stop, end))
    return phrase


def _after_dateline(story: Story, start: int, end: int) -> int:
    """Past "PRAGUE (Vltava Courier) -", which is no part of the phrase that follows it."""
    if not story.forms[start].isupper() or start != story.sentences[story.sentence[start]][0]:
        return start
    for word in range(start + 1, min(end - 1, start + 12)):
        if story.forms[word] in ("-", "--", "–", "—") and story.forms[word - 1] == ")":
            return word + 1
    return start


def _leads(story: Story, word: int, end: int) -> bool:
    """Articles, numbers and partitives ("tens of thousands of") in front of the core."""
    lower = story.lower[word]
    if word in story.mention_at:
        return False
    if (
        lower in ("other", "one")
        and word + 1 < end
        and story.lower[word + 1] not in ("of",)
        and lower == "one"
    ):
        return True
    return lower in _LEADING or lower[:1].isdigit()


def _core_end(story: Story, start: int, end: int) -> int:
    word = start
    while word < end:
        mention = story.mention_at.get(word)
        if mention is not None and mention.start == word and mention.end <= end:
            word = mention.end
            continue
        jump = _compound(story, word, end)
        if jump:
            word = jump
            continue
        lower = story.lower[word]
        if word > start and (lower in _PREPOSITIONS or lower in _STOPS or story.forms[word] in _MARKS):
            if not _joins_names(story, word, end):
                return word
            word += 1
            continue
        if word > start and lower.endswith(_SUFFIXES) and _trails(story, word, end):
            return word
        word += 1
    return end


def _joins_names(story: Story, word: int, end: int) -> bool:
    """Whether "and" or a comma here stands between two names before one noun: "French and Dutch voters"."""
    left, right = story.mention_at.get(word - 1), story.mention_at.get(word + 1)
    if story.lower[word] not in ("and", ",") or left is None or right is None or right.end >= end:
        return False
    return "person" not in (left.name.kind, right.name.kind) and (
        story.forms[right.end].islower()
        or story.mention_at.get(right.end) is not None
        or story.lower[word] == ","
    )


def _compound(story: Story, word: int, end: int) -> int:
    """The end of a noun with a preposition inside that begins here ("chief of staff"), else 0."""
    for last in (word + 2, word + 3):
        if (last < end and story.lower[last - 1] == "of") or (last < end and last == word + 3):
            found = story.noun_ending_at(last, word)
            if found is not None and found[0] == word and "of" in found[1].words.split():
                return last + 1
    return 0


def _trails(story: Story, word: int, end: int) -> bool:
    """Whether a participle here stands after its noun: "rebels fighting in", "men held by"."""
    if not story.forms[word].islower() or story.forms[word - 1] == "-":
        return False
    after = word + 1
    follows = (
        after >= end
        or story.lower[after] in _PREPOSITIONS
        or story.lower[after] in ("the", "a", "an", "his", "their")
    )
    return follows and story.noun_ending_at(word - 1, 0) is not None


def _mentions(story: Story, start: int, end: int) -> Iterator[Mention]:
    word = start
    while word < end:
        mention = story.mention_at.get(word)
        if mention is None:
            word += 1
        else:
            if mention.end <= end:
                yield mention
            word = mention.end


def _inside(story: Story, start: int, end: int) -> list[Mention]:
    """The name that is part of a longer one, as the "EU" of "EU summit", or a continent alone, which is its union."""
    whole = story.mention_at.get(start) if start < end else None
    found = story.part_of(whole, start, end) if whole is not None and end <= whole.end else None
    found = found or story.europe((start, end))
    return [] if found is None else [found]


def _find_head(story: Story, phrase: Phrase) -> None:
    start, stop = phrase.core
    last = stop - 1
    while last >= start and (story.lower[last] in ("'s", "'", "’s", "’") or story.forms[last] in _MARKS):
        last -= 1
    end = last + 1
    # A name at the end of the core: known, or unknown and capitalised.
    if phrase.mentions and phrase.mentions[-1].end == end and phrase.mentions[-1].name.kind != "adjective":
        phrase.named = phrase.mentions[-1]
        end = phrase.named.start
    else:
        first = end
        while first > start and _is_proper(story, first - 1):
            first -= 1
        while first < end and not story.capital(first):
            first += 1
        found = story.noun_ending_at(end - 1, start)
        if first < end and (found is None or found[0] < first or not story.forms[found[0]].islower()):
            title_end = _title_end(story, first, end)
            if title_end < end:
                phrase.proper = (title_end, end)
                end = title_end
    for last in range(end - 1, start - 1, -1):
        found = story.noun_ending_at(last, start)
        if found is not None and not (
            last in story.mention_at and story.mention_at[last].name.kind not in ("adjective",)
        ):
            phrase.head_words, phrase.head = (found[0], last + 1), found[1]
            return


def _is_proper(story: Story, word: int) -> bool:
    if word in story.mention_at and story.mention_at[word].name.kind in (
        "adjective",
        "state",
        "people",
        "capital",
    ):
        return False
    form = story.forms[word]
    return story.capital(word) or form == "-" or story.lower[word] in PARTICLES or form in ("'", "’", ".")


def _title_end(story: Story, first: int, end: int) -> int:
    """Where the title words of "Foreign Minister Jan Kavan" end; `end` where all of it is title."""
    place = first
    for last in range(first, end):
        found = story.noun_ending_at(last, first)
        if found is not None:
            place = last + 1
    return place


def _parts(story: Story, start: int, end: int) -> Iterator[Part]:
    """What follows the core, cut at its own prepositions and marks; an of-part keeps what hangs below it."""
    word = start
    while word < end:
        tie = story.lower[word]
        first = word + 1
        stop = first
        while (
            stop < end
            and story.forms[stop] not in _MARKS
            and story.lower[stop] not in ("who", "which", "that")
        ):
            if tie in _MARKS and stop == first:
                stop += 1
                continue
            stop += 1
        if first < stop:
            yield Part(tie if tie in _PREPOSITIONS else ("," if tie in _MARKS else tie), (first, stop))
        word = max(stop, word + 1)


def role_of(story: Story, phrase: Phrase) -> str | None:
    """The title in a phrase without its country: "deputy foreign minister"; None where it is no person's."""
    if phrase.head is None or phrase.head_words is None or phrase.head.kind != "person":
        return None
    first = phrase.core[0]
    for mention in phrase.mentions:
        if mention.end <= phrase.head_words[0]:
            first = mention.end
    while first < phrase.head_words[0] and not story.forms[first][:1].isalpha():
        first += 1
    words = story.written((first, phrase.head_words[1]))
    return " ".join(word if word.isupper() else word.lower() for word in words.split()) or None


def trimmed(story: Story, words: WordSpan) -> WordSpan:
    """Words without the marks around them."""
    start, end = words
    while end - start > 1 and story.forms[end - 1] in (",", ".", "'s", "’s", '"', "'", "(", "--"):
        end -= 1
    while end - start > 1 and story.forms[start] in (",", '"', "'", "(", "``", "“"):
        start += 1
    return start, end


def members_of(story: Story, phrase: Phrase) -> frozenset[str]:
    """The states of the region by which a phrase tells its country: "the tiny Balkan state"; empty where none."""
    words = [story.lower[word] for word in range(*phrase.core)]
    for start in range(len(words)):
        for length in (3, 2, 1):
            if found := regions().get(tuple(words[start : start + length])):
                return found
    return frozenset()
