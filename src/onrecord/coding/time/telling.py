"""What speaks for an expression of another sentence as the date of an event: whether the event goes on with what the
date was told of.

A story that hangs on one speaker, statement or raid gives its day once, in the lead; in one that goes from voice to
voice each has a day of its own, or none that is told. So the features ask who speaks and acts in either sentence, how
much of the document is about them, and how far the two stand apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from onrecord.coding.once import once
from onrecord.coding.time.candidates import (
    QUOTES,
    REPORTING,
    VERBAL,
    Dated,
    Features,
    Mention,
    age,
    basic,
    chain,
    is_news,
    subject,
    tense,
)
from onrecord.coding.time.clues import form

if TYPE_CHECKING:
    from onrecord.reading.types import Reading, WordSpan

Words = frozenset[str]

_NOBODY: Words = frozenset()
_TITLES = frozenset(
    "mr mrs ms dr president minister prime secretary general foreign chief leader senator gen the a an of".split()
)
_PERSONAL = frozenset(("he", "she", "they", "it"))
_TEXTS = frozenset(
    "statement report document resolution communique declaration draft article editorial letter agreement study text "
    "message speech press conference interview".split()
)
_LEADS = frozenset("meanwhile separately elsewhere earlier also later then but however and so".split())


@dataclass(slots=True)
class Scene:
    """What a document tells of days, as seen from one event."""

    day: date | None
    here: Sequence[Dated]
    """The expressions of the event's own sentence."""
    first_news: Dated | None
    """The first day of the news that is told."""
    last: Dated | None
    last_news: Dated | None
    """The last expression before the event's sentence, and the last of them that is news."""
    told: Counter[str | None]
    """How often the same days are told."""
    news: int
    """How many different days of the news are told."""
    own: dict[str, Features] = field(default_factory=dict)
    """What the event itself says beside a day of a kind, once that has been asked."""


def scene(candidates: Sequence[Dated], here: Sequence[Dated], start: int, day: date | None) -> Scene:
    """The scene of an event whose sentence starts at a code point; ``candidates``: all expressions of the document
    that could date it."""
    news = [each for each in candidates if is_news(each, day)]
    before = [each for each in candidates if each.timex.span[0] < start and each.timex.type != "DURATION"]
    return Scene(
        day=day,
        here=here,
        first_news=news[0] if news else None,
        last=before[-1] if before else None,
        last_news=next((each for each in reversed(before) if is_news(each, day)), None),
        told=Counter(each.timex.edtf for each in candidates),
        news=len({each.timex.edtf for each in news}),
    )


class Story:
    """Who speaks and acts in the sentences of a document: names and nouns of subjects and sources, in small letters."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._acting: dict[int, Words] = {}
        self._about: dict[Words, float] = {}
        self._marks: dict[int, list[str]] = {}
        self.subjects: list[Words] = []
        """Of the main verb of each sentence; a pronoun's are those of the sentence before."""
        self.kinds: list[str] = []
        """name, noun, pronoun or none."""
        before = _NOBODY
        for start, end in reading.sentence_spans:
            who = subject(reading, chain(reading, start)[-1]) if end > start else None
            words, kind = _NOBODY, "none"
            if who is not None and reading.pos(who) == "PRON":
                words, kind = before if reading.lower(who) in _PERSONAL else _NOBODY, "pronoun"
            elif who is not None:
                phrase = reading.phrase(who)
                words = _told(reading, phrase)
                kind = "name" if any(reading.pos(i) == "PROPN" for i in range(*phrase)) else "noun"
            before = words or before
            self.subjects.append(words)
            self.kinds.append(kind)
        self._said: list[tuple[WordSpan, Words]] = []
        for each in reading.attributions:
            source = _all(reading, each.source)
            if not source and any(reading.pos(i) == "PRON" for span in each.source for i in range(*span)):
                source = self.subjects[reading.sentence_of(each.source[0][0])]
            self._said += [(content, source) for content in each.content]
        self.sources = len({min(source) for _, source in self._said if source})
        self.said = len(self._said) / max(1, len(self.subjects))

    def speaker(self, word: int) -> Words:
        """In whose words a word stands, by the narrowest content."""
        around = [(end - start, source) for (start, end), source in self._said if start <= word < end]
        return min(around, key=lambda one: one[0])[1] if around else _NOBODY

    def agent(self, word: int) -> Words:
        """The subject of the nearest verb at or above a word that has one."""
        reading = self._reading
        for step in chain(reading, word):
            if reading.pos(step) in ("VERB", "AUX") and (who := subject(reading, step)) is not None:
                if reading.pos(who) == "PRON":
                    return self.subjects[reading.sentence_of(step)]
                return _told(reading, reading.phrase(who))
        return _NOBODY

    def acting(self, sentence: int) -> Words:
        """Those who act or speak in the events of a sentence."""
        if sentence not in self._acting:
            first, last = self._reading.sentence_spans[sentence]
            self._acting[sentence] = _all(
                self._reading,
                (
                    argument.span
                    for event in self._reading.events
                    if first <= event.trigger[0] < last
                    for argument in event.arguments
                    if argument.role in ("actor", "source")
                ),
            )
        return self._acting[sentence]

    def marks(self, sentence: int) -> list[str]:
        """Words of a sentence that tell how it goes on: "also", a text that speaks, the adverb that opens it."""
        if sentence not in self._marks:
            reading = self._reading
            first, last = reading.sentence_spans[sentence]
            words = [reading.lower(i) for i in range(first, last)]
            found = [f"opens {word}" for word in words[:3] if word in _LEADS]
            if "also" in words:
                found.append("also")
            if any(reading.pos(i) == "NOUN" and reading.lemma(i) in _TEXTS for i in range(first, last)):
                found.append("text")
            self._marks[sentence] = found
        return self._marks[sentence]

    def about(self, who: Words) -> float:
        """The share of sentences whose subject they are."""
        if who not in self._about:
            held = sum(bool(words & who) for words in self.subjects)
            self._about[who] = held / max(1, len(self.subjects))
        return self._about[who]


def story_of(reading: Reading) -> Story:
    """The story of a reading, worked out once."""
    known = reading.answers.setdefault(story_of, {})
    if () not in known:
        known[()] = Story(reading)
    found: Story = known[()]
    return found


def elsewhere(reading: Reading, mention: Mention, each: Dated, around: Scene) -> Features:
    """Features of an expression outside the event's sentence."""
    sentence, there = reading.sentence_of(mention.word), reading.sentence_of(each.word)
    side = "before" if there < sentence else "after"
    kind = "news" if is_news(each, around.day) else "other"
    features = _place(reading, mention, each, around, kind)
    if kind not in around.own:
        around.own[kind] = _event(reading, mention, kind)
    features |= around.own[kind]
    features |= _again(reading, mention, each, kind)
    features |= _frame(reading, mention, each, kind)
    features |= {f"{kind} {name}": value for name, value in _who(reading, mention, each).items()}
    features |= form(reading, mention, each)
    return {side: 1.0} | {f"{side} {name}": value for name, value in features.items() if value}


def _place(reading: Reading, mention: Mention, each: Dated, around: Scene, kind: str) -> Features:
    """How far the two stand apart, and what the expression is among those of the document."""
    sentence, there = reading.sentence_of(mention.word), reading.sentence_of(each.word)
    start = reading.start(reading.sentence_spans[sentence][0])
    steps, size = abs(sentence - there), len(reading.sentence_spans)
    low, high = sorted((each.timex.span[0], start))
    paragraph = reading.text.count("\n\n", 0, start)
    told = "history" if mention.background else "news"
    first = around.first_news
    today = kind == "news" and each.upper == around.day
    features = {
        kind: 1.0,
        f"sentences {min(steps, 5)}": 1.0,
        f"paragraphs {min(reading.text.count(chr(10) * 2, low, high), 4)}": 1.0,
        f"paragraph {min(paragraph, 5)}": 1.0,
        f"{kind} apart": math.log1p(steps),
        f"{kind} down": sentence / max(1, size),
        f"{kind} size": math.log1p(size) - 2.5,
        f"{kind} last": float(each is around.last),
        f"{kind} last news": float(each is around.last_news),
        f"{kind} first": float(each is first),
        "the story's": float(first is not None and each.timex.edtf == first.timex.edtf),
        f"{kind} often": math.log(max(1, around.told[each.timex.edtf])),
        f"{kind} days": float(min(around.news, 4)),
        f"{kind} lead at": float(min(reading.sentence_of(first.word), 8)) if first is not None else 0.0,
        f"{kind} dated": float(bool(around.here)),
        f"{kind} history {min(steps, 3)}": float(mention.background),
        "old": float(kind == "other" and age(each, around.day) == "old"),
        "today": float(today),
        f"today {told}": float(today),
        f"today {tense(reading, mention.word)}": float(today),
    }
    if kind == "news" and each.upper is not None and around.day is not None:
        features[f"days ago {min(6, (around.day - each.upper).days)}"] = 1.0
    return features


def _event(reading: Reading, mention: Mention, kind: str) -> Features:
    """What the event is and how it is told."""
    word = mention.word
    up = chain(reading, word)
    root = up[-1]
    told = tense(reading, word)
    who = subject(reading, word)
    features = {
        f"status {mention.status}": 1.0,
        f"{kind} status {mention.status}": 1.0,
        f"{kind} history": float(mention.background),
        f"type {mention.type}": 1.0,
        f"{kind} type {mention.type}": 1.0,
        f"{kind} verbal": float(mention.type in VERBAL),
        f"tense {told}": 1.0,
        f"{kind} tense {told}": 1.0,
        f"{kind} word {reading.pos(word)}": 1.0,
        f"relation {basic(reading, word)}": 1.0,
        f"depth {min(len(up) - 1, 4)}": 1.0,
        "under reporting": float(root != word and reading.lemma(root) in REPORTING),
        "reporting": float(reading.lemma(word) in REPORTING),
        f"root {reading.feat(root, 'Tense')}": 1.0,
        f"{kind} root {reading.feat(root, 'Tense')}": 1.0,
        f"{kind} reporting {reading.lemma(root) in REPORTING} {told}": 1.0,
    }
    if who is not None:
        features[f"subject {reading.pos(who)}"] = 1.0
    return features


def _again(reading: Reading, mention: Mention, each: Dated, kind: str) -> Features:
    """Whether the sentence of the expression tells of such an event, or of any."""
    sentence = reading.sentence_of(each.word)
    types, lemma = _types(reading, sentence), reading.lemma(mention.word)
    determiners = {reading.lower(child) for child in reading.children(mention.word)}
    return {
        f"same type {kind}": float(mention.type in types),
        f"same word {kind}": float(
            reading.pos(mention.word) != "AUX" and lemma in _lemmas(reading, sentence)
        ),
        "no event": float(not types),
        "known": float(
            reading.pos(mention.word) == "NOUN" and bool(determiners & {"the", "this", "that", "these"})
        ),
    }


@once
def _types(reading: Reading, sentence: int) -> tuple[str, ...]:
    """The types of the events of a sentence."""
    first, last = reading.sentence_spans[sentence]
    return tuple(event.type for event in reading.events if first <= event.trigger[0] < last)


@once
def _lemmas(reading: Reading, sentence: int) -> Words:
    return frozenset(map(reading.lemma, range(*reading.sentence_spans[sentence])))


@once
def _is_quoted(reading: Reading, sentence: int) -> bool:
    """A quotation mark stands in a sentence."""
    return not QUOTES.isdisjoint(map(reading.word, range(*reading.sentence_spans[sentence])))


@once
def _is_headline(reading: Reading, sentence: int) -> bool:
    """No paragraph ends before a sentence."""
    start = reading.start(reading.sentence_spans[sentence][0])
    return "\n\n" not in reading.text[:start].strip()


def _frame(reading: Reading, mention: Mention, each: Dated, kind: str) -> Features:
    """Whether the event goes on with what the date was told of: the same speaker, a quotation, the lead."""
    root, dated_root = chain(reading, mention.word)[-1], chain(reading, each.word)[-1]
    told = _reported(reading, each.word)
    reported = reading.lemma(root) in REPORTING
    who, before = subject(reading, root), subject(reading, dated_root)
    same = who is not None and before is not None and reading.lower(who) == reading.lower(before)
    sentence = reading.sentence_of(mention.word)
    quoted = _is_quoted(reading, sentence)
    lead = reading.text.count("\n\n", 0, each.timex.span[0]) <= 2
    verbal = mention.type in VERBAL
    events = len(_types(reading, sentence))
    return {
        f"{kind} told": float(told),
        f"{kind} told on": float(told and (reported or quoted)),
        f"{kind} told on verbal": float(told and (reported or quoted) and verbal),
        f"{kind} quoted": float(quoted),
        f"{kind} events": float(min(events, 4)),
        f"{kind} same subject": float(same),
        f"{kind} pronoun": float(who is not None and reading.pos(who) == "PRON"),
        f"{kind} root subject {reading.pos(who) if who is not None else 'none'}": 1.0,
        f"{kind} lead": float(lead),
        f"{kind} lead verbal": float(lead and verbal),
        f"{kind} head line": float(_is_headline(reading, sentence)),
    }


def _who(reading: Reading, mention: Mention, each: Dated) -> Features:
    """Whether those who speak and act at the event are those of the expression's sentence."""
    story = story_of(reading)
    sentence, there = reading.sentence_of(mention.word), reading.sentence_of(each.word)
    actors, pronoun_acts = _actors(reading, mention.word)
    speaker, agent = _speaker(reading, mention.word), _agent(reading, mention.word)
    main = story.subjects[sentence]
    those = speaker | agent | actors | main
    dated_agent, dated_main = _agent(reading, each.word), story.subjects[there]
    others = dated_agent | dated_main | _speaker(reading, each.word)
    acting = story.acting(there)
    low, high = sorted((sentence, there))
    between = range(low + 1, high)
    kind, known = story.kinds[sentence], bool(main & others)
    share = story.about(others)
    features = {
        "agent = main": bool(dated_agent & main),
        "agent = agent": bool(dated_agent & agent),
        "agent = actor": bool(dated_agent & actors),
        "agent = speaker": bool(dated_agent & speaker),
        "any = any": bool(others & those),
        "actor = actor": bool(acting & actors),
        "any = actor": bool(others & actors),
        "actor = any": bool(acting & those),
        "names between": any(story.kinds[i] == "name" and not story.subjects[i] & others for i in between),
        "apart": bool(those) and bool(others) and not others & those,
        "new name": kind == "name" and not known,
        "known name": kind == "name" and known,
        "new noun": kind == "noun" and not known,
        "goes on": kind == "pronoun",
        "pronoun acts": pronoun_acts,
    }
    features |= dict.fromkeys(story.marks(sentence), True)
    return {name: float(value) for name, value in features.items()} | {
        "share": share,
        "single": share * bool(others & those),
        "sources": math.log1p(story.sources),
        "said": story.said,
    }


@once
def _actors(reading: Reading, word: int) -> tuple[Words, bool]:
    """Those who act or speak in the event at a word, and whether a pronoun is among them."""
    event = next((event for event in reading.events if event.trigger[0] <= word < event.trigger[1]), None)
    if event is None:
        return _NOBODY, False
    own = [argument.span for argument in event.arguments if argument.role in ("actor", "source")]
    return _all(reading, own), any(reading.pos(i) == "PRON" for span in own for i in range(*span))


@once
def _speaker(reading: Reading, word: int) -> Words:
    return story_of(reading).speaker(word)


@once
def _agent(reading: Reading, word: int) -> Words:
    return story_of(reading).agent(word)


@once
def _reported(reading: Reading, word: int) -> bool:
    """Whether the verb above a word is one of reporting: "said on Friday"."""
    above = next((step for step in chain(reading, word)[1:] if reading.pos(step) == "VERB"), None)
    return above is not None and reading.lemma(above) in REPORTING


def _told(reading: Reading, words: WordSpan) -> Words:
    """The names and nouns of a phrase, without titles."""
    return frozenset(
        reading.lower(i)
        for i in range(*words)
        if reading.pos(i) in ("PROPN", "NOUN") and reading.lower(i) not in _TITLES
    )


def _all(reading: Reading, spans: Iterable[WordSpan]) -> Words:
    return _NOBODY.union(*(_told(reading, span) for span in spans))
