"""What meets an expectation, and what only repeats it."""

from __future__ import annotations

from pathlib import Path

import yaml

from onrecord.ledger import Ledger
from tests.ledger.authoring import compile_documents

WRITTEN = """
- document: promise
  outlet: Example Daily
  published: "2024-05-02"
  text: "Kigali, May 2. Rwanda undertook on Thursday to withdraw its troops from Congo by July 1. Nobody answered."
  actors: &who
    r: {name: Rwanda, kind: state, code: RWA, mentions: [Rwanda]}
    c: {name: Congo, kind: state, code: COD, mentions: [Congo]}
  events:
    e1: {type: RETREAT, actors: [r], recipients: [c], trigger: withdraw, time: "2024-05-02 | Thursday",
         evidence: [to withdraw its troops from Congo]}
  claims:
    c1: {holder: r, cue: undertook, content: [to withdraw its troops from Congo], stance: promises, time: "2024-05-02"}
  expectations:
    x1: {claim: c1, actor: r, target: c, deed: {type: RETREAT}, deadline: "2024-07-01 | July 1",
         evidence: [undertook on Thursday to withdraw its troops from Congo]}
- document: deed
  outlet: Example Daily
  published: "2024-06-20"
  text: "Goma, June 20. Rwanda withdrew its last troops from Congo on Thursday."
  actors: *who
  events:
    e1: {type: RETREAT, actors: [r], recipients: [c], trigger: withdrew, time: "2024-06-20 | Thursday",
         evidence: [Rwanda withdrew its last troops from Congo]}
"""


def test_the_words_of_a_promise_are_not_its_fulfilment(tmp_path: Path) -> None:
    """Even where a coder took the promised deed for done, it is told by the promise alone."""
    promise, deed = compile_documents(yaml.safe_load(WRITTEN))
    ledger = Ledger.open(tmp_path / "record.sqlite")
    ledger.record(promise.coded)
    [row] = ledger.expectations()
    assert (row.status, row.by) == ("lapsed", ())
    ledger.record(deed.coded)
    [row] = ledger.expectations()
    assert (row.status, str(row.on), row.lag_days) == ("fulfilled", "2024-06-20", 49)


VAGUE = """
- document: promise
  outlet: Example Daily
  published: "2024-05-02"
  text: "Kigali, May 2. Rwanda promised on Thursday that visas would be issued as before."
  actors: &who
    r: {name: Rwanda, kind: state, code: RWA, mentions: [Rwanda]}
  claims:
    c1: {holder: r, cue: promised, content: [visas would be issued as before], stance: promises, time: "2024-05-02"}
  expectations:
    x1: {claim: c1, actor: r, deed: {}, evidence: [visas would be issued as before]}
- document: deed
  outlet: Example Daily
  published: "2024-06-20"
  text: "Kigali, June 20. Rwanda expelled two Belgian diplomats on Thursday."
  actors:
    r: {name: Rwanda, kind: state, code: RWA, mentions: [Rwanda]}
    b: {name: Belgium, kind: state, code: BEL, mentions: [Belgian]}
  events:
    e1: {type: SANCTION, actors: [r], recipients: [b], trigger: expelled, time: "2024-06-20 | Thursday",
         evidence: [Rwanda expelled two Belgian diplomats]}
"""


def test_a_promise_of_no_kind_of_deed_is_met_by_no_expulsion(tmp_path: Path) -> None:
    """A promise that says neither what will be done nor to whom stays open whatever its holder does next."""
    ledger = Ledger.open(tmp_path / "record.sqlite")
    for each in compile_documents(yaml.safe_load(VAGUE)):
        ledger.record(each.coded)
    [row] = ledger.expectations()
    assert (row.status, row.by) == ("open", ())
