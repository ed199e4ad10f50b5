"""PLOVER 2.0: event types, their modes, the contexts, and the intensity score of each.

Data: `data/share_alike/plover.yaml` (CC BY-SA 4.0, from openeventdata/PLOVER; meanings, examples and
warnings are ours).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from onrecord.vocabulary.load import VocabularyError, build, keyed, pick, tree

FILE = "share_alike/plover.yaml"


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which an event of a type can happen; `id` is TYPE:name."""

    id: str
    name: str
    meaning: str
    example: str
    score: float | None
    warning: str = ""
    manual_name: str | None = None
    in_manual: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen types; `score` runs from -10 (conflict) to 10 (cooperation)."""

    code: str
    label: str
    meaning: str
    example: str
    quad: int
    quad_class: str
    score: float
    recipient_required: bool
    modes: Mapping[str, Mode]
    warnings: tuple[str, ...]
    house: tuple[str, ...] = ()
    score_note: str = ""
    score_printed: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an event is about, beside its type; an event may have several."""

    name: str
    meaning: str
    example: str
    warning: str = ""


@cache
def types() -> Mapping[str, EventType]:
    """The sixteen event types by code, in PLOVER's order."""
    found = []
    for raw in tree(FILE)["types"]:
        where = f"{FILE}, {raw.get('code')}"
        raw = dict(raw)
        raw.pop("manual_modes_not_used", None)
        modes = [build(Mode, mode, f"{where}, {mode.get('id')}") for mode in raw.pop("modes")]
        for mode in modes:
            if mode.id != f"{raw['code']}:{mode.name}":
                raise VocabularyError(f"{where}: mode id {mode.id!r} does not fit its name {mode.name!r}")
        kind = build(EventType, {**raw, "modes": {}}, where)
        found.append(replace(kind, modes=MappingProxyType(keyed(modes, "name", where))))
    for kind in found:
        for score in (kind.score, *(mode.score for mode in kind.modes.values())):
            if score is not None and (not -10 <= score <= 10 or (score > 0 and kind.quad == 4)):
                raise VocabularyError(f"{FILE}, {kind.code}: score {score} does not fit its quad class")
    return MappingProxyType(keyed(found, "code", FILE))


def type(code: str) -> EventType:
    """The event type `code` (as `SANCTION`); UnknownTermError if there is none."""
    return pick(types(), code, "event type")


def mode(code: str, name: str) -> Mode:
    """The mode `name` (as `expel`) of the type `code`; UnknownTermError if it has none of that name."""
    return pick(type(code).modes, name, f"mode of {code}")


@cache
def contexts() -> Mapping[str, Context]:
    """The contexts by name."""
    found = [build(Context, raw, f"{FILE}, context {raw.get('name')}") for raw in tree(FILE)["contexts"]]
    return MappingProxyType(keyed(found, "name", FILE))


def score(code: str, name: str | None = None) -> float:
    """PLOVER's intensity of a type, or of a type and mode, from -10 to 10.

    A mode that has no score of its own takes that of the mode into which the manual folds it (ban:
    restrict), else that of its type. ACCUSE is -3: the manual prints +3, which its own modes contradict
    (see `score_note`).
    """
    kind = type(code)
    if name is None:
        return kind.score
    chosen = mode(code, name)
    if chosen.score is None and chosen.manual_name:
        chosen = kind.modes[chosen.manual_name]
    return kind.score if chosen.score is None else chosen.score
