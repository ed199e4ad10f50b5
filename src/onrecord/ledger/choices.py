"""The words that a filter can hold where it is one of few: what else is asked for, no record can have."""

from __future__ import annotations

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
