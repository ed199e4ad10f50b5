"""STIX 2.1: incidents with rival attributions, each on its own confidence; denials as opinions; missions.

Who is said to be behind an incident stands in one ``attributed-to`` relationship a voice. A deed, an accusation
and a plan are notes that say what they are: STIX has no object for an act of state, and an accusation in the
shape of a deed would be read as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from onrecord.exchange.picture import Picture
from onrecord.exchange.report import Report
from onrecord.exchange.stix_words import (
    CREATED,
    CREATOR,
    EXTENSION,
    SCHEMA,
    TLP_IDS,
    certainty_words,
    confidence,
    extension,
    identifier,
    marking,
)
from onrecord.intake.problems import missing_extra
from onrecord.ledger.incidents import AttributionRow, IncidentRow
from onrecord.ledger.missions import Level, MissionRow
from onrecord.ledger.rows import ClaimRow, EventRow, Evidence, Party
from onrecord.ledger.world import Doc

CLASSES = {"person": "individual", "group": "group", "place": "unspecified"}


def write(picture: Picture, out: IO[str], report: Report) -> None:
    """One bundle, checked by the stix2 library. Raises OnrecordError ``missing-extra``."""
    stix2 = library()
    bundle = _Bundle(picture, report)
    told = bundle.build()
    stix2.parse(told, allow_custom=False)  # what the library refuses is never written
    json.dump(told, out, ensure_ascii=False, indent=1)
    out.write("\n")


def library() -> Any:
    try:
        import stix2
    except ImportError as error:
        raise missing_extra("stix", "STIX 2.1") from error
    return stix2


class _Bundle:
    """The objects of one bundle by id; an object that several rows need is made once."""

    def __init__(self, picture: Picture, report: Report) -> None:
        self.picture = picture
        self.report = report
        self.objects: dict[str, dict[str, Any]] = {}
        self.of_record: dict[str, list[str]] = {}
        self.in_document: dict[str, list[str]] = {}
        self.attributed: dict[tuple[str, str], list[str]] = {}
        self.denied: dict[str, list[str]] = {}

    def build(self) -> dict[str, Any]:
        self._ourselves()
        for event in self.picture.events:
            self._event(event)
        for mission in self.picture.missions:
            self._mission(mission)
        for incident in self.picture.incidents:
            self._incident(incident)
        for claim in self.picture.claims:
            self._claim(claim)
        for doc in self.picture.docs:
            self._report(doc)
        self._losses()
        ids = list(self.objects)
        return {"type": "bundle", "id": identifier("bundle", *ids), "objects": list(self.objects.values())}

    def _ourselves(self) -> None:
        common = {"spec_version": "2.1", "created": CREATED, "modified": CREATED}
        self.objects[CREATOR] = {
            "type": "identity", "id": CREATOR, **common, "name": "onrecord", "identity_class": "system",
        }  # fmt: skip
        self.objects[EXTENSION] = {
            "type": "extension-definition", "id": EXTENSION, **common, "created_by_ref": CREATOR,
            "name": "onrecord", "version": "1.0.0", "schema": json.dumps(SCHEMA),
            "description": "Missions with their ceilings, on whose word, certainty in its own words, evidence spans.",
            "extension_types": ["property-extension"],
        }  # fmt: skip

    def _add(
        self, kind: str, key: tuple[object, ...], recorded: str, documents: Iterable[str], **told: Any
    ) -> str:
        """One object with what all have in common; its report lists it."""
        identity = identifier(kind, *key)
        documents = list(documents)
        if identity not in self.objects:
            told |= self._markings(documents, told.get("labels") or [])
            known = {name: value for name, value in told.items() if value not in (None, [], {})}
            self.objects[identity] = {
                "type": kind, "spec_version": "2.1", "id": identity, "created_by_ref": CREATOR,
                "created": _moment(recorded), "modified": _moment(self._last(documents, recorded)), **known,
            }  # fmt: skip
            self.report.count(kind)
        for document in documents:
            listed = self.in_document.setdefault(document, [])
            if identity not in listed:
                listed.append(identity)
        return identity

    def _markings(self, documents: list[str], labels: list[str]) -> dict[str, Any]:
        """The strictest TLP 2.0 marking of the documents; a marking of another kind is a label."""
        name = self.picture.marking(documents)
        if name is None:
            return {}
        if name not in TLP_IDS:
            return {"labels": [*labels, f"marking:{name}"]}
        self.objects.setdefault(TLP_IDS[name], marking(name))
        return {"object_marking_refs": [TLP_IDS[name]]}

    def _identity(self, party: Party, recorded: str, documents: Iterable[str]) -> str:
        """One identity for a state or organisation wherever it is named; people and groups by name and code."""
        key = (party.kind, party.code) if party.kind in ("state", "igo") and party.code else _named(party)
        return self._add(
            "identity", ("actor", *key), self._first(documents, recorded), documents,
            name=party.name, identity_class=CLASSES.get(party.kind, "organization"),
            roles=[party.role] if party.role else None,
            extensions=extension("actor", ids=[party.code] if party.code else None, label=party.kind),
        )  # fmt: skip

    def _first(self, documents: Iterable[str], recorded: str) -> str:
        return min(
            (self.picture.recorded(one) for one in documents if one in self.picture.world.docs),
            default=recorded,
        )

    def _last(self, documents: Iterable[str], recorded: str) -> str:
        """When the newest of the reports was recorded: a tool takes an object anew only if it was modified."""
        known = (self.picture.recorded(one) for one in documents if one in self.picture.world.docs)
        return max((*known, recorded))

    def _event(self, row: EventRow) -> None:
        """A note that says what kind of thing it is: a deed, an accusation, a plan."""
        parties = [self._identity(one, row.recorded, row.documents) for one in (*row.actors, *row.recipients)]
        name = f"{row.type}:{row.mode}" if row.mode else row.type
        by, to = _names(row.actors) or "nobody named", _names(row.recipients)
        when = f", {row.when.edtf}" if row.when else ""
        abstract = f"{row.label}: {name}, {by}{f' to {to}' if to else ''}{when}"
        target = parties or [CREATOR]
        identity = self._add(
            "note", ("event", row.id), row.recorded, row.documents,
            abstract=abstract, content=_quoted(row.evidence) or abstract, object_refs=list(dict.fromkeys(target)),
            labels=[f"onrecord:{'deed' if row.done else 'no-deed'}", f"onrecord:{row.standing}"],
            extensions=extension(
                "event", ids=list(row.members), evidence=_evidence(row.evidence), done=row.done, label=row.label,
                standing=row.standing, status=row.status, edtf=row.when.edtf if row.when else None,
            ),
        )  # fmt: skip
        self._stands_for(row.members, identity)

    def _mission(self, row: MissionRow) -> None:
        levels = {name: _level(getattr(row, name)) for name in ("cap", "cap_to_come", "filled", "vacant")}
        recorded = self._first(row.documents, CREATED)
        self._add(
            "identity", ("mission", row.id), recorded, row.documents,
            name=row.name, identity_class="organization", labels=["onrecord:mission"],
            extensions=extension(
                "mission", ids=[row.id, *(act.id for act in row.acts)], sending=row.sending,
                receiving=row.receiving, host=row.host, removed=[_level(one) for one in row.removed], **levels,
            ),
        )  # fmt: skip
        checks = "the balances and conflicts of missions, and their measures but for the numbers"
        self.report.lost(checks, [row.id] if row.acts or row.checks else [])

    def _incident(self, row: IncidentRow) -> None:
        recorded = self._first(row.documents, CREATED)
        identity = self._add(
            "incident", (row.id,), recorded, row.documents,
            name=row.name, description=f"{row.name}{f', {row.when.edtf}' if row.when else ''}; {row.status}",
            extensions=extension(
                "incident", ids=[row.id], evidence=_evidence(row.evidence), status=row.status,
                edtf=row.when.edtf if row.when else None,
            ),
        )  # fmt: skip
        self._stands_for([row.id, *([row.event] if row.event else [])], identity)
        for number, one in enumerate(row.attributions):
            if one.verdict == "attributed" and one.to is not None:
                self._attribution(row, identity, number, one)
        claims = {member for claim in self.picture.claims for member in claim.members}
        for number, one in enumerate(row.attributions):
            if one.verdict != "attributed":
                to = self._identity(one.to, recorded, [one.document]) if one.to else None
                targets = self.attributed.get((identity, to or ""), []) or [identity]
                if one.voice is not None and one.voice.claim in claims:
                    self.denied.setdefault(one.voice.claim, []).extend(targets)
                else:
                    self._against(row, targets, number, one)

    def _attribution(self, row: IncidentRow, incident: str, number: int, one: AttributionRow) -> None:
        """One voice, one relationship: two rival attributions are two, and two voices are never one."""
        assert one.to is not None
        recorded = self.picture.recorded(one.document)
        to = self._identity(one.to, recorded, [one.document])
        certainty = self.picture.certainty_of(one)
        voice = one.voice
        holder = voice.holder if voice else None
        words = "; ".join(filter(None, (one.likelihood, one.confidence, voice.certainty if voice else None)))
        who = (
            holder.name
            if holder
            else "nobody named"
            if voice
            else one.evidence[0].outlet
            if one.evidence
            else None
        )
        identity = self._add(
            "relationship", ("attributed-to", row.id, to, voice.claim if voice else number), recorded, [one.document],
            relationship_type="attributed-to", source_ref=incident, target_ref=to,
            description=f"on the word of {who or 'the document'}{f': {words}' if words else ''}",
            confidence=confidence(certainty), labels=[f"onrecord:{voice.stance}"] if voice else None,
            extensions=extension(
                "attribution", evidence=_evidence(one.evidence), stance=voice.stance if voice else None,
                holder_ref=self._identity(holder, recorded, [one.document]) if holder else None,
                relay=[part.name for part in voice.relay] if voice else None,
                certainty_words=voice.certainty if voice else None, **certainty_words(certainty),
            ),
        )  # fmt: skip
        self.attributed.setdefault((incident, to), []).append(identity)

    def _against(self, row: IncidentRow, targets: list[str], number: int, one: AttributionRow) -> None:
        """A denial that is no claim of its own is an opinion on the attributions to the one who is cleared."""
        holder = one.voice.holder if one.voice else None
        self._add(
            "opinion", ("attribution", row.id, number), self.picture.recorded(one.document), [one.document],
            opinion="disagree", explanation=_quoted(one.evidence) or one.verdict, object_refs=targets,
            authors=[holder.name] if holder else None, labels=[f"onrecord:{one.verdict}"],
            extensions=extension("claim", evidence=_evidence(one.evidence)),
        )  # fmt: skip

    def _claim(self, row: ClaimRow) -> None:
        """Denials and confirmations of something in the bundle are opinions on it; every other claim is a note."""
        about = [one for member in row.members for one in self.denied.get(member, ())]
        about += [one for target in row.about for one in self.of_record.get(target.id, ())]
        holder = self._identity(row.holder, row.recorded, row.documents) if row.holder else None
        certainty = self.picture.certainty(row.id)
        told: dict[str, Any] = {
            "authors": [row.holder.name] if row.holder else None,
            "labels": [f"onrecord:{row.stance}"],
            "extensions": extension(
                "claim", ids=list(row.members), evidence=_evidence(row.evidence), holder_ref=holder,
                relay=[one.name for one in row.relay], stance=row.stance, certainty_words=row.certainty,
                edtf=row.said.edtf if row.said else None, **certainty_words(certainty),
            ),
        }  # fmt: skip
        words = " … ".join(row.content) or row.cue or row.stance
        who = row.holder.name if row.holder else "nobody named"
        opinion = {"denies": "disagree", "confirms": "agree"}.get(row.stance)
        if opinion and about:
            told |= {"opinion": opinion, "explanation": f"{who} {row.stance}: {words}"}
        else:
            told |= {"abstract": f"{who} {row.stance}", "content": words}
        refs = list(dict.fromkeys(about or [holder or CREATOR]))
        kind = "opinion" if opinion and about else "note"
        identity = self._add(
            kind, ("claim", row.id), row.recorded, row.documents, object_refs=refs,
            confidence=confidence(certainty), **told,
        )  # fmt: skip
        self._stands_for(row.members, identity)

    def _stands_for(self, records: Iterable[str], identity: str) -> None:
        for record in records:
            self.of_record.setdefault(record, []).append(identity)

    def _report(self, doc: Doc) -> None:
        document = doc.document
        listed = self.in_document.get(doc.id, [])
        if not listed:
            self.report.lost("documents from which nothing is on record", [doc.id])
            return
        recorded = self.picture.recorded(doc.id)
        if doc.published is None:
            self.report.lost(
                "that a document has no date: its report is published when it was recorded", [doc.id]
            )
        labels = ["onrecord:undated"] if doc.published is None else []
        link = {"source_name": doc.outlet or "document", "external_id": doc.id}
        if document.url:
            link["url"] = document.url
        self._add(
            "report", (doc.id,), recorded, [], name=document.title or document.external_id or doc.id,
            published=_moment(doc.published or recorded), object_refs=list(listed), external_references=[link],
            extensions=extension("document", ids=[doc.id]), **({"labels": labels} | self._markings([doc.id], labels)),
        )  # fmt: skip

    def _losses(self) -> None:
        lost, picture = self.report.lost, self.picture
        lost("links between records (responses, causes, sequences)", (one.id for one in picture.links))
        lost("states of forums", (one.name for one in picture.forums))
        lost("what became of expectations", (one.id for one in picture.expectations))
        lost("numbers with their units, places and PLOVER scores of events", (
            one.id for one in picture.events if one.quantities or one.place
        ))  # fmt: skip
        lost("a number for confidence whose words STIX has no scale for (the words stand in the extension)", (
            row.id for row in picture.claims if (known := picture.certainty(row.id)) is not None
            and (known.confidence or known.likelihood) and confidence(known) is None
        ))  # fmt: skip


def _named(party: Party) -> tuple[object, ...]:
    """Somebody without a name of his own is one only within his document, which his id holds."""
    return (party.kind, party.code, party.name, party.id if party.anonymous else None)


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(one.name for one in parties)


def _quoted(evidence: Iterable[Evidence]) -> str:
    return "\n".join(dict.fromkeys(f"“{one.words}”" for one in evidence))


def _evidence(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [{"document": one.document, "span": list(one.span), "words": one.words} for one in evidence]


def _level(level: Level | None) -> dict[str, Any] | None:
    if level is None:
        return None
    told = {
        "value": level.value, "low": level.low, "high": level.high, "unit": level.unit, "basis": level.basis,
        "since": level.since.edtf if level.since else None,
        "holders": [voice.holder.name if voice.holder else "?" for voice in level.voices],
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in (None, [])}


def _moment(value: str) -> str:
    """A STIX timestamp: UTC with milliseconds; a bare day is its first moment."""
    from datetime import UTC, datetime

    moment = datetime.fromisoformat(value)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
