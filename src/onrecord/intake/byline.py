"""The byline: who wrote it and when it was published, as a line of its own says.

A line of body text may name a person and a date too; what tells a byline is that nothing else stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.intake.calendar import TIME, WEEKDAYS, Moment, moments
from onrecord.intake.lines import SPACES
from onrecord.intake.names import is_outlet

LENGTH = 160

_LETTER = r"[^\W\d_][\u0300-\u036f]?"
_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\u0300-\u036f]?"
# A capitalised word or initial; the small words inside names; "Anna-Maria", "O'Brien", "J.".
_WORD = rf"(?!AND\b){_UPPER}(?:{_LETTER}|['’.-](?={_LETTER}))*\.?"
_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|ten|ter|dos|du|y|e)"
_NAME = rf"(?<!\w){_WORD}(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}){{1,4}}"
# A comma alone parts a name from a post or a paper; with an "and" after it, two names.
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s{_NAME})*,?\s(?:and|AND|&)\s{_NAME})?")
_PERSON = re.compile(_NAME)
_NAME_OR_WORD = rf"{_WORD}(?: {_WORD}){{0,3}}"
_BY = re.compile(
    r"\(?(?:(?:story|words|text|report|analysis|written|posted|published|compiled) )?by:?\s+", re.IGNORECASE
)
# "By Agency Writer Anna Keller"
_POST = re.compile(
    r"^(?:[A-Z][\w/-]+ ){0,2}[A-Z]?[a-z]*(?:[Ww]riter|[Cc]orrespondent|[Rr]eporter|[Ee]ditor)s?\s(?=[A-Z])"
)
# The trailer of wire copy names who reported and who edited; the first are the authors. Only names may
# stand in it: "Reporting by Sky News suggested that …" is a sentence.
_SHARE = (
    r"(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Tt]ranslat(?:ion|ed)|[Cc]ompiled) by "
    rf"{_NAMES.pattern}"
)
_PLACED = rf"(?:,? in {_NAME_OR_WORD}(?:(?:, | and ){_NAME_OR_WORD})*)?"
_TRAILER = re.compile(rf"\(?{_SHARE}{_PLACED}(?:[;,.]? (?:and )?{_SHARE}{_PLACED})*[.;)]*")
_REPORTERS = re.compile(rf"^\(?(?:Reporting|Report|Writing) by (?P<names>{_NAMES.pattern})")
_CONTRIBUTED = re.compile(
    r"(?:(?:associated press|ap|reuters|afp|staff) (?:writers?|correspondents?|reporters?|journalists?)\b.{0,240}"
    r"\b(?:contributed|reported)\b.{0,60})"
    r"|.{3,160}\bcontributed (?:reporting )?to (?:this|the) (?:report|story|article)\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?P<label>(?:first |originally |date )?(?:published|posted|issued|created|filed)|(?:last |page )?"
    r"(?:updated|modified|edited|revised))(?: (?:on|at))?\b\s*:?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|•·—–/]\s*|\s+-\s+|\s{2,}")
# Words that may stand in a byline besides names, dates and times.
_SMALL = frozenset(
    (
        "by", "on", "at", "in", "from", "and", "date", "time", "local", "published", "posted", "updated",
        "last", "first", "issued", "created", "modified", "reporter", "correspondent", "editor", "staff",
        "writer", "bureau", "chief", "special", "our", "agency", "agencies", "desk", "newsroom", "team",
        "min", "read", "am", "pm", "gmt", "utc", "et", "hrs", "hours", "edited", "revised", "filed",
        "originally",
    )
)  # fmt: skip
_TOKEN = re.compile(r"[^\s|•·—–/,:;()-]+")
_STAFF = re.compile(
    r"(?:from )?(?:our |a |the )?(?:\w+ )?(?:staff|special|foreign|diplomatic|political|defen[cs]e|own)?\s?"
    r"(?:reporters?|correspondents?|staff(?: writers?)?|writers?|agencies|news ?(?:desk|room)|online desk"
    r"|editorial team)"
    r"(?:,? (?:in|and) .{2,40})?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Byline:
    """What one byline says: authors, the outlet or agency named beside them, dates by their label."""

    authors: list[str] = field(default_factory=list)
    organisation: str | None = None
    published: Moment | None = None
    updated: Moment | None = None


def parse(text: str, start: int = 0, *, first: bool = False) -> Byline | None:
    """The byline that ``text`` is, or None where it is something else; moments are shifted by ``start``.

    ``first`` is the first line of a document, where a headline that ends with a date may stand: a byline
    there has a label, a bar or nothing but the date.
    """
    text = text.translate(SPACES)
    if "(@" in text:  # the signature of a quoted post
        return None
    if len(text) > LENGTH or not text:
        return _trailer(text)
    line = Byline()
    rest = _take_dates(text, start, line)
    dated = line.published is not None or line.updated is not None
    by = _BY.match(rest)
    if by is not None:
        return _after_by(rest[by.end() :], line)
    if not dated:
        return line if _STAFF.fullmatch(text.strip(" ()")) else _trailer(text)
    if first and rest.strip(" ,()") and not _LABEL.search(text) and not re.search("[|•·]", text):
        return None
    return line if _only_names(rest, line) else None


def _take_dates(text: str, start: int, line: Byline) -> str:
    """Record the dates of the line by their labels and return the line with blanks in their place."""
    rest = text
    for moment in moments(text):
        before = list(_LABEL.finditer(text, 0, moment.start))
        shifted = Moment(moment.value, moment.start + start, moment.end + start)
        label = before[-1].group("label").lower() if before else ""
        if "updated" in label or "modified" in label or "edited" in label or "revised" in label:
            line.updated = line.updated or shifted
        else:
            line.published = line.published or shifted
        rest = rest[: moment.start] + " " * (moment.end - moment.start) + rest[moment.end :]
    rest = TIME.sub(lambda match: " " * len(match.group()), rest)
    return _LABEL.sub(lambda match: " " * len(match.group()), rest)


def _after_by(rest: str, line: Byline) -> Byline | None:
    """``By NAME[, NAME and NAME][, TITLE][ | ORGANISATION]``; a sentence that begins with "By" is none."""
    rest = _POST.sub("", rest)
    names = _NAMES.match(rest)
    tail = rest[names.end() :] if names else rest
    if names is None:
        # "By Reuters", "By our correspondent in Brussels"
        organisation = rest.strip(" |•·—–-,()")
        if _STAFF.fullmatch(organisation):
            return line
        if len(organisation.split()) > 5 or not is_outlet(organisation):
            return None
        line.organisation = organisation
        return line
    if len(tail.split()) > 8 or tail.rstrip().endswith((".", "?", "!")):
        return None
    if tail[:1].isspace() and (word := _TOKEN.match(tail.strip())) and word.group().lower() not in _SMALL:
        separated = _SEPARATOR.match(tail)
        if separated is None or (not separated.group().strip(" ") and len(separated.group()) < 2):
            return None
    line.authors = people(names.group())
    line.organisation = _organisation(tail)
    return line


def _only_names(rest: str, line: Byline) -> bool:
    """True where, the date apart, the line holds only names and the small words of bylines."""
    words = [word.rstrip(".") for word in _TOKEN.findall(rest)]
    if any(not word[:1].isupper() and word.lower() not in _SMALL and word.isalpha() for word in words):
        return False
    if rest.rstrip().endswith((".", "?", "!")) and len(words) > 6:
        return False
    parts = [part.strip(" ,:;()") for part in _SEPARATOR.split(rest) if part.strip(" ,:;()")]
    for part in parts:
        if part.split()[0].lower() in WEEKDAYS:
            continue
        if not line.authors and (names := _NAMES.match(part)):
            line.authors = people(names.group())
            line.organisation = _organisation(part[names.end() :])
        elif line.authors and line.organisation is None:
            line.organisation = _organisation(part)
    return len(words) <= 14


def people(names: str) -> list[str]:
    """The personal names in a list of them."""
    return [" ".join(match.group().split()) for match in _PERSON.finditer(names)]


def is_person(text: str) -> bool:
    """True where ``text`` is one name of two to four words and nothing else."""
    return len(text) <= 60 and len(text.split()) <= 4 and _PERSON.fullmatch(text) is not None


def _organisation(tail: str) -> str | None:
    """The agency or paper after the name: ", Associated Press" or "| Harbour Post"."""
    for part in re.split(r"[|•·—–,()]|\s-\s", tail):
        words = part.split()
        if 0 < len(words) <= 5 and words[0][:1].isupper() and is_outlet(" ".join(words)):
            return " ".join(words)
    return None


def _trailer(text: str) -> Byline | None:
    line = text.strip()
    if len(line) <= 400 and _TRAILER.fullmatch(line):
        reporters = _REPORTERS.match(line)
        return Byline(authors=people(reporters["names"]) if reporters else [])
    return Byline() if len(line) <= 300 and _CONTRIBUTED.fullmatch(line) else None
