"""CAMEO: 318 codes with Goldstein weights and PLOVER's crosswalk, and the way back from PLOVER to one code.

Data: `data/share_alike/cameo.csv` (CC BY-SA 4.0) and `data/ontology/cameo_choice.csv` (ours).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from onrecord.vocabulary.load import UnknownTermError, VocabularyError, pick, table
from onrecord.vocabulary.plover import contexts as known_contexts
from onrecord.vocabulary.plover import types

FILE = "share_alike/cameo.csv"
CHOICE = "ontology/cameo_choice.csv"


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code. `type` and `mode` are the published crosswalk's; `suggested_*` what PLOVER's manual
    implies.
    """

    code: str
    label: str
    example: str
    goldstein: float
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    mapping: str
    suggested_type: str | None
    suggested_mode: str | None
    warning: str
    note: str
    goldstein_basis: str

    @property
    def parent(self) -> str | None:
        """The code one level up (1821: 182), none for a root."""
        return self.code[:-1] if len(self.code) > 2 else None

    @property
    def root(self) -> str:
        """The two-digit root code."""
        return self.code[:2]


class _Row(NamedTuple):
    code: str
    label: str
    goldstein: str
    plover_type: str
    plover_mode: str
    mapping: str
    plover_contexts: str
    goldstein_basis: str
    suggested: str
    note: str
    example: str
    warning: str


class _Choice(NamedTuple):
    status: str
    type: str
    mode: str
    contexts: str
    cameo: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the way from PLOVER to CAMEO: the code for a type and mode with these contexts."""

    status: str
    type: str
    mode: str | None
    contexts: frozenset[str]
    cameo: str
    why: str


@cache
def cameo_codes() -> Mapping[str, CameoCode]:
    """All CAMEO codes, as text with the leading zero, in order."""
    found: dict[str, CameoCode] = {}
    for row in table(FILE, _Row):
        suggested, _, mode = row.suggested.partition(":")
        for code, name in ((row.plover_type, row.plover_mode), (suggested, mode)):
            _check(code or None, name or None, f"{FILE}, {row.code}")
        contexts = tuple(filter(None, row.plover_contexts.split(";")))
        if row.code in found or not (row.code.isdigit() and row.label and row.example):
            raise VocabularyError(f"{FILE}, {row.code}: stands twice, or lacks label or example")
        if set(contexts) - set(known_contexts()):
            raise VocabularyError(f"{FILE}, {row.code}: unknown context in {row.plover_contexts!r}")
        found[row.code] = CameoCode(
            row.code, row.label, row.example, float(row.goldstein), row.plover_type or None,
            row.plover_mode or None, contexts, row.mapping, suggested or None, mode or None, row.warning,
            row.note, row.goldstein_basis,
        )  # fmt: skip
    return MappingProxyType(found)


def cameo(code: str) -> CameoCode:
    """The CAMEO code `code` (text, with the leading zero); UnknownTermError if there is none."""
    return pick(cameo_codes(), code, "CAMEO code")


@cache
def choices() -> tuple[Choice, ...]:
    """The lines of the way from PLOVER to CAMEO, in the order of the file."""
    found = []
    for row in table(CHOICE, _Choice):
        where = f"{CHOICE}, {row.type}:{row.mode}"
        _check(row.type, row.mode or None, where)
        needed = frozenset(row.contexts.split(";")) if row.contexts else frozenset()
        if row.cameo not in cameo_codes() or needed - set(known_contexts()):
            raise VocabularyError(f"{where}: unknown code {row.cameo!r} or context in {row.contexts!r}")
        found.append(Choice(row.status, row.type, row.mode or None, needed, row.cameo, row.why))
    return tuple(found)


def cameo_for(
    type: str, mode: str | None = None, contexts: Iterable[str] = (), status: str = "actual"
) -> str | None:
    """The CAMEO code that fits a PLOVER event best, or None where CAMEO cannot say it.

    The rule: among the lines of `cameo_choice.csv` for this type and mode whose contexts the event all has,
    the one with the most contexts wins, then the earlier one. A mode without a line falls back to its type.
    Of future events CAMEO knows only cooperation to come (03x); negated and hypothetical ones it cannot say
    at all.
    """
    _check(type, mode, "cameo_for")
    if status not in ("actual", "future"):
        return None
    having = frozenset(contexts)
    wanted = (mode, None) if status == "actual" else (None,)
    for name in wanted:
        fitting = [
            line
            for line in choices()
            if line.status == status and line.type == type and line.mode == name and line.contexts <= having
        ]
        if fitting:
            return max(fitting, key=lambda line: len(line.contexts)).cameo
    return None


def _check(type: str | None, mode: str | None, where: str) -> None:
    if type is None:
        return
    if type not in types():
        raise UnknownTermError(f"{where}: no event type {type!r}")
    if mode is not None and mode not in types()[type].modes:
        raise UnknownTermError(f"{where}: {type} has no mode {mode!r}")
