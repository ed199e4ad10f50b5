"""GraphML: who, what, on whose word, as a directed graph for Gephi, yEd, igraph and networkx.

Source: http://graphml.graphdrawing.org/specification.html. An edge between an actor and an event says what the
actor has to do with it (``did``, ``accused_of``, ``plans`` …), so that no path leads from an accusation to a deed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from onrecord.exchange.picture import Picture, part_of
from onrecord.exchange.report import Report
from onrecord.ledger.rows import Party

NODE = ("kind", "label", "code", "date", "status", "standing", "done")
EDGE = ("relation", "verdict", "certainty", "confidence", "basis")
Attributes = dict[str, str | bool | None]


class Graph:
    """Nodes and edges by id, in the order in which they are met."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.nodes: dict[str, Attributes] = {}
        self.edges: list[tuple[str, str, Attributes]] = []
        self.of_record: dict[str, str] = {}

    def node(self, identity: str, **told: str | bool | None) -> str:
        self.nodes.setdefault(identity, told)
        return identity

    def actor(self, party: Party) -> str:
        """A state or organisation is one node; anybody else is one by kind, code and name."""
        own = party.id if party.anonymous else party.name
        key = party.code if party.kind in ("state", "igo") and party.code else f"{party.code or '-'}/{own}"
        return self.node(f"actor:{key}", kind=party.kind, label=party.name, code=party.code)

    def edge(self, source: str, target: str, relation: str, **told: str | bool | None) -> None:
        self.edges.append((source, target, {"relation": relation, **told}))

    def stands_for(self, identity: str, *records: str | None) -> None:
        for record in records:
            if record:
                self.of_record.setdefault(record, identity)

    def build(self) -> None:
        picture = self.picture
        for event in picture.events:
            name = f"{event.type}:{event.mode}" if event.mode else event.type
            node = self.node(
                event.id, kind="event" if event.done else "no_deed", label=name, status=event.status,
                standing=event.standing, done=event.done, date=event.when.edtf if event.when else None,
            )  # fmt: skip
            self.stands_for(node, *event.members)
            for party in event.actors:
                self.edge(self.actor(party), node, part_of(event))
            for party in event.recipients:
                self.edge(node, self.actor(party), "recipient")
        for mission in picture.missions:
            node = self.node(f"mission:{mission.id}", kind="mission", label=mission.name)
            for act in mission.acts:
                self.stands_for(node, *act.members)
                if act.event in self.of_record:
                    self.edge(self.of_record[act.event], node, "concerns")
        for incident in picture.incidents:
            date = incident.when.edtf if incident.when else None
            node = self.node(
                incident.id, kind="incident", label=incident.name, status=incident.status, date=date
            )
            self.stands_for(node, incident.id)
            for one in incident.attributions:
                if one.to is not None:
                    told = {"verdict": one.verdict, "certainty": one.likelihood, "confidence": one.confidence}
                    self.edge(node, self.actor(one.to), f"{one.verdict}_to", **told)
        for forum in picture.forums:
            self.node(f"forum:{forum.name}", kind="forum", label=forum.name, status=forum.state)
        for claim in picture.claims:
            words = " … ".join(claim.content) or claim.cue or claim.stance
            date = claim.said.edtf if claim.said else None
            node = self.node(
                claim.id, kind="claim", label=words, status=claim.status, standing=claim.stance, date=date
            )
            self.stands_for(node, *claim.members)
        self._claims()
        for link in picture.links:
            ends = self.of_record.get(link.source), self.of_record.get(link.target)
            if ends[0] and ends[1]:
                self.edge(ends[0], ends[1], link.kind, basis=link.basis, verdict=link.status)
        for doc in picture.docs:
            self.node(doc.id, kind="document", label=doc.document.title or doc.id, date=doc.published)
        cited = [(one.id, one.documents) for one in picture.events]
        for identity, documents in [*cited, *((one.id, one.documents) for one in picture.claims)]:
            for document in documents:
                self.node(document, kind="document", label=document)
                self.edge(identity, document, "reported_in")

    def _claims(self) -> None:
        for claim in self.picture.claims:
            if claim.holder is not None:
                self.edge(self.actor(claim.holder), claim.id, claim.stance, certainty=claim.certainty,
                          confidence=claim.confidence)  # fmt: skip
            for party in claim.relay:
                self.edge(claim.id, self.actor(party), "relayed_by")
            for target in claim.about:
                if target.id in self.of_record:
                    self.edge(claim.id, self.of_record[target.id], "about")


def write(picture: Picture, out: IO[str], report: Report) -> None:
    """The graph as GraphML."""
    graph = Graph(picture)
    graph.build()
    for line in _lines(graph):
        out.write(line + "\n")
    report.count("nodes", len(graph.nodes))
    report.count("edges", len(graph.edges))
    lost = report.lost
    lost(
        "evidence: words and spans (ids of records and documents lead to them)",
        (o.id for o in picture.events),
    )
    lost(
        "numbers with their units, places and scores of events",
        (o.id for o in picture.events if o.quantities or o.place),
    )
    lost("ceilings and other numbers of missions", (one.id for one in picture.missions))
    lost("links whose ends are not in the graph", (
        o.id for o in picture.links if o.source not in graph.of_record or o.target not in graph.of_record
    ))  # fmt: skip
    lost("expectations", (one.id for one in picture.expectations))
    lost("earlier states of forums", (one.name for one in picture.forums if len(one.states) > 1))
    lost("markings (TLP) of documents", (one.id for one in picture.docs if one.document.marking))


def _lines(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for domain, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            kind = "boolean" if name == "done" else "string"
            yield f'  <key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="onrecord" edgedefault="directed">'
    for identity, told in graph.nodes.items():
        yield f"    <node id={quoteattr(_clean(identity))}>{_data('node', told)}</node>"
    for number, (source, target, told) in enumerate(graph.edges):
        ends = f"source={quoteattr(_clean(source))} target={quoteattr(_clean(target))}"
        yield f'    <edge id="{number}" {ends}>{_data("edge", told)}</edge>'
    yield "  </graph>"
    yield "</graphml>"


def _data(domain: str, told: Attributes) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{escape(_clean(_text(value)))}</data>'
        for name, value in told.items()
        if value is not None
    )


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else "true" if value else "false"


def _clean(text: str) -> str:
    """XML 1.0 has no control characters; a text may."""
    return "".join(
        c
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
        else "\ufffd"
        for c in text
    )
