"""Who a pronoun or a description points back to: he, they, it, "the minister", "the alliance", "the group".

A person pronoun takes the subject before it, a description the last named party of its kind: "the alliance"
NATO, "the agency" the last body with Agency in its name, "the movement" the last group. Where nothing fits,
nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.coding.parties.introductions import Introductions
from onrecord.coding.parties.phrases import Phrase, members_of
from onrecord.coding.parties.story import Mention, Story, WordSpan
from onrecord.vocabulary.actors import states

HE = frozenset("he him himself she her herself".split())
THEY = frozenset("they them themselves".split())
IT = frozenset(("it", "itself"))
HIS = frozenset(("his", "her"))
THEIR = frozenset(("their",))
ITS = frozenset(("its",))
WHO = frozenset(("who", "whom", "which", "that"))
PRONOUNS = HE | THEY | IT | WHO | frozenset("we us ourselves i me you one ones this these those".split())

# Descriptions that stand for one body wherever it has been named.
_BLOCS = ("ASEAN", "ECOWAS", "EU", "MERCOSUR", "SAARC", "SADC")
_BODIES = {
    "alliance": ("NATO",), "bloc": _BLOCS, "regional bloc": _BLOCS, "grouping": _BLOCS, "union": ("EU", "AU"),
    "world body": ("UN",),
}  # fmt: skip
# Those who make up a union, and words before them that leave open whose they are.
_MEMBERS = frozenset(("member state", "member country", "member nation"))
_OPEN = frozenset("some several many other concerned certain few".split())
# Whose "European" is not the union's: states of the continent as such.
_CONTINENTAL = frozenset(
    ("country", "nation", "state", "neighbor", "neighbour", "capital", "government", "power", "ally")
)
_OFFICIAL = frozenset(("GOV", "IGO", "DIP", "LEG", "JUD"))
_KINDS = {
    "group": ("group", "civil"),
    "movement": ("group", "party", "civil"),
    "organization": ("group", "organisation", "civil"),
    "organisation": ("group", "organisation", "civil"),
    "militia": ("group",),
    "network": ("group",),
    "party": ("party",),
    "company": ("firm",),
    "firm": ("firm",),
    "airline": ("firm",),
    "newspaper": ("outlet",),
    "daily": ("outlet",),
    "broadcaster": ("outlet",),
    "news agency": ("outlet",),
    "agency": ("organisation", "organ", "outlet"),
    "bank": ("organisation",),
    "fund": ("organisation",),
    "body": ("organisation",),
    "tribunal": ("organisation",),
    "court": ("organisation",),
}
_PEOPLE_KINDS = frozenset(("person", "group", "unit", "party"))
# What parties are when they are spoken of together, and how many.
_ASIDE = frozenset(("outlet", "place", "organisation"))
_SIDES = frozenset(("side", "party"))
_STATES = frozenset(("state", "adjective", "capital"))
_JOINT = _SIDES | frozenset(
    ("country", "nation", "state", "government", "neighbor", "neighbour", "leader", "army", "president", "minister",
     "foreign minister", "prime minister", "defence minister", "defense minister", "foe", "rival", "power",
     "premier", "people", "delegation", "negotiator", "official", "member", "capital", "ally", "partner")
)  # fmt: skip
# Who is somebody's and yet of another state: "its neighbours", "his counterpart".
_OTHERS = frozenset(
    ("counterpart", "neighbor", "neighbour", "ally", "partner", "host", "guest", "visitor", "rival", "foe", "enemy",
     "opponent", "critic", "captor", "kidnapper", "abductor", "colleague", "interlocutor")
)  # fmt: skip
_TOGETHER = frozenset("both all these those their".split())
_NUMBERS = {"both": 2, "two": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
_REACH = 3
# "He" is said of one person for sentences on end.
_FAR = 8


class Antecedents:
    """The parties of a document to which later words point back."""

    def __init__(self, story: Story, introductions: Introductions) -> None:
        self._story = story
        self._introductions = introductions

    def pronoun(self, words: WordSpan) -> WordSpan | None:
        """The words for which a pronoun stands; None if it is none, or points to nobody that can be told."""
        story = self._story
        if not self.is_pronoun(words):
            return None
        word, lower = words[0], story.lower[words[0]]
        if lower in HE:
            return self._subject(word, self._people(word))
        if lower in THEY:
            return self._subject(word, self._many(word))
        if lower in IT:
            return self._subject(word, self._things(word))
        if lower in WHO:
            return self._phrase_before(word)
        return None

    def possessor(self, phrase: Phrase) -> WordSpan | None:
        """Whom "his", "its" or "their" in front of a phrase means: "his government", "its embassy"."""
        if phrase.head is not None and phrase.head.words in _OTHERS:
            return None
        for word in range(phrase.words[0], phrase.core[0]):
            lower = self._story.lower[word]
            if lower in HIS:
                return self._subject(word, self._people(word))
            if lower in ITS:
                return self._subject(word, self._things(word))
            if lower in THEIR:
                return self._subject(word, self._many(word))
        return None

    def is_pronoun(self, words: WordSpan) -> bool:
        """Whether the words are a single pronoun."""
        word = words[0]
        return (
            words[1] - word == 1
            and self._story.lower[word] in PRONOUNS
            and word not in self._story.mention_at
        )

    def described(self, phrase: Phrase) -> Mention | None:
        """The named party that "the alliance", "the agency" or "the group" means."""
        head = phrase.head
        if head is None or head.plural or not phrase.definite or phrase.proper is not None or phrase.parts:
            return None
        before = [m for m in self._story.mentions if m.end <= phrase.words[0] and m.name.code]
        if head.words in _BODIES:
            return next((m for m in reversed(before) if m.name.code in _BODIES[head.words]), None)
        if phrase.core[1] - phrase.core[0] > len(head.words.split()):
            return None
        ending = head.words.split()[-1].casefold()
        for mention in reversed(before):
            kind = mention.name.kind
            if kind in ("organisation", "organ", "group", "party") and self._last_word(mention) == ending:
                return mention
        kinds = _KINDS.get(head.words, ())
        return next((m for m in reversed(before) if m.name.kind in kinds), None)

    def union(self, phrase: Phrase) -> str | None:
        """The union that a phrase means by its members or its continent: "all member states", "European officials"."""
        story, head = self._story, phrase.head
        first = phrase.core[0]
        if head is None or phrase.mentions:
            return None
        if story.lower[first] == "european" and head.sector in _OFFICIAL and head.words not in _CONTINENTAL:
            return "EU"
        if head.words in _MEMBERS and not _OPEN.intersection(story.lower[phrase.words[0] : phrase.core[1]]):
            named = (m for m in reversed(story.mentions) if m.end <= phrase.words[0])
            return next((m.name.code for m in named if m.name.kind == "organisation" and m.name.code), None)
        return None

    def several(self, phrase: Phrase) -> list[Mention]:
        """The parties for which "both sides", "the leaders of the two countries" or "the three ministers" stand.

        The last list of so many states before the words, else those named most; empty for other phrases.
        """
        story = self._story
        first, end = phrase.words
        if koreas := story.koreas(phrase.core[1] - 1):
            return koreas
        counted = next((w for w in range(first, end) if story.lower[w] in _NUMBERS), end)
        number = _NUMBERS[story.lower[counted]] if counted < end else 0
        together = {"the", "both", "all", "trio"}.intersection(
            story.lower[max(first, counted - 1) : counted + 1]
        )
        nouns = {
            noun.words
            for word in range(first, end)
            if (found := story.noun_ending_at(word, first)) is not None and (noun := found[1]).plural
        }
        if (
            not number
            or not nouns & _JOINT
            or not (together or story.lower[first] in _TOGETHER)
            or phrase.proper is not None
            or any(word in story.mention_at for word in range(first, end))
        ):
            return []
        region = members_of(story, phrase)
        if len(region) == number:
            return [story.state(code, phrase.core[0]) for code in sorted(region)]
        listed = self._listed(first, number)
        if listed:
            return listed
        sides = bool(nouns & _SIDES)
        aside = _ASIDE - {"organisation"} if sides else _ASIDE
        before: dict[str, Mention] = {}
        for mention in story.mentions:
            code = mention.name.code
            if (
                mention.start < first
                and code
                and mention.name.kind not in aside
                and (sides or code in (region or states()))
            ):
                before[code] = mention
        most = sorted(before, key=lambda code: (-story.counts[code], code))[:number]
        return sorted((before[code] for code in most), key=_start) if len(most) == number else []

    def _listed(self, word: int, number: int) -> list[Mention]:
        """The last list of `number` states within reach before a word: "Kenya and Tanzania … the two countries"."""
        story = self._story
        here = story.sentence[word]
        for listed in reversed(story.lists):
            near = number > 2 or here - story.sentence[listed[0].start] <= _REACH
            if listed[-1].end <= word and near:
                codes = {mention.name.code for mention in listed}
                if len(codes) == len(listed) == number and all(m.name.kind in _STATES for m in listed):
                    return list(listed)
        return []

    def _last_word(self, mention: Mention) -> str:
        return mention.name.name.casefold().split()[-1]

    # candidates, nearest sentence first, in the order of the text

    def _people(self, word: int) -> Iterator[WordSpan]:
        yield from self._within(word, self._introductions.people, _FAR)

    def _things(self, word: int) -> Iterator[WordSpan]:
        named = [
            (m.start, m.end)
            for m in self._story.mentions
            if m.name.kind not in ("person", "adjective", "people", "outlet", "none") and m.name.code
        ]
        organs = [
            span
            for span, noun in self._nouns(word)
            if noun in ("organ", "state", "party", "igo", "mission") and span[0] > 0
        ]
        yield from self._within(word, sorted({*named, *organs}))

    def _many(self, word: int) -> Iterator[WordSpan]:
        named = [
            (m.start, m.end)
            for m in self._story.mentions
            if m.name.kind in ("people", "group", "party") and m.name.code
        ]
        plurals = [span for span, kind in self._nouns(word, plural=True) if kind in _PEOPLE_KINDS]
        yield from self._within(word, sorted({*named, *plurals}))

    def _nouns(self, word: int, plural: bool = False) -> Iterator[tuple[WordSpan, str]]:
        story = self._story
        first = story.sentences[max(0, story.sentence[word] - _REACH)][0]
        for last in range(first, word):
            found = story.noun_ending_at(last, first)
            if found is not None and (not plural or found[1].plural or found[1].words == "people"):
                start, end = self._introductions.phrase_start(last), last + 1
                place = story.mention_at.get(end + 1)
                if (
                    end < word
                    and story.lower[end] in ("in", "of", "from")
                    and place is not None
                    and place.end <= word
                ):
                    end = place.end
                yield (start, end), found[1].kind

    def _within(self, word: int, spans: list[WordSpan], reach: int = _REACH) -> Iterator[WordSpan]:
        story = self._story
        here = story.sentence[word]
        for number in range(here, here - reach - 1, -1):
            for span in spans:
                if span[1] <= word and story.sentence[span[0]] == number:
                    yield span

    def _subject(self, word: int, candidates: Iterator[WordSpan]) -> WordSpan | None:
        """The first subject among the candidates where the tree tells, else the first of the nearest
        sentence.
        """
        story = self._story
        found = list(candidates)
        if not found:
            return None
        nearest = story.sentence[found[0][0]]
        same = [span for span in found if story.sentence[span[0]] == nearest]
        reading = story.reading
        if reading is not None:
            for span in same:
                if any(reading.deprel(each).startswith("nsubj") for each in range(*span)):
                    return span
        return same[0]

    def _phrase_before(self, word: int) -> WordSpan | None:
        story = self._story
        last = word - 1
        while last >= 0 and story.forms[last] in (",", "--", ")"):
            last -= 1
        if last < 0 or story.sentence[last] != story.sentence[word]:
            return None
        return self._introductions.phrase_start(last), last + 1


def _start(mention: Mention) -> int:
    return mention.start
