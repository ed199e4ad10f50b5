"""A coded document taken apart into statements: one for each subject, property and value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.ledger.statements import Statement, as_micros, canonical, hash_words, statement_id, subject_id
from onrecord.model.dates import bounds
from onrecord.model.ids import digest, sha256
from onrecord.model.records import CodedDocument

GROUPS: dict[str, tuple[str, str]] = {
    "actors": ("a", "actor"),
    "events": ("e", "event"),
    "claims": ("c", "claim"),
    "acts": ("m", "act"),
    "missions": ("s", "mission"),
    "incidents": ("i", "incident"),
    "expectations": ("x", "expectation"),
    "forums": ("f", "forum"),
    "links": ("l", "link"),
}
# Fields that hold ids of the same document, by kind of record.
REFERENCES: dict[str, frozenset[str]] = {
    "event": frozenset({"actors", "recipients", "claims"}),
    "claim": frozenset({"holder", "relay", "addressee"}),
    "act": frozenset({"event", "claims"}),
    "mission": frozenset({"claims"}),
    "incident": frozenset({"event"}),
    "expectation": frozenset({"claim", "actor", "target"}),
    "forum": frozenset(),
    "actor": frozenset(),
    "link": frozenset({"claims"}),
}
FLATTENED = frozenset({"dates", "request"})
ORDERED = frozenset({"relay"})
SPAN_FIELDS = frozenset({"evidence", "mentions", "content", "cue", "trigger", "condition"})
_NESTED = ("span", "phrase", "words", "content")


@dataclass(frozen=True, slots=True)
class Taken:
    """A coding as rows without sequence number, and what the entry on record needs to know of it."""

    document: str
    coding: str
    author_kind: str
    author: str
    at: int | None
    rows: list[Statement]


def decompose(coded: CodedDocument, recorded: int) -> Taken:
    """Every statement that ``coded`` makes, in the document's order, each once.

    ``coding`` is a digest of the document, the author and all that is said, and leaves out when the coding
    was made, so that coding the same text with the same version twice is one coding.
    """
    whole = coded.model_dump(by_alias=True, exclude_none=True)
    subjects = _subjects(coded.document.id, whole)
    author = coded.coded_by.name
    at = as_micros(coded.coded_by.at) if coded.coded_by.at else None
    coding = digest(coded.document.id, coded.coded_by.kind, author, _content(whole, subjects))[:24]
    taker = _Taker(coded, whole, subjects, coding, recorded)
    return Taken(coded.document.id, coding, coded.coded_by.kind, author, at, taker.rows())


def _content(whole: dict[str, Any], subjects: dict[str, str]) -> str:
    said = {key: value for key, value in whole.items() if key not in ("coded_by", "document")}
    head = {key: value for key, value in whole["document"].items() if key != "text"}
    head["snapshot"] = {key: value for key, value in head["snapshot"].items() if key != "data"}
    head["text"] = sha256(whole["document"]["text"].encode("utf-8", "surrogatepass"))
    return digest(said, head, sorted(subjects.values()))


def _anchor(kind: str, record: dict[str, Any], events: dict[str, dict[str, Any]]) -> tuple[int, int] | None:
    """The span a record hangs on: its trigger, cue, first evidence, content or mention."""
    for name in ("trigger", "cue"):
        if name in record:
            return tuple(record[name])
    for name in ("evidence", "content", "mentions"):
        if record.get(name):
            return tuple(record[name][0])
    event = events.get(record.get("event", "")) if kind in ("act", "incident") else None
    return tuple(event["trigger"]) if event else None


def _identity(kind: str, record: dict[str, Any], subjects: dict[str, str]) -> tuple[Any, ...]:
    """What makes a record of a document the same record in another coding of it."""
    if kind == "actor":
        return (record["name"].casefold(), record.get("code"), record.get("role"))
    if kind == "event":
        return (record["trigger"],)
    if kind == "claim":
        return (record.get("cue"), record.get("content"), record["stance"])
    if kind == "act":
        return (record["act"], record.get("evidence"))
    if kind == "mission":
        return (record["measure"], record.get("evidence"))
    if kind == "forum":
        return (record["name"].casefold(), record["state"], record.get("evidence"))
    if kind == "link":
        ends = [subjects.get(e, e) if isinstance(e, str) else e for e in (record["from"], record["to"])]
        return (record["kind"], ends, record.get("evidence"))
    return (record.get("name"), record.get("evidence"))


def _subjects(document: str, whole: dict[str, Any]) -> dict[str, str]:
    """Local id -> record id. Records alike in all that identifies them are told apart by their order."""
    subjects: dict[str, str] = {}
    taken: set[str] = set()
    for group, (letter, kind) in GROUPS.items():
        for record in whole[group]:
            identity = _identity(kind, record, subjects)
            number = 0
            while (subject := subject_id(letter, document, kind, *identity, number)) in taken:
                number += 1
            taken.add(subject)
            subjects[record["id"]] = subject
    return subjects


class _Taker:
    """Builds the rows of one coding; holder, relay, polarity, certainty and time go with each record."""

    def __init__(
        self,
        coded: CodedDocument,
        whole: dict[str, Any],
        subjects: dict[str, str],
        coding: str,
        recorded: int,
    ) -> None:
        self.text = coded.document.text
        self.document = coded.document.id
        self.whole = whole
        self.subjects = subjects
        self.coding = coding
        self.recorded = recorded
        self.author = f"{coded.coded_by.kind}:{coded.coded_by.name}"
        self.claims = {claim["id"]: claim for claim in whole["claims"]}
        self.names = {actor["id"]: actor["name"] for actor in whole["actors"]}
        self.events = {event["id"]: event for event in whole["events"]}
        self.hashes: dict[tuple[int, int], tuple[str, str]] = {}
        self.out: list[Statement] = []
        self.seen: set[str] = set()

    def rows(self) -> list[Statement]:
        self._document()
        for group, (_, kind) in GROUPS.items():
            for record in self.whole[group]:
                self._record(kind, record)
        by_length = sorted(self.subjects, key=len, reverse=True)
        for path in self.whole["inferred"]:
            owner = next(
                (local for local in by_length if path == local or path.startswith(local + ".")), None
            )
            subject, field = (self.subjects[owner], path[len(owner) + 1 :]) if owner else (self.head, path)
            self._add(subject, "inferred", "inferred", field or "*", None, None, ())
        return self.out

    def _document(self) -> None:
        document = self.whole["document"]
        self.head = subject_id("d", self.document, "document")
        for name, value in document.items():
            if name == "text":
                data = value.encode("utf-8", "surrogatepass")
                self._add(
                    self.head,
                    "document",
                    "text",
                    {"sha256": sha256(data), "length": len(value)},
                    None,
                    None,
                    (),
                )
                continue
            if name == "snapshot":
                value = {key: item for key, item in value.items() if key != "data"}
            for item in value if isinstance(value, list) else [value]:
                span = item.get("span") if isinstance(item, dict) else None
                self._add(self.head, "document", name, item, None if name == "sections" else span, span, ())
        by = self.whole["coded_by"]
        self._add(self.head, "document", "coded_by", {"kind": by["kind"], "name": by["name"]}, None, None, ())
        if "at" in by:
            self._add(self.head, "document", "coded_at", by["at"], None, None, ())

    def _record(self, kind: str, record: dict[str, Any]) -> None:
        subject = self.subjects[record["id"]]
        anchor = _anchor(kind, record, self.events)
        voice = self._voice(kind, record)
        time = record.get("time") or record.get("deadline")
        valid = _valid(time)
        references = REFERENCES[kind]
        self._add(subject, kind, "local", record["id"], None, anchor, (*voice, *valid))
        for name, value in record.items():
            if name == "id":
                continue
            if name in FLATTENED:
                for key, item in value.items():
                    own = _valid(item) if name == "dates" else valid
                    self._value(subject, kind, f"{name}.{key}", item, anchor, (*voice, *own))
            elif isinstance(value, list) and name not in ORDERED:
                for item in value:
                    said = voice
                    if name == "claims" and item in self.claims:
                        said = self._said(self.claims[item])
                    self._value(
                        subject,
                        kind,
                        name,
                        self._refer(kind, name, item, references),
                        anchor,
                        (*said, *valid),
                    )
            elif value != []:
                self._value(
                    subject, kind, name, self._refer(kind, name, value, references), anchor, (*voice, *valid)
                )

    def _value(
        self,
        subject: str,
        kind: str,
        name: str,
        value: Any,
        anchor: tuple[int, int] | None,
        rest: tuple[Any, ...],
    ) -> None:
        own: tuple[int, int] | None = None
        if name in SPAN_FIELDS or name == "request.content":
            own = value
        elif isinstance(value, dict):
            own = next((value[key] for key in _NESTED if key in value), None)
            if own is None and isinstance(value.get("certainty"), dict):
                own = value["certainty"].get("words")
        self._add(subject, kind, name, value, own, own or anchor, rest)

    def _refer(self, kind: str, name: str, value: Any, references: frozenset[str]) -> Any:
        """``value`` with the ids of this document replaced by record ids."""
        subjects = self.subjects
        if name in references:
            return [subjects[one] for one in value] if isinstance(value, list) else subjects[value]
        if name == "about":
            if isinstance(value, str):
                return subjects[value]
            return {"ref": subjects[value["ref"]], "field": value["field"]}
        if kind == "link" and name in ("from", "to") and isinstance(value, str):
            return subjects[value]
        if name == "attributions":
            return {key: subjects[item] if key in ("to", "claim") else item for key, item in value.items()}
        return value

    def _voice(self, kind: str, record: dict[str, Any]) -> tuple[str | None, str | None, str, str | None]:
        if kind == "claim":
            return self._said(record)
        first = next((self.claims[one] for one in record.get("claims", ()) if one in self.claims), None)
        if kind == "expectation" and record.get("claim") in self.claims:
            first = self.claims[record["claim"]]
        if first is not None:
            holder, relay, polarity, certainty = self._said(first)
        else:
            holder, relay, polarity, certainty = None, None, "+", None
        if record.get("status") == "negated" or record.get("polarity") == "-":
            polarity = "-"
        return holder, relay, polarity, certainty

    def _said(self, claim: dict[str, Any]) -> tuple[str | None, str | None, str, str | None]:
        holder = self.names.get(claim.get("holder", ""))
        relay = (
            canonical([self.names.get(one, one) for one in claim["relay"]]) if claim.get("relay") else None
        )
        certainty = canonical(claim["certainty"]) if claim.get("certainty") else None
        return holder, relay, "-" if claim["stance"] == "denies" else "+", certainty

    def _add(
        self,
        subject: str,
        kind: str,
        name: str,
        value: Any,
        own: tuple[int, int] | None,
        anchor: tuple[int, int] | None,
        rest: tuple[Any, ...],
    ) -> None:
        start = end = hashed = words = None
        if anchor is not None:
            anchor = (anchor[0], anchor[1])
            known = self.hashes.get(anchor)
            if known is None:
                exact = self.text[anchor[0] : anchor[1]]
                known = self.hashes[anchor] = (exact, hash_words(exact))
            start, end = anchor
            hashed = known[1]
            # PostgreSQL holds no NUL in a text; the hash stands for such words.
            words = known[0] if own is not None and "\0" not in known[0] else None
        holder, relay, polarity, certainty, lower, upper = rest or (None, None, None, None, None, None)
        text = canonical(value)
        identity = statement_id(
            subject,
            name,
            text,
            self.document,
            start,
            end,
            hashed,
            holder,
            relay,
            polarity,
            certainty,
            lower,
            upper,
            self.author,
            self.coding,
            None,
        )
        if identity in self.seen:
            return
        self.seen.add(identity)
        self.out.append(
            Statement(
                0,
                identity,
                subject,
                kind,
                name,
                text,
                words,
                self.document,
                start,
                end,
                hashed,
                holder,
                relay,
                polarity,
                certainty,
                lower,
                upper,
                self.recorded,
                self.author,
                self.coding,
                None,
            )
        )


def _valid(time: dict[str, Any] | None) -> tuple[str | None, str | None]:
    if not time:
        return None, None
    lower, upper = bounds(time["edtf"]).lower, bounds(time["edtf"]).upper
    return None if lower is None else lower.isoformat(), None if upper is None else upper.isoformat()
