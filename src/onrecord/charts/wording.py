"""The words a page shows for what the ledger says: labels from the vocabulary, days, numbers, short texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord import vocabulary
from onrecord.ledger.rows import Evidence, Party, Voice, When

if TYPE_CHECKING:
    from onrecord.ledger.incidents import AttributionRow
    from onrecord.ledger.missions import Level

EXCERPT = 220
MEASURES = {"cap": "ceiling", "filled": "in post", "vacant": "vacant", "removed": "removed"}


def plain(value: Any) -> str:
    """A value as a table has it: nothing for none, whole numbers without a point, lists with semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, (list, tuple)):
        return "; ".join(dict.fromkeys(plain(one) for one in value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def one_line(text: str, most: int = EXCERPT) -> str:
    """Words on one line, shortened at a space where they are many."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def event_name(type_: str, mode: str | None) -> str:
    """The type in words, with its mode: ``Sanction: expel``."""
    kind = vocabulary.types().get(type_)
    label = kind.label if kind else type_.capitalize()
    return f"{label}: {mode.replace('_', ' ')}" if mode else label


def event_meaning(type_: str, mode: str | None) -> str:
    """What the vocabulary says of a type or mode."""
    kind = vocabulary.types().get(type_)
    chosen = kind.modes.get(mode) if kind and mode else None
    return chosen.meaning if chosen else kind.meaning if kind else ""


def act_name(act: str) -> str:
    """A measure's label."""
    found = vocabulary.acts().get(act)
    return found.label if found else act.replace("_", " ")


def stance_name(stance: str) -> str:
    """A stance's label."""
    found = vocabulary.stances().get(stance)
    return found.label if found else stance


def factuality_name(factuality: str | None) -> str:
    """How the holder presents the content, in words."""
    found = vocabulary.factuality().get(factuality or "")
    return found.label if found else factuality or "not told"


def party_name(party: Party | None) -> str:
    """A party by name, with the state or body it speaks for where the name does not say it."""
    if party is None:
        return "nobody named"
    name = party.name
    if party.code and party.code.casefold() not in name.casefold() and party.kind not in ("outlet",):
        name += f" ({party.code})"
    return name + (", unnamed" if party.anonymous else "")


def party_code(party: Party) -> str:
    """A party in a narrow column: its code, else its name."""
    return party.code or party.name


def codes(parties: Iterable[Party]) -> list[str]:
    """Parties by their codes, each once."""
    return list(dict.fromkeys(party_code(one) for one in parties))


def day(when: When | None) -> str:
    """A date as a reader takes it: the EDTF form, intervals with an en dash, open ends in words."""
    if when is None:
        return "undated"
    told = when.edtf
    if "/" in told:
        first, _, last = told.partition("/")
        return f"{first or '…'} – {'open' if last == '..' else last or '…'}"
    return told[:10] if "T" in told else told


def holds(level: Level) -> str:
    """From when a number holds, or on which day it was told: a headcount is of a day, a ceiling from one on."""
    if level.since is not None:
        told = day(level.since)
        if level.measure != "cap":
            return f"as of {told}"
        return f"since before {told.removeprefix('… – ')}" if told.startswith("…") else f"since {told}"
    published = next((one.published for one in level.evidence if one.published), None)
    return f"as told on {published[:10]}" if published else ""


def day_note(when: When | None) -> str:
    """How a date is known: its phrase, what it was counted from, what else it may be."""
    if when is None:
        return ""
    parts = [f"“{one_line(when.phrase)}”"] if when.phrase else []
    parts.append({"explicit": "as written", "dateline": "from the dateline", "default": "taken from the report",
                  "inherited": "the report's own day", "given": "given", "relative": "counted"}[when.basis]
                 if when.basis in _BASES else when.basis)  # fmt: skip
    if when.anchor and when.basis == "relative":
        parts[-1] += f" from {when.anchor}"
    if when.alternatives:
        parts.append("or " + ", ".join(when.alternatives))
    return ", ".join(parts)


_BASES = frozenset({"explicit", "dateline", "default", "inherited", "given", "relative"})


def voice_line(voice: Voice) -> str:
    """On whose word, in one line: holder, relay, certainty."""
    told = party_name(voice.holder)
    if voice.relay:
        told += " through " + ", ".join(one.name for one in voice.relay)
    return told + (f" (“{one_line(voice.certainty, 60)}”)" if voice.certainty else "")


def voices(found: Iterable[Voice]) -> list[str]:
    """Every holder once."""
    return list(dict.fromkeys(party_name(voice.holder) for voice in found))


def holder_name(voice: Voice | None) -> str:
    """Who says it; without a voice the report does."""
    return party_name(voice.holder) if voice else "the report itself"


def sureness(one: AttributionRow) -> str:
    """How sure an attribution is: its exact words, and its confidence where they do not tell it."""
    words = one_line(one.certainty or "", 80)
    told = [f"“{words}”"] if words else []
    if one.confidence and one.confidence not in words:
        told.append(f"{one.confidence} confidence")
    return ", ".join(told)


def attribution_line(one: AttributionRow) -> str:
    """One voice on who is behind an incident, in one line."""
    told = [f"{one.label}: {party_name(one.to)}, on the word of {holder_name(one.voice)}"]
    if one.voice and one.voice.relay:
        told.append("through " + ", ".join(party.name for party in one.voice.relay))
    told += [part for part in (sureness(one), day(one.said) if one.said else "") if part]
    return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Exact words with what stands before and after them in their sentence."""

    before: str
    words: str
    after: str


def quoted(text: str, span: tuple[int, int], words: str, most: int) -> Quoted:
    """Words in their sentence, as far as there is room; alone where the text has others at their place."""
    start, end = span
    room = (most - len(words)) // 2
    if text[start:end] != words or room < 12:
        return Quoted("", one_line(words, most), "")
    before = re.split(r"\n\s*\n|(?<=[.!?][\s”\"'])\s*(?=[A-Z“\"])", text[max(start - 400, 0) : start])[-1]
    after = re.split(r"\n\s*\n|(?<=[.!?])[”\"']?(?=\s)", text[end : end + 400])[0]
    if len(before) > room:
        before = "…" + before[-room:].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + "…"
    lead, tail = " " if before[-1:].isspace() else "", " " if after[:1].isspace() else ""
    return Quoted(" ".join(before.split()) + lead, " ".join(words.split()), tail + " ".join(after.split()))


def mission_name(name: str, sending: str | None, receiving: str | None) -> str:
    """A mission by its name, else by its parties."""
    if ">" not in name:
        return name
    return f"Mission of {_party_of(sending)} to {_party_of(receiving)}"


def _party_of(code: str | None) -> str:
    state = vocabulary.states().get(code or "")
    return state.name if state else code or "somebody not named"


def source(evidence: Evidence) -> str:
    """Outlet and day of what words stand in."""
    parts = (evidence.outlet, (evidence.published or "")[:10])
    return ", ".join(part for part in parts if part) or "a document"


def moment(iso: str | None) -> str:
    """A time of recording to the minute."""
    return "" if not iso else iso[:16].replace("T", " ") + " UTC" if "T" in iso else iso
