"""The JSON Schema of ``onrecord/1``, generated from the records and committed as ``docs/onrecord-1.schema.json``."""

from __future__ import annotations

import json

from onrecord.model.records import CodedDocument

SCHEMA_ID = "https://onrecord.example/schema/onrecord-1.json"


def schema_json() -> str:
    """The schema (draft 2020-12) as indented JSON, ending in a newline."""
    schema = CodedDocument.model_json_schema(by_alias=True, mode="validation")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
