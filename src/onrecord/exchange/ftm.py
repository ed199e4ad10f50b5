"""FollowTheMoney: entities for Aleph and OpenSanctions tools, made of statements that keep their documents.

A deed is an Event with its organizer. An accusation, a denial, a plan and every claim is a Note: an Event names who
was involved, and nobody is involved in what he is only said to have done. Every statement's ``origin`` is the
document that it comes from, its ``first_seen`` the moment at which that was recorded.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from typing import IO, Any

from onrecord.exchange.picture import Picture, part_of
from onrecord.exchange.report import Report
from onrecord.intake.problems import missing_extra
from onrecord.ledger.incidents import AttributionRow, IncidentRow
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.rows import ClaimRow, EventRow, Party

SCHEMATA = {
    "person": "Person", "state": "PublicBody", "organ": "PublicBody", "igo": "Organization",
    "mission": "PublicBody", "unit": "PublicBody", "group": "LegalEntity", "party": "Organization",
    "outlet": "Organization", "place": "LegalEntity",
}  # fmt: skip
DATASET = "onrecord"


def write(picture: Picture, out: IO[str], report: Report) -> None:
    """Entities as JSON lines, the form that `ftm` and Aleph load. Raises OnrecordError ``missing-extra``."""
    for entity in _build(picture, report):
        told = {"id": entity.id, "schema": entity.schema.name, "properties": entity.properties}
        out.write(json.dumps(told, ensure_ascii=False) + "\n")
    report.lost("which document each value of an entity comes from: `export ftm-statements` keeps it", (
        one.id for one in picture.docs
    ))  # fmt: skip


def write_statements(picture: Picture, out: IO[str], report: Report) -> None:
    """Every value of every entity as a statement of its own, in FollowTheMoney's CSV."""
    entities = _build(picture, report)
    from followthemoney.statement.serialize import CSV_COLUMNS

    writer = csv.DictWriter(out, CSV_COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for entity in entities:
        for statement in entity.statements:
            row = statement.to_csv_row()
            writer.writerow({name: row.get(name) for name in CSV_COLUMNS})
            report.count("statements")


def _build(picture: Picture, report: Report) -> list[Any]:
    maker = _Maker(picture, report)
    maker.build()
    return list(maker.entities.values())


class _Maker:
    def __init__(self, picture: Picture, report: Report) -> None:
        try:
            from followthemoney import Dataset, Statement, StatementEntity
        except ImportError as error:
            raise missing_extra("ftm", "FollowTheMoney") from error
        self.picture = picture
        self.report = report
        self.entity, self.statement = StatementEntity, Statement
        self.dataset = Dataset.make({"name": DATASET, "title": "onrecord"})
        self.entities: dict[str, Any] = {}
        self.of_record: dict[str, str] = {}

    def build(self) -> None:
        picture = self.picture
        for doc in picture.docs:
            document = doc.document
            self._add(
                doc.id, "Article", [doc.id], title=document.title, name=document.title, publisher=doc.outlet,
                author=document.authors, publishedAt=_prefix(doc.published), sourceUrl=document.url,
                language="eng", recordId=None,
            )  # fmt: skip
        for event in picture.events:
            self._event(event)
        for mission in picture.missions:
            self._mission(mission)
        for incident in picture.incidents:
            self._incident(incident)
        for claim in picture.claims:
            self._claim(claim)
        self._links()
        self._losses()

    def _add(self, key: str, schema: str, documents: Iterable[str], **told: Any) -> str:
        """An entity, or more statements of one that is there; values that do not fit its types are told as lost."""
        identity = f"onr-{_digest(key)}"
        if identity not in self.entities:
            self.entities[identity] = self.entity(self.dataset, {"id": identity, "schema": schema})
            self.report.count(schema)
        entity = self.entities[identity]
        for name, value in told.items():
            for one in [value] if isinstance(value, str) else value or ():
                self._state(entity, name, one, documents)
        return identity

    def _state(self, entity: Any, name: str, value: str, documents: Iterable[str]) -> None:
        prop = entity.schema.properties[name]
        clean = prop.type.clean(value, proxy=entity)
        if clean is None:
            self.report.lost(f"values of {name} that are not of FollowTheMoney's kind", [value])
            return
        for document in documents:
            known = document in self.picture.world.docs
            # FollowTheMoney's own id of a statement leaves the origin out: two documents would become one.
            key = json.dumps([entity.id, name, clean, document])
            entity.add_statement(
                self.statement(
                    entity_id=entity.id, prop=name, schema=entity.schema.name, value=clean, dataset=DATASET,
                    original_value=value if value != clean else None, origin=document,
                    first_seen=self.picture.recorded(document) if known else None,
                    id=_digest(key),
                )
            )  # fmt: skip

    def _actor(self, party: Party, documents: Iterable[str]) -> str:
        state = party.kind in ("state", "igo") and party.code
        key = f"{party.kind} {party.code}" if state else (
            f"{party.kind} {party.code} {party.name} {party.id if party.anonymous else ''}"
        )  # fmt: skip
        country = party.code if party.code in self._states() else None
        wikidata = self.picture.wikidata(party)
        return self._add(
            f"actor {key}", SCHEMATA[party.kind], documents, name=party.name, country=country,
            wikidataId=wikidata, notes=party.role,
        )  # fmt: skip

    @staticmethod
    def _states() -> Any:
        from onrecord import vocabulary

        return vocabulary.states()

    def _articles(self, documents: Iterable[str]) -> list[str]:
        return [self._add(one, "Article", [one]) for one in documents]

    def _event(self, row: EventRow) -> None:
        """An Event where it was done, else a Note that says what it is."""
        name = f"{row.type}:{row.mode}" if row.mode else row.type
        by = [self._actor(one, row.documents) for one in row.actors]
        to = [self._actor(one, row.documents) for one in row.recipients]
        words = list(dict.fromkeys(one.words for one in row.evidence))
        doers, others = (
            ", ".join(one.name for one in row.actors),
            ", ".join(one.name for one in row.recipients),
        )
        title = f"{name}: {doers or '?'}{f' to {others}' if others else ''}"
        common = {"keywords": [name, row.standing, row.status], "proof": self._articles(row.documents)}
        if row.done:
            identity = self._add(
                row.id, "Event", row.documents, name=title, organizer=by, involved=to, summary=words,
                description=row.label, startDate=_day(row, "lower"), endDate=_day(row, "upper"),
                country=row.country, location=row.place, recordId=row.id, **common,
            )  # fmt: skip
        else:
            date = f", {row.when.edtf}" if row.when else ""
            identity = self._add(
                row.id, "Note", row.documents, name=f"{row.label}: {title}{date}", entity=[*by, *to],
                description=words, notes=part_of(row), **common,
            )  # fmt: skip
        self._stands_for(identity, row.members)

    def _mission(self, row: MissionRow) -> None:
        numbers = [row.cap, row.cap_to_come, row.filled, row.vacant, *row.removed]
        told = [_level(one, one is row.cap_to_come) for one in numbers if one is not None]
        identity = self._add(
            f"mission {row.id}", "PublicBody", row.documents, name=row.name, notes=told,
            description=f"mission of {row.sending or '?'} to {row.receiving or '?'}", country=row.host,
        )  # fmt: skip
        self._stands_for(identity, [member for act in row.acts for member in act.members])
        self.report.lost("numbers of missions as numbers (they stand in notes)", [row.id] if told else [])

    def _incident(self, row: IncidentRow) -> None:
        identity = self._add(
            row.id, "Event", row.documents, name=row.name, keywords=["incident", row.status],
            summary=[one.words for one in row.evidence], proof=self._articles(row.documents),
            startDate=row.when.lower.isoformat() if row.when and row.when.lower else None,
            endDate=row.when.upper.isoformat() if row.when and row.when.upper else None,
        )  # fmt: skip
        self._stands_for(identity, [row.id])
        for number, one in enumerate(row.attributions):
            self._attribution(row, identity, number, one)

    def _attribution(self, row: IncidentRow, incident: str, number: int, one: AttributionRow) -> None:
        """A Note a voice, never a tie of the incident to the one who is blamed."""
        holder = one.voice.holder if one.voice else None
        words = "; ".join(
            filter(None, (one.likelihood, one.confidence, one.voice.certainty if one.voice else None))
        )
        said = f", {one.said.edtf}" if one.said else ""
        who = holder.name if holder else "nobody named"
        parties = [self._actor(party, [one.document]) for party in (one.to, holder) if party is not None]
        self._add(
            f"{row.id} {number}", "Note", [one.document],
            name=f"{row.name}: {one.verdict}{f' to {one.to.name}' if one.to else ''} by {who}{said}",
            entity=[incident, *parties], notes=words or None, keywords=["attribution", one.verdict],
            description=[part.words for part in one.evidence], proof=self._articles([one.document]),
        )  # fmt: skip

    def _claim(self, row: ClaimRow) -> None:
        people = [one for one in (row.holder, row.addressee, *row.relay) if one is not None]
        about = [self.of_record[one.id] for one in row.about if one.id in self.of_record]
        who = row.holder.name if row.holder else "nobody named"
        said = f", {row.said.edtf}" if row.said else ""
        grades = (row.certainty, row.likelihood, row.confidence, row.admiralty)
        identity = self._add(
            row.id, "Note", row.documents, name=f"{who} {row.stance}{said}",
            entity=[*(self._actor(one, row.documents) for one in people), *about],
            description=row.content or [one.words for one in row.evidence], notes=[one for one in grades if one],
            keywords=["claim", row.stance, row.status], proof=self._articles(row.documents),
        )  # fmt: skip
        self._stands_for(identity, row.members)

    def _links(self) -> None:
        for link in self.picture.links:
            ends = self.of_record.get(link.source), self.of_record.get(link.target)
            if ends[0] and ends[1]:
                self._add(
                    link.id, "UnknownLink", link.documents, subject=ends[0], object=ends[1],
                    role=f"{link.kind} ({link.basis}, {link.status})", recordId=link.id,
                )  # fmt: skip
            else:
                self.report.lost("links whose ends are no entities", [link.id])

    def _losses(self) -> None:
        lost, picture = self.report.lost, self.picture
        lost("spans of evidence (the words stand in summaries)", (one.id for one in picture.events))
        dated = [one.id for one in picture.not_done] + [one.id for one in picture.claims]
        lost("dates of notes as dates (they stand in names)", dated)
        lost("numbers with their units, PLOVER scores and CAMEO codes", (one.id for one in picture.events))
        lost("which of a claim's parties is holder, addressee or relay", (
            one.id for one in picture.claims if one.addressee or one.relay
        ))  # fmt: skip
        lost("states of forums", (one.name for one in picture.forums))
        lost("expectations", (one.id for one in picture.expectations))
        lost("markings (TLP) of documents", (one.id for one in picture.docs if one.document.marking))

    def _stands_for(self, identity: str, records: Iterable[str]) -> None:
        for record in records:
            self.of_record.setdefault(record, identity)


def _digest(key: str) -> str:
    return hashlib.sha1(key.encode("utf-8", "surrogatepass")).hexdigest()


def _day(row: EventRow, end: str) -> str | None:
    moment = getattr(row.when, end) if row.when else None
    return moment.isoformat() if moment else None


def _prefix(published: str | None) -> str | None:
    """The day of publication as its document writes it: FollowTheMoney would move it to UTC."""
    return published[:10] if published else None


def _level(level: Level, to_come: bool) -> str:
    since = f" since {level.since.edtf}" if level.since else ""
    told = f"{level.measure}{' to come' if to_come else ''}: {level}{f' {level.unit}' if level.unit else ''}{since}"
    return f"{told} ({level.basis})"
