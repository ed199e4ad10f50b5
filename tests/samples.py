"""Coded documents written by hand, for every test that needs one."""

from __future__ import annotations

from typing import Any

from onrecord.model.ids import document_id, sha256

TEXT = (
    "Russia denied that its officers had blown up the depot. "
    "NATO withdrew the accreditation of eight members."
)


def by_hand() -> dict[str, Any]:
    """A coded document as a desk officer would write it, with every kind of record in it."""
    mission = {"sending": "RUS", "receiving": "NATO", "host": "BEL"}
    return {
        "format": "onrecord/1",
        "coded_by": {"kind": "person", "name": "M. Duarte", "at": "2021-10-07T10:00:00Z"},
        "document": {
            "id": document_id(sha256(TEXT.encode()), None, None),
            "snapshot": {"sha256": sha256(TEXT.encode())},
            "published": {"value": "2021-10-06", "basis": "given"},
            "text": TEXT,
            "sections": [{"kind": "body", "span": [0, len(TEXT)]}],
        },
        "actors": [
            {"id": "a1", "name": "Russia", "kind": "state", "code": "RUS", "mentions": [[0, 6]]},
            {"id": "a2", "name": "NATO", "kind": "igo", "code": "NATO", "mentions": [[56, 60]]},
        ],
        "events": [
            {
                "id": "e1", "type": "SANCTION", "mode": "expel", "actors": ["a2"], "recipients": ["a1"],
                "trigger": [61, 69], "evidence": [[56, 105]], "status": "actual",
                "time": {"edtf": "2021-10-06", "anchor": "2021-10-06", "basis": "default"},
                "quantities": [{"value": 8, "unit": "persons", "span": [91, 96]}],
            }
        ],
        "claims": [
            {
                "id": "c1", "holder": "a1", "cue": [7, 13], "content": [[14, 54]], "stance": "denies",
                "certainty": {"factuality": "CT-", "confidence": {"from": "low", "to": "moderate"}},
                "about": ["i1", {"ref": "m1", "field": "dates.notified"}],
            }
        ],
        "acts": [
            {
                "id": "m1", "act": "withdraw_accreditation", "event": "e1", "mission": mission,
                "unit": "persons", "number": 8, "evidence": [[56, 105]],
                "dates": {"effective": {"edtf": "2021-11-01"}},
            },
            {"id": "m2", "act": "set_ceiling", "mission": mission, "unit": "posts", "from": 20, "to": 10},
        ],
        "missions": [{"id": "s1", "mission": mission, "measure": "filled", "value": 18}],
        "incidents": [
            {
                "id": "i1", "name": "depot explosion",
                "attributions": [{"to": "a1", "verdict": "denied", "claim": "c1"}],
            }
        ],
        "expectations": [{"id": "x1", "claim": "c1", "actor": "a1", "deed": {"type": "SANCTION"}}],
        "forums": [{"id": "f1", "name": "NATO-Russia Council", "state": "met", "time": {"edtf": "2019-07"}}],
        "links": [{"id": "l1", "kind": "after", "from": "e1", "to": {"document": "sha256:x", "id": "e9"}}],
        "inferred": ["m1.mission.host"],
    }  # fmt: skip
