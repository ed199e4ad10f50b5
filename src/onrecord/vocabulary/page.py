"""The page `docs/vocabulary.md`, generated from the data so that it cannot drift.

`python -m onrecord.vocabulary.page > docs/vocabulary.md` writes it anew; a test compares the two.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.vocabulary.actors import bodies, groups, leaders, organisations, people, places, sectors, states
from onrecord.vocabulary.cameo_table import cameo_codes, choices
from onrecord.vocabulary.claims import factuality, scales, stances
from onrecord.vocabulary.missions import acts
from onrecord.vocabulary.plover import contexts, score, types

_HEAD = """# Vocabulary

Generated from `src/onrecord/vocabulary/data` by `python -m onrecord.vocabulary.page`; change the data, not
this page. The tables of event types, modes, contexts and CAMEO are CC BY-SA 4.0 (PLOVER, copyright 2021
Open Event Data Alliance; wording rewritten), the rest Apache-2.0: see NOTICE. Examples are ours: real
facts, or plainly generic."""

_CAMEO = """## CAMEO

`code` is text and keeps its leading zero. `goldstein` runs from -10 to 10. `PLOVER` is the published
crosswalk; `suggested` what PLOVER's own manual implies where the two differ. 01 and 02 have no PLOVER type.

The way back, from PLOVER to CAMEO, is a table of {choices} lines (`ontology/cameo_choice.csv`): among the
lines for the type and mode whose contexts the event all has, the one with the most contexts wins, then the
earlier one; a mode without a line falls back to its type. Future cooperation becomes 03x; other future, all
hypothetical and all negated events have no CAMEO code, because CAMEO cannot say them."""

_NAMES = """## Names

{states} states and territories ({members} members of the United Nations) with their aliases, adjectives,
words for their people and capitals; {places} regions and cities; {seats} seats that stand for a power (the
Kremlin, Downing Street, the White House); {bodies} organs, parties, outlets, civil bodies and firms;
{organisations} international organisations and their organs; {groups} armed groups; {leaders} terms of
leaders and {people} of other well-known people. A name counts in its time only: a leader's surname stands
for the state from the first to the last day in office and a little around it.

States by status: {statuses}. Codes are ISO 3166-1 alpha-3, with XKX for Kosovo and, for the past, YUG and
CSK."""


def render() -> str:
    """The whole page as Markdown, with a newline at its end."""
    tables = (_types(), _contexts(), _acts(), _stances(), _certainty(), _sectors(), _cameo())
    parts = [_HEAD, *(part for each in tables for part in each), _names()]
    return "\n\n".join(parts) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _signed(value: float) -> str:
    return f"{value:+g}" if value else "0"


def _types() -> Iterable[str]:
    yield "## Event types (PLOVER 2.0)"
    yield (
        "Scores run from -10 (conflict) to 10 (cooperation). A mode without a score of its own takes that of "
        "the mode into which PLOVER's manual folds it, or of its type."
    )
    for kind in types().values():
        lines = [
            f"### {kind.code} ({_signed(kind.score)}, {kind.quad_class})",
            kind.meaning,
            f"*{kind.example}*",
        ]
        if kind.score_note:
            lines.append(kind.score_note)
        lines.append("\n".join(f"- {warning}" for warning in (*kind.warnings, *kind.house)))
        if kind.modes:
            rows = [
                (
                    f"`{mode.name}`",
                    _signed(score(kind.code, mode.name)),
                    mode.meaning,
                    mode.example,
                    mode.warning,
                )
                for mode in kind.modes.values()
            ]
            lines.append(_table(("mode", "score", "meaning", "example", "not to be misused"), rows))
        yield "\n\n".join(line for line in lines if line)


def _contexts() -> Iterable[str]:
    yield "## Contexts\n\nWhat an event is about, beside its type; an event may have several."
    rows = [(f"`{each.name}`", each.meaning, each.example, each.warning) for each in contexts().values()]
    yield _table(("context", "meaning", "example", "not to be misused"), rows)


def _acts() -> Iterable[str]:
    yield (
        "## Acts on missions\n\n`taken by` says which side of the mission takes the measure, `counts` what "
        "its number counts. Cap, filled posts, vacant posts and people removed are four numbers."
    )
    rows = [
        (f"`{act.id}`", act.meaning, act.example, act.warning, act.actor, act.counts, act.event, act.law)
        for act in acts().values()
    ]
    header = ("act", "meaning", "example", "not to be misused", "taken by", "counts", "event", "law")
    yield _table(header, rows)


def _stances() -> Iterable[str]:
    yield "## Stances\n\nWhat the holder of a claim does towards its content; not how sure the holder is."
    rows = [(f"`{each.id}`", each.meaning, each.example, each.warning) for each in stances().values()]
    yield _table(("stance", "meaning", "example", "not to be misused"), rows)


def _certainty() -> Iterable[str]:
    yield (
        "## Scales of certainty\n\nEvery scale stands by itself: a word is looked up on its own scale only, "
        "intervals are never averaged, confidence is never turned into a probability."
    )
    for scale in scales().values():
        parts = [f"### {scale.label} (`{scale.id}`)", scale.meaning, f"*{scale.example}*", scale.warning]
        for axis, terms in scale.axes.items():
            rows = [
                (
                    ", ".join((term.term, *term.also)),
                    "" if term.low is None else f"{term.low:g} to {term.high:g}",
                    "" if term.number is None else term.number,
                    "; ".join(note for note in (term.meaning, term.note) if note),
                )
                for term in terms
            ]
            parts.append(_table((axis, "interval", "number", "note"), rows))
        yield "\n\n".join(parts)
    yield "## Factuality\n\nHow the holder presents the content."
    labels = [
        (f"`{each.id}`", each.label, each.meaning, each.example, each.warning)
        for each in factuality().values()
    ]
    yield _table(("label", "name", "meaning", "example", "not to be misused"), labels)


def _sectors() -> Iterable[str]:
    yield "## Sectors"
    rows = [
        (f"`{each.code}`", each.label, each.meaning, each.example, each.warning, each.plover, each.cameo)
        for each in sectors().values()
    ]
    yield _table(("sector", "name", "meaning", "example", "not to be misused", "PLOVER", "CAMEO"), rows)


def _cameo() -> Iterable[str]:
    yield _CAMEO.format(choices=len(choices()))
    rows = [
        (
            code.code,
            code.label,
            f"{code.goldstein:g}",
            ":".join(part for part in (code.type, code.mode) if part),
            ":".join(part for part in (code.suggested_type, code.suggested_mode) if part),
            code.example,
            code.warning,
        )
        for code in cameo_codes().values()
    ]
    header = ("code", "label", "goldstein", "PLOVER", "suggested", "example", "not to be misused")
    yield _table(header, rows)


def _names() -> str:
    counted = Counter(each.status for each in states().values())
    seats = sum(each.kind == "seat" for each in bodies())
    return _NAMES.format(
        states=len(states()),
        members=counted["member"],
        places=sum(bool(each.code) for each in places()),
        seats=seats,
        bodies=len(bodies()) - seats,
        organisations=len(organisations()),
        groups=len(groups()),
        leaders=len(leaders()),
        people=len(people()),
        statuses=", ".join(f"{status} {count}" for status, count in counted.most_common()),
    )


if __name__ == "__main__":
    sys.stdout.write(render())
