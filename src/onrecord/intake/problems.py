"""The problems that intake can name: one table, from which problems and their page in the docs are made."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model.problems import OnrecordError, Problem


class Code(NamedTuple):
    """A stable code: what it means, and what the user can do about it."""

    meaning: str
    remedy: str


CODES: dict[str, Code] = {
    "not-found": Code(
        "No such file or folder, or it may not be read.",
        "Check the path and its permissions.",
    ),
    "empty": Code(
        "The input, or the record's text, has no characters but white space.",
        "Leave it out, or give a text.",
    ),
    "binary": Code(
        "The bytes are not text (NUL or too many control characters), and no known kind of file.",
        "Give text, HTML, JSONL, or another kind that `docs/intake.md` lists.",
    ),
    "too-large": Code(
        "A document, line or file is over a limit; the message names the limit and its value.",
        "Split the input, or raise the limit that is named.",
    ),
    "too-deep": Code(
        "JSON, HTML or mail parts are nested deeper than the limit that the message names.",
        "Give the text itself, without the nesting.",
    ),
    "bad-json": Code(
        "A line is not one JSON object.",
        "One JSON object a line, UTF-8; a file that holds one array or one object may end in .json.",
    ),
    "missing-field": Code(
        "A record lacks a field that it needs.",
        "Every record needs `text`, a string.",
    ),
    "bad-field": Code(
        "A field holds a value of the wrong kind.",
        "See the table of fields in `docs/intake.md`.",
    ),
    "bad-date": Code(
        "A given publication date is not a calendar date.",
        "Write YYYY-MM-DD or a time with its zone, 2021-10-07T04:30:00-04:00, or leave the field out.",
    ),
    "unknown-field": Code(
        "A notice: a field that is not read looks like one that is; the document is read without it.",
        "Name it as the table of fields in `docs/intake.md` does; said once for each file.",
    ),
    "no-such-day": Code(
        "A notice: a text holds a date that is not in the calendar (31 February); it gives a day to nothing.",
        "Correct the text if it is yours; else look at what is told with this date.",
    ),
    "unknown-marking": Code(
        "A notice: a marking is none of TLP 2.0; it is kept, and counts as stricter than any.",
        "Use TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED, or leave it out.",
    ),
    "bad-encoding": Code(
        "The bytes do not decode, or a string holds half of a surrogate pair.",
        "Convert the file to UTF-8, or name its charset in the options.",
    ),
    "unknown-charset": Code(
        "The charset that the caller names is not one that Python knows.",
        "Name a charset such as utf-8, windows-1252 or koi8-r.",
    ),
    "unknown-kind": Code(
        "The kind of input that the caller names is not one that intake reads.",
        "Use one of the kinds that `docs/intake.md` lists, or leave it out and let the content decide.",
    ),
    "not-english": Code(
        "The text is not English, so nothing is read from it.",
        "Give an English translation and name the original in `translation_of`; "
        "if the text is English, say so with `language: en`.",
    ),
    "no-text": Code(
        "The file holds no text that could be read: a page without an article, a scan without a text layer.",
        "Give the text, or run character recognition first.",
    ),
    "bad-feed": Code(
        "The file is not well-formed RSS or Atom, or it holds no item.",
        "Save the feed as it came; an HTML page belongs in a file ending in .html.",
    ),
    "bad-file": Code(
        "The file is damaged or cut short, or the library for its kind cannot open it.",
        "Fetch the file again, or convert it to text.",
    ),
    "missing-extra": Code(
        "This kind of input needs a library that is not installed.",
        "Install the extra that the message names.",
    ),
    "unknown-extractor": Code(
        "A stored rendition was made by an extractor, or a version of one, that is not installed here.",
        "Verify it with the version of onrecord that is named, or read the snapshot again.",
    ),
}


def problem(code: str, where: str, what: str) -> Problem:
    """The problem with the remedy of its code."""
    return Problem(code=code, where=where, what=what, remedy=CODES[code].remedy)


def error(code: str, what: str, where: str = "") -> OnrecordError:
    """The same as an exception, for what happens below the reader that knows the place."""
    return OnrecordError(code, what, CODES[code].remedy, where)


def missing_extra(extra: str, kind: str) -> OnrecordError:
    """The error for a kind of input whose library is not installed: it names the extra."""
    return error("missing-extra", f"{kind} needs the extra [{extra}]: pip install 'onrecord[{extra}]'")


def table() -> str:
    """The codes as a Markdown table, as `docs/problems.md` holds it."""
    rows = [f"| `{code}` | {entry.meaning} | {entry.remedy} |" for code, entry in CODES.items()]
    return "\n".join(["| code | meaning | remedy |", "|---|---|---|", *rows])
