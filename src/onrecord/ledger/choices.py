"""The words that a filter can hold where it is one of few: what else is asked for, no record can have."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import get_args

from onrecord.model.base import ActorKind, EventType, LinkKind, Stance
from onrecord.model.problems import OnrecordError

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
STANCES: tuple[str, ...] = get_args(Stance)
ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
LINK_KINDS: tuple[str, ...] = get_args(LinkKind)
TIMELINE_KINDS = ("event", "act", "claim", "forum", "mission")
CLAIM_STATUSES = ("open", "confirmed", "disputed", "superseded")
PROPOSITION_STATUSES = ("contested", "claimed", "agreed", "resolved")
EXPECTATION_STATUSES = (
    "open",
    "fulfilled",
    "fulfilled in part",
    "wrong in number",
    "wrong in kind",
    "lapsed",
)
INCIDENT_STATUSES = ("contested", "attributed", "unattributed")


def party_codes(told: str) -> frozenset[str]:
    """What a party that is asked for may be coded as, in small letters: as it is told, and where that is the name of a
    state or an organisation ("Britain", "European Union") under its code too, which Moscow and the Kremlin share."""
    wanted = " ".join(told.casefold().split())
    code = _codes().get(wanted) or _codes().get(wanted.removeprefix("the "))
    return frozenset({wanted, code.casefold()} if code else {wanted})


@cache
def _codes() -> Mapping[str, str]:
    from onrecord.vocabulary import actors

    found: dict[str, str] = {}
    for state in actors.states().values():
        for name, kind in actors.forms(state):
            if kind == "name":
                found.setdefault(name.casefold(), state.code)
    for body in actors.organisations().values():
        if body.code == body.actor:
            for name in (body.name, *body.aliases.split("|")):
                found.setdefault(name.casefold(), body.code)
    return found


def one_of(where: str, told: str | None, known: tuple[str, ...]) -> str | None:
    """What a filter holds. Raises OnrecordError ``unknown-value`` where it is none of the words there are."""
    if told is not None and told not in known:
        raise OnrecordError(
            "unknown-value", f"no record can have {told!r} here", f"Use one of: {', '.join(known)}.", where
        )
    return told


def event_type(where: str, told: str | None) -> str | None:
    """A type, or TYPE:mode, of which the type is one there is. Raises OnrecordError ``unknown-value``."""
    one_of(where, told and told.partition(":")[0].upper(), EVENT_TYPES)
    return told


def unknown_mode(told: str | None) -> str | None:
    """What to tell where nothing fits a TYPE:mode whose mode PLOVER does not know; records may have others by hand."""
    from onrecord import vocabulary

    name, _, mode = (told or "").partition(":")
    if not mode or mode.casefold() in (known := vocabulary.type(name.upper()).modes):
        return None
    return f"PLOVER knows no mode {mode!r} of {name.upper()}, but {', '.join(known) or 'none'}"
