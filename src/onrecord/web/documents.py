"""A document with its records marked in place, its versions side by side, and who printed the same text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ledger.origins import kin
from onrecord.ledger.rows import RecordPage, to_dict
from onrecord.ledger.world import Doc
from onrecord.model.problems import OnrecordError
from onrecord.web import marks
from onrecord.web.query import Asked, bad
from onrecord.web.records import near_document
from onrecord.web.render import kept, page, state_of, twin, wants_json
from onrecord.web.state import State

SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
WORDS_COMPARED = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """A run of two versions: ``kind`` is same, gone or new."""

    kind: str
    text: str


def document(request: Request, identity: str) -> Response:
    """The text with every record on it; ``span=START-END`` points at exact words."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params)
        found, doc = find_document(state, identity.removesuffix(".json"), asked)
        target = target_of(request.query_params.get("span"), len(doc.document.text))
        if wants_json(request):
            told = to_dict(found)
            told["text"] = doc.document.text
            told["superseded_by"] = state.world(asked.known_at).docs.get(doc.id, doc).superseded_by
            told["family"] = _family(state, doc, asked)
            return twin(told)
        world = near_document(state, doc.id, asked)
        every = marks.marks(world, doc)
        docs = state.world(asked.known_at).docs  # a version that only its text tells may be no neighbour
        return page(
            request,
            "document.html",
            asked,
            doc=doc,
            version=docs.get(doc.id, doc),
            known=docs,
            record=found,
            blocks=marks.blocks(doc, every, target),
            target=target,
            words=doc.document.words(target) if target else None,
            layers=marks.LAYERS,
            counts={name: len({m.record for m in every if m.layer == name}) for name in marks.LAYERS},
            shown=_layers(request),
            places=_places(every),
            family=_family(state, doc, asked),
        )

    return kept(request, make)


def changes(request: Request, identity: str) -> Response:
    """What changed between a document and the version that it supersedes, or the one named by ``from``."""

    def make() -> Response:
        state, asked = state_of(request), Asked.of(request.query_params)
        _, doc = find_document(state, identity.removesuffix(".json"), asked)
        whole = state.world(asked.known_at).docs.get(
            doc.id, doc
        )  # the version may be found by its text alone
        earlier = request.query_params.get("from") or whole.supersedes
        if earlier is None:
            raise OnrecordError(
                "no-record",
                "no earlier version of this document is on record",
                "Name the other one: /documents/ID/changes?from=ID.",
                doc.id,
            )
        _, before = find_document(state, earlier, asked)
        found = compare(before.document.text, doc.document.text)
        if wants_json(request):
            return twin({"earlier": before.id, "later": doc.id, "changes": found})
        return page(request, "changes.html", asked, before=before, doc=doc, changes=found)

    return kept(request, make)


def find_document(state: State, identity: str, asked: Asked) -> tuple[RecordPage, Doc]:
    """A document by its id or the beginning of it. Raises OnrecordError ``no-record``."""
    found: RecordPage = state.ask("show", identity, **asked.times)
    if found.kind != "document":
        raise OnrecordError("no-record", "this is no document's id", f"See /records/{found.id}.", identity)
    return found, near_document(state, found.id, asked).docs[found.id]


def target_of(told: str | None, length: int) -> tuple[int, int] | None:
    """``START-END`` as a span of the text. Raises OnrecordError ``bad-parameter``."""
    if not told:
        return None
    match = SPAN.fullmatch(told)
    if match is None:
        raise bad("span", "not START-END in code points")
    start, end = int(match[1]), int(match[2])
    if not start < end <= length:
        raise bad("span", f"not inside the text of {length} code points")
    return start, end


def _layers(request: Request) -> set[str]:
    """The layers that are lit: all, or those that the form chose."""
    chosen = set(request.query_params.getlist("show")) & set(marks.LAYERS)
    return chosen or set(marks.LAYERS)


def _places(every: list[marks.Mark]) -> dict[str, marks.Mark]:
    """Record -> the first place where it stands."""
    found: dict[str, marks.Mark] = {}
    for mark in every:
        if mark.layer != "date":
            found.setdefault(mark.record, mark)
    return found


def _family(state: State, doc: Doc, asked: Asked) -> list[str]:
    """The other documents that print the same text, by their ids."""
    families = kin(state.world(asked.known_at))
    mine = families.get(doc.id)
    return [one for one, family in families.items() if family == mine and one != doc.id]


def compare(before: str, after: str) -> list[Change]:
    """Two texts as runs that stayed, went and came: by lines first, then by words where lines differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal":
            found.append(Change("same", gone))
        else:
            found.extend(_words(gone, came))
    return [one for one in found if one.text]


def _words(gone: str, came: str) -> list[Change]:
    old, new = re.findall(r"\s+|\w+|[^\w\s]", gone), re.findall(r"\s+|\w+|[^\w\s]", came)
    if not old or not new or len(old) + len(new) > WORDS_COMPARED:
        return [Change("gone", gone), Change("new", came)]
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", "".join(old[i:j])))
        else:
            found += [Change("gone", "".join(old[i:j])), Change("new", "".join(new[k:m]))]
    return found
