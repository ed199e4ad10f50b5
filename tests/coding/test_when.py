"""Dating events: which expression, which of its readings, which of its days. Thursday, 7 October 2021."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.coding.time import attachment
from onrecord.coding.time.candidates import Mention
from onrecord.coding.time.candidates import dated as dated_by
from onrecord.coding.time.telling import elsewhere, scene, story_of
from onrecord.coding.time.timex import find
from onrecord.coding.time.when import date_event, date_mention
from onrecord.model.records import Time
from onrecord.reading.types import Attribution, EventMention, Reading, WordSpan
from tests.coding.readings import draft, mention, reading

THURSDAY = date(2021, 10, 7)
PAST, PRESENT, FINITE = "Tense=Past", "Tense=Pres", "VerbForm=Fin"


def dated(
    read: Reading,
    trigger: str,
    status: str = "actual",
    background: bool = False,
    when: WordSpan | None = None,
    day: date | None = THURSDAY,
) -> Time | None:
    words = [read.word(i) for i in range(len(read))]
    at = words.index(trigger)
    timexes = find(read.text, document_date=day, reading=read)
    return date_mention(read, timexes, day, (at, at + 1), when, status=status, background=background)


# sentences, trigger, status, background, days
CASES = [
    (
        ["Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past|VerbForm=Fin ministers|NOUN|2:obj on|ADP|5:case "
         "Monday|PROPN|2:obl .|PUNCT|2:punct"],
        "met", "actual", False, "2021-10-04",
    ),
    (
        ["Envoys|NOUN|3:nsubj will|AUX|3:aux meet|VERB|0:root|VerbForm=Inf ministers|NOUN|3:obj "
         "on|ADP|6:case "
         "Monday|PROPN|3:obl .|PUNCT|3:punct"],
        "meet", "future", False, "2021-10-11",
    ),
    (  # the words point back, but what is planned is not over
        ["They|PRON|2:nsubj prepared|VERB|0:root|Tense=Past|VerbForm=Fin for|ADP|4:case talks|NOUN|2:obl "
         "on|ADP|6:case "
         "Monday|PROPN|4:nmod .|PUNCT|2:punct"],
        "talks", "future", False, "2021-10-11",
    ),
    (  # who must be gone by a month to come was not told so in that of last year
        ["Envoys|NOUN|3:nsubj must|AUX|3:aux leave|VERB|0:root|VerbForm=Inf by|ADP|6:case the|DET|6:det "
         "end|NOUN|3:obl of|ADP|8:case November|PROPN|6:nmod .|PUNCT|3:punct"],
        "leave", "actual", False, None,
    ),
    (  # each deed has its own day
        ["Troops|NOUN|2:nsubj left|VERB|0:root|Tense=Past|VerbForm=Fin on|ADP|4:case Monday|PROPN|2:obl "
         "and|CCONJ|6:cc "
         "returned|VERB|2:conj|Tense=Past|VerbForm=Fin on|ADP|8:case Wednesday|PROPN|6:obl .|PUNCT|2:punct"],
        "returned", "actual", False, "2021-10-06",
    ),
    (  # history beside the news
        ["Police|NOUN|2:nsubj said|VERB|0:root|Tense=Past|VerbForm=Fin Thursday|PROPN|2:obl he|PRON|5:nsubj "
         "fled|VERB|2:ccomp|Tense=Past|VerbForm=Fin in|ADP|7:case 2014|NUM|5:obl .|PUNCT|2:punct"],
        "fled", "actual", True, "2014",
    ),
    (
        ["Rebels|NOUN|3:nsubj have|AUX|3:aux killed|VERB|0:root|Tense=Past|VerbForm=Part hundreds|NOUN|3:obj "
         "since|ADP|6:case 2014|NUM|3:obl .|PUNCT|3:punct"],
        "killed", "actual", True, "2014/2021",
    ),
    (
        ["Since|SCONJ|3:mark war|NOUN|3:nsubj broke|VERB|8:advcl|Tense=Past|VerbForm=Fin "
         "out|ADP|3:compound:prt "
         "in|ADP|6:case March|PROPN|3:obl dozens|NOUN|8:nsubj died|VERB|0:root|Tense=Past|VerbForm=Fin "
         ".|PUNCT|8:punct"],
        "died", "actual", True, "2021-03/2021-10",
    ),
    (  # the deed that "since" names is dated by it
        ["The|DET|2:det island|NOUN|5:nsubj:pass has|AUX|5:aux been|AUX|5:aux:pass "
         "split|VERB|0:root|Tense=Past since|ADP|8:case "
         "the|DET|8:det coup|NOUN|5:obl of|ADP|10:case 1974|NUM|8:nmod .|PUNCT|5:punct"],
        "coup", "actual", True, "1974",
    ),
    (
        ["Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past|VerbForm=Fin this|DET|4:det "
         "week|NOUN|2:obl:unmarked .|PUNCT|2:punct"],
        "met", "actual", False, "2021-10-04/2021-10-07",
    ),
    (
        ["Envoys|NOUN|3:nsubj will|AUX|3:aux meet|VERB|0:root|VerbForm=Inf later|ADV|6:advmod this|DET|6:det "
         "month|NOUN|3:obl:unmarked .|PUNCT|3:punct"],
        "meet", "future", False, "2021-10-07/2021-10-31",
    ),
    (
        ["Staff|NOUN|3:nsubj must|AUX|3:aux leave|VERB|0:root|VerbForm=Inf by|ADP|6:case the|DET|6:det "
         "end|NOUN|3:obl "
         "of|ADP|9:case the|DET|9:det month|NOUN|6:nmod .|PUNCT|3:punct"],
        "leave", "future", False, "2021-10-07/2021-10-31",
    ),
    (
        ["He|PRON|2:nsubj arrived|VERB|0:root|Tense=Past|VerbForm=Fin on|ADP|4:case Monday|PROPN|2:obl "
         "for|ADP|10:case "
         "a|DET|10:det three|NUM|9:nummod -|PUNCT|9:punct day|NOUN|10:compound visit|NOUN|2:obl "
         ".|PUNCT|2:punct"],
        "arrived", "actual", False, "2021-10-04/2021-10-06",
    ),
    (
        ["He|PRON|2:nsubj ended|VERB|0:root|Tense=Past|VerbForm=Fin a|DET|7:det two|NUM|6:nummod "
         "-|PUNCT|6:punct day|NOUN|7:compound "
         "visit|NOUN|2:obj on|ADP|9:case Wednesday|PROPN|2:obl .|PUNCT|2:punct"],
        "visit", "actual", False, "2021-10-05/2021-10-06",
    ),
    (  # the verb nearest to the visit tells whether the day begins or ends it
        ["They|PRON|2:nsubj arrived|VERB|0:root|Tense=Past|VerbForm=Fin Wednesday|PROPN|2:obl after|SCONJ|5:mark "
         "ending|VERB|2:advcl|VerbForm=Ger a|DET|10:det two|NUM|9:nummod -|PUNCT|9:punct day|NOUN|10:compound "
         "visit|NOUN|5:obj .|PUNCT|2:punct"],
        "visit", "actual", False, "2021-10-05/2021-10-06",
    ),
    (  # a tree that takes the phrase apart
        ["Fleets|NOUN|2:nsubj held|VERB|0:root|Tense=Past|VerbForm=Fin a|DET|9:det four|NUM|6:nummod "
         "-|PUNCT|4:punct day|NOUN|2:obl:unmarked joint|ADJ|9:amod sea|NOUN|9:compound exercise|NOUN|2:obj "
         ",|PUNCT|12:punct which|PRON|12:nsubj ended|VERB|9:acl:relcl|Tense=Past|VerbForm=Fin on|ADP|14:case "
         "Thursday|PROPN|12:obl .|PUNCT|2:punct"],
        "exercise", "actual", False, "2021-10-04/2021-10-07",
    ),
    (  # what was done has begun
        ["Oslo|PROPN|2:nsubj agreed|VERB|0:root|Tense=Past|VerbForm=Fin to|PART|4:mark pay|VERB|2:xcomp|VerbForm=Inf "
         "by|ADP|6:case 2030|NUM|2:obl .|PUNCT|2:punct"],
        "agreed", "actual", False, None,
    ),
    (
        ["Rates|NOUN|3:nsubj have|AUX|3:aux doubled|VERB|0:root|Tense=Past since|ADP|7:case the|DET|7:det "
         "1974|NUM|7:nummod coup|NOUN|3:obl .|PUNCT|3:punct"],
        "coup", "actual", True, "1974",
    ),
    (  # nothing is dated by default
        ["Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past|VerbForm=Fin ministers|NOUN|2:obj .|PUNCT|2:punct"],
        "met", "actual", False, None,
    ),
    (  # a vague reference is no date
        ["Envoys|NOUN|3:nsubj recently|ADV|3:advmod met|VERB|0:root|Tense=Past|VerbForm=Fin "
         "ministers|NOUN|3:obj .|PUNCT|3:punct"],
        "met", "actual", False, None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentences", "trigger", "status", "background", "days"), CASES)
def test_days(sentences: list[str], trigger: str, status: str, background: bool, days: str | None) -> None:
    time = dated(reading(sentences), trigger, status, background)
    assert (time.edtf if time else None) == days


def test_a_visit_that_is_on_ends_on_a_day_to_come() -> None:
    read = reading(
        [
            "He|PRON|3:nsubj will|AUX|3:aux leave|VERB|0:root|VerbForm=Inf Oslo|PROPN|3:obj on|ADP|6:case "
            "Friday|PROPN|3:obl after|ADP|12:case a|DET|12:det three|NUM|11:nummod -|PUNCT|11:punct "
            "day|NOUN|12:compound visit|NOUN|3:obl .|PUNCT|3:punct"
        ]
    )
    time = dated(read, "visit", when=(5, 6))
    assert time is not None and time.edtf == "2021-10-06/2021-10-08"


LEAD = (
    "Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past|VerbForm=Fin ministers|NOUN|2:obj on|ADP|5:case "
    "Thursday|PROPN|2:obl .|PUNCT|2:punct"
)
THEN = (
    "They|PRON|2:nsubj urged|VERB|0:root|Tense=Past|VerbForm=Fin Moscow|PROPN|2:obj to|PART|5:mark "
    "yield|VERB|2:xcomp|VerbForm=Inf .|PUNCT|2:punct"
)


def test_what_is_told_on_takes_the_day_before_it_and_says_so() -> None:
    time = dated(reading([LEAD, THEN], events=[mention("REQUEST", 7)]), "urged")
    assert time is not None
    assert (time.edtf, time.basis, time.anchor) == ("2021-10-07", "inherited", "2021-10-07")
    assert time.phrase is not None


def test_history_takes_no_day_of_the_news() -> None:
    assert dated(reading([LEAD, THEN]), "urged", background=True) is None


def test_the_words_that_the_caller_names_decide() -> None:
    read = reading(
        [
            "Troops|NOUN|2:nsubj left|VERB|0:root|Tense=Past|VerbForm=Fin on|ADP|4:case "
            "Monday|PROPN|2:obl and|CCONJ|6:cc "
            "returned|VERB|2:conj|Tense=Past|VerbForm=Fin on|ADP|8:case Wednesday|PROPN|6:obl .|PUNCT|2:punct"
        ]
    )
    time = dated(read, "returned", when=(2, 4))
    assert time is not None
    assert time.edtf == "2021-10-04"
    assert read.text[slice(*(time.phrase or (0, 0)))] == "Monday"


def test_the_day_beside_another_event_needs_to_be_named() -> None:
    read = reading(
        [
            "He|PRON|2:nsubj resigned|VERB|0:root|Tense=Past|VerbForm=Fin Wednesday|PROPN|2:obl "
            "one|NUM|5:nummod day|NOUN|8:obl "
            "after|SCONJ|8:mark he|PRON|8:nsubj handed|VERB|2:advcl|Tense=Past|VerbForm=Fin "
            "over|ADP|8:compound:prt .|PUNCT|2:punct"
        ]
    )
    time = dated(read, "handed", when=(3, 6))
    assert time is not None
    assert time.edtf == "2021-10-05"
    unnamed = dated(read, "resigned")
    assert unnamed is not None
    assert unnamed.edtf == "2021-10-06"


def test_a_reading_that_names_no_words_lowers_the_odds() -> None:
    weights = attachment.weights()
    assert weights["none named"] > 0
    assert weights["named"] > 0


def test_without_a_document_date_nothing_relative_is_dated() -> None:
    assert dated(reading([LEAD]), "met", day=None) is None
    read = reading(
        [
            "Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past|VerbForm=Fin in|ADP|4:case 2014|NUM|2:obl "
            ".|PUNCT|2:punct"
        ]
    )
    time = dated(read, "met", background=True, day=None)
    assert time is not None
    assert (time.edtf, time.basis, time.anchor) == ("2014", "explicit", None)


def test_the_record_keeps_phrase_anchor_and_other_readings() -> None:
    read = reading([LEAD])
    timexes = tuple(find(read.text, document_date=THURSDAY, reading=read))
    time = date_event(draft(read, timexes=timexes), (1, 2), None, "actual", False)
    assert time is not None
    assert time.model_dump() == {
        "edtf": "2021-10-07",
        "phrase": (24, 32),
        "anchor": "2021-10-07",
        "basis": "relative",
        "alternatives": ["2021-09-30", "2021-10-14"],
    }


def test_unknown_features_count_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment, "weights", lambda: {"known": 2.0})
    assert attachment.score({"known": 1.5, "unknown": 9.0}) == 3.0


def test_events_of_a_reading_tell_their_type() -> None:
    event: EventMention = mention("REQUEST", 7)
    with_type = dated(reading([LEAD, THEN], events=[event]), "urged")
    assert with_type is not None
    assert with_type.basis == "inherited"


# Envoys said on Thursday that … / Envoys said … : whether the event goes on with what the day was told of.
SAID = (
    "Envoys|NOUN|2:nsubj said|VERB|0:root|Tense=Past|VerbForm=Fin so|ADV|2:advmod on|ADP|5:case "
    "Thursday|PROPN|2:obl .|PUNCT|2:punct"
)


@pytest.mark.parametrize(
    ("first", "then", "features"),
    [
        (
            SAID,
            "Envoys|NOUN|2:nsubj warned|VERB|0:root Moscow|PROPN|2:obj",
            {"told", "told on", "same subject"},
        ),
        (SAID, "They|PRON|2:nsubj marched|VERB|0:root home|ADV|2:advmod", {"told", "pronoun"}),
        (LEAD, "Envoys|NOUN|2:nsubj marched|VERB|0:root home|ADV|2:advmod", {"same subject"}),
        (LEAD, "Moscow|PROPN|2:nsubj marched|VERB|0:root home|ADV|2:advmod", set()),
    ],
    ids=["told on", "pronoun", "same subject", "another"],
)
def test_what_a_day_was_told_of(first: str, then: str, features: set[str]) -> None:
    read = reading([first, then])
    told = Mention(7, "actual", False, "ACCUSE")
    assert {
        name for name in ("told", "told on", "same subject", "pronoun") if before(read, told).get(name)
    } == features


def before(read: Reading, told: Mention) -> dict[str, float]:
    """The features of the one expression of the lead, a day of the news, by their bare names."""
    (each,) = (dated_by(read, timex) for timex in find(read.text, document_date=THURSDAY, reading=read))
    assert each is not None
    start = int(read.starts[read.sentence(told.word)[0]])
    found = elsewhere(read, told, each, scene([each], [], start, THURSDAY))
    return {name.removeprefix("before news "): value for name, value in found.items()}


SIR = (
    "Sir|PROPN|2:compound Reed|PROPN|3:nsubj warned|VERB|0:root|Tense=Past Oslo|PROPN|3:obj on|ADP|6:case "
    "Thursday|PROPN|3:obl"
)


@pytest.mark.parametrize(
    ("then", "features"),
    [
        ("Reed|PROPN|2:nsubj urged|VERB|0:root|Tense=Past talks|NOUN|2:obj",
         {"agent = main", "any = any", "known name"}),
        ("He|PRON|2:nsubj urged|VERB|0:root|Tense=Past talks|NOUN|2:obj",
         {"agent = main", "any = any", "goes on"}),
        ("Berg|PROPN|3:nsubj also|ADV|3:advmod urged|VERB|0:root|Tense=Past talks|NOUN|3:obj",
         {"apart", "new name", "also"}),
        ("The|DET|2:det report|NOUN|3:nsubj urged|VERB|0:root|Tense=Past talks|NOUN|3:obj",
         {"apart", "new noun", "text"}),
    ],
    ids=["the same", "a pronoun", "another", "a text"],
)  # fmt: skip
def test_who_goes_on(then: str, features: set[str]) -> None:
    read = reading([SIR, then])
    words = [read.word(i) for i in range(len(read))]
    found = before(read, Mention(words.index("urged"), "actual", False, "REQUEST"))
    asked = (
        "agent = main",
        "any = any",
        "apart",
        "known name",
        "new name",
        "new noun",
        "goes on",
        "also",
        "text",
    )
    assert {name for name in asked if found.get(name)} == features


def test_one_voice_fills_the_story() -> None:
    again = "Reed|PROPN|2:nsubj urged|VERB|0:root|Tense=Past talks|NOUN|2:obj"
    other = "Berg|PROPN|2:nsubj left|VERB|0:root|Tense=Past"
    story = story_of(reading([SIR, again, other]))
    assert story.kinds == ["name", "name", "name"]
    assert story.about(frozenset(("reed",))) == pytest.approx(2 / 3)
    assert story.about(frozenset()) == 0


def test_who_speaks_is_found_around_and_above_a_word() -> None:
    said = "Reed|PROPN|2:nsubj said|VERB|0:root|Tense=Past envoys|NOUN|4:nsubj met|VERB|2:ccomp|Tense=Past"
    story = story_of(reading([said], attributions=[Attribution(((0, 1),), ((1, 2),), ((2, 4),), 0.9)]))
    assert (story.speaker(3), story.agent(3)) == (frozenset(("reed",)), frozenset(("envoys",)))
    assert story.speaker(1) == frozenset()


def test_days_told_twice_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    lone = "Envoys|NOUN|2:nsubj met|VERB|0:root|Tense=Past on|ADP|4:case Monday|PROPN|2:obl"
    twice = "Oslo|PROPN|2:nsubj agreed|VERB|0:root|Tense=Past Wednesday|PROPN|2:obl"
    last = "Talks|NOUN|2:nsubj failed|VERB|0:root|Tense=Past"
    read = reading([lone, twice, twice, last])
    monkeypatch.setattr(attachment, "score", lambda features: 0.5 * ("none" in features))
    time = dated(read, "failed")
    assert time is not None
    assert (time.edtf, time.basis) == ("2021-10-06", "inherited")
    monkeypatch.setattr(attachment, "score", lambda features: 0.8 * ("none" in features))
    assert dated(read, "failed") is None


def test_a_day_that_the_reading_names_counts_before_the_year_beside_the_deed() -> None:
    told = (
        "Rebels|NOUN|2:nsubj struck|VERB|0:root|Tense=Past|VerbForm=Fin on|ADP|4:case March|PROPN|2:obl "
        "3|NUM|4:nummod ,|PUNCT|7:punct 2014|NUM|4:nummod .|PUNCT|2:punct"
    )
    again = "The|DET|3:det 2014|NUM|3:nummod coup|NOUN|4:nsubj failed|VERB|0:root|Tense=Past .|PUNCT|4:punct"
    days = {
        when: dated(
            reading([told, again], events=[mention("COERCE", 10, when=when)]), "coup", "actual", True, when
        )
        for when in ((3, 7), (9, 10))
    }
    assert [time.edtf if time else None for time in days.values()] == ["2014-03-03", "2014"]
