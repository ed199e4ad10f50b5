"""A record that follows its entries says what one made anew from the store says, whatever was recorded and decided."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.ledger import document
from onrecord.ledger import Ledger
from onrecord.model.problems import OnrecordError
from onrecord.model.records import CodedDocument
from tests.ledger.authoring import load

HERE = Path(__file__).parent
POOL: list[CodedDocument] = [
    one.coded
    for path in [*sorted((HERE / "acid").iterdir()), HERE / "cases"]
    for one in load(path / ("sample.yaml" if path.name == "cases" else "documents.yaml"))
] + [document(number, "AKS", "BLT", f"2021-10-{6 + number % 3:02}", 8 + number % 2) for number in range(12)]
VIEWS = (
    "events", "claims", "missions", "timeline", "propositions", "links", "expectations", "incidents", "forums",
    "tallies", "dyads",
)  # fmt: skip
BY = {"by": "A. Clerk", "reason": "a test"}
TIMES: tuple[dict[str, str], ...] = ({}, {"as_of": "2021-10-20"}, {"known_at": "2021-10-08T05:00:00Z"})
STEPS = ("record", "recode", "person", "early", "accept", "correct", "retract", "merge", "split", "undo", "settle",
         "redact", "name", "look")  # fmt: skip
CHANGES = {
    "event": [
        ("type", "CONSULT"), ("status", "negated"), ("time.edtf", "2021-11"), ("background", True), ("claims", []),
    ],
    "claim": [("stance", "denies"), ("stance", "declines"), ("time.edtf", "2021-10-19"), ("about", [])],
    "act": [("number", 3), ("to", 7), ("mission.sending", "RUS"), ("dates.act.edtf", "2021-10-05")],
    "actor": [("code", "NATO"), ("name", "Somebody else")],
    "link": [("polarity", "-"), ("kind", "same_as"), ("kind", "cites"), ("kind", "supersedes")],
    "mission": [("value", 12)],
    "incident": [("name", "the blast")],
    "expectation": [("number", 5)],
    "forum": [("state", "met")],
}  # fmt: skip


def told(ledger: Ledger, views: tuple[str, ...] = VIEWS) -> dict[str, Any]:
    """What every view says, as plain values."""
    found: dict[str, Any] = {}
    for name in views:
        for times in TIMES:
            found[f"{name} {times}"] = list(getattr(ledger, name)(**times))
    for name in ("actors", "chains", "queue"):
        found[name] = list(getattr(ledger, name)())
    world = ledger.world()
    found["documents"] = [
        (doc.id, doc.supersedes, doc.superseded_by, doc.recorded, doc.document.text)
        for doc in world.docs.values()
    ]
    found["records"] = [(one, record) for one, (_, _, record) in world.owner.items()]
    found["withheld"] = ledger.withheld()
    return found


class Desk:
    """Random work at one ledger: what is recorded and decided by dice."""

    def __init__(self, ledger: Ledger, dice: random.Random) -> None:
        self.ledger, self.dice = ledger, dice
        self.waiting = dice.sample(POOL, len(POOL))
        self.done: list[CodedDocument] = []
        self.clock = 0

    def now(self) -> str:
        self.clock += 1
        return f"2021-10-{6 + self.clock // 20:02}T{self.clock % 20:02}:00:00Z"

    def any_record(self) -> tuple[str, str] | None:
        owner = self.ledger.world().owner
        if not owner:
            return None
        identity = self.dice.choice(sorted(owner))
        return identity, {"a": "actor", "e": "event", "c": "claim", "m": "act", "l": "link", "s": "mission",
                          "i": "incident", "x": "expectation", "f": "forum"}[identity[0]]  # fmt: skip

    def step(self, kind: str) -> None:
        try:
            getattr(self, kind)()
        except OnrecordError as error:
            assert error.problem.code in ("bad-correction", "no-record", "no-effect"), error

    def record(self) -> None:
        for _ in range(self.dice.randint(1, 3)):
            if self.waiting:
                self.done.append(self.waiting.pop())
                self.ledger.record(self.done[-1], recorded_at=self.now())

    def early(self) -> None:
        if self.waiting:
            self.done.append(self.waiting.pop())
            self.ledger.record(self.done[-1], recorded_at="2021-10-01")

    def recode(self, author: str | None = None) -> None:
        if not self.done:
            return
        again = self.dice.choice(self.done).model_copy(deep=True)
        again.coded_by.at = self.now()
        again.coded_by.kind = author or again.coded_by.kind  # type: ignore[assignment]
        for event in again.events:
            if self.dice.random() < 0.3:
                event.status = "future"
            if self.dice.random() < 0.2:
                event.recipients = []
        if self.dice.random() < 0.2:
            again.document.marking = self.dice.choice(["TLP:RED", None])
        self.ledger.record(again, recorded_at=self.now())

    def person(self) -> None:
        self.recode(self.dice.choice(["person", "model", "import"]))

    def accept(self) -> None:
        if chosen := self.any_record():
            self.ledger.accept(chosen[0], at=self.now(), **BY)

    def correct(self) -> None:
        if chosen := self.any_record():
            field, value = self.dice.choice(CHANGES[chosen[1]])
            self.ledger.correct(chosen[0], field, value, at=self.now(), **BY)

    def retract(self) -> None:
        if chosen := self.any_record():
            self.ledger.retract(chosen[0], at=self.now(), **BY)

    def merge(self) -> None:
        owner = sorted(self.ledger.world().owner)
        letter = self.dice.choice("eea")
        some = [one for one in owner if one[0] == letter]
        if len(some) > 1:
            self.ledger.merge(*self.dice.sample(some, 2), at=self.now(), **BY)

    def split(self) -> None:
        rows = [row for row in self.ledger.events() if len(row.members) > 1]
        if rows:
            row = self.dice.choice(rows)
            self.ledger.split(self.dice.choice(row.members), at=self.now(), **BY)

    def undo(self) -> None:
        decisions = [*self.ledger.decisions(), *self.ledger.merges()]
        if decisions:
            self.ledger.undo(self.dice.choice(decisions).id, at=self.now(), **BY)

    def settle(self) -> None:
        self.ledger.settle(at=self.now())

    def redact(self) -> None:
        if self.done and self.dice.random() < 0.5:
            chosen = self.dice.choice(self.done).document.id
            self.ledger.redact(chosen, at=self.now(), **BY)

    def name(self) -> None:
        if self.done and self.dice.random() < 0.5:
            actors = self.dice.choice(self.done).actors
            if actors:
                self.ledger.redact(name=self.dice.choice(actors).name, at=self.now(), **BY)

    def look(self) -> None:
        """Ask for something in between, so that what follows is carried from there."""
        told(self.ledger)


def agree(ledger: Ledger, allowed: str | None = None) -> None:
    with Ledger.open(ledger.store.where, allowed=allowed) as anew:
        mine, fresh = told(ledger), told(anew)
        for name, rows in fresh.items():
            assert mine[name] == rows, name


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10_000), steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=8))
def test_what_follows_says_what_is_made_anew(address: Callable[[], str], seed: int, steps: list[str]) -> None:
    allowed = "TLP:GREEN" if seed % 3 == 0 else None
    with Ledger.open(address(), allowed=allowed) as ledger:
        desk = Desk(ledger, random.Random(seed))
        for _ in range(6):
            desk.record()
        told(ledger)
        for kind in steps:
            desk.step(kind)
            agree(ledger, allowed)


def test_a_record_without_claims_and_one_asked_for_claims_alone_are_followed(
    address: Callable[[], str],
) -> None:
    bare, *others = sorted(POOL, key=lambda coded: len(coded.claims))
    with Ledger.open(address()) as ledger:
        ledger.record(bare)
        told(ledger)
        ledger.record(others[-1])
        agree(ledger)
    with Ledger.open(address()) as ledger:
        ledger.record(others[-1])
        ledger.claims()
        ledger.record(others[-2])
        with Ledger.open(ledger.store.where) as anew:
            assert ledger.claims() == anew.claims()


def test_days_are_kept_view_by_view(address: Callable[[], str]) -> None:
    days = [f"2021-10-{day:02}" for day in range(7, 13)]
    with Ledger.open(address()) as ledger:
        for coded in POOL[:8]:
            ledger.record(coded)
        for turn, day in enumerate(days):
            ledger.claims(as_of=day)
            _ = ledger.propositions(as_of=day) if turn % 2 else ledger.links(as_of=day)
            ledger.timeline(as_of=day)
        ledger.record(POOL[8])
        with Ledger.open(ledger.store.where) as anew:
            for day in days:
                for view in VIEWS:
                    assert getattr(ledger, view)(as_of=day) == getattr(anew, view)(as_of=day), (view, day)


def test_a_decision_on_no_document_is_followed(address: Callable[[], str]) -> None:
    with Ledger.open(address()) as ledger:
        for one in load(HERE / "acid" / "07_reconcile" / "documents.yaml"):
            ledger.record(one.coded)
        told(ledger)
        proposal = next(one.id for row in ledger.tallies() for one in row.proposals)
        ledger.confirm(proposal, by="A. Clerk")
        agree(ledger)
