"""Which place a name means: candidates weighed by people, by countries and regions of the document.

A name alone is settled by population, which is wrong for every second small town. So each name votes for
the countries and regions of its candidates, sure names (countries, names with one candidate) first and
fully; and a name of a containing region or country right after it ("Columbus, Ohio") settles it. Where two
candidates stand close, the answer is what they share: the region, the country, or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, log10

from onrecord.coding.places.gazetteer import Entry, Gazetteer

# Weights in units of log10(population), tuned on the toponyms of one local-press corpus (LGL).
COUNTRY = 3.0
REGION = 3.0
CONTAINED = 6.0
MARGIN = 0.2
_PRIOR = {"capital": 0.5, "region": 0.8, "country": 1.5}
# The share of a region's people in the town of its name from which the two are one.
_CITY_STATE = 0.45
# A region of at least so many people is as well known as a country of its name.
_LARGE = 1_000_000
# Abbreviations of the press for the states of the union, with a full stop; capitals alone count after a comma.
_STATES = dict(
    pair.split("=")
    for pair in (
        "ala=Alabama ariz=Arizona ark=Arkansas cal=California calif=California col=Colorado colo=Colorado "
        "conn=Connecticut del=Delaware fla=Florida ga=Georgia ill=Illinois ind=Indiana ia=Iowa kan=Kansas kans=Kansas "
        "ky=Kentucky la=Louisiana md=Maryland mass=Massachusetts mich=Michigan minn=Minnesota miss=Mississippi "
        "mo=Missouri mont=Montana neb=Nebraska nebr=Nebraska nev=Nevada nh=New_Hampshire nj=New_Jersey nm=New_Mexico "
        "ny=New_York nc=North_Carolina nd=North_Dakota okla=Oklahoma ore=Oregon pa=Pennsylvania ri=Rhode_Island "
        "sc=South_Carolina sd=South_Dakota tenn=Tennessee tex=Texas vt=Vermont va=Virginia wash=Washington "
        "wva=West_Virginia wis=Wisconsin wisc=Wisconsin wyo=Wyoming dc=Washington"
    ).split()
)
# A containing place follows within a comma and a space.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name was put, as fine as could be told. ``precision``: point, region or country."""

    name: str
    country: str
    region: str
    latitude: float | None
    longitude: float | None
    geonames: int | None
    precision: str


Named = tuple[str, int]
"""A place name as written, and the offset where it starts."""


class Toponyms:
    """The place names of one document, resolved together.

    ``countries`` gives the code of a name or adjective of a country, or None.
    """

    def __init__(self, gazetteer: Gazetteer, countries: Callable[[str], str | None]) -> None:
        self._gazetteer = gazetteer
        self._countries = countries

    def locate(self, names: Sequence[Named]) -> list[Spot | None]:
        """The place of each name, in their order; None where it is unknown or stays open."""
        candidates = {name: self._candidates(name) for name, _ in names}
        ballots = {name: _ballot(entries) for name, entries in candidates.items()}
        votes: dict[str, float] = defaultdict(float)
        for ballot in ballots.values():
            for key, share in ballot.items():
                votes[key] += share
        inside = _containers(names, candidates)
        return [
            self._one(candidates[name], votes, ballots[name], inside.get((name, offset)))
            for name, offset in names
        ]

    def _candidates(self, name: str) -> list[Entry]:
        """What a name may mean: a country alone, unless a large region is called the same (Georgia).

        A region that hardly holds more than the town of its name is that town (Vienna).
        """
        name = state_of(name) or name
        code = self._countries(name)
        country = self._gazetteer.country(code) if code else None
        entries = self._gazetteer.lookup(name)
        towns = {
            each.country: each.population for each in reversed(entries) if each.kind in ("town", "capital")
        }
        entries = [
            each
            for each in entries
            if each.kind != "region" or towns.get(each.country, 0) < _CITY_STATE * each.population
        ]
        if country is None:
            return entries
        namesakes = [each for each in entries if each.kind == "region" and each.population > _LARGE]
        return [country, *(each for each in namesakes if each.country != code)]

    def _one(
        self,
        candidates: Sequence[Entry],
        votes: Mapping[str, float],
        ballot: Mapping[str, float],
        inside: str | None,
    ) -> Spot | None:
        if not candidates:
            return None
        others = {key: share - ballot.get(key, 0.0) for key, share in votes.items()}
        scores = [_score(each, others, inside) for each in candidates]
        best = max(range(len(candidates)), key=lambda rank: (scores[rank], -rank))
        close = [
            each
            for rank, each in enumerate(candidates)
            if rank != best and scores[best] - scores[rank] < MARGIN
        ]
        return self._shared(candidates[best], close)

    def _shared(self, best: Entry, close: Sequence[Entry]) -> Spot | None:
        """The best place if no other stands close, else the country that all share."""
        if any(each.country != best.country for each in close):
            return None
        if any(each.region != best.region for each in close):
            return self._country(best.country)
        point = best.latitude, best.longitude, best.geonames
        precision = best.kind if best.kind in ("country", "region") else "point"
        return Spot(best.name, best.country, best.region, *point, precision)

    def _country(self, code: str) -> Spot:
        found = self._gazetteer.country(code)
        return Spot(
            found.name if found else code, code, "", None, None, found.geonames if found else None, "country"
        )


def state_of(name: str) -> str | None:
    """The state for which an abbreviation with a full stop stands: "Fla.", "W.Va."; None for other names."""
    if not name.endswith("."):
        return None
    found = _STATES.get(name.replace(".", "").replace(" ", "").casefold())
    return found.replace("_", " ") if found else None


def _ballot(entries: Sequence[Entry]) -> dict[str, float]:
    """The votes of one name, by country code and by "CODE/Region": one in all, shared by population."""
    ballot: dict[str, float] = defaultdict(float)
    total = sum(each.population + 1 for each in entries)
    for each in entries:
        share = (each.population + 1) / total
        ballot[each.country] += share
        if each.region:
            ballot[_own(each)] += share
    return ballot


def _own(each: Entry) -> str:
    return f"{each.country}/{each.region}"


def _containers(names: Sequence[Named], candidates: Mapping[str, Sequence[Entry]]) -> dict[Named, str]:
    """For each name that another follows at once, the country or "CODE/Region" in which that puts it."""
    found: dict[Named, str] = {}
    for (name, offset), (after, start) in pairwise(names):
        if not 0 < start - (offset + len(name)) <= _NEAR:
            continue
        places = {
            key for each in candidates[name] if each.kind != "country" for key in (each.country, _own(each))
        }
        wider = [
            each.country if each.kind == "country" else _own(each)
            for each in candidates[after]
            if each.kind in ("country", "region")
        ]
        within = [key for key in wider if key in places]
        if within:
            found[name, offset] = within[0]
    return found


def _score(each: Entry, votes: Mapping[str, float], inside: str | None) -> float:
    score = log10(each.population + 10) + _PRIOR.get(each.kind, 0.0)
    score += COUNTRY * log(1 + max(votes.get(each.country, 0.0), 0.0))
    score += REGION * log(1 + max(votes.get(_own(each), 0.0), 0.0))
    return score + CONTAINED * (inside is not None and inside in (_own(each), each.country))
