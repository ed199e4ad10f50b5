"""Who acts: sectors, states with their names, places, organs and parties, organisations, armed groups,
leaders.

Tables are named tuples in the order of their files, parsed once and kept. Cells that list names have `|`
between them; `load.names` splits them. Data: `data/names` (ours), `data/petrarch` (MIT), `data/share_alike`
(CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from onrecord.vocabulary.load import VocabularyError, build, keyed, names, pick, table, tree

FILES = (
    "data/ontology/sectors.yaml", "data/names/states.csv", "data/names/places.csv", "data/names/bodies.csv",
    "data/names/groups.csv", "data/names/people.csv", "data/petrarch/organisations.csv", "data/petrarch/groups.csv",
    "data/share_alike/leaders.csv", "data/names/offices.csv", "data/names/regions.csv",
)  # fmt: skip
"""All tables of this module, relative to the package."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of actor within a country, with its code in PLOVER and in CAMEO."""

    code: str
    label: str
    meaning: str
    example: str
    warning: str
    plover: str
    cameo: str = ""


class State(NamedTuple):
    """A state or territory. `code` is ISO 3166-1 alpha-3 (XKX for Kosovo; YUG, CSK for the dissolved
    federations).

    `status`: member or observer of the United Nations, partial (partly recognised), territory (of
    `parent`), historic, none (Antarctica). `ambiguous` lists names of the row that mean something else at
    least as often.
    """

    code: str
    alpha2: str
    name: str
    aliases: str
    adjectives: str
    people: str
    capitals: str
    status: str
    parent: str
    ambiguous: str
    note: str


class Place(NamedTuple):
    """A region or city and the state it lies in; kind `none` and no code: a phrase that names no state
    though a word in it does (the South China Sea).
    """

    name: str
    code: str
    kind: str


class Body(NamedTuple):
    """An organ, party, outlet, civil body or firm, or a seat that stands for a power (kind `seat`: the
    Kremlin).

    `weak` is "yes" for a name that other states have too: it counts only where the text names its state.
    """

    name: str
    code: str
    sector: str
    kind: str
    weak: str
    note: str


class Organisation(NamedTuple):
    """An international organisation or an organ of one. Its acts are coded under `actor` (UNSC: UN)."""

    code: str
    actor: str
    sector: str
    name: str
    aliases: str
    cameo: str
    plover: str
    basis: str


class Group(NamedTuple):
    """An armed group as onrecord codes it: its country's code, or a name of its own where `scope` is
    transnational.
    """

    name: str
    code: str
    sector: str
    scope: str


class GroupEntry(NamedTuple):
    """An armed group of the Petrarch2 dictionary (state of 2013), `code` is CAMEO's; `country` may be
    empty.
    """

    code: str
    name: str
    aliases: str
    country: str


class Leader(NamedTuple):
    """One term of a head of state or government, foreign minister or party leader; dates are EDTF.

    No `to` means in office when the source was last updated (`last_seen`), not still in office.
    """

    state_code: str
    name: str
    role: str
    from_: str
    to: str
    title: str
    in_office_when_last_seen: str
    aliases: str
    wikidata: str
    basis: str


class Person(NamedTuple):
    """One term of another well-known person: heads of organisations, ministers, opposition and rebel
    leaders.
    """

    name: str
    code: str
    sector: str
    role: str
    from_: str
    to: str
    aliases: str


class Office(NamedTuple):
    """An office, organ or form of state by its noun: the only states that have it, or some that never have.

    Codes as the tables of states have them, also of states that had it within the last fifty years.
    """

    noun: str
    only: str
    never: str


class Region(NamedTuple):
    """A region by its adjective, and the states that "the [region] country" can mean."""

    region: str
    codes: str


STATUSES = ("member", "observer", "partial", "territory", "historic", "none")


@cache
def sectors() -> Mapping[str, Sector]:
    """The sectors by code."""
    path = "ontology/sectors.yaml"
    found = [build(Sector, raw, f"{path}, {raw.get('code')}") for raw in tree(path)["sectors"]]
    return MappingProxyType(keyed(found, "code", path))


def sector(code: str) -> Sector:
    """The sector `code` (as `DIP`); UnknownTermError if there is none."""
    return pick(sectors(), code, "sector")


@cache
def states() -> Mapping[str, State]:
    """States and territories by code."""
    path = "names/states.csv"
    found = keyed(table(path, State), "code", path)
    for each in found.values():
        if each.status not in STATUSES or (each.status == "territory") != bool(each.parent):
            raise VocabularyError(f"{path}, {each.code}: status {each.status!r} with parent {each.parent!r}")
    return MappingProxyType(found)


def state(code: str) -> State:
    """The state `code` (as `CZE`); UnknownTermError if there is none."""
    return pick(states(), code, "state")


def forms(each: State) -> Iterator[tuple[str, str]]:
    """Every name of a state with its kind: name, adjective, people, capital."""
    yield each.name, "name"
    for cell, kind in (
        (each.aliases, "name"),
        (each.adjectives, "adjective"),
        (each.people, "people"),
        (each.capitals, "capital"),
    ):
        for name in names(cell):
            yield name, kind


def country_of(name: str) -> str | None:
    """The code of the state that a name, adjective or word for its people stands for; capitals do not
    count.
    """
    return _countries().get(fold(name))


@cache
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in states().values():
        for name, kind in forms(each):
            if kind != "capital":
                found.setdefault(fold(name), each.code)
    # "Congo" and "Congolese" alone mean the larger of the two, "Korean" the South (see the notes of the
    # rows).
    found.update(congolese="COD", dominican="DOM", dominicans="DOM")
    return MappingProxyType(found)


def fold(name: str) -> str:
    """A name as it is compared: no accents, small letters, one kind of apostrophe and hyphen, single
    spaces.
    """
    if not name.isascii():
        import unicodedata

        name = name.translate(_SIGNS)
        name = "".join(
            sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)
        )
    return " ".join(name.casefold().split())


_SIGNS = {0x2018: "'", 0x2019: "'", 0x60: "'", 0xB4: "'", 0x2010: "-", 0x2011: "-", 0xD8: "O", 0xF8: "o",
          0x131: "i", 0x141: "L", 0x142: "l", 0x110: "D", 0x111: "d", 0xDF: "ss", 0xC6: "Ae", 0xE6: "ae"}  # fmt: skip


@cache
def places() -> tuple[Place, ...]:
    """Regions and cities, and phrases that only look like a state."""
    return tuple(table("names/places.csv", Place))


@cache
def bodies() -> tuple[Body, ...]:
    """Seats, organs, parties, outlets, civil bodies and firms."""
    return tuple(table("names/bodies.csv", Body))


@cache
def organisations() -> Mapping[str, Organisation]:
    """International organisations by code."""
    path = "petrarch/organisations.csv"
    return MappingProxyType(keyed(table(path, Organisation), "code", path))


def organisation(code: str) -> Organisation:
    """The organisation `code` (as `OSCE`); UnknownTermError if there is none."""
    return pick(organisations(), code, "organisation")


@cache
def groups() -> tuple[Group, ...]:
    """Armed groups under the code onrecord gives them."""
    return tuple(table("names/groups.csv", Group))


@cache
def group_entries() -> tuple[GroupEntry, ...]:
    """Armed groups of the Petrarch2 dictionary."""
    return tuple(table("petrarch/groups.csv", GroupEntry))


@cache
def leaders() -> tuple[Leader, ...]:
    """Terms of heads of state and government, foreign ministers and party leaders."""
    return tuple(table("share_alike/leaders.csv", Leader))


@cache
def people() -> tuple[Person, ...]:
    """Terms of other well-known people."""
    return tuple(table("names/people.csv", Person))


@cache
def offices() -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """The states that alone have what a noun says, and those that never have: "pope", "king", "prime minister"."""
    found = {
        each.noun: (frozenset(names(each.only)), frozenset(names(each.never)))
        for each in table("names/offices.csv", Office)
    }
    return MappingProxyType(found)


@cache
def regions() -> Mapping[tuple[str, ...], frozenset[str]]:
    """The states of a region by the words of its adjective in small letters."""
    found = {
        tuple(each.region.casefold().split()): frozenset(names(each.codes))
        for each in table("names/regions.csv", Region)
    }
    return MappingProxyType(found)
