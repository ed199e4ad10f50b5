"""What is coded, told apart: copy families of documents, their stories, and one event for all its mentions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.model.dates import parse
from onrecord.model.problems import OnrecordError
from onrecord.reading.lemma import lemma
from onrecord.scale.copy_families import families
from onrecord.scale.events import Mention, events
from onrecord.scale.formats import lines
from onrecord.scale.relations import arrow
from onrecord.scale.stories import stories

_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d,.]*")


def identify(files: Sequence[Path]) -> Any:
    """Files of onrecord/1, as lines or Parquet, to a pyarrow Table, a row an event as one document tells it.

    Columns: ``document``, ``record`` (its id in the document), ``event`` and ``story`` (each named by its least
    member: ``DOCUMENT/RECORD``, a document), ``family`` (the least document of those that print one text).
    The rows are in the order of documents and records, whatever the order of the files. Raises OnrecordError
    `missing-extra`, `not-found`, `bad-record`.
    """
    copies = families((told["id"], told["text"]) for told, _ in _lines(files))
    family = {name: copies.ids[first] for name, first in zip(copies.ids, copies.family.tolist(), strict=True)}
    told = stories((each["id"], each["text"], _day(each)) for each, _ in _lines(files))
    story = {name: told.ids[place] for name, place in zip(told.ids, told.story.tolist(), strict=True)}
    result = events((mention for each in _lines(files) for mention in _mentions(*each)), told)
    rows = []
    for name, place in zip(result.ids, result.event.tolist(), strict=True):
        document, record = name.rsplit("/", 1)
        rows.append({
            "document": document, "record": record, "event": result.ids[place], "story": story[document],
            "family": family[document],
        })  # fmt: skip
    return arrow().Table.from_pylist(rows)


def _lines(files: Sequence[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The document and the whole record of every line; a document that comes twice counts once."""
    seen: set[str] = set()
    for path in files:
        try:
            for line in lines(path):
                coded = json.loads(line)
                if coded["document"]["id"] not in seen:
                    seen.add(coded["document"]["id"])
                    yield coded["document"], coded
        except (ValueError, KeyError, TypeError) as error:
            raise OnrecordError(
                "not-found",
                f"no file of coded documents: {error}",
                "Give files that `onrecord code` wrote.",
                str(path),
            ) from error


def _day(document: dict[str, Any]) -> date | None:
    published = document.get("published")
    return date.fromisoformat(published["value"][:10]) if published else None


def _mentions(document: dict[str, Any], coded: dict[str, Any]) -> Iterator[Mention]:
    """A mention for every event; a plan and its deed, or two kinds, are never one."""
    text = document["text"]
    codes = {actor["id"]: actor.get("code") or actor["name"] for actor in coded["actors"]}
    for event in coded["events"]:
        start, end = event["trigger"]
        trigger = [lemma(word.casefold(), "VERB") for word in _WORD.findall(text[start:end])] or [
            text[start:end]
        ]
        evidence = " ".join(text[a:b] for a, b in event["evidence"])
        words = _WORD.findall(evidence)
        first, last = _days(event.get("time"))
        yield Mention(
            id=f"{document['id']}/{event['id']}",
            document=document["id"],
            sentence=event["evidence"][0][0] if event["evidence"] else start,
            word=trigger[0],
            trigger=tuple(trigger),
            near=tuple({word.casefold() for word in words if len(word) > 3} - set(trigger)),
            names=tuple({word for word in words if word[0].isupper() or word[0].isdigit()}),
            kind=f"{event['type']}:{event.get('mode') or ''} {event['status']}",
            parties=(*_sides(event["actors"], codes), ">", *_sides(event["recipients"], codes)),
            first=first,
            last=last,
        )


def _sides(actors: Iterable[str], codes: dict[str, str]) -> list[str]:
    return sorted(codes[actor] for actor in actors)


def _days(time: dict[str, Any] | None) -> tuple[date | None, date | None]:
    if time is None or not time.get("edtf"):
        return None, None
    interval = parse(time["edtf"])
    return interval.lower, interval.upper
