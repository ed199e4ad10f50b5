"""What the records have in common: strictness, spans, and the words that a field may hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    if not 0 <= start < end:
        raise ValueError(f"a span is [start, end) with 0 <= start < end, not [{start}, {end}]")
    return span


Span = Annotated[tuple[int, int], AfterValidator(_ordered)]
"""``[start, end)`` in Unicode code points of ``document.text``."""

Basis = Literal["read", "inferred", "given"]
Status = Literal["actual", "future", "hypothetical", "negated"]
TimeBasis = Literal["explicit", "relative", "dateline", "inherited", "default", "given"]
Stance = Literal[
    "asserts", "confirms", "denies", "accuses", "threatens", "promises",
    "predicts", "demands", "assesses", "questions", "declines",
]  # fmt: skip
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "U"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
ActKind = Literal[
    "persona_non_grata", "not_acceptable", "withdraw_accreditation", "deny_accreditation",
    "abolish_vacancy", "set_ceiling", "parity_cap", "category_ban", "access_restriction",
    "close_mission", "close_consulate", "close_office", "suspend_own_mission", "recall",
    "summon", "ultimatum", "downgrade", "announce_intent",
]  # fmt: skip
ActorKind = Literal[
    "person", "state", "organ", "igo", "mission", "unit", "group", "party", "outlet", "place"
]  # fmt: skip
SectionKind = Literal["title", "byline", "dateline", "body", "caption", "update", "debris"]
LinkKind = Literal[
    "response_to", "caused_by", "linked_to", "after", "part_of", "same_as", "supersedes",
    "disputes", "fulfils", "cites",
]  # fmt: skip
ForumState = Literal[
    "established", "suspended", "partly_suspended", "met", "invited", "refused", "resumed", "closed"
]  # fmt: skip


class Record(BaseModel):
    """Base of every record: unknown fields are refused, so that a misspelt one is never lost in silence."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
