"""The ontology: every entry complete, every reference good, the scales kept apart."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest

from onrecord import vocabulary
from onrecord.model.base import ActKind, EventType, Factuality, Stance
from onrecord.vocabulary import cameo_table, plover


def test_importing_the_package_reads_nothing() -> None:
    script = (
        "import sys, onrecord.vocabulary\n"
        "assert not {'yaml', 'onrecord.vocabulary.load', 'pydantic', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_vocabulary_has_what_the_records_may_hold() -> None:
    assert set(vocabulary.types()) == set(get_args(EventType))
    assert set(vocabulary.acts()) == set(get_args(ActKind))
    assert set(vocabulary.stances()) == set(get_args(Stance))
    assert set(vocabulary.factuality()) == set(get_args(Factuality))


def test_plover_has_its_modes_and_contexts() -> None:
    assert sum(len(kind.modes) for kind in vocabulary.types().values()) == 69
    assert len(vocabulary.contexts()) == 37
    assert all(kind.warnings for kind in vocabulary.types().values())


def test_every_entry_has_an_example_of_its_own() -> None:
    examples = [
        entry.example
        for table in (
            vocabulary.types(), vocabulary.contexts(), vocabulary.cameo_codes(), vocabulary.acts(),
            vocabulary.stances(), vocabulary.factuality(), vocabulary.scales(), vocabulary.sectors(),
        )
        for entry in table.values()
    ]  # fmt: skip
    examples += [mode.example for kind in vocabulary.types().values() for mode in kind.modes.values()]
    assert all(len(example) > 10 and example.endswith(".") for example in examples)


@pytest.mark.parametrize("table", ["acts", "stances", "factuality", "scales", "sectors"])
def test_our_own_entries_warn_of_misuse(table: str) -> None:
    assert all(len(entry.warning) > 10 for entry in getattr(vocabulary, table)().values())


@pytest.mark.parametrize(
    ("type_", "mode", "score"),
    [
        ("SANCTION", None, -6.0),
        ("SANCTION", "expel", -5.5),
        ("ACCUSE", None, -3.0),  # printed +3 in the manual, against its own modes
        ("COERCE", "ban", -7.0),  # folded into restrict
        ("THREATEN", "ban", -3.0),  # folded into restrict
        ("RETREAT", "return", 6.5),  # no score of its own: its type's
        ("COOPERATE", None, 9.5),
    ],
)
def test_scores(type_: str, mode: str | None, score: float) -> None:
    assert vocabulary.score(type_, mode) == score


def test_scores_fit_their_quad_class() -> None:
    for kind in vocabulary.types().values():
        for name in (None, *kind.modes):
            value = vocabulary.score(kind.code, name)
            assert value >= 0 if kind.quad in (1, 2) else value <= 0.5, (kind.code, name)


def test_unknown_names_are_refused_with_what_there_is() -> None:
    with pytest.raises(vocabulary.UnknownTermError, match="'EXPEL'; there are AGREE"):
        vocabulary.type("EXPEL")
    with pytest.raises(vocabulary.UnknownTermError, match="mode of SANCTION"):
        vocabulary.mode("SANCTION", "arrest")
    with pytest.raises(AttributeError, match="no attribute 'verbs'"):
        _ = vocabulary.verbs


def test_cameo_keeps_leading_zeros_and_levels() -> None:
    assert len(vocabulary.cameo_codes()) == 318
    denial = vocabulary.cameo("016")
    assert (denial.root, denial.parent, denial.type, denial.goldstein) == ("01", "01", None, -2.0)
    assert vocabulary.cameo("1831").parent == "183"
    for code in vocabulary.cameo_codes().values():
        assert code.parent is None or code.parent in vocabulary.cameo_codes()
        assert -10 <= code.goldstein <= 10
        assert (code.type is None) == (code.mapping == "none")


@pytest.mark.parametrize(
    ("type_", "mode", "contexts", "status", "code"),
    [
        ("SANCTION", "expel", ["diplomatic"], "actual", "161"),
        ("SANCTION", "expel", [], "actual", "166"),
        ("SANCTION", "discontinue", ["economic", "election"], "actual", "163"),
        ("ACCUSE", "allege", ["legal", "military"], "actual", "1124"),
        ("ACCUSE", "allege", ["intelligence", "legal"], "actual", "1125"),
        ("CONSULT", "visit", ["diplomatic"], "actual", "042"),
        ("CONSULT", "visit", ["diplomatic"], "future", "036"),
        ("AID", None, ["military"], "future", "0332"),
        ("SANCTION", "expel", ["diplomatic"], "future", None),
        ("SANCTION", "expel", ["diplomatic"], "negated", None),
        ("AGREE", None, [], "hypothetical", None),
        ("ASSAULT", "drone", [], "actual", "1952"),
    ],
)
def test_from_plover_to_cameo(
    type_: str, mode: str | None, contexts: list[str], status: str, code: str | None
) -> None:
    assert vocabulary.cameo_for(type_, mode, contexts, status) == code


def test_every_type_and_mode_has_a_cameo_code_that_maps_back() -> None:
    """The code's own type is the event's, by the crosswalk or by the manual, unless the line says why not."""
    for line in cameo_table.choices():
        code = vocabulary.cameo(line.cameo)
        back = {(code.type, code.mode), (code.suggested_type, code.suggested_mode)}
        types = {type_ for type_, _ in back}
        assert line.type in types or line.why or line.status == "future", line
    for kind in vocabulary.types().values():
        for name in (None, *kind.modes):
            assert vocabulary.cameo_for(kind.code, name) is not None


def test_cameo_for_refuses_what_plover_does_not_have() -> None:
    with pytest.raises(vocabulary.UnknownTermError, match="SANCTION has no mode 'arrest'"):
        vocabulary.cameo_for("SANCTION", "arrest")


@pytest.mark.parametrize(
    ("scale", "words", "interval"),
    [
        ("icd203", "very likely", (0.80, 0.95)),
        ("icd203", "Highly  Probable", (0.80, 0.95)),
        ("icd203", "highly likely", None),  # a word of PHIA and of STIX
        ("phia", "highly likely", (0.80, 0.90)),
        ("phia", "very likely", None),
        ("phia", "realistic possibility", (0.40, 0.50)),
        ("icd203", "realistic possibility", None),
        ("icd203", "likely", (0.55, 0.80)),
        ("phia", "likely", (0.55, 0.75)),
        ("stix", "likely", (0.60, 0.79)),
    ],
)
def test_words_stay_on_their_own_scale(scale: str, words: str, interval: tuple[float, float] | None) -> None:
    term = vocabulary.scale(scale).term(words)
    assert (term and (term.low, term.high)) == interval


def test_likelihood_and_confidence_are_two_axes() -> None:
    scale = vocabulary.scale("icd203")
    moderate = scale.term("moderate")
    assert moderate is not None
    assert (moderate.low, moderate.high, moderate.number) == (None, None, None)
    assert scale.term("moderate", axis="likelihood") is None
    with pytest.raises(vocabulary.UnknownTermError, match="axis of icd203"):
        scale.term("likely", axis="source")


def test_admiralty_grades_are_no_numbers() -> None:
    scale = vocabulary.scale("admiralty")
    assert [term.term for term in scale.axes["source"]] == list("ABCDEF")
    assert [term.term for term in scale.axes["information"]] == list("123456")
    assert all(term.low is None and term.number is None for terms in scale.axes.values() for term in terms)


def test_stix_bins_are_not_the_ranges_of_icd_203() -> None:
    dni = vocabulary.scale("stix").term("very likely", axis="dni")
    icd = vocabulary.scale("icd203").term("very likely")
    assert dni is not None and icd is not None
    assert (dni.low, dni.high) != (icd.low, icd.high)


def test_scales_of_a_word() -> None:
    assert vocabulary.scales_of("highly likely") == ("phia", "stix")
    assert vocabulary.scales_of("likely") == ("icd203", "phia", "stix")
    assert vocabulary.scales_of("roughly even chance") == ("icd203",)
    assert vocabulary.scales_of("perhaps") == ()


def test_an_act_goes_with_an_event() -> None:
    act = vocabulary.act("withdraw_accreditation")
    assert (act.type, act.mode, act.actor, act.counts) == ("SANCTION", "expel", "receiving", "people")
    assert vocabulary.act("set_ceiling").counts == "posts"
    assert vocabulary.act("suspend_own_mission").actor == "sending"
    assert all(plover.mode(each.type, each.mode) for each in vocabulary.acts().values())


def test_media_and_medicine_are_not_mixed_up() -> None:
    assert vocabulary.sector("MED").plover == "JRN"
    assert vocabulary.sector("DIP").plover == "GOV"
