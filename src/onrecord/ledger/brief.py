"""Briefs: pages in which every sentence is made from records and carries the spans it rests on.

A brief stands by itself: its notes hold the words, the document, the hash of its text and the span, so that it can be
checked against stored snapshots with no ledger at hand. No sentence without evidence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.ledger.measures import ActRow
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.rows import EventRow, Evidence, Party, When
from onrecord.ledger.world import World
from onrecord.model.ids import sha256
from onrecord.model.marking import limit, rank, strictest
from onrecord.model.problems import OnrecordError

_NOTE = re.compile(r"^\[\^(\d+)\]: “(.*)” — (.*); text ([0-9a-f]{64}) \[(\d+), (\d+)\)$", re.MULTILINE)
_BREAK = "⏎"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the evidence it is made from."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on one mission: ``texts`` leads from a document to the SHA-256 of the text its spans index."""

    title: str
    sections: tuple[tuple[str, tuple[Sentence, ...]], ...]
    texts: dict[str, str]
    marking: str | None

    def markdown(self) -> str:
        """The brief in Markdown, each note a footnote that ``check`` reads back."""
        notes: dict[tuple[str, tuple[int, int]], int] = {}
        lines = [f"# {self.title}", ""]
        if self.marking:
            lines += [self.marking, ""]
        told: list[Evidence] = []
        for heading, sentences in self.sections:
            lines += [f"## {heading}", ""]
            for sentence in sentences:
                marks = []
                for one in sentence.evidence:
                    key = (one.document, one.span)
                    if key not in notes:
                        notes[key] = len(notes) + 1
                        told.append(one)
                    marks.append(f"[^{notes[key]}]")
                lines.append(f"- {sentence.text}{''.join(dict.fromkeys(marks))}")
            lines.append("")
        for number, one in enumerate(told, 1):
            where = ", ".join(part for part in (one.outlet, one.published, one.document) if part)
            words = one.words.replace("\r", "").replace("\n", _BREAK)
            lines.append(
                f"[^{number}]: “{words}” — {where}; text {self.texts[one.document]} [{one.span[0]}, {one.span[1]})"
            )
        return "\n".join(lines) + "\n"

    def html(self) -> str:
        """The brief as one HTML page with its notes at the end."""
        out = [f"<!doctype html><meta charset=utf-8><title>{html.escape(self.title)}</title>"]
        out.append(f"<h1>{html.escape(self.title)}</h1>")
        if self.marking:
            out.append(f"<p>{html.escape(self.marking)}</p>")
        notes: list[Evidence] = []
        for heading, sentences in self.sections:
            out.append(f"<h2>{html.escape(heading)}</h2><ul>")
            for sentence in sentences:
                marks = []
                for one in sentence.evidence:
                    if one not in notes:
                        notes.append(one)
                    number = notes.index(one) + 1
                    marks.append(f"<sup><a href='#n{number}'>{number}</a></sup>")
                out.append(f"<li>{html.escape(sentence.text)}{''.join(marks)}</li>")
            out.append("</ul>")
        out.append("<ol>")
        for number, one in enumerate(notes, 1):
            where = html.escape(f"{one.outlet or one.document}, {one.span}")
            out.append(f"<li id=n{number}><q>{html.escape(one.words)}</q> {where}</li>")
        return "\n".join([*out, "</ol>"]) + "\n"


def check(markdown: str, text_of: Callable[[str], bytes | None]) -> list[str]:
    """What in a brief does not stand: every note re-read from the text with its hash, every sentence with a note.

    ``text_of`` gives the stored bytes of a text by SHA-256. Anything missing, altered or unnoted is a fault.
    """
    faults: list[str] = []
    notes = _NOTE.findall(markdown)
    known = {number for number, *_ in notes}
    for number, words, _, name, start, end in notes:
        data = text_of(name)
        if data is None or sha256(data) != name:
            faults.append(f"note {number}: its text {name[:12]} is not there or altered")
            continue
        found = data.decode("utf-8", "surrogatepass")[int(start) : int(end)]
        if found.replace("\r", "").replace("\n", _BREAK) != words:
            faults.append(f"note {number}: the text says {found!r}, the brief {words!r}")
    for line in markdown.splitlines():
        if line.startswith("- "):
            marks = re.findall(r"\[\^(\d+)\]", line)
            if not marks or not set(marks) <= known:
                faults.append(f"a sentence without evidence: {line[2:80]!r}")
    return faults


def of_mission(
    world: World, row: MissionRow, events: list[EventRow], since: date | None, allowed: str
) -> Brief:
    """A brief on one mission. Raises OnrecordError ``marked`` where a document's marking is stricter than allowed."""
    documents = set(row.documents)
    measures = [
        Sentence(_act(act), act.evidence)
        for act in row.acts
        if act.evidence and (since is None or (act.day and act.day.lower and act.day.lower >= since))
    ]
    levels = [(name, level) for name, level in _levels(row) if level is not None and level.evidence]
    size = [Sentence(_level(name, level), level.evidence) for name, level in levels]
    by_act = {act.id: act for act in row.acts}
    sums = [
        Sentence(
            f"Balance of the ceiling {_cap(check.cap_from, check.cap_to)}: {check.text} ({check.reason}).",
            words,
        )
        for check in row.checks
        if (words := tuple(e for one in check.acts if one in by_act for e in by_act[one].evidence))
    ]
    around = [
        Sentence(
            f"{_day(one.when)}: {one.type}{':' + one.mode if one.mode else ''} by "
            f"{_names(one.actors) or 'nobody named'}{_at(one.recipients)} ({one.label}).",
            one.evidence[:3],
        )
        for one in events
        if one.evidence and set(one.documents) & documents
    ]
    told = [("Size", size), ("Measures", measures), ("Balances", sums), ("Events", around)]
    sections = tuple((heading, tuple(sentences)) for heading, sentences in told if sentences)
    used = {e.document for _, sentences in sections for one in sentences for e in one.evidence}
    texts = {one: sha256(world.docs[one].document.text.encode("utf-8", "surrogatepass")) for one in used}
    return Brief(row.name, sections, texts, _marking(world, documents | used, allowed))


def _marking(world: World, documents: set[str], allowed: str) -> str | None:
    """The strictest marking among the documents; it may not be stricter than what is allowed."""
    most = limit(allowed)
    codings = (coding.coded for one in documents for coding in world.docs[one].codings)
    found = strictest(one.document.marking for one in codings if one.document.marking)
    if found is not None and rank(found) > rank(most):
        raise OnrecordError(
            "marked", f"a document is marked {found}", f"Allow {found} explicitly, or leave it out."
        )
    return found


def _levels(row: MissionRow) -> list[tuple[str, Level | None]]:
    return [
        ("Ceiling", row.cap),
        ("Ceiling to come", row.cap_to_come),
        ("In post", row.filled),
        ("Vacant", row.vacant),
    ]


def _level(name: str, level: Level) -> str:
    told = f"{name}: {level} {level.unit or ''}".rstrip()
    return f"{told}, since {level.since.edtf}." if level.since else f"{told}."


def _act(act: ActRow) -> str:
    told = f"{_day(act.day)}: {act.act.replace('_', ' ')}"
    if act.number is not None:
        told += f", {'about ' if act.approximate else ''}{act.number:g} {act.unit or 'persons'}"
    if act.cap_to is not None:
        told += f", ceiling {_cap(act.cap_from, act.cap_to)}"
    done = "" if act.status == "actual" else f"{act.status}, "
    return f"{told} ({done}{act.standing})."


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(dict.fromkeys(map(str, parties)))


def _at(parties: Iterable[Party]) -> str:
    names = _names(parties)
    return f", to {names}" if names else ""


def _cap(cap_from: float | None, cap_to: float | None) -> str:
    return (f"{cap_from:g} → " if cap_from is not None else "to ") + (
        f"{cap_to:g}" if cap_to is not None else "?"
    )


def _day(moment: When | None) -> str:
    return moment.edtf if moment else "no date"
