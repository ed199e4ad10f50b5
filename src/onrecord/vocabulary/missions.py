"""Acts: the eighteen measures on diplomatic missions and on the people in them.

Data: `data/ontology/acts.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.vocabulary.load import VocabularyError, build, keyed, pick, tree
from onrecord.vocabulary.plover import mode

FILE = "ontology/acts.yaml"
SIDES = ("receiving", "sending", "either")
COUNTED = ("people", "posts", "none")


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of measure. `actor` is the side of the mission that takes it, `counts` what its number
    counts.
    """

    id: str
    label: str
    meaning: str
    example: str
    warning: str
    actor: str
    counts: str
    event: str
    law: str = ""

    @property
    def type(self) -> str:
        """The PLOVER type of the event that the act makes."""
        return self.event.partition(":")[0]

    @property
    def mode(self) -> str:
        """The PLOVER mode of the event that the act makes."""
        return self.event.partition(":")[2]


@cache
def acts() -> Mapping[str, Act]:
    """The acts by id."""
    found = [build(Act, raw, f"{FILE}, {raw.get('id')}") for raw in tree(FILE)["acts"]]
    for act in found:
        mode(act.type, act.mode)
        if act.actor not in SIDES or act.counts not in COUNTED:
            raise VocabularyError(
                f"{FILE}, {act.id}: actor {act.actor!r} or counts {act.counts!r} is not known"
            )
    return MappingProxyType(keyed(found, "id", FILE))


def act(name: str) -> Act:
    """The act `name` (as `set_ceiling`); UnknownTermError if there is none."""
    return pick(acts(), name, "act")
