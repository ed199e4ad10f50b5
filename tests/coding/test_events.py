"""Event records from mentions: parties and direction, status, background, holders."""

from __future__ import annotations

import pytest

from onrecord.coding import events
from onrecord.coding.claims import holders
from onrecord.coding.draft import Draft
from onrecord.model.records import Claim, Event, Time
from onrecord.reading.types import EventMention
from tests.coding.coded import coded as coded_text
from tests.coding.coded import needs_model
from tests.coding.readings import draft, mention, reading

# Officials in Prague said on Tuesday that Ministers of Poland and Spain met envoys of Russia .
SENTENCE = (
    "Officials|NOUN|4:nsubj in|ADP|3:case Prague|PROPN|1:nmod said|VERB|0:root on|ADP|6:case "
    "Tuesday|PROPN|4:obl:tmod that|SCONJ|13:mark Ministers|NOUN|13:nsubj of|ADP|10:case Poland|PROPN|8:nmod "
    "and|CCONJ|12:cc Spain|PROPN|8:conj met|VERB|4:ccomp envoys|NOUN|13:obj "
    "of|ADP|16:case Russia|PROPN|14:nmod .|PUNCT|4:punct"
)
MET, MINISTERS, ENVOYS, OFFICIALS = 12, (7, 12), (13, 16), (0, 3)
TABLE: dict[str, str | None] = {
    "Ministers of Poland": "POL",
    "Spain": "ESP",
    "envoys of Russia": "RUS",
    "Officials in Prague": "CZE",
}


def coded(*mentions: EventMention, **given: object) -> Draft:
    """The draft of the sentence after the event stage."""
    made = draft(reading([SENTENCE], mentions), TABLE, **given)  # type: ignore[arg-type]
    events.code(made)
    return made


def parties(made: Draft, event: Event) -> tuple[list[str | None], list[str | None]]:
    return [made.code_of(each) for each in event.actors], [made.code_of(each) for each in event.recipients]


@pytest.mark.parametrize(
    ("kind", "mode", "actors", "recipients"),
    [
        ("CONSULT", None, ["POL", "ESP", "RUS"], []),
        ("CONSULT", "visit", ["POL", "ESP"], ["RUS"]),
        ("ACCUSE", "disapprove", ["POL", "ESP"], ["RUS"]),
    ],
)
def test_who_stands_on_which_side(
    kind: str, mode: str | None, actors: list[str], recipients: list[str]
) -> None:
    made = coded(mention(kind, MET, mode, actor=MINISTERS, recipient=ENVOYS))
    (event,) = made.events
    assert parties(made, event) == (actors, recipients)


def test_a_visit_of_several_parties_without_a_host_is_a_meeting() -> None:
    made = coded(mention("CONSULT", MET, "visit", actor=[OFFICIALS, ENVOYS]))
    (event,) = made.events
    assert (event.mode, *parties(made, event)) == (None, ["CZE", "RUS"], [])


@pytest.mark.parametrize(
    ("second", "word", "recipients"),
    [
        ("Chad|PROPN|2:nsubj refused|VERB|0:root .|PUNCT|2:punct", 6, ["NOR"]),
        ("Peru|PROPN|2:nsubj refused|VERB|0:root .|PUNCT|2:punct", 6, []),
        ("Chad|PROPN|2:nsubj denied|VERB|0:root .|PUNCT|2:punct", 6, []),
    ],
)
def test_who_refuses_refuses_who_asked(second: str, word: int, recipients: list[str]) -> None:
    first = "Norway|PROPN|2:nsubj urged|VERB|0:root Chad|PROPN|2:obj to|PART|5:mark sign|VERB|2:xcomp"
    mentions = mention("REQUEST", 1, actor=(0, 1), recipient=(2, 3)), mention("REJECT", word, actor=(5, 6))
    made = draft(reading([first, second], mentions), {"Norway": "NOR", "Chad": "TCD", "Peru": "PER"})
    events.code(made)
    assert parties(made, made.events[1])[1] == recipients


@needs_model
def test_a_state_that_denies_a_deed_of_its_own_people_does_not_reject_them() -> None:
    made = coded_text("The Turkish foreign ministry denied that Turkish soldiers had crossed the border.")
    codes = {actor.id: actor.code for actor in made.actors}
    sides = [(each.actors, each.recipients) for each in made.events if each.type == "REJECT"]
    assert [([codes[a] for a in actors], recipients) for actors, recipients in sides] == [(["TUR"], [])]


def test_words_that_name_nobody_make_no_party() -> None:
    made = coded(mention("ACCUSE", MET, actor=(3, 4), recipient=ENVOYS))
    assert parties(made, made.events[0]) == ([], ["RUS"])
    assert [actor.code for actor in made.actors] == ["RUS"]


def test_every_event_has_its_trigger_and_its_clause() -> None:
    made = coded(mention("CONSULT", MET, actor=MINISTERS, recipient=ENVOYS))
    (event,) = made.events
    assert made.document.words(event.trigger) == "met"
    assert [made.document.words(span) for span in event.evidence] == [
        "Ministers of Poland and Spain met envoys of Russia"
    ]
    assert coded().events == []


def test_a_title_only_repeats_the_body() -> None:
    title, body = mention("CONSULT", 1), mention("CONSULT", 5)
    read = reading(
        [
            "Ministers|NOUN|2:nsubj meet|VERB|0:root",
            "",
            "Two|NUM|2:nummod ministers|NOUN|4:nsubj have|AUX|4:aux met|VERB|0:root .|PUNCT|4:punct",
        ],
        [title, body],
    )
    made = draft(read, sections={"title": (0, 14), "body": (16, len(read.text))})
    events.code(made)
    assert [event.trigger for event in made.events] == [read.span(5, 6)]

    headline = reading(["Ministers|NOUN|2:nsubj meet|VERB|0:root"], [title])
    alone = draft(headline, sections={"title": (0, 14)})
    events.code(alone)
    assert [event.trigger for event in alone.events] == [headline.span(1, 2)]


@pytest.mark.parametrize(
    ("time", "head", "background"),
    [
        (None, 0.1, False),
        (None, 0.9, True),
        (Time(edtf="2021-10-06"), 0.9, False),
        (Time(edtf="2021-09-29"), 0.1, True),
        (Time(edtf="2014"), 0.1, True),
        (Time(edtf="2021"), 0.9, True),
        (Time(edtf="2021-10-20"), 0.9, False),
        (Time(edtf="2021-10-06", basis="default"), 0.9, True),
    ],
    ids=str,
)
def test_background_goes_by_the_stated_date_before_the_head(
    time: Time | None, head: float, background: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Draft, "time_for", lambda *_, **__: time)
    made = coded(mention("CONSULT", MET, background=head))
    assert made.events[0].background is background


def test_a_named_source_without_a_claim_gets_one() -> None:
    made = coded(mention("CONSULT", MET, source=OFFICIALS))
    holders.code(made)
    (claim,) = made.claims
    assert made.events[0].claims == [claim.id]
    assert claim.about == ["e1"]
    assert made.code_of(claim.holder) == "CZE"
    assert claim.stance == "asserts"


def test_the_claim_that_covers_the_event_is_taken() -> None:
    made = coded(mention("CONSULT", MET, source=OFFICIALS))
    holder = made.actor_for(OFFICIALS)
    made.claims.append(
        Claim(id=made.new_id("claim"), holder=holder, stance="asserts", content=[made.span((7, 16))])
    )
    holders.code(made)
    assert [claim.id for claim in made.claims] == ["c1"]
    assert made.events[0].claims == ["c1"]


def test_without_a_source_the_document_itself_asserts_it() -> None:
    made = coded(mention("CONSULT", MET))
    holders.code(made)
    assert made.events[0].claims == []
    assert made.claims == []


@pytest.mark.parametrize(
    ("stance", "by_actor", "claims"),
    [("accuses", False, ["c1"]), ("denies", False, ["c1"]), ("asserts", False, []), ("denies", True, [])],
)
def test_what_is_told_inside_an_accusation_is_never_on_the_documents_own_word(
    stance: str, by_actor: bool, claims: list[str]
) -> None:
    made = coded(mention("ASSAULT", MET, actor=MINISTERS, recipient=ENVOYS))
    holder = made.events[0].actors[0] if by_actor else made.actor_for(OFFICIALS)
    content = [made.span((7, 16))]
    made.claims.append(Claim(id=made.new_id("claim"), holder=holder, stance=stance, content=content))  # type: ignore[arg-type]
    holders.code(made)
    assert made.events[0].claims == claims
