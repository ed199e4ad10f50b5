"""“Read this”: a pasted text or a file is coded with the shipped model and put on record."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model.problems import OnrecordError, Problem
from onrecord.web.query import Asked
from onrecord.web.render import page, state_of, twin, wants_json
from onrecord.web.security import check_write
from onrecord.web.state import State

MOST_DOCUMENTS = 100


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one document: on record under ``document``, ``new`` or there already."""

    document: str
    title: str | None
    new: bool
    events: int
    claims: int
    acts: int


async def read(request: Request) -> Response:
    """Code what the form holds. The server asks no address for anything: ``url`` is only written down."""
    state = state_of(request)
    limit = state.settings.upload_bytes
    async with request.form(max_files=1, max_fields=12, max_part_size=limit) as form:
        told = {name: value for name, value in form.items() if isinstance(value, str)}
        check_write(request, state, told.get("form_token"))
        upload = form.get("file")
        if isinstance(upload, UploadFile) and upload.filename:
            name, data = upload.filename, await upload.read()
        else:
            name, data = (
                "pasted text.txt",
                told.get("text", "").replace("\r\n", "\n").encode("utf-8", "replace"),
            )
    if not data.strip():
        raise OnrecordError(
            "empty", "neither a text nor a file came", "Paste a text or choose a file.", "text"
        )
    results = await run_in_threadpool(code, state, name, data, told)
    if wants_json(request):
        return twin(results, 400 if all(isinstance(one, Problem) for one in results) else 201)
    if len(results) == 1 and isinstance(results[0], Read):
        return RedirectResponse(f"/documents/{results[0].document}", 303)
    if len(results) == 1 and isinstance(results[0], Problem):
        raise OnrecordError.of(results[0])
    return page(request, "read.html", Asked(), results=results)


def code(state: State, name: str, data: bytes, given: dict[str, str]) -> list[Read | Problem]:
    """Every document of one upload, coded and on record, or the problem in its place."""
    from onrecord.intake import Options, read_path

    told = {key: given.get(key, "").strip() or None for key in ("outlet", "published", "url")}
    options = Options(outlet=told["outlet"], published=told["published"], url=told["url"])
    coder = state.coder()
    results: list[Read | Problem] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder) / f"upload{_suffix(name)}"
        path.write_bytes(data)
        for item in read_path(path, options=options):
            if len(results) == MOST_DOCUMENTS:
                what = f"more than {MOST_DOCUMENTS} documents in one upload"
                remedy = "Use `onrecord code` and `onrecord record` for a corpus."
                results.append(Problem(code="too-large", where=name, what=what, remedy=remedy))
                break
            if isinstance(item, Problem):
                results.append(item.model_copy(update={"where": item.where.replace(str(path), name)}))
                continue
            try:
                with state.coding:
                    coded = coder.code(item)
                with state.lock:
                    done = state.ledger.record(coded, item.snapshot)
            except OnrecordError as error:
                results.append(error.problem)
                continue
            counts = len(coded.events), len(coded.claims), len(coded.acts)
            results.append(Read(done.document, coded.document.title, done.new, *counts))
    return results


def _suffix(name: str) -> str:
    """What the name says of the kind of file; nothing else of it is used."""
    match = re.search(r"(\.[A-Za-z0-9]{1,8}){1,2}$", name)
    return match[0].lower() if match else ""
