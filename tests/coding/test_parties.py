"""Parties: words of a text to code, sector and kind, by a table; keys, roles and names; the user's own names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.coding.parties.names import index, key_of, own_names
from onrecord.coding.parties.resolver import Party, PartyResolver
from onrecord.model.problems import OnrecordError
from tests.coding.readings import draft, reading

CASES = yaml.safe_load(Path(__file__).with_name("parties.yaml").read_text(encoding="utf-8"))


def place(text: str, words: str) -> tuple[int, int]:
    """Code points of words, of their n-th occurrence where they end in "@n"."""
    words, _, number = words.partition("@")
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return places[int(number or 1) - 1]


def shown(party: Party | None) -> str:
    return "nobody" if party is None else f"{party.code or '?'} {party.sector or '?'} {party.kind}"


def resolve(text: str, words: str, day: date | None = None, actors: Path | None = None) -> Party | None:
    return PartyResolver.of_text(text, day, actors).resolve_span(*place(text, words))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_parties(case: dict[str, Any]) -> None:
    resolver = PartyResolver.of_text(case["text"], case["day"])
    found = {words: shown(resolver.resolve_span(*place(case["text"], words))) for words in case["parties"]}
    assert found == case["parties"]


INTRODUCED = (
    "Russian Foreign Minister Sergei Lavrov spoke in Moscow. Lavrov named Alexander Grushko, the deputy "
    "foreign minister. Grushko agreed. Russia said no more. A senior official shrugged. The Russian "
    "government was silent."
)


def test_mentions_of_one_party_share_a_key() -> None:
    resolver = PartyResolver.of_text(INTRODUCED, date(2021, 10, 6))

    def key(words: str) -> tuple[str, ...]:
        party = resolver.resolve_span(*place(INTRODUCED, words))
        assert party is not None
        return party.key

    assert key("Russian Foreign Minister Sergei Lavrov") == key("Lavrov@2")
    assert key("Alexander Grushko") == key("Grushko@2")
    assert key("Russia") == key("Moscow") == key("The Russian government")
    assert len({key("Lavrov@2"), key("Grushko@2"), key("Moscow"), key("A senior official")}) == 4


def test_a_person_has_name_role_and_wikidata() -> None:
    lavrov = resolve(INTRODUCED, "Lavrov@2", date(2021, 10, 6))
    assert lavrov is not None
    assert (lavrov.kind, lavrov.role, lavrov.wikidata, lavrov.anonymous) == (
        "person", "foreign minister", "Q58217", False,
    )  # fmt: skip
    grushko = resolve(INTRODUCED, "Grushko@2", date(2021, 10, 6))
    assert grushko is not None
    assert (grushko.name, grushko.role) == ("Alexander Grushko", "deputy foreign minister")
    official = resolve(INTRODUCED, "A senior official", date(2021, 10, 6))
    assert official is not None
    assert (official.anonymous, official.role) == (True, "senior official")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Blair spoke. Chad sang. It rained. It stopped. All went home. Blair slept.", None),
        ("Blair spoke. Britain sang. It rained. It stopped. All went home. Blair slept.", "GBR"),
        ("Tony Blair spoke. Chad sang. It rained. Cherie Blair ate. All went home. Blair slept.", "GBR"),
    ],
)
def test_a_surname_needs_its_state_in_a_longer_text(text: str, code: str | None) -> None:
    found = resolve(text, "Blair@2" if "Tony" not in text else "Blair@3", date(2005, 5, 4))
    known = found is not None and found.role == "head of government"
    assert (known, found.code if known and found else None) == (code is not None, code)


def test_two_nameless_officials_are_two() -> None:
    text = "A Greek official agreed. A Greek official disagreed. The Greek official left."
    resolver = PartyResolver.of_text(text, None)
    first, second = (resolver.resolve_span(*place(text, f"A Greek official@{n}")) for n in (1, 2))
    assert first is not None and second is not None
    assert first.key != second.key


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("French and Dutch voters said no.", "French and Dutch voters", ["FRA", "NLD"]),
        ("US-Iraqi forces moved.", "US-Iraqi forces", ["USA", "IRQ"]),
        ("They renewed the Nepal-India treaty.", "Nepal-India", ["NPL", "IND"]),
        ("A Sino-Australian agreement is near.", "Sino-Australian", ["CHN", "AUS"]),
        ("Norway met Chad. The two sides agreed.", "The two sides", ["NOR", "TCD"]),
        (
            "Norway met Chad. The leaders of both countries ate.",
            "The leaders of both countries",
            ["NOR", "TCD"],
        ),
        ("Norway and Chad met Peru. Chad left.", "Norway and Chad", ["NOR", "TCD"]),
        ("Officials in Norway and Chad met.", "Officials in Norway and Chad", ["NOR", "TCD"]),
        (
            "The US gave aid to Norway, Chad and Peru. The US sent teams to the three countries.",
            "the three countries",
            ["NOR", "TCD", "PER"],
        ),
        (
            "The envoys of Norway, Chad and Peru met.",
            "The envoys of Norway, Chad and Peru",
            ["NOR", "TCD", "PER"],
        ),
        ("The Norway-Chad commission met.", "The Norway-Chad commission", ["NOR", "TCD"]),
        ("North Korea sent food. The two Koreas met.", "The two Koreas", ["PRK", "KOR"]),
        ("Norwegian Red Cross workers met.", "Norwegian Red Cross workers", ["NOR"]),
        ("Norway met Chad. Two Chadian soldiers ate.", "Two Chadian soldiers", ["TCD"]),
        ("The British ambassador to France spoke.", "The British ambassador to France", ["GBR"]),
        (
            "Russia and Poland spoke. The three Baltic governments agreed.",
            "The three Baltic governments",
            ["EST", "LTU", "LVA"],
        ),
        ("The people of both Norway and Chad ate.", "The people of both Norway and Chad", ["NOR", "TCD"]),
        ("Norway wrote to Chad. Norway named two members of its staff.", "two members of its staff", ["NOR"]),
        ("They left.", "They", []),
    ],
)
def test_a_phrase_may_stand_for_several(text: str, words: str, codes: list[str]) -> None:
    resolver = PartyResolver.of_text(text, None)
    found = resolver.resolve_all(resolver.story.words_in(*place(text, words)))
    assert [party.code for party in found] == codes


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("The EU-Russia summit opened.", "summit", ["EU", "RUS"]),
        ("The EU and Russia held a summit.", "summit", []),
        ("North Korea left the six-party talks.", "talks", ["CHN", "JPN", "PRK", "RUS", "KOR", "USA"]),
        ("Norway left the six-party talks.", "talks", []),
    ],
)
def test_a_meeting_names_who_meets(text: str, words: str, codes: list[str]) -> None:
    resolver = PartyResolver.of_text(text, None)
    found = resolver.tied(resolver.story.words_in(*place(text, words)))
    assert [party.code for party, _ in found] == codes
    assert all(resolver.story.written(words) in ("six", party.name, party.code) for party, words in found)
    named = [party for party, _ in found if party.name in text]
    assert named == [resolver.resolve_span(*place(text, party.name)) for party in named]


# Lavrov met Kerry after he spoke .
TREE = (
    "Sergei|PROPN|3:nsubj Lavrov|PROPN|1:flat met|VERB|0:root John|PROPN|3:obj Kerry|PROPN|4:flat after|SCONJ|8:mark "
    "he|PRON|8:nsubj spoke|VERB|3:advcl .|PUNCT|3:punct"
)


def test_with_a_reading_its_words_and_people_are_used() -> None:
    read = reading([TREE], entities=[(0, 2, "PER"), (3, 5, "PER")])
    made = draft(read)
    resolver = PartyResolver(made.document, read)
    he = resolver.resolve((6, 7))
    assert he is not None
    assert (he.name, he.code) == (resolver.resolve((0, 2)).name, "RUS")  # type: ignore[union-attr]
    assert resolver.resolve((2, 2)) is None


def test_with_a_reading_a_capital_letter_makes_nobody() -> None:
    sentence = "Norway|PROPN|2:nsubj liked|VERB|0:root Gothic|PROPN|2:obj .|PUNCT|2:punct"
    read = reading([sentence])
    resolver = PartyResolver(draft(read).document, read)
    assert resolver.resolve((2, 3)) is None


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    path = tmp_path / "actors.csv"
    path.write_text(
        "name,code,kind,sector,wikidata,from,to\n"
        "Wagner,WAGNER,group,REB,Q1,2014,2023-08\n"
        "Kremlin,MOSCOW,organ,GOV,,,\n"
        "Black Cell,BCELL,group,REB,,,\n",
        encoding="utf-8",
    )
    return path


def test_the_users_names_win(actors: Path) -> None:
    text = "The Kremlin and Wagner met Black Cell."
    day = date(2022, 1, 1)
    found = [shown(resolve(text, words, day, actors)) for words in ("The Kremlin", "Wagner", "Black Cell")]
    assert found == ["MOSCOW GOV organ", "WAGNER REB group", "BCELL REB group"]
    wagner = resolve(text, "Wagner", day, actors)
    assert wagner is not None and wagner.wikidata == "Q1"


def test_a_users_name_holds_in_its_time_only(actors: Path) -> None:
    text = "Germany said Wagner was heard of."
    late = resolve(text, "Wagner", date(2025, 1, 1), actors)
    assert late is None or late.code != "WAGNER"
    assert shown(resolve("The Kremlin spoke.", "The Kremlin", None)) == "RUS GOV organ"


@pytest.mark.parametrize(
    ("rows", "line", "fault"),
    [
        ("name;code\nA;B\n", 1, "the header is name;code"),
        ("name,code,colour\nA,B,red\n", 1, "the header is"),
        ("name,code\nA,B\n,C\n", 3, "name or code is empty"),
        ("name,code\nA,B,C\n", 2, "more or fewer cells"),
        ("name,code,kind\nA,B,ship\n", 2, "kind 'ship' is none of person, state"),
        ("name,code,sector\nA,B,XXX\n", 2, "sector 'XXX' is none of GOV"),
        ("name,code,from\nA,B,soon\n", 2, "from 'soon' is no EDTF"),
    ],
)
def test_bad_rows_are_problems_with_their_line(tmp_path: Path, rows: str, line: int, fault: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(OnrecordError) as caught:
        own_names(path)
    assert caught.value.problem.code == "actors-file"
    assert caught.value.problem.where == f"{path}:{line}"
    assert fault in caught.value.problem.what


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError) as caught:
        own_names(tmp_path / "none.csv")
    assert caught.value.problem.code == "actors-file"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("al-Qaeda", ("al", "qaeda")),
        ("Côte d’Ivoire", ("cote", "d'ivoire")),
        ("U.S.", ("us",)),
        ("People's Republic of China", ("people", "'s", "republic", "of", "china")),
        ("Workers' Party", ("workers", "party")),
    ],
)
def test_names_are_compared_word_by_word(written: str, key: tuple[str, ...]) -> None:
    assert key_of(written) == key


def test_the_index_is_made_once_for_a_file(actors: Path) -> None:
    assert index() is index()
    assert index(actors) is index(actors)
