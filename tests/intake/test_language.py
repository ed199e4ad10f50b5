"""English is kept, other languages are a named problem, and a short text has the benefit of the doubt."""

from __future__ import annotations

import pytest

from onrecord.intake.language import judge
from onrecord.intake.types import Options
from tests.intake.cases import document, problem_code, table


@pytest.mark.parametrize(("expected", "text"), table("language"), ids=lambda value: str(value)[:40])
def test_judgement(expected: bool | None, text: str) -> None:
    assert judge(text).english is expected


def test_another_language_is_a_problem_and_no_document() -> None:
    german = "Die Allianz hat acht Mitgliedern der Vertretung die Akkreditierung entzogen, wie es hieß."
    assert problem_code(german.encode()) == "not-english"
    assert document(german, Options(language="en")).language == "en", "the caller's word goes before ours"
    english = "The alliance withdrew the accreditation of eight members of the mission."
    assert problem_code(english.encode(), options=Options(language="de")) == "not-english"


def test_only_what_is_read_is_judged() -> None:
    menu = "\n".join(["Facebook", "Twitter", "Newsletter", "Comments"] * 20)
    assert document(f"The alliance withdrew the accreditation of eight members.\n{menu}").language == "en"
