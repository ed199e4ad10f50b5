"""Our own sentences that tell measures (``measures.yaml``), filled in with states.

Gives texts with the measures told in them in the shape of the annotated reports: kind, mission, status, evidence. Each
sentence is filled in ``FILLINGS`` times with other states, always the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).parent / "measures.yaml"
FILLINGS = 3
_STATES = (
    ("NOR", "Norway", "Norwegian", "Oslo", "Norwegians"),
    ("IRN", "Iran", "Iranian", "Tehran", "Iranians"),
    ("RUS", "Russia", "Russian", "Moscow", "Russians"),
    ("DEU", "Germany", "German", "Berlin", "Germans"),
    ("IND", "India", "Indian", "New Delhi", "Indians"),
    ("SRB", "Serbia", "Serbian", "Belgrade", "Serbians"),
    ("LVA", "Latvia", "Latvian", "Riga", "Latvians"),
    ("EGY", "Egypt", "Egyptian", "Cairo", "Egyptians"),
    ("KEN", "Kenya", "Kenyan", "Nairobi", "Kenyans"),
    ("BGR", "Bulgaria", "Bulgarian", "Sofia", "Bulgarians"),
    ("MEX", "Mexico", "Mexican", "Mexico City", "Mexicans"),
)
_NUMBERS = ("two", "three", "four", "six", "nine", "twelve")
_MEASURE = re.compile(r"\[(\w+) ([ABC])>([ABC])(?:=(\w+))? ([^\]]*)\]")


def texts() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every filled text with its measures; the status is None where the sentence leaves it open."""
    for number, template in enumerate(yaml.safe_load(TABLE.read_text(encoding="utf-8"))):
        for filling in range(FILLINGS):
            start = number * 5 + filling * 4
            states = [_STATES[(start + step * 3) % len(_STATES)] for step in range(3)]
            yield _filled(template, dict(zip("ABC", states, strict=True)), start)


def _filled(template: str, states: dict[str, tuple[str, ...]], turn: int) -> tuple[str, list[dict[str, Any]]]:
    filled = template
    for letter, (_, name, adjective, capital, people) in states.items():
        for mark, word in (
            (f"{{{letter}}}", name),
            (f"{{{letter.lower()}}}", adjective),
            (f"{{{letter}'}}", capital),
            (f"{{{letter}s}}", people),
        ):
            filled = filled.replace(mark, word)
    filled = filled.replace("{n}", _NUMBERS[turn % len(_NUMBERS)]).replace("{m}", _NUMBERS[(turn + 1) % 6])
    text, told, last = "", [], 0
    for match in _MEASURE.finditer(filled):
        text += filled[last : match.start()]
        start = len(text)
        text += match[5]
        mission = {"sending": states[match[2]][0], "receiving": states[match[3]][0]}
        told.append({"act": match[1], "mission": mission, "status": match[4], "evidence": [start, len(text)]})
        last = match.end()
    return text + filled[last:], told
