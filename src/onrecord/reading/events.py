"""Political events: mentions out of trigger tags, with mode, status, background and arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.labels import Labels
from onrecord.reading.scores import Floats, product, sigmoid, softmax
from onrecord.reading.session import Outputs
from onrecord.reading.types import Argument, EventMention, WordSpan
from onrecord.reading.windows import Range

LONGEST_ARGUMENT = 24
"""Words; the extents are trained up to this length."""
TOLD_TWICE = 6
"""Two mentions of one type no further apart than this (words) name one event, if their parties do not differ."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    span: WordSpan
    kind: int
    score: float


def mentions(
    outputs: Outputs,
    status: Floats,
    labels: Labels,
    sentences: Sequence[Range],
    offset: int,
    min_score: float | None = None,
) -> list[EventMention]:
    """The events of a window in the order of their triggers.

    status: [N, 4] probabilities; sentences: word ranges of the window; offset: the document's index of the
    window's first word. A mention stands where P(trigger) reaches `min_score`, or without it the threshold "trigger".
    """
    least = labels.threshold("trigger") if min_score is None else min_score
    found = triggers(outputs["trigger"], least, labels.calibration)
    if not found:
        return []
    first = np.array([trigger.span[0] for trigger in found])
    modes = outputs["mode"][first]
    background = sigmoid(outputs["background"][first])
    arguments = _arguments(outputs, first, labels, sentences, offset)
    allowed = {kind: _modes_of(labels, kind) for kind in {trigger.kind for trigger in found}}
    made = []
    for row, trigger in enumerate(found):
        mine = allowed[trigger.kind]
        mode = labels.modes[mine[int(modes[row, mine].argmax())]]
        likely = likeliest(status[first[row]], labels)
        made.append(
            EventMention(
                trigger=(trigger.span[0] + offset, trigger.span[1] + offset),
                type=labels.types[trigger.kind],
                mode=mode.partition(":")[2] or None,
                score=trigger.score,
                status=labels.status[likely],
                status_score=float(status[first[row], likely]),
                background=float(background[row]),
                arguments=arguments[row],
            )
        )
    return _once(made, {word + offset: end for start, end in sentences for word in range(start, end)})


def likeliest(status: Floats, labels: Labels) -> int:
    """The likeliest status; "negated", which is rare and costs most when missed, from a threshold of its own on."""
    negated = labels.status.index("negated")
    return negated if status[negated] >= labels.thresholds.get("negated", 1.0) else int(status.argmax())


def _once(made: list[EventMention], sentence: dict[int, int]) -> list[EventMention]:
    """The mentions without the weaker of two that name one event in one breath ("held", "talks").

    sentence: the word -> the end of its sentence.
    """
    kept: list[EventMention] = []
    for one in sorted(made, key=lambda mention: -mention.score):
        word = one.trigger[0]
        if not any(
            other.type == one.type
            and abs(other.trigger[0] - word) <= TOLD_TWICE
            and sentence[other.trigger[0]] == sentence[word]
            and all(_agree(_likely(other, role), _likely(one, role)) for role in ("actor", "recipient"))
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda mention: mention.trigger)


def _likely(mention: EventMention, role: str) -> set[int]:
    """The first words of the arguments that are likelier than not to fill a role, or of the best one."""
    mine = [argument for argument in mention.arguments if argument.role == role]
    return {argument.span[0] for argument in mine if argument.score >= min(0.5, mine[0].score)}


def _agree(one: set[int], other: set[int]) -> bool:
    return not one or not other or bool(one & other)


def triggers(
    logits: Floats, threshold: float, calibration: tuple[float, float] = (1.0, 0.0)
) -> list[_Trigger]:
    """Trigger spans of [N, 1 + 2T] logits; a word begins one unless it rather continues the last.

    calibration: slope and shift on the logit of a score.
    """
    tags = softmax(logits)
    none = np.clip(tags[:, 0], 1e-6, 1.0 - 1e-6)
    event = sigmoid(calibration[0] * np.log((1.0 - none) / none) + calibration[1])
    begins, inside = tags[:, 1::2], tags[:, 2::2]
    continues = inside.sum(axis=1) > begins.sum(axis=1)
    found: list[_Trigger] = []
    last = -1
    for word in np.flatnonzero(event >= threshold).tolist():
        if found and word == last + 1 and continues[word]:
            before = found[-1]
            found[-1] = _Trigger((before.span[0], word + 1), before.kind, before.score)
        else:
            kind = int((begins[word] + inside[word]).argmax())
            found.append(_Trigger((word, word + 1), kind, float(event[word])))
        last = word
    return found


def _modes_of(labels: Labels, kind: int) -> NDArray[np.intp]:
    """The columns of `mode` that a type may take: none, and its own."""
    own = labels.types[kind] + ":"
    return np.array([i for i, mode in enumerate(labels.modes) if ":" not in mode or mode.startswith(own)])


def _arguments(
    outputs: Outputs, first: NDArray[np.intp], labels: Labels, sentences: Sequence[Range], offset: int
) -> list[tuple[Argument, ...]]:
    """For each trigger its arguments, role by role, best first; two of one role never overlap."""
    roles, keys = len(labels.roles), outputs["role_key"]
    query = outputs["role_query"][first].reshape(len(first) * roles, -1)
    scores = product(query, keys.T).reshape(len(first), roles, -1)
    limits = np.empty(len(keys), np.intp)
    for start, end in sentences:
        limits[start:end] = end
    made = []
    for trigger, row in zip(first, scores, strict=True):
        mine: list[Argument] = []
        for role, starts in _starts(row, limits == limits[trigger], labels).items():
            taken: list[WordSpan] = []
            for start in starts:
                span = start, _end(outputs, start, int(limits[start]))
                if all(span[1] <= a or b <= span[0] for a, b in taken):
                    taken.append(span)
                    score = float(sigmoid(row[labels.roles.index(role), start]))
                    mine.append(Argument(role, (span[0] + offset, span[1] + offset), score))
        made.append(tuple(mine))
    return made


def _starts(scores: Floats, near: NDArray[np.bool_], labels: Labels) -> dict[str, list[int]]:
    """Where the arguments of one trigger start, by role, best first.

    scores: [roles, N] logits; near: [N] true in the trigger's sentence. A single role takes its best word. Of
    the others, a word fills the role that it fits best, and those in the sentence rule out those beyond it.
    """
    chosen: dict[str, list[int]] = {}
    several = [row for row, role in enumerate(labels.roles) if role not in labels.single_roles]
    best = scores[several].max(axis=0)
    for role, logits in zip(labels.roles, scores, strict=True):
        above = logits > labels.threshold(role)
        if role in labels.single_roles:
            above &= logits == logits.max()
        else:
            above &= logits == best
            above = above & near if (above & near).any() else above
        starts = np.flatnonzero(above)
        chosen[role] = starts[np.argsort(-logits[starts], kind="stable")].tolist()
    return chosen


def _end(outputs: Outputs, start: int, limit: int) -> int:
    """The end of the argument that starts at a word: the best last word, no later than its sentence's."""
    stop = min(start + LONGEST_ARGUMENT, limit)
    ends = outputs["span_end"][start:stop] @ outputs["span_start"][start]
    return start + int(ends.argmax()) + 1
