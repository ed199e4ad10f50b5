"""What is asked of a reading again and again is worked out once: the answers are kept with the reading."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from onrecord.reading.types import Reading

P = ParamSpec("P")
T = TypeVar("T")


def once(function: Callable[Concatenate[Reading, P], T]) -> Callable[Concatenate[Reading, P], T]:
    """A function of a reading and hashable positional arguments that is worked out once for each of them.

    Everybody who asks gets the same object, so it should be one that cannot be changed.
    """

    @wraps(function)
    def kept(reading: Reading, /, *arguments: P.args, **named: P.kwargs) -> T:
        answers = reading.answers.get(function)
        if answers is None:
            answers = reading.answers[function] = {}
        if arguments in answers:
            return answers[arguments]  # type: ignore[no-any-return]
        found = answers[arguments] = function(reading, *arguments, **named)
        return found

    return kept
