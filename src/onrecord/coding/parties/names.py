"""Names of those who act, in one index: states, seats, organs, organisations, groups, people, and the
user's own.

Names are compared word by word without regard to accents, hyphens and (mostly) letter case. People are
known by their full name, and by the surname alone only around their time in office; times are years with a
fraction.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.model.problems import OnrecordError
from onrecord.vocabulary import actors, load
from onrecord.vocabulary.actors import fold
from onrecord.vocabulary.kept import kept, source
from onrecord.vocabulary.load import names as parts

ACTOR_KINDS = ("person", "state", "organ", "igo", "mission", "unit", "group", "party", "outlet", "place")
COLUMNS = ("name", "code", "kind", "sector", "wikidata", "from", "to")

_OWN_KINDS = {"igo": "organisation", "mission": "organ", "unit": "organ", "group": "group"}
_ROLES = {"head_of_state": "head of state", "head_of_government": "head of government",
          "foreign_minister": "foreign minister", "party_leader": "party leader", "leader": "leader"}  # fmt: skip
# People of these states are called by their family name, which comes first, or by their given name.
_CALLED_BY_FIRST = frozenset("CHN TWN HKG MAC KOR PRK THA MYS ETH ERI LAO".split())
_TITLES = frozenset(
    "sir sheikh sheik prince princess king queen lord ratu dr ayatollah general crown".split()
)
_PARTICLES = frozenset("al el de da di du del dos van von der den la le bin ibn ben abu ul un san".split())
# What follows these is the father's name.
_FATHERS = frozenset(("bin", "ibn", "ben", "binti"))
# Family names that are words of English as well.
_WORDS = frozenset(
    "the no can win way key sun son don tin sol tax may mark major marshal king prince young long love "
    "black white green hill day hunt fox chance price justice bishop pope abbot dam cook baker page lord "
    "grant sen sim tun sr jr xvi xiv ii iii church independent bird banks ford stone wood holder speaker "
    "ali jean omar mohamed mohammed muhammad ahmed khan singh chen jr. sr.".split()
)
# Years by which a surname still counts before and after a term, and the length of a term whose end is not
# known.
AROUND = 0.6
_OPEN = 12.0


class Name(NamedTuple):
    """One thing that a name can mean; `first` and `last` (years) bound the time in which it does.

    `kind` is state, adjective, people, capital, place, none, seat, organ, party, outlet, civil, firm,
    organisation, group or person. An `upper` name counts in capitals only, a `weak` one only where the text
    names its state.
    """

    name: str
    code: str
    kind: str
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None
    first: float = -inf
    last: float = inf
    upper: bool = False
    weak: bool = False
    surname: bool = False
    own: bool = False

    def held_on(self, year: float | None, around: float = 0.0) -> bool:
        """Whether the name means this then, give or take `around` years; None fits every time."""
        return year is None or self.first - around <= year <= self.last + around


Key = tuple[str, ...]

_SPACES = {ord("."): None} | {ord(sign): " " for sign in "-/,()&"}


class NameIndex:
    """Names by their words; `match` gives those that begin at a word."""

    def __init__(self, table: Mapping[Key, list[tuple[Any, ...]]] | None = None) -> None:
        """``table``: that of an index made before (`plain`); its names are made when they are looked up."""
        self._plain = table or {}
        self._table: dict[Key, list[Name]] = {}
        self._lengths: dict[str, list[int]] = {}
        for key in self._plain:
            self._measure(key)

    def plain(self) -> dict[Key, list[tuple[Any, ...]]]:
        """The table in tuples."""
        return {key: [tuple(name) for name in names] for key, names in self._table.items()}

    def add(self, key: Key, name: Name) -> None:
        """Let a key mean `name`: the first stands, but people and weak names may share it; the user's own
        replaces all.
        """
        if not key:
            return
        known = self._known(key)
        if known is None:
            self._table[key] = [name]
            self._measure(key)
        elif name.own:
            known[:] = [each for each in known if each.own] + [name]
        elif not known[0].own and (name.kind == known[0].kind == "person" or (name.weak and known[0].weak)):
            known.append(name)

    def _measure(self, key: Key) -> None:
        """Know of how many words the names are that begin with a word."""
        lengths = self._lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def _known(self, key: Key) -> list[Name] | None:
        found = self._table.get(key)
        if found is None and key in self._plain:
            found = self._table[key] = [Name._make(each) for each in self._plain[key]]
        return found

    def match(self, words: Sequence[str], start: int) -> Iterator[tuple[int, list[Name]]]:
        """The names that begin at `words[start]`, longest first: length in words, and meanings."""
        for length in self._lengths.get(words[start], ()):
            found = self._known(tuple(words[start : start + length]))
            if found is not None and start + length <= len(words):
                yield length, found

    def get(self, written: str) -> list[Name]:
        """What a name means; nothing if it is unknown."""
        return list(self._known(key_of(written)) or ())


def key_of(written: str) -> Key:
    """The words of a name as they are compared."""
    folded = written.casefold() if written.isascii() else fold(written)
    if folded.isalpha():
        return (folded,)
    if "'" not in folded:
        return tuple(folded.translate(_SPACES).split())
    words = folded.replace("'s ", " 's ").translate(_SPACES).split()
    return tuple(word if word == "'s" else word.strip("'") for word in words)


def year_of(edtf: str, end: bool = False) -> float:
    """An EDTF day, month or year as a year with a fraction: its beginning, or its end."""
    year, month, day = (int(edtf[:4]), int(edtf[5:7] or 0), int(edtf[8:10] or 0))
    if not month:
        return year + (0.999 if end else 0.0)
    if not day:
        return year + (month - (0.01 if end else 1.0)) / 12
    return year + (month - 1 + (day - 1) / 31) / 12


@cache
def index(actors_file: Path | None = None) -> NameIndex:
    """The index of the tables, with the user's own names where a file is given. Made once for each file."""
    made = NameIndex(kept("names", _sources(), _shipped))
    if actors_file is not None:
        for name in own_names(actors_file):
            made.add(key_of(name.name), name)
    return made


def _sources() -> Iterator[bytes]:
    """All that the index of the tables rests on: the tables, and the code that reads and joins them."""
    yield from map(source, actors.FILES)
    for module in (__file__, actors.__file__, load.__file__):
        yield Path(module).read_bytes()


def _shipped() -> dict[Key, list[tuple[Any, ...]]]:
    """The index of the tables, in tuples."""
    made = NameIndex()
    for written, name in _tables():
        made.add(key_of(written), name)
    for key, name in _people():
        made.add(key, name)
    for written, name in _dictionary_groups():
        made.add(key_of(written), name)
    return made.plain()


def _tables() -> Iterator[tuple[str, Name]]:
    yield from _states()
    yield from _organisations()
    for place in actors.places():
        yield place.name, Name(place.name, place.code, "none" if place.kind == "none" else "place")
    for body in actors.bodies():
        upper = body.name.isupper()
        strong = body.kind in ("seat", "outlet") or body.sector in ("SPY", "COP") or not upper
        name = Name(
            body.name, body.code, body.kind, body.sector, upper=upper, weak=bool(body.weak) or not strong
        )
        yield body.name, name
    for group in actors.groups():
        upper = group.name.isupper()
        weak = upper and group.scope != "transnational"
        yield group.name, Name(group.name, group.code, "group", group.sector, upper=upper, weak=weak)


def _states() -> Iterator[tuple[str, Name]]:
    larger = {"congolese": "COD", "dominican": "DOM", "dominicans": "DOM"}
    for state in actors.states().values():
        ambiguous = parts(state.ambiguous)
        for written, kind in actors.forms(state):
            code = larger.get(fold(written), state.code)
            if code == state.code:
                letters = written.replace(".", "")
                name = Name(
                    state.name, code, "state" if kind == "name" else kind,
                    upper=letters.isupper() and len(letters) < 6, weak=written in ambiguous,
                )  # fmt: skip
                yield written, name


def _organisations() -> Iterator[tuple[str, Name]]:
    for each in actors.organisations().values():
        for written in (each.name, *parts(each.aliases), each.code):
            upper = written.isupper() and len(written) < 8
            weak = upper and written != each.code and len(written) < 3
            if written == each.code and written not in (each.name, *parts(each.aliases)) and len(written) < 4:
                continue
            yield written, Name(each.name, each.actor, "organisation", each.sector, upper=upper, weak=weak)


def _people() -> Iterator[tuple[Key, Name]]:
    """Every term of every person, under the full names and under what the person is called for short."""
    terms = [
        (each.name, each.aliases, Name(each.name, each.code, "person", each.sector, each.role, None,
                                       *_term(each.from_, each.to, "")))
        for each in actors.people()
    ]  # fmt: skip
    terms += [
        (each.name, each.aliases, Name(each.name, each.state_code, "person", "GOV", _ROLES[each.role],
                                       each.wikidata or None,
                                       *_term(each.from_, each.to, each.in_office_when_last_seen)))
        for each in actors.leaders()
    ]  # fmt: skip
    identified: dict[tuple[str, str], list[Name]] = {}
    for full, _, name in terms:
        if name.wikidata:
            identified.setdefault((name.code, full.rpartition(" ")[2]), []).append(name)
    keys: dict[tuple[str, str, str], tuple[set[Key], set[Key]]] = {}
    for full, aliases, name in terms:
        if not name.wikidata:
            # The same term under another spelling: "Sergei" has the id of "Sergey Lavrov".
            twins = identified.get((name.code, full.rpartition(" ")[2]), ())
            same = next((t.wikidata for t in twins if t.first <= name.last and name.first <= t.last), None)
            if same is not None:
                name = name._replace(wikidata=same)
        who = (full, aliases, name.code)
        if who not in keys:
            written = (full, *parts(aliases))
            short = {form for each in written for form in _short_forms(each, name.code)}
            keys[who] = (
                {key_of(each) for each in written if " " in each},
                {key_of(form) for form in short if form.lower() not in _WORDS},
            )
        for key in keys[who][0]:
            yield key, name
        called = Name(*name[:8], surname=True)
        for key in keys[who][1]:
            yield key, called


def _term(start: str, end: str, seen: str) -> tuple[float, float]:
    """The bounds of a term; one whose end is not known reaches some years beyond the day when it was last
    seen.
    """
    first = year_of(start) if start else -inf
    last = year_of(end, end=True) if end else (year_of(seen, end=True) + _OPEN if seen else inf)
    return first, last


def _short_forms(full: str, code: str) -> Iterator[str]:
    """What a person is called without the given name: Lavrov, de Villepin, Maliki (for al-Maliki), Wen (Wen
    Jiabao).
    """
    words = [word for word in full.split() if word.lower() not in _TITLES]
    if not words:
        return
    if len(words) == 1 or code in _CALLED_BY_FIRST:
        yield words[0]
        return
    last, before = words[-1], words[-2].lower()
    if len(last) > 2 and before not in _FATHERS:
        yield last
        head, hyphen, tail = last.partition("-")
        if hyphen and head.lower() in _PARTICLES:
            yield tail
    if before in _PARTICLES and len(words) > 2:
        yield " ".join(words[-2:])


def _dictionary_groups() -> Iterator[tuple[str, Name]]:
    """The Petrarch2 groups: full names only, since their short ones are common words or names of people."""
    for each in actors.group_entries():
        for written in (each.name, *parts(each.aliases)):
            if len(written.split()) > 1 and not each.code.startswith("IMG"):
                code = each.country or "".join(sign for sign in fold(each.name).upper() if sign.isalnum())
                yield written.removeprefix("The "), Name(each.name, code, "group", "REB")


def own_names(path: Path) -> list[Name]:
    """The user's own names, a CSV with the columns name, code, kind, sector, wikidata, from, to.

    name and code are needed; kind is one of `ACTOR_KINDS` (state if blank), sector a sector of the
    vocabulary, from and to are EDTF days, months or years between which the name means this. OnrecordError
    (`actors-file`) with file and line if a row is not like that.
    """
    remedy = f"Write a UTF-8 CSV with the columns {','.join(COLUMNS)}; only name and code must be filled."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = tuple(reader.fieldnames or ())
            if not {"name", "code"} <= set(header) or set(header) - set(COLUMNS):
                raise OnrecordError(
                    "actors-file", f"the header is {','.join(header) or 'missing'}", remedy, f"{path}:1"
                )
            return [_own_name(row, f"{path}:{reader.line_num}", remedy) for row in reader]
    except OSError as error:
        raise OnrecordError(
            "actors-file", f"it cannot be read: {error.strerror}", remedy, str(path)
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise OnrecordError("actors-file", f"it is no UTF-8 CSV: {error}", remedy, str(path)) from error


def _own_name(row: dict[str | None, str | None], where: str, remedy: str) -> Name:
    def fail(what: str) -> OnrecordError:
        return OnrecordError("actors-file", what, remedy, where)

    if None in row or None in row.values():
        raise fail("it has more or fewer cells than the header")
    cells = {key: (value or "").strip() for key, value in row.items() if key is not None}
    name, code, kind, sector = (cells.get(key, "") for key in ("name", "code", "kind", "sector"))
    if not key_of(name) or not code:
        raise fail("name or code is empty")
    if kind and kind not in ACTOR_KINDS:
        raise fail(f"kind {kind!r} is none of {', '.join(ACTOR_KINDS)}")
    if sector and sector not in actors.sectors():
        raise fail(f"sector {sector!r} is none of {', '.join(actors.sectors())}")
    bounds = []
    for key, end in (("from", False), ("to", True)):
        value = cells.get(key, "")
        try:
            if value:
                date.fromisoformat((value + "-01-01")[:10])
            bounds.append(year_of(value, end) if value else (inf if end else -inf))
        except ValueError:
            raise fail(f"{key} {value!r} is no EDTF day, month or year") from None
    return Name(
        name, code, _OWN_KINDS.get(kind, kind or "state"), sector or None, None, cells.get("wikidata") or None,
        bounds[0], bounds[1], own=True,
    )  # fmt: skip
