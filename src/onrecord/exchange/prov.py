"""PROV-JSON: where every statement comes from, who said it, through whom, and what has replaced it.

Source: W3C PROV-DM and the PROV-JSON member submission. A relay chain is ``hadPrimarySource`` from the outermost
relay to the holder's own statement, a quoted claim ``wasQuotedFrom``, a later version ``wasRevisionOf``; in
PROV-JSON all three are ``wasDerivedFrom`` with a type. What has been superseded is ``wasInvalidatedBy``.
"""

from __future__ import annotations

import json
from typing import IO, Any

from onrecord.exchange.picture import Picture, part_of
from onrecord.exchange.report import Report
from onrecord.ledger.rows import ClaimRow, EventRow, Party
from onrecord.ledger.statements import iso
from onrecord.ledger.world import Doc

PREFIX = {"onr": "urn:onrecord:", "actor": "urn:onrecord:actor:", "coding": "urn:onrecord:coding:"}


def write(picture: Picture, out: IO[str], report: Report) -> None:
    """One PROV-JSON document."""
    maker = _Maker(picture)
    maker.build()
    told = {"prefix": PREFIX, **{name: found for name, found in maker.found.items() if found}}
    json.dump(told, out, ensure_ascii=False, indent=1)
    out.write("\n")
    for name, found in maker.found.items():
        report.count(name, len(found))
    lost = report.lost
    lost("ceilings and other numbers of missions", (one.id for one in picture.missions))
    lost("links between records but revisions", (one.id for one in picture.links if one.kind != "supersedes"))
    lost("states of forums", (one.name for one in picture.forums))
    lost("expectations", (one.id for one in picture.expectations))
    lost(
        "numbers with their units, places and scores",
        (o.id for o in picture.events if o.quantities or o.place),
    )
    lost("markings (TLP) of documents", (one.id for one in picture.docs if one.document.marking))


class _Maker:
    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.numbers = 0
        self.found: dict[str, dict[str, Any]] = {
            name: {}
            for name in (
                "entity", "activity", "agent", "wasGeneratedBy", "wasAssociatedWith", "used", "wasAttributedTo",
                "wasDerivedFrom", "wasInvalidatedBy",
            )
        }  # fmt: skip

    def build(self) -> None:
        for doc in self.picture.docs:
            self._document(doc)
        for event in self.picture.events:
            self._event(event)
        for incident in self.picture.incidents:
            for number, one in enumerate(incident.attributions):
                identity = f"onr:{incident.id}.{number}"
                told = {"prov:type": "onr:Attribution", "onr:verdict": one.verdict, "onr:confidence": one.confidence,
                        "onr:likelihood": one.likelihood, "onr:to": one.to.name if one.to else None,
                        "prov:label": f"{incident.name}: {one.verdict}"}  # fmt: skip
                self._put("entity", identity, told)
                self._from(identity, one.document)
                if one.voice is not None and one.voice.holder is not None:
                    self._said(identity, one.voice.holder)
        for claim in self.picture.claims:
            self._claim(claim)

    def _put(self, kind: str, identity: str, told: dict[str, Any]) -> None:
        known = {key: value for key, value in told.items() if value not in (None, [], ())}
        self.found[kind].setdefault(identity, known)

    def _tie(self, kind: str, **told: Any) -> None:
        self.numbers += 1
        ends = {f"prov:{name}": value for name, value in told.items() if value is not None}
        self.found[kind][f"_:t{self.numbers}"] = ends

    def _derived(self, made: str, source: str, how: str | None = None) -> None:
        kind = {"$": f"prov:{how}", "type": "prov:QUALIFIED_NAME"} if how else None
        self._tie("wasDerivedFrom", generatedEntity=made, usedEntity=source, type=kind)

    def _document(self, doc: Doc) -> None:
        identity, document = f"onr:{_local(doc.id)}", doc.document
        self._put("entity", identity, {
            "prov:type": "onr:Document", "prov:label": document.title, "onr:outlet": doc.outlet,
            "onr:published": doc.published, "onr:url": document.url, "onr:sha256": document.snapshot.sha256,
        })  # fmt: skip
        if document.supersedes:
            earlier = f"onr:{_local(document.supersedes)}"
            self._put("entity", earlier, {"prov:type": "onr:Document"})
            self._derived(identity, earlier, "Revision")
        for coding in doc.codings:
            activity, agent = f"coding:{coding.id}", f"onr:{coding.author_kind}-{_slug(coding.author)}"
            kind = "prov:Person" if coding.author_kind == "person" else "prov:SoftwareAgent"
            self._put(
                "agent",
                agent,
                {"prov:type": {"$": kind, "type": "prov:QUALIFIED_NAME"}, "prov:label": coding.author},
            )
            self._put("activity", activity, {
                "prov:type": f"onr:coding-{coding.author_kind}", "prov:startTime": iso(coding.at),
                "prov:endTime": iso(coding.at), "onr:recorded": iso(coding.recorded),
            })  # fmt: skip
            self._tie("wasAssociatedWith", activity=activity, agent=agent)
            self._tie("used", activity=activity, entity=identity)

    def _from(self, made: str, document: str) -> None:
        self._put("entity", f"onr:{_local(document)}", {"prov:type": "onr:Document"})
        self._derived(made, f"onr:{_local(document)}")

    def _event(self, row: EventRow) -> None:
        identity = f"onr:{row.id}"
        self._put("entity", identity, {
            "prov:type": "onr:Event" if row.done else "onr:NoDeed", "prov:label": f"{row.label}: {row.type}",
            "onr:part": part_of(row), "onr:done": row.done, "onr:standing": row.standing, "onr:status": row.status,
            "onr:date": row.when.edtf if row.when else None, "onr:actors": [one.name for one in row.actors],
            "onr:recipients": [one.name for one in row.recipients],
            "onr:evidence": [f"{e.document} [{e.span[0]}, {e.span[1]}) {e.words}" for e in row.evidence],
        })  # fmt: skip
        for member in row.members:
            self._generated(identity, member)
        for document in row.documents:
            self._from(identity, document)
        for voice in row.voices:
            claim = f"onr:{voice.claim}"
            self._put("entity", claim, {"prov:type": "onr:Claim", "onr:stance": voice.stance})
            self._derived(identity, claim)

    def _generated(self, identity: str, record: str) -> None:
        """The coding that a record is from; several codings of an entry generate it together."""
        owner = self.picture.world.owner.get(record)
        if owner is not None:
            self._tie("wasGeneratedBy", entity=identity, activity=f"coding:{owner[1].id}")

    def _claim(self, row: ClaimRow) -> None:
        identity = f"onr:{row.id}"
        told = {
            "prov:type": "onr:Claim", "prov:label": " … ".join(row.content) or row.cue, "onr:stance": row.stance,
            "onr:certainty": row.certainty, "onr:likelihood": row.likelihood, "onr:confidence": row.confidence,
            "onr:admiralty": row.admiralty, "onr:said": row.said.edtf if row.said else None, "onr:status": row.status,
            "onr:evidence": [f"{e.document} [{e.span[0]}, {e.span[1]}) {e.words}" for e in row.evidence],
        }  # fmt: skip
        self.found["entity"].pop(identity, None)
        self._put("entity", identity, told)
        for member in row.members:
            self._generated(identity, member)
            if member != row.id:
                self._put("entity", f"onr:{member}", {"prov:type": "onr:Claim"})
                self._derived(identity, f"onr:{member}")
        for document in row.documents:
            self._from(identity, document)
        self._chain(row, identity)
        if row.status == "superseded":
            self._tie("wasInvalidatedBy", entity=identity)

    def _chain(self, row: ClaimRow, identity: str) -> None:
        """The claim as reported, through each relay, back to what the holder said."""
        if row.holder is not None and not row.relay:
            self._said(identity, row.holder)
        if not row.relay:
            return
        told: list[tuple[str, Party | None]] = [
            (f"{identity}.relay{n}", one) for n, one in enumerate(row.relay)
        ]
        chain = [*reversed(told), (f"{identity}.said", row.holder)]
        last = identity
        for step, party in chain:
            self._put(
                "entity",
                step,
                {"prov:type": "onr:Utterance", "onr:by": party.name if party else "nobody named"},
            )
            if party is not None:
                self._said(step, party)
            origin = step.endswith(".said")
            self._derived(last, step, "PrimarySource" if origin else "Quotation" if row.quoted else None)
            last = step

    def _said(self, identity: str, party: Party) -> None:
        key = party.code if party.kind in ("state", "igo") and party.code else party.id
        person = party.kind == "person"
        kind = {"$": f"prov:{'Person' if person else 'Organization'}", "type": "prov:QUALIFIED_NAME"}
        agent = f"actor:{key}"
        self._put("agent", agent, {"prov:type": kind, "prov:label": party.name, "onr:code": party.code})
        self._tie("wasAttributedTo", entity=identity, agent=agent)


def _local(identity: str) -> str:
    return identity.replace(":", "-")


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "_" for c in name)
