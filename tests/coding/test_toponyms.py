"""Place names: the gazetteer, and which place a name means in its document."""

from __future__ import annotations

import pytest

from onrecord.coding.places.gazetteer import fold, gazetteer
from onrecord.coding.places.toponyms import Toponyms, state_of

COUNTRIES = {"canada": "CAN", "egypt": "EGY", "ukraine": "UKR", "georgia": "GEO", "russia": "RUS"}


def locate(text: str) -> list[tuple[str, str] | None]:
    """(country, region) of the names in square brackets."""
    names = []
    plain = text.replace("[", "").replace("]", "")
    place = 0
    for part in text.split("[")[1:]:
        name = part.partition("]")[0]
        place = plain.index(name, place)
        names.append((name, place))
        place += len(name)
    spots = Toponyms(gazetteer(), lambda name: COUNTRIES.get(fold(name))).locate(names)
    return [spot and (spot.country, spot.region) for spot in spots]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("St. Louis", "saint louis"),
        ("Île-de-France", "ile de france"),
        ("N'Djamena", "ndjamena"),
        (" Kyiv ", "kyiv"),
    ],
)
def test_names_are_compared_without_accents_and_signs(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_the_gazetteer_gives_the_most_populous_first() -> None:
    found = gazetteer().lookup("Alexandria")
    assert found[0].country == "EGY"
    assert {"EGY", "USA"} <= {each.country for each in found}
    assert [each.population for each in found] == sorted((each.population for each in found), reverse=True)
    assert gazetteer().lookup("") == gazetteer().lookup("No Such Place Anywhere") == []


def test_a_country_has_an_id_and_no_point() -> None:
    country = gazetteer().country("UKR")
    assert country is not None
    assert (country.name, country.kind, country.latitude, country.geonames) == (
        "Ukraine",
        "country",
        None,
        690791,
    )
    assert gazetteer().country("XYZ") is None


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[Alexandria], [Egypt]", [("EGY", ""), ("EGY", "")]),
        ("[London], [Ontario]", [("CAN", "Ontario"), ("CAN", "Ontario")]),
        ("[Columbus] and [Cleveland] in [Ohio]", [("USA", "Ohio")] * 3),
        ("[Nowhereville Heights]", [None]),
    ],
)
def test_context_settles_a_name(text: str, places: list[tuple[str, str] | None]) -> None:
    assert locate(text) == places


def test_a_country_and_a_region_of_one_name_follow_their_company() -> None:
    assert locate("[Georgia] and [Russia]")[0] == ("GEO", "")
    assert locate("[Atlanta], [Georgia], near [Savannah] and [Macon]")[1] == ("USA", "Georgia")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Fla.", "Florida"),
        ("W.Va.", "West Virginia"),
        ("N. C.", "North Carolina"),
        ("Fla", None),
        ("St.", None),
    ],
)
def test_abbreviated_states(name: str, state: str | None) -> None:
    assert state_of(name) == state
