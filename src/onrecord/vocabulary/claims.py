"""What a holder does with a claim: stances, factuality labels, and the scales of certainty, each standing
by itself.

Data: `data/ontology/stances.yaml`, `data/ontology/certainty.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.vocabulary.load import VocabularyError, build, keyed, pick, tree


@dataclass(frozen=True, slots=True)
class Stance:
    """What the holder of a claim does towards its content."""

    id: str
    label: str
    meaning: str
    example: str
    warning: str


@dataclass(frozen=True, slots=True)
class Factuality:
    """How the holder presents the content: FactBank's labels, with U for uncommitted."""

    id: str
    label: str
    meaning: str
    example: str
    warning: str


@dataclass(frozen=True, slots=True)
class Term:
    """One degree of one axis of a scale. `low` and `high` are probabilities, None where the scale gives no
    interval.
    """

    term: str
    also: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    number: int | None = None
    meaning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale with its axes, as `likelihood` and `confidence`; degrees stand in order, weakest first."""

    id: str
    label: str
    meaning: str
    example: str
    warning: str
    axes: Mapping[str, tuple[Term, ...]]

    def term(self, words: str, axis: str | None = None) -> Term | None:
        """The degree that `words` name on this scale, or None: a word of another scale is never borrowed.

        Without `axis` the likelihood is tried first, then the other axes in order.
        """
        wanted = " ".join(words.split()).casefold()
        order = [axis] if axis else sorted(self.axes, key=lambda name: name != "likelihood")
        for name in order:
            for term in pick(self.axes, name, f"axis of {self.id}"):
                if wanted == term.term.casefold() or wanted in (other.casefold() for other in term.also):
                    return term
        return None


@cache
def stances() -> Mapping[str, Stance]:
    """The eleven stances by id."""
    path = "ontology/stances.yaml"
    found = [build(Stance, raw, f"{path}, {raw.get('id')}") for raw in tree(path)["stances"]]
    return MappingProxyType(keyed(found, "id", path))


def stance(name: str) -> Stance:
    """The stance `name` (as `denies`); UnknownTermError if there is none."""
    return pick(stances(), name, "stance")


@cache
def factuality() -> Mapping[str, Factuality]:
    """The factuality labels by id (CT+, PR+, PS+, CT-, PR-, PS-, CTu, U)."""
    path = "ontology/certainty.yaml"
    found = [build(Factuality, raw, f"{path}, {raw.get('id')}") for raw in tree(path)["factuality"]]
    return MappingProxyType(keyed(found, "id", path))


@cache
def scales() -> Mapping[str, Scale]:
    """The scales by id: icd203, phia, admiralty, stix."""
    path = "ontology/certainty.yaml"
    found = []
    for raw in tree(path)["scales"]:
        where = f"{path}, {raw.get('id')}"
        axes = {
            axis: tuple(build(Term, term, f"{where}, {axis}") for term in terms)
            for axis, terms in raw["axes"].items()
        }
        for axis, terms in axes.items():
            bounds = [bound for term in terms for bound in (term.low, term.high) if bound is not None]
            if bounds != sorted(bounds) or any(not 0 <= bound <= 1 for bound in bounds):
                raise VocabularyError(f"{where}, {axis}: intervals overlap or leave [0, 1]")
        found.append(build(Scale, {**raw, "axes": MappingProxyType(axes)}, where))
    return MappingProxyType(keyed(found, "id", path))


def scale(name: str) -> Scale:
    """The scale `name` (as `icd203`); UnknownTermError if there is none."""
    return pick(scales(), name, "scale")


def scales_of(words: str) -> tuple[str, ...]:
    """The ids of the scales that have `words` as a degree of likelihood; several mean that the words alone
    do not tell.
    """
    return tuple(
        name
        for name, each in scales().items()
        if "likelihood" in each.axes and each.term(words, "likelihood")
    )
