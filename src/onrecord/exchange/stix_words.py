"""What is said in STIX of us and of confidence: the extension, the markings, and the few words that are numbers.

Sources: STIX 2.1 (OASIS, 10 June 2021), section 7.3 on extensions and appendix A on confidence scales; TLP 2.0
for STIX 2.1 (OASIS CTI TC), whose marking definitions have fixed ids.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from onrecord.model.marking import MARKINGS
from onrecord.model.records import Certainty

NAMESPACE = uuid.UUID("5c9bde2c-0a55-5f2e-8f0e-6f1f0f6c2a11")
CREATED = "2026-11-30T00:00:00.000Z"
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_IDS = dict(
    zip(
        MARKINGS,
        (
            "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
        ),
        strict=True,
    )
)
# Appendix A gives a number to a STIX word and to an Admiralty credibility; 6, cannot be judged, has none.
STIX_SCALE = {"none": 0, "low": 15, "med": 50, "high": 85}
ADMIRALTY_SCALE = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}

WORDS: dict[str, Any] = {"type": ["string", "null"]}
LEVEL = {
    "type": "object",
    "properties": {
        "value": {"type": "number"}, "low": {"type": "number"}, "high": {"type": "number"},
        "unit": WORDS, "since": WORDS, "basis": WORDS, "holders": {"type": "array"},
    },
}  # fmt: skip
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "onrecord",
    "type": "object",
    "required": ["extension_type", "record"],
    "properties": {
        "extension_type": {"const": "property-extension"},
        "record": {"enum": ["actor", "mission", "document", "incident", "attribution", "claim", "event"]},
        "ids": {"type": "array", "items": {"type": "string"}},
        "evidence": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"document": WORDS, "span": {"type": "array"}, "words": WORDS},
            },
        },
        "sending": WORDS, "receiving": WORDS, "host": WORDS,
        "cap": LEVEL, "cap_to_come": LEVEL, "filled": LEVEL, "vacant": LEVEL,
        "removed": {"type": "array", "items": LEVEL},
        "holder_ref": WORDS, "relay": {"type": "array"}, "stance": WORDS, "certainty_words": WORDS,
        "likelihood": {"type": "object"}, "confidence": {"type": "object"}, "admiralty": {"type": "object"},
        "done": {"type": "boolean"}, "label": WORDS, "standing": WORDS, "status": WORDS, "edtf": WORDS,
    },
}  # fmt: skip


def identifier(kind: str, *parts: object) -> str:
    """A STIX id that is the same for the same content, so that a second export updates and never doubles."""
    name = json.dumps([kind, *parts], ensure_ascii=False, default=str)
    return f"{kind}--{uuid.uuid5(NAMESPACE, name)}"


EXTENSION = identifier("extension-definition", "onrecord", 1)
CREATOR = identifier("identity", "onrecord")


def extension(record: str, **told: Any) -> dict[str, Any]:
    """Our properties of one object; what is not known stays out."""
    known = {key: value for key, value in told.items() if value not in (None, [], {}, ())}
    return {EXTENSION: {"extension_type": "property-extension", "record": record, **known}}


def confidence(certainty: Certainty | None) -> int | None:
    """STIX's number where the words are on a scale that STIX gives numbers for, else None.

    ICD 203 and PHIA words are on none: an analyst's "moderate" is not STIX's "Med", and a likelihood is no
    confidence. A range has no number either.
    """
    if certainty is None:
        return None
    grade = certainty.confidence
    if grade is not None:
        on_scale = grade.scale == "stix" and grade.to is None
        return STIX_SCALE.get(grade.from_.lower()) if on_scale else None
    if certainty.admiralty is not None:
        return ADMIRALTY_SCALE.get(certainty.admiralty.information)
    return None


def certainty_words(certainty: Certainty | None) -> dict[str, Any]:
    """Likelihood, confidence and Admiralty grades as they stand, each on its own scale."""
    if certainty is None:
        return {}
    told = certainty.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"words"})
    return {key: value for key, value in told.items() if key in ("likelihood", "confidence", "admiralty")}


def marking(name: str) -> dict[str, Any]:
    """TLP 2.0's own marking definition."""
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": TLP_IDS[name],
        "created": "2022-10-01T00:00:00.000Z", "name": name,
        "extensions": {
            TLP_EXTENSION: {
                "extension_type": "property-extension", "tlp_2_0": name.removeprefix("TLP:").lower()
            }
        },
    }  # fmt: skip
