"""Names: every state complete, every code known, no name of two states by accident."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from onrecord import vocabulary
from onrecord.vocabulary.actors import fold, forms
from onrecord.vocabulary.load import names

EDTF = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
# Codes that are no state: organisations under which an organ acts, groups across borders, and civil bodies
# of no one country.
OTHER = {"ICRC", "REDCROSS", "ICG", "TIBET", "QUARTET", "WIKILEAKS", "FIFA", "IOC"}


def test_all_states_are_there() -> None:
    states = vocabulary.states()
    assert sum(each.status == "member" for each in states.values()) == 193
    assert {"XKX", "TWN", "PSE", "VAT", "HKG", "ESH"} <= set(states)
    for each in states.values():
        assert re.fullmatch(r"[A-Z]{3}", each.code) and re.fullmatch(r"([A-Z]{2})?", each.alpha2)
        assert not each.parent or each.parent in states


def test_every_member_has_adjective_people_and_capital() -> None:
    lacking = [
        each.code
        for each in vocabulary.states().values()
        if each.status == "member" and not (each.adjectives and each.people and each.capitals)
    ]
    # Dominica leaves its words to the Dominican Republic.
    assert lacking == ["DMA"]


def test_the_names_of_babel_are_among_ours() -> None:
    territories = Locale("en").territories
    for each in vocabulary.states().values():
        theirs = territories.get(each.alpha2)
        if theirs:
            ours = {fold(name) for name, _ in forms(each)}
            plain = fold(re.sub(r" \(.*\)$", "", theirs).replace(" & ", " and "))
            assert plain in ours or fold(theirs) in ours, (each.code, theirs)


def test_a_name_belongs_to_one_state() -> None:
    """Except words that two states do share, which stand with the one that they mean alone."""
    seen: dict[str, str] = {}
    shared = set()
    for each in vocabulary.states().values():
        for name, _ in forms(each):
            if name in names(each.ambiguous):
                continue
            if seen.setdefault(fold(name), each.code) != each.code:
                shared.add(fold(name))
    assert shared == {"congolese"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Côte d’Ivoire", "CIV"),
        ("CZECHIA", "CZE"),
        ("the Netherlands", "NLD"),
        ("Danes", "DNK"),
        ("Frenchmen", "FRA"),
        ("Filipinas", "PHL"),
        ("Congolese", "COD"),
        ("Korean", "KOR"),
        ("North Koreans", "PRK"),
        ("U.S.", "USA"),
        ("Soviet", "RUS"),
        ("Türkiye", "TUR"),
        ("Prague", None),
        ("Narnia", None),
    ],
)
def test_country_of(name: str, code: str | None) -> None:
    assert vocabulary.country_of(name) == code


def test_codes_are_known() -> None:
    known = set(vocabulary.states()) | {each.actor for each in vocabulary.organisations().values()} | OTHER
    known |= {each.code for each in vocabulary.groups() if each.scope == "transnational"}
    sectors = set(vocabulary.sectors())
    assert {each.code for each in vocabulary.bodies()} <= known
    assert {each.code for each in vocabulary.people()} <= known
    assert {each.code for each in vocabulary.groups()} <= known
    assert {each.code for each in vocabulary.places()} <= known | {""}
    assert {each.country for each in vocabulary.group_entries()} <= known | {""}
    assert {each.state_code for each in vocabulary.leaders()} <= known
    for table in (vocabulary.bodies(), vocabulary.people(), vocabulary.groups()):
        assert {each.sector for each in table} <= sectors
    assert {each.sector for each in vocabulary.organisations().values()} <= sectors


@pytest.mark.parametrize("table", ["places", "groups"])
def test_no_name_stands_twice(table: str) -> None:
    folded = [fold(each.name) for each in getattr(vocabulary, table)()]
    assert sorted(set(folded)) == sorted(folded)


def test_bodies_share_a_name_only_where_it_is_weak() -> None:
    seen: dict[str, list[str]] = {}
    for body in vocabulary.bodies():
        seen.setdefault(fold(body.name), []).append(body.code)
        assert body.weak in ("", "yes"), body
    for body in vocabulary.bodies():
        codes = seen[fold(body.name)]
        assert len(codes) == len(set(codes)) and (len(codes) == 1 or body.weak), body


def test_terms_of_office_are_dates_in_order() -> None:
    terms = [(each.name, each.from_, each.to) for each in vocabulary.leaders()]
    terms += [(each.name, each.from_, each.to) for each in vocabulary.people()]
    for name, first, last in terms:
        assert EDTF.fullmatch(first) and EDTF.fullmatch(last), name
        size = min(len(first), len(last))
        assert first[:size] <= last[:size], name


def test_organs_act_under_their_organisation() -> None:
    actors = {code: vocabulary.organisation(code).actor for code in ("UNSC", "EUCOM", "NAC", "KFOR", "UNHCR")}
    assert actors == {"UNSC": "UN", "EUCOM": "EU", "NAC": "NATO", "KFOR": "NATO", "UNHCR": "UN"}
    assert all(each.actor for each in vocabulary.organisations().values())


@pytest.mark.parametrize(
    ("seat", "code", "sector"),
    [
        ("Kremlin", "RUS", "GOV"),
        ("Downing Street", "GBR", "GOV"),
        ("White House", "USA", "GOV"),
        ("Pentagon", "USA", "MIL"),
        ("Capitol Hill", "USA", "LEG"),
    ],
)
def test_seats_stand_for_powers(seat: str, code: str, sector: str) -> None:
    found = {each.name: each for each in vocabulary.bodies()}[seat]
    assert (found.code, found.sector, found.kind) == (code, sector, "seat")
