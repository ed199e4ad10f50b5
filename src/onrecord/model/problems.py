"""Problems are data: one JSON line each, with a stable code and a remedy, and the run goes on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """What stands in the place of a record that could not be made.

    ``code`` is stable and documented in ``docs/problems.md``; ``where`` is ``FILE``, ``FILE:LINE``, a document
    id or the name of an option; ``what`` says what is wrong and ``remedy`` what to do about it.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} [{self.code}]. {self.remedy}"


class Notice(Problem):
    """What is odd about a document that is read all the same. Its line says so: ``"notice": true``."""

    notice: Literal[True] = True


class OnrecordError(Exception):
    """A user's mistake or bad input. The command line prints its problem and never a traceback."""

    def __init__(self, code: str, what: str, remedy: str, where: str = "") -> None:
        super().__init__(what)
        self.problem = Problem(code=code, where=where, what=what, remedy=remedy)

    @classmethod
    def of(cls, problem: Problem) -> OnrecordError:
        """The error of a problem that was met as data."""
        return cls(problem.code, problem.what, problem.remedy, problem.where)

    def at(self, where: str) -> OnrecordError:
        """The same error with its place, for a caller that knows the file and line."""
        return OnrecordError(self.problem.code, self.problem.what, self.problem.remedy, where)

    def __str__(self) -> str:
        return str(self.problem)
